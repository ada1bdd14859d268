"""What comes in is kept whole before anything is made of it; a person or a rule accepts it, once."""

import threading
from contextlib import closing

import pytest
from tests.claims_for_tests import fields, table
from tests.conftest import ROOT
from tests.record.writers import current_claims
from tests.wire.conftest import Said

from contested.cli.main import main
from contested.cli.watch import alone
from contested.ingest import sandbox
from contested.record import open_record
from contested.record.edits import ChangeNote, correct
from contested.wire import addresses
from contested.wire.folder import new_files
from contested.wire.quarantine import Quarantine, State

KORDAY = ROOT / "data" / "korday-2020"
HEAD = "Day,What,Killed,Who\n"
NIGHT = HEAD + "2020-02-08,Ten died,10,north\n2020-02-09,Eleven died,11,north\n"
MAPPING = """{"columns": {"Day": "when", "What": "summary", "Killed": "killed", "Who": "account"},
    "zone": "Asia/Almaty", "constants": {"kind": "casualties"}}"""
LATER = 4e9
"""A moment at which every file was left alone long enough."""


@pytest.fixture
def desk(tmp_path):
    """A folder that is watched, with what says how its files are read."""
    (tmp_path / "in").mkdir()
    (tmp_path / "m.json").write_text(MAPPING, encoding="utf-8")
    with closing(open_record(tmp_path / "desk.record", create=True)):
        pass
    return tmp_path


@pytest.fixture
def settled(monkeypatch):
    """Take every file for whole, whenever it was written."""
    monkeypatch.setattr("contested.wire.folder.SETTLED", -1.0)


def watched(desk, *more, source=None):
    """Look once, as the command does."""
    source = source or str(desk / "in")
    options = ("--mapping", str(desk / "m.json"), "--story", "night", "--once", *more)
    return main(["watch", str(desk / "desk.record"), source, *options])


def states(desk):
    with closing(Quarantine(desk / "desk.record.quarantine")) as quarantine:
        return {one.name: one.state for one in [*quarantine.waiting(), *quarantine.settled(50)]}


def recorded(desk):
    with closing(open_record(desk / "desk.record")) as record:
        told = current_claims(record) if record.stories() else ()
        return sorted(claim.best for claim in told if claim.best is not None)


@pytest.fixture(autouse=True)
def examined_here(request, monkeypatch):
    """Read files by the same rules in this process, but for one test: another process takes a second to begin."""
    if "another_process" not in request.node.name:
        here = lambda path, given, into: sandbox.examine(path, given, keep=into / sandbox.CLAIMS)  # noqa: E731
        monkeypatch.setattr(sandbox, "examine_in_sandbox", here)


@pytest.mark.usefixtures("settled")
def test_a_file_is_read_in_another_process_and_waits_and_nothing_of_it_is_in_the_record(desk, capsys):
    (desk / "in" / "night.csv").write_text(NIGHT, encoding="utf-8")

    assert watched(desk) == 0
    assert "night.csv: waits" in capsys.readouterr().out
    assert states(desk) == {"night.csv": State.WAITING}
    assert recorded(desk) == []
    assert (desk / "in" / "night.csv").read_text(encoding="utf-8") == NIGHT, "the folder is only read"


@pytest.mark.usefixtures("settled")
def test_a_rule_accepts_a_whole_file_once_however_often_it_comes(desk, capsys):
    (desk / "in" / "night.csv").write_text(NIGHT, encoding="utf-8")

    assert watched(desk, "--accept") == 0
    assert recorded(desk) == [10, 11]
    (desk / "in" / "same.csv").write_text(NIGHT, encoding="utf-8")
    assert watched(desk, "--accept") == 0
    assert states(desk) == {"night.csv": State.ACCEPTED}
    with closing(open_record(desk / "desk.record")) as record:
        assert record.head.seq == 1
    assert "accepted as entry 1 of night, 4 claims" in capsys.readouterr().out


