"""Plain text: delimited text that every reader splits into the same cells, and columns without any odd letter."""

from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from contested.ingest.characters import LONGEST

_BLOCK = 1 << 20
_BLANK, _LAST = ord(" "), ord("~")
"""The first printable character of ASCII and the last."""
_IN_UTC, _AHEAD = pa.array([17, 20], pa.int32()), pa.array([22, 25], pa.int32())
"""How many letters there are to the minute or the second, and then `Z` or an offset such as `+06:00`."""
_EARLY, _LATE = datetime(1900, 1, 5, tzinfo=UTC), datetime(2099, 12, 30, tzinfo=UTC)
"""Before and after these, programs write times where they know none."""


def is_plain_file(text: bytes | bytearray, delimiter: str) -> bool:
    """Say whether no other reader might split delimited text into other cells than we do."""
    ends_plainly = b"\r" not in text or text.count(b"\r") == text.count(b"\r\n")
    return ends_plainly and b"\0" not in text and _quotes_are_plain(text, delimiter) and _is_utf_8(text)


def _quotes_are_plain(text: bytes | bytearray, delimiter: str) -> bool:
    """Say whether each mark that opens a cell stands at its beginning, and each that closes one at its end."""
    letters = np.frombuffer(text, np.uint8)
    places = range(0, len(letters), _BLOCK)
    marks = np.concatenate([np.flatnonzero(letters[at : at + _BLOCK] == ord('"')) + at for at in places])
    around = letters.take(np.concatenate((marks[::2] - 1, marks[1::2] + 1)), mode="clip")
    is_edge = np.isin(np.arange(256), [ord(letter) for letter in f'{delimiter}\r\n"'])
    return len(marks) % 2 == 0 and bool(is_edge[around].all())


def _is_utf_8(text: bytes | bytearray) -> bool:
    try:
        return text.isascii() or bool(text.decode())
    except UnicodeDecodeError:
        return False


def is_plain_text(cells: pa.ChunkedArray) -> bool:
    """Say whether a column of text holds printable ASCII only, no empty cell, no blank at an edge, and no long cell."""
    return all(_is_plain(chunk.dictionary if pa.types.is_dictionary(chunk.type) else chunk) for chunk in cells.chunks)


def _is_plain(words: pa.StringArray) -> bool:
    if not pa.types.is_string(words.type):
        return False
    shortest, longest = pc.min_max(pc.binary_length(words)).values()
    if longest.as_py() is None:
        return True
    _, places, content = words.buffers()
    ends = np.frombuffer(places, np.int32, len(words) + 1, 4 * words.offset)
    return 0 < shortest.as_py() <= longest.as_py() <= LONGEST and _is_printable(content, ends)


def _is_printable(content: pa.Buffer, ends: npt.NDArray[np.int32]) -> bool:
    """Look at the letters between the first end and the last; beside an empty cell lies an edge of another."""
    letters = np.frombuffer(content, np.uint8, ends[-1] - ends[0], ends[0])
    edges = letters.take(np.concatenate((ends[:-1], ends[1:] - 1)) - ends[0], mode="clip")
    return bool(letters.min() >= _BLANK and letters.max() <= _LAST and edges.min() > _BLANK)


def plain_instants(cells: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Read a column of text whose filled cells are all written like 2020-02-07T17:00:05Z or +06:00; no other column."""
    if not (pa.types.is_string(cells.type) or pa.types.is_dictionary(cells.type)):
        return None
    words = cells.cast(pa.string())
    letters = pc.binary_length(words)
    in_utc = pc.and_(pc.is_in(letters, _IN_UTC), pc.ends_with(words, "Z"))
    if not pc.all(pc.or_(in_utc, words.is_null())).as_py():
        ahead = pc.and_(pc.is_in(letters, _AHEAD), pc.match_substring_regex(words, r"[+-]\d\d:\d\d$"))
        if not pc.all(pc.or_(pc.or_(in_utc, ahead), words.is_null())).as_py():
            return None
    try:
        read = words.cast(pa.timestamp("us", "UTC"))
    except pa.ArrowInvalid:
        return None
    first, last = pc.min_max(read).values()
    return read if first.as_py() >= _EARLY and last.as_py() <= _LATE else None
