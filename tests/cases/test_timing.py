"""The shared cases of response times and of hours: what each file must come to."""

import pytest

from contested import CHARTS, Selection, Store, answer
from contested.ingest.options import Given
from contested.library import open_story

HERE = "America/New_York"


@pytest.fixture
def asked(case):
    def ask(name, key, zone=HERE, **chosen):
        story = open_story(case(name), None, Given(name.rsplit("/", maxsplit=1)[-1], zone))
        chart = next(one for one in CHARTS if one.key == key)
        return answer(chart, story, Store(story.claims), Selection(zone=zone, **chosen))

    return ask


def test_cancelled_en_route_is_never_reached_and_lasts_no_three_days(asked):
    name = "dispatch/cancelled_en_route.csv"
    arrivals, every = (
        asked(name, "pooled-delays", start="call", calls=calls).records()[0] for calls in ("arrivals", "every")
    )

    assert (arrivals["n"], arrivals["n_cleared"], arrivals["n_open"]) == (11, 2, 0)
    assert (arrivals["median_low"], arrivals["p90_low"]) == (9, 13)
    assert (every["n"], every["n_reached"]) == (13, 11)
    assert (every["median_low"], every["p90_low"]) == (10, None)
    for calls in ("arrivals", "every"):
        rows = asked(name, "response-delays", start="call", calls=calls).records()
        assert max(row["longest_minutes"] for row in rows) == 14
    assert asked(name, "pooled-delays", start="call", stop="end").records()[0]["n"] == 13


def test_whichever_reading_is_shown_the_ranking_of_two_services_is_that_of_what_is_told(asked):
    for calls in ("arrivals", "every"):
        found = asked("dispatch/cancelled_hides_ranking.csv", "pooled-delays", start="call", calls=calls)

        rows = {row["account"]: row for row in found.records()}
        assert {account: row["median_low"] for account, row in rows.items()} == {"EMS": 7, "FIRE": 6}
        assert (rows["EMS"]["n"], rows["FIRE"]["n"], rows["FIRE"]["n_excluded"]) == (15, 11, 4)
        assert "15" in found.sentences[0]
        assert "11" in found.sentences[0]
        assert "4" in found.sentences[0]


def test_every_unit_counts_the_one_that_was_cleared(asked):
    name, chosen = "dispatch/unit_cancelled.csv", {"start": "dispatch", "units": "every"}
    rows = asked(name, "response-delays", calls="every", **chosen).records()

    assert [(row["outcome"], row["shortest_minutes"]) for row in rows] == [
        ("reached", 5),
        ("cleared", 3),
        ("reached", 8),
    ]
    assert (
        "2 units with an arrival; 1 more was cleared without" in asked(name, "response-delays", **chosen).sentences[0]
    )


def test_a_claim_of_a_century_is_counted_by_the_month(asked):
    found = asked("page/span_of_a_century", "hourly-clashes", zone="Asia/Almaty")

    assert set(found.rows["step"]) == {"month"}
    assert "Counted by month" in found.sentence
    night = {"since": "2020-02-07T12:00+06:00", "until": "2020-02-08T12:00+06:00"}
    hours = asked("page/span_of_a_century", "hourly-clashes", zone="Asia/Almaty", **night)
    assert set(hours.rows["step"]) == {"hour"}
