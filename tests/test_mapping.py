"""A table that nobody knows: guessed, confirmed by a person, kept beside the story, and read like any other."""

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.claims_for_tests import SIX, claim, table
from tests.codebooks.tables import reading

from contested import Problem, open_story
from contested.guesses import LEAST, confirmed, guess
from contested.mapping import FILE, WIDER, ColumnMapping, beside, codebook_of, fields, save
from contested.problem import UnknownColumnsError, UnreadableStoryError

ROW = {
    "Record": "r1",
    "Incident": "night",
    "Told by": "north",
    "Start date": "2020-02-07",
    "End": "2020-02-08T05:00+06:00",
    "Village": "Masanchi",
    "Dead": "8",
    "Wounded": "",
    "Link": "https://example.org",
    "What happened": "They fought.",
    "Colour": "red",
}


def kept(folder, *rows, zone=None, **constants):
    """Confirm every guess of a table, keep the mapping beside it, and read it."""
    path = table(folder / "desk.csv", *rows)
    save(confirmed(guess(list(rows[0]), rows), zone, **{"kind": "clash"} | constants), folder)
    return reading(path)


def guessed(*rows):
    return {one.column: one.field for one in guess(list(rows[0]), rows)}


# Guessing


def test_each_column_is_guessed_from_its_name_and_a_stranger_is_left_out():
    assert guessed(ROW) == {
        "Record": "claim_id",
        "Incident": "event_id",
        "Told by": "account",
        "Start date": "when",
        "End": "until",
        "Village": "place",
        "Dead": "killed",
        "Wounded": "injured",
        "Link": "source_id",
        "What happened": "summary",
        "Colour": None,
    }


def test_a_guess_says_how_sure_it_is_and_shows_a_cell():
    sure, unsure, none = guess(["account", "Acount", "zzz"], [{"account": None, "zzz": 0}, {"account": "north"}])

    assert (sure.field, sure.score, sure.sample) == ("account", 100, "north")
    assert (unsure.field, unsure.score) == (None, 0)
    assert (none.field, none.score, none.sample) == (None, 0, "0")


def test_a_misspelt_column_is_guessed_with_a_lower_score():
    [near] = guess(["Fatalitys"], [])

    assert near.field == "killed"
    assert LEAST <= near.score < 100


def test_a_row_of_tags_under_the_header_is_heard():
    tags = {"A": "#geo+lat", "B": "#geo+lon", "C": "#date+occurred", "D": "#affected+killed", "E": "#country+code"}

    assert guessed(tags) == {"A": "latitude", "B": "longitude", "C": "when", "D": "killed", "E": None}


@given(st.lists(st.text(max_size=12), max_size=12, unique=True))
def test_whatever_the_columns_each_is_guessed_once_and_no_field_twice(columns):
    found = guess(columns, [])

    assert [one.column for one in found] == columns
    taken = [one.field for one in found if one.field]
    assert len(taken) == len(set(taken))
    assert set(taken) <= set(fields())


@pytest.mark.parametrize("field", fields())
def test_a_column_that_is_called_as_its_field_is_that_field(field):
    assert guessed({field: ""}) == {field: field}


# Confirming


def test_nothing_is_mapped_that_no_person_let_stand():
    guesses = [one for one in guess(list(ROW), [ROW]) if one.column != "Dead"]

    mapping = confirmed(guesses, kind="clash")
    assert "killed" not in mapping.columns.values()
    assert "Colour" not in mapping.columns


@pytest.mark.parametrize(
    ("columns", "constants", "reason"),
    [
        ({"A": "account", "B": "summary"}, {}, "neither a column nor a word for every row: kind"),
        ({"A": "account", "B": "summary"}, {"kind": "clash", "colour": "red"}, "no such field: colour"),
        ({"A": "account", "B": "account", "C": "summary"}, {"kind": "clash"}, "given twice: account"),
        ({"A": "account", "B": "summary"}, {"kind": "clash", "account": "north"}, "given twice: account"),
    ],
)
def test_a_mapping_that_makes_no_claim_is_refused_with_the_reason(columns, constants, reason):
    with pytest.raises(ValidationError, match=reason):
        ColumnMapping(columns=columns, constants=constants)


# Keeping


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.sampled_from(["place", "side", "via"]), max_size=1))
def test_a_mapping_is_read_back_as_it_was_kept(tmp_path_factory, more):
    folder = tmp_path_factory.mktemp("kept")
    mapping = ColumnMapping(
        columns=more, constants={"account": "ä", "kind": "clash", "summary": "x"}, zone="Asia/Almaty"
    )

    assert beside(save(mapping, folder).with_name("desk.csv")) == mapping


def test_it_lies_beside_the_story_in_plain_words(tmp_path):
    save(ColumnMapping(columns={"Told by": "account"}, constants={"kind": "clash", "summary": "x"}), tmp_path)

    assert json.loads((tmp_path / "mapping.json").read_text(encoding="utf-8"))["columns"] == {"Told by": "account"}


