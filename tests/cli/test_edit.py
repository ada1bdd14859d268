"""The terminal over a record: what each command does, says, and how it ends."""

import hashlib
import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.bad_inputs.corpus import GOOD
from tests.claims_for_tests import fields, table
from tests.conftest import ROOT
from tests.record.writers import said

from contested import Selection, Store, open_story
from contested.cli.main import main
from contested.model.arrow_schema import from_arrow
from contested.model.problem import UnreadableStoryError
from contested.record import open_record

KORDAY = ROOT / "data" / "korday-2020"
A, B = fields(claim_id="a", measure="killed", best=10), fields(claim_id="b", summary="They left.")


@pytest.fixture
def store(tmp_path):
    return str(tmp_path / "desk.record")


@pytest.fixture
def run(capsys, store):
    """Run a command on the record; give its exit code and what it said."""

    def ran(command, *arguments, to=store):
        ending = [] if to is None else ["--store", to]
        code = main([command, *map(str, arguments), *ending])
        told = capsys.readouterr()
        return code, told.out + told.err

    return ran


@pytest.fixture
def night(tmp_path, run):
    """A file of two claims, recorded."""
    path = table(tmp_path / "night.csv", A, B)
    assert run("load", path)[0] == 0
    return path


def read(store, name=None):
    return {one.claim_id: one for one in from_arrow(open_story(store, name, for_newsroom=True).claims)}


# load and diff


def test_a_story_is_loaded_with_all_that_names_it(run, store):
    code, told = run("load", KORDAY, "--who", "Ann", "--why", "first coding")

    kept, folder = open_story(store), open_story(KORDAY)
    assert (code, "244 stated, 0 corrected, 0 withdrawn" in told) == (0, True)
    assert [one.model_copy(update={"recorded_at": None}) for one in from_arrow(kept.claims)] == list(
        from_arrow(folder.claims)
    )
    assert (kept.name, kept.package) == (folder.name, folder.package)
    assert (kept.accounts, kept.sources) == (folder.accounts, folder.sources)
    assert (kept.events, kept.places) == (folder.events, folder.places)
    with closing(open_record(store)) as record:
        assert kept.head == record.head.hash


def test_the_same_file_twice_adds_nothing_and_says_so(run, store, night):
    head = open_story(store).head

    code, told = run("load", night)

    assert (code, "night.csv is recorded already, byte for byte; nothing was added" in told) == (0, True)
    assert open_story(store).head == head


def test_a_new_release_is_shown_and_recorded_only_when_it_is_accepted(run, store, night):
    table(night, A | {"best": 11})
    head = open_story(store).head

    code, told = run("load", night)

    assert code == 1
    assert "corrected a: best 10 → 11\nwithdrawn b: They left.\n0 stated, 1 corrected, 1 withdrawn" in told
    assert "nothing was recorded. To record it as shown: --accept" in told
    assert open_story(store).head == head

    code, told = run("load", night, "--accept")

    assert (code, "recorded as entry 2 of story night" in told) == (0, True)
    assert (read(store)["a"].best, read(store)["b"].status) == (11, "withdrawn")


def test_diff_shows_the_same_and_records_nothing(run, store, night):
    table(night, A | {"best": 11}, B)
    head = open_story(store).head

    code, told = run("diff", night)

    assert (code, told) == (0, "corrected a: best 10 → 11\n0 stated, 1 corrected, 0 withdrawn\n")
    assert open_story(store).head == head


def test_a_file_with_problems_is_not_loaded_unless_the_good_rows_are_accepted(run, store, tmp_path):
    path = table(tmp_path / "night.csv", A, B | {"best": "dozens"})

    code, told = run("load", path)

    assert code == 1
    assert "night.csv: number row 3, best 'dozens': not a whole number" in told
    assert "1 problem; nothing recorded" in told
    assert not Path(store).exists()

    code, told = run("load", path, "--accept-good")

    assert (code, list(read(store))) == (1, ["a"])


def test_a_file_without_a_good_row_makes_no_empty_story(run, store, tmp_path):
    code, told = run("load", table(tmp_path / "night.csv", A | {"best": "dozens"}), "--accept-good")

    assert code == 1
    assert "nothing recorded: no row is without a problem" in told
    assert not Path(store).exists()


def test_a_row_that_is_bad_in_a_new_release_is_not_taken_for_a_withdrawal(run, store, night):
    table(night, A, B | {"kind": "brawl"})

    code, _ = run("load", night, "--accept-good", "--accept")

    assert code == 1
    assert read(store)["b"].status == "standing"


