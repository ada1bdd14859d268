"""Times and figures in words are read as an import reads cells, and a few rules of a sentence are named."""

from datetime import UTC, datetime

import pytest

from contested.ingest.as_said import Figure, read_figure, read_said, read_times
from contested.ingest.cells.unreadable import Unreadable
from contested.model.vocabulary import Measure

ALMATY = "Asia/Almaty"
SAID = datetime.fromisoformat("2020-02-08T18:33+06:00")


def times(words, said=SAID):
    read = read_times(words, ALMATY, said)
    return [one and f"{one:%d %H:%M}" for one in read[:4]], read.rule


def test_midnight_ends_the_day_and_the_year_is_the_last_one_before_it_was_said():
    bounds, rule = times("By midnight on 7 February")

    assert bounds == ["07 00:00", "08 00:00", None, None]
    assert "midnight ends the day" in rule
    assert "the year is taken from when it was said: 2020" in rule
    assert times("on 9 February")[1].endswith("when it was said: 2019")


def test_a_day_without_its_year_is_not_read_where_nobody_says_when_it_was_said():
    assert read_times("7 February", ALMATY).reason == "no year"


def test_what_was_told_had_happened_by_then():
    assert times("8 February 2020")[0] == ["08 00:00", "08 18:33", None, "08 18:33"]


def test_a_period_has_a_begin_and_an_end():
    assert times("from 18:00 on 7 February 2020 to 05:00 on 8 February 2020")[0] == [
        "07 18:00",
        "07 18:00",
        "08 05:00",
        "08 05:00",
    ]


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("8 Feb 2020, 15:33", None, datetime(2020, 2, 8, 9, 33, tzinfo=UTC)),
        ("8 Feb 2020", datetime(2020, 2, 7, 18, tzinfo=UTC), datetime(2020, 2, 8, 17, 59, tzinfo=UTC)),
        ("2020-02-08T15:33+03:00", None, datetime(2020, 2, 8, 12, 33, tzinfo=UTC)),
    ],
)
def test_when_it_was_said_is_a_moment_or_the_minutes_of_whole_days(words, earliest, latest):
    assert read_said(words, ALMATY) == (earliest, latest)


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("about 400", (None, 400, None)),
        ("more than 180 people", (181, None, None)),
        ("almost 1,000", (None, None, 1000)),
        ("eleven", (None, 11, None)),
        ("between 8 and 10", (8, None, 10)),
        ("dozens", (None, None, None)),
    ],
)
def test_figures_keep_open_what_was_not_said(words, figure):
    read = read_figure(words, Measure.INJURED)

    assert read[:3] == figure
    assert isinstance(read, Figure)
    assert read.rule


def test_a_point_that_may_part_thousands_is_asked():
    assert isinstance(read_figure("1.000"), Unreadable)
