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

import numpy as np
import pyarrow as pa
import pyarrow.csv

from contested.bulk.hands import beside
from contested.bulk.pieces import OddTableError, Piece
from contested.formats import Row
from contested.formats.delimited import LONGEST, divider
from contested.given import Given
from contested.headings import is_blank, named

_PIECE = 1 << 25
_BLOCK = 1 << 20
_HELD = 1 << 28
"""So much of a text is held as it was first read; what lies beyond it is read once more."""
_FEW = 1 << 16
"""Lines that are not cut further to find the record that has too many cells, or too few."""
_MARK = b"\xef\xbb\xbf"


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
        for part in chain.from_iterable(beside(partial(self._parted, column), self._texts())):
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

    def _texts(self) -> Iterator[tuple[bytes, bool]]:
        """Cut behind whole records, where a record ends soon enough, and say what can be held."""
        room = _HELD
        with self._path.open("rb") as file:
            file.seek(self._begins)
            while text := file.read(_PIECE):
                rest = file.readline(_BLOCK)
                marks = text.count(b'"') + rest.count(b'"')
                while marks % 2 and (line := file.readline(_BLOCK)) and len(rest) < _BLOCK:
                    rest, marks = rest + line, marks + line.count(b'"')
                text += rest
                room -= len(text)
                yield text, room >= 0

    def _parted(self, column: str, told: tuple[bytes, bool]) -> list["_Part"]:
        """Read a text that is not odd."""
        self._refuse_odd(told[0])
        return list(self._parts(*told, column))

    def _parts(self, text: bytes, is_held: bool, column: str) -> Iterator["_Part"]:  # noqa: FBT001 passed on as it is
        """Find the ids of a text, and narrow down the lines that must be read one by one."""
        try:
            cells = self._read(text, None if is_held else [column])
            yield _Part(len(text), cells[column], cells=cells if is_held else None)
        except pa.ArrowInvalid:
            half = _end(text, len(text) // 2) if len(text) > _FEW else 0
            if half:
                yield from self._parts(text[:half], is_held, column)
                yield from self._parts(text[half:], is_held, column)
            else:
                place = self._names.index(column)
                ids = ["".join(cells[place : place + 1]) for cells in self._records(text)]
                yield _Part(len(text), pa.chunked_array([ids], pa.string()), is_loose=True)

    def _read(self, text: bytes, only: list[str] | None = None) -> pa.Table:
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

    def _records(self, text: bytes) -> list[list[str]]:
        lines = io.StringIO(text.decode(), newline="").readlines()
        if max(map(len, lines)) >= LONGEST:
            raise OddTableError(self._path.name)
        try:
            return list(csv.reader(lines, delimiter=self._delimiter, strict=True))
        except csv.Error:
            raise OddTableError(self._path.name) from None

    def _rows(self, text: bytes, first: int) -> Iterator[Row]:
        for number, cells in enumerate(self._records(text), start=first):
            if not is_blank(cells):
                yield number, named(number, self._names, cells)

    def _refuse_odd(self, text: bytes) -> None:
        """Refuse what another reader might take for other cells than we do."""
        ends_plainly = b"\r" not in text or text.count(b"\r") == text.count(b"\r\n")
        if not ends_plainly or b"\0" in text or not _quotes_are_plain(text, self._delimiter) or not _is_utf_8(text):
            raise OddTableError(self._path.name)


def _quotes_are_plain(text: bytes, delimiter: str) -> bool:
    """Say whether each mark that opens a cell stands at its beginning, and each that closes one at its end."""
    letters = np.frombuffer(text, np.uint8)
    places = range(0, len(letters), _BLOCK)
    marks = np.concatenate([np.flatnonzero(letters[at : at + _BLOCK] == ord('"')) + at for at in places])
    around = letters.take(np.concatenate((marks[::2] - 1, marks[1::2] + 1)), mode="clip")
    is_edge = np.isin(np.arange(256), [ord(letter) for letter in f'{delimiter}\r\n"'])
    return len(marks) % 2 == 0 and bool(is_edge[around].all())


class _Part(NamedTuple):
    size: int
    ids: pa.ChunkedArray
    is_loose: bool = False
    cells: pa.Table | None = None
    """All that was read, if it is held."""


def _end(text: bytes, before: int) -> int:
    """Find the end of the last whole record before a place; nothing where there is none."""
    end = text.rfind(b"\n", 0, before) + 1
    while end and text.count(b'"', 0, end) % 2:
        end = text.rfind(b"\n", 0, end - 1) + 1
    return end


def _is_utf_8(text: bytes) -> bool:
    try:
        return text.isascii() or bool(text.decode())
    except UnicodeDecodeError:
        return False
