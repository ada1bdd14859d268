"""Dispatch logs: stamps keep their second, zones are asked for, midnight turns the day, and units are told apart."""

from datetime import datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ingest.codebooks.tables import Reading, published, written
from tests.lies.small_stories import fixture, told

from contested.ingest.codebooks import dispatch
from contested.ingest.options import Given
from contested.ingest.reader import numbered

HERE = "America/Los_Angeles"
BY_UNIT = "response/sf_fire_calls_nikitaAD.extract2000.csv"
BY_CALL = "response/rvfd_calls.extract2000.csv"

UNIT = {
    "Call Number": "163660001",
    "Unit ID": "E39",
    "Call Type": "Alarms",
    "Received DtTm": "12/31/2016 11:57:56 PM",
    "Dispatch DtTm": "12/31/2016 11:59:42 PM",
    "On Scene DtTm": "01/01/2017 12:04:18 AM",
    "Available DtTm": "01/01/2017 12:24:11 AM",
    "Address": "0 Block of BALCETA AVE",
    "Location": "(37.745858, -122.456664)",
}
CALL = {
    "incident_num": "10000391",
    "incident_date": "1/16/10 12:00 AM",
    "call_type": "12A1      ",
    "Unit_Dispatch_Times": "FIRT1=22:35:55, DOUG10=22:35:55, M6=22:53:10",
    "Unit_Enroute_Times": "M6=22:55:24",
    "Unit_Arrive_Times": "FIRT1=22:42:31, M6=23:22:42",
    "Unit_Clear_Times": "DOUG10=22:53:19, FIRT1=23:36:59, M6=00:43:39",
}


@pytest.fixture
def read_rows(tmp_path):
    return lambda *rows, zone=HERE: written(tmp_path, *rows, zone=zone)


def clocks(found):
    return {(one.kind.value, one.subkind): one.began_latest.strftime("%d %H:%M:%S") for one in found.claims}


# One row per unit


def test_each_stamp_of_a_unit_s_row_is_a_milestone_to_the_second(read_rows):
    found = read_rows(UNIT)

    assert clocks(found) == {
        ("call", "E39"): "31 23:57:56",
        ("dispatch", "E39"): "31 23:59:42",
        ("arrival", "E39"): "01 00:04:18",
        ("end", "E39"): "01 00:24:11",
    }
    assert all(one.began_earliest == one.began_latest == one.stated_at for one in found.claims)
    assert {one.event_id for one in found.claims} == {"call-163660001"}
    assert found.problems == []


def test_a_unit_is_out_from_its_dispatch_until_it_is_free(read_rows):
    sent = read_rows(UNIT).one("call-163660001-E39-dispatch")

    assert sent.ended_earliest == sent.ended_latest == datetime.fromisoformat("2017-01-01T00:24:11-08:00")


def test_the_words_of_the_log_its_place_and_its_zone_are_kept(read_rows):
    call = read_rows(UNIT).one("call-163660001-E39-call")

    assert (call.time_words, call.zone, call.time_basis) == ("12/31/2016 11:57:56 PM", HERE, "logged")
    assert (call.place, call.latitude, call.longitude) == ("0 Block of BALCETA AVE", 37.745858, -122.456664)
    assert (call.account, call.source_id, call.locator) == ("dispatch log", "publisher.csv", "row 2")
    assert call.summary == "Call received: Alarms."


def test_without_a_zone_the_zone_is_asked_for_and_nothing_is_guessed(read_rows):
    found = read_rows(UNIT, CALL | UNIT | {"Unit ID": "E40"}, zone=None)

    assert found.claims == []
    assert {(one.code, one.column) for one in found.problems} == {("E-TZ-NONE", "received_dttm")}
    assert {one.fix for one in found.problems} == {"name the zone of the file's clocks, such as Asia/Almaty"}


def test_a_stamp_with_an_offset_needs_no_zone(read_rows):
    aware = {name: "2016-12-31T23:57:56-08:00" for name in UNIT if name.endswith("DtTm")}

    assert len(read_rows(UNIT | aware, zone=None).claims) == 4


def test_the_names_and_stamps_of_the_interface_are_read_like_those_of_the_file(read_rows):
    names = {name: name.lower().replace(" ", "_") for name in UNIT}
    stamps = {name: pd.to_datetime(UNIT[name]).isoformat() + ".000" for name in UNIT if name.endswith("DtTm")}

    assert clocks(read_rows({names[name]: cell for name, cell in (UNIT | stamps).items()})) == clocks(read_rows(UNIT))


