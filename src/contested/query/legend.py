"""The legend: what the names and colours of a chart stand for, and whom it leaves out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pandas as pd

from contested.model.wording import listing, named
from contested.query import scenario
from contested.query.reporting_lag import Lag
from contested.query.selection import By, Selection, told_on
from contested.query.timed_milestones import Timed


class Voice(NamedTuple):
    """An account (or a side) as it is drawn: the same name, place and colour in every chart."""

    key: str
    label: str
    number: int
    """Its place in the story's order, which gives its colour; the accounts of a group share one."""
    shape: int = -1
    """Which shape it has; by default that of its place."""
    group: str = ""
    """The group of accounts that it is shown in, if any."""

    @property
    def form(self) -> int:
        """Say which shape it is drawn with."""
        return self.number if self.shape < 0 else self.shape


class Lane(NamedTuple):
    """A row of a chart: one account, or a closed group of accounts, which stay accounts of their own."""

    key: str
    label: str
    number: int
    shape: int
    voices: tuple[Voice, ...]
    group: str = ""
    """The open or closed group that it belongs to, if any."""

    @property
    def indent(self) -> int:
        """How many px it stands further in: a member of an open group."""
        return 16 if self.group and not self.is_closed_group else 0

    @property
    def is_closed_group(self) -> bool:
        """Say whether it holds the voices of a group."""
        return bool(self.group) and self.key == self.group


class Spot(NamedTuple):
    """Where a named place lies, as far as the story knows: a point, and how far from it."""

    label: str
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float | None = None


@dataclass(frozen=True)
class Legend:
    """The voices in view in the order of the story, and how the viewer reads them."""

    voices: tuple[Voice, ...]
    selection: Selection
    hidden: int = 0
    """How many accounts a filter leaves out."""
    hidden_claims: int = 0
    """How many claims any filter leaves out."""
    undated: int = 0
    """How many claims have no time by which to say whether they were known at the moment as known at."""
    events: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Spot] = field(default_factory=dict)
    wholes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The events within which each event lies."""
    lags: Mapping[str, Lag] = field(default_factory=dict)
    """How late each voice spoke of what is asked."""
    gaps: Mapping[str, str] = field(default_factory=dict)
    """What those do who speak of what is asked and yet do not answer it."""
    timed: Mapping[str, Timed] = field(default_factory=dict)
    """When each voice has the start and the stop of a clock, where these are asked for."""
    accounts: Mapping[str, str] = field(default_factory=dict)
    """The names of the accounts, also where the viewer goes by side."""
    sides: Mapping[str, str] = field(default_factory=dict)
    """The names of the sides, also where the viewer goes by account."""

    @property
    def noun(self) -> str:
        """What a voice is called: an account or a side."""
        return str(self.selection.by)

    @property
    def nobody(self) -> str:
        """Begin a sentence on what none of them does; where filters leave claims out, none of those shown."""
        return f"No {self.noun}{' shown' if self.is_filtered else ''}"

    @property
    def is_alone(self) -> bool:
        """Say whether one account tells the whole story, so that a title need not name it: a hidden one tells too."""
        return len(self.voices) == 1 and not self.hidden

    @property
    def is_filtered(self) -> bool:
        """Say whether filters leave accounts or claims out."""
        return bool(self.hidden or self.hidden_claims)

    @property
    def contradicts_itself(self) -> str:
        """Say that what one account says cannot all be true; of a side, that of one of its voices."""
        return f"{self.itself[0].upper()}{self.itself[1:]}"

    @property
    def itself(self) -> str:
        """Say the same within a sentence."""
        return f"{'the account' if self.selection.by is By.ACCOUNT else 'a voice of the side'} contradicts itself"

    def lanes(self) -> list[Lane]:
        """List the rows of a chart in the story's order: each account, and each closed group as one."""
        found: dict[str, Lane] = {}
        for voice in self.voices:
            if voice.group and voice.group not in self.selection.open_groups:
                before = found.get(voice.group)
                members = (*before.voices, voice) if before else (voice,)
                found[voice.group] = Lane(voice.group, voice.group, voice.number, voice.number, members, voice.group)
            else:
                found[voice.key] = Lane(voice.key, voice.label, voice.number, voice.form, (voice,), voice.group)
        return list(found.values())

    def with_scenario(self) -> "Legend":
        """Add the scenario that the reader chose, as if it were one more voice."""
        chosen = self.selection.scenario
        if chosen is None:
            return self
        number = max((voice.number for voice in self.voices), default=-1) + 1
        return replace(
            self, voices=(*self.voices, Voice(scenario.key(chosen), scenario.said(chosen, self.label), number))
        )

    def label(self, key: str) -> str:
        """Name an account."""
        return next((voice.label for voice in self.voices if voice.key == key), key)

    def account(self, key: str) -> str:
        """Name an account by whichever the viewer goes."""
        return self.accounts.get(key, key)

    def names(self) -> dict[str, Mapping[str, str]]:
        """Give the names of all that a filter may choose by its id."""
        accounts = self.accounts or {voice.key: voice.label for voice in self.voices}
        return {
            "account": accounts,
            "side": self.sides,
            "place": {key: place.label for key, place in self.places.items()},
            "event": self.events,
        }

    def voiced(self, key: str, voices: Iterable[str]) -> str:
        """Name an account; on a side those whose words they are, and the side."""
        if self.selection.by is By.ACCOUNT:
            return self.label(key)
        return f"{named(map(self.account, dict.fromkeys(voices)))} ({self.label(key)})"

    def by(self, voices: Iterable[Voice]) -> str:
        """Attribute what is told, or told by none, to accounts, of many to the first; a side does not speak."""
        if self.selection.by is By.ACCOUNT:
            return f"by {named(voice.label for voice in voices)}"
        return named(told_on(voice.key, voice.label) for voice in voices)

    def whose(self, key: str, voice: str) -> str:
        """Name whose words something is: the account; on a side the account, and the side."""
        return self.label(key) if self.selection.by is By.ACCOUNT else f"{self.account(voice)} ({self.label(key)})"

    def according_to(self, key: str, voices: Iterable[str]) -> str:
        """Attribute to an account; of a side, to those whose words they are, for a side does not speak."""
        if self.selection.by is By.ACCOUNT:
            return f"according to {self.label(key)}"
        whose = listing(dict.fromkeys(map(self.account, voices)))
        return f"according to {whose}, told {told_on(key, self.label(key))}"

    def event(self, event_id: str) -> str:
        """Name an event."""
        return self.events.get(event_id, event_id)

    def without(self, keys: object) -> list[Voice]:
        """List the voices that are not among these keys: those that are silent."""
        heard = set(keys.unique() if isinstance(keys, pd.Series) else keys)  # type: ignore[call-overload]
        return [voice for voice in self.voices if voice.key not in heard]
