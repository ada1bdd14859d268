"""A table that nobody knows: guessed, confirmed by a person, kept beside the story, and read like any other."""

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.claims_for_tests import SIX, claim, table
from tests.ingest.codebooks.tables import Reading, reading
from tests.lies.small_stories import told

from contested import Claim, Problem, open_story
from contested.ingest.cells.coordinates import degrees
from contested.ingest.column_sample import LEAST
from contested.ingest.guesses import confirmed, guess, missing, proposed
from contested.ingest.mapped.codebook import codebook_of
from contested.ingest.mapping import (
    FILE,
    HOLDS,
    MILESTONES,
    Column,
    ColumnMapping,
    beside,
    fields,
    parse,
    save,
    written,
)
from contested.ingest.options import Given
from contested.ingest.reader import numbered
from contested.model.arrow_schema import from_arrow
from contested.model.problem import UnknownColumnsError, UnreadableFileError, UnreadableStoryError

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
ALMATY, NEW_YORK = "Asia/Almaty", "America/New_York"


def kept(folder, *rows, zone=None, **constants):
    """Confirm every guess of a table, keep the mapping beside it, and read it."""
    path = table(folder / "desk.csv", *rows)
    save(confirmed(guess(list(rows[0]), rows), zone, **{"kind": "clash"} | constants), folder)
    return reading(path)


def read(folder, *rows, **said):
    """Read a table as its mapping is proposed, with what a person adds to it."""
    path = table(folder / "desk.csv", *rows)
    mapping = proposed(list(rows[0]), rows, path.name).model_copy(update={"zone": ALMATY} | said)
    found = list(numbered(path, Given(path.name, mapping=written(mapping))))
    claims = [(row, one) for row, one in found if isinstance(one, Claim)]
    accepted = {row for row, _ in claims}
    problems = [one for _, one in found if isinstance(one, Problem)]
    return Reading([one for _, one in claims], problems, accepted, {one.row for one in problems} - accepted)


def guessed(*rows):
    return {one.column: one.field for one in guess(list(rows[0]), rows)}


def times(claims):
    """Give when each claim began, by its kind."""
    return {one.kind: one.began_latest.isoformat() for one in claims}


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
def test_whatever_the_columns_each_is_guessed_once_and_no_single_field_twice(columns):
    found = guess(columns, [])

    assert [one.column for one in found] == columns
    taken = [one.field for one in found if one.field and one.field not in {"group", "statement"}]
    assert len(taken) == len(set(taken))
    assert {one.field for one in found if one.field} <= set(fields())


@pytest.mark.parametrize(
    "field", [one for one in fields() if one not in {*MILESTONES, "statement", "count", "outcome"}]
)
def test_a_column_that_is_called_as_its_field_is_that_field(field):
    assert guessed({field: ""}) == {field: field}


def test_columns_that_are_called_as_milestones_are_those_of_a_log():
    assert guessed(dict.fromkeys(MILESTONES, "")) == {one: str(one) for one in MILESTONES}


@pytest.mark.parametrize(
    ("column", "cell", "field"),
    [
        ("State", "Ohio", "group"),
        ("SubCategory", "SHOT", "group"),
        ("Birth date", "7/19/1988", None),
        ("Date", "soon enough", None),
        ("Погибло", "10+", "killed"),
        ("Дата", "05.03.2021", "when"),
        ("Қаза тапқандар", "3", "killed"),
        ("Орны", "Алматы", "place"),
        ("Загинуло", "3", "killed"),
        ("Місце", "Київ", "place"),
        ("Verletzte", "3", "injured"),
        ("Quelle", "https://example.org", "source_id"),
        ("Blessés", "3", "injured"),
        ("Fallecidos", "3", "killed"),
    ],
)
def test_a_guess_hears_several_languages_and_looks_at_the_cells(column, cell, field):
    assert guessed({column: cell}) == {column: field}


T = "2031-03-02 00:10:12"


@pytest.mark.parametrize(
    ("row", "held"),
    [
        (
            {"Received DtTm": T, "Dispatch DtTm": T, "Response DtTm": T, "On Scene DtTm": T, "Available DtTm": T},
            ["call", "dispatch", "en_route", "arrival", "end"],
        ),
        (
            {"CREATE_TIME_INCIDENT": T, "DISPATCH_TIME_PRIMARY_UNIT": T, "ARRIVAL_TIME_PRIMARY_UNIT": T},
            ["call", "dispatch", "arrival"],
        ),
        (
            {"INCIDENT_DATETIME": T, "FIRST_ASSIGNMENT_DATETIME": T, "FIRST_ON_SCENE_DATETIME": T},
            ["call", "dispatch", "arrival"],
        ),
        (
            {"TimeCreate": T, "TimeDispatch": T, "TimeArrive": T, "TimeClosed": T},
            ["call", "dispatch", "arrival", "end"],
        ),
        ({"поступил вызов": T, "выехал": T, "прибыл": T}, ["call", "en_route", "arrival"]),
        (
            {"Date": T, "Location": "(37.7, -122.4)", "Deaths_low": "1", "Deaths": "2"},
            ["when", "point", "killed_low", "killed"],
        ),
        ({"Date": T, "Government_account": "x", "Rebel_account": "y"}, ["when", "statement", "statement"]),
    ],
)
def test_logs_and_sheets_of_many_houses_are_guessed(row, held):
    assert list(guessed(row).values()) == held


@pytest.mark.parametrize("cell", ["(45.5, -122.4)", "45.5, -122.4", "POINT (-122.4 45.5)"])
def test_a_point_in_one_cell_is_read_in_its_own_order(tmp_path, cell):
    [found] = read(tmp_path, {"Date": "2021-03-05", "Text": "x", "Location": cell}).claims

    assert (found.latitude, found.longitude) == (45.5, -122.4)


def test_columns_that_say_what_a_side_says_hold_the_statement_of_its_account():
    row = {"Rebels say": "x", "North says": "They came.", "По словам полиции": "Тихо.", "Сторона Б": "Бой."}
    held = {one.column: one.holds and one.holds.account for one in guess(list(row), [row])}

    assert held == {
        "Rebels say": "Rebels",
        "North says": "North",
        "По словам полиции": "полиции",
        "Сторона Б": "Сторона Б",
    }


def test_what_no_column_says_is_proposed_for_every_row():
    row = {"Date": "2021-03-25", "What happened": "Shelling of the bridge"}

    assert missing(guess(list(row), [row]), [row], "desk.csv") == {"account": "desk", "kind": "clash"}
    quiet = row | {"What happened": "A meeting"}
    assert missing(guess(list(quiet), [quiet]), [quiet], "desk.csv")["kind"] == "other"


# Confirming


def test_nothing_is_mapped_that_no_person_let_stand():
    guesses = [one for one in guess(list(ROW), [ROW]) if one.column != "Dead"]

    mapping = confirmed(guesses, kind="clash")
    assert "killed" not in {one.holds for one in mapping.columns.values()}
    assert "Colour" not in mapping.columns


