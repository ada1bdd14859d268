"""The pairs as a table: narrow for all of them, and with every column for those that are shown."""

from functools import cache

import numpy as np
import pandas as pd

from contested.analysis.comparison.columns import Array
from contested.analysis.comparison.compare import AGREE, COMPATIBLE, CONTRADICT, DIFFER, Relation, Rule
from contested.analysis.comparison.conclusions import conclusion
from contested.analysis.comparison.origins import NONE, of_pairs
from contested.analysis.comparison.pairs import Pairs, claims_behind, find_pairs
from contested.analysis.comparison.position import question_texts, topics, write_position
from contested.analysis.comparison.positions import Positions
from contested.analysis.comparison.sentences import Stand, relation_text, sentence
from contested.query.resolution import Resolution

COLUMNS = ("event_id", "question", "accounts", "relation", "values", "claim_ids", "sentence")
"""What leaves the program of a pair."""
_TOLD, _NAMED = 5, 60
"""How many pairs and how many questions are put into words at once, for the finding and the chart."""


def tabulate(positions: Positions) -> pd.DataFrame:
    """Compare every two positions: contradictions first, each question together.

    Columns: `relation`; `topic`, a number for each question or two, and the `question` of those that are most disputed;
    `asked_one` and `asked_other`, the number of each one's question; `account_one` and `account_other`;
    `origins`, how many independent ones agree; `concluded`, by the reader's rule; the `sentence` of the first few rows;
    and for `write_rows` the numbers `one`, `other` and `rule`.
    """
    found = find_pairs(positions)
    agree, origins = np.flatnonzero(found.relation == AGREE), np.full(len(found.one), NONE)
    origins[agree] = of_pairs(positions, found.one[agree], found.other[agree])
    topic, question = _topics(positions, found)
    relation = pd.Categorical.from_codes(found.relation, pd.Index(map(str, Relation)))
    columns = {"topic": topic, "question": question, "origins": origins, "concluded": _conclusions(positions, found)}
    for name, row in (("one", found.one), ("other", found.other)):
        columns |= {f"asked_{name}": positions["topic"][row], f"account_{name}": _accounts(positions, row)}
    rows = pd.DataFrame(found._asdict() | {"relation": relation} | columns)
    first = [pair["sentence"] for pair in _written(positions, rows.head(_TOLD))]
    rows["sentence"] = np.array([*first, *[None] * (len(rows) - len(first))], object)
    return rows


def write_rows(positions: Positions, rows: pd.DataFrame) -> pd.DataFrame:
    """Write out some rows of the table: with the values, the claims and the sentence of each pair."""
    written = pd.DataFrame(_written(positions, rows), rows.index, COLUMNS)
    both = (topics(positions.columns, rows[name].to_numpy()) for name in ("one", "other"))
    written["topics"] = pd.Series(list(zip(*both, strict=True)), rows.index, object)
    return pd.concat([rows.drop(columns=["question", "relation", "sentence"]), written], axis="columns")


def _written(positions: Positions, rows: pd.DataFrame) -> list[dict[str, object]]:
    """Write each pair out."""
    at = cache(lambda row: write_position(positions, row))
    questions = _questions(positions, rows["one"].to_numpy(), rows["other"].to_numpy())
    codes = rows["relation"].cat.codes.tolist()
    numbers = (rows[name].tolist() for name in ("one", "other", "rule", "origins"))
    made: list[dict[str, object]] = []
    for first, second, rule, origins, code, question in zip(*numbers, codes, questions, strict=True):
        one, other = at(first), at(second)
        how = relation_text(one, other, Stand(code, rule, origins), positions.legend)
        made.append(
            {
                "event_id": other.event_id,
                "question": question,
                "accounts": [one.account, other.account],
                "relation": str(list(Relation)[code]),
                "values": [one.said, other.said],
                "claim_ids": claims_behind(positions, first, second, code, rule),
                "sentence": sentence(question, one, other, how, positions.legend),
            }
        )
    return made


def all_claims(positions: Positions, rows: pd.DataFrame) -> list[str]:
    """Return the claims behind all rows of the table: those of `write_rows`, without writing what needs no search."""
    one, other, rule = (rows[name].to_numpy() for name in ("one", "other", "rule"))
    contradicts = (rows["relation"] == Relation.CONTRADICT).to_numpy()
    searched = contradicts & ((rule == Rule.LARGER) | (positions["running"][one] & positions["running"][other]))
    whole = np.zeros(len(positions), bool)
    whole[one[~contradicts]] = whole[other[~contradicts]] = True
    shown = np.repeat(whole, np.diff(positions.starts))
    for each in (one, other):
        shown[positions.starts[each[contradicts & ~searched]]] = True
    found = set(positions.claims.decode(positions.claims["claim_id"][shown]).to_pylist())
    for row in np.flatnonzero(searched):
        found |= {*claims_behind(positions, int(one[row]), int(other[row]), CONTRADICT, int(rule[row]))}
    return sorted(found)


def _accounts(positions: Positions, rows: Array) -> pd.Categorical:
    """Name the account of each of these positions."""
    return _categories(positions.columns.decode(positions["account"]).fill_null("").to_pylist(), rows)


def _categories(names: list[str], numbers: Array) -> pd.Categorical:
    """Return names by their numbers, none for −1."""
    return pd.Categorical(pd.array(names, dtype=str)).take(numbers, allow_fill=True)


def _topics(positions: Positions, found: Pairs) -> tuple[Array, pd.Categorical]:
    """Assign a number to the question of each pair, or to both of them, and name those that are most disputed."""
    first, topic, other = positions.topic_starts[:-1], positions["topic"][found.one], positions["topic"][found.other]
    apart, number = np.flatnonzero(topic != other), topic.copy()
    both, code = np.unique(topic[apart] * len(first) + other[apart], return_inverse=True)
    number[apart] = len(first) + code
    kinds = (found.relation <= DIFFER, found.relation == COMPATIBLE, found.relation == AGREE)
    counts = np.array([np.bincount(number[kind], minlength=len(first) + len(both)) for kind in kinds])
    most = np.lexsort(-counts[::-1])[:_NAMED]
    most = most[counts[:, most].any(axis=0)]
    one_topic, two = most[most < len(first)], divmod(both[most[most >= len(first)] - len(first)], max(len(first), 1))
    questions = _questions(positions, *(first[np.append(one_topic, topics)] for topics in two))
    place = np.full(len(first) + len(both), -1)
    place[np.append(one_topic, most[most >= len(first)])] = np.arange(len(most))
    return number, _categories(questions, place[number])


def _questions(positions: Positions, one: Array, other: Array) -> list[str]:
    """Put the question of each two positions into words, or both where they differ."""
    texts = (question_texts(positions.columns, rows, positions.legend).to_pylist() for rows in (one, other))
    return [first if first == second else f"{first} {second}" for first, second in zip(*texts, strict=True)]


def _conclusions(positions: Positions, found: Pairs) -> pd.Categorical:
    """Say what the reader's rule concludes on the question of each pair that disagrees."""
    topic, texts = positions["topic"][found.one], [""]
    number = np.zeros(len(positions.topic_starts), int)
    if positions.legend.selection.resolution != Resolution.ALL:
        asked = np.unique(topic[found.relation <= DIFFER])
        number[asked] = np.arange(1, len(asked) + 1)
        texts += [conclusion(positions, one) for one in asked.tolist()]
    return _categories(texts, number[topic])
