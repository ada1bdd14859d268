"""The pairs: every two positions that are compared, as rows of an answer and in sentences."""

from collections.abc import Mapping
from functools import partial

import pandas as pd
import pyarrow as pa

from contested.analysis.comparison.compare import Relation
from contested.analysis.comparison.conclusions import conclusions
from contested.analysis.comparison.deduplicate import both
from contested.analysis.comparison.disputes import disputes
from contested.analysis.comparison.evidence import grounds
from contested.analysis.comparison.position import words
from contested.analysis.comparison.positions import positions
from contested.analysis.comparison.sentences import sentences, spoken
from contested.analysis.comparison.words import TEXT, Words
from contested.model.parallel import pieces, together
from contested.query.legend import Legend

COLUMNS = ("event_id", "question", "accounts", "relation", "values", "claim_ids", "sentence")
"""What leaves the program of a pair."""


def reckon(rows: pa.Table, legend: Legend) -> pd.DataFrame:
    """Compare every two positions: first what cannot be true, and each question together."""
    told = positions(rows, legend)
    found = disputes(told, legend.wholes)
    work = partial(_rows, told, spoken(told, legend), conclusions(told, legend), legend)
    each = together(work, [found[piece] for piece in pieces(len(found))], len(found))
    answer: pd.DataFrame = pa.concat_tables(each).to_pandas(types_mapper={_LIST: pd.ArrowDtype(_LIST)}.get)
    return answer


def _rows(
    told: pa.RecordBatch, said: pa.Array, concluded: Mapping[str, str], legend: Legend, found: pa.RecordBatch
) -> pa.Table:
    """Say of each dispute all that is said of it."""
    found = grounds(found, told)
    one, other = found["one"], found["other"]
    return pa.table(
        {
            "event_id": told["event_id"].take(other).cast(pa.string()),
            "question": found["question"],
            "accounts": both(told["account"], one, other),
            "relation": pa.array(list(Relation), pa.string()).take(found["relation"]),
            "values": both(told["said"], one, other),
            "claim_ids": found["claim_ids"],
            "sentence": sentences(found, told, said, legend),
            "origins": found["origins"],
            "topics": both(told["topic"], one, other),
            "concluded": _concluded(words(told, "topic").take(one.to_numpy()), concluded),
        }
    )


def _concluded(topic: Words, concluded: Mapping[str, str]) -> pa.Array:
    return topic.once(lambda one: concluded.get(one, "")).written() if concluded else pa.repeat("", len(topic))


_LIST = pa.list_(TEXT)
