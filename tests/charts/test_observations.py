"""Observations: every event that an account tells of is a row, and saved rows give the pooled figures again."""

import contextlib
import io
import json

import pandas as pd
import pyarrow.parquet
import pytest
from tests.charts.test_delays_over_time import MONDAY, SAME, call, calls, on_days, vague
from tests.lies import small_stories
from tests.lies.small_stories import hovers, told, unique

from contested.analysis.timing.observations import RECIPE
from contested.export.table import csv_text, how_counted, parquet


def asked(claims, key="observations", **chosen):
    return told(key, *unique(claims), **{"start": "call"} | chosen)


def only_called(event="silent"):
    """Tell of a call, and of nothing that came after it."""
    first, _ = call(event, MONDAY, 5, time_basis="stated")
    return [first]


EVERY = [*on_days([4, 8, 12], [None]), *only_called(), *vague()]


def known(found):
    return [(row["event_id"], row["censored"], row["counts"], row["why"]) for row in found.records()]


def test_every_event_is_a_row_that_counts_or_says_why_not():
    assert known(asked(EVERY, calls="every")) == [
        ("silent", None, False, "with no arrival told"),
        ("vague", "interval", True, None),
        ("log0", "exact", True, None),
        ("log1", "exact", True, None),
        ("log2", "exact", True, None),
        ("log3", "cleared", True, None),
    ]


def test_where_calls_with_an_arrival_are_asked_for_the_others_stand_below_the_line():
    found = asked(EVERY)

    assert known(found)[-1] == ("log3", "cleared", False, "without a stop, where only those with one are asked for")
    assert found.title == "4 calls with a start and an outcome"
    assert found.fine == (
        "1 delay between bounds stands at the longest. "
        "Not counted: 1 call with no arrival told and 1 call without a stop, where only those with one are asked for."
    )


def test_a_row_holds_both_ends_of_the_clock_and_the_bounds_of_the_delay():
    rows = {row["event_id"]: row for row in asked(EVERY, calls="every").records()}

    assert rows["log1"]["started_earliest"] == rows["log1"]["started_latest"] == "2024-01-01T12:00:00+00:00"
    assert rows["log1"]["stopped_latest"] == "2024-01-01T12:08:00+00:00"
    assert (rows["log1"]["shortest_minutes"], rows["log1"]["longest_minutes"]) == (8, 8)
    assert (rows["vague"]["shortest_minutes"], rows["vague"]["longest_minutes"]) == (2000 - 1439, 2000)
    assert rows["log3"]["stopped_earliest"] is None
    assert len(rows["log1"]["claim_ids"]) == 2


def test_the_title_names_the_figure_and_the_subtitle_adds_up_to_its_n():
    found = asked(on_days([*SAME, None]), calls="every", target_minutes=8)
    half = asked(on_days([*SAME, None]), calls="every")

    assert found.title == "The 21 calls behind “38% within 8 minutes”"
    assert found.subtitle == "8 reached in time, 12 later, 1 without an arrival; one row a call"
    assert half.title == "The 21 calls behind “half within 11 min”"


def test_of_two_accounts_no_figure_is_said():
    found = asked([*on_days(SAME), *on_days(SAME, account="other")])

    assert found.title == "40 observations of 40 calls by 2 accounts"


def test_a_call_that_two_accounts_tell_of_is_one_call():
    twice = [one.model_copy(update={"account": "other"}) for one in on_days(SAME)]

    assert asked([*on_days(SAME), *twice]).title == "40 observations of 20 calls by 2 accounts"


def test_a_stop_before_its_start_points_below_the_scale():
    found = asked(on_days([-5, 7]))

    assert found.figure()["data"][0]["marker"]["symbol"][0] == "triangle-down"


def test_a_mark_says_which_event_and_how_long():
    assert "log · log0 · 1 min" in hovers(asked(on_days(SAME)))


MIXED = {
    "calls with an arrival": (on_days(SAME, [None, 7]), {}),
    "every call, some cleared": (on_days([*SAME, None, None]), {"calls": "every"}),
    "two groups": (
        [
            one.model_copy(update={"groups": json.dumps({"station": station})})
            for station, told in (("North", on_days(SAME)), ("South", on_days([*range(30, 60), None], account="log2")))
            for one in told
        ],
        {"calls": "every", "group": "station"},
    ),
    "two accounts": ([*on_days(SAME), *on_days([*range(30, 60), None], account="other")], {"calls": "every"}),
}


@pytest.mark.parametrize(("claims", "chosen"), MIXED.values(), ids=MIXED)
def test_the_lines_of_python_give_the_pooled_figures_from_the_saved_rows(claims, chosen, tmp_path, monkeypatch):
    (tmp_path / "observations.csv").write_text("".join(csv_text(asked(claims, **chosen))), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(RECIPE, {})  # noqa: S102 what readers are told to run

    pools = asked(claims, "pooled-delays", **chosen).records()
    expected = [[row["account"], row["group_value"] or "nan", row["n"], *ends(row)] for row in pools]
    said = [line.rsplit(maxsplit=4) for line in printed.getvalue().splitlines()]
    assert [[*whose, int(n), float(median), float(p90)] for *whose, n, median, p90 in said] == expected


def ends(row):
    return row["median_low"], row["p90_low"]


def test_no_more_than_ten_lines_give_them():
    assert len(RECIPE.strip().splitlines()) <= 10


def test_parquet_holds_the_same_rows_typed_with_how_they_were_counted():
    found = asked(EVERY, calls="every")
    table = pyarrow.parquet.read_table(io.BytesIO(parquet(found)))

    assert table.column_names == list(found.chart.columns)
    assert str(table.schema.field("started_earliest").type).startswith("timestamp")
    assert table.to_pandas()["shortest_minutes"].tolist()[1:5] == [561, 4, 8, 12]
    assert found.stamp() in table.schema.metadata[b"stamp"].decode()
    assert table.schema.metadata[b"recipe"].decode() == RECIPE


def test_how_counted_says_the_figure_the_doubts_the_filters_and_the_data():
    found = asked(on_days(SAME), target_minutes=8)

    text = how_counted(found)
    assert all(part in text for part in (found.title, "Censored:", found.stamp(), "import pandas"))


def test_plain_events_give_the_same_rows():
    claims = [*calls([(MONDAY, 5), (MONDAY, None)]), *vague()]
    before = asked(claims, calls="every").records()
    many = small_stories.small(*unique(claims), few=0)
    after = small_stories.asked("observations", many, start="call", calls="every")

    assert after.store.keeps_plain_events(after.legend.selection)
    assert after.records() == before


def test_rows_can_be_read_by_pandas_as_they_are_saved():
    saved = pd.read_csv(io.StringIO("".join(csv_text(asked(EVERY, calls="every")))))

    assert saved["counts"].tolist() == [False, True, True, True, True, True]


def test_a_delay_between_bounds_is_said_to_stand_at_its_longest():
    assert asked([*on_days([7]), *vague()]).fine.startswith("1 delay between bounds stands at the longest.")
    assert not asked(on_days([7])).fine
