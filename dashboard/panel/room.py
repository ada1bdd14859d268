"""How much room a chart has, so that it is drawn for that width alone.

The browser says how wide its window is in a cookie, before it asks for the first answer; what a chart has of it follows
from the layout of the page, as `style.css` has it. Where the window is changed later, a chart says so itself.
"""

import streamlit as st

from contested.theme import WIDTHS

COOKIE = KEPT = "window_width"
USUAL = 1280
"""The width of a window that says none, in px."""
NARROWEST, WIDEST = 100, 20_000
COLUMN, GUTTER, NARROW_GUTTER, PHONE = 1200, 32, 16, 760
"""The column of a page, the space at its sides, the same on a phone, and the widest window that counts as one."""
LEAST_HALF, BESIDE, GAP, LEAST = 400, 384, 16, 328
"""The least of half a column, what may stand beside a chart, the gap between, and the least that the chart keeps."""
NOTICE = (
    "Each page says how wide its window is, in a cookie (`window_width`) that goes when the browser is closed, so that "
    "its charts are drawn for that width."
)


def window() -> int:
    """Give how wide the window is; what a browser sends is not trusted."""
    return read(st.session_state.get(KEPT)) or read(st.context.cookies.get(COOKIE)) or USUAL


def keep(told: object) -> None:
    """Keep the width of a window that has changed."""
    if width := read(told):
        st.session_state[KEPT] = width


def read(told: object) -> int | None:
    """Read the width of a window that may be one."""
    words = str(told)
    is_number = words.isascii() and words.isdecimal() and len(words) <= len(str(WIDEST))
    return int(words) if is_number and NARROWEST <= int(words) <= WIDEST else None


def of_page(window: int) -> int:
    """Give the room of a chart that has the whole column."""
    return min(window - 2 * _gutter(window), COLUMN)


def of_half(window: int) -> int:
    """Give the room of a chart that stands beside another, where two have room."""
    page = of_page(window)
    half = (page - _gutter(window)) // 2
    return half if half >= LEAST_HALF else page


def beside(room: int) -> int:
    """Give what something leaves that stands beside the chart; where that were too little it goes below."""
    left = room - BESIDE - GAP
    return left if left >= LEAST else room


def width_for(room: int) -> int:
    """Give the widest width of a figure that fits, or the least."""
    return max((one for one in WIDTHS if one <= room), default=WIDTHS[0])


def _gutter(window: int) -> int:
    return NARROW_GUTTER if window <= PHONE else GUTTER
