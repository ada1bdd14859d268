"""A story: a folder of claims, with the side tables that give them names.

`claims.csv` alone is a story. `accounts.csv`, `sources.csv`, `events.csv` and `places.csv` add labels, and
`datapackage.json` the title, the time zone, the licence and the names of the sides.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

import pyarrow as pa
from pydantic import BaseModel

from contested.model.arrow_schema import COLUMNS
from contested.model.corrections import Change
from contested.model.event_parts import Parts
from contested.model.problem import Problem
from contested.model.references import Tables
from contested.model.side_tables import Account, Event, Place, Source
from contested.model.times import Zone


class Licence(BaseModel):
    """Under which terms a story may be passed on, as `datapackage.json` names them."""

    name: str = ""
    title: str = ""
    path: str = ""

    def words(self) -> str:
        """Name it, with its address."""
        named = self.title or self.name
        return " ".join(part for part in (named, f"({self.path})" if named and self.path else self.path) if part)


class Package(BaseModel):
    """What `datapackage.json` says of the story as a whole."""

    title: str
    zone: Zone = "UTC"
    sides: dict[str, str] = {}
    standfirst: str = ""
    """One or two sentences under the title, by the story's editor; never written by the program."""
    silence: tuple[str, ...] = ()
    """What nobody says though readers will ask, a sentence each, at most three, by the story's editor."""
    short: dict[str, str] = {}
    """Fewer words for a question or a speaker, by the whole of it, for where there is little room; by the editor."""
    steps: dict[str, dict[str, tuple[str, ...]]] = {}
    """Of an event the steps in which its accounts tell it, in their order, and the claims that tell each."""
    licenses: tuple[Licence, ...] = ()
    """Under which terms the story may be passed on; none means that it says none."""

    def licence(self) -> str:
        """Say under which licence the story may be passed on."""
        return " or ".join(one.words() for one in self.licenses) or "no licence stated"


@dataclass(frozen=True)
class Story:
    """Claims as an Arrow table, the side tables that name what they refer to, and every problem found in the files."""

    name: str
    package: Package
    claims: pa.Table = field(default_factory=COLUMNS.empty_table, repr=False)
    """Every revision of every claim, the oldest first, in the columns of `contested.model.arrow_schema`."""
    accounts: dict[str, Account] = field(default_factory=dict, repr=False)
    sources: dict[str, Source] = field(default_factory=dict, repr=False)
    events: dict[str, Event] = field(default_factory=dict, repr=False)
    places: dict[str, Place] = field(default_factory=dict, repr=False)
    problems: tuple[tuple[str, Problem], ...] = field(default=(), repr=False)
    """The name of the file, and what is wrong in it."""
    changes: dict[str, tuple[Change, ...]] = field(default_factory=dict, repr=False)
    """What was changed in each claim since it was recorded, where the story is kept in a record."""
    head: str = ""
    """The last entry of that record, which stands for all that was read."""

    def without_claims(self) -> "Story":
        """Drop the claims, once a store holds them."""
        return replace(self, claims=COLUMNS.empty_table())

    def tables(self) -> Tables:
        """Give the side tables, each under the field of a claim that names its entries."""
        return {"account": self.accounts, "source_id": self.sources, "event_id": self.events, "place": self.places}

    def published(self) -> dict[str, datetime]:
        """Say when each source was published, as far as that is known."""
        return {key: source.published_at for key, source in self.sources.items() if source.published_at}

    def parts(self) -> Parts:
        """Name the wholes that each event is a part of."""
        return {key: event.part_of for key, event in self.events.items()}
