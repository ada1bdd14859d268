"""What each account says is read off what its claims are: a figure, a milestone, a place."""

import pandas as pd
import pytest
from tests.claims_for_tests import claim, night
from tests.lies.small_stories import at, fixture, killed, told

from contested import Selection, Store, Story, answer
from contested.charts import disagreements
from contested.model.arrow_schema import to_arrow
from contested.model.side_tables import Place
from contested.model.story import Package
from contested.query.rows import each


def pairs(*claims, **chosen):
    """Say how every two positions stand: {"How many …?": ["contradict", …]}."""
    found = {}
    for row in told("disagreements", *claims, **chosen).records():
        found.setdefault(row["question"], []).append(row["relation"])
    return found


def test_two_figures_of_one_event_are_compared_without_a_question():
    assert pairs(killed("a", 8), killed("b", 10, account="south")) == {
        "How many people were killed? (night)": ["contradict"]
    }


def test_a_figure_is_called_as_the_claims_call_it_where_one_of_them_does():
    asked = killed("b", 10, account="south", question="How many died?", answer="ten")

    assert pairs(killed("a", 8), asked) == {"How many died?": ["contradict"]}


@pytest.mark.parametrize(
    "other",
    [{"event_id": "market"}, {"victims": "police"}, {"definition": "in hospital"}, {"measure": "injured"}],
    ids=str,
)
def test_figures_of_different_things_are_not_compared(other):
    assert pairs(killed("a", 8), killed("b", 10, account="south").model_copy(update=other)) == {}


def test_a_part_is_compared_with_the_same_part_of_another_and_never_with_the_whole():
    north = [killed("all", 10), killed("part", 4, part_of=("all",), victims="police")]
    south = [killed("b", 10, account="south"), killed("c", 6, account="south", part_of=("b",), victims="police")]

    assert pairs(*north, *south) == {
        "How many people were killed? (night)": ["agree"],
        "How many people were killed? (police) (night)": ["contradict"],
    }


def test_parts_that_say_neither_what_nor_whom_they_count_are_compared_with_nothing():
    parts = [killed(one, n, account=one, part_of=("all",)) for one, n in (("a", 1), ("b", 2))]

    assert pairs(killed("all", 10), *parts) == {}


def test_a_total_that_was_said_to_be_running_may_have_grown():
    early, late = (
        killed(one, n, clock, account=one, scope="cumulative")
        for one, n, clock in (("a", 8, "09:00"), ("b", 10, "10:00"))
    )

    [row] = told("disagreements", early, late).records()
    assert row["relation"] == "differ"
    assert row["sentence"].endswith("say different things, and a running total may have grown meanwhile.")
    assert pairs(early.model_copy(update={"best": 12}), late) == {
        "How many people were killed? (night)": ["contradict"]
    }


def test_a_total_that_is_denied_has_not_fallen():
    """The claims that are named are the first of either, as of any other denial."""
    said = [killed("k1", 5, "10:00"), killed("k2", 5, "11:00")]
    denied = [killed("k3", 5, "08:00", stance="denies"), killed("k4", 5, "09:00", stance="denies")]
    running = [one.model_copy(update={"scope": "cumulative"}) for one in (*said, *denied)]

    [row] = told("disagreements", *running).records()
    assert (row["relation"], row["claim_ids"]) == ("contradict", ["k1", "k3"])


def test_a_day_on_which_both_were_said_does_not_tell_which_was_first():
    day = {"stated_earliest": night("00:00"), "stated_at": night("11:59"), "scope": "cumulative"}
    first, second = (killed(one, n, account=one, **day) for one, n in (("a", 8), ("b", 10)))

    assert pairs(first, second) == {"How many people were killed? (night)": ["differ"]}


def test_bounds_of_which_one_is_unknown_are_compared_by_the_other():
    by_eight = claim(claim_id="a", began_latest=night("20:00"))
    not_before_nine = claim(claim_id="b", account="south", began_earliest=night("21:00"))

    [row] = [row for row in told("disagreements", by_eight, not_before_nine).records() if row["relation"] != "agree"]
    assert row["relation"] == "contradict"
    assert row["values"] == ["by 7 Feb 20:00", "not before 7 Feb 21:00"]


def test_the_more_exact_words_of_an_account_alone_are_named():
    day = claim(claim_id="day", began_earliest=night("12:00"), began_latest=night("23:59"))
    hour = claim(claim_id="hour", began_earliest=night("17:00"), began_latest=night("18:00"))
    later = claim(claim_id="later", account="south", began_earliest=night("19:00"), began_latest=night("19:00"))

    rows = [row for row in told("disagreements", day, hour, later).records() if row["relation"] == "contradict"]
    assert [row["claim_ids"] for row in rows] == [["hour", "later"]]