@pytest.mark.usefixtures("settled")
def test_a_file_with_a_bad_cell_waits_whole_with_what_is_wrong_in_it(desk):
    (desk / "in" / "night.csv").write_text(NIGHT.replace("11,north", "many,north"), encoding="utf-8")
    watched(desk, "--accept")

    with closing(Quarantine(desk / "desk.record.quarantine")) as quarantine:
        [one] = quarantine.waiting()
        assert one.report["whys"] == ["1 row of 2 must be mended or left out"]
        assert [(problem["row"], problem["value"]) for problem in one.report["problems"]] == [(3, "many")]
        assert quarantine.content(one.sha256).decode() == (desk / "in" / "night.csv").read_text(encoding="utf-8")
    assert recorded(desk) == [], "not the good row either"


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("odd.csv", b"a,b\n1,2\n"),
        ("empty.csv", b""),
        ("a.pdf", b"%PDF-1.7"),
        ("cut.xlsx", b"PK\x03\x04"),
        ("m.csv", b"\xff\x00\n\xff\x00\n"),
    ],
)
def test_what_cannot_be_read_is_kept_as_it_came(desk, name, content):
    (desk / "in" / name).write_bytes(content)
    watched(desk, "--accept")

    with closing(Quarantine(desk / "desk.record.quarantine")) as quarantine:
        [one] = quarantine.waiting()
        assert one.report["whys"][0].startswith("it cannot be read")
        assert quarantine.content(one.sha256) == content


@pytest.mark.usefixtures("settled")
def test_a_rule_does_not_withdraw_what_a_shorter_file_no_longer_holds(desk):
    (desk / "in" / "night.csv").write_text(NIGHT, encoding="utf-8")
    watched(desk, "--accept")
    (desk / "in" / "night.csv").write_text(NIGHT[: NIGHT.index("2020-02-09")], encoding="utf-8")
    watched(desk, "--accept")

    with closing(Quarantine(desk / "desk.record.quarantine")) as quarantine:
        [one] = quarantine.waiting()
        assert one.report["whys"] == ["it would withdraw 2 claims"]
    assert recorded(desk) == [10, 11]


def test_a_file_that_is_still_written_is_left_alone_and_so_is_a_link(tmp_path):
    (tmp_path / "a.csv").write_text("x", encoding="utf-8")
    (tmp_path / "b.csv.part").write_text("x", encoding="utf-8")
    (tmp_path / ".c.csv").write_text("x", encoding="utf-8")
    (tmp_path / "d.csv").symlink_to(tmp_path / "a.csv")
    changed = (tmp_path / "a.csv").stat().st_mtime
    seen = {}

    assert not list(new_files(tmp_path, seen, lambda: changed + 1))
    assert [one.name for one in new_files(tmp_path, seen, lambda: changed + 3)] == ["a.csv"]
    assert not list(new_files(tmp_path, seen, lambda: changed + 4)), "it is read once"


def test_a_record_in_the_folder_is_not_opened_and_a_huge_file_is_said_and_left(tmp_path, monkeypatch):
    monkeypatch.setattr("contested.wire.folder.MOST_BYTES", 10)
    (tmp_path / "large.csv").write_text("x" * 11, encoding="utf-8")
    [large] = new_files(tmp_path, {}, lambda: LATER)

    assert (large.content, "larger than 10 bytes" in large.problem) == (b"", True)
    monkeypatch.undo()
    with closing(open_record(tmp_path / "desk.record", create=True)):
        assert [one.name for one in new_files(tmp_path, {}, lambda: LATER)] == ["large.csv"]


