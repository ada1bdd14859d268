"""A mark that is picked leads to the observations behind it: exactly those that it counts."""

import json
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest
from tests.charts.test_delays_over_time import MONDAY, calls
from tests.conftest import ROOT
from tests.lies.small_stories import told, unique

import card
from panel import mount
from sharing import link

NIGHTS = calls([(MONDAY + timedelta(days=day, hours=3, minutes=15 * n), n + 1) for day in range(9) for n in range(12)])
"""On each of nine days twelve calls from 3:00 to 5:45 UTC: in New York some are of the evening before."""
TWO = [
    one.model_copy(update={"groups": json.dumps({"station": "South" if "1" in one.event_id else "North"})})
    for one in NIGHTS
]
HERE = {"zone": "America/New_York", "start": "call"}


def asked(key, **chosen):
    return told(key, *unique(TWO), **HERE | chosen)


def led(found):
    """Count the observations that each mark leads to, beside what it counts."""
    figure = found.figure()
    rows = found.rows if found.chart.marked is None else found.chart.marked(found.rows)
    for name, numbers in mount.marks(figure).items():
        filters = card.observed(found, figure, name)
        kept = asked("observations", **filters).rows
        yield int(kept["counts"].sum()), rows.loc[numbers[0]]


@pytest.mark.parametrize("period", ["day", "week", "month", "quarter", "year"])
def test_a_mark_over_time_leads_to_the_delays_of_its_period(period):
    numbers = [(counted, row.n) for counted, row in led(asked("delays-over-time", period=period))]

    assert numbers
    assert all(counted == n for counted, n in numbers)
    assert len({n for _, n in numbers}) > (period in {"day", "month", "year"})


@pytest.mark.parametrize("key", ["delays-by-hour", "delays-by-weekday", "delays-by-hour-of-week"])
def test_a_mark_of_the_clock_or_the_week_leads_to_its_own(key):
    numbers = [(counted, row.n) for counted, row in led(asked(key))]

    assert numbers
    assert all(counted == n for counted, n in numbers)


def test_a_line_of_groups_leads_to_the_observations_of_its_group():
    found = asked("pooled-delays", group="station")
    of = dict(zip(found.rows["group_value"], found.rows["n"], strict=True))

    numbers = {(counted, row.group_value) for counted, row in led(found)}
    assert numbers == {(n, group) for group, n in of.items()}


def test_what_was_narrowed_before_stays_so_and_the_same_name_is_asked_anew():
    found = asked("delays-by-weekday", where=["station=North", "weekday=Friday", "weekday=Saturday"])
    figure = found.figure()

    [one, *_] = mount.marks(figure)
    assert card.observed(found, figure, one)["where"] in (
        ["station=North", "weekday=Friday"],
        ["station=North", "weekday=Saturday"],
    )


def test_where_nothing_is_grouped_a_mark_of_all_delays_shows_its_claims():
    found = asked("pooled-delays")
    figure = found.figure()

    assert not any(card.observed(found, figure, name) for name in mount.marks(figure))


def test_who_is_led_on_stands_on_the_view_with_the_filters_of_the_mark():
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    app.session_state[link.LEADS] = ("observations", {"where": ["weekday=Friday"], "start": ["call"]})

    app.run()

    assert not app.exception
    assert app.query_params["where"] in ("weekday=Friday", ["weekday=Friday"])
    assert any("times both the call and the arrival" in one.value for one in app.header)
