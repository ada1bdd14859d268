"""How many were killed and injured: who said what, when?

Every stated figure stands at the time it was stated. Successive statements of one total are one total, and no figure
is ever added to another. Figures of a part (police, one hospital, one country) are drawn small and stay out of the
headline.
"""

from typing import Any

import pandas as pd

from contested import theme
from contested.chart import Chart, Row, each
from contested.legend import Legend, Voice
from contested.moment import day, day_and_hour
from contested.vocabulary import FATAL_AND_INJURED, Measure
from contested.wording import figure, listing, verb

QUESTION = f"""
select account, measure, stated_at, low, best, high, scope, standing, source_id, claim_id,
    voice, stated_earliest, figure_words, definition, victims, via is not null as hearsay, [claim_id] as claim_ids,
    victims is not null or len(part_of) > 0 as is_part
from selected
where measure in ({", ".join(f"'{measure}'" for measure in FATAL_AND_INJURED)}) and stance <> 'denies'
order by account, measure, stated_at, claim_id
"""

_PANEL = {Measure.KILLED: 60, Measure.INJURED: 78}
_GAP = 26
_SMALL, _LARGE = 7, 12


def draw(answer: pd.DataFrame, legend: Legend) -> theme.Figure:
    """Draw a panel per measure and account: each figure at the time it was stated, with its range."""
    panels = [
        (measure, voice, rows)
        for measure in FATAL_AND_INJURED
        for voice in legend.voices
        if len(rows := answer[(answer["measure"] == measure) & (answer["account"] == voice.key)])
    ]
    heights = [_PANEL[measure] + _GAP for measure, _, _ in panels]
    total = sum(heights)
    data: list[theme.Trace] = []
    layout: dict[str, Any] = {"annotations": []}
    top = 1.0
    for number, ((measure, voice, rows), height) in enumerate(zip(panels, heights, strict=True), start=1):
        y, name = (f"y{number}", f"yaxis{number}") if number > 1 else ("y", "yaxis")
        bottom = top - height / total
        layout[name] = {"domain": [max(0, bottom), max(0, top - _GAP / total)], "visible": False}
        layout[name] |= {"range": _scale(answer[answer["measure"] == measure])}
        layout["annotations"].append(
            theme.note(f"{measure.capitalize()}, {voice.label}", 0, top, yref="paper", yanchor="top")
        )
        data += [_stated(rows, voice, y), *_ranges(rows, voice, y)]
        top = bottom
    layout["xaxis"] = {"type": "date", "anchor": "free", "position": 0, "tickformat": "%-d %b", "visible": bool(panels)}
    layout["xaxis"] |= {"nticks": 7, "tickformatstops": [{"dtickrange": [None, 43_200_000], "value": "%H:%M\n%-d %b"}]}
    silences = [f"{text} of the {m}." for m in FATAL_AND_INJURED if (text := _silence(answer, legend, m))]
    return theme.figure(data, total + 50, silent=" ".join(silences), **layout)


def _scale(rows: pd.DataFrame) -> list[float]:
    values = pd.concat([rows["low"], rows["best"], rows["high"]]).dropna()
    if values.empty:
        return [0, 1]
    low, high = float(values.min()), float(values.max())
    margin = (high - low) * 0.25 or 1
    return [low - margin, high + 2.4 * margin]


def _stated(rows: pd.DataFrame, voice: Voice, y: str) -> theme.Trace:
    heights = rows["best"].fillna(rows["low"]).fillna(rows["high"])
    named = heights.where(~(heights.duplicated() | rows["is_part"]))
    half_days = named.groupby(rows["stated_at"].dt.floor("12h"), dropna=False)
    top, bottom = half_days.transform("max"), half_days.transform("min")
    labels = [f"{value:g}" if value in {high, low} else "" for value, high, low in zip(named, top, bottom, strict=True)]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "yaxis": y,
        "x": [_wall(moment) for moment in rows["stated_at"]],
        "y": [None if pd.isna(value) else int(value) for value in heights],
        "text": labels,
        "textposition": ["bottom center" if lower else "top center" for lower in named < top],
        "marker": {
            "color": theme.colour(voice.number),
            "symbol": [theme.symbol(voice.number, hollow=bool(row.hearsay)) for row in each(rows)],
            "size": [_SMALL if row.is_part else _LARGE for row in each(rows)],
            "opacity": [1 if row.standing == "standing" else 0.45 for row in each(rows)],
        },
        "customdata": [list(ids) for ids in rows["claim_ids"]],
        "hovertext": [_hover(row, voice) for row in each(rows)],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _ranges(rows: pd.DataFrame, voice: Voice, y: str) -> list[theme.Trace]:
    """Draw the range of a figure upright, and the hours in which it may have been stated level and pale."""
    line = {"type": "scatter", "mode": "lines", "yaxis": y, "hoverinfo": "skip"}
    upright = {"color": theme.colour(voice.number), "width": 3}
    pale = {"color": theme.colour(voice.number), "width": 1, "dash": "dot"}
    drawn = []
    for row in each(rows):
        since, at = _wall(row.stated_earliest), _wall(row.stated_at)
        known = [int(value) for value in (row.best, row.low, row.high) if not pd.isna(value)]
        if len(set(known)) > 1:
            drawn.append(line | {"x": [at, at], "y": [min(known), max(known)], "line": upright})
        if since and at and known and not row.is_part:
            drawn.append(line | {"x": [since, at], "y": known[:1] * 2, "line": pale})
    return drawn


