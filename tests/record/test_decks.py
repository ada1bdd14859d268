"""Decks: kept whole beside the record, in their order, and never in the record's way."""

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from tests.record.conftest import HOMES

from contested.model.problem import UnusableDeckError
from contested.record.decks import Deck, Decks, Planned

ONE, TWO, THREE = (Planned(chart=key) for key in ("timeline", "changes", "map"))
DECK = Deck(title="For the round table", slides=(ONE, TWO, THREE))


@pytest.fixture(params=HOMES)
def where(request):
    """The address of a record of every kind in turn, with nothing beside it."""
    address = HOMES[request.param](request)
    if "://" in address:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("drop schema if exists contested_beside cascade")
    return address


@pytest.fixture
def decks(where):
    with closing(Decks(where)) as kept:
        yield kept


def test_a_deck_is_read_as_it_was_written(decks, where):
    deck = DECK.said(1, "What changed", "Қордай first.")

    decks.write("talk-1", deck)

    assert decks.read("talk-1") == deck
    with closing(Decks(where)) as again:
        assert again.read("talk-1") == deck


def test_a_deck_is_read_as_it_was_at_a_moment(decks):
    with pytest.raises(UnusableDeckError, match="nothing of the deck talk-1 was kept by then"):
        decks.as_of("talk-1", datetime.now(UTC))
    decks.write("talk-1", DECK)
    shown = decks.kept_at("talk-1")
    decks.write("talk-1", DECK.without(0))

    assert decks.as_of("talk-1", shown.astimezone(ZoneInfo("Asia/Almaty"))) == DECK
    assert decks.as_of("talk-1", datetime.now(UTC)) == decks.read("talk-1") == DECK.without(0)
    with pytest.raises(UnusableDeckError, match="kept by then"):
        decks.as_of("talk-1", shown - timedelta(microseconds=1))


def test_slides_move_by_one_and_not_beyond_either_end():
    assert DECK.moved(2, -1).slides == (ONE, THREE, TWO)
    assert DECK.moved(0, -1).slides == DECK.moved(2, 1).slides == (ONE, TWO, THREE)
    assert DECK.without(1).having(TWO).slides == (ONE, THREE, TWO)


def test_a_slide_is_put_in_any_place_among_the_others():
    assert DECK.put(0, 2).slides == (TWO, THREE, ONE)
    assert DECK.put(2, 0).slides == (THREE, ONE, TWO)
    assert DECK.put(1, 9).slides == (ONE, THREE, TWO)


def test_the_deck_that_was_changed_last_comes_first(decks):
    for name in ("talk-1", "talk-2", "talk-1"):
        decks.write(name, DECK)

    assert decks.names() == ["talk-1", "talk-2"]
    assert decks.free_name() == "talk-3"


@pytest.mark.parametrize("name", ["../record", "Talk", "", "a" * 41, "talk.json", "talk\n"])
def test_a_name_that_is_no_name_of_a_deck_is_refused(tmp_path, name):
    decks = Decks(tmp_path / "desk.record")

    with pytest.raises(UnusableDeckError, match="small letters"):
        decks.write(name, DECK)
    with pytest.raises(UnusableDeckError):
        decks.read(name)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_deck_that_somebody_broke_is_refused_and_the_others_stay(tmp_path):
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "talk-2.json").write_text('{"slides": 5}', encoding="utf-8")
    with closing(Decks(tmp_path / "desk.record")) as decks:
        decks.write("talk-1", DECK)

        with pytest.raises(UnusableDeckError, match="talk-2 cannot be read"):
            decks.read("talk-2")
        assert list(decks.of_story(None)) == ["talk-1"]


def test_decks_that_were_files_are_taken_over_once(tmp_path):
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "talk-1.json").write_text(json.dumps({"title": "Before", "slides": []}), encoding="utf-8")

    for title in ("Before", "After"):
        with closing(Decks(tmp_path / "desk.record")) as decks:
            assert decks.read("talk-1").title == title
            decks.write("talk-1", Deck(title="After"))
