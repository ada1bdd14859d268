"""Files as they come from newsrooms: each gives exactly the findings of its manifest, and nothing passes unseen."""

import json
from pathlib import Path

import pytest

from contested.ingest.options import Given
from contested.ingest.reader import opened, outcomes
from contested.model.problem import UnreadableFileError

BAD_INPUTS = Path(__file__).parents[3] / "shared" / "bad_inputs"
MANIFEST = BAD_INPUTS / "manifest.json"
CASES = json.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.is_file() else []

pytestmark = pytest.mark.skipif(not CASES, reason="the shared bad inputs are not beside this checkout")
every_file = pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])


def in_sandbox(file, **given):
    """Name what is found in a file, and how many of its rows are accepted; none where it is refused as a whole."""
    try:
        read = list(outcomes(opened(file, Given(file.name, **given))))
    except UnreadableFileError as refused:
        return list(refused.problems), None
    return [problem for outcome in read for problem in outcome.problems], sum(bool(one.records) for one in read)


@every_file
def test_the_findings_are_those_of_the_manifest(case):
    problems, _ = in_sandbox(BAD_INPUTS / case["file"])

    found = {(one.severity, one.code, one.row, one.column, one.value) for one in problems}
    named = {(one["severity"], one["code"], one["row"], one["column"], one["value"]) for one in case["expect"]}
    assert found == named
    assert len(problems) == len(case["expect"])


@every_file
def test_as_many_rows_are_accepted_as_the_manifest_says_and_none_of_a_refused_file(case):
    _, accepted = in_sandbox(BAD_INPUTS / case["file"])

    assert accepted == case["accept_rows"]


@every_file
def test_every_finding_says_why_and_how_to_mend_it(case):
    problems, _ = in_sandbox(BAD_INPUTS / case["file"])

    assert all(problem.reason and problem.fix for problem in problems)


def test_the_controls_are_kept_word_for_word():
    read = outcomes(opened(BAD_INPUTS / "009_ok_hostile_text.csv", Given("009_ok_hostile_text.csv")))

    told = {claim.summary for outcome in read for claim in outcome.records}
    assert "<script>window.__pwned=1</script>" in told
    assert "\t=1+1" in told
    assert "' OR 1=1 --" in told
    assert len(told) == 16
