"""A deck for PowerPoint: its words can be edited, its charts are pictures that say in words what they show."""

import io
import sys

import pytest
from pptx import Presentation
from tests.claims_for_tests import claim
from tests.lies.small_stories import small, told

from contested.export import powerpoint, slide_room, talk
from contested.model.problem import UnfitExportError

KILLED = claim(claim_id="k1", kind="casualties", measure="killed", best=8, low=8, high=8, summary="Қордай: сегіз адам.")
HEARD = claim(claim_id="k2", kind="casualties", account="south", measure="killed", best=11, via="24.kg")


def written(*slides):
    return Presentation(io.BytesIO(powerpoint.pptx("For the round table", small(KILLED)[0], slides))).slides


def words(slide):
    """Give every word of a slide that can be edited."""
    cells = (cell.text for one in slide.shapes if one.has_table for row in one.table.rows for cell in row.cells)
    return [*(one.text_frame.text for one in slide.shapes if one.has_text_frame), *cells]


@pytest.fixture(scope="module")
def found():
    return told("casualty-counts", KILLED, HEARD)


@pytest.fixture(scope="module")
def deck(found):
    return written(
        talk.Slide(found, "What officials said first", "Say first.", ()), talk.Slide(None, lines=("Where?",))
    )


def test_a_chart_is_a_picture_with_its_sentence_as_alt_text_below_a_title_that_can_be_edited(found, deck):
    _, shown, *_ = deck
    [picture] = [one for one in shown.shapes if one.shape_type == 13]

    assert shown.shapes.title.text_frame.text == "What officials said first"
    assert picture._element.nvPicPr.cNvPr.get("descr") == found.sentence  # noqa: SLF001 no public name
    assert picture.image.content_type == "image/png"
    assert any(f"The data say: {found.title}" in one for one in words(shown))
    assert any(found.reader_stamp() in one for one in words(shown))


def test_its_notes_hold_those_of_the_presenter_and_who_says_so(deck):
    notes = deck[1].notes_slide.notes_text_frame.text

    assert notes.startswith("Say first.\n")
    assert "north: 8 Қордай: сегіз адам." in notes
    assert "(hearsay: 24.kg)" in notes


def test_the_table_the_sentence_and_the_sources_follow_as_text(found, deck):
    _, _, table, sentence, sources, silence = deck

    assert words(table)[0] == "What officials said first: table"
    assert {"8", "11"} <= set(words(table))
    assert found.sentence in words(sentence)[1]
    assert found.sources[0].words in words(sources)[1]
    assert words(silence) == ["What nobody says", "Where?"]


def test_letters_that_no_file_of_slides_may_hold_do_not_break_it():
    hostile = "a\x0bb\x1b[0m \ufffe"

    killed = claim(kind="casualties", measure="killed", best=8, account=hostile)

    slides = written(talk.Slide(told("casualty-counts", killed), "t\x01", hostile))

    assert len(slides) == 5


def test_rows_with_much_to_say_go_on_further_slides_and_none_runs_over_the_edge():
    counts = [
        claim(claim_id=f"k{number} {'armed men came ' * 40}", kind="casualties", measure="killed", best=number)
        for number in range(9)
    ]
    slides = written(talk.Slide(told("casualty-counts", *counts)))
    tables = [one for slide in slides for one in slide.shapes if one.has_table]

    assert sum(len(one.table.rows) - 1 for one in tables) == 9
    assert len(tables) > 1
    assert all(one.top + sum(row.height for row in one.table.rows) <= 540 * 12_700 for one in tables)


def test_an_answer_without_rows_is_a_deck_without_a_table():
    slides = written(talk.Slide(told("casualty-counts", claim(kind="clash"))))

    assert not [one for slide in slides for one in slide.shapes if one.has_table]


def test_words_become_smaller_until_they_fit_and_go_on_where_they_do_not():
    hundred = "x" * 100  # at 10 points a letter is 5.2 wide, a line 12 high, the gap below a paragraph 2.5

    assert slide_room.high([hundred], 260, 10) == 2 * 12 + 2.5
    assert slide_room.largest([hundred], 260, 27, (20, 10, 5)) == 10
    assert slide_room.largest([hundred], 260, 1, (20, 10, 5)) == 5
    assert list(slide_room.parted([3, 4, 9, 1], float, 7)) == [[3, 4], [9], [1]]


def test_without_python_pptx_it_says_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "pptx", None)

    with pytest.raises(UnfitExportError, match=r"install contested\[slides\]"):
        powerpoint.pptx("A night", small(KILLED)[0], [])
