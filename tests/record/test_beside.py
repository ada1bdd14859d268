"""What lies beside a record goes with it: a copy has its decks, drafts and short links, and gives them back."""

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from tests.record.conftest import HOMES
from tests.record.writers import said

from contested.cli.main import main
from contested.record import open_record
from contested.record.beside import carry_over
from contested.record.decks import Deck, Decks
from contested.record.drafts import Drafts
from contested.record.links import Links
from contested.wire.notices import Notices, State
from contested.wire.requests import Reply
from contested.wire.rules import About, Rules, Wanted
from contested.wire.telling import begin, dispatch, tell

VIEW = "./casualty-counts?account=north"


@pytest.fixture(params=HOMES)
def where(request):
    """The address of a record of every kind in turn, with a deck, a draft and a short link beside it."""
    address = HOMES[request.param](request)
    if "://" in address:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("drop schema if exists contested_beside cascade")
    with closing(open_record(address, create=True)) as record:
        said(record)
    with closing(Decks(address)) as decks, closing(Drafts(address)) as drafts, closing(Links(address)) as links:
        decks.write("talk-1", Deck(title="Қордай"))
        drafts.keep("zh", "night", "k1", {"summary": "Typed?"}, 1)
        assert links.code(VIEW) == links.code(VIEW)
    return address


def beside(where):
    with closing(Decks(where)) as decks, closing(Drafts(where)) as drafts, closing(Links(where)) as links:
        titles = {name: decks.read(name).title for name in decks.names()}
        return titles, [one.cells for one in drafts.every("zh", "night")], links.address(links.code(VIEW))


def test_a_backup_has_what_lies_beside_the_record_and_gives_it_back(where, tmp_path, capsys):
    copy, again = str(tmp_path / "copy.record"), str(tmp_path / "again.record")

    assert main(["backup", where, copy]) == 0
    assert "beside it 1 deck, 1 draft, 1 link and 1 version" in capsys.readouterr().out
    assert main(["backup", copy, again]) == 0
    assert beside(again) == beside(where) == ({"talk-1": "Қордай"}, [{"summary": "Typed?"}], VIEW)


def test_what_was_kept_later_stays(where, tmp_path):
    copy = tmp_path / "copy.record"
    assert carry_over(where, copy) == {"decks": 1, "drafts": 1, "links": 1, "versions": 1}
    with closing(Decks(where)) as decks:
        decks.write("talk-1", Deck(title="Later"))
        decks.write("talk-2", Deck(title="Another"))

    carry_over(copy, where)
    assert beside(where)[0] == {"talk-1": "Later", "talk-2": "Another"}
    carry_over(where, copy)
    assert beside(copy) == beside(where)


def test_to_ask_makes_nothing(tmp_path):
    assert carry_over(tmp_path / "one.record", tmp_path / "other.record") == {}
    with closing(Links(tmp_path / "one.record")) as links:
        assert links.address("abcdefgh") is None
    assert list(tmp_path.iterdir()) == []


def test_what_a_rule_told_outlives_its_server_and_is_sent_once_by_whoever_comes_next(where):
    asked, sent = Wanted("zh", "night", About.ACCOUNT, "north", "https://desk.example/hook"), []

    def told(status):
        """Begin as a server does, tell and send, and end."""

        def post(_url, body, headers):
            sent.append((headers["webhook-id"], json.loads(body)["told"]))
            return Reply(status, {}, b"", "")

        with closing(open_record(where)) as record, closing(Rules(where)) as rules, closing(Notices(where)) as notices:
            if not rules.every():
                begin(record, rules, asked)
                said(record, "k2", summary="Ten died.")
            tell(record, rules, notices)
            dispatch(record, rules, notices, post)
            for one in notices.due(datetime.now(UTC) + timedelta(hours=1)):
                notices.settle(one, one.state, datetime.now(UTC), one.problem)  # so long it was ended
            return [one.state for one in notices.of("zh")]

    assert told(503) == [State.WAITING]
    assert told(204) == [State.SENT]
    assert told(204) == [State.SENT]
    assert [words for _, words in sent] == ["north: Ten died."] * 2
    assert len({name for name, _ in sent}) == 1, "who is sent it knows it again"


def test_a_story_is_read_back_from_an_entry_past_those_of_others(where):
    with closing(open_record(where)) as record:
        said(record, "k2", story="day")
        said(record, "k3")

        assert [entry.claim_id for entry in record.back("night", 3)] == ["k3", "k1"]
        assert [entry.claim_id for entry in record.back("night", 2)] == ["k1"]
        assert list(record.back("none", 3)) == []
        heads = [record.last_of(story, until) for story, until in (("night", 3), ("night", 2), ("day", 1))]
        assert [head and head.seq for head in heads] == [3, 1, None]
