"""Times as people write them, in digits and in the words of several languages, and what is no time."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.ingest.cells.clock import read_clock
from contested.ingest.cells.column_format import Dated, date_order
from contested.ingest.cells.date import DateOrder, epoch
from contested.ingest.cells.time import read_time
from contested.ingest.cells.time_span import Precision, TimeSpan
from contested.ingest.cells.unreadable import Unreadable
from contested.model.language import languages, numbered

DAYS = st.dates(date(1990, 1, 2), date(2030, 1, 1))
TOLD = datetime(2022, 5, 11, 9)  # noqa: DTZ001 a wall clock


def read(text, *rest):
    found = read_time(text, *rest)
    assert isinstance(found, TimeSpan), found
    return found


def between(text, *rest):
    found = read(text, *rest)
    return tuple(one and f"{one:%Y-%m-%d %H:%M}" for one in (found.earliest, found.latest))


def refused(text, *rest):
    found = read_time(text, *rest)
    assert isinstance(found, Unreadable), found
    return found


@pytest.mark.parametrize(
    "text",
    [
        "2022-05-04 18:46",
        "2022/05/04 18:46:00",
        "2022-05-04T18:46:00.000",
        "04.05.2022 18:46",
        "4.5.22 18.46",
        "04.05.2022 в 18:46",
        "4 мая 2022 года в 18:46",
        "4 травня 2022 р. о 18:46",
        "2022 жылғы 4 мамырда 18:46-да",
        "4 May 2022, 6:46 p.m.",
        "May 4, 2022 6:46 PM",
        "6:46 pm on 4 May 2022",
        "04.05.2022 г. в 18 ч. 46 мин.",
        "Wednesday, 4 May 2022, 18:46",
        "4. Mai 2022 um 18:46 Uhr",
        "20220504184600",
        "20220504T1846",
    ],
)
def test_one_moment_is_read_from_every_style(text):
    assert between(text) == ("2022-05-04 18:46", "2022-05-04 18:46")
    assert read(text).precision is Precision.MOMENT


@pytest.mark.parametrize(
    "text",
    [
        "2022-05-04",
        "2022/5/4",
        "4.5.2022",
        "04.05.22",
        "20220504",
        "2022-124",
        "2022-W18-3",
        "4 May 2022",
        "May 4th, 2022",
        "4-May-22",
        "04MAY2022",
        "4 мая 2022 г.",
        "4 травня 2022 року",
        "4 мамыр 2022",
        "2022 жылғы 4 мамыр",
        "ср, 04.05.2022",
    ],
)
def test_a_bare_day_is_the_whole_day_and_ends_at_midnight(text):
    assert between(text) == ("2022-05-04 00:00", "2022-05-05 00:00")
    assert read(text).precision is Precision.DAY


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2022", "2022-01-01", "2023-01-01"),
        ("circa 2022", "2022-01-01", "2023-01-01"),
        ("2022?", "2022-01-01", "2023-01-01"),
        ("2022-05", "2022-05-01", "2022-06-01"),
        ("2022-12", "2022-12-01", "2023-01-01"),
        ("май 2022", "2022-05-01", "2022-06-01"),
        ("05.2022", "2022-05-01", "2022-06-01"),
        ("2022-05-XX", "2022-05-01", "2022-06-01"),
        ("2022-XX", "2022-01-01", "2023-01-01"),
        ("202X", "2020-01-01", "2030-01-01"),
        ("2022-05-04~", "2022-05-04", "2022-05-05"),
        ("2022-W18", "2022-05-02", "2022-05-09"),
        ("4-5.05.2022", "2022-05-04", "2022-05-06"),
        ("between 4 May 2022 and 6 May 2022", "2022-05-04", "2022-05-07"),
    ],
)
def test_what_is_less_than_a_day_is_the_whole_of_what_it_names(text, first, after):
    assert between(text) == (f"{first} 00:00", f"{after} 00:00")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("вечером 04.05.2022", "2022-05-04 17:00", "2022-05-04 23:00"),
        ("evening of 4 May 2022", "2022-05-04 17:00", "2022-05-04 23:00"),
        ("увечері 4 травня 2022", "2022-05-04 17:00", "2022-05-04 23:00"),
        ("2022 ж. 4 мамыр, кешке", "2022-05-04 17:00", "2022-05-04 23:00"),
        ("ночью 04.05.2022", "2022-05-04 00:00", "2022-05-05 06:00"),
        ("night of 4-5 May 2022", "2022-05-04 18:00", "2022-05-05 06:00"),
        ("ночь с 4 на 5 мая 2022", "2022-05-04 18:00", "2022-05-05 06:00"),
        ("в ночь на 5 мая 2022", "2022-05-04 18:00", "2022-05-05 06:00"),
        ("у ніч на 05.05.2022", "2022-05-04 18:00", "2022-05-05 06:00"),
        ("после 18:00 4 мая 2022", "2022-05-04 18:00", "2022-05-05 00:00"),
        ("до 18:00 4 мая 2022", "2022-05-04 00:00", "2022-05-04 18:00"),
        ("между 17 и 19 4 мая 2022", "2022-05-04 17:00", "2022-05-04 19:00"),
    ],
)
def test_words_leave_open_what_they_leave_open(text, low, high):
    assert between(text) == (low, high)


@pytest.mark.parametrize(
    ("text", "began", "ended"),
    [
        ("04.05.2022 с 17 до 05", "2022-05-04 17:00", "2022-05-05 05:00"),
        ("04.05.2022 с 09:30 по 11:00", "2022-05-04 09:30", "2022-05-04 11:00"),
        ("4 травня 2022 з 17:00 до 05:00", "2022-05-04 17:00", "2022-05-05 05:00"),
        ("4 May 2022 from 5 p.m. to 5 a.m.", "2022-05-04 17:00", "2022-05-05 05:00"),
        ("2022-05-04T17:00/2022-05-05T05:00", "2022-05-04 17:00", "2022-05-05 05:00"),
        ("04.05.2022 17:00 - 05.05.2022 05:00", "2022-05-04 17:00", "2022-05-05 05:00"),
        ("с 5 вечера 4 мая до 5 утра 5 мая 2022", "2022-05-04 17:00", "2022-05-05 05:00"),
    ],
)
def test_from_one_clock_to_another_is_when_it_began_and_when_it_ended(text, began, ended):
    found = read(text)

    assert f"{found.earliest:%Y-%m-%d %H:%M}" == f"{found.latest:%Y-%m-%d %H:%M}" == began
    assert f"{found.until.earliest:%Y-%m-%d %H:%M}" == f"{found.until.latest:%Y-%m-%d %H:%M}" == ended


def test_each_end_of_a_period_may_be_rough_and_have_one_year_for_both():
    found = read("approximately 5-6 p.m. on May 4 to about 5 a.m. on May 5, 2022")

    assert (found.earliest.hour, found.latest.hour, found.until.earliest.hour) == (17, 18, 5)
    assert (found.earliest.day, found.until.latest.day) == (4, 5)


def test_an_interval_of_edtf_began_on_its_first_day_and_ended_on_its_last():
    found = read("2022-05-04/2022-05-06")

    assert (found.earliest.day, found.latest.day) == (4, 5)
    assert (found.until.earliest.day, found.until.latest.day) == (6, 7)
    assert found.whole().latest.day == 7


def test_an_open_end_of_edtf_is_unknown():
    assert between("../2022-05-04") == (None, "2022-05-05 00:00")
    assert read("2022-05-04/..").until.latest is None


def test_two_clocks_without_a_word_are_known_as_such_also_beside_a_date_of_their_own_column():
    for text in ("04.05.2022 17:00-05:00", "2022-05-04, 17:00-05:00"):
        assert read(text).is_bare_range
        assert between(text) == ("2022-05-04 17:00", "2022-05-05 05:00")


@pytest.mark.parametrize("text", ["04.05.2022 24:00", "2022-05-04T24:00:00", "2022-05-04, 24:00"])
def test_24_00_is_the_next_midnight(text):
    assert between(text) == ("2022-05-05 00:00", "2022-05-05 00:00")


@pytest.mark.parametrize(
    ("text", "hour"),
    [("12:21 AM", 0), ("12:21 PM", 12), ("1:21 pm", 13), ("11:21 p.m.", 23), ("5:21 вечера", 17), ("2:21 ночи", 2)],
)
def test_clocks_of_twelve_hours_are_read(text, hour):
    assert read_clock(text) == timedelta(hours=hour, minutes=21)
    assert read(f"2022-05-04 {text}").earliest.hour == hour


@pytest.mark.parametrize("offset", ["Z", "+00", "+0000", "+00:00", " UTC", " GMT", " UTC+0", " GMT+00:00"])
def test_every_way_to_write_an_offset_is_the_same_instant(offset):
    found = read(f"2022/05/04 18:46:05{offset}")

    assert found.earliest.isoformat() == "2022-05-04T18:46:05+00:00"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("30.02.2022", "February 2022 had 28 days"),
        ("2022-02-29", "February 2022 had 28 days"),
        ("4 мая 2022 25:00", "there is no hour 25"),
        ("13:00 pm 4 May 2022", "a clock of twelve hours"),
        ("2022-05-04 24:01", "there is no hour 24"),
        ("4.13.2022", "there is no month 13"),
        ("2022-13", "there is no month 13"),
        ("2022-21", "season"),
        ("2022-366", "no day 366"),
        ("2022-W53", "no week 53"),
        ("0202-05-04", "0202 is mistyped"),
        ("44 BC", "before year 1"),
        ("-0043-03-15", "before year 1"),
        ("44 г. до н.э.", "before year 1"),
        ("Friday, 4 May 2022", "was a Wednesday"),
        ("4 May", "no year"),
        ("18:46", "no date"),
        ("с 5 до 6 4 мая 2022", "morning or the evening"),
        ("2022-05-00", "May 2022 had 31 days"),
        ("00.05.2022", "May 2022 had 31 days"),
        ("2022-00-04", "there is no month 0"),
        ("2022-05-05/2022-05-04", "the end is before the start"),
        ("2022-05-04T17-00-00+00:00", "'17-00-00' may be a clock, which is written with colons"),
        ("2022-05-04 17-00-00", "written with colons"),
        ("4 May 2022 teatime", "'teatime' is no time"),
        ("нет данных", "no time"),
        ("1652000000", "seconds since 1970 (2022-05-08 08:53 UTC)"),
        ("1652000000000", "thousandths of seconds"),
        ("1652000000000000", "millionths of seconds"),
        ("1652000000000000000", "billionths of seconds"),
        ("44685.75", "Excel date number (2022-05-04 18:00)"),
        ("05/04/2022", "may be 5 April 2022 or 4 May 2022"),
    ],
)
def test_what_is_no_time_is_refused_with_why(text, reason):
    assert reason in refused(text).reason


@pytest.mark.parametrize(
    "text",
    [
        "1900-01-01",
        "01/01/1900 00:00",
        "1899-12-30 08:15",
        "1970-01-01 00:00:00",
        "1970-01-01T06:00+06:00",
        "0001-01-01T00:00:00Z",
        "0000-00-00 00:00:00",
        "9999-12-31",
        "1753-01-01",
    ],
)
def test_what_programs_write_where_they_know_no_time_is_no_time(text):
    assert refused(text).code == "E-TIME-PLACEHOLDER"


def test_the_first_second_of_1970_is_no_time_in_any_zone_and_the_next_minute_is_one():
    assert read("1970-01-01 06:00").instants("Asia/Yekaterinburg")[0].year == 1970
    assert read("1970-01-01 05:00").instants("Asia/Yekaterinburg").code == "E-TIME-PLACEHOLDER"
    assert between("1970-01-01 00:01") == ("1970-01-01 00:01", "1970-01-01 00:01")


@pytest.mark.parametrize("text", ["1970", "1900", "1970-01", "January 1900", "197X", "190X"])
def test_a_year_or_a_month_may_begin_where_programs_write_no_time(text):
    first, _ = read(text).instants("UTC")

    assert (first.month, first.day, first.hour) == (1, 1, 0)


@pytest.mark.parametrize("clock", ["12:00 noon", "12 noon", "12:00noon"])
def test_noon_behind_twelve_says_which_twelve(clock):
    assert between(f"2021-03-05, {clock}") == ("2021-03-05 12:00", "2021-03-05 12:00")
    assert read_time(f"2021-03-05, {clock.replace('12', '11')}").code == "E-TIME"


def test_days_are_counted_back_from_when_it_was_told_in_every_language():
    for text in ("three days ago", "3 дня назад", "три дня назад", "3 дні тому", "3 күн бұрын"):
        assert between(text, DateOrder(), TOLD) == ("2022-05-08 00:00", "2022-05-09 00:00")
    for text in ("yesterday evening", "вчера вечером", "вчора ввечері", "кеше кешке"):
        assert between(text, DateOrder(), TOLD) == ("2022-05-10 17:00", "2022-05-10 23:00")


@pytest.mark.parametrize(("day", "hours"), [("2022-03-27", 23), ("2022-10-30", 25), ("2022-05-04", 24)])
def test_a_day_of_the_clocks_change_has_its_own_length(day, hours):
    first, last = read(day).instants("Europe/Berlin")

    assert last - first == timedelta(hours=hours)


@given(DAYS, st.sampled_from(["{:%Y-%m-%d}", "{:%d.%m.%Y}", "{:%d %B %Y}", "{:%B %d, %Y}", "{:%Y/%m/%d}", "{:%Y%m%d}"]))
def test_a_day_is_read_back_from_every_style_that_has_one_reading(day, style):
    found = read(style.format(day))

    assert (found.earliest.date(), found.latest - found.earliest) == (day, timedelta(1))


@given(DAYS, st.sampled_from(["day", "month"]), st.sampled_from("/-"))
def test_a_slashed_day_is_what_its_column_shows_and_is_never_guessed(day, first, mark):
    text = f"{day:%d{mark}%m{mark}%Y}" if first == "day" else f"{day:%m{mark}%d{mark}%Y}"

    assert read(text, DateOrder(first)).earliest.date() == day
    alone = read_time(text)
    assert isinstance(alone, Unreadable) == (day.day <= 12 and day.day != day.month)
    weekday = date_order([Dated(2, text, [f"{day:%A}"])])
    assert weekday.first in {first, None}


@given(st.integers(10**9, 2 * 10**9), st.sampled_from([1, 10**3, 10**6, 10**9]))
def test_seconds_since_1970_are_the_same_instant_in_every_unit(seconds, unit):
    assert epoch(str(seconds * unit)).timestamp() == seconds


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 9999), st.sampled_from(".-/"))
def test_any_three_numbers_are_a_day_or_say_why_not(one, other, year, mark):
    for text in (f"{one:02}{mark}{other:02}{mark}{year:04}", f"{year:04}{mark}{one:02}{mark}{other:02}"):
        found = read_time(text)
        assert isinstance(found, Unreadable) or found.latest - found.earliest == timedelta(1)


@given(st.text(max_size=30))
def test_any_text_is_a_time_or_says_why_not(text):
    found = read_time(text)

    assert isinstance(found, TimeSpan) or (found.code.startswith("E-") and found.reason and found.fix)


@given(st.sampled_from(sorted(numbered("months", 1))), st.integers(1, 28))
def test_every_form_of_every_month_is_read(form, day):
    assert read(f"{day} {form} 2022").earliest == datetime(2022, numbered("months", 1)[form], day)  # noqa: DTZ001


def test_a_language_is_one_file_and_none_contradicts_another():
    assert len(languages()) >= 7
    for one in languages():
        assert [len(one["months"]), len(one["weekdays"])] == [12, 7]
        for key, first in (("months", 1), ("weekdays", 0)):
            for number, forms in enumerate(one[key], start=first):
                assert {numbered(key, first)[form] for form in forms} == {number}