def test_what_is_held_back_is_no_fault_and_is_recorded_for_editors_alone(run, store, tmp_path):
    path = table(tmp_path / "night.csv", A, B | {"sensitive": "true"})

    code, told = run("load", path)

    assert (code, {key: one.sensitive for key, one in read(store).items()}) == (0, {"a": None, "b": "yes"})
    assert open_story(store).claims["claim_id"].to_pylist() == ["a"]
    assert "sensitive or under embargo: shown to editors alone" in told


def test_who_has_the_record_is_told_how_many_claims_are_held_back_and_no_reader_is(capsys, store, tmp_path):
    path = table(tmp_path / "night.csv", A, B | {"sensitive": "yes"})
    assert main(["load", str(path), "--store", store]) == 0
    with closing(open_record(store)) as record:
        said(record, "k9", sensitive="yes")
    capsys.readouterr()

    for command, number in (
        (["export", "story", str(path), "--format", "csv"], "1 claim is"),
        (["ask", "disagreements", store], "2 claims are"),
    ):
        assert main(command) == 0
        told = capsys.readouterr()
        assert told.err == f"contested: {number} held back for the newsroom\n"
        assert not any(word in told.out for word in ("newsroom", "They left.", "k9"))


def test_a_renamed_file_says_what_it_is_a_release_of(run, store, night, tmp_path):
    renamed = shutil.copy(night, tmp_path / "night-2.csv")

    code, told = run("load", renamed, "--story", "night")
    assert (code, "say what it is a new release of, or bring it into a story of its own" in told) == (2, True)

    table(renamed, A, B, fields(claim_id="c"))
    code, _ = run("load", renamed, "--story", "night", "--release-of", "night.csv")
    assert (code, list(read(store))) == (0, ["a", "b", "c"])


def test_a_file_of_another_layout_than_was_said_is_refused(run, night):
    code, told = run("load", night, "--codebook", "acled")

    assert (code, "night.csv has the columns of native, not of acled" in told) == (2, True)


@pytest.mark.usefixtures("night")
def test_events_that_another_file_tells_are_said_and_may_be_kept_apart(run, store, tmp_path):
    other = table(tmp_path / "other.csv", fields(claim_id="z", event_id=A["event_id"], account="wire"))
    into = ("--story", "night")

    _, told = run("diff", other, *into)
    assert "1 event is told already by night.csv: taken as the same events. Otherwise: --shared-events apart" in told

    code, told = run("load", other, *into, "--shared-events", "apart")
    assert code == 0
    assert "kept apart. Otherwise: --shared-events same" in told
    assert read(store)["z"].event_id == f"other.csv/{A['event_id']}"

    _, told = run("load", other, *into)
    assert "is recorded already, byte for byte" in told


def test_an_account_that_another_folder_describes_otherwise_is_not_replaced_unasked(run, store, tmp_path):
    for name, group in (("north", "state"), ("south", "rebels")):
        folder = tmp_path / name
        folder.mkdir()
        table(folder / "claims.csv", fields(claim_id=name, account="wire"))
        table(folder / "accounts.csv", {"account": "wire", "label": "Wire", "group": group})
        (folder / "datapackage.json").write_text('{"title": "Night"}', encoding="utf-8")
    run("load", tmp_path / "north", "--story", "night", "--release-of", "north")
    south = ("load", tmp_path / "south", "--story", "night", "--release-of", "south")

    code, told = run(*south)

    assert "accounts: wire is described otherwise by north (group); this would hold instead" in told
    assert code == 1
    assert open_story(store, "night").accounts["wire"].group == "state"
    assert run(*south, "--accept")[0] == 0
    assert open_story(store, "night").accounts["wire"].group == "rebels"


def test_a_load_of_what_is_not_there_leaves_no_traceback(run, tmp_path):
    assert run("load", tmp_path / "nowhere.csv")[0] == 2
    assert list(tmp_path.iterdir()) == []


def test_several_stories_are_told_apart_by_name(run, store, tmp_path, night):
    run("load", table(tmp_path / "day.csv", fields(claim_id="a", summary="By day.")))

    with pytest.raises(UnreadableStoryError, match="it holds night, day; name one with --story"):
        open_story(store)
    with pytest.raises(UnreadableStoryError, match="no story dusk in this record: it holds night, day"):
        open_story(store, "dusk")
    assert read(store, "day")["a"].summary == "By day."
    assert read(store, "night")["a"].best == 10
    assert night.is_file()


