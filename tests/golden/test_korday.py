"""The golden cases G1–G8: what the article and the public reports say, checked with a pencil."""

import json
from datetime import datetime

import pytest

from contested import CHARTS, Store, answer
from contested.model.arrow_schema import from_arrow
from contested.model.corrections import numbers

NIGHT = "night-clash"


def hours(found, account):
    rows = [row for row in found.records() if row["account"] == account and row["hour"]]
    return {row["hour"][8:16].replace("T", " "): (row["certain"], row["possible"]) for row in rows}


def test_g1_the_night_is_certain_for_eleven_hours_and_possible_for_one_more(ask):
    told = hours(ask("hourly-clashes"), "vlast")

    certain = [hour for hour, counts in told.items() if counts == (1, 1)]
    assert certain[0] == "07 18:00"
    assert certain[-1] == "08 04:00"
    assert len(certain) == 11
    assert [hour for hour, counts in told.items() if counts == (0, 1)] == ["07 17:00"]


def test_g1_on_the_dungan_side_the_outlet_s_hours_stand(ask):
    by_side = hours(ask("hourly-clashes", by="side"), "dungan")

    assert by_side == hours(ask("hourly-clashes"), "vlast")


def test_g1_half_of_the_first_hour_is_expected(ask):
    first = next(row for row in ask("hourly-clashes", account=["vlast"]).records() if row["hour"])

    assert first["expected"] == 0.5


def test_g1_the_hedged_reading_is_the_viewer_s_and_widens_both_ends_by_half_an_hour(ask):
    hedged = hours(ask("hourly-clashes", hedged=True), "vlast")

    assert [hour for hour, counts in hedged.items() if counts == (0, 1)] == ["07 16:00", "07 17:00", "08 05:00"]


def test_g1_the_kazakh_residents_are_silent_about_the_night_and_shown_so(ask):
    found = ask("hourly-clashes")

    [silent] = [row for row in found.records() if row["account"] == "kazakh_residents"]
    unknown = dict.fromkeys(("hour", "step", "certain", "possible", "expected", "incomplete"))
    assert silent == {"account": "kazakh_residents"} | unknown
    assert "Kazakh residents" in found.sentences[-1]
    assert "no dated claim of a clash" in found.sentences[-1]


@pytest.mark.parametrize(
    ("start", "stop", "shortest", "longest", "hearsay"),
    [
        ("onset", "arrival", 300, 360, False),
        ("dispatch", "arrival", 300, 300, True),
        ("onset", "dispatch", 0, 60, True),
    ],
)
def test_g2_every_clock_gives_its_own_delay(ask, start, stop, shortest, longest, hearsay):
    rows = ask("response-delays", start=start, stop=stop).records()

    [row] = [row for row in rows if row["account"] == "vlast"]
    assert (row["event_id"], row["shortest_minutes"], row["longest_minutes"]) == (NIGHT, shortest, longest)
    assert row["order_known"]
    assert row["hearsay"] is hearsay


def test_g3_officials_say_they_were_called_an_hour_after_help_is_said_to_have_left(ask):
    rows = ask("timeline", kind=["call", "dispatch"]).records()
    began = {(row["account"], row["kind"]): row["began_earliest"] for row in rows if row["began_earliest"]}

    assert began["officials", "call"] == "2020-02-07T19:00:00+06:00"
    assert began["vlast", "dispatch"] == "2020-02-07T18:00:00+06:00"


def answers(korday, question):
    return {(claim.account, claim.stance): claim for claim in from_arrow(korday.claims) if claim.question == question}


def on_side(korday, side):
    told = [
        one for one in from_arrow(korday.claims) if one.question == "How many people were in the fight of 5 February?"
    ]
    return {(one.account, one.stance): one for one in told if one.definition == f"on the {side} side"}


@pytest.mark.parametrize(
    ("side", "figures"),
    [
        ("Dungan", {"dungan_residents": 2, "rumour": 8, "kazakh_residents": 10}),
        ("Kazakh", {"dungan_residents": 4, "rumour": 4, "kazakh_residents": 3}),
    ],
)
def test_g4_the_fifth_is_a_fight_with_people_on_two_sides_counted_by_each(korday, side, figures):
    told = on_side(korday, side)

    assert {account: claim.best for (account, stance), claim in told.items() if stance != "denies"} == figures
    assert {(claim.kind, claim.measure, claim.scope) for claim in told.values()} == {("fight", "participants", "event")}
    assert told["rumour", "relays"].via


