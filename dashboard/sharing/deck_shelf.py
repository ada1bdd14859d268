"""The shelf of decks: those of this dashboard, which are kept beside its record."""

from functools import cache

import claims
from contested.record.decks import Deck, Decks, Planned
from sharing import where_kept


def shelf() -> Decks | None:
    """Return the decks beside the record; none where nothing may be kept."""
    where = where_kept.record_address()
    return _opened(where) if where else None


@cache
def _opened(where: str) -> Decks:
    return Decks(where)


def add(slide: Planned) -> tuple[str, int]:
    """Add a slide to the deck of this story that was changed last, or to a new one; give its title and its length."""
    decks, story = shelf(), claims.current_story().name
    if decks is None:
        message = "no decks are kept here"
        raise FileNotFoundError(message)
    name = next(decks.of_story(story), None)
    deck = decks.read(name) if name else Deck(title=claims.story().package.title[:200], story=story)
    name = name or decks.free_name()
    made = deck.having(slide)
    decks.write(name, made)
    return made.title, len(made.slides)
