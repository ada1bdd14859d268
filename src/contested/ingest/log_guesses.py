"""Guess the columns of a log: the milestones that it stamps, and the lengths that it tells in place of stamps."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache

from contested.ingest.cells.clock import read_clock
from contested.ingest.column_sample import (
    CLOCK,
    DATE,
    EPOCH,
    LEAST,
    NEARLY,
    NUMBER,
    SHORT,
    SURE,
    UNPARTED,
    ColumnSample,
    Scored,
    cell_text,
    is_of_a_person,
    known_names,
    plain_number,
)
from contested.ingest.mapped.units import stamps_by_unit
from contested.ingest.mapping import MILESTONES, Column
from contested.ingest.row import Row

_LENGTH = re.compile(r"[-+]?\d{1,7}(?:[., ]\d+)*|\d{1,3}(?::\d\d){1,2}|-?P(?:\d+D)?(?:T[\dHMS.]+)?", re.IGNORECASE)
_SERIAL = re.compile(r"[34]\d{4}[.,]\d+")
"""The number of a day in a spreadsheet, and which part of it has gone by."""
STEM = 90
"""The score of a name of which only the beginning of a word tells the milestone."""
_SOON, _NEARLY_ALL = timedelta(hours=3), 0.8
_ROUNDED = 0.21
"""Lengths of one decimal add up to their whole within so much."""
_STAGES = ("intake", "dispatch", "travel", "whole")
"""Lengths of a response of which the first three run one after the other."""
_LONG_WAIT = 120
"""More than so many minutes are rather seconds."""


def log_columns(seen: Sequence[ColumnSample], rows: Sequence[Row]) -> dict[str, list[Scored]]:
    """Guess the milestones of a log: two or more columns that are called so and hold times, or a call and lengths."""
    seen = [_without_units(one) for one in seen]
    moments = {one.column: found for one in seen if (found := list(milestone_columns(one)))}
    told = [one for one in seen if one.column in moments]
    clocks = [one for one in told if one.all_are(CLOCK) and not one.all_are(DATE)]
    days: dict[str, list[Scored]] = {}
    if clocks:
        for one in told:
            is_day = one.all_are(DATE) and not one.all_are(UNPARTED) and not any(":" in cell for cell in one.cells)
            if one not in clocks and is_day:
                del moments[one.column]
                days = days or {one.column: [(NEARLY, Column(holds="when"))]}
        moments |= _clocks_like_lengths(seen, [one for one in clocks if "call" in _held(moments[one.column])], rows)
    called = {holds.holds for found in moments.values() for _, holds in found}
    lengths = {one.column: found for one in seen if (found := list(_lengths(one, called)))} if "call" in called else {}
    if lengths and "dispatch" not in called:
        lengths |= _dispatched(seen, rows)
    begun = called | {holds.holds for found in lengths.values() for _, holds in found}
    lengths = {column: found for column, found in lengths.items() if found[0][1].since in begun}
    named = {column: found for column, found in moments.items() if called & {"dispatch", "en_route", "arrival"}}
    if len(called) >= 2 and named:  # noqa: PLR2004 a single time is no log
        return named | lengths | days
    return (moments | lengths | days) if lengths else {}


def _held(found: Collection[Scored]) -> set[str]:
    return {holds.holds for _, holds in found}


def _clocks_like_lengths(
    seen: Sequence[ColumnSample], calls: Sequence[ColumnSample], rows: Sequence[Row]
) -> dict[str, list[Scored]]:
    """Guess the stamps of columns called as lengths, where their cells are clocks soon after those of calls."""
    found: dict[str, list[Scored]] = {}
    for one in seen if calls else ():
        if _may_be_a_length(one) and one.cells and one.all_are(CLOCK) and _follows(one.column, calls[0].column, rows):
            named = [scored for called in one.called for scored in milestones_named(called)]
            found[one.column] = [(score, Column(holds=milestone)) for score, milestone in named]
    return {column: scored for column, scored in found.items() if scored}


def _follows(column: str, call: str, rows: Sequence[Row]) -> bool:
    """Say whether the clocks of a column are within a few hours after those of another in nearly every row."""
    both = [(read_clock(cell_text(row.get(call))), read_clock(cell_text(row.get(column)))) for row in rows]
    gaps = [
        (later - clock) % timedelta(1)
        for clock, later in both
        if isinstance(clock, timedelta) and isinstance(later, timedelta)
    ]
    return bool(gaps) and sum(gap < _SOON for gap in gaps) >= _NEARLY_ALL * len(gaps)


def _without_units(one: ColumnSample) -> ColumnSample:
    """Show only the first stamp of each cell that names a unit before each of its stamps."""
    stamps = [units for cell in one.cells if (units := stamps_by_unit(cell))]
    if 2 * len(stamps) <= len(one.cells):
        return one
    return one._replace(cells=tuple(next(iter(units.values()))[0] for units in stamps))


def milestone_columns(one: ColumnSample) -> Iterator[Scored]:
    """Score the milestones whose stamps a column may hold."""
    is_number = bool(one.cells) and one.all_are(NUMBER) and not any(map(one.all_are, (EPOCH, UNPARTED)))
    is_number = is_number and not any(":" in cell for cell in one.cells) and not one.all_are(_SERIAL)
    is_time = any(map(one.all_are, (DATE, CLOCK, EPOCH, UNPARTED, _SERIAL)))
    if is_number or not is_time or is_of_a_person(one.called) or _may_be_a_length(one):
        return
    for called in one.called:
        yield from ((score, Column(holds=milestone)) for score, milestone in milestones_named(called))


def _may_be_a_length(one: ColumnSample) -> bool:
    """Say whether a column is called as a length, and its cells show no date that would make it a stamp."""
    is_stamp = bool(one.cells) and any(map(one.all_are, (DATE, EPOCH, UNPARTED))) and not one.all_are(_LENGTH)
    return not is_stamp and any(map(_length_names, one.called))


def milestones_named(called: str) -> Iterator[tuple[int, str]]:
    """Score the milestones that a name may mean: by the whole of it, by its end, or by how its words begin."""
    if set(known_names()["words"]["belongs"]) & set(plain_number(called).split()):
        return
    bare = " ".join(_filler().sub(" ", called).split())
    for milestone in MILESTONES:
        words = [*known_names()[milestone]["names"], milestone.replace("_", " ")]
        score = SURE if called in words else NEARLY if bare in words else _far_on(bare, words)
        if score >= LEAST:
            yield score, milestone
    if meant := _by_stem(called):
        yield STEM, meant


def _by_stem(called: str) -> str | None:
    """Name the last milestone of which a word in a name begins so; what happens elsewhere is none."""
    found = [key for key, begun in _stems().items() if begun.search(called)]
    if "elsewhere" in found and found[0] != "transport":
        return None
    return next((key for key in found if key != "elsewhere"), None)


@cache
def _stems() -> dict[str, re.Pattern[str]]:
    """Compile how the words of milestones begin, the one that decides first."""
    order = ("transport", "end", "arrival", "en_route", "dispatch", "call", "elsewhere")
    return {
        key: re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, known_names()['stems'][key]))})") for key in order
    }


@cache
def _filler() -> re.Pattern[str]:
    """Compile the words that say nothing beside the name of a milestone."""
    return re.compile(rf"\b(?:{'|'.join(known_names()['words']['filler'])})\b")


@cache
def _unit_words() -> re.Pattern[str]:
    """Compile the words that only say in which unit a length is told."""
    return re.compile(rf"\b(?:in )?(?:{'|'.join(sorted(known_names()['units']['words'], key=len, reverse=True))})\b")


def _far_on(called: str, words: Collection[str]) -> int:
    """Score a name that ends with one of these words: `first unit on scene`, `unit arrived`."""
    endings = [word for word in words if len(word) > SHORT and called.endswith(f" {word}")]
    return LEAST + min(len(endings), 5) if endings else 0


def _lengths(one: ColumnSample, stamped: Collection[str]) -> Iterator[Scored]:
    """Guess the length until a milestone that is not stamped itself."""
    if not one.cells or not one.all_are(_LENGTH):
        return
    for called in one.called:
        for pair in _length_names(called):
            since, _, holds = pair.partition("_to_")
            if holds not in stamped:
                score = SURE if since == "call" else NEARLY
                yield score, Column(holds=holds, since=since, unit=_unit(called, one))  # type: ignore[arg-type]


def _dispatched(seen: Sequence[ColumnSample], rows: Sequence[Row]) -> dict[str, list[Scored]]:
    """Guess the length until the dispatch: from the call, or from the end of an intake where the whole counts both."""
    lengths = known_names()["lengths"]
    names = (*known_names()["stages"].values(), lengths["en_route_to_arrival"], lengths["call_to_arrival"])
    numbers = [one for one in seen if one.cells and one.all_are(NUMBER)]
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
    return {column: [(NEARLY, Column(holds="dispatch", since="call", after=after, unit=unit))]}  # type: ignore[arg-type]


def _adds_up(found: Mapping[str, ColumnSample], rows: Sequence[Row]) -> bool:
    """Say whether intake, dispatch and travel are the whole in every row that tells each, but not without intake."""
    cells = ([cell_text(row.get(found[stage].column)).replace(",", ".") for stage in _STAGES] for row in rows)
    told = [[float(cell) for cell in row] for row in cells if all(map(NUMBER.fullmatch, row))]
    rests = [
        (intake, whole - dispatch - travel) for intake, dispatch, travel, whole in told if min(dispatch, travel) > 0
    ]
    return any(rest > _ROUNDED for _, rest in rests) and all(abs(rest - one) <= _ROUNDED for one, rest in rests)


def _unit(called: str, one: ColumnSample) -> str:
    """Say what a length counts: as its name says, or seconds where most would be hours as minutes."""
    numbers = [int(cell) for cell in one.cells if cell.isdecimal()]
    usual = "seconds" if 2 * sum(number > _LONG_WAIT for number in numbers) > len(one.cells) else "minutes"
    if called.endswith(" s"):
        return "seconds"
    units = known_names()["units"]
    return next(
        (unit for unit in ("minutes", "seconds", "hours") if any(word in called for word in units[unit])), usual
    )


def _length_names(called: str) -> list[str]:
    """Name the pairs of milestones between which a column of this name tells the length."""
    bare = " ".join(_unit_words().sub(" ", called).split())
    return [pair for pair, names in known_names()["lengths"].items() if bare in names or called in names]