@pytest.mark.parametrize("text", ["{", '{"columns": 7}', '{"columns": {}, "constants": {}}', "[]"])
def test_a_mapping_that_cannot_be_read_is_said_and_never_passed_over(tmp_path, text):
    (tmp_path / FILE).write_text(text, encoding="utf-8")

    with pytest.raises(UnreadableStoryError, match=r"mapping\.json cannot be read"):
        reading(table(tmp_path / "claims.csv", SIX))


def test_where_no_mapping_lies_and_nobody_knows_the_columns_they_are_refused(tmp_path):
    assert beside(tmp_path / "desk.csv") is None
    with pytest.raises(UnknownColumnsError):
        codebook_of(tmp_path / "desk.csv", list(ROW))


def test_a_mapping_leaves_tables_of_other_columns_to_their_own_codebook(tmp_path):
    kept(tmp_path, ROW)

    assert reading(table(tmp_path / "claims.csv", SIX)).claims == [claim()]


# Reading


def test_a_mapped_row_is_an_event_and_a_claim_for_each_figure(tmp_path):
    event, figure = kept(tmp_path, ROW, zone="Asia/Almaty").claims

    assert (event.claim_id, event.event_id, event.account, event.kind) == ("r1", "night", "north", "clash")
    assert (event.place, event.source_id, event.summary) == ("Masanchi", "https://example.org", "They fought.")
    assert (figure.claim_id, figure.measure, figure.best, figure.summary) == (
        "r1-killed",
        "killed",
        8,
        "Killed: They fought.",
    )


def test_a_day_is_as_wide_as_it_is_and_a_moment_is_exact(tmp_path):
    event = kept(tmp_path, ROW, zone="Asia/Almaty").claims[0]

    bounds = (event.began_earliest, event.began_latest, event.ended_earliest, event.ended_latest)
    assert [one.isoformat() for one in bounds] == [
        "2020-02-07T00:00:00+06:00",
        "2020-02-08T00:00:00+06:00",
        "2020-02-08T05:00:00+06:00",
        "2020-02-08T05:00:00+06:00",
    ]
    assert event.time_words == "2020-02-07 to 2020-02-08T05:00+06:00"


def test_a_day_without_a_zone_says_that_utc_is_assumed(tmp_path):
    assert kept(tmp_path, ROW).claims[0].time_basis == "assumed"
    assert kept(tmp_path, ROW, zone="Asia/Almaty").claims[0].time_basis == "stated"


def test_the_zone_that_was_confirmed_reads_clocks_that_name_none(tmp_path):
    clock = ROW | {"Start date": "2020-02-07 17:00"}

    [problem] = kept(tmp_path, clock).problems
    assert (problem.code, problem.column) == ("E-TZ-NONE", "start_date")
    read = kept(tmp_path, clock, zone="Asia/Almaty").claims[0]
    assert read.began_latest == datetime.fromisoformat("2020-02-07T17:00+06:00")


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"Start date": "03/02/2020"}, "start_date", "may be 3 February 2020 or 2 March 2020"),
        ({"Start date": "that night"}, "start_date", "not a time"),
        ({"End": "2020-02-07T99:00"}, "end", "hour must be in 0..23"),
        ({"Dead": "dozens"}, "dead", "not a whole number"),
        ({"What happened": ""}, "what_happened", "empty"),
        ({"End": "2020-01-01"}, "end", "ends before it begins"),
    ],
    ids=str,
)
def test_a_mapped_cell_that_cannot_be_read_stops_its_row_and_no_other(tmp_path, cells, column, reason):
    found = kept(tmp_path, ROW | cells, ROW | {"Record": "r2"}, zone="Asia/Almaty")

    assert (found.accepted, found.rejected) == ({3}, {2})
    assert found.problems[0].column == column
    assert reason in found.problems[0].reason


def test_a_table_without_ids_is_told_by_its_rows(tmp_path):
    nameless = {column: cell for column, cell in ROW.items() if column not in {"Record", "Incident", "Link"}}
    event = kept(tmp_path, nameless).claims[0]

    assert (event.claim_id, event.event_id, event.source_id) == ("desk-2", "desk-2", "desk.csv")


def test_an_empty_figure_is_unknown_and_a_zero_is_a_claim_of_none(tmp_path):
    unknown, none = (kept(tmp_path, ROW | {"Dead": cell}).claims for cell in ("", "0"))

    assert [one.measure for one in unknown] == [None]
    assert [one.best for one in none] == [None, 0]


def test_a_story_of_a_mapped_table_opens_like_any_other(tmp_path):
    kept(tmp_path, ROW)

    story = open_story(tmp_path / "desk.csv")
    assert (len(story.claims), story.problems) == (2, ())
    assert not any(isinstance(one, Problem) for one in story.claims)


def test_every_wider_column_says_what_it_means():
    assert all(WIDER.values())
    assert not set(WIDER) & set(SIX)
