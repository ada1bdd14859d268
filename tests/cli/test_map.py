"""A mapping from the terminal: proposed for a table, edited, kept, and passed with a file wherever a file is read."""

import json
from contextlib import closing

import pytest

from contested.cli.main import main
from contested.ingest.mapping import HOLDS
from contested.library import kept_story
from contested.model.arrow_schema import from_arrow
from contested.record import open_record
from contested.record.release import imports

LOG = """Call Number,Agency,Received,Arrived,Closed
1,FIRE,02/25/2031 10:00:00,02/25/2031 10:05:00,02/25/2031 10:40:00
2,FIRE,02/25/2031 11:00:00,,02/25/2031 11:10:00
"""
SIDES = """date,North says,South says
2021-03-05 18:00,They came,We slept
"""


def file(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def proposed(capsys, path, *options):
    """Propose a mapping, and keep it beside the file under a name of its own."""
    assert main(["map", str(path), *options]) == 0
    return file(path.parent, "M.json", capsys.readouterr().out)


def test_a_proposal_is_json_that_a_person_can_edit(tmp_path, capsys):
    kept = proposed(capsys, file(tmp_path, "log.csv", LOG), "--clocks", "America/New_York", "--date-order", "month")

    assert json.loads(kept.read_text(encoding="utf-8")) == {
        "columns": {
            "Call Number": "event_id",
            "Agency": "group",
            "Received": "call",
            "Arrived": "arrival",
            "Closed": "end",
        },
        "constants": {"account": "dispatch log"},
        "zone": "America/New_York",
        "date_order": "month",
    }


def test_a_file_is_checked_by_the_mapping_that_is_passed_with_it(tmp_path, capsys):
    path = file(tmp_path, "log.csv", LOG)
    kept = proposed(capsys, path, "--clocks", "America/New_York")

    assert main(["check", str(path), "--mapping", str(kept)]) == 0
    assert "2 of 2 rows accepted, 5 claims, 0 problems" in capsys.readouterr().out


def test_a_chart_is_asked_of_a_mapped_file(tmp_path, capsys):
    path = file(tmp_path, "log.csv", LOG)
    kept = proposed(capsys, path, "--clocks", "America/New_York")

    code = main(
        [
            "ask",
            "response-delays",
            str(path),
            "--mapping",
            str(kept),
            "--start",
            "call",
            "--stop",
            "arrival",
            "--format",
            "csv",
        ]
    )
    told = capsys.readouterr().out
    assert code == 0
    assert "1,dispatch log,call,arrival,5,5,True" in told


def test_a_mapped_file_is_recorded_with_its_mapping(tmp_path, capsys):
    path = file(tmp_path, "log.csv", LOG)
    kept = proposed(capsys, path, "--clocks", "America/New_York")
    store = str(tmp_path / "desk.sqlite")

    assert main(["load", str(path), "--store", store, "--mapping", str(kept), "--who", "Ann"]) == 0
    with closing(open_record(store)) as record:
        [(_, body)] = imports(record, "log")
    assert set(body["files"]) == {"log.csv", "mapping.json"}
    assert (body["dataset"], body["claims"]) == ("log.csv, dispatch log", 5)


def test_the_second_side_of_a_file_corrects_nothing_of_the_first(tmp_path, capsys):
    path, store = file(tmp_path, "sides.csv", SIDES), str(tmp_path / "desk.sqlite")
    for side in ("North", "South"):
        columns = {"date": "when", f"{side} says": {"holds": "statement", "account": side}}
        mapping = {"columns": columns, "constants": {"kind": "clash"}, "zone": "Asia/Almaty"}
        kept = file(tmp_path, f"{side}.json", json.dumps(mapping))
        assert main(["load", str(path), "--store", store, "--mapping", str(kept), "--who", "Ann"]) == 0

    assert "1 stated, 0 corrected, 0 withdrawn" in capsys.readouterr().out.splitlines()[-2]
    with closing(open_record(store)) as record:
        story = kept_story(record, "sides")
    assert {(one.account, one.summary, one.status) for one in from_arrow(story.claims)} == {
        ("North", "They came", "standing"),
        ("South", "We slept", "standing"),
    }
    assert len({one.event_id for one in from_arrow(story.claims)}) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "cannot be read"),
        ('{"columns": {"A": "colour"}}', "no such field: colour"),
        ('{"columns": {"Other": "call"}, "constants": {"account": "log"}}', "choose the mapping of this table"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_said_in_a_sentence(tmp_path, capsys, text, reason):
    path, kept = file(tmp_path, "log.csv", LOG), file(tmp_path, "M.json", text)

    assert main(["check", str(path), "--mapping", str(kept)]) == 2
    said = capsys.readouterr()
    assert reason in said.out + said.err
    assert "Traceback" not in said.err


def test_a_mapping_that_is_not_there_is_said_in_a_sentence(tmp_path, capsys):
    assert main(["check", str(file(tmp_path, "log.csv", LOG)), "--mapping", str(tmp_path / "none.json")]) == 2
    assert "check the name" in capsys.readouterr().err


def test_the_help_names_everything_that_a_column_may_hold(capsys):
    with pytest.raises(SystemExit):
        main(["map", "--help"])
    told = capsys.readouterr().out
    assert all(field in told for field in HOLDS if not field.endswith(("_low", "_high", "_words")))


def test_of_columns_that_are_known_it_is_said_that_no_mapping_is_needed(tmp_path, capsys):
    known = file(
        tmp_path, "claims.csv", "claim_id,event_id,account,kind,source_id,summary\nk1,e,a,clash,S,They fought.\n"
    )
    assert main(["map", str(known)]) == 0
    assert "columns of native, which is read without a mapping" in capsys.readouterr().err

    assert main(["map", str(file(tmp_path, "log.csv", LOG))]) == 0
    assert capsys.readouterr().err == ""
