"""The chips of the accounts: what a press turns on and off, and who has a chip."""

from chips.mount import after_press, most_heard
from contested.query.legend import Lane, Voice
from contested.query.selection import NOBODY

ALL = ["a", "b", "c"]


def test_a_press_turns_an_account_off_and_another_one_on_again():
    assert after_press(["b"], ALL, ALL) == ["a", "c"]
    assert after_press(["b"], ["a", "c"], ALL) == [], "all are heard: the link says nothing"


def test_a_press_of_a_group_turns_all_of_it_off_and_then_all_of_it_on():
    assert after_press(["b", "c"], ["a", "b"], ALL) == ["a"]
    assert after_press(["b", "c"], ["a"], ALL) == []


def test_after_the_last_account_is_turned_off_nobody_is_heard_and_any_can_be_turned_on():
    assert after_press(["a"], ["a"], ALL) == [NOBODY]
    assert after_press(["b"], [NOBODY], ALL) == ["b"]


def _lanes(number):
    return [Lane(f"a{n}", f"A{n}", n, n, (Voice(f"a{n}", f"A{n}", n),)) for n in range(number)]


def test_of_many_accounts_those_with_most_claims_have_a_chip_in_the_storys_order_and_the_others_are_searched():
    claims = {f"a{n}": n for n in range(60)}

    near, far = most_heard(_lanes(60), claims)

    assert [one.key for one in near] == [f"a{n}" for n in range(53, 60)]
    assert [one.key for one in far] == [f"a{n}" for n in range(53)]


def test_of_few_accounts_each_has_a_chip():
    near, far = most_heard(_lanes(12), {})

    assert len(near) == 12
    assert far == []
