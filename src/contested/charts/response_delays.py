"""How long did help take, by whose clock?

A delay runs between two milestones of one event as one account tells them: at the shortest from the latest start to
the earliest stop, at the longest from the earliest start to the latest stop. Where the bounds overlap, the order is
unknown and is said to be. Of every call, also what never came is shown: a unit cleared without it, and one of which
the account says that it had not come by then, or whose log is open. An account that is silent on the stop tells of no
delay. Two accounts are mixed only in a scenario that the reader chose.
"""

from typing import Any

import pandas as pd

from contested import theme
from contested.analysis.coverage.silence import otherwise, silences
from contested.analysis.coverage.topic import milestones
from contested.analysis.timing.milestones import CHOSEN, CLOCKS
from contested.analysis.timing.pools import WRITTEN_OUT
from contested.analysis.timing.responses import headline, said, scenario, told
from contested.chart import Chart
from contested.model.times import ROUND_MINUTES, Delay
from contested.model.wording import spaced
from contested.query.legend import Legend
from contested.query.rows import Row, each, numbered

QUESTION = f"""
with pair as ({CHOSEN})
, {CLOCKS}
, waiting as (
    select waited.*, false as mixed,
        coalesce(other.first <> waited.account or other.last <> waited.account, false) as told_by_others
    from waited left join (
            select event_id, name, min(account) as first, max(account) as last from heard_of group by event_id, name
        ) as other on other.event_id = waited.event_id and other.name = waited.stop
    where outcome is not null)
, sensible as (
    -- a clash cannot end before it begins, whatever the bounds of either leave open
    select *, if(start = 'onset' and stop = 'end' and shortest < 0, if(longest is null, null, 0), shortest)
        as shortest_minutes, longest as longest_minutes
    from (from (select *, 'reached' as outcome from delay) union all by name from waiting))
, others as (
    select event_id, list({{'milestone': name, 'account': voice, 'low': epoch(low) / 60, 'high': epoch(high) / 60}}
        order by name, voice, account) as told
    from earliest where $scenario is not null and not mixed group by event_id)
, bounded as (from sensible where shortest_minutes is not null or longest_minutes is not null)
, number as (
    select count(*) filter (outcome = 'reached' and not mixed) as n_reached,
        count(*) filter (outcome = 'cleared') as n_cleared, count(*) filter (outcome = 'open') as n_open from bounded)
select event_id, account, start, stop, shortest_minutes, longest_minutes,
    (start = 'onset' and stop = 'end') or coalesce(shortest_minutes >= 0 or longest_minutes <= 0, false)
        or outcome <> 'reached' as order_known,
    hearsay, contradicts, list_sort(list_distinct(claim_ids)) as claim_ids, outcome, subkind, voice, mixed,
    outcome <> 'reached' and longest_minutes is null as censored,
    coalesce(told_by_others, false) as told_by_others, if(mixed, others.told, []) as told,
    n_reached, n_cleared, n_open
from bounded cross join number left join others using (event_id)
-- where none has a stop, the others are shown all the same
where $calls = 'every' or outcome = 'reached' or n_reached = 0
order by account, event_id, voice, subkind
"""

_ROW, _HOUR = 84, 60


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> theme.Figure:  # noqa: ARG001
    """Draw each delay from its shortest to its longest, hollow where it rests on hearsay, an arrow where it lasts."""
    data: list[theme.Trace] = []
    layout: dict[str, Any] = {"annotations": []}
    y, edges, shown = 0.0, _edges(answer), _shown(answer)
    for voice in legend.with_scenario().voices:
        for number, row in numbered(shown[shown["account"] == voice.key]):
            lane = _interval(row, voice.number, y, edges, legend)
            data.append(lane | {"customdata": [[number]] * 2})
            name = f"{voice.label}: {said(row, legend)}"
            told = f"{theme.lines(name)}<br>{theme.lines(legend.event(row.event_id))}"
            place = {"yanchor": "bottom", "yshift": 10, "text": told}
            layout["annotations"].append(theme.note("", 0, y) | place)
            y -= 1
    least, most = edges
    layout["xaxis"] = {
        "range": [least - most * 0.04, most * 1.06],
        "ticksuffix": " h",
        "nticks": 8,
        "visible": len(data) > 0,
    }
    layout["yaxis"] = {"range": [y + 0.7, 0.9], "visible": False}
    return theme.figure(data, int(_ROW * (0.2 - y)) + 40, silent=_silence(answer, legend), **layout)


