"""What fails says so in a sentence of its own with one next step, and takes nothing else of the page with it."""

import errno
import os
import shutil

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tests.conftest import ROOT

import claims
import failures
from contested.cli.main import main
from contested.model.problem import ConflictError, UnusableRecordError

KORDAY = ROOT / "data" / "korday-2020"
NAME = KORDAY.name
ASKED = "How many people were killed?"
PRIVATE = "private \x1b[2J"


@pytest.fixture
def open_on(monkeypatch):
    """Open the dashboard on a story, a record or whatever else it was started with."""

    def opened(where, **link):
        if where != KORDAY:
            forget()
        monkeypatch.setenv("CONTESTED_STORY", str(where))
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=120)
        app.query_params = link
        return app.run()

    yield opened
    if os.environ.get("CONTESTED_STORY") != str(KORDAY):
        forget()


@pytest.fixture(autouse=True, scope="module")
def forgotten():
    """Let the example be opened once for all tests of it, and nothing be left of what was opened before."""
    forget()
    yield
    forget()


def forget():
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def record(tmp_path):
    kept = tmp_path / "desk.record"
    assert main(["load", str(KORDAY), "--store", str(kept)]) == 0
    return kept


def said(app):
    """Give what a page says in warnings, as a reader sees it."""
    assert not app.exception
    return [one.value.replace("\\", "").replace("*", "") for one in app.warning]


def test_a_link_to_a_story_that_is_not_here_shows_no_other_and_offers_those_that_are(open_on, record):
    app = open_on(record, story="masanchi")

    assert said(app) == ["There is no story “masanchi” here. No other is shown in its place. Choose one:"]
    assert not app.title
    [offered] = app.get("page_link")
    assert offered.proto.label.replace("\\", "") == NAME
    assert offered.proto.query_string == f"story={NAME}"


def test_a_link_to_the_story_that_the_dashboard_was_started_with_opens_it(open_on):
    assert open_on(KORDAY, story=NAME).title


def test_what_a_link_asks_for_and_cannot_be_shown_is_named_with_what_is_shown_instead(open_on):
    app = open_on(KORDAY, zone="Mars/Olympus", account=["vlast", "nobody"], **{"from": "yesterday"})

    [told] = said(app)
    assert "zone “Mars/Olympus”: no such time zone; use an IANA name" in told
    assert "Shown instead: Asia/Almaty." in told
    assert "account “nobody”: nothing here has this name. Shown instead: vlast." in told
    assert "from “yesterday”: no moment; write it like 2020-02-07T17:00+06:00. Shown instead: no beginning." in told


@pytest.mark.parametrize(
    "link",
    [
        {"account": "vlast", "zone": "UTC", "as_known_at": "2020-02-09T00:00Z"},
        {"casualty-counts-tab": "Sources", "question": ASKED, "page": "10", "quote": ["a001", "a002"]},
        {"search": "Masanchi", "every-line": "True", "utm_source": "mail", "fbclid": "1"},
        {"embed": "true", "record": "", "story": NAME},
    ],
)
def test_a_link_that_can_be_followed_says_nothing(open_on, link):
    assert said(open_on(KORDAY, **link)) == []


@pytest.mark.parametrize(
    ("name", "asked", "told"),
    [
        ("acount", "vlast", "nothing here has such a parameter; account is one. Shown instead: the same as without it"),
        ("acount", "", "nothing here has such a parameter; account is one. Shown instead: the same as without it"),
        ("zzz", "1", "nothing here has such a parameter. Shown instead: the same as without it"),
        ("timeline-tab", "Words", "no tab; choose from Chart, Table, Sources, How counted. Shown instead: Chart"),
        ("question", "who won?", "no question shown reads so. Shown instead: all questions"),
        ("page", "11", "no page of 1 to 10. Shown instead: page 1"),
        ("page", "²", "no page of 1 to 10. Shown instead: page 1"),
        ("page", "first", "no page of 1 to 10. Shown instead: page 1"),
        ("quote", "a999", "no claim shown has this id. Shown instead: the sentence without it"),
        ("every-line", "perhaps", "neither on nor off. Shown instead: the first questions"),
    ],
)
def test_what_no_view_knows_or_has_in_view_is_named_with_what_is_shown_instead(open_on, name, asked, told):
    [strip] = said(open_on(KORDAY, **{name: asked}))

    assert strip.endswith(f"- {name} “{asked}”: {told}.")


