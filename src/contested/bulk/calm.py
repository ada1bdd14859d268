"""Calm: a column of text in which no letter needs a second look, found without reading cell by cell.

Its letters are those of a typewriter, no cell begins or ends with a blank, and none is too long.
"""

import numpy as np
import pyarrow as pa

from contested.letters import LONGEST

_FIRST, _MANY = 0x20, 0x5F
"""The blank, and how many letters a typewriter has, beginning with it."""


def is_calm(cells: pa.ChunkedArray) -> bool:
    """Say whether a column is calm; words that are held once are looked at once."""
    return all(_is_calm(chunk.dictionary if pa.types.is_dictionary(chunk.type) else chunk) for chunk in cells.chunks)


def _is_calm(words: pa.StringArray) -> bool:
    if not pa.types.is_string(words.type):
        return False
    _, places, content = words.buffers()
    if content is None or not len(words):
        return True
    ends = np.frombuffer(places, np.int32, len(words) + 1, 4 * words.offset)
    letters = np.frombuffer(content, np.uint8, ends[-1] - ends[0], ends[0])
    long = np.diff(ends)
    begun = ends[:-1][long > 0] - ends[0]
    edges = letters[np.concatenate((begun, begun + long[long > 0] - 1))]
    return bool((letters - _FIRST < _MANY).all() and (edges != _FIRST).all() and long.max() <= LONGEST)
