"""The mount of a chart: what is sent to the component in the browser, and the mark that comes back.

Streamlit sends a page in the order in which it is written, and the browser draws it several times while it comes: a
chart below the title, the filters and the findings would wait for all of them. So when a page is run again its charts
are sent before all else of it (`show_first`), and the browser repaints those that stand on it at once. What is then
sent to their places (`show`) only says that they stand there.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from browser_component import BrowserComponent
from contested.theme import DARK_OF, LIGHT, WIDTHS, Figure, Trace
from panel import plotly_script, room

COMPONENT = BrowserComponent("panel", Path(__file__).parent / "browser", ("panel.js", "picture.js"), "panel.css")


class Drawn(NamedTuple):
    """A figure, and the width in pixels that it is drawn for."""

    width: int
    figure: Figure


def drawn(draw: Callable[[int], Figure], place: int) -> Drawn:
    """Draw a figure for a place so wide."""
    width = room.width_for(place)
    return Drawn(width, draw(width))


class Chart(NamedTuple):
    """What a chart shows: the mark named `chosen` gets a frame, those named in `new` are marked as new."""

    key: str
    drawn: Drawn
    alt: str
    chosen: str | None = None
    new: Collection[str] = ()

    def sent(self) -> dict[str, Any]:
        """Give what the browser needs to draw it."""
        figures = _sent({self.drawn.width: self.drawn.figure})
        place = {"widths": WIDTHS, "window": room.window(), "dark": DARK_OF}
        said = {"alt": self.alt, "chosen": self.chosen, "fresh": list(self.new)}
        return {"key": self.key, "figures": figures} | place | said


class First(NamedTuple):
    """What was sent before all else of a view, by the keys of its charts."""

    view: str
    sent: dict[str, dict[str, Any]]


_FIRST = "charts-first"


def show_first(view: str, charts: Iterable[Chart]) -> None:
    """Send the charts of a view before all else of it, each as soon as it is there, if they stand on the page by now.

    Where the view is another one than before, none does, and it comes as it is written.
    """
    before: First | None = st.session_state.get(_FIRST)
    st.session_state[_FIRST] = first = First(view, {})
    with st.container(key=_FIRST):  # always there: what comes and goes before a chart would mount it anew
        for chart in charts if before and before.view == view else ():
            first.sent[chart.key] = chart.sent()
            _mount(f"{chart.key}-first", first.sent[chart.key] | {"isFirst": True})


def show(chart: Chart, on_pick: Callable[[str], None] = lambda _: None) -> None:
    """Show a chart, and call `on_pick` with the name of each mark that is clicked or picked by Enter.

    It is drawn in light colours: where the page is dark, the browser puts the dark ones in their place. Where it has
    less room than it is drawn for it is made smaller; where another width would fit, the browser says how wide the
    window is now.
    """
    key, data, first = chart.key, chart.sent(), st.session_state.get(_FIRST)
    _mount(
        key,
        {"key": key} if first and first.sent.get(key) == data else data,
        on_mark_change=lambda: on_pick(st.session_state[key]["mark"]),
        on_window_change=lambda: room.keep(st.session_state[key]["window"]),
    )


def pictures(key: str, chart: str, figures: Mapping[int, Figure], name: str, texts: Mapping[str, str]) -> None:
    """Show the buttons that save a chart as PNG or SVG, made in the browser: 1600 by 900 pixels, or as it is shown.

    A picture stands alone, in light colours: of the `texts`, title and subtitle stand above it, and below it the note,
    which says whose figures these are, and as of when. `chart` is the key under which the chart is shown; without
    `figures`, those that are shown are taken. `name` is that of the file.
    """
    picture = {"chart": chart, "figures": _sent(figures), "light": LIGHT, "name": name, "texts": dict(texts)}
    _mount(key, {"picture": picture})


def _mount(key: str, data: dict[str, Any], **events: Callable[[], None]) -> None:
    COMPONENT.mount(key=key, data=data | {"plotly": plotly_script.URL}, **events)


def marks(figure: Figure) -> dict[str, list[int]]:
    """Map the name of each mark of a figure to the numbers of the rows that it draws."""
    return {
        name: rows
        for trace, names in _named(figure)
        for name, rows in zip(names, trace.get("customdata", ()), strict=True)
    }


def _sent(figures: Mapping[int, Figure]) -> dict[str, str]:
    """Write figures as JSON, with the name of each mark in the place of its rows, which the browser does not need."""
    return {str(width): json.dumps(_with_names(figure), allow_nan=False) for width, figure in figures.items()}


def _with_names(figure: Figure) -> Figure:
    traces = [trace | {"customdata": names} if names else trace for trace, names in _named(figure)]
    return figure | {"data": traces}


def _named(figure: Figure) -> Iterator[tuple[Trace, list[str]]]:
    """Name the marks of each trace, short enough for a link, by their words; what only sounds alike by its order."""
    alike: dict[str, list[list[int]]] = {}
    for trace in figure["data"]:
        behind, words = trace.get("customdata", ()), trace.get("hovertext", "")
        names = []
        for rows, said in zip(behind, [words] * len(behind) if isinstance(words, str) else words, strict=True):
            known = alike.setdefault(said, [])
            if rows not in known:
                known.append(rows)
            names.append(hashlib.sha256(f"{said} {known.index(rows)}".encode()).hexdigest()[:12])
        yield trace, names
