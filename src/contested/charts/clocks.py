"""How long was it between any two milestones, by whose telling?

Every pair of milestones in which one comes after the other is a clock of its own. A row counts the delays of one
account by one clock: exact, between bounds, or, of every call, cleared without the stop or open when last heard of.
"""

from itertools import combinations
from math import inf
from textwrap import wrap
from typing import Any, NamedTuple

import pandas as pd

from contested import drawing, theme
from contested.analysis.coverage.topic import milestones
from contested.analysis.timing.delay import Population, spoken
from contested.analysis.timing.delay_words import (
    WORDS,
    capital,
    clock,
    counted_word,
    fitting,
    order_open,
    out_of_order,
    short_name,
    took,
)
from contested.analysis.timing.milestones import ALL
from contested.analysis.timing.plain_delays import counted_plainly, plainly
from contested.analysis.timing.pools import claims_behind, delay_counts, pooled, reached_by
from contested.chart import Asked, Chart
from contested.model.times import LEAST_DELAYS, brief_duration, duration
from contested.model.vocabulary import Calls, Milestone
from contested.model.wording import counted, listing, spaced, verb
from contested.query.legend import Legend, Voice
from contested.query.rows import Row, each, known, numbered
from contested.theme import LIGHT, Figure

_COUNTS = "reason is null and ($calls = 'every' or outcome = 'reached')"

COLUMNS = (
    *("account", "start", "stop", "n", "n_exact", "n_interval", "n_right_censored"),
    *("n_reached", "n_cleared", "n_open", "n_excluded", "n_reversed"),
    *("shortest_minutes", "longest_minutes", "median_low", "median_high", "claim_ids"),
)
_Lane = tuple[Voice, int, Row]
_CLOCKS = tuple(combinations(map(str, Milestone), 2))


def compute(rows: pd.DataFrame, legend: Legend) -> pd.DataFrame:
    """Pool the delays of each account by each clock that any of its delays runs by."""
    pools = [pool for pool in pooled(rows, legend.selection.calls) if pool["n"]]
    return pd.DataFrame(pools, columns=[*(name for name in COLUMNS if name != "claim_ids"), "hearsay", "voices"])


class Cell(NamedTuple):
    """One clock of one account: from what to what, which row it is, how long it ran, and what that is of."""

    start: str
    stop: str
    number: int
    value: str
    of: str
    words: str
    is_hearsay: bool


class Grid(NamedTuple):
    """The clocks of one account, by start and stop."""

    voice: Voice
    cells: dict[tuple[str, str], Cell]


def milestones_shown(answer: pd.DataFrame, legend: Legend) -> tuple[list[str], list[str]]:
    """List the starts and the stops of a grid: those of any clock that runs, and of the one in use."""
    starts, stops = {*answer["start"], legend.selection.start}, {*answer["stop"], legend.selection.stop}
    return [one for one in map(str, Milestone) if one in starts], [one for one in map(str, Milestone) if one in stops]


def grids(answer: pd.DataFrame, legend: Legend) -> list[Grid]:
    """Give the clocks of each account that runs any, in the order of the story."""
    cells: dict[str, dict[tuple[str, str], Cell]] = {}
    for number, row in numbered(answer):
        ends = f"{spaced(row.start)} to {spaced(row.stop)}"
        words = f"{legend.with_scenario().label(row.account)}, {ends}: {_said(row, legend)}"
        cell = Cell(row.start, row.stop, number, *_cell(row), words, bool(row.hearsay))
        cells.setdefault(row.account, {})[row.start, row.stop] = cell
    return [Grid(voice, cells[voice.key]) for voice in legend.with_scenario().voices if voice.key in cells]


def _cell(row: Row) -> tuple[str, str]:
    """Write how long a clock ran, of many calls half of them, and of how many."""
    if not (row.n_reached or row.n_open):
        return "never", f"in {row.n:,}"
    if row.n < LEAST_DELAYS:
        value = brief_duration(known(row.shortest_minutes), known(row.longest_minutes))
        return value, "" if row.n == 1 else f"in {row.n:,}"
    low, high = known(row.median_low), known(row.median_high)
    if low is None and high is None:
        return "not reached", f"by half of {row.n:,}"
    return brief_duration(low, high), f"half of {row.n:,}"


