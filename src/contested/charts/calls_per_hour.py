"""At which hours do most calls come, on weekdays and at weekends?

Each event counts in the hour of the day in which its clock started, by each account; the mean is over all weekdays, or
all days of weekends, from the first to the last day on which one started.
"""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from contested import theme
from contested.analysis.coverage.topic import milestones
from contested.analysis.timing.delay_words import attributed, capital, fitting, start_noun
from contested.chart import Chart
from contested.drawing import Shape, apart, figure, glyph, is_phone, line, note, shortened, text_width
from contested.model.times import LEAST_DELAYS
from contested.model.vocabulary import Kind, Milestone
from contested.model.wording import counted, in_words, several
from contested.query.groups import starts
from contested.query.legend import Legend
from contested.query.rows import Row, each, numbered
from contested.theme import LIGHT, NAME, Figure, Trace

WEEKDAYS, WEEKENDS = "weekdays", "weekends"
_DAYS = {WEEKDAYS: ("weekday", "weekdays"), WEEKENDS: ("day of a weekend", "days of weekends")}
HOURS = 24

_PLACED = f"""
with began as (
    select account, event_id, low + ahead as first, high + ahead as last from {starts("selected")})
, placed as (
    select account, event_id, if(first::date = last::date, first::date, null) as day,
        if(date_trunc('hour', first) = date_trunc('hour', last), hour(first), null)::int as place,
        if(place is null, null, if(isodow(first) >= 6, '{WEEKENDS}', '{WEEKDAYS}')) as days
    from began)
"""
QUESTION = f"""
{_PLACED}
select account, days, place, count(*)::int as n,
    min(min(day)) over (partition by account) as since, max(max(day)) over (partition by account) as until,
    null as claim_ids -- asked apart
from placed group by account, days, place order by account, days, place
"""
CLAIMS = f"""
{_PLACED}
select account, days, placed.place as place, claim_id
from placed join selected using (account, event_id)
where kind = if($start = '{Milestone.ONSET}', '{Kind.CLASH}', $start) and standing = 'standing' and stance <> 'denies'
"""


def compute(rows: pd.DataFrame, _: Legend) -> pd.DataFrame:
    """Add the mean of the days, over all days of the sort from the first to the last that the account tells of.

    There is none where the hour is open.
    """
    if rows.empty:
        return rows.assign(hour=None, among=None, mean=None)
    among = {(row.since, row.until): _days(row) for row in each(rows[["since", "until"]].dropna().drop_duplicates())}
    told = zip(rows["since"], rows["until"], rows["days"], strict=True)
    counts = [among.get((since, until), {}).get(days) for since, until, days in told]
    of = pd.Series(counts, rows.index, float)
    hours: list[Any] = [None if pd.isna(place) else f"{int(place):02}:00" for place in rows["place"]]
    return rows.assign(hour=pd.Series(hours, rows.index, object), among=of, mean=rows["n"] / of)


def _days(row: Row) -> dict[str, int]:
    """Count the weekdays and the days of weekends from the first to the last day of an account."""
    first, last = _day(row.since), _day(row.until)
    weekdays = int(np.busday_count(first, last + timedelta(1)))
    return {WEEKDAYS: weekdays, WEEKENDS: (last - first).days + 1 - weekdays}


def _day(moment: Any) -> date:  # noqa: ANN401 a date as the database gives it
    return pd.Timestamp(moment).date()


def _known(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["place"].notna()].astype({"place": int})


def noun(legend: Legend) -> str:
    """Name what is counted: what starts the clock."""
    return {Milestone.ONSET: "event"}.get(legend.selection.start, start_noun(legend))


_COME = {Milestone.ONSET: "begin", Milestone.CALL: "come"}


