"""Events lie within events; a whole that nobody knows, and a circle, are problems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.claims_for_tests import SIX, table

from contested import open_story
from contested.model.event_parts import wholes


@pytest.fixture
def folder(tmp_path):
    table(tmp_path / "claims.csv", SIX)
    return tmp_path


def events(folder, **part_of):
    table(folder / "events.csv", *({"event_id": one, "label": one, "part_of": of} for one, of in part_of.items()))
    return open_story(folder)


def test_a_part_lies_within_its_whole_and_within_the_whole_of_that():
    found = wholes({"war": (), "battle": ("war",), "charge": ("battle",), "march": ("war", "retreat"), "retreat": ()})

    assert found == {
        "war": set(),
        "battle": {"war"},
        "charge": {"battle", "war"},
        "march": {"war", "retreat"},
        "retreat": set(),
    }


def test_what_lies_within_itself_lies_within_nothing():
    assert wholes({"a": ("b",), "b": ("a",), "c": ("c",), "d": ("a",)}) == {
        "a": set(),
        "b": set(),
        "c": set(),
        "d": {"a", "b"},
    }


EVENTS = st.sampled_from("abcde")


@given(st.dictionaries(EVENTS, st.lists(EVENTS, max_size=3).map(tuple)))
def test_nothing_lies_within_itself_and_what_lies_within_a_part_lies_within_its_whole(parts):
    found = wholes(parts)

    assert all(event not in above for event, above in found.items())
    assert all(found.get(whole, set()) <= above for above in found.values() for whole in above)


def test_a_table_of_events_names_the_whole_of_each(folder):
    story = events(folder, night="war", war="")

    assert story.parts() == {"night": ("war",), "war": ()}
    assert story.problems == ()


def test_a_table_of_events_need_not_speak_of_parts(folder):
    table(folder / "events.csv", {"event_id": "night", "label": "The night"})

    assert open_story(folder).parts() == {"night": ()}


def test_a_whole_that_the_table_lacks_is_a_problem_with_its_row(folder):
    [(name, problem)] = events(folder, war="", night="wr").problems

    assert name == "events.csv"
    assert str(problem) == (
        "row 3, part_of 'wr': night is part of an event that the table lacks; add it, or choose from war, night"
    )


def test_each_link_of_a_circle_is_a_problem(folder):
    found = events(folder, night="war", war="year", year="war", calm="calm").problems

    assert [(problem.code, problem.row, problem.value) for _, problem in found] == [
        ("cycle", 3, "year"),
        ("cycle", 4, "war"),
        ("cycle", 5, "calm"),
    ]


def test_the_night_lies_within_the_conflict_as_a_whole(korday, ask):
    assert ask("disagreements").legend.wholes["night-clash"] == {"conflict"}
    assert ask("disagreements").legend.wholes["chairman-attack"] == {"night-clash", "conflict"}
    assert korday.problems == ()
