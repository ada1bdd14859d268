"""Formats: how bytes become numbered rows, whatever the rows mean.

To read a new file format, add one module with `rows` and name it under its suffix here.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from contested.ingest.decompression import unpacked
from contested.ingest.options import Given
from contested.model.problem import Problem, UnreadableFileError

Row = tuple[int, dict[str, Any] | Problem]
"""A row's number as a spreadsheet counts it, and its cells; or why it is no row. What is said of the whole file stands
before its first row."""

FORMATS = {
    ".csv": "delimited",
    ".tsv": "delimited",
    ".txt": "delimited",
    ".json": "json_list",
    ".jsonl": "json_lines",
    ".ndjson": "json_lines",
    ".parquet": "parquet",
    ".xlsx": "workbook",
}
"""The module of each suffix; none is imported before a file needs it, since some are slow to import."""
_COUNTED = {"delimited", "json_lines", "parquet"}
"""Modules that know how many rows there are at most without reading them: `max_row_number`."""
PACKED = ".gz"

_MARKS = {
    b"PK\x03\x04": (".xlsx", "an Excel/zip file", "rename it to .xlsx"),
    b"PAR1": (".parquet", "a Parquet file", "rename it to .parquet"),
    b"\x1f\x8b": (PACKED, "a gzip file", "add .gz to its name"),
    b"\xd0\xcf\x11\xe0": (".xls", "an old Excel file", "save it as .xlsx"),
    b"%PDF": (".pdf", "a PDF", "send the table itself"),
    b"SQLite": (".sqlite", "a SQLite database", "export the table as CSV"),
    b"<": (".html", "HTML or XML", "save it as CSV or .xlsx"),
    b"{": (".json", "JSON", "rename it to .json"),
    b"[": (".json", "JSON", "rename it to .json"),
}
_JSON = {".json", ".jsonl", ".ndjson"}


def import_readers(path: Path) -> None:
    """Import what reading a file will need, so that its limits are left for the file itself."""
    for suffix in path.suffixes:
        if suffix.lower() in FORMATS:
            _reader(suffix.lower())


def max_row_number(path: Path) -> int:
    """Say how far the rows of a file are numbered at most; 0 where that is not known before it is read."""
    name = FORMATS.get(path.suffix.lower(), "")
    return int(import_module(f"contested.ingest.formats.{name}").max_row_number(path)) if name in _COUNTED else 0


def _reader(suffix: str) -> Callable[[Path, Given], Iterator[Row]]:
    read: Callable[[Path, Given], Iterator[Row]] = import_module(f"contested.ingest.formats.{FORMATS[suffix]}").rows
    return read


def rows(path: Path, given: Given | None = None) -> Iterator[Row]:
    """Read the rows of a file by its suffix, if its content is what the suffix says."""
    if not path.is_file():
        raise UnreadableFileError(
            path.name, Problem("E-FILE-NONE", None, None, None, f"there is no file {path}", "check the name")
        )
    suffix = path.suffix.lower()
    if suffix == PACKED:
        _refuse_other_content(path, suffix)
        return _unpacked(path, given)
    if suffix not in FORMATS:
        reason, fix = "not a format we read", f"send one of {', '.join(FORMATS)}, or one of them as {PACKED}"
        raise UnreadableFileError(path.name, Problem("E-FILE-TYPE", None, None, suffix, reason, fix))
    _refuse_other_content(path, suffix)
    return _reader(suffix)(path, given or Given(path.name))


def _unpacked(path: Path, given: Given | None) -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        yield from rows(unpacked(path, Path(folder)), given)


def _refuse_other_content(path: Path, suffix: str) -> None:
    """Refuse a file that is something else than its name says."""
    with path.open("rb") as file:
        start = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, (kind, what, fix) in _MARKS.items():
        if start.startswith(mark) and not (kind == suffix or {kind, suffix} <= _JSON):
            value = "".join(chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}" for byte in mark)  # noqa: PLR2004
            reason = f"this is {what} named {suffix}"
            raise UnreadableFileError(path.name, Problem("E-FILE-TYPE", None, None, value, reason, fix))
    if suffix == PACKED and not start.startswith(b"\x1f\x8b"):
        reason = f"named {suffix} but not packed"
        raise UnreadableFileError(path.name, Problem("E-FILE-TYPE", None, None, None, reason, "take .gz off its name"))