def _wall(moment: pd.Timestamp) -> str | None:
    return None if pd.isna(moment) else f"{moment.tz_localize(None):%Y-%m-%dT%H:%M}"


def _figure(row: Row) -> str:
    return figure(row.low, row.best, row.high, row.figure_words)


def _hover(row: Row, voice: Voice) -> str:
    when = "at an unknown time" if pd.isna(row.stated_at) else day_and_hour(row.stated_at)
    what = " ".join(part for part in (_figure(row), row.measure, row.victims, row.definition) if isinstance(part, str))
    return theme.plain(f"{voice.label}, {when}: {what} ({row.standing})")


def _silence(answer: pd.DataFrame, legend: Legend, measure: str) -> str:
    silent = [voice.label for voice in legend.without(answer.loc[answer["measure"] == measure, "account"])]
    return f"{listing(silent)} {verb(silent, 'states', 'state')} no figure" if silent else ""


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Give the latest standing figure of each account and the range across them; never a sum."""
    said = [sentence for measure in FATAL_AND_INJURED if (sentence := _by_account(answer, legend, measure))]
    if answer.empty:
        return [f"No {legend.noun} in view counts the killed or injured."]
    silences = [f"{text} of the {m}." for m in FATAL_AND_INJURED if (text := _silence(answer, legend, m))]
    return [*(_range(answer, legend, measure) for measure in FATAL_AND_INJURED[:1]), *said, *silences]


def latest(answer: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Keep what each voice said last of the whole: its standing figures with the latest time of statement."""
    whole = answer[(answer["measure"] == measure) & (answer["standing"] == "standing") & ~answer["is_part"]]
    whole = whole[whole[["low", "best", "high"]].notna().any(axis=1)]
    last = whole.groupby(["account", "voice"])["stated_at"].transform("max")
    return whole[(whole["stated_at"] == last) | (whole["stated_at"].isna() & last.isna())]


def _range(answer: pd.DataFrame, legend: Legend, measure: str) -> str:
    rows = latest(answer, measure)
    if rows.empty:
        return f"No {legend.noun} in view states how many were {measure}."
    figures = pd.concat([rows["low"], rows["best"], rows["high"]]).dropna()
    low, high = int(figures.min()), int(figures.max())
    voices = rows["account"].nunique()
    if low == high:
        only_least = rows["best"].isna().all() and rows["high"].isna().all()
        least = "At least " if only_least else ""
        agreed = f"according to one {legend.noun}" if voices == 1 else f"by every {legend.noun} that states a figure"
        return f"{least}{low} people {measure}, {agreed}."
    return f"{low} to {high} people {measure}, depending on {'who is asked' if voices == 1 else f'the {legend.noun}'}."


def _by_account(answer: pd.DataFrame, legend: Legend, measure: str) -> str:
    rows = latest(answer, measure)
    said = []
    for voice in legend.voices:
        mine = rows[rows["account"] == voice.key]
        if len(mine):
            figures = dict.fromkeys(_with_definition(row) for row in each(mine))
            when = "" if pd.isna(mine["stated_at"].iloc[0]) else f" ({day(mine['stated_at'].iloc[0])})"
            said.append(f"{voice.label} {' or '.join(figures)}{when}")
    return f"Latest figures of the {measure}: {'; '.join(said)}." if said else ""


def _with_definition(row: Row) -> str:
    return f"{_figure(row)} {row.definition}" if isinstance(row.definition, str) else _figure(row)


def mark(row: Row, legend: Legend) -> str:
    """Name one stated figure."""
    when = "time unknown" if pd.isna(row.stated_at) else day_and_hour(row.stated_at)
    return f"{legend.label(row.account)} · {_figure(row)} {row.measure} · {when} · {row.claim_id}"


CHART = Chart(
    key="casualty-counts",
    name="Casualties",
    definition="Every stated figure at the time it was stated. Pale: replaced since. Small: a part. Hollow: hearsay.",
    question=QUESTION,
    columns=("account", "measure", "stated_at", "low", "best", "high", "scope", "standing", "source_id", "claim_id"),
    caveat=(
        "The figures are statements, not counts of ours; they are never added up. Definitions of injured differ: "
        "wounded, hospitalised and sought medical help are not one number. An account without a figure is silent."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
)
