"""Plain text: delimited text that every reader splits into the same cells, and columns without any odd letter."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from contested.ingest.characters import LONGEST

_BLOCK = 1 << 20
_BLANK, _LAST = ord(" "), ord("~")
"""The first printable character of ASCII and the last."""


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
