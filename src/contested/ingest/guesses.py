"""Guess what each column of an unknown table holds, for a person to confirm.

A guess goes by the column's name, in the languages of `guesses.toml`, and is made only where the cells fit it: words
are no time, and a code that is no kind of ours is kept to compare by.
"""

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz import fuzz, process

from contested.ingest.cells.call_status import is_over
from contested.ingest.cells.column_format import Dated, date_order
from contested.ingest.cells.coordinates import point
from contested.ingest.cells.totals import is_running_total, without_running_total
from contested.ingest.event_days import EventDays
from contested.ingest.mapping import EMPTY, HOLDS, MANY, MILESTONES, Column, ColumnMapping, fields
from contested.ingest.row import Row, name
from contested.model.vocabulary import Kind, Measure, Status
from contested.model.wording import spaced

SAMPLED = 200
"""How many of the first rows are looked at."""
LEAST = 82
"""A guess is made of a score of so many in a hundred."""
_SURE, _NEARLY = 100, 95
_SHORT = 4
"""Names so short are only guessed letter by letter."""
_DATE = re.compile(
    r"\D{0,4}\d{1,4}[-./ ]\s?(?:\d{1,2}|[^\W\d]{3,9})[-./ ,]\s?\d{2,4}.*"
    r"|[^\W\d]{3,9}\.?\s{1,2}\d{1,2},?\s\d{4}.*|\d{4}(?:-\d\d)?|\d{4}-W?\d+",
    re.DOTALL,
)
_CLOCK = re.compile(
    r"[^\d]{0,6}\d{1,2}(?:[:.h]\d\d.*|\D{1,6}\d{1,2}(?:[:.h]\d\d.*)?)|\d{1,2}\s?[ap]\.?m\.?", re.IGNORECASE
)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_LENGTH = re.compile(r"[-+]?\d+(?:[., ]\d+)*|\d{1,3}(?::\d\d){1,2}|-?P(?:\d+D)?(?:T[\dHMS.]+)?", re.IGNORECASE)
_SERIAL = re.compile(r"[34]\d{4}(?:\.\d+)?")
_UNPARTED = re.compile(r"(?:19|20)\d{6}(?:\d\d){2,3}|(?:[01]\d|2[0-4])[0-5]\d(?:[0-5]\d)?")
"""A moment or a time of day whose digits nothing parts."""
_EPOCH = re.compile(r"\d{10}(?:\.\d+)?|\d{13}|\d{16}")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_ZONE = re.compile(r"[A-Za-z_]+/[A-Za-z_/+-]+|[A-Z]{2,5}|(?:UTC|GMT)? ?[+-]\d{1,2}(?::?\d\d)?")
_PLAIN = re.compile(r"\d+")

_BORN = re.compile(r"birth|born|рожд|туған|народж|geburt|naiss|nacim|death date|deathdate")
_FILLER = re.compile(
    r"\b(?:incident|event|unit|and|of|the|pump|cad|primary|dttm|dtm|datetime|date|time|timestamp|dt|ts|at|original|initial|first|final|дата|время|"
    r"уақыты|час|zeit|uhrzeit|heure|hora)\b"
)
_ROUNDED = 0.21
"""Lengths of one decimal add up to their whole within so much."""
_STAGES = ("intake", "dispatch", "travel", "whole")
"""Lengths of a response of which the first three run one after the other."""
_LONG_WAIT = 120
"""More than so many minutes are rather seconds."""
_UNITS = {
    "min": "minutes",
    "мин": "minutes",
    "сек": "seconds",
    "sec": "seconds",
    "sek": "seconds",
    "hour": "hours",
    "hrs": "hours",
    "stunden": "hours",
}
_UNIT_WORDS = re.compile(
    r"\b(?:in )?(?:min|mins|minutes|minuten|sec|secs|seconds|sek|sekunden|hours|hrs|stunden|мин|сек|qy)\b"
)


class Guess(NamedTuple):
    """What one column probably holds: nothing where no field is near enough."""

    column: str
    holds: Column | None
    score: int
    sample: str

    @property
    def field(self) -> str | None:
        """The field that it holds."""
        return self.holds.holds if self.holds else None


