"""The shared cases of tables that nobody knows, read as their mapping is proposed and a person completes it."""

import json
from datetime import datetime

import pytest
from tests.claims_for_tests import table

from contested import Claim, Problem, Selection, Store, answer, open_story
from contested.charts import CHARTS
from contested.ingest.formats import rows
from contested.ingest.guesses import proposed
from contested.ingest.mapping import Column, written
from contested.ingest.options import Given
from contested.ingest.reader import numbered
from contested.model.arrow_schema import from_arrow

ALMATY, NEW_YORK = "Asia/Almaty", "America/New_York"


@pytest.fixture
def mapped(case):
    """Read a case by the mapping that is proposed for it, with what a person adds."""

    def read(name, **said):
        path = case(name)
        some = [row for _, row in rows(path, Given(path.name)) if not isinstance(row, Problem)]
        mapping = proposed(list(some[0]), some, path.name).model_copy(update=said)
        return list(numbered(path, Given(path.name, mapping=written(mapping))))

    return read


def claims(found):
    return [one for _, one in found if isinstance(one, Claim)]


def problems(found, severity="error"):
    return [(one.code, one.row) for _, one in found if isinstance(one, Problem) and one.severity == severity]


def minutes(found, start="call", stop="arrival"):
    """Give the minutes from one milestone to another, by event."""
    at = {(one.event_id, one.kind): one.began_latest for one in claims(found)}
    events = dict.fromkeys(one.event_id for one in claims(found))
    return {
        event: round((at[event, stop] - at[event, start]).total_seconds() / 60, 2)
        for event in events
        if (event, stop) in at
    }


def figures(found, measure):
    return [(one.low, one.best, one.high) for one in claims(found) if one.measure == measure]


def began(found):
    return [one.began_earliest.isoformat() for one in claims(found) if one.measure is None]


# Dispatch


def test_a_wide_log_is_read_by_its_milestones_and_groups(mapped):
    found = mapped("dispatch/wide_log.csv", zone=NEW_YORK)

    assert not problems(found) + problems(found, "warning")
    assert minutes(found) == {"31-000101": 7.14, "31-000103": 5.51}
    assert minutes(found, stop="end")["31-000102"] == 11.13
    groups = [json.loads(one.groups) for one in claims(found) if one.kind == "call"]
    assert [one["Agency"] for one in groups] == ["EMS", "POLICE", "FIRE"]
    assert [one["Disposition"] for one in groups] == ["UNDEFINED", "CANCELLED", "REPORT"]


def test_lengths_alone_are_reckoned_from_the_call_and_placeholders_are_flagged(mapped):
    found = mapped("dispatch/durations_only.csv")

    assert minutes(found)["1"] == 9.7
    [doubted] = [one for one in claims(found) if one.event_id == "2" and one.kind == "arrival"]
    assert (doubted.began_latest - doubted.began_earliest).total_seconds() == 120, "any time until the end"
    assert minutes(found, stop="dispatch")["1"] == 4.6, "intake and dispatch"
    assert problems(found, "warning") == [("W-DURATION", 3)] * 2, "dispatched after -1 minutes, arrived after 0"


def test_a_log_of_two_digit_years_is_asked_for_its_order_and_na_is_empty(mapped):
    assert {code for code, _ in problems(mapped("dispatch/two_digit_year_na.csv", zone=NEW_YORK))} == {
        "E-DATE-AMBIGUOUS"
    }
    found = mapped("dispatch/two_digit_year_na.csv", zone=NEW_YORK, date_order="month")

    assert not problems(found)
    assert minutes(found) == {"V1": 9.0}
    assert minutes(found, stop="end") == {"V1": 108.0, "V2": 21.0, "V3": 21.0}
    assert {one.began_latest.date().isoformat() for one in claims(found)} == {"2031-01-02"}
    assert {(one.event_id, one.subkind) for one in claims(found)} == {("V1", "R10"), ("V2", "R09"), ("V3", None)}


@pytest.mark.parametrize(
    ("name", "waits"),
    [
        ("police_am_pm", {"9031000000821": 42.67, "9031000000823": 0.0}),
        ("no_unit_am_pm", {"N1": 9.0, "N2": 6.0}),
        ("slashed_iso_offset_00", None),
    ],
)
def test_clocks_of_twelve_hours_are_read(mapped, name, waits):
    found = mapped(f"dispatch/{name}.csv", zone=NEW_YORK)

    assert not problems(found)
    assert minutes(found) == waits or (waits is None and set(minutes(found).values()) == {7.0})


