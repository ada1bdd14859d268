"""How many were killed in each month, and who were they, by one account that counts event by event?

A column a month (of few weeks a day, of many years a year): the sum of the best figures, stacked by who was killed,
with a bracket from the sum of the low to the sum of the high figures. Sums are over distinct events of one account.
"""

import pandas as pd

from contested.analysis.coverage.silence import otherwise
from contested.analysis.event_figures import (
    EVENTS,
    KILLED,
    OTHERS,
    PARTS,
    UNKNOWN,
    UNSAID,
    by_account,
    most_told,
    periods,
    told_by,
    unit,
)
from contested.chart import Chart, Finding
from contested.drawing import is_phone, period_columns
from contested.drawing.period_columns import Column, Piece
from contested.model.wording import capital, counted, listing
from contested.query.legend import Legend
from contested.query.rows import Row, each, known, numbered
from contested.text import periods as periods_text
from contested.theme import LIGHT, Figure, colour

ALL = "all"
"""The rows of everybody together, which hold the bounds."""
QUESTION = f"""
with {EVENTS}, {PARTS}
, {periods("counted")}
, split as (select account, voice, event_id, sum(best) as parts from whom group by all)
, rest as (
    select account, voice, event_id, claim_id, best - coalesce(parts, 0) as best
    from dated left join split using (account, voice, event_id)
    where best > coalesce(parts, 0))
, told as (
    select account, voice, event_id, claim_id, best, null::bigint as low, null::bigint as high, who from whom
    union all select account, voice, event_id, claim_id, best, null, null, '{UNSAID}' from rest
    union all select account, voice, event_id, claim_id, best, low, high, '{ALL}' from dated)
select account, voice, any_value(unit) as unit, period, who, count(distinct event_id)::int as events,
    count(best)::int as figures, count(*) filter (where not is_sure)::int as unsure,
    sum(told.best)::bigint as killed,
    if(count(told.low) = count(*), sum(told.low), null)::bigint as low,
    if(count(told.high) = count(*), sum(told.high), null)::bigint as high,
    count(*) filter (where told.low > told.best or told.best > told.high or told.low > told.high)::int as disordered,
    list(told.claim_id order by told.claim_id) as claim_ids
from told join (select account, voice, event_id, unit, period, is_sure from dated) using (account, voice, event_id)
group by account, voice, period, who
order by account, voice, period, who
"""


_NAMED = 3
"""How many kinds of people have a colour beside those not known; the others share one."""
_COLOUR_NUMBERS = (0, 1, 4)
_COLOUR_OF = {UNKNOWN: colour(3), OTHERS: colour(5), UNSAID: LIGHT["axis"]}
_HEIGHT, _PHONE_HEIGHT = 250, 200
"""How high the plot is, and on a phone, in px."""


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say the sums of each account, what they are made of, and what is not in them."""
    if answer.empty:
        return [f"No {legend.noun} shown counts the killed event by event.", *otherwise(legend, ())]
    found = [f"{title(answer, legend)}."]
    for of in most_told(answer[answer["who"] == ALL]):
        found += _sums(of, legend)
    return [*found, *otherwise(legend, answer["account"])]


def _sums(of: pd.DataFrame, legend: Legend) -> list[str]:
    """Say what one account's figures add up to, and in which of its events they are less than plain."""
    who = legend.whose(of["account"].iloc[0], of["voice"].iloc[0])
    figures, events = int(of["figures"].sum()), int(of["events"].sum())
    undated = int(of.loc[of["period"].isna(), "events"].sum())
    unsure = int(of.loc[of["period"].notna(), "unsure"].sum())
    odd, bounds = int(of["disordered"].sum()), _bounds(of)
    people = capital(counted(_total(of["killed"]), "person", "people"))
    found = [f"{people} killed in {counted(figures, 'event')}, by the best figures of {who}."]
    found += [f"Low figures add up to {bounds[0]:,}, high to {bounds[1]:,}; no range of error."] if bounds else []
    less = {
        "without a best figure {is} not in the sum": events - figures,
        "without a date {is} in no column": undated,
        f"may lie {periods_text.in_another(unit(of))}; each stands where its time begins": unsure,
        "{is} coded with a low figure above the best, or a best above the high; drawn as coded": odd,
    }
    said = {words.format(**{"is": "is" if number == 1 else "are"}): number for words, number in less.items()}
    return found + [f"{counted(number, 'event')} {words}." for words, number in said.items() if number]


