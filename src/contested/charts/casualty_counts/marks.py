"""The lines, bars and marks of a panel: hollow is hearsay, pale replaced since, a tick says it again."""

from collections import defaultdict
from datetime import datetime

import pandas as pd

from contested.analysis.coverage.warnings import of_figure
from contested.analysis.totals import Series, is_bound, outline
from contested.charts.casualty_counts.axis import Room, clock_text, path_at
from contested.charts.casualty_counts.panels import Line, Panel
from contested.drawing import Shape, points, shortened
from contested.model.times import span
from contested.query.legend import Legend
from contested.query.rows import Row
from contested.text import casualty_figures as figures
from contested.theme import LIGHT, Trace, carried, colour, plain

_PALE = 0.45


def traces_of(panel: Panel, room: Room, legend: Legend) -> list[Trace]:
    """Draw the lines and bars, then the marks on them."""
    traces = _range(panel, room) if panel.others else []
    for one in panel.lines:
        if one.is_bar:
            traces += _bars(one)
        elif not panel.is_of_events:
            traces += [trace for each in one.series for trace in _stairs(panel, one, each, room)]
        traces += _between(one)
    for one in panel.lines:
        traces += _marks(panel, one, legend)
    return [trace | {"xaxis": trace.get("xaxis", "x"), "yaxis": panel.axis} for trace in traces]


def _stairs(panel: Panel, one: Line, series: Series, room: Room) -> list[Trace]:
    """Step through what stood, to the end of the axis."""
    if not series.steps:
        return []
    heights = [panel.shifted(row.height, one.shift) for row in series.steps]
    drawn = {"color": colour(one.number), "width": 2 if one.dash == "solid" else 1.5, "dash": one.dash, "shape": "hv"}
    x = [*(clock_text(one.at(row)) for row in series.steps), clock_text(room.until)]
    return [
        {"type": "scatter", "mode": "lines", "x": x, "y": [*heights, heights[-1]], "line": drawn, "hoverinfo": "skip"}
    ]


def _bars(one: Line) -> list[Trace]:
    """Join the lowest and the highest figure of each day of a group."""
    days: dict[datetime, list[float]] = defaultdict(list)
    for row in one.rows:
        if not pd.isna(row.stated_at) and not pd.isna(row.height):
            days[one.at(row)].append(row.height)
    return _strokes([(clock_text(day), min(of), max(of)) for day, of in days.items() if min(of) < max(of)], one, 3)


def _between(one: Line) -> list[Trace]:
    """Draw the range of each figure that has one upright."""
    dated = [row for row in one.rows if not pd.isna(row.stated_at) and not pd.isna(row.height)]
    known = [(row, [n for n in (row.low, row.best, row.high) if not pd.isna(n)]) for row in dated]
    return _strokes([(clock_text(one.at(row)), min(of), max(of)) for row, of in known if min(of) < max(of)], one, 2)


def _strokes(of: list[tuple[str, float, float]], one: Line, width: int) -> list[Trace]:
    """Draw upright strokes; an empty point lifts the pen."""
    if not of:
        return []
    x = [place for at, _, _ in of for place in (at, at, None)]
    y = [value for _, low, high in of for value in (low, high, None)]
    drawn = {"color": colour(one.number), "width": width}
    return [{"type": "scatter", "mode": "lines", "x": x, "y": y, "line": drawn, "hoverinfo": "skip"}]


def _range(panel: Panel, room: Room) -> list[Trace]:
    """Draw the range within which those without a line of their own lie, and their figures as small dots."""
    edges = outline(panel.others)
    x = [*(clock_text(moment) for moment, _, _ in edges), clock_text(room.until)]
    edge = {"type": "scatter", "mode": "lines", "x": x, "line": {"shape": "hv", "width": 0}, "hoverinfo": "skip"}
    low = [value for _, value, _ in edges]
    high = [value for _, _, value in edges]
    if not edges:
        return []
    fill = {"fill": "tonexty", "fillcolor": LIGHT["grid"]}
    return [edge | {"y": [*low, low[-1]]}, edge | fill | {"y": [*high, high[-1]]}]


