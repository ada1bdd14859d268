"""How many events of one account were there in each month?

A column a month (of few weeks a day, of many years a year), hatched where the event may lie in another one.
"""

import pandas as pd

from contested.analysis.coverage.silence import otherwise
from contested.analysis.event_figures import DATED, EVERY, by_account, most_told, periods, unit
from contested.chart import Chart
from contested.drawing import is_phone, period_columns
from contested.drawing.period_columns import Column, Piece
from contested.model.wording import counted, listing
from contested.query.legend import Legend
from contested.query.rows import Row, numbered
from contested.text import periods as periods_text
from contested.theme import LIGHT, Figure

QUESTION = f"""
with {EVERY}
, {periods("event")}
select account, voice, any_value(unit) as unit, period, count(*)::int as events,
    count(*) filter (where not is_sure)::int as unsure, list_sort(list_distinct(flatten(list(claim_ids)))) as claim_ids
from dated
group by account, voice, period
order by account, voice, period
"""
_HIGH, _LOW = 220, 180


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say which period has most events, and of each account how many have no period of their own."""
    if answer.empty:
        return [f"No {legend.noun} shown tells of an event.", *otherwise(legend, ())]
    found = [f"{title(answer, legend)}."]
    for of in most_told(answer):
        who = legend.whose(of["account"].iloc[0], of["voice"].iloc[0])
        dated, undated = of[of["period"].notna()], int(of.loc[of["period"].isna(), "events"].sum())
        unsure = int(dated["unsure"].sum())
        told = [f"{who}: {counted(int(of['events'].sum()), 'event')}"]
        told += [f"{unsure:,} may lie {periods_text.in_another(unit(of))}"] * (unsure > 0)
        told += [f"{undated:,} {'has' if undated == 1 else 'have'} no date"] * (undated > 0)
        found.append(f"{'; '.join(told)}.")
    return [*found, *otherwise(legend, answer["account"])]


def title(answer: pd.DataFrame, legend: Legend) -> str:
    """Name the period of most events, and where several accounts tell of events whose they are."""
    if answer.empty:
        return tell(answer, legend)[0].rstrip(".")
    of, *others = by_account(answer)
    whose = legend.according_to(of["account"].iloc[0], [of["voice"].iloc[0]]) if others else ""
    return ", ".join(filter(None, [_most(of), whose]))


def _most(of: pd.DataFrame) -> str:
    dated = of[of["period"].notna()]
    if dated.empty:
        return f"No event of {int(of['events'].sum()):,} has a date"
    most = dated[dated["events"] == dated["events"].max()]
    names = [periods_text.name(one) for one in most["period"]]
    number = int(most["events"].iloc[0])
    if len(dated) == 1 and (unsure := int(dated["unsure"].iloc[0])):
        which = f"{unsure:,} of {counted(number, 'event')}" if number > 1 else "The one event"
        return f"{which} may lie {periods_text.in_another(unit(of))} than {names[0]}"
    if len(dated) == 1:
        every = "Both events are" if number == 2 else f"All {number:,} events are"  # noqa: PLR2004
        return f"{every if number > 1 else 'The one event is'} of {names[0]}"
    if len(names) > _NAMED:
        return f"No {unit(of)} has more than {counted(number, 'event')}"
    return f"Most events, {number:,}{' each' if len(names) > 1 else ''}, are of {listing(names)}"


_NAMED = 2
"""How many periods of most events are named."""


def subtitle(answer: pd.DataFrame, legend: Legend) -> str:
    """Say what is counted."""
    if answer.empty:
        return _DEFINITION
    first, *others = by_account(answer)
    whose = f" told by {legend.whose(first['account'].iloc[0], first['voice'].iloc[0])}" if others else ""
    unsure = f"; hatched: {unit(first)} not sure" if first.loc[first["period"].notna(), "unsure"].sum() else ""
    return f"Events{whose} per {unit(first)}{unsure}"


def draw(answer: pd.DataFrame, _: Legend, width: float) -> Figure:
    """Draw a column a period of the account that tells of most events."""
    dated = answer[answer["period"].notna()]
    of = by_account(dated)[0] if len(dated) else dated
    columns = [_column(number, row) for number, row in numbered(of)]
    unsure = f"{unit(of)} not sure" if len(of) else ""
    return period_columns.draw(columns, width, _LOW if is_phone(width) else _HIGH, unsure=unsure)


def _column(number: int, row: Row) -> Column:
    when, unsure = periods_text.name(row.period), f"{row.unsure:,} may lie {periods_text.in_another(row.unit)}"
    words = f"{when}: {counted(row.events, 'event')}{f', of which {unsure}' if row.unsure else ''}"
    ink = LIGHT["axis"]
    sure = Piece("sure", row.events - row.unsure, ink, number, words)
    return Column(row.period, (sure, Piece("not sure", row.unsure, ink, number, f"{when}: {unsure}", is_unsure=True)))


def mark(row: Row, legend: Legend) -> str:
    """Name the events of one period."""
    when = "no date" if pd.isna(row.period) else periods_text.name(row.period)
    return f"{legend.whose(row.account, row.voice)} · {when}"


_DEFINITION = "Events per month"
CHART = Chart(
    key="events-over-time",
    name="Events over time",
    definition=_DEFINITION,
    question=QUESTION,
    columns=("account", "period", "events", "unsure"),
    caveat=(
        "An account's events are what it wrote down, not all that happened: more events may be more reports. An event "
        "stands in the period in which the time begins that it may lie in. A period without a column is silent."
    ),
    draw=draw,
    tell=tell,
    title=title,
    subtitle=subtitle,
    mark=mark,
    key_columns=("account", "voice", "period"),
    topic=DATED,
)
