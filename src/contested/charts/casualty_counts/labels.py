"""The labels at the ends of lines, pushed apart, and the strip of what was said at no known time."""

from itertools import islice
from typing import NamedTuple

import pandas as pd

from contested.analysis.totals import is_bound, outline
from contested.charts.casualty_counts.axis import PX, Room, path_at
from contested.charts.casualty_counts.marks import mark_points, written
from contested.charts.casualty_counts.panels import Line, Panel
from contested.drawing import Shape, apart, box, glyph, is_phone, note, points, shortened, text_width, wrapped
from contested.model.wording import in_words
from contested.query.legend import Legend
from contested.query.rows import Row
from contested.text.names import short_names
from contested.theme import LIGHT, Trace, label_colour, plain

LABEL = 17
"""Px between labels."""


_Named = list[tuple[str, str]]
"""Names of accounts, each with its colour, and the words between them in the colour of text."""


class _End(NamedTuple):
    """The label at the end of a line: how high, whose, the figure with its doubts, and what it counts."""

    height: float
    names: _Named
    words: str
    definition: str = ""
    accounts: int = 1


def ends_of(panel: Panel) -> list[_End]:
    """Give the label at the end of each line, and its height: who says what last; equal figures are said once."""
    found: dict[tuple[float, str, str], list[Line]] = {}
    for one in panel.lines:
        latest = [row for row in one.latest if not pd.isna(row.stated_at) and not pd.isna(row.height)]
        if latest and not panel.is_of_events:
            found.setdefault(_said_last(one, latest), []).append(one)
    labels = []
    for (height, words, definition), lines in found.items():
        named_ = [(one.name, label_colour(one.number)) for one in lines[:2]]
        if len(lines) > 2:  # noqa: PLR2004
            named_[1:] = [(f"{len(lines) - 1} more", LIGHT["text"])]
        joined = [named_[0]] if len(named_) == 1 else [named_[0], (" and ", LIGHT["text"]), named_[1]]
        labels.append(_End(height, joined, words, definition, len(lines)))
    if panel.others and (edges := outline(panel.others)):
        _, low, high = edges[-1]
        between = f"{low:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}"
        labels.append(_End((low + high) / 2, [(f"{len(panel.others)} more", LIGHT["quiet"])], between))
    return labels


def _said_last(one: Line, latest: list[Row]) -> tuple[float, str, str]:
    """Give the height of the last figure of a line, its words, and what it counts."""
    numbers = [row for row in latest if not is_bound(row)] or latest
    low, high = min(numbers, key=lambda row: row.height), max(numbers, key=lambda row: row.height)
    words = written(high)
    if low.height < high.height:
        words = f"{low.height:,.0f}–{words}" if one.is_bar else f"{low.height:,.0f} or {words}"
    notes = []
    if one.is_bar:
        telling = {part.voice for part in one.series}
        notes.append(f"({len(telling)} of {len(one.lane.voices)})" if len(telling) < len(one.lane.voices) else "")
    elif all(row.hearsay for row in numbers):
        notes.append("(hearsay)")
    height = (low.height + high.height) / 2 if one.is_bar else high.height
    return float(height), " ".join(filter(None, [words, *notes])), one.definition


def number_of_lines(panel: Panel, room: Room) -> int:
    """Count the lines that the labels of a panel take where each may have two."""
    return sum(len(_fitted(label, _wide(room), most=2)[1]) for label in ends_of(panel))


def _wide(room: Room) -> float:
    return room.width - room.right - 22


def end_labels(panel: Panel, room: Room) -> tuple[list[Shape], list[Shape]]:
    """Write what each line ends at right of it, pushed apart, each joined to its line."""
    if panel.is_of_events:
        return _names_beside(panel, room)
    labels, width = ends_of(panel), _wide(room)
    written_ = [_fitted(label, width, most=1) for label in labels]
    for which, label in enumerate(labels):
        longer = _fitted(label, width, most=2)
        if LABEL * (sum(len(lines) for _, lines in written_) + len(longer[1]) - 1) <= panel.height:
            written_[which] = longer
    lines_of = [len(lines) for _, lines in written_]
    wanted = [panel.px(label.height) for label in labels]
    rows = iter(apart([y for y, n in zip(wanted, lines_of, strict=True) for _ in range(n)], LABEL, *_edges(panel)))
    shapes, notes = [], []
    for label, y, (names, lines) in zip(labels, wanted, written_, strict=True):
        place = sum(islice(rows, len(lines))) / len(lines)
        text = "".join(f'<span style="color:{ink}">{plain(name)}</span>' for name, ink in names)
        ink = label.names[0][1]
        said = "<br>".join(map(plain, lines))
        notes.append(note("", room.right + 14, place, ink, **PX) | {"text": text + said})
        shapes.append(path_at(room.right, y, f"M0,0 L11,{y - place:.1f}", ink))
    return shapes, notes