def test_a_parameter_of_a_view_that_is_given_twice_is_named_and_the_last_holds(open_on):
    [strip] = said(open_on(KORDAY, **{"timeline-tab": ["Table", "Sources"]}))

    assert strip.endswith(
        "- timeline-tab “Table”: given more than once, of which the last holds. Shown instead: Sources."
    )


def test_a_story_that_is_gone_says_so(open_on, tmp_path):
    [told] = said(open_on(tmp_path / "gone"))

    assert told.startswith("This story cannot be opened. ")
    assert "is no story: nothing is there; put it back, or name a folder, a file of claims or a record." in told


def test_a_database_that_is_away_says_so(open_on):
    [told] = said(open_on("postgresql://localhost:1/nobody"))

    assert told.startswith("This story cannot be opened. The record: connection failed")


def test_a_story_whose_package_is_broken_says_which_word_of_it(open_on, tmp_path):
    shutil.copytree(KORDAY, tmp_path / "night")
    (tmp_path / "night" / "datapackage.json").write_text('{"title": "Night", "contested": {"zone": "Mars"}}')

    [told] = said(open_on(tmp_path / "night"))

    assert "Datapackage.json cannot be read: zone 'Mars': no such time zone; use an IANA name" in told


def test_one_more_try_shows_the_story_once_it_is_back(open_on, tmp_path):
    app = open_on(tmp_path / "night")
    shutil.copytree(KORDAY, tmp_path / "night")

    app.button(key="again-This story cannot be opened").click().run()

    assert said(app) == []
    assert app.title


def test_a_card_that_fails_leaves_the_others_and_gets_a_code_for_the_log(open_on, monkeypatch, caplog):
    ask = claims.ask

    def fails(key, selection):
        if key == "casualty-counts":
            raise KeyError(PRIVATE)
        return ask(key, selection)

    monkeypatch.setattr(claims, "ask", fails)

    app = open_on(KORDAY)

    [told] = said(app)
    assert told.startswith("People cannot be shown. This is a fault of the program.")
    assert "private" not in told
    assert len(app.header) > 2
    code = told.partition("log as ")[2][:4]
    assert f"{code} Traceback" in caplog.text
    assert "\x1b" not in caplog.text


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConflictError("somebody wrote first"), "Somebody wrote first."),
        (UnusableRecordError("the record desk: database or disk is full"), "database or disk is full."),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full. Make room on it"),
        (
            PermissionError(errno.EACCES, "Permission denied", "/srv/desk"),
            "The system refuses desk: Permission denied.",
        ),
        (MemoryError(), "The memory of this machine is not enough."),
    ],
)
def test_what_was_foreseen_is_said_in_plain_words(error, words):
    assert words in failures.reason(error)


def test_what_nobody_foresaw_has_no_words_of_its_own():
    assert failures.reason(ZeroDivisionError("division by zero")) == ""


def test_a_conflict_offers_to_look_again():
    def conflict():
        import failures  # noqa: PLC0415 runs as a script of its own
        from contested.model.problem import ConflictError  # noqa: PLC0415

        with failures.reported("Nothing was recorded"):
            message = "k1 was corrected by Ann"
            raise ConflictError(message)

    app = AppTest.from_function(conflict).run()

    assert said(app) == ["Nothing was recorded. K1 was corrected by Ann."]
    assert app.button[0].label == "Look again"
