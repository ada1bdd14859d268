"""Guess what each column of an unknown table holds, for a person to confirm.

A guess goes by the column's name, in the languages of `model/languages/`, and is made only where the cells fit it:
words are no time, and a code that is no kind of ours is kept to compare by.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from contested.ingest.cells.column_format import MIDNIGHT, Dated, date_order
from contested.ingest.cells.coordinates import point
from contested.ingest.cells.totals import is_running_total, is_total, without_running_total
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
    column_sample,
    column_words,
    is_of_a_person,
    known_names,
    plain_number,
)
from contested.ingest.event_days import EventDays
from contested.ingest.log_guesses import log_columns, milestone_columns
from contested.ingest.mapped.serials import are_counted
from contested.ingest.mapping import EMPTY, HOLDS, MANY, MILESTONES, Column, ColumnMapping, fields
from contested.ingest.row import Row, name
from contested.ingest.status_guesses import code_meanings, status_columns
from contested.model.vocabulary import Kind, Measure, Status
from contested.model.wording import spaced

SAMPLED = 200
"""How many of the first rows are looked at."""
_SERIAL = re.compile(r"[34]\d{4}(?:[.,]\d+)?")
_DEGREES = re.compile(r"[-+]?\d{1,3}[.,]\d+")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_ZONE = re.compile(r"[A-Za-z_]+/[A-Za-z_/+-]+|[A-Z]{2,5}|(?:UTC|GMT)? ?[+-]\d{1,2}(?::?\d\d)?")
_PLAIN = re.compile(r"\d+")
_EDGES = " :-–—(),."
_SEVERAL_WORDS = 90
"""The least score of a figure that is called by several words: `police killed` is not `people killed`."""


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


def guess(columns: Sequence[str], rows: Sequence[Row]) -> tuple[Guess, ...]:
    """Guess what each column holds, each field once; a row of HXL tags under the header is heard as well."""
    rows = [row for row in rows if not _is_aside(row)] or rows
    seen = _of_units([column_sample(column, rows) for column in columns])
    steps = log_columns(seen, rows)
    statuses = {} if steps else status_columns(seen, rows)
    scored = sorted(
        (
            (score, column_words(one.column) == spaced(holds.holds), -place, holds.holds, holds)
            for place, one in enumerate(seen)
            for score, holds in statuses.get(
                one.column, (*steps.get(one.column, ()), *_near(one, rows, is_log=bool(steps or statuses)))
            )
        ),
        key=lambda found: found[:4],
        reverse=True,
    )
    sets = _sets_of_units(columns)
    found: dict[str, Scored] = {}
    taken: set[tuple[str, str | None]] = set()
    for score, _, place, field, holds in scored:
        column = columns[-place]
        whose = sets.get(column) if field in {*MILESTONES, "responding_unit"} and not holds.since else None
        if column not in found and ((field, whose or holds.account) not in taken or field in MANY):
            found[column] = score, holds.model_copy(update={"of": whose})
            taken.add((field, whose or holds.account))
    _figures_of_known(found, seen)
    _put_in_words(found, seen)
    return tuple(
        Guess(one.column, holds, score, next(iter(one.cells), ""))
        for one in seen
        for score, holds in [found.get(one.column, (0, None))]
    )


def _is_aside(row: Row) -> bool:
    """Say whether a row holds totals, or one cell only: it shows nothing of how the columns are written."""
    cells = [cell for value in row.values() if (cell := cell_text(value)).casefold() not in EMPTY]
    return (len(row) > 2 and len(cells) < 2) or bool(cells and is_total(cells[0]))  # noqa: PLR2004 one of several


_NUMBERED = re.compile(r"(?<![^\W_])(?:\d{1,2}(?:st|nd|rd|th)?|[A-D])(?![^\W_])")


def _sets_of_units(columns: Sequence[str]) -> dict[str, str]:
    """Find the columns that differ in a number alone, and that number: `Unit 1 arrived`, `Unit 2 arrived`."""
    alike: dict[str, dict[str, str]] = {}
    for column in columns:
        numbers = _NUMBERED.findall(column.replace("_", " "))
        if len(numbers) == 1:
            bare = column_words(_NUMBERED.sub(" ", column.replace("_", " ")))
            alike.setdefault(bare, {})[column] = numbers[0]
    several = (one for one in alike.values() if len(set(one.values())) == len(one) > 1)
    return {column: number for one in several for column, number in one.items()}


def _of_units(seen: Sequence[ColumnSample]) -> list[ColumnSample]:
    """Call the columns of several units as those of one, so that each is known by what it holds."""
    sets = _sets_of_units([one.column for one in seen])
    return [
        one._replace(called=(column_words(_NUMBERED.sub(" ", one.column.replace("_", " "))), *one.called))
        if one.column in sets
        else one
        for one in seen
    ]


def left_out(mapping: ColumnMapping, rows: Sequence[Row]) -> list[str]:
    """Name the columns that hold something, of which a mapping says nothing."""
    known = set(mapping.columns)
    columns = dict.fromkeys(column for row in rows for column in row)
    return [column for column in columns if column not in known and any(cell_text(row.get(column)) for row in rows)]


def _put_in_words(found: dict[str, Scored], seen: Sequence[ColumnSample]) -> None:
    """Take the names of events for what happened, where each row has words of its own and no column tells more."""
    held = {holds.holds: column for column, (_, holds) in found.items()}
    named = next((one for one in seen if one.column == held.get("event_id")), None)
    if named is None or {"summary", "statement", *MILESTONES} & held.keys() or len(set(named.cells)) < len(named.cells):
        return
    if named.cells and all(" " in cell and not any(map(str.isdigit, cell)) for cell in named.cells):
        found[named.column] = LEAST, Column(holds="summary")


def confirmed(guesses: Collection[Guess], zone: str | None = None, **constants: str) -> ColumnMapping:
    """Take the guesses that a person let stand, with what every row says."""
    return ColumnMapping(
        columns={one.column: one.holds for one in guesses if one.holds}, constants=constants, zone=zone
    )


def proposed(columns: Sequence[str], rows: Sequence[Row], file: str) -> ColumnMapping:
    """Propose a mapping of a whole table, with an account and a kind where no column tells them."""
    guesses = guess(columns, rows)
    told = {name(one.column): [cell for row in rows if (cell := cell_text(row.get(one.column)))] for one in guesses}
    mapping = ColumnMapping(
        columns={one.column: one.holds for one in guesses if one.holds}, constants=missing(guesses, rows, file)
    )
    return mapping.model_copy(update={"vague": is_vague(mapping, rows), "serials": are_counted(mapping, told)})


def missing(guesses: Collection[Guess], rows: Sequence[Row], file: str) -> dict[str, str]:
    """Propose what every row says where no column does: the account is the log's or the file's own."""
    held = {one.field for one in guesses}
    is_log = bool(held & set(MILESTONES)) or any(one.holds and _tells_steps(one.holds) for one in guesses)
    said: dict[str, str] = {}
    if "account" not in held:
        said["account"] = "dispatch log" if is_log else file.partition(".")[0]
    if "kind" not in held and not is_log:
        told = [
            cell_text(row.get(one.column)) for one in guesses if one.field in {"summary", "statement"} for row in rows
        ]
        said["kind"] = Kind.CLASH if any(map(_is_of_a_clash, told)) else Kind.OTHER
    return said


def _tells_steps(column: Column) -> bool:
    """Say whether a column holds the status of a row, each a step of a response."""
    return column.holds == "kind" and bool(set(column.meanings.values()) & {*MILESTONES, ""})


def is_vague(mapping: ColumnMapping, rows: Iterable[Row]) -> bool:
    """Say whether a figure or a time of day is written as a range or a bound, so that the table needs them read."""
    columns = [column for column, held in mapping.columns.items() if held.holds in {*Measure, "time"}]
    cells = [cell_text(row.get(column)) for row in rows for column in columns]
    return any(not (NUMBER.fullmatch(cell) or re.fullmatch(r"\d{1,2}:\d\d(:\d\d)?", cell)) for cell in cells if cell)


def _is_of_a_clash(text: str) -> bool:
    said = text.casefold()
    return any(word in said for word in known_names()["clash"]["words"])


def _near(one: ColumnSample, rows: Sequence[Row], *, is_log: bool) -> Iterator[Scored]:
    """Score every field that is near enough to a column's name, or to its tag, and fits its cells."""
    if counts := list(_counts(one, rows)):
        yield from counts
        return
    yield from _statements(one)
    yield from _figures(one)
    yield from _figures_told(one)
    if not is_log and _is_a_moment(one):
        yield LEAST, Column(holds="when")
    for field in fields():
        if field in {
            *MILESTONES,
            "statement",
            "count",
            *({"until", "time", "until_time", "unit"} if is_log else {"outcome"}),
        }:
            continue
        words = _names_of(field, is_borrowing=bool(one.cells))
        score = max(_score(called, words) for called in (*one.called, *_without_remark(one.column, field)))
        if score < LEAST and field in _LONG and _begins(one, words):
            score = SURE if field == "group" else LEAST
        if field in set(Measure) and score < _least_of_figures(one.called):
            continue
        if score < (SURE if field == "group" else LEAST):
            continue
        if field == "kind" or (field == "event_id" and _names_kinds(one, rows)):
            yield from _kinds(one, score)
        elif _fits(field, one, is_log=is_log):
            yield score, Column(holds=field)