def test_a_folder_holds_no_named_story(night):
    with pytest.raises(UnreadableStoryError, match="is no record, so it holds no story named night"):
        open_story(night, "night")


# ask


def test_a_record_is_asked_in_place_of_a_folder_and_stamps_its_head(run, store):
    run("load", KORDAY)

    code, told = run("ask", "response-delays", store, to=None)

    assert code == 0
    assert told.startswith("It took 5 to 6 hours from onset to arrival, according to Vlast")
    assert f"record {open_story(store).head[:12]}" in told


def test_what_is_asked_as_recorded_reads_as_it_then_did(run, store, night):
    run("correct", "a", "best=11", "--why", "a recount")
    with closing(open_record(store)) as record:
        first = record.entry(1).recorded_at

    by = {}
    for word in ("stated", "recorded"):
        arguments = ["--as-known-at", first, "--known-by", word, "--format", "json"]
        by[word] = json.loads(run("ask", "timeline", store, *arguments, to=None)[1])["claims"]
    _, now = run("ask", "casualty-counts", store, "--format", "json", to=None)

    assert by == {"stated": 0, "recorded": 2}, "nothing says when the claims were stated"
    assert json.loads(now)["record"] == open_story(store).head
    assert night.is_file()


# history, correct, withdraw


def test_a_correction_is_recorded_with_who_and_why(run, store, night):
    code, told = run("correct", "a", "best=11", "high=12", "--why", "a recount", "--who", "Ann")

    assert (code, told) == (0, "a: revision 2, recorded as entry 2\n")
    assert (read(store)["a"].best, read(store)["a"].high) == (11, 12)
    assert night.is_file()


@pytest.fixture
def toll(tmp_path, run):
    """A toll that says its figure in every way, recorded."""
    words = {"summary": "Ten people died.", "answer": "10", "label": "10 killed", "question": "How many died?"}
    path = table(tmp_path / "night.csv", A | words | {"stated_at": "2020-02-09T10:00+06:00"}, B)
    assert run("load", path)[0] == 0
    return path


RECOUNT = ("--why", "a recount", "--who", "Ann")


def test_a_correction_that_leaves_the_old_figure_in_words_is_refused_with_the_fields_that_say_it(run, store, toll):
    head = open_story(store).head
    code, told = run("correct", "a", "best=11", *RECOUNT)

    assert code == 2
    assert "summary still says 10, label still says 10 and answer still says 10" in told
    assert "--and FIELD=VALUE" in told
    assert open_story(store).head == head
    assert toll.is_file()


def test_a_correction_is_whole_in_one_entry(run, store, toll):
    more = ("--and", "summary=Eleven people died.", "--and", "answer=11", "--and", "label=11 killed")
    code, told = run("correct", "a", "best=11", *more, *RECOUNT)

    assert (code, told) == (0, "a: revision 2, recorded as entry 2\n")
    found = read(store)["a"]
    assert (found.best, found.summary, found.answer, found.label) == (11, "Eleven people died.", "11", "11 killed")
    assert toll.is_file()


@pytest.mark.usefixtures("night")
def test_a_correction_that_changes_nothing_is_refused(run, store):
    head = open_story(store).head
    code, told = run("correct", "a", "best=10", *RECOUNT)

    assert (code, open_story(store).head) == (2, head)
    assert "a says so already; nothing was recorded" in told


def test_words_that_are_right_as_they_stand_are_given_again(run, store, toll):
    words = ("summary=Ten people died.", "answer=10", "label=10 killed")

    assert run("correct", "a", "best=11", *words, *RECOUNT)[0] == 0
    assert read(store)["a"].best == 11
    assert toll.is_file()


def test_a_release_that_corrects_a_figure_and_not_its_words_is_shown_so(run, toll):
    table(toll, A | {"best": 11, "summary": "Ten people died.", "stated_at": "2020-02-09T10:00+06:00"}, B)

    assert "; its summary still says 10\n" in run("diff", toll)[1]


def test_every_export_says_who_corrected_a_figure_when_why_and_from_what(run, store, toll):
    run("correct", "a", "best=11", "summary=Eleven died.", "answer=11", "label=11 killed", *RECOUNT)
    said = r"corrected by Ann, .*: a recount; it said 10"

    document = json.loads(run("ask", "casualty-counts", store, "--format", "json", to=None)[1])
    [correction] = document["corrections"]
    assert (correction["claim_id"], correction["who"], correction["why"]) == ("a", "Ann", "a recount")
    assert correction["was"]["best"] == 10
    assert "it said" not in document["sentence"]
    assert re.search(said, run("ask", "casualty-counts", store, "--format", "csv", to=None)[1])
    assert re.search(said, run("ask", "casualty-counts", store, to=None)[1])
    assert toll.is_file()


