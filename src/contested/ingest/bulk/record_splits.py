"""Delimited text, split behind whole records and read by its columns.

Each quotation mark must open or close a cell and each line must end as the others, so that nobody can read the text in
another way. Where a record has more or fewer cells than there are headings, the lines around it are read one by one.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.csv

from contested.ingest.bulk.batches import Batch, OddTableError
from contested.ingest.bulk.plain_text import is_plain_file
from contested.ingest.formats import Row
from contested.ingest.formats.delimited import LONGEST, divider
from contested.ingest.headings import is_blank, named
from contested.ingest.options import Given
from contested.model.parallel import map_ahead

_SIZE = 1 << 23
_BLOCK = 1 << 20
_HELD = 1 << 28
"""So much of a text is held as it was first read; what lies beyond it is read once more."""
_FEW = 1 << 16
"""Lines that are not split further to find the record that has too many cells, or too few."""
_MARK = b"\xef\xbb\xbf"


Letters = bytes | bytearray


class Split(NamedTuple):
    """A part of a text: where it lies, the number of its first record, and whether it is read line by line."""

    begins: int
    size: int
    first: int
    is_loose: bool


class DelimitedText:
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
        self._begins, self._splits = len(head), list[Split]()
        self._held = dict[int, pa.Table]()

    def schema(self) -> pa.Schema:
        """Names and types of the columns."""
        return pa.schema([(name, pa.string()) for name in self._names])

    def batches(self, columns: Sequence[str]) -> Iterator[Batch]:
        """Read these columns, at first all of them as far as there is room to hold them, and note where to split."""
        if self._splits:
            yield from (self._batch(split, columns) for split in self._splits)
            return
        begins, first = self._begins, 2
        texts = ((text, None if is_held else columns) for text, is_held in self._texts())
        for part in chain.from_iterable(map_ahead(self._parted, texts)):
            split = Split(begins, part.size, first, is_loose=part.cells is None)
            self._splits.append(split)
            if part.is_whole and part.cells is not None:
                self._held[begins] = part.cells
            yield self._batch(split, columns) if part.cells is None else Batch(first, part.cells)
            begins, first = begins + part.size, first + part.records

    def last_batches(self) -> Iterator[Batch]:
        """Read all columns, and hold none of them any longer."""
        for split in self._splits:
            batch = self._batch(split)
            self._held.pop(split.begins, None)
            yield batch

    def rows(self, batch: Batch, places: pa.Array) -> Iterator[Row]:
        """Rows at some places of a batch; an empty cell is empty text, and a row of blanks is none."""
        for number, row in batch.take(places):
            cells = {name: cell or "" for name, cell in row.items()}
            if not is_blank(list(cells.values())):
                yield number, cells

    def _batch(self, split: Split, only: Sequence[str] | None = None) -> Batch:
        """Read a part of the text once more, if it is not held."""
        if (cells := self._held.get(split.begins)) is not None:
            return Batch(split.first, cells)
        with self._path.open("rb") as file:
            file.seek(split.begins)
            text = file.read(split.size)
        if split.is_loose:
            return Batch(split.first, pa.table({}), tuple(self._rows(text, split.first)))
        return Batch(split.first, self._read(text, only))

    def _texts(self) -> Iterator[tuple[bytearray, bool]]:
        """Split behind whole records, where a record ends soon enough, and say whether there is room to hold it."""
        room = _HELD
        with self._path.open("rb") as file:
            file.seek(self._begins)
            while text := _text(file):
                room -= len(text)
                yield text, room >= 0

    def _parted(self, text: tuple[bytearray, Sequence[str] | None]) -> list["_Part"]:
        """Read a text that is not odd."""
        self._refuse_odd(text[0])
        return list(self._parts(*text))

    def _parts(self, text: Letters, only: Sequence[str] | None) -> Iterator["_Part"]:
        """Read the columns of a text, and narrow down the lines that must be read one by one."""
        try:
            cells = self._read(text, only)
            yield _Part(len(text), len(cells), cells, is_whole=only is None)
        except pa.ArrowInvalid:
            half = _end(text, len(text) // 2) if len(text) > _FEW else 0
            if half:
                yield from self._parts(text[:half], only)
                yield from self._parts(text[half:], only)
            else:
                yield _Part(len(text), len(self._records(text)))

    def _read(self, text: Letters, only: Sequence[str] | None = None) -> pa.Table:
        return pa.csv.read_csv(
            pa.BufferReader(text),
            pa.csv.ReadOptions(column_names=self._names, block_size=_BLOCK, use_threads=False),
            pa.csv.ParseOptions(delimiter=self._delimiter, newlines_in_values=b'"' in text, ignore_empty_lines=False),
            pa.csv.ConvertOptions(
                check_utf8=False,
                column_types=dict.fromkeys(self._names, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                include_columns=only and list(only),
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
        if not is_plain_file(text, self._delimiter):
            raise OddTableError(self._path.name)


class _Part(NamedTuple):
    size: int
    records: int
    cells: pa.Table | None = None
    """What was read by columns."""
    is_whole: bool = False
    """Whether all columns were read."""


def _text(file: io.BufferedReader) -> bytearray:
    """Read so much, and on to the end of a record."""
    text = bytearray(_SIZE)
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