def test_g4_the_eight_is_a_rumour_that_the_speaker_denies(korday, ask):
    told = on_side(korday, "Dungan")
    rumour, denial = told["rumour", "relays"], told["dungan_residents", "denies"]

    assert (rumour.best, denial.best) == (8, 8)
    assert (rumour.speaker, rumour.via) == (denial.speaker, "chairman > internet users")
    rows = [row for row in ask("disagreements").records() if row["claim_ids"] == [rumour.claim_id, denial.claim_id]]
    assert [row["relation"] for row in rows] == ["rejected"]


def test_g4_both_tellings_say_how_it_began_and_how_the_elder_was_hurt(korday):
    for question in ("Who began the fight on 5 February?", "How was the elder hurt on 5 February?"):
        told = answers(korday, question)

        assert set(told) == {("dungan_residents", "asserts"), ("kazakh_residents", "asserts")}
        assert len({claim.answer for claim in told.values()}) == 2


def test_g4_the_hurt_of_the_fifth_are_figures_of_that_fight_and_of_nothing_larger(korday, ask):
    hurt = [
        claim for claim in from_arrow(korday.claims) if (claim.event_id, claim.measure) == ("road-incident", "injured")
    ]

    assert {(claim.account, claim.victims, claim.best) for claim in hurt} == {
        ("dungan_residents", "the elder", 1),
        ("kazakh_residents", "the elder", 1),
        ("kazakh_residents", "a son of the elder", 1),
    }
    assert all(claim.scope == "event" and not claim.part_of for claim in hurt)
    toll = next(text for text in ask("casualty-counts").sentences if text.startswith("Latest figures of the injured"))
    assert "Dungan residents" not in toll
    assert "Kazakh residents" not in toll


def test_g4_almaty_is_corrected_by_the_outlet_and_still_stands_as_the_speaker_s_words(korday, korday_store, ask):
    told = answers(korday, "Where was the elder treated?")
    said, corrected = told["dungan_residents", "asserts"], told["hromadske", "corrects"]

    selection = ask("timeline").legend.selection
    [standing] = korday_store.ask(f"select standing from selected where claim_id = '{said.claim_id}'", selection)[
        "standing"
    ]
    assert corrected.corrects == (said.claim_id,)
    assert list(corrected.hearsay()) == ["Hromadske", "Vlast"]
    assert standing == "standing"


def test_g5_three_days_ago_is_the_fifth_and_eleven_in_the_morning_has_no_date(korday):
    [dungan] = answers(korday, "When did the fight of 5 February happen?").values()
    kazakh = answers(korday, "At what hour was the fight of 5 February?").values()

    assert dungan.account == "dungan_residents"
    assert {claim.account for claim in kazakh} == {"kazakh_residents"}
    assert dungan.began_earliest == datetime.fromisoformat("2020-02-05T00:00+06:00")
    assert dungan.time_basis == "derived"
    assert all(claim.began_earliest is None and claim.began_latest is None for claim in kazakh)


def test_g6_the_lead_s_conflict_is_another_event_and_leaves_the_night_alone(korday):
    lead = next(claim for claim in from_arrow(korday.claims) if claim.question == "When did the conflict begin?")

    assert lead.event_id != NIGHT
    assert lead.kind != "clash"


def contradicting(ask, *claim_ids):
    rows = [row for row in ask("disagreements").records() if row["relation"] == "contradict"]
    return [row for row in rows if row["claim_ids"] == sorted(claim_ids)]


def claim_of(korday, account, question):
    return next(one for one in from_arrow(korday.claims) if (one.account, one.question) == (account, question))


def test_g6_the_finder_sets_the_article_s_lead_against_its_body(ask, korday):
    lead = claim_of(korday, "hromadske", "When did the conflict begin?")
    body = next(
        one for one in from_arrow(korday.claims) if (one.account, one.kind) == ("vlast", "clash") and one.ended_earliest
    )

    [row] = contradicting(ask, lead.claim_id, body.claim_id)
    assert lead.source_id == body.source_id
    assert row["accounts"] == ["hromadske", "vlast"]
    assert row["values"] == ["8 February", "7 Feb 17:00 to 7 Feb 18:00"]
    assert row["sentence"].endswith(
        ": “Violence in the night of 7–8 February” is a part of “The conflict as a whole”, "
        "and a part cannot begin before the whole begins, both in one source."
    )


