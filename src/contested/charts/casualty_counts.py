"""How many were killed and injured: who said what, when?

Every stated figure stands at the time it was stated: one known by its day alone at noon of it, one of no known time in
a strip of its own. Successive statements of one total are one total, and no figure is ever added to another. Figures of
a part (police, one hospital, one country) are drawn small and stay out of the headline.
"""

from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from contested import theme
from contested.analysis.coverage.silence import otherwise
from contested.analysis.coverage.topic import counts
from contested.analysis.coverage.warnings import of_figure
from contested.analysis.thinning import MOST_ACCOUNTS, fair_share, largest, thinned
from contested.chart import Chart
from contested.model.times import span
from contested.model.vocabulary import FATAL_AND_INJURED, Measure
from contested.model.wording import counted
from contested.query.legend import Legend, Voice
from contested.query.rows import Row, each
from contested.text import casualty_figures as figures

QUESTION = f"""
with stated as (
    select *, victims is not null or len(part_of) > 0 as is_part, coalesce(best, low, high) as height,
        coalesce(scope = 'event', false) as is_alone
    from selected
    where measure in ({", ".join(f"'{measure}'" for measure in FATAL_AND_INJURED)}) and stance <> 'denies')
, whole as (
    select account, voice, measure, event_id, definition, is_alone, max(stated_at) as stated_at
    from stated where standing = 'standing' and not is_part
    group by all)
select stated.account, stated.measure, stated.stated_at, low, best, high, scope, standing, source_id, claim_id,
    stated_earliest, figure_words, stated.definition, victims, via is not null as hearsay, [claim_id] as claim_ids,
    stated.event_id, is_part, is_renewed, height, stated.voice, side, speaker, via, same_origin,
    standing = 'standing' and not is_part
        and stated.stated_at is not distinct from whole.stated_at as is_latest
from stated left join whole
    on stated.account = whole.account and stated.voice = whole.voice and stated.measure = whole.measure
    and stated.event_id = whole.event_id and stated.definition is not distinct from whole.definition
    and stated.is_alone = whole.is_alone
order by stated.account, stated.measure, stated.stated_at, claim_id
"""

_PANEL = {Measure.KILLED: 60, Measure.INJURED: 78}
_GAP, _SMALL, _LARGE = 26, 7, 12
_MOVED = 5
"""How many hours from noon of its day a figure is moved at the most."""
_STRIP, _UNDATED = 0.16, "no date"
"""How wide the strip is of what was stated at no known time, and what it is called."""
_FIGURE = ("low", "best", "high", "scope", "standing", "source_id", "claim_id", "figure_words")


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> theme.Figure:  # noqa: ARG001
    """Draw a panel per measure and account: each figure at the time it was stated, or in a strip of no known time."""
    panels = _panels(answer, legend)
    heights = [_PANEL[measure] + _GAP for measure, _, _, _ in panels]
    total = sum(heights)
    scales = {measure: _scale(rows) for measure, rows in answer.groupby("measure")}
    data: list[theme.Trace] = []
    layout: dict[str, Any] = {"annotations": []}
    top = 1.0
    for number, ((measure, voice, rows, every), height) in enumerate(zip(panels, heights, strict=True), start=1):
        y, name = (f"y{number}", f"yaxis{number}") if number > 1 else ("y", "yaxis")
        bottom = top - height / total
        layout[name] = {"domain": [max(0, bottom), max(0, top - _GAP / total)], "visible": False}
        layout[name] |= {"range": scales[measure]}
        more = f": {len(rows):,} of {every:,} figures drawn" if len(rows) < every else ""
        layout["annotations"].append(
            theme.note(f"{measure.capitalize()}, {voice.label}{more}", 0, top, yref="paper", yanchor="top")
        )
        data += [
            trace
            for is_dated, part in rows.groupby(rows["stated_at"].notna())
            for trace in _marks(part, voice, legend, y, is_dated=bool(is_dated))
        ]
        top = bottom
    return theme.figure(data, total + 50, silent=" ".join(_silences(answer, legend)), **layout | _axes(answer))


