"""TimelineJS: a date is as wide as what it leaves out, a group is an account, and a title is no event."""

import json
from datetime import datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ingest.codebooks.tables import published, written
from tests.lies.small_stories import fixture, told

from contested import Claim, Problem
from contested.ingest.codebooks import recognise, timelinejs
from contested.ingest.options import Given

SLIDE = {
    "start_date": {"year": "2020", "month": "2", "day": "7"},
    "text": {"headline": "A <b>clash</b>", "text": "<p>North &amp; South<br/>fought.</p>"},
    "media": {"url": "https://example.org/a.jpg", "credit": "<a href='x'>Vlast</a>"},
    "group": "North",
    "unique_id": "clash",
}
SHEET = {
    "Year": "2020",
    "Month": "2",
    "Day": "7",
    "Time": "",
    "End Year": "2020",
    "End Month": "2",
    "End Day": "8",
    "End Time": "",
    "Display Date": "The night of 7 February",
    "Headline": "A clash",
    "Text": "North and South fought.",
    "Media": "https://example.org/a.jpg",
    "Media Credit": "Vlast",
    "Media Caption": "",
    "Type": "",
    "Group": "South",
}


def of(row, zone=None, file="night.json"):
    """Read one row as its file would be: as a claim, or as the problem that stops it."""
    [made] = recognise(row).to_claims(3, row, Given(file, zone))
    return made if isinstance(made, Problem) else Claim.model_validate(made)


def within(claim):
    """Say the four bounds of a claim as wall clocks in UTC."""
    bounds = (claim.began_earliest, claim.began_latest, claim.ended_earliest, claim.ended_latest)
    return [bound and f"{bound:%Y-%m-%d %H:%M}" for bound in bounds]


def test_a_slide_is_a_claim_of_its_group_in_plain_words():
    claim = of(SLIDE)

    assert (claim.account, claim.claim_id, claim.kind) == ("North", "night-clash", "other")
    assert claim.summary == "A clash: North & South fought."
    assert (claim.source_id, claim.locator) == ("https://example.org/a.jpg", "Vlast")


def test_without_a_group_the_timeline_itself_is_the_account():
    assert of({**SLIDE, "group": ""}).account == "night"
    assert of({**SLIDE, "unique_id": None}).claim_id == "night-3"


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ({"year": "602"}, "0602-01-01 00:00", "0603-01-01 00:00"),
        ({"year": 1943, "month": 7}, "1943-07-01 00:00", "1943-08-01 00:00"),
        ({"year": "2020", "month": "02", "day": "29"}, "2020-02-29 00:00", "2020-03-01 00:00"),
        ({"year": "2020", "month": "2", "day": "7", "hour": "17"}, "2020-02-07 17:00", "2020-02-07 18:00"),
        (
            {"year": "2020", "month": "2", "day": "7", "hour": "17", "minute": "5"},
            "2020-02-07 17:05",
            "2020-02-07 17:06",
        ),
    ],
    ids=["year", "month", "day", "hour", "minute"],
)
def test_a_date_is_as_wide_as_what_it_leaves_out(date, first, last):
    claim = of({**SLIDE, "start_date": date}, zone="UTC")

    assert [time.zfill(16) for time in within(claim)[:2]] == [first, last]
    is_days = len(date) <= 3
    assert [time and time.zfill(16) for time in within(claim)[2:]] == [None, last if is_days else None]


@given(st.dates(datetime(2, 1, 1).date(), datetime(9990, 1, 1).date()), st.integers(1, 3))  # noqa: DTZ001 days
def test_the_day_itself_always_lies_within_what_is_given_of_it(on, depth):
    parts = dict(list(zip(("year", "month", "day"), (on.year, on.month, on.day), strict=True))[:depth])

    claim = of({**SLIDE, "start_date": parts})
    assert claim.began_earliest.date() <= on < claim.began_latest.date()


def test_what_has_an_end_went_on_between_the_two():
    claim = of({**SLIDE, "end_date": {"year": "2020", "month": "3"}})

    assert within(claim) == ["2020-02-07 00:00", "2020-02-08 00:00", "2020-03-01 00:00", "2020-04-01 00:00"]


def test_a_year_that_ends_in_one_of_its_months_had_begun_by_then():
    claim = of({**SLIDE, "start_date": {"year": "1978"}, "end_date": {"year": "1978", "month": "5"}})

    assert within(claim) == ["1978-01-01 00:00", "1978-06-01 00:00", "1978-05-01 00:00", "1978-06-01 00:00"]


