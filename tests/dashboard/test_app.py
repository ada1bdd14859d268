"""The dashboard as a script: every view runs, says its finding, and follows its filters."""

from html import unescape
from itertools import chain

import pytest
from streamlit.testing.v1 import AppTest
from tests.conftest import ROOT

from contested.model.arrow_schema import from_arrow
from panel import mount


@pytest.fixture
def app():
    return AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)


STORY = ("timeline", "hourly-clashes", "response-delays", "casualty-counts")


def findings(app):
    return {heading.value.replace("\\", "") for heading in app.header}


def test_opens_on_the_story_with_the_finding_of_each_of_its_charts(app, ask):
    app.run()

    assert not app.exception
    assert app.title[0].value == r"Korday district, 5–8 February 2020"
    assert {ask(key).title for key in STORY} <= findings(app)


def test_a_link_opens_on_what_was_selected(app, ask):
    app.query_params["by"] = "side"

    app.run()

    assert not app.exception
    assert {ask(key, by="side").title for key in STORY} <= findings(app)


@pytest.mark.parametrize(
    "chosen",
    [
        {"scenario": "start=officials,stop=vlast"},
        {"scenario": "start=officials,stop=vlast,named=By the ministry"},
        {"resolution": "majority"},
        {"resolution": "vlast"},
        {"resolution": "A01"},
        {"units": "every", "trimmed_above_minutes": "60", "trimmed_below_minutes": "0"},
    ],
    ids=str,
)
def test_a_link_opens_on_what_the_viewer_believes(app, ask, chosen):
    for name, value in chosen.items():
        app.query_params[name] = value

    app.run()

    assert not app.exception
    assert {ask(key, **chosen).title for key in STORY} <= findings(app)
    assert all(app.query_params[name] == value for name, value in chosen.items())


@pytest.mark.parametrize("name", ["scenario", "resolution", "units", "trimmed_above_minutes"])
def test_nonsense_is_believed_by_nobody(app, ask, name):
    app.query_params[name] = "start=lunch"

    app.run()

    assert not app.exception
    assert not app.error
    assert {ask(key).title for key in STORY} <= findings(app)


def test_a_viewer_chooses_whom_to_prefer_and_nothing_acts_before_the_button(app, ask):
    app.run()

    app.button(key="more-filters").click().run()
    app.button(key="more-filters").click()
    app.selectbox(key="draft-resolution").set_value("officials").run()
    assert "resolution" not in app.query_params

    app.button(key="more-filters").click()
    app.button(key="show-claims").click().run()
    assert not app.exception
    assert app.query_params["resolution"] in ("officials", ["officials"])
    assert ask("casualty-counts", resolution="officials").title in findings(app)


def test_the_drawer_says_how_many_claims_are_left_and_clears_what_was_chosen(app):
    app.query_params["kind"] = "clash"
    app.run()

    app.button(key="more-filters").click().run()
    assert app.button(key="show-claims").label == "Show 4 of 244 claims"
    app.button(key="more-filters").click()
    app.multiselect(key="draft-place").set_value(["taraz"]).run()
    assert app.button(key="show-claims").label == "Show no claims"
    assert app.button(key="show-claims").disabled

    app.button(key="more-filters").click()
    app.button(key="draft-clear").click().run()
    assert "kind" not in app.query_params


def test_what_a_viewer_chooses_is_in_the_link_and_each_filter_is_taken_off_by_its_pill(app):
    app.query_params["account"] = "vlast"
    app.query_params["kind"] = ["clash", "call"]
    app.run()

    app.button(key="off-kind").click().run()
    assert "kind" not in app.query_params
    assert app.query_params["account"] in ("vlast", ["vlast"])

    app.button(key="clear-all").click().run()
    assert not app.exception
    assert "account" not in app.query_params


def test_the_page_is_as_known_at_a_moment_of_the_slider_at_whose_end_is_everything(app, ask):
    app.run()
    slider = app.select_slider(key="as_known_at")
    assert slider.options[0] == "8 Feb, 14:35"
    assert slider.options[-1] == "29 Feb, all"
    assert len(slider.options) == 14

    slider.set_value("2020-02-08T08:35+00:00").run()
    assert not app.exception
    assert ask("casualty-counts", as_known_at="2020-02-08T14:35+06:00").title in findings(app)

    app.select_slider(key="as_known_at").set_value("").run()
    assert "as_known_at" not in app.query_params


def test_a_mark_in_the_link_shows_its_claims_with_chain_source_and_locator(app, ask, korday):
    hearsay = next(claim for claim in from_arrow(korday.claims) if claim.kind == "dispatch" and claim.via)
    timeline = ask("timeline")
    app.query_params["timeline-mark"] = next(
        name
        for name, rows in mount.marks(timeline.figure()).items()
        if hearsay.claim_id in chain(*timeline.behind_marks([row for row in rows if row >= 0]))
    )

    app.run()

    assert not app.exception
    shown = " ".join(unescape(one.proto.body) for one in app.get("html"))
    for part in (hearsay.summary, hearsay.via, hearsay.locator, korday.sources[hearsay.source_id].title):
        assert part in shown


def test_with_nobody_heard_the_page_names_who_is_off_and_switches_them_on(app, ask):
    app.query_params["account"] = ""
    app.run()

    assert not app.exception
    assert not app.warning, "the link means what it says"
    assert not app.header, "of those who are switched off no card says that they are silent"
    [off] = [one.body for one in app.get("html") if 'class="off"' in one.body]
    assert off == (
        '<p class="off">Dungan residents, Kazakh residents, Officials (Kazakhstan), Officials (Kyrgyzstan), '
        "Member of parliament, Vlast, Outlets and Relayed rumour are switched off.</p>"
    )
    app.button(key="switch-on-all").click().run()
    assert "account" not in app.query_params
    assert {ask(key).title for key in STORY} <= findings(app)


def test_a_window_of_the_timeline_on_the_story_is_of_no_other_card(app, ask):
    app.run()
    app.button_group(key="timeline-window").set_value("5 Feb").run()

    assert not app.exception
    fight = ask("timeline", since="2020-02-05T00:00+06:00", until="2020-02-06T00:00+06:00").title
    others = {ask(key).title for key in STORY if key != "timeline"}
    assert others | {fight} <= findings(app)
    assert "from" not in app.query_params
