"""The pairs: every two positions that are compared, as rows of an answer and in sentences."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from contested.compared.alike import both, once, ranks
from contested.compared.comparison import Relation
from contested.compared.conclusions import conclusions
from contested.compared.disputes import disputes
from contested.compared.positions import positions
from contested.compared.sentences import sentences
from contested.legend import Legend

COLUMNS = ("event_id", "question", "accounts", "relation", "values", "claim_ids", "sentence")
"""What leaves the program of a pair."""


def reckon(rows: pd.DataFrame, legend: Legend) -> pd.DataFrame:
    """Compare every two positions: first what cannot be true, and each question together."""
    told = positions(rows, legend)
    found = disputes(told, legend.wholes)
    question = ranks(told["question"])[0]
    one, other, relation = (found[name].to_numpy() for name in ("one", "other", "relation"))
    found = found.take(pa.array(np.lexsort((other, one, question[other], question[one], relation))))
    concluded = conclusions(told, legend)
    one, other = found["one"], found["other"]
    table = pa.table(
        {
            "event_id": pc.if_else(pc.equal(told["event_id"], ""), None, told["event_id"]).take(other),
            "question": found["question"],
            "accounts": both(told["account"], one, other),
            "relation": pa.array(list(Relation), pa.string()).take(found["relation"]),
            "values": both(told["said"], one, other),
            "claim_ids": found["claim_ids"],
            "sentence": sentences(found, told, legend),
            "origins": found["origins"],
            "topics": both(told["topic"], one, other),
            "concluded": _concluded(told["topic"].take(one), concluded),
        }
    )
    answer: pd.DataFrame = table.to_pandas(types_mapper={_LIST: pd.ArrowDtype(_LIST)}.get)
    return answer


def _concluded(topic: pa.Array, concluded: Mapping[str, str]) -> pa.Array:
    return once(lambda one: concluded.get(one, ""), topic) if concluded else pa.repeat("", len(topic))


_LIST = pa.list_(pa.string())
