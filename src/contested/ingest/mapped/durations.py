"""Lengths in place of times: a milestone so many minutes after another one."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from contested.ingest.mapped.mapped_row import MappedRow
from contested.ingest.mapped.times import Moments
from contested.ingest.mapping import MILESTONES, Column
from contested.ingest.row import name
from contested.model.wording import spaced

_SPELT = re.compile(r"(-)?P(?=[\dT])(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.IGNORECASE)
"""A length as ISO 8601 writes it; its months and years have none."""
_NINES, _HALF_A_DAY = re.compile(r"9{3,}(?:[.,]9+|[.,]0+)?"), timedelta(hours=12)
"""What programs write where no length is known: nines that would be longer than any response."""
_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}([.,])\d{3}")
"""A number that may have thousands parted, or a fraction of three digits."""


def milestones_of_lengths(row: MappedRow, moments: Mapping[str, Moments]) -> dict[str, Moments]:
    """Reckon the milestones that are told as a length since another; no length is exact at 0, and none is below."""
    found: dict[str, Moments] = dict(moments)
    nothing: list[tuple[str, str, datetime]] = []
    for milestone in MILESTONES:
        for title, one in row.held(milestone):
            text = row.text(title)
            if not one.since or not text:
                continue
            start, length = found.get(one.since), _length(row, name(title), text, one.unit)
            before = _length_before(row, one)
            if why := _why_no_length(text, length):
                reason, fix = f"a length of {text}{why}: left out, as if empty", "nothing, or correct the log"
                row.noticed.append(row.line.notice("W-DURATION", name(title), reason, fix))
            elif not start or before is None:
                reason = f"no {one.after if start else spaced(one.since)} from which it runs: left out"
                row.noticed.append(row.line.notice("W-DURATION", name(title), reason, "nothing, or give it"))
            elif length:
                found[milestone] = start[0] + before + length, start[1] + before + length
            else:
                nothing.append((milestone, name(title), start[0]))
    for step, column, since in nothing:
        over = found.get("end")
        if over and step != "end":
            found[step] = since, over[1]
        told = "read as any time until the end" if step in found else "left out, as if empty"
        reason, fix = f"a length of 0 may be a placeholder: {told}", "nothing, or correct the log"
        row.noticed.append(row.line.notice("W-DURATION", column, reason, fix))
    return {milestone: bounds for milestone, bounds in found.items() if milestone not in moments}


def _why_no_length(text: str, length: timedelta) -> str:
    """Say why what is written as a length is none: it is below nothing, or what programs write for nothing."""
    if length < timedelta():
        return " is no length"
    is_nines = _NINES.fullmatch(text) and length > _HALF_A_DAY
    return ", which programs write where none is known" if is_nines else ""


def _length_before(row: MappedRow, one: Column) -> timedelta | None:
    """Read the length that ran before another; nothing where it is not told."""
    if not one.after:
        return timedelta()
    text = row.text(one.after)
    length = _length(row, name(one.after), text, one.unit) if text else None
    return length if length is not None and length >= timedelta() else None


def _length(row: MappedRow, column: str, text: str, unit: str) -> timedelta:
    """Read a length: a number of its unit, or hours, minutes and seconds, also as ISO 8601 has them: PT7M30S."""
    if spelt := _SPELT.fullmatch(text):
        days, hours, minutes, seconds = (float(part or 0) for part in spelt.groups()[1:])
        length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return -length if spelt[1] else length
    if re.fullmatch(r"\d{1,3}(:\d\d){1,2}", text):
        parts = [int(part) for part in text.split(":")]
        hours, minutes, seconds = parts if len(parts) > 2 else (0, *parts)  # noqa: PLR2004 hours are told
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    given = row.line.given
    mark = given.decimal_mark or given.learnt.get("decimals", {}).get(column)
    if mark is None and (found := _GROUPED.fullmatch(text)):
        reason = f"'{found[1]}' may part thousands or a fraction"
        fix = "say what the mark is in this file, or write digits only"
        raise row.line.refused("E-NUM-SEPARATOR", column, reason, fix)
    plain = text.replace("," if mark == "." else ".", "").replace(",", ".") if mark else text.replace(",", ".")
    plain = re.sub(r"(?<=\d)[ '’](?=\d{3})", "", plain)
    if not re.fullmatch(r"[-+]?\d{1,9}(?:\.\d{1,9})?", plain):
        raise row.line.refused("E-NUM", column, f"not a number of {unit}", "write it like 9.7")
    return timedelta(**{unit: float(plain)})


def decimal_mark(texts: Collection[str]) -> str | None:
    """Say which mark parts the fractions in a column of lengths, if its cells show it."""
    for text in texts:
        if "." in text and "," in text:
            return max(".", ",", key=text.rfind)
    for mark, other in (".,", ",."):
        marked = [text for text in texts if mark in text]
        if any(text.count(mark) == 1 and not _GROUPED.fullmatch(text) for text in marked):
            return mark
        if any(text.count(mark) > 1 for text in marked):
            return other
    return "." if len(texts) > 1 and all("." in text for text in texts) else None
