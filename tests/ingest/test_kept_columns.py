"""A known log keeps the columns of few values to compare its calls by, and no id, time, place or text."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.claims_for_tests import table
from tests.ingest.bulk.both_ways import same

from contested.ingest.kept_columns import MOST, ValueTally
from contested.ingest.options import Given
from contested.ingest.reader import numbered
from contested.model.claim import Claim

HERE = "America/Los_Angeles"
STAMPS = {
    "Received DtTm": "2016-12-31 23:57:56",
    "Dispatch DtTm": "2016-12-31 23:59:42",
    "On Scene DtTm": "2017-01-01 00:04:18",
    "Available DtTm": "2017-01-01 00:24:11",
}


def log(*rows):
    return [{"Call Number": f"{number}", "Unit ID": "E1", **STAMPS} | row for number, row in enumerate(rows, start=1)]


def groups(path):
    """Give what each call is compared by."""
    told = [one for _, one in numbered(path, Given(path.name, HERE)) if isinstance(one, Claim) and one.kind == "call"]
    return [json.loads(one.groups) if one.groups else {} for one in told]


def kept(*cells):
    """Say whether a column of such cells is kept."""
    tally = ValueTally(lambda _: False)
    for _ in tally.through((number, {"Column": cell}) for number, cell in enumerate(cells, start=2)):
        pass
    return bool(tally.kept())


def test_a_column_of_two_values_is_kept_under_the_name_of_its_publisher_and_an_empty_cell_is_in_no_group(tmp_path):
    path = table(tmp_path / "log.csv", *log(*({"Call  Type-Group": cell} for cell in ("Fire", "Alarm", "Fire", "NA"))))

    assert groups(path) == [*({"Call  Type-Group": cell} for cell in ("Fire", "Alarm", "Fire")), {}]


def test_every_claim_of_a_unit_has_the_groups_of_its_row(tmp_path):
    path = table(tmp_path / "log.csv", *log({"Priority": "1"}, {"Priority": "2"}, {"Priority": "2"}))
    claims = [one for _, one in numbered(path, Given(path.name, HERE))]

    assert [one.groups for one in claims] == ['{"Priority": "1"}'] * 4 + ['{"Priority": "2"}'] * 8


@pytest.mark.parametrize(
    "cells",
    [
        ["1", "1", "1"],
        ["1", "2", "3"],
        ["2016-12-31", "2017-01-01", "2017-01-01"],
        ["1/2/31 0:57", "1/2/31 0:57", "x"],
        ["10:01", "10:01", "10:02"],
        ["", "NA", "a"],
        ["a caller said that " + 10 * "it burns and " + "more"] * 2 + ["a", "a"],
        [*map(str, range(MOST + 1)), "1"],
        [{"a": 1}, "b", "b", "a"],
    ],
    ids=["one value", "no value twice", "days", "moments", "clocks", "one that says anything", "text", "many", "parts"],
)
def test_a_column_of_other_cells_is_not_kept(cells):
    assert not kept(*cells)
    assert kept("1", "2", "2")


def test_as_many_values_as_a_city_has_stations_are_kept():
    assert kept(*map(str, range(MOST)), "1")


@pytest.mark.parametrize("title", ["Incident Number", "RowID", "CAD_Event_Id", "Latitude", "Address", "On Scene DtTm"])
def test_an_id_a_place_or_a_stamp_is_not_kept_however_few_its_values(tmp_path, title):
    cells = [STAMPS.get(title, one) for one in ("1", "2", "2")]
    path = table(tmp_path / "log.csv", *log(*({title: one} for one in cells)))

    assert groups(path) == [{}, {}, {}]


def test_figures_of_a_parquet_file_are_kept_as_by_rows(tmp_path):
    one, two = ({"Priority": number, "ALS": number == 2, "Wait": number / 2} for number in (1, 2))
    rows = log(one, two, dict.fromkeys(one), two, one)
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "log.parquet")

    claims, *_ = same(tmp_path / "log.parquet", HERE)

    assert [one["groups"] for one in claims if one["kind"] == "call"] == [
        '{"Priority": "1", "ALS": "False", "Wait": "0.5"}',
        '{"Priority": "2", "ALS": "True", "Wait": "1"}',
        None,
        '{"Priority": "2", "ALS": "True", "Wait": "1"}',
        '{"Priority": "1", "ALS": "False", "Wait": "0.5"}',
    ]


def test_a_row_of_a_large_table_that_says_nothing_is_in_no_group(tmp_path):
    rows = log(*({"Priority": one, "Agency": one and "FIRE"} for one in ("1", "2", "", "2")))

    claims, *_ = same(table(tmp_path / "log.csv", *rows), HERE)

    groups = [one["groups"] for one in claims if one["kind"] == "call"]
    assert groups == ['{"Priority": "1"}', '{"Priority": "2"}', None, '{"Priority": "2"}']


def test_units_of_one_cell_share_the_groups_of_their_call(tmp_path):
    call = {"incident_date": "1/16/10 12:00 AM", "Unit_Dispatch_Times": "M6=22:35:55, E1=22:35:55"}
    empty = dict.fromkeys(["Unit_Enroute_Times", "Unit_Arrive_Times", "Unit_Clear_Times"], "NULL")
    rows = [{"incident_num": f"{one}", **call, **empty, "response_level": one % 2} for one in (1, 2, 3)]
    path = table(tmp_path / "calls.csv", *rows)

    told = [one for _, one in numbered(path, Given(path.name, HERE)) if isinstance(one, Claim)]

    assert [(one.subkind, one.groups) for one in told][:3] == [
        ("M6", '{"response_level": "1"}'),
        ("E1", '{"response_level": "1"}'),
        ("M6", '{"response_level": "0"}'),
    ]
