"""The pairs as a table: narrow for all of them, and with every column for those that are shown."""

from functools import cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from contested.analysis.comparison.compare import AGREE, DIFFER, Relation
from contested.analysis.comparison.conclusions import conclusion
from contested.analysis.comparison.origins import NONE, of_pairs
from contested.analysis.comparison.pairs import Pairs, claims_behind, find_pairs
from contested.analysis.comparison.position import question_texts, topic_texts, write_position
from contested.analysis.comparison.positions import Positions
from contested.analysis.comparison.sentences import Stand, relation_text, sentence
from contested.query.resolution import Resolution
from contested.query.rows import each

COLUMNS = ("event_id", "question", "accounts", "relation", "values", "claim_ids", "sentence")
"""What leaves the program of a pair."""
_TOLD = 5
"""How many pairs are written out at once, for whoever reads the finding alone."""


def tabulate(positions: Positions) -> pd.DataFrame:
    """Compare every two positions: contradictions first, each question together.

    Columns: `relation`, `question`, `origins` (how many independent ones agree), `concluded` by the reader's rule, the
    `sentence` of the first few rows, and for `write_rows` the numbers `one`, `other` and `rule`.
    """
    found = find_pairs(positions)
    agree, origins = np.flatnonzero(found.relation == AGREE), np.full(len(found.one), NONE)
    origins[agree] = of_pairs(positions, found.one[agree], found.other[agree])
    rows = pd.DataFrame(found._asdict() | {"origins": origins})
    rows["relation"] = pd.Categorical.from_codes(found.relation, pd.Index(map(str, Relation)))
    rows["question"] = _questions(positions, found)
    rows["concluded"] = _conclusions(positions, found)
    first = write_rows(positions, rows.head(_TOLD))["sentence"]
    return rows.assign(sentence=first.reindex(rows.index))


def write_rows(positions: Positions, rows: pd.DataFrame) -> pd.DataFrame:
    """Write out some rows of the table: with the values, the claims and the sentence of each pair."""
    at = cache(lambda row: write_position(positions, row))
    made = []
    for row, code in zip(each(rows), rows["relation"].cat.codes.tolist(), strict=True):
        one, other = at(row.one), at(row.other)
        how = relation_text(one, other, Stand(code, row.rule, row.origins), positions.legend)
        made.append(
            {
                "event_id": other.event_id,
                "accounts": [one.account, other.account],
                "values": [one.said, other.said],
                "claim_ids": claims_behind(positions, row.one, row.other, code, row.rule),
                "sentence": sentence(row.question, one, other, how, positions.legend),
            }
        )
    written = pd.DataFrame(made, rows.index, _WRITTEN[:-1])
    both = (topic_texts(positions.columns, rows[name].to_numpy()).to_pylist() for name in ("one", "other"))
    written["topics"] = pd.Series(list(zip(*both, strict=True)), rows.index, object)
    return rows.astype({"question": str, "relation": str}).assign(**{name: written[name] for name in _WRITTEN})


_WRITTEN = ("event_id", "accounts", "values", "claim_ids", "sentence", "topics")


def _questions(positions: Positions, found: Pairs) -> pd.Categorical:
    """Name the question of each pair, or both where they differ."""
    first, topic, other = positions.topic_starts[:-1], positions["topic"][found.one], positions["topic"][found.other]
    used = np.zeros(len(first), bool)
    used[topic] = used[other] = True
    place = np.cumsum(used) - 1
    texts = question_texts(positions.columns, first[used], positions.legend)
    apart = np.flatnonzero(topic != other)
    pair = [texts.take(pa.array(place[topics[apart]])) for topics in (topic, other)]
    both = pc.if_else(pc.equal(*pair), pair[0], pc.binary_join_element_wise(*pair, " "))
    every = pa.concat_arrays([texts, both]).dictionary_encode()
    row = place[topic]
    row[apart] = len(texts) + np.arange(len(apart))
    return pd.Categorical.from_codes(every.indices.to_numpy()[row], pd.Index(every.dictionary.to_pylist(), dtype=str))


def _conclusions(positions: Positions, found: Pairs) -> pd.Categorical:
    """Say what the reader's rule concludes on the question of each pair that disagrees."""
    topic, texts = positions["topic"][found.one], [""]
    number = np.zeros(len(positions.topic_starts), int)
    if positions.legend.selection.resolution != Resolution.ALL:
        asked = np.unique(topic[found.relation <= DIFFER])
        number[asked] = np.arange(1, len(asked) + 1)
        texts += [conclusion(positions, one) for one in asked.tolist()]
    names, codes = np.unique(texts, return_inverse=True)
    return pd.Categorical.from_codes(codes[number[topic]], pd.Index(names.tolist(), dtype=str))
