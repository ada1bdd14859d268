"""Words of a figure as SVG: the few tags that our charts set within them, read and written anew."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Any

from contested.drawing import text_width
from contested.export.svg.element import tag, text
from contested.export.svg.paper import Paper, reference

_LINE, _ASCENT, _HEIGHT = 1.3, 0.98, 1.26
"""Of the size of a text: from line to line, and how high letters stand in a line and how high that is."""
_SLACK = 5
"""How many px the ground of a text is wider, for its width is only reckoned."""
_ANCHORS = {"center": "middle", "right": "end"}
_DOWN = {"top": 0.0, "middle": 0.5, "bottom": 1.0}
"""How much of its height a text stands above its place."""


@dataclass(frozen=True)
class Run:
    """Words of one look."""

    words: str = ""
    is_bold: bool = False
    colour: str | None = None
    size: float | None = None


class _Reader(HTMLParser):
    """Reads lines of runs; a tag that charts do not set changes nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[Run]] = [[]]
        self._looks = [Run()]

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        if name == "br":
            self.lines.append([])
            return
        look, style = self._looks[-1], dict(attributes).get("style") or ""
        said = dict(part.split(":", 1) for part in style.split(";") if ":" in part)
        if name == "b":
            look = replace(look, is_bold=True)
        if "color" in said:
            look = replace(look, colour=said["color"].strip())
        if "font-size" in said:
            look = replace(look, size=float(said["font-size"].strip().removesuffix("px")))
        self._looks.append(look)

    def handle_endtag(self, name: str) -> None:
        if name != "br" and len(self._looks) > 1:
            self._looks.pop()

    def handle_data(self, data: str) -> None:
        self.lines[-1].append(replace(self._looks[-1], words=data))


def lines(markup: str) -> list[list[Run]]:
    """Read the lines of a text."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.lines


def plain(markup: str) -> str:
    """Give the words of a text alone, its lines joined."""
    return "; ".join("".join(run.words for run in line) for line in lines(markup))


@dataclass(frozen=True)
class Block:
    """A text at a place in px: which of its edges stands there, and how it looks."""

    markup: str
    x: float
    y: float
    colour: str
    size: float
    anchor: str = "left"
    yanchor: str = "middle"
    align: str = ""
    ground: str | None = None


def block(one: Block, paper: Paper) -> str:
    """Write a text of some lines, each placed by itself."""
    told = lines(one.markup)
    wide = max((_wide(line, one.size) for line in told), default=0)
    high = (len(told) - 1) * _LINE * one.size + _HEIGHT * one.size
    left = one.x - {"left": 0, "center": wide / 2, "right": wide}[one.anchor]
    top = one.y - _DOWN[one.yanchor] * high
    align = one.align or one.anchor
    at = left + {"left": 0, "center": wide / 2, "right": wide}[align]
    written = "".join(
        _line(line, (at, top + (_ASCENT + number * _LINE) * one.size), one, align, paper)
        for number, line in enumerate(told)
        if line
    )
    if one.ground is None:
        return written
    begin = left - {"left": 0, "center": _SLACK / 2, "right": _SLACK}[one.anchor]
    box = {"x": begin, "y": top, "width": wide + _SLACK, "height": high}
    return tag("rect", {**box, "fill": paper.colour(one.ground)}) + written


def _line(line: list[Run], at: tuple[float, float], one: Block, align: str, paper: Paper) -> str:
    look = {"x": at[0], "y": at[1], "font-size": one.size, "fill": paper.colour(one.colour)}
    runs = "".join(_run(run, paper) for run in line)
    return tag("text", look | {"text-anchor": "" if align == "left" else _ANCHORS[align]}, runs)


def _run(run: Run, paper: Paper) -> str:
    look = {"font-weight": "700" if run.is_bold else "", "font-size": run.size or ""}
    look["fill"] = paper.colour(run.colour) if run.colour else ""
    return tag("tspan", look, text(run.words)) if any(look.values()) else text(run.words)


def _wide(line: list[Run], size: float) -> float:
    return sum(text_width(run.words, run.size or size) for run in line)


def note(placed: Mapping[str, Any], paper: Paper) -> str:
    """Write a note where it stands; an axis counts px to the right, and shifts go up."""
    x = paper.at(reference(placed, "x"), placed["x"]) + placed.get("xshift", 0)
    y = paper.at(reference(placed, "y"), placed["y"]) - placed.get("yshift", 0)
    font, ground = placed["font"], placed.get("bgcolor")
    anchors = placed.get("xanchor", "center"), placed.get("yanchor", "middle")
    made = Block(placed["text"], x, y, font["color"], font["size"], *anchors, placed.get("align", ""), ground)
    return block(made, paper)