def test_an_hour_asks_for_its_zone_and_a_day_is_assumed_in_utc():
    hour = {**SLIDE, "start_date": {"year": "2020", "month": "2", "day": "7", "hour": "17"}}

    assert (of(hour).code, of(hour).column) == ("E-TZ-NONE", "start_date.hour")
    assert of(hour, zone="Asia/Almaty").began_earliest == datetime.fromisoformat("2020-02-07T17:00+06:00")
    assert (of(SLIDE).time_basis, of(SLIDE, zone="Asia/Almaty").time_basis) == ("assumed", "stated")


def test_the_words_of_its_date_are_kept():
    assert of({**SLIDE, "display_date": "that night"}).time_words == "that night"
    assert of({**SLIDE, "start_date": SLIDE["start_date"] | {"display_date": "at night"}}).time_words == "at night"


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"start_date": {}}, "start_date", "no date"),
        ({"start_date": ""}, "start_date", "no date"),
        ({"start_date": {"year": "-3300"}}, "start_date.year", "before our era"),
        ({"start_date": {"year": "44 BCE", "month": "3"}}, "start_date.year", "before our era"),
        ({"start_date": {"year": "2021", "month": "2", "day": "29"}}, "start_date.day", "February 2021 had 28 days"),
        (
            {"start_date": {"year": "2021", "month": "2", "day": "9", "hour": "25"}},
            "start_date.hour",
            "there is no hour 25",
        ),
        ({"start_date": {"year": "about 1800"}}, "start_date.year", "not a number of a calendar or a clock"),
        ({"start_date": {"year": "2020", "day": "7"}}, "start_date.month", "a date with a part left out"),
        ({"start_date": {"year": "2020", "month": "13"}}, "start_date.month", "there is no month 13"),
        ({"start_date": {"year": 10**30}}, "start_date.year", "not a number of a calendar or a clock"),
        ({"start_date": {"year": "9999", "month": "12", "day": "31"}}, "start_date.year", "no year that can be kept"),
        ({"end_date": {"year": "2019"}}, "end_date", "ends before it begins"),
    ],
    ids=str,
)
def test_a_date_that_cannot_be_kept_is_a_problem(cells, column, reason):
    problem = of({**SLIDE, **cells})

    assert (problem.row, problem.column) == (3, column)
    assert reason in problem.reason


def test_a_slide_without_words_is_told_so(tmp_path):
    found = written(tmp_path, SHEET | {"Headline": "", "Text": ""})

    assert [(one.row, one.column, one.reason) for one in found.problems] == [(2, "summary", "empty")]


# The sheet


def test_a_row_of_the_sheet_says_the_same(tmp_path):
    [claim] = written(tmp_path, SHEET).claims

    assert within(claim) == ["2020-02-07 00:00", "2020-02-08 00:00", "2020-02-08 00:00", "2020-02-09 00:00"]
    assert (claim.account, claim.time_words) == ("South", "The night of 7 February")
    assert claim.summary == "A clash: North and South fought."


def test_a_time_in_the_sheet_is_read_to_the_minute(tmp_path):
    [claim] = written(tmp_path, SHEET | {"Time": "5:30 PM"}, zone="Asia/Almaty").claims

    assert claim.began_latest - claim.began_earliest == timedelta(minutes=1)
    assert claim.began_earliest == datetime.fromisoformat("2020-02-07T17:30+06:00")


@pytest.mark.parametrize(
    ("cells", "first", "last"),
    [
        ({"Time": "24:00"}, "2020-02-08 00:00", "2020-02-08 00:01"),
        ({"Time": "00:00"}, "2020-02-07 00:00", "2020-02-07 00:01"),
        ({"Time": "18:00:00"}, "2020-02-07 18:00", "2020-02-07 18:01"),
        ({"Month": "March"}, "2020-03-07 00:00", "2020-03-08 00:00"),
        ({"Month": "Sept."}, "2020-09-07 00:00", "2020-09-08 00:00"),
        ({"Month": "февраля"}, "2020-02-07 00:00", "2020-02-08 00:00"),
        ({"Year": "2,020"}, "2020-02-07 00:00", "2020-02-08 00:00"),
        ({"Month": "", "Day": ""}, "2020-01-01 00:00", "2021-01-01 00:00"),
    ],
    ids=str,
)
def test_the_parts_of_a_date_are_read_as_sheets_write_them(tmp_path, cells, first, last):
    alone = dict.fromkeys(("End Year", "End Month", "End Day", "End Time"), "")
    [claim] = written(tmp_path, SHEET | alone | cells, zone="UTC").claims

    assert within(claim)[:2] == [first, last]


