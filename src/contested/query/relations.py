"""The relations that every question may ask: `known`, `selected`, `everyone`, `voices`, `undated`, `extents`, `voiced`.

Where a question names `told_plainly`, these hold only what is not in it: see `contested.query.plain_events`.

- `known`: the claims stated (or published, or recorded) by the moment as known at, with what then stood of them
  (`standing`); `known_at` is since when each is known, by the clock that the viewer goes by. What repeats a figure that
  was replaced is replaced too, unless its speaker said it after that (`is_renewed`).
- `selected`: those that the viewer chose, as they are read (by account or side, literal or hedged); `voice` is always
  the account, `account` is what the viewer goes by. What an account says had begun is over by when it was said, unless
  it says that it goes on (`is_cut`).
- `everyone` and `voices`: every account (or side) with its `claims`, and those in view (`in_view`), also one that says
  nothing of what is asked.
- `undated`: what is in view of the filters and yet not known at that moment, for the clock says nothing of it.
- `extents`: what the standing claims of one voice about one event and kind say together of its time. Where they are
  compatible the more precise bounds hold (possible is the intersection, certain the union); where they contradict each
  other the voice contradicts itself (possible is the hull, certain the intersection). The voices of a side are never
  read together: what two of them say makes nothing certain that neither says.
- `read_together`: the same without what is told plainly, where that is kept apart: its bounds are its own.
- `voiced`: the same per unit (`subkind`), for what must never mix two units.
- `grouped`: the group of each event as its milestones are told by each account (or side), and of each of its units
  where every one counts; nothing where several values are told of it. See `contested.query.groups`.
- `event_values`: the same of whatever is told of an event, also of what is no milestone: by when it happened, where it
  is grouped by a part of the calendar or around a moment.
- `tallied`: the claims in view, those that say the same in all that is counted of many as one row with their number `n`
  where the store keeps such tallies. See `contested.query.tallies`.
- `kinds_told`, `stamped` and `logged_until`: of all that is known, whatever is told plainly: its kinds, who ever stamps
  what not every log does, and the last stamp of each log.
"""

from contested.model.times import HEDGE_MINUTES, HEDGE_WORDS, ROUND_MINUTES
from contested.model.vocabulary import MILESTONE_KINDS, UNIT_KINDS, Kind, KnownBy, TimeBasis, Units
from contested.query import groups, plain_events, tallies
from contested.query.selection import NO_SIDE, By, Selection

RENEWED = "said again after it was replaced"
"""How it is said of a claim that `is_renewed`."""

_EVER_HEARD = "select * exclude (replaced_at), {clock} as known_at from {claims} as claims where {heard}"
_HEARD = f"heard as not materialized ({_EVER_HEARD})"
_REPLACED = """
tie as materialized (select * exclude (replaced_at), {clock} as known_at from ties as claims where {heard})
, replacement as materialized (
    select account, claim_id, bool_or(coalesce(list_contains(supersedes, claim_id), false)) as superseded,
        min(stated_at) as since
    from (select account, stated_at, supersedes, unnest(list_concat(supersedes, corrects)) as claim_id from tie)
    group by account, claim_id)
, link as (
    select claim_id, unnest(same_origin) as other from tie
    union select unnest(same_origin), claim_id from tie)
, repeat as (
    select claim_id, other from link semi join replacement using (claim_id)
    union select repeat.claim_id, link.other from repeat join link on link.claim_id = repeat.other)
, repeated as (
    -- whatever repeats what its account has replaced, of the same event and on the same question
    select copy.account, copy.claim_id, bool_or(superseded) as superseded,
        bool_and(copy.via is null and coalesce(coalesce(copy.stated_earliest, copy.stated_at) >= since, false))
            as renewed
    from replacement join tie as old using (account, claim_id)
        join repeat on repeat.claim_id = old.claim_id join tie as copy on copy.claim_id = repeat.other
    where (copy.account, copy.claim_id) not in (select (account, claim_id) from replacement)
        and (copy.event_id, copy.kind, copy.measure, copy.definition, copy.question)
            is not distinct from (old.event_id, old.kind, old.measure, old.definition, old.question)
    group by copy.account, copy.claim_id)
, replaced as (
    select account, claim_id, superseded, false as renewed from replacement
    union all select account, claim_id, if(renewed, null, superseded), renewed from repeated)
"""
"""What its account has replaced is replaced wherever it is repeated, but where a speaker says it after that.

The chains are followed among the `ties` of the store alone, of which there are few. What is replaced by now the store
holds as `replaced`, for those who ask of no moment."""