def test_g6_the_body_s_first_evening_alone_is_no_contradiction_of_the_lead(ask, korday):
    lead = claim_of(korday, "hromadske", "When did the conflict begin?")
    two_days_later = next(one for one in from_arrow(korday.claims) if one.time_words == "Two days later")

    assert lead.began_earliest == two_days_later.began_latest == datetime.fromisoformat("2020-02-08T00:00+06:00")
    assert contradicting(ask, lead.claim_id, two_days_later.claim_id) == []


def test_g6_the_night_s_hours_are_not_blurred_by_the_lead(ask, korday):
    told = hours(ask("hourly-clashes"), "vlast")

    without = [one for one in from_arrow(korday.claims) if one.question != "When did the conflict begin?"]
    selection = ask("hourly-clashes").legend.selection
    chart = next(chart for chart in CHARTS if chart.key == "hourly-clashes")
    assert hours(answer(chart, korday, Store(without), selection), "vlast") == told


def test_g6_captions_keep_karasu_where_they_print_it_and_the_text_puts_it_elsewhere(ask, korday):
    caption = claim_of(korday, "hromadske", "In which country is Karasu?")
    text = next(one for one in from_arrow(korday.claims) if one.place == "karasu" and one.latitude is None)

    [row] = contradicting(ask, caption.claim_id, text.claim_id)
    assert caption.answer == "Azerbaijan"
    assert caption.source_id == text.source_id
    assert "too far apart to be one place" in row["sentence"]
    assert row["sentence"].endswith("both in one source.")


def test_g7_the_outlet_s_toll_belongs_to_the_conflict_and_to_no_hour(korday):
    said = (claim for claim in from_arrow(korday.claims) if (claim.account, claim.kind) == ("hromadske", "casualties"))
    toll = {claim.measure: claim for claim in said if claim.scope == "cumulative"}

    assert (toll["killed"].best, toll["injured"].best) == (10, 178)
    assert {claim.event_id for claim in toll.values()} == {"conflict"}
    assert all(claim.began_earliest is None and claim.ended_latest is None for claim in toll.values())


def test_g7_no_side_filter_turns_the_toll_into_nought(ask):
    found = ask("casualty-counts", side=["dungan"])

    assert [(row["measure"], row["best"], row["scope"]) for row in found.records()] == [("injured", 1, "event")]
    assert found.sentences[0] == "No account shown states how many were killed."
    assert "hidden" in found.stamp()


def latest(found, account, measure="killed"):
    rows = [row for row in found.records() if (row["account"], row["measure"]) == (account, measure)]
    return {value for row in rows if row["standing"] == "standing" for value in (row["low"], row["best"]) if value}


def test_g8_as_known_on_the_eighth_officials_say_eight(ask):
    found = ask("casualty-counts", as_known_at="2020-02-08T23:59+06:00")

    assert latest(found, "officials") >= {8}
    assert "Officials (Kazakhstan) 8" in found.sentence
    assert "10" not in {str(row["best"]) for row in found.records()}


def test_g8_as_known_on_the_eleventh_the_outlet_says_ten_and_one_hundred_and_seventy_eight(ask):
    found = ask("casualty-counts", as_known_at="2020-02-11T23:59+06:00", account=["hromadske"])

    assert [(row["measure"], row["best"]) for row in found.records()] == [("injured", 178), ("killed", 10)]


def test_g8_officials_raise_eight_to_ten_to_eleven_and_only_the_last_stands(ask):
    rows = [r for r in ask("casualty-counts").records() if (r["account"], r["measure"]) == ("officials", "killed")]
    whole = [row for row in rows if (row["best"] or row["low"]) in {8, 10, 11}]

    assert {row["best"] for row in whole if row["standing"] == "standing"} == {11}
    assert {row["best"] or row["low"] for row in whole if row["standing"] == "superseded"} == {8, 10}


SUMS = {0, 18, 28, 29, 50}


