"""What stands below the panels: those who state no toll, and the figures that are not drawn."""

from collections.abc import Sequence

import pandas as pd

from contested.analysis.coverage.silence import otherwise
from contested.analysis.thinning import MOST
from contested.analysis.totals import is_bound
from contested.charts.casualty_counts.axis import PX, Room
from contested.charts.casualty_counts.marks import said
from contested.charts.casualty_counts.panels import WIDE, Panel
from contested.drawing import Shape, is_phone, note, wrapped
from contested.drawing.silent_row import quiet_of, silent_row
from contested.model.wording import counted, named, out_of, verb
from contested.query.legend import Legend
from contested.theme import LIGHT

_Words = tuple[list[Shape], list[Shape], float]
"""Shapes, notes and the lower edge in px."""


def foot_of(  # noqa: PLR0913 what was drawn, and where
    answer: pd.DataFrame,
    legend: Legend,
    panels: list[Panel],
    room: Room,
    top: float,
    *,
    is_brief: bool,
    in_words: Sequence[Panel] = (),
) -> _Words:
    """Name those who state no toll in a pale band, write out what has no panel, and count what is not drawn."""
    shapes, notes = [], []
    said_here = [*panels, *in_words]
    heard = {row.account for panel in said_here for row in panel.rows}
    whole = {*heard}
    heard |= {*legend.gaps}
    quiet, members = quiet_of(legend, heard)
    if number := sum(voice.key not in heard for voice in legend.voices):
        words = f"{out_of(number, len(legend.voices), legend.noun)} {verb(range(number), 'gives', 'give')} no toll"
        only = is_brief and is_phone(room.width)
        band, names, high = silent_row(words, quiet, members, room.width, (0, 0), top, _MOST_LINES, only_shapes=only)
        shapes += band
        notes += names
        top += high + 4
    key = [key_of_marks(panels)] if room.width < WIDE else []  # above the panels where there is room
    for text in (*key, *_in_words(in_words), *otherwise(legend, whole), *_left_undrawn(answer, said_here, room.width)):
        for part in wrapped(text, room.width):
            notes.append(note(part, 0, top + 9, LIGHT["quiet"], **PX))
            top += 18
    return shapes, notes, top + 2


_MOST_LINES = 4


def _in_words(panels: Sequence[Panel]) -> list[str]:
    """Say the figures of counts that nobody gives a number of: Injured, people, in words only: north “dozens”."""
    return [
        f"{panel.name}, in words only: {named(f'{one.name} {said(row)}' for one in panel.lines for row in one.rows)}."
        for panel in panels
    ]


def key_of_marks(panels: list[Panel]) -> str:
    """Explain the marks that the figure holds."""
    lines = [one for panel in panels for one in panel.lines]
    rows = [row for one in lines for row in one.rows]
    told = {
        "Line: the figure last given.": any(not one.is_bar for p in panels if not p.is_of_events for one in p.lines),
        "Dashes: another way of counting.": any(one.dash != "solid" for one in lines),
        "Bar: lowest to highest of a day.": any(one.is_bar for one in lines),
        "Hollow: hearsay.": any(row.hearsay for row in rows),
        "Arrow up: at least.": any(is_bound(row) == "least" for row in rows),
        "Arrow down: at most.": any(is_bound(row) == "most" for row in rows),
        "Small tick: said again.": any(part.again for one in lines if not one.is_bar for part in one.series),
        "Pale: replaced since.": any(row.standing == "superseded" for row in rows),
        "Pale band: all others.": any(panel.others for panel in panels),
    }
    return " ".join(words for words, holds in told.items() if holds)


def _left_undrawn(answer: pd.DataFrame, panels: list[Panel], width: float) -> list[str]:
    drawn = sum(len(panel.rows) for panel in panels)
    if len(answer) > MOST or drawn < int((~answer["is_part"].astype(bool)).sum()):
        return [f"{drawn:,} of {len(answer):,} figures drawn"]
    parts = len(answer) - drawn
    if not parts or width < WIDE:
        return []
    return [f"{counted(parts, 'figure')} of some people only, such as the police or one hospital, in the table"]
