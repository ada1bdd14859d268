"""A chart as a picture that stands alone: its title above, whose figures and as of when below, written as SVG."""

from typing import NamedTuple

from contested.answers import Answer
from contested.drawing import wrapped
from contested.export.claim_table import Claims
from contested.export.font import font
from contested.export.light_page import face
from contested.export.svg import element, svg
from contested.model.problem import UnfitExportError
from contested.model.wording import listing
from contested.theme import FONT, LIGHT, WIDTHS

LIMITS = "the numbers behind its marks, the doubt in words and who says what: these are in the table and the sources."
_DRAWN, _PAD, _GAP, _CREDITED = WIDTHS[2], 28, 10, 2
WIDTH = _DRAWN + 2 * _PAD
"""How many px a picture is wide."""


class _Text(NamedTuple):
    """Lines above or below a figure."""

    lines: list[str]
    size: int
    line: int
    weight: int
    colour: str

    @property
    def height(self) -> int:
        return len(self.lines) * self.line + _GAP if self.lines else 0

    def written(self, top: float) -> str:
        look = {"font-size": self.size, "font-weight": self.weight, "fill": LIGHT[self.colour], "x": _PAD}
        places = (top + self.line * (number + 0.8) for number in range(len(self.lines)))
        return "".join(
            element.tag("text", look | {"y": float(y)}, element.text(line))
            for y, line in zip(places, self.lines, strict=True)
        )


def picture(found: Answer, width: int = _DRAWN) -> bytes:
    """Write the figure of a width with its title, definition, fine print, source, stamp and licence."""
    figure = found.figure(width)
    title = _text(found.title, width, 24, 30, 700, "ink")
    subtitle = _text(found.subtitle, width, 15, 20, 400, "text")
    fine, note = (_text(words, width, 13, 18, 400, "quiet") for words in (found.fine, _note(found)))
    drawn, high = svg(figure, found.alt), figure["layout"]["height"]
    top = _PAD + title.height + subtitle.height
    below = top + high + _GAP
    whole, tall = width + 2 * _PAD, below + fine.height + note.height + _PAD
    body = "".join(
        (
            element.tag("title", {}, element.text(found.title)),
            element.tag("desc", {}, element.text(f"{found.alt} {found.caveat} Not in it: {LIMITS}")),
            f"<style>{face(font())}</style>",
            element.tag("rect", {"width": whole, "height": tall, "fill": LIGHT["page"]}),
            title.written(_PAD),
            subtitle.written(_PAD + title.height),
            element.tag("g", {"transform": f"translate({_PAD} {top:g})"}, drawn),
            fine.written(below),
            note.written(below + fine.height),
        )
    )
    frame = {"xmlns": element.NAMESPACE, "viewBox": f"0 0 {whole} {tall}", "width": whole, "height": tall}
    return element.tag("svg", frame | {"font-family": FONT.replace('"', "'")}, body).encode()


def of_claims(_: Claims) -> bytes:
    """Refuse: the claims of a story are no one picture."""
    message = "a story is no one picture: name a chart, or export the story as html or pdf"
    raise UnfitExportError(message)


def _text(words: str, width: int, size: int, line: int, weight: int, colour: str) -> _Text:  # noqa: PLR0913, PLR0917 its look
    return _Text(wrapped(words, width, size) if words else [], size, line, weight, colour)


def _note(found: Answer) -> str:
    publishers = found.publishers
    more = len(publishers) - _CREDITED
    named = [*publishers[:_CREDITED], *([f"{more} more"] if more > 0 else [])]
    source = f"Source: {listing(named)}" if named else ""
    return " · ".join(filter(None, (source, found.stamp(), found.story.package.licence())))
