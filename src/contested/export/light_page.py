"""A light page: HTML that needs nothing but itself, for a file, for a screen in a room, for a frame on another page.

It asks nobody for anything: style, script and font are in it, and its policy lets it run no other script and, unless a
server is to be asked, reach nothing.
"""

import base64
import hashlib
from typing import NamedTuple

from contested.drawing import html
from contested.theme import FONT, css

NOTHING, OWN_SERVER = "'none'", "'self'"
"""What a page may ask."""
_STYLE = """
:root { color-scheme: light dark; }
* { box-sizing: border-box; }
html { background: var(--page); color: var(--text); font-family: FAMILY; -webkit-text-size-adjust: 100%; }
body { margin: 0; }
h1, h2, h3, p, dl, dd, figure { margin: 0; }
h1, h2, h3 { color: var(--ink); line-height: 1.2; text-wrap: balance; }
a { color: inherit; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
[hidden] { display: none !important; }
:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
svg { forced-color-adjust: none; }
"""


class Page(NamedTuple):
    """A page, and the policy that it keeps to; a server says it in a header too."""

    html: str
    policy: str


def page(  # noqa: PLR0913 the parts of a page
    title: str,
    body: str,
    *,
    script: str = "",
    style: str = "",
    head: str = "",
    asks: str = NOTHING,
    font: bytes | str = b"",
) -> Page:
    """Write a page around a body; `head` is written into its head as it stands.

    `font` is that of the figures as WOFF2, or its address on the same server; without it a reader's own stands in, and
    words may be wider than reckoned.
    """
    policy = _policy(script, asks, OWN_SERVER if isinstance(font, str) else "data:")
    written = f"<script>{script}</script>" if script else ""
    return Page(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{html(policy)}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="referrer" content="no-referrer">'
        f"<title>{html(title)}</title>{head}"
        f"<style>{face(font)}:root{{{css()}}}{_STYLE.replace('FAMILY', FONT)}{style}</style></head>"
        f"<body>{body}{written}</body></html>",
        policy,
    )


def _policy(script: str, asks: str, fonts: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    rules = {
        "default-src": NOTHING,
        "script-src": f"'sha256-{digest}'" if script else NOTHING,
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "font-src": fonts,
        "connect-src": asks,
        "base-uri": NOTHING,
        "form-action": NOTHING,
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def face(font: bytes | str) -> str:
    """Write the rule by which a page has a font, given as WOFF2 or its address; nothing without one."""
    if not font:
        return ""
    where = font if isinstance(font, str) else f"data:font/woff2;base64,{base64.b64encode(font).decode()}"
    family = FONT.split(",", maxsplit=1)[0]
    return f"@font-face{{font-family:{family};font-weight:200 900;src:url({where})}}"
