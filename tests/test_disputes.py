"""What cannot all be true, what can, and what is the same."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.comparison import DISAGREEMENTS, Position, Relation, range_of, related
from contested.disputes import disputes
from contested.legend import Legend, Voice
from contested.matrix import ALONE, MARKS, matrix
from contested.selection import Selection

NUMBERS = st.integers(0, 50)
RANGES = st.tuples(NUMBERS, NUMBERS).map(sorted).map(tuple)


def position(account, said="", bounds=None, stance="asserts", claim_id="1", **more):
    given = {"event_id": "night", "question": "How many?"} | more
    return Position(account=account, said=said, bounds=bounds, stance=stance, claim_ids=(claim_id,), **given)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ((2, 2), (10, 10), Relation.CONTRADICT),
        ((8, inf), (10, 10), Relation.COMPATIBLE),
        ((8, 12), (10, 14), Relation.COMPATIBLE),
        ((8, 10), (10, 14), Relation.COMPATIBLE),
        ((10, 10), (10, 10), Relation.AGREE),
        ((8, inf), (-inf, 7), Relation.CONTRADICT),
    ],
)
def test_ranges_contradict_when_disjoint_and_agree_when_equal(one, other, relation):
    assert related(position("a", bounds=one), position("b", bounds=other)) is relation


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("yes", "no, getting worse", Relation.CONTRADICT),
        ("yes", "yes, sometimes", Relation.AGREE),
        ("Almaty", "almaty", Relation.AGREE),
        ("a push", "a kick", Relation.DIFFER),
    ],
)
def test_words_are_compared_as_yes_and_no_or_as_words(one, other, relation):
    assert related(position("a", one), position("b", other)) is relation


def test_a_rumour_and_its_rejection_are_told_apart_from_a_contradiction():
    rumour = position("rumour", "8", (8, 8), stance="relays")

    assert related(rumour, position("b", "not eight", stance="denies")) is Relation.REJECTED
    assert related(rumour, position("b", "2", (2, 2))) is Relation.CONTRADICT


def test_one_account_that_says_two_things_contradicts_itself():
    [dispute] = disputes([position("a", bounds=(10, 10)), position("a", bounds=(11, 11), claim_id="2")])

    assert dispute.relation is Relation.CONTRADICT
    assert dispute.claim_ids == ["1", "2"]


def test_two_answers_of_one_account_in_words_may_both_be_meant():
    assert list(disputes([position("a", "a gun"), position("a", "a club")])) == []


def milestone(account, name, at, claim_id):
    return position(account, bounds=(at, at), milestone=name, question=f"When was the {name}?", claim_id=claim_id)


def test_help_cannot_set_out_before_it_is_called():
    [dispute] = disputes([milestone("officials", "call", 19, "1"), milestone("vlast", "dispatch", 18, "2")])

    assert dispute.relation is Relation.CONTRADICT
    assert (dispute.one.milestone, dispute.other.milestone) == ("call", "dispatch")


def test_an_order_that_can_be_is_no_dispute():
    assert list(disputes([milestone("a", "call", 18, "1"), milestone("b", "dispatch", 19, "2")])) == []


@given(RANGES, RANGES)
def test_two_ranges_contradict_exactly_when_no_number_lies_in_both(one, other):
    share = any(one[0] <= n <= one[1] and other[0] <= n <= other[1] for n in range(51))

    relation = related(position("a", bounds=one), position("b", bounds=other))
    assert (relation is Relation.CONTRADICT) is not share


@given(st.lists(st.tuples(st.sampled_from("abc"), RANGES), max_size=6))
def test_the_order_of_the_positions_changes_no_relation(told):
    positions = [position(account, bounds=bounds, claim_id=str(n)) for n, (account, bounds) in enumerate(told)]

    def found(given):
        return sorted((tuple(dispute.claim_ids), dispute.relation) for dispute in disputes(given))

    assert found(positions) == found(positions[::-1])


@given(st.none() | NUMBERS, st.none() | NUMBERS, st.none() | NUMBERS)
def test_the_range_of_a_figure_holds_every_number_stated(low, best, high):
    found = range_of(low, best, high)

    stated = [number for number in (low, best, high) if number is not None]
    assert (found is None) == (not stated)
    assert found is None or all(found[0] <= number <= found[1] for number in stated)


def test_at_least_eight_has_no_upper_end():
    assert range_of(8, None, None) == (8, inf)


VOICES = tuple(Voice(key, key.upper(), number) for number, key in enumerate("abc"))


def test_the_matrix_has_a_cell_for_who_speaks_and_none_for_who_is_silent():
    [line] = matrix([position("a", "2", (2, 2)), position("b", "10", (10, 10))], Legend(VOICES, Selection()))

    assert {account: (cell.said, cell.state) for account, cell in line.cells.items()} == {
        "a": ("2", MARKS[Relation.CONTRADICT]),
        "b": ("10", MARKS[Relation.CONTRADICT]),
    }
    assert (line.contradicting, line.disagreeing) == (1, 1)


def test_the_matrix_says_when_nobody_else_answers():
    [line] = matrix([position("a", "yes")], Legend(VOICES, Selection()))

    assert line.cells["a"].state == ALONE


def test_the_most_disputed_question_stands_first():
    told = [
        *(position(account, "same", question="Where?") for account in "ab"),
        position("a", "2", (2, 2)),
        position("b", "10", (10, 10)),
    ]

    assert [line.question for line in matrix(told, Legend(VOICES, Selection()))] == ["How many?", "Where?"]


def korday_pairs(ask):
    return ask("disagreements").records()


def test_korday_holds_at_least_thirty_disagreements(ask):
    assert sum(row["relation"] in DISAGREEMENTS for row in korday_pairs(ask)) >= 30


def test_the_finder_sees_by_itself_that_help_left_before_it_was_called(ask):
    [row] = [row for row in korday_pairs(ask) if "call cannot come after dispatch" in row["sentence"]]

    assert row["accounts"] == ["officials", "vlast"]
    assert row["values"] == ["7 Feb 19:00", "7 Feb 18:00"]


def test_the_two_sides_contradict_each_other_on_the_attackers(ask):
    values = {
        tuple(row["values"])
        for row in korday_pairs(ask)
        if set(row["accounts"]) == {"dungan_residents", "kazakh_residents"} and row["relation"] == "contradict"
    }

    assert ("2", "10") in values


def test_every_pair_names_claims_that_exist(ask, korday):
    known = {claim.claim_id for claim in korday.claims}

    assert all(set(row["claim_ids"]) <= known and len(row["claim_ids"]) >= 2 for row in korday_pairs(ask))
