"""A figure as SVG: every mark where its numbers say, every word of it, and nothing that a browser would run."""

import re
from xml.etree import ElementTree as ET

import pytest
from tests.claims_for_tests import claim
from tests.lies.small_stories import told

from contested import CHARTS
from contested.drawing import certain, figure, note
from contested.export.svg import svg
from contested.export.svg.texts import plain
from contested.theme import LIGHT, WIDTHS, custom_property

SVG = "{http://www.w3.org/2000/svg}"
TEN_HOURS = {"type": "date", "range": ["2020-02-07T18:00:00", "2020-02-08T04:00:00"], "showticklabels": False}
LEVELS = {"range": [50, 0], "showticklabels": False}
ALT = "Eight were killed, according to officials."


def parsed(drawn, paint=str):
    return ET.fromstring(svg(drawn, ALT, paint=paint))  # noqa: S314 our own


def words(root):
    return ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]


def test_a_bar_of_three_hours_on_an_axis_of_ten_takes_three_tenths_of_it():
    three_hours = {"base": ["2020-02-07T20:00:00"], "x": [3 * 3_600_000]}
    placed = {"type": "bar", "orientation": "h", "y": [25], "width": [10], "marker": certain(LIGHT["ink"])}
    drawn = placed | three_hours

    root = parsed(figure(120, 50, [drawn], left=20, xaxis=TEN_HOURS, yaxis=LEVELS))

    [rect] = [one for one in root.iter(f"{SVG}rect") if one.get("fill") == LIGHT["ink"]]
    assert [float(rect.get(name)) for name in ("x", "y", "width", "height")] == [40, 20, 30, 10]


@pytest.mark.parametrize("width", [{}, {"width": [3_600_000, 3_600_000]}], ids=["touching", "an hour wide"])
def test_columns_of_hours_stand_at_their_hours(width):
    hours = ["2020-02-07T19:30:00", "2020-02-07T20:30:00"]
    columns = {"type": "bar", "x": hours, "y": [20, 50], "marker": certain(LIGHT["ink"])} | width

    root = parsed(figure(100, 50, [columns], xaxis=TEN_HOURS, yaxis={"range": [0, 50], "showticklabels": False}))

    rects = [one for one in root.iter(f"{SVG}rect") if one.get("fill") == LIGHT["ink"]]
    placed = [[float(one.get(name)) for name in ("x", "y", "width", "height")] for one in rects]
    assert placed == [[10, 30, 10, 20], [20, 0, 10, 50]]


def test_a_note_that_stands_right_of_its_axis_is_left_out_as_plotly_leaves_it_out():
    inside, outside = note("in the evening", 5, 25), note("on the next day", 11, 25)

    root = parsed(
        figure(100, 50, [], notes=[inside, outside], xaxis={"range": [0, 10], "showticklabels": False}, yaxis=LEVELS)
    )

    assert words(root) == ["in the evening"]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_every_mark_of_every_chart_says_what_it_says_on_the_dashboard(ask, chart):
    found = ask(chart.key)
    for width in WIDTHS:
        drawn = found.figure(width)

        root = parsed(drawn, custom_property)

        assert {one.text for one in root.iter(f"{SVG}title")} == {plain(said) for said in _hovers(drawn)}
        assert (root.get("role"), root.get("aria-label")) == ("img", ALT)
        assert [root.get("width"), root.get("height")] == [str(drawn["layout"][name]) for name in ("width", "height")]
        assert not re.findall(r"#[0-9A-Fa-f]{6}\b", ET.tostring(root, "unicode")), (
            "a colour that stays light in the dark"
        )


def _hovers(drawn):
    for trace in drawn["data"]:
        if trace.get("hoverinfo") == "text" and "hovertext" in trace:
            said = trace["hovertext"]
            yield from [said] if isinstance(said, str) else said


def test_words_of_a_claim_are_words_whatever_they_hold():
    hostile = '</text></svg><script>alert("1")</script>&amp;'
    found = told("timeline", claim(label=hostile[:30], summary=hostile, began_earliest="2020-02-07T18:00+06:00"))

    for width in WIDTHS:
        written = svg(found.figure(width), hostile, name="a")

        root = ET.fromstring(written)  # noqa: S314
        assert {one.tag for one in root.iter()} <= {
            f"{SVG}{name}"
            for name in (
                "svg",
                "defs",
                "clipPath",
                "g",
                "line",
                "path",
                "pattern",
                "rect",
                "ellipse",
                "text",
                "tspan",
                "title",
            )
        }
        assert root.get("aria-label") == hostile
        assert "<script" not in written


def test_what_cannot_be_written_is_refused_and_not_left_out():
    with pytest.raises(ValueError, match="no trace 'pie'"):
        svg(figure(100, 50, [{"type": "pie", "x": [1], "y": [1]}]), ALT)