class _Seen(NamedTuple):
    """A column as it is seen: its name in plain words, and its cells that are not empty."""

    column: str
    called: tuple[str, ...]
    cells: tuple[str, ...]

    def all_are(self, pattern: re.Pattern[str]) -> bool:
        """Say whether most cells are written so; an empty column may be anything."""
        return 2 * sum(bool(pattern.fullmatch(cell)) for cell in self.cells) >= len(self.cells)

    def codes(self) -> set[str]:
        return {cell.casefold() for cell in self.cells}


_Scored = tuple[int, Column]


def guess(columns: Sequence[str], rows: Sequence[Row]) -> tuple[Guess, ...]:
    """Guess what each column holds, each field once; a row of HXL tags under the header is heard as well."""
    seen = [_seen(column, rows) for column in columns]
    steps = _steps(seen, rows)
    scored = sorted(
        (
            (score, _called(one.column) == spaced(holds.holds), -place, holds.holds, holds)
            for place, one in enumerate(seen)
            for score, holds in (*steps.get(one.column, ()), *_near(one, rows, is_log=bool(steps)))
        ),
        key=lambda found: found[:4],
        reverse=True,
    )
    found: dict[str, _Scored] = {}
    taken: set[str] = set()
    for score, _, place, field, holds in scored:
        column = columns[-place]
        if column not in found and (field not in taken or field in MANY):
            found[column] = score, holds
            taken.add(field)
    return tuple(
        Guess(one.column, holds, score, next(iter(one.cells), ""))
        for one in seen
        for score, holds in [found.get(one.column, (0, None))]
    )


def confirmed(guesses: Collection[Guess], zone: str | None = None, **constants: str) -> ColumnMapping:
    """Take the guesses that a person let stand, with what every row says."""
    return ColumnMapping(
        columns={one.column: one.holds for one in guesses if one.holds}, constants=constants, zone=zone
    )


def proposed(columns: Sequence[str], rows: Sequence[Row], file: str) -> ColumnMapping:
    """Propose a mapping of a whole table, with an account and a kind where no column tells them."""
    guesses = guess(columns, rows)
    mapping = ColumnMapping(
        columns={one.column: one.holds for one in guesses if one.holds}, constants=missing(guesses, rows, file)
    )
    return mapping.model_copy(update={"vague": is_vague(mapping, rows)})


def missing(guesses: Collection[Guess], rows: Sequence[Row], file: str) -> dict[str, str]:
    """Propose what every row says where no column does: the account is the log's or the file's own."""
    held = {one.field for one in guesses}
    is_log = bool(held & set(MILESTONES))
    said: dict[str, str] = {}
    if "account" not in held:
        said["account"] = "dispatch log" if is_log else file.partition(".")[0]
    if "kind" not in held and not is_log:
        told = [_cell(row.get(one.column)) for one in guesses if one.field in {"summary", "statement"} for row in rows]
        said["kind"] = Kind.CLASH if any(map(_is_of_a_clash, told)) else Kind.OTHER
    return said


def is_vague(mapping: ColumnMapping, rows: Iterable[Row]) -> bool:
    """Say whether a figure or a time of day is written as a range or a bound, so that the table needs them read."""
    columns = [column for column, held in mapping.columns.items() if held.holds in {*Measure, "time"}]
    cells = [_cell(row.get(column)) for row in rows for column in columns]
    return any(not (_NUMBER.fullmatch(cell) or re.fullmatch(r"\d{1,2}:\d\d(:\d\d)?", cell)) for cell in cells if cell)


def _is_of_a_clash(text: str) -> bool:
    said = text.casefold()
    return any(word in said for word in _names()["clash"]["words"])


def _seen(column: str, rows: Sequence[Row]) -> _Seen:
    cells = [cell for row in rows if (cell := _cell(row.get(column))).casefold() not in EMPTY]
    tags = [cell.strip("#").replace("+", " ") for cell in cells[:1] if cell.startswith("#")]
    return _Seen(column, (_called(column), *tags), tuple(cells[len(tags) :]) if tags else tuple(cells))


