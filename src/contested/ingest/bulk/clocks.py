"""Instants of what the clocks of a zone showed, for whole columns, by the pinned time zones."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from contested.model.times import utc
from contested.model.zones import offsets

INSTANT = pa.timestamp("us", "UTC")
_NONE = np.iinfo(np.int64).min
_MICROSECOND = timedelta(microseconds=1)


def instants(shown: pa.ChunkedArray, zone: str) -> pa.ChunkedArray:
    """Instants (UTC) of timestamps without a zone; null where the clocks showed a time twice, or never."""
    since, ahead = _changes(zone)
    clock = pc.fill_null(shown.cast(pa.timestamp("us")).cast(pa.int64()), 0).to_numpy()
    offset = ahead[np.searchsorted(since, clock, side="right") - 1]
    is_null = (offset == _NONE) | pc.is_null(shown).to_numpy()
    return pa.chunked_array([pa.array(clock - offset, pa.int64(), mask=is_null).cast(INSTANT)])


@lru_cache
def _changes(zone: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """How far clocks are ahead of UTC from each time on that they show, in microseconds; while in doubt, `_NONE`."""
    since, ahead = zip((_NONE, offsets(zone)[0].ahead // _MICROSECOND), *_doubtful(zone), strict=True)
    return np.array(since, np.int64), np.array(ahead, np.int64)


def _doubtful(zone: str) -> Iterator[tuple[int, int]]:
    for before, after in pairwise(offsets(zone)):
        at = (utc(after.since) - datetime(1970, 1, 1)) // _MICROSECOND  # noqa: DTZ001 both are in UTC
        one, other = before.ahead // _MICROSECOND, after.ahead // _MICROSECOND
        yield at + min(one, other), _NONE
        yield at + max(one, other), other
