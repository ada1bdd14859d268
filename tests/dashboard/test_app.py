"""The dashboard as a script: every view runs, says its finding, and follows its filters."""

import pytest
from streamlit.testing.v1 import AppTest
from tests.conftest import ROOT

from contested import CHARTS


@pytest.fixture
def app():
    return AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)


def test_opens_on_the_story_with_every_chart_and_its_finding(app, ask):
    app.run()

    assert not app.exception
    assert app.title[0].value == r"Korday district, 5–8 February 2020"
    findings = {heading.value.replace("\\", "") for heading in app.subheader}
    assert findings == {ask(chart.key).title for chart in CHARTS}


def test_a_link_opens_on_what_was_selected(app, ask):
    app.query_params["by"] = "side"

    app.run()

    assert not app.exception
    findings = {heading.value.replace("\\", "") for heading in app.subheader}
    assert findings == {ask(chart.key, by="side").title for chart in CHARTS}


def test_a_claim_in_the_link_is_shown_with_speaker_chain_source_and_locator(app, korday):
    app.run()
    hearsay = next(claim for claim in korday.claims if claim.kind == "dispatch" and claim.via)
    box = next(box for box in app.selectbox if box.key == "timeline-mark")

    box.set_value(next(option for option in box.options if option.endswith(f" · {hearsay.claim_id}"))).run()

    assert not app.exception
    shown = " ".join(text.value.replace("\\", "") for text in app.markdown)
    for part in (hearsay.summary, hearsay.via, hearsay.locator, korday.sources[hearsay.source_id].title):
        assert part in shown
