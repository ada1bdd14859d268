"""Who stood against whom in how many events, and how many were killed in these?

A row a pair of sides, as the account's rows name them: its events, the sum of the best figures, and a bracket from the
sum of the low to the sum of the high ones.
"""

import pandas as pd

from contested.analysis.coverage.silence import otherwise
from contested.analysis.event_figures import DATED, EVENTS, EVERY, by_account, most_told, named, told_by
from contested.chart import Chart
from contested.drawing import count_rows
from contested.drawing.count_rows import CountRow, CountTable
from contested.model.wording import counted
from contested.query.legend import Legend
from contested.query.rows import Row, known, numbered
from contested.theme import WIDTHS, Figure

QUESTION = f"""
with {EVERY}, {EVENTS}
, sided as (select *, {named(0)} as side_a, {named(1)} as side_b from event)
, paired as (
    select sided.* exclude (groups, began, over, zone), low, best, high
    from sided left join counted using (account, voice, event_id)
    where side_a is not null and side_b is not null)
select account, voice, side_a, side_b, count(*)::int as events, count(best)::int as figures,
    sum(best)::bigint as killed, if(count(low) = count(*), sum(low), null)::bigint as low,
    if(count(high) = count(*), sum(high), null)::bigint as high,
    list_sort(list_distinct(flatten(list(claim_ids)))) as claim_ids
from paired
group by account, voice, side_a, side_b
order by account, voice, events desc, side_a, side_b
"""
_SHOWN, _MORE = 6, 20
"""How many pairs are drawn in half of a page, and in a whole one."""


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say which pair has most events, and with whom each account counts how many pairs."""
    if answer.empty:
        return [f"No {legend.noun} shown names both sides of an event.", *otherwise(legend, ())]
    found = [f"{title(answer, legend)}."]
    for of in most_told(answer):
        who = legend.whose(of["account"].iloc[0], of["voice"].iloc[0])
        found.append(f"{who}: {counted(len(of), 'pair')} in {counted(int(of['events'].sum()), 'event')}.")
    return [*found, *otherwise(legend, answer["account"])]


def title(answer: pd.DataFrame, legend: Legend) -> str:
    """Name the pair of most events and its share."""
    if answer.empty:
        return tell(answer, legend)[0].rstrip(".")
    return told_by(_said(answer), answer, legend)


def _said(answer: pd.DataFrame) -> str:
    of = by_account(answer)[0]
    first, events = of.iloc[0], int(of["events"].sum())
    pair = f"between {first['side_a']} and {first['side_b']}"
    if len(of) == 1:
        return f"All events are {pair}" if events > 1 else f"The one event is {pair}"
    if len(of) > 1 and of["events"].iloc[1] == first["events"]:
        return f"No pair of sides has more than {counted(int(first['events']), 'event')}"
    return f"{first['events'] / events:.0%} of the events are {pair}"


def subtitle(answer: pd.DataFrame, legend: Legend) -> str:
    """Say what is counted."""
    if answer.empty:
        return _DEFINITION
    first, *others = by_account(answer)
    whose = f", by {legend.whose(first['account'].iloc[0], first['voice'].iloc[0])}" if others else ""
    bounds = ", low to high" if first["low"].notna().any() else ""
    killed = f", killed (best){bounds}" if first["figures"].sum() else ""
    return f"Who against whom: events{killed}{whose}"


def draw(answer: pd.DataFrame, _: Legend, width: float) -> Figure:
    """Draw the pairs of most events, of the account that tells of most."""
    of = by_account(answer)[0] if len(answer) else answer
    shown = of.head(_SHOWN if width < WIDTHS[2] else _MORE)
    has_figures = bool(of["figures"].sum()) if len(of) else False
    rows = tuple(_row(number, row, has_figures=has_figures) for number, row in numbered(shown))
    more, rest = len(of) - len(shown), int(of["events"].iloc[len(shown) :].sum()) if len(of) else 0
    fine = (
        f"{counted(more, 'more pair')} in {counted(rest, 'event')} {'is' if more == 1 else 'are'} in the table."
        if more
        else ""
    )
    heads = ("Side A – side B", "events", *["killed"] * has_figures)
    return count_rows.draw([CountTable(heads, rows)], width, fine)


def _row(number: int, row: Row, *, has_figures: bool) -> CountRow:
    pair = f"{row.side_a} – {row.side_b}"
    killed, low, high = (known(one) for one in (row.killed, row.low, row.high))
    said = "–" if killed is None else f"{killed:,.0f}"
    words = f"{pair}: {counted(row.events, 'event')}"
    words += f", {said} killed" if killed is not None else ""
    words += f" ({low:,.0f} to {high:,.0f})" if low is not None and high is not None and low != high else ""
    return CountRow(pair, (f"{row.events:,}", *[said] * has_figures), number, words, killed, low, high)


def mark(row: Row, legend: Legend) -> str:
    """Name a pair."""
    return f"{legend.whose(row.account, row.voice)} · {row.side_a} – {row.side_b}"


_DEFINITION = "Who against whom: events, killed (best), low to high"
CHART = Chart(
    key="who-against-whom",
    name="Who",
    definition=_DEFINITION,
    question=QUESTION,
    columns=("account", "side_a", "side_b", "events", "killed", "low", "high"),
    caveat=(
        "The sides are named as the account's rows name them, and A and B change by event: the order is theirs, and "
        "says nothing of who began. Sums are over distinct events of one account."
    ),
    draw=draw,
    tell=tell,
    title=title,
    subtitle=subtitle,
    mark=mark,
    key_columns=("account", "voice", "side_a", "side_b"),
    topic=DATED,
)
