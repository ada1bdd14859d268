"""Clashes when there are many: by day or week, by the hour of the day, and by the hour of the week."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from tests.charts.boxes import texts
from tests.claims_for_tests import claim
from tests.lies.small_stories import hovers, told, unique

from contested.theme import WIDTHS

MONDAY, DAY = datetime(2020, 3, 2, tzinfo=UTC), timedelta(days=1)
BY_DAY, BY_HOUR, BY_CELL = "hourly-clashes", "clashes-by-hour", "clashes-by-hour-of-week"


def clash(day, hour, length=1.0, open_for=0.0, account="north"):
    """Tell of a clash that went on for so many hours, and may have begun that much later and ended that much later."""
    begun = MONDAY + timedelta(days=day, hours=hour)
    ended = begun + timedelta(hours=length)
    more = timedelta(hours=open_for)
    edges = {
        "began_earliest": begun,
        "began_latest": begun + more,
        "ended_earliest": ended,
        "ended_latest": ended + more,
    }
    return claim(event_id=f"{account}{day}{hour}{length}", account=account, **edges)


def of_day(day, account="north"):
    """Tell of a clash of which the day alone is known."""
    begun = MONDAY + timedelta(days=day)
    last = begun + timedelta(hours=23, minutes=59)
    edges = {"began_earliest": begun, "began_latest": last, "ended_earliest": begun, "ended_latest": last}
    return claim(event_id=f"{account}-day-{day}", account=account, **edges)


def evenings(days, account="north"):
    """Tell of two clashes each evening."""
    return [clash(day, hour, 2, account=account) for day in days for hour in (19, 20)]


def asked(key, *claims, **chosen):
    return told(key, *unique(claims), **chosen)


@pytest.mark.parametrize(("days", "step"), [(2, "hour"), (4, "day"), (300, "day"), (400, "week")])
def test_many_clashes_are_counted_by_longer_steps_as_the_time_is_longer(days, step):
    found = asked(BY_DAY, *evenings([0, days]))

    assert {row["step"] for row in found.records()} == {step}
    assert found.subtitle == f"Clashes under way in each {step}, on one scale"


def test_one_clash_at_a_time_is_told_by_the_hour_as_long_as_there_is_room():
    found = asked(BY_DAY, clash(0, 19), clash(10, 19))

    assert {row["step"] for row in found.records()} == {"hour"}


def test_a_day_counts_each_clash_once_and_a_week_begins_on_monday():
    claims = evenings([0, 1, 7])
    days = {row["hour"][:10]: row["possible"] for row in asked(BY_DAY, *claims).records()}
    weeks = [(row["hour"][:10], row["certain"]) for row in asked(BY_DAY, *claims, period="week").records()]

    assert (days["2020-03-02"], days["2020-03-03"], days["2020-03-04"]) == (2, 2, 0)
    assert weeks == [("2020-03-02", 4), ("2020-03-09", 2)]


def test_the_reader_may_count_by_quarters():
    rows = asked(BY_DAY, *evenings([0, 100]), period="quarter").records()

    assert [(row["hour"][:10], row["possible"]) for row in rows] == [("2020-01-01", 2), ("2020-04-01", 2)]


def test_a_stretch_without_a_claim_says_so():
    found = asked(BY_DAY, *evenings([*range(10), *range(60, 70)]), *evenings(range(70), "south"))
    written = [box.text for box in texts(found.figure(1160))]

    assert written.count("no claim") == 1


def test_a_clash_of_two_hours_counts_in_both_and_certain_only_where_nothing_is_open():
    found = asked(BY_HOUR, clash(0, 21, 2), clash(1, 21, 2, open_for=1))
    rows = {row["hour"]: (row["certain"], row["possible"]) for row in found.records() if row["possible"]}

    assert rows == {"21:00": (1, 2), "22:00": (2, 2), "23:00": (0, 1)}
    assert found.subtitle == "Clashes under way in each hour of the day, 2 days added up"


def test_a_clash_of_a_day_is_possible_in_every_hour_and_certain_in_none():
    found = asked(BY_HOUR, of_day(0))

    assert {(row["certain"], row["possible"]) for row in found.records()} == {(0, 1)}
    assert len(found.records()) == 24
    assert found.title == "No account tells at which hours clashes went on"


def test_hours_are_those_of_the_clocks_of_the_viewers_zone():
    [row] = [one for one in asked(BY_CELL, clash(0, 21), zone="Asia/Almaty").records() if one["possible"]]

    assert row["hour"] == "Tue 03:00"


def test_the_claims_behind_an_hour_are_of_every_day():
    found = asked(BY_HOUR, clash(0, 21), clash(5, 21), clash(5, 9))
    behind = {row["hour"]: row["claim_ids"] for row in found.records()}

    assert (behind["21:00"], behind["09:00"], behind["03:00"]) == (["k0000", "k0001"], ["k0002"], [])


AGREE = [*evenings([0, 1]), *evenings([0, 1], "south")]
TITLES = {
    "nobody": ([claim(kind="statement")], "No account dates a clash"),
    "one account": (evenings([0, 1]), "Evenings are busiest"),
    "both": (AGREE, "Evenings are busiest, according to both accounts"),
    "all three": ([*AGREE, *evenings([0], "west")], "Evenings are busiest, according to all three accounts"),
    "one of two": ([*evenings([0]), of_day(0, "south")], "Evenings are busiest, according to north"),
    "no end told": (
        [
            clash(0, 18).model_copy(
                update={"ended_earliest": None, "ended_latest": None, "stated_at": MONDAY + 1.5 * DAY}
            )
        ],
        "No part of the day is clearly busiest",
    ),
    "two parts": ([clash(0, 17, 2)], "No part of the day is clearly busiest"),
    "they differ": ([*evenings([0]), clash(0, 3, account="south")], "The busiest part of the day differs by account"),
}


@pytest.mark.parametrize(("claims", "title"), TITLES.values(), ids=TITLES)
def test_titles_of_the_hours_of_the_day(claims, title):
    assert asked(BY_HOUR, *claims).title == title


def test_the_title_of_the_week_names_the_busiest_four_hours_of_one_account():
    found = asked(
        BY_CELL, *[clash(day, hour) for day in range(4) for hour in (20, 21, 22, 23, 9)], clash(0, 9, 1, 0, "b")
    )

    assert found.title == "80% of possible clash hours lie between 20:00 and 00:00, according to north"


@pytest.mark.parametrize(
    ("claims", "title"),
    [
        ([clash(0, 18)], "100% of possible clash hours lie between 18:00 and 19:00"),
        ([of_day(0)], "No account tells at which hours clashes went on"),
        ([clash(0, 3), clash(0, 15)], "No four hours of the day hold most of the possible clash hours"),
    ],
    ids=["one hour", "a day alone", "two hours as much"],
)
def test_the_title_of_the_week_names_no_hours_that_others_equal_and_none_without_a_clash(claims, title):
    assert asked(BY_CELL, *claims).title == title


def test_hours_with_as_many_clashes_are_counted_beside_the_first():
    assert "north: most between 18:00–19:00, 1 certain, 1 possible; as many in 1 other hour." in (
        asked(BY_HOUR, clash(0, 18, 2)).sentences
    )


def test_certain_stands_left_and_possible_right_and_the_words_say_both():
    found = asked(BY_CELL, clash(0, 21, 2), clash(7, 21, 2, open_for=1))
    written = [box.text for box in texts(found.figure(1160))]

    assert "north certain" in " ".join(written)
    assert "north, Mon 21:00: 1 certain, 2 possible" in hovers(found)


@pytest.mark.parametrize("key", [BY_DAY, BY_HOUR, BY_CELL])
@pytest.mark.parametrize("width", WIDTHS)
def test_markup_in_a_name_is_text_at_every_width(key, width):
    figure = asked(key, *evenings(range(5), "<i>north")).figure(width)

    assert "<i>" not in json.dumps(figure)
    assert figure["layout"]["width"] == width


@pytest.mark.parametrize("chart", ["clashes-by-hour", "clashes-by-hour-of-week"])
def test_clashes_of_too_long_a_time_are_said_to_be_that_and_no_silence(chart):
    found = told(
        chart,
        claim(claim_id="a", began_earliest="1990-01-01T10:00Z", began_latest="1990-01-01T10:00Z"),
        claim(claim_id="b", began_earliest="2020-01-01T10:00Z", began_latest="2020-01-01T10:00Z"),
        claim(claim_id="c", account="south"),
    )

    assert found.title == "The clashes lie over some 30 years, too long to be told by the hour"
    assert found.sentences[1:] == ("At most 50,000 hours are counted; choose a shorter time.",)
    assert not any("no " in sentence.lower() for sentence in found.sentences)
