"""Positions as a test writes them, and what is found of them as it reads it."""

from types import SimpleNamespace

import numpy as np
import pyarrow as pa

from contested.analysis.comparison import disputes as found_of
from contested.analysis.comparison import sentences as told_of
from contested.analysis.comparison.compare import Relation, Rule, compared
from contested.analysis.comparison.evidence import grounds
from contested.analysis.comparison.position import POSITION, Position, words

WITHIN = ("", "source", "account")


def position(account, said="", bounds=None, stance="asserts", claim_id="1", **more):
    """Make a position; what a test does not name is as of a position that nothing is special about."""
    lower, upper = bounds or (None, None)
    told = {"event_id": "night", "question": "How many?", "claim_ids": [claim_id], "part_of": [], "speakers": []} | more
    told |= {"account": account, "said": said, "stance": stance, "lower": lower, "upper": upper}
    about = told["event_id"] if told.get("milestone") else ""
    own = {"topic": f"{told['question']} {about}", "repeats": told["claim_ids"], "sources": [f"of {claim_id}"]}
    own |= {"voice": account, "documents": [None], "tellers": [account], "sides": [None], "is_stated": True}
    return Position(**(own | told))


def table(positions):
    """Write positions as columns, in the order of their topics as `positions` does."""
    every = sorted(positions, key=lambda one: one.topic)
    told = pa.RecordBatch.from_pylist([one._asdict() for one in every], POSITION)
    claims = pa.ListArray.from_arrays(told["claim_ids"].offsets, words(told, "claim_ids").in_order().column())
    return told.set_column(told.schema.get_field_index("claim_ids"), "claim_ids", claims)


def disputes(positions, wholes=None):
    """Find the disputes between positions, with the positions themselves on either side."""
    told = table(positions)
    found = grounds(found_of.disputes(told, wholes), told)
    rows = [Position(**row) for row in told.to_pylist()]
    within = told_of.within(found, told)
    return [
        SimpleNamespace(
            one=rows[row["one"]],
            other=rows[row["other"]],
            relation=list(Relation)[row["relation"]],
            rule=list(Rule)[row["rule"]],
            claim_ids=row["claim_ids"],
            within=WITHIN[number],
            question=row["question"],
        )
        for row, number in zip(found.to_pylist(), within, strict=True)
    ]


def related(one, other):
    """Say how two positions stand to each other."""
    relation, _ = compared(table([one, other]), np.array([0]), np.array([1]))
    return list(Relation)[relation[0]]
