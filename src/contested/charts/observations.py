"""Which delays stand behind a pooled figure, one by one?

Every event that an account tells of is a row, with when its clock started and stopped, between which bounds the delay
lies, whether it counts, and if not, why. The rows give the figure again: `RECIPE` says how.
"""

from datetime import timedelta
from math import ceil, isnan

import numpy as np
import pandas as pd

from contested import theme
from contested.analysis.coverage.topic import milestones
from contested.analysis.thinning import MOST, thinned
from contested.analysis.timing.delay import bound, call
from contested.analysis.timing.delay_words import an, short_name, start_noun, stop_noun
from contested.analysis.timing.observations import COLUMNS, KEYS, RECIPE, observations
from contested.chart import Asked, Chart
from contested.drawing import is_phone, line, note
from contested.drawing.lanes import Sheet, stamp
from contested.model.times import LEAST_DELAYS, brief_duration, duration
from contested.model.vocabulary import Milestone
from contested.model.wording import counted, listing
from contested.query.legend import Legend
from contested.query.rows import Row, known, numbered
from contested.theme import LIGHT, Figure

REACHED = {"exact", "interval"}
"""What is known of a delay that had its stop."""


def split(rows: pd.DataFrame, target: float | None) -> dict[str, pd.DataFrame]:
    """Part the rows that count: in time, perhaps in time, later, and without a stop; without a target, with or without.

    Those that do not count stand last. Together these are all rows; where only calls with a stop count, none without
    one is a part of its own.
    """
    counts = rows["counts"].astype(bool)
    is_reached = counts & rows["censored"].isin(REACHED)
    if target is None:
        parts = {"reached": is_reached}
    else:
        in_time = is_reached & (rows["longest_minutes"] <= target)
        later = is_reached & (rows["shortest_minutes"] > target)
        parts = {"in time": in_time, "perhaps": is_reached & ~in_time & ~later, "later": later}
    parts |= {"without": counts & ~is_reached, "not counted": ~counts}
    return {name: rows[which] for name, which in parts.items() if name in _ALWAYS or which.any()}


_ALWAYS = {"reached", "in time", "later"}


def title(rows: pd.DataFrame, legend: Legend) -> str:
    """Name the figure that these rows stand behind, and how many they are."""
    told = rows[rows["counts"].astype(bool)]
    if told.empty:
        return f"{legend.nobody} times both the {start_noun(legend)} and the {stop_noun(legend)}"
    if len(accounts := set(told["account"])) > 1:
        n = counted(told["event_id"].nunique(), call(legend))
        own = len(accounts & {voice.key for voice in legend.voices})
        mixed = " and in a mix of accounts" * (own < len(accounts))
        return f"{counted(len(told), 'observation')} of {n} by {counted(own, legend.noun)}{mixed}"
    n = counted(len(told), call(legend))
    figure = _figure(told, legend)
    return f"The {n} behind “{figure}”" if figure else f"{n} with a start and an outcome"


def _figure(told: pd.DataFrame, legend: Legend) -> str:
    """Say the pooled figure of these rows: a share within the target, or half within so long."""
    target = legend.selection.target
    is_cleared = told["censored"] == "cleared"
    if len(told) < LEAST_DELAYS:
        return ""
    if target is not None:
        least = (told["longest_minutes"] <= target) & ~is_cleared
        most = (told["shortest_minutes"] <= target) & ~is_cleared
        shares = [f"{float(which.mean()):.0%}" for which in (least, most)]
        share = shares[0] if shares[0] == shares[1] else f"{shares[0].removesuffix('%')}–{shares[1]}"
        return f"{share} within {duration(target, target)}"
    ends = [
        np.sort(np.where(is_cleared, np.inf, told[name].fillna(open_).to_numpy(float)))
        for name, open_ in (("shortest_minutes", -np.inf), ("longest_minutes", np.inf))
    ]
    low, high = (bound(float(side[ceil(len(told) / 2) - 1])) for side in ends)
    return "" if low is None and high is None else f"half within {brief_duration(low, high)}"


def subtitle(rows: pd.DataFrame, legend: Legend) -> str:
    """Split n into what adds up to it."""
    words = {
        "reached": f"with {an(stop_noun(legend))}",
        "in time": "reached in time" if legend.selection.stop is Milestone.ARRIVAL else "in time",
        "perhaps": "perhaps in time",
        "later": "later",
        "without": f"without {an(stop_noun(legend))}",
    }
    parts = split(rows, legend.selection.target)
    said = [f"{len(parts[name]):,} {text}" for name, text in words.items() if name in parts]
    return f"{', '.join(said)}; one row {an(call(legend))}"


def fine(rows: pd.DataFrame, legend: Legend) -> str:
    """Say where what is known between bounds stands; then count what does not count, and why."""
    counts = rows["counts"].astype(bool)
    between = int((counts & (rows["censored"] == "interval")).sum())
    drawn = f"{counted(between, 'delay')} between bounds {'stands' if between == 1 else 'stand'} at the longest."
    why = rows.loc[~counts, "why"].value_counts()
    left_out = listing(f"{counted(int(number), call(legend))} {reason}" for reason, number in why.items())
    return " ".join([*[drawn] * (between > 0), *[f"Not counted: {left_out}."] * (len(why) > 0)])


_HIGH, _LEFT = 240, 44
_CUT = 0.95
"""The scale ends where so many of the delays lie below it."""


