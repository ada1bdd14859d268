"""Decks: the talks of a presenter, kept beside the record.

A deck says which views are shown in which order. It is working paper, changed at every key and thrown away after the
talk; the record only grows, and proves what was claimed. So decks lie beside it and not in it; what their slides show
comes from the record, as of the entry at which a deck was frozen. Each version of a deck is kept with its hour: what
was shown at a moment follows from the deck as it then was and from the record.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from contested.model.problem import UnusableDeckError
from contested.model.remark import Remark
from contested.record.beside import keep, open_beside

SILENCE = "silence"
"""What stands for the name of a chart where a slide says what nobody says."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
MOST_SLIDES, MOST_NOTES, MOST_REMARKS = 100, 600, 5


class Planned(BaseModel):
    """One slide as it is planned: a chart, the parameters of its selection, the presenter's title and notes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    chart: str
    selection: dict[str, Any] = {}
    title: Annotated[str, Field(max_length=200)] = ""
    notes: Annotated[str, Field(max_length=MOST_NOTES)] = ""
    is_warned: bool = False
    """Whether a content note stands before it."""
    remarks: Annotated[tuple[Remark, ...], Field(max_length=MOST_REMARKS)] = ()
    """What the presenter says at moments of the chart."""


class Deck(BaseModel):
    """A talk: its title, the story it is about, its slides, and the entry of the record that they stay at."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Annotated[str, Field(max_length=200)] = "A talk"
    story: str | None = None
    slides: Annotated[tuple[Planned, ...], Field(max_length=MOST_SLIDES)] = ()
    frozen: str = ""
    """Number and hash of an entry, such as `17-0a1b2c`; empty where a talk shows what is newest when it begins."""

    def having(self, slide: Planned) -> "Deck":
        """Add a slide at the end."""
        return self.model_copy(update={"slides": (*self.slides, slide)})

    def without(self, place: int) -> "Deck":
        """Take a slide out."""
        return self.model_copy(update={"slides": (*self.slides[:place], *self.slides[place + 1 :])})

    def moved(self, place: int, by: int) -> "Deck":
        """Move a slide up or down, not beyond either end."""
        return self.put(place, place + by)

    def put(self, place: int, to: int) -> "Deck":
        """Put a slide in another place among the others, not beyond either end."""
        there = min(max(to, 0), len(self.slides) - 1)
        others = self.without(place).slides
        return self.model_copy(update={"slides": (*others[:there], self.slides[place], *others[there:])})

    def said(self, place: int, title: str, notes: str) -> "Deck":
        """Give a slide another title and other notes."""
        return self._with(place, title=title, notes=notes)

    def warned(self, place: int, *, is_warned: bool) -> "Deck":
        """Put a content note before a slide, or take it away."""
        return self._with(place, is_warned=is_warned)

    def remarked(self, place: int, remarks: Iterable[Remark]) -> "Deck":
        """Give a slide other remarks."""
        return self._with(place, remarks=tuple(remarks))

    def _with(self, place: int, **changed: Any) -> "Deck":  # noqa: ANN401 whatever a slide has
        slide = self.slides[place].model_copy(update=changed)
        return self.model_copy(update={"slides": (*self.slides[:place], slide, *self.slides[place + 1 :])})


class Decks:
    """The decks beside a record, by their names."""

    def __init__(self, where: str | Path) -> None:
        self._beside, self._versions = open_beside(where, "decks"), open_beside(where, "versions")
        if "://" not in str(where):
            self._take_over(Path(where).resolve().parent / "decks")

    def names(self) -> list[str]:
        """List them, the one changed last first."""
        return [name for [name] in self._beside.execute("select name from deck order by kept_at desc, name")]

    def read(self, name: str) -> Deck:
        """Read a deck; raises `UnusableDeckError` where there is none, or none that can be read."""
        found = self._beside.execute("select body from deck where name = ?", _checked(name))
        if not found:
            message = f"there is no deck {name}; there are {', '.join(self.names()) or 'none'}"
            raise UnusableDeckError(message)
        return _read(name, found[0][0])

    def kept_at(self, name: str) -> datetime:
        """Give when a deck was changed last."""
        [[kept_at]] = self._beside.execute("select kept_at from deck where name = ?", _checked(name))
        return datetime.fromisoformat(kept_at)

    def as_of(self, name: str, moment: datetime) -> Deck:
        """Read a deck as it was at a moment; raises `UnusableDeckError` where nothing of it was kept by then."""
        by, order = "where name = ? and kept_at <= ?", "order by kept_at desc limit 1"
        asked = _checked(name), moment.astimezone(UTC).isoformat()
        found = self._versions.execute(f"select body from deck_version {by} {order}", *asked)
        found = found or self._beside.execute(f"select body from deck {by}", *asked)  # of files that were taken over
        if not found:
            message = f"nothing of the deck {name} was kept by then"
            raise UnusableDeckError(message)
        return _read(name, found[0][0])

    def write(self, name: str, deck: Deck) -> None:
        """Keep a deck, whole or not at all."""
        body = Deck.model_validate(deck.model_dump()).model_dump_json()
        now = datetime.now(UTC).isoformat()
        keep(self._versions, "versions", _checked(name), now, body)
        keep(self._beside, "decks", name, body, now)

    def close(self) -> None:
        """Close what they are kept in."""
        self._beside.close()
        self._versions.close()

    def of_story(self, story: str | None) -> Iterator[str]:
        """List the decks about a story, the one changed last first; one that cannot be read is about none."""
        for name in self.names():
            try:
                if self.read(name).story == story:
                    yield name
            except UnusableDeckError:
                continue

    def free_name(self) -> str:
        """Name a new deck."""
        taken = set(self.names())
        return next(name for name in (f"talk-{number}" for number in range(1, 10_000)) if name not in taken)

    def _take_over(self, folder: Path) -> None:
        """Take over decks that were kept as files of JSON, once: those that are here already stay as they are."""
        known = set(self.names())
        for file in sorted(folder.glob("*.json")):
            if _NAME.fullmatch(file.stem) and file.stem not in known:
                kept_at = datetime.fromtimestamp(file.stat().st_mtime, UTC).isoformat()
                keep(self._beside, "decks", file.stem, file.read_text(encoding="utf-8"), kept_at)


def _read(name: str, body: str) -> Deck:
    try:
        return Deck.model_validate_json(body)
    except ValidationError as error:
        message = f"the deck {name} cannot be read: {error.errors()[0]['msg']}"
        raise UnusableDeckError(message) from error


def _checked(name: str) -> str:
    """Refuse what is no name of a deck."""
    if not _NAME.fullmatch(name):
        message = "a deck is named by small letters, digits and hyphens, at most 40"
        raise UnusableDeckError(message)
    return name