def _shown(answer: pd.DataFrame) -> pd.DataFrame:
    """Take the delays that are written out, those of a scenario before all others."""
    return answer.sort_values("mixed", ascending=False, kind="stable").head(WRITTEN_OUT)


def _edges(answer: pd.DataFrame) -> tuple[float, float]:
    """Find what the scale must hold; where some delays end, one that lasts is an arrow at its edge."""
    ended = answer[answer["outcome"] != "open"]
    shown = answer if ended.empty else ended
    furthest = shown[["shortest_minutes", "longest_minutes"]].astype(float).abs().max().max()
    return min(0.0, _or_nought(answer["shortest_minutes"].min() / _HOUR)), max(_HOUR, _or_nought(furthest)) / _HOUR


def _or_nought(number: float) -> float:
    return 0.0 if pd.isna(number) else float(number)


def _silence(answer: pd.DataFrame, legend: Legend) -> str:
    return silences(legend, answer["account"], f"{_clocks(legend).capitalize()} are not both timed")


def _interval(row: Row, index: int, y: float, edges: theme.Span, legend: Legend) -> theme.Trace:
    span = Delay.of(row.shortest_minutes, row.longest_minutes).hours()
    lane = theme.interval(span, edges, index, y, hollow=bool(row.hearsay))
    return lane | {"hovertext": theme.plain(said(row, legend))}


def _clocks(legend: Legend) -> str:
    return spaced(f"{legend.selection.start} and {legend.selection.stop}")


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Give what the scenario comes to, each account's delays, and who does not time both ends."""
    by_scenario = scenario(answer, legend)
    rows = answer[~answer["mixed"].astype(bool)]
    if rows.empty:
        return [*by_scenario, f"No {legend.noun} in view times both {_clocks(legend)}.", *otherwise(legend, ())]
    by_voice = [told(row, legend) for row in each(rows.head(WRITTEN_OUT))]
    more = f"The first {WRITTEN_OUT} of {len(rows):,} delays are written out; Delays, pooled, counts all."
    by_voice += [more] * (len(rows) > WRITTEN_OUT)
    return [*by_scenario, *headline(rows, legend), *by_voice, *filter(None, [_silence(answer, legend)])]


def mark(row: Row, legend: Legend) -> str:
    """Name one delay."""
    named = legend.with_scenario()
    who = named.label(row.account) if row.mixed else named.whose(row.account, row.voice)
    return f"{who} · {legend.event(row.event_id)} · {said(row, legend)}"


CHART = Chart(
    key="response-delays",
    name="Delays",
    definition="From the shortest to the longest that the account's bounds allow. Hollow and dotted: rests on hearsay. "
    "An arrow: not over by then.",
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
        "outcome",
        "censored",
        "subkind",
    ),
    caveat=(
        f"Two times said as a full or a half hour that coincide are each read as ±{ROUND_MINUTES} minutes. "
        "Start and stop are always taken from the same account, but in a scenario, which says so. There is no single "
        "response time: another clock gives another delay. Onset and end are those of the clash. Of several units the "
        "first counts, unless every unit is asked for; a response ends when the last is cleared. Calls with an arrival "
        "leave out those that were cleared without one or are open; every call shows them, and they are counted either "
        "way. An account that tells of no stop has no delay: silence is not a wait."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
    key_columns=("account", "voice", "event_id", "subkind", "outcome", "shortest_minutes", "longest_minutes"),
    topic=milestones(),
)
