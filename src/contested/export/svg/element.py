"""An element of SVG as text: every attribute and every word is escaped here."""

from collections.abc import Mapping
from html import escape

NAMESPACE = "http://www.w3.org/2000/svg"
_NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))
"""Characters that no XML may hold, not even escaped."""


def tag(name: str, attributes: Mapping[str, object], inner: str = "") -> str:
    """Write an element around what is written already; an attribute that is empty is left out."""
    written = "".join(f' {key}="{text(value)}"' for key, value in attributes.items() if value not in {None, ""})
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def text(value: object) -> str:
    """Escape words, or a number to a hundredth of a px."""
    words = f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return escape(words.translate(_NOT_XML), quote=True)
