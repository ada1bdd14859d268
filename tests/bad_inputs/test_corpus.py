"""A corpus of our own: each hostile file gives exactly its findings, and a good row beside a bad one is kept."""

import pytest
from tests.bad_inputs.corpus import cases, files

from contested.ingest.options import Given
from contested.ingest.sandbox import examine

CASES = cases()
every_file = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def in_sandbox(case, folder):
    path = folder / case.name
    path.write_bytes(case.content)
    return examine(path, Given(path.name))


def test_there_are_more_than_a_hundred_files_and_each_has_a_name_of_its_own(tmp_path):
    files(tmp_path)

    assert len(list(tmp_path.iterdir())) == len(CASES) > 100


@every_file
def test_the_findings_are_those_that_are_named(case, tmp_path):
    found = in_sandbox(case, tmp_path)

    assert {(one.code, one.row, one.column) for one in found.problems} == case.expect
    assert all(one.reason and one.fix for one in found.problems)


@every_file
def test_as_many_rows_are_accepted_as_are_good(case, tmp_path):
    found = in_sandbox(case, tmp_path)

    assert found.refused == (case.accepted is None)
    assert found.accepted == (case.accepted or 0)
    passed_over = sum(one.code == "W-ID-REPEAT" for one in found.problems)
    assert found.rows == found.accepted + found.rejected + passed_over