_KNOWN = """
select heard.*, case
    when status = 'withdrawn'{withdrawn} then 'withdrawn'
    when superseded then 'superseded'
    when not superseded then 'corrected'
    else 'standing' end as standing, coalesce(renewed, false) as is_renewed
from heard left join replaced using (account, claim_id)
"""
"""To find again what was known is sooner than to put aside all that is known, of which a question needs little."""
_KNOWN_UNTIED = """
select *, if(status = 'withdrawn'{withdrawn}, 'withdrawn', 'standing') as standing, false as is_renewed from heard
"""
"""The same where no claim replaces or repeats another."""

_TIME_COLUMN = {
    KnownBy.STATED: "stated_at",
    KnownBy.PUBLISHED: "(select published_at from sources where sources.source_id = claims.source_id)",
    KnownBy.RECORDED: "recorded_at",
}
_IS_CURRENT = "replaced_at is null"
_KNOWN_BY_THEN = {
    KnownBy.STATED: f"{_IS_CURRENT} and known_at <= $as_known_at",
    KnownBy.PUBLISHED: f"{_IS_CURRENT} and known_at <= $as_known_at",
    KnownBy.RECORDED: "recorded_at <= $as_known_at and coalesce(replaced_at > $as_known_at, true)",
}
"""What was known: by the time of stating or of publication, in the words that now stand; by the time of recording, as
it then read."""

REPLACED_NOW = f"with recursive {_REPLACED.format(clock='stated_at', heard=_IS_CURRENT)} from replaced"
"""What its account has replaced by now, from the `ties` of a store."""

IS_CUT = """(coalesce(began_earliest <= stated_at and coalesce(ended_earliest <= stated_at, true)
            and greatest(began_latest, ended_latest) > stated_at, false))"""
"""What had begun and not ended when it was said, by its own account, is over by then as far as it tells."""


def _cut(relation: str) -> str:
    """Write the claims of a relation with the last moment at which they may have begun, as far as they tell."""
    cut = f"if({IS_CUT} and began_latest > stated_at, stated_at, began_latest)"
    return f"(select * replace ({cut} as began_latest) from {relation})"


_SELECTED = f"""
{{voiced}}
from (select * replace (
        if({IS_CUT} and began_latest > stated_at, stated_at, began_latest) as began_latest,
        if({IS_CUT} and ended_latest > stated_at, stated_at, ended_latest) as ended_latest),
        {IS_CUT} as is_cut, account as voice
    from {{worded}})
where {{chosen}}
"""

_STAMPED_BY_SOME = (Kind.EN_ROUTE, Kind.TRANSPORT)
"""What not every log stamps: one that never does is silent on it."""
OPTIONAL = ", ".join(f"'{kind}'" for kind in _STAMPED_BY_SOME)

_NAMED = {
    "everyone": """select {voice} as account, bool_or({in_view}) as in_view, sum(n)::bigint as claims
        from {counted} group by all""",
    "tallied": "{tallied}",
    "voices": "select distinct {voice} as account from known where {in_view}",
    "undated": "select claim_id from {undated}",
    "grouped": "{grouped}",
    "event_values": "{event_values}",
    "kinds_told": f"""select distinct kind, time_basis is not distinct from '{TimeBasis.LOGGED}' as is_logged
        from {{ever}}""",
    "logged_until": f"""select account as voice, max(coalesce(stated_at, began_latest)) as until
        from {{ever}} where time_basis = '{TimeBasis.LOGGED}' group by account""",
    "stamped": f"""select distinct account as voice, kind as name from known
        where standing = 'standing' and stance <> 'denies' and kind in ({OPTIONAL}){{plainly}}""",
}
_UNDATED = f"claims where {_IS_CURRENT} and {{clock}} is null and {{chosen}}"
_NONE = "(select '' as claim_id) where false"
"""Only a moment as known at leaves anything out: else no claims are looked through."""


def clocked(relation: str, moment: str, zone: str = "coalesce(zone, $zone)") -> str:
    """Write the join that gives each row `ahead`: by how much the clocks of its zone are ahead of UTC at a moment."""
    return f"{relation} left join offsets on zone_name = {zone} and since <= {moment} and {moment} < until"


_ROUND = f"""coalesce(time_words is not null and began_earliest = began_latest
            and epoch_us(began_latest + ahead) % {ROUND_MINUTES * 60_000_000} = 0, false)"""

_LOGGED = f"coalesce(bool_or(time_basis = '{TimeBasis.LOGGED}'), false)"

HAS_STANDING_TIME = """standing = 'standing' and stance <> 'denies'
        and coalesce(began_earliest, began_latest, ended_earliest, ended_latest) is not null"""
