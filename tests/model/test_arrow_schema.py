"""Columns are derived from the claim; a field is added there and nowhere else."""

from datetime import datetime, timedelta, timezone

import pyarrow as pa
import pytest

from contested import Claim, Kind
from contested.model.arrow_schema import COLUMNS, kept
from contested.model.claim import NewsroomClaim


def test_every_field_of_a_claim_has_a_column_in_the_same_order():
    assert COLUMNS.names == list(Claim.model_fields)


def test_no_column_holds_what_stays_in_the_newsroom():
    internal = set(NewsroomClaim.model_fields) - set(Claim.model_fields)

    assert internal
    assert not internal & set(COLUMNS.names)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("claim_id", pa.string()),
        ("side", pa.string()),
        ("kind", pa.string()),
        ("measure", pa.string()),
        ("zone", pa.string()),
        ("best", pa.int64()),
        ("latitude", pa.float64()),
        ("began_earliest", pa.timestamp("us")),
        ("stated_at", pa.timestamp("us")),
        ("supersedes", pa.list_(pa.string())),
    ],
)
def test_a_column_has_the_type_of_its_field(name, kind):
    assert COLUMNS.field(name).type == kind


def test_every_column_may_be_unknown():
    assert all(column.nullable for column in COLUMNS)


def test_an_instant_is_kept_in_utc():
    almaty = timezone(timedelta(hours=6))

    assert kept(datetime(2020, 2, 7, 17, tzinfo=almaty)).isoformat() == "2020-02-07T11:00:00"


def test_ids_are_kept_as_a_list():
    assert kept(("k1", "k2")) == ["k1", "k2"]


@pytest.mark.parametrize("value", [None, 0, 1.5, "", "words", Kind.CLASH])
def test_everything_else_is_kept_as_it_is(value):
    assert kept(value) is value
