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
from contested.analysis.thinning import MOST, MOST_ACCOUNTS, fair_share, largest, thinned
from contested.analysis.timing.opening_window import Window, window, within
from contested.chart import Chart
from contested.model.times import span as spoken_span
from contested.model.vocabulary import MILESTONE_KINDS
from contested.model.wording import counted
from contested.query.legend import Legend, Voice
from contested.query.relations import HAS_STANDING_TIME
from contested.query.rows import Row, numbered

QUESTION = f"""
with milestone as (from extents where kind in ({", ".join(f"'{kind}'" for kind in MILESTONE_KINDS)}))
, one as (select *, {HAS_STANDING_TIME} as is_read from selected)
, read as (
    select one.*, coalesce(milestone.claim_ids, [claim_id]) as claim_ids, coalesce(first_id, claim_id) as bar,
        -- an own word and a hearsay that are read into one bar leave it hearsay
        coalesce(milestone.hearsay, via is not null) as hearsay,
        coalesce(milestone.relayed, stance = 'relays') as relayed, coalesce(contradicts, false) as contradicts,
        if(milestone.kind is null, one.began_latest, milestone.began_latest) as certain_from,
        if(milestone.kind is null, one.ended_earliest, milestone.ended_earliest) as certain_to,
        if(milestone.kind is null, one.began_earliest, milestone.began_earliest) as possible_from,
        if(milestone.kind is null, one.ended_latest, milestone.ended_latest) as possible_to
    from one left join milestone
        on is_read and one.account = milestone.account and one.voice = milestone.voice
        and one.event_id = milestone.event_id and one.kind = milestone.kind)
select claim_id, event_id, account, voice, kind, began_earliest, began_latest, ended_earliest, ended_latest, stance,
    summary, time_basis, same_event, is_cut, hearsay, relayed, contradicts, standing, claim_ids, bar,
    certain_from, certain_to,
    least(possible_from, certain_from, certain_to, possible_to) as first,
    greatest(possible_from, certain_from, certain_to, possible_to) as last
from read
order by account, first, claim_id
"""

_ROW, _NAMES = 24, 98
_LANE = 60
"""How many marks a lane holds at most."""


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> theme.Figure:  # noqa: ARG001
    """Draw the lanes, top to bottom in the order of the legend."""
    span = window(answer, legend)
    heard = _accounts_drawn(answer, legend)
    lanes = _bars_in_window(answer, span, heard)
    drawn = dict(iter(_thinned(lanes).groupby(["account", "kind"], sort=False)))
    data: list[theme.Trace] = []
    notes, shapes, ticks = [], [], {}
    level, name = count(0, -1), {"yanchor": "middle", "xshift": 4 - _NAMES}
    for voice in heard:
        y, kinds = next(level), [kind for account, kind in drawn if account == voice.key]
        number, every = sum(len(drawn[voice.key, kind]) for kind in kinds), int((lanes["account"] == voice.key).sum())
        more = f": {number:,} of {every:,} marks drawn" if number < every else "" if every else ": dates nothing"
        notes.append(theme.note(voice.label + more, 0, y, **name))
        if not kinds:
            shapes.append(theme.band(y - 0.5, y + 0.4))
        for kind in kinds:
            y = next(level)
            ticks[y] = kind
            rows = numbered(drawn[voice.key, kind])
            data += [trace for place, row in rows for trace in _marks(place, row, voice, legend, y)]
    if others := len(legend.voices) - len(heard):
        notes.append(theme.note(f"and {counted(others, legend.noun)} of fewer claims", 0, next(level), **name))
    undated = answer.loc[answer["first"].isna(), "account"].value_counts()
    if len(undated):
        y = next(level)
        notes.append(theme.note("No time stated by", 0, y, **name))
        for voice in heard:
            if number := int(undated.get(voice.key, 0)):
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
        layout["xaxis"]["range"] = [_local_time(moment) for moment in span]
    return theme.figure(data, max(120, -bottom * _ROW + 50), **layout)


def _bars_in_window(answer: pd.DataFrame, span: Window | None, heard: list[Voice]) -> pd.DataFrame:
    """Keep one row for each mark of the hours shown: claims that are read together are one."""
    shown = within(answer, span)
    return shown[~shown["bar"].duplicated() & shown["account"].isin([voice.key for voice in heard])]


def _accounts_drawn(answer: pd.DataFrame, legend: Legend) -> list[Voice]:
    """List those who have a lane: all, or of very many those with the most claims."""
    if len(legend.voices) <= MOST_ACCOUNTS:
        return [*legend.voices]
    most = largest(answer["account"].value_counts())
    return [voice for voice in legend.voices if voice.key in most]


