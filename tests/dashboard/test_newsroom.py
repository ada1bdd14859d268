"""In the newsroom claims are added, corrected, withdrawn and undone; what is typed is kept, and is nobody else's."""

import getpass
import sqlite3
from contextlib import closing
from datetime import datetime

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tests.claims_for_tests import claim
from tests.conftest import ROOT
from tests.dashboard.caches import fresh_caches
from tests.dashboard.test_api import get
from tests.record.writers import brought, current_claims, mended, said

from contested.charts import CHARTS
from contested.library import kept_story
from contested.model.claim import Claim
from contested.model.times import day_and_hour
from contested.record import open_record
from contested.record.backup import export_lines
from contested.record.drafts import Drafts
from contested.record.verify import faults
from panel import room

SECONDS = 120
HOSTILE = '<img src=x onerror="alert(1)"> [a](javascript:alert(1)) **b** :red[c]'
ME = getpass.getuser()


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A record with one claim, which the dashboard shows."""
    monkeypatch.setenv("CONTESTED_STORY", str(tmp_path / "desk.record"))
    with fresh_caches(), closing(open_record(tmp_path / "desk.record", create=True)) as record:
        said(record, measure="injured", best=180, summary="180 were hurt.", label="180 hurt", speaker="the authorities")
        yield record


def opened(**parameters):
    app = AppTest.from_string(
        f"import sys; sys.path.insert(0, {str(ROOT / 'dashboard')!r})\nfrom views import newsroom\nnewsroom.show()",
        default_timeout=SECONDS,
    )
    for name, value in parameters.items():
        app.query_params[name] = value
    return shown(app.run())


def shown(app):
    assert not app.exception, app.exception[0].value
    return app


def cell(app, name):
    every = [*app.text_input, *app.text_area, *app.selectbox, *app.toggle, *app.radio]
    return next(one for one in every if one.key.endswith(f"-{name}"))


def typed(app, **cells):
    for name, words in cells.items():
        shown(cell(app, name).set_value(words).run())
    return app


def pressed(app, key="publish"):
    return shown(app.button(key=key).click().run())


def told(app):
    return " ".join(one.proto.body for one in app.get("html"))


def kept(tmp_path, claim_id=None):
    with closing(Drafts(tmp_path / "desk.record")) as drafts:
        every = drafts.every(ME, "night")
    return next((one.cells for one in every if claim_id in {None, one.claim_id}), None)


# Add


def test_a_sentence_fills_what_is_empty_and_becomes_a_claim(desk, tmp_path):
    app = opened(claim="new")
    typed(app, said="8 Feb 2020, 15:33", figure_words="400")
    typed(app, sentence="By midnight on 7 February at least ten people were hurt, the authorities said.")

    assert cell(app, "time_words").value == "By midnight on 7 February"
    assert cell(app, "figure_words").value == "400"  # what was typed is never overwritten
    assert cell(app, "account").value == "north"  # they spoke for no other account before
    assert "<u>at least ten people</u><sup>figure</sup>" in told(app)
    assert "midnight ends the day" in told(app)
    assert app.button(key="publish").disabled
    typed(app, source_id="S1", event_id="night", summary="400 were hurt by midnight.")
    assert kept(tmp_path, "new")["summary"] == "400 were hurt by midnight."
    pressed(app)
    [_, added] = current_claims(desk)
    assert (added.best, added.measure, added.kind, added.figure_words) == (400, "injured", "casualties", None)
    assert "Published as entry" in told(app)
    assert kept(tmp_path) is None
    assert cell(app, "source_id").value == "S1"
    assert cell(app, "said").value == "8 Feb 2020, 15:33"
    assert list(faults(desk)) == []


@pytest.mark.usefixtures("desk")
def test_on_a_phone_groups_are_folded_over_what_they_say_but_where_something_is_left():
    app = opened(claim="new")
    assert "Who" not in [one.label for one in app.expander]
    app.session_state[room.KEPT] = 390
    app.run()
    assert not any(app.session_state[f"part-new-{title}"] for title in ("Who", "What", "How many"))

    typed(app, sentence="By midnight on 7 February 40 people were hurt, the authorities said.")

    assert '<p class="folded">north · the authorities ✓</p>' in told(app)
    assert '<p class="folded">40 people · injured ✓</p>' in told(app)
    is_open = {title: app.session_state[f"part-new-{title}"] for title in ("Who", "What", "How many")}
    assert is_open == {"Who": False, "What": True, "How many": False}, "the event and the words are left"
    typed(app, event_id="night", summary="40 were hurt.")
    assert app.session_state["part-new-What"], "what one types in is not folded under the hand"


@pytest.mark.usefixtures("desk")
def test_two_figures_are_two_claims_and_the_second_waits(tmp_path):
    app = typed(opened(claim="new"), sentence="Ten people were killed and 40 injured, the minister said.")

    assert cell(app, "figure_words").value == "Ten people"
    assert kept(tmp_path, "new-2") | {"sentence": ""} == {
        "figure_words": "40",
        "measure": "injured",
        "kind": "casualties",
        "speaker": "the minister",
        "sentence": "",
    }
    assert "Drafts 2" in told(app)


@pytest.mark.usefixtures("desk")
def test_what_is_wrong_is_said_beside_its_field_as_one_types():
    app = typed(opened(claim="new"), time_words="soon", figure_words="-3", label="x" * 30)

    assert '<p class="msg err" role="alert"' in told(app)
    assert "a count cannot be below zero" in told(app)
    assert "things left</b>" in told(app)


def test_an_account_a_source_an_event_and_a_place_are_made_in_passing(desk, tmp_path):
    new = {"account": "The south", "source_id": "A report", "event_id": "The morning", "place": "The bridge"}
    with closing(Drafts(tmp_path / "desk.record")) as drafts:  # a test cannot type a new choice
        drafts.keep(ME, "night", "new", new | {"kind": "clash", "summary": "They met."}, 0)
    app = opened(claim="new")

    assert "New here" in told(app)
    assert app.button(key="publish").disabled
    typed(app, source_publisher="An outlet")
    pressed(app)
    story = kept_story(desk, "night")
    assert current_claims(desk)[-1].account == "The south"
    assert story.sources["A report"].publisher == "An outlet"
    assert story.events["The morning"].label == "The morning"
    assert story.places["The bridge"].label == "The bridge"


@pytest.mark.usefixtures("desk")
def test_a_new_name_that_is_part_of_a_known_one_is_offered_the_known_one(tmp_path):
    with closing(Drafts(tmp_path / "desk.record")) as drafts:
        drafts.keep(ME, "night", "new", {"account": "nor"}, 0)
    app = opened(claim="new")
    [offered] = [one for one in app.button if "-meant-" in one.key]
    assert offered.label == "Take north instead"

    shown(offered.click().run())

    assert kept(tmp_path)["account"] == "north"
    assert "New here" not in told(app)


@pytest.mark.usefixtures("desk")
def test_a_draft_outlives_the_session_and_the_server_and_is_offered(tmp_path):
    typed(opened(claim="new"), summary="Half a sent")
    st.cache_resource.clear()
    app = opened(do="drafts")

    assert "Half a sent" in told(app)
    assert cell(opened(claim="new"), "summary").value == "Half a sent"
    with closing(Drafts(tmp_path / "desk.record")) as drafts:
        drafts.keep("somebody else", "night", "new", {"summary": "Theirs."}, 0)
    assert "Theirs." not in told(opened(do="drafts"))
    assert cell(opened(claim="new"), "summary").value == "Half a sent"


# Correct


def test_a_correction_needs_a_change_and_why_and_carries_its_words_along(desk):
    app = opened(do="correct", claim="k1")
    assert app.button(key="publish").disabled
    typed(app, figure_words="181")

    assert "still says 180" in told(app)
    typed(app, summary="181 were hurt.", label="181 hurt", why="a recount by the ministry")
    assert "<del>180</del> → <ins>181</ins>" in told(app)
    pressed(app)
    assert [one.best for one in current_claims(desk)] == [181]
    assert desk.entry(2).why == "a recount by the ministry"
    assert desk.entry(2).who == ME
    assert "Corrected" in told(app)


@pytest.mark.usefixtures("desk")
def test_a_correction_shows_what_it_was_beside_each_field_and_folds_what_is_seldom_corrected():
    app = opened(do="correct", claim="k1")
    assert [one.label for one in app.expander] == [
        "32 other fields, as they are unless you change one",
        "Hold back: editors see it, readers do not",
    ]
    folded = {one.key.rpartition("-")[2] for one in app.expander[0].text_input}
    assert "speaker" in folded
    assert not {"summary", "label", "figure_words"} & folded

    typed(app, figure_words="181", summary="181 were hurt.", label="181 hurt")
    assert '<p class="was is-changed"><span>was </span><del>180 were hurt.</del></p>' in told(app)
    assert "<b>Casualties</b>: <del>" in told(app)  # what readers will read otherwise


def test_words_that_are_right_as_they_stand_are_let_stand(desk):
    app = typed(opened(do="correct", claim="k1"), figure_words="181", label="181 hurt", why="a recount by the ministry")
    typed(app, **{"stands-summary": True})
    pressed(app)

    assert [(one.best, one.summary) for one in current_claims(desk)] == [(181, "180 were hurt.")]


def test_of_two_editors_the_slower_loses_no_word_and_chooses(desk, tmp_path):
    app = typed(opened(do="correct", claim="k1"), definition="in hospital", figure_words="181")
    mended(desk, measure="injured", low=180, summary="180 or more were hurt.", label="180+", speaker="the authorities")
    shown(app.run())

    assert "Ben corrected this claim" in told(app)
    assert kept(tmp_path)["figure_words"] == "181"
    assert cell(app, "chosen-best").value == "mine"
    assert cell(app, "chosen-summary").value == "theirs"
    assert cell(app, "chosen-definition").value == "mine"
    typed(app, **{"chosen-best": "theirs"}, why="counted in hospital only")
    assert kept(tmp_path)["figure_words"] == "181"  # nor is it lost by not being chosen
    pressed(app)
    [now] = current_claims(desk)
    assert (now.low, now.best, now.definition, now.summary) == (180, None, "in hospital", "180 or more were hurt.")
    assert [one.act for one in desk.revisions("night", "k1")] == ["stated", "corrected", "corrected"]


# Withdraw, history, undo


def test_the_history_of_a_claim_has_the_log_of_the_story_beside_it(desk):
    said(desk, "k2", account="south", summary="Nobody was hurt.")
    mended(desk, "k2", account="south", summary="Few were hurt.")
    app = opened(do="history", claim="k1")

    assert "Nothing has been corrected. This claim stands" in told(app)
    assert '<s><span class="unseen">was </span>Nobody was hurt.</s>' in told(app)
    assert "a second look · Ben" in told(app)
    assert "Chain of 3 entries verified" in told(app)
    shown(app.segmented_control(key="log-told").set_value("Public").run())
    assert "a second look" in told(app)
    assert "· Ben" not in told(app)


@pytest.mark.usefixtures("desk")
def test_a_record_whose_entries_do_not_fit_is_called_broken(tmp_path):
    with closing(sqlite3.connect(tmp_path / "desk.record")) as file, file:
        for (name,) in file.execute("select name from sqlite_schema where type = 'trigger'").fetchall():
            file.execute(f"drop trigger {name}")
        file.execute("update entry set why = 'another' where seq = 1")

    assert "run contested verify" in told(opened(do="history", claim="k1"))


def test_a_withdrawal_says_who_takes_it_back_and_why_and_can_be_undone(desk):
    app = typed(opened(do="withdraw", claim="k1"), who_takes_it_back="we", why="wrong")
    assert "One word is no reason" in told(app)
    assert app.button(key="publish").disabled
    typed(app, why="the number was a page number")
    pressed(app)

    assert current_claims(desk)[0].status == "withdrawn"
    assert desk.entry(2).why.startswith("coded wrongly since ")
    assert desk.entry(2).why.endswith(" (UTC): the number was a page number")
    assert "Withdrawn" in told(app)
    assert "Undo as a new entry" in told(app)
    app = typed(opened(do="undo", entry="2"), why="it was no page number")
    pressed(app)
    assert current_claims(desk)[0].status == "standing"
    assert "Back in place" in told(app)
    assert "undoes entry 2" in told(app)
    assert len(list(desk.entries())) == 3
    assert list(faults(desk)) == []


def test_a_withdrawal_says_what_readers_will_read_otherwise_and_since_when_it_was_wrong(desk):
    said(desk, "k2", account="ministry", measure="injured", best=40, summary="40 were hurt.")
    mended(desk, measure="injured", best=181, summary="181 were hurt.", label="181 hurt")
    app = opened(do="withdraw", claim="k1")
    assert "<b>Casualties</b>: its mark stays, as withdrawn" in told(app)
    assert "<del>181</del> → <ins>–</ins>, 1 of 2 answers left" in told(app)
    assert "1 ends, none begins" in told(app)

    typed(app, who_takes_it_back="we", wrong_since="2", why="it was a page number")
    assert "Since " in told(app)
    pressed(app)
    since = datetime.fromisoformat(desk.entry(3).recorded_at)
    assert desk.entry(4).why.startswith(f"coded wrongly since {day_and_hour(since)} (UTC)")


def test_where_an_account_took_it_back_is_said_with_why(desk):
    app = typed(
        opened(do="withdraw", claim="k1"), who_takes_it_back="account", withdrawn_where="S1", why="no such dead"
    )
    pressed(app)

    assert desk.entry(2).why == "taken back in S1: no such dead"


def test_an_account_that_takes_it_back_says_by_when(desk):
    app = typed(
        opened(do="withdraw", claim="k1"),
        who_takes_it_back="account",
        withdrawn_at="9 Feb 2020, 12:00",
        why="the ministry took it back",
    )
    pressed(app)

    assert current_claims(desk)[0].withdrawn_at.isoformat() == "2020-02-09T12:00:00+00:00"


# Hold back


@pytest.mark.parametrize(("until", "kept"), [("", ("yes", None)), ("9 Feb 2099, 12:00", (None, "2099-02-09T12:00"))])
def test_a_claim_is_held_back_for_good_or_until_a_moment(desk, until, kept):
    why = "the family is not told yet"
    app = typed(opened(do="withdraw", claim="k1"), who_takes_it_back="held", why=why)
    app = typed(app, embargo_until=until) if until else app
    pressed(app)

    [claim] = current_claims(desk)
    moment = claim.embargo_until and claim.embargo_until.isoformat(timespec="minutes").removesuffix("+00:00")
    assert (claim.sensitive, moment, claim.status) == (*kept, "standing")
    assert desk.entry(2).why == why


def test_a_new_claim_and_a_correction_can_be_held_back_until_a_moment_that_can_be_read(desk):
    app = typed(opened(do="correct", claim="k1"), embargo_until="soon", why="the family is not told yet")
    assert app.button(key="publish").disabled  # what cannot be read is not published at all
    typed(app, embargo_until="9 Feb 2099, 12:00")
    pressed(app)
    assert current_claims(desk)[0].embargo_until.year == 2099

    app = typed(opened(do="correct", claim="k1"), embargo_until="", sensitive=True, why="nor will they be told")
    pressed(app)
    assert (current_claims(desk)[0].embargo_until, current_claims(desk)[0].sensitive) == (None, "yes")


# Who


def test_words_of_others_are_text_in_every_field_of_the_forms(desk, tmp_path):
    cells = [*Claim.model_fields, "sentence", "said", "said_zone", "source_publisher", "source_url", "why"]
    with closing(Drafts(tmp_path / "desk.record")) as drafts:
        drafts.keep(ME, "night", "new", dict.fromkeys(cells, HOSTILE), 0)
        drafts.keep(ME, "night", "k1", dict.fromkeys(cells, HOSTILE), 1)
        drafts.keep(ME, "night", "withdraw:k1", {"why": HOSTILE, "who_takes_it_back": HOSTILE}, 1)
    for do, claim_id in (("add", "new"), ("correct", "k1"), ("withdraw", "k1"), ("drafts", "")):
        app = opened(do=do, claim=claim_id)
        assert "<img" not in told(app)
        assert "&lt;img" in told(app) or any(one.value == HOSTILE for one in app.text_input)
    mended(
        desk,
        account=HOSTILE,
        summary=HOSTILE,
        label=None,
        speaker=HOSTILE,
        measure="injured",
        best=180,
        event_id=HOSTILE,
        source_id=HOSTILE,
    )
    for do in ("correct", "withdraw", "history"):  # also where both have typed, beside each other
        assert "<img" not in told(opened(do=do, claim="k1"))
    app = opened(do="drafts")
    assert "<img" not in told(app)
    assert all("[a](" not in one.label for one in app.button)


@pytest.mark.usefixtures("desk")
def test_a_guest_is_told_whose_page_it_is_and_sees_no_draft(monkeypatch):
    typed(opened(claim="new"), summary="Never published")
    monkeypatch.setattr("write_access.is_local_session", lambda: False)
    for do in ("add", "drafts", "correct", "history"):
        app = opened(do=do, claim="new")
        assert app.title[0].value == "This page is for the editors of the story"
        assert "Never published" not in str(app.main)


def test_a_draft_is_in_no_answer_feed_export_or_hash(desk, tmp_path):
    def everything():
        names = ("head", "claims", "claims/k1", "claims/k1/history", "sources", "feed.atom")
        replies = [get(name).body for name in (*names, *(f"answers/{chart.key}" for chart in CHARTS))]
        return b"".join(replies) + "".join(export_lines(desk)).encode() + desk.head.hash.encode()

    before = everything()
    with closing(Drafts(tmp_path / "desk.record")) as drafts:
        for claim_id, base in (("new", 0), ("k1", 1)):
            drafts.keep(ME, "night", claim_id, {"summary": "Never published", "account": "Never published"}, base)
    shown(opened(do="correct", claim="k1"))

    assert everything() == before
    assert b"Never published" not in before


def test_a_story_of_files_says_what_to_do_first(monkeypatch):
    monkeypatch.setenv("CONTESTED_STORY", str(ROOT / "data" / "korday-2020"))
    st.cache_resource.clear()

    assert "Load it into a record" in opened().info[0].value


def test_an_imported_claim_is_corrected_and_says_where_it_came_from(desk, tmp_path):
    brought(desk, tmp_path, claim(claim_id="k7", summary="Imported."))
    app = opened(do="history", claim="k7")

    assert "<h4>Imported</h4>" in told(app)
    assert "Undo as a new entry" not in told(app)
