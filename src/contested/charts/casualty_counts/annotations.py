"""The two annotations of a chart: the first figure and the last change, where nothing else stands."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pandas as pd

from contested.analysis.totals import is_bound
from contested.charts.casualty_counts.axis import HEAD, PX, Room, on_day, short_day
from contested.charts.casualty_counts.marks import written
from contested.charts.casualty_counts.panels import Line, Panel
from contested.drawing import Shape, note, text_width
from contested.query.rows import Row
from contested.text.names import in_sentence, is_plural


def annotations_of(panel: Panel, room: Room) -> list[Shape]:
    """Tell the first figure and the last change beside their marks, where there is room."""
    steps = [(one.at(row), one, row, place) for one in panel.lines for row, place in _steps(one)]
    if panel.is_of_events or len(steps) < 2:  # noqa: PLR2004
        return []
    steps.sort(key=lambda step: step[0])
    when, first, row, _ = steps[0]
    who = in_sentence(first.name)
    says = "say" if is_plural(first.name) else "says"
    told = [
        (
            when,
            first,
            row,
            [f"{short_day(when, room)}: {who} {says} {written(row)}", f"{written(row)} {on_day(when, room)}"],
        )
    ]
    changes = [(at, one, row, place) for at, one, row, place in steps if place]
    if changes:
        when, one, row, place = changes[-1]
        before = one.series[0].steps[place - 1]
        way = "raised" if row.height > before.height else "lowered"
        short = f"{written(row)} {on_day(when, room)}"
        told.append((when, one, row, [f"{way} to {short}", short]))
    taken = [*_obstacles(panel, room)]
    notes = []
    for when, one, row, texts in told:
        x, y = room.px(when), panel.px(row.height, one.shift)
        found = next((box for box in _places(x, y, texts) if _is_free(box, taken, panel, room)), None)
        if found:
            text, (left, top, right, bottom) = found
            taken.append((left, top, right, bottom))
            notes.append(note(text, left + 2, (top + bottom) / 2, is_on_page=True, **PX))
    return notes


_Box = tuple[float, float, float, float]
"""Left, top, right and bottom in px."""


def _steps(one: Line) -> list[tuple[Row, int]]:
    """Give the changes of a line with their places; those of a bar are no changes of one account."""
    return [] if one.is_bar else [(row, place) for part in one.series for place, row in enumerate(part.steps)]


def _obstacles(panel: Panel, room: Room) -> Iterator[_Box]:
    """Give the boxes of all that a label must not touch: marks, lines and bars."""
    for one in panel.lines:
        dated = [row for row in one.rows if not pd.isna(row.stated_at) and not pd.isna(row.height)]
        for row in dated:
            x, y = room.px(one.at(row)), panel.px(row.height, one.shift)
            way = is_bound(row)
            yield x - 9, y - (19 if way == "least" else 9), x + 9, y + (19 if way == "most" else 9)
        for part in one.series:
            corners = [(room.px(one.at(row)), panel.px(row.height, one.shift)) for row in part.steps]
            if corners and not one.is_bar:
                for (x, y), (after, below) in pairwise([*corners, (room.right, corners[-1][1])]):
                    yield x, y - 2, after, y + 2
                    yield after - 2, min(y, below), after + 2, max(y, below)
        days: dict[float, list[float]] = defaultdict(list)
        for row in dated if one.is_bar else ():
            days[room.px(one.at(row))].append(panel.px(row.height))
        yield from ((x - 3, min(of), x + 3, max(of)) for x, of in days.items())


def _places(x: float, y: float, texts: Sequence[str]) -> Iterator[tuple[str, _Box]]:
    """Try each wording above, below and beside a mark."""
    for text in texts:
        wide = text_width(text) * 1.04 + 8
        for left, middle in (
            (x - wide - 6, y - 18),
            (x - 8, y + 19),
            (x + 12, y + 19),
            (x - 8, y - 19),
            (x - wide / 2, y - 19),
            (x - wide / 2, y + 19),
            (x - wide - 12, y),
            (x + 12, y),
        ):
            yield text, (left, middle - 8, left + wide, middle + 8)


def _is_free(found: tuple[str, _Box], taken: Sequence[_Box], panel: Panel, room: Room) -> bool:
    left, top, right, bottom = found[1]
    name = room.left, panel.top - HEAD, room.left + text_width(panel.name, 15) + 8, panel.top - 4
    is_inside = left >= room.left and right <= room.right and top >= panel.top - 18 and bottom <= panel.bottom - 2
    return is_inside and not any(
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in (*taken, name)
    )