@pytest.mark.parametrize(
    ("columns", "constants", "reason"),
    [
        ({"A": "account", "B": "summary"}, {}, "neither a column nor a word for every row: kind"),
        ({"A": "account", "B": "summary"}, {"kind": "clash", "colour": "red"}, "no such field: colour"),
        ({"A": "account", "B": "colour"}, {"kind": "clash"}, "no such field: colour"),
        ({"A": "account", "B": "account", "C": "summary"}, {"kind": "clash"}, "given twice: account"),
        ({"A": "account", "B": "summary"}, {"kind": "clash", "account": "north"}, "given twice: account"),
        ({"A": "statement"}, {"kind": "clash"}, "a statement needs its account"),
        ({"A": {"holds": "count"}}, {"kind": "clash", "account": "north"}, "a count needs the meanings of its codes"),
        ({"A": {"holds": "killed", "since": "call"}}, {"kind": "clash"}, "killed is not measured since call"),
        (
            {"A": {"holds": "statement", "account": "A"}, "B": "killed"},
            {"kind": "clash"},
            "neither a column nor a word for every row: account",
        ),
    ],
)
def test_a_mapping_that_makes_no_claim_is_refused_with_the_reason(columns, constants, reason):
    with pytest.raises(ValidationError, match=reason):
        ColumnMapping(columns=columns, constants=constants)


def test_offsets_are_only_ignored_where_a_zone_takes_their_place():
    with pytest.raises(ValidationError, match="no zone is given instead"):
        ColumnMapping(columns={"A": "call"}, constants={"account": "log"}, ignore_offsets=True)


# Keeping


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.sampled_from(["place", "side", "via"]), max_size=1))
def test_a_mapping_is_read_back_as_it_was_kept(tmp_path_factory, more):
    folder = tmp_path_factory.mktemp("kept")
    mapping = ColumnMapping(columns=more, constants={"account": "ä", "kind": "clash", "summary": "x"}, zone=ALMATY)

    assert beside(save(mapping, folder).with_name("desk.csv")) == mapping


def test_it_lies_beside_the_story_in_plain_words(tmp_path):
    columns = {"Told by": "account", "North says": Column(holds="statement", account="North")}
    save(ColumnMapping(columns=columns, constants={"kind": "clash"}), tmp_path)

    assert json.loads((tmp_path / "mapping.json").read_text(encoding="utf-8")) == {
        "columns": {"Told by": "account", "North says": {"holds": "statement", "account": "North"}},
        "constants": {"kind": "clash"},
    }


@pytest.mark.parametrize("text", ["{", '{"columns": 7}', '{"columns": {}, "constants": {}}', "[]"])
def test_a_mapping_that_cannot_be_read_is_said_and_never_passed_over(tmp_path, text):
    (tmp_path / FILE).write_text(text, encoding="utf-8")

    with pytest.raises(UnreadableStoryError, match=r"mapping\.json cannot be read"):
        reading(table(tmp_path / "claims.csv", SIX))


def test_where_no_mapping_lies_and_nobody_knows_the_columns_they_are_refused(tmp_path):
    assert beside(tmp_path / "desk.csv") is None
    with pytest.raises(UnknownColumnsError):
        codebook_of(tmp_path / "desk.csv", list(ROW), Given("desk.csv"))


def test_a_mapping_leaves_tables_of_other_columns_to_their_own_codebook(tmp_path):
    kept(tmp_path, ROW)

    assert reading(table(tmp_path / "claims.csv", SIX)).claims == [claim()]


def test_a_mapping_of_few_words_is_all_that_a_person_needs_to_write(tmp_path):
    text = '{"columns": {"date": "when", "what": "summary"}, "constants": {"account": "desk", "kind": "clash"}}'
    path = table(tmp_path / "mine.csv", {"date": "2022-01-06", "what": "Clash at the bridge"})

    [found] = [one for _, one in numbered(path, Given(path.name, mapping=text))]
    assert (found.account, found.kind, found.summary) == ("desk", "clash", "Clash at the bridge")
    assert parse(text).constants["account"] == "desk"


def test_a_mapping_of_another_table_is_refused_and_a_column_that_is_lacking_is_said(tmp_path):
    path = table(tmp_path / "desk.csv", {"Date": "2022-01-06", "Text": "x"})
    columns = {"Date": "when", "Text": "summary", "Town": "place"}
    said = {"account": "desk", "kind": "clash"}
    lacking, found = [
        one
        for _, one in numbered(path, Given("desk.csv", mapping=written(ColumnMapping(columns=columns, constants=said))))
    ]

    assert (lacking.code, lacking.severity, lacking.value, found.summary) == ("W-MAPPING", "warning", "Town", "x")
    other = ColumnMapping(columns={"Town": "place"}, constants=said)
    with pytest.raises(UnreadableFileError, match="choose the mapping of this table"):
        list(numbered(path, Given("desk.csv", mapping=written(other))))


# One row, one event


def test_a_mapped_row_is_an_event_and_a_claim_for_each_figure(tmp_path):
    event, figure = kept(tmp_path, ROW, zone=ALMATY).claims

    assert (event.claim_id, event.event_id, event.account, event.kind) == ("desk/r1/north", "night", "north", "clash")
    assert (event.place, event.source_id, event.summary) == ("Masanchi", "https://example.org", "They fought.")
    assert (figure.claim_id, figure.measure, figure.best, figure.summary) == (
        "desk/r1/north/killed",
        "killed",
        8,
        "Killed: They fought.",
    )


def test_ids_hold_the_file_the_row_and_the_account(tmp_path):
    nameless = {column: cell for column, cell in ROW.items() if column not in {"Record", "Incident", "Link"}}
    event = kept(tmp_path, nameless).claims[0]

    assert (event.claim_id, event.event_id, event.source_id) == ("desk/2/north", "desk/2", "desk.csv")


def test_two_sides_of_one_row_share_its_event_and_neither_tells_its_figures(tmp_path):
    row = {"date": "2021-03-05 18:00", "North says": "They came.", "South says": "We slept.", "killed": "10"}
    north, south, figure = read(tmp_path, row).claims

    assert (north.account, north.summary) == ("North", "They came.")
    assert (south.account, south.summary) == ("South", "We slept.")
    assert (figure.account, figure.best) == ("desk", 10)
    assert {one.event_id for one in (north, south, figure)} == {"desk/2"}
    assert len({one.claim_id for one in (north, south, figure)}) == 3


def test_a_side_that_says_nothing_in_a_row_has_no_claim_there(tmp_path):
    row = {"date": "2021-03-05", "North says": "They came.", "South says": "-"}

    assert [one.account for one in read(tmp_path, row).claims] == ["North"]


def test_a_kind_that_is_none_of_ours_is_kept_as_it_is(tmp_path):
    rows = [{"date": "2021-03-05", "what": "Quarrel", "text": "x"}]
    path = table(tmp_path / "desk.csv", *rows)
    mapping = ColumnMapping(
        columns={"date": "when", "what": "kind", "text": "summary"}, constants={"account": "desk"}, zone=ALMATY
    )
    notice, found = [one for _, one in numbered(path, Given(path.name, mapping=written(mapping)))]

    assert (notice.code, notice.severity) == ("W-TYPE", "warning")
    assert (found.kind, found.subkind) == ("other", "Quarrel")


def test_rows_of_one_event_are_counted_by_their_code(tmp_path):
    rows = [
        {"case id": "a", "date": "2021-03-05", "fate": fate} for fate in ("killed", "killed", "wounded", "killed")
    ] + [{"case id": "b", "date": "2021-03-06", "fate": "wounded"}]
    path = table(tmp_path / "desk.csv", *rows)
    columns = {
        "case id": "event_id",
        "date": "when",
        "fate": {"holds": "count", "meanings": {"killed": "killed", "wounded": "injured"}},
    }
    mapping = ColumnMapping(columns=columns, constants={"account": "desk", "kind": "clash"}, zone=ALMATY)
    found = [one for _, one in numbered(path, Given(path.name, mapping=written(mapping)))]

    assert {(one.event_id, one.measure): one.best for one in found if one.measure} == {
        ("a", "killed"): 3,
        ("a", "injured"): 1,
        ("b", "injured"): 1,
    }
    assert sum(one.kind == "clash" for one in found) == 2


