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
                "Priority": draw(
                    partly(st.sampled_from(["1", "2", "3"]), ["E", ""], ['2"', "\\2", "10:00", *ODD_TEXT])
                ),
                "Station": draw(partly(st.integers(1, 60).map(str), ["A", "None"], ["2016-12-31", "NA"])),
            }
        )
    return rows


ODD_DAYS = [
    "",
    "2020-02-30",
    "01/02/2020",
    "13/02/2020",
    "1900-01-01",
    "7 Feb 2020",
    "2020-02-07 10:00",
    "2020",
    *ODD_TEXT,
]
ODD_COUNTS = ["", "7.0", "1.000", "1,000", "7.5", "-1", "about 7", "٣", "007", "99999999999", *ODD_TEXT]
DAYS = st.dates(at("2019-12-25").date(), at("2020-03-02").date())


@st.composite
def ged_rows(draw):
    """Draw rows of the Georeferenced Event Dataset in one of its ways to write days and numbers, a few of them odd."""
    pattern, mark = draw(st.sampled_from([("%Y-%m-%d", ""), ("%Y-%m-%d 00:00:00.000", ".0"), ("%d/%m/%Y", "")]))
    rows = []
    for _ in range(draw(st.integers(1, 8))):
        first, length, killed = (
            draw(DAYS),
            draw(st.integers(-1, 40)),
            draw(st.lists(st.integers(0, 9), min_size=4, max_size=4)),
        )
        best = sum(killed) + draw(st.sampled_from([0, 0, 0, 1]))
        office, reported = draw(
            st.sampled_from([("SOHR", "2020-01-01"), ("SOHR; VDC", "2020-01-01;2020-01-03"), ("", "")])
        )
        number = partly(st.integers(1, 4).map(lambda one: f"{one}{mark}"), ["1"], ODD_COUNTS)
        figures = dict(zip(["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"], killed, strict=True))
        figures |= {"best": best, "low": max(best - 1, 0), "high": best + draw(st.integers(-1, 2))}
        rows.append(
            {
                "id": draw(
                    partly(
                        st.integers(1, 99).map(lambda one: f"{one}{mark}"),
                        ["5-killed", "5"],
                        ["", "5-KILLED", *ODD_TEXT],
                    )
                ),
                "relid": "A-1",
                "year": draw(partly(st.just("2020"), [f"{first.year}.0"], ODD_COUNTS)),
                "type_of_violence": draw(
                    partly(st.sampled_from(["1", "2.0", "3"]), ["Non-state violence"], ["4", *ODD_TEXT])
                ),
                "conflict_name": "A conflict",
                "side_a": draw(partly(st.just("Government"), ["Forces of A"], ODD_TEXT)),
                "side_b": "Rebels",
                "source_office": office,
                "source_date": draw(
                    partly(st.just(reported), ["2020-01-02"], ["2020-01-02;", "May 2020", "2020-02-30", *ODD_TEXT])
                ),
                "source_article": draw(st.sampled_from(["", "An article"])),
                "where_prec": draw(number),
                "where_coordinates": draw(partly(st.sampled_from(["Town", "Town, North"]), [""], ODD_TEXT)),
                "adm_1": draw(st.sampled_from(["North", ""])),
                "latitude": draw(partly(st.just("42.9"), [""], ["91", "x", *ODD_TEXT])),
                "longitude": "75.3",
                "event_clarity": draw(number),
                "date_prec": draw(partly(st.sampled_from(["1", "2", "3", "4", "5"]), [""], ["6", "0", *ODD_COUNTS])),
                "date_start": draw(partly(st.just(first.strftime(pattern)), [""], ODD_DAYS)),
                "date_end": draw(partly(st.just((first + timedelta(length)).strftime(pattern)), [""], ODD_DAYS)),
                **{
                    name: draw(partly(st.just(f"{figure}{mark}"), [""], ODD_COUNTS)) for name, figure in figures.items()
                },
            }
        )
    return rows


@st.composite
def acled_rows(draw):
    """Draw rows of ACLED in one of its ways to write days, a few of them odd, some of one event."""
    pattern = draw(st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%d/%m/%Y"]))
    return [
        {
            "event_id_cnty": draw(
                partly(st.integers(1, 40).map("KAZ{}".format), ["", "KAZ1-killed"], ["NA", "kaz1", *ODD_TEXT])
            ),
            "data_id": draw(st.sampled_from(["", "KAZ1", "7", "7.0"])),
            "event_date": draw(partly(DAYS.map(lambda one: one.strftime(pattern)), [""], ODD_DAYS)),
            "year": draw(partly(st.just(""), ["2020"], ODD_COUNTS)),
            "time_precision": draw(partly(st.sampled_from(["1", "2", "3"]), [""], ["4", "0", *ODD_COUNTS])),
            "event_type": draw(
                partly(st.sampled_from(["Battles", "Riots", "Violence against civilians"]), [""], ODD_TEXT)
            ),
            "sub_event_type": draw(partly(st.sampled_from(["Armed clash", "Arrests", ""]), ["ARRESTS"], ODD_TEXT)),
            "actor1": draw(partly(st.sampled_from(["Rioters", "Army"]), [""], ODD_TEXT)),
            "inter1": draw(partly(st.sampled_from(["1", "5.0", "Rioters", ""]), ["0", "9"], ["ſ", "٣", *ODD_TEXT])),
            "actor2": draw(st.sampled_from(["Rioters", "Army", "Я", ""])),
            "inter2": draw(st.sampled_from(["1", "5", ""])),
            "admin1": draw(st.sampled_from(["North", ""])),
            "location": draw(partly(st.sampled_from(["Town", "North Town"]), [""], ODD_TEXT)),
            "latitude": "42.9",
            "longitude": draw(partly(st.just("75.3"), [""], ODD_TEXT)),
            "geo_precision": draw(partly(st.sampled_from(["1", "2", "3"]), [""], ["0", *ODD_COUNTS])),
            "source": draw(partly(st.just("Example News"), [""], ODD_TEXT)),
            "notes": draw(
                partly(
                    st.sampled_from(["Two men died.", ""]),
                    ["Several people were killed."],
                    ["Dozens died", "ſeveral died", "Scores of men\nwere killed", *ODD_TEXT],
                )
            ),
            "fatalities": draw(partly(st.sampled_from(["0", "2", "3", "10", "100"]), [""], ODD_COUNTS)),
            "timestamp": draw(partly(st.just("1643000000"), [""], ["0", "1643000000000", "yesterday", *ODD_TEXT])),
        }
        for _ in range(draw(st.integers(1, 8)))
    ]


slowly = settings(max_examples=settings().max_examples // 5, deadline=None, suppress_health_check=list(HealthCheck))


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


@slowly
@given(ged_rows(), st.sampled_from(["Asia/Almaty", "Asia/Beirut", None]))
def test_a_table_of_ucdp_comes_to_the_same_verdict(tmp_path_factory, rows, zone):
    same(table(tmp_path_factory.getbasetemp() / "ged.csv", *rows), zone)


@slowly
@given(acled_rows(), st.sampled_from(["Asia/Almaty", "Asia/Beirut", None]))
def test_a_table_of_acled_comes_to_the_same_verdict(tmp_path_factory, rows, zone):
    same(table(tmp_path_factory.getbasetemp() / "acled.csv", *rows), zone)


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
