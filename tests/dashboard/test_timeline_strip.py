"""The strip above a timeline of very many events: what its columns count, and the window that its slider writes."""

from datetime import UTC, datetime, timedelta

import pandas as pd
from streamlit.testing.v1 import AppTest
from tests.claims_for_tests import claim

from contested.drawing import overview


def timeline():
    from contested import CHARTS, Selection  # noqa: PLC0415 runs as a script of its own
    from views import chart  # noqa: PLC0415

    chart.show(next(one for one in CHARTS if one.key == "timeline"), Selection())


def exactly(moment):
    return {"kind": "arson", "began_earliest": moment.isoformat(), "began_latest": moment.isoformat()}


def csv_of(claims):
    names = ("claim_id", "account", "source_id", "kind", "event_id", "began_earliest", "began_latest", "summary")
    rows = [[getattr(one, name) for name in names] for one in claims]
    return "\n".join(",".join(map(str, row)) for row in (names, *rows))


def at(day, hour=0):
    return datetime(2020, 6, day, hour)  # noqa: DTZ001 a wall clock


def test_a_step_is_a_day_and_over_very_many_days_so_many_that_there_are_few_enough():
    assert overview.steps(at(1, 5), at(3, 9)) == [at(1), at(2), at(3), at(4)]

    many = overview.steps(datetime(2020, 1, 1), datetime(2021, 1, 1))  # noqa: DTZ001 wall clocks
    assert len(many) - 1 <= overview.MOST_STEPS
    assert many[1] - many[0] == (many[-1] - many[0]) / (len(many) - 1)
    assert (many[1] - many[0]).days == 4


def test_an_event_counts_on_the_day_on_which_it_begins():
    begins = pd.Series([at(1), at(1, 23), at(2), at(3, 12)]).astype("datetime64[us]")

    assert overview.counts(begins, [at(1), at(2), at(3), at(4)]) == [2, 1, 1]


def test_the_window_stands_between_two_lines_and_the_highest_column_fills_the_strip():
    figure = overview.draw([at(1), at(2), at(3), at(4)], [2, 8, 0], (at(2), at(3)), 784)

    [columns] = figure["data"]
    assert columns["y"] == [-14.0, -56.0, 0]
    ends = [one["x0"] for one in figure["layout"]["shapes"] if one["type"] == "line" and one["line"]["width"] == 2]
    assert ends == ["2020-06-02T00:00:00", "2020-06-03T00:00:00"]


def test_the_slider_writes_the_days_shown_and_few_events_have_no_strip(tmp_path, monkeypatch):
    begun = datetime(2020, 6, 1, tzinfo=UTC)
    moments = [begun + timedelta(hours=3 * n) for n in range(210)]
    told = [claim(claim_id=f"c{n}", event_id=f"e{n}", **exactly(at)) for n, at in enumerate(moments)]
    (tmp_path / "claims.csv").write_text(csv_of(told), encoding="utf-8")
    monkeypatch.setenv("CONTESTED_STORY", str(tmp_path))
    page = AppTest.from_function(timeline, default_timeout=60).run()

    assert not page.exception
    page.select_slider[0].set_range(datetime(2020, 6, 3), datetime(2020, 6, 5)).run()  # noqa: DTZ001
    assert page.query_params["from"] == "2020-06-03T00:00+00:00"
    assert page.query_params["to"] == "2020-06-05T00:00+00:00"

    monkeypatch.delenv("CONTESTED_STORY")
    assert not AppTest.from_function(timeline, default_timeout=60).run().get("select_slider")
