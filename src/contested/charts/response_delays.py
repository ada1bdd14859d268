"""How long did help take, by whose clock?

A delay runs between two milestones of one event as one account tells them: at the shortest from the latest start to
the earliest stop, at the longest from the earliest start to the latest stop. Where the bounds overlap, the order is
unknown and is said to be. Of every call, also what never came is shown: a unit cleared without it, and one of which
the account says that it had not come by then, or whose log is open. An account that is silent on the stop tells of no
delay. Two accounts are mixed only in a scenario that the reader chose.
"""

from functools import partial

import numpy as np
import pandas as pd

from contested import theme
from contested.analysis.coverage.silence import briefly, denials, otherwise, silences
from contested.analysis.coverage.topic import milestones
from contested.analysis.timing.delay import Population, call
from contested.analysis.timing.delay_titles import delays_title
from contested.analysis.timing.delay_words import (
    an,
    capital,
    clock,
    clock_time,
    counted_word,
    short_name,
    start_noun,
    stop_noun,
    unit,
)
from contested.analysis.timing.milestones import CHOSEN, CLOCKS
from contested.analysis.timing.plain_delays import HEARD_PLAINLY, plainly
from contested.analysis.timing.pools import WRITTEN_OUT
from contested.analysis.timing.responses import headline, said, scenario, told
from contested.chart import Asked, Chart, Finding
from contested.drawing import intervals, shortened
from contested.drawing.intervals import Interval, IntervalLane
from contested.model.times import ROUND_MINUTES, Delay, brief_duration
from contested.model.wording import counted, spaced
from contested.query.legend import Lane, Legend, Voice
from contested.query.rows import Row, each, numbered
from contested.query.timed_milestones import End, Timed
from contested.theme import Figure


def question(plain: str = "") -> str:
    """Write the question after each delay of the chosen clock and each call without a stop.

    The question `plain` adds those of plain events.
    """
    more = f" union all by name ({_OF_PLAIN.format(plain=plain)})" if plain else ""
    heard = f"(from heard_of union all by name {HEARD_PLAINLY})" if plain else "heard_of"
    return f"""
with pair as ({CHOSEN})
, {CLOCKS}
, every as (
    select *, 'reached' as outcome from delay
    union all by name select *, false as mixed from waited where outcome is not null{more})
, elsewhere as (
    -- who tells of the stop of an event that an account tells of without it
    select event_id, name as stop, min(account) as first, max(account) as last
    from {heard} where (event_id, name) in (select (event_id, stop) from every where outcome <> 'reached')
    group by event_id, name)
, sensible as (
    -- a clash cannot end before it begins, whatever the bounds of either leave open
    select *, if(start = 'onset' and stop = 'end' and shortest < 0, if(longest is null, null, 0), shortest)
        as shortest_minutes, longest as longest_minutes
    from every)
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
    outcome <> 'reached' and coalesce(first <> account or last <> account, false) as told_by_others,
    if(mixed, others.told, []) as told, n_reached, n_cleared, n_open
from bounded cross join number left join others using (event_id) left join elsewhere using (event_id, stop)
-- where none has a stop, the others are shown all the same
where $calls = 'every' or outcome = 'reached' or n_reached = 0
order by account, event_id, voice, subkind
"""


_OF_PLAIN = """
select account, account as voice, event_id, mixed, start, stop, subkind, outcome, shortest, longest, hearsay,
    contradicts, claim_ids
from ({plain}) where outcome in ('reached', 'cleared', 'open')
"""