def test_a_unit_that_never_arrived_has_no_arrival(read_rows):
    found = read_rows(UNIT | {"On Scene DtTm": ""})

    assert [one.kind for one in found.claims] == ["call", "dispatch", "end"]


@pytest.mark.parametrize(
    ("stamp", "code", "reason"),
    [
        ("03/13/2016 02:30:00 AM", "E-TZ-GAP", "2016-03-13 02:30:00 did not happen in America/Los_Angeles"),
        ("11/06/2016 01:30:00 AM", "E-TZ-AMBIGUOUS", "2016-11-06 01:30:00 happened twice in America/Los_Angeles"),
        ("13/31/2016 01:30:00 AM", "E-TIME", "there is no month 13"),
        ("12/31/2016 13:30:00 PM", "E-TIME", "a clock of twelve hours shows 1 to 12"),
        ("12/31/2016 00:30:00 AM", "E-TIME", "a clock of twelve hours shows 1 to 12"),
        ("12/31/2016 25:30:00", "E-TIME", "there is no hour 25"),
        ("New Year's Eve", "E-TIME", "not a time"),
    ],
)
def test_a_stamp_that_did_not_happen_or_happened_twice_stops_the_row(read_rows, stamp, code, reason):
    found = read_rows(UNIT | {"On Scene DtTm": stamp}, UNIT | {"Unit ID": "E40"})

    [problem] = found.problems
    assert (problem.row, problem.code, problem.column, problem.value) == (2, code, "on_scene_dttm", stamp)
    assert problem.reason.startswith(reason)
    assert found.accepted == {3}


def test_an_hour_that_happened_twice_here_happened_once_elsewhere(read_rows):
    fold = {name: "2016-11-06 01:30:00" for name in UNIT if name.endswith("DtTm")}

    assert read_rows(UNIT | fold).claims == []
    assert len(read_rows(UNIT | fold, zone="Asia/Almaty").claims) == 4


def test_stamps_out_of_order_are_kept_and_flagged(read_rows):
    found = read_rows(UNIT | {"On Scene DtTm": "12/31/2016 11:00:00 PM"})

    assert found.codes() == {("W-TIME-ORDER", "warning"): 1}
    assert clocks(found)["arrival", "E39"] == "31 23:00:00"


@pytest.mark.parametrize("cells", [{"Call Number": ""}, dict.fromkeys(list(UNIT)[3:7], "")], ids=str)
def test_a_row_without_its_call_or_any_stamp_says_so(read_rows, cells):
    found = read_rows(UNIT | cells)

    assert found.codes() == {("E-EMPTY", "error"): 1}


def test_a_row_without_a_unit_is_one_unit_of_its_call(read_rows):
    found = read_rows(UNIT | {"Unit ID": "NA"})

    assert [(one.claim_id, one.subkind) for one in found.claims][:2] == [
        ("call-163660001-call", None),
        ("call-163660001-dispatch", None),
    ]
    assert found.claims[1].summary == "A unit was sent: Alarms."


def test_a_call_with_a_final_disposition_is_over_where_its_unit_has_no_such_stamp(read_rows):
    row = {name: cell for name, cell in UNIT.items() if name not in {"On Scene DtTm", "Available DtTm"}}
    found = read_rows(UNIT, row | {"Call Number": "2", "Call Final Disposition": "Cancelled"}, row)

    [_, over] = [one for one in found.claims if one.kind == "end"]
    assert (over.event_id, over.began_earliest.strftime("%H:%M:%S"), over.began_latest) == ("call-2", "23:59:42", None)
    assert (over.time_basis, over.stated_at) == ("derived", None)


UNENDED = {name: cell for name, cell in UNIT.items() if name != "Available DtTm"}
UNREACHED = UNENDED | {"Call Number": "2", "On Scene DtTm": ""}


