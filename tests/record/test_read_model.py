"""What is asked is made from the record alone: thrown away and made again it is the same, at every moment."""

import contextlib
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import claim, night
from tests.record.writers import ANN, acts, bring, brought, current_claims, mended, said, taken_back

from contested import Selection, Store
from contested.model.arrow_schema import from_arrow
from contested.model.vocabulary import KnownBy
from contested.record import open_record
from contested.record.edits import state
from contested.record.release import accept, release
from contested.record.revisions import current, revisions

ALL = "select to_json(known)::varchar as said from known order by claim_id, recorded_at"
NAMES = st.sampled_from("abcd")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), NAMES, st.integers(0, 9)),
        st.tuples(st.just("withdraw"), NAMES),
        st.tuples(st.just("import"), st.dictionaries(st.sampled_from("wxyz"), st.integers(0, 9), max_size=4)),
        st.tuples(st.just("look")),
    ),
    max_size=8,
)


def killed(name, best):
    return claim(claim_id=name, kind="casualties", measure="killed", best=best, stated_at=night("20:00"))


def do(record, folder, step):
    """Take one step, as far as it can be taken."""
    match step:
        case ("edit", name, best):
            seen = record.revisions("night", name)
            hand = (mended, {"base": seen[-1].rev}) if seen else (said, {})
            hand[0](record, name, measure="killed", best=best, stated_at=night("21:00"), **hand[1])
        case ("withdraw", name):
            seen = record.revisions("night", name)
            if seen and seen[-1].act != "withdrawn":
                taken_back(record, name, base=seen[-1].rev)
        case ("import", counts):
            one = release(record, bring(folder, *(killed(*item) for item in counts.items())))
            if one.is_news:
                accept(record, one, ANN)


def asked(store, **chosen):
    return store.ask(ALL, Selection(**chosen))["said"].tolist()


@settings(max_examples=settings().max_examples // 5)
@given(STEPS)
def test_what_is_added_bit_by_bit_is_what_is_made_anew(steps):
    with tempfile.TemporaryDirectory() as home, contextlib.closing(open_record(f"{home}/r", create=True)) as record:
        bit_by_bit, seen = Store(), 0
        for step in [*steps, ("look",)]:
            do(record, Path(home), step)
            if step == ("look",):
                bit_by_bit.add(revisions(record, "night", after=seen))
                seen = record.head.seq

        anew = Store(revisions(record, "night"))
        again = Store(from_arrow(revisions(record, "night")))

        moments = [None, *(entry.recorded_at for entry in record.entries())]
        for by in KnownBy:
            for moment in moments:
                chosen = {"as_known_at": moment, "known_by": by}
                assert asked(bit_by_bit, **chosen) == asked(anew, **chosen) == asked(again, **chosen)
                assert bit_by_bit.summary(Selection(**chosen)) == anew.summary(Selection(**chosen))


@settings(max_examples=settings().max_examples // 4)
@given(STEPS)
def test_as_recorded_by_a_moment_is_the_record_read_until_then(steps):
    with tempfile.TemporaryDirectory() as home, contextlib.closing(open_record(f"{home}/r", create=True)) as record:
        for step in steps:
            do(record, Path(home), step)
        store = Store(revisions(record, "night"))

        for entry in record.entries():
            until = Store(current(revisions(record, "night", until=entry.seq)))
            assert asked(store, as_known_at=entry.recorded_at, known_by="recorded") == asked(until, known_by="recorded")
        assert asked(store) == asked(Store(current_claims(record, "night")))


# By hand


@pytest.fixture
def told(file):
    """Ten dead, stated at 20:00 and recorded at 21:00; corrected to eleven at 22:00; withdrawn at 23:00."""
    clock = iter(datetime.fromisoformat(night(hour)) for hour in ("21:00", "22:00", "23:00"))
    file._clock = lambda: next(clock)  # noqa: SLF001 a clock to be checked by hand
    said(file, measure="killed", best=10, stated_at=night("20:00"))
    mended(file, measure="killed", best=11, stated_at=night("20:00"))
    taken_back(file, base=2)
    return Store(revisions(file, "night"))


def known(store, clock, by):
    found = store.ask("select best, standing from known", Selection(as_known_at=night(clock), known_by=by))
    return list(zip(found["best"], found["standing"], strict=True))


def test_by_the_time_of_recording_it_reads_as_it_then_did(told):
    assert known(told, "20:59", "recorded") == []
    assert known(told, "21:00", "recorded") == [(10, "standing")]
    assert known(told, "22:30", "recorded") == [(11, "standing")]
    assert known(told, "23:00", "recorded") == [(11, "withdrawn")]


def test_by_the_time_of_stating_it_reads_as_it_stands_now(told):
    assert known(told, "19:59", "stated") == []
    assert known(told, "20:00", "stated") == [(11, "withdrawn")]


def test_without_a_moment_only_what_stands_now_is_known(told):
    for by in KnownBy:
        assert told.ask("select best from known", Selection(known_by=by))["best"].tolist() == [11]


def test_what_no_record_dates_is_not_known_by_any_moment_of_recording():
    assert known(Store([claim(stated_at=night("20:00"))]), "23:00", "recorded") == []


def test_the_reader_s_word_says_which_time_it_went_by():
    by = {str(name): Selection(as_known_at=night("20:00"), known_by=name).as_of() for name in KnownBy}

    assert by == {
        "stated": "As known at 7 Feb 2020, 20:00",
        "published": "As published by 7 Feb 2020, 20:00",
        "recorded": "As recorded by 7 Feb 2020, 20:00",
    }


def test_words_of_every_kind_come_through_the_record_into_the_store(file):
    one = claim(summary="“Қордай”\n\u2028\\u0041", supersedes="a;b", latitude=42.93, longitude=75.3, radius_km=0)

    state(file, "night", one, ANN)

    [row] = Store(revisions(file, "night")).ask("select * from known", Selection()).to_dict("records")
    assert (row["summary"], list(row["supersedes"])) == (one.summary, ["a", "b"])
    assert (row["latitude"], row["longitude"], row["radius_km"]) == (42.93, 75.3, 0)


WALLS = st.datetimes(datetime(2, 1, 2), datetime(9998, 12, 30))  # noqa: DTZ001 a wall clock, given its offset below
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda ahead: timezone(timedelta(minutes=ahead)))


@settings(max_examples=5)
@given(st.lists(st.builds(lambda wall, zone: wall.replace(tzinfo=zone), WALLS, OFFSETS), min_size=10, max_size=30))
def test_an_instant_is_the_same_whether_it_was_edited_or_imported(moments):
    told = [claim(claim_id=str(number), stated_at=moment) for number, moment in enumerate(moments)]

    with tempfile.TemporaryDirectory() as home, contextlib.closing(open_record(f"{home}/r", create=True)) as record:
        for one in told:
            state(record, "edited", one, ANN)
        brought(record, Path(home), *told, story="imported")

        for story in ("edited", "imported"):
            assert [one.stated_at for one in current_claims(record, story)] == moments


def test_an_empty_import_adds_nothing_to_ask(file, tmp_path):
    brought(file, tmp_path, killed("x", 1))
    one = release(file, bring(tmp_path, killed("x", 1), text="other bytes"))
    accept(file, one, ANN)

    assert acts(one) == {}
    assert Store(revisions(file, "night")).summary(Selection()).claims == 1