def _total(numbers: pd.Series) -> int:
    return int(numbers.sum())


def _bounds(of: pd.DataFrame) -> tuple[int, int] | None:
    """Add up the low and the high figures, where every event has both."""
    is_whole = of["low"].notna().all() and of["high"].notna().all()
    return (_total(of["low"]), _total(of["high"])) if is_whole else None


def title(answer: pd.DataFrame, legend: Legend) -> str:
    """Name the deadliest period; flatly only where its low figures exceed the high ones of every other."""
    if answer.empty:
        return tell(answer, legend)[0].rstrip(".")
    return told_by(_said(answer), answer, legend, who=ALL)


def _said(answer: pd.DataFrame) -> str:
    of = by_account(answer, who=ALL)[0]
    told = of[(of["who"] == ALL) & of["period"].notna() & of["killed"].notna()].sort_values(
        "killed", ascending=False, kind="stable"
    )
    if told.empty:
        return f"{counted(_total(of['killed']), 'person', 'people')} killed, in events without a date"
    most, others = told.iloc[0], told.iloc[1:]
    when, killed = periods_text.name(most["period"]), int(most["killed"])
    low = killed if pd.isna(most["low"]) else int(most["low"])
    flat = f"{capital(counted(killed, 'person was', 'people were'))} killed {periods_text.in_(most['period'])}"
    if others.empty:
        return flat
    is_sure = not of["unsure"].sum() and low > others["high"].fillna(others["killed"]).max()
    if is_sure:
        return f"{flat}, {periods_text.than_any_other(most['unit'])}"
    by_low = f"; by low ones {low:,}" if low < killed else ""
    return f"By best figures {when} was deadliest: {killed:,} killed{by_low}"


def subtitle(answer: pd.DataFrame, legend: Legend) -> str:
    """Say what is counted: by whom where several count, and what the bracket is where there is one."""
    if answer.empty:
        return DEFINITION
    first, *others = by_account(answer, who=ALL)
    whose = f" by {legend.whose(first['account'].iloc[0], first['voice'].iloc[0])}" if others else ""
    who = ", by who they were" if len(set(first["who"]) - {ALL, UNSAID}) else ""
    bracket = "; bracket: the sum of the low and of the high figures" if _bounds(first[first["who"] == ALL]) else ""
    return f"People killed per {unit(first)}, best figure{whose}{who}{bracket}"


def finding(answer: pd.DataFrame, legend: Legend) -> Finding:
    """Say how many were killed in all, for the story's page."""
    if answer.empty:
        return Finding("Killed", tell(answer, legend)[0])
    of = by_account(answer[answer["who"] == ALL])[0]
    figures, killed = int(of["figures"].sum()), _total(of["killed"])
    whose = f"{legend.whose(of['account'].iloc[0], of['voice'].iloc[0])}’s best figures"
    people = capital(counted(killed, "person was", "people were"))
    bounds = _bounds(of)
    quiet = (
        f"Low figures add up to {bounds[0]:,}, high to {bounds[1]:,}; no range of error."
        if bounds
        else "Low and high figures are not given."
    )
    return Finding("Killed", f"{people} killed in {counted(figures, 'event')}, by {whose}.", quiet)


def who(answer: pd.DataFrame) -> Finding | None:
    """Say who were killed, for the story's page; nothing where no part of any total says so."""
    of = by_account(answer, who=ALL)[0] if len(answer) else answer
    told = {str(name): _total(rows["killed"]) for name, rows in of[of["who"] != ALL].groupby("who", sort=False)}
    unknown, unsaid = told.pop(UNKNOWN, 0), told.pop(UNSAID, 0)
    if not told:
        return None
    first = "civilians" if "civilians" in told else max(told, key=lambda name: told[name])
    number = told.pop(first)
    said = f"{number:,} of them {'was' if number == 1 else 'were'} {first}"
    nobody = [f"of {unknown:,} nobody says who they were"] * (unknown > 0) + [f"{unsaid:,} are not told apart"] * (
        unsaid > 0
    )
    rest = sorted(
        told.items(),
        key=lambda one: (not one[0].startswith("side "), one[0] if one[0].startswith("side ") else -one[1]),
    )
    quiet = capital(listing(f"{name} {count:,}" for name, count in rest[:_NAMED]))
    sides = "; who is A and B changes by event" if {name for name, _ in rest} >= {"side A", "side B"} else ""
    return Finding("Who", "; ".join([said, *nobody]) + ".", f"{quiet}{sides}." if quiet else "")


