"""A picture as PNG, painted from its SVG by typst, an extra; what the picture says is in the file as text too."""

import struct
import zlib

from contested.answers import Answer
from contested.export import about, picture
from contested.model.problem import UnfitExportError

LACKING = "PNG needs typst, which is not installed: install contested[report]; or take the chart as svg"
_TEMPLATE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: int(sys.inputs.width) * 1pt)
"""
_DOTS = 144
"""Dots to 72 px of the drawing: two a px, for a sharp screen or a slide."""
_HEAD = 33
"""How many bytes stand before the first part of a PNG that may be a text: its signature and its size."""


def png(found: Answer) -> bytes:
    """Paint a chart with its title, source and stamp."""
    written = painted(picture.picture(found).decode(), picture.WIDTH)
    return _saying(written, found.title, "\n".join(about.of_answer(found).lines(picture.LIMITS)))


def painted(svg: str, width: int) -> bytes:
    """Paint an SVG so many px wide; raises `UnfitExportError` where typst is not installed."""
    try:
        import typst  # noqa: PLC0415 an extra
    except ImportError:
        raise UnfitExportError(LACKING) from None
    told = {"svg": svg, "width": str(width)}
    return bytes(typst.compile(_TEMPLATE, sys_inputs=told, ignore_system_fonts=True, format="png", ppi=_DOTS))


def _saying(png: bytes, title: str, description: str) -> bytes:
    """Write a title and a description into a PNG."""
    texts = b"".join(_text(name, words) for name, words in (("Title", title), ("Description", description)))
    return png[:_HEAD] + texts + png[_HEAD:]


def _text(name: str, words: str) -> bytes:
    """Write a part of a PNG that holds a text in UTF-8, as it is."""
    part = b"iTXt" + name.encode() + b"\0\0\0\0\0" + words.encode()
    return struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