def _edges(panel: Panel) -> tuple[float, float]:
    return panel.top + 2, panel.bottom - 2


def _names_beside(panel: Panel, room: Room) -> tuple[list[Shape], list[Shape]]:
    """Name the accounts right of the panel, as many as there is room for."""
    shapes, notes = [], []
    for place, one in enumerate(panel.lines[: int(panel.height / 18) - 1]):
        y = panel.top + 10 + 18 * place
        shapes += glyph(one.number, one.lane.shape, room.right + 18, y)
        longest = next(
            (n for n in range(30, 5, -1) if text_width(_shorter(one.name, n)) < room.width - room.right - 32), 5
        )
        notes.append(note(_shorter(one.name, longest), room.right + 28, y, label_colour(one.number), **PX))
    if more := len(panel.lines) - len(notes):
        y = panel.top + 10 + 18 * len(notes)
        notes.append(note(f"{more} more", room.right + 28, y, LIGHT["quiet"], **PX))
    return shapes, notes


def _fitted(label: _End, width: float, most: int) -> tuple[_Named, list[str]]:
    """Fit a label into a width: what it counts takes up to so many lines, then names lose their brackets, then letters.

    The figure stays whole.
    """
    number = label.words.partition(" (")[0]
    for said in (label.words, number):
        full = f"{said} {label.definition}".rstrip()
        if label_width(label.names, f" {full}") <= width:
            return label.names, [f"\N{NO-BREAK SPACE}{full}"]
    if definition := label.definition:
        lines = wrapped(f"{number} {definition}", width)
        return [], lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]}…"]
    if label.accounts > 1:
        return [(f"{in_words(label.accounts)} accounts", LIGHT["text"])], [f"\N{NO-BREAK SPACE}{number}"]
    bare = [(name, ink) for (key, ink) in label.names for name in short_names({key: key}).values()]
    if label_width(bare, f" {number}") <= width:
        return bare, [f"\N{NO-BREAK SPACE}{number}"]
    cuts = ([(_shorter(name, longest), ink) for name, ink in label.names] for longest in range(30, 4, -1))
    cut = next((cut for cut in cuts if label_width(cut, f" {number}") <= width), [])
    return cut, [f"\N{NO-BREAK SPACE}{number}"]


def _shorter(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip(' (')}…"


def label_width(names: _Named, words: str) -> float:
    """Reckon how wide a label is, in px."""
    return text_width("".join(name for name, _ in names) + words)


def undated_strip(panel: Panel, room: Room, legend: Legend) -> tuple[list[Trace], list[Shape], list[Shape]]:
    """Draw what was said at no known time left of the axis: at its height, without a line."""
    if not room.strip:
        return [], [], []
    edge = room.strip - 8
    told = [(one, row) for one in panel.lines for row in one.rows if pd.isna(row.stated_at) and not pd.isna(row.height)]
    shapes = [box(0, panel.top, edge, panel.bottom, LIGHT["silent"], **PX)]
    notes, traces = [], []
    if panel.axis == "y2":
        said = "no date" if is_phone(room.width) else "not said when"
        notes.append(note(said, 2, panel.bottom + 4, LIGHT["quiet"], yanchor="top", **PX))
    wanted = [panel.px(row.height) for _, row in told]
    for (one, row), y, place in zip(told, wanted, apart(wanted, LABEL, panel.top + 8, panel.bottom - 8), strict=True):
        words = written(row) if edge < 100 else f"{shortened(one.name, 14)} {written(row)}"  # noqa: PLR2004 px of a phone
        notes.append(note(words, 24, place, label_colour(one.number), **PX))
        mark = mark_points(panel, one, [[row]], legend) | {"x": [12], "xaxis": "x2", "y": [y], "yaxis": "y"}
        [first, *_] = points([0], [0], one.number, one.lane.shape, is_hollow=bool(row.hearsay), size=10)
        traces.append(mark | {"marker": first["marker"]})
        if abs(place - y) > 1:
            shapes.append(path_at(12, y, f"M5,0 L11,{y - place:.1f}", label_colour(one.number)))
    return traces, shapes, notes
