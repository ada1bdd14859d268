"""A presenter's remark: an arrow and a sentence above a chart, which moves no mark and is nobody's claim."""

import io
import json

import pypdf
import pytest
from pptx import Presentation
from tests.charts.boxes import outside, overlapping, texts
from tests.claims_for_tests import claim
from tests.lies.small_stories import small, told

from contested.drawing.remarks import remarked
from contested.export import about, paper, powerpoint, talk
from contested.export.formats import FORMATS
from contested.export.svg import svg
from contested.model.remark import Remark

SAID = "Here <b>nobody</b> gives an hour."
SENTENCE = f"Presenter, 8 Feb 2020, 02:00: “{SAID}”"
REMARK = Remark(at="2020-02-07T20:00Z", words=SAID)
WITHIN = {"began_earliest": "2020-02-07T18:00Z", "ended_latest": "2020-02-07T22:00Z"}


@pytest.fixture(scope="module")
def found():
    return told("timeline", claim(**WITHIN), zone="Asia/Almaty").remarked([REMARK])


def test_the_chart_grows_by_a_band_and_nothing_in_it_moves(found):
    before, after = found.unremarked(560), found.figure(560)
    band = after["layout"]["height"] - before["layout"]["height"]

    assert after["data"] == before["data"]
    assert after["layout"]["margin"]["t"] - before["layout"]["margin"]["t"] == band > 0
    assert after["layout"]["shapes"][: len(before["layout"]["shapes"])] == before["layout"]["shapes"]
    assert after["layout"]["xaxis"] == before["layout"]["xaxis"]


NIGHT = {
    "width": 500,
    "height": 100,
    "margin": {"l": 100, "r": 0, "t": 0, "b": 0},
    "shapes": [],
    "annotations": [],
    "xaxis": {"type": "date", "range": ["2020-02-08T00:00", "2020-02-08T04:00"]},
}


def test_the_arrow_points_to_the_moment():
    rule, shaft, head = remarked({"data": [], "layout": NIGHT}, [REMARK], "Asia/Almaty")["layout"]["shapes"]

    assert rule["x0"] == rule["x1"] == shaft["x0"] == 200  # 02:00 is half of the way from 0:00 to 4:00, of 400 px
    assert head["path"].endswith("L200.00,0 Z")


def test_the_rule_below_an_arrow_crosses_no_words_above_or_below_the_plot():
    axes = {"yaxis": {}, "yaxis2": {"domain": [0.6, 0.9]}, "yaxis3": {"domain": [0.2, 0.5]}}
    rule, _, _ = remarked({"data": [], "layout": NIGHT | axes}, [REMARK], "Asia/Almaty")["layout"]["shapes"]

    assert (rule["y0"], rule["y1"]) == (0.2, 0.9)


def test_where_the_chart_has_no_such_moment_the_sentence_stands_without_an_arrow(found):
    later = found.remarked([Remark(at="2031-01-01T00:00Z", words="Much later.")])

    assert later.figure(560)["layout"]["shapes"] == found.unremarked(560)["layout"]["shapes"]
    assert "Much later." in svg(later.figure(560), later.alt)


@pytest.mark.parametrize("hours", [(1, 2), (22, 23), (1, 23), (2, 12, 22), (20, 21, 22, 23), (0, 9, 10, 11)])
@pytest.mark.parametrize("width", [328, 784])
def test_no_sentence_stands_on_the_arrow_of_another(hours, width):
    axis = {"type": "date", "range": ["2020-02-08T00:00", "2020-02-09T00:00"]}
    margin = {"l": 0, "r": 0, "t": 0, "b": 0}
    layout = {"width": width, "height": 100, "margin": margin, "xaxis": axis, "shapes": [], "annotations": []}
    remarks = [Remark(at=f"2020-02-08T{hour:02}:00Z", words="Here the first car was seen.") for hour in hours]

    figure = remarked({"data": [], "layout": layout}, remarks, "UTC")
    sentences = texts(figure)
    arrows = [one for one in figure["layout"]["shapes"] if one["type"] == "line" and one.get("layer") == "above"]
    top = figure["layout"]["margin"]["t"]

    assert len(sentences) == len(arrows) == len(hours)
    assert overlapping(figure) == outside(figure) == []
    assert [
        (box.text, arrow["x0"])
        for box in sentences
        for arrow in arrows
        if box.left < arrow["x0"] < box.right and box.bottom > top - arrow["y1"]
    ] == []


def test_every_file_of_the_slide_says_it_as_the_presenters_own_words(found):
    story, _ = small(claim(**WITHIN))
    slide = talk.Slide(found)
    page = talk.page("A night", story, [slide], is_deck=True).html
    handout = pypdf.PdfReader(io.BytesIO(paper.pdf("A night", story, [slide])))
    deck = Presentation(io.BytesIO(powerpoint.pptx("A night", story, [slide]))).slides
    editable = [one.text_frame.text for one in deck[1].shapes if one.has_text_frame]

    assert json.loads(FORMATS["json"].of_answer(found))["remarks"] == [
        {"at": "2020-02-07T20:00:00+00:00", "words": SAID, "by": "presenter"}
    ]
    assert "Here &lt;b&gt;nobody&lt;/b&gt; gives an hour." in FORMATS["svg"].of_answer(found).decode()
    assert SENTENCE.encode() in FORMATS["png"].of_answer(found)
    assert page.count("Here &lt;b&gt;nobody&lt;/b&gt; gives an hour.") >= 3
    assert "<b>nobody" not in page
    assert SENTENCE.replace(" ", "") in "".join(one.extract_text() for one in handout.pages).replace("\n", "").replace(
        " ", ""
    )
    assert any(SENTENCE in words for words in editable)
    assert SENTENCE in about.of_answer(found).lines("")


def test_what_is_remarked_is_no_finding_and_changes_no_hash_of_the_data(found):
    bare = found.remarked([])

    assert talk.shown_hash(found) == talk.shown_hash(bare)
    assert found.sentence == bare.sentence
    assert found.alt == f"{bare.sentence} {SENTENCE}"
    assert "remarks" not in json.loads(FORMATS["json"].of_answer(bare))
