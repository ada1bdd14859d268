"""At which hours of the day are most clashes under way, by each account?

All days in view are added up, each account's for itself; accounts are never added. A clash counts in each hour in which
it was certainly, or possibly, under way; one that is known by its day alone is possible in every hour of it and certain
in none.
"""

import pandas as pd

from contested.analysis.coverage.topic import milestones
from contested.analysis.timing.clash_hours import CAVEAT, COLUMNS, dated, mark, numbers, peak, sentences
from contested.analysis.timing.delay_words import fitting, short_name
from contested.analysis.timing.hours import Columns, by_clock, uncounted
from contested.chart import Chart, Computed
from contested.drawing.day_hours import Day, Hour, draw
from contested.model.wording import counted, in_words
from contested.query import clash_extents
from contested.query.legend import Legend, Voice
from contested.query.rows import Row, numbered
from contested.theme import Figure

_PARTS = ("Nights", "Mornings", "Afternoons", "Evenings")
"""The quarters of a day, of six hours each."""
_PANELS = 7


def compute(rows: Columns, legend: Legend) -> Computed:
    """Add up the clashes of each hour of the day."""
    counts, claim_ids = by_clock(rows, legend, lambda hours: hours.dt.hour)
    counts["hour"] = [f"{int(at):02}:00" if at == at else None for at in counts["place"]]  # noqa: PLR0124 not a number
    return Computed(counts, lambda some: some.assign(claim_ids=pd.Series(claim_ids(some), some.index, object)))


def drawn(rows: pd.DataFrame, legend: Legend, width: float) -> Figure:
    """Draw a panel an account; of very many those with most."""
    of = dict(iter(dated(rows).groupby("account", sort=False)))
    heard = [voice for voice in legend.voices if voice.key in of]
    most = sorted(heard, key=lambda voice: -int(of[voice.key]["possible"].sum()))[:_PANELS]
    return draw([_day(voice, of[voice.key]) for voice in heard if voice in most], width)


def _day(voice: Voice, own: pd.DataFrame) -> Day:
    hours = [
        Hour(row.place, row.certain, row.possible, f"{voice.label}, {_between(row.place)}: {numbers(row)}", number)
        for number, row in numbered(own)
    ]
    most = peak(own)
    return Day(hours, voice.label, voice.number, voice.form, f"{_number(most)}, {_between(most.place)}")


def _between(hour: int) -> str:
    return f"{hour:02}:00–{hour + 1:02}:00"


def _number(row: Row) -> str:
    if row.certain == row.possible:
        return f"{row.possible:,}"
    return f"{row.certain:,} to {row.possible:,}"


def _busiest(told: pd.DataFrame) -> dict[str, str]:
    """Give the part of the day of each account in which most hours of clashes are certain, and most possible too."""
    found = {}
    for account, own in told.groupby("account", sort=False):
        by_part = own.groupby(own["place"] // 6)[["certain", "possible"]].sum()
        first, second = (by_part.index[by_part[state] == by_part[state].max()] for state in ("certain", "possible"))
        if by_part["certain"].any() and len(first) == 1 and first.equals(second):
            found[str(account)] = _PARTS[first[0]]
    return found


def title(rows: pd.DataFrame, legend: Legend) -> str:
    """Say which part of the day is busiest, where all accounts agree on it."""
    if (told := dated(rows)).empty:
        return uncounted(rows) or f"{legend.nobody} dates a clash"
    if not told["certain"].any():
        return f"{legend.nobody} tells at which hours clashes went on"
    peaks = _busiest(told)
    parts = {*peaks.values()}
    if len(parts) != 1:
        return (
            f"The busiest part of the day differs by {legend.noun}"
            if parts
            else "No part of the day is clearly busiest"
        )
    said = f"{parts.pop()} are busiest"
    if legend.is_alone:
        return said
    if len(peaks) == 1:
        return fitting(f"{said}, according to {short_name(legend.label(next(iter(peaks))))}", said)
    whole = "both" if len(peaks) == 2 else f"all {in_words(len(peaks))}"  # noqa: PLR2004 both
    every = whole if len(peaks) == len(legend.voices) else in_words(len(peaks))
    return f"{said}, according to {every} {legend.noun}s"


def subtitle(rows: pd.DataFrame, _: Legend) -> str:
    """Say over how many days they are added up."""
    told = dated(rows)
    days = f", {counted(int(told['days'].iloc[0]), 'day')} added up" if len(told) else ""
    return f"Clashes under way in each hour of the day{days}"


def tell(rows: pd.DataFrame, legend: Legend) -> list[str]:
    """Say the finding, then the busiest hour of each account, and who is silent."""
    return sentences(rows, legend, title(rows, legend), lambda row: f"between {_between(row.place)}")


CHART = Chart(
    key="clashes-by-hour",
    name="Clashes by hour",
    definition="Clashes under way in each hour of the day",
    question=clash_extents.QUESTION,
    columns=COLUMNS,
    caveat=CAVEAT,
    draw=drawn,
    tell=tell,
    title=title,
    subtitle=subtitle,
    mark=mark,
    compute=compute,
    in_columns=True,
    topic=milestones("clash"),
)
