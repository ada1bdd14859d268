"""A codebook in SQL makes of plain rows what it makes of them one by one, and leaves every other row to itself."""

from datetime import datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import table
from tests.ingest.bulk.both_ways import same
from tests.lies.small_stories import FIXTURES

from contested.ingest import bulk
from contested.ingest.bulk import by_columns
from contested.ingest.bulk.batches import OddTableError
from contested.ingest.bulk.clocks import instants
from contested.ingest.options import Given
from contested.ingest.reader import opened
from contested.model.problem import ContestedError
from contested.model.times import fixed, readings, utc

HERE = "America/Los_Angeles"
SHARED = FIXTURES.parent
FILES = sorted(
    str(path.relative_to(SHARED))
    for folder in ("fixtures", "cases", "bad_inputs")
    for path in (SHARED / folder).rglob("*")
    if path.suffix in {".csv", ".tsv", ".parquet"}
)


@pytest.mark.parametrize("name", FILES)
def test_every_shared_file_comes_to_the_same_verdict(name):
    path = SHARED / name
    if path.stat().st_size > 2_000_000:
        pytest.skip("too large to read twice")
    try:
        same(path, HERE)
    except (OddTableError, ContestedError):
        return


def partly(cells, usual, odd):
    """Draw a cell: mostly plain, sometimes odd."""
    return st.one_of(*[cells] * 6, st.sampled_from(usual), st.sampled_from(odd))


ODD_TEXT = [
    " Alarms ",
    "NA",
    "nan",
    "\tA",
    "A\nB",
    "A\u00a0",
    "\u200bA",
    "Пожар",
    "A\x1b",
    "x" * 20_001,
    "#loc",
    "{}",
    "12.0",
]
ODD_TIMES = [
    *("NULL", "0", "13/45/2016 10:00", "01/01/1900 12:00:00 AM", "2016-12-31", "1970-01-01 00:00:00", "1952507820"),
    *("2016-11-06 01:30:00", "2016-03-13 02:30", "12/31/2016 00:05:00 AM", "12/31/2016 13:05:00 PM", "1/2/31 0:57"),
    *(
        "2016-12-31 24:00:00",
        "2016-12-31T23:59:16Z",
        "2016-12-31 23:59:16.1234567",
        "31.12.2016 23:59",
        "1999-03-04 10:00",
    ),
    *(
        "2016-02-30 10:00",
        "yesterday",
        " 2016-12-31 23:59 ",
        "2016/12/31 23:59",
        "31-12-2016 23:59",
        "2099-12-31 10:00",
    ),
    *(
        "12/31/2016 11:59 pm",
        "13/12/2016 10:00",
        "12/13/2016 10:00",
        "00/12/2016 10:00",
        "45/12/2016 10:00",
        "2016-13-01 1:1",
    ),
    *(
        "31/04/2016 10:00",
        "05/05/2016 10:00",
        "2016-12-31 23:59\u00a0",
        "12/31/2016 11:59:42 AM PST",
        "2016-11-06 01:30-07:00",
    ),
]
PATTERNS = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M:%S"]
at = datetime.fromisoformat
MOMENTS = st.one_of(
    st.datetimes(at("2016-01-01T00:00"), at("2016-12-31T23:00")),
    st.sampled_from([at("2016-11-06T00:59"), at("2016-05-03T00:00")]),
).map(lambda one: one.replace(microsecond=0))
STAMPS = ["Received DtTm", "Dispatch DtTm", "Response DtTm", "On Scene DtTm", "Transport DtTm", "Available DtTm"]