@pytest.mark.parametrize(
    ("rows", "outcome"),
    [
        ((UNENDED | {"Status": "Closed"}, UNREACHED | {"Status": "CANCELLED"}), "cleared"),
        (
            (UNIT | {"Disposition": ""}, UNREACHED | {"Available DtTm": "", "Disposition": "Cancelled en route"}),
            "cleared",
        ),
        ((UNENDED | {"Status": "Closed"}, UNREACHED | {"Status": "In progress"}), "open"),
        ((UNIT, UNREACHED | {"Available DtTm": ""}), "open"),
        ((UNENDED, UNREACHED), None),
        ((UNIT | {"Status": ""}, UNREACHED | {"Available DtTm": "", "Status": "Code 4"}), None),
    ],
)
def test_a_call_is_open_only_where_its_status_or_a_log_that_has_ends_says_so(read_rows, rows, outcome):
    claims = read_rows(*rows).claims
    found = told("response-delays", *claims, start="call", stop="arrival", calls="every").records()

    outcomes = {one["event_id"]: one["outcome"] for one in found}
    assert outcomes == {"call-163660001": "reached"} | ({"call-2": outcome} if outcome else {})


# The dates of a log


def dated(pattern, *days):
    """Write a row for each day, each stamp a minute after the one before it."""
    names = [name for name in UNIT if name.endswith("DtTm")]
    begun = [datetime.fromisoformat(f"{on}T10:01:05") for on in days]
    return [
        UNIT
        | {"Call Number": f"L{number}"}
        | {name: (first + timedelta(minutes=late)).strftime(pattern) for late, name in enumerate(names)}
        for number, first in enumerate(begun)
    ]


def called(found):
    return [one.began_latest.strftime("%Y-%m-%d %H:%M") for one in found.claims if one.kind == "call"]


@pytest.mark.parametrize(
    "pattern", ["%d/%m/%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%y %H:%M", "%m-%d-%Y %H:%M", "%d.%m.%Y %H:%M"]
)
def test_the_order_of_day_and_month_is_settled_by_all_the_dates_of_the_log(read_rows, pattern):
    found = read_rows(*dated(pattern, "2031-03-05", "2031-06-07", "2031-03-15"))

    assert called(found) == ["2031-03-05 10:01", "2031-06-07 10:01", "2031-03-15 10:01"]


@pytest.mark.parametrize("pattern", ["%y-%m-%d %H:%M", "%d/%m/%y %H:%M"])
def test_a_log_that_writes_two_digits_of_its_years_is_asked_where_they_stand(read_rows, tmp_path, pattern):
    rows = dated(pattern, "2031-03-05", "2031-06-07", "2030-03-15")
    found = read_rows(*rows)

    assert {one.code for one in found.problems} == {"E-DATE-AMBIGUOUS"}
    assert not found.claims
    order = {"%y": "year", "%d": "day"}[pattern[:2]]
    said = numbered(tmp_path / "publisher.csv", Given("publisher.csv", HERE, date_order=order))
    dates = called(Reading([one for _, one in said], [], set(), set()))
    assert dates == ["2031-03-05 10:01", "2031-06-07 10:01", "2030-03-15 10:01"]


def test_the_order_is_asked_for_where_no_date_shows_it(read_rows, tmp_path):
    rows = dated("%m/%d/%Y %H:%M", "2031-05-03", "2031-05-04")
    found = read_rows(*rows)

    assert {(one.code, one.column, one.reason) for one in found.problems} == {
        ("E-DATE-AMBIGUOUS", "received_dttm", "may be 5 March 2031 or 3 May 2031"),
        ("E-DATE-AMBIGUOUS", "received_dttm", "may be 5 April 2031 or 4 May 2031"),
    }
    said = numbered(tmp_path / "publisher.csv", Given("publisher.csv", HERE, date_order="month"))
    assert called(Reading([one for _, one in said], [], set(), set())) == ["2031-05-03 10:01", "2031-05-04 10:01"]


def test_a_log_that_shows_both_orders_is_flagged_with_both_rows(read_rows):
    found = read_rows(*dated("%d/%m/%Y %H:%M", "2031-03-15"), *dated("%m/%d/%Y %H:%M", "2031-03-16"))

    assert [(one.row, one.code) for one in found.problems] == [(2, "E-DATE-AMBIGUOUS"), (3, "E-DATE-AMBIGUOUS")]
    assert "row 3 (03/16/2031 10:01)" in found.problems[0].reason
    assert "row 2 (15/03/2031 10:01)" in found.problems[1].reason


