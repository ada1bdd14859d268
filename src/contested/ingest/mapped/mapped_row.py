"""A row of a mapped table: its cells by the fields that its columns hold."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from contested.ingest.mapping import EMPTY, Column, ColumnMapping
from contested.ingest.row import Line, name
from contested.model.problem import Problem


class MappedRow(NamedTuple):
    """A line with the columns that hold each field."""

    line: Line
    mapping: ColumnMapping
    columns: Mapping[str, str]
    """The plain name of the column that holds each field, of those that only one holds."""
    noticed: list[Problem]
    """What a person should look at in this row, as it is found."""

    def cell(self, field: str) -> str:
        """Give what the column of a field says, its code put into words; nothing where there is none."""
        column = self.columns.get(field)
        if column is None:
            return ""
        text = self.text(column)
        return next((one.meanings.get(text, text) for title, one in self.held(field) if name(title) == column), text)

    def text(self, column: str) -> str:
        """Give the words of a cell; what programs write for an empty one is empty."""
        words = self.line.words(name(column))
        return "" if words.casefold() in EMPTY else words

    def held(self, field: str) -> Iterator[tuple[str, Column]]:
        """Give every column that holds a field."""
        return ((title, one) for title, one in self.mapping.columns.items() if one.holds == field)


def mapped_row(mapping: ColumnMapping, line: Line) -> MappedRow:
    """Give a row with the columns that the mapping names."""
    return MappedRow(line, mapping, {one.holds: name(title) for title, one in mapping.columns.items()}, [])