@st.composite
def unit_rows(draw):
    """Draw rows of a dispatch log that writes its stamps in one or two ways, a few of them odd."""
    patterns = draw(st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=2))
    rows = []
    for _ in range(draw(st.integers(1, 12))):
        first, late = draw(MOMENTS), draw(st.lists(st.integers(-30, 4000), min_size=6, max_size=6))
        moments = (first + timedelta(seconds=sum(late[: n + 1])) for n in range(6))
        pattern = draw(st.sampled_from(patterns))
        stamps = [draw(partly(st.just(one.strftime(pattern)), [""], ODD_TIMES)) for one in moments]
        rows.append(
            {
                "Call Number": draw(
                    partly(st.integers(1, 99).map(str), ["7.0", "a-b", "A"], ["", "a", "a\x1b", "ß", "SS", *ODD_TEXT])
                ),
                "Unit ID": draw(
                    partly(st.sampled_from(["E1", "E2", ""]), ["e1", "b-c", "NA"], ["E1\x1b", "E1 ", *ODD_TEXT])
                ),
                "Call Type": draw(partly(st.just("Alarms"), ["", "{} units"], ODD_TEXT)),
                **dict(zip(STAMPS, stamps, strict=True)),
                "Address": draw(partly(st.just("1 Main St"), [""], ODD_TEXT)),
                "Location": draw(
                    partly(
                        st.just("(37.7, -122.4)"),
                        ["", "Main St"],
                        ["(91, 0)", "(1.2.3, 4)", "(1,2)", "()", "(a, b)", *ODD_TEXT],
                    )
                ),
                "Call Final Disposition": draw(st.sampled_from(["", "", "Fire"])),
                "Notes": draw(partly(st.just("none"), [""], ODD_TEXT)),
            }
        )
    return rows


slowly = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@slowly
@given(unit_rows(), st.sampled_from([HERE, HERE, "Asia/Almaty", "UTC", None]))
def test_a_log_of_units_comes_to_the_same_verdict(tmp_path_factory, rows, zone):
    same(table(tmp_path_factory.getbasetemp() / "units.csv", *rows), zone)


@slowly
@given(unit_rows())
def test_a_log_of_units_in_parquet_comes_to_the_same_verdict(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "units.parquet"
    pq.write_table(pa.Table.from_pylist([{name: cell or None for name, cell in row.items()} for row in rows]), path)

    same(path, HERE)


UNIT = {"Call Number": "163660001", "Unit ID": "E39", "Call Type": "Alarms", "Address": "0 Block of BALCETA AVE"}
TIMES = {
    "Received DtTm": at("2016-12-31T23:57:56"),
    "Dispatch DtTm": at("2016-12-31T23:59:42"),
    "On Scene DtTm": at("2017-01-01T00:04:18"),
    "Available DtTm": at("2017-01-01T00:24:11"),
}


def validated_one_by_one(path, monkeypatch, zone=HERE):
    """Count the rows of a file that its columns leave to be validated one by one."""
    looked, one_by_one = [], bulk.judged

    def judged(told, rows, seen):
        rows = list(rows)
        looked.extend(number for number, _ in rows)
        return one_by_one(told, rows, seen)

    monkeypatch.setattr(bulk, "judged", judged)
    list(by_columns(opened(path, Given(path.name, zone))))
    return looked


@pytest.mark.parametrize("pattern", PATTERNS)
def test_plain_rows_of_a_log_are_not_looked_at_one_by_one(tmp_path, monkeypatch, pattern):
    plain = UNIT | {name: moment.strftime(pattern) for name, moment in TIMES.items()}
    rows = [plain | {"Call Number": f"{number}"} for number in range(20)]
    rows[4]["On Scene DtTm"] = "01/01/1900 12:00:00 AM"
    rows[9]["Call Number"] = rows[10]["Call Number"]

    assert validated_one_by_one(table(tmp_path / "log.csv", *rows), monkeypatch) == [6, 11, 12]


@pytest.mark.parametrize(
    "zone", ["America/Los_Angeles", "Asia/Almaty", "Europe/London", "Australia/Lord_Howe", "UTC", "Asia/Kolkata"]
)
def test_a_clock_is_the_instant_that_python_reads_or_is_in_doubt(zone):
    shown = [at("1965-01-01T00:00") + timedelta(minutes=20 * 997 * number) for number in range(4000)]
    days = [at(f"{year}-01-01T00:30") + timedelta(day) for year in (1975, 2016, 2040) for day in range(365)]
    shown += [day + timedelta(hours=hour) for day in days for hour in range(4)]
    read = instants(pa.chunked_array([pa.array(shown, pa.timestamp("us"))]), zone).to_pylist()

    for clock, instant in zip(shown, read, strict=True):
        first, second = (fixed(one) for one in readings(clock, zone))
        assert (instant and utc(instant)) == (utc(first) if first == second else None)
