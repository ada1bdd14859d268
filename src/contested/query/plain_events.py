"""Plain events: what one account tells of one event in one claim a milestone, as a row of a wide table.

Most of many claims need no reading together: each milestone is told once, by a claim that stands and that nothing
replaces or repeats, of one place, side and unit. Such claims are kept a second time, a row an account and event, so
that delays are differences of columns. All other claims of milestones are kept a second time as `other_claims`.
Questions that name `told_plainly` read these as ever, in the same relations, and add both.
"""

from collections.abc import Collection, Iterable

from contested.model.arrow_schema import COLUMNS
from contested.model.vocabulary import MILESTONE_KINDS, Kind, KnownBy, Milestone, TimeBasis
from contested.query import groups
from contested.query.selection import EARLIEST, LATEST, By, Selection

CHOSEN, KNOWN = "told_plainly", "known_plainly"
"""The plain events of a selection: for each kind `_known` as known at that moment, and `_chosen` by the filters.

All plain events, also of whom the filters leave out, are `known_plainly`."""

_CELLS = {"claim": "claim_id", "low": EARLIEST, "high": "began_latest", "stated": "stated_at", "last": LATEST}
"""What is kept of the claim of each kind, by what its columns end in; of a clash also when it ended."""
_ENDED = {"ended_low": "ended_earliest", "ended_high": "ended_latest"}
_SHARED = {"kinds": "utinyint", "side": "varchar", "place": "varchar", "groups": "varchar", "subkind": "varchar"} | {
    "hearsay": "boolean",
    "is_logged": "boolean",
}
_KEY = "account, event_id"


def _cells(kind: str) -> dict[str, str]:
    return {f"{kind}_{name}": column for name, column in (_CELLS | (_ENDED if kind == Kind.CLASH else {})).items()}


def _columns() -> str:
    cells = (
        f"{name} {'varchar' if name.endswith('_claim') else 'timestamp'}"
        for kind in MILESTONE_KINDS
        for name in _cells(kind)
    )
    shared = (f"{name} {of}" for name, of in _SHARED.items())
    return ", ".join(["account varchar", "event_id varchar", *shared, *cells])


CREATE = f"""
create table kept.plain_events ({_columns()});
create table kept.other_claims as from kept.claims limit 0;
create view plain_events as from kept.plain_events;
create view other_claims as from kept.other_claims;
"""


_KINDS = ", ".join(f"'{kind}'" for kind in MILESTONE_KINDS)
_OF_MILESTONES = f"replaced_at is null and kind in ({_KINDS})"
_BIT = {str(kind): 1 << place for place, kind in enumerate(MILESTONE_KINDS)}
_BIT_OF_KIND = " ".join(f"when '{kind}' then {bit}" for kind, bit in _BIT.items())
_BITS = f"bit_or(case kind {_BIT_OF_KIND} end)"
"""The kinds that are told of an event, a bit each: read sooner than the ids of their claims."""
_OF_UNITS = f"filter (kind <> '{Kind.CLASH}')"
_UNIT = f"if(kind = '{Kind.CLASH}', null, subkind)"
_LOGGED = f"time_basis is not distinct from '{TimeBasis.LOGGED}'"
_IS_ONCE = f"count(*) = bit_count({_BITS}) and bool_and(is_in_order)"
_IS_PLAIN = {
    "status": "bool_and(status = 'standing')",
    "stance": "bool_and(stance <> 'denies')",
    "via": "bool_and(via is null) is not distinct from bool_or(via is null)",
    "time_basis": f"bool_and({_LOGGED}) = bool_or({_LOGGED})",
    "side": "min(hash(side)) = max(hash(side))",
    "place": "min(hash(place)) = max(hash(place))",
    "groups": "min(hash(groups)) = max(hash(groups))",
    "subkind": f"""coalesce(min(hash(subkind)) {_OF_UNITS} = max(hash(subkind)) {_OF_UNITS}, true)""",
    # where times are as they were said, two round ones that coincide are not one moment
    "time_words": "(count(time_words) = 0 or count(distinct began_earliest) = count(*))",
}
"""What makes claims of one account and event plain, by the column that must say something for it not to hold."""
_IS_IN_ORDER = """not (coalesce(began_earliest > began_latest, false) or coalesce(ended_earliest > ended_latest, false)
    or coalesce(began_earliest > ended_latest, false))"""
_IS_UNTIED = "not bool_or(claim_id in (select claim_id from kept.ties))"