def test_a_person_overrules_the_zone_of_a_log_and_it_is_said(mapped):
    found = mapped("dispatch/local_time_with_z.csv", zone=NEW_YORK, ignore_offsets=True)

    assert began(found)[0] == "2031-01-01T00:06:48-05:00"
    assert ("W-TZ-IGNORED", 2) in problems(found, "warning")


# Events


@pytest.mark.parametrize("name", ["en_sheet", "ru_sheet"])
def test_a_sheet_of_two_sides_is_two_accounts_of_shared_events(mapped, name):
    found = mapped(f"events/{name}.csv", zone=ALMATY)

    told = [one for one in claims(found) if one.measure is None]
    assert not problems(found)
    assert len({one.account for one in told}) == 2
    assert len({one.event_id for one in told}) == 4
    assert len(told) == 8
    assert figures(found, "killed") == [(10, None, None), (8, None, 11), (3, None, None)]
    assert figures(found, "injured") == [(None, 1200, None), (None, 40, None), (None, None, 200), (None, 0, None)]
    assert began(found)[::2][:3] == [
        "2021-03-05T18:00:00+06:00",
        "2021-03-06T17:00:00+06:00",
        "2021-03-08T00:00:00+06:00",
    ]
    night, day = told[2], told[6]
    assert night.ended_latest.isoformat() == "2021-03-07T05:00:00+06:00"
    assert (day.began_latest - day.began_earliest).total_seconds() == 24 * 3600


def test_two_clean_sides_stand_side_by_side_in_one_import(mapped):
    found = mapped("events/two_sides_clean.csv", zone=ALMATY)

    told = [one for one in claims(found) if one.measure is None]
    assert [(one.account, one.began_latest.isoformat()[11:16]) for one in told] == [
        (side, at) for at in ("18:00", "17:00", "09:00") for side in ("side A", "side B")
    ]
    assert len({one.claim_id for one in claims(found)}) == len(claims(found))
    assert figures(found, "killed") == [(None, 10, None), (None, 8, None), (None, 0, None)]


def test_what_parts_thousands_is_never_read_as_a_fraction(mapped):
    found = mapped("events/thousands_dot.csv", zone=ALMATY)

    assert figures(found, "killed") == [(None, 1000, None), (None, 1200, None), (None, 2000, None)]
    assert figures(found, "injured") == [(None, 12000, None), (None, 3, None), (None, 1200, None)]


def test_a_column_of_two_orders_is_flagged_with_both_rows(mapped):
    found = mapped("events/two_orders.csv", zone=ALMATY)

    assert not [one for one in claims(found) if "05/03" in (one.time_words or "")]
    reasons = [one.reason for _, one in found if isinstance(one, Problem) and one.code == "E-DATE-AMBIGUOUS"]
    assert any("row 2" in reason for reason in reasons)
    assert any("row 3" in reason for reason in reasons)


def test_a_row_of_totals_is_no_event(mapped):
    found = mapped("events/totals.csv", zone=ALMATY)

    assert figures(found, "killed") == [(None, 3, None), (None, 4, None)]
    assert problems(found, "warning") == [("W-ROW-PASSED", 4)]


def test_coordinates_are_read_as_they_are_written_and_swapped_ones_flagged(mapped):
    found = mapped("events/latin_coords.csv", zone=ALMATY)

    points = [(one.latitude, one.longitude) for one in claims(found) if one.measure is None]
    assert points[0] == (43.1234, 75.4321)
    assert points[2] == pytest.approx((43.12333, 75.43222), abs=1e-4)
    [far] = [one for _, one in found if isinstance(one, Problem)]
    assert (far.code, far.row) == ("W-GEO-FAR", 3)
    assert "swapped" in far.reason


def test_vague_figures_stay_what_they_leave_open(mapped):
    found = mapped("events/vague_mapped.csv", zone=ALMATY)

    assert figures(found, "killed") == [(10, None, None), (10, None, 12), (None, 4, None)]
    assert figures(found, "injured") == [(None, 5, None), (None, 40, None), (None, None, 200)]


def test_a_zone_a_row_and_an_end_before_the_begin(mapped):
    found = mapped("events/tz_column.csv")

    assert began(found) == ["2021-03-25T20:25:00+05:30"]
    assert problems(found) == [("E-TIME-ORDER", 3)]


