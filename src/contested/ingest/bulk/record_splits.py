"""Cuts: a large text whose cells are divided by commas or the like, cut behind whole records.

Each quotation mark must open or close a cell and each line must end as the others, so that nobody can read the text in
another way. Where a record has more or fewer cells than there are headings, the lines around it are read one by one.
"""

import csv
import io
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.csv

from contested.ingest.bulk.batches import OddTableError, Piece
from contested.ingest.bulk.plain_file import is_plain
from contested.ingest.formats import Row
from contested.ingest.formats.delimited import LONGEST, divider
from contested.ingest.headings import is_blank, named
from contested.ingest.options import Given
from contested.model.parallel import beside

_PIECE = 1 << 24
_BLOCK = 1 << 20
_HELD = 1 << 28
"""So much of a text is held as it was first read; what lies beyond it is read once more."""
_FEW = 1 << 16
"""Lines that are not cut further to find the record that has too many cells, or too few."""
_MARK = b"\xef\xbb\xbf"


Letters = bytes | bytearray
Names = list[str]


class Cut(NamedTuple):
    """A part of a text: where it lies, the number of its first record, and whether it is read line by line."""

    begins: int
    size: int
    first: int
    is_loose: bool


class Text:
    """A text whose cells can be read in one way only."""

    def __init__(self, path: Path, given: Given) -> None:
        self._path = path
        with path.open("rb") as file:
            head = file.readline(_BLOCK)
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                self._delimiter, passed_over = divider(path, file)
            self._refuse_odd(head.removeprefix(_MARK))
            [cells] = csv.reader([head.removeprefix(_MARK).decode()], delimiter=self._delimiter, strict=True)
        except (ValueError, csv.Error):
            raise OddTableError(path.name) from None
        self._names = [cell.strip() for cell in cells]
        if given.encoding or passed_over or not self._names or not all(self._names):
            raise OddTableError(path.name)
        self._begins, self._cuts = len(head), list[Cut]()
        self._held = dict[int, pa.Table]()

    def ids(self, column: str) -> Iterator[pa.ChunkedArray]:
        """Read one column, note where to cut, and hold the other columns too as far as there is room."""
        self._cuts, begins, first = [], self._begins, 2
        self._held = {}
        for part in chain.from_iterable(beside(partial(self._parted, column), self._texts(column))):
            self._cuts.append(Cut(begins, part.size, first, is_loose=part.is_loose))
            if part.cells is not None:
                self._held[begins] = part.cells
            begins, first = begins + part.size, first + len(part.ids)
            yield part.ids

    def pieces(self) -> Iterator[Piece]:
        """Read all of it."""
        with self._path.open("rb") as file:
            for begins, size, first, is_loose in self._cuts:
                if (cells := self._held.pop(begins, None)) is not None:
                    yield Piece(first, cells)
                    continue
                file.seek(begins)
                text = file.read(size)
                if is_loose:
                    yield Piece(first, pa.table({}), tuple(self._rows(text, first)))
                else:
                    yield Piece(first, self._read(text))

    def rows(self, piece: Piece, places: pa.Array) -> Iterator[Row]:
        """Give some rows of a piece; an empty cell is empty text, and a row of blanks is none."""
        for number, row in piece.taken(places):
            cells = {name: cell or "" for name, cell in row.items()}
            if not is_blank(list(cells.values())):
                yield number, cells

    def _texts(self, column: str) -> Iterator[tuple[bytearray, Names | None]]:
        """Cut behind whole records, where a record ends soon enough, and say which columns to read if not all."""
        room = _HELD
        with self._path.open("rb") as file:
            file.seek(self._begins)
            while text := _cut(file):
                room -= len(text)
                yield text, None if room >= 0 else [column]

    def _parted(self, column: str, told: tuple[bytearray, Names | None]) -> list["_Part"]:
        """Read a text that is not odd."""
        self._refuse_odd(told[0])
        return list(self._parts(*told, column))

    def _parts(self, text: Letters, only: Names | None, column: str) -> Iterator["_Part"]:
        """Find the ids of a text, and narrow down the lines that must be read one by one."""
        try:
            cells = self._read(text, only)
            yield _Part(len(text), cells[column], cells=None if only else cells)
        except pa.ArrowInvalid:
            half = _end(text, len(text) // 2) if len(text) > _FEW else 0
            if half:
                yield from self._parts(text[:half], only, column)
                yield from self._parts(text[half:], only, column)
            else:
                place = self._names.index(column)
                ids = ["".join(cells[place : place + 1]) for cells in self._records(text)]
                yield _Part(len(text), pa.chunked_array([ids], pa.string()), is_loose=True)

    def _read(self, text: Letters, only: Names | None = None) -> pa.Table:
        return pa.csv.read_csv(
            pa.BufferReader(text),
            pa.csv.ReadOptions(column_names=self._names, block_size=_BLOCK, use_threads=False),
            pa.csv.ParseOptions(delimiter=self._delimiter, newlines_in_values=b'"' in text, ignore_empty_lines=False),
            pa.csv.ConvertOptions(
                check_utf8=False,
                column_types=dict.fromkeys(self._names, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                include_columns=only,
            ),
        )

    def _records(self, text: Letters) -> list[list[str]]:
        lines = io.StringIO(text.decode(), newline="").readlines()
        if max(map(len, lines)) >= LONGEST:
            raise OddTableError(self._path.name)
        try:
            return list(csv.reader(lines, delimiter=self._delimiter, strict=True))
        except csv.Error:
            raise OddTableError(self._path.name) from None

    def _rows(self, text: Letters, first: int) -> Iterator[Row]:
        for number, cells in enumerate(self._records(text), start=first):
            if not is_blank(cells):
                yield number, named(number, self._names, cells)

    def _refuse_odd(self, text: Letters) -> None:
        if not is_plain(text, self._delimiter):
            raise OddTableError(self._path.name)


class _Part(NamedTuple):
    size: int
    ids: pa.ChunkedArray
    is_loose: bool = False
    cells: pa.Table | None = None
    """All that was read, if it is held."""


def _cut(file: io.BufferedReader) -> bytearray:
    """Read so much, and on to the end of a record."""
    text = bytearray(_PIECE)
    del text[file.readinto(text) :]
    begun, marks = len(text), text.count(b'"')
    while line := file.readline(_BLOCK):
        text += line
        marks += line.count(b'"')
        if marks % 2 == 0 or len(text) - begun >= _BLOCK:
            break
    return text


def _end(text: Letters, before: int) -> int:
    """Find the end of the last whole record before a place; nothing where there is none."""
    end = text.rfind(b"\n", 0, before) + 1
    while end and text.count(b'"', 0, end) % 2:
        end = text.rfind(b"\n", 0, end - 1) + 1
    return end
