"""The grounds of disputes: the question they are about, the claims that show them, and the origins of what agrees."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from contested.analysis.comparison.compare import AGREE, CONTRADICT
from contested.analysis.comparison.deduplicate import distinct, joined
from contested.analysis.comparison.origins import NONE, of_pairs
from contested.analysis.comparison.position import words
from contested.analysis.comparison.words import Numbers, Words


def grounds(found: pa.RecordBatch, told: pa.RecordBatch) -> pa.RecordBatch:
    """Add the `question` of each dispute, or both, its `claim_ids`, and the number of independent `origins`.

    Of what cannot all be true the claims are the smallest set; what is not the same has no origins in common to count.
    """
    one, other, relation = (found[name].to_numpy() for name in ("one", "other", "relation"))
    origins, agree = np.full(len(found), NONE), np.flatnonzero(relation == AGREE)
    origins[agree] = of_pairs(told, one[agree], other[agree])
    made = {"question": _asked(told, one, other), "claim_ids": _behind(found, told), "origins": pa.array(origins)}
    return pa.record_batch(dict(zip(found.schema.names, found.columns, strict=True)) | made)


def _asked(told: pa.RecordBatch, one: Numbers, other: Numbers) -> pa.Array:
    """Name the question of each pair, or both where they differ."""
    question = words(told, "question")
    apart = question.number[one] != question.number[other]
    first, second = (question.take(rows[apart]) for rows in (one, other))
    return pc.replace_with_mask(question.take(one).written(), pa.array(apart), joined(first, " ", second))


def _behind(found: pa.RecordBatch, told: pa.RecordBatch) -> pa.Array:
    """List the claims that show each: those that cannot all be true, else all that say so."""
    lists, claims = told["claim_ids"], words(told, "claim_ids")
    number, many = claims.number, np.diff(lists.offsets.to_numpy())
    one, other = (found[name].to_numpy() for name in ("one", "other"))
    several = (found["relation"].to_numpy() != CONTRADICT) & (many[one] + many[other] > 2)  # noqa: PLR2004 a pair
    low, high = np.sort([number[found[name].to_numpy()] for name in ("by_one", "by_other")], axis=0)
    rest, listed = np.flatnonzero(several), pa.ListArray.from_arrays(lists.offsets, pa.array(number))
    more = _united(*(listed.take(pa.array(rows[rest])) for rows in (one, other)))
    size = 1 + (low < high)
    size[rest] = np.diff(more.offsets.to_numpy())
    stops = np.cumsum(size)
    claim = np.empty(size.sum(), np.int64)
    claim[stops - size], claim[stops - 1] = low, high
    claim[np.repeat(several, size)] = more.values.to_numpy()
    offsets = pa.array(np.append(0, stops), pa.int32())
    return pa.ListArray.from_arrays(offsets, Words(claim, claims.texts).column())


def _united(one: pa.ListArray, other: pa.ListArray) -> pa.ListArray:
    """Put two lists of numbers together for each row, every number once and in order."""
    row = np.concatenate([pc.list_parent_indices(lists).to_numpy() for lists in (one, other)])
    number = np.concatenate([lists.flatten().to_numpy() for lists in (one, other)])
    many = int(number.max(initial=0)) + 1
    every = distinct(row * many + number)
    offsets = np.searchsorted(every, np.arange(len(one) + 1) * many)
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(every % many))
