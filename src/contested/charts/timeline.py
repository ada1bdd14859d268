"""What happened when, by each account?

A lane per account and a row per kind of claim. What is certain is solid, what is only possible hatched, an instant is a
mark, hearsay is hollow, a rumour passed on is dotted. What nobody dates stands in a lane of its own, never at midnight.
"""

from itertools import count
from typing import Any

import pandas as pd

from contested import theme
from contested.analysis.coverage.topic import UNTIMED, Topic
from contested.analysis.coverage.warnings import of_time
from contested.analysis.timing.opening_window import window, within
from contested.chart import Chart
from contested.model.times import span as spoken_span
from contested.model.vocabulary import MILESTONE_KINDS
from contested.model.wording import counted
from contested.query.legend import Legend, Voice
from contested.query.rows import Row, numbered

QUESTION = f"""
with milestone as (from extents where kind in ({", ".join(f"'{kind}'" for kind in MILESTONE_KINDS)}))
, read as (
    select selected.*, coalesce(milestone.claim_ids, [claim_id]) as claim_ids,
        coalesce(milestone.claim_ids[1], claim_id) as bar,
        -- an own word and a hearsay that are read into one bar leave it hearsay
        bool_or(via is not null) over bar as hearsay, bool_or(stance = 'relays') over bar as relayed,
        if(milestone.kind is null, selected.began_latest, milestone.began_latest) as certain_from,
        if(milestone.kind is null, selected.ended_earliest, milestone.ended_earliest) as certain_to,
        if(milestone.kind is null, selected.began_earliest, milestone.began_earliest) as possible_from,
        if(milestone.kind is null, selected.ended_latest, milestone.ended_latest) as possible_to
    from selected left join milestone
        on selected.account = milestone.account and selected.voice = milestone.voice
        and selected.event_id = milestone.event_id and selected.kind = milestone.kind
        and list_contains(milestone.claim_ids, claim_id)
    window bar as (
        partition by selected.account, selected.voice, coalesce(milestone.claim_ids, [claim_id])))
select claim_id, event_id, account, voice, kind, began_earliest, began_latest, ended_earliest, ended_latest, stance,
    summary, time_basis, same_event, is_cut, hearsay, relayed, standing, claim_ids, bar, certain_from, certain_to,
    least(possible_from, certain_from, certain_to, possible_to) as first,
    greatest(possible_from, certain_from, certain_to, possible_to) as last
from read
order by account, first, claim_id
"""

_ROW, _NAMES, _MOST = 24, 98, 60
_THINNED = f": of a row of more than {_MOST} marks every so many is drawn; the table has all"