_CELL, _LINE, _HEAD, _NAMES, _GUTTER, _ALONE = 40, 42, 52, 92, 32, 720
"""In px: how high a cell and a line of cells are, the room for the names above and left of them, between two grids;
less wide figures have one grid beside none."""


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> Figure:
    """Draw a grid for each account: what starts a clock on the left, what stops it above, how long in the cell."""
    told, (starts, stops) = grids(answer, legend), milestones_shown(answer, legend)
    across = 1 if width < _ALONE or len(told) < 2 else 2  # noqa: PLR2004 one grid has all the width
    height, wide = _HEAD + _LINE * len(starts), (width - _GUTTER * (across - 1)) / across
    data: list[theme.Trace] = []
    shapes: list[drawing.Shape] = []
    notes: list[drawing.Shape] = []
    for place, grid in enumerate(told):
        left, top = place % across * (wide + _GUTTER), place // across * (height + 16)
        column = (wide - _NAMES) / len(stops)
        glyph = drawing.glyph(grid.voice.number, grid.voice.form, 7, top + 10)
        shapes += [one | {"xref": "x", "xanchor": left} for one in glyph]
        ink = theme.label_colour(grid.voice.number)
        notes.append(
            drawing.note(drawing.shortened(grid.voice.label), left, top + 10, ink, size=theme.VALUE, xshift=18)
        )
        for line, start in enumerate(starts):
            y = top + _HEAD + _LINE * (line + 0.5)
            notes.append(drawing.note(heading(start), left, y, LIGHT["quiet"]))
            for number, stop in enumerate(stops):
                x = left + _NAMES + column * (number + 0.5)
                if not line:
                    notes.append(drawing.note(heading(stop, column), x, top + 36, LIGHT["quiet"], anchor="center"))
                if cell := grid.cells.get((start, stop)):
                    data.append(_drawn(cell, x, y, column - 3))
                    notes.append(_written(cell, x, y, column))
                elif follows(start, stop):
                    notes.append(drawing.note("–", x, y, LIGHT["quiet"], anchor="center"))
                if cell and (start, stop) == (legend.selection.start, legend.selection.stop):
                    edge = (x - column / 2 + 1.5, y + _CELL / 2, x + column / 2 - 1.5, y + _CELL / 2)
                    shapes.append(drawing.line(*edge, LIGHT["ink"], width=3, layer="above"))
    below = -(-len(told) // across) * (height + 16)
    silent = wrap(besides(answer, legend), int(width / 6.4)) if told else []
    for number, said in enumerate(silent):
        notes.append(drawing.note(said, 0, below + 8 + 18 * number, LIGHT["quiet"]))
    high = max(below + 6 + 18 * len(silent), 24)
    axes: dict[str, Any] = {"xaxis": {"range": [0, width], "showticklabels": False}}
    axes["yaxis"] = {"range": [high, 0], "showticklabels": False}
    return drawing.figure(width, high, data, shapes=shapes, notes=notes, **axes)


def heading(milestone: str, room: float = inf) -> str:
    """Name a milestone at the head of a table, in a word where there is little room."""
    words = WORDS[Milestone(milestone)]
    return words.heading if drawing.text_width(words.heading) < room else words.noun


def follows(start: str, stop: str) -> bool:
    """Say whether a clock can run from one milestone to another."""
    return (start, stop) in _CLOCKS


def _drawn(cell: Cell, x: float, y: float, width: float) -> theme.Trace:
    """Draw a cell, outlined where it rests on hearsay."""
    style = drawing.hearsay(LIGHT["axis"]) if cell.is_hearsay else drawing.certain(LIGHT["silent"])
    placed = {"type": "bar", "orientation": "h", "base": [x - width / 2], "x": [width], "y": [y], "width": [_CELL - 3]}
    return placed | {
        "marker": style,
        "customdata": [[cell.number]],
        "hovertext": [theme.plain(cell.words)],
        "hoverinfo": "text",
    }


def _written(cell: Cell, x: float, y: float, width: float) -> drawing.Shape:
    quiet = f'<span style="color:{LIGHT["quiet"]}">{theme.plain(cell.of)}</span>'
    of = f'<br><span style="font-size:13px">{quiet}</span>' if cell.of else ""
    size = 15 if cell.of else 16 if drawing.text_width(cell.value, 17) < width - 8 else 14
    written = drawing.note("", x, y, LIGHT["ink"], size=size, anchor="center")
    return written | {"text": f"<b>{theme.plain(cell.value)}</b>{of}"}


def title(answer: pd.DataFrame, legend: Legend) -> str:
    """Say how long the clock in use ran and by whose telling, or that nobody runs it."""
    told = answer[answer["n"] > 0]
    used = told[(told["start"] == str(legend.selection.start)) & (told["stop"] == str(legend.selection.stop))]
    names = [short_name(voice.label) for voice in legend.with_scenario().voices if voice.key in {*told["account"]}]
    if told.empty:
        return f"{legend.nobody} times two moments of one event"
    who = f"{capital(counted_word(len(names)))} {legend.noun}{'s run' if len(names) > 1 else ' runs'}"
    if used.empty:
        nobody = f"{who} clocks, but none {clock(legend)}"
        return fitting(nobody, f"{legend.nobody} runs the clock {clock(legend)}")
    return _used(used, legend)


def _used(used: pd.DataFrame, legend: Legend) -> str:
    rows = [row for row in each(used) if row.n_reached]
    names = [short_name(legend.with_scenario().label(row.account)) for row in rows]
    if not rows:
        return f"No call is told to be over by the clock {clock(legend)}"
    if any(row.n >= LEAST_DELAYS for row in rows):
        halves = [row for row in rows if row.n >= LEAST_DELAYS and known(row.median_high) is not None]
        if not halves:
            return f"Fewer than half were over by the clock {clock(legend)}"
        ends = [known(end) for row in halves for end in (row.median_low, row.median_high)]
        told = [end for end in ends if end is not None]
        within = duration(min(told), max(told))
        return fitting(f"Half were over within {within} {clock(legend)}", f"Half were over within {within}")
    bounds = [[known(row.shortest_minutes) for row in rows], [known(row.longest_minutes) for row in rows]]
    low, high = (None if None in ends else of(ends) for ends, of in zip(bounds, (min, max), strict=True))  # type: ignore[type-var]
    fact = took(legend, low, high)
    if len(rows) == 1 and low is not None and high is not None and low < 0 < high:
        return order_open(legend, names[0])
    if len(rows) == 1:
        return fitting(f"{fact}, by the clock of {names[0]}", f"{fact}, by {names[0]}", fact)
    return fitting(f"{fact}, by the clocks of {counted_word(len(rows))} {legend.noun}s", fact)


def subtitle(_: pd.DataFrame, legend: Legend) -> str:
    """Say what the grids hold."""
    return f"How long from a start (left) to a stop (top), by {legend.noun}"


def _by_clock(answer: pd.DataFrame, legend: Legend) -> list[tuple[tuple[str, str], list[_Lane]]]:
    """Put the rows under their clocks, each with its account, in the order of the story."""
    rows = {(row.start, row.stop, row.account): (number, row) for number, row in numbered(answer)}
    voices = legend.with_scenario().voices
    blocks = [
        (clock, [(one, *rows[*clock, one.key]) for one in voices if (*clock, one.key) in rows]) for clock in _CLOCKS
    ]
    return [(clock, told) for clock, told in blocks if told]


def _said(row: Row, legend: Legend) -> str:
    """Say how long a clock ran: the median of many, of few from the shortest to the longest."""
    of, several = Population(row.n_reached, row.n_cleared, row.n_open), row.n >= LEAST_DELAYS
    low, high = (row.median_low, row.median_high) if several else (row.shortest_minutes, row.longest_minutes)
    took = f"{'median ' * several}{spoken(low, high)}"
    if not (of.reached or of.open):
        took = "never reached"
    elif several and legend.selection.calls is Calls.EVERY:
        took = reached_by(row, low, high, "half")
    others = {"cleared without it": of.cleared, "open": of.open}
    beyond = "".join(f", {number} {words}" for words, number in others.items() if number)
    which = beyond if legend.selection.calls is Calls.EVERY or not beyond else f";{beyond[1:]} besides"
    return f"{took} (n = {row.n}{_sorts(row)}{which}){' (hearsay)' if row.hearsay else ''}"


def _sorts(row: Row) -> str:
    sorts = {"exact": row.n_exact, "between bounds": row.n_interval}
    told = "".join(f", {number} {sort}" for sort, number in sorts.items() if number)
    return f"{told}{f', {said}' if (said := out_of_order(row.n_reversed, row.start, row.stop)) else ''}"


def besides(answer: pd.DataFrame, legend: Legend) -> str:
    """Say who gives no delay by any clock, and which delays have their ends the wrong way round."""
    silent = legend.without(answer["account"])
    unrun = [f"No clock is run {legend.by(silent)}."] if silent else []
    reversed_ = [
        f"{said}, of {row.n:,}{f' by {legend.with_scenario().label(row.account)}' * (len(legend.voices) > 1)}"
        for row in each(answer)
        if (said := out_of_order(row.n_reversed, row.start, row.stop))
    ]
    return " ".join([*unrun, *([f"Counted as told: {listing(reversed_)}."] if reversed_ else [])])


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say which clocks run, and how long by whom."""
    blocks = _by_clock(answer, legend)
    if not blocks:
        return [f"No {legend.noun} shown times two milestones of one event."]
    said = [f"From {spaced(start)} to {spaced(stop)}: {_each_said(told, legend)}." for (start, stop), told in blocks]
    title = f"{counted(len(blocks), 'clock')} {verb(blocks, 'runs', 'run')}"
    voices = counted(answer["account"].nunique(), legend.noun)
    return [f"{title}, by {voices}.", *said, *filter(None, [besides(answer, legend)])]


def _each_said(told: list[_Lane], legend: Legend) -> str:
    shown = legend.with_scenario()
    return "; ".join(
        f"{shown.label(voice.key) if _is_mixed(voice, legend) else shown.voiced(voice.key, row.voices)}, "
        f"{_said(row, legend)}"
        for voice, _, row in told
    )


def _is_mixed(voice: Voice, legend: Legend) -> bool:
    """Say whether the voice is the scenario that the reader chose."""
    return voice not in legend.voices


def mark(row: Row, legend: Legend) -> str:
    """Name one account's clock."""
    return f"{legend.with_scenario().label(row.account)} · {spaced(row.start)} to {spaced(row.stop)} · n = {row.n}"


CHART = Chart(
    key="clocks",
    name="Clocks",
    definition="How long from a start (left) to a stop (top), by account",
    subtitle=subtitle,
    title=title,
    question=delay_counts(ALL),
    columns=COLUMNS,
    caveat=(
        "The delays of two clocks do not add up to that of a third. A clock runs where its start and its stop are "
        "timed; of every call, also where the account tells that the stop never came (cleared without it) or had not "
        "come by a moment (open). Silence is neither. Of every call the median is that of the cumulative incidence, "
        f"and does not exist where fewer than half had the stop. "
        f"Of fewer than {LEAST_DELAYS} delays no median is given. "
        "Containment (arrival to end) and duration (onset to end) are no response times."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
    key_columns=("account", "start", "stop"),
    claims=claims_behind(ALL, _COUNTS),
    plainly=Asked(delay_counts(ALL, counted_plainly(ALL)), claims_behind(ALL, _COUNTS, plainly(ALL))),
    compute=compute,
    topic=milestones(),
)