def title(rows: pd.DataFrame, legend: Legend) -> str:
    """Say between which hours most come of all, and how many on a weekday, else on a day of a weekend."""
    known, one = _known(rows), noun(legend)
    if rows.empty:
        return f"{legend.nobody} times {several(start_noun(legend))}"
    if known.empty:
        return f"No {one} is known to the hour"
    by_account = known.groupby("account", sort=False)["n"].sum()
    if by_account.max() < LEAST_DELAYS:
        most = " at most" * (len(by_account) > 1)
        return f"Too few {several(one)} to tell hours apart:{most} {int(by_account.max())}"
    own = known[known["account"] == by_account.idxmax()]
    by_hour = own.groupby("place")["n"].sum()
    if (alike := int((by_hour == by_hour.max()).sum())) > 1:
        return f"No hour has most {several(one)}: {in_words(alike)} have {int(by_hour.max()):,} each"
    busiest = by_hour.idxmax()
    peak = next(each(own[own["place"] == busiest].sort_values("days")))
    come = _COME.get(legend.selection.start, "are")
    when = "on a weekday" if peak.days == WEEKDAYS else "on a day of a weekend"
    said = f"Most {several(one)} {come} between {_between(peak.place)}: {_mean(peak.mean)} {when}"
    whose = attributed([legend.label(str(own["account"].iloc[0]))], is_alone=legend.is_alone)
    return fitting(f"{said}{whose}", said)


def _mean(number: float) -> str:
    """Write a mean with one decimal; a small one with two, for it is not none."""
    return f"{number:.1f}" if number >= _SMALL else f"{number:.2g}"


_SMALL = 0.95


def _between(hour: int) -> str:
    return f"{hour:02}:00 and {hour + 1:02}:00"


def subtitle(_: pd.DataFrame, legend: Legend) -> str:
    """Say what is counted."""
    return f"{capital(several(noun(legend)))} per hour, mean of the days"


def fine(rows: pd.DataFrame, legend: Legend) -> str:
    """Count those of which the hour is open, and say over how many days the means go."""
    if rows.empty:
        return ""
    open_ = int(rows.loc[rows["place"].isna(), "n"].sum())
    among = {(str(row.days), int(row.among)): None for row in each(_known(rows))}
    by_days = {
        days: [number for sort, number in among if sort == days] for days in dict.fromkeys(one for one, _ in among)
    }
    over = " and ".join(_over(min(numbers), max(numbers), days) for days, numbers in by_days.items())
    left_out = f"{counted(open_, noun(legend))} known to no hour left out." if open_ else ""
    return " ".join(filter(None, [f"Means over {over}." if over else "", left_out]))


def _over(least: int, most: int, days: str) -> str:
    """Say over how many days the means go; where accounts tell of different stretches, from how few to how many."""
    return counted(most, *_DAYS[days]) if least == most else f"{least:,} to {counted(most, *_DAYS[days])}, by account"


_LEFT, _RIGHT, _PHONE, _HIGH, _HEAD, _FOOT, _PANELS = 40, 92, 36, 190, 26, 28, 7
_LOOKS = {WEEKDAYS: (0, "circle"), WEEKENDS: (2, "diamond")}


def drawn(rows: pd.DataFrame, legend: Legend, width: float) -> Figure:
    """Draw the hours of the day of each account, weekdays and weekends as two lines."""
    known, is_narrow = _known(rows), is_phone(width)
    of = dict(iter(known.groupby("account", sort=False)))
    heard = [voice for voice in legend.voices if voice.key in of]
    most = sorted(heard, key=lambda voice: -int(of[voice.key]["n"].sum()))[:_PANELS]
    top, step = _top(float(known["mean"].max()) if len(known) else 1.0)
    left, right = (_PHONE, 10) if is_narrow else (_LEFT, _RIGHT)
    data: list[Trace] = []
    shapes: list[Shape] = []
    notes: list[Shape] = []
    y = _key(shapes, notes, left) if is_narrow else 8.0
    for voice in heard:
        if voice not in most:
            continue
        if len(heard) > 1:
            shapes += glyph(voice.number, voice.form, 6, y + 10)
            name = note(shortened(voice.label, 40), 0, y + 10, theme.label_colour(voice.number), size=NAME)
            notes.append(name | {"xref": "paper", "xshift": 18})
            y += _HEAD
        base = y + _HIGH
        _rule(shapes, notes, base, (top, step))
        ends = []
        for days, own in of[voice.key].groupby("days", sort=False):
            data.append(_line(own, str(days), base, top, voice.label if len(heard) > 1 else ""))
            ends.append((base - float(own["mean"].iloc[-1]) / top * _HIGH, str(days)))
        if not is_narrow:
            for place, (_, days) in zip(apart([at for at, _ in ends], 17, y, base), ends, strict=True):
                notes.append(note(days, 1, place, theme.label_colour(_LOOKS[days][0]), xref="paper", xshift=10))
        for hour in range(0, HOURS, 3):
            text = "00:00" if hour == 0 else f"{hour:02}"
            notes.append(note(text, hour, base + 4, LIGHT["quiet"], anchor="center", yanchor="top"))
        y = base + _FOOT
    axes: dict[str, Any] = {
        "xaxis": {"range": [-0.6, HOURS - 0.4], "showticklabels": False},
        "yaxis": {"range": [y, 0], "showticklabels": False},
    }
    return figure(width, max(y, 40), data, left=left, right=right, shapes=shapes, notes=notes, **axes)