def _called(column: str) -> str:
    """Give a column's name in plain words: `InjuryDate` and `injury_date` are one."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", column.replace("DtTm", "dttm"))
    return " ".join(name(re.sub(r"[.:#()\[\]/?,;]+", " ", apart)).replace("_", " ").split())


def _cell(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


@cache
def _names() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(files("contested.ingest").joinpath("guesses.toml").read_text(encoding="utf-8"))


# Milestones


def _steps(seen: Sequence[_Seen], rows: Sequence[Row]) -> dict[str, list[_Scored]]:
    """Guess the milestones of a log: two or more columns that are called so and hold times, or a call and lengths."""
    moments = {one.column: found for one in seen if (found := list(_moments(one)))}
    told = [one for one in seen if one.column in moments]
    clocks = [one for one in told if one.all_are(_CLOCK) and not one.all_are(_DATE)]
    if clocks:
        for one in told:
            if one not in clocks and not any(":" in cell for cell in one.cells) and one.all_are(_DATE):
                del moments[one.column]
    called = {holds.holds for found in moments.values() for _, holds in found}
    lengths = {one.column: found for one in seen if (found := list(_lengths(one, called)))} if "call" in called else {}
    if lengths and "dispatch" not in called:
        lengths |= _dispatched(seen, rows)
    named = {column: found for column, found in moments.items() if called & {"dispatch", "en_route", "arrival"}}
    if len(called) >= 2 and named:  # noqa: PLR2004 a single time is no log
        return named | lengths
    return (moments | lengths) if lengths else {}


def _moments(one: _Seen) -> Iterator[_Scored]:
    is_number = bool(one.cells) and one.all_are(_NUMBER) and not any(map(one.all_are, (_EPOCH, _UNPARTED)))
    is_number = is_number and not any(":" in cell for cell in one.cells)
    is_time = any(map(one.all_are, (_DATE, _CLOCK, _EPOCH, _UNPARTED)))
    if is_number or not is_time or any(map(_BORN.search, one.called)) or any(map(_length_names, one.called)):
        return
    for milestone in MILESTONES:
        for called in one.called:
            bare = " ".join(_FILLER.sub(" ", called).split())
            words = [*_names()[milestone]["names"], milestone.replace("_", " ")]
            score = _SURE if called in words else _NEARLY if bare in words else _far_on(bare, words)
            if score >= LEAST:
                yield score, Column(holds=milestone)


def _far_on(called: str, words: Collection[str]) -> int:
    """Score a name that ends with one of these words: `first unit on scene`, `unit arrived`."""
    endings = [word for word in words if len(word) > _SHORT and called.endswith(f" {word}")]
    return LEAST + min(len(endings), 5) if endings else 0


def _lengths(one: _Seen, stamped: Collection[str]) -> Iterator[_Scored]:
    """Guess the length until a milestone that is not stamped itself."""
    if not one.cells or not one.all_are(_LENGTH):
        return
    for called in one.called:
        for pair in _length_names(called):
            since, _, holds = pair.partition("_to_")
            if holds not in stamped:
                score = _SURE if since == "call" else _NEARLY
                yield score, Column(holds=holds, since=since, unit=_unit(called, one))  # type: ignore[arg-type]


def _dispatched(seen: Sequence[_Seen], rows: Sequence[Row]) -> dict[str, list[_Scored]]:
    """Guess the length until the dispatch: from the call, or from the end of an intake where the whole counts both."""
    lengths = _names()["lengths"]
    names = (*_names()["stages"].values(), lengths["en_route_to_arrival"], lengths["call_to_arrival"])
    numbers = [one for one in seen if one.cells and one.all_are(_NUMBER)]
    found = {
        stage: one for stage, of in zip(_STAGES, names, strict=True) for one in numbers if set(one.called) & set(of)
    }
    if "dispatch" not in found:
        return {}
    intake = found.get("intake")
    if intake and not (len(found) == len(_STAGES) and _adds_up(found, rows)):
        return {}
    column, unit = found["dispatch"].column, _unit(found["dispatch"].called[0], found["dispatch"])
    after = intake.column if intake else None
    return {column: [(_NEARLY, Column(holds="dispatch", since="call", after=after, unit=unit))]}  # type: ignore[arg-type]


def _adds_up(found: Mapping[str, _Seen], rows: Sequence[Row]) -> bool:
    """Say whether intake, dispatch and travel are the whole in every row that tells each, but not without intake."""
    cells = ([_cell(row.get(found[stage].column)).replace(",", ".") for stage in _STAGES] for row in rows)
    told = [[float(cell) for cell in row] for row in cells if all(map(_NUMBER.fullmatch, row))]
    rests = [
        (intake, whole - dispatch - travel) for intake, dispatch, travel, whole in told if min(dispatch, travel) > 0
    ]
    return any(rest > _ROUNDED for _, rest in rests) and all(abs(rest - one) <= _ROUNDED for one, rest in rests)


def _unit(called: str, one: _Seen) -> str:
    """Say what a length counts: as its name says, or seconds where most would be hours as minutes."""
    numbers = [int(cell) for cell in one.cells if cell.isdecimal()]
    usual = "seconds" if 2 * sum(number > _LONG_WAIT for number in numbers) > len(one.cells) else "minutes"
    return next((unit for word, unit in _UNITS.items() if word in called), usual)


def _length_names(called: str) -> list[str]:
    """Name the pairs of milestones between which a column of this name tells the length."""
    bare = " ".join(_UNIT_WORDS.sub(" ", called).split())
    return [pair for pair, names in _names()["lengths"].items() if bare in names or called in names]


# Everything else


def _near(one: _Seen, rows: Sequence[Row], *, is_log: bool) -> Iterator[_Scored]:
    """Score every field that is near enough to a column's name, or to its tag, and fits its cells."""
    yield from _statements(one)
    yield from _counts(one, rows)
    yield from _figures(one)
    if not is_log and _is_a_moment(one):
        yield LEAST, Column(holds="when")
    for field in fields():
        if field in {*MILESTONES, "statement", "count", *({"until", "time", "unit"} if is_log else {"outcome"})}:
            continue
        words = [field.replace("_", " "), *_names().get(field, {}).get("names", ())]
        score = max(_score(called, words) for called in one.called)
        if field in set(Measure) and score < _SURE and set(one.called) & _milestone_names():
            continue
        if score < (_SURE if field == "group" else LEAST):
            continue
        if field == "kind" or (field == "event_id" and _names_kinds(one, rows)):
            yield from _kinds(one, score)
        elif _fits(field, one, is_log=is_log):
            yield score, Column(holds=field)