def test_a_question_when_an_event_began_dates_its_event():
    asked = claim(
        claim_id="a",
        kind="other",
        question="When did the war begin?",
        answer="in the evening",
        began_earliest=night("20:00"),
        began_latest=night("21:00"),
    )

    [row] = told("disagreements", asked, at("18:00", "arrival", account="south")).records()
    assert row["sentence"].endswith(": onset cannot come after arrival, both in one source.")


def test_a_question_when_something_else_was_does_not():
    asked = claim(
        claim_id="a",
        kind="other",
        question="When was the school told?",
        began_earliest=night("20:00"),
        began_latest=night("21:00"),
    )

    assert pairs(asked, at("18:00", "arrival", account="south")) == {}


def test_an_answer_without_a_time_is_still_an_answer():
    untimed = [
        claim(claim_id=one, account=one, kind="dispatch", question="When did help set out?", answer=words)
        for one, words in (("a", "too late"), ("b", "in time"))
    ]

    assert pairs(*untimed)["When did help set out?"] == ["differ"]


def test_to_deny_an_hour_contradicts_that_hour_and_puts_nothing_in_order():
    said = at("20:00", "arrival")
    denied = said.model_copy(update={"account": "south", "stance": "denies", "claim_id": "no"})

    assert pairs(said, denied) == {"When was the arrival? (night)": ["contradict"]}
    assert pairs(denied, at("21:00", "call")) == {}


@pytest.mark.parametrize("kind", ["shooting", "assault", "displacement", "arrival"])
def test_that_two_accounts_tell_of_one_thing_is_no_agreement_to_be_counted(kind):
    assert pairs(*(claim(claim_id=one, account=one, kind=kind) for one in ("a", "b"))) == {}


def test_what_a_claim_asks_in_words_is_compared_whatever_is_answered():
    heard = {"kind": "shooting", "question": "Was the bridge shot at?"}
    said = [claim(claim_id=one, account=one, answer=answer, **heard) for one, answer in (("a", "yes"), ("b", "no"))]

    assert pairs(*said) == {"Was the bridge shot at?": ["contradict"]}


def places(*claims):
    """Ask of a story that knows two villages 8 km apart and a country far away."""
    known = {
        "masanchi": Place(place="masanchi", label="Masanchi", latitude=42.9289, longitude=75.3019, radius_km=3),
        "sortobe": Place(place="sortobe", label="Sortobe", latitude=42.8667, longitude=75.2514, radius_km=3),
        "district": Place(place="district", label="District", latitude=42.9, longitude=75.3, radius_km=90),
    }
    story = Story("small", Package(title="small"), to_arrow(claims), places=known)
    rows = answer(disagreements.CHART, story, Store(claims), Selection()).records()
    return [(row["relation"], row["values"]) for row in rows if row["question"].startswith("Where")]


def test_one_arrival_cannot_be_at_two_places():
    arrived = [
        claim(claim_id=one, account=one, kind="arrival", place=one) for one in ("masanchi", "sortobe", "district")
    ]

    assert places(*arrived) == [
        ("contradict", ["Masanchi", "Sortobe"]),
        ("compatible", ["District", "Masanchi"]),
        ("compatible", ["District", "Sortobe"]),
    ]


def test_an_account_may_tell_of_one_clash_at_two_places():
    assert places(*(claim(claim_id=one, place=one) for one in ("masanchi", "sortobe"))) == []


def test_the_same_place_is_the_same():
    assert places(*(claim(claim_id=one, account=one, place="masanchi") for one in "ab")) == [
        ("agree", ["Masanchi", "Masanchi"])
    ]


def test_a_place_that_a_claim_puts_elsewhere_cannot_be_there():
    caption = claim(claim_id="a", kind="other", place="masanchi", latitude=40.3, longitude=47.7, radius_km=300)
    text = claim(claim_id="b", kind="checkpoint", place="masanchi")

    assert places(caption, text) == [("contradict", ["40.3°, 47.7°", "Masanchi"])]
    assert places(caption.model_copy(update={"radius_km": 3000.0}), text) == []


def test_places_that_only_the_gazetteer_knows_are_not_asked_for():
    assert places(*(claim(claim_id=one, kind="other", account=one, place="masanchi") for one in "ab")) == []


def test_help_that_need_not_be_the_same_help_is_no_contradiction():
    first, second = at("20:00", "arrival", subkind="SWAT"), at("22:00", "arrival", account="south")

    assert pairs(first, second)["When was the arrival? (night)"] == ["compatible"]
    assert pairs(first, second.model_copy(update={"subkind": "SWAT"}))["When was the arrival? (night)"] == [
        "contradict"
    ]


UNSURE = ("unclear", "likely")


