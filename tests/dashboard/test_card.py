"""The card on a page: what a browser cannot hold is said to be left out, and the download has it."""

import json
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from tests.claims_for_tests import claim
from tests.lies.small_stories import told

from card import nothing
from contested.export.formats import FORMATS
from contested.model.arrow_schema import from_arrow
from contested.model.times import between
from contested.model.wording import distinct
from contested.query.legend import Legend
from contested.query.selection import Selection
from panel.mount import marks

ROWS = 501


def cards(number):
    import streamlit as st  # noqa: PLC0415 runs as a script of its own
    from tests.claims_for_tests import claim  # noqa: PLC0415
    from tests.lies.small_stories import told  # noqa: PLC0415

    from card import card  # noqa: PLC0415

    st.query_params["timeline-tab"] = "Table"
    card(told("timeline", *(claim(claim_id=f"{n:03}", event_id=f"night {n:03}") for n in range(number))))


@pytest.fixture
def page():
    return lambda number: AppTest.from_function(cards, default_timeout=60, kwargs={"number": number}).run()


def test_of_many_rows_the_first_are_shown_and_the_others_counted(page):
    many = page(ROWS)

    assert not many.exception
    assert "The first 500 of 501 rows; the download gives all." in [one.value for one in many.caption]
    assert len(many.table[0].value) == ROWS - 1


def test_what_fits_on_the_page_is_shown_whole_and_nothing_is_said_of_it(page):
    few = page(ROWS - 1)

    assert not any("The first" in one.value for one in few.caption)
    assert len(few.table[0].value) == ROWS - 1


def test_the_download_has_every_row():
    found = told("timeline", *(claim(claim_id=f"{n:03}", event_id=f"night {n:03}") for n in range(ROWS)))
    written = json.loads(FORMATS["json"].of_answer(found))
    assert len(written["rows"]) == ROWS
    assert written == json.loads(json.dumps(found.document()))


@given(st.lists(st.sampled_from(["a", "a (2)", "b"])))
def test_marks_of_one_name_are_told_apart_and_one_that_is_alone_keeps_its_name(names):
    told_apart = list(distinct(names))

    assert len(set(told_apart)) == len(names)
    assert all(one == name or one.startswith(f"{name} (") for one, name in zip(told_apart, names, strict=True))
    assert told_apart[:1] == names[:1]


def test_a_mark_that_a_link_names_and_nobody_sees_is_said_to_be_out_of_view():
    def linked():
        import streamlit as st  # noqa: PLC0415 runs as a script of its own
        from tests.claims_for_tests import claim  # noqa: PLC0415
        from tests.lies.small_stories import told  # noqa: PLC0415

        from card import card  # noqa: PLC0415

        st.query_params["timeline-mark"] = "0123456789ab"
        card(told("timeline", claim()))

    page = AppTest.from_function(linked, default_timeout=60).run()

    assert "The mark that this link names is not shown; choose another." in [one.value for one in page.caption]


def test_a_mark_is_named_by_its_words_and_those_that_only_sound_alike_are_told_apart():
    figures = {"customdata": [[1], [2], [3]], "hovertext": ["south: 8", "south: 11", "south: 8"]}
    both_ends = {"customdata": [[4], [4]], "hovertext": "north"}

    named = marks({"data": [figures, both_ends, {"x": [1]}]})

    assert list(named.values()) == [[1], [2], [3], [4]]
    assert marks({"data": [figures | {"customdata": [[7], [8], [9]]}]}).keys() == set(list(named)[:3])


def behind(number):
    import streamlit as st  # noqa: PLC0415 runs as a script of its own

    import claims  # noqa: PLC0415
    import evidence_panel  # noqa: PLC0415
    from contested import Selection  # noqa: PLC0415

    known = claims.store().ask("select claim_id from known", Selection())
    evidence_panel.show(list(known["claim_id"])[:number], Selection(zone="Asia/Almaty"), 7)
    st.caption("end")


@pytest.mark.parametrize(("number", "said"), [(50, 7), (52, 9)])
def test_of_many_claims_behind_a_mark_the_first_are_shown_and_the_others_counted(number, said, korday):
    page = AppTest.from_function(behind, default_timeout=60, kwargs={"number": number}).run()

    assert not page.exception
    assert "".join(one.proto.body for one in page.get("html")).count("<section") == 50
    assert [one.value for one in page.caption] == [
        f"And {said} claims more; the download names them, and Evidence shows them.",
        "end",
    ]
    assert len(korday.claims) > number


def test_the_times_of_the_claims_behind_a_mark_are_in_the_chosen_zone_which_is_named(korday):
    def elsewhere(claim_id):
        import evidence_panel  # noqa: PLC0415 runs as a script of its own
        from contested import Selection  # noqa: PLC0415

        evidence_panel.show([claim_id], Selection(zone="Pacific/Auckland"))

    told = next(one for one in from_arrow(korday.claims) if one.stated_at)
    page = AppTest.from_function(elsewhere, default_timeout=60, kwargs={"claim_id": told.claim_id}).run()

    [shown] = [one.proto.body for one in page.get("html")]
    bounds = (
        moment and moment.astimezone(ZoneInfo("Pacific/Auckland")) for moment in (told.stated_earliest, told.stated_at)
    )
    assert f"<dt>Said</dt><dd>{between(*bounds)}</dd><dt>Times in</dt><dd>Pacific/Auckland</dd>" in shown


def test_where_nothing_answers_only_a_step_that_can_help_is_offered():
    assert nothing(Legend((), Selection())) == "Nothing in this story answers this."
    assert nothing(Legend((), Selection(), hidden=1)).endswith("Turn on more accounts, or take off a filter.")
    assert nothing(Legend((), Selection(as_known_at="2020-02-08T10:00Z"))).endswith("Choose a later one.")