@cache
def _milestone_names() -> frozenset[str]:
    return frozenset(word for milestone in MILESTONES for word in _names()[milestone]["names"])


def _is_a_moment(one: _Seen) -> bool:
    """Say whether a column holds dates under the name of a stamp, which says when where no other column does."""
    is_stamp = "timestamp" in one.called and bool(one.cells) and one.all_are(_DATE)
    return is_stamp or bool({holds.holds for _, holds in _moments(one)} & {"dispatch", "en_route", "arrival"})


def _score(called: str, words: Collection[str]) -> int:
    if called in words:
        return _SURE
    long = [word for word in words if len(word) > _SHORT] if len(words) > 1 else []
    near = process.extractOne(called, long, scorer=fuzz.token_sort_ratio) if len(called) > _SHORT and long else None
    return round(near[1]) if near else 0


def _statements(one: _Seen) -> Iterator[_Scored]:
    """Guess that a column holds what one account says, which its name tells: `side A says`."""
    if any(one.all_are(pattern) for pattern in (_NUMBER, _DATE, _CLOCK)):
        return
    called, said = " ".join(one.column.replace("_", " ").split()), _names()["statement"]
    for ending in said["endings"]:
        if called.casefold().endswith(f" {ending}"):
            yield _NEARLY, Column(holds="statement", account=called[: -len(ending)].strip(" :-"))
    for beginning in said["beginnings"]:
        if called.casefold().startswith(f"{beginning} "):
            yield _NEARLY, Column(holds="statement", account=called[len(beginning) :].strip(" :-"))
    words = called.split()
    if len(words) == 2 and words[0].casefold() in _names()["sides"]["names"]:  # noqa: PLR2004 a side and its name
        yield _NEARLY, Column(holds="statement", account=called)


def _counts(one: _Seen, rows: Sequence[Row]) -> Iterator[_Scored]:
    """Guess that rows are counted by a code: every cell says what became of a person, and events have several rows."""
    codes = _names()["codes"]
    meanings = {
        cell: field for field, words in codes.items() for cell in dict.fromkeys(one.cells) if cell.casefold() in words
    }
    events = [
        column
        for column in (rows[0] if rows else ())
        if _score(_called(column), _names()["event_id"]["names"]) == _SURE
    ]
    repeated = any(len({_cell(row.get(column)) for row in rows}) < len(rows) for column in events)
    if one.cells and repeated and set(meanings.values()) and 2 * len(meanings) >= len(set(one.cells)):
        yield _SURE, Column(holds="count", meanings=meanings)


_ENDS = {
    "": {"best", "estimate"},
    "_low": {"low", "min", "minimum", "lowest"},
    "_high": {"high", "max", "maximum", "highest"},
}


