"""Many claims are mapped from a file that has no name any more."""

import pytest
from tests.claims_for_tests import claim

from contested.model.arrow_schema import COLUMNS, to_arrow
from contested.model.mapped_table import concatenated

PARTS = [to_arrow([claim(claim_id=f"{part}{row}") for row in range(3)]) for part in "abc"]


@pytest.mark.parametrize("many", [0, 4, 100])
def test_tables_are_joined_in_their_order_however_many_rows_they_hold(many, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    table = concatenated(iter(PARTS), many)

    assert table.schema == COLUMNS
    assert table.to_pylist() == [row for part in PARTS for row in part.to_pylist()]
    assert list(tmp_path.iterdir()) == []


def test_columns_that_say_nothing_in_some_tables_come_back_as_empty_as_they_were():
    parts = [[claim(claim_id="a")], [claim(claim_id="b", via="wire", part_of=("a",))], [claim(claim_id="c")]]

    table = concatenated(map(to_arrow, parts), many=0)

    assert table.equals(to_arrow(one for part in parts for one in part))


def test_no_tables_are_no_claims():
    assert len(concatenated([])) == 0
