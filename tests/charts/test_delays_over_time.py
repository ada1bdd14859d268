"""Delays over time, by the hour, the weekday and the hour of the week: by pencil, in titles, and what is left out."""

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from tests.claims_for_tests import claim
from tests.ingest.codebooks.tables import published
from tests.lies import small_stories
from tests.lies.small_stories import hovers, marked, told, unique

from contested.analysis.timing.delay_words import MOST_WORDS
from contested.analysis.timing.periods import interval
from contested.theme import WIDTHS

MONDAY = datetime(2024, 1, 1, tzinfo=UTC)
HERE = "America/Los_Angeles"
OVER_TIME, BY_HOUR, BY_WEEKDAY, BY_CELL = (
    "delays-over-time",
    "delays-by-hour",
    "delays-by-weekday",
    "delays-by-hour-of-week",
)


def call(event, start, minutes, account="log", **said):
    """Log a call at a moment that is reached so many minutes later; one of None was cleared after an hour."""
    of = {
        "event_id": event,
        "account": account,
        "time_basis": "logged",
        "stated_at": start + timedelta(days=900),
    } | said
    kind, after = ("end", 60) if minutes is None else ("arrival", minutes)
    stopped = start + timedelta(minutes=after)
    return [
        claim(kind="call", began_earliest=start, began_latest=start, **of),
        claim(kind=kind, began_earliest=stopped, began_latest=stopped, **of),
    ]


def calls(starts_and_minutes, account="log"):
    """Log calls, each with an id of its own."""
    made = [call(f"{account}{n}", *one, account) for n, one in enumerate(starts_and_minutes)]
    return [one for pair in made for one in pair]


def on_days(*minutes_of_days, account="log"):
    """Log calls on one day after another, at noon, each day's reached within these minutes."""
    return calls(
        [
            (MONDAY + timedelta(days=day, hours=12), late)
            for day, minutes in enumerate(minutes_of_days)
            for late in minutes
        ],
        account,
    )


def asked(key, claims, **chosen):
    return told(key, *unique(claims), start="call", **chosen)


def test_a_day_of_ten_calls_by_pencil():
    """The fifth of ten is the median; 5 ± 1.96 √2.5 leaves the first and the tenth."""
    [row] = asked(OVER_TIME, on_days(range(1, 11))).records()

    assert (row["period"], row["n"], row["median_low"], row["median_high"]) == ("2024-01-01", 10, 5, 5)
    assert (row["median_least"], row["median_most"]) == (1, 10)
    assert row["p90_low"] is None
    assert len(row["claim_ids"]) == 20


def test_a_90_percent_stands_from_thirty_calls_on_and_its_open_end_is_not_made_up():
    """The 27th of thirty; 27 ± 3.2 leaves the 23rd, and above the last nothing is known."""
    [row] = asked(OVER_TIME, on_days(range(1, 31))).records()

    assert (row["median_low"], row["p90_low"], row["p90_high"]) == (15, 27, 27)
    assert (row["p90_least"], row["p90_most"]) == (23, None)


def test_an_interval_by_pencil():
    sorted_ = np.arange(1.0, 101.0)

    assert interval(sorted_, sorted_, 50) == (40, 61)
    assert interval(sorted_[:10], sorted_[:10], 50, 168) == (-np.inf, np.inf)


def test_a_call_that_was_cleared_is_never_reached_where_every_call_is_asked_for():
    claims = on_days([*range(1, 11), None, None])

    [arrivals], [every] = (asked(OVER_TIME, claims, calls=which).records() for which in ("arrivals", "every"))
    assert (arrivals["n"], arrivals["median_low"]) == (10, 5)
    assert (every["n"], every["median_low"]) == (12, 6)


@pytest.mark.parametrize(
    ("days", "unit", "periods"),
    [
        (44, "day", ["2024-01-01", "2024-02-14"]),
        (60, "month", ["2024-01", "2024-03"]),
        (1200, "quarter", ["2024-Q1", "2027-Q2"]),
        (6000, "year", ["2024", "2040"]),
    ],
)
def test_the_unit_follows_from_how_long_the_time_is(days, unit, periods):
    found = asked(OVER_TIME, calls([(MONDAY, 5), (MONDAY + timedelta(days=days), 5)]))

    assert [row["period"] for row in found.records()] == periods
    assert f"by the {unit} of the call" in found.subtitle


def test_the_reader_may_choose_the_unit():
    claims = calls([(MONDAY, 5), (MONDAY + timedelta(days=6), 5), (MONDAY + timedelta(days=7), 5)])

    weeks = asked(OVER_TIME, claims, period="week")
    assert [(row["period"], row["n"]) for row in weeks.records()] == [("2024-W01", 2), ("2024-W02", 1)]
    assert "by week" in weeks.stamp()


