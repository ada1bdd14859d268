"""Tallies: claims that say the same in all that is counted of many, as one row with their number and summed hashes.

Of a million claims of a log few thousand rows are left: by account, side, kind, place and day. What a selection holds,
and on how many claims an answer rests, is found in these. They are kept of all claims as they now stand, where claims
are many and tallies few. Questions ask `tallied`, which holds the same without tallies, a row a claim.
"""

from collections.abc import Mapping
from datetime import time

from contested.model.times import ROUND_MINUTES, utc
from contested.query import data_hash
from contested.query.database import FEW
from contested.query.selection import EARLIEST, LATEST, Selection

_FEWER = 4
"""Tallies are kept where there are so many times fewer of them than of claims."""
_QUARTER = ROUND_MINUTES // 2 * 60_000_000
_ROUND = f"(epoch_us(began_earliest) % {_QUARTER} = 0 or began_earliest < '1973-01-01')"
"""What may be round on the clocks of any zone: since 1973 all are ahead of UTC by whole quarters of an hour."""
_ENDS = {"since": LATEST, "until": EARLIEST}
"""The end of what a claim tells of that each filter by time looks at."""
_DAYS = {"first_day": f"date_trunc('day', {EARLIEST})", "last_day": f"date_trunc('day', {LATEST})"}
COLUMNS = {
    **{name: name for name in ("account", "side", "kind", "place", "standing", "stance", "same_event", "time_basis")},
    "is_cut": "is_cut",
    "is_untimed": "coalesce(began_earliest, began_latest, ended_earliest, ended_latest) is null",
    "is_bounded": "began_earliest is not null and began_latest is not null",
    "round_at": f"if(began_latest is not null and {_ROUND}, began_earliest, null)",
    "width": f"if({_ROUND}, (epoch(began_latest) - epoch(began_earliest))::bigint, null)",
    "round_zone": f"if(began_latest is not null and {_ROUND}, zone, null)",
}
"""What claims in one row have in common, in SQL over `selected`: a time only where it may be round."""


def columns(values: Mapping[str, str]) -> str:
    """Write columns in SQL, given by the name of each."""
    return ", ".join(f"{value} as {name}" for name, value in values.items())


_SUMS = ", ".join(f"sum({name}) as {name}" for name in data_hash.WORDS)
KEEP = f"""
select {columns(COLUMNS | _DAYS)}, count(*) as n, count(recorded_at) as recorded, {_SUMS} from selected group by all
"""
"""The question after the tallies of all claims as they now stand."""
_SAME = ("account", "side", "kind", "place")
_FILTERS = {*_SAME, "since", "until"}


def are_worth_keeping(tallies: int, claims: int) -> bool:
    """Say whether there are so few tallies that it is sooner to ask them than the claims."""
    return tallies <= max(FEW, claims // _FEWER)


def holds(selection: Selection) -> bool:
    """Say whether tallies answer a selection: of claims as they now stand, as they were said."""
    return not (selection.as_known_at or selection.hedged) and selection.chosen_filters() <= _FILTERS


def tallied(selection: Selection, question: str, *, is_kept: bool, voice: str) -> str:
    """Write the relation `tallied`: from the tallies, and of days of which a selection holds a part claim by claim.

    It has the columns that the question names. `voice` is the SQL of what the viewer goes by.
    """
    asked = [name for name in (*COLUMNS, *data_hash.WORDS) if name in question]
    each = f"select {columns({name: COLUMNS.get(name, name) for name in asked})}, 1 as n from selected"
    if not is_kept:
        return each
    days = {"since": "last_day >= $since", "until": "first_day + interval 1 day <= $until"}
    chosen = {name: moment for name in days if (moment := getattr(selection, name))}
    whole = [selection.condition(*_SAME), *(f"coalesce({days[name]}, true)" for name in chosen)]
    cut = [_on_the_day(name) for name, moment in chosen.items() if utc(moment).time() != time()]
    of_tallies = columns({name: voice if name == "account" else name for name in asked})
    sql = f"select {of_tallies}, n from kept.tallies where {' and '.join(whole)}"
    return f"{sql} union all {each} where {' or '.join(cut)}" if cut else sql


def _on_the_day(name: str) -> str:
    """Write the condition that a claim ends on the day of the moment that a filter names."""
    end, day = _ENDS[name], f"date_trunc('day', ${name})"
    return f"({end} >= {day} and {end} < {day} + interval 1 day)"
