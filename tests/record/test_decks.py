"""Decks: kept whole beside the record, in their order, and never in the record's way."""

import pytest

from contested.model.problem import UnusableDeckError
from contested.record.decks import Deck, Decks, Planned

ONE, TWO, THREE = (Planned(chart=key) for key in ("timeline", "changes", "map"))
DECK = Deck(title="For the round table", slides=(ONE, TWO, THREE))


def test_a_deck_is_read_as_it_was_written(tmp_path):
    decks = Decks(tmp_path / "decks")
    deck = DECK.said(1, "What changed", "Қордай first.")

    decks.write("talk-1", deck)

    assert decks.read("talk-1") == deck
    assert [path.name for path in (tmp_path / "decks").iterdir()] == ["talk-1.json"]


def test_slides_move_by_one_and_not_beyond_either_end():
    assert DECK.moved(2, -1).slides == (ONE, THREE, TWO)
    assert DECK.moved(0, -1).slides == DECK.moved(2, 1).slides == (ONE, TWO, THREE)
    assert DECK.without(1).having(TWO).slides == (ONE, THREE, TWO)


def test_the_deck_that_was_changed_last_comes_first(tmp_path):
    decks = Decks(tmp_path)
    for name in ("talk-1", "talk-2", "talk-1"):
        decks.write(name, DECK)

    assert decks.names() == ["talk-1", "talk-2"]
    assert decks.free_name() == "talk-3"


@pytest.mark.parametrize("name", ["../record", "Talk", "", "a" * 41, "talk.json", "talk\n"])
def test_a_name_that_is_no_name_of_a_deck_reaches_no_file(tmp_path, name):
    decks = Decks(tmp_path / "decks")

    with pytest.raises(UnusableDeckError, match="small letters"):
        decks.write(name, DECK)
    with pytest.raises(UnusableDeckError):
        decks.read(name)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_deck_that_somebody_broke_is_refused_and_the_others_stay(tmp_path):
    decks = Decks(tmp_path)
    decks.write("talk-1", DECK)
    (tmp_path / "talk-2.json").write_text('{"slides": 5}', encoding="utf-8")

    with pytest.raises(UnusableDeckError, match="talk-2 cannot be read"):
        decks.read("talk-2")
    assert list(decks.of_story(None)) == ["talk-1"]
