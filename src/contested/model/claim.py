"""A claim: what one account says of one event, where it says so, and how sure it leaves us.

Every name here is also the CSV header, the database column and the key in a chart's table. A field added to `Claim` is
added to all of them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, model_validator

from contested.model import placeholders
from contested.model.field_types import (
    Blank,
    Count,
    Groups,
    Ids,
    Label,
    Latitude,
    Longitude,
    Radius,
    Sensitive,
    Told,
    Words,
    refuse_half_a_point,
    refused,
    usual,
)
from contested.model.times import Instant, Zone
from contested.model.vocabulary import Identity, Kind, Measure, Scope, Stance, Status, TimeBasis

LONG = timedelta(days=731)
"""What lasts longer than two years is told by its hours in no chart."""


class Claim(BaseModel):
    """One account's assertion about one event, found in one source."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    claim_id: Words
    """Unique and never reused."""
    event_id: Words
    """The event it is about, shared by every account of that event."""
    account: Words
    """Whose telling it is: the voice."""
    side: Annotated[Words | None, Blank] = None
    """Whose side of the story it is told as part of, which is not always the voice."""
    kind: Kind
    """What sort of thing is claimed."""
    subkind: Annotated[Words | None, Blank] = None
    """The publisher's own type."""
    groups: Groups = None
    """What the publisher keeps to compare by, as a JSON object of words: {"agency": "FIRE"}."""
    source_id: Words
    """The document it stands in."""
    locator: Annotated[Words | None, Blank] = None
    """Line, paragraph or row in the source."""
    quote_locator: Annotated[Words | None, Blank] = None
    """Where its very words stand, so that they are found without being copied: characters of a line, a second."""
    summary: Told
    """The assertion in our own neutral words."""
    label: Annotated[Label | None, Blank] = None
    """A few words for its mark on a chart, at most 30 letters."""
    speaker: Annotated[Words | None, Blank] = None
    """Role of the speaker; private people by role, not by name."""
    via: Annotated[Words | None, Blank] = None
    """The chain of hearsay, outermost first, joined by ` > `; empty where the speaker is the witness."""
    stance: Annotated[Stance, usual(Stance.ASSERTS)] = Stance.ASSERTS
    """What the account does with the assertion. A rumour quoted to reject it is nobody's position."""
    began_earliest: Annotated[Instant | None, Blank] = None
    """It had not begun before this."""
    began_latest: Annotated[Instant | None, Blank] = None
    """It had begun by this."""
    ended_earliest: Annotated[Instant | None, Blank] = None
    """It was still going on until this."""
    ended_latest: Annotated[Instant | None, Blank] = None
    """It was over by this."""
    time_words: Annotated[Words | None, Blank] = None
    """The time as it was said."""
    time_basis: Annotated[TimeBasis | None, Blank] = None
    """How the bounds came about."""
    zone: Annotated[Zone | None, Blank] = None
    """The IANA time zone in which the time was said."""
    place: Annotated[Words | None, Blank] = None
    """Where."""
    latitude: Latitude = None
    """The point itself, in degrees north; empty where the story's list of places knows it."""
    longitude: Longitude = None
    """The point itself, in degrees east."""
    radius_km: Radius = None
    """How far from the point it may have been."""
    measure: Annotated[Measure | None, Blank] = None
    """What the figure counts; at most one figure a claim."""
    low: Annotated[Count | None, Blank] = None
    """At least this many."""
    best: Annotated[Count | None, Blank] = None
    """The figure itself. Empty is unknown; 0 is a claim of none."""
    high: Annotated[Count | None, Blank] = None
    """At most this many."""
    unit: Annotated[Words | None, Blank] = None
    """What one of the figure is: people, buildings, USD."""
    figure_words: Annotated[Words | None, Blank] = None
    """The figure as it was said: at least, dozens."""
    definition: Annotated[Words | None, Blank] = None
    """What counts: sought medical help, hospitalised."""
    scope: Annotated[Scope | None, Blank] = None
    """Whether the figure is of one event or a running total."""
    victims: Annotated[Words | None, Blank] = None
    """Whom the figure counts, where it is not everybody."""
    question: Annotated[Words | None, Blank] = None
    """The disputed question that this claim answers."""
    answer: Annotated[Words | None, Blank] = None
    """The answer to that question, in a few words."""
    same_event: Annotated[Identity, usual(Identity.CERTAIN)] = Identity.CERTAIN
    """How sure it is that the claim is about this event."""
    supersedes: Ids = ()
    """Earlier claims of the same account that this one replaces."""
    corrects: Ids = ()
    """Claims that this one corrects."""
    part_of: Ids = ()
    """The totals within which this figure lies."""
    same_origin: Ids = ()
    """Claims that repeat the same words of the same speaker."""
    reason: Annotated[Words | None, Blank] = None
    """Why it corrects, replaces or was withdrawn."""
    stated_earliest: Annotated[Instant | None, Blank] = None
    """It was not said before this; empty where `stated_at` is exact."""
    stated_at: Annotated[Instant | None, Blank] = None
    """By when the account had certainly said it."""
    recorded_at: Annotated[Instant | None, Blank] = None
    """When we kept it."""
    status: Annotated[Status, usual(Status.STANDING)] = Status.STANDING
    """Whether the account stands by it."""
    withdrawn_at: Annotated[Instant | None, Blank] = None
    """By when the account had withdrawn it; empty where that is unknown."""
    embargo_until: Annotated[Instant | None, Blank] = None
    """Until then it stays in the newsroom; the embargo ends by itself."""
    sensitive: Sensitive = None
    """Whether it stays in the newsroom for good: yes, or empty."""

    @model_validator(mode="after")
    def _bounds_are_in_order(self) -> Self:
        for names in ORDERED:
            known = [(name, value) for name in names if (value := getattr(self, name)) is not None]
            for (before, low), (after, high) in pairwise(known):
                if low > high:
                    reason = f"{after} ({_said(high)}) lies before {before} ({_said(low)})"
                    raise refused("order", after, reason, f"make {' <= '.join(names)}")
        return self

    @model_validator(mode="after")
    def _times_are_times(self) -> Self:
        """Refuse a moment that programs write where they know none; a bound of a longer time may lie there."""
        bounded = () if self.began_earliest != self.began_latest else ("began_latest",)
        for name in (*bounded, "stated_at", "recorded_at"):
            if (moment := getattr(self, name)) and (why := placeholders.of_moment(moment)):
                raise refused(placeholders.PLACEHOLDER, name, placeholders.reason(why), placeholders.FIX)
        return self

    @model_validator(mode="after")
    def _what_belongs_together_comes_together(self) -> Self:
        if self.measure is None and any(n is not None for n in (self.low, self.best, self.high)):
            raise refused("figure", "measure", "a figure that does not say what it counts", f"one of {_names(Measure)}")
        if self.withdrawn_at is not None and self.status is not Status.WITHDRAWN:
            reason, fix = "the time of a withdrawal, but the claim stands", f"give it the status {Status.WITHDRAWN}"
            raise refused("withdrawn", "withdrawn_at", reason, fix)
        refuse_half_a_point(self.latitude, self.longitude)
        return self

    def ends(self) -> tuple[datetime | None, datetime | None]:
        """Give the first and the last moment at which it may have gone on, as far as it says."""
        return self.began_earliest or self.began_latest, self.ended_latest or self.ended_earliest or self.began_latest

    def is_held_back(self, now: datetime) -> bool:
        """Say whether it stays in the newsroom."""
        return self.sensitive is not None or (self.embargo_until is not None and now < self.embargo_until)

    def hearsay(self) -> Iterator[str]:
        """Name those through whom it was passed on, outermost first."""
        yield from (self.via or "").split(" > ") if self.via else ()


