"""The windows of a timeline are made from the gaps in what is dated, and named as people name them."""

from datetime import datetime

from tests.claims_for_tests import bounds, claim
from tests.lies.small_stories import told

from contested.analysis.timing.opening_window import opened, windows


def at(day, hour, minute=0):
    moment = datetime(2020, 2, day, hour, minute).isoformat(timespec="minutes") + "Z"  # noqa: DTZ001 written with its zone
    return claim(claim_id=moment, event_id=moment, kind="arson", began_earliest=moment, began_latest=moment)


def on(day):
    edges = {"began_earliest": f"2020-02-{day:02}T00:00Z", "began_latest": f"2020-02-{day + 1:02}T00:00Z"}
    return claim(claim_id=f"on {day}", event_id=f"on {day}", kind="arson", **edges)


def named(*claims):
    return [one.name for one in windows(told("timeline", *claims).rows)]


def test_twelve_hours_without_anything_part_two_windows_and_less_does_not():
    assert named(at(7, 12), at(8, 0)) == ["7 Feb", "8 Feb", "All days"]
    assert named(at(7, 12), at(7, 23, 59)) == ["All days"]


def test_a_window_from_noon_to_the_morning_is_a_night():
    night = claim(claim_id="n", **bounds("17:00", "18:00", "04:00", "05:00"))

    assert named(at(5, 10), night) == ["5 Feb", "Night of 7–8 Feb", "All days"]


def test_edges_lie_on_full_three_hours_at_least_an_hour_away():
    night = claim(claim_id="n", **bounds("17:00", "18:00", "04:00", "06:00"))
    found = told("timeline", at(5, 10), night, night.model_copy(update={"claim_id": "m", "kind": "arson"}))
    window = opened(found.rows, found.legend)

    assert window.instants("Asia/Almaty") == ("2020-02-07T15:00+06:00", "2020-02-08T09:00+06:00")


def test_a_day_alone_makes_a_window_only_where_no_hours_are_told():
    assert named(at(7, 10), on(7), on(9)) == ["7 Feb", "9 Feb", "All days"]


def test_the_fullest_window_opens_unless_hours_are_chosen():
    claims = [at(5, 10), at(7, 10), at(7, 11)]
    found = told("timeline", *claims)
    chosen = told("timeline", *claims, **{"from": "2020-02-05T00:00Z", "to": "2020-02-06T00:00Z"})

    assert opened(found.rows, found.legend).name == "7 Feb"
    assert opened(chosen.rows, chosen.legend).name == "5 Feb"


def test_at_most_three_are_offered_beside_all_days_those_of_most_claims():
    claims = [at(day, 10, minute) for day in (3, 5, 7, 9, 11) for minute in range(day)]

    assert named(*claims) == ["7 Feb", "9 Feb", "11 Feb", "All days"]


def test_a_month_narrows_to_the_fewest_days_with_a_third_of_its_events():
    claims = [at(day, hour) for day in range(1, 20) for hour in ((0, 8, 16) if day != 10 else range(24))]

    assert named(*claims) == ["9–10 Feb", "All days"]


def test_nothing_dated_has_no_window():
    assert named(claim()) == []