@pytest.mark.parametrize(
    "cells", [{"Village": "Total", "Start date": ""}, {"Village": "Итого"}, {"Told by": "Told by", "Dead": "Dead"}]
)
def test_a_row_of_totals_or_of_headings_is_passed_over_and_said(tmp_path, cells):
    again = dict.fromkeys(ROW, "") | cells
    found = read(tmp_path, ROW, again)

    assert {one.account for one in found.claims} == {"north"}
    assert [(one.code, one.row, one.severity) for one in found.problems] == [("W-ROW-PASSED", 3, "warning")]


def test_several_sources_of_a_row_are_several_documents_with_one_origin(tmp_path):
    row = {"Date": "2021-03-05", "Text": "x", "Sources": "https://example.org/1; https://example.org/2 and more"}
    first, second = read(tmp_path, row).claims

    assert (first.source_id, second.source_id) == ("https://example.org/1", "https://example.org/2")
    assert second.same_origin == (first.claim_id,)


def test_groups_are_kept_with_every_claim_of_the_row(tmp_path):
    row = {"Date": "2021-03-05", "Text": "x", "Killed": "3", "District": "East; upper", "Priority": ""}

    assert {one.groups for one in read(tmp_path, row).claims} == {'{"District": "East; upper"}'}


# Times


def test_a_day_is_as_wide_as_it_is_and_a_moment_is_exact(tmp_path):
    event = kept(tmp_path, ROW, zone=ALMATY).claims[0]

    bounds = (event.began_earliest, event.began_latest, event.ended_earliest, event.ended_latest)
    assert [one.isoformat() for one in bounds] == [
        "2020-02-07T00:00:00+06:00",
        "2020-02-08T00:00:00+06:00",
        "2020-02-08T05:00:00+06:00",
        "2020-02-08T05:00:00+06:00",
    ]
    assert event.time_words == "2020-02-07 to 2020-02-08T05:00+06:00"


def test_a_day_without_an_end_is_over_at_its_midnight(tmp_path):
    [event] = read(tmp_path, {"Date": "2021-03-05", "Text": "x"}).claims

    assert event.ended_latest == event.began_latest == datetime.fromisoformat("2021-03-06T00:00+06:00")


def test_a_day_without_a_zone_says_that_utc_is_assumed(tmp_path):
    assert kept(tmp_path, ROW).claims[0].time_basis == "assumed"
    assert kept(tmp_path, ROW, zone=ALMATY).claims[0].time_basis == "stated"


def test_the_zone_that_was_confirmed_reads_clocks_that_name_none(tmp_path):
    clock = ROW | {"Start date": "2020-02-07 17:00"}

    [problem] = kept(tmp_path, clock).problems
    assert (problem.code, problem.column) == ("E-TZ-NONE", "start_date")
    told = kept(tmp_path, clock, zone=ALMATY).claims[0]
    assert told.began_latest == datetime.fromisoformat("2020-02-07T17:00+06:00")


def test_the_zone_of_a_file_never_labels_the_times_of_another(tmp_path):
    rows = [{"Date": moment, "Text": "x"} for moment in ("2021-03-05T17:00+06:00", "2021-03-05T17:00+01:00")]

    assert [one.zone for one in read(tmp_path, *rows).claims] == [ALMATY, None]


def test_a_table_of_our_own_bounds_is_mapped_beside_a_zone_that_was_said(tmp_path):
    row = {"account": "north", "kind": "clash", "summary": "x", "began_latest": "2020-02-07T17:00+03:00"}
    [found] = read(tmp_path, row).claims

    assert (found.began_latest.isoformat(), found.zone) == ("2020-02-07T17:00:00+03:00", None)


def test_a_column_of_zones_is_used_row_by_row(tmp_path):
    rows = [{"Date": "2021-03-05 17:00", "Text": "x", "Timezone": zone} for zone in ("Asia/Tokyo", "Europe/Kyiv")]
    found = read(tmp_path, *rows).claims

    assert [one.began_latest.isoformat()[-6:] for one in found] == ["+09:00", "+02:00"]
    assert [one.zone for one in found] == ["Asia/Tokyo", "Europe/Kyiv"]


def test_a_day_and_a_time_of_day_in_two_columns_are_one_time(tmp_path):
    clocks = ("18:00", "17:00-05:00", "24:00", "")
    found = read(tmp_path, *({"Date": "05.03.2021", "Time": clock, "Text": "x"} for clock in clocks), vague=True)

    began = [one.began_earliest.isoformat() for one in found.claims]
    assert began == [f"2021-03-0{day}:00+06:00" for day in ("5T18:00", "5T17:00", "6T00:00", "5T00:00")]
    assert found.claims[1].ended_latest.isoformat() == "2021-03-06T05:00:00+06:00"
    assert [(one.code, one.row) for one in found.problems] == [("W-TIME-VAGUE", 3)]


def test_year_month_and_day_in_three_columns_are_a_date_and_what_is_missing_is_open(tmp_path):
    parts = [("2021", "3", "5"), ("2021", "3", ""), ("2021", "", "")]
    found = read(tmp_path, *({"Year": y, "Month": m, "Day": d, "Text": "x"} for y, m, d in parts)).claims

    assert [(one.began_earliest.date().isoformat(), one.began_latest.date().isoformat()) for one in found] == [
        ("2021-03-05", "2021-03-06"),
        ("2021-03-01", "2021-04-01"),
        ("2021-01-01", "2022-01-01"),
    ]


def test_a_year_beside_a_date_must_agree_or_is_flagged(tmp_path):
    found = read(
        tmp_path, {"Date": "2/25/2016", "Year": "2016", "Text": "x"}, {"Date": "2/26/2016", "Year": "2017", "Text": "x"}
    )

    assert [(one.code, one.row) for one in found.problems] == [("W-DATE-YEAR", 3)]


def test_the_other_columns_of_dates_settle_one_that_settles_nothing(tmp_path):
    row = {"Date": "05/03/2021", "End": "06/03/2021", "Text": "x"}
    found = read(tmp_path, row, row | {"End": "25/03/2021"}).claims

    assert found[0].began_earliest.isoformat() == "2021-03-05T00:00:00+06:00"


def test_an_order_that_nothing_settles_is_asked_for_once_and_then_taken(tmp_path):
    row = {"Date": "05/03/2021", "Text": "x"}

    assert read(tmp_path, row).codes() == {("E-DATE-AMBIGUOUS", "error"): 1}
    [told] = read(tmp_path, row, date_order="month").claims
    assert told.began_earliest.date().isoformat() == "2021-05-03"


def test_midnight_is_a_minute_where_the_column_has_minutes_and_a_day_where_it_has_none(tmp_path):
    [day] = read(tmp_path, {"Date": "2021-03-05 00:00:00", "Text": "x"}).claims
    minute, _ = read(tmp_path, *({"Date": f"2021-03-05 00:0{one}:00", "Text": "x"} for one in range(2))).claims

    assert day.began_latest > day.began_earliest
    assert minute.began_latest == minute.began_earliest


def test_digits_since_1970_are_read_as_such_and_held_against_the_time_beside_them(tmp_path):
    row = {"message": "x", "datetime": "2021-03-25 17:00:00", "timestamp": "1616691600123456"}
    away = row | {"datetime": "2021-03-24 17:00:00"}
    found = read(tmp_path, row, away, zone="UTC")

    assert [(one.code, one.row) for one in found.problems] == [("W-TIME-DIFFERS", 3)]
    [alone] = read(tmp_path, {"message": "x", "timestamp": "1616691600123456"}).claims
    assert alone.began_latest.isoformat() == "2021-03-25T17:00:00.123456+00:00"


