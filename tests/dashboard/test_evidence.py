"""The evidence and the method as pages: they run, follow the search, and keep data from being read as markup."""

import pytest
from streamlit.testing.v1 import AppTest

from contested import CHARTS
from contested.cli import codebook
from contested.model.arrow_schema import from_arrow


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
    return [text.value.replace("\\", "") for text in page.markdown]


def test_opens_on_every_claim_a_page_at_a_time(page, korday):
    page.run()

    assert not page.exception
    assert page.header[0].value == f"{len(korday.claims)} claims in view"
    assert 0 < len(page.code) <= 50


def test_a_link_opens_on_what_was_searched(page):
    page.query_params["search"] = "MASANCHI chairman"

    page.run()

    assert page.text_input(key="search").value == "MASANCHI chairman"
    assert page.header[0].value != "244 claims in view"


def test_a_claim_is_shown_with_chain_source_and_sentence(page, korday):
    hearsay = next(claim for claim in from_arrow(korday.claims) if claim.kind == "dispatch" and claim.via)
    page.query_params["search"] = hearsay.claim_id

    page.run()

    [sentence] = page.code
    assert sentence.value.startswith(hearsay.summary.rstrip("."))
    assert "according to Vlast, citing people, within 9–11 February 2020" in sentence.value
    text = "\n".join(shown(page))
    for part in (hearsay.summary, hearsay.via, hearsay.locator, korday.sources[hearsay.source_id].title):
        assert part in text


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

    assert page.header[0].value == "no claims in view"
    assert "Use fewer" in page.info[0].value


def test_the_method_shows_every_chart_and_table():
    page = AppTest.from_function(method, default_timeout=60).run()

    assert not page.exception
    assert [heading.value for heading in page.subheader] == [chart.name for chart in CHARTS]
    assert [code.value for code in page.code] == [chart.question.strip() for chart in CHARTS]
    assert {len(codebook.fields()), len(codebook.vocabularies()), len(codebook.defaults())} <= {
        len(table.value) for table in page.table
    }
