"""Tables of publishers for tests: written to a file, read by the one road, and split into claims and problems."""

from collections import Counter
from functools import cache
from typing import NamedTuple

from tests.claims_for_tests import table
from tests.lies.small_stories import fixture

from contested import Claim, Problem
from contested.ingest.options import Given
from contested.ingest.reader import numbered


class Reading(NamedTuple):
    """What came of a file: the claims, the problems, and the rows that each stands in."""

    claims: list[Claim]
    problems: list[Problem]
    accepted: set[int]
    rejected: set[int]

    def codes(self):
        """Count the problems by code and severity."""
        return Counter((problem.code, problem.severity) for problem in self.problems)

    def one(self, claim_id):
        [found] = [claim for claim in self.claims if claim.claim_id == claim_id]
        return found


def reading(path, zone=None):
    found = list(numbered(path, Given(path.name, zone)))
    claims = [(row, one) for row, one in found if isinstance(one, Claim)]
    problems = [(row, one) for row, one in found if isinstance(one, Problem)]
    accepted = {row for row, _ in claims}
    rejected = {row for row, one in problems if one.row is not None} - accepted
    return Reading([one for _, one in claims], [one for _, one in problems], accepted, rejected)


def written(folder, *rows, zone=None):
    """Write rows as a publisher's file and read it."""
    return reading(table(folder / "publisher.csv", *rows), zone)


@cache
def published(name, zone=None):
    """Read a file of real public data once for all tests."""
    return reading(fixture(name), zone)
