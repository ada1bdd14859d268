"""The reader loses nothing: each row comes out as a claim or as the problems that stop it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import SIX, claim, fields, table

from contested import Claim, Problem, read
from contested.model.claim import LONG
from contested.model.problem import UnknownColumnsError, UnreadableFileError

SOON = (datetime.now(UTC) + timedelta(days=1)).isoformat()


@pytest.fixture
def read_rows(tmp_path):
    return lambda *rows: list(read(table(tmp_path / "claims.csv", *rows)))


@pytest.fixture
def read_feed(tmp_path):
    def reading(*rows):
        path = tmp_path / "claims.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        return list(read(path))

    return reading


def test_a_row_of_six_words_becomes_a_claim(read_rows):
    assert read_rows(SIX) == [claim()]


def test_an_empty_cell_is_unknown_and_a_zero_is_zero(read_rows):
    [said] = read_rows(fields(measure="killed", low="", best="0", high=""))

    assert (said.low, said.best, said.high) == (None, 0, None)


def test_a_feed_may_send_numbers_lists_and_nulls(read_feed):
    [said] = read_feed(fields(measure="killed", low=None, best=0, supersedes=["k0"], latitude=42.9, longitude=75.3))

    assert (said.low, said.best, said.supersedes, said.latitude) == (None, 0, ("k0",), 42.9)


# A problem says where, what, why and how to mend it


@pytest.mark.parametrize(
    ("cell", "reason", "fix"),
    [
        ("2020-02-07T17:00", "no time zone", "write the offset, like 2020-02-07T17:00+06:00"),
        ("1581073200", "not a time with date, hour and minute", "write it like 2020-02-07T17:00+06:00"),
        ("5-6 p.m.", "not a time with date, hour and minute", "write it like 2020-02-07T17:00+06:00"),
        ("2020-02-07T25:00+06:00", "hour must be in 0..23", "correct it"),
        ("2020-02-30T17:00+06:00", "day is out of range for month", "correct it"),
    ],
)
def test_a_time_that_cannot_be_kept_is_a_problem(read_rows, cell, reason, fix):
    [problem] = read_rows(fields(began_latest=cell))

    assert problem[1:] == (2, "began_latest", cell, reason, fix, "error")


def test_a_bare_number_that_a_feed_sends_for_a_time_is_a_problem(read_feed):
    [problem] = read_feed(fields(began_latest=1581073200))

    assert (problem.row, problem.column, problem.value) == (1, "began_latest", "1581073200")
    assert problem.reason == "not a time with date, hour and minute"


@pytest.mark.parametrize("cell", ["10+", "1_0", "10.5", "-1", "inf", "٣", "dozens"])
def test_a_count_that_is_no_number_is_a_problem(read_rows, cell):
    [problem] = read_rows(fields(measure="killed", best=cell))

    assert (problem.row, problem.column, problem.value) == (2, "best", cell)
    assert problem.reason == "not a whole number"
    assert problem.fix == "write digits only; leave it empty if unknown; a range goes into low and high"


@pytest.mark.parametrize(
    ("said", "column", "value", "reason", "fix"),
    [
        ({"summary": " "}, "summary", " ", "empty", "give it"),
        ({"latitude": "42,9", "longitude": "75"}, "latitude", "42,9", "not a number", "write it like 42.93"),
        ({"latitude": "91", "longitude": "75"}, "latitude", "91", "too large", "correct it"),
        ({"radius_km": "-1"}, "radius_km", "-1", "too small", "correct it, or leave it empty if unknown"),
        ({"zone": "ALMT"}, "zone", "ALMT", "no such time zone", "use an IANA name such as Asia/Almaty"),
        ({"status": "deleted"}, "status", "deleted", "not in the list", "choose one of 'standing' or 'withdrawn'"),
        ({"latitude": "42.9"}, "longitude", "", "half a point", "give both latitude and longitude, or neither"),
        (
            {"measure": "killed", "low": "9", "best": "8"},
            "best",
            "8",
            "best (8) lies before low (9)",
            "make low <= best <= high",
        ),
    ],
    ids=str,
)
def test_a_problem_names_the_column_the_value_the_reason_and_the_fix(read_rows, said, column, value, reason, fix):
    [problem] = read_rows(fields(**said))

    assert problem[1:] == (2, column, value, reason, fix, "error")


def test_a_figure_that_does_not_say_what_it_counts_is_told_what_may_be_counted(read_rows):
    [problem] = read_rows(fields(best="10"))

    assert (problem.column, problem.reason) == ("measure", "a figure that does not say what it counts")
    assert problem.fix.startswith("one of killed, injured, ")


def test_a_number_where_words_belong_is_a_problem(read_feed):
    [problem] = read_feed(fields(account=7))

    assert problem[1:6] == (1, "account", "7", "not text", "write it as text")


def test_a_number_where_the_id_of_a_claim_belongs_is_a_problem_of_its_column(read_feed):
    [problem] = read_feed(fields(supersedes=[7]))

    assert (problem.column, problem.value) == ("supersedes", "[7]")


def test_every_bad_cell_of_a_row_is_told_at_once(read_rows):
    problems = read_rows(fields(kind="war", zone="ALMT", began_latest="5 a.m."))

    assert [(problem.row, problem.column) for problem in problems] == [(2, "kind"), (2, "began_latest"), (2, "zone")]


def test_a_problem_is_said_in_one_line():
    problem = Problem("number", 3, "best", "dozens", "not a whole number", "write digits only")

    assert str(problem) == "row 3, best 'dozens': not a whole number; write digits only"


def test_a_problem_of_the_whole_file_names_no_row():
    problem = Problem("file", None, "best", "", "no such column", "add it")

    assert str(problem) == "best '': no such column; add it"


# Rows


def test_a_bad_row_costs_no_other_row(read_rows):
    first, problem, last = read_rows(SIX, fields(claim_id="k2", kind="war"), fields(claim_id="k3"))

    assert (first.claim_id, problem.row, last.claim_id) == ("k1", 3, "k3")


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path):
    path = tmp_path / "claims.csv"
    good, bad = ",".join(SIX.values()), ",".join(fields(kind="war").values())
    path.write_text("\n".join([",".join(SIX), "", good, "", bad]), encoding="utf-8")

    _, problem = read(path)

    assert problem.row == 5


def test_a_row_with_too_few_cells_is_a_problem_and_the_others_are_read(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text("\n".join([",".join(SIX), "k0,night", ",".join(SIX.values())]), encoding="utf-8")

    problem, said = read(path)

    assert (problem.code, problem.row, said) == ("E-CSV-WIDTH", 2, claim())


good_or_bad = {
    "kind": st.sampled_from(["clash", "war", ""]),
    "summary": st.sampled_from(["They fought.", ""]),
    "began_earliest": st.sampled_from(["", "2020-02-07T17:00+06:00", "2020-02-07T23:00+06:00", "17:00"]),
    "began_latest": st.sampled_from(["", "2020-02-07T18:00+06:00", "2020-02-07"]),
    "measure": st.sampled_from(["", "killed", "dead"]),
    "best": st.sampled_from(["", "0", "10", "dozens"]),
    "high": st.sampled_from(["", "8", "12"]),
    "sensitive": st.sampled_from(["", "", "yes", "perhaps"]),
}


@settings(max_examples=40)
@given(st.lists(st.fixed_dictionaries(good_or_bad), min_size=1, max_size=12))
def test_each_row_comes_out_once_as_a_claim_or_as_at_least_one_problem(tmp_path_factory, cells):
    rows = [fields(claim_id=str(number), **row) for number, row in enumerate(cells, start=2)]
    path = table(tmp_path_factory.getbasetemp() / "each-row.csv", *rows)

    found = list(read(path))

    claims = [int(one.claim_id) for one in found if isinstance(one, Claim)]
    stopped = {one.row for one in found if isinstance(one, Problem)}
    assert len(set(claims)) == len(claims)
    assert not stopped & set(claims)
    assert stopped | set(claims) == set(range(2, len(cells) + 2))


@pytest.mark.parametrize(
    ("cell", "code", "reason"),
    [
        ("a\x1b[31mb", "E-CTRL", "holds control characters (U+001B)"),
        ("killed \u202e01\u202c", "E-BIDI", "holds a text-direction override (U+202E, U+202C)"),
        ("x" * 20_001, "E-LONG", "20,001 characters; the limit is 20,000"),
    ],
    ids=["control", "direction", "long"],
)
def test_letters_that_nobody_can_keep_are_refused_in_any_codebook(read_rows, cell, code, reason):
    [problem] = read_rows(fields(subkind=cell))

    assert (problem.code, problem.column, problem.reason) == (code, "subkind", reason)
    assert len(problem.value) <= 201


def test_half_a_letter_is_refused_wherever_it_stands_in_a_cell(read_feed):
    [problem] = read_feed(fields(supersedes=["k0", "\ud83d"]))

    assert problem[:4] == ("E-CTRL", 1, "supersedes", r"\ud83d")


def test_lines_and_tabs_in_a_text_are_letters_like_others(read_rows):
    [said] = read_rows(fields(summary="\tThey fought.\nThen they talked."))

    assert said.summary == "\tThey fought.\nThen they talked."


# Ids


def test_an_id_that_is_used_again_is_refused(read_rows):
    said, problem = read_rows(SIX, fields(summary="They talked."))

    assert said.summary == "They fought."
    assert problem == Problem("id", 3, "claim_id", "k1", "already used in row 2", "give every row an id of its own")


@pytest.mark.parametrize("other", [" k1 ", "K1", "K1 "])
def test_an_id_that_differs_by_case_or_blanks_only_is_refused(read_rows, other):
    _, problem = read_rows(SIX, fields(claim_id=other, summary="They talked."))

    assert (problem.code, problem.row, problem.value) == ("E-ID-CLASH", 3, other)
    assert problem.reason == "differs from k1 (row 2) only in case or blanks"


def test_a_row_that_is_told_twice_word_for_word_is_kept_once(read_rows):
    said, problem = read_rows(SIX, SIX)

    assert said == claim()
    assert problem == Problem("W-ID-REPEAT", 3, "claim_id", "k1", "same as row 2; stored once", "nothing", "warning")


def test_the_id_of_a_refused_row_may_be_given_to_the_row_that_mends_it(read_rows):
    problem, said = read_rows(fields(kind="war"), SIX)

    assert (problem.code, said) == ("enum", claim())


def test_the_id_of_a_row_that_is_held_back_is_taken_too(read_rows):
    *_, problem = read_rows(fields(sensitive="yes"), fields(sensitive=""))

    assert problem.code == "id"


# Columns


def test_an_unknown_column_is_one_problem_of_the_header_and_a_near_name_is_suggested(read_rows):
    problems = read_rows(fields(plce="Masanchi"), fields(claim_id="k2", plce="Taraz"))

    assert problems == [Problem("column", 1, "plce", "plce", "no such column", "did you mean place?")]


def test_past_an_unknown_column_no_row_is_accepted_and_none_is_lost_in_silence(read_rows):
    found = read_rows(fields(plce="Masanchi"), fields(claim_id="k2", plce=""))

    assert found
    assert all(isinstance(one, Problem) and one.column == "plce" for one in found)


def test_a_required_column_that_is_missing_is_told(read_rows):
    five = {column: word for column, word in SIX.items() if column != "account"}

    [problem] = read_rows(five)

    assert (problem.row, problem.column, problem.reason) == (2, "account", "the column is required")


def test_a_misspelt_required_column_lets_no_row_pass(read_rows):
    found = read_rows({"acount" if column == "account" else column: word for column, word in SIX.items()})

    assert "acount" in {problem.column for problem in found}
    assert all(isinstance(one, Problem) for one in found)


def test_a_key_that_a_later_line_of_a_feed_adds_is_a_problem_of_that_line(read_feed):
    said, problem = read_feed(SIX, fields(claim_id="k2", plce="Masanchi"))

    assert (said, problem.row, problem.column) == (claim(), 2, "plce")


def test_a_stranger_s_table_is_refused_as_a_whole(tmp_path):
    path = table(tmp_path / "claims.csv", {"colour": "red", "size": "7"})

    with pytest.raises(UnknownColumnsError, match="found colour, size"):
        list(read(path))


def test_a_header_alone_holds_no_claims(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text(",".join(SIX), encoding="utf-8")

    assert list(read(path)) == []


def test_what_is_no_table_is_refused(tmp_path):
    with pytest.raises(UnreadableFileError, match="there is no file"):
        list(read(tmp_path / "claims.csv"))


# What stays in the newsroom


@pytest.mark.parametrize("said", [{"sensitive": "yes"}, {"embargo_until": SOON}], ids=["sensitive", "embargoed"])
def test_a_sensitive_or_embargoed_row_is_marked_and_said_to_be_for_editors_alone(read_rows, said):
    found = read_rows(fields(claim_id="k0", **said), SIX)

    [problem] = [one for one in found if isinstance(one, Problem)]
    assert problem[:4] == ("withheld", 2, "claim_id", "k0")
    assert (problem.reason, problem.severity) == ("sensitive or under embargo: shown to editors alone", "warning")
    assert [one for one in found if isinstance(one, Claim)] == [claim(claim_id="k0", **said), claim()]


def test_a_row_whose_embargo_is_over_comes_out(read_rows):
    assert read_rows(fields(embargo_until="2020-02-08T00:00Z")) == [claim(embargo_until="2020-02-08T00:00Z")]


def test_no_internal_note_comes_out(read_rows):
    found = read_rows(fields(internal_note="canary"), fields(claim_id="k2", internal_note="canary", sensitive="yes"))

    assert {type(one) for one in found} == {Claim, Problem}
    assert "canary" not in repr(found)


@pytest.mark.parametrize("said", [{"sensitive": "perhaps"}, {"embargo_until": "tomorrow"}], ids=list)
def test_a_row_whose_embargo_cannot_be_read_stays_in(read_rows, said):
    [problem] = read_rows(fields(**said))

    assert [problem.column] == list(said)


def test_what_lasts_for_years_is_kept_and_flagged(read_rows):
    century = {"began_earliest": "1920-02-07T18:00Z", "began_latest": "2020-02-07T19:00Z"}
    night = {"began_earliest": "2020-02-07T18:00Z", "began_latest": "2020-02-07T19:00Z"}
    found = read_rows(SIX | night, SIX | century | {"claim_id": "k2"})

    [problem] = [one for one in found if isinstance(one, Problem)]
    assert [one.claim_id for one in found if one != problem] == ["k1", "k2"]
    assert (problem.row, problem.code, problem.severity) == (3, "W-SPAN", "warning")
    assert problem.reason == "spans 100 years, 7 Feb 1920, 18:00 to 7 Feb 2020, 19:00"


@given(st.integers(0, 2000))
def test_only_what_lasts_longer_than_two_years_is_flagged(days):
    first = datetime(2000, 1, 1, tzinfo=UTC)
    fought = claim(began_earliest=first, ended_latest=first + timedelta(days=days))

    assert (fought.ends()[1] - fought.ends()[0] > LONG) == (days > 731)