def test_a_log_of_calls_goes_by_all_its_dates_as_well(read_rows):
    first, second = CALL | {"incident_date": "6/1/10"}, CALL | {"incident_num": "2", "incident_date": "16/1/10"}

    assert {f"{one.began_latest:%Y-%m}" for one in read_rows(first, second).claims} == {"2010-01"}


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2031/11/15 11:17:00+00", "2031-11-15T11:17:00+00:00"),
        ("2031-11-15 24:00:00", "2031-11-16T08:00:00+00:00"),
        ("1952507820", "2031-11-15T11:17:00+00:00"),
        ("1952507820000", "2031-11-15T11:17:00+00:00"),
        ("1952507820000000", "2031-11-15T11:17:00+00:00"),
        ("15 Nov 2031 11:17 PM", "2031-11-16T07:17:00+00:00"),
        ("2031-11-15T11:17:00.250-08:00", "2031-11-15T19:17:00.250+00:00"),
    ],
)
def test_a_stamp_is_the_instant_that_it_says_however_it_is_written(read_rows, written, instant):
    arrival = read_rows(UNIT | dict.fromkeys(list(UNIT)[3:7], "") | {"On Scene DtTm": written}).claims[0]

    assert arrival.began_earliest == arrival.began_latest == datetime.fromisoformat(instant)


def test_a_stamp_with_another_offset_is_not_said_to_be_in_the_zone_of_the_file(read_rows):
    aware = {"On Scene DtTm": "2017-01-01T08:04:18Z", "Dispatch DtTm": "2016-12-31T23:59:42-08:00"}
    zones = {
        one.kind.value: one.zone
        for one in read_rows(UNIT | aware | {"Available DtTm": "2017-01-01T09:30:00+01:00"}).claims
    }

    assert zones == {"call": HERE, "dispatch": HERE, "arrival": "UTC", "end": None}


def test_what_was_counted_from_1970_is_said(read_rows):
    [problem] = read_rows(UNIT | dict.fromkeys(list(UNIT)[3:7], "1952507820000")).problems

    assert (problem.code, problem.severity) == ("W-TIME-EPOCH", "warning")
    assert problem.reason == "read as 2031-11-15 11:17:00 UTC, counted from 1970"


@pytest.mark.parametrize(
    "nothing",
    [
        *("1900-01-01 00:00:00", "1899-12-30 00:00:00", "1970-01-01 00:00:00", "1969-12-31 16:00:00"),
        *("0001-01-01 00:00:00", "9999-12-31 23:59:59", "1900-01-01T00:00:00Z", "01/01/1900 12:00:00 AM"),
    ],
)
def test_an_arrival_that_a_program_made_up_is_no_arrival_and_is_named(read_rows, nothing):
    found = read_rows(UNIT | {"On Scene DtTm": nothing})

    assert [one.kind for one in found.claims] == ["call", "dispatch", "end"]
    [problem] = found.problems
    assert (problem.code, problem.column, problem.value) == ("W-TIME-PLACEHOLDER", "on_scene_dttm", nothing)
    assert problem.reason.endswith("which programs write where no time is known")


BACK = {
    "Received DtTm": "2016-11-06 00:40:42",
    "Dispatch DtTm": "2016-11-06 00:42:23",
    "On Scene DtTm": "2016-11-06 00:48:45",
    "Available DtTm": "2016-11-06 01:01:05",
}
"""A night on which the clocks went back from 2 to 1, while a unit was out."""


def test_a_stamp_of_the_hour_that_clocks_showed_twice_lies_between_both_readings(read_rows):
    found = read_rows(UNIT | BACK)

    end = found.one("call-163660001-E39-end")
    assert (end.began_earliest, end.began_latest) == (
        datetime.fromisoformat("2016-11-06T01:01:05-07:00"),
        datetime.fromisoformat("2016-11-06T01:01:05-08:00"),
    )
    assert [(one.code, one.column, one.severity) for one in found.problems] == [
        ("W-TZ-AMBIGUOUS", "available_dttm", "warning")
    ]
    assert len(found.claims) == 4


def test_a_stamp_of_an_hour_that_clocks_skipped_lies_between_both_readings(read_rows):
    on = {name: stamp.replace("2016-11-06 0", "2016-03-13 0") for name, stamp in BACK.items()}
    found = read_rows(UNIT | on | {"Available DtTm": "2016-03-13 02:10:05"})

    end = found.one("call-163660001-E39-end")
    assert end.began_latest - end.began_earliest == timedelta(hours=1)
    assert found.problems[0].reason.startswith("2016-03-13 02:10:05 did not happen in America/Los_Angeles")
    assert len(found.claims) == 4


