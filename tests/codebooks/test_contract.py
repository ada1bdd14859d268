"""What every codebook owes the reader; a new codebook is held to it by being listed."""

from types import MappingProxyType

import pytest
from tests.claims_for_tests import fields

from contested import Claim
from contested.claim import NewsroomClaim
from contested.codebooks import CODEBOOKS, native, recognise
from contested.given import Given
from contested.problem import Problem, UnknownColumnsError

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
