"""Calm: a column of text in which no letter needs a second look, found without reading cell by cell.

Its letters are those of a typewriter, no cell begins or ends with a blank, and none is too long, or of no letters.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from contested.ingest.characters import LONGEST

_BLANK, _LAST = ord(" "), ord("~")
"""The first letter of a typewriter and the last."""


def is_calm(cells: pa.ChunkedArray) -> bool:
    """Say whether a column is calm; words that are held once are looked at once."""
    return all(_is_calm(chunk.dictionary if pa.types.is_dictionary(chunk.type) else chunk) for chunk in cells.chunks)


def _is_calm(words: pa.StringArray) -> bool:
    if not pa.types.is_string(words.type):
        return False
    shortest, longest = pc.min_max(pc.binary_length(words)).values()
    if longest.as_py() is None:
        return True
    _, places, content = words.buffers()
    ends = np.frombuffer(places, np.int32, len(words) + 1, 4 * words.offset)
    return 0 < shortest.as_py() <= longest.as_py() <= LONGEST and _are_calm(content, ends)


def _are_calm(content: pa.Buffer, ends: npt.NDArray[np.int32]) -> bool:
    """Look at the letters between the first end and the last; beside an empty cell lies an edge of another."""
    letters = np.frombuffer(content, np.uint8, ends[-1] - ends[0], ends[0])
    edges = letters.take(np.concatenate((ends[:-1], ends[1:] - 1)) - ends[0], mode="clip")
    return bool(letters.min() >= _BLANK and letters.max() <= _LAST and edges.min() > _BLANK)