@pytest.mark.parametrize("stamp", ["1900-01-01", "1899-12-30", "0001-01-01", "9999-12-31", "1970-01-01 00:00"])
def test_what_a_program_writes_for_no_time_is_no_time(tmp_path, stamp):
    found = read(tmp_path, {"Date": stamp, "Text": "x"}, {"Date": "2021-03-05 10:00", "Text": "x"})

    assert [(one.code, one.row) for one in found.problems] == [("W-TIME-PLACEHOLDER", 2)]
    assert found.claims[0].began_earliest is None


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"Start date": "03/02/2020"}, "start_date", "may be 3 February 2020 or 2 March 2020"),
        ({"Start date": "that night"}, "start_date", ""),
        ({"End": "2020-02-07T99:00"}, "end", "there is no hour 99"),
        ({"Dead": "dozens"}, "dead", "no number"),
        ({"Dead": "3.5"}, "dead", "people come in whole numbers"),
        ({"End": "2020-01-01"}, "end", "ends before it begins"),
    ],
    ids=str,
)
def test_a_mapped_cell_that_cannot_be_read_stops_its_row_and_no_other(tmp_path, cells, column, reason):
    found = kept(tmp_path, ROW | cells, ROW | {"Record": "r2"}, zone=ALMATY)

    assert (found.accepted, found.rejected) == ({3}, {2})
    assert found.problems[0].column == column
    assert reason in found.problems[0].reason


def test_an_empty_figure_is_unknown_and_a_zero_is_a_claim_of_none(tmp_path):
    unknown, none, unsaid = (kept(tmp_path, ROW | {"Dead": cell}).claims for cell in ("", "0", "NA"))

    assert [one.measure for one in unknown] == [None]
    assert [one.best for one in none] == [None, 0]
    assert [one.measure for one in unsaid] == [None]


def test_bounds_in_columns_of_their_own_stand_beside_the_figure(tmp_path):
    [_, figure] = read(
        tmp_path, {"Date": "2021-03-05", "Text": "x", "killed low": "3", "killed": "4", "killed high": "9"}
    ).claims

    assert (figure.low, figure.best, figure.high) == (3, 4, 9)


# Places


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("43.1234", 43.1234),
        ("43,1234", 43.1234),
        ("-95.735", -95.735),
        ("43°07'24\"N", 43.1233333),
        ("75°25′56″ W", -75.4322222),
        ("12.5 S", -12.5),
        ("43 07", None),
        ("43°77'24\"N", None),
        ("north", None),
    ],
)
def test_degrees_are_read_as_they_are_written(text, number):
    assert degrees(text) == number


def test_half_a_point_or_a_dash_loses_no_row(tmp_path):
    rows = [{"Date": "2021-03-05", "Text": "x", "lat": lat, "lon": lon} for lat, lon in (("-", "-"), ("43.1", "NA"))]
    found = read(tmp_path, *rows)

    assert [one.latitude for one in found.claims] == [None, None]
    assert [(one.code, one.row) for one in found.problems] == [("W-GEO", 3)]


def test_a_latitude_that_can_only_be_a_longitude_stops_its_row(tmp_path):
    found = read(tmp_path, {"Date": "2021-03-05", "Text": "x", "lat": "95.5", "lon": "43.1"})

    assert "swapped" in found.problems[0].fix


# One row, one response

LOG = {
    "Incident Number": "A1",
    "Agency": "FIRE",
    "Call Received": "2031-03-02 23:57:40",
    "Dispatch Time": "2031-03-02 23:58:30",
    "En Route": "NULL",
    "Arrival Time": "2031-03-03 00:03:10",
    "Closed": "2031-03-03 00:44:00",
}


def test_each_column_of_a_log_is_a_milestone_of_its_own(tmp_path):
    found = read(tmp_path, LOG, zone=NEW_YORK).claims

    assert times(found) == {
        "call": "2031-03-02T23:57:40-05:00",
        "dispatch": "2031-03-02T23:58:30-05:00",
        "arrival": "2031-03-03T00:03:10-05:00",
        "end": "2031-03-03T00:44:00-05:00",
    }
    assert {one.time_basis for one in found} == {"logged"}
    assert {one.subkind for one in found} == {None}
    assert {one.event_id for one in found} == {"A1"}
    assert all(one.stated_at == one.began_latest for one in found)
    assert {one.account for one in found} == {"dispatch log"}


def test_units_that_are_not_named_are_told_apart_where_a_call_has_several(tmp_path):
    rows = [LOG | {"Unit": "E1"}, LOG | {"Unit": ""}, LOG | {"Incident Number": "A2", "Unit": ""}]
    found = read(tmp_path, *rows, zone=NEW_YORK).claims

    assert [one.subkind for one in found if one.kind == "call"] == ["E1", "row 3", None]


def test_a_log_of_months_first_is_known_by_stamps_that_stay_together(tmp_path):
    row = {"Call": "05/06/2031 11:58:01 PM", "Arrived": "05/07/2031 12:04:01 AM"}

    assert times(read(tmp_path, row, zone=NEW_YORK).claims) == {
        "call": "2031-05-06T23:58:01-04:00",
        "arrival": "2031-05-07T00:04:01-04:00",
    }


def test_a_log_of_years_of_two_digits_is_known_by_stamps_that_stay_together(tmp_path):
    night = {"Received": "25/03/21 23:55", "Dispatched": "25/03/21 23:57", "Arrived": "26/03/21 00:04"}
    found = read(tmp_path, night, dict.fromkeys(night, "25/03/21 10:00"))

    assert {one.began_latest.date().isoformat() for one in found.claims} == {"2021-03-25", "2021-03-26"}
    assert read(tmp_path, dict.fromkeys(night, "25/03/21 10:00")).codes() == {("E-DATE-AMBIGUOUS", "error"): 1}


def test_times_of_day_have_the_date_of_the_row_and_go_on_past_midnight(tmp_path):
    row = {"Date": "2031-03-02", "Call": "23:57", "Dispatched": "23:58", "Arrived": "00:03"}

    assert times(read(tmp_path, row, zone=NEW_YORK).claims) == {
        "call": "2031-03-02T23:57:00-05:00",
        "dispatch": "2031-03-02T23:58:00-05:00",
        "arrival": "2031-03-03T00:03:00-05:00",
    }


def test_a_length_of_zero_is_any_time_until_the_end_and_never_exact(tmp_path):
    row = {"Call Time": "2031-01-02T10:00-05:00", "Response Time": "0", "Total Time": "12"}
    found = read(tmp_path, row, zone=NEW_YORK)

    [arrival] = [one for one in found.claims if one.kind == "arrival"]
    assert arrival.began_earliest.isoformat() == "2031-01-02T10:00:00-05:00"
    assert arrival.began_latest.isoformat() == "2031-01-02T10:12:00-05:00"
    assert [(one.code, one.column) for one in found.problems] == [("W-DURATION", "response_time")]