@pytest.mark.parametrize("identity", UNSURE)
@pytest.mark.parametrize("best", [387, 400])
def test_battles_that_need_not_be_the_same_are_never_compared_as_equals(identity, best):
    whole = killed("eq", 387, account="Livermore", event_id="VA005", victims="Confederate")
    partial = killed("lt", best, account="Fox", event_id="VA005", victims="Confederate", same_event=identity)

    [row] = told("disagreements", whole, partial).records()
    assert row["relation"] == "compatible"
    assert row["sentence"].endswith("can both be true, for they need not be of the same event.")


@pytest.mark.parametrize("identity", UNSURE)
def test_an_order_or_a_part_of_what_need_not_be_the_same_event_contradicts_nothing(identity):
    unsure = {"same_event": identity}

    assert pairs(at("20:00", "call"), at("18:00", "dispatch", account="south", **unsure)) == {}
    assert pairs(killed("all", 10), killed("part", 12, part_of=("all",), victims="police", **unsure)) == {}


def test_battles_that_are_the_same_are_compared():
    fox, livermore = (
        killed(one, n, account=one, event_id="VA005", victims="Confederate")
        for one, n in (("Fox", 400), ("Livermore", 387))
    )

    assert pairs(fox, livermore) == {"How many people were killed? (Confederate) (VA005)": ["contradict"]}


def test_a_repeat_of_a_repeat_goes_back_to_the_first():
    first = killed("first", 8, account="agency", source_id="A")
    second = killed("second", 8, account="daily", source_id="B", same_origin=("first",))
    third = killed("third", 8, account="weekly", source_id="C", same_origin=("second",))

    assert "3 pairs from 1 origin." in told("disagreements", first, second, third).sentence
    [row] = told("disagreements", first, second, third, account=["agency", "weekly"]).records()
    assert row["sentence"].endswith("from 1 origin.")


def test_two_that_repeat_each_other_come_to_an_end():
    circle = [killed(one, 8, account=one, source_id=one, same_origin=(other,)) for one, other in ("ab", "ba")]

    assert "1 pair from 1 origin." in told("disagreements", *circle).sentence


def test_what_an_account_says_itself_stands_before_what_it_heard():
    heard = killed("a", 8, via="north > a nurse")
    own = killed("b", 8, "10:00")

    [row] = told("disagreements", heard, own, killed("c", 9, account="south")).records()
    assert row["claim_ids"] == ["b", "c"]
    assert "hearsay" not in row["sentence"]


def test_hearsay_says_through_how_many_it_came():
    heard, own = killed("a", 8, via="north > a nurse > a guard"), killed("c", 9, account="south")

    [row] = told("disagreements", heard, own).records()
    assert "north (said by 8 Feb 2020, hearsay at 3 removes): 8:" in row["sentence"]


@pytest.mark.parametrize("accounts", [("north", "south"), ("south", "north")])
def test_what_was_said_first_stands_first_whoever_said_it(accounts):
    earlier, later = (killed("b", 8, "10:00", account=accounts[0]), killed("a", 9, "11:00", account=accounts[1]))

    [row] = told("disagreements", later, earlier).records()
    assert (row["accounts"], row["values"]) == (list(accounts), ["8", "9"])


def historians():
    """Read what eight historians count as killed, each battle that corresponds only in part marked as unsure."""
    frame = pd.read_csv(fixture("casualty/acw_claims_long.csv"))
    for row in each(frame[(frame["metric"] == "killed") & frame["cwsac_id"].notna() & frame["best"].notna()]):
        same = "certain" if row.correspondence == "eq" else "unclear"
        said = {"account": row.source, "event_id": row.cwsac_id, "victims": row.belligerent, "same_event": same}
        yield killed(row.claim_id, int(row.best), source_id=row.source, **said)


def test_of_the_civil_war_battles_only_the_same_are_compared_as_equals():
    claims = list(historians())
    unsure = {one.claim_id for one in claims if one.same_event == "unclear"}
    rows = told("disagreements", *claims).records()

    partial = [row for row in rows if unsure & set(row["claim_ids"])]
    assert unsure
    assert partial
    assert {row["relation"] for row in partial} == {"compatible"}
    assert {row["relation"] for row in rows} == {"contradict", "compatible", "agree"}


def test_eight_historians_of_one_battle_are_compared_two_by_two():
    claims = [one for one in historians() if (one.event_id, one.victims) == ("VA005", "Confederate")]
    rows = told("disagreements", *claims).records()

    assert sorted(one.best for one in claims) == [387, 387, 387, 400]
    assert sorted(row["relation"] for row in rows) == ["agree"] * 3 + ["contradict"] * 3


