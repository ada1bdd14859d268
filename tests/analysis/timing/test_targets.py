"""Shares within targets by pencil: of each target its bounds and its interval, and none of fewer than ten."""

import csv
import io
import json

import numpy as np
import pytest
from tests.charts.test_response_delays import many
from tests.lies.small_stories import told

from contested.analysis.timing.targets import shares_of_sorted, wilson
from contested.charts.pooled_delays.groups import summaries
from contested.export.table import csv_text

TWENTY = many(20)
"""Twenty calls of one account, reached after 1, 2 … 20 minutes."""


@pytest.mark.parametrize(
    ("share", "number", "interval"), [(0.5, 10, (0.2366, 0.7634)), (0, 10, (0, 0.2775)), (1, 30, (0.8865, 1))]
)
def test_the_interval_of_a_share_is_that_of_wilson(share, number, interval):
    assert wilson(share, number) == pytest.approx(interval, abs=1e-4)


def test_each_target_has_its_share_and_a_share_is_as_open_as_the_delays_are():
    minutes = np.arange(1.0, 11)
    four, eight = shares_of_sorted(minutes, minutes + 1, [4, 8])

    assert (four.low, four.high) == (0.3, 0.4)
    assert (eight.low, eight.high) == (0.7, 0.8)
    assert (eight.least, eight.most) == pytest.approx((wilson(0.7, 10)[0], wilson(0.8, 10)[1]))
    assert not shares_of_sorted(minutes[:9], minutes[:9], [4, 8])


def test_several_targets_are_told_in_order_in_the_table_the_sentence_and_the_export():
    found = told("pooled-delays", *TWENTY, target_minutes=[10, 4])

    [row] = json.loads("".join(found.json()))["rows"]
    [line] = csv.DictReader(io.StringIO("".join(csv_text(found))))
    [summary] = summaries(found.rows, found.legend)
    assert (row["target_minutes"], row["within_low"], row["within_high"]) == ([10, 4], [0.5, 0.2], [0.5, 0.2])
    assert (line["target_minutes"], line["within_low"]) == ("10;4", "0.5;0.2")
    assert [one.minutes for one in summary.shares] == [10, 4]
    assert "50% within 10 min (30%–70%) and 20% within 4 min (8%–42%)" in found.sentence
    assert found.title.startswith("50% of 20 events were reached within 10 minutes")
    assert "targets 10 minutes and 4 minutes" in found.stamp()


def test_over_time_each_period_has_its_share_within_each_target():
    found = told("delays-over-time", *TWENTY, target_minutes=[10, 4])

    periods = [row for row in found.records() if row["n"] >= 10]
    assert [row["within_low"] for row in periods] == [[0.5, 0.2]]
    drawn = [words for trace in found.figure()["data"] for words in trace.get("hovertext", ())]
    assert any("50% within 10 min, 95% interval 30%–70%" in words for words in drawn)


def test_without_a_target_no_share_is_told():
    [row] = told("pooled-delays", *TWENTY).records()

    assert row["target_minutes"] == []