def _key(shapes: list[Shape], notes: list[Shape], left: float) -> float:
    x = -left
    for days, (number, _) in _LOOKS.items():
        shapes += glyph(number, number, x + 6, 10)
        notes.append(note(days, 0, 10, theme.label_colour(number), xref="paper", xshift=x + 16))
        x += 34 + text_width(days)
    return 28.0


def _top(most: float) -> tuple[float, float]:
    """Choose how far the scale reaches and the step of its lines, of which there are at most five."""
    steps = (step * 10**power for power in range(-2, 7) for step in (1, 2, 5))
    step = next(step for step in steps if most / step <= 4.4)  # noqa: PLR2004 lines
    return float(np.ceil(most / step)) * step, step


def _rule(shapes: list[Shape], notes: list[Shape], base: float, scale: tuple[float, float]) -> None:
    top, step = scale
    for number in range(round(top / step) + 1):
        y = base - number * step / top * _HIGH
        shapes.append(line(0, y, 1, y, LIGHT["grid"] if number else LIGHT["axis"], xref="paper"))
        notes.append(note(f"{number * step:g}", 0, y, LIGHT["quiet"], anchor="right", xref="paper", xshift=-6))


def _line(own: pd.DataFrame, days: str, base: float, top: float, label: str) -> Trace:
    """Draw the mean of each hour; an hour in which none came is at nought, for the days were counted."""
    number, shape = _LOOKS[days]
    told = {row.place: (index, row) for index, row in numbered(own)}
    whose = f"{label}, " if label else ""
    means = [told[hour][1].mean if hour in told else 0.0 for hour in range(HOURS)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(range(HOURS)),
        "y": [base - mean / top * _HIGH for mean in means],
        "line": {"width": 2, "color": theme.colour(number)},
        "marker": {"symbol": shape, "size": 7, "color": theme.colour(number)},
        "cliponaxis": False,
        "customdata": [[told[hour][0]] if hour in told else [] for hour in range(HOURS)],
        "hovertext": [
            theme.plain(
                f"{whose}{days}, {hour:02}:00–{hour + 1:02}:00: {mean:.1f} a day, "
                f"n = {told[hour][1].n if hour in told else 0:,}"
            )
            for hour, mean in enumerate(means)
        ],
        "hoverinfo": "text",
    }


def tell(rows: pd.DataFrame, legend: Legend) -> list[str]:
    """Say the finding, then of each account how many were counted."""
    said = [f"{title(rows, legend)}."]
    for account, own in rows.groupby("account", sort=False):
        said.append(f"{legend.label(str(account))}: {counted(int(own['n'].sum()), noun(legend))}.")
    return [*said, *filter(None, [fine(rows, legend)])]


def mark(row: Row, legend: Legend) -> str:
    """Name one hour of one sort of day of one account."""
    when = f"{row.days}, {row.hour}" if isinstance(row.days, str) else "hour not known"
    return f"{legend.label(row.account)} · {when} · n = {row.n:,}"


CHART = Chart(
    key="calls-per-hour",
    name="Calls per hour",
    definition="What starts the clock, per hour of the day",
    question=QUESTION,
    columns=("account", "days", "hour", "n", "among", "mean", "claim_ids"),
    caveat=(
        "An event counts in the hour in which its clock certainly started; one whose hour is open is in none, and "
        "counted. The mean is over all weekdays, or all days of weekends, from the first to the last day on which one "
        "started by that account, also those on which none did; the first and the last day may not be whole. How many "
        "come says nothing of how many were needed. Accounts are never added up."
    ),
    draw=drawn,
    tell=tell,
    title=title,
    subtitle=subtitle,
    fine=fine,
    mark=mark,
    key_columns=("account", "days", "place"),
    claims=CLAIMS,
    compute=compute,
    topic=milestones(),
)
