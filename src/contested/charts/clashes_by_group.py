"""At which hours of the day were the clashes of each group under way, and how many are there?

Groups are those of the events that one account tells of; each account's for itself, and none is added to another. Hours
are counted as in *Clashes by hour*, all panels on one scale; a group of fewer than ten clashes has its number and no
panel.
"""

import pandas as pd

from contested.analysis.coverage.silence import otherwise
from contested.analysis.coverage.topic import milestones
from contested.analysis.timing.clash_hours import CAVEAT, dated, numbers, peak
from contested.analysis.timing.delay_words import fitting
from contested.analysis.timing.grouped_hours import QUESTION, by_group
from contested.analysis.timing.hours import uncounted
from contested.chart import Chart, Computed
from contested.drawing.day_hours import Day, Hour, draw
from contested.model.times import LEAST_DELAYS
from contested.model.wording import counted, listing
from contested.query import groups
from contested.query.legend import Legend
from contested.query.rows import Row, numbered
from contested.theme import Figure

COLUMNS = ("account", "group_value", "n", "hour", "certain", "possible", "days", "claim_ids")
_PANELS = 12


def name_of(row: Row, legend: Legend) -> str:
    """Name a group, and whose it is where several tell."""
    group = groups.label(legend.selection.group or "", row.group_value, legend.selection.zone)
    return f"{group}, {legend.label(row.account)}" if len(legend.voices) > 1 else group


def _sizes(rows: pd.DataFrame) -> list[Row]:
    """List the groups, those of most clashes first."""
    first = rows.drop_duplicates("whose").sort_values("n", ascending=False, kind="stable")
    return [row for _, row in numbered(first)]


def title(rows: pd.DataFrame, legend: Legend) -> str:
    """Say which group has most clashes, by the account that tells of most; of several alike that none has."""
    if legend.selection.group is None:
        return f"No {legend.noun} is compared by group: choose one"
    if rows.empty:
        name = groups.spoken(legend.selection.group, legend.selection.zone)
        return f"{legend.nobody} dates a clash of a known {name}"
    sizes = _sizes(rows)
    own = [row for row in sizes if row.account == sizes[0].account]
    every = sum(row.n for row in own)
    if len(own) == 1:
        return fitting(f"Nothing to compare: all {counted(every, 'clash', 'clashes')} are of {name_of(own[0], legend)}")
    if own[0].n == own[1].n:
        return f"No group has more than {counted(int(own[0].n), 'clash', 'clashes')}"
    return fitting(f"Most clashes are of {name_of(own[0], legend)}: {own[0].n:,} of {every:,}")


def subtitle(rows: pd.DataFrame, _: Legend) -> str:
    """Say over how many days they are added up."""
    days = rows["days"].dropna()
    added = f", {counted(int(days.iloc[0]), 'day')} added up" if len(days) else ""
    return f"Clashes under way in each hour of the day, by group{added}"


def fine(rows: pd.DataFrame, legend: Legend) -> str:
    """Name the groups that have no panel, each with its number."""
    if rows.empty:
        return ""
    few = [f"{name_of(row, legend)} ({row.n:,})" for row in _sizes(rows) if row.n < LEAST_DELAYS]
    more = len(rows["whose"].unique()) - len(few) - _PANELS
    left = [f"Fewer than {LEAST_DELAYS} clashes: {listing(few)}."] if few else []
    left += [f"{counted(more, 'more group')} in the table."] if more > 0 else []
    return " ".join([*left, *filter(None, [uncounted(rows[rows["n"] >= LEAST_DELAYS])])])


def tell(rows: pd.DataFrame, legend: Legend) -> list[str]:
    """Say the finding, then of each group its number and its busiest hour, and who is silent."""
    said = [f"{title(rows, legend)}."]
    told = dated(rows)
    for row in _sizes(rows):
        own = told[told["whose"] == row.whose]
        most = peak(own) if len(own) else None
        busiest = f"; most from {most.hour}, {numbers(most)}" if most else ""
        said.append(f"{name_of(row, legend)}: {counted(int(row.n), 'clash', 'clashes')}{busiest}.")
    return [*said, *otherwise(legend, rows["account"])]


def drawn(rows: pd.DataFrame, legend: Legend, width: float) -> Figure:
    """Draw a panel a group in the colour of its account, those of most clashes first."""
    of = dict(iter(dated(rows).groupby("whose", sort=False)))
    voices = {voice.key: voice for voice in legend.voices}
    days = []
    for row in [row for row in _sizes(rows) if row.whose in of][:_PANELS]:
        voice, most = voices[row.account], peak(of[row.whose])
        hours = [
            Hour(one.place, one.certain, one.possible, f"{name_of(row, legend)}, {one.hour}: {numbers(one)}", number)
            for number, one in numbered(of[row.whose])
        ]
        days.append(Day(hours, name_of(row, legend), voice.number, voice.form, f"n = {row.n:,}, most {most.hour}"))
    return draw(days, width)


def mark(row: Row, legend: Legend) -> str:
    """Name one hour of one group."""
    return f"{legend.label(row.account)} · {name_of(row, legend)} · {row.hour or f'n = {row.n}'}"


CHART = Chart(
    key="clashes-by-group",
    name="Clashes by group",
    definition="Clashes under way in each hour of the day, by group",
    question=QUESTION,
    columns=COLUMNS,
    caveat=(
        f"{CAVEAT} Of fewer than {LEAST_DELAYS} clashes of a group the hours are not told, only their number. A clash "
        "of which several values of a group are told, or none, is in no group. That more clashes are told of a group "
        "need not mean that there were more: it depends on who was there to tell."
    ),
    draw=drawn,
    tell=tell,
    title=title,
    subtitle=subtitle,
    fine=fine,
    mark=mark,
    compute=lambda rows, legend: Computed(*by_group(rows, legend)),
    in_columns=True,
    topic=milestones("clash"),
)