@pytest.mark.parametrize("column", ["Received DtTm", "On Scene DtTm"])
def test_a_call_or_an_arrival_of_that_hour_is_asked_about(read_rows, column):
    found = read_rows(UNIT | BACK | {column: "2016-11-06 01:38:20"})

    assert found.claims == []
    assert found.codes() == {("E-TZ-AMBIGUOUS", "error"): 1}


# All units of a call in one cell


def test_a_call_s_row_tells_each_unit_apart(read_rows):
    assert clocks(read_rows(CALL)) == {
        ("dispatch", "FIRT1"): "16 22:35:55",
        ("dispatch", "DOUG10"): "16 22:35:55",
        ("dispatch", "M6"): "16 22:53:10",
        ("en_route", "M6"): "16 22:55:24",
        ("arrival", "FIRT1"): "16 22:42:31",
        ("arrival", "M6"): "16 23:22:42",
        ("end", "DOUG10"): "16 22:53:19",
        ("end", "FIRT1"): "16 23:36:59",
        ("end", "M6"): "17 00:43:39",
    }


def test_a_call_that_goes_on_past_midnight_ends_on_the_next_day(read_rows):
    out = read_rows(CALL).one("call-10000391-M6-dispatch")

    assert out.ended_latest == datetime.fromisoformat("2010-01-17T00:43:39-08:00")
    assert out.ended_latest - out.began_latest == timedelta(hours=1, minutes=50, seconds=29)


def test_a_call_of_just_after_midnight_is_of_its_own_date(read_rows):
    early = {"incident_date": "1/17/10 0:00", "Unit_Dispatch_Times": "R1=00:03:41", "Unit_Clear_Times": "R1=01:26:10"}

    without = dict.fromkeys(["Unit_Enroute_Times", "Unit_Arrive_Times"], "NULL")
    assert clocks(read_rows(CALL | early | without)) == {
        ("dispatch", "R1"): "17 00:03:41",
        ("end", "R1"): "17 01:26:10",
    }


def test_of_a_unit_that_was_sent_twice_the_first_stamp_counts_and_all_are_kept_as_words(read_rows):
    sent = read_rows(CALL | {"Unit_Dispatch_Times": "H1=22:35:55, H1=22:35:55, H1=22:41:00"}).one(
        "call-10000391-H1-dispatch"
    )

    assert sent.began_latest == datetime.fromisoformat("2010-01-16T22:35:55-08:00")
    assert sent.time_words == "22:35:55, 22:41:00"


@pytest.mark.parametrize(
    ("cells", "code", "column", "value"),
    [
        ({"Unit_Arrive_Times": "M6"}, "E-TIME", "unit_arrive_times", "M6"),
        ({"Unit_Arrive_Times": "M6=22:55:24, T8=99:00:00"}, "E-TIME", "unit_arrive_times", "T8=99:00:00"),
        ({"incident_date": ""}, "E-EMPTY", "incident_date", ""),
        ({"incident_date": "6 maybe"}, "E-TIME", "incident_date", "6 maybe"),
        (dict.fromkeys(list(CALL)[3:], "NULL"), "E-EMPTY", "unit_dispatch_times", ""),
    ],
    ids=str,
)
def test_a_cell_of_units_that_cannot_be_read_stops_its_row(read_rows, cells, code, column, value):
    found = read_rows(CALL | cells)

    assert [(one.code, one.column, one.value) for one in found.problems] == [(code, column, value)]
    assert found.claims == []


MOMENTS = st.datetimes(datetime(2010, 4, 1), datetime(2010, 10, 1)).map(lambda one: one.replace(microsecond=0))  # noqa: DTZ001
LENGTHS = st.timedeltas(timedelta(0), timedelta(hours=11, minutes=59)).map(lambda one: timedelta(seconds=one.seconds))


@given(MOMENTS, st.lists(LENGTHS, min_size=1, max_size=4))
def test_every_stamp_within_half_a_day_of_the_first_gets_its_own_date_back(first, lengths):
    units = ", ".join(f"U{number}={first + late:%H:%M:%S}" for number, late in enumerate(lengths))
    row = CALL | {
        "incident_date": f"{first.month}/{first.day}/{first:%y} 0:00",
        "Unit_Dispatch_Times": f"U0={first:%H:%M:%S}",
        "Unit_Enroute_Times": "NULL",
        "Unit_Arrive_Times": units,
        "Unit_Clear_Times": "NULL",
    }
    _, *arrivals = dispatch.by_call(2, row, Given("log.csv", HERE, date_order="month"))

    assert [one["began_latest"].replace(tzinfo=None) for one in arrivals] == [first + late for late in lengths]