@pytest.mark.parametrize("by", ["account", "side"])
@pytest.mark.parametrize("account", [[], ["officials"], ["hromadske", "officials"], ["kg24", "economist"]])
@pytest.mark.parametrize("known", [None, "2020-02-08T23:59+06:00", "2020-02-10T12:00+06:00", "2020-02-14T23:59+06:00"])
def test_g8_no_answer_ever_adds_the_dead(ask, by, account, known):
    found = ask("casualty-counts", by=by, account=account, as_known_at=known)
    killed = [row for row in found.records() if row["measure"] == "killed"]

    assert not SUMS & {row[bound] for row in killed for bound in ("low", "best", "high")}
    assert not any(f" {total} people killed" in found.sentence for total in SUMS)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_every_answer_can_be_written_as_json(ask, chart):
    document = json.loads(json.dumps(ask(chart.key).document(), allow_nan=False))

    told = {
        "chart",
        "title",
        "sentence",
        "definition",
        "caveat",
        "selection",
        "claims",
        "data_hash",
        "stamp",
        "licence",
    }
    assert set(document) == told | {"rows", "sources"}
    assert document["claims"] == ask(chart.key).claims


# How it is coded


OUTLETS = {
    *("vlast", "hromadske", "rferl", "khabar24", "sputnik_kazakhstan", "kg24"),
    *("economist", "rt", "fergana", "meduza", "tengrinews"),
}


def test_each_outlet_is_an_account_of_its_own_and_all_but_the_teller_of_the_story_share_a_group(korday):
    assert {key for key, account in korday.accounts.items() if account.group == "Outlets"} == OUTLETS - {"vlast"}
    for claim in from_arrow(korday.claims):
        if claim.account in OUTLETS and claim.speaker not in {None, "editor of the translation"}:
            assert korday.accounts[claim.account].label in claim.speaker


def test_the_member_of_parliament_speaks_for_nobody_else(korday):
    told = [claim for claim in from_arrow(korday.claims) if claim.account == "assembly_member"]

    assert [claim.stance for claim in told] == ["relays", "relays"]
    assert {claim.via for claim in told} == {"chairman > member of the Assembly"}


def test_what_befell_either_side_s_people_is_hearsay_alike_in_the_reporters_words(korday):
    told = [one for one in from_arrow(korday.claims) if one.account == "vlast" and one.via]
    chains = {side: {one.via for one in told if one.side == side} for side in ("dungan", "kazakh")}

    assert "Vlast > chairman" in chains["dungan"]
    assert chains["kazakh"] == {"Vlast > son of the injured elder"}


def test_a_rumour_is_always_relayed_and_never_anybody_s_own(korday):
    rumours = [claim for claim in from_arrow(korday.claims) if claim.account == "rumour"]

    assert rumours
    assert all(claim.stance == "relays" and claim.via for claim in rumours)


def test_nearly_and_almost_are_upper_bounds(korday):
    nearly = [claim for claim in from_arrow(korday.claims) if claim.figure_words in {"nearly", "almost"}]

    assert {(claim.low, claim.best, claim.high) for claim in nearly} == {(None, None, 20), (None, None, 1000)}


def test_every_source_says_by_when_it_was_seen(korday):
    assert all(source.retrieved_at for source in korday.sources.values())


def test_every_dated_or_counted_claim_has_a_short_label(korday):
    bounds = ("began_earliest", "began_latest", "ended_earliest", "ended_latest")
    marked = [one for one in from_arrow(korday.claims) if one.measure or any(getattr(one, name) for name in bounds)]

    assert marked
    assert [one.claim_id for one in marked if not one.label] == []


def test_the_words_of_the_article_are_located_where_they_stand(korday):
    told = [claim for claim in from_arrow(korday.claims) if claim.source_id == "A01"]

    assert all(claim.quote_locator and claim.quote_locator.startswith("characters ") for claim in told)
    [clash] = [claim for claim in told if claim.claim_id == "a094"]
    assert (clash.locator, clash.quote_locator) == ("line 58", "characters 1–90")


def test_every_figure_is_the_one_that_its_own_words_say(korday):
    for claim in from_arrow(korday.claims):
        figures = {one for one in (claim.low, claim.best, claim.high) if one is not None}
        texts = (claim.summary, claim.label, claim.answer)
        said = [numbers(text) for text in texts if text and numbers(text)]
        assert not figures or all(figures & found for found in said), claim.claim_id


def test_an_outlet_s_own_figure_names_nobody_who_counted(korday):
    told = [one for one in from_arrow(korday.claims) if one.account in OUTLETS and one.measure and not one.via]

    assert told
    assert {claim.speaker for claim in told} == {None}