"""Which of the claims in view say something of a time: those that `extents` read together."""

_EXTENTS = f"""
, {{name}}_bounds as (
    select {{grouped}}, event_id, kind,
        max(began_earliest) as be_high, min(began_earliest) as be_low,
        min(began_latest) as bl_low, max(began_latest) as bl_high,
        max(ended_earliest) as ee_high, min(ended_earliest) as ee_low,
        min(ended_latest) as el_low, max(ended_latest) as el_high,
        count(began_earliest) = count(*) as be_all, count(began_latest) = count(*) as bl_all,
        count(ended_earliest) = count(*) as ee_all, count(ended_latest) = count(*) as el_all,
        max(stated_at) as stated_at, min(claim_id) as first_id,
        bool_or(via is not null) as hearsay, bool_or(stance = 'relays') as relayed{{round}},
        list(claim_id order by claim_id) as claim_ids
    from {{selected}}
    where {HAS_STANDING_TIME}
    group by all)
, {{name}}_judged as (
    select *, coalesce(be_high > bl_low, false) or coalesce(ee_high > el_low, false)
        or coalesce(be_high > el_low, false) as contradicts
    from {{name}}_bounds)
, {{name}} as (
    select {{keys}}, event_id, kind, stated_at, hearsay, relayed, contradicts, first_id, claim_ids,
        if(contradicts, if(be_all, be_low, null), be_high) as began_earliest,
        if(contradicts, if(bl_all, bl_high, null), bl_low) as began_latest,
        if(contradicts, if(ee_all, ee_low, null), ee_high) as ended_earliest,
        if(contradicts, if(el_all, el_high, null), el_low) as ended_latest
    from {{name}}_judged)
"""

_UNITS = ", ".join(f"'{kind}'" for kind in UNIT_KINDS)
_UNIT = f"if(kind in ({_UNITS}), subkind, null)"
"""A clash is one whatever sort of clash it is called; a unit is not another."""


_BY = {
    "extents": {"keys": "account, voice", "grouped": "account, voice", "round": "", "selected": "selected"},
    "voiced": {
        "keys": "account, voice, subkind, is_round, is_logged",
        "grouped": f"account, voice, {_UNIT} as subkind",
        "round": f", bool_and({_ROUND}) as is_round, {_LOGGED} as is_logged",
        "selected": clocked("selected", "began_latest"),
    },
}


def with_clause(
    selection: Selection, question: str, *, is_tied: bool = True, is_apart: bool = False, is_tallied: bool = False
) -> str:
    """Write the SQL that defines the relations a question names; its parameters are the selection's fields.

    Where no claim is tied to another, none replaces one, and none is looked for. Of `other_claims` alone several are
    read together where these are kept apart.
    """
    claims = "other_claims" if plain_events.CHOSEN in question else "claims"
    heard, known = _known(selection, claims, is_tied=is_tied)
    made = f"{heard}, known as not materialized ({known}), selected as ({_selected(selection)})"
    return f"with recursive {made}{_optional_ctes(selection, question, is_apart=is_apart, is_tallied=is_tallied)}"


def copies(selection: Selection) -> dict[str, str]:
    """Write what copies out each relation that holds claims, in the order in which one builds on another."""
    return {"known": "with recursive {}{}".format(*_known(selection)), "selected": _selected(selection)}


def beside(selection: Selection, question: str) -> str:
    """Write the SQL that defines what a question names beside the relations that are copied out."""
    together = _optional_ctes(selection, question)
    return f"with {together.replace(', ', '', 1)}" if together else ""


def _known(selection: Selection, claims: str = "claims", *, is_tied: bool = True) -> tuple[str, str]:
    heard = _heard(selection) | {"claims": claims}
    withdrawn = " and coalesce(withdrawn_at <= $as_known_at, true)" if selection.as_known_at else ""
    known = (_KNOWN if is_tied else _KNOWN_UNTIED).format(withdrawn=withdrawn)
    then, replaced = (sql.format(**heard) for sql in (_HEARD, _REPLACED))
    return (f"{then}, {replaced}" if selection.as_known_at and is_tied else then), known


def _heard(selection: Selection) -> dict[str, str]:
    heard = _KNOWN_BY_THEN[selection.known_by] if selection.as_known_at else _IS_CURRENT
    return {"clock": _TIME_COLUMN[selection.known_by], "heard": heard}


def _selected(selection: Selection) -> str:
    worded = f"(select * replace ({', '.join(_widened_bounds())}) from known)" if selection.hedged else "known"
    voiced = f"select * replace ({_voice(selection)} as account)" if selection.by is By.SIDE else ""
    return _SELECTED.format(worded=worded, voiced=voiced, chosen=selection.condition(told=_cut("known")))