def test_lengths_since_the_call_are_milestones_and_zero_or_less_is_a_placeholder(tmp_path):
    rows = [{"Call Time": "2031-01-02T10:00-05:00", "Response Time": length} for length in ("9.5", "0", "-1.0")]
    found = read(tmp_path, *rows, zone=NEW_YORK)

    arrivals = [one for one in found.claims if one.kind == "arrival"]
    assert [(one.began_latest.isoformat(), one.time_basis) for one in arrivals] == [
        ("2031-01-02T10:09:30-05:00", "derived")
    ]
    assert [(one.code, one.row, one.severity) for one in found.problems] == [
        ("W-DURATION", 3, "warning"),
        ("W-DURATION", 4, "warning"),
    ]


@pytest.mark.parametrize(
    ("unit", "cell", "arrived"),
    [("seconds", "90", "10:01:30"), ("hours", "0,5", "10:30:00"), ("minutes", "1:02:03", "11:02:03")],
)
def test_a_length_is_told_in_its_unit_or_as_a_clock(tmp_path, unit, cell, arrived):
    rows = [{"Call": "2031-01-02T10:00-05:00", "Wait": cell}]
    path = table(tmp_path / "desk.csv", *rows)
    columns = {"Call": "call", "Wait": {"holds": "arrival", "since": "call", "unit": unit}}
    mapping = ColumnMapping(columns=columns, constants={"account": "log"}, zone=NEW_YORK)
    found = [one for _, one in numbered(path, Given(path.name, mapping=written(mapping)))]

    assert times(found)["arrival"] == f"2031-01-02T{arrived}-05:00"


def test_a_log_that_writes_z_on_local_clocks_is_overruled_and_it_is_said_once(tmp_path):
    rows = [{"Call": f"2031-01-0{day}T00:06:48Z", "Arrived": f"2031-01-0{day}T00:12:48Z"} for day in (1, 2)]
    found = read(tmp_path, *rows, zone=NEW_YORK, ignore_offsets=True)

    assert times(found.claims[:2])["call"] == "2031-01-01T00:06:48-05:00"
    assert [(one.code, one.row) for one in found.problems] == [("W-TZ-IGNORED", 2)]
    assert times(read(tmp_path, *rows, zone=NEW_YORK).claims[:2])["call"] == "2031-01-01T00:06:48+00:00"


def test_an_arrival_that_is_a_placeholder_is_none_and_the_row_stays(tmp_path):
    found = read(tmp_path, LOG | {"Arrival Time": "1900-01-01 00:00:00"}, zone=NEW_YORK)

    assert set(times(found.claims)) == {"call", "dispatch", "end"}
    assert [(one.code, one.column) for one in found.problems] == [("W-TIME-PLACEHOLDER", "arrival_time")]


def test_one_row_a_status_is_a_milestone_by_the_meaning_of_its_code(tmp_path):
    codes = [("1", "10:00"), ("3", "10:01"), ("7", "10:06")]
    rows = [{"Call Number": "A1", "Unit": "E1", "Status": code, "Stamp": f"2031-01-02 {at}"} for code, at in codes]
    path = table(tmp_path / "desk.csv", *rows)
    meanings = {"1": "call", "3": "dispatch", "7": "arrival", "9": "end"}
    columns = {
        "Call Number": "event_id",
        "Unit": "responding_unit",
        "Status": {"holds": "kind", "meanings": meanings},
        "Stamp": "when",
    }
    mapping = ColumnMapping(columns=columns, constants={"account": "log"}, zone=NEW_YORK)
    found = [one for _, one in numbered(path, Given(path.name, mapping=written(mapping)))]

    assert times(found) == {
        "call": "2031-01-02T10:00:00-05:00",
        "dispatch": "2031-01-02T10:01:00-05:00",
        "arrival": "2031-01-02T10:06:00-05:00",
    }
    assert {(one.subkind, one.time_basis) for one in found} == {("E1", "logged")}
    assert all(one.stated_at == one.began_latest for one in found)


PROTESTS = [
    {"Date": f"2021-{month:02}-05", "Event": event, "Description": "x"}
    for month, event in ((3, "Shooting"), (4, "Protest march"), (9, "Shooting"))
]


def test_a_column_that_calls_events_by_their_kind_makes_no_event_of_them(tmp_path):
    found = read(tmp_path, *PROTESTS)

    assert guessed(*PROTESTS)["Event"] == "group"
    assert guessed(*(one | {"Date": one["Date"][2:]} for one in PROTESTS))["Event"] == "group", (
        "in any order of its dates"
    )
    assert len({one.event_id for one in found.claims}) == 3
    assert {one.groups for one in found.claims} == {'{"Event": "Shooting"}', '{"Event": "Protest march"}'}


def test_a_column_of_our_kinds_is_that_whatever_it_is_called_and_however_it_is_capitalised(tmp_path):
    rows = [{"Date": "2021-03-05", "Event": kind, "Description": "x"} for kind in ("Shooting", "Arson", "Shooting")]
    found = read(tmp_path, *rows).claims

    assert [(one.kind, one.subkind) for one in found] == [("shooting", None), ("arson", None), ("shooting", None)]
    assert len({one.event_id for one in found}) == 3


@pytest.mark.parametrize(
    ("event", "dates"),
    [
        ("The night in Masanchi", ("2020-02-07", "2020-02-08")),
        ("The night in Masanchi", ("2020-02-07 22:00", "2020-02-07 23:30")),
        ("EV-12", ("2020-02-07", "2020-02-20")),
    ],
)
def test_a_name_of_one_event_is_shared_by_its_rows(tmp_path, event, dates):
    found = read(tmp_path, *({"Date": on, "Event": event, "Description": "x"} for on in dates))

    assert {one.event_id for one in found.claims} == {event}
    assert not found.problems


@pytest.mark.parametrize(
    ("event", "dates", "told"),
    [
        ("Shooting", ("05.03.2021", "07.03.2021"), "one event in 3 rows from 05.03.2021 to 07.03.2021"),
        ("Shooting", ("31-03-14", "31-04-02"), "one event in 3 rows from 31-03-14 to 31-04-02"),
        ("0001", ("05.03.2021", "07.05.2021"), "one event in 3 rows from 05.03.2021 to 07.05.2021"),
    ],
)
def test_an_event_on_days_far_apart_is_flagged_once_where_a_person_said_that_it_is_one(tmp_path, event, dates, told):
    columns = {"Date": "when", "Event": "event_id", "Description": "summary"}
    constants = {"account": "log", "kind": "other"}
    mapping = ColumnMapping(columns=columns, constants=constants, zone=ALMATY, date_order="year")
    rows = [{"Date": on, "Event": event, "Description": "x"} for on in (*dates, dates[1])]
    path = table(tmp_path / "desk.csv", *rows)
    found = [one for _, one in numbered(path, Given(path.name, mapping=written(mapping))) if isinstance(one, Problem)]

    assert [(one.code, one.row, one.column, one.severity) for one in found] == [("W-EVENT-DAYS", 2, "event", "warning")]
    assert found[0].reason.startswith(told)


def test_calls_whose_number_is_that_of_another_year_are_flagged(tmp_path):
    again = {name: cell.replace("2031", "2032") for name, cell in LOG.items()}
    found = read(tmp_path, LOG, again, zone=NEW_YORK)

    assert [(one.code, one.row) for one in found.problems] == [("W-EVENT-DAYS", 2)]


STAGES = {
    "Call": "2031-03-02 10:00:00",
    "Intake Time": "1.5",
    "Dispatch Time": "2.0",
    "Travel Time": "6.5",
    "Total Response Time": "10.0",
}


