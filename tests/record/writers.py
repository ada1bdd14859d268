"""Hands that write to a record: who they are does not matter to most tests."""

from tests.claims_for_tests import claim

from contested.model.arrow_schema import from_arrow
from contested.record.edits import ChangeNote, correct, state, withdraw
from contested.record.release import Submission, accept, release
from contested.record.revisions import current, revisions

ANN = ChangeNote("Ann", "as she heard it")
BEN = ChangeNote("Ben", "a second look")


def said(record, claim_id="k1", story="night", hand=ANN, **more):
    """State one claim."""
    return state(record, story, claim(claim_id=claim_id, **more), hand)


def mended(record, claim_id="k1", base=1, story="night", hand=BEN, **more):
    """Correct one claim."""
    return correct(record, story, claim(claim_id=claim_id, **more), hand, base)


def taken_back(record, claim_id="k1", base=1, story="night", hand=BEN):
    """Withdraw one claim."""
    return withdraw(record, story, claim_id, hand, base)


def current_claims(record, story="night"):
    """Give the claims of a story as they stand, in the order in which they were first stated."""
    return tuple(from_arrow(current(revisions(record, story))))


def bring(tmp_path, *claims, story="night", dataset="claims.csv", text=None, **more):
    """Make a release of a file; its bytes are of no matter to the record, only that they are kept."""
    path = tmp_path / dataset
    path.write_text(text if text is not None else repr(claims), encoding="utf-8")
    return Submission(story, dataset, tuple(claims), {dataset: path}, **more)


def brought(record, *arguments, hand=ANN, **more):
    """Make a release, look at it and accept it."""
    return accept(record, release(record, bring(*arguments, **more)), hand)


def acts(one):
    """Say what a release would record: {"a": "stated"}."""
    return dict(zip(one.rows["claim_id"].to_pylist(), one.acts, strict=True))