class NewsroomClaim(Claim):
    """A claim as a file holds it, with what is never recorded; a claim lacks these fields altogether."""

    internal_note: Annotated[Words | None, Blank] = None
    redact: Ids = ()
    """Fields of this claim that stay in the newsroom."""

    @model_validator(mode="after")
    def _only_what_may_be_empty_is_redacted(self) -> Self:
        if unknown := set(self.redact) - set(REDACTABLE):
            reason = f"no field to redact: {', '.join(sorted(unknown))}"
            raise refused("redact", "redact", reason, f"name any of {', '.join(REDACTABLE)}")
        return self

    def public(self) -> Claim:
        """Give what may be recorded: what is redacted takes with it what would still give it away."""
        hidden = {*self.redact, *(name for names in _TOGETHER if set(names) & set(self.redact) for name in names)}
        shown = {name: getattr(self, name) for name in Claim.model_fields if name not in hidden}
        return Claim.model_construct(**shown)


REDACTABLE = ("speaker", "via", "locator", "quote_locator", "label", "place", "latitude", "longitude", "radius_km")
_TOGETHER = (("latitude", "longitude", "radius_km"), ("locator", "quote_locator"))

ORDERED = (
    ("began_earliest", "began_latest", "ended_latest"),
    ("began_earliest", "ended_earliest", "ended_latest"),
    ("low", "best", "high"),
    ("stated_earliest", "stated_at", "withdrawn_at"),
)


def _said(value: Any) -> str:  # noqa: ANN401 either an instant or a count
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else str(value)


def _names(choices: type[StrEnum]) -> str:
    return ", ".join(choices)