def test_a_dispatch_told_as_a_length_runs_from_the_intake_that_the_whole_counts_too(tmp_path):
    found = times(read(tmp_path, STAGES, zone=NEW_YORK).claims)

    assert found["dispatch"] == "2031-03-02T10:03:30-05:00"
    assert found["arrival"] == "2031-03-02T10:10:00-05:00"
    without = STAGES | {"Total Response Time": "8.5"}
    assert {column: field for column, field in guessed(without).items() if field} == {
        "Call": "call",
        "Total Response Time": "arrival",
    }


def test_a_length_of_minus_one_until_the_dispatch_is_flagged_whatever_the_intake(tmp_path):
    found = read(tmp_path, STAGES, STAGES | {"Dispatch Time": "-1"}, zone=NEW_YORK)

    assert [(one.code, one.row, one.column) for one in found.problems] == [("W-DURATION", 3, "dispatch_time")]
    assert [one.kind for one in found.claims] == ["call", "dispatch", "arrival", "call", "arrival"]


def test_a_length_that_runs_after_another_needs_it(tmp_path):
    columns = {"Call": "call", "Dispatch Time": {"holds": "dispatch", "since": "call", "after": "Intake Time"}}
    mapping = ColumnMapping(columns=columns, constants={"account": "log"}, zone=NEW_YORK)
    path = table(tmp_path / "desk.csv", STAGES | {"Intake Time": ""})
    found = list(numbered(path, Given(path.name, mapping=written(mapping))))

    assert [(one.code, one.reason) for _, one in found if isinstance(one, Problem)] == [
        ("W-DURATION", "no Intake Time from which it runs: left out")
    ]
    with pytest.raises(ValidationError, match="is no length that could run after"):
        Column(holds="dispatch", after="Intake Time")


def test_stamps_of_a_column_called_dispatch_time_stay_stamps():
    assert guessed(LOG)["Dispatch Time"] == "dispatch"


UNENDED = {name: cell for name, cell in LOG.items() if name != "Closed"}
UNREACHED = UNENDED | {"Incident Number": "A2", "Arrival Time": ""}


def outcomes(tmp_path, *rows, **chosen):
    """Give what became of each call on its way to an arrival: reached, cleared, or open; nothing where none tells."""
    claims = read(tmp_path, *rows, zone=NEW_YORK).claims
    answers = told("response-delays", *claims, start="call", stop="arrival", calls="every", **chosen).records()
    return {one["event_id"]: one["outcome"] for one in answers}


@pytest.mark.parametrize("column", ["Status", "Final Disposition", "Disposition", "Статус", "Einsatzstatus", "Outcome"])
@pytest.mark.parametrize(
    "word", ["CANCELLED", "Cancelled en route", "closed", "Cleared - no report", "отменён", "скасовано", "storniert"]
)
def test_a_call_whose_status_says_that_it_is_over_is_never_reached(tmp_path, column, word):
    rows = UNENDED | {column: "Completed"}, UNREACHED | {column: word}
    ends = [one for one in read(tmp_path, *rows, zone=NEW_YORK).claims if one.kind == "end"]

    assert outcomes(tmp_path, *rows) == {"A1": "reached", "A2": "cleared"}
    assert [(one.event_id, one.began_earliest.isoformat(), one.began_latest) for one in ends] == [
        ("A1", "2031-03-03T00:03:10-05:00", None),
        ("A2", "2031-03-02T23:58:30-05:00", None),
    ]


def test_a_call_that_was_over_nobody_knows_when_is_said_so(tmp_path):
    claims = read(tmp_path, UNENDED | {"Status": "Closed"}, UNREACHED | {"Status": "Cancelled"}, zone=NEW_YORK).claims
    found = told("response-delays", *claims, start="call", stop="arrival", calls="every")

    assert "leared without an arrival, at a time that is not told" in found.sentence
    assert "1 cleared without and none still open" in found.sentence


@pytest.mark.parametrize(
    ("rows", "outcome"),
    [
        ((LOG | {"Status": "Closed"}, LOG | UNREACHED | {"Closed": "", "Status": "CANCELLED"}), "cleared"),
        ((LOG | {"Status": "Closed"}, LOG | UNREACHED | {"Closed": "", "Status": "In progress"}), "open"),
        ((LOG, LOG | UNREACHED | {"Closed": ""}), "open"),
        ((UNENDED | {"Status": "Closed"}, UNREACHED | {"Status": "Active"}), "open"),
        ((LOG | {"Status": "Closed"}, LOG | UNREACHED | {"Closed": "", "Status": "Unable to locate"}), None),
        ((UNENDED | {"Status": "Closed"}, UNREACHED | {"Status": ""}), None),
        ((UNENDED, UNREACHED), None),
    ],
)
def test_a_call_is_open_only_where_its_status_or_a_log_that_has_ends_says_so(tmp_path, rows, outcome):
    assert outcomes(tmp_path, *rows) == {"A1": "reached"} | ({"A2": outcome} if outcome else {})


def test_the_status_of_a_call_is_kept_to_compare_by(tmp_path):
    found = read(tmp_path, UNENDED | {"Status": "Closed"}, zone=NEW_YORK).claims

    assert {one.groups for one in found} == {'{"Agency": "FIRE", "Status": "Closed"}'}


@given(st.lists(st.integers(0, 600), min_size=4, max_size=4).map(sorted), st.integers(0, 23))
def test_whenever_a_call_comes_in_its_milestones_are_as_far_apart_as_its_clocks(tmp_path_factory, minutes, hour):
    begun = datetime.fromisoformat(f"2031-01-02 {hour:02}:00")
    walls = [begun + timedelta(minutes=minute) for minute in minutes]
    row = dict(zip(("Call", "Dispatched", "Arrived", "Closed"), (wall.isoformat(" ") for wall in walls), strict=True))
    found = read(tmp_path_factory.mktemp("log"), row, zone="Asia/Kolkata").claims

    at = {one.kind: one.began_latest for one in found}
    apart = [(at[kind] - at["call"]).total_seconds() / 60 for kind in ("dispatch", "arrival", "end")]
    assert apart == [minute - minutes[0] for minute in minutes[1:]]


# As any other table


def test_a_story_of_a_mapped_table_opens_like_any_other(tmp_path):
    kept(tmp_path, ROW)

    story = open_story(tmp_path / "desk.csv")
    assert (len(story.claims), story.problems) == (2, ())
    assert not any(isinstance(one, Problem) for one in from_arrow(story.claims))


def test_every_thing_that_a_column_may_hold_says_what_it_means():
    assert all(HOLDS.values())


# Tables of other houses


def test_a_number_of_thousands_is_never_a_length_of_one(tmp_path):
    rows = [
        {"Call": "2031-01-02T10:00-05:00", "Response Time (sec)": "420"},
        {"Call": "2031-01-02T11:00-05:00", "Response Time (sec)": "1,020"},
    ]
    asked = read(tmp_path, *rows, zone=NEW_YORK)
    said = read(tmp_path, *rows, zone=NEW_YORK, decimal_mark=".")

    assert [(one.code, one.row) for one in asked.problems] == [("E-NUM-SEPARATOR", 3)]
    assert [one.began_latest.isoformat()[11:19] for one in said.claims if one.kind == "arrival"] == [
        "10:07:00",
        "11:17:00",
    ]


@pytest.mark.parametrize(
    ("cells", "arrived"),
    [(("7,5", "9,25"), "10:09:15"), (("7.512", "9.250"), "10:09:15"), (("1.020,5", "0,5"), "10:00:30")],
)
def test_the_lengths_of_a_column_show_their_decimal_mark(tmp_path, cells, arrived):
    rows = [{"Call": "2031-01-02T10:00-05:00", "Response Time": cell} for cell in cells]

    assert times(read(tmp_path, *rows, zone=NEW_YORK).claims)["arrival"][11:19] == arrived


