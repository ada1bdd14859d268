"""At which hours of the week are most clashes under way, certainly and possibly, by each account?

All weeks in view are added up, each account's for itself, on one scale; accounts are never added.
"""

import pandas as pd

from contested.analysis.coverage.topic import milestones
from contested.analysis.timing.clash_hours import CAVEAT, COLUMNS, dated, mark, numbers, sentences
from contested.analysis.timing.delay_words import fitting, short_name
from contested.analysis.timing.hours import Columns, by_clock, uncounted
from contested.chart import Chart, Computed
from contested.drawing.week import DAYS, HOURS, NONE, Cell, Key, Strip, draw
from contested.model.wording import counted
from contested.query import clash_extents
from contested.query.legend import Legend
from contested.query.rows import numbered
from contested.theme import Figure

_RUN, _STRIPS = 4, 7
"""How many hours in a row the title names, and of how many accounts weeks are drawn at most."""


def compute(rows: Columns, legend: Legend) -> Computed:
    """Add up the clashes of each hour of the week."""
    counts, claim_ids = by_clock(rows, legend, lambda hours: hours.dt.day_of_week * HOURS + hours.dt.hour)
    counts["hour"] = [_named(int(at)) if at == at else None for at in counts["place"]]  # noqa: PLR0124 not a number
    return Computed(counts, lambda some: some.assign(claim_ids=pd.Series(claim_ids(some), some.index, object)))


def _named(place: int) -> str:
    return f"{DAYS[place // HOURS]} {place % HOURS:02}:00"


def drawn(rows: pd.DataFrame, legend: Legend, width: float) -> Figure:
    """Draw two weeks an account: what is certain, and beside it, or below it on a phone, what is possible."""
    told = dated(rows)
    if told.empty:
        return draw([Strip([])], Key("", "", ()), width)
    most = int(told["possible"].max())
    of = dict(iter(told.groupby("account", sort=False)))
    heard = [voice for voice in legend.voices if voice.key in of]
    shown = sorted(heard, key=lambda voice: -int(of[voice.key]["possible"].sum()))[:_STRIPS]
    strips = []
    for voice in heard:
        if voice in shown:
            for state in ("certain", "possible"):
                cells = [
                    Cell(
                        row.place,
                        _step(getattr(row, state), most),
                        f"{voice.label}, {row.hour}: {numbers(row)}",
                        [number],
                    )
                    for number, row in numbered(of[voice.key])
                ]
                strips.append(Strip(cells, voice.number, voice.form, voice.label, state))
    ramps = [(voice.number, voice.form) for voice in heard if voice in shown]
    return draw(strips, Key("0", counted(most, "clash", "clashes"), ramps), width, across=2)


def _step(number: int, most: int) -> int:
    """Choose one of six steps, which all accounts share."""
    return NONE if not number else min(5, number * 6 // most)


def title(rows: pd.DataFrame, legend: Legend) -> str:
    """Say which share of the possible clash hours lies in the busiest four hours of the day, by who tells of most."""
    if (told := dated(rows)).empty:
        return uncounted(rows) or f"{legend.nobody} dates a clash"
    sums = told.groupby("account", sort=False)[["certain", "possible"]].sum()
    sums = sums[sums["certain"] > 0]
    if sums.empty:
        return f"{legend.nobody} tells at which hours clashes went on"
    key = str(sums["possible"].idxmax())
    own = told[told["account"] == key]
    by_hour = own.groupby(own["place"] % HOURS)["possible"].sum().reindex(range(HOURS), fill_value=0).tolist()
    runs = {first: sum(by_hour[(first + more) % HOURS] for more in range(_RUN)) for first in range(HOURS)}
    most = max(runs.values())
    spans = {_trimmed(first, by_hour) for first in runs if runs[first] == most}
    if len(spans) > 1:
        return "No four hours of the day hold most of the possible clash hours"
    [(first, until)] = spans
    said = f"{most / sum(by_hour):.0%} of possible clash hours lie between {first:02}:00 and {until:02}:00"
    return said if legend.is_alone else fitting(f"{said}, according to {short_name(legend.label(key))}", said)


def _trimmed(first: int, by_hour: list[int]) -> tuple[int, int]:
    """Narrow a run to the hours between the first and the last in which a clash is possible."""
    held = [more for more in range(_RUN) if by_hour[(first + more) % HOURS]]
    return (first + held[0]) % HOURS, (first + held[-1] + 1) % HOURS


def subtitle(rows: pd.DataFrame, _: Legend) -> str:
    """Say over how many days they are added up."""
    told = dated(rows)
    days = f"; {counted(int(told['days'].iloc[0]), 'day')} added up" if len(told) else ""
    return f"Clashes under way, by weekday and hour{days}"


def tell(rows: pd.DataFrame, legend: Legend) -> list[str]:
    """Say the finding, then the busiest hour of the week of each account, and who is silent."""
    return sentences(rows, legend, title(rows, legend), lambda row: f"at {row.hour}")


CHART = Chart(
    key="clashes-by-hour-of-week",
    name="Clashes by hour of the week",
    definition="Clashes under way, by weekday and hour",
    question=clash_extents.QUESTION,
    columns=COLUMNS,
    caveat=f"{CAVEAT} The share in the title is that of one account, the one that tells of most.",
    draw=drawn,
    tell=tell,
    title=title,
    subtitle=subtitle,
    mark=mark,
    compute=compute,
    in_columns=True,
    topic=milestones("clash"),
)
