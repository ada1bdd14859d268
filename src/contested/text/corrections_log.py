"""The corrections log: what was changed in the claims of a story after they were recorded, for its readers."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contested.model.claim import Claim
from contested.model.corrections import FIGURE, Change
from contested.model.story import Story
from contested.model.times import between
from contested.model.vocabulary import Status
from contested.model.wording import figure, spaced

NOT_SAID = "–"
_TIMES = {
    "began": ("began_earliest", "began_latest"),
    "ended": ("ended_earliest", "ended_latest"),
    "said": ("stated_earliest", "stated_at"),
}
_FIGURE = {*FIGURE, "figure_words", "measure"}
_WORDS = ("summary", "label", "time_words", "time_basis")
"""What repeats in words what other fields say; shown where nothing else was changed."""
_WITHDRAWAL = {"status", "withdrawn_at"}


class Difference(NamedTuple):
    """One thing that a correction changed: what it is, what it was, and what it is now."""

    name: str
    was: str
    now: str


class Correction(NamedTuple):
    """One entry of the log."""

    claim_id: str
    account: str
    about: str
    """The question or the event that the claim is about."""
    act: str
    """Corrected, withdrawn, or back in place."""
    at: datetime
    why: str
    differences: tuple[Difference, ...]
    summary: str
    """What the claim said before, in our words."""


def corrections_log(story: Story, claims: Mapping[str, Claim], zone: str) -> list[Correction]:
    """List every change of the claims of a story, the newest first; `claims` are those that were changed, as they are.

    Who made a change is for the newsroom and is not in it.
    """
    told = [
        _correction(story, change, after, ZoneInfo(zone))
        for claim_id, changes in story.changes.items()
        if claim_id in claims
        for change, after in readings(changes, claims[claim_id])
    ]
    return sorted(told, key=lambda one: one.at, reverse=True)


def readings(changes: tuple[Change, ...], now: Claim) -> Iterator[tuple[Change, Claim]]:
    """Give each change of a claim with how the claim then read; of one that was never changed nothing."""
    afters = [*(change.before for change in changes[1:]), now] if changes else []
    return zip(changes, afters, strict=True)


def _correction(story: Story, change: Change, after: Claim, zone: ZoneInfo) -> Correction:
    before = change.before
    account, event = story.accounts.get(before.account), story.events.get(before.event_id)
    return Correction(
        claim_id=before.claim_id,
        account=account.label if account else before.account,
        about=before.question or (event.label if event else before.event_id),
        act=_act(before, after),
        at=change.recorded_at.astimezone(zone),
        why=change.why,
        differences=tuple(_differences(story, change, after, zone)),
        summary=before.summary,
    )


def _act(before: Claim, after: Claim) -> str:
    if before.status == after.status:
        return "corrected"
    return "withdrawn" if after.status is Status.WITHDRAWN else "back in place"


def _differences(story: Story, change: Change, after: Claim, zone: ZoneInfo) -> Iterator[Difference]:
    """Say figures, times and places each as one thing, and the words alone where nothing else was changed.

    An answer that says the same as its figure is not said again.
    """
    before, fields = change.before, set(change.fields) - _WITHDRAWAL
    found = [*_figures(before, after, fields), *_times(before, after, fields, zone)]
    if "place" in fields:
        found.append(Difference("place", *(_place(story, one.place) for one in (before, after))))
    told = {*_FIGURE, *(name for pair in _TIMES.values() for name in pair), "place", *_WORDS}
    others = (_plainly(name, before, after) for name in change.fields if name in fields - told)
    found += [one for one in others if one[1:] not in {known[1:] for known in found}]
    yield from found or [_plainly(name, before, after) for name in _WORDS if name in fields]


def _figures(before: Claim, after: Claim, fields: set[str]) -> Iterator[Difference]:
    if fields & _FIGURE:
        was, now = ((one.low, one.best, one.high, one.figure_words) for one in (before, after))
        measure = after.measure or before.measure
        before_and_after = [_figure(*one) for one in (was, now)]
        if before_and_after[0] == before_and_after[1]:
            yield from (_plainly(name, before, after) for name in ("measure", "figure_words") if name in fields)
        else:
            yield Difference(spaced(str(measure or "figure")), *before_and_after)


def _figure(*said: float | str | None) -> str:
    return figure(*said) if any(one is not None for one in said) else NOT_SAID  # type: ignore[arg-type]


def _times(before: Claim, after: Claim, fields: set[str], zone: ZoneInfo) -> Iterator[Difference]:
    for name, ends in _TIMES.items():
        if fields & set(ends):
            yield Difference(name, *(_between(one, ends, zone) for one in (before, after)))


def _between(claim: Claim, ends: tuple[str, str], zone: ZoneInfo) -> str:
    moments = (getattr(claim, end) for end in ends)
    return between(*(moment.astimezone(zone) if moment else None for moment in moments)) or NOT_SAID


def _place(story: Story, place: str | None) -> str:
    named = story.places.get(place or "")
    return named.label if named else place or NOT_SAID


def _plainly(name: str, before: Claim, after: Claim) -> Difference:
    return Difference(spaced(name), *(_said(getattr(one, name)) for one in (before, after)))


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) and value else str(value or NOT_SAID)