def test_two_accounts_of_one_side_that_contradict_each_other_are_of_one_side_not_of_one_account():
    first, second = (killed(one, n, account=one, side="north", source_id=one) for one, n in (("a", 8), ("b", 9)))

    [row] = told("disagreements", first, second, by="side").records()
    assert row["accounts"] == ["north", "north"]
    assert row["sentence"].endswith("cannot both be true, both of one side.")


def test_one_account_that_contradicts_itself_in_two_sources_is_told_so():
    first, second = killed("a", 8, source_id="S1"), killed("b", 9, source_id="S2")

    [row] = told("disagreements", first, second).records()
    assert row["sentence"].endswith("cannot both be true, both of one account.")


def test_a_denial_is_said_as_one():
    asked = {"question": "Was the bridge shot at?"}
    said = claim(claim_id="a", answer="yes", **asked)
    denied = claim(claim_id="b", account="south", answer="no", stance="denies", **asked)

    [row] = told("disagreements", said, denied).records()
    assert row["sentence"] == (
        "Was the bridge shot at? north: yes; south, denied: no: cannot both be true, both in one source."
    )


@pytest.mark.parametrize("kind", ["arrival", "clash", "other"])
def test_no_answer_is_lost_whatever_bounds_it_has(kind):
    asked = {"kind": kind, "question": "When did help come?", "answer": "late", "ended_latest": night("23:00")}
    claims = [claim(claim_id=one, account=one, **asked) for one in "ab"]

    rows = [row for row in told("disagreements", *claims).records() if row["question"].startswith("When")]
    assert [row["relation"] for row in rows] == ["agree"]


def test_two_figures_in_words_alone_of_one_account_are_two_positions():
    dozens, several = (killed(one, None, figure_words=words) for one, words in (("a", "dozens"), ("b", "several")))
    told_by_another = killed("c", None, account="south", figure_words="dozens")

    rows = told("disagreements", dozens, several, told_by_another).records()
    assert [(row["relation"], row["values"]) for row in rows] == [
        ("differ", ["several", "dozens"]),
        ("agree", ["dozens", "dozens"]),
    ]


def test_a_part_of_a_clash_that_counts_and_is_timed_is_held_against_the_count_and_not_the_time():
    timed = {"kind": "clash", "began_earliest": night("20:00"), "began_latest": night("21:00")}
    whole = claim(claim_id="all", measure="killed", best=10, **timed)
    part = killed("part", 12, part_of=("all",), victims="police")

    rows = told("disagreements", whole, part).records()
    assert [row["sentence"].split(": ")[-1] for row in rows] == [
        "a part cannot be larger than its total, both in one source."
    ]


@pytest.mark.parametrize("zone", ["Asia/Almaty", "Asia/Kathmandu", "America/New_York"])
def test_when_something_was_is_said_by_the_clock_of_the_viewer(zone):
    calls = [at("23:30", "call", account=one, stated_at=night("23:45")) for one in ("north", "south")]

    [row] = [row for row in told("disagreements", *calls, zone=zone).records() if row["question"].startswith("When")]
    moment, said = (pd.Timestamp(night(clock)).tz_convert(zone) for clock in ("23:30", "23:45"))
    assert row["values"] == [f"{moment.day} {moment:%b %H:%M}"] * 2
    assert f"(said by {said.day} {said:%b %Y}): {row['values'][0]};" in row["sentence"]


def test_of_many_questions_the_most_disputed_are_drawn_and_the_others_counted():
    asked = [
        claim(claim_id=f"{account}{n}", account=account, kind="statement", question=f"Question {n:02}?", answer=answer)
        for n in range(62)
        for account, answer in (("north", "yes"), ("south", "no" if n == 61 else "yes"))
    ]
    found = told("disagreements", *asked)
    notes = [note["text"] for note in found.chart.draw(found.rows, found.legend, 1160)["layout"]["annotations"]]
    questions = [note for note in notes if note.startswith("Question")]

    assert (questions[0], len(questions)) == ("Question 61?", 16)
    assert notes[-1] == "Shaded: cannot all be right. 46 less disputed questions not drawn; the table has all."


@pytest.mark.parametrize(
    ("zone", "moment", "said"),
    [
        ("America/New_York", "2040-07-01T12:00Z", "1 Jul 08:00"),
        ("Africa/Accra", "1890-01-01T12:00Z", "1 Jan 11:43"),
        ("Asia/Kathmandu", "2020-02-08T12:00Z", "8 Feb 17:45"),
    ],
)
def test_a_time_is_said_by_the_viewers_clock_in_any_year(zone, moment, said):
    one, other = (
        claim(claim_id=name, account=name, began_earliest=moment, began_latest=moment, stated_at=None) for name in "ab"
    )

    assert [said, said] in [row["values"] for row in told("disagreements", one, other, zone=zone).records()]