def _thinned(marks: pd.DataFrame) -> pd.DataFrame:
    """Keep at most so many marks as a figure shows, of each lane those first that contradict themselves."""
    if len(marks) <= _LANE:
        return marks
    most, each_lane = _limits(marks)
    lanes = marks.groupby(["account", "kind"], sort=False)
    kept = [thinned(lane, each_lane, _rank) for _, lane in lanes]
    return thinned(pd.concat([marks.iloc[:0], *kept]), most)


def _limits(marks: pd.DataFrame) -> tuple[int, int]:
    """Say for how many marks there is room, in all and in each lane; one that is certain in part is drawn twice."""
    bars = len(marks) + int((marks["certain_from"] < marks["certain_to"]).sum())
    most = MOST if bars <= MOST else MOST // 2
    return most, min(_LANE, fair_share(marks.groupby(["account", "kind"], sort=False).size(), most))


def _rank(marks: pd.DataFrame) -> "pd.Series[int]":
    """Put what contradicts itself first."""
    return (~marks["contradicts"]).astype(int)


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
        return [about | {"type": "scatter", "mode": "markers", "x": [_local_time(row.first)], "marker": marker}]
    bars = [_bar(row.first, row.last, about, theme.hatched(voice.number, hollow=hollow))]
    if not hollow and row.certain_from < row.certain_to:
        bars.append(_bar(row.certain_from, row.certain_to, about, theme.solid(voice.number)))
    return bars


def _bar(since: pd.Timestamp, until: pd.Timestamp, about: theme.Trace, marker: dict[str, Any]) -> theme.Trace:
    length = (until - since) / pd.Timedelta(milliseconds=1)
    place = {
        "type": "bar",
        "orientation": "h",
        "base": [_local_time(since)],
        "x": [length],
        "width": 0.6,
        "marker": marker,
    }
    return about | place


def _local_time(moment: pd.Timestamp) -> str:
    return f"{moment.tz_localize(None):%Y-%m-%dT%H:%M}"


def _hover(row: Row, legend: Legend) -> str:
    when = spoken_span(row.first, row.last)
    said = ", ".join([row.stance, *of_time(row)])
    return (
        theme.plain(f"{legend.whose(row.account, row.voice)} ({said}), {when}")
        + "<br>"
        + theme.plain(_shortened(row.summary))
    )


def _shortened(text: str, width: int = 60) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say how many claims are dated, by whom, and how many lie outside the hours shown."""
    if answer.empty:
        return [f"No {legend.noun} in view makes a claim."]
    dated = answer[answer["first"].notna()]
    claims, undated = counted(len(answer), "claim"), len(answer) - len(dated)
    gap = f"{counted(undated, 'claim')} {'gives' if undated == 1 else 'give'} no time."
    if dated.empty:
        return [f"No {legend.noun} in view dates a claim.", gap]
    shown = within(dated[["account", "first", "last"]], span := window(dated, legend))
    number, silent = shown["account"].nunique(), legend.without(shown["account"].unique())
    voices = counted(len(legend.voices), legend.noun)
    title = f"{number} of {voices} {'dates' if number == 1 else 'date'} something in these hours"
    if silent:
        title += f"; nothing in them is dated {legend.by(silent)}"
    are, by = "is" if len(dated) == 1 else "are", counted(dated["account"].nunique(), legend.noun)
    said = [f"{title}.", f"{len(dated)} of {claims} {are} dated, by {by}."]
    if span:
        said.append(f"The hours shown, {spoken_span(*span)}, hold {len(shown):,} of them.")
        said += _left_out(answer, span, legend)
    return [*said, gap if undated else "Each has a time."]


def _left_out(answer: pd.DataFrame, span: Window, legend: Legend) -> list[str]:
    """Say what is not drawn."""
    if len(answer) <= _LANE and len(legend.voices) <= MOST_ACCOUNTS:
        return []
    heard = _accounts_drawn(answer, legend)
    marks = _bars_in_window(
        answer[["account", "kind", "bar", "first", "last", "certain_from", "certain_to"]], span, heard
    )
    most, each_lane = _limits(marks)
    drawn = min(most, int(marks.groupby(["account", "kind"], sort=False).size().clip(upper=each_lane).sum()))
    others = len(legend.voices) - len(heard)
    thin = (
        f"{drawn:,} of {len(marks):,} marks are drawn: of each lane the first, the last and evenly many between them."
    )
    lanes = f"{counted(others, legend.noun)} of fewer claims {'has' if others == 1 else 'have'} no lane."
    return [thin] * (drawn < len(marks)) + [lanes] * (others > 0)


def mark(row: Row, legend: Legend) -> str:
    """Name one claim."""
    return f"{legend.whose(row.account, row.voice)} · {row.kind} · {_shortened(row.summary)} · {row.claim_id}"


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
