"""The colours, shapes and sizes of every chart and page: the only place where they are written.

Each account has a colour and a shape; a colour never stands without its shape or the name. Figures are drawn in the
light colours, and a dark page puts `DARK_OF` each in its place. Marks reach 3:1 and texts 4.5:1 on either page, and the
colours stay apart for colour-blind eyes (tested).
"""

from collections.abc import Sequence
from typing import Any

Figure = dict[str, Any]
"""A Plotly figure as plain data: `{"data": [...], "layout": {...}}`."""
Trace = dict[str, Any]

LIGHT = {
    "page": "#FFFFFF",
    "ink": "#1A1A1A",
    "text": "#333333",
    "quiet": "#646460",
    "grid": "#E6E6E2",
    "rule": "#D4D4CE",
    "axis": "#8A8A85",
    "midnight": "#A9A9A3",
    "silent": "#F4F4F1",
    "hover": "#F0F0EC",
    "amber": "#FDF3DC",
    "blue": "#EDF4FB",
}
"""Titles and values (ink), running text, grey text, lines of a grid, edges of fields (rule), the zero of an axis, the
line of midnight, the band of the silent, what is pointed at, what cannot both be true (amber), what agrees (blue)."""
DARK = {
    "page": "#16171A",
    "ink": "#F1F1EE",
    "text": "#D6D6D2",
    "quiet": "#9C9C97",
    "grid": "#2B2D31",
    "rule": "#3A3C41",
    "axis": "#77777A",
    "midnight": "#5A5C62",
    "silent": "#1F2024",
    "hover": "#26282C",
    "amber": "#2F2717",
    "blue": "#1A2838",
}
MARKS = ("#507BB3", "#875A00", "#715295", "#7C8187", "#AA436B", "#006D57", "#A67259")
"""The colours of marks, in the order of the accounts."""
LABELS = ("#456FA6", "#875A00", "#715295", "#6B6F75", "#AA436B", "#006D57", "#96634B")
"""The colours of the names and labels that belong to these marks."""
DARK_MARKS = ("#79B9F2", "#BE9449", "#A084D7", "#B0B6BC", "#D86E85", "#0EA09B", "#E2AA86")
"""The colours of marks and labels on the dark page."""
_SHARES = (0.08, 0.26, 0.44, 0.64, 0.84)
_DEEP = 0.35


def _mixed(one: str, other: str, share: float) -> str:
    """Mix two colours, so much of the second."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(first * (1 - share) + second * share):02X}" for first, second in pairs)


def _ramp(mark: str, page: str, ink: str) -> tuple[str, ...]:
    return (*(_mixed(page, mark, share) for share in _SHARES), _mixed(mark, ink, _DEEP))


RAMPS = tuple(_ramp(mark, LIGHT["page"], LIGHT["ink"]) for mark in MARKS)
"""For each colour of marks six steps from little to much, for the cells of a week."""
_DARK_RAMPS = tuple(_ramp(mark, DARK["page"], DARK["ink"]) for mark in DARK_MARKS)
DARK_OF = (
    {light: DARK[name] for name, light in LIGHT.items()}
    | dict(zip((*MARKS, *LABELS), DARK_MARKS * 2, strict=True))
    | {light: dark for pair in zip(RAMPS, _DARK_RAMPS, strict=True) for light, dark in zip(*pair, strict=True)}
)
"""The dark colour that a dark page shows in place of each light one."""
FONT = '"Source Sans", "Source Sans 3", "Helvetica Neue", Arial, sans-serif'
CLEAR = "rgba(0,0,0,0)"
SMALLEST, NAME, VALUE = 13, 14, 15
"""Sizes of text in px: labels and ticks, names of accounts in a chart, a value at its bar, a title."""
NARROW = 480
"""A figure less wide than this, in px, is drawn for a phone: names stand above their lanes."""
WIDTHS = (328, 560, 784, 1160)
"""The widths in px that a figure is drawn for; a page shows the widest that fits."""

SYMBOLS = ("circle", "square", "diamond", "cross", "triangle-up", "hexagon", "star")
INK = LIGHT["ink"]
LIGHT_PAGE, DARK_PAGE = LIGHT["page"], DARK["page"]
GRID = LIGHT["grid"]
NOTHING: Trace = {"type": "scatter", "x": [None], "y": [None], "hoverinfo": "skip"}
"""What stands for no marks at all; Streamlit takes a figure without a trace for an error."""


_NEXT_ROUND = 3
"""Grey comes first in the second round."""
CARRIED = 50
"""How many rows or claims a mark carries at most: as many as a page shows when the mark is opened."""


def carried(numbers: Sequence[Any]) -> Sequence[Any]:
    """Give what a mark carries of the rows or claims behind it: the first, and less than none for so many others."""
    return numbers if len(numbers) <= CARRIED + 1 else [*numbers[:CARRIED], CARRIED - len(numbers)]


def hue(index: int) -> int:
    """Say which of the seven colours the nth account has.

    Later rounds begin elsewhere: the eighth account would else wear the colour of the first, often a side's.
    """
    return (index + index // len(MARKS) * _NEXT_ROUND) % len(MARKS)


def colour(index: int) -> str:
    """Give the colour of the marks of the nth account."""
    return MARKS[hue(index)]


def label_colour(index: int) -> str:
    """Give the colour of the name and the labels of the nth account."""
    return LABELS[hue(index)]


def ramp(index: int) -> tuple[str, ...]:
    """Give the six steps from little to much in the colour of the nth account."""
    return RAMPS[hue(index)]


def css() -> str:
    """Give every colour as a custom property of a page: `--ink`, `--m0` of marks, `--l0` of labels, `--r0-0` of ramps.

    Each is both, the light and the dark one, of which the page's own `color-scheme` chooses.
    """
    return ";".join(f"--{name}:light-dark({light},{dark})" for name, (light, dark) in _PROPERTIES.items())


def custom_property(colour: str) -> str:
    """Give what stands for a colour of a figure on a page that has the custom properties."""
    return f"var(--{_NAMES[colour]})" if colour in _NAMES else colour


def _properties() -> dict[str, tuple[str, str]]:
    """Name each colour, the light and the dark one."""
    pairs = {name: (light, DARK[name]) for name, light in LIGHT.items()}
    for letter, lights in (("m", MARKS), ("l", LABELS)):
        pairs |= {f"{letter}{number}": pair for number, pair in enumerate(zip(lights, DARK_MARKS, strict=True))}
    for number, ramps in enumerate(zip(RAMPS, _DARK_RAMPS, strict=True)):
        pairs |= {f"r{number}-{step}": pair for step, pair in enumerate(zip(*ramps, strict=True))}
    return pairs


_PROPERTIES = _properties()
_NAMES = {light: name for name, (light, _) in reversed(_PROPERTIES.items())}


def symbol(index: int, *, hollow: bool = False) -> str:
    """Give the shape of the nth account; hearsay is hollow."""
    return SYMBOLS[index % len(SYMBOLS)] + ("-open" if hollow else "")


def plain(text: str) -> str:
    """Keep text from being read as markup: Plotly takes tags and entities in titles, labels and hovers."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("%{", "%&#123;")
