"""A square code of an address, always dark on white, since a camera reads no other."""

import io

import segno

_DARK, _WHITE = "black", "white"


def drawn(address: str, kind: str) -> bytes:
    """Draw the code of an address as `png` or `svg`."""
    file = io.BytesIO()
    segno.make(address, error="m").save(file, kind=kind, scale=8, border=4, dark=_DARK, light=_WHITE)
    return file.getvalue()