_LONG = ("when", "place", "summary", "source_id", "group")
"""Fields whose columns may be called by a whole sentence: `Link to news article or photo of official document`."""


_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def _without_remark(column: str, field: str) -> list[str]:
    """Give a name without what stands in brackets, which may be whose figure it is, but not which day or place."""
    return [column_words(_REMARK.sub(" ", column))] if field in _LONG and _REMARK.search(column) else []


def _begins(one: ColumnSample, words: Collection[str]) -> bool:
    """Say whether a name of four words or more begins as one that is known, and is no person's own."""
    called = next(iter(one.called)).removeprefix("a ").removeprefix("the ")
    begun = any(called.startswith(f"{word} ") for word in words if len(word) >= SHORT)
    return begun and called.count(" ") > 2 and not is_of_a_person(one.called)  # noqa: PLR2004 four words


def _least_of_figures(called: Collection[str]) -> int:
    if set(called) & _milestone_names():
        return SURE
    return _SEVERAL_WORDS if any(" " in one for one in called) else LEAST


_BORROWED = {"when": "time", "time": "when", "until": "until_time", "until_time": "until"}
"""Of two fields the cells decide which is meant, whatever the name of the column."""


@cache
def _names_of(field: str, *, is_borrowing: bool) -> tuple[str, ...]:
    """Give what columns of a field are called."""
    lent = _names_of(_BORROWED[field], is_borrowing=False) if is_borrowing and field in _BORROWED else ()
    return (field.replace("_", " "), *known_names().get(field, {}).get("names", ()), *lent)


