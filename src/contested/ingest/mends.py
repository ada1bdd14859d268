"""Mends: cells that a person corrects while a file is brought; kept beside the file, which stays as it came."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from contested.ingest.row import name
from contested.model.problem import Problem, UnreadableStoryError

FILE = "mends.json"
_WRITE = re.compile(r"write (?P<cell>\S*\d[^\s,;]*)(?:, if that is meant|, and the doubt in (?P<words>\w+))?")
_WORDS_KEPT = re.compile(r"leave the counts empty and keep the word in (?P<words>\w+)")
_MEANT = re.compile(r"did you mean (?P<cell>[^?]+)\?")
_BOUND = re.compile(r"put (?P<cell>\d+) in (?P<column>\w+_(?:low|high)), leave best empty")
_BOUNDS = re.compile(r"(?P<below>\w+_low) (?P<low>\d+), (?P<above>\w+_high) (?P<high>\d+)")
_NONE_OR_UNKNOWN = "write 0 for none, leave empty for unknown"
_ORDER = re.compile(r"(?P<below>\w+) (?P<low>\d+) is above (?P<above>\w+) (?P<high>\d+)")


class Mend(NamedTuple):
    """What a cell is to say: the number of its row, its column, its new words."""

    row: int
    column: str
    cell: str


def by_row(mends: Iterable[tuple[int, str, str]]) -> dict[int, dict[str, str]]:
    """Give the new cells of each row, by the plain names of their columns."""
    found: dict[int, dict[str, str]] = {}
    for row, column, cell in mends:
        found.setdefault(row, {})[name(column)] = cell
    return found


def mended(row: Mapping[str, Any], cells: Mapping[str, str]) -> dict[str, Any]:
    """Give a row with its new cells; a column that it has not is added."""
    titles = {name(title): title for title in row}
    return {**row, **{titles.get(column, column): cell for column, cell in cells.items()}}


def certain(problem: Problem) -> tuple[Mend, ...]:
    """Give what mends a cell as its problem says, where that names the new words; else nothing."""
    if problem.row is None or problem.column is None:
        return ()
    return tuple(Mend(problem.row, column, cell) for column, cell in _new_cells(problem.column, problem))


def _new_cells(column: str, problem: Problem) -> Iterator[tuple[str, str]]:
    """Name the columns that a problem says how to fill, each with its new words."""
    if kept := _WORDS_KEPT.fullmatch(problem.fix):
        yield from ((column, ""), (kept["words"], problem.value or ""))
    elif bound := _BOUND.fullmatch(problem.fix):
        yield from ((column, ""), (bound["column"], bound["cell"]))
    elif bounds := _BOUNDS.fullmatch(problem.fix):
        yield from ((column, ""), (bounds["below"], bounds["low"]), (bounds["above"], bounds["high"]))
    elif said := _WRITE.fullmatch(problem.fix) or _MEANT.fullmatch(problem.fix):
        yield column, said["cell"]
        if words := said.groupdict().get("words"):
            yield words, problem.value or ""


def choices(problem: Problem) -> dict[str, tuple[Mend, ...]]:
    """Give what a cell may be mended to, where its problem leaves two readings: none, or not known."""
    if problem.fix != _NONE_OR_UNKNOWN or problem.row is None or problem.column is None:
        return {}
    return {words: (Mend(problem.row, problem.column, cell),) for words, cell in (("none: 0", "0"), ("not known", ""))}


def fields(problem: Problem) -> tuple[Mend, ...]:
    """Give the cells of which one is to be corrected, as they are: two where they contradict each other."""
    if problem.row is None or problem.column is None:
        return ()
    if order := _ORDER.fullmatch(problem.reason):
        return Mend(problem.row, order["below"], order["low"]), Mend(problem.row, order["above"], order["high"])
    return (Mend(problem.row, problem.column, problem.value or ""),)


def written(mends: Collection[Mend]) -> str:
    """Write mends as JSON, to be kept beside the file."""
    return json.dumps([one._asdict() for one in mends], ensure_ascii=False, indent=1) + "\n"


def load(path: Path) -> tuple[Mend, ...]:
    """Read mends from a file; raises UnreadableStoryError where there are none."""
    try:
        return tuple(
            Mend(int(one["row"]), str(one["column"]), str(one["cell"]))
            for one in json.loads(path.read_text(encoding="utf-8"))
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path.name} cannot be read: {error}"
        raise UnreadableStoryError(message) from None