def test_a_time_of_day_without_its_day_is_refused(tmp_path):
    [problem] = written(tmp_path, SHEET | {"Day": "", "Time": "18:00"}, zone="UTC").problems

    assert (problem.column, problem.reason) == ("time", "a time of day without its day")


def test_a_year_of_three_digits_among_years_of_four_is_mistyped(tmp_path):
    found = written(tmp_path, SHEET, SHEET, SHEET | {"Year": "0202", "End Year": "0202"})

    [problem] = found.problems
    assert (problem.row, problem.column) == (4, "year")
    assert problem.reason == "the year 0202 is mistyped, or a thousand years ago"


def test_a_timeline_of_the_seventh_century_is_read_as_such(tmp_path):
    found = written(
        tmp_path,
        *(
            SHEET | {"Year": year, "End Year": ""} | dict.fromkeys(("End Month", "End Day"), "")
            for year in ("602", "622")
        ),
    )

    assert [one.began_earliest.year for one in found.claims] == [602, 622]


@pytest.mark.parametrize("slide", ["title", "Era"])
def test_a_title_and_an_era_are_passed_over_with_a_notice(tmp_path, slide):
    found = written(tmp_path, SHEET | {"Type": slide}, SHEET)

    assert (found.accepted, found.rejected) == ({3}, {2})
    assert found.codes() == {("W-SLIDE", "warning"): 1}


def test_two_groups_of_one_timeline_are_two_accounts(tmp_path):
    found = written(tmp_path, SHEET, SHEET | {"Group": "North"})

    assert told("timeline", *found.claims).title == "Two accounts tell the day, none the hour"


# Timelines as they were published


def test_every_row_of_a_published_sheet_is_an_event_or_a_title():
    frame, found = (
        pd.read_csv(fixture("timelinejs/contrib_women_in_computing.csv")),
        published("timelinejs/contrib_women_in_computing.csv"),
    )

    assert (len(found.accepted), len(found.rejected)) == (len(frame) - 1, 1)
    assert found.codes() == {("W-SLIDE", "warning"): 1, ("W-SPAN", "warning"): 3}
    [life] = [one.reason for one in found.problems if one.row == 3]
    assert life == "spans 36 years, 10 December 1815 to 27 November 1852"
    lovelace = next(one for one in found.claims if one.summary.startswith("Ada Lovelace"))
    assert within(lovelace) == ["1815-12-10 00:00", "1815-12-11 00:00", "1852-11-27 00:00", "1852-11-28 00:00"]


def slides(name):
    document = json.loads(fixture(f"timelinejs/{name}.json").read_text(encoding="utf-8"))
    return document["events"] if "events" in document else document["timeline"]["date"]


@pytest.mark.parametrize(
    "name", ["src_template_eras", "website_examples_timeline3", "website_examples_houston_timeline2"]
)
def test_every_event_of_a_published_timeline_is_a_claim(name):
    events = slides(name)
    book = recognise(events[0])

    made = [one for row in enumerate(events, start=1) for one in book.to_claims(*row, Given(f"{name}.json"))]
    claims = [Claim.model_validate(one) for one in made]
    assert len(claims) == len(events)
    years = [int(str(event.get("startDate") or event["start_date"]["year"]).split(",")[0]) for event in events]
    assert [one.began_earliest.year for one in claims] == years
    assert not any("<" in one.summary for one in claims)


def test_both_versions_of_one_published_timeline_tell_the_same():
    new, old = (
        [recognise(row).to_claims(number, row, Given("x.json")) for number, row in enumerate(slides(name))]
        for name in ("website_examples_timeline3", "website_examples_houston_timeline2")
    )
    fields = ("summary", "began_earliest", "began_latest", "account")  # the sources are written another way

    assert [[one[name] for name in fields] for [one] in new] == [[one[name] for name in fields] for [one] in old]
    assert timelinejs.JSON.isdisjoint(timelinejs.VERSION_2)