_Panel = tuple[Measure, Voice, pd.DataFrame, int]
"""A measure, an account, the figures that are drawn, and how many there are."""


def _panels(answer: pd.DataFrame, legend: Legend) -> list[_Panel]:
    """Choose what is drawn: of very many accounts those with the most figures, and of each as many as there is room."""
    told = dict(iter(answer.groupby(["measure", "account"], sort=False)))
    most = largest(answer["account"].value_counts())
    pairs = [(measure, voice) for measure in FATAL_AND_INJURED for voice in legend.voices if voice.key in most]
    panels = [(measure, voice, told[measure, voice.key]) for measure, voice in pairs if (measure, voice.key) in told]
    room = fair_share([len(rows) for _, _, rows in panels])
    return [(measure, voice, thinned(rows, room, _rank), len(rows)) for measure, voice, rows in panels]


def _rank(rows: pd.DataFrame) -> "pd.Series[int]":
    """Put the lowest and the highest figure first, then the latest ones."""
    ends = {rows[name].idxmin() for name in ("low", "height") if rows[name].notna().any()}
    ends |= {rows[name].idxmax() for name in ("height", "high") if rows[name].notna().any()}
    return (2 - rows["is_latest"].astype(int)).where(~rows.index.isin(ends), 0)


def _axes(answer: pd.DataFrame) -> dict[str, Any]:
    """Lay the days out, and right of them the strip of what was stated at no known time."""
    dated = answer["stated_at"].notna()
    edge = 1 - _STRIP if not dated.all() else 1
    days = {"type": "date", "anchor": "free", "position": 0, "tickformat": "%-d %b", "visible": bool(dated.any())}
    days |= {"nticks": 7, "tickformatstops": [{"dtickrange": [None, 43_200_000], "value": "%H:%M\n%-d %b"}]}
    days |= {"autorangeoptions": {"include": _days_around(answer.loc[dated, "stated_at"])}}
    if dated.all():
        return {"xaxis": days}
    strip = {"type": "category", "anchor": "free", "position": 0, "domain": [edge if dated.any() else 0, 1]}
    return {"xaxis": days | {"domain": [0, edge - _STRIP / 4]}, "xaxis2": strip}


def _days_around(stated: pd.Series) -> list[str]:
    """Give an axis a whole day at least: around one moment alone its marks would be milliseconds."""
    if stated.empty or stated.max() - stated.min() >= timedelta(1):
        return []
    half = timedelta(hours=12)
    return [f"{edge:%Y-%m-%dT%H:%M}" for edge in (stated.min() - half, stated.max() + half)]


def _marks(rows: pd.DataFrame, voice: Voice, legend: Legend, y: str, *, is_dated: bool) -> list[theme.Trace]:
    """Draw figures with their ranges on the one axis or the other."""
    stated = list(each(rows))
    x = _times_drawn(stated) if is_dated else [_UNDATED] * len(stated)
    axis = {"xaxis": "x" if is_dated else "x2"}
    points = _stated(stated, x, voice, legend, y) | {"customdata": [[number] for number in rows.index.tolist()]}
    return [trace | axis for trace in [points, *_ranges(stated, x, voice, y)]]


def _times_drawn(stated: list[Row]) -> list[str]:
    """Place each figure at its hour; those known by their day at noon, each voice moved so that none hides another."""
    voices = list(dict.fromkeys(row.voice for row in stated))
    hours = np.linspace(-_MOVED, _MOVED, len(voices)) if len(voices) > 1 else [0.0]
    moved = {voice: timedelta(hours=float(hour)) for voice, hour in zip(voices, hours, strict=True)}
    days = [figures.plot_time(row) for row in stated]
    return [
        f"{day if day == row.stated_at else day + moved[row.voice]:%Y-%m-%dT%H:%M}"
        for row, day in zip(stated, days, strict=True)
    ]