# Logs as they were published


def naive_log():
    log = pd.read_csv(fixture(BY_UNIT))
    for column in ("Received DtTm", "On Scene DtTm"):
        log[column] = pd.to_datetime(log[column], format="%m/%d/%Y %I:%M:%S %p")
    return log


def firsts(path):
    """Give the first moment of each milestone of each call, from our claims."""
    claims = pd.DataFrame([(one.event_id, one.kind.value, one.began_latest) for one in published(path, HERE).claims])
    return claims.pivot_table(index=0, columns=1, values=2, aggfunc="min")


def test_a_log_of_units_loses_no_row():
    log, found = naive_log(), published(BY_UNIT, HERE)

    assert (len(found.accepted), len(found.rejected)) == (len(log), 0)
    optional = ["Response DtTm", "On Scene DtTm", "Transport DtTm", "Available DtTm"]
    assert len(found.claims) == 2 * len(log) + log[optional].notna().sum().sum()
    assert len({one.event_id for one in found.claims}) == log["Call Number"].nunique() == 925


def test_the_median_from_call_to_the_first_unit_on_scene_is_what_pandas_finds():
    calls = naive_log().groupby("Call Number").agg({"Received DtTm": "min", "On Scene DtTm": "min"})
    naive = (calls["On Scene DtTm"] - calls["Received DtTm"]).dropna()

    ours = (firsts(BY_UNIT)["arrival"] - firsts(BY_UNIT)["call"]).dropna()
    assert len(ours) == len(naive) == 895
    assert ours.median() == naive.median() == timedelta(minutes=6, seconds=25)


def test_a_log_of_calls_loses_no_row_and_says_which_have_no_stamp():
    log, found = pd.read_csv(fixture(BY_CALL)), published(BY_CALL, HERE)
    empty = log[[f"Unit_{one}_Times" for one in ("Dispatch", "Enroute", "Arrive", "Clear")]].isna().all(axis=1)

    assert found.rejected == {place + 2 for place in log.index[empty]}
    assert len(found.accepted) == (~empty).sum() == 1883
    assert found.codes() == {("E-EMPTY", "error"): 117, ("W-TIME-ORDER", "warning"): 16}


def test_how_long_each_unit_was_out_is_what_the_log_itself_reckoned():
    """Hold the dates that were given to times of day against the log's own column of lengths, unit by unit."""
    log = pd.read_csv(fixture(BY_CALL), dtype=str).set_index("incident_num")["Time_In_Service"].dropna()
    lengths = {
        f"call-{call}-{unit.split('=')[0]}-dispatch": pd.Timedelta(unit.split("=")[1])
        for call, units in log.items()
        for unit in units.split(", ")
    }
    ours = {
        one.claim_id: one.ended_latest - one.began_latest for one in published(BY_CALL, HERE).claims if one.ended_latest
    }
    same = [ours[claim_id] == length for claim_id, length in lengths.items() if claim_id in ours]

    assert len(same) > 4000
    assert sum(same) / len(same) > 0.94
    assert min(ours.values()) > timedelta(hours=-1)
    assert max(ours.values()) < timedelta(hours=12)


@pytest.mark.parametrize("nothing", ["0", "-1", "00:00:00", "2999-12-31 00:00:00", "1904-01-01 00:00:00"])
def test_a_zero_or_the_end_of_another_year_is_no_arrival_and_is_named(read_rows, nothing):
    found = read_rows(UNIT | {"On Scene DtTm": nothing})

    assert [one.kind for one in found.claims] == ["call", "dispatch", "end"]
    assert [(one.code, one.column) for one in found.problems] == [("W-TIME-PLACEHOLDER", "on_scene_dttm")]


def test_an_arrival_in_another_year_stops_its_row(read_rows):
    found = read_rows(UNIT | {"On Scene DtTm": "1999-03-04 10:00:00"})

    assert [(one.code, one.column) for one in found.problems] == [("E-TIME-FAR", "on_scene_dttm")]
