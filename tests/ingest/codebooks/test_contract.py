"""What every codebook owes the reader; a new codebook is held to it by being listed."""

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.claims_for_tests import fields

from contested import Claim
from contested.ingest.codebooks import CODEBOOKS, native, recognise
from contested.ingest.options import Given
from contested.model.claim import NewsroomClaim
from contested.model.problem import Problem, UnknownColumnsError

GIVEN = Given("told.csv", "Asia/Almaty")
every_codebook = pytest.mark.parametrize("codebook", CODEBOOKS, ids=lambda codebook: codebook.name)


def test_no_two_codebooks_share_a_name():
    names = [codebook.name for codebook in CODEBOOKS]

    assert len(set(names)) == len(names)


@every_codebook
def test_a_table_is_recognised_by_its_columns(codebook):
    assert recognise(codebook.columns) is codebook


@every_codebook
def test_a_table_is_recognised_with_columns_of_its_own_beside(codebook):
    assert recognise([*codebook.columns, "notes of the desk"]) is codebook


@every_codebook
def test_a_table_is_recognised_by_half_of_its_columns(codebook):
    alone = [column for column in codebook.columns if sum(column in other.columns for other in CODEBOOKS) == 1]
    half = (len(codebook.columns) + 1) // 2

    assert recognise(sorted(alone)[:half]) is codebook


@every_codebook
def test_rows_become_fields_of_a_claim_and_no_others(codebook):
    row = MappingProxyType(dict.fromkeys(codebook.columns, ""))

    made = [one for one in codebook.to_claims(2, row, GIVEN) if not isinstance(one, Problem)]

    assert {column for one in made for column in one} <= set(NewsroomClaim.model_fields)


@every_codebook
def test_capitals_and_spaces_in_a_header_make_no_difference(codebook):
    assert recognise([column.upper().replace("_", " ") for column in codebook.columns]) is codebook


CELLS = st.one_of(
    st.text(max_size=12),
    st.none(),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.datetimes(),
    st.dates().map(str),
    st.sampled_from(
        ["1", "2.0", "12/31/2016 11:57:56 PM", "M6=23:05:59, M6=1", "1963,8,9", "insert", "eq", "killed_cum"]
    ),
    st.dictionaries(st.sampled_from(["year", "month", "day", "hour", "headline"]), st.text("0123456789-", max_size=5)),
    st.lists(st.text(max_size=3), max_size=2),
)


@every_codebook
@given(st.data())
def test_whatever_a_row_holds_it_makes_claims_or_says_why_not(codebook, data):
    row = data.draw(st.fixed_dictionaries(dict.fromkeys(sorted(codebook.columns), CELLS)))

    made = list(codebook.to_claims(2, row, Given("told.csv", data.draw(st.sampled_from([None, "Europe/Berlin"])))))
    assert made
    for one in made:
        if isinstance(one, Problem):
            assert (one.row, bool(one.reason), bool(one.fix)) == (2, True, True)
        else:
            assert set(one) <= set(NewsroomClaim.model_fields)


@every_codebook
def test_reading_a_row_changes_nothing_in_it(codebook):
    row = MappingProxyType(dict.fromkeys(codebook.columns, "x"))

    assert list(codebook.to_claims(2, row, GIVEN)) == list(
        codebook.to_claims(2, dict(row), Given("told.csv", "Asia/Almaty"))
    )


@pytest.mark.parametrize("columns", [[], ["colour", "size"]], ids=["none", "strangers"])
def test_a_stranger_s_table_is_refused_with_what_was_found(columns):
    known = ", ".join(codebook.name for codebook in CODEBOOKS)

    with pytest.raises(UnknownColumnsError) as caught:
        recognise(columns)

    assert str(caught.value) == f"the columns match no codebook ({known}); found {', '.join(columns)}"


def test_our_own_columns_are_the_required_fields_of_a_claim():
    assert {name for name, field in Claim.model_fields.items() if field.is_required()} == native.COLUMNS


def test_our_own_rows_are_taken_as_they_are():
    row = fields(place="Masanchi")

    assert list(native.to_claims(2, row, GIVEN)) == [row]