def draw(answer: pd.DataFrame, legend: Legend) -> theme.Figure:
    """Draw the lanes, top to bottom in the order of the legend."""
    span = window(answer, legend)
    shown = within(answer, span)
    data: list[theme.Trace] = []
    notes, shapes, ticks = [], [], {}
    level, name = count(0, -1), {"yanchor": "middle", "xshift": 4 - _NAMES}
    for voice in legend.voices:
        rows = shown[shown["account"] == voice.key]
        rows = rows[~rows["bar"].duplicated()]
        y = next(level)
        more = _THINNED if rows["kind"].value_counts().max() > _MOST else "" if len(rows) else ": dates nothing"
        notes.append(theme.note(voice.label + more, 0, y, **name))
        if rows.empty:
            shapes.append(theme.band(y - 0.5, y + 0.4))
        for kind in dict.fromkeys(rows["kind"]):
            y = next(level)
            ticks[y] = kind
            marked = rows[rows["kind"] == kind]
            data += [
                mark
                for number, row in numbered(marked.iloc[:: -(-len(marked) // _MOST)])
                for mark in _marks(number, row, voice, legend, y)
            ]
    undated = answer[answer["first"].isna()]
    if len(undated):
        y = next(level)
        notes.append(theme.note("No time stated by", 0, y, **name))
        for voice in legend.voices:
            if number := int((undated["account"] == voice.key).sum()):
                y = next(level)
                shapes.append(theme.band(y - 0.5, y + 0.4))
                notes.append(theme.note(f"{voice.label}: {counted(number, 'claim')}", 0, y, **name))
    bottom = next(level)
    layout: dict[str, Any] = {"annotations": notes, "shapes": shapes, "barmode": "overlay"}
    layout["yaxis"] = {"range": [bottom + 0.4, 0.6], "tickvals": list(ticks), "ticktext": list(ticks.values())}
    layout["yaxis"] |= {"showgrid": False, "automargin": False}
    layout["margin"] = {"l": _NAMES, "r": 12, "t": 8, "b": 8}
    layout["xaxis"] = {"type": "date", "visible": span is not None, "nticks": 7}
    if span:
        layout["xaxis"]["tickformat"] = theme.date_ticks(*span)
        layout["xaxis"]["range"] = [_wall(moment) for moment in span]
    return theme.figure(data, max(120, -bottom * _ROW + 50), **layout)


def _marks(number: int, row: Row, voice: Voice, legend: Legend, y: int) -> list[theme.Trace]:
    hollow = bool(row.hearsay) or bool(row.relayed)
    opacity = 1 if row.standing == "standing" else 0.45
    about = {
        "y": [y],
        "customdata": [[number]],
        "hovertext": _hover(row, legend),
        "hoverinfo": "text",
        "opacity": opacity,
    }
    if row.first == row.last:
        marker = {"symbol": theme.symbol(voice.number, hollow=hollow), "size": 13, "color": theme.colour(voice.number)}
        marker["line"] = {"width": 2, "color": theme.colour(voice.number)}
        return [about | {"type": "scatter", "mode": "markers", "x": [_wall(row.first)], "marker": marker}]
    bars = [_bar(row.first, row.last, about, theme.hatched(voice.number, hollow=hollow))]
    if not hollow and row.certain_from < row.certain_to:
        bars.append(_bar(row.certain_from, row.certain_to, about, theme.solid(voice.number)))
    return bars


def _bar(since: pd.Timestamp, until: pd.Timestamp, about: theme.Trace, marker: dict[str, Any]) -> theme.Trace:
    length = (until - since) / pd.Timedelta(milliseconds=1)
    place = {"type": "bar", "orientation": "h", "base": [_wall(since)], "x": [length], "width": 0.6, "marker": marker}
    return about | place


def _wall(moment: pd.Timestamp) -> str:
    return f"{moment.tz_localize(None):%Y-%m-%dT%H:%M}"


def _hover(row: Row, legend: Legend) -> str:
    when = spoken_span(row.first, row.last)
    said = ", ".join([row.stance, *of_time(row)])
    return (
        theme.plain(f"{legend.whose(row.account, row.voice)} ({said}), {when}")
        + "<br>"
        + theme.plain(_folded(row.summary))
    )


def _folded(text: str, width: int = 60) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say how many claims are dated, by whom, and how many lie outside the hours shown."""
    if answer.empty:
        return [f"No {legend.noun} in view makes a claim."]
    answer = answer[["account", "first", "last", "certain_from"]]
    dated = answer[answer["first"].notna()]
    claims, undated = counted(len(answer), "claim"), len(answer) - len(dated)
    gap = f"{counted(undated, 'claim')} {'gives' if undated == 1 else 'give'} no time."
    if dated.empty:
        return [f"No {legend.noun} in view dates a claim.", gap]
    shown = within(answer, span := window(answer, legend))
    heard, silent = shown["account"].nunique(), legend.without(shown["account"].unique())
    voices = counted(len(legend.voices), legend.noun)
    title = f"{heard} of {voices} {'dates' if heard == 1 else 'date'} something in these hours"
    if silent:
        title += f"; nothing in them is dated {legend.by(silent)}"
    are, by = "is" if len(dated) == 1 else "are", counted(dated["account"].nunique(), legend.noun)
    said = [f"{title}.", f"{len(dated)} of {claims} {are} dated, by {by}."]
    if span:
        said.append(f"The hours shown, {spoken_span(*span)}, hold {len(shown)} of them.")
    return [*said, gap if undated else "Each has a time."]


def mark(row: Row, legend: Legend) -> str:
    """Name one claim."""
    return f"{legend.whose(row.account, row.voice)} · {row.kind} · {_folded(row.summary)} · {row.claim_id}"


CHART = Chart(
    key="timeline",
    name="Timeline",
    definition="Solid: certain. Hatched: possible. Hollow: hearsay or a rumour passed on. Drag to see other hours.",
    question=QUESTION,
    columns=(
        "claim_id",
        "event_id",
        "account",
        "kind",
        "began_earliest",
        "began_latest",
        "ended_earliest",
        "ended_latest",
        "stance",
        "summary",
        "time_basis",
        "same_event",
    ),
    caveat=(
        "A hatched bar says that something happened sometime within it or may have gone on through it, not that it "
        "lasted so long. A claim without a time is in no hour, and an empty lane is silence, not calm."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
    key_columns=("claim_id",),
    topic=Topic(gaps=(UNTIMED,), is_of_time=True),
)