def keep(kinds: Iterable[str], said: Collection[str], cut: str, *, is_tied: bool, is_first: bool) -> str:
    """Write the SQL that keeps the plain events of claims of these kinds, at first of all claims.

    Later only of events of which `incoming` tells or told. Columns that are not `said` hold the default of their field
    in all claims. The condition `cut` says of which claims the time is cut off at when they were said.
    """
    asked = [kind for kind in MILESTONE_KINDS if kind in {*kinds}]
    cells = "".join(
        f", any_value({column}) filter (kind = '{kind}') as {name}"
        for kind in asked
        for name, column in _cells(kind).items()
        if column not in COLUMNS.names or column in said
    )
    plain = [condition for column, condition in _IS_PLAIN.items() if column in said]
    conditions = [_IS_ONCE, *plain, *[_IS_UNTIED] * is_tied]
    told = {"side": "side", "place": "place", "groups": "groups", "subkind": _UNIT}
    shared = "".join(f", any_value({value}) as {name}" for name, value in told.items() if name in said)
    return f"""
    {"" if is_first else _TOUCHED}
    insert into kept.plain_events by name
    select {_KEY}, {_BITS} as kinds, bool_or(via is not null) as hearsay, bool_or({_LOGGED}) as is_logged{shared}{cells}
    from (select * replace (
            if({cut} and began_latest > stated_at, stated_at, began_latest) as began_latest,
            if({cut} and ended_latest > stated_at, stated_at, ended_latest) as ended_latest),
            {_IS_IN_ORDER} as is_in_order
        from {_claims(is_first)} where {_OF_MILESTONES})
    group by {_KEY} having {" and ".join(conditions)};
    """


def keep_others(*, is_first: bool) -> str:
    """Write the SQL that keeps the other claims of milestones, where `LEFT` says that there are any."""
    return f"""
    insert into kept.other_claims
    from kept.claims where rowid in (select claims.rowid from {_claims(is_first)}
        anti join kept.plain_events using ({_KEY}) where {_OF_MILESTONES});
    """


def _claims(is_first: bool) -> str:  # noqa: FBT001 as its callers have it
    return "kept.claims" if is_first else f"kept.claims semi join touched using ({_KEY})"


LEFT = f"""
select (select count(*) from kept.claims where {_OF_MILESTONES}) > (select count(*) from kept.other_claims)
    + (select coalesce(sum(bit_count(kinds)), 0) from kept.plain_events) as is_left
"""
"""Whether claims of milestones are kept neither in plain events nor beside them."""


_TOUCHED = f"""
    create or replace temp table touched as
    select distinct {_KEY} from kept.claims where claim_id in (select claim_id from incoming)
    union select {_KEY} from kept.ties semi join kept.plain_events using ({_KEY});
    delete from kept.plain_events where ({_KEY}) in (select ({_KEY}) from touched);
    delete from kept.other_claims where ({_KEY}) in (select ({_KEY}) from touched);
"""
"""A claim that was edited may have told of another event before."""


def holds(selection: Selection) -> bool:
    """Say whether plain events answer a selection: by account, as it was said, as known by when it was stated.

    A filter on what plain events do not keep is answered by the claims themselves.
    """
    is_known = selection.as_known_at is None or selection.known_by is KnownBy.STATED
    is_literal = selection.by is By.ACCOUNT and not selection.hedged and selection.scenario is None
    return is_known and is_literal and selection.units == "first" and selection.chosen_filters() <= _FILTERS


def known(kind: str, selection: Selection) -> str:
    """Write the condition that the claim of a kind is there and known at that moment."""
    is_known = f" and coalesce({kind}_stated <= $as_known_at, false)" if selection.as_known_at else ""
    return f"kinds & {_BIT[kind]} > 0{is_known}"


def chosen(selection: Selection) -> str:
    """Write the SQL of the plain events that a selection holds anything of, each with its group."""
    return f"{_told(selection)} where {selection.condition(*_OF_EVENTS, where=_where(selection))}"


def all_known(selection: Selection) -> str:
    """Write the SQL of all plain events, whether or not a selection holds anything of them."""
    return _told(selection, *_OF_EVENTS)


_OF_EVENTS = ("account", "side", "place", "event", "where")
"""The filters that all claims of a plain event pass, or none."""
_OF_CLAIMS = ("kind", "since", "until")
_FILTERS = {*_OF_EVENTS, *_OF_CLAIMS}


def _told(selection: Selection, *more: str) -> str:
    columns = ", ".join(
        f"{known(kind, selection)} as {kind}_known, {kind}_known and {_within(kind, selection, more)} as {kind}_chosen"
        for kind in MILESTONE_KINDS
    )
    asked = [*groups.by_name(selection.where), selection.group or ""]
    is_dated = any(groups.is_of_start(name, selection.zone) for name in asked)
    events = groups.at_start("plain_events", _started(selection).low) if is_dated else "plain_events"
    return f"select plain_events.*, {columns}, {_group(selection)} as group_value from {events}"


def _started(selection: Selection) -> groups.Started:
    """Name when the clock of an event starts, as far as that is known."""
    first = Kind.CLASH if selection.start is Milestone.ONSET else selection.start
    return groups.Started(*(f"if({known(first, selection)}, {first}_{end}, null)" for end in ("low", "high")))


def _where(selection: Selection) -> str:
    return groups.condition_of_row(selection.where, selection.zone, _started(selection))


def _group(selection: Selection) -> str:
    """Write the group of an event."""
    if selection.group is None:
        return "null::varchar"
    if groups.is_of_start(selection.group, selection.zone):
        return groups.of_start(selection.group, selection.zone, _started(selection))
    return groups.kept("$group")


def _within(kind: str, selection: Selection, more: Iterable[str]) -> str:
    names = (*_OF_CLAIMS, *more)
    own = {"kind": f"'{kind}'", "latest": f"{kind}_last", "earliest": f"{kind}_low"}
    return selection.condition(*names, **own, where=_where(selection))
