"""The log-rank test: by pencil, against lifelines, and whatever the order, the names or the scale."""

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines.statistics import logrank_test

from contested.analysis.timing.interval_censoring import Histogram, histogram
from contested.analysis.timing.logrank import logrank, scores
from contested.model.times import Delay


def exact(*minutes):
    return [Delay(float(one), float(one)) for one in minutes]


def test_scores_are_observed_minus_expected_by_pencil():
    """Of 1, 2+ and 3 the hazards are 1/3 at 1 and 1/1 at 3, so that 2+ was expected 1/3 of an end and 3 was 4/3."""
    assert scores(histogram([Delay(1, 1), Delay(2, inf), Delay(3, 3)])).tolist() == pytest.approx(
        [2 / 3, -1 / 3, -1 / 3]
    )


def test_of_four_exact_delays_by_pencil():
    """Hazards 1/4, 1/3, 1/2, 1: expected 3/12, 7/12, 13/12, 25/12."""
    assert scores(histogram(exact(1, 2, 3, 4))).tolist() == pytest.approx([9 / 12, 5 / 12, -1 / 12, -13 / 12])


def test_an_interval_scores_the_mean_of_what_lies_within_it():
    """Of 1, 2 and one within 1 to 2, each step holds a half; its score lies between theirs."""
    early, between, late = scores(histogram([Delay(1, 1), Delay(2, 2), Delay(1, 2)]))

    assert between == pytest.approx((early + late) / 2)


def test_two_equal_groups_do_not_differ_and_two_far_apart_do():
    assert logrank(exact(*range(20)), exact(*range(20))) == pytest.approx(1)
    assert logrank(exact(*range(20)), exact(*range(100, 120))) < 1e-5


def test_delays_of_which_nothing_tells_them_apart_are_not_tested():
    assert logrank([Delay(0, 60)] * 10, [Delay(0, 60)] * 10) is None


def drawn(chance, number, mean):
    truth, waited = chance.exponential(mean, number), chance.exponential(90, number)
    return [Delay(min(t, w), t if t <= w else inf) for t, w in zip(truth.tolist(), waited.tolist(), strict=True)]


@pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")  # theirs
@pytest.mark.parametrize("seed", range(20))
def test_without_intervals_it_is_that_of_lifelines(seed):
    chance = np.random.default_rng(seed)
    one, other = drawn(chance, 150, 60), drawn(chance, 150, 70)

    theirs = logrank_test(
        [delay.low for delay in one],
        [delay.low for delay in other],
        [delay.high < inf for delay in one],
        [delay.high < inf for delay in other],
    )
    assert logrank(one, other) == pytest.approx(theirs.p_value, abs=0.02)


def test_where_nothing_differs_it_finds_a_difference_as_often_as_it_says():
    chance = np.random.default_rng(7)
    found = [logrank(drawn(chance, 25, 60), drawn(chance, 30, 60)) for _ in range(400)]

    assert sum(one < 0.05 for one in found) / 400 == pytest.approx(0.05, abs=0.03)
    assert sum(one < 0.5 for one in found) / 400 == pytest.approx(0.5, abs=0.08)


minutes = st.integers(0, 60)
delay = st.one_of(
    minutes.map(lambda one: Delay(one, one)),
    minutes.map(lambda one: Delay(one, inf)),
    st.tuples(minutes, minutes).map(lambda ends: Delay(*sorted(ends))),
)
groups = st.tuples(st.lists(delay, min_size=2, max_size=12), st.lists(delay, min_size=2, max_size=12))


@settings(max_examples=80)
@given(groups)
def test_scores_add_up_to_nothing(pair):
    every = histogram([*pair[0], *pair[1]])

    assert every.counts @ scores(every) == pytest.approx(0, abs=1e-5)


@settings(max_examples=80)
@given(groups)
def test_which_group_is_named_first_is_of_no_account(pair):
    one, other = logrank(*pair), logrank(*reversed(pair))

    assert one is other is None or one == pytest.approx(other, abs=1e-5)


@settings(max_examples=80)
@given(groups)
def test_only_the_order_counts_and_not_the_scale(pair):
    squared = [[Delay(low**2, high**2) for low, high in group] for group in pair]
    one, other = logrank(*pair), logrank(*squared)

    assert one is other is None or one == pytest.approx(other, abs=1e-5)


def ones(group):
    """Count each delay as one, however often it is told."""
    return Histogram(np.array(group, float), np.ones(len(group), int))


@settings(max_examples=80)
@given(groups)
def test_counts_stand_for_as_many_delays(pair):
    one, other = logrank(*pair), logrank(*map(ones, pair))

    assert one is other is None or one == pytest.approx(other, abs=1e-9)
