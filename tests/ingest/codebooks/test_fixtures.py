"""Real public data: every file loads, and every row of it is accepted or explained."""

import csv
import json

import pytest
from tests.ingest.codebooks.tables import published
from tests.lies.small_stories import FIXTURES

from contested.ingest.formats import FORMATS

FILES = sorted(str(path.relative_to(FIXTURES)) for path in FIXTURES.glob("*/*")) if FIXTURES.is_dir() else ["none"]
ZONE = "America/Los_Angeles"


def records(path):
    """Count the records of a file without our own code."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return sum(any(cells) for cells in csv.reader(file)) - 1
    document = json.loads(path.read_text(encoding="utf-8"))
    return len(document["events"] if "events" in document else document["timeline"]["date"])


@pytest.mark.parametrize("name", FILES)
def test_every_row_of_every_file_is_accepted_or_explained(name):
    path = FIXTURES / name
    if not path.is_file() or path.suffix not in FORMATS:
        pytest.skip(f"{path} is not there, or no format reads it")
    found = published(name, ZONE)

    stopped = [problem for problem in found.problems if problem.row in found.rejected]
    assert len(found.accepted) + len(found.rejected) == records(path)
    assert {problem.row for problem in stopped} == found.rejected
    assert found.accepted.isdisjoint(found.rejected)
    assert all(problem.reason and problem.fix for problem in found.problems)
    assert len({claim.claim_id for claim in found.claims}) == len(found.claims)
    assert len(found.accepted) > 0.9 * records(path)


@pytest.mark.parametrize("name", FILES)
def test_no_claim_names_a_claim_that_the_file_does_not_make(name):
    path = FIXTURES / name
    if not path.is_file() or path.suffix not in FORMATS:
        pytest.skip(f"{path} is not there, or no format reads it")
    claims = published(name, ZONE).claims
    made = {claim.claim_id for claim in claims}

    assert {other for claim in claims for other in (*claim.supersedes, *claim.part_of)} <= made
