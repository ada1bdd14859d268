"""Of two who correct one claim nobody's word is lost: each field is was, theirs or mine."""

from hypothesis import given
from hypothesis import strategies as st

from contested.model.three_way import MINE, THEIRS, choices, merged

WAS = {"best": "180", "summary": "180 were hurt."}
THEY = {"low": "180", "summary": "180 or more were hurt."}
I = {"best": "180", "low": "181", "summary": "180 were hurt.", "label": "181+"}  # noqa: E741 the first person


def test_mine_stands_where_i_touched_it_and_theirs_elsewhere():
    assert [(one.name, one.first()) for one in choices(WAS, THEY, I)] == [
        ("best", THEIRS),
        ("summary", THEIRS),
        ("low", MINE),
        ("label", MINE),
    ]
    assert merged(WAS, THEY, I, {}) == {"low": "181", "summary": "180 or more were hurt.", "label": "181+"}


def test_each_field_can_be_chosen():
    assert merged(WAS, THEY, I, {"summary": MINE, "low": THEIRS})["summary"] == "180 were hurt."
    assert merged(WAS, THEY, I, {"low": THEIRS})["low"] == "180"


CELLS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["", "1", "2", "3"]))


def filled(cells):
    return {name: words for name, words in cells.items() if words}


@given(CELLS, CELLS, CELLS)
def test_all_of_theirs_and_all_of_mine_are_just_that(was, theirs, mine):
    differing = [one.name for one in choices(was, theirs, mine)]

    assert merged(was, theirs, mine, dict.fromkeys(differing, MINE)) == filled(mine)
    assert merged(was, theirs, mine, dict.fromkeys(differing, THEIRS)) == filled(theirs)
