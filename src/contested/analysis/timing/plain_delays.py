"""Delays of plain events in SQL: differences of the columns of one row, with what `milestones` says of any other."""

from contested.analysis.timing.milestones import CHOSEN, follows
from contested.model.vocabulary import UNIT_KINDS, Kind, Milestone
from contested.query.relations import OPTIONAL

_CLASH_ENDS = "coalesce(clash_ended_low, clash_ended_high) is not null"
_IS_CLEARED = "end_chosen and coalesce(end_low, end_high) is not null"
_ACTS = " or ".join(
    f"({kind}_chosen and coalesce({kind}_low, {kind}_high) is not null)" for kind in UNIT_KINDS if kind != Kind.END
)
_IS_OVER = f"(subkind is null or {_IS_CLEARED} or not ({_ACTS}))"
"""Whether what is told of an end holds of the unit: not where it did something in view of which the end is hidden."""


def _moment(name: Milestone) -> dict[str, str]:
    """Write what is told of one milestone: bounds, claims, and whether it is timed, mentioned in view, or known."""
    if name is Milestone.END:
        ends, over = f"clash_chosen and {_CLASH_ENDS}", f"end_chosen and {_IS_OVER}"
        pick = {end: f"if({ends}, clash_ended_{end}, end_{end})" for end in ("low", "high")}
        return pick | {
            "timed": f"({ends} or {_IS_CLEARED})",
            "mentioned": f"({ends} or {over})",
            "known": f"(clash_known and {_CLASH_ENDS} or end_known and {_IS_OVER})",
            "claims": f"if({ends}, [clash_claim], [end_claim])",
            "all_claims": f"list_concat(if({ends}, [clash_claim], []), if({over}, [end_claim], []))",
        }
    kind = Kind.CLASH if name is Milestone.ONSET else Kind(name)
    timed = f"({kind}_chosen and coalesce({kind}_low, {kind}_high) is not null)"
    own = {"low": f"{kind}_low", "high": f"{kind}_high", "claims": f"[{kind}_claim]"}
    all_claims = f"if({kind}_chosen, [{kind}_claim], [])"
    return own | {"timed": timed, "mentioned": f"{kind}_chosen", "known": f"{kind}_known", "all_claims": all_claims}


_MOMENTS = {name: _moment(name) for name in Milestone}


def _either(name: str, column: str) -> str:
    cases = " ".join(f"when '{one}' then {moment[column]}" for one, moment in _MOMENTS.items())
    return f"case {name} {cases} end"


HEARD_PLAINLY = f"""
select account, event_id, $stop as name from known_plainly where {_either("$stop", "known")}
"""
"""The plain events that tell of the stop, also without a time or outside the filters."""


def plainly(pairs: str) -> str:
    """Write the question after the delays of plain events between the milestones chosen, or between all of `pair`."""
    return _delays("$start", "$stop") if pairs == CHOSEN else _delays("start", "stop", "told_plainly, pair")


def counted_plainly(pairs: str) -> str:
    """Write the same question, with how many delays are the same in place of the event, ends and claims of each."""
    ends = "started_low, started_high, stopped_low, stopped_high"
    return f"select * exclude (event_id, {ends}, claim_ids, n), sum(n) as n from ({plainly(pairs)}) group by all"


def _delays(start: str, stop: str, events: str = "told_plainly") -> str:
    """Write the question after the delay of each plain event from one milestone to another, each given in SQL.

    The rows are of the shape of `outcome` in `pools`; where `outcome` is null there is no delay, and it is said of what
    milestone what is told.
    """
    one, other = _named(start, "started"), _named(stop, "stopped")
    return f"""
    select account, event_id, false as mixed, {start} as start, {stop} as stop, null::varchar as subkind,
        case when started_timed and stopped_timed then 'reached'
            when started_timed and not stopped_known and {follows(start, stop)} then
                case when cleared and is_kept then 'cleared'
                    when is_logged and until is not null and is_kept then 'open' else 'silent' end
            end as outcome,
        epoch(case outcome when 'reached' then stopped_low when 'cleared' then end_low when 'open' then until end
            - started_high) / 60 as shortest,
        epoch(case outcome when 'reached' then stopped_high when 'cleared' then end_high end - started_low) / 60
            as longest,
        if(started_timed, started_low, null) as started_low, if(started_timed, started_high, null) as started_high,
        if(outcome = 'reached', stopped_low, null) as stopped_low,
        if(outcome = 'reached', stopped_high, null) as stopped_high,
        hearsay, false as contradicts,
        case when outcome = 'reached' then list_concat(started_claims, stopped_claims)
            when outcome is null then list_concat(started_all_claims, stopped_all_claims)
            when cleared then list_concat(started_claims, [end_claim]) else started_claims end as claim_ids,
        if(outcome is null, null, [account]) as voices,
        started_timed as start_timed, stopped_timed as stop_timed, stopped_known as stop_told, 1 as n, group_value
    from (
        select *, {one}, {other}, {_IS_CLEARED} and {stop} <> 'end' as cleared,
            {stop} not in ({OPTIONAL}) or (account, {stop}) in (select (voice, name) from stamped) as is_kept
        from {events}) left join logged_until on voice = account
    where (started_mentioned or stopped_mentioned)
    """


def _named(name: str, prefix: str) -> str:
    """Write the columns of a milestone that is given in SQL."""
    return ", ".join(f"{_either(name, column)} as {prefix}_{column}" for column in _MOMENTS[Milestone.ONSET])