def _scale(rows: pd.DataFrame) -> list[float]:
    values = pd.concat([rows["low"], rows["best"], rows["high"]]).dropna()
    if values.empty:
        return [0, 1]
    low, high = float(values.min()), float(values.max())
    margin = (high - low) * 0.25 or 1
    return [low - margin, high + 2.4 * margin]


def _stated(stated: list[Row], x: list[str], voice: Voice, legend: Legend, y: str) -> theme.Trace:
    labels = _labels(stated)
    return {
        "type": "scatter",
        "mode": "markers+text",
        "yaxis": y,
        "x": x,
        "y": [None if pd.isna(row.height) else int(row.height) for row in stated],
        "text": [text for text, _ in labels],
        "textposition": [f"{place} center" for _, place in labels],
        "marker": {
            "color": theme.colour(voice.number),
            "symbol": [theme.symbol(voice.number, hollow=bool(row.hearsay)) for row in stated],
            "size": [_SMALL if row.is_part else _LARGE for row in stated],
            "opacity": [1 if row.standing == "standing" else 0.45 for row in stated],
        },
        "hovertext": [_hover(row, legend) for row in stated],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _labels(stated: list[Row]) -> list[tuple[str, str]]:
    """Write each new figure once; of those stated within the same half day, only the highest and the lowest."""
    news: dict[Any, list[float]] = {}
    said: set[float] = set()
    fresh = []
    for row in stated:
        new = not row.is_part and not pd.isna(row.height) and row.height not in said
        said |= {row.height} if new else set()
        fresh.append((None if pd.isna(row.stated_at) else row.stated_at.floor("12h"),) if new else None)
        news.setdefault(fresh[-1], []).append(row.height)
    return [
        ("", "top")
        if half_day is None or row.height not in {min(news[half_day]), max(news[half_day])}
        else (_short(row), "top" if row.height == max(news[half_day]) else "bottom")
        for row, half_day in zip(stated, fresh, strict=True)
    ]


def _short(row: Row) -> str:
    """Write a figure in few letters; one that is only a bound never looks like a count."""
    if pd.isna(row.best) and row.low < row.high:
        return f"{row.low:g}–{row.high:g}"
    half = "" if not pd.isna(row.best) or row.low == row.high else "≥" if pd.isna(row.high) else "≤"
    return f"{half}{row.height:g}"


def _ranges(stated: list[Row], x: list[str], voice: Voice, y: str) -> list[theme.Trace]:
    """Draw the range of a figure upright, and the hours in which it may have been stated level and pale."""
    upright: tuple[list[Any], list[Any]] = ([], [])
    level: tuple[list[Any], list[Any]] = ([], [])
    for row, at in zip(stated, x, strict=True):
        since = None if pd.isna(row.stated_at) else _local_time(row.stated_earliest)
        known = [int(value) for value in (row.best, row.low, row.high) if not pd.isna(value)]
        if len(set(known)) > 1:
            _add(upright, [at, at], [min(known), max(known)])
        if since and known and not row.is_part:
            _add(level, [since, _local_time(row.stated_at)], known[:1] * 2)
    line = {"type": "scatter", "mode": "lines", "yaxis": y, "hoverinfo": "skip"}
    thick = {"color": theme.colour(voice.number), "width": 3}
    strokes = ((upright, thick), (level, thick | {"width": 1, "dash": "dot"}))
    return [line | {"x": x, "y": values, "line": style} for (x, values), style in strokes if x]


def _add(strokes: tuple[list[Any], list[Any]], x: list[Any], y: list[Any]) -> None:
    """Add a stroke; an empty point lifts the pen."""
    strokes[0].extend([*x, None])
    strokes[1].extend([*y, None])


def _local_time(moment: pd.Timestamp) -> str | None:
    return None if pd.isna(moment) else f"{moment.tz_localize(None):%Y-%m-%dT%H:%M}"


def _when(row: Row) -> str:
    if pd.isna(row.stated_at):
        return ""
    return span(row.stated_at if pd.isna(row.stated_earliest) else row.stated_earliest, row.stated_at)


def _hover(row: Row, legend: Legend) -> str:
    when = _when(row) or "at an unknown time"
    said = (figures.stated_figure(row), row.measure, row.victims, row.definition)
    what = " ".join(part for part in said if isinstance(part, str))
    return theme.plain(
        f"{legend.whose(row.account, row.voice)}, {when}: {what} ({', '.join([row.standing, *of_figure(row)])})"
    )


def _silences(answer: pd.DataFrame, legend: Legend) -> list[str]:
    quiet = [text for measure in FATAL_AND_INJURED if (text := _silence(answer, legend, measure))]
    return [*filter(None, [figures.partial_figures(answer, legend)]), *otherwise(legend, ()), *quiet]


def _silence(answer: pd.DataFrame, legend: Legend, measure: str) -> str:
    heard = {*answer.loc[answer["measure"] == measure, "account"].unique()}
    heard |= legend.gaps.keys() - set(answer["account"].unique())
    quiet = legend.without(heard)
    return f"No figure of the {measure} is stated {legend.by(quiet)}." if quiet else ""


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Give the latest standing figure of each account and the range across them; never a sum."""
    if answer.empty:
        return [f"No {legend.noun} in view counts the killed or injured.", *otherwise(legend, ())]
    latest = {measure: figures.latest_figures(answer, measure) for measure in FATAL_AND_INJURED}
    first, *_ = FATAL_AND_INJURED
    standing = list(each(figures.standing_figures(answer, latest[first])))
    headline = figures.range_of_totals([*each(latest[first])], legend, first, standing)
    by_account = (figures.latest_by_account([*each(rows)], legend, measure) for measure, rows in latest.items())
    found = [
        *headline,
        *filter(None, by_account),
        *figures.omitted_totals_note(answer, latest),
        *_left_out(answer, legend),
    ]
    return [*found, *_undated(answer), *_silences(answer, legend)]


def _left_out(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say what is not drawn."""
    if len(answer) <= MOST_ACCOUNTS:
        return []
    sizes = answer["account"].value_counts()
    panels = answer[answer["account"].isin(largest(sizes))].groupby(["measure", "account"]).size()
    drawn, others = int(panels.clip(upper=fair_share(panels)).sum()), len(sizes) - MOST_ACCOUNTS
    which = "of each account the lowest, the highest, and evenly many of the latest and the others"
    thin = f"{drawn:,} of {len(answer):,} figures are drawn: {which}."
    lanes = f"{counted(others, legend.noun)} of fewer figures {'is' if others == 1 else 'are'} not drawn."
    return [thin] * (drawn < len(answer)) + [lanes] * (others > 0)


def _undated(answer: pd.DataFrame) -> list[str]:
    """Count the figures of which nobody says when they were stated."""
    number = int(answer["stated_at"].isna().sum())
    return [f"{counted(number, 'figure')} {'has' if number == 1 else 'have'} no known time of statement."] * (
        number > 0
    )


def mark(row: Row, legend: Legend) -> str:
    """Name one stated figure."""
    when = _when(row) or "time unknown"
    return (
        f"{legend.whose(row.account, row.voice)} · {figures.stated_figure(row)} {row.measure} · {when} · {row.claim_id}"
    )


CHART = Chart(
    key="casualty-counts",
    name="Casualties",
    definition="Every stated figure at the time it was stated. Pale: replaced since. Small: a part. Hollow: hearsay.",
    question=QUESTION,
    columns=("account", "measure", "stated_earliest", "stated_at", *_FIGURE),
    caveat=(
        "The figures are statements, not counts of ours; they are never added up. Definitions of injured differ: "
        "wounded, hospitalised and sought medical help are not one number. An account without a figure is silent."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
    key_columns=("claim_id",),
    topic=counts(*FATAL_AND_INJURED),
)
