"""Did help come sooner or later over time, by the hour of the day, by the weekday?

Each delay belongs to the period in which its clock certainly started. Of ten or more the median is given, of thirty or
more the 90 %, each account's for itself; accounts are never pooled.
"""

from collections.abc import Callable
from functools import partial

import pandas as pd

from contested.analysis.coverage.topic import milestones
from contested.analysis.timing import period_words as words
from contested.analysis.timing.delay_words import clock, start_noun
from contested.analysis.timing.observations import narrowed
from contested.analysis.timing.period_words import HOUR, WEEKDAY, Unit
from contested.analysis.timing.periods import (
    BY_HOUR,
    BY_WEEKDAY,
    COLUMNS,
    LEAST_P90,
    OVER_TIME,
    WEEKDAYS,
    Places,
    begun,
    by_place,
    claims_of,
    clock_hour,
    known,
    narrowing,
    placed,
    step_of,
)
from contested.analysis.timing.targets import of_row
from contested.chart import Asked, Chart
from contested.drawing import is_phone
from contested.drawing.periods import Axis, Mark, Panel, draw, scale
from contested.model.times import LEAST_DELAYS, brief_duration
from contested.model.vocabulary import Period
from contested.model.wording import counted
from contested.query.legend import Legend
from contested.query.rows import Row, numbered
from contested.text import periods
from contested.theme import Figure

_PANELS = 7
"""Of more accounts only those with most delays are drawn; the table and the exports hold all."""


def _over_time(rows: pd.DataFrame) -> Unit:
    """Name the periods that are told."""
    return words.period(str(rows["unit"].iloc[0]) if len(rows) else "period")


def _panels(rows: pd.DataFrame, legend: Legend, place: Callable[[int], int], name: Callable[[Row], str]) -> list[Panel]:
    """Give a panel to each account; where there is but one it needs no name."""
    of = {str(account): own for account, own in known(rows).groupby("account", sort=False)}
    heard = [voice for voice in legend.with_scenario().voices if voice.key in of]
    most = sorted(heard, key=lambda voice: -int(of[voice.key]["n"].sum()))[:_PANELS]
    return [
        Panel(
            [_mark(row, number, place(row.place), name(row)) for number, row in numbered(of[voice.key])],
            voice.label if len(heard) > 1 else "",
            voice.number,
            voice.form,
        )
        for voice in heard
        if voice in most
    ]


def _mark(row: Row, number: int, place: int, name: str) -> Mark:
    bands = (words.band(row.median_least, row.median_most), words.band(row.p90_least, row.p90_most))
    return Mark(place, name, row.n, number, words.median(row), bands[0], words.p90(row), bands[1], of_row(row))


def _draw(rows: pd.DataFrame, legend: Legend, width: float) -> Figure:
    """Draw the periods from the first to the last, also those that hold nothing."""
    told, unit = known(rows), str(rows["unit"].iloc[0]) if len(rows) else Period.DAY.value
    first, last = (int(told["place"].agg(end)) for end in ("min", "max")) if len(told) else (0, 0)
    begin = step_of(first, unit)
    panels = _panels(
        rows, legend, lambda place: step_of(place, unit) - begin, lambda row: periods.short_name(begun(row.place), unit)
    )
    axis = _axis(first, step_of(last, unit) - begin + 1, unit, width)
    return draw(panels, axis, legend.selection.target_minutes, width, has_p90=words.has_p90(rows))


_ROOMY, _EACH = 84, (1, 2, 3, 5, 7, 14, 28)
"""Periods as wide as so many px have their names in full; else every so-manieth is named."""


