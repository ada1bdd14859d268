"""A hand-out as PDF: its words come out again as they went in, and it is tagged for those who have it read aloud."""

import io
import sys

import pypdf
import pytest
from tests.claims_for_tests import claim
from tests.lies.small_stories import small, told

from contested.export import paper, talk
from contested.export.first_rows import first_rows
from contested.model.problem import UnfitExportError

KAZAKH = "Қордай, Масаншы: ұлы өңір, әңгіме, ғасыр, үй, һәм, іс"
RUSSIAN = "Вооружённые люди, объезд, чьё-то ёлочное щебетание, эхо"
MARKUP = "#panic() $x^2$ *not bold* @nobody [or] <label> \\ // a comment"


def printed(*slides):
    return pypdf.PdfReader(io.BytesIO(paper.pdf(KAZAKH, small(claim())[0], slides)))


def words(document):
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


@pytest.fixture(scope="module")
def handout():
    found = told(
        "casualty-counts",
        claim(kind="casualties", measure="killed", best=8, low=8, high=8, summary=KAZAKH, account="Вооружённые люди"),
        claim(
            claim_id="k2", kind="casualties", measure="killed", best=11, account="south", summary=RUSSIAN, via="24.kg"
        ),
    )
    return found, printed(talk.Slide(found, MARKUP), talk.Slide(None, lines=(RUSSIAN, MARKUP)))


def test_kazakh_and_russian_letters_come_out_as_they_went_in(handout):
    assert KAZAKH in words(handout[1])
    assert RUSSIAN in words(handout[1])


def test_words_of_a_story_are_never_the_markup_of_the_paper(handout):
    assert words(handout[1]).count(MARKUP) == 3


def test_it_says_the_finding_the_accounts_the_method_the_table_and_the_sources(handout):
    found, document = handout

    for said in (f"The data say: {found.title}", "Who says so?", "hearsay: 24.kg", "How counted", "Table", "Sources"):
        assert said in words(document)


def test_it_is_tagged_and_has_a_language_a_title_and_alt_texts(handout):
    found, document = handout
    root = document.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "en"
    assert document.metadata.title == KAZAKH
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert [alt for alt in _alts(root["/StructTreeRoot"]) if alt] == [found.sentence]


def _alts(node):
    """Give the alt text of every tagged part."""
    node = node.get_object()
    if not isinstance(node, dict):
        return
    yield node.get("/Alt")
    inner = node.get("/K", [])
    for one in inner if isinstance(inner, list) else [inner]:
        if isinstance(one.get_object(), dict):
            yield from _alts(one)


def test_without_typst_it_says_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)

    with pytest.raises(UnfitExportError, match=r"install contested\[report\]"):
        paper.pdf("A night", small(claim())[0], [])


def test_the_charts_come_first_and_each_source_is_listed_once(handout):
    found, _ = handout
    text = words(printed(talk.Slide(found), talk.Slide(found), talk.Slide(None, lines=(RUSSIAN,))))
    behind = text.index("Behind the charts")

    assert [text[:behind].count(one) for one in (found.title, "Who says so?", RUSSIAN)] == [2, 0, 1]
    assert text[behind:].count("Who says so?") == 2
    assert text.count(found.sources[0].words) == 1


def test_no_word_of_a_table_is_wider_than_its_column(ask):
    rows = first_rows(ask("disagreements"))
    longest = [max(len(word) for cell in cells for word in cell.split()) for cells in zip(*rows.rows, strict=True)]

    assert all(share > word for share, word in zip(rows.shares, longest, strict=True))


def test_a_row_of_a_table_stays_whole_on_one_page():
    counts = [
        claim(claim_id=f"k{number} {RUSSIAN * 25}", kind="casualties", measure="killed", best=number)
        for number in range(8)
    ]
    found = told("casualty-counts", *counts)
    pages = ["".join(page.extract_text().split()) for page in printed(talk.Slide(found)).pages]

    for row in first_rows(found).rows:
        assert any(all("".join(cell.split()) in page for cell in row) for page in pages)
