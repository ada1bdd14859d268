"""Zones come from one pinned database: on every machine, in Python and in SQL, a clock is read alike."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import tzdata
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import claim

from contested import Selection, Store
from contested.model.zones import names, near, offered, offsets
from contested.query.relations import clocked

WALL = (
    f"select strftime(began_earliest + ahead, '%Y-%m-%dT%H:%M:%S') as wall from {clocked('selected', 'began_earliest')}"
)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
OTHER = Path(tzdata.__file__).parent / "zoneinfo" / "Asia" / "Tokyo"


def in_sql(moment, zone, viewer="UTC"):
    [wall] = all_in_sql([(moment, zone)], viewer)
    return wall


def all_in_sql(told, viewer="UTC"):
    claims = [claim(claim_id=f"k{n:03}", began_earliest=moment, zone=zone) for n, (moment, zone) in enumerate(told)]
    return Store(claims).ask(f"{WALL} order by claim_id", Selection(zone=viewer))["wall"].tolist()


def in_python(moment, zone):
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M:%S}"


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@settings(max_examples=settings().max_examples // 3)
@given(st.lists(st.tuples(MOMENTS, st.sampled_from(sorted(names()))), min_size=1, max_size=20))
@example(
    [
        (utc("2024-02-29T17:59:59"), "Asia/Almaty"),
        (utc("2024-02-29T18:00:00"), "Asia/Almaty"),
        (utc("2027-01-15T12:00:00"), "America/Vancouver"),
        (utc("2027-01-15T12:00:00"), "Africa/Casablanca"),
        (utc("2077-07-01T00:00:00"), "Australia/Lord_Howe"),
        (utc("1911-01-01T00:00:00"), "Europe/Paris"),
    ]
)
def test_a_clock_shows_the_same_in_sql_as_in_python(drawn):
    told = [(moment.replace(microsecond=0), zone) for moment, zone in drawn]

    assert all_in_sql(told) == [in_python(*one) for one in told]


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(names())), st.data())
def test_the_offsets_of_a_zone_are_those_of_python_on_either_side_of_each_change(zone, data):
    known = offsets(zone)
    number = data.draw(st.integers(0, len(known) - 1))
    since, ahead = known[number]

    assert since.astimezone(ZoneInfo(zone)).utcoffset() == ahead
    if number:
        before = since - timedelta(seconds=1)
        assert before.astimezone(ZoneInfo(zone)).utcoffset() == known[number - 1].ahead != ahead


def test_the_clocks_of_kazakhstan_went_back_on_1_march_2024():
    assert in_sql(utc("2020-02-07T12:00"), "Asia/Almaty") == "2020-02-07T18:00:00"
    assert in_sql(utc("2024-03-01T12:00"), "Asia/Almaty") == "2024-03-01T17:00:00"


def test_a_claim_that_names_no_zone_is_read_by_the_viewers_clock():
    assert in_sql(utc("2020-02-07T12:00"), None, "Asia/Kathmandu") == "2020-02-07T17:45:00"


def test_a_moment_that_is_not_known_has_no_clock():
    assert Store([claim()]).ask(WALL, Selection())["wall"].isna().all()


def test_a_store_knows_the_zones_of_what_is_added_later():
    store = Store([])
    store.add([claim(began_earliest="2020-02-07T12:00Z", zone="Asia/Tokyo")])

    assert store.ask(WALL, Selection())["wall"].tolist() == ["2020-02-07T21:00:00"]


def run(program, **environment):
    return subprocess.run(  # noqa: S603 our own program
        [sys.executable, "-c", program], env=os.environ | environment, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture
def machine(tmp_path):
    """Give a machine whose own tz database has the clocks of Tokyo in Almaty, and zones of its own."""
    for name in ("Asia/Almaty", "localtime", "Office/Desk"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        shutil.copy(OTHER, file)
    return partial(run, PYTHONTZPATH=str(tmp_path))


OFFSET = """
import {first}
from datetime import datetime
from zoneinfo import ZoneInfo
print(datetime(2020, 2, 7, tzinfo=ZoneInfo('Asia/Almaty')).utcoffset())
"""


def test_the_pinned_database_is_used_where_the_system_has_its_own(machine):
    assert machine(OFFSET.format(first="sys")) == "9:00:00"
    assert machine(OFFSET.format(first="contested")) == "6:00:00"


def test_what_was_read_before_from_the_systems_database_is_forgotten(machine):
    early = "from zoneinfo import ZoneInfo; ZoneInfo('Asia/Almaty')"

    assert machine(early + OFFSET.format(first="contested")) == "6:00:00"


def test_one_sheet_has_one_hash_on_every_machine(machine, tmp_path):
    sheet = tmp_path / "log.csv"
    columns = "record_id,account,source_name,event_type,start,tz,status,recorded_at,text"
    row = "K-1,dungan,Example,clash,2020-02-07T18:00,Asia/Almaty,published,2020-02-11T09:00,A clash."
    sheet.write_text(f"{columns}\n{row}\n", encoding="utf-8")
    program = f"""
from contested import Selection, Store, open_story
story = open_story({str(sheet)!r})
print(*story.claims["began_earliest"].to_pylist(), Store(story.claims).summary(Selection()).data_hash)
"""
    here = run(program)

    assert here.startswith("2020-02-07 12:00:00 ")
    assert machine(program) == here


def test_the_machines_own_zones_are_none_of_ours(machine):
    assert (
        machine("from contested.model.zones import names; print(names() & {'localtime', 'Office/Desk', 'Factory'})")
        == "frozenset()"
    )


def test_the_names_of_zones_that_are_near_are_offered():
    assert near("Asia/Almati")[0] == "Asia/Almaty"
    assert near("almaty")[0] == "Asia/Almaty"
    assert near("New York")[0] == "America/New_York"
    assert near("::") == []
    assert offered("Europe/Berln").startswith("use an IANA name such as Europe/Berlin")
    assert offered("::") == "use an IANA name such as Asia/Almaty"


def test_an_abbreviation_is_never_mended_by_another():
    assert all("/" in name for short in ("EST", "CST", "MSK") for name in near(short))
