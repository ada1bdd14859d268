"""The deck: slides are added from a card, put in order, named and taken out; each change is kept at once."""

import json
import re
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tests.conftest import ROOT
from tests.record.writers import said

from contested.model.remark import Remark
from contested.record import open_record
from contested.record.decks import Deck, Planned
from sharing import deck_shelf

SECONDS = 120
TOLL = Planned(chart="casualty-counts", selection={"zone": "Asia/Almaty", "account": ["officials"]})
NIGHT = Planned(chart="response-delays", selection={"zone": "Asia/Almaty"})


@pytest.fixture
def decks(monkeypatch, tmp_path):
    monkeypatch.setenv("CONTESTED_STORY", str(ROOT / "data" / "korday-2020"))
    monkeypatch.setenv("CONTESTED_RECORD", str(tmp_path / "record.sqlite"))
    st.cache_resource.clear()
    return deck_shelf.shelf()


def view():
    from views import deck  # noqa: PLC0415 runs as a script of its own

    deck.show()


def remembering():
    from contested.query.selection import Selection  # noqa: PLC0415 runs as a script of its own
    from sharing import last_view  # noqa: PLC0415
    from views import deck  # noqa: PLC0415

    last_view.remember("hourly-clashes", Selection(account=("vlast",)))
    deck.show()


def opened(**link):
    app = AppTest.from_function(view, default_timeout=SECONDS)
    for name, value in link.items():
        app.query_params[name] = value
    return done(app.run())


def done(app):
    assert not app.exception
    return app


def named(widgets, label):
    return next(one for one in widgets if one.label == label)


def listed(app):
    """Read what the list of slides is sent."""
    [shown] = [one for one in app.get("bidi_component") if "slides-" in one.proto.component_name]
    return json.loads(shown.proto.json)["slides"]


def test_a_first_deck_begins_with_three_charts_and_what_nobody_says(decks):
    app = opened()
    assert app.header[0].value == "No deck yet"

    done(named(app.button, "Begin with three charts").click().run())

    assert [one.chart for one in decks.read("talk-1").slides] == [
        *("timeline", "response-delays", "casualty-counts", "silence")
    ]
    assert [one["about"] for one in listed(app)] == ["Timeline", "Delays", "Casualties", "Story"]


def test_a_slide_moves_and_goes_and_the_file_follows(decks):
    decks.write("talk-1", Deck(slides=(TOLL, NIGHT)))
    app = opened()

    done(named(app.button, "Move down").click().run())
    assert decks.read("talk-1").slides == (NIGHT, TOLL)
    assert app.query_params["slide"] in ("2", ["2"])
    done(named(app.button, "Take out").click().run())
    assert decks.read("talk-1").slides == (NIGHT,)
    done(named(app.button, "Put back").click().run())
    assert decks.read("talk-1").slides == (NIGHT, TOLL)


def test_a_title_of_ones_own_is_kept_and_a_number_that_is_not_on_the_slide_is_named(decks):
    decks.write("talk-1", Deck(slides=(TOLL,)))
    app = opened()

    done(named(app.text_input, "Title").input("Officials said 8, then 12").run())
    done(named(app.text_area, "Notes, only for you").input("Say who counted.").run())

    [slide] = decks.read("talk-1").slides
    assert (slide.title, slide.notes) == ("Officials said 8, then 12", "Say who counted.")
    [warned] = [one.value for one in app.caption if "The title says" in one.value]
    assert warned.startswith("The title says 12, which is nowhere on the slide")


def test_a_remark_stands_on_the_picture_of_its_slide_as_the_presenters_own_words(decks):
    decks.write("talk-1", Deck(slides=(TOLL,)))
    app = opened()

    app.datetime_input[0].set_value(datetime(2020, 2, 14, 10, 0))  # noqa: DTZ001 a wall clock
    named(app.text_input, "What you say of it").input("This one is hearsay.")
    done(named(app.button, "Add remark").click().run())

    [slide] = decks.read("talk-1").slides
    assert slide.remarks == (Remark(at="2020-02-14T10:00+06:00", words="This one is hearsay."),)
    assert re.search("Presenter, 14 Feb 2020, 10:00:.*“This one is hearsay.”", listed(app)[0]["picture"])
    assert listed(app)[0]["about"] == "Casualties · 1 remark"
    done(app.button(key="deck-unsay-talk-1-0-casualty-counts-0").click().run())
    assert decks.read("talk-1").slides == (TOLL,)


