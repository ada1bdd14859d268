"""ACLED: every schema says the same of one event, a coded number gets its word back, and nothing is counted twice."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.claims_for_tests import table
from tests.ingest.codebooks.tables import written
from tests.lies.small_stories import ACLED, told

from contested.ingest.codebooks import acled, recognise
from contested.ingest.options import Given

OLD = {
    "EVENT_ID_CNTY": "KAZ1",
    "EVENT_ID_NO_CNTY": "1",
    "EVENT_DATE": "15-Feb-20",
    "YEAR": "2020",
    "TIME_PRECISION": "1",
    "EVENT_TYPE": "Battles",
    "SUB_EVENT_TYPE": "Armed clash",
    "ACTOR1": "North",
    "ALLY_ACTOR_1": "",
    "INTER1": "4",
    "ACTOR2": "South",
    "ALLY_ACTOR_2": "",
    "INTER2": "4",
    "INTERACTION": "44",
    "COUNTRY": "Kazakhstan",
    "ADMIN1": "Jambyl",
    "LOCATION": "Masanchi",
    "LATITUDE": "42.9289",
    "LONGITUDE": "75.3019",
    "GEO_PRECISION": "1",
    "SOURCE": "Vlast",
    "NOTES": "Around 15 February, North and South clashed.",
    "FATALITIES": "5",
}
"""The same event as an old release wrote it: upper case, numbers for the types of actors, no time of its own."""


@pytest.fixture
def read_rows(tmp_path):
    return lambda *rows, zone=None: written(tmp_path, *rows, zone=zone)


def killed(found):
    [figure] = [one for one in found.claims if one.measure]
    return figure


def test_a_row_is_an_event_and_how_many_were_reported_killed(read_rows):
    event, figure = read_rows(ACLED).claims

    assert (event.claim_id, event.kind, event.subkind, event.measure) == ("acled-KAZ1", "clash", "Armed clash", None)
    assert (figure.claim_id, figure.kind, figure.best) == ("acled-KAZ1-killed", "casualties", 5)
    assert (event.account, event.source_id, event.place) == ("ACLED", "Vlast", "Masanchi, Jambyl")
    assert event.summary == "Armed clash: North (identity militia) and South (identity militia), Masanchi, Jambyl."


def test_its_timestamp_is_when_acled_said_it_and_not_when_it_happened(read_rows):
    event = read_rows(ACLED).claims[0]

    assert event.stated_at == datetime(2020, 3, 1, tzinfo=UTC)
    assert (event.began_earliest, event.ended_latest) == (
        datetime(2020, 2, 15, tzinfo=UTC),
        datetime(2020, 2, 16, tzinfo=UTC),
    )


def test_injured_are_never_told_of_and_so_unknown(read_rows):
    assert {one.measure for one in read_rows(ACLED).claims} == {None, "killed"}
    assert "injured" not in told("casualty-counts", *read_rows(ACLED).claims).sentences[0]


def test_an_old_release_says_the_same_of_the_event_but_not_when(read_rows):
    old, new = ([one.model_dump() for one in read_rows(row).claims] for row in (OLD, ACLED))

    assert recognise(OLD).name == recognise(ACLED).name == "acled"
    assert old == [one | {"stated_at": None} for one in new]


@pytest.mark.parametrize("style", ["2020-02-15", "15 February 2020", "15-Feb-20", "15-Feb-2020", "15/02/2020"])
def test_every_style_of_date_is_the_same_day(read_rows, style):
    assert read_rows(ACLED | {"event_date": style}).claims == read_rows(ACLED).claims


def test_the_order_of_a_date_is_settled_by_the_other_dates_of_the_column(read_rows):
    first, second = (
        ACLED | {"event_id_cnty": one, "event_date": on} for one, on in (("K1", "02/03/2020"), ("K2", "15/02/2020"))
    )

    assert [one.began_earliest.date().isoformat() for one in read_rows(first, second).claims if not one.measure] == [
        "2020-03-02",
        "2020-02-15",
    ]


@pytest.mark.parametrize(
    ("written", "year", "day"),
    [("31-12-19", "2019", "2019-12-31"), ("12/31/19", "2019", "2019-12-31"), ("05-06-97", "1997", None)],
)
def test_a_year_of_two_digits_is_held_against_the_year_of_its_row(read_rows, written, year, day):
    found = read_rows(ACLED | {"event_date": written, "year": year})

    assert {one.began_earliest.date().isoformat() for one in found.claims} == ({day} if day else set())
    assert [one.code for one in found.problems] == ([] if day else ["E-DATE-AMBIGUOUS"])


@pytest.mark.parametrize(("stamp", "said"), [("1583020800", True), ("1583020800000", True), ("0", False)])
def test_the_stamp_may_be_in_thousandths_and_nought_is_no_time(read_rows, stamp, said):
    found = read_rows(ACLED | {"timestamp": stamp})

    assert found.claims[0].stated_at == (datetime(2020, 3, 1, tzinfo=UTC) if said else None)
    assert [one.code for one in found.problems] == ([] if said else ["W-TIME-PLACEHOLDER"])


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"event_date": "02/03/2020"}, "event_date", "may be 2 March 2020 or 3 February 2020"),
        ({"event_date": "15 Febtober 2020"}, "event_date", "'15 febtober' is no time of the day"),
        ({"event_date": "30 February 2020"}, "event_date", "February 2020 had 29 days"),
        ({"event_date": "15-Feb-21"}, "event_date", "not in 2020, the year of its row"),
        ({"event_id_cnty": ""}, "event_id_cnty", "empty"),
        ({"event_type": ""}, "event_type", "empty"),
        ({"time_precision": "4"}, "time_precision", "not in the list"),
        ({"fatalities": "a few"}, "fatalities", "not a whole number"),
        ({"timestamp": "yesterday"}, "timestamp", "not a whole number"),
        ({"timestamp": "9" * 11}, "timestamp", "no time that can be kept"),
    ],
    ids=str,
)
def test_a_cell_that_cannot_be_read_stops_its_row_and_no_other(read_rows, cells, column, reason):
    found = read_rows(ACLED | cells, ACLED | {"event_id_cnty": "KAZ2"})

    assert {(one.row, one.column) for one in found.problems} == {(2, column)}
    assert found.problems[0].reason.startswith(reason)
    assert (found.accepted, found.rejected) == ({3}, {2})


@given(st.dates(datetime(1997, 1, 1).date(), datetime(2030, 1, 1).date()), st.sampled_from("123"))  # noqa: DTZ001 days
def test_the_day_that_is_named_lies_within_what_its_precision_reaches(on, precision):
    row = ACLED | {"event_date": str(on), "year": str(on.year), "time_precision": precision}

    event = next(iter(acled.to_claims(2, row, Given("acled.csv"))))
    assert event["began_earliest"].date() <= on < event["ended_latest"].date()
    assert (event["ended_latest"] - event["began_earliest"]).days == {
        "1": 1,
        "2": 13,
        "3": pd.Timestamp(on).days_in_month,
    }[precision]


@pytest.mark.parametrize(("code", "km"), [("1", None), ("2", 50), ("3", 200)])
def test_geo_precision_is_a_radius(read_rows, code, km):
    assert read_rows(ACLED | {"geo_precision": code}).claims[0].radius_km == km


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (("Battle-No change of territory", ""), "clash"),
        (("Violence against civilians", "Attack"), "assault"),
        (("Strategic developments", "Arrests"), "detention"),
        (("Strategic developments", "Looting/property destruction"), "damage"),
        (("Protests", "Peaceful protest"), "other"),
        (("Explosions/Remote violence", "Shelling/artillery/missile attack"), "other"),
    ],
    ids=lambda one: one if isinstance(one, str) else one[0],
)
def test_a_type_becomes_a_kind_only_where_it_means_the_same(read_rows, types, kind):
    event = read_rows(ACLED | dict(zip(("event_type", "sub_event_type"), types, strict=True))).claims[0]

    assert event.kind == kind
    assert event.subkind == (types[1] or types[0])


# Numbers that stand for words


@pytest.mark.parametrize(
    ("fatalities", "notes", "low", "word"),
    [
        ("10", "Several people were killed.", None, "several"),
        ("10", "Tens of fighters died.", 10, "tens"),
        ("12", "Dozens were killed.", 12, "dozens"),
        ("100", "Hundreds of people were killed.", 100, "hundreds"),
        ("12", "Shelling of the market killed at least dozens of people.", 12, "dozens"),
        ("10", "The raid ended with many killed.", None, "many"),
        ("3", "An unknown number of people died.", None, "unknown number"),
    ],
)
def test_a_number_that_stands_for_a_word_has_its_word_beside_it_and_is_flagged(read_rows, fatalities, notes, low, word):
    found = read_rows(ACLED | {"fatalities": fatalities, "notes": notes})

    figure = killed(found)
    assert (figure.low, figure.best, figure.high, figure.figure_words) == (low, int(fatalities), None, word)
    [flag] = found.problems
    assert (flag.code, flag.column, flag.value, flag.severity) == ("W-NUM-WORDS", "fatalities", fatalities, "warning")
    assert flag.reason == f"ACLED writes {fatalities} where reports say “{word}”"


@pytest.mark.parametrize(
    ("fatalities", "notes"),
    [
        ("12", "12 people were killed, dozens of houses burnt."),
        ("12", "Twelve people were killed, dozens of houses burnt."),
        ("10", "Ten died and several were hurt."),
        ("14", "Dozens were hurt."),
        ("12", "North and South clashed."),
        ("3", "Thousands of people met at the bridge; a guard, a cook and a child died."),
        ("3", "A guard and two drivers were killed and several others wounded."),
        ("12", "Scores of sheds burned; a dozen men died."),
        ("3", "Several gunmen killed a driver and two passengers."),
        ("3", "A driver was killed by several gunmen, two more died later."),
        ("3", "Several cattle were killed, and a family of herders died."),
        ("100", "Dozens of people were killed."),
        ("10", "Many sheds burned where people died."),
    ],
)
def test_a_number_that_was_reported_stays_a_number(read_rows, fatalities, notes):
    found = read_rows(ACLED | {"fatalities": fatalities, "notes": notes})

    assert (killed(found).best, killed(found).figure_words) == (int(fatalities), None)
    assert found.problems == []


def test_no_reported_deaths_are_at_least_none_and_an_empty_cell_is_nothing_said(read_rows):
    none, empty = (read_rows(ACLED | {"fatalities": cell}) for cell in ("0", ""))

    assert (killed(none).low, killed(none).best, killed(none).figure_words) == (0, None, "none reported")
    assert [one.measure for one in empty.claims] == [None]


# One event in several rows


def test_an_event_with_a_row_for_each_actor_is_counted_once_and_says_so(read_rows):
    turned = {"actor1": "South", "actor2": "North"}
    found = read_rows(ACLED, ACLED | turned)

    assert found.claims == read_rows(ACLED).claims
    assert (found.accepted, found.rejected) == ({2}, {3})
    assert all("row 2" in problem.reason for problem in found.problems)


def test_an_event_with_one_actor_in_each_row_keeps_them_all_and_is_counted_once(read_rows):
    alone = ACLED | {"actor2": "", "inter2": ""}
    found = read_rows(alone, alone | {"actor1": "South"})

    event, figure = found.claims
    assert event.summary == "Armed clash: North (identity militia) and South (identity militia), Masanchi, Jambyl."
    assert figure.best == 5
    [told] = found.problems
    assert (told.code, told.row, told.column, told.severity) == ("W-ID-REPEAT", 3, "event_id_cnty", "warning")


def test_two_numbers_under_one_id_are_one_event_and_the_advice_does_not_make_two_of_it(read_rows):
    found = read_rows(ACLED, ACLED | {"fatalities": "9", "actor1": "West"})

    [told] = found.problems
    assert (told.row, told.column, told.value, told.reason) == (3, "event_id_cnty", "KAZ1", "already used in row 2")
    assert told.fix == "keep the row that is right: under one id stands one event, which is counted once"


def test_the_row_of_tags_that_humanitarian_data_have_is_passed_over_with_a_notice(read_rows):
    tags = dict.fromkeys(ACLED, "") | {"event_date": "#date+occurred", "fatalities": "#affected+killed"}
    found = read_rows(tags, ACLED)

    assert [(one.code, one.row, one.severity) for one in found.problems] == [("W-HXL", 2, "warning")]
    assert found.claims == read_rows(ACLED).claims


def test_an_event_told_otherwise_by_a_second_row_is_not_counted_once_in_silence(read_rows):
    found = read_rows(ACLED, ACLED | {"fatalities": "9"})

    assert [(one.row, one.severity) for one in found.problems][:1] == [(3, "error")]
    assert killed(found).best == 5


def test_a_row_that_was_refused_does_not_stand_in_for_one_that_is_right(read_rows):
    found = read_rows(ACLED | {"time_precision": "9"}, ACLED)

    assert (found.accepted, found.rejected) == ({3}, {2})


# What ACLED took back


def test_an_event_of_the_deleted_list_is_withdrawn_from_then_on(tmp_path, read_rows):
    stamp = int(datetime(2020, 4, 1, tzinfo=UTC).timestamp())
    gone = written(tmp_path, {"event_id_cnty": "KAZ1", "deleted_timestamp": str(stamp)}).claims
    before, after = "2020-03-15T00:00Z", "2020-04-02T00:00Z"

    claims = [*read_rows(ACLED).claims, *gone]
    assert told("casualty-counts", *claims, as_known_at=before).sentences[0].startswith("5 people killed")
    assert told("casualty-counts", *claims, as_known_at=after).sentences[0].startswith("No account")


def test_the_deleted_list_names_what_it_takes_back(tmp_path):
    row = {"EVENT_ID_CNTY": "KAZ1", "DELETED_TIMESTAMP": "1585699200"}
    [gone] = written(tmp_path, row).claims

    assert recognise(row).name == "acled_deleted"
    assert (gone.status, gone.supersedes) == ("withdrawn", ("acled-KAZ1", "acled-KAZ1-killed"))
    assert gone.stated_at == datetime(2020, 4, 1, tzinfo=UTC)
    assert not written(tmp_path, row | {"DELETED_TIMESTAMP": ""}).claims


def test_a_file_of_many_events_loses_no_row(tmp_path):
    days = pd.date_range("2020-01-01", periods=60).strftime("%d %B %Y")
    rows = [ACLED | {"event_id_cnty": f"KAZ{number}", "event_date": on} for number, on in enumerate(days)]
    broken = [row | {"time_precision": "9"} if number % 7 == 0 else row for number, row in enumerate(rows)]

    found = written(tmp_path, *broken)
    assert (len(found.accepted), len(found.rejected)) == (51, 9)
    naive = pd.read_csv(table(tmp_path / "naive.csv", *broken)).query("time_precision == 1")["fatalities"].sum()
    assert sum(one.best for one in found.claims if one.measure) == naive == 255
    assert max(one.ended_latest for one in found.claims) == datetime(2020, 2, 29, tzinfo=UTC) + timedelta(1)