def draw(rows: pd.DataFrame, legend: Legend, width: float) -> Figure:
    """Draw each delay at the start of its clock, of very many only some; heads at an edge lie beyond the scale."""
    sheet = Sheet(width, 40 if is_phone(width) else _LEFT, 12)
    told = rows[rows["counts"].astype(bool) & rows["started_earliest"].notna()]
    shown = thinned(told, MOST)
    if shown.empty:
        return sheet.undated()
    base, target = 10.0 + _HIGH, legend.selection.target
    top, step, unit, per = _scale(told, target)

    def height(minutes: float) -> float:
        return base - min(max(minutes / per / top, 0), 1) * _HIGH

    for number in range(0, top + 1, step):
        sheet.rule(height(number * per), LIGHT["grid"] if number else LIGHT["axis"])
        text = f"{number} {unit}" if number == step else f"{number}"
        sheet.notes.append(note(text, 0, height(number * per), LIGHT["quiet"], anchor="right", xref="paper", xshift=-6))
    if target:
        y = height(target)
        sheet.shapes.append(line(0, y, 1, y, LIGHT["text"], width=1.5, dash="dash", xref="paper", layer="above"))
    numbers = {voice.key: voice for voice in legend.with_scenario().voices}
    for account, own in shown.groupby("account", sort=False):
        voice = numbers.get(str(account))
        marks = list(numbered(own))
        ends = [_end(row) for _, row in marks]
        sheet.data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [stamp(row.started_earliest.tz_localize(None)) for _, row in marks],
                "y": [height(end) for end in ends],
                "marker": {
                    "symbol": [_edge(end, top * per) or _symbol(voice) for end in ends],
                    "size": 7,
                    "color": theme.colour(voice.number if voice else 0),
                    "opacity": 0.75,
                },
                "cliponaxis": False,
                "customdata": [[number] for number, _ in marks],
                "hovertext": [theme.plain(mark(row, legend)) for _, row in marks],
                "hoverinfo": "text",
            }
        )
    sheet.y = base
    first, last = (told["started_earliest"].agg(end).tz_localize(None).to_pydatetime() for end in ("min", "max"))
    margin = max((last - first) / 50, timedelta(minutes=30))
    return sheet.drawn(first - margin, last + margin)


def _edge(end: float, most: float) -> str:
    """Point beyond the scale where a delay lies there: up where it is longer, down where the stop came first."""
    return "triangle-up" if end > most else "triangle-down" if end < 0 else ""


def _symbol(voice: object) -> str:
    return theme.symbol(voice.form if voice else 0)  # type: ignore[attr-defined]


def _end(row: Row) -> float:
    """Give the longest of a delay, or infinity where it has no end."""
    has_end = row.censored in REACHED and not isnan(row.longest_minutes)
    return float(row.longest_minutes) if has_end else np.inf


_UNITS = (("min", 1.0, 180.0), ("h", 60.0, 72 * 60.0), ("d", 1440.0, np.inf))
_STEPS = tuple(step * 10**power for power in range(7) for step in (1, 2, 5))


def _scale(told: pd.DataFrame, target: float | None) -> tuple[int, int, str, float]:
    """End the scale where nineteen of twenty delays lie below it, and above the target."""
    ends = told.loc[told["censored"].isin(REACHED), "longest_minutes"].dropna()
    most = max(float(ends.quantile(_CUT)) if len(ends) else 1.0, (target or 0) * 1.1, 1.0)
    unit, per, _ = next(one for one in _UNITS if most <= one[2])
    step = next(step for step in _STEPS if most / per / step <= 6)  # noqa: PLR2004 lines
    return ceil(most / per / step) * step, step, unit, per


def tell(rows: pd.DataFrame, legend: Legend) -> list[str]:
    """Say the figure and what its rows add up to, then what does not count."""
    if not rows["counts"].any():
        return [f"{title(rows, legend)}.", *filter(None, [fine(rows, legend)])]
    heard = [
        f"{legend.with_scenario().label(str(account))}: {counted(len(own), call(legend))}."
        for account, own in rows[rows["counts"].astype(bool)].groupby("account", sort=False)
    ]
    return [f"{title(rows, legend)}: {subtitle(rows, legend)}.", *heard, *filter(None, [fine(rows, legend)])]


def mark(row: Row, legend: Legend) -> str:
    """Name one observation: whose, of which event and unit, and how long it took."""
    unit = f" · {row.unit}" if isinstance(row.unit, str) else ""
    return f"{short_name(legend.with_scenario().label(row.account))} · {legend.event(row.event_id)}{unit} · {took(row)}"


def took(row: Row) -> str:
    """Say how long a delay took, or what is known of it."""
    low, high = (known(end) for end in (row.shortest_minutes, row.longest_minutes))
    match row.censored:
        case "cleared":
            return f"cleared after {brief_duration(low, high)}"
        case "right":
            return f"not yet after {brief_duration(low, low)}" if low is not None else "not yet"
        case "exact" | "interval":
            return brief_duration(low, high)
    return str(row.why)


CHART = Chart(
    key="observations",
    name="Observations",
    definition="Each delay behind the pooled figures",
    question=observations(),
    columns=COLUMNS,
    caveat=(
        "A row is an event as one account tells it; rows of several accounts may be of the same event, and are never "
        "pooled. Censored: exact, interval (between its shortest and its longest), right (not over at its shortest), "
        "cleared (after which no stop came; a competing event). What does not count stands here too, with the reason. "
        "Saved rows give the pooled figures again, where all delays are exact, by these lines of Python."
    ),
    recipe=RECIPE,
    draw=draw,
    tell=tell,
    title=title,
    subtitle=subtitle,
    fine=fine,
    mark=mark,
    key_columns=KEYS,
    plainly=Asked(observations(is_plain=True)),
    topic=milestones(),
)
