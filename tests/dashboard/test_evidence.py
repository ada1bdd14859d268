"""The evidence and the method as pages: they run, follow the search, and keep data from being read as markup."""

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from contested import CHARTS
from contested.cli import codebook
from contested.model.arrow_schema import from_arrow
from views import evidence as evidence_view
from views import method as method_view


def evidence():
    from contested import Selection  # noqa: PLC0415 runs as a script of its own
    from views import evidence  # noqa: PLC0415

    evidence.show(Selection(zone="Asia/Almaty"))


def method():
    from views import method  # noqa: PLC0415

    method.show()


@pytest.fixture
def page():
    return AppTest.from_function(evidence, default_timeout=60)


def shown(page):
    """Give the text of the page's own HTML, without its tags."""
    return unescape(re.sub(r"<[^>]+>", " ", "".join(one.proto.body for one in page.get("html"))))


def test_opens_on_every_claim_a_page_at_a_time(page, korday):
    page.run()

    assert not page.exception
    assert page.header[0].value == f"{len(korday.claims)} claims"
    assert "".join(one.proto.body for one in page.get("html")).count("<details") == evidence_view.PAGE


def test_a_link_opens_on_what_was_searched(page):
    page.query_params["search"] = "MASANCHI chairman"

    page.run()

    assert page.text_input(key="search").value == "MASANCHI chairman"
    assert page.header[0].value != "244 claims"


def test_a_claim_is_shown_with_chain_source_and_sentence(page, korday):
    hearsay = next(claim for claim in from_arrow(korday.claims) if claim.kind == "dispatch" and claim.via)
    page.query_params["search"] = hearsay.claim_id

    page.run()

    text = shown(page)
    assert "according to Vlast, citing people, within 9–11 February 2020" in text
    for part in (hearsay.summary, hearsay.via, hearsay.locator, korday.sources[hearsay.source_id].title):
        assert part in text


def test_what_was_replaced_comes_last_and_is_struck(page):
    def rows(**chosen):
        page.query_params.clear()
        page.query_params.update(chosen)
        page.run()
        return "".join(one.proto.body for one in page.get("html")).split("<details ")[1:]

    assert not any("<s>" in row for row in rows(search="killed"))
    assert all("<s>" in row for row in rows(search="killed", only="no longer standing"))


def test_only_claims_that_are_hearsay_can_be_shown(page, korday):
    page.query_params["only"] = "hearsay"
    page.run()
    hearsay = [claim for claim in from_arrow(korday.claims) if claim.via]

    assert page.header[0].value == f"{len(hearsay)} claims"


def test_what_cannot_be_true_together_stands_against_each_other(page):
    page.query_params["search"] = "f081"
    page.run()

    assert "Against it" in shown(page)


def test_words_that_were_searched_are_marked_whatever_their_case_and_accents():
    assert evidence_view.highlighted("A café <b>", "CAFE") == "A <mark>café</mark> &lt;b&gt;"


def test_markup_in_a_claim_is_text():
    assert "<b>" not in evidence_view.highlighted("<b>x</b>", "x")


def test_several_claims_become_one_sentence(page):
    page.query_params["search"] = "killed"
    page.run()
    box = page.multiselect(key="quote")

    box.set_value(["a012", "f004"]).run()

    assert page.code[0].value == (
        "At least 8 people were killed, according to Officials (Kazakhstan) on 8 February 2020 (since replaced); "
        "Hromadske said 10 on 11 February 2020."
    )


def test_no_claim_says_what_to_do_next(page):
    page.query_params["search"] = "no such words"

    page.run()

    assert page.header[0].value == "No claims"
    assert "Use fewer" in page.info[0].value


def test_the_method_shows_every_chart_and_table():
    page = AppTest.from_function(method, default_timeout=60).run()

    assert not page.exception
    headings = [heading.value for heading in page.header]
    assert [one.title for one in method_view.CHAPTERS.values()] == headings[1 : len(CHARTS) + 1]
    assert method_view.CHAPTERS.keys() == {chart.key for chart in CHARTS}
    written = [text.strip() for chart in CHARTS for text in (chart.recipe, chart.question) if text]
    assert [code.value for code in page.code] == written
    assert {len(codebook.fields()), len(codebook.vocabularies()), len(codebook.defaults())} <= {
        len(table.value) for table in page.table
    }
