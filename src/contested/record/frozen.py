"""Frozen states: the entry that a link names, by its number and hash or by a time, as the last one shown then."""

from datetime import UTC, datetime

from pydantic_core import PydanticCustomError

from contested.model.times import at_zone
from contested.record.entry import Entry, Head
from contested.record.log import Record

_DIGITS = 18
_LETTERS = 12
"""Letters of a hash in a link."""


def named(entry: Entry | Head) -> str:
    """Name an entry for a link, such as `17-0a1b2c3d4e5f`."""
    return f"{entry.seq}-{entry.hash[:_LETTERS]}"


def entry_of(record: Record, said: str, zone: str = "UTC") -> Entry | None:
    """Return the entry that is named so, or the last one recorded by a time, read in a zone where it names none."""
    return _numbered(record, said) or _by_time(record, said, zone)


def _numbered(record: Record, said: str) -> Entry | None:
    seq, _, start = said.partition("-")
    if not (seq.isascii() and seq.isdigit() and len(seq) <= _DIGITS):
        return None
    found = next(record.entries(int(seq) - 1, int(seq)), None)
    return found if found and start and found.hash.startswith(start) else None


def _by_time(record: Record, said: str, zone: str) -> Entry | None:
    try:
        moment = datetime.fromisoformat(said)
        return record.last_by((moment if moment.tzinfo else at_zone(moment, zone)).astimezone(UTC))
    except (ValueError, OverflowError, PydanticCustomError):
        return None
