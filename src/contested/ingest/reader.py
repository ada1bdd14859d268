"""Read a file into records, and what is wrong with it into problems.

Every row comes out as the records that it makes, or as the problems that stop it; never as both, never as nothing.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from contested.ingest import mends
from contested.ingest.added_columns import without
from contested.ingest.characters import Cells, Translate, mending, refusing
from contested.ingest.codebooks import CODEBOOKS, Codebook
from contested.ingest.formats import Row, rows
from contested.ingest.headings import TITLE, no_headings
from contested.ingest.mapped.codebook import codebook_of
from contested.ingest.options import Given
from contested.ingest.validation import problem_of
from contested.model.claim import LONG, Claim, NewsroomClaim
from contested.model.problem import HELD_BACK, Problem, UnreadableFileError
from contested.model.times import span

Record = TypeVar("Record", bound=BaseModel)
Told = Claim | Problem
LARGE = 1_000_000
_ONE_EVENT = "keep the row that is right: under one id stands one event, which is counted once"
Seen = dict[str, tuple[str, int, int]]
"""The ids met so far: as they were written, in which row, and what stands for all that the row says."""


class Outcome(NamedTuple, Generic[Record]):
    """What became of one row: its records, or what stops it; a warning may stand beside either."""

    number: int
    records: tuple[Record, ...]
    problems: tuple[Problem, ...] = ()
    is_row: bool = True
    """Not so for what is said of the file as a whole."""

    @property
    def is_rejected(self) -> bool:
        """Whether something that must be mended stops the row."""
        return self.is_row and any(problem.severity == "error" for problem in self.problems)

    @property
    def is_accepted(self) -> bool:
        """Whether the row makes claims, or is counted into those of another without a word."""
        return self.is_row and (bool(self.records) or not self.problems)

    def numbered(self) -> Iterator[tuple[int, Record | Problem]]:
        """Give the problems and the records, each with the row's number."""
        yield from ((self.number, problem) for problem in self.problems)
        yield from ((self.number, record) for record in self.records)


class Table(NamedTuple):
    """A file whose columns are known."""

    path: Path
    given: Given
    codebook: Codebook
    columns: list[str]


def is_large(path: Path) -> bool:
    """Say whether a file is better judged by its columns (`contested.ingest.bulk`) than row by row."""
    return path.is_file() and path.stat().st_size >= LARGE


def read(path: Path) -> Iterator[Claim | Problem]:
    """Read every row as claims, or as the problems that stop it; what is embargoed or sensitive stays out."""
    return (found for _, found in numbered(path))


def numbered(path: Path, given: Given | None = None) -> Iterator[tuple[int, Told]]:
    """Read every row with its number, as a spreadsheet counts."""
    for outcome in outcomes(opened(path, given or Given(path.name))):
        yield from outcome.numbered()


def opened(path: Path, given: Given, codebook: Codebook | None = None) -> Table:
    """Recognise a file by the columns of its first row; one without any is our own.

    A title may stand above a table of any columns, but not in a file that claims to be as its publisher writes it.
    """
    titles, columns = _columns(path, given)
    book = codebook or (codebook_of(path, columns, given) if columns else CODEBOOKS[0])
    if titles and any(book.name == known.name for known in CODEBOOKS):
        raise UnreadableFileError(path.name, *no_headings(titles))
    return Table(path, book.said(given), book, columns)


def outcomes(table: Table) -> Iterator[Outcome[Claim]]:
    """Read every row of claims whole; no id is used twice, and what is never recorded does not come out."""
    path, given, book, columns = table
    wrong = list(book.headings(columns))
    if any(problem.severity == "error" for problem in wrong):
        raise UnreadableFileError(path.name, *wrong)
    if wrong:
        yield Outcome(1, (), tuple(wrong), is_row=False)
    cells = ((number, row) for number, row in _rows(rows(path, given), given) if not isinstance(row, Problem))
    given = given._replace(learnt=book.survey(cells))
    yield from judged(table._replace(given=given), rows(path, given), {})


def judged(table: Table, told: Iterable[Row], seen: Seen) -> Iterator[Outcome[Claim]]:
    """Judge rows one by one, beside those that were seen before."""
    book = table.codebook
    translate = (refusing if book.is_typed else mending)(book.to_claims)
    now = datetime.now(UTC)
    for outcome, row in _outcomes(_rows(told, table.given), table.columns, NewsroomClaim, translate, table.given):
        yield _public(_with_long_spans(_once(outcome, str(row.get(book.key) or ""), book, seen)), now)


def _once(outcome: Outcome[NewsroomClaim], said: str, book: Codebook, seen: Seen) -> Outcome[NewsroomClaim]:
    """Refuse a row whose id an earlier row has, and keep a row that is told twice once."""
    same, key = hash(outcome.records), book.key
    for claim in outcome.records:
        before = seen.get(claim.claim_id.casefold())
        if before is None:
            continue
        if before[2] == same:
            problem = Problem(
                "W-ID-REPEAT", outcome.number, key, said, f"same as row {before[1]}; stored once", "nothing", "warning"
            )
        elif before[0] == (said or claim.claim_id):
            problem = twice(outcome.number, key, said or claim.claim_id, before[1])
            problem = problem if book.is_typed else problem._replace(fix=_ONE_EVENT)
        else:
            reason = f"differs from {before[0]} (row {before[1]}) only in case or blanks"
            problem = Problem("E-ID-CLASH", outcome.number, key, said, reason, "make the ids clearly different")
        return outcome._replace(records=(), problems=(problem,))
    for claim in outcome.records:
        seen[claim.claim_id.casefold()] = (said or claim.claim_id, outcome.number, same)
    return outcome


