"""The parts of the clock by pencil: each at the 90th percentile, beside its objective, and who lacks it."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.claims_for_tests import claim

from contested import CHARTS, Selection, Store, Story, answer
from contested.charts.parts_of_the_clock import lines
from contested.model.arrow_schema import to_arrow

CHART = next(chart for chart in CHARTS if chart.key == "parts-of-the-clock")
START = datetime(2031, 3, 2, 10, tzinfo=UTC)


def call(number, station, **after):
    """Claim a call and, so many seconds after it, its other milestones."""
    own = {"event_id": f"c{number}", "account": "log", "groups": {"station": station}, "time_basis": "logged"}
    for kind, seconds in {"call": 0, **after}.items():
        moment = START + timedelta(hours=number, seconds=seconds)
        yield claim(claim_id=f"{number}-{kind}", kind=kind, began_earliest=moment, began_latest=moment, **own)


TEN = [
    told
    for number in range(1, 11)
    for told in call(number, "North", dispatch=6 * number, en_route=6 * number + 90, arrival=6 * number + 330)
]
"""Ten calls: sent after 6, 12 … 60 seconds, on the way 90 seconds later, there after 240 more."""
TWO_UNSENT = [told for number in (11, 12) for told in call(number, "South")]


@pytest.fixture
def asked(korday):
    def ask(*claims, **chosen):
        story = Story(name="made", package=korday.package, claims=to_arrow(claims))
        return answer(CHART, story, Store(claims), Selection(**chosen))

    return ask


def test_each_part_has_its_90_percent_and_its_objective(asked):
    rows = {row["part"]: row for row in asked(*TEN).records()}

    found = {part: (row["n"], row["p90_low"] * 60, row["objective_minutes"]) for part, row in rows.items()}
    assert found == {
        "alarm handling": (10, pytest.approx(54), pytest.approx(64 / 60)),
        "turnout": (10, pytest.approx(90), pytest.approx(80 / 60)),
        "travel": (10, pytest.approx(240), 4),
        "total response": (10, pytest.approx(384), None),
    }


def test_the_title_counts_what_the_whole_interval_misses_or_meets(asked):
    """Were more than one call in ten too late, ten in time would still be seen in up to 35 of 100: 0.9 to the tenth."""
    found = asked(*TEN)

    assert found.title == "1 of 3 parts certainly misses the objective, 0 certainly meet it"
    assert "log, turnout: 90 % within 1.5 minutes, objective 80 s" in found.sentence


def test_of_sixty_calls_in_time_nine_in_ten_of_all_are(asked):
    """0.9 to the sixtieth is 0.2 in 100."""
    sixty = [told for number in range(60) for told in call(number, "North", dispatch=30, en_route=80, arrival=200)]

    assert asked(*sixty).title == "0 of 3 parts certainly miss the objective, 3 certainly meet it"


def test_what_has_no_objective_is_not_said_to_be_timed_by_too_few(asked):
    found = asked(*[one for one in TEN if one.kind in {"call", "arrival"}])

    assert found.title == "No objective is set for what ten calls or more time"
    assert "total response: 90 % within 6.4 minutes (95 % interval 6.2 min or more; n = 10)" in found.sentence


def test_of_the_total_response_the_reader_sets_the_objective(asked):
    [total] = [row for row in asked(*TEN, target_minutes=5).records() if row["part"] == "total response"]

    assert total["objective_minutes"] == 5
    assert (total["share_least"], total["share_most"]) == pytest.approx((0, 0.2775), abs=1e-4)


def test_by_group_each_has_its_own_and_what_lacks_a_part_is_counted(asked):
    found = asked(*TEN, *TWO_UNSENT, group="station", target_minutes=8)

    travel = [one for one in lines(found.rows, found.legend) if one.part == "alarm handling"]
    assert [(one.name, one.n, one.p90, one.objective, one.without) for one in travel] == [
        ("North", "10", "0.9 min", "64 s", ""),
        ("South", "0", "", "64 s", "2"),
    ]


def test_of_fewer_than_ten_no_percentile_is_given(asked):
    found = asked(*TEN[:-4])

    assert found.title == "No account has ten calls that time a part of the clock"
    assert all(row["p90_low"] is None for row in found.records())
    assert not any("customdata" in trace for trace in found.figure()["data"])


def test_every_mark_leads_to_the_claims_of_its_part(asked):
    found = asked(*TEN)

    marks = [trace["customdata"][0][0] for trace in found.figure()["data"] if "customdata" in trace]
    assert [len(ids) for ids in found.behind_marks(marks)] == [20, 20, 20, 20]