def _optional_ctes(selection: Selection, question: str, *, is_apart: bool = False, is_tallied: bool = False) -> str:
    current = selection.condition(told=_cut(groups.CURRENT))
    undated = _UNDATED.format(clock=_TIME_COLUMN[selection.known_by], chosen=current)
    choice = {"in_view": selection.condition("account", "side"), "undated": undated if selection.as_known_at else _NONE}
    choice |= {"ever": "known", "plainly": "", "grouped": _grouped(selection)}
    choice["event_values"] = _event_values(selection)
    choice["counted"] = "kept.tallies" if is_tallied else "(select account, side, 1 as n from known)"
    choice["tallied"] = tallies.tallied(selection, question, is_kept=is_tallied, voice=_voice(selection))
    plain = {}
    if plain_events.CHOSEN in question:
        choice["ever"] = f"({_EVER_HEARD.format(claims='claims', **_heard(selection))})"
        choice["plainly"] = "".join(
            f" union select account, '{kind}' from plain_events where {plain_events.known(kind, selection)}"
            for kind in _STAMPED_BY_SOME
        )
        plain = {
            plain_events.CHOSEN: plain_events.chosen(selection),
            plain_events.KNOWN: plain_events.all_known(selection),
        }
    made = {name: sql.format(voice=_voice(selection), **choice) for name, sql in _NAMED.items()} | plain
    again = {name: " not materialized" * (name in plain) for name in made}
    named = [f"\n, {name} as{again[name]} ({sql})" for name, sql in made.items() if name in question]
    several = "(from selected semi join other_claims using (claim_id))" if is_apart else "selected"
    ways = _BY | {"read_together": _BY["extents"] | {"selected": several}}
    timed = [_EXTENTS.format(name=name, **by) for name, by in ways.items() if name in question]
    return "".join([*named, *timed])


_MILESTONES = ", ".join(f"'{kind}'" for kind in MILESTONE_KINDS)
_NO_GROUPS = "select '' as account, '' as event_id, '' as subkind, '' as group_value where false"


def _grouped(selection: Selection) -> str:
    """Write the relation of the group of each event, of each unit by its own claims where every one counts."""
    if selection.group is None:
        return _NO_GROUPS
    if groups.is_of_start(selection.group, selection.zone):
        starts = groups.starts(_cut("known"), _voice(selection))
        valued = f"(select *, {groups.of_start(selection.group, selection.zone)} as told from {starts})"
        units = {"null::varchar"}
    else:
        valued = f"""(select {_voice(selection)} as account, event_id, subkind, {groups.kept("$group")} as told
            from known where standing = 'standing' and kind in ({_MILESTONES}))"""
        units = {"null::varchar", *["subkind"] * (selection.units is Units.EVERY)}
    return " union all ".join(
        f"""select account, event_id, {unit} as subkind, if(count(distinct told) = 1, min(told), null) as group_value
        from {valued} where told is not null{" and subkind is not null" * (unit == "subkind")} group by all"""
        for unit in sorted(units)
    )


def _event_values(selection: Selection) -> str:
    """Write the relation of the group of each event by all that is told of it."""
    if selection.group is None:
        return _NO_GROUPS
    told = f"{_voice(selection)} as account, event_id"
    standing = "from known where standing = 'standing' and stance <> 'denies'"
    if groups.is_of_start(selection.group, selection.zone):
        low, high = "coalesce(began_earliest, began_latest)", "coalesce(ended_latest, began_latest, ended_earliest)"
        first = f"(select {told}, min({low}) as low, max({high}) as high {standing} group by all)"
        valued = groups.of_start(selection.group, selection.zone)
        return f"select account, event_id, {valued} as group_value from {groups.at_start(first, 'low')}"
    return f"""select account, event_id, if(count(distinct told) = 1, min(told), null) as group_value
        from (select {told}, {groups.kept("$group")} as told {standing}) where told is not null group by all"""


def _voice(selection: Selection) -> str:
    return f"coalesce(side, '{NO_SIDE}')" if selection.by is By.SIDE else "account"


def _widened_bounds() -> list[str]:
    words = "|".join(rf"\b{word}\b" for word in HEDGE_WORDS)
    return [
        f"case when regexp_matches(lower(time_words), '{words}') "
        f"then {column} {sign} interval {HEDGE_MINUTES} minute else {column} end as {column}"
        for column, sign in (
            ("began_earliest", "-"),
            ("began_latest", "+"),
            ("ended_earliest", "-"),
            ("ended_latest", "+"),
        )
    ]