def _figures(one: _Seen) -> Iterator[_Scored]:
    """Guess figures, their bounds and their totals: `killed best`, `deaths_low`, `total killed`."""
    if not _has_digits(one):
        return
    for called in one.called:
        bare, _, last = called.rpartition(" ")
        ends = [end for end, words in _ENDS.items() if last in words]
        yield from ((_SURE, Column(holds=f"{measure}{end}")) for end in ends for measure in _measures(bare))
        if is_running_total(called):
            yield from ((_NEARLY, Column(holds=measure)) for measure in _measures(without_running_total(called)))


def _measures(called: str) -> list[Measure]:
    """Name what a column of this name counts."""
    return [one for one in Measure if called in {spaced(one), *_names().get(one, {}).get("names", ())}]


def _kinds(one: _Seen, score: int) -> Iterator[_Scored]:
    """Guess kinds of ours, codes that stand for milestones, or else something to compare by."""
    if one.codes() <= set(Kind):
        yield score, Column(holds="kind")
        yield LEAST, Column(holds="group")
        return
    words = {word: str(step) for step in MILESTONES if step != "onset" for word in (*_names()[step]["names"], step)}
    steps = {cell: words.get(cell.casefold(), "end" if is_over(cell) else "") for cell in dict.fromkeys(one.cells)}
    meanings = {cell: step for cell, step in steps.items() if step}
    if len(set(meanings.values())) > 1 and 2 * len(meanings) >= len(one.codes()):
        yield score, Column(holds="kind", meanings=meanings)
    else:
        yield score, Column(holds="group")


def _names_kinds(one: _Seen, rows: Sequence[Row]) -> bool:
    """Say whether a column names kinds: ours, or words of which one is on days far apart by every column of dates."""
    if one.cells and one.codes() <= set(Kind):
        return True
    seen = (_seen(column, rows) for column in (rows[0] if rows else ()))
    dated = [column for column in seen if column.cells and column.all_are(_DATE)]
    for on in dated:
        order = date_order(Dated(0, cell) for cell in on.cells)
        days = EventDays()
        for number, row in enumerate(rows):
            if (event := _cell(row.get(one.column))) and not any(map(str.isdigit, event)):
                days.add(number, event, _cell(row.get(on.column)))
        if not days.apart(order):
            return False
    return bool(dated)


def _fits(field: str, one: _Seen, *, is_log: bool) -> bool:
    """Say whether the cells of a column can be what its name says."""
    if not one.cells:
        return not any(map(_BORN.search, one.called)) or field not in HOLDS
    if field in {"when", "until"}:
        dated = any(map(one.all_are, (_DATE, _EPOCH, _SERIAL, _UNPARTED))) and not any(map(_BORN.search, one.called))
        return dated and not (is_log and any(":" in cell for cell in one.cells))
    check = _CELLS.get(field)
    return check is None or check(one)


def _has_clocks(one: _Seen) -> bool:
    """Say whether a column holds times of day, some of which may be told in words."""
    some = any(map(_CLOCK.fullmatch, one.cells)) and not one.all_are(_DATE)
    return some or (bool(one.cells) and one.all_are(_UNPARTED))


def _has_points(one: _Seen) -> bool:
    return bool(one.cells) and 2 * sum(point(cell) is not None for cell in one.cells) >= len(one.cells)


def _has_digits(one: _Seen) -> bool:
    return not (one.all_are(_DATE) and not one.all_are(_PLAIN)) and any(
        any(map(str.isdigit, cell)) for cell in one.cells
    )


_CELLS: dict[str, Callable[[_Seen], bool]] = {
    "time": _has_clocks,
    "until_time": _has_clocks,
    "year": lambda one: one.all_are(_YEAR),
    "month": lambda one: one.all_are(_PLAIN),
    "day": lambda one: one.all_are(_PLAIN),
    "epoch": lambda one: one.all_are(_EPOCH),
    "zone": lambda one: one.all_are(_ZONE),
    "point": _has_points,
    "place": lambda one: not _has_points(one),
    "latitude": lambda one: _has_digits(one) and not _has_points(one),
    "longitude": lambda one: _has_digits(one) and not _has_points(one),
    "status": lambda one: one.codes() <= set(Status),
    "stated_at": lambda one: one.all_are(_DATE),
    "summary": lambda one: not one.all_are(_NUMBER),
    "outcome": lambda one: not any(map(one.all_are, (_NUMBER, _DATE, _CLOCK))),
    **dict.fromkeys(Measure, _has_digits),
}
