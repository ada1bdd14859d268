"""The row of the silent: several who say nothing share one pale row, in which each is named after its shape.

The last ones, where there is no room, are counted. Places are px from the left edge of the plot.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from contested.drawing import Shape, box, glyph, note, shortened, text_width
from contested.query.legend import Legend
from contested.theme import LIGHT, label_colour

FOOT, LINE = 26, 20
"""In px: how high a row of one line is, and each line more."""
_LONGEST, _INSET, _BETWEEN = 24, 8.0, 14
"""How many letters of a name stand there, and in px: what the first text keeps from the edge, and one from another."""


class Quiet(NamedTuple):
    """One who says nothing: an account, or a closed group of some."""

    label: str
    number: int
    shape: int


def quiet_of(legend: Legend, heard: Collection[str]) -> tuple[list[Quiet], list[str]]:
    """Give the lanes of which no voice is heard, and in words how many voices of a closed group are not."""
    unheard = {lane: [voice for voice in lane.voices if voice.key not in heard] for lane in legend.lanes()}
    quiet = [Quiet(lane.label, lane.number, lane.shape) for lane, those in unheard.items() if those == [*lane.voices]]
    parts = {lane.label: len(those) for lane, those in unheard.items() if those and those != [*lane.voices]}
    return quiet, members_of(parts, is_after=bool(quiet))


def members_of(quiet: Mapping[str, int], *, is_after: bool) -> list[str]:
    """Say how many of closed groups say nothing, `is_after` others were named: and 6 of Outlets."""
    said = [f"{number:,} of {shortened(group, _LONGEST)}" for group, number in quiet.items()]
    return [*said[:-1], f"and {said[-1]}"] if said and (is_after or len(said) > 1) else said


@dataclass
class _Row:
    """The row while it is written: from which px on, how wide, in at most how many lines."""

    begin: float
    room: float
    top: float
    most: int
    at: float = 0
    line: int = 0
    shapes: list[Shape] = field(default_factory=list)
    notes: list[Shape] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """Where the letters of the present line stand."""
        return self.top + FOOT / 2 + LINE * self.line

    def fits(self, wide: float) -> bool:
        """Say whether something so wide still has room, if need be at the head of the next line."""
        if self.at + wide > self.room and self.line + 1 < self.most:
            self.at, self.line = _INSET, self.line + 1
        return self.at + wide <= self.room

    def write(self, text: str, ink: str, before: float = 0) -> None:
        """Write a text, so many px after what stands before it."""
        at, ground = self.begin + self.at + before, LIGHT["silent"]
        self.notes.append(note(text, 0, self.middle, ink, xref="paper", xshift=at, bgcolor=ground))
        self.at += before + text_width(text) + _BETWEEN

    def name(self, one: Quiet) -> None:
        """Write a name after its shape."""
        self.shapes += glyph(one.number, one.shape, self.begin + self.at + 5, self.middle)
        self.write(shortened(one.label, _LONGEST), label_colour(one.number), 20 if one.shape >= _RINGED else 15)


_RINGED = 7
"""The shapes from this one on have a ring."""


def silent_row(  # noqa: PLR0913, PLR0917 what is said, and where
    words: str,
    quiet: Sequence[Quiet],
    rest: Sequence[str],
    plot: float,
    margins: tuple[float, float],
    top: float,
    most: int,
    *,
    only_shapes: bool = False,
) -> tuple[list[Shape], list[Shape], float]:
    """Write what is not said, then by whom, then the `rest` in words, in at most so many lines; give also its height.

    The row is as wide as the plot and these margins; `only_shapes` leaves out the names, where a page has a key.
    """
    row = _Row(-margins[0], plot + sum(margins), top, most, _INSET)
    row.write(words if only_shapes else f"{words}:", LIGHT["quiet"])
    (_draw_shapes if only_shapes else _write_names)(row, quiet)
    for text in () if only_shapes else rest:
        if row.fits(text_width(text)):
            row.write(text, LIGHT["quiet"])
    high = FOOT + LINE * row.line
    return [*_band(margins, top, high), *row.shapes], row.notes, high


def _write_names(row: _Row, quiet: Sequence[Quiet]) -> None:
    """Name each, the last ones by their number where there is no room."""
    for place, one in enumerate(quiet):
        left = len(quiet) - place - 1
        wide = 20 + text_width(shortened(one.label, _LONGEST))
        tail = text_width(f"and {left:,} more") + _BETWEEN if left and row.line + 1 == row.most else 0
        if not row.fits(wide + tail):
            row.write(f"and {left + 1:,} more", LIGHT["quiet"])
            return
        row.name(one)


def _draw_shapes(row: _Row, quiet: Sequence[Quiet]) -> None:
    """Draw the shapes of as many as have room."""
    for one in quiet[: int((row.room - row.at) / _SHAPE)]:
        row.shapes += glyph(one.number, one.shape, row.begin + row.at + 5, row.middle)
        row.at += _SHAPE


_SHAPE = 18


def _band(margins: tuple[float, float], top: float, high: float) -> list[Shape]:
    """Draw the pale band under the plot, and so many px into its margins."""
    plot = box(0, top + 2, 1, top + high - 2, LIGHT["silent"], xref="paper")
    left, right = ({"xsizemode": "pixel", "xanchor": edge} for edge in (0, 1))
    beside = [plot | left | {"x0": -margins[0], "x1": 0}] * (margins[0] > 0)
    return [plot, *beside, *([plot | right | {"x0": 0, "x1": margins[1]}] * (margins[1] > 0))]
