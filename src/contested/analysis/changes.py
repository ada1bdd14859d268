"""Changes: what became known between two moments, by the clock that the reader goes by, as rows and in sentences.

By the time of recording also what the record was edited to say; what is new in the reading of a claim is then told as
the record's, not the account's. A contradiction is new where no claim of either account made it before.
"""

from collections.abc import Iterator, Mapping
from math import inf
from typing import Any, NamedTuple

import pandas as pd

from contested.analysis.coverage.topic import SINCE, TAKEN_BACK
from contested.model.vocabulary import Scope
from contested.model.wording import ended, figure
from contested.query.legend import Legend
from contested.query.rows import Row, each
from contested.query.selection import NO_SIDE

_COUNTED = ("measure", "definition", "victims", "scope")
_OLD = ", ".join(f"old.{name} as old_{name}" for name in ("low", "best", "high", *_COUNTED))
_PART = "list_contains(new.part_of, old.claim_id) or list_contains(old.part_of, new.claim_id)"
_VOICE = f"if($by = 'side', coalesce(side, '{NO_SIDE}'), account)"
_READ = "claim_id, measure, low, best, high, definition, victims, scope, figure_words, summary, status"
_CHANGED = f"{_READ}, account, voice, via, stated_earliest, reason, supersedes, corrects, part_of"

QUESTION = f"""
with earlier as (select ({SINCE}) as since)
, was as (
    -- how the record then read what it reads otherwise now
    select {_READ}, account, side, recorded_at from claims, earlier
    where $known_by = 'recorded' and recorded_at <= since and replaced_at > since)
, fresh as (select {_CHANGED}, known_at, since from selected, earlier where known_at > since)
, new as (from fresh anti join was using (claim_id))
, replaced as (
    select new.* exclude (old_id), 'replaced' as change, list(old.claim_id order by old.claim_id) as old_ids,
        {_OLD}, any_value(old.figure_words) as old_words, {_PART} as is_part
    from (select *, unnest(supersedes) as old_id from new) as new join known as old on old.claim_id = new.old_id
    group by all)
, corrected as (
    select new.* exclude (old_id), 'corrected' as change, [old.claim_id] as old_ids, old.summary as old_summary
    from (select *, unnest(corrects) as old_id from new) as new join known as old on old.claim_id = new.old_id)
, edited as (
    select fresh.*, 'edited' as change, [fresh.claim_id] as old_ids, {_OLD}, old.figure_words as old_words,
        old.summary as old_summary
    from fresh join was as old using (claim_id) where fresh.status = old.status)
, withdrawn as (
    select {_CHANGED}, {TAKEN_BACK} as known_at, since, 'withdrawn' as change, [claim_id] as old_ids
    from selected, earlier
    where {TAKEN_BACK} > since and claim_id not in (select claim_id from was where status = 'withdrawn'))
, spoken as (
    -- all that is known of an account, also what a filter hides
    select {_VOICE} as account, known_at, claim_id from known
    union all select {_VOICE}, recorded_at, claim_id from was)
, first as (
    select account, min(known_at) as first_at, first(claim_id order by known_at, claim_id) as first_id
    from spoken, earlier group by account, since having bool_and(coalesce(known_at > since, false)))
, heard as (
    select fresh.* replace (first_at as known_at), 'first heard' as change, claim_id <> first_id as is_later
    from fresh join first using (account)
    qualify row_number() over (partition by account order by fresh.known_at, claim_id) = 1)
, added as (
    select *, 'stated' as change from new
    where claim_id not in (select claim_id from replaced union all select claim_id from corrected))
from replaced union all by name from corrected union all by name from edited union all by name from withdrawn
union all by name from heard union all by name from added
order by account, known_at, change, claim_id
"""
"""What is new since the earlier moment, in claims."""

COLUMNS = ("account", "change", "since", "known_at", "measure", "old", "new", "claim_ids", "sentence")
LISTED = ("who", "words", "known_from")
"""What a list of changes says of each besides: whose words they are, what changed, and since when it can be known."""
CONTRADICTION = "new contradiction"


class _Told(NamedTuple):
    change: str
    sentence: str
    old: str | None
    new: str | None
    claim_ids: list[str]
    who: str
    words: str


def compute(rows: pd.DataFrame, legend: Legend) -> pd.DataFrame:
    """Write each change as a sentence, with what a list says of it."""
    told = pd.DataFrame([_told(row, legend) for row in each(rows)], rows.index, list(_Told._fields))
    told["sentence"] = told["sentence"].map(ended)
    known = rows[["account", "known_at", "measure", "since", "stated_earliest"]]
    every = pd.concat([known.rename(columns={"stated_earliest": "known_from"}), told], axis="columns")
    return every[[*COLUMNS, *LISTED]]


