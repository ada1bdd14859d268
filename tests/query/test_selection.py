"""A selection is the same as a link, as a filter and in words."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.claims_for_tests import ask, bounds, claim, found, night

from contested import Kind, Milestone, Selection, Store
from contested.model.vocabulary import Units
from contested.query.resolution import Resolution
from contested.query.selection import By

offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=offsets)  # noqa: DTZ001 zones are given
names = st.lists(st.text(max_size=8), max_size=3).map(tuple)
choices = st.fixed_dictionaries(
    {},
    optional={
        "account": names,
        "side": names,
        "kind": st.lists(st.sampled_from(Kind), max_size=3).map(tuple),
        "place": names,
        "event": names,
        "where": st.lists(st.sampled_from(["priority=1", "priority=2", "agency=FIRE"]), max_size=3).map(tuple),
        "since": instants,
        "until": instants,
        "as_known_at": instants,
        "zone": st.sampled_from(["UTC", "Asia/Almaty", "Europe/Berlin"]),
        "by": st.sampled_from(By),
        "hedged": st.booleans(),
        "start": st.sampled_from(Milestone),
        "stop": st.sampled_from(Milestone),
        "calls": st.sampled_from(["arrivals", "every"]),
        "units": st.sampled_from(Units),
        "scenario": st.sampled_from(["start=a,stop=b", "onset=a,arrival=b,named=Late"]),
        "resolution": st.sampled_from([*Resolution, "north"]),
        "trimmed_below_minutes": st.integers(-100, 100),
        "trimmed_above_minutes": st.integers(0, 10**6),
        "group": st.sampled_from(["priority", "hour", "2020-02-07T17:00+06:00"]),
    },
)
selections = choices.map(lambda chosen: Selection(**chosen))


# A link


@settings(deadline=None)
@given(selections)
def test_a_link_brings_back_what_was_selected(selection):
    link = selection.model_dump(mode="json", by_alias=True)

    assert Selection.model_validate(link) == selection


@settings(deadline=None)
@given(selections)
def test_a_link_of_what_was_chosen_only_brings_it_back_too(selection):
    link = selection.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    assert Selection.model_validate(link) == selection


def test_a_link_says_from_and_to():
    link = Selection(since=night("18:00"), until=night("05:00")).model_dump(mode="json", by_alias=True)

    assert (link["from"], link["to"]) == ("2020-02-07T18:00:00Z", "2020-02-08T05:00:00Z")
    assert not {"since", "until"} & set(link)


@settings(deadline=None)
@given(selections)
def test_equal_selections_have_one_place_in_a_cache(selection):
    again = Selection.model_validate(selection.model_dump())

    assert {selection: "kept"}[again] == "kept"


@pytest.mark.parametrize(
    "link",
    [
        {"zone": "Korday"},
        {"from": "yesterday"},
        {"to": "2020-02-07T18:00"},
        {"as_known_at": 1581073200},
        {"kind": ["war"]},
        {"by": "outlet"},
        {"start": "rumour"},
        {"hedged": "perhaps"},
        {"units": "some"},
        {"resolution": ""},
        {"trimmed_above_minutes": "long"},
        {"scenario": ""},
        {"scenario": "north"},
        {"scenario": "start=north"},
        {"scenario": "start=north,stop=north"},
        {"scenario": "start=north,stop="},
        {"scenario": "start=north,start=south"},
        {"scenario": "start=north,arrival=south"},
        {"scenario": "start=north,lunch=south"},
        {"scenario": "start=north,stop=south,named=" + "long " * 20},
        {"where": ["priority"]},
        {"where": ["=3"]},
        {"group": ""},
        {"group": "2020-10-25T02:30", "zone": "Europe/Berlin"},
        {"colour": "red"},
    ],
    ids=str,
)
def test_a_link_that_chooses_what_cannot_be_chosen_is_refused(link):
    with pytest.raises(ValidationError):
        Selection.model_validate(link)


def test_a_selection_is_never_changed():
    with pytest.raises(ValidationError, match="frozen"):
        Selection().zone = "UTC"


# A filter


@settings(deadline=None)
@given(selections)
def test_every_parameter_of_the_filter_is_a_field(selection):
    parameters = set(re.findall(r"\$(\w+)", selection.condition()))

    assert parameters <= set(Selection.model_fields)


@settings(deadline=None)
@given(selections)
def test_the_filter_holds_what_was_chosen_as_parameters_and_never_as_words(selection):
    narrowing = {"account", "side", "kind", "place", "event", "where", "since", "until"}
    chosen = {name for name in narrowing if getattr(selection, name)}

    assert set(re.findall(r"\$(\w+)", selection.condition())) == chosen


def test_nothing_chosen_filters_nothing():
    assert Selection().condition() == "true"


def test_a_filter_may_be_asked_for_some_choices_only():
    selection = Selection(account=("north",), kind=("clash",))

    assert selection.condition("account", "side") == "list_contains($account, account)"
    assert Selection(kind=("clash",)).condition("account", "side") == "true"


def test_accounts_are_heard_that_were_chosen():
    told = [claim(claim_id=account, account=account) for account in ("north", "south", "west")]

    assert found(*told, account=("north", "west")) == {"north", "west"}


def test_sides_are_heard_that_were_chosen_and_no_side_is_neither():
    told = [claim(claim_id="n", side="north"), claim(claim_id="s", side="south"), claim(claim_id="0")]

    assert found(*told, side=("north",)) == {"n"}
    assert found(*told, side=("south", "neither")) == {"s", "0"}


def test_kinds_are_shown_that_were_chosen():
    told = [claim(claim_id=kind, kind=kind) for kind in ("clash", "call", "arrival")]

    assert found(*told, kind=("call", "arrival")) == {"call", "arrival"}


def test_places_are_shown_that_were_chosen_and_no_place_is_none_of_them():
    told = [claim(claim_id="m", place="masanchi"), claim(claim_id="t", place="taraz"), claim(claim_id="0")]

    assert found(*told, place=("masanchi",)) == {"m"}


def test_choices_narrow_each_other():
    told = [claim(claim_id=f"{account} {kind}", account=account, kind=kind) for account in "ab" for kind in Kind]

    assert found(*told, account=("a",), kind=("clash",)) == {"a clash"}


def test_a_name_that_nobody_bears_selects_nothing():
    assert found(claim(), account=("nobody",)) == set()


@pytest.mark.parametrize("name", ["north' or true --", "$account", "'; drop table claims; --", '"', "\\"])
def test_a_name_is_never_read_as_sql(name):
    told = [claim(), claim(claim_id="k2", account=name)]

    assert found(*told, account=(name,)) == {"k2"}


@pytest.mark.parametrize(
    ("since", "until", "seen"),
    [
        (None, None, True),
        ("16:00", None, True),
        ("23:00", None, True),
        ("04:59", None, True),
        ("06:00", None, False),
        (None, "16:00", False),
        (None, "17:01", True),
        (None, "18:00", True),
        ("12:00", "16:59", False),
        ("23:00", "23:01", True),
        ("12:00", "06:00", True),
    ],
)
def test_a_time_keeps_what_may_have_been_going_on_then(since, until, seen):
    clash = claim(**bounds("17:00", "18:00", "05:00", "05:00"))

    chosen = {name: night(clock) for name, clock in (("since", since), ("until", until)) if clock}

    assert found(clash, **chosen) == ({"k1"} if seen else set())


@settings(max_examples=10)
@given(st.one_of(st.none(), instants), st.one_of(st.none(), instants))
def test_a_claim_whose_time_is_unknown_is_never_filtered_away_by_a_time(since, until):
    told = [claim(claim_id=kind, kind=kind) for kind in Kind]

    assert found(*told, since=since, until=until) == set(Kind)


@pytest.mark.parametrize("until", ["12:00", "17:59"])
def test_a_claim_that_says_only_until_when_it_was_over_may_have_begun_at_any_time(until):
    assert found(claim(**bounds(None, None, None, "18:00")), until=night(until)) == {"k1"}


@pytest.mark.parametrize("since", ["18:01", "05:00"])
def test_a_claim_that_says_only_since_when_it_may_have_begun_may_have_been_at_any_time_after(since):
    assert found(claim(kind="arson", **bounds("18:00", None, None, None)), since=night(since)) == {"k1"}


def test_a_clash_whose_end_nobody_gives_may_have_lasted_until_it_was_told_of():
    clash = claim(stated_at=night("02:00"), **bounds("17:00", "18:00", None, None))

    assert found(clash, since=night("01:59")) == {"k1"}
    assert found(clash, since=night("02:01")) == set()


def test_an_arrival_is_over_when_it_has_begun():
    arrival = claim(kind="arrival", stated_at=night("02:00"), **bounds("22:45", "23:15", None, None))

    assert found(arrival, since=night("23:00")) == {"k1"}
    assert found(arrival, since=night("23:30")) == set()


def test_an_instant_lies_in_one_of_the_two_hours_that_it_parts():
    arrival = claim(kind="arrival", **bounds("18:00", "18:00", "18:00", "18:00"))

    before = found(arrival, since=night("17:00"), until=night("18:00"))
    after = found(arrival, since=night("18:00"), until=night("19:00"))

    assert before | after == {"k1"}


@pytest.mark.parametrize("kind", ["roadblock", "clash"])
def test_what_was_still_going_on_is_not_filtered_away_by_a_time_before_its_end(kind):
    told = claim(kind=kind, stated_at=night("20:00"), **bounds("17:00", "18:00", "23:00", None))

    assert found(told, since=night("21:00")) == {"k1"}


@pytest.mark.parametrize("until", ["12:00", "22:00"])
def test_what_may_have_begun_earlier_is_not_filtered_away_by_a_time_before_it_must_have_begun(until):
    rioting = claim(**bounds(None, "05:59", "20:00", None))

    assert found(rioting, until=night(until)) == {"k1"}


def test_a_hedged_reading_is_filtered_as_it_is_read():
    arrival = claim(kind="arrival", time_words="about 6 p.m.", **bounds("18:00", "18:00", None, None))

    assert found(arrival, until=night("17:45"), hedged=True) == {"k1"}


# In words


def test_nothing_chosen_is_said_as_all_accounts():
    assert Selection().sentence() == "all accounts"


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"account": ("north",)}, "according to north"),
        ({"account": ("north", "south")}, "according to north or south"),
        ({"side": ("north",)}, "told on the side of north"),
        ({"kind": ("clash", "call")}, "only clash or call"),
        ({"place": ("masanchi",)}, "in masanchi"),
        ({"event": ("night", "flight")}, "about night or flight"),
        ({"since": night("18:00")}, "from 7 Feb 2020, 18:00"),
        ({"until": night("05:00")}, "until 8 Feb 2020, 05:00"),
        ({"by": "side"}, "told by side"),
        ({"hedged": True}, "“about” read as ±30 minutes"),
        ({"units": "every"}, "every unit"),
        ({"calls": "every"}, "every call"),
        ({"trimmed_above_minutes": 60}, "pooled without delays over 1 hour"),
        (
            {"trimmed_below_minutes": 0, "trimmed_above_minutes": 90},
            "pooled without delays under 0 minutes, pooled without delays over 1.5 hours",
        ),
        ({"resolution": "majority"}, "disagreement resolved by majority of independent origins"),
        ({"resolution": "range"}, "disagreement shown as a range"),
        ({"resolution": "defer"}, "disagreement left open: the reader defers"),
        ({"resolution": "north"}, "north preferred where figures differ"),
        (
            {"scenario": "start=north, stop=south"},
            "Scenario (mixed accounts: north on the start and south on the stop)",
        ),
        (
            {"scenario": "arrival=south,onset=north,named=Late help"},
            "Scenario “Late help” (mixed accounts: south on the arrival and north on the onset)",
        ),
        ({"zone": "Asia/Almaty", "since": night("23:00")}, "from 8 Feb 2020, 05:00"),
        (
            {"account": ("north",), "kind": ("clash",), "until": night("05:00"), "hedged": True},
            "according to north, only clash, until 8 Feb 2020, 05:00, “about” read as ±30 minutes",
        ),
    ],
    ids=str,
)
def test_what_was_chosen_is_said_in_words(chosen, said):
    assert Selection(**chosen).sentence() == said


def test_a_sentence_says_the_time_in_the_viewer_s_zone():
    selection = Selection(since=night("18:00"), until=night("23:00"), zone="Asia/Almaty")

    assert selection.sentence() == "from 8 Feb 2020, 00:00, until 8 Feb 2020, 05:00"


def test_as_known_at_is_said_apart_in_the_viewer_s_zone():
    selection = Selection(as_known_at=night("18:00"), zone="Asia/Almaty")

    assert selection.as_of() == "As known at 8 Feb 2020, 00:00"
    assert selection.sentence() == "all accounts"


def test_without_a_moment_everything_is_known():
    assert Selection().as_of() == "As known from all claims"


@settings(deadline=None)
@given(selections)
def test_every_selection_is_one_line_of_words(selection):
    plain = selection.model_copy(update=dict.fromkeys(("account", "side", "place", "event"), ("north",)))

    assert re.fullmatch(r"[^\n{}$]+", plain.sentence())
    assert re.fullmatch(r"As known (at|from) [^\n{}$]+", plain.as_of())


def test_every_kind_can_be_chosen_alone():
    store = Store(claim(claim_id=kind, kind=kind) for kind in Kind)

    chosen = {kind: store.ask("select claim_id from selected", Selection(kind=(kind,))) for kind in Kind}

    assert {kind: rows["claim_id"].tolist() for kind, rows in chosen.items()} == {kind: [kind] for kind in Kind}


def test_a_selection_of_no_claims_is_an_answer_with_no_rows():
    assert ask("select * from selected").empty
    assert ask("select * from selected", since=datetime(2020, 2, 7, tzinfo=UTC)).empty