def test_a_length_without_a_unit_counts_seconds_where_minutes_would_be_hours():
    row = {"DateOfCall": "01 Jan 2031", "TimeOfCall": "00:01:45", "FirstPumpArriving_AttendanceTime": "348"}
    held = {one.column: one.holds for one in guess(list(row), [row])}

    assert held["DateOfCall"].holds == "when"
    assert held["FirstPumpArriving_AttendanceTime"] == Column(holds="arrival", since="call", unit="seconds")


def test_a_stamp_is_believed_before_a_length_that_says_the_same():
    row = {"INCIDENT_DATETIME": T, "FIRST_ON_SCENE_DATETIME": T, "INCIDENT_RESPONSE_SECONDS_QY": "0"}

    assert list(guessed(row).values()) == ["call", "arrival", None]


@pytest.mark.parametrize("digits", [("2350", "0002"), ("235010", "000210")])
def test_times_of_day_without_colons_are_times_and_never_people(tmp_path, digits):
    row = {"Incident": "I1", "Date": "2031-03-14", "Received": digits[0], "Dispatched": digits[0], "Arrived": digits[1]}
    found = read(tmp_path, row, zone=NEW_YORK)

    assert times(found.claims)["arrival"].startswith("2031-03-15T00:02")
    assert not any(one.measure for one in found.claims)


def test_stamps_of_fourteen_digits_and_of_sql_server_are_read(tmp_path):
    compact = {"Incident": "I1", "Received": "20310314235010", "Dispatched": "20310314235110"}
    server = {
        "Event Number": "1",
        "Time Queued": "03/14/2031 12:21:10 AM",
        "Arrived Time": "Mar 14 2031 12:33:10:000AM",
    }

    assert times(read(tmp_path, compact, zone=NEW_YORK).claims)["dispatch"] == "2031-03-14T23:51:10-04:00"
    assert times(read(tmp_path, server, zone=NEW_YORK).claims)["arrival"] == "2031-03-14T00:33:10-04:00"


def test_a_night_on_which_the_clocks_change_is_as_long_as_it_was(tmp_path):
    row = {"Date": "2031-03-08", "Call": "23:50", "Dispatched": "23:52", "Arrived": "03:10"}

    assert times(read(tmp_path, row, zone=NEW_YORK).claims)["arrival"] == "2031-03-09T03:10:00-04:00"


def test_a_third_stamp_that_the_clocks_skipped_lies_between_both_readings_and_the_row_stays(tmp_path):
    row = {"Received": "2031-03-09 01:58", "Dispatched": "2031-03-09 02:10", "Arrived": "2031-03-09 03:13"}
    found = read(tmp_path, row, zone=NEW_YORK)
    [dispatch] = [one for one in found.claims if one.kind == "dispatch"]

    assert times(found.claims)["arrival"] == "2031-03-09T03:13:00-04:00"
    assert dispatch.began_latest - dispatch.began_earliest == timedelta(hours=1)
    assert [one.code for one in found.problems] == ["W-TZ-AMBIGUOUS"]


@pytest.mark.parametrize("stamp", ["2999-12-31 00:00:00", "1904-01-01 00:00:00", "0", "-1", "00:00:00"])
def test_a_placeholder_of_any_program_is_no_arrival(tmp_path, stamp):
    rows = [LOG, LOG | {"Incident": "b", "Arrival Time": stamp}]
    found = read(tmp_path, *rows, zone=NEW_YORK)

    assert [one.code for one in found.problems] == ["W-TIME-PLACEHOLDER"]
    assert sum(one.kind == "arrival" for one in found.claims) == 1


def test_a_stamp_of_another_year_stops_its_row(tmp_path):
    found = read(tmp_path, LOG | {"Arrival Time": "2013-03-02 10:09:00"}, zone=NEW_YORK)

    assert [(one.code, one.severity) for one in found.problems] == [("E-TIME-FAR", "error")]


def test_a_column_of_zones_may_hold_offsets_and_no_abbreviation_is_guessed(tmp_path):
    row = {"tz": "-05:00", "Received": "2031-03-01 10:00", "Dispatched": "2031-03-01 10:01"}
    offset = read(tmp_path, row, zone=ALMATY)
    short = read(tmp_path, row | {"tz": "CST"}, zone=ALMATY)

    assert times(offset.claims)["call"] == "2031-03-01T10:00:00-05:00"
    assert {one.zone for one in offset.claims} == {None}
    assert [one.code for one in short.problems] == ["E-TZ-ABBREV"]


@pytest.mark.parametrize(
    ("zone", "ahead"),
    [("+05:30", "+05:30"), ("UTC+5:30", "+05:30"), ("-0330", "-03:30"), ("+6", "+06:00"), ("GMT-05", "-05:00")],
)
def test_an_offset_of_a_row_may_have_half_hours(tmp_path, zone, ahead):
    row = {"tz": zone, "Date": "2031-03-02", "Call": "23:57", "Dispatched": "23:58", "Arrived": "00:03"}
    found = read(tmp_path, row, zone=ALMATY).claims

    assert times(found)["call"] == f"2031-03-02T23:57:00{ahead}"
    assert times(found)["arrival"] == f"2031-03-03T00:03:00{ahead}"
    [day] = read(tmp_path, {"tz": zone, "Date": "2031-03-02", "Text": "x"}).claims
    assert (day.began_earliest.isoformat(), day.zone) == (f"2031-03-02T00:00:00{ahead}", None)


def test_a_row_with_an_offset_for_a_zone_may_write_another_behind_a_time(tmp_path):
    row = {"tz": "+05:30", "Received": "2031-03-01T10:00Z", "Dispatched": "2031-03-01 15:31"}

    assert times(read(tmp_path, row).claims) == {
        "call": "2031-03-01T10:00:00+00:00",
        "dispatch": "2031-03-01T15:31:00+05:30",
    }


@pytest.mark.parametrize(
    ("length", "arrived"),
    [("PT7M30S", "10:07:30"), ("pt450s", "10:07:30"), ("PT1H2M", "11:02:00"), ("P0DT0H7M30.0S", "10:07:30")],
)
def test_a_length_may_be_written_as_iso_8601_has_it(tmp_path, length, arrived):
    row = {"Call": "2031-03-02 10:00:00", "Response Time": length}

    assert times(read(tmp_path, row, zone=NEW_YORK).claims)["arrival"] == f"2031-03-02T{arrived}-05:00"


@pytest.mark.parametrize(("length", "code"), [("P7M", "E-NUM"), ("PT", "E-NUM"), ("-PT1M", "W-DURATION")])
def test_a_length_of_months_or_of_nothing_is_none_and_one_below_nothing_is_flagged(tmp_path, length, code):
    columns = {"Call": "call", "Response Time": {"holds": "arrival", "since": "call"}}
    mapping = ColumnMapping(columns=columns, constants={"account": "log"}, zone=NEW_YORK)
    path = table(tmp_path / "desk.csv", {"Call": "2031-03-02 10:00:00", "Response Time": length})
    found = numbered(path, Given(path.name, mapping=written(mapping)))

    assert [one.code for _, one in found if isinstance(one, Problem)] == [code]


def test_a_row_of_totals_is_known_by_its_first_cell_whatever_the_column(tmp_path):
    rows = [
        {"№": "1", "Дата": "05.03.2021", "Убитых": "10"},
        {"№": "2", "Дата": "06.03.2021", "Убитых": "15"},
        {"№": "Всего:", "Дата": "", "Убитых": "25"},
    ]
    found = read(tmp_path, *rows)

    assert [one.best for one in found.claims if one.measure == "killed"] == [10, 15]
    assert [(one.code, one.row) for one in found.problems] == [("W-ROW-PASSED", 4)]


