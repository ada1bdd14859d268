"""Delays of plain events are those that all claims give when they are read together, whatever is selected."""

from datetime import datetime, timedelta
from typing import Annotated

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import claim, night

from contested import Selection, Store
from contested.analysis.coverage.coverage import question
from contested.analysis.timing.milestones import ALL, CHOSEN
from contested.analysis.timing.plain_delays import counted_plainly, plainly
from contested.analysis.timing.pools import (
    WRITTEN_OUT,
    claims_behind,
    delay_counts,
    delay_histogram,
    delays,
    plain_delay_histogram,
)
from contested.charts.response_delays import CHART
from contested.model.vocabulary import Milestone
from contested.query.lineage import Behind, claims_by_source
from contested.query.selection import Filter

EVENING = datetime.fromisoformat(night("18:00"))
HOURS = st.integers(0, 4).map(lambda hours: EVENING + timedelta(hours=hours))
KINDS = ["clash", "call", "dispatch", "en_route", "arrival", "transport", "end", "casualties"]


@st.composite
def milestone(draw, number):
    """Draw a claim of a milestone, mostly as plain as a log's and now and then with a doubt of any sort."""
    early, late = sorted(draw(st.tuples(HOURS, HOURS)))
    begun = draw(st.sampled_from([(early, late), (early, early), (early, None), (None, late), (None, None)]))
    ended = draw(st.sampled_from([(None, None), (None, None), (late, late + timedelta(hours=1)), (None, late)]))
    rare = draw(st.sampled_from([{}] * 8 + DOUBTS))
    return claim(
        claim_id=f"k{number}",
        event_id=draw(st.sampled_from(["one", "two", "three"])),
        account=draw(st.sampled_from(["north", "south"])),
        kind=draw(st.sampled_from(KINDS)),
        began_earliest=begun[0],
        began_latest=begun[1],
        ended_earliest=ended[0],
        ended_latest=ended[1],
        place=draw(st.sampled_from(["masanchi", "masanchi", "masanchi", None])),
        groups=draw(st.sampled_from([{"priority": "1"}, {"priority": "1"}, {"priority": "2"}, None])),
        stated_at=draw(st.sampled_from([night("23:00"), night("20:00"), None])),
        time_basis=draw(st.sampled_from(["logged", "logged", None])),
        **{"subkind": draw(st.sampled_from([None, "U1"]))} | rare,
    )


DOUBTS = [
    {"via": "a neighbour"},
    {"side": "n"},
    {"subkind": "U2"},
    {"stance": "denies"},
    {"status": "withdrawn"},
    {"time_words": "about then"},
    {"time_words": "at that hour"},
    {"supersedes": ("k0",)},
    {"same_origin": ("k1",)},
]


@st.composite
def claims(draw):
    return [draw(milestone(number)) for number in range(draw(st.integers(1, 12)))]


MILESTONES = st.sampled_from(Milestone)
SELECTIONS = st.builds(
    Selection,
    account=st.sampled_from([(), (), ("north",)]),
    side=st.sampled_from([(), (), ("n",), ("neither",)]),
    place=st.sampled_from([(), (), ("masanchi",)]),
    event=st.sampled_from([(), (), ("one", "two")]),
    kind=st.sampled_from([(), (), ("call", "arrival", "clash")]),
    since=st.none() | HOURS,
    until=st.none() | HOURS,
    as_known_at=st.sampled_from([None, night("20:00"), night("23:00")]),
    known_by=st.sampled_from(["stated", "stated", "recorded"]),
    by=st.sampled_from(["account", "account", "account", "side"]),
    hedged=st.sampled_from([False, False, True]),
    units=st.sampled_from(["first", "first", "every"]),
    calls=st.sampled_from(["arrivals", "every"]),
    scenario=st.sampled_from([None, None, "start=north,stop=south"]),
    trimmed_below_minutes=st.sampled_from([None, 30]),
    group=st.sampled_from([None, "priority", "hour", "weekday", night("20:00")]),
    where=st.sampled_from([(), (), ("priority=1",), ("hour=19:00", "hour=20:00"), ("priority=2", "weekday=Friday")]),
    start=MILESTONES,
    stop=MILESTONES,
)


