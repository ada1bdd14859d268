"""How closely are an account's events dated, and on how many sources does each rest?

A row for each answer: to the day, to the week; on one source, on two. How figures are given is told below.
"""

import pandas as pd

from contested.analysis.coverage.silence import otherwise
from contested.analysis.event_figures import DATED, EVENTS, EVERY, according_to, by_account, most_told, told_by
from contested.chart import Chart, Finding
from contested.drawing import count_rows
from contested.drawing.count_rows import CountRow, CountTable
from contested.model.wording import counted
from contested.query.legend import Legend
from contested.query.rows import Row, numbered
from contested.theme import Figure

DATED_TO, SOURCES, FIGURES, PUBLISHERS = "dated to", "sources", "figures", "named"
_HOUR, _DAY = "closer than a day", "the day"
_DATES = (_HOUR, _DAY, "2–6 days", "the week", "up to a month", "longer", "no date")
_NUMBERS = ("1", "2", "3", "4", "5 or more", "not given")
_ONE, _ODD = "one figure only", "out of order"
_LENGTH = "epoch(over) - epoch(began)"
_HOURS = 3600
_LONGEST = (86340, 25 * _HOURS, (6 * 24 + 1) * _HOURS, (7 * 24 + 1) * _HOURS, (31 * 24 + 1) * _HOURS)
"""How long, in seconds, the time may be within which an event lies; a day may have 25 hours."""
_CASES = f"when {_LENGTH} is null then '{_DATES[-1]}' when {_LENGTH} < {_LONGEST[0]} then '{_HOUR}' " + " ".join(
    f"when {_LENGTH} <= {longest} then '{name}'" for longest, name in zip(_LONGEST[1:], _DATES[1:], strict=False)
)
_GIVEN = "json_extract_string(groups, '$.number_of_sources')"
QUESTION = f"""
with {EVERY}, {EVENTS}
, named as (
    select *, list_distinct(flatten(list_transform(source_ids, lambda one: string_split(one, '; ')))) as reports,
        if({_GIVEN} is null, len(reports), try_cast({_GIVEN} as int)) as counted
    from event)
, unnamed as (
    -- one source behind all events is the table itself, which names none
    select account, voice from named group by account, voice
    having count(*) > 1 and min(reports) = max(reports) and len(any_value(reports)) = 1)
, sourced as (
    select named.*, if(unnamed.account is null or {_GIVEN} is not null, reports, []) as named_reports,
        if(unnamed.account is null or {_GIVEN} is not null, counted, null) as number
    from named left join unnamed using (account, voice))
, told as (
    select account, voice, claim_ids, '{DATED_TO}' as what, case {_CASES} else '{_DATES[5]}' end as answer from sourced
    union all select account, voice, claim_ids, '{SOURCES}', case when number >= 5 then '{_NUMBERS[4]}'
        when number >= 1 then number::varchar else '{_NUMBERS[5]}' end from sourced
    union all select account, voice, [claim_id], '{FIGURES}', case when low > best or best > high or low > high
        then '{_ODD}' when low = high then '{_ONE}' when best is not null and low is null and high is null then '{_ONE}'
        else 'a range' end from counted
    union all select account, voice, claim_ids, '{PUBLISHERS}',
        unnest(list_distinct(list_transform(named_reports,
            lambda one: regexp_replace(one, ' \\d{{4}}-\\d\\d-\\d\\d$', ''))))
    from sourced)
select account, voice, what, answer, count(*)::int as events,
    list_sort(list_distinct(flatten(list(claim_ids)))) as claim_ids
from told
group by account, voice, what, answer
order by account, voice, what, events desc, answer
"""