@cache
def _milestone_names() -> frozenset[str]:
    return frozenset(word for milestone in MILESTONES for word in known_names()[milestone]["names"])


def _is_a_moment(one: ColumnSample) -> bool:
    """Say whether a column holds dates under the name of a stamp, which says when where no other column does."""
    is_stamp = "timestamp" in one.called and bool(one.cells) and one.all_are(DATE)
    return is_stamp or bool({holds.holds for _, holds in milestone_columns(one)} & {"dispatch", "en_route", "arrival"})


def _score(called: str, words: Collection[str]) -> int:
    if called in words or plain_number(called) in set(map(plain_number, words)):
        return SURE
    long = [word for word in words if len(word) > SHORT] if len(words) > 1 else []
    near = process.extractOne(called, long, scorer=fuzz.token_sort_ratio) if len(called) > SHORT and long else None
    return round(near[1]) if near else 0


def _statements(one: ColumnSample) -> Iterator[Scored]:
    """Guess that a column holds what one account says, which its name tells: `side A says`."""
    if any(one.all_are(pattern) for pattern in (NUMBER, DATE, CLOCK)):
        return
    yield from ((NEARLY, Column(holds="statement", account=account)) for account in told_by(one.column))
    words = one.column.replace("_", " ").split()
    is_a_side = {word.casefold() for word in words} & {*known_names()["sides"]["names"]}
    if len(words) == 2 and is_a_side and _are_sentences(one):  # noqa: PLR2004 a side and its name, in either order
        yield NEARLY, Column(holds="statement", account=" ".join(words))


def told_by(column: str) -> Iterator[str]:
    """Name the account that a name says to speak: `side A says`, `according to the police`."""
    called = " ".join(column.replace("_", " ").split())
    said = known_names()["statement"]
    for ending in said["endings"]:
        if called.casefold().endswith(f" {ending}") and (account := called[: -len(ending)].strip(_EDGES)):
            yield account
    for beginning in said["beginnings"]:
        if called.casefold().startswith(f"{beginning} ") and (account := called[len(beginning) :].strip(_EDGES)):
            yield account


