"""How long did help take, by whose clock?

A delay runs between two milestones of one event as one account tells them: at the shortest from the latest start to
the earliest stop, at the longest from the earliest start to the latest stop. Where the bounds overlap, the order is
unknown and is said to be.
"""

from typing import Any

import pandas as pd

from contested import theme
from contested.chart import Chart, Row, each
from contested.legend import Legend
from contested.moment import duration
from contested.wording import listing, verb

QUESTION = """
with milestone as (
    select account, voice, event_id, 'onset' as name, began_earliest as low, began_latest as high,
        hearsay, contradicts, claim_ids
    from voiced where kind = 'clash'
    union all
    select account, voice, event_id, 'end', ended_earliest, ended_latest, hearsay, contradicts, claim_ids
    from voiced where kind = 'clash'
    union all
    select account, voice, event_id, kind, began_earliest, began_latest, hearsay, contradicts, claim_ids
    from voiced where kind in ('call', 'dispatch', 'arrival'))
, delay as (
    select event_id, account, $start as start, $stop as stop,
        epoch(stopped.low - started.high) / 60 as shortest,
        epoch(stopped.high - started.low) / 60 as longest_minutes,
        started.hearsay or stopped.hearsay as hearsay, started.contradicts or stopped.contradicts as contradicts,
        list_sort(list_distinct(list_concat(started.claim_ids, stopped.claim_ids))) as claim_ids
    from milestone as started join milestone as stopped using (event_id, account, voice)
    where started.name = $start and stopped.name = $stop)
, sensible as (
    -- a clash cannot end before it begins, whatever the bounds of either leave open
    select *, if(start = 'onset' and stop = 'end' and shortest < 0,
        if(longest_minutes is null, null, 0), shortest) as shortest_minutes
    from delay)
select event_id, account, start, stop, shortest_minutes, longest_minutes,
    (start = 'onset' and stop = 'end') or coalesce(shortest_minutes >= 0 or longest_minutes <= 0, false)
        as order_known,
    hearsay, contradicts, claim_ids
from sensible
where shortest_minutes is not null or longest_minutes is not null
order by account, event_id
"""

_ROW, _HOUR = 84, 60


def draw(answer: pd.DataFrame, legend: Legend) -> theme.Figure:
    """Draw each delay from its shortest to its longest, hollow where it rests on hearsay."""
    data: list[theme.Trace] = []
    layout: dict[str, Any] = {"annotations": []}
    y = 0.0
    for voice in legend.voices:
        rows = answer[answer["account"] == voice.key]
        for row in each(rows):
            data += _interval(row, voice.number, y)
            name = f"{voice.label}: {_said(row)}"
            told = f"{theme.lines(name)}<br>{theme.lines(legend.event(row.event_id))}"
            place = {"yanchor": "bottom", "yshift": 10, "text": told}
            layout["annotations"].append(theme.note("", 0, y) | place)
            y -= 1
    known = [abs(bound) for name in ("shortest_minutes", "longest_minutes") for bound in answer[name].dropna()]
    most = max([_HOUR, *known]) / _HOUR
    least = min([0.0, *(answer["shortest_minutes"].dropna() / _HOUR)])
    layout["xaxis"] = {
        "range": [least - most * 0.04, most * 1.06],
        "ticksuffix": " h",
        "nticks": 8,
        "visible": len(data) > 0,
    }
    layout["yaxis"] = {"range": [y + 0.7, 0.9], "visible": False}
    return theme.figure(data, int(_ROW * (0.2 - y)) + 40, silent=_silence(answer, legend), **layout)


def _silence(answer: pd.DataFrame, legend: Legend) -> str:
    silent = [voice.label for voice in legend.without(answer["account"])]
    return f"{listing(silent)} {verb(silent, 'does', 'do')} not time both {_clocks(legend)}." if silent else ""


def _interval(row: Row, index: int, y: float) -> list[theme.Trace]:
    low = row.longest_minutes if pd.isna(row.shortest_minutes) else row.shortest_minutes
    high = row.shortest_minutes if pd.isna(row.longest_minutes) else row.longest_minutes
    dash = "dot" if row.hearsay else "solid"
    marker = {"symbol": theme.symbol(index, hollow=bool(row.hearsay)), "size": 13, "color": theme.colour(index)}
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": [low / _HOUR, high / _HOUR],
            "y": [y, y],
            "line": {"color": theme.colour(index), "width": 5, "dash": dash},
            "marker": marker,
            "customdata": [list(row.claim_ids)] * 2,
            "hovertext": theme.plain(_said(row)),
            "hoverinfo": "text",
        }
    ]


def _said(row: Row) -> str:
    return duration(*_bounds(row.shortest_minutes, row.longest_minutes)) + _doubts(row)


def _bounds(*minutes: float) -> list[float | None]:
    return [None if pd.isna(bound) else bound for bound in minutes]


def _doubts(row: Row) -> str:
    flags = {
        "order unknown": not row.order_known,
        "the account contradicts itself": row.contradicts,
        "hearsay": row.hearsay,
    }
    return "".join(f" ({flag})" for flag, holds in flags.items() if holds)


def _clocks(legend: Legend) -> str:
    return f"{legend.selection.start} and {legend.selection.stop}"


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Give each account's delay, and name those that do not time both ends."""
    if answer.empty:
        return [f"No {legend.noun} in view times both {_clocks(legend)}."]
    said = [
        f"{_took(legend, row.shortest_minutes, row.longest_minutes)}{_doubts(row)}, "
        f"according to {voice.label} ({legend.event(row.event_id)})."
        for voice in legend.voices
        for row in each(answer[answer["account"] == voice.key])
    ]
    said += filter(None, [_silence(answer, legend)])
    if len(answer) == 1:
        return said
    hull = _took(legend, answer["shortest_minutes"].min(), answer["longest_minutes"].max())
    accounts, events = ({*answer[name]} for name in ("account", "event_id"))
    differs = [legend.noun] * (len(accounts) > 1) + ["event"] * (len(events) > 1)
    return [f"{hull}, depending on the {listing(differs) or 'voice'}.", *said]


def _took(legend: Legend, shortest: float, longest: float) -> str:
    start, stop, said = legend.selection.start, legend.selection.stop, duration(*_bounds(shortest, longest))
    return f"{stop.capitalize()} came {said} {start}" if "before" in said else f"It took {said} from {start} to {stop}"


def mark(row: Row, legend: Legend) -> str:
    """Name one delay."""
    return f"{legend.label(row.account)} · {legend.event(row.event_id)} · {_said(row)}"


CHART = Chart(
    key="response-delays",
    name="Delays",
    definition="From the shortest to the longest that the account's bounds allow. Hollow and dotted: rests on hearsay.",
    question=QUESTION,
    columns=(
        "event_id",
        "account",
        "start",
        "stop",
        "shortest_minutes",
        "longest_minutes",
        "order_known",
        "hearsay",
        "claim_ids",
    ),
    caveat=(
        "Start and stop are always taken from the same account. There is no single response time: another clock gives "
        "another delay. Onset and end are those of the clash."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
)
