"""Extended Date/Time Format (Library of Congress, ISO 8601-2), levels 0 and 1: 2021-03, 2021-03-XX, ../2021-03-25."""

import re

from contested.ingest.cells.calendar_span import _ORDINAL, _WEEK, before_christ, calendar_span, nth_day, week_span
from contested.ingest.cells.date import LIKE, UNKNOWN_ORDER
from contested.ingest.cells.time_span import TimeSpan, period_span
from contested.ingest.cells.timestamp import STAMP, span_of_stamp
from contested.ingest.cells.unreadable import Unreadable

_EDTF_DAY = r"\d{4}-\d\d-\d\d|\d{4}-\d\d|\d{4}"
_EDTF = re.compile(
    rf"(?P<at>{_EDTF_DAY}|\d{{4}}-\d\d-[xX]{{2}}|\d{{4}}-[xX]{{2}}(?:-[xX]{{2}})?|\d{{3}}[xX]|\d{{2}}[xX]{{2}})(?P<doubt>[?~%]?)"
)
_OPEN = {"", ".."}
_NOT_EDTF = Unreadable("E-TIME", "not EDTF", "")


def span_of_edtf(text: str) -> TimeSpan | Unreadable | None:
    """Read a day, a month, a year or an interval of EDTF; nothing where the text is none."""
    if re.fullmatch(r"-\d{4}(?:-.*)?|Y-?\d{5,}", text):
        return before_christ()
    text = re.sub(r"^(\d{4}-\d\d-)(\d\d)/(\d\d)$", r"\1\2/\1\3", text)
    if text.count("/") != 1:
        return _edtf_day(text)
    begun, ended = (None if one.strip() in _OPEN else _edtf_day(one.strip()) or _NOT_EDTF for one in text.split("/"))
    if _NOT_EDTF in {begun, ended}:
        return None
    if refused := next((one for one in (begun, ended) if isinstance(one, Unreadable)), None):
        return refused
    return _edtf_period(*(one if isinstance(one, TimeSpan) else None for one in (begun, ended)))


def _edtf_period(begun: TimeSpan | None, ended: TimeSpan | None) -> TimeSpan | Unreadable:
    if begun and ended:
        return period_span(begun, ended)
    if begun:
        nobody = TimeSpan(None, None, begun.precision, "its end is open")
        return begun._replace(rule=f"{begun.rule}, its end is open", until=nobody)
    if not ended:
        return Unreadable("E-TIME", "not a time", f"write it like {LIKE}")
    over = ended._replace(earliest=None, rule=f"by the end of {ended.rule}")
    return over._replace(until=over)


def _edtf_day(text: str) -> TimeSpan | Unreadable | None:
    if ordinal := _ORDINAL.fullmatch(text):
        return nth_day(int(ordinal[1]), int(ordinal[2]))
    if week := _WEEK.fullmatch(text):
        return week_span(int(week[1]), int(week[2]), week[3])
    if stamp := STAMP.fullmatch(text):
        return span_of_stamp(stamp, UNKNOWN_ORDER, None)
    if not (written := _EDTF.fullmatch(text)):
        return None
    parts = [part for part in written["at"].lower().split("-") if part != "xx"]
    read = calendar_span(parts)
    doubt = {"?": "uncertain", "~": "about", "%": "uncertain and about"}.get(written["doubt"])
    return read._replace(rule=f"{read.rule}, {doubt}") if doubt and isinstance(read, TimeSpan) else read