def twice(row: int, column: str, value: str, before: int) -> Problem:
    """Refuse an id that an earlier row has."""
    return Problem("id", row, column, value, f"already used in row {before}", "give every row an id of its own")


def _with_long_spans(outcome: Outcome[NewsroomClaim]) -> Outcome[NewsroomClaim]:
    """Warn of what lasts for years: a year is easily mistyped, and nothing of it is told by the hour."""
    for claim in outcome.records:
        first, last = claim.ends()
        if first and last and last - first > LONG:
            reason = f"spans {(last - first).days // 365} years, {span(first, last)}"
            fix = "correct the year; where it is so, charts count it by days, months or years instead of hours"
            warned = Problem("W-SPAN", outcome.number, None, None, reason, fix, "warning")
            return outcome._replace(problems=(*outcome.problems, warned))
    return outcome


def _public(outcome: Outcome[NewsroomClaim], now: datetime) -> Outcome[Claim]:
    """Leave out what is never recorded, and say of what is sensitive or under embargo that readers do not see it."""
    number, claims, problems, is_row = outcome
    if any(claim.is_held_back(now) for claim in claims):
        reason, fix = "sensitive or under embargo: shown to editors alone", "nothing, or lift it"
        problems = (*problems, Problem(HELD_BACK, number, "claim_id", claims[0].claim_id, reason, fix, "warning"))
    return Outcome(number, tuple(claim.public() for claim in claims), problems, is_row)


def _as_it_is(_number: int, row: Cells, _given: Given) -> Iterator[Cells]:
    yield row


def records(
    path: Path, model: type[Record], translate: Translate = _as_it_is, given: Given | None = None
) -> Iterator[tuple[int, Record | Problem]]:
    """Read every row as records of the model; no row is read past a column that nobody knows."""
    given = given or Given(path.name)
    for outcome, _ in _outcomes(
        _rows(rows(path, given), given), _columns(path, given)[1], model, refusing(translate), given
    ):
        yield from outcome.numbered()


def _outcomes(
    told: Iterable[Row], columns: Collection[str], model: type[Record], translate: Translate, given: Given
) -> Iterator[tuple[Outcome[Record], Cells]]:
    """Read every row beside its cells."""
    blank = translate(1, dict.fromkeys(columns, ""), given)
    known = [column for made in blank if not isinstance(made, Problem) for column in made]
    if unknown := tuple(_unknown(column, model) for column in known if column not in model.model_fields):
        yield Outcome(1, (), unknown, is_row=False), {}
        return
    for number, row in told:
        if isinstance(row, Problem):
            yield Outcome(number, (), (row,), is_row=row.row is not None), {}
        else:
            yield _outcome(number, row, translate, given, model), row


def _outcome(number: int, row: Cells, translate: Translate, given: Given, model: type[Record]) -> Outcome[Record]:
    """Read one row whole: a row that is stopped makes no record, and a row that stands only warns.

    What stops several of the records that it would make is said once.
    """
    found = list(_read(number, row, translate(number, row, given), model))
    problems = tuple(dict.fromkeys(one for one in found if isinstance(one, Problem)))
    if stops := tuple(one for one in problems if one.severity == "error"):
        return Outcome(number, (), stops)
    return Outcome(number, tuple(one for one in found if not isinstance(one, Problem)), problems)


def _read(number: int, row: Cells, made: Iterable[Cells | Problem], model: type[Record]) -> Iterator[Record | Problem]:
    """Hold what a row makes against the model."""
    for one in made:
        if isinstance(one, Problem):
            yield one
            continue
        try:
            yield model.model_validate(one)
        except ValidationError as refused:
            yield from (problem_of(number, error, row) for error in refused.errors(include_url=False))


def _rows(told: Iterable[Row], given: Given) -> Iterator[Row]:
    """Pass over our own remarks on rows that were sent back to be mended, and mend those that a person mended."""
    cells = mends.by_row(given.mends)
    for number, row in told:
        plain = row if isinstance(row, Problem) else without(row)
        yield number, plain if isinstance(plain, Problem) or number not in cells else mends.mended(plain, cells[number])


def _columns(path: Path, given: Given) -> tuple[list[Problem], list[str]]:
    """Give the titles above a file's headings, and name the columns of its first row."""
    titles: list[Problem] = []
    for _, row in _rows(rows(path, given), given._replace(mends=())):
        if not isinstance(row, Problem):
            return titles, list(row)
        titles += [row] if row.code == TITLE else []
    return titles, []


def _unknown(column: str, model: type[BaseModel]) -> Problem:
    [near] = get_close_matches(column, model.model_fields, n=1) or [""]
    fix = f"did you mean {near}?" if near else f"known are {', '.join(model.model_fields)}"
    return Problem("column", 1, column, column, "no such column", fix)