def rows(store, question, chosen):
    """Give the rows of a question in any order: a bag of them, each with the claims behind it."""
    found = store.columns(question, chosen).to_pylist()
    return sorted(repr({name: _told(value) for name, value in row.items()}) for row in found)


def _told(value):
    return sorted({*value}) if isinstance(value, list) else value


def both(store, pairs, chosen):
    """Answer of all claims, and of plain events and the others where the store keeps them so."""
    apart = delays(pairs, plainly(pairs)) if store.keeps_plain_events(chosen) else delays(pairs)
    return rows(store, delays(pairs), chosen), rows(store, apart, chosen)


@settings(max_examples=settings().max_examples // 2)
@given(told=claims(), chosen=SELECTIONS)
def test_plain_events_and_the_others_have_the_delays_of_all_claims(told, chosen):
    store = Store(told, few=0)

    every, apart = both(store, CHOSEN, chosen)

    assert apart == every


@settings(max_examples=settings().max_examples // 4)
@given(told=claims(), chosen=SELECTIONS)
def test_by_every_clock_too(told, chosen):
    store = Store(told, few=0)

    every, apart = both(store, ALL, chosen)

    assert apart == every
    if store.keeps_plain_events(chosen):
        counted = delay_counts(ALL, counted_plainly(ALL), by_group=True)
        assert rows(store, counted, chosen) == rows(store, delay_counts(ALL, by_group=True), chosen)


class WithSpeakers(Selection):
    speaker: Annotated[tuple[str, ...], Filter("list_contains($speaker, speaker)", "said by {}")] = ()


def test_a_filter_on_what_plain_events_do_not_keep_is_answered_by_the_claims():
    store = Store([claim(kind="call", began_latest=night("18:00"), speaker="mayor")], few=0)

    assert store.keeps_plain_events(WithSpeakers(account=("north",), since=night("17:00")))
    assert not store.keeps_plain_events(WithSpeakers(speaker=("elder",)))


@settings(max_examples=settings().max_examples // 3)
@given(told=claims(), cut=st.integers(0, 12), few=st.integers(0, 3), chosen=SELECTIONS)
def test_what_is_added_later_is_kept_as_if_it_had_been_there_at_first(told, cut, few, chosen):
    later = Store(told[:cut], few=few)
    later.add(told[cut:])

    assert both(later, CHOSEN, chosen)[1] == both(Store(told, few=0), CHOSEN, chosen)[1]


LOGGED = {"time_basis": "logged", "subkind": "U1"}


def at(clock, kind, **said):
    """Time a milestone to the minute, as said by ten."""
    moment = {"began_earliest": night(clock), "began_latest": night(clock), "stated_at": night("22:00")}
    return claim(**{"claim_id": kind, "kind": kind} | moment | said)


def call(**said):
    return at("18:00", "call", **said)


def arrival(**said):
    return at("18:40", "arrival", **said)


@pytest.mark.parametrize(
    ("told", "chosen"),
    [
        ([call(), arrival(stance="denies")], {}),
        ([call(status="withdrawn"), arrival()], {}),
        ([call(), arrival(), arrival(claim_id="k9", via="a neighbour", event_id="two", supersedes=("arrival",))], {}),
        ([call(time_words="at six"), at("18:00", "arrival", time_words="at six")], {}),
        ([call(), arrival(), at("18:20", "dispatch", via="a neighbour")], {}),
        ([call(**LOGGED), arrival(time_basis="logged", subkind="U2"), at("19:00", "end", **LOGGED)], {"stop": "end"}),
        ([call(place="masanchi"), arrival(place="sortobe")], {"place": ("masanchi",)}),
        ([call(side="n"), arrival()], {"side": ("n",)}),
        ([call(), arrival(account="south", side="n")], {"side": ("n",)}),
        ([call(time_words="about six"), arrival()], {"hedged": True}),
        ([call(time_basis="logged"), at("19:00", "mediation", time_basis="logged")], {}),
        ([call(), at("19:00", "dispatch", time_basis="logged")], {}),
        ([call(**LOGGED), at("19:00", "end", **LOGGED)], {}),
        ([call(**LOGGED), at("19:00", "end", **LOGGED)], {"stop": "en_route"}),
        ([call(**LOGGED), at("19:00", "end", **LOGGED)], {"stop": "end", "until": night("18:30")}),
        ([at("18:00", "clash", ended_latest=night("23:00")), at("19:00", "end")], {"start": "onset", "stop": "end"}),
        ([at("18:00", "clash", ended_latest=night("23:00"))], {"start": "onset", "stop": "end"}),
        ([call(), arrival()], {"as_known_at": night("21:00")}),
        ([call(), arrival(stated_at=night("20:00"))], {"as_known_at": night("21:00")}),
        ([call(), arrival()], {"kind": ("arrival",)}),
        ([call(), arrival()], {"since": night("18:30")}),
        ([call(), arrival()], {"start": "arrival", "stop": "call"}),
    ],
    ids=str,
)
def test_whatever_is_doubtful_is_read_as_ever(told, chosen):
    every, apart = both(Store(told, few=0), CHOSEN, Selection(**{"start": "call", "stop": "arrival"} | chosen))

    assert apart == every


def test_an_event_that_an_edit_takes_a_claim_from_is_read_anew():
    """The call of the second event was in truth of the first: there are two, and none of the second."""
    recorded = {"recorded_at": night("21:00")}
    told = [
        claim(claim_id=f"{kind}{event}", event_id=event, kind=kind, began_latest=night(clock), **recorded)
        for event, clocks in {"one": ("18:10", "19:00"), "two": ("18:20", "19:30")}.items()
        for kind, clock in zip(("call", "arrival"), clocks, strict=True)
    ]
    store = Store(told, few=0)
    store.add([told[2].model_copy(update={"event_id": "one", "recorded_at": datetime.fromisoformat(night("22:00"))})])

    every, apart = both(store, CHOSEN, Selection(start="call", stop="arrival"))

    assert apart == every
    assert len(kept(store, "plain_events")) == 1


def kept(store, relation):
    return store.columns(f"select * from {relation}", Selection()).to_pylist()


@pytest.mark.parametrize(
    ("more", "plain"),
    [
        ({}, 1),
        ({"kind": "dispatch", "claim_id": "k9"}, 1),
        ({"kind": "arrival", "claim_id": "k9"}, 0),
        ({"kind": "dispatch", "claim_id": "k9", "place": "sortobe"}, 0),
        ({"kind": "dispatch", "claim_id": "k9", "supersedes": ("call",)}, 0),
    ],
    ids=str,
)
def test_what_must_be_read_together_is_not_plain(more, plain):
    told = [claim(claim_id=kind, kind=kind, began_latest=night("18:00")) for kind in ("call", "arrival")]
    other = [claim(**{"began_latest": night("18:30")} | more)] if more else []

    store = Store([*told, *other], few=0)

    assert (len(kept(store, "plain_events")), len(kept(store, "other_claims"))) == (plain, 0 if plain else 3)


def test_the_sources_of_plain_events_are_named_too():
    """Two calls and an arrival of one source, an arrival of another: each event is plain."""
    told = [
        claim(claim_id=f"{kind} {event}", event_id=event, kind=kind, source_id=source, began_latest=night("18:00"))
        for event, sources in {"one": ("log", "log"), "two": ("log", "radio")}.items()
        for kind, source in zip(("call", "arrival"), sources, strict=True)
    ]
    store, chosen = Store(told, few=0), Selection(start="call", stop="arrival")

    assert len(kept(store, "plain_events")) == 2
    for one in ("", plainly(CHOSEN)):
        assert claims_by_source(store, Behind("", (), claims_behind(CHOSEN, plainly=one)), chosen) == {
            "log": 3,
            "radio": 1,
        }


def test_few_claims_are_asked_as_they_are():
    store = Store([claim()])

    assert not store.keeps_plain_events(Selection())


@st.composite
def plain_claims(draw):
    """Draw what one or two accounts tell of a few events, each milestone once and of one place and group."""
    told = []
    for event, account in draw(st.lists(st.tuples(st.integers(1, 4), st.sampled_from("ns")), unique=True, max_size=5)):
        shared = draw(st.fixed_dictionaries({"place": st.sampled_from(["masanchi", None])}))
        shared["groups"] = draw(st.sampled_from([{"priority": "1"}, {"priority": "2"}, None]))
        for kind in draw(st.lists(st.sampled_from(KINDS[1:6]), min_size=1, unique=True)):
            early, late = sorted(draw(st.tuples(HOURS, HOURS)))
            begun = draw(st.sampled_from([(early, late), (early, early), (early, None), (None, late), (None, None)]))
            stated = draw(st.sampled_from([night("23:00"), night("20:00"), None]))
            name, of = f"{event}{account}{kind}", {"event_id": f"e{event}", "account": account, "kind": kind}
            bounds = {"began_earliest": begun[0], "began_latest": begun[1], "stated_at": stated}
            told.append(claim(claim_id=name, **of, **bounds, **shared))
    return told


ALL_PLAIN = plainly(CHOSEN)


@settings(max_examples=settings().max_examples // 3)
@given(told=plain_claims(), several=st.lists(SELECTIONS, min_size=3, max_size=3))
def test_where_every_event_is_plain_the_delays_that_are_equal_are_counted_at_once(told, several):
    store = Store(told, few=0)
    for chosen in filter(store.keeps_plain_events, several):
        assert store.is_all_plain
        each = rows(store, delays(CHOSEN, ALL_PLAIN), chosen)
        assert rows(store, delays(CHOSEN, ALL_PLAIN, is_all_plain=True), chosen) == each
        every = rows(store, delay_histogram(CHOSEN, ALL_PLAIN, by_group=True), chosen)
        assert rows(store, plain_delay_histogram(CHOSEN, ALL_PLAIN, by_group=True), chosen) == every
        counts = [question(one.topic) for one in (CHART, CHART.put_to(store, chosen))]
        assert rows(store, counts[0], chosen) == rows(store, counts[1], chosen)


def hour_long(number):
    """Tell of calls that are answered within an hour each."""
    return [
        claim(claim_id=f"{kind}{one}", event_id=f"e{one}", kind=kind, began_earliest=at, began_latest=at)
        for one in range(number)
        for kind, at in (("call", night("18:00")), ("arrival", night("19:00")))
    ]


@pytest.mark.parametrize(("number", "events"), [(WRITTEN_OUT, WRITTEN_OUT), (WRITTEN_OUT + 1, 0)])
def test_few_delays_are_written_out_with_their_events_and_of_more_the_equal_ones_are_counted(number, events):
    store = Store(hour_long(number), few=0)
    found = store.columns(plain_delay_histogram(CHOSEN, ALL_PLAIN), Selection(start="call", stop="arrival"))

    assert sum(found["n"].to_pylist()) == number
    assert {*zip(found["low"].to_pylist(), found["high"].to_pylist(), strict=True)} == {(60, 60)}
    assert len(found) - found["event_id"].null_count == events


def test_one_claim_that_is_read_together_with_others_makes_not_every_event_plain():
    assert Store(hour_long(2), few=0).is_all_plain
    assert not Store([*hour_long(2), claim(kind="call", stance="denies")], few=0).is_all_plain
