"""The view of observations: parts that add up, a search, pages, and text from data that stays text."""

import re

import pytest
from streamlit.testing.v1 import AppTest
from tests.charts.test_delays_over_time import SAME, on_days
from tests.charts.test_observations import asked

from views.observations import found, written


def observations():
    from contested import CHARTS, Selection  # noqa: PLC0415
    from views import observations  # noqa: PLC0415

    observations.show(next(one for one in CHARTS if one.key == "observations"), Selection(zone="Asia/Almaty"))


@pytest.fixture
def page():
    return AppTest.from_function(observations, default_timeout=60)


def test_all_rows_stand_on_the_page_with_what_does_not_count(page):
    page.run()

    assert not page.exception
    assert page.header[0].value == "1 event with a start and an outcome"
    assert page.segmented_control(key="reached").options == ["all 6", "reached 1", "not counted 5"]


def test_a_part_that_the_link_names_is_listed(page):
    page.query_params["reached"] = "reached"
    page.run()

    [text] = [one.value for one in page.get("html") if "<table" in one.proto.body] or [""]
    assert text.count("<tr>") == 2


def test_a_row_says_when_how_long_and_whether_in_time():
    answer = asked(on_days([5, 20, None]), calls="every", target_minutes=8)
    text = written(answer.rows, answer.legend)

    assert '<th class="">Within 8</th>' in text
    assert text.count('<td class="">yes</td>') == 1
    assert text.count("<b>no</b>") == 2
    assert "1 Jan, 12:00:00" in text
    assert '<td class="number">5 min</td>' in text
    assert "cleared after 1 h" in text


def test_rows_of_several_years_say_the_year_also_on_a_page_of_one():
    answer = asked([*on_days([5]), *on_days([5], account="Other")])

    assert "1 Jan, 12:00:00" in written(answer.rows, answer.legend)
    assert re.search(r"1 Jan \d{4}, 12:00:00", written(answer.rows, answer.legend, has_years=True))


def test_markup_of_an_event_is_text():
    answer = asked([one.model_copy(update={"event_id": "<script>"}) for one in on_days([5])])

    text = written(answer.rows, answer.legend)
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_a_search_finds_an_event_or_an_account():
    answer = asked([*on_days(SAME), *on_days([3], account="Other")])

    assert len(found(answer.rows, " LOG7 ", answer.legend)) == 1
    assert len(found(answer.rows, "other", answer.legend)) == 1
    assert found(answer.rows, "nobody", answer.legend).empty
    assert len(found(answer.rows, "", answer.legend)) == 21
