"""What stands below the panels: those who state no toll, and the figures that are not drawn."""

from collections.abc import Iterator

import pandas as pd

from contested.analysis.coverage.silence import otherwise
from contested.analysis.thinning import MOST
from contested.charts.casualty_counts.axis import PX, Room
from contested.charts.casualty_counts.panels import WIDE, Panel
from contested.drawing import Shape, box, glyph, is_phone, note, text_width, wrapped
from contested.model.wording import counted, in_words, listing, named
from contested.query.legend import Lane, Legend
from contested.text import toll
from contested.text.names import in_sentence, is_plural, short_names
from contested.theme import LIGHT

_Words = tuple[list[Shape], list[Shape], float]
"""Shapes, notes and the lower edge in px."""


def foot_of(answer: pd.DataFrame, legend: Legend, panels: list[Panel], room: Room, top: float) -> _Words:
    """Name those who state no toll in a pale band, and count the figures that are not drawn."""
    shapes, notes = [], []
    heard = {row.account for panel in panels for row in panel.rows}
    heard |= {*legend.gaps}
    quiet = [lane for lane in legend.lanes() if not heard & {voice.key for voice in lane.voices}]
    if quiet:
        right = room.width if is_phone(room.width) else room.right
        shapes.append(box(room.left, top + 2, right, top + 24, LIGHT["silent"], **PX))
        x = room.left + 12
        for lane in quiet[:_MOST_SHAPES]:
            shapes += glyph(lane.number, lane.shape, x, top + 13)
            x += 17
        texts = _silences(quiet, answer, legend)
        text = next((one for one in texts if text_width(one) <= right - x - 8), "")
        notes.append(note(text, x - 4, top + 13, LIGHT["quiet"], **PX))
        top += 30
    whole = {row.account for panel in panels for row in panel.rows}
    for text in (*otherwise(legend, whole), *_left_undrawn(answer, panels, room.width)):
        for part in wrapped(text, room.width - room.left):
            notes.append(note(part, room.left, top + 9, LIGHT["quiet"], **PX))
            top += 18
    return shapes, notes, top + 2


_MOST_SHAPES = 9


def _silences(quiet: list[Lane], answer: pd.DataFrame, legend: Legend) -> Iterator[str]:
    """Say who states no toll, from the longest wording to the shortest."""
    names = [in_sentence(name) for name in short_names({lane.key: lane.label for lane in quiet}).values()]
    state = "state" if len(names) > 1 or is_plural(names[0]) else "states"
    if len(names) <= 3:  # noqa: PLR2004
        yield f"{listing(names)} {state} no toll"
    number = f"{in_words(len(quiet))} {legend.noun}{'s' * (len(quiet) > 1)} {'state' if len(quiet) > 1 else 'states'}"
    sides = toll.silence(answer, legend)
    if "side" in sides.split():
        yield f"{number} no toll; {sides}"
        yield sides
    yield f"{named(names)} {state} no toll"
    yield f"{number} no toll"
    yield "no toll"


def _left_undrawn(answer: pd.DataFrame, panels: list[Panel], width: float) -> list[str]:
    drawn = sum(len(panel.rows) for panel in panels)
    if len(answer) > MOST:
        return [f"{drawn:,} of {len(answer):,} figures drawn"]
    parts = len(answer) - drawn
    if not parts or width < WIDE:
        return []
    return [f"{counted(parts, 'figure')} of some people only, such as the police or one hospital, in the table"]