def _axis(first: int, size: int, unit: str, width: float) -> Axis:
    """Name as many periods as there is room for, and rule where a year begins."""
    firsts = [begun(at) for at in _steps(first, size, unit)]
    wide = (width - (44 if is_phone(width) else 128)) / size
    rules = [number for number, day in enumerate(firsts) if number and day.year != firsts[number - 1].year]
    rules = [] if unit == Period.YEAR else rules
    if unit in {Period.QUARTER, Period.YEAR}:
        starts = [number for number, day in enumerate(firsts) if day.month == 1 or number == 0]
        every = next(step for step in (1, 2, 5, 10, 20, 50, 100) if len(starts) // step * 46 <= wide * size + 46)
        return Axis(size, [(number, f"{firsts[number].year}") for number in starts[::every]], rules)
    every = next((step for step in _EACH if step * wide >= 34), _EACH[-1])  # noqa: PLR2004 px
    names = []
    for number in range(0, size, every):
        day, before = firsts[number], firsts[number - every] if number else None
        if unit == Period.MONTH:
            names.append((number, f"{day:%b}" + ("" if before and before.year == day.year else f"\n{day.year}")))
        elif unit == Period.DAY and wide >= _ROOMY:
            names.append((number, f"{day:%a %-d %b}"))
        else:
            names.append((number, f"{day.day}" + ("" if before and before.month == day.month else f"\n{day:%b}")))
    return Axis(size, names, rules)


def _steps(first: int, size: int, unit: str) -> list[int]:
    """List the first days of so many periods in a row, as numbers since 1970."""
    frequency = {"day": "D", "week": "W-MON", "month": "MS", "quarter": "QS", "year": "YS"}[unit]
    found = pd.date_range(begun(first), periods=size, freq=frequency)
    return [int(day.timestamp() // 86_400) for day in found]


def _draw_hours(rows: pd.DataFrame, legend: Legend, width: float) -> Figure:
    axis = Axis(24, [(hour, f"{hour:02}:00" if hour == 0 else f"{hour:02}") for hour in range(0, 24, 3)])
    panels = _panels(rows, legend, int, lambda row: f"{clock_hour(row.place)}–{clock_hour(row.place + 1)}")
    return draw(panels, axis, legend.selection.target_minutes, width, has_p90=words.has_p90(rows))


def _draw_weekdays(rows: pd.DataFrame, legend: Legend, width: float) -> Figure:
    axis = Axis(7, [(place, name[:3]) for place, name in enumerate(WEEKDAYS)])
    panels = _panels(rows, legend, int, lambda row: WEEKDAYS[row.place])
    return draw(panels, axis, legend.selection.target_minutes, width, has_p90=words.has_p90(rows))


def _fine(rows: pd.DataFrame, legend: Legend, unit_of: Callable[[pd.DataFrame], Unit]) -> str:
    """Say why the 90 % is not drawn, what is above the scale, in no period, and whose panel is missing."""
    if rows.empty:
        return ""
    unit, heard = unit_of(rows), rows["account"].nunique()
    panels = _panels(rows, legend, int, lambda _: "")
    scaled = scale(panels, legend.selection.target_minutes)
    most = scaled.top * scaled.per
    drawn = [mark.median for panel in panels for mark in panel.marks]
    drawn += [mark.p90 for panel in panels for mark in panel.marks] if words.has_p90(rows) else []
    is_above = any(ends and ends[0] > most for ends in drawn)
    edge = f"▲ at the edge: above {brief_duration(most, most)} or not reached." if is_above else ""
    marks = [mark for panel in panels for mark in panel.marks]
    bands = [mark.median_band for mark in marks if mark.median]
    bands += [mark.p90_band for mark in marks if mark.p90] if words.has_p90(rows) else []
    cut = f"Bands are cut at {brief_duration(most, most)}." if any(band[1] > most for band in bands) else ""
    others = f"{counted(heard - _PANELS, 'account')} more in the table." if heard > _PANELS else ""
    return " ".join(
        filter(None, [words.why_no_p90(rows, unit, legend), edge, cut, words.unplaced(rows, unit, legend), others])
    )


def _subtitle(rows: pd.DataFrame, legend: Legend, unit_of: Callable[[pd.DataFrame], Unit]) -> str:
    return f"Time {clock(legend)}, by {unit_of(rows).by} of the {start_noun(legend)}; bands: 95%"


def _mark_name(row: Row, legend: Legend) -> str:
    when = row.period if isinstance(row.period, str) else "not known when"
    return f"{legend.with_scenario().label(row.account)} · {when} · n = {row.n:,}"


def _chart(  # noqa: PLR0913, PLR0917 what is its own
    key: str,
    name: str,
    definition: str,
    places: Places,
    unit_of: Callable[[pd.DataFrame], Unit],
    drawn: Callable[[pd.DataFrame, Legend, float], Figure],
) -> Chart:
    return Chart(
        key=key,
        name=name,
        definition=definition,
        question=placed(places),
        columns=COLUMNS,
        caveat=(
            f"Of fewer than {LEAST_DELAYS} delays no median is given, of fewer than {LEAST_P90} no 90 %. Percentiles "
            "and their bands are order statistics, each band with 95 % confidence for itself; a title compares all "
            "at once, with 5 % divided by their number. What was cleared without a stop is never reached, where every "
            "call is asked for. A delay is in the period in which its clock certainly started; one whose start is not "
            "known so well is in none, and counted. That a period is slower does not say why. Delays of different "
            "accounts are never pooled."
        ),
        draw=drawn,
        tell=lambda rows, legend: words.tell(rows, unit_of(rows), legend),
        title=lambda rows, legend: words.title(rows, unit_of(rows), legend),
        subtitle=partial(_subtitle, unit_of=unit_of),
        fine=partial(_fine, unit_of=unit_of),
        mark=_mark_name,
        key_columns=("account", "place"),
        observed=lambda row, legend: narrowed(row, legend, *narrowing(places, row, legend.selection.zone)),
        claims=claims_of(places),
        plainly=Asked(
            placed(places, is_plain=True), claims_of(places, is_plain=True), placed(places, is_all_plain=True)
        ),
        compute=lambda rows, legend: by_place(rows, places, legend.selection.target_minutes),
        in_columns=True,
        topic=milestones(),
    )


CHART = _chart("delays-over-time", "Over time", "How long help took, period by period", OVER_TIME, _over_time, _draw)
BY_HOUR_CHART = _chart(
    "delays-by-hour",
    "Delays by hour",
    "How long help took, by the hour of the day",
    BY_HOUR,
    lambda _: HOUR,
    _draw_hours,
)
BY_WEEKDAY_CHART = _chart(
    "delays-by-weekday",
    "Delays by weekday",
    "How long help took, by the day of the week",
    BY_WEEKDAY,
    lambda _: WEEKDAY,
    _draw_weekdays,
)