def draw(answer: pd.DataFrame, legend: Legend, width: float, *, is_brief: bool = False) -> Figure:
    """Draw a lane for each account: its delays from the shortest to the longest, or that it gives none.

    In brief those that give none share a row.
    """
    lanes = legend.with_scenario().lanes()
    told_by = dict(list(answer.groupby("account", sort=False)))
    told = [[told_by[voice.key] for voice in lane.voices if voice.key in told_by] for lane in lanes]
    most, has_events = _MARKS // max(sum(map(bool, told)), 1), len(answer.drop_duplicates("event_id")) > 1
    drawn = [_lane(*one, legend, most=most, has_events=has_events) for one in zip(lanes, told, strict=True)]
    silence = intervals.Silence(len(legend.voices), legend.noun, "gives no delay", "give no delay")
    return intervals.draw(drawn, width, silence, is_brief=is_brief)


_MARKS, _MANY = 480, 6
"""How many delays are drawn in all, and of how many an account has them counted under its name."""


def _lane(lane: Lane, told: list[pd.DataFrame], legend: Legend, *, most: int, has_events: bool) -> IntervalLane:
    """Give the delays of an account, or of all accounts of a closed group; of too many some, evenly chosen."""
    if not told:
        return IntervalLane(lane.label, lane.number, lane.shape, (), _untimed(lane, legend), quiet=len(lane.voices))
    rows = pd.concat(told) if len(told) > 1 else told[0]
    more = "mixed accounts" if bool(rows["mixed"].iloc[0]) else ""
    more = more or (counted(len(rows), call(legend)) if len(rows) > _MANY else "")
    is_named = lane.is_closed_group
    intervals = [
        _interval(number, row, legend, is_named=is_named, has_events=has_events)
        for number, row in numbered(_spread(rows, most))
    ]
    quiet = len(lane.voices) - len(told)
    return IntervalLane(lane.label, lane.number, lane.shape, tuple(intervals), "", more, quiet)


def _spread(rows: pd.DataFrame, most: int) -> pd.DataFrame:
    """Choose so many of the rows evenly from the shortest to the longest."""
    if len(rows) <= most:
        return rows
    ordered = rows.sort_values(["longest_minutes", "shortest_minutes"], kind="stable")
    return ordered.iloc[np.linspace(0, len(rows) - 1, most).astype(int)]


def _interval(number: int, row: Row, legend: Legend, *, is_named: bool, has_events: bool) -> Interval:
    """Give one delay with its value, and beside it whose it is, of which event and of which unit."""
    low, high = Delay.of(row.shortest_minutes, row.longest_minutes)
    is_unit = isinstance(row.subkind, str)
    beside = [legend.label(row.account)] * is_named + [legend.event(row.event_id)] * has_events
    beside += [f"unit {row.subkind}"] * is_unit
    came = stop_noun(legend)
    value = {"open": f"no {came} yet", "cleared": f"cleared, no {came}"}.get(row.outcome, "")
    lasted = brief_duration(None if pd.isna(row.shortest_minutes) else row.shortest_minutes, None)
    if value and not pd.isna(row.shortest_minutes):
        value += f" after {lasted.removesuffix(' or more')}"
    return Interval(
        low,
        high,
        number,
        theme.plain(f"{_whose(row, legend)}: {said(row, legend)}") + f"<br>{theme.plain(legend.event(row.event_id))}",
        shortened(", ".join(beside), _BESIDE),
        value,
        is_hearsay=bool(row.hearsay),
        is_faint=row.outcome == "cleared",
    )


_BESIDE = 34
"""How many letters stand beside a value at the most."""


def _whose(row: Row, legend: Legend) -> str:
    named = legend.with_scenario()
    return named.label(row.account) if row.mixed else named.whose(row.account, row.voice)


def _untimed(lane: Lane, legend: Legend) -> str:
    """Say in a few words what those of a lane do instead: the start that they time, a denial, or nothing."""
    timed = [legend.timed[voice.key] for voice in lane.voices if voice.key in legend.timed]
    starts, stops = ([end for end in ends if end.events] for ends in zip(*timed, strict=True)) if timed else ([], [])
    done = [briefly(legend, voice.key) for voice in lane.voices if voice.key in legend.gaps]
    if starts and not stops:
        return f"{_times(starts, 'start')}, no {stop_noun(legend)}"
    if stops and not starts:
        return f"{_times(stops, stop_noun(legend))}, no start"
    if starts and stops:
        return "not both of one event"
    if done and len(done) == len(lane.voices):
        return done[0] if len({*done}) == 1 else "gives no time"
    return "none gives a delay" if lane.is_closed_group else "gives no delay"


