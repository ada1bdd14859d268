"""Casualties: a figure stands on the day on which it was said, and one without a day is seen all the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lies.small_stories import claims_behind, hovers, killed, told, traces

ALMATY = {"zone": "Asia/Almaty"}


def on(day, claim_id, best, **said):
    """State a figure on a day of which the hour is not known."""
    bounds = {"stated_earliest": f"2020-02-{day:02}T00:00+06:00", "stated_at": f"2020-02-{day:02}T23:59+06:00"}
    return killed(claim_id, best, **bounds | said)


def dots(found):
    return [x for trace in traces(found) if "markers" in trace["mode"] for x in trace["x"]]


def test_a_figure_said_on_a_day_is_drawn_at_noon_of_it_and_named_by_it():
    found = told("casualty-counts", on(11, "a", 10), **ALMATY)

    assert dots(found) == ["2020-02-11T12:00"]
    assert hovers(found) == ["north, 11 February 2020: 10 killed (standing, may stand for several or tens)"]
    assert found.chart.mark(next(found.rows.itertuples()), found.legend) == "north · 10 killed · 11 February 2020 · a"
    assert found.display()[["stated_earliest", "stated_at"]].to_numpy().tolist() == [["11 February 2020"] * 2]
    assert "north 10 (11 Feb)" in found.sentence


def test_a_day_that_ends_at_midnight_is_not_the_next_one():
    found = told("casualty-counts", on(11, "a", 10, stated_at="2020-02-12T00:00+06:00"), **ALMATY)

    assert dots(found) == ["2020-02-11T12:00"]
    assert "north 10 (11 Feb)" in found.sentence


def test_a_figure_said_at_an_hour_is_drawn_at_it():
    assert dots(told("casualty-counts", killed("a", 10, stated_at="2020-02-11T14:35+06:00"), **ALMATY)) == [
        "2020-02-11T14:35"
    ]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["north", "south", "west", "east"]), min_size=1, max_size=6))
def test_the_voices_of_a_side_stand_apart_within_the_day(voices):
    said = [on(11, f"k{number}", 8, account=voice, side="valley") for number, voice in enumerate(voices)]
    places = dots(told("casualty-counts", *said, by="side", **ALMATY))

    assert all("2020-02-11T07:00" <= place <= "2020-02-11T17:00" for place in places)
    assert len(set(places)) == len(set(voices))


def test_figures_of_no_known_time_stand_in_a_strip_of_their_own_and_are_counted():
    dated, undated = on(11, "a", 10), killed("b", 5, stated_at=None, low=3, high=8)
    found = told("casualty-counts", dated, undated, **ALMATY)
    layout = found.chart.draw(found.rows, found.legend)["layout"]

    marks = {
        claims_behind(found, trace["customdata"][0])[0]: (trace["xaxis"], trace["x"])
        for trace in traces(found)
        if "customdata" in trace
    }
    assert marks == {"a": ("x", ["2020-02-11T12:00"]), "b": ("x2", ["no date"])}
    assert layout["xaxis"]["domain"][1] < layout["xaxis2"]["domain"][0]
    assert "1 figure has no known time of statement." in found.sentences


def test_where_no_figure_is_dated_the_strip_is_the_whole_chart():
    found = told("casualty-counts", *(killed(one, 5, stated_at=None, account=one) for one in ("a", "b")))
    layout = found.chart.draw(found.rows, found.legend)["layout"]

    assert layout["xaxis2"]["domain"] == [0, 1]
    assert not layout["xaxis"]["visible"]
    assert "2 figures have no known time of statement." in found.sentences


@pytest.mark.parametrize("chosen", [{}, {"as_known_at": "2020-02-11T23:59+06:00"}], ids=str)
def test_the_stamp_and_the_changes_say_a_day_by_its_date(chosen):
    changes = told("changes", on(10, "a", 8), on(11, "b", 10, supersedes="a"), **ALMATY, **chosen)

    assert changes.title == "Since the end of 10 Feb 2020: 1 figure raised."
    assert dots(changes) == ["2020-02-11T12:00"]
    assert "23:59" not in changes.stamp() + changes.sentence


def test_a_bound_is_not_labelled_like_a_count():
    said = [
        killed("a", None, low=8, stated_at="2020-02-08T10:00Z"),
        killed("b", None, high=20, account="south", stated_at="2020-02-09T10:00Z"),
        killed("c", None, low=3, high=5, account="west", stated_at="2020-02-10T10:00Z"),
        killed("d", 7, account="east", stated_at="2020-02-11T10:00Z"),
    ]
    found = told("casualty-counts", *said)

    assert {text for trace in traces(found) if "markers" in trace["mode"] for text in trace["text"]} == {
        "≥8",
        "≤20",
        "3–5",
        "7",
    }


def test_an_axis_around_one_moment_is_a_day_long():
    found = told("casualty-counts", killed("a", 10, stated_at="2020-02-11T14:35+06:00"), **ALMATY)

    axis = found.chart.draw(found.rows, found.legend)["layout"]["xaxis"]
    assert axis["autorangeoptions"]["include"] == ["2020-02-11T02:35", "2020-02-12T02:35"]
