"""The shelf of decks: where those of this dashboard lie, which is beside its record."""

from pathlib import Path

import claims
from contested.record.decks import Deck, Decks, Planned
from sharing import where_kept

_FOLDER = "decks"


def shelf() -> Decks | None:
    """Return the decks beside the record; none where nothing may be kept, or the record is in a database elsewhere."""
    where = where_kept.record_address()
    return None if where is None or "://" in where else Decks(Path(where).resolve().parent / _FOLDER)


def add(slide: Planned) -> tuple[str, int]:
    """Add a slide to the deck of this story that was changed last, or to a new one; give its title and its length."""
    decks, story = shelf(), claims.current_story().name
    if decks is None:
        raise FileNotFoundError(_FOLDER)
    name = next(decks.of_story(story), None)
    deck = decks.read(name) if name else Deck(title=claims.story().package.title[:200], story=story)
    name = name or decks.free_name()
    made = deck.having(slide)
    decks.write(name, made)
    return made.title, len(made.slides)
