"""Time zones: those of the pinned tz database (the package `tzdata`), also where the system has one of its own.

`contested` sets the search path of `zoneinfo` to nothing when it is imported, so that a wall clock is read alike on
every machine. The database of DuckDB is another, so that SQL is given the offsets from here (see `Store`).
"""

import zoneinfo
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from importlib import resources
from itertools import pairwise
from struct import unpack
from typing import NamedTuple

NO_ZONE_OF_ITS_OWN = frozenset({"Factory"})
"""What the database names and nobody lives in."""
NEAR = 3
"""How many names of zones are offered for one that is none."""

_HEADER = ">4s16x6l"
_HEADER_BYTES = 44
_FIRST, _LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_SECOND, _SPELL = timedelta(seconds=1), timedelta(days=60)
_LEAST_ALIKE, _MARGIN = 0.6, 0.1


class Offset(NamedTuple):
    """How far the clocks of a zone are ahead of UTC, and the instant from which on they are."""

    since: datetime
    ahead: timedelta


@cache
def names() -> frozenset[str]:
    """Name every zone."""
    return frozenset(zoneinfo.available_timezones() - NO_ZONE_OF_ITS_OWN)


def near(name: str) -> list[str]:
    """Name the zones whose names, or whose cities, are spelt most like this one, the most alike first."""
    known = [one for one in sorted(names()) if "/" in one and not one.startswith("Etc/")]
    spelt = {one.rpartition("/")[2].casefold(): one for one in known}
    spelt |= {one.casefold(): one for one in known}
    asked = name.strip().casefold().replace(" ", "_")
    alike: dict[str, float] = {}
    for part in (asked.rpartition("/")[2], asked):
        for one in get_close_matches(part, spelt, NEAR, _LEAST_ALIKE):
            alike[spelt[one]] = max(alike.get(spelt[one], 0), SequenceMatcher(None, part, one).ratio())
    most = max(alike.values(), default=0)
    return sorted((one for one in alike if alike[one] > most - _MARGIN), key=lambda one: -alike[one])[:NEAR]


def offered(name: str) -> str:
    """Say how to mend a name that is no zone: with the names that are near, or with one that is an example."""
    *most, last = near(name) or ["Asia/Almaty"]
    return f"use an IANA name such as {', '.join(most)}{' or ' if most else ''}{last}"


@cache
def offsets(zone: str) -> tuple[Offset, ...]:
    """List every offset that the clocks of a zone have had, or will have had by 2200, in order of time.

    The changes up to now are listed in the file of the zone (TZif, RFC 9636); those that follow from a rule are found.
    """
    read = zoneinfo.ZoneInfo(zone)
    listed = [_FIRST, *(at for at in _listed(zone) if _FIRST < at < _LAST)]
    moments = [*listed, *_ruled(read, listed[-1])]
    found = [Offset(at, _ahead(read, at)) for at in moments]
    return (found[0], *(later for earlier, later in pairwise(found) if earlier.ahead != later.ahead))


def _listed(zone: str) -> list[datetime]:
    """Read the moments at which a zone's file says that its clocks changed: those of its second block, of 64 bits."""
    data = (resources.files("tzdata") / "zoneinfo" / zone).read_bytes()
    _, utc, standard, leaps, times, kinds, letters = unpack(_HEADER, data[:_HEADER_BYTES])
    second = _HEADER_BYTES + 5 * times + 6 * kinds + letters + 8 * leaps + standard + utc
    *_, times, _, _ = unpack(_HEADER, data[second : second + _HEADER_BYTES])
    start = second + _HEADER_BYTES
    seconds = unpack(f">{times}q", data[start : start + 8 * times])
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return [epoch + timedelta(seconds=one) for one in seconds if abs(one) < (_LAST - _FIRST).total_seconds()]


def _ruled(zone: zoneinfo.ZoneInfo, after: datetime) -> Iterator[datetime]:
    """Find the moments after the last that is listed at which clocks change by a rule: spring and autumn, if at all."""
    looked = [(at, _ahead(zone, at)) for at in _every(_SPELL, after)]
    for (low, before), (high, then) in pairwise(looked):
        if before != then:
            seconds = range(int((high - low).total_seconds()))
            yield low + _SECOND * bisect_left(seconds, 1, key=lambda n: int(_ahead(zone, low + n * _SECOND) != before))


def _every(step: timedelta, after: datetime) -> Iterator[datetime]:
    return (after + number * step for number in range((_LAST - after) // step + 1))


def _ahead(zone: zoneinfo.ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