def _of(answer: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Give the rows of the account of most events, and how many events these are."""
    of = by_account(answer, what=DATED_TO)[0]
    return of, int(of.loc[of["what"] == DATED_TO, "events"].sum())


def _number(of: pd.DataFrame, what: str, answer: str) -> int:
    return int(of.loc[(of["what"] == what) & (of["answer"] == answer), "events"].sum())


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say on how many sources events rest, how they are dated, and how their figures are given."""
    if answer.empty:
        return [f"No {legend.noun} shown tells of an event.", *otherwise(legend, ())]
    found = [f"{title(answer, legend)}."]
    for rows in most_told(answer, what=DATED_TO):
        of, events = _of(rows)
        who = legend.whose(of["account"].iloc[0], of["voice"].iloc[0])
        days = _number(of, DATED_TO, _DAY) + _number(of, DATED_TO, _HOUR)
        are = f"{counted(events, 'event')} {'is' if events == 1 else 'are'}"
        found.append(f"{who}: {days:,} of {are} dated to the day or closer.")
        found += _figures(of)
    return [*found, *otherwise(legend, answer["account"])]


def _figures(of: pd.DataFrame) -> list[str]:
    """Say how many figures have no range, and how many contradict themselves."""
    figures = int(of.loc[of["what"] == FIGURES, "events"].sum())
    one, odd = _number(of, FIGURES, _ONE), _number(of, FIGURES, _ODD)
    same = "one figure only: that is how they are told, not how sure they are"
    bounds = "the low figure is above the best, or the best above the high; they are drawn as coded"
    share = f"{one / figures:.0%} of the events with a figure have {same}." if one else ""
    wrong = f"In {counted(odd, 'event')} {bounds}." if odd else ""
    return [*filter(None, [share, wrong])]


def title(answer: pd.DataFrame, legend: Legend) -> str:
    """Say how many events rest on one source."""
    if answer.empty:
        return tell(answer, legend)[0].rstrip(".")
    return told_by(_said(answer), answer, legend, what=DATED_TO)


def _said(answer: pd.DataFrame) -> str:
    of, events = _of(answer)
    one, unknown = _number(of, SOURCES, "1"), _number(of, SOURCES, _NUMBERS[5])
    more = events - one - unknown
    if unknown == events:
        return f"{_dated(of, events)}; how many sources each has is not given"
    if not unknown + more:
        return "Every event rests on one source" if events > 1 else "The one event rests on one source"
    rest = f", {more:,} on more" if more else ""
    if not one:
        return f"No event rests on one source{rest}"
    return f"{counted(one, 'event')} {'rests' if one == 1 else 'rest'} on one source{rest}"


def _dated(of: pd.DataFrame, events: int) -> str:
    days = _number(of, DATED_TO, _DAY) + _number(of, DATED_TO, _HOUR)
    return f"{days / events:.0%} of the events are dated to the day"


def finding(answer: pd.DataFrame, legend: Legend) -> Finding:
    """Say how sure the events are, for the story's page."""
    if answer.empty:
        return Finding("How sure", tell(answer, legend)[0])
    of, events = _of(answer)
    one, unknown = _number(of, SOURCES, "1"), _number(of, SOURCES, _NUMBERS[5])
    named = of[of["what"] == PUBLISHERS]
    most = (
        f"Most named: {named['answer'].iloc[0]}, in {named['events'].iloc[0] / events:.0%} of the events."
        if len(named)
        else ""
    )
    hours = "" if _number(of, DATED_TO, _HOUR) else "No hours are told."
    dated = _dated(of, events)
    rest = f"{one / events:.0%} of the events rest on one source; {dated.replace(' of the events', '')}."
    said = rest if unknown < events else f"{dated}; how many sources each has is not given."
    whose = according_to(answer, legend, what=DATED_TO)
    return Finding("How sure", f"{said.rstrip('.')}{whose}.", f"{most} {hours}".strip())


def publishers(answer: pd.DataFrame) -> int:
    """Count the publishers that stand behind the events."""
    return len(_of(answer)[0].query("what == @PUBLISHERS")) if len(answer) else 0


def draw(answer: pd.DataFrame, _: Legend, width: float) -> Figure:
    """Draw both as rows of counts beside each other, and how figures are given below."""
    if answer.empty:
        return count_rows.draw([], width)
    of, events = _of(answer)
    tables = [
        CountTable((head, "events", ""), _rows(of[of["what"] == what], order, events))
        for what, order, head in ((DATED_TO, _DATES, "Dated to"), (SOURCES, _NUMBERS, "Sources"))
    ]
    return count_rows.draw(tables, width, " ".join(_figures(of)))


def _rows(of: pd.DataFrame, order: tuple[str, ...], events: int) -> tuple[CountRow, ...]:
    found = {row.answer: (number, row) for number, row in numbered(of)}
    return tuple(
        CountRow(
            name,
            (f"{row.events:,}", f"{row.events / events:.1%}"),
            number,
            f"{row.what} {name}: {counted(row.events, 'event')}",
        )
        for name in order
        if name in found
        for number, row in [found[name]]
    )


def mark(row: Row, legend: Legend) -> str:
    """Name the events of one answer."""
    return f"{legend.whose(row.account, row.voice)} · {row.what} · {row.answer}"


CHART = Chart(
    key="precision-and-sources",
    name="Precision and sources",
    definition="Events, by how they are dated and by sources",
    question=QUESTION,
    columns=("account", "what", "answer", "events"),
    caveat=(
        "Sources are those that the account names, or the number of them that it gives; reports that copy each other "
        "count each. How an event is dated is how long the time is within which it lies, not how long it took."
    ),
    draw=draw,
    tell=tell,
    title=title,
    finding=finding,
    mark=mark,
    key_columns=("account", "voice", "what", "answer"),
    topic=DATED,
)
