"""A mapped log that is read by its columns makes the claims that its rows make one by one."""

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import table

from contested.ingest.bulk import by_columns, by_rows
from contested.ingest.bulk.batches import OddTableError
from contested.ingest.mapped.mapped_row import mapped_row
from contested.ingest.mapping import Column, ColumnMapping, written
from contested.ingest.options import Given
from contested.ingest.reader import opened
from contested.model.arrow_schema import COLUMNS

HERE = "America/New_York"
STEPS = {"Created": "call", "Sent": "dispatch", "On scene": "arrival", "Closed": "end"}
WIDE = {"Rec'd #": "event_id", **STEPS, "Agency": "group", "Выезд": "group", "Outcome": "outcome", "Town": "place"}
PLACED = WIDE | {"Lat": "latitude", "Lon": "longitude", "Link": "source_id"}
UNITS = WIDE | {"Unit": "responding_unit", "Notes": "summary"}
TRAVEL = {"Rec'd #": "event_id", "Created": "call", "Travel": Column(holds="arrival", since="call"), "Agency": "group"}
STAGES = TRAVEL | {
    "Wait": Column(holds="dispatch", since="call", after="Intake", unit="seconds"),
    "Total": Column(holds="end", since="dispatch"),
    "Outcome": "outcome",
}
MIXED = {name: held for name, held in UNITS.items() if name != "Closed"} | {
    "Total": Column(holds="end", since="arrival", unit="hours"),
    "Travel": Column(holds="en_route", since="dispatch"),
}


def mapping(columns, **said):
    return ColumnMapping(columns=columns, constants={"account": "Fire & rescue"}, zone=HERE, **said)


def judged(way, path, one):
    told = list(way(opened(path, Given(path.name, mapping=written(one)))))
    return (
        pa.concat_tables([COLUMNS.empty_table(), *(part.claims for part in told)]).to_pylist(),
        [number for part in told for number in part.numbers.to_pylist()],
        [problem for part in told for problem in part.problems],
        sum(part.rows for part in told),
        sum(part.accepted for part in told),
    )


def same(path, one):
    """Read a log both ways, and give what both say of it."""
    found = judged(by_columns, path, one)
    for column, row in zip(found, judged(by_rows, path, one), strict=True):
        assert column == row
    return found


def row(number, **cells):
    usual = {"Rec'd #": f"C{number}", "Created": "2031-03-02 10:00:05", "Sent": "2031-03-02 10:01:05"}
    usual |= {"On scene": "2031-03-02 10:06:05.250", "Closed": "2031-03-02 10:40:05", "Agency": "EMS", "Выезд": "да"}
    return (
        usual
        | {
            "Outcome": "REPORT",
            "Town": "North",
            "Unit": "E1",
            "Notes": "smoke",
            "Lat": "40.71",
            "Lon": "-74.01",
            "Link": "L1",
            "Travel": "5.25",
            "Intake": "30",
            "Wait": "20",
            "Total": "40.5",
        }
        | cells
    )


def test_a_plain_log_is_read_by_its_columns_alone(tmp_path, monkeypatch):
    path = table(tmp_path / "log.csv", *map(row, range(200)))
    one_by_one = set()

    def seen(one, line):
        one_by_one.update([line.number] if any(line.cells.values()) else [])
        return mapped_row(one, line)

    monkeypatch.setattr("contested.ingest.mapped.codebook.mapped_row", seen)

    told = list(by_columns(opened(path, Given(path.name, mapping=written(mapping(WIDE))))))

    assert sum(part.accepted for part in told) == 200
    assert sum(len(part.claims) for part in told) == 800
    assert not one_by_one


@pytest.mark.parametrize(("columns", "claims"), [(TRAVEL, 2), (STAGES, 4)], ids=["a length", "stages"])
def test_a_plain_log_of_lengths_is_read_by_its_columns_alone(tmp_path, monkeypatch, columns, claims):
    path = table(tmp_path / "log.csv", *map(row, range(20)))
    one_by_one = set()

    def seen(one, line):
        one_by_one.update([line.number] if any(line.cells.values()) else [])
        return mapped_row(one, line)

    monkeypatch.setattr("contested.ingest.mapped.codebook.mapped_row", seen)

    told = list(by_columns(opened(path, Given(path.name, mapping=written(mapping(columns))))))

    assert sum(len(part.claims) for part in told) == 20 * claims
    assert not one_by_one


def test_a_log_of_lengths_says_the_same_both_ways(tmp_path):
    claims, *_ = same(table(tmp_path / "log.csv", *map(row, range(20))), mapping(STAGES))

    told = [
        (one["kind"], f"{one['began_latest']:%H:%M:%S}", one["time_basis"], one["time_words"]) for one in claims[:4]
    ]
    assert told == [
        ("call", "15:00:05", "logged", "2031-03-02 10:00:05"),
        ("dispatch", "15:00:55", "derived", "20"),
        ("arrival", "15:05:20", "derived", "5.25"),
        ("end", "15:41:25", "derived", "40.5"),
    ]


@pytest.mark.parametrize("stamp", ["2031-03-09 01:50:00", "2031-11-02 00:50:00", "2031-03-08 23:50:00"])
def test_a_length_over_a_change_of_the_clocks_is_the_same_both_ways(tmp_path, stamp):
    rows = [row(number, Created=stamp, Travel=length) for number, length in enumerate(("20.5", "90", "300"))]
    same(table(tmp_path / "log.csv", *rows), mapping(TRAVEL))