def _times(ends: list[End], noun: str) -> str:
    """Say when the one milestone was, or how many there are."""
    number = sum(end.events for end in ends)
    if number > 1 or not (when := clock_time(ends[0])):
        return counted(number, noun) if number > 1 else noun
    return f"{noun} {when}"


def _silence(answer: pd.DataFrame, legend: Legend) -> str:
    return silences(legend, answer["account"].unique(), f"{_clocks(legend).capitalize()} are not both timed")


def finding(answer: pd.DataFrame, legend: Legend) -> Finding:
    """Say the same on the story's page, and quietly who times only one of both, or what came of the other calls."""
    return Finding("Help", f"{delays_title(answer, legend)}.", " ".join(_quiet(answer, legend)))


def _quiet(answer: pd.DataFrame, legend: Legend) -> list[str]:
    heard = set(answer["account"].unique())
    counts = Population(*(int(answer[name].iloc[0]) for name in _COUNTS)) if len(answer) else Population(0, 0, 0)
    if len(answer) and counts.reached < counts.every:
        return [f"{capital(counts.said(legend))}."]
    started = [voice for voice in legend.without(heard) if legend.timed.get(voice.key, Timed()).start.events]
    stopped = [voice for voice in legend.voices if legend.timed.get(voice.key, Timed()).stop.events]
    parts = [_started(started, legend, is_more=len(answer) > 0)] if started else []
    if len(stopped) == 1:
        only = f"{'Of those shown only' if legend.is_filtered else 'Only'} {short_name(stopped[0].label)}"
        parts.append(f"{only} gives {an(stop_noun(legend))}.")
    elif not stopped:
        parts.append(f"{legend.nobody} times {an(stop_noun(legend))}.")
    return [*parts, *denials(legend)]


_COUNTS = ("n_reached", "n_cleared", "n_open")


def _started(voices: list[Voice], legend: Legend, *, is_more: bool) -> str:
    """Say who times a start alone, of one also when."""
    first, noun = voices[0], start_noun(legend)
    if len(voices) > 1:
        return f"{capital(counted_word(len(voices)))}{' more' * is_more} give only the {noun}."
    when = clock_time(legend.timed[first.key].start) if legend.timed[first.key].start.events == 1 else ""
    who = capital(short_name(first.label))
    return f"{who}: {noun} {when}." if when else f"{who}: only the {noun}."


def subtitle(answer: pd.DataFrame, legend: Legend) -> str:
    """Say in which unit what is measured."""
    ends = answer[["shortest_minutes", "longest_minutes"]].to_numpy(float, na_value=0).ravel()
    return f"{unit(ends)} {clock(legend)}"


def _clocks(legend: Legend) -> str:
    return spaced(f"{legend.selection.start} and {legend.selection.stop}")


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Give what the scenario comes to, each account's delays, and who does not time both ends."""
    by_scenario = scenario(answer, legend)
    rows = answer[~answer["mixed"].astype(bool)]
    if rows.empty:
        return [*by_scenario, f"No {legend.noun} shown times both {_clocks(legend)}.", *otherwise(legend, ())]
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
    definition="How long it was from the start of the clock to its stop",
    subtitle=subtitle,
    question=question(),
    plainly=Asked(question(plainly(CHOSEN))),
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
    brief=partial(draw, is_brief=True),
    title=delays_title,
    finding=finding,
    tell=tell,
    mark=mark,
    key_columns=("account", "voice", "event_id", "subkind", "outcome", "shortest_minutes", "longest_minutes"),
    topic=milestones(is_timed=True),
)