def _are_sentences(one: ColumnSample) -> bool:
    """Say whether a column holds more than names that come back."""
    return not one.cells or len(set(one.cells)) == len(one.cells)


def _figures_told(one: ColumnSample) -> Iterator[Scored]:
    """Guess figures of one account, where a name says both: `killed (army says)`, `army says: killed`."""
    if not _has_digits(one):
        return
    for what, who in (*_marked_names(one.column), *_split_names(one.column)):
        for measure in _measures(column_words(what)):
            yield from ((SURE, Column(holds=measure, account=account)) for account in told_by(who))


def _figures_of_known(found: dict[str, Scored], seen: Sequence[ColumnSample]) -> None:
    """Take figures for those of an account that other columns name: `killed (army)` beside `the army says`."""
    accounts = {holds.account for _, holds in found.values() if holds.account}
    called = {word.casefold(): one for one in accounts for word in (one, *re.split(r"^\w+[ '’]", one)) if word}
    for one in seen:
        if one.column in found or not _has_digits(one):
            continue
        for what, who in _marked_names(one.column):
            for measure in _measures(column_words(what)) if who.casefold() in called else ():
                found[one.column] = NEARLY, Column(holds=measure, account=called[who.casefold()])


def _marked_names(column: str) -> list[tuple[str, str]]:
    """Part a name at its mark into a measure and who tells it, in either order: `killed (army)`, `army: killed`."""
    parts = [part.strip(_EDGES) for part in re.split(r"[(),:;–—]| - ", column.replace("_", " "))]
    match [part for part in parts if part]:
        case [one, other]:
            return [(one, other), (other, one)]
    return []


def _split_names(column: str) -> Iterator[tuple[str, str]]:
    """Part a name without marks into a measure, at either end, and who tells it."""
    words = column.replace("_", " ").split()
    for at in range(1, len(words)):
        yield " ".join(words[:at]), " ".join(words[at:])
        yield " ".join(words[at:]), " ".join(words[:at])


def _counts(one: ColumnSample, rows: Sequence[Row]) -> Iterator[Scored]:
    """Guess that rows are counted by a code: every cell says what became of a person, and events have several rows."""
    codes, words = known_names()["codes"], known_names()["words"]
    meanings = {
        cell: field for field, named in codes.items() for cell in dict.fromkeys(one.cells) if cell.casefold() in named
    }
    events = [
        column
        for column in (rows[0] if rows else ())
        if _score(column_words(column), known_names()["event_id"]["names"]) == SURE
    ]
    repeated = any(len({cell_text(row.get(column)) for row in rows}) < len(rows) for column in events)
    if (
        repeated
        and one.cells
        and one.codes() <= {*words["yes"], *words["no"]}
        and (measures := _measures(one.called[0]))
    ):
        yes = [cell for cell in dict.fromkeys(one.cells) if cell.casefold() in words["yes"]]
        if yes:
            yield SURE, Column(holds="count", meanings=dict.fromkeys(yes, str(measures[0])))
        return
    if one.cells and repeated and set(meanings.values()) and 2 * len(meanings) >= len(set(one.cells)):
        yield SURE, Column(holds="count", meanings=meanings)


_ENDS = {
    "": {"best", "estimate"},
    "_low": {"low", "min", "minimum", "lowest"},
    "_high": {"high", "max", "maximum", "highest"},
}


def _figures(one: ColumnSample) -> Iterator[Scored]:
    """Guess figures, their bounds and their totals: `killed best`, `deaths_low`, `total killed`."""
    if not _has_digits(one):
        return
    for called in one.called:
        bare, _, last = called.rpartition(" ")
        ends = [end for end, words in _ENDS.items() if last in words]
        yield from ((SURE, Column(holds=f"{measure}{end}")) for end in ends for measure in _measures(bare))
        if is_running_total(called):
            yield from ((NEARLY, Column(holds=measure)) for measure in _measures(without_running_total(called)))


def _measures(called: str) -> list[Measure]:
    """Name what a column of this name counts."""
    return [one for one in Measure if called in {spaced(one), *known_names().get(one, {}).get("names", ())}]