def test_a_plain_log_says_the_same_both_ways(tmp_path):
    claims, *_ = same(table(tmp_path / "log.csv", *map(row, range(20))), mapping(UNITS))

    first = claims[2]
    assert (first["kind"], first["subkind"], first["account"]) == ("arrival", "E1", "Fire & rescue")
    assert first["claim_id"] == "log/2/fire-rescue/E1/arrival"
    assert first["summary"] == "Unit arrived: smoke"
    assert first["groups"] == '{"Agency": "EMS", "Выезд": "да", "Outcome": "REPORT"}'
    assert first["began_latest"].isoformat() == "2031-03-02T15:06:05.250000"


CELLS = {
    "Rec'd #": st.sampled_from(["C1", "C2", "C3", "c1", "Total", "Итого", "", "NA", " C9", "Ж-1"]),
    "Created": st.sampled_from(
        ["2031-03-02 10:00:05", "2031-03-09 02:30:00", "2031-11-02 01:30:00", "03/04/2031 10:00", "24:00", "NULL", "-"]
    ),
    "Sent": st.sampled_from(["2031-03-02 10:01:05", "", "none", "1900-01-01 00:00:00", "2031-03-02T10:01:05Z"]),
    "On scene": st.sampled_from(
        ["2031-03-02 10:06:05", "", "2031-03-02 00:00:00", "2041-01-01 00:00:00", "1930000000"]
    ),
    "Closed": st.sampled_from(["2031-03-02 10:40:05", "", "2031-03-02 09:00:00", "2031-11-02 01:30:00"]),
    "Agency": st.sampled_from(["EMS", 'a"b', "a\\b", "–", "", "Пожар", "a\nb", "=x"]),
    "Outcome": st.sampled_from(["REPORT", "Cancelled", "In progress", "N/A"]),
    "Town": st.sampled_from(["North", "Total", "", " x "]),
    "Unit": st.sampled_from(["E1", "E2", "", "null"]),
    "Notes": st.sampled_from(["smoke", "", "x" * 300, "a\u200bb"]),
    "Lat": st.sampled_from(["40.71", "", "NA", "-74.01", "40,71", "40°42'36\"N", "91", "+40.7", "0", "41.", "55.7"]),
    "Lon": st.sampled_from(["-74.01", "", "null", "40.71", "-74,01", "181", "0", "37.6", "x"]),
    **dict.fromkeys(
        ("Travel", "Intake", "Wait", "Total"),
        st.sampled_from(
            [
                "5.25",
                "0",
                "-1",
                "",
                "null",
                "7,5",
                "1.234",
                "1,234",
                "1.234,5",
                "7:30",
                "PT7M",
                "12",
                "0.1",
                "9999",
                "x",
            ]
        ),
    ),
    "Link": st.sampled_from(["L1", "", "-", "https://example.org/a", "https://example.org/a https://example.org/b"]),
}


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(st.fixed_dictionaries({}, optional=CELLS), min_size=1, max_size=12),
    st.sampled_from(
        [
            *(WIDE, UNITS, PLACED, UNITS | PLACED, STEPS | {"Rec'd #": "event_id"}, UNITS | {"Town": "group"}),
            *(TRAVEL, STAGES, MIXED),
        ]
    ),
)
def test_whatever_its_cells_a_log_says_the_same_both_ways(tmp_path_factory, drawn, columns):
    path = table(tmp_path_factory.mktemp("log") / "log.csv", *(row(n, **cells) for n, cells in enumerate(drawn)))
    try:
        same(path, mapping(columns))
    except OddTableError:
        return


@pytest.mark.parametrize(
    "dates", [("03/04/2031", "03/04/2031"), ("03/04/2031", "13/04/2031"), ("03/04/2031", "03/25/2031")]
)
def test_the_order_of_dates_is_the_same_both_ways(tmp_path, dates):
    rows = [
        row(n, **{step: f"{on} 10:{minute:02}:05" for minute, step in enumerate(STEPS)}) for n, on in enumerate(dates)
    ]
    path = table(tmp_path / "log.csv", *rows)
    try:
        claims, *_ = same(path, mapping(WIDE))
    except OddTableError:
        assert dates[0] == dates[1], "only what its rows must be compared for is read row by row"
        return
    assert len(claims) == 8


def test_units_of_one_call_on_days_far_apart_are_flagged_both_ways(tmp_path):
    far = {step: f"2031-06-02 10:{minute:02}:05" for minute, step in enumerate(STEPS)}
    path = table(tmp_path / "log.csv", row(1), row(1, Unit="E2"), row(1, Unit="E3", **far), row(2), row(2, Unit=""))
    _, _, problems, *_ = same(path, mapping(UNITS))

    assert [one.code for one in problems] == ["W-EVENT-DAYS"]


@pytest.mark.parametrize(
    "one",
    [
        mapping(WIDE | {"Closed": {"holds": "onset"}}),
        mapping(WIDE | {"Town": "latitude"}),
        mapping({"Created": "call", "Sent": "dispatch"}),
        mapping(WIDE, ignore_offsets=True),
    ],
)
def test_a_log_that_is_not_plain_is_read_row_by_row(tmp_path, one):
    path = table(tmp_path / "log.csv", row(1))

    with pytest.raises(OddTableError):
        judged(by_columns, path, one)
