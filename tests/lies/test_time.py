"""Time: twelve ways in which a naive dashboard lies about when, T1–T12."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from tests.claims_for_tests import bounds, claim, night, table
from tests.lies.small_stories import ACLED, GED, at, fixture, hours, hovers, kept, told

from contested import read
from contested.model.arrow_schema import from_arrow

TEN_TO_ELEVEN = bounds("22:00", "22:00", "23:00", "23:00")
ON_THE_SEVENTH = {"began_earliest": "2020-02-07T00:00Z", "ended_latest": "2020-02-08T00:00Z"}
IN_FEBRUARY = {"began_earliest": "2020-02-01T00:00Z", "ended_latest": "2020-03-01T00:00Z", "time_words": "February"}


def test_t1_an_unknown_time_is_no_hour_and_has_a_place_of_its_own():
    dated, undated = claim(claim_id="a", **TEN_TO_ELEVEN), claim(claim_id="b", event_id="other")
    begun = pd.Series([dated.began_earliest, undated.began_earliest])

    naive = begun.fillna(pd.Timestamp("2020-02-08T00:00Z")).dt.hour.tolist()
    assert naive == [22, 0]

    assert hours(told("hourly-clashes", dated, undated)) == {"22:00": (1, 1)}
    assert told("timeline", dated, undated).sentences[-1] == "1 claim gives no time."


def test_t2_a_day_lights_no_hour_for_certain():
    naive = pd.Timestamp("2020-02-07").hour
    assert naive == 0

    found = hours(told("hourly-clashes", claim(**ON_THE_SEVENTH)))
    assert found == {f"{hour:02}:00": (0, 1) for hour in range(24)}


def test_t2_a_month_lights_no_day():
    naive = date(2020, 2, 15)
    assert naive.day == 15

    rows = told("hourly-clashes", claim(**IN_FEBRUARY)).records()
    assert {row["hour"][:10] for row in rows if row["possible"]} == {f"2020-02-{day:02}" for day in range(1, 30)}
    assert not any(row["certain"] for row in rows)


@pytest.mark.parametrize(
    ("row", "days"),
    [
        (GED | {"date_prec": "1", "date_end": "2020-02-01 00:00:00.000"}, 1),
        (GED | {"date_prec": "2", "date_end": "2020-02-03 00:00:00.000"}, 3),
        (GED | {"date_prec": "4", "date_end": "2020-02-29 00:00:00.000"}, 29),
        (ACLED | {"time_precision": "1"}, 1),
        (ACLED | {"time_precision": "2"}, 7),
        (ACLED | {"time_precision": "3"}, 29),
    ],
    ids=["ucdp-day", "ucdp-days", "ucdp-month", "acled-day", "acled-week", "acled-month"],
)
def test_t2_a_coded_precision_becomes_the_interval_that_it_stands_for(tmp_path, row, days):
    naive = pd.Timestamp(row.get("event_date") or row["date_start"])
    assert naive in {pd.Timestamp("2020-02-15"), pd.Timestamp("2020-02-01")}

    claims = [one for one in kept(read(table(tmp_path / "publisher.csv", row))) if one.began_earliest]
    first, last = min(one.began_earliest for one in claims), max(one.ended_latest for one in claims)
    assert last - first >= timedelta(days=days)
    assert not any(row["certain"] for row in told("hourly-clashes", *claims).records())


def test_t2_no_row_of_ucdp_that_is_coded_to_a_month_is_shorter_than_four_weeks():
    path = fixture("ucdp/ged231_sample1000.csv")
    frame = pd.read_csv(path)
    monthly = frame[frame["date_prec"] == 4]

    naive = pd.to_datetime(monthly["date_start"], format="mixed").dt.day_name()
    assert naive.count() == 23

    coded = {str(int(number)) for number in monthly["id"]}
    claims = [one for one in kept(read(path)) if one.began_earliest and one.event_id.rsplit("-", 1)[-1] in coded]
    assert claims
    assert all(one.ended_latest - one.began_earliest >= timedelta(days=28) for one in claims)


def test_t3_a_window_is_the_most_that_it_lasted_and_throughout_is_the_least():
    within = claim(**IN_FEBRUARY)
    throughout = claim(began_latest="2020-02-01T00:00Z", ended_earliest="2020-03-01T00:00Z")

    naive = within.ended_latest - within.began_earliest
    assert naive == timedelta(hours=696)

    [window] = told("response-delays", within, stop="end").records()
    [duration] = told("response-delays", throughout, stop="end").records()
    assert (window["shortest_minutes"], window["longest_minutes"]) == (None, 696 * 60)
    assert (duration["shortest_minutes"], duration["longest_minutes"]) == (696 * 60, None)


def test_t3_a_window_is_said_to_be_the_most():
    assert told("response-delays", claim(**IN_FEBRUARY), stop="end").sentences[0].startswith("It took at most 29 days")


def test_t3_a_clash_ends_after_it_began_whatever_is_unknown_of_its_length():
    [row] = told("response-delays", claim(**IN_FEBRUARY), stop="end").records()

    assert row["order_known"]


def test_t4_what_was_said_on_the_eighth_is_possible_only_until_then():
    spoke = claim(**IN_FEBRUARY, stated_at="2020-02-08T12:00Z")

    naive = (spoke.ended_latest - spoke.began_earliest) / timedelta(hours=1)
    assert naive == 696

    rows = told("hourly-clashes", spoke).records()
    assert len(rows) == 7 * 24 + 12
    assert rows[-1]["hour"] == "2020-02-08T11:00:00+00:00"


def test_t4_what_has_no_stated_end_is_possible_only_until_the_account_spoke():
    spoke = claim(began_earliest=night("18:00"), began_latest=night("18:00"), stated_at=night("21:00"))

    naive = pd.date_range(spoke.began_latest, datetime(2020, 2, 29, tzinfo=UTC), freq="h")
    assert len(naive) == 511

    assert list(hours(told("hourly-clashes", spoke))) == ["18:00", "19:00", "20:00"]


def test_t5_an_uncertain_beginning_is_a_share_of_each_hour_between_its_bounds():
    begun = claim(**bounds("17:00", "19:00", "20:00", "20:00"))

    middle = begun.began_earliest + (begun.began_latest - begun.began_earliest) / 2
    naive = [int(middle.hour <= hour) for hour in (17, 18, 19)]
    assert naive == [0, 1, 1]

    rows = told("hourly-clashes", begun).records()
    assert [(row["certain"], row["expected"], row["possible"]) for row in rows] == [
        (0, 0.25, 1),
        (0, 0.75, 1),
        (1, 1, 1),
    ]


def test_t5_the_share_is_called_an_assumption():
    assert (
        "Expected assumes that every moment between the bounds is equally likely."
        in told("hourly-clashes").chart.caveat
    )


def test_t5_sometime_within_two_hours_is_under_way_at_half_past_in_six_cases_of_sixteen():
    """Of two moments in a window of four half hours, the earlier is the beginning and the later the end.

    At 17:30 both are still to come in 9 cases of 16 and both are over in 1; it is under way in the other 6.
    """
    within = claim(began_earliest=night("17:00"), ended_latest=night("19:00"))

    naive = within.began_earliest + timedelta(hours=1)
    assert f"{naive:%H:%M}" == "18:00"

    assert [row["expected"] for row in told("hourly-clashes", within).records()] == [6 / 16, 6 / 16]


def test_t6_imprecise_rows_stay_in_sight_and_are_counted():
    precise = claim(claim_id="a", **TEN_TO_ELEVEN)
    daily = claim(claim_id="b", event_id="e2", **ON_THE_SEVENTH)
    undated = claim(claim_id="c", event_id="e3")

    spans = [(one.ended_latest - one.began_earliest) for one in (precise, daily)]
    naive = [span for span in spans if span <= timedelta(hours=1)]
    assert len(naive) == 1

    assert hours(told("hourly-clashes", precise, daily, undated))["22:00"] == (1, 2)
    assert told("timeline", precise, daily, undated).sentences[1:] == (
        "2 of 3 claims are dated, by 1 account.",
        "The hours shown, 7 Feb, 21:00 to 8 Feb 2020, 00:00, hold 2 of them.",
        "1 claim gives no time.",
    )


def test_t6_choosing_hours_never_filters_away_what_has_no_time():
    claims = [claim(claim_id="a", **TEN_TO_ELEVEN), claim(claim_id="c", event_id="e3")]
    chosen = {"since": night("22:00"), "until": night("23:00")}

    naive = [one for one in claims if one.began_earliest and one.began_earliest.hour == 22]
    assert len(naive) == 1

    assert told("timeline", *claims, **chosen).claims == 2


def test_t7_an_hour_is_said_in_the_zone_as_it_was_then():
    dispatched = datetime(2020, 2, 7, 12, tzinfo=UTC)
    offset_of_today = datetime(2026, 2, 7, tzinfo=ZoneInfo("Asia/Almaty")).utcoffset()

    naive = (dispatched + offset_of_today).hour
    assert naive == 17

    [row] = told("hourly-clashes", claim(**_lasting(dispatched)), zone="Asia/Almaty").records()
    assert row["hour"] == "2020-02-07T18:00:00+06:00"


def _lasting(start):
    end = start + timedelta(hours=1)
    return {"began_earliest": start, "began_latest": start, "ended_earliest": end, "ended_latest": end}


def test_t7_an_hour_of_a_zone_of_half_hours_begins_when_its_clocks_strike():
    at_noon = datetime(2020, 2, 7, 6, 30, tzinfo=UTC)

    naive = at_noon.replace(minute=0).astimezone(ZoneInfo("Asia/Kolkata"))
    assert f"{naive:%H:%M}" == "11:30"

    assert hours(told("hourly-clashes", claim(**_lasting(at_noon)), zone="Asia/Kolkata")) == {"12:00": (1, 1)}


def test_t8_the_time_of_the_report_is_never_the_time_of_the_event():
    reported = claim(stated_at=night("09:00"), recorded_at=night("10:00"))

    naive = reported.began_earliest or reported.stated_at
    assert naive.hour == 9

    assert hours(told("hourly-clashes", reported)) == {}
    assert told("timeline", reported).title == "No claim gives a time, so nothing stands on the timeline"


def test_t8_the_time_of_recording_is_never_the_time_of_the_statement():
    recorded = claim(recorded_at=night("09:00"))

    naive = recorded.stated_at or recorded.recorded_at
    assert naive.hour == 9

    assert told("timeline", recorded, as_known_at=night("11:00")).claims == 0


def test_t9_three_days_ago_is_counted_from_the_interview(ask, korday):
    said = next(one for one in from_arrow(korday.claims) if one.claim_id == "a039")
    assert (said.time_words, f"{said.stated_at:%d}", said.time_basis) == ("three days ago", "08", "derived")

    naive = datetime.now(UTC).date() - timedelta(days=3)
    assert naive > date(2020, 2, 5)

    [row] = [row for row in ask("timeline").records() if row["claim_id"] == "a039"]
    assert (row["began_earliest"][:10], row["began_latest"][:10]) == ("2020-02-05", "2020-02-06")


def test_t9_a_derived_time_is_marked_derived():
    derived = claim(**ON_THE_SEVENTH, time_words="yesterday", time_basis="derived")

    [hover, *_] = hovers(told("timeline", derived))
    assert "derived" in hover


def test_t10_a_night_is_one_clash_on_both_sides_of_midnight():
    one_night = claim(**bounds("22:00", "22:00", "02:00", "02:00"))

    under_way = pd.date_range(one_night.began_latest, one_night.ended_earliest, freq="h", inclusive="left")
    naive = pd.Series(1, under_way).groupby(under_way.date).max().sum()
    assert naive == 2

    found = told("hourly-clashes", one_night)
    assert list(hours(found).items()) == [(f"{hour}:00", (1, 1)) for hour in ("22", "23", "00", "01")]
    assert found.title == "Clashes lasted 4 hours"


def test_t10_two_nights_are_not_folded_into_one():
    first = claim(claim_id="a", **_lasting(datetime(2020, 2, 7, 22, tzinfo=UTC)))
    second = claim(claim_id="b", event_id="next", **_lasting(datetime(2020, 2, 8, 22, tzinfo=UTC)))

    naive = pd.Series([first.began_latest.hour, second.began_latest.hour]).value_counts()
    assert naive.to_dict() == {22: 2}

    rows = told("hourly-clashes", first, second).records()
    assert [(row["hour"][8:13], row["certain"]) for row in rows if row["certain"]] == [("07T22", 1), ("08T22", 1)]


def _reported_six_hours_later():
    """Make a clash in every hour from 14 to 19, each reported six hours after it began."""
    begun = [datetime(2020, 2, 7, hour, tzinfo=UTC) for hour in range(14, 20)]
    return [
        claim(claim_id=f"{one:%H}", event_id=f"{one:%H}", **_lasting(one), stated_at=one + timedelta(hours=6))
        for one in begun
    ]


def test_t11_the_last_hours_are_blank_rather_than_calm():
    reports = _reported_six_hours_later()
    now = datetime(2020, 2, 7, 22, tzinfo=UTC)
    heard = pd.Series(1, [one.began_latest for one in reports if one.stated_at <= now])

    naive = heard.reindex(pd.date_range("2020-02-07T14:00Z", now, freq="h"), fill_value=0)
    assert naive.tolist() == [1, 1, 1, 0, 0, 0, 0, 0, 0]

    assert list(hours(told("hourly-clashes", *reports, as_known_at=now))) == ["14:00", "15:00", "16:00"]


def test_t11_the_last_hours_are_called_incomplete():
    found = told("hourly-clashes", *_reported_six_hours_later(), as_known_at="2020-02-07T22:00Z")

    assert "incomplete" in found.sentence.lower()


ELEVEN = {"time_words": "at 11 p.m."}


def test_t12_two_round_hours_are_not_the_same_moment():
    called, arrived = at("23:00", "call", **ELEVEN), at("23:00", "arrival", **ELEVEN)

    naive = arrived.began_latest - called.began_latest
    assert naive == timedelta(0)

    [row] = told("response-delays", called, arrived, start="call").records()
    assert row["shortest_minutes"] < 0 < row["longest_minutes"]


def test_t12_about_eleven_is_not_the_same_moment_once_the_viewer_reads_it_as_rounded():
    about = {"time_words": "about 11 p.m."}
    called, arrived = at("23:00", "call", **about), at("23:00", "arrival", **about)

    naive = arrived.began_latest - called.began_latest
    assert naive == timedelta(0)

    found = told("response-delays", called, arrived, start="call", hedged=True)
    [row] = found.records()
    assert (row["shortest_minutes"], row["longest_minutes"], row["order_known"]) == (-60, 60, False)
    assert "“about” read as ±30 minutes" in found.stamp()