def test_periods_are_those_of_the_clocks_of_the_viewers_zone():
    """Half past eleven at night in UTC is half past four the next morning in Almaty."""
    claims = calls([(MONDAY + timedelta(hours=23, minutes=30), 5)])
    keys = (OVER_TIME, BY_HOUR, BY_WEEKDAY, BY_CELL)

    here = [asked(key, claims, zone="UTC").records()[0]["period"] for key in keys]
    there = [asked(key, claims, zone="Asia/Almaty").records()[0]["period"] for key in keys]
    assert here == ["2024-01-01", "23:00", "Monday", "Monday 23:00"]
    assert there == ["2024-01-02", "05:00", "Tuesday", "Tuesday 05:00"]


def vague(event="vague"):
    """Log a call of which the day alone is known."""
    day = {"began_earliest": MONDAY, "began_latest": MONDAY + timedelta(hours=23, minutes=59)}
    return [one.model_copy(update=day) if one.kind == "call" else one for one in call(event, MONDAY, 2000)]


def test_a_call_whose_hour_is_not_known_is_in_its_day_and_in_no_hour():
    assert asked(OVER_TIME, vague()).records()[0]["period"] == "2024-01-01"

    by_hour = asked(BY_HOUR, vague())
    assert [(row["period"], row["n"], len(row["claim_ids"])) for row in by_hour.records()] == [(None, 1, 2)]
    assert by_hour.title == "No call starts at a known hour of the day"


def test_calls_in_no_hour_are_counted_beside_the_others():
    found = asked(BY_HOUR, [*on_days(range(1, 11)), *vague()])

    assert [(row["period"], row["n"]) for row in found.records()] == [("12:00", 10), (None, 1)]
    assert "1 call is in no hour of the day: the call is not known so well." in found.fine


SAME, SLOW = range(1, 21), range(41, 61)
TITLES = {
    "nobody": ([], {}, "No account times both the call and the arrival"),
    "one period": (on_days(SAME), {}, "Too few calls to tell days apart: one alone holds any"),
    "too few": (on_days(SAME, [1], [2]), {}, "Too few calls to tell days apart: 2 of 3 hold under ten"),
    "none stands out": (
        on_days(SAME, range(2, 22)),
        {},
        "No day stands out; medians lie between 10.0 and 11.0 minutes",
    ),
    "one is slower": (on_days(SAME, SLOW), {}, "Half were reached within 10.0 minutes on 1 Jan, 50.0 on 2 Jan"),
    "hours": (
        on_days([200 + n for n in SAME], [900 + n for n in SAME]),
        {},
        "Half were reached within 3.5 hours on 1 Jan, 15.2 on 2 Jan",
    ),
    "of two accounts": (
        [*on_days(SAME, SAME), *on_days([1], account="other")],
        {},
        "No day stands out; medians lie between 10.0 and 10.0 minutes, according to log",
    ),
}


@pytest.mark.parametrize(("claims", "chosen", "title"), TITLES.values(), ids=TITLES)
def test_titles(claims, chosen, title):
    found = asked(OVER_TIME, claims, **chosen)

    assert found.title == title
    assert len(title.split()) <= MOST_WORDS


def test_why_the_90_percent_is_not_drawn_is_said():
    few = asked(OVER_TIME, on_days(SAME, SAME))
    lost = asked(OVER_TIME, on_days(*[[*range(1, 28), *[None] * 8]] * 2), calls="every")
    drawn = asked(OVER_TIME, on_days(*[range(1, 41)] * 2))

    assert few.fine.startswith("The 90% mark is not drawn: 2 of 2 days hold fewer than 30 calls.")
    assert lost.fine.startswith(
        "The 90% mark is not drawn: in 2 of 2 days it is not reached, as 23% of the calls lack an arrival."
    )
    assert "not drawn" not in drawn.fine
    assert any("90% 36 min" in text for text in hovers(drawn))


def test_a_band_that_goes_on_above_the_scale_is_said_to_be_cut():
    """Twenty calls of 1 to 20 minutes: half within 10, by its band 5 to 16; the scale ends at 12."""
    cut = asked(OVER_TIME, on_days(SAME, SAME))
    whole = asked(OVER_TIME, on_days([5] * 20, [6] * 20))

    assert cut.fine.endswith("Bands are cut at 12 min.")
    assert "cut" not in whole.fine


def test_what_a_mark_says_and_the_claims_behind_it():
    found = asked(OVER_TIME, on_days(range(1, 11), [7]))

    assert hovers(found) == [
        "Mon 1 Jan 2024, n = 10: median 5 min",
        "Mon 1 Jan 2024, n = 10",
        "Tue 2 Jan 2024, n = 1, too few",
    ]
    assert [len(ids) for ids in marked(found)] == [20, 20, 2]


