"""The head of a page: the moments that its slider stops at, and how moments and zones are said."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from claims import MOST_MOMENTS, thinned
from contested.model.times import zone_words
from head import last_entry, short

NOON = datetime(2020, 2, 8, 12, tzinfo=UTC)
ALMATY = ZoneInfo("Asia/Almaty")


def test_few_moments_are_all_kept_and_of_many_the_first_the_last_and_some_between():
    few = [NOON + timedelta(hours=n) for n in range(14)]
    many = [NOON + timedelta(hours=n) for n in range(5000)]

    assert thinned(pa.chunked_array([few])).to_pylist() == few
    kept = thinned(pa.chunked_array([many])).to_pylist()
    assert len(kept) == MOST_MOMENTS
    assert (kept[0], kept[-1]) == (many[0], many[-1])
    assert kept == sorted(set(kept))


def test_a_moment_is_said_with_its_hour_and_the_end_of_a_day_as_that_day():
    assert short(datetime(2020, 2, 8, 14, 35, tzinfo=ALMATY)) == "8 Feb, 14:35"
    assert short(datetime(2020, 2, 9, 23, 59, tzinfo=ALMATY)) == "9 Feb"


def test_a_page_that_follows_a_record_says_when_that_last_grew():
    late = datetime(2026, 11, 30, 18, 30, tzinfo=UTC)

    assert last_entry(late, late + timedelta(minutes=5), ALMATY) == "last entry 23:30"
    assert last_entry(late, late + timedelta(hours=1), ALMATY) == "last entry 30 Nov 2026"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Asia/Almaty", "Almaty (UTC+6)"),
        ("Asia/Kathmandu", "Kathmandu (UTC+5:45)"),
        ("America/New_York", "New York (UTC−5)"),
        ("Europe/London", "London (UTC)"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_said_by_its_city_and_how_far_its_clocks_are_ahead(zone, said):
    assert zone_words(zone, NOON) == said
