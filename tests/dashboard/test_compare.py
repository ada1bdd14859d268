"""The compare view as a page: the most disputed first, one question at a time, and the words behind it."""

import re
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from contested.analysis.comparison.compare import CONTRADICT
from contested.analysis.comparison.matrix import DENIES, MARKS, NOBODY, SILENT
from contested.model.arrow_schema import from_arrow

FOUGHT = "How many people were in the fight of 5 February?"
ON_ONE_SIDE = f"{FOUGHT} (on the Dungan side)"
ON_THE_ROAD = "How many people were killed? (Fight on the road, 5 February)"


def compare():
    from contested import CHARTS, Selection  # noqa: PLC0415 runs as a script of its own
    from views import compare  # noqa: PLC0415

    chart = next(one for one in CHARTS if one.key == "disagreements")
    compare.show(chart, Selection(zone="Asia/Almaty"))


@pytest.fixture
def page():
    return AppTest.from_function(compare, default_timeout=60)


def asked(cell):
    """Give the words of a question, and the parameters that it leads to."""
    words, address = re.fullmatch(r"\[(.*)\]\(\./disagreements\?(.*)\)", cell).groups()
    return words.replace("\\", ""), parse_qs(address)


def matrix(page):
    """Give the rows of the matrix as a viewer reads them."""
    frame = page.table[0].value
    return {
        asked(question)[0]: [re.sub(r"\\|:[a-z]+\[(?=\*)|(?<=\*)\]$", "", cell) for cell in row]
        for question, *row in frame.itertuples()
    }


def shown(page):
    return "\n".join(text.value.replace("\\", "") for text in page.markdown)


def test_opens_on_the_most_disputed_and_says_how_many_more_there_are(page):
    page.run()

    assert not page.exception
    assert len(matrix(page)) == 15
    assert all(MARKS[CONTRADICT] in " ".join(cells) for cells in list(matrix(page).values())[:5])
    assert any("nobody in view says" in one.value for one in page.caption)


def test_shows_every_question_and_says_what_nobody_says(page):
    page.query_params["every-line"] = "true"

    page.run()

    assert not page.exception
    rows = matrix(page)
    answered = [question for question, cells in rows.items() if set(cells) != {f"*{NOBODY}*"}]
    assert page.header[0].value == f"{len(answered)} questions, the most disputed first"
    assert list(rows)[: len(answered)] == answered
    assert ON_THE_ROAD in list(rows)[len(answered) :]
    assert any(f"*{SILENT}*" in cells for cells in rows.values())
    assert not shown(page)


def test_each_state_has_a_colour_besides_its_mark_and_its_word(page):
    page.run()

    cells = page.table[0].value.to_numpy().ravel()
    assert any(f":red[*{MARKS[CONTRADICT]}" in cell for cell in cells)
    assert any(cell == f":gray[*{SILENT}*]" for cell in cells)


def test_a_question_in_the_link_is_shown_alone_with_the_claims_on_it(page, korday):
    page.query_params["question"] = ON_ONE_SIDE

    page.run()

    assert not page.exception
    [cells] = matrix(page).values()
    assert list(matrix(page)) == [ON_ONE_SIDE]
    assert any(DENIES in cell and MARKS[CONTRADICT] in cell for cell in cells)
    behind = [
        one for one in from_arrow(korday.claims) if (one.question, one.definition) == (FOUGHT, "on the Dungan side")
    ]
    assert len(behind) == 4
    assert all(claim.summary in shown(page) for claim in behind)


def test_every_question_leads_to_the_words_on_it_under_the_same_filters(page):
    page.query_params["account"] = ["vlast", "officials"]

    page.run()

    led = [asked(question) for question in page.table[0].value.index]
    assert led
    assert all(to == {"question": [words], "account": ["vlast", "officials"]} for words, to in led)


def test_what_nobody_says_can_be_chosen_and_has_no_claims(page):
    page.query_params["question"] = ON_THE_ROAD

    page.run()

    assert not page.exception
    [cells] = matrix(page).values()
    assert set(cells) == {f"*{NOBODY}*"}
    assert len(cells) == 17
    assert not shown(page)


def test_a_question_that_is_chosen_is_in_the_link(page):
    page.run()

    page.selectbox(key="question").select(ON_ONE_SIDE).run()

    assert page.query_params["question"] == ON_ONE_SIDE
    assert list(matrix(page)) == [ON_ONE_SIDE]


def test_of_very_many_questions_the_most_disputed_are_offered_and_the_one_of_a_link(monkeypatch):
    monkeypatch.setattr("views.compare.OFFERED", 20)
    page = AppTest.from_function(compare, default_timeout=60)
    page.query_params["every-line"] = "true"
    page.run()

    [box] = [one for one in page.selectbox if one.key == "question"]
    assert not page.exception
    assert len(box.options) == len(matrix(page)) == 20
    assert "most disputed" in box.help
    assert [one.label for one in page.toggle] == ["Show the first 20 lines"]
    assert any("Among those not shown" in one.value for one in page.caption)


def test_a_question_that_is_not_offered_is_shown_when_a_link_leads_to_it(monkeypatch, page):
    page.query_params["every-line"] = "true"
    page.run()
    last = list(matrix(page))[-1]
    monkeypatch.setattr("views.compare.OFFERED", 20)
    again = AppTest.from_function(compare, default_timeout=60)
    again.query_params["question"] = last
    again.run()

    assert not again.exception
    assert list(matrix(again)) == [last]
