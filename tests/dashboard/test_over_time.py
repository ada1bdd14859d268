"""The views of what goes on over time: what stands below the first card, and what its controls write to the link."""

import pytest
from streamlit.testing.v1 import AppTest

from views.clashes import ALSO
from views.over_time import LED_ON, SEGMENTS


def over_time():
    from contested import CHARTS, Selection  # noqa: PLC0415
    from views import over_time  # noqa: PLC0415

    over_time.show(next(one for one in CHARTS if one.key == "delays-over-time"), Selection(zone="Asia/Almaty"))


def clashes():
    from contested import CHARTS, Selection  # noqa: PLC0415
    from views import clashes  # noqa: PLC0415

    clashes.show(next(one for one in CHARTS if one.key == "hourly-clashes"), Selection(zone="Asia/Almaty"))


@pytest.fixture
def page():
    return AppTest.from_function(over_time, default_timeout=60)


def titles(page):
    return [one.value.replace("\\", "") for one in page.header]


def test_three_cards_stand_on_the_page_and_say_why_there_is_nothing_to_tell_apart(page):
    page.run()

    assert not page.exception
    assert titles(page) == [
        "Too few events to tell days apart: one alone holds any",
        "No event starts at a known hour of the day",
        "No event starts at a known hour",
    ]
    assert len([one for one in page.get("html") if "A median is drawn of 10 delays or more." in one.proto.body]) == 3
    assert not page.get("bidi_component")


def test_the_second_card_is_by_weekday_where_the_switch_says_so(page):
    page.run()
    page.segmented_control(key="delays-by").set_value("delays-by-weekday").run()

    assert page.query_params["delays-by"] in ("delays-by-weekday", ["delays-by-weekday"])
    assert titles(page)[1] == "Too few events to tell weekdays apart: one alone holds any"
    assert set(LED_ON) == {*SEGMENTS, "delays-by-hour-of-week"}


def test_the_controls_write_the_period_and_the_clock_to_the_link(page):
    page.run()
    page.segmented_control(key="period").set_value("month").run()
    page.selectbox(key="start").set_value("call").run()

    assert page.query_params["period"] in ("month", ["month"])
    assert page.query_params["start"] in ("call", ["call"])


def test_clashes_of_one_night_have_one_card():
    page = AppTest.from_function(clashes, default_timeout=60).run()

    assert not page.exception
    assert len(page.header) == 1
    assert len(ALSO) == 2
