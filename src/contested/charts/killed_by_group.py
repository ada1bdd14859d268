"""How many were killed in the events of each group, by each account's own figures?

A row a group and account: its events, those of which the account gives exactly one standing total, the sums of low,
best and high of these, and, of ten or more, the killed an event. Accounts are never added to each other.
"""

from dataclasses import replace

import pandas as pd

from contested.analysis.coverage.silence import otherwise
from contested.analysis.event_figures import DATED, EVENTS, EVERY, by_account, most_told
from contested.analysis.timing.delay_words import attributed, fitting
from contested.chart import Chart
from contested.drawing import count_rows
from contested.drawing.count_rows import CountRow, CountTable
from contested.model.times import LEAST_DELAYS
from contested.model.wording import counted
from contested.query import groups
from contested.query.legend import Legend
from contested.query.rows import Row, known, numbered
from contested.theme import WIDTHS, Figure

QUESTION = f"""
with {EVERY}, {EVENTS}
, told as (
    select event.account, event.voice, event_id, event.claim_ids, event_values.group_value, low, best, high
    from event left join counted using (account, voice, event_id)
        join event_values using (account, event_id) where event_values.group_value is not null)
select account, voice, group_value, count(*)::int as events, count(best)::int as figures,
    sum(best)::bigint as killed, if(count(low) = count(best), sum(low), null)::bigint as low,
    if(count(high) = count(best), sum(high), null)::bigint as high,
    list_sort(list_distinct(flatten(list(claim_ids)))) as claim_ids
from told
group by account, voice, group_value
order by account, voice, events desc, group_value
"""
COLUMNS = ("account", "group_value", "events", "figures", "killed", "low", "high", "killed_per_event")
_MORE = 24


def compute(rows: pd.DataFrame, _: Legend) -> pd.DataFrame:
    """Add how many were killed an event, where figures of enough events are told."""
    is_enough = rows["figures"] >= LEAST_DELAYS
    return rows.assign(killed_per_event=(rows["killed"] / rows["figures"]).where(is_enough).astype(float))


def name_of(row: Row, legend: Legend) -> str:
    """Name a group."""
    return groups.label(legend.selection.group or "", row.group_value, legend.selection.zone)


def title(rows: pd.DataFrame, legend: Legend) -> str:
    """Say in which group most were killed, and whether the bounds of others reach as far."""
    if legend.selection.group is None:
        return f"No {legend.noun} is compared by group: choose one"
    if rows.empty:
        name = groups.spoken(legend.selection.group, legend.selection.zone)
        return f"{legend.nobody} tells of an event of a known {name}"
    own = [row for _, row in numbered(by_account(rows)[0]) if row.figures]
    if not own:
        return f"{legend.nobody} counts the killed event by event"
    own.sort(key=lambda row: -row.killed)
    whose = attributed([legend.whose(own[0].account, own[0].voice)], is_alone=legend.is_alone)
    first, others = own[0], own[1:]
    people = f"{first.killed:,.0f} {'person was' if first.killed == 1 else 'people were'}"
    of, events = f"{people} killed", counted(int(first.figures), "event")
    if not others:
        return fitting(f"{of} in {events} of {name_of(first, legend)}{whose}")
    if all(_least(first) > _most(other) for other in others):
        said = f"{of} in {events} of {name_of(first, legend)}"
        return fitting(f"{said}, more than of any other{whose}", f"{said}{whose}")
    return fitting(f"No group certainly has most killed; by best figures {name_of(first, legend)}{whose}")


def _least(row: Row) -> float:
    return float(min(row.killed, row.killed if pd.isna(row.low) else row.low))


def _most(row: Row) -> float:
    return float(max(row.killed, row.killed if pd.isna(row.high) else row.high))


def tell(rows: pd.DataFrame, legend: Legend) -> list[str]:
    """Say the finding, then the numbers of each group of the accounts that tell of most events."""
    said = [f"{title(rows, legend)}."]
    for own in most_told(rows) if len(rows) else []:
        who = legend.whose(own["account"].iloc[0], own["voice"].iloc[0])
        said += [f"{who}, {words(row, legend)}." for _, row in numbered(own)]
    return [*said, *otherwise(legend, rows["account"])]


def words(row: Row, legend: Legend) -> str:
    """Say how many events a group has, and how many were killed in how many of them."""
    told = f"{name_of(row, legend)}: {counted(int(row.events), 'event')}"
    if not row.figures:
        return f"{told}, none with a figure of the killed"
    is_open = pd.notna(row.low) and pd.notna(row.high) and row.low != row.high
    bounds = f" ({row.low:,.0f} to {row.high:,.0f})" if is_open else ""
    each = "" if pd.isna(row.killed_per_event) else f", {row.killed_per_event:.1f} an event"
    return f"{told}, {row.killed:,.0f} killed{bounds} in {int(row.figures):,} with a figure{each}"


def draw(rows: pd.DataFrame, legend: Legend, width: float) -> Figure:
    """Draw the groups of the account that tells of most events, with their numbers."""
    own = by_account(rows)[0] if len(rows) else rows
    shown = own.head(_MORE)
    told = tuple(_row(number, row, legend) for number, row in numbered(shown))
    heads = ("Group", "events", "figures", "killed", "an event")[: None if width >= WIDTHS[2] else 4]
    told = tuple(one if width >= WIDTHS[2] else _short(one) for one in told)
    more = f"{counted(len(own) - len(shown), 'more group')} in the table." if len(own) > len(shown) else ""
    return count_rows.draw([CountTable(heads, told)], width, more)


def _row(number: int, row: Row, legend: Legend) -> CountRow:
    killed, low, high = (known(one) for one in (row.killed, row.low, row.high))
    each = f"{row.killed_per_event:.1f}" if pd.notna(row.killed_per_event) else "too few" if row.figures else "–"
    numbers = (f"{row.events:,}", f"{row.figures:,}", "–" if killed is None else f"{killed:,.0f}", each)
    return CountRow(name_of(row, legend), numbers, number, words(row, legend), killed, low, high)


def _short(one: CountRow) -> CountRow:
    """Leave out the last number, where there is no room for it."""
    return replace(one, numbers=one.numbers[:-1])


def subtitle(rows: pd.DataFrame, legend: Legend) -> str:
    """Say what is counted, and by whose figures."""
    if rows.empty:
        return _DEFINITION
    first, *others = by_account(rows)
    whose = f", by {legend.whose(first['account'].iloc[0], first['voice'].iloc[0])}" if others else ""
    return f"{_DEFINITION}{whose}"


def mark(row: Row, legend: Legend) -> str:
    """Name a group."""
    return f"{legend.whose(row.account, row.voice)} · {name_of(row, legend)}"


_DEFINITION = "Events and killed (best, low to high) of each group"
CHART = Chart(
    key="killed-by-group",
    name="Killed by group",
    definition=_DEFINITION,
    question=QUESTION,
    columns=COLUMNS,
    caveat=(
        "Sums are over distinct events of one account, of which it gives exactly one standing total. The bracket goes "
        "from the sum of the low figures to that of the high ones; it is no range of error, and drawn as it is coded "
        "where it leaves out the best. Of fewer than "
        f"{LEAST_DELAYS} events with a figure no number an event is given. An event of which several values of a group "
        "are told, or none, is in no group."
    ),
    draw=draw,
    tell=tell,
    title=title,
    subtitle=subtitle,
    mark=mark,
    key_columns=("account", "voice", "group_value"),
    compute=compute,
    topic=DATED,
)
