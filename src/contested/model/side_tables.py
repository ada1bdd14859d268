"""The side tables of a story: what gives a name to accounts, sources, events and places."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from contested.model.field_types import Blank, Ids, Latitude, Longitude, Radius, Words, refuse_half_a_point
from contested.model.times import Instant

Optional = Annotated[Words | None, Blank]


class Row(BaseModel):
    """A row of a side table."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Account(Row):
    """One telling: a side's people, an outlet, officials, a rumour."""

    account: Words
    label: Words
    description: Optional = None
    position: Optional = None
    group: Optional = None
    """Accounts shown together under this name; they stay accounts of their own and are never counted as one."""


class Source(Row):
    """One document."""

    source_id: Words
    publisher: Words
    title: Words
    url: Annotated[str | None, Field(pattern=r"^https?://"), Blank] = None
    published_at: Annotated[Instant | None, Blank] = None
    published_words: Optional = None
    language: Optional = None
    sha256: Optional = None
    retrieved_at: Annotated[Instant | None, Blank] = None
    """By when we had it before us."""


class Event(Row):
    """What claims are about."""

    event_id: Words
    label: Words
    part_of: Ids = ()


class Place(Row):
    """An entry of the gazetteer."""

    place: Words
    label: Words
    latitude: Latitude = None
    longitude: Longitude = None
    radius_km: Radius = None
    source: Optional = None

    @model_validator(mode="after")
    def _a_point_is_whole(self) -> Self:
        refuse_half_a_point(self.latitude, self.longitude)
        return self
