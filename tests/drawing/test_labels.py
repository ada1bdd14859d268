"""Labels that never collide, and what a figure is drawn from."""

from datetime import UTC, datetime
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested import drawing
from contested.drawing import Mark, apart, packed, text_width
from contested.drawing.lanes import time_axis

WIDE = 700
EDGES = st.floats(0, WIDE - 20)
MARKS = st.builds(
    lambda start, length, label, can_hold, weight: Mark(start, min(start + length, WIDE), label, 0, can_hold, weight),
    EDGES,
    st.floats(4, 300),
    st.text("abc 0", max_size=30),
    st.booleans(),
    st.integers(0, 3),
)


def boxes(packing):
    """Give what each mark and its label take up: the row, from where, to where."""
    for placed in packing.placed:
        mark, wide = placed.mark, text_width(placed.mark.label)
        match placed.side:
            case "on":
                yield placed.row, mark.x0, mark.x1
            case "right":
                yield placed.row, mark.x0, mark.x1 + 4 + wide
            case "left":
                yield placed.row, mark.x0 - 4 - wide, mark.x1
            case "above":
                yield placed.row - 1, placed.at, placed.at + wide
                yield placed.row, mark.x0, mark.x1


@given(st.lists(MARKS, max_size=12))
def test_no_mark_and_no_label_ever_touches_another(marks):
    taken = list(boxes(packed(marks, 0, WIDE)))

    for (row, low, high), (other, start, end) in combinations(taken, 2):
        assert row != other or high <= start or end <= low


@given(st.lists(MARKS, max_size=12))
def test_every_mark_is_placed_or_counted_as_left_out(marks):
    packing = packed(marks, 0, WIDE, most=2)

    assert len(packing.placed) + len(packing.left_out) == len(marks)
    assert packing.rows <= 2
    assert not packed(marks, 0, WIDE).left_out


@given(st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_labels_pushed_apart_keep_their_order_and_their_distance(wanted):
    places = apart(wanted, 17, -200, 300)
    ordered = [place for _, place in sorted(zip(wanted, places, strict=True))]

    assert all(later - earlier > 16 for earlier, later in pairwise(ordered))


def test_a_label_that_has_room_stands_where_it_wants_to():
    assert apart([10, 50], 17, 0, 100) == [10, 50]


def test_the_date_stands_at_midnight_and_at_the_first_hour():
    since, until = datetime(2020, 2, 7, 17, tzinfo=UTC), datetime(2020, 2, 8, 4, tzinfo=UTC)
    _, notes, _ = time_axis(since, until, 300, 100, (0, 0))

    assert [note["text"] for note in notes] == ["18:00<br>7 Feb", "21:00", "00:00<br><b>8 Feb</b>", "03:00"]


def test_the_second_seven_shapes_have_a_ring():
    assert len(drawing.glyph(0, 0, 0, 0)) == 1
    assert len(drawing.glyph(0, 7, 0, 0)) == 2
    assert len(drawing.points([1], [1], 0, 7)) == 2


def test_text_from_data_is_never_markup():
    assert drawing.note("<b>x</b>", 0, 0)["text"] == "&lt;b&gt;x&lt;/b&gt;"
    assert drawing.html('<a href="x">') == "&lt;a href=&quot;x&quot;&gt;"


@pytest.mark.parametrize(("text", "most", "cut"), [("short", 30, "short"), ("a" * 20 + "b" * 20, 10, "aaaa…bbbbb")])
def test_a_long_name_is_cut_in_its_middle(text, most, cut):
    assert drawing.shortened(text, most) == cut