def test_an_empty_cell_makes_a_figure_unknown(run, store, night):
    run("correct", "a", "best=", "--why", "nobody counted")

    assert read(store)["a"].best is None
    assert night.is_file()


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("best=ten", "best: not a whole number; write digits only"),
        ("low=12", "best: best (10) lies before low (12); make low <= best <= high"),
        ("colour=red", "colour: no such field; known are claim_id, "),
        ("claim_id=z", "'claim_id=z' corrects nothing; write FIELD=VALUE"),
        ("recorded_at=2020-02-07T20:00Z", "corrects nothing"),
        ("best", "'best' corrects nothing"),
        ("kind=brawl", "kind: Input should be 'clash'"),
        ("stated_at=2020-02-07T20:00", "stated_at: no time zone; write the offset"),
    ],
)
def test_a_correction_that_cannot_stand_says_why_and_is_not_recorded(run, store, night, cell, reason):
    code, told = run("correct", "a", cell, "--why", "a recount")

    assert (code, reason in told) == (2, True), told
    assert read(store)["a"].best == 10
    assert night.is_file()


@pytest.mark.parametrize("command", [["correct", "a", "best=11"], ["withdraw", "a"]])
def test_nobody_corrects_or_withdraws_without_saying_why(run, night, command):
    with pytest.raises(SystemExit) as ended:
        run(*command)

    assert ended.value.code == 2
    assert night.is_file()


def test_a_correction_of_an_older_revision_is_told_as_a_conflict(run, night):
    run("correct", "a", "best=11", "--why", "a recount", "--who", "Ann")

    code, told = run("correct", "a", "best=12", "--why", "another", "--base", "1")

    assert (code, "a was corrected by Ann at " in told) == (2, True)
    assert run("correct", "a", "best=12", "--why", "another", "--base", "7")[0] == 2
    assert night.is_file()


def test_what_is_withdrawn_stays_and_says_so(run, store, night):
    code, told = run("withdraw", "b", "--why", "the outlet took it down")

    assert (code, told) == (0, "b: withdrawn, recorded as entry 2\n")
    assert read(store)["b"].status == "withdrawn"
    assert night.is_file()


def test_history_says_every_revision_with_who_when_and_why(run, night):
    run("correct", "a", "best=11", "--why", "a recount", "--who", "Ann")
    run("withdraw", "a", "--why", "not heard by anyone", "--who", "Ben")

    code, told = run("history", "a")

    lines = re.sub(r"at 20\S+:", "at …:", told).splitlines()
    assert code == 0
    assert lines[1:] == [
        "   They fought.",
        "2. corrected by Ann at …: a recount",
        "   best 10 → 11",
        "3. withdrawn by Ben at …: not heard by anyone",
        "   status standing → withdrawn",
    ]
    assert night.is_file()


def test_a_claim_that_was_never_recorded_has_no_history(run, night):
    code, told = run("history", "z")

    assert (code, "no claim z was ever recorded in night" in told) == (2, True)
    assert night.is_file()


def test_words_of_a_claim_cannot_command_the_terminal(run, store):
    with closing(open_record(store, create=True)) as record:
        said(record, "a", summary="\x1b[2Jgone\r")

    _, told = run("history", "a")

    assert "\x1b" not in told
    assert "\\x1b[2Jgone" in told


# verify


def test_a_whole_record_is_said_to_be_whole_with_its_head(run, store, night):
    head = open_story(store).head

    code, told = run("verify", store, to=None)

    assert (code, told.splitlines()[0]) == (0, f"1 entry, all whole; the head is {head}")
    assert run("verify", store, "--head", head[:16], to=None)[0] == 0
    assert run("verify", store, "--head", "0123", to=None)[0] == 1
    assert night.is_file()


def test_a_changed_record_is_named(run, store, night):
    with sqlite3.connect(store) as connection:
        connection.execute("drop trigger no_update_of_entry")
        connection.execute("update entry set who = 'nobody'")
    connection.close()

    code, told = run("verify", store, to=None)

    assert code == 1
    assert "entry 1: its words are not the ones that were recorded" in told
    assert night.is_file()