def test_american_dates_are_settled_by_their_column_and_the_year_agrees(mapped):
    encounters = mapped("events/police_encounters.csv", zone="America/Chicago")
    magazine = mapped("events/shootings_magazine.csv", zone=NEW_YORK)

    assert [moment[:10] for moment in began(encounters)] == ["2021-04-14", "2021-03-04"]
    assert {one.kind for one in claims(encounters)} == {"other"}
    assert not problems(encounters) + problems(magazine) + problems(encounters, "warning")
    dates = {one.event_id: one.began_earliest.date().isoformat() for one in claims(magazine)}
    assert dates == {"Club attack": "2016-06-12", "Factory attack": "2016-02-25", "Base attack": "2013-09-16"}
    assert [one.latitude for one in claims(magazine)] == [None] * len(claims(magazine))


def test_one_row_a_victim_is_counted_by_its_code(mapped):
    found = mapped("events/victims.csv", zone=ALMATY)

    assert {one.event_id for one in claims(found)} == {"inc001"}
    assert figures(found, "killed") == [(None, 2, None)]
    assert figures(found, "injured") == [(None, 1, None)]
    assert not problems(found)


def test_microseconds_are_held_against_the_time_beside_them(mapped):
    found = mapped("events/timesketch.csv")

    assert [row for _, row in problems(found)] == [2]
    assert problems(found, "warning") == [("W-TIME-DIFFERS", 3)]
    assert claims(found)[1].began_latest == datetime.fromisoformat("2021-03-25T17:00+00:00")


def test_nested_sources_are_two_documents(mapped):
    found = mapped("events/nested_sources.json", zone="Europe/Kyiv")

    assert [(one.event_id.rpartition("/")[2], one.source_id) for one in claims(found)] == [
        ("CIV1", "https://example.org/1"),
        ("CIV1", "https://example.org/2"),
        ("CIV2", "nested_sources.json"),
    ]
    assert began(found)[2][:10] == "2022-03-04"


# Publishers


def test_a_mapping_of_today_is_read_from_its_folder_and_a_day_is_a_day(case):
    story = open_story(case("publishers/day_only/mine.csv"))

    assert not story.problems
    first = next(one for one in from_arrow(story.claims) if one.measure is None)
    days = [datetime.fromisoformat(f"2022-01-0{day}T00:00+06:00") for day in (6, 7)]
    assert [first.began_earliest, first.ended_latest] == days


def test_a_midnight_beside_minutes_is_a_minute_and_headings_again_are_no_event(case):
    found = list(numbered(case("publishers/midnight_log/log.csv")))

    assert [one.began_earliest == one.began_latest for one in claims(found)] == [True] * 5
    assert problems(found, "warning") == [("W-ROW-PASSED", 5)]


def test_every_chart_answers_of_a_mapped_case(mapped, tmp_path):
    found = claims(mapped("events/en_sheet.csv", zone=ALMATY)) + claims(mapped("dispatch/wide_log.csv", zone=NEW_YORK))
    told = [
        {name: value for name, value in one.model_dump(mode="json").items() if value not in (None, [])} for one in found
    ]
    columns = dict.fromkeys(name for one in told for name in one)
    story = open_story(
        table(tmp_path / "claims.csv", *({name: str(one.get(name, "")) for name in columns} for one in told))
    )

    assert not story.problems
    assert all(answer(chart, story, Store(story.claims), Selection()).title for chart in CHARTS)


def test_a_proposed_mapping_can_be_edited_by_hand(mapped):
    statement = Column(holds="statement", account="The ministry")
    columns = {"Datum": Column(holds="when"), "Text": statement, "Tote": Column(holds="killed")}
    found = mapped("events/thousands_dot.csv", zone=ALMATY, columns=columns)

    assert {one.account for one in claims(found) if one.measure is None} == {"The ministry"}


def test_a_filled_sheet_is_read_whatever_is_said_first_and_its_sides_are_compared(case):
    path = case("events/filled_sheet.csv")
    found = list(numbered(path, Given(path.name, ALMATY, accounts=("Side A", "Side B"), vague=True)))

    assert not problems(found)
    assert {one.account for one in claims(found)} == {"Side A", "Side B"}
    assert {one.event_id for one in claims(found)} == {"E1", "E2"}
