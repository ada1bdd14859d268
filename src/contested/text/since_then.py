"""What has changed since a link was frozen: which claims of a view now say something else, are new or are gone."""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contested.model.claim import Claim
from contested.model.corrections import FIGURE, TIMES, changed
from contested.model.times import between
from contested.model.vocabulary import Status
from contested.model.wording import capital, counted, figure, listing, spaced, verb
from contested.query.legend import Legend


class Way(StrEnum):
    """In which way a claim differs from what was shown."""

    FIGURE = "figure"
    WORDS = "words"
    WITHDRAWN = "withdrawn"
    NEW = "new"
    GONE = "gone"


class Difference(NamedTuple):
    """One claim that reads otherwise than it did."""

    claim_id: str
    way: Way
    words: str


def differences(before: Mapping[str, Claim], after: Mapping[str, Claim], legend: Legend) -> list[Difference]:
    """Compare the claims of a view as they were with those of now, in the order of their ids."""
    zone = ZoneInfo(legend.selection.zone)
    every = sorted({*before, *after})
    found = ((one, _difference(before.get(one), after.get(one), zone)) for one in every)
    return [
        Difference(one, way, f"{legend.label((after.get(one) or before[one]).account)}: {words}")
        for one, told in found
        if told
        for way, words in [told]
    ]


def sentence(found: list[Difference]) -> str:
    """Count what has changed: 3 figures have changed since, 1 claim is new."""
    numbers = Counter(one.way for one in found)
    told = [
        f"{counted(n, noun)} {verb(range(n), one, several)}"
        for way, (noun, one, several) in _SAID.items()
        if (n := numbers[way])
    ]
    return capital(f"{listing(told)} since") if told else "Nothing shown here has changed since"


_SAID = {
    Way.FIGURE: ("figure", "has changed", "have changed"),
    Way.WORDS: ("claim", "reads otherwise", "read otherwise"),
    Way.WITHDRAWN: ("claim", "was withdrawn", "were withdrawn"),
    Way.NEW: ("claim", "is new", "are new"),
    Way.GONE: ("claim", "is gone", "are gone"),
}


def _difference(before: Claim | None, after: Claim | None, zone: ZoneInfo) -> tuple[Way, str] | None:
    if before is None or after is None:
        said = after or before
        return (Way.NEW if before is None else Way.GONE, said.label or said.summary) if said else None
    fields = changed(before, after)
    what = after.label or after.summary
    if "status" in fields and after.status is Status.WITHDRAWN:
        return Way.WITHDRAWN, what
    if set(fields) & set(FIGURE):
        return Way.FIGURE, f"{spaced(after.measure or 'figure')} {_figure(before)} → {_figure(after)}"
    if set(fields) & set(TIMES):
        return Way.FIGURE, f"{what}, {_time(before, zone)} → {_time(after, zone)}"
    return (Way.WORDS, f"{what} ({listing(map(spaced, fields))})") if fields else None


def _figure(claim: Claim) -> str:
    return figure(claim.low, claim.best, claim.high, claim.figure_words) if claim.measure else "no figure"


def _time(claim: Claim, zone: ZoneInfo) -> str:
    return between(*(moment and moment.astimezone(zone) for moment in claim.ends())) or "no time"
