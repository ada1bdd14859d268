"""Plain: a text of cells that everybody reads in the same way, so that it can be read by its columns."""

import numpy as np

_BLOCK = 1 << 20


def is_plain(text: bytes | bytearray, delimiter: str) -> bool:
    """Say whether no other reader might take a text for other cells than we do."""
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