def test_two_digits_of_a_year_are_a_year_and_no_day(tmp_path):
    row = {"Year": "21", "Month": "2", "Day": "3", "Text": "x"}
    columns = {"Year": "year", "Month": "month", "Day": "day", "Text": "summary"}
    path = table(tmp_path / "desk.csv", row)
    mapping = ColumnMapping(columns=columns, constants={"account": "a", "kind": "clash"}, zone=ALMATY)
    [(_, one)] = numbered(path, Given(path.name, mapping=written(mapping)))

    assert one.began_earliest.isoformat() == "2021-02-03T00:00:00+06:00"


def test_a_month_that_is_none_is_blamed_on_its_column(tmp_path):
    found = read(tmp_path, {"Year": "2021", "Month": "13", "Day": "3", "Text": "x"})

    assert [(one.column, one.reason) for one in found.problems] == [("month", "there is no month 13")]


def test_an_end_that_is_told_as_a_time_of_day_may_be_of_the_next_day(tmp_path):
    found = read(tmp_path, {"date from": "2021-03-05", "time from": "22:00", "time to": "02:00", "Text": "x"})

    assert found.claims[0].ended_latest.isoformat() == "2021-03-06T02:00:00+06:00"
    assert [one.code for one in found.problems] == ["W-TIME-VAGUE"]


def test_one_coordinate_alone_is_half_a_point_and_loses_no_row(tmp_path):
    found = read(tmp_path, {"Date": "2021-03-05", "Text": "x", "Latitude": "43.1"})

    assert [one.latitude for one in found.claims] == [None]
    assert [one.code for one in found.problems] == ["W-GEO"]


@pytest.mark.parametrize(
    "cell",
    [
        "S33.5 W70.25",
        "33.5 S, 70.25 W",
        "-33,5; -70,25",
        "33°30'S 70°15'W",
        "33 30 00 S, 70 15 00 W",
        "70.25 W, 33.5 S",
        "33,5° ю. ш., 70,25° з. д.",
        "{'latitude': '-33.5', 'longitude': '-70.25'}",
    ],
)
def test_a_point_in_one_cell_keeps_its_hemispheres(tmp_path, cell):
    [one] = read(tmp_path, {"Date": "2021-03-05", "Text": "x", "Coordinates": cell}).claims

    assert (one.latitude, one.longitude) == (-33.5, -70.25)


def test_a_code_that_stands_for_no_figure_is_said_and_the_others_are_counted(tmp_path):
    outcomes = ("dead", "wounded", "unknown")
    rows = [{"Case ID": "c1", "Date": "2021-03-05", "Outcome": outcome} for outcome in outcomes]
    found = read(tmp_path, *rows)

    assert {one.measure: one.best for one in found.claims if one.measure} == {"killed": 1, "injured": 1}
    assert [(one.code, one.row) for one in found.problems] == [("W-COUNT", 4)]


def test_a_column_of_a_running_total_holds_one(tmp_path):
    row = {"Date": "2021-03-05", "Cumulative deaths": "45", "Injured": "3"}

    assert {one.measure: one.scope for one in read(tmp_path, row).claims if one.measure} == {
        "killed": "cumulative",
        "injured": None,
    }


def test_nanoseconds_are_not_read_from_the_clock_of_windows(tmp_path):
    found = read(
        tmp_path, {"timestamp": "132161652001234567", "message": "x"}, {"timestamp": "1616691600", "message": "y"}
    )

    assert [(one.code, one.row) for one in found.problems] == [("E-TIME-EPOCH", 2)]


@pytest.mark.parametrize(
    ("column", "account"),
    [
        ("Anwohner sagen", "Anwohner"),
        ("Version de la police", "la police"),
        ("Версия жителей", "жителей"),
        ("За версією поліції", "поліції"),
    ],
)
def test_a_statement_is_known_in_the_plural_and_as_a_version(column, account):
    [one] = guess([column], [{column: "They came."}])

    assert one.holds == Column(holds="statement", account=account)


@pytest.mark.parametrize("arrived", ["00:00:00", "2031-03-02 00:00:00"])
def test_a_midnight_that_alone_is_out_of_order_is_a_day_without_its_time(tmp_path, arrived):
    row = {"Date": "2031-03-02", "Call": "10:00:10", "Dispatched": "10:01", "Arrived": arrived, "Cleared": "10:20"}
    found = read(tmp_path, row, zone=NEW_YORK)

    assert set(times(found.claims)) == {"call", "dispatch", "end"}
    assert [one.code for one in found.problems] == ["W-TIME-PLACEHOLDER"]


def test_a_midnight_that_follows_the_call_is_a_time(tmp_path):
    row = {"Date": "2031-03-02", "Call": "23:55", "Dispatched": "23:56", "Arrived": "00:00:00", "Cleared": "00:20"}

    assert times(read(tmp_path, row, zone=NEW_YORK).claims)["arrival"] == "2031-03-03T00:00:00-05:00"


def test_a_mapping_without_a_time_is_said(tmp_path):
    found = read(tmp_path, {"Text": "x", "Killed": "3"})

    assert [(one.code, one.severity) for one in found.problems] == [("W-MAPPING", "warning")]


def test_a_heading_with_a_full_stop_is_a_column_of_the_table(tmp_path):
    row = {"Einsatz-Nr.": "E1", "Datum": "05.03.2031", "Notruf": "23h50", "Alarmiert": "23h51", "Eintreffen": "00h02"}
    found = read(tmp_path, row, zone="Europe/Berlin")

    assert found.problems == []
    assert times(found.claims)["arrival"] == "2031-03-06T00:02:00+01:00"


def test_a_time_of_an_event_may_be_written_without_its_colon(tmp_path):
    found = read(tmp_path, {"Date": "2021-04-14", "Time": "1730", "Text": "x"})

    assert [one.began_latest.isoformat() for one in found.claims] == ["2021-04-14T17:30:00+06:00"]


def test_rows_of_a_status_each_are_the_milestones_of_a_unit():
    codes = ("RECEIVED", "DISPATCHED", "ONSCENE", "CLEARED")
    rows = [{"Event": "A1", "Status": code, "Timestamp": "2031-03-02 10:00:00"} for code in codes]

    assert list(guessed(*rows).values()) == ["event_id", "kind", "when"]


def test_a_length_without_its_begin_is_said(tmp_path):
    row = {"Call": "2031-01-02T10:00-05:00", "Turnout Time": "1.5", "Response Time": "6"}
    turnout = Column(holds="en_route", since="dispatch")
    told = {"Call": Column(holds="call"), "Response Time": Column(holds="arrival", since="call")}
    found = read(tmp_path, row, zone=NEW_YORK, columns=told | {"Turnout Time": turnout})

    assert guessed(row)["Turnout Time"] is None, "it would begin at a dispatch that the table does not tell"
    assert [(one.code, one.column) for one in found.problems] == [("W-DURATION", "turnout_time")]


@pytest.mark.parametrize("offset", ["+05:00", "+05:30"])
def test_a_column_of_offsets_is_guessed_and_read(tmp_path, offset):
    row = {"date": "2021-03-25", "time": "20:25", "UTC offset": offset, "Text": "x"}

    assert [one.began_latest.isoformat() for one in read(tmp_path, row).claims] == [f"2021-03-25T20:25:00{offset}"]
