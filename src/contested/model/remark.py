"""A remark: what a presenter says at a moment, an arrow and a sentence on a chart, which no account has claimed."""

from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from contested.model.times import Instant, day_and_hour

MOST_LETTERS = 140
WHOSE = "Presenter"
"""To whom it is attributed, wherever it is shown."""


class Remark(BaseModel):
    """A moment, and what the presenter says of it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    at: Instant
    words: Annotated[str, Field(min_length=1, max_length=MOST_LETTERS)]

    def document(self) -> dict[str, str]:
        """Give it as plain values, with whose it is."""
        return {"at": self.at.isoformat(), "words": self.words, "by": WHOSE.lower()}

    def sentence(self, zone: str) -> str:
        """Say whose it is, of when and what: Presenter, 8 Feb 2020, 01:00: “The police arrive.”."""
        return f"{WHOSE}, {day_and_hour(self.at.astimezone(ZoneInfo(zone)))}: “{self.words}”"