def draw(answer: pd.DataFrame, _: Legend, width: float) -> Figure:
    """Draw a column a period of the account that counts most events."""
    dated = answer[answer["period"].notna()]
    if dated.empty:
        return period_columns.draw([], width, 0)
    of = by_account(dated, who=ALL)[0]
    colours = _colours(of)
    deadliest = _deadliest(of)
    columns = [_column(rows, colours, deadliest) for _, rows in of.groupby("period")]
    return period_columns.draw(columns, width, _PHONE_HEIGHT if is_phone(width) else _HEIGHT, bracket="low to high")


def _colours(of: pd.DataFrame) -> dict[str, str]:
    """Give each kind of people a colour, from below: the sides, or those of whom most were killed; the unknown last."""
    told = of[~of["who"].isin([ALL, UNKNOWN, UNSAID])]
    sums = told.groupby("who")["killed"].sum().sort_values(ascending=False, kind="stable")
    most = sorted(sums.index[:_NAMED], key=lambda name: (_FIRST.index(name) if name in _FIRST else -1, name))
    colours = {name: colour(number) for name, number in zip(most, _COLOUR_NUMBERS, strict=False)}
    return (
        colours
        | dict.fromkeys(sums.index[_NAMED:], _COLOUR_OF[OTHERS])
        | {name: _COLOUR_OF[name] for name in (UNKNOWN, UNSAID)}
    )


_FIRST = ("side A", "side B", "civilians")


def _deadliest(of: pd.DataFrame) -> str:
    told = of[of["who"] == ALL].set_index("period")["killed"].dropna()
    return str(told.idxmax()) if len(told) else ""


def _column(rows: pd.DataFrame, colours: dict[str, str], deadliest: str) -> Column:
    [whole] = [row for row in each(rows) if row.who == ALL]
    kinds = {row.who: (number, row) for number, row in numbered(rows) if row.who != ALL and row.killed > 0}
    pieces = [
        Piece(
            name if tint != _COLOUR_OF[OTHERS] else OTHERS,
            kinds[name][1].killed,
            tint,
            kinds[name][0],
            f"{periods_text.name(whole.period)}, {name}: {kinds[name][1].killed:,.0f} killed",
        )
        for name, tint in colours.items()
        if name in kinds
    ]
    low, high = known(whole.low), known(whole.high)
    label = f"{whole.killed:,.0f}" + (
        f" ({low:,.0f}–{high:,.0f})" if low is not None and high is not None and low != high else ""
    )
    return Column(whole.period, tuple(pieces), low, high, label if whole.period == deadliest else "")


def mark(row: Row, legend: Legend) -> str:
    """Name those of one kind in one period."""
    when = "no date" if pd.isna(row.period) else periods_text.name(row.period)
    return f"{legend.whose(row.account, row.voice)} · {when} · {row.who}"


DEFINITION = "People killed per month, best figure, by who they were"
CHART = Chart(
    key="killed-over-time",
    name="Killed over time",
    definition=DEFINITION,
    question=QUESTION,
    columns=("account", "period", "who", "events", "killed", "low", "high"),
    caveat=(
        "Sums are over distinct events of one account, never over accounts. The sums of the low and of the high "
        "figures are no range of error: they hold if every event is at its lowest, or every one at its highest. An "
        "event with several totals, or none, is not in the sum. A period without a column is silent, which is not none."
    ),
    draw=draw,
    tell=tell,
    title=title,
    subtitle=subtitle,
    finding=finding,
    mark=mark,
    key_columns=("account", "voice", "period", "who"),
    topic=KILLED,
)
