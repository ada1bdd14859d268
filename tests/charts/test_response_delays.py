"""Delays: what their lanes show, and what their title says of any data."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from tests.analysis.timing.test_plain_delays import SELECTIONS, claims, rows
from tests.claims_for_tests import bounds, claim, night
from tests.lies.small_stories import at, told, traces, unique

from contested import Selection, Store, Story, answer
from contested.analysis.timing.delay_words import MOST_WORDS
from contested.charts.response_delays import CHART
from contested.model.arrow_schema import to_arrow
from contested.model.side_tables import Account
from contested.model.story import Package
from contested.model.times import brief_duration
from contested.theme import WIDTHS

BEGAN, CAME = at("18:00", "clash"), at("23:00", "arrival")
SOUTH = {"account": "south"}


def within(first, last, kind="arrival", **said):
    """Time a milestone between two clocks."""
    return claim(claim_id=f"{kind}{first}", kind=kind, **bounds(first, last, None, None), **said)


def notes(found, width=1160):
    return [note["text"] for note in found.figure(width)["layout"]["annotations"]]


def waiting(account="north"):
    """Tell that nobody had come by 20:00."""
    stated = {"account": account, "stated_at": night("20:00")}
    began = at("18:00", "clash", **stated)
    return began, claim(claim_id="none", kind="arrival", stance="denies", **stated)


def many(number, account="north", start=0):
    """Make events of which each is reached within a minute more than the one before."""
    made = []
    for event in range(number):
        when = BEGAN.began_earliest + timedelta(minutes=start + event + 1)
        of = {"event_id": f"{account}{event}", "account": account}
        made += [at("18:00", "clash", **of), claim(kind="arrival", began_earliest=when, began_latest=when, **of)]
    return unique(made)


CAME_BY_SOUTH = at("23:00", "arrival", **SOUTH)
NEGATIVE = within("17:00", "17:30")
OPEN_ORDER = within("17:30", "20:00")
TITLES = {
    "nobody": ((), {}, "No account times both the first clash and the arrival"),
    "one account": ((BEGAN, CAME), {}, "Help took 5 hours to arrive"),
    "one of two": ((BEGAN, CAME, at("18:00", "clash", **SOUTH)), {}, "Help took 5 hours to arrive, according to north"),
    "hearsay": (
        (BEGAN, at("23:00", "arrival", via="a neighbour"), at("18:00", "clash", **SOUTH)),
        {},
        "Help took 5 hours to arrive, according to north (hearsay)",
    ),
    "all silent": ((BEGAN, CAME_BY_SOUTH), {}, "No account times both the first clash and the arrival"),
    "two differ": (
        (BEGAN, CAME, at("18:00", "clash", **SOUTH), at("19:00", "arrival", **SOUTH)),
        {},
        "Help took 5 hours according to north, 1 hour according to south",
    ),
    "two agree": (
        (BEGAN, CAME, at("18:00", "clash", **SOUTH), at("23:00", "arrival", **SOUTH)),
        {},
        "Help took 5 hours to arrive, according to north and south",
    ),
    "before": ((BEGAN, NEGATIVE), {}, "Help arrived 30 to 60 minutes before the first clash"),
    "order open": ((BEGAN, OPEN_ORDER), {}, "Help arrived 30 minutes before to 2 hours after the first clash"),
    "order open, two in view": (
        (BEGAN, OPEN_ORDER, at("18:00", "clash", **SOUTH)),
        {},
        "Whether help arrived before the first clash is open, according to north",
    ),
    "open": (waiting(), {"calls": "every"}, "Help had not arrived after 2 hours"),
    "several": (many(3), {}, "Help took 1 to 3 minutes to arrive in 3 events"),
    "ten": (many(10), {}, "Half of 10 events were reached within 5 minutes"),
    "another clock": (
        (at("18:00", "call"), CAME, at("18:00", "call", **SOUTH)),
        {"start": "call"},
        "Help took 5 hours to arrive after the call, according to north",
    ),
    "end": ((BEGAN, at("19:00", "end")), {"stop": "end"}, "The event took 1 hour to end"),
    "scenario": (
        (BEGAN, at("23:00", "arrival", **SOUTH)),
        {"scenario": "start=north,stop=south"},
        "In a mix of two accounts, help took 5 hours to arrive",
    ),
    "by side": ((BEGAN, CAME_BY_SOUTH), {"by": "side"}, "No side times both the first clash and the arrival"),
}  # fmt: skip


@pytest.mark.parametrize(("claims", "chosen", "title"), TITLES.values(), ids=TITLES)
def test_the_title_is_the_fact_and_according_to_whom(claims, chosen, title):
    found = told("response-delays", *unique(claims), **chosen)

    assert found.title == title
    assert len(found.title.split()) <= MOST_WORDS
    assert found.finding.sentence == f"{title}."


@pytest.mark.parametrize("number", [1, 12, 60])
@pytest.mark.parametrize("label", ["{}", "The Regional Council for Civil Defence and Emergencies of District {}"])
def test_no_title_is_longer_than_fourteen_words_however_many_accounts_there_are(number, label):
    keys = [f"a{place:02}" for place in range(number)]
    claims = [
        one
        for place, key in enumerate(keys)
        for one in (at("18:00", "clash", account=key), at(f"{19 + place % 4}:00", "arrival", account=key))
    ]
    accounts = {key: Account(account=key, label=label.format(key)) for key in keys}
    made = Story("made", Package(title="made"), to_arrow(unique(claims)), accounts=accounts)
    found = answer(CHART, made, Store(unique(claims)), Selection())

    assert len(found.title.split()) <= MOST_WORDS
    names = {note["text"] for note in found.figure(1160)["layout"]["annotations"]}
    assert number <= 7 or f"{number - 7} more" in names
    assert sum(len(trace.get("customdata", ())) for trace in found.figure(328)["data"]) == number


def test_a_delay_is_a_bar_from_the_shortest_to_the_longest_with_its_value(ask):
    found = ask("response-delays")

    [bar] = found.figure()["data"]
    assert (bar["base"], bar["x"], bar["customdata"]) == ([300], [60], [[0]])
    assert "<b>5–6 h</b>" in notes(found)


def test_who_times_the_start_alone_says_when_and_nobody_is_missing(ask):
    found = ask("response-delays")

    assert "start 19:00, no arrival" in notes(found)
    assert "gives no delay" in notes(found)
    for lane in found.legend.lanes():
        assert lane.label in notes(found)
    assert found.finding == (
        "Help",
        "Help took 5 to 6 hours to arrive, according to Vlast.",
        "Two more give only the first clash. Only Vlast gives an arrival.",
    )


def test_on_a_phone_the_silent_share_one_row_that_counts_and_names_them(ask):
    found = ask("response-delays")

    silent = len(found.legend.voices) - 1
    assert f"{silent} of {silent + 1} accounts give no delay:" in notes(found, 328)


def test_the_silent_of_a_group_of_which_one_gives_a_delay_are_counted_too():
    keys = {"north": None, "south": None, "a": "Outlets", "b": "Outlets", "c": "Outlets"}
    accounts = {key: Account(account=key, label=key, group=group) for key, group in keys.items()}
    says = [claim(claim_id=key, account=key, kind="statement") for key in ("north", "south", "b", "c")]
    rows = [at("18:00", "clash", account="a"), at("23:00", "arrival", account="a"), *says]
    story = Story("small", Package(title="small"), to_arrow(rows), accounts=accounts)
    found = answer(CHART, story, Store(rows), Selection())

    assert {"4 of 5 accounts give no delay:", "north", "south", "and 2 of Outlets"} <= {*notes(found, 328)}


def test_hearsay_is_hollow_and_what_is_exact_is_a_point():
    heard = told("response-delays", BEGAN, at("23:00", "arrival", via="a neighbour"))
    hollow, exact = (traces(one)[0]["marker"]["symbol"] for one in (heard, told("response-delays", BEGAN, CAME)))

    assert (hollow, exact) == ("circle-open", "circle")


def test_the_axis_begins_where_help_came_before_the_first_clash_and_its_nought_is_heavy():
    layout = told("response-delays", BEGAN, NEGATIVE).figure()["layout"]

    [nought] = [one for one in layout["shapes"] if one["x0"] == one["x1"] == 0 and one["line"]["width"] == 2]
    assert layout["xaxis"]["range"][0] <= -60
    assert nought["line"]["color"] == "#8A8A85"


def test_what_is_not_over_has_a_head_and_says_after_how_long():
    found = told("response-delays", *waiting(), calls="every")

    [head] = traces(found)
    assert head["marker"]["symbol"] == "triangle-right"
    assert "<b>no arrival yet after 2 h</b>" in notes(found)


@pytest.mark.parametrize("width", WIDTHS)
def test_of_many_delays_so_many_are_drawn_as_can_be_told_apart_and_all_are_counted(width):
    found = told("response-delays", *many(600))

    assert sum(len(trace["customdata"]) for trace in found.figure(width)["data"]) == 480
    assert "600 events" in notes(found, width)


@pytest.mark.parametrize(
    ("ends", "written"),
    [
        ((300, 360), "5–6 h"),
        ((-60, 300), "−1 to 5 h"),
        ((300, 300), "5 h"),
        ((8.21, 8.21), "8.2 min"),
        ((5.11, 8.11), "5.1–8.2 min"),
        ((120, None), "2 h or more"),
        ((None, 20), "20 min or less"),
        ((5000, 6000), "3.4–4.2 d"),
        ((8, 61), "8–61 min"),
        ((None, None), "not known"),
    ],
)
def test_a_duration_on_a_chart_is_brief_and_rounds_outwards(ends, written):
    assert brief_duration(*ends) == written


@settings(max_examples=settings().max_examples // 2)
@given(told=claims(), chosen=SELECTIONS)
def test_plain_events_and_the_others_have_the_rows_of_all_claims(told, chosen):
    store = Store(told, few=0)
    apart = CHART.put_to(store, chosen).question

    assert rows(store, apart, chosen) == rows(store, CHART.question, chosen)


@pytest.mark.parametrize("chosen", [{}, {"account": ("north",)}, {"place": ("masanchi",)}, {"until": night("18:30")}])
def test_that_another_tells_of_the_arrival_is_said_whatever_the_filters_leave_out(chosen):
    """The call of the north is open by its log; the south, elsewhere and later, tells of an arrival."""
    logged = {"kind": "call", "time_basis": "logged", "place": "masanchi", "began_latest": night("18:00")}
    told = [
        claim(claim_id="k1", account="north", stated_at=night("20:00"), **logged),
        claim(claim_id="k2", account="south", kind="arrival", began_latest=night("19:00"), place="sortobe"),
    ]
    store = Store(told, few=0)
    selection = Selection(start="call", stop="arrival", **chosen)
    chart = CHART.put_to(store, selection)

    [row] = store.columns(chart.question, selection).to_pylist()

    assert chart.question != CHART.question
    assert (row["outcome"], row["told_by_others"]) == ("open", True)
