"""A codebook in SQL: the claims that it makes of those rows of a large table in which everything is plain."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from contested.ingest.options import Given
from contested.ingest.row import MISSING


class SqlCodebook(NamedTuple):
    """What a codebook reads of a table, and the claims that it makes of a plain row without a warning.

    Its SQL reads a table `cells`, whose columns have plain names (`ingest.row.name`) and types as said here; a cell
    that says nothing is null, and so is each cell of a column that the table lacks. `row` is the number of the row.
    """

    ids: tuple[str, ...]
    """The columns that make the ids of claims."""
    row_id: str
    """SQL of these, in small letters: what two rows have in common wherever claims of theirs could have the same id."""
    claims: Callable[[Given], str] | None = None
    """SQL: `row` and the fields of each claim, in the codebook's order, of rows that need no warning. A timestamp
    without a zone is what the clocks of the file showed. Without SQL the cells are the fields of claims themselves."""
    texts: tuple[str, ...] = ()
    """Columns of text: `Line.words`."""
    stamps: tuple[str, ...] = ()
    """Columns of timestamps without a zone (`local_times.shown`), each beside its text as `{column}_words`."""
    days: tuple[str, ...] = ()
    """Columns of dates: `date_intervals.day_of`."""
    counts: tuple[str, ...] = ()
    """Columns of whole numbers: `Line.whole`."""
    lengths: tuple[str, ...] = ()
    """Columns of lengths, each a number of its unit beside its text as `{column}_words`."""

    called: tuple[tuple[str, str], ...] = ()
    """Columns that have other names in SQL, each before its plain name."""
    shared: str | None = None
    """SQL of the ids: what rows of one event have in common, where a row of theirs may say how others are read."""
    apart: str | None = None
    """SQL of the ids and the number of the row: what rows of one event share that say nothing of each other."""
    point: tuple[str, str] | None = None
    """The columns of latitude and longitude, of which a row may lie far from the others'."""
    is_read: Callable[[str], bool] | None = None
    """Whether a column of this plain name is read; others of few values are kept to compare by. None keeps nothing."""

    def plain_name(self, column: str) -> str:
        """Give the plain name of a column that has a name in SQL."""
        return dict(self.called).get(column, column)

    def is_surveyed(self) -> bool:
        """Say whether the columns show how their cells are to be read."""
        return bool(self.stamps or self.days or self.counts or self.lengths)

    def columns(self) -> tuple[str, ...]:
        """Name every column that is read."""
        return (*self.texts, *self.stamps, *self.days, *self.counts, *self.lengths)


def code(column: str) -> str:
    """Write SQL of an id or a code, which a spreadsheet may have written as 12.0: `Line.code`."""
    return f"if(regexp_full_match({column}, '[0-9]{{1,15}}\\.0+'), split_part({column}, '.', 1), {column})"


def place(region: str, *columns: str) -> str:
    """Write SQL of the first of some columns that names a place, with its region, since villages share names."""
    named = f"coalesce({', '.join(columns)}, '')"
    return f"concat({named}, if(contains({named}, coalesce({region}, '')), '', ', ' || {region}))"


def groups(columns: Mapping[str, str]) -> str:
    """Write SQL of groups as one JSON object of words, from SQL of each; what says nothing is left out."""
    each = ", ".join(f"'\"{name}\": ' || to_json({sql})::varchar" for name, sql in columns.items())
    return f"nullif(concat('{{', array_to_string([{each}], ', '), '}}'), '{{}}')"


def choice(value: str, choices: Mapping[Any, Any]) -> str:
    """Write SQL of what a value is looked up as; null for any other."""
    cases = (f"when {one!r} then {said!r}" for one, said in choices.items() if said is not None)
    return f"case {value} {' '.join(cases)} end"


def said(cell: str) -> str:
    """Write SQL of a cell in small letters; null where it holds what programs write for nothing."""
    return f"if({cell} in ({', '.join(repr(word) for word in sorted({one.lower() for one in MISSING}))}), null, {cell})"
