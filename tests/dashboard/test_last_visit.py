"""When this browser last looked: read as anybody's text, held against what became known since, and offered."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
import streamlit as st
from hypothesis import given, settings, strategies
from streamlit.testing.v1 import AppTest
from tests.conftest import ROOT
from tests.record.writers import ANN, current_claims

import claims
import last_visit
import server
from contested import Selection
from contested.cli.main import main
from contested.record import open_record
from contested.record.edits import correct, state, withdraw

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
NAME = "last_looked-0123456789ab"


def last(value):
    return last_visit.read_cookie({NAME: value}, "0123456789ab", NOW)


def test_the_cookie_of_the_story_holds_the_moment():
    assert last("2026-11-21T18:04:05.000Z") == datetime(2026, 11, 21, 18, 4, 5, tzinfo=UTC)


def test_who_was_never_here_or_only_at_another_story_has_no_moment():
    assert last_visit.read_cookie({}, "0123456789ab", NOW) is None
    assert last_visit.read_cookie({NAME: "2026-11-21T18:04:05Z"}, "ba9876543210", NOW) is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "never",
        "2026-11-21",
        "2026-11-21T18:04",
        "1763748245",
        "2026-11-22T09:00:01Z",
        "9999-12-31T23:59:59Z",
        "0000-01-01T00:00:00Z",
        "<script>alert(1)</script>",
        "2026-11-21T18:04:05Z; x",
    ],
)
def test_what_is_no_moment_of_the_past_is_none(value):
    assert last(value) is None


@settings(max_examples=200)
@given(strategies.text())
def test_whatever_a_cookie_holds_is_a_moment_of_the_past_or_none(value):
    found = last(value)

    assert found is None or found <= NOW


@given(strategies.datetimes(datetime(2000, 1, 1), datetime(2026, 11, 22)))  # noqa: DTZ001 a wall clock in UTC
def test_what_the_browser_writes_is_read_back(moment):
    """A browser writes milliseconds and a Z, as `toISOString` does."""
    written = moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=UTC)

    assert last(f"{written:%Y-%m-%dT%H:%M:%S}.{written.microsecond // 1000:03}Z") == written


def test_a_story_is_named_the_same_each_time_and_no_two_alike_and_by_nothing_that_says_what_it_is():
    shown = [claims.StoryRef("desk.record", name) for name in (None, "korday", "taraz")]
    names = [last_visit.story_hash(one) for one in shown]

    assert names == [last_visit.story_hash(one) for one in shown]
    assert len(set(names)) == 3
    assert all(len(name) == 12 and set(name) <= set("0123456789abcdef") for name in names)
    later = shown[0]._replace(head="another")
    assert last_visit.story_hash(shown[0]) == last_visit.story_hash(later), "not by what is recorded"


# What is new


@pytest.fixture
def shown(monkeypatch):
    """Show a story, and forget what was shown before."""

    def showing(where):
        monkeypatch.setenv("CONTESTED_STORY", str(where))
        st.cache_resource.clear()
        st.cache_data.clear()

    yield showing
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def kept(tmp_path, shown):
    """The Korday story in a record, and the moment after it was recorded."""
    store = tmp_path / "desk.record"
    assert main(["load", str(ROOT / "data" / "korday-2020"), "--store", str(store)]) == 0
    shown(store)
    return store


def news(since):
    return last_visit.describe_changes(last_visit.selection_since(Selection(zone="Asia/Almaty"), since))


def told_of(store, *edits):
    """Make edits; say what is new since just before them."""
    with closing(open_record(store)) as record:
        *_, entry = record.entries()
        for edit in edits:
            edit(record)
    return news(datetime.fromisoformat(entry.recorded_at))


def first(record, claim_id):
    return next(claim for claim in current_claims(record, "korday-2020") if claim.claim_id == claim_id)


def test_nothing_recorded_since_is_nothing_new(kept):
    assert told_of(kept) == ""


def test_what_the_record_took_in_is_counted_by_its_kind(kept):
    def edited(record):
        claim = first(record, "f001").model_copy(update={"best": 9})
        correct(record, "korday-2020", claim, ANN, 1)

    def added(record):
        claim = first(record, "f086").model_copy(update={"claim_id": "new", "account": "mayor", "recorded_at": None})
        state(record, "korday-2020", claim, ANN)

    def gone(record):
        withdraw(record, "korday-2020", "a001", ANN, 1)

    found = told_of(kept, edited, added, gone)

    for words in (
        "1 claim edited in the record",
        "1 claim withdrawn",
        "1 voice heard for the first time",
        "1 claim added",
    ):
        assert words in found


def test_a_story_without_a_record_goes_by_what_was_stated(shown):
    shown(ROOT / "data" / "korday-2020")

    assert news(datetime.fromisoformat("2020-02-29T23:59+06:00")) == ""
    assert news(datetime.fromisoformat("2020-02-14T00:00+06:00")).endswith("claims added")


def test_who_looked_before_anything_was_recorded_is_told_of_every_voice(kept):
    assert kept.is_file()
    assert "7 voices heard for the first time and 225 claims added" in news(NOW - timedelta(days=10_000))


# On the page


def test_a_first_visit_is_offered_nothing(kept):
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=120).run()

    assert kept.is_file()
    assert not app.exception
    assert [one.value for one in app.caption if "last looked" in one.value] == []


def page_of_changes(since, **link):
    """Offer what is new on a page of its own, with the cookie of a browser that looked then."""

    def script(since, link):
        from datetime import datetime  # noqa: PLC0415 runs as a script of its own

        import streamlit as st  # noqa: PLC0415

        import last_visit  # noqa: PLC0415
        from contested import Selection  # noqa: PLC0415

        changes = st.Page(lambda: None, title="Changes", url_path="changes")
        page = st.navigation([changes], position="hidden")
        last_visit.render_changes_link(
            Selection(zone="Asia/Almaty", **link), datetime.fromisoformat(since), page, changes
        )

    app = AppTest.from_function(script, kwargs={"since": since, "link": link}, default_timeout=120)
    app.run()
    assert not app.exception
    return [one.value.replace("\\", "") for one in app.caption]


def test_the_page_of_changes_offers_the_moment_beside_any_other(shown):
    shown(ROOT / "data" / "korday-2020")

    assert page_of_changes("2020-03-01T00:00+06:00") == ["You last looked at 1 Mar 2020, 00:00; nothing is new since."]
    [told] = page_of_changes("2020-02-11T00:00+06:00")
    assert told.startswith("Since you last looked (11 Feb 2020, 00:00): ")
    assert told.endswith("claims added.")


@pytest.mark.parametrize("moment", ["compared_with", "as_known_at"])
def test_who_chose_a_moment_is_offered_no_other(shown, moment):
    shown(ROOT / "data" / "korday-2020")

    assert page_of_changes("2020-02-11T00:00+06:00", **{moment: "2020-02-09T00:00+06:00"}) == []


# The script of the page


def test_the_script_stands_in_the_page_and_the_policy_allows_exactly_it():
    script = (ROOT / "dashboard" / "last_visit.js").read_text(encoding="utf-8")

    assert f"<script>{script}</script>" in server.PAGE
    assert server.inline_scripts(f"<script>{script}</script>") in server.POLICY
    assert "unsafe-inline" not in server.POLICY.split("style-src", maxsplit=1)[0]


def test_the_method_says_what_is_remembered():
    def script():
        from views import method  # noqa: PLC0415 runs as a script of its own

        method.show()

    app = AppTest.from_function(script, default_timeout=120).run()

    assert not app.exception
    assert any(last_visit.COOKIE_NOTICE in one.value for one in app.markdown)