@pytest.mark.parametrize("key", [OVER_TIME, BY_HOUR, BY_WEEKDAY, BY_CELL])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_leaves_the_figure_and_markup_in_a_name_is_text(key, width):
    claims = [*on_days(SAME, account="<b>north"), *on_days(SLOW, account="south")]
    figure = asked(key, claims, target_minutes=8).figure(width)

    assert "<b>north" not in json.dumps(figure)
    assert figure["layout"]["width"] == width
    assert all(0 <= note["y"] <= figure["layout"]["height"] for note in figure["layout"]["annotations"])


def week(minutes_of):
    """Log twelve calls in each hour of the week, each reached within a tenth more than the minutes of a function."""
    return calls(
        [
            (MONDAY + timedelta(days=7 * number + day, hours=hour), minutes_of(day, hour) + number / 10)
            for day in range(7)
            for hour in range(24)
            for number in range(12)
        ]
    )


CELLS = {
    "a run of hours": (lambda _, hour: 20 if hour in (17, 18, 19) else 8, "Calls between 17:00 and 20:00 wait longest"),
    "no hour": (lambda day, hour: 8, "No hour of the week stands out"),  # noqa: ARG005
}


@pytest.mark.parametrize(("minutes_of", "title"), CELLS.values(), ids=CELLS)
def test_titles_of_a_week(minutes_of, title):
    assert asked(BY_CELL, week(minutes_of)).title == title


def test_one_slow_hour_of_the_week_is_named_where_its_interval_is_above_the_median_of_all():
    """Of 168 compared an interval is 3.6 standard deviations wide either way: twenty calls bound it, ten do not."""
    slow = calls([(MONDAY + timedelta(days=7 * n + 4, hours=17), 30 + n / 10) for n in range(40)], "log")
    more = [one.model_copy(update={"event_id": f"slow{one.event_id}"}) for one in slow]

    assert asked(BY_CELL, [*week(lambda *_: 8), *more]).title == "Slowest: Fridays at 17:00, half within 31.3 minutes"


def test_too_few_to_tell_hours_apart():
    found = asked(BY_CELL, on_days(SAME))

    assert found.title == "Too few calls to tell hours apart: 167 of 168 hold under ten"
    assert "log: 1 of 168 hours of the week hold at least 10 calls, 167 hold none." in found.sentence


def test_a_cell_goes_by_the_target_is_hatched_where_few_and_pale_where_none():
    claims = [*on_days(range(1, 11)), *calls([(MONDAY, 5)], "log")[:0]]
    few = calls([(MONDAY + timedelta(hours=3), 5)], "log")
    found = asked(BY_CELL, [*claims, *[one.model_copy(update={"event_id": "few"}) for one in few]], target_minutes=8)

    assert sorted(hovers(found)) == ["Mon 03:00, n = 1, too few", "Mon 12:00, n = 10: 5 min"]
    pale, hatched, solid = found.figure()["data"]
    assert (len(pale["y"]), len(hatched["y"]), len(solid["y"])) == (166, 1, 1)
    assert hatched["marker"]["pattern"]["shape"] == "/"
    assert found.fine.startswith("Colours go by the target")


LOGS = [("sf_fire_calls_nikitaAD", "call", 8), ("rvfd_calls", "dispatch", 44)]


@pytest.mark.parametrize(("name", "start", "periods"), LOGS)
def test_of_a_published_log_the_medians_are_what_pandas_finds(name, start, periods):
    claims = published(f"response/{name}.extract2000.csv", HERE).claims
    found = told(OVER_TIME, *claims, start=start, calls="arrivals", zone=HERE)

    stamps = pd.DataFrame([(one.event_id, one.kind.value, one.began_latest) for one in claims])
    stamps[2] = pd.to_datetime(stamps[2], utc=True)
    first = stamps.pivot_table(index=0, columns=1, values=2, aggfunc="min").dropna(subset=[start, "arrival"])
    minutes = (first["arrival"] - first[start]).dt.total_seconds() / 60
    local = first[start].dt.tz_convert(HERE).dt.tz_localize(None)
    of = local.dt.strftime("%Y-%m-%d") if periods == 8 else local.dt.to_period("Q").astype(str).str.replace("Q", "-Q")
    by_pandas = minutes.groupby(of).agg(["size", lambda one: one.sort_values().iloc[-(-len(one) // 2) - 1]])
    assert len(by_pandas) == periods
    assert [(row["period"], row["n"]) for row in found.records()] == list(by_pandas["size"].items())
    assert [row["median_low"] for row in found.records()] == pytest.approx(by_pandas.iloc[:, 1].tolist())


def test_plain_events_are_told_as_all_others_are():
    """The same calls from columns of their own, as those of many claims are."""
    claims = on_days([*range(1, 21), None], SLOW)
    before = {key: asked(key, claims, calls="every").records() for key in (OVER_TIME, BY_HOUR, BY_CELL)}
    many = small_stories.small(*unique(claims), few=0)

    after = {key: small_stories.asked(key, many, start="call", calls="every") for key in before}
    assert all(found.store.keeps_plain_events(found.legend.selection) for found in after.values())
    assert {key: found.records() for key, found in after.items()} == before