def _kinds(one: ColumnSample, score: int) -> Iterator[Scored]:
    """Guess kinds of ours, codes that stand for milestones, or else something to compare by."""
    if one.codes() <= set(Kind):
        yield score, Column(holds="kind")
        yield LEAST, Column(holds="group")
        return
    meanings = {code: step for code, step in code_meanings(dict.fromkeys(one.cells)).items() if step}
    if len(set(meanings.values())) > 1 and 2 * len(meanings) >= len(one.codes()):
        yield score, Column(holds="kind", meanings=meanings)
    else:
        yield score, Column(holds="group")


def _names_kinds(one: ColumnSample, rows: Sequence[Row]) -> bool:
    """Say whether a column names kinds: ours, or words of which one is on days far apart by every column of dates."""
    if one.cells and (one.codes() <= set(Kind) or all(" " not in cell and _is_of_a_clash(cell) for cell in one.cells)):
        return True
    seen = (column_sample(column, rows) for column in (rows[0] if rows else ()))
    dated = [column for column in seen if column.cells and column.all_are(DATE)]
    for on in dated:
        order = date_order(Dated(0, cell) for cell in on.cells)
        days = EventDays()
        for number, row in enumerate(rows):
            if (event := cell_text(row.get(one.column))) and not any(map(str.isdigit, event)):
                days.add(number, event, cell_text(row.get(on.column)))
        if not days.apart(order):
            return False
    return bool(dated)


def _fits(field: str, one: ColumnSample, *, is_log: bool) -> bool:
    """Say whether the cells of a column can be what its name says."""
    if not one.cells:
        return not is_of_a_person(one.called) or field not in HOLDS
    if field in {"when", "until"}:
        dated = any(map(one.all_are, (DATE, EPOCH, _SERIAL, UNPARTED))) and not is_of_a_person(one.called)
        return dated and not (is_log and any(map(_has_a_clock, one.cells)))
    check = _CELLS.get(field)
    return check is None or check(one)


def _has_a_clock(cell: str) -> bool:
    """Say whether a day is told with its time, as clocks or spreadsheets have it."""
    return ":" in MIDNIGHT.sub("", cell) or bool(_SERIAL.fullmatch(cell) and not cell.isdigit())


def _has_clocks(one: ColumnSample) -> bool:
    """Say whether a column holds times of day, some of which may be told in words."""
    some = any(map(CLOCK.fullmatch, one.cells)) and not one.all_are(DATE)
    return some or (bool(one.cells) and one.all_are(UNPARTED) and max(map(len, one.cells)) <= len("235959"))


def _has_points(one: ColumnSample) -> bool:
    return bool(one.cells) and 2 * sum(point(cell) is not None for cell in one.cells) >= len(one.cells)


def _has_degrees(one: ColumnSample) -> bool:
    """Say whether a column may hold degrees alone: `75,5` is a fraction, where its name says nothing of two."""
    return _has_digits(one) and (one.all_are(_DEGREES) or not _has_points(one))


def _has_digits(one: ColumnSample) -> bool:
    return not (one.all_are(DATE) and not one.all_are(_PLAIN)) and any(
        any(map(str.isdigit, cell)) for cell in one.cells
    )


_CELLS: dict[str, Callable[[ColumnSample], bool]] = {
    "time": _has_clocks,
    "until_time": _has_clocks,
    "year": lambda one: one.all_are(_YEAR),
    "month": lambda one: one.all_are(_PLAIN),
    "day": lambda one: one.all_are(_PLAIN),
    "epoch": lambda one: one.all_are(EPOCH),
    "zone": lambda one: one.all_are(_ZONE),
    "point": _has_points,
    "place": lambda one: not _has_points(one),
    "latitude": _has_degrees,
    "longitude": _has_degrees,
    "status": lambda one: one.codes() <= set(Status),
    "stated_at": lambda one: one.all_are(DATE),
    "summary": lambda one: not one.all_are(NUMBER),
    "unit": lambda one: not _has_digits(one),
    "event_id": lambda one: not any(":" in cell for cell in one.cells) or not one.all_are(DATE),
    "outcome": lambda one: not any(map(one.all_are, (NUMBER, DATE, CLOCK))),
    **dict.fromkeys(Measure, _has_digits),
}