@pytest.mark.parametrize("place", [".", "sources"])
@pytest.mark.parametrize("kept", [False, True], ids=["folder", "record"])
def test_a_document_is_held_against_its_hash(run, store, tmp_path, place, kept):
    story = tmp_path / "story"
    (story / place).mkdir(parents=True)
    table(story / "claims.csv", fields())
    page = {"source_id": "S1", "publisher": "RT", "title": "Korday"}
    (story / place / "S1.html").write_text("10 dead", encoding="utf-8")

    right = hashlib.sha256(b"10 dead").hexdigest()
    for sha256, code, word in (("0" * 64, 1, "source S1 of story: its document"), (right, 0, "1 document as hashed")):
        table(story / "sources.csv", page | {"sha256": sha256})
        if kept:
            run("load", story, "--accept")
        found, told = run("verify", store if kept else story, to=None)
        assert (found, word in told) == (code, True), told


def test_a_document_that_is_not_here_is_not_said_to_be_right(run):
    code, told = run("verify", KORDAY, to=None)

    assert code == 0
    assert "no documents as hashed, 1 not here to be held against a hash, 30 without a hash" in told


# backup, export, import


def test_a_backup_and_a_copy_in_lines_are_the_same_record(run, store, tmp_path, night):
    run("correct", "a", "best=11", "--why", "a recount")
    copy, lines, again = (str(tmp_path / name) for name in ("copy.record", "record.jsonl", "again.record"))

    assert run("backup", store, copy, to=None)[0] == 0
    assert run("export-record", store, lines, to=None)[0] == 0
    assert run("import-record", lines, again, to=None)[0] == 0

    assert open_story(copy).head == open_story(again).head == open_story(store).head
    assert read(again)["a"].best == 11
    assert run("verify", again, to=None)[0] == 0
    assert night.is_file()


def test_a_copy_that_breaks_off_is_refused(run, store, tmp_path, night):
    lines, again = tmp_path / "record.jsonl", tmp_path / "again.record"
    run("export-record", store, lines, to=None)
    lines.write_text(lines.read_text(encoding="utf-8").rpartition('{"entries"')[0], encoding="utf-8")

    code, told = run("import-record", lines, again, to=None)

    assert (code, "the copy breaks off" in told) == (2, True)
    assert night.is_file()


@pytest.mark.parametrize(
    "command",
    [
        ["history", "a", "--store", "nowhere.record"],
        ["correct", "a", "best=1", "--why", "w", "--store", "nowhere.record"],
        ["withdraw", "a", "--why", "w", "--store", "nowhere.record"],
        ["backup", "nowhere.record", "other.record"],
        ["export-record", "nowhere.record", "lines.jsonl"],
        ["import-record", "nowhere.jsonl", "other.record"],
        ["diff", str(KORDAY), "--store", "nowhere.record"],
    ],
    ids=lambda command: command[0],
)
def test_a_record_that_is_not_there_is_not_made_by_asking(capsys, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)

    assert main(command) == 2
    assert "there is no" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_kept_story_answers_as_its_folder_does(store, run):
    run("load", KORDAY)
    kept, folder = open_story(store), open_story(KORDAY)
    question = "select * exclude (recorded_at, hash_0, hash_1, hash_2, hash_3) from known order by claim_id"

    by_record, by_folder = (Store(story.claims).ask(question, Selection()) for story in (kept, folder))

    assert by_record.equals(by_folder)


# What a person says of a file that its cells leave open


def test_the_order_of_dates_and_the_mark_of_decimals_may_be_said_in_the_terminal(run, tmp_path):
    row = GOOD | {"start": "05/02/2020 17:00", "end": "", "wounded_best": "1.000", "killed_low": "", "killed_high": ""}
    path = table(tmp_path / "night.csv", row)

    code, told = run("check", path, to=None)
    assert (code, "E-DATE-AMBIGUOUS" in told, "E-NUM-SEPARATOR" in told) == (1, True, True)
    assert "may be 5 February 2020 or 2 May 2020" in told

    assert run("load", path, "--date-order", "day", "--decimal-mark", ",")[0] == 0


def test_what_was_said_of_a_file_is_what_is_recorded(run, tmp_path, store):
    row = GOOD | {"start": "05/02/2020 17:00", "end": "", "wounded_best": "1.000"}

    run("load", table(tmp_path / "night.csv", row), "--date-order", "day", "--decimal-mark", ",")

    wounded = read(store)["K-001/wounded"]
    assert (wounded.best, wounded.began_latest.day, wounded.began_latest.month) == (1000, 5, 2)
