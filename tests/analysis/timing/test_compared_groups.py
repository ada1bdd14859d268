"""Groups of delays compared: intervals by pencil and against other arithmetic, and what a title may say."""

from math import inf

import numpy as np
import pytest

from contested.analysis.timing.compared_groups import Compared, calls_of, comparison, median_difference, title
from contested.analysis.timing.interval_censoring import P90, histogram


def group(name, minutes):
    return Compared(name, calls_of(name, "call"), histogram([(one, one) for one in minutes]))


TENS, LATER = range(1, 11), range(21, 31)


def test_the_difference_of_two_medians_by_pencil():
    """Of ten the ranks around the median are 2 and 9 (11/2 less the root of 10): 9 less 2 minutes are 2 × 1.96 errors.

    The standard error of one is 7 / 3.92, of the difference the root of 2 times that, and 1.96 of these are 4.95.
    """
    by = median_difference(group("b", LATER).delays, group("a", TENS).delays)

    assert (by.low, by.high) == (20, 20)
    assert (by.least, by.most) == pytest.approx((20 - 4.95, 20 + 4.95), abs=0.01)


def test_the_interval_of_a_percentile_holds_it_and_is_within_the_delays():
    hundred = group("a", range(1, 101))

    assert hundred.interval() == (40, 61)
    assert hundred.interval(P90) == (84, 97)


def test_of_few_delays_nothing_bounds_the_longest_that_nine_in_ten_may_take():
    """That all of eleven are below it is seen in 31 of 100 such samples: 0.9 to the eleventh."""
    assert group("a", range(1, 12)).interval(P90) == (7, inf)


def test_two_groups_are_told_apart_by_the_interval_of_their_difference():
    assert title([group("Priority 2", LATER), group("Priority 3", TENS)], None, "were reached") == (
        "Priority 3 calls were reached 20 minutes sooner than Priority 2 calls"
    )
    assert title([group("A", TENS), group("B", range(2, 12))], 8, "were reached") == (
        "No clear difference between A calls and B calls"
    )


def test_of_two_the_sentence_gives_both_medians_the_difference_and_the_test():
    said = comparison(group("B", LATER), group("A", TENS), "were reached")

    assert said.difference == "20 minutes"
    assert str(said) == (
        "Half of the A calls were reached within 5 minutes, half of the B calls within 25 minutes: a difference of "
        "20 minutes (95% interval 15.1 to 24.9); by chance alone a gap this wide would be seen about once in 100 "
        "times (log-rank test)."
    )


def test_who_was_never_reached_waits_longest_and_leaves_a_median_open():
    never = Compared("C", "C calls", histogram([(inf, inf)] * 6 + [(5, 5)] * 4))

    assert never.share_within(8) == (0.4, 0.4)
    assert "cannot be compared" in str(comparison(never, group("A", TENS), "were reached"))


def test_more_groups_are_told_apart_by_shares_whose_intervals_do_not_touch():
    quick, slow, few = group("Fire", [5] * 40), group("Alarm", [5] * 10 + [20] * 30), group("Gas", [5] * 29)

    assert title([quick, slow, few], 8, "were reached") == (
        "100% of Fire calls were reached within 8 minutes, 25% of Alarm calls"
    )
    assert title([quick, few, group("Flood", [5] * 30)], 8, "were reached") == (
        "The two groups do not differ clearly within 8 minutes"
    )
    assert title([quick, slow, few], None, "were reached") == (
        "Half the Fire calls within 5 minutes, half the Alarm calls within 20 minutes"
    )


def test_what_has_no_room_as_calls_is_named_by_where_or_when_they_came():
    slow = [20] * 40
    some = [group(name, [5] * 40) for name in ("Saturday", "Sunday", "Monday", "Tuesday")]

    assert title([*some, group("Friday", slow)], 8, "were reached") == (
        "100% were reached within 8 minutes on Saturdays, 0% on Fridays"
    )
    assert title([*some, group("17:00", slow)], None, "were reached") == (
        "Half the Saturday calls within 5 minutes, half the 17:00 calls within 20 minutes"
    )
    assert title([group("Potentially deadly", slow), *some[:2], group("Fire", [4] * 40)], None, "were reached") == (
        "Half were reached within 4 minutes in Fire, 20 minutes in Potentially deadly"
    )


def test_of_fewer_than_ten_nothing_is_compared():
    few = group("B", [1] * 9)

    assert title([group("A", TENS), few], 8, "were reached") == (
        "Too few delays to compare: only one of 2 groups has ten"
    )
    assert title([few, few], 8, "were reached") == "Too few delays to compare: none of 2 groups has ten"
    assert title([few], 8, "were reached") == "Nothing to compare: all 9 delays are of B calls"
    assert comparison(group("A", TENS), group("B", [1] * 9), "were reached") is None


def test_a_title_has_fourteen_words_at_the_most():
    names = ["Potentially life-threatening medical", "Not at all life-threatening medical", "Fire of a building"]
    told = [group(name, [delay] * 40) for name, delay in zip(names, (3, 12, 30), strict=True)]

    for some, target in ((told[:2], None), (told, 8), (told, None)):
        assert len(title(some, target, "were reached").split()) <= 14


def test_bounds_widen_what_they_leave_open():
    open_ = Compared("A", "A calls", histogram(np.array([(1.0, 20.0)] * 20)))

    assert open_.share_within(8) == (0, 1)
    assert open_.share(8)[3:] == pytest.approx((0, 1))