def test_of_many_who_take_one_file_at_once_one_does(tmp_path):
    path, taken = tmp_path / "q", []

    def take():
        with closing(Quarantine(path)) as quarantine:
            taken.append(quarantine.take("folder", "a.csv", b"one", {}, None))

    with closing(Quarantine(path)):
        hands = [threading.Thread(target=take) for _ in range(8)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()

    assert sum(one is not None for one in taken) == 1


def test_what_a_watcher_took_and_did_not_settle_is_settled_by_the_next(desk):
    with closing(Quarantine(desk / "desk.record.quarantine")) as quarantine:
        given = {"mapping": MAPPING, "zone": "Asia/Almaty"}
        quarantine.take(str((desk / "in").resolve()), "night.csv", NIGHT.encode(), given, "night")

    watched(desk, "--accept")

    assert states(desk) == {"night.csv": State.ACCEPTED}
    assert recorded(desk) == [10, 11]


@pytest.mark.usefixtures("settled")
def test_a_table_of_columns_that_nobody_named_waits_for_who_says_what_they_hold(desk):
    (desk / "in" / "odd.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    main(["watch", str(desk / "desk.record"), str(desk / "in"), "--once"])

    with closing(Quarantine(desk / "desk.record.quarantine")) as quarantine:
        [one] = quarantine.waiting()
        assert one.report["whys"] == ["its columns are new here: open it and say what each of them holds"]


@pytest.mark.usefixtures("settled")
def test_a_watcher_that_is_killed_between_the_record_and_its_own_list_records_nothing_twice(desk, monkeypatch):
    class Killed(BaseException):
        """As nothing catches it."""

    def killed(*_):
        raise Killed

    (desk / "in" / "night.csv").write_text(NIGHT, encoding="utf-8")
    with monkeypatch.context() as here:
        here.setattr(Quarantine, "settle", killed)
        with pytest.raises(Killed):
            watched(desk, "--accept")
    assert states(desk) == {"night.csv": State.TAKEN}
    assert recorded(desk) == [10, 11], "it was recorded, and nobody says so yet"

    watched(desk, "--accept")

    assert recorded(desk) == [10, 11]
    assert states(desk)["night.csv"] in {State.ACCEPTED, State.NOTHING_NEW}
    with closing(open_record(desk / "desk.record")) as record:
        assert record.head.seq == 1


def test_an_address_that_changes_there_and_back_is_followed_both_times(desk, site, monkeypatch):
    monkeypatch.setenv(addresses.INSIDE, "127.0.0.1")
    other = NIGHT.replace("Ten died,10", "Nine died,9")
    for text in (NIGHT, other, NIGHT, NIGHT):
        site.answers = {"/night.csv": Said(body=text.encode())}
        assert watched(desk, "--accept", source=site.at("/night.csv")) == 0

    assert recorded(desk) == [10, 11]
    with closing(open_record(desk / "desk.record")) as record:
        assert record.head.seq == 3


def test_an_address_that_fails_is_said_and_what_came_before_stays(desk, site, monkeypatch, capsys):
    monkeypatch.setenv(addresses.INSIDE, "127.0.0.1")
    assert watched(desk, source=site.at("/night.csv")) == 1
    assert "the server says 404" in capsys.readouterr().out
    with closing(Quarantine(desk / "desk.record.quarantine")) as quarantine:
        assert "404" in quarantine.look(site.at("/night.csv")).problem

    site.answers = {"/night.csv": Said(body=NIGHT.encode())}
    assert watched(desk, source=site.at("/night.csv")) == 0
    assert states(desk) == {"night.csv": State.WAITING}


def test_a_second_watcher_of_one_source_is_refused(desk, capsys):
    with alone(str(desk / "desk.record"), str((desk / "in").resolve())):
        assert watched(desk) == 2
    assert "watched already" in capsys.readouterr().err


@pytest.mark.usefixtures("settled")
def test_what_the_desk_has_edited_is_not_changed_by_a_rule(desk):
    (desk / "in" / "night.csv").write_text(NIGHT, encoding="utf-8")
    watched(desk, "--accept")
    with closing(open_record(desk / "desk.record")) as record:
        first = next(claim for claim in current_claims(record) if claim.best == 10)
        correct(
            record, "night", first.model_copy(update={"best": 12, "recorded_at": None}), ChangeNote("Ann", "heard"), 1
        )
    (desk / "in" / "night.csv").write_text(NIGHT.replace(",10,", ",13,"), encoding="utf-8")
    watched(desk, "--accept")

    with closing(Quarantine(desk / "desk.record.quarantine")) as quarantine:
        [one] = quarantine.waiting()
        assert one.report["whys"] == ["it changes 1 field that the desk has edited"]
    assert recorded(desk) == [11, 12]


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("mark", [{"sensitive": "yes"}, {"embargo_until": "2999-01-01T00:00Z"}], ids=list)
def test_a_rule_shows_readers_nothing_that_is_held_back(desk, mark):
    watch = ["watch", str(desk / "desk.record"), str(desk / "in"), "--story", "night", "--once", "--accept"]
    table(desk / "in" / "claims.csv", fields(claim_id="a"), fields(claim_id="b", best=8, measure="killed") | mark)
    main(watch)
    assert recorded(desk) == [8]
    table(desk / "in" / "claims.csv", fields(claim_id="a"), fields(claim_id="b", best=9, measure="killed"))
    main(watch)

    with closing(Quarantine(desk / "desk.record.quarantine")) as quarantine:
        assert quarantine.waiting()[0].report["whys"] == ["it would show readers 1 claim that is held back"]
    assert recorded(desk) == [8]