def _told(row: Row, legend: Legend) -> _Told:
    who, is_figure = legend.whose(row.account, row.voice), isinstance(row.measure, str)
    new = figure(row.low, row.best, row.high, row.figure_words) if is_figure else row.summary
    if is_figure and row.change in {"replaced", "edited"}:
        return _refigured(row, who, new)
    words = row.summary
    match row.change:
        case "stated":
            sentence = f"{who}: {row.summary}"
        case "first heard":
            who, words = legend.label(row.account), "in a claim that is not shown" if row.is_later else row.summary
            sentence = f"Heard for the first time from {who}: {words}"
        case "edited":
            sentence = f"In the record, a claim of {who} now reads: {row.summary}"
        case done:
            why = f" The reason: {row.reason}" if isinstance(row.reason, str) else ""
            sentence, words = f"{done.capitalize()} by {who}: {ended(row.summary)}{why}", f"{row.summary}{why}"
    old = {"corrected": row.old_summary, "edited": row.old_summary, "withdrawn": new}.get(row.change)
    if row.change in {"corrected", "edited"}:
        words = f"{old} → {words}"
    ids = [*row.old_ids, row.claim_id] if row.change in {"replaced", "corrected"} else [row.claim_id]
    return _Told(row.change, sentence, old, None if row.change == "withdrawn" else new, ids, who, _heard(row, words))


def _heard(row: Row, words: str) -> str:
    """Say of words that they are hearsay, where somebody passed them on."""
    return f"{words.rstrip('.')}, hearsay" if isinstance(row.via, str) else words


def _refigured(row: Row, who: str, new: str) -> _Told:
    """Say of a figure that its account raised, lowered or restated it, or that the record now reads another.

    A figure that counts something else, or a part of the other, is neither higher nor lower.
    """
    old = figure(row.old_low, row.old_best, row.old_high, row.old_words)
    what, before = _counted(row), _counted(row, "old_")
    ids, listed = [*row.old_ids, row.claim_id], _heard(row, f"{what} {old} → {new}")
    if row.change == "edited":
        words = f"{who}: in the record, the figure of the {what} now reads {new}, not {old}"
        sentence = words if new != old else f"{who}: {row.summary}"
        return _Told("edited", sentence, old, new, [row.claim_id], who, listed if new != old else row.summary)
    if what != before or row.is_part or _are_apart(row.scope, row.old_scope):
        words = f"{who}: {old}, of the {before}, is replaced by {new}, of the {what}."
        return _Told("restated", words, old, new, ids, who, _heard(row, f"{old} {before} → {new} {what}"))
    how = _direction(row)
    if how == "restated":
        again = f"said again: {new}" if new == old else f"now given as {new}, {old} before"
        words = f"{who}: the figure of the {what} is {again}."
        listed = listed if new != old else _heard(row, f"{what} {new}, said again")
    else:
        words = f"{who}: the figure of the {what} is {how} from {old} to {new}."
    return _Told(how, words, old, new, ids, who, listed)


def _counted(row: Row, which: str = "") -> str:
    """Name what a figure counts: the measure, of whom, and by which definition."""
    measure, definition, victims = (getattr(row, f"{which}{name}") for name in ("measure", "definition", "victims"))
    noted = ", ".join(one for one in (victims, definition) if isinstance(one, str))
    return f"{measure.replace('_', ' ') if isinstance(measure, str) else 'figure'}{f' ({noted})' if noted else ''}"


def _are_apart(scope: object, other: object) -> bool:
    """Say whether the one is a running total and the other of one event alone."""
    return {scope, other} == {Scope.CUMULATIVE, Scope.EVENT}


def _direction(row: Row) -> str:
    """Say which way a figure went: a mere bound that the other agrees with moves nothing."""
    old_low, old_high = _ends(row.old_low, row.old_best, row.old_high)
    low, high = _ends(row.low, row.best, row.high)
    if low > old_low and (high > old_high or high == old_high == inf):
        return "raised"
    if high < old_high and (low < old_low or low == old_low == -inf):
        return "lowered"
    return "restated"


def _ends(low: float | None, best: float | None, high: float | None) -> tuple[float, float]:
    """Give the least and the most that a figure states; what it leaves open is infinite."""
    if not pd.isna(best):
        return float(best), float(best)
    return -inf if pd.isna(low) else float(low), inf if pd.isna(high) else float(high)


IS_NEWS = (
    f"select claim_id from known, ({SINCE}) as earlier(since) where known_at > since or {TAKEN_BACK} > since limit 1"
)
"""Whether there is anything new at all, found before all else is compared."""
MOMENTS = "select claim_id, known_at from known where list_contains($ids, claim_id)"
"""Since when each claim behind a contradiction is known."""


def contradictions(then: pd.DataFrame, now: pd.DataFrame) -> list[Row]:
    """Find, of the pairs that cannot both be true now, those that did not stand against each other then."""
    stood = {_pair(row) for row in each(then)}
    return [row for row in each(now) if _pair(row) not in stood]


def _pair(row: Row) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Name what stands against what, whichever claims say so."""
    return tuple(row.topics), tuple(sorted(zip(row.accounts, row.values, strict=True)))


def told_of(found: list[Row], since: pd.Timestamp, moments: Mapping[str, pd.Timestamp]) -> Iterator[dict[str, Any]]:
    """Give each account of a contradiction a row: what it says, and since when both are known.

    What is known at no moment was known at neither; what came up without a later claim came up at an unknown one.
    """
    for row in found:
        known = [moments.get(claim_id, pd.NaT) for claim_id in row.claim_ids]
        if any(map(pd.isna, known)):
            continue
        at = max(known) if max(known) > since else pd.NaT
        for account in dict.fromkeys(row.accounts):
            said = [value for who, value in zip(row.accounts, row.values, strict=True) if who == account]
            told = {"account": account, "change": CONTRADICTION, "since": since, "known_at": at}
            yield told | {
                "new": " / ".join(said),
                "claim_ids": list(row.claim_ids),
                "sentence": row.sentence,
                "words": row.question,
            }