def _marks(panel: Panel, one: Line, legend: Legend) -> list[Trace]:
    """Mark each figure: hollow is hearsay, pale replaced since, a tick says it again."""
    again = {row.number for part in one.series for row in part.again} if not one.is_bar else set()
    places = _places(one, again)
    shown, ticks = ([rows for rows in places if (rows[0].number in again) is is_tick] for is_tick in (False, True))
    ink, traces = colour(one.number), []
    if ticks:
        tick = {"symbol": "line-ns", "size": 7, "color": ink, "line": {"width": 1.5, "color": ink}}
        traces.append(mark_points(panel, one, ticks, legend) | {"marker": tick})
    if shown:
        placed = mark_points(panel, one, shown, legend)
        heads = [rows[0] for rows in shown]
        pale = [row.standing != "standing" for row in heads]
        ground = {"size": 11, "color": LIGHT["page"], "line": {"width": 1, "color": LIGHT["page"]}}
        marker = {
            "size": 8 if panel.is_of_events else 10,
            "color": [LIGHT["page"] if row.hearsay else ink for row in heads],
            "line": {
                "width": [2 if row.hearsay else 0 if one.is_bar else 1 for row in heads],
                "color": [ink if row.hearsay else LIGHT["page"] for row in heads],
            },
            "opacity": [_PALE if is_pale else 1 for is_pale in pale],
        }
        first, *ring = points(placed["x"], placed["y"], one.number, one.lane.shape, size=10)
        shape = first["marker"]["symbol"]
        if any(pale) and not panel.is_of_events:
            bare = {name: value for name, value in placed.items() if name not in {"customdata", "hovertext"}}
            traces.append(bare | {"marker": ground | {"symbol": shape}, "hoverinfo": "skip"})
        traces += [placed | {"marker": marker | {"symbol": shape}}, *ring]
    return traces


def _places(one: Line, again: set[int]) -> list[list[Row]]:
    """Put the dated figures that would lie on each other together; what is first said or stands is drawn of them."""
    found: dict[tuple[datetime, float], list[Row]] = defaultdict(list)
    for row in one.rows:
        if not pd.isna(row.stated_at) and not pd.isna(row.height):
            found[one.at(row), row.height].append(row)
    return [sorted(rows, key=lambda row: (row.number in again, row.standing != "standing")) for rows in found.values()]


def mark_points(panel: Panel, one: Line, places: list[list[Row]], legend: Legend) -> Trace:
    """Place a mark for the figures of each place, with the numbers of their rows and their words."""
    rows = [together[0] for together in places]
    shift = 0 if one.is_bar or panel.is_of_events else one.shift
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [None if pd.isna(row.stated_at) else clock_text(one.at(row)) for row in rows],
        "y": [panel.shifted(row.height, shift) for row in rows],
        "customdata": [carried([row.number for row in together]) for together in places],
        "hovertext": ["<br>".join(hover(row, legend) for row in together) for together in places],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def stems(panel: Panel, room: Room) -> list[Shape]:
    """Draw an arrow at each figure that is only a bound: upwards at least, downwards at most."""
    found = []
    for one in panel.lines:
        again = {row.number for part in one.series for row in part.again}
        for row in one.rows:
            way = {"least": 1, "most": -1}.get(is_bound(row))
            if way and row.number not in again and not pd.isna(row.stated_at) and not panel.is_of_events:
                y = panel.px(row.height, 0 if one.is_bar else one.shift)
                path = f"M0,{5 * way} L0,{13 * way} M-3.5,{12 * way} L3.5,{12 * way} L0,{18 * way} Z"
                found.append(path_at(room.px(one.at(row)), y, path, colour(one.number), width=1.5, is_filled=True))
    return found


def written(row: Row) -> str:
    """Write a figure in few letters; one that is only a bound never looks like a count."""
    if pd.isna(row.best) and row.low < row.high:
        return f"{row.low:,.0f}–{row.high:,.0f}"
    bound = is_bound(row)
    return f"{row.height:,.0f}{'+' if bound == 'least' else ''}{' at most' if bound == 'most' else ''}"


def said(row: Row) -> str:
    """Write a figure in few letters, and one that is no number in its own words."""
    if not pd.isna(row.height):
        return written(row)
    return f"“{shortened(row.figure_words, 40)}”" if isinstance(row.figure_words, str) else "an unknown number"


def hover(row: Row, legend: Legend) -> str:
    """Say one figure in plain words: who, what, when, and what is doubtful in it."""
    said = (figures.stated_figure(row), row.measure, row.victims, row.definition)
    what = " ".join(part for part in said if isinstance(part, str))
    since = {"superseded": "replaced since", "corrected": "corrected since", "withdrawn": "withdrawn since"}
    notes = [said_when(row) or "nobody says when", *of_figure(row), since.get(row.standing, "")]
    return plain(f"{legend.whose(row.account, row.voice)}: {what}; {', '.join(filter(None, notes))}")


def said_when(row: Row) -> str:
    """Say when a figure was said; nothing where nobody says it."""
    if pd.isna(row.stated_at):
        return ""
    return span(row.stated_at if pd.isna(row.stated_earliest) else row.stated_earliest, row.stated_at)