def test_a_slide_that_this_story_cannot_show_says_so_and_the_others_stay(decks):
    decks.write("talk-1", Deck(slides=(Planned(chart="no-such-chart"), TOLL)))

    app = opened(slide="2")

    assert listed(app)[0]["title"] == "This slide cannot be shown"


def test_the_decks_are_listed_and_one_is_opened_or_begun(decks):
    decks.write("talk-2", Deck(title="A second talk", story=None, slides=(TOLL,), frozen="7-0a1b2c"))
    decks.write("talk-1", Deck(title="For the round table", slides=(TOLL, NIGHT)))
    app = opened()

    done(app.segmented_control(key="decks").set_value("mine").run())
    told = [one.proto.body for one in app.get("html") if "<small>" in one.proto.body]
    assert "<b>For the round table</b><br><small>2 slides · live · changed" in told[0]
    assert "<b>A second talk</b><br><small>1 slide · frozen at entry 7 · changed" in told[1]
    done(app.button(key="deck-open-talk-2").click().run())
    assert named(app.text_input, "Title of the talk").value == "A second talk"
    done(app.segmented_control(key="decks").set_value("mine").run())
    done(named(app.button, "New deck").click().run())
    assert decks.names()[0] == "talk-3"
    assert named(app.text_input, "Title of the talk").value == "A talk"


def test_a_slide_is_added_of_the_chart_that_was_looked_at_and_of_what_nobody_says(decks):
    decks.write("talk-1", Deck(slides=(TOLL,)))
    app = done(AppTest.from_function(remembering, default_timeout=SECONDS).run())

    done(named(app.button, "Add the view I was in").click().run())
    done(named(app.button, "Add “what nobody says”").click().run())

    seen = [(one.chart, one.selection.get("account")) for one in decks.read("talk-1").slides]
    assert seen == [("casualty-counts", ["officials"]), ("hourly-clashes", ["vlast"]), ("silence", None)]
    assert all(one.label != "Add “what nobody says”" for one in app.button)


def test_a_content_note_stands_before_its_slide(decks):
    decks.write("talk-1", Deck(slides=(TOLL,)))
    app = opened()

    done(named(app.toggle, "Content note before this slide").set_value(True).run())

    assert decks.read("talk-1").slides[0].is_warned
    assert listed(app)[0]["about"] == "Casualties · content note"
    assert any(one.value == "“What follows gives numbers of the dead.”" for one in app.caption)


def test_what_was_shown_at_a_moment_is_told_with_the_slides_of_then(monkeypatch, tmp_path):
    path = tmp_path / "desk.sqlite"
    monkeypatch.setenv("CONTESTED_STORY", str(path))
    st.cache_resource.clear()
    with closing(open_record(path, create=True)) as record:
        said(record, kind="casualties", measure="killed", best=8)
        deck_shelf.shelf().write("talk-1", Deck(title="For the round table", story="night", slides=(TOLL, NIGHT)))
        app = opened()

        done(app.datetime_input(key="deck-time").set_value(datetime(2020, 2, 8, 18, 5)).run())  # noqa: DTZ001 a wall clock
        assert any(one.value == "Nothing of this deck had been kept by then." for one in app.caption)
        later = datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=1)
        done(app.datetime_input(key="deck-time").set_value(later).run())

    [told] = [one.proto.body for one in app.get("html") if "Show it as it was" in one.proto.body]
    assert "“For the round table”, 2 slides, as of entry 1, recorded" in told
    assert ": Casualties and Delays. " in told
    assert re.search(r'href="\./present\?deck=talk-1&amp;frozen=\d{4}-', told)


def test_the_list_of_decks_has_an_address_that_the_page_knows(decks):
    decks.write("talk-1", Deck(slides=(TOLL,)))
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=SECONDS)
    app.query_params["decks"] = "mine"

    assert not any("decks" in one.value for one in done(app.run()).warning)
    assert not any("nothing here has such a parameter" in one.proto.body for one in app.get("html"))


def test_a_card_adds_what_it_shows_as_it_is_filtered(decks):
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=SECONDS)
    app.query_params["account"] = "officials"
    done(app.run())

    done(app.button(key="deck-casualty-counts").click().run())

    [slide] = decks.read("talk-1").slides
    assert (slide.chart, slide.selection["account"]) == ("casualty-counts", ["officials"])
