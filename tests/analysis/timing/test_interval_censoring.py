"""Delays pooled: against lifelines, against Kaplan and Meier, against the truth, and against a pencil."""

from itertools import accumulate, pairwise
from math import inf, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.fitters.npmle import npmle as turnbull_of_lifelines

from contested.analysis.timing.interval_censoring import (
    MEDIAN,
    P90,
    Histogram,
    difference_of_medians,
    ecdf_bounds,
    ecdf_polygon,
    histogram,
    percentile,
)
from contested.analysis.timing.turnbull import Mass, cdf_line, npmle, quantile
from contested.model.times import LEAST_DELAYS, Delay

OPEN = 1e-7
"""How far above its bound a wait begins for lifelines, which knows closed intervals only."""


def drawn(seed, number=None):
    """Draw exact, bounded and right-censored delays, every second time on a coarse clock so that many are tied."""
    chance = np.random.default_rng(seed)
    number = number or int(chance.integers(5, 11))
    truth = chance.exponential(60, number)
    lows, highs = truth - chance.exponential(20, number), truth + chance.exponential(20, number)
    if seed % 2:
        lows, highs = np.floor(lows / 15) * 15, np.ceil(highs / 15) * 15
    kinds = chance.integers(0, 4, number)
    lows = np.where(kinds == 0, np.round(truth), lows)
    highs = np.where(kinds == 0, np.round(truth), np.where(kinds == 1, inf, highs))
    return [Delay(*ends) for ends in zip(lows.tolist(), highs.tolist(), strict=True)]


def lies_within(step, delay):
    return delay.low <= step.low and step.high <= delay.high and (delay.high < inf or step.low >= delay.low)


def likelihood(steps, delays):
    return sum(log(sum(step.probability for step in steps if lies_within(step, delay))) for delay in delays)


def by_lifelines(delays):
    lows = [delay.low + OPEN * (delay.high == inf) for delay in delays]
    shares, steps = turnbull_of_lifelines(lows, [delay.high for delay in delays], tol=1e-11)
    return {(round(step.left, 5), round(step.right, 5)): share for step, share in zip(steps, shares, strict=True)}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # of theirs, where one step holds everything
@pytest.mark.parametrize("samples", [60, pytest.param(200, marks=pytest.mark.long)])
def test_the_most_likely_distribution_is_that_of_lifelines(samples):
    agree = 0
    for seed in range(samples):
        delays = drawn(seed)
        ours, theirs = npmle(delays), by_lifelines(delays)
        shares = {(round(step.low, 5), round(step.high, 5)): step.probability for step in ours}
        assert shares.keys() <= theirs.keys()
        if max(abs(shares.get(step, 0) - share) for step, share in theirs.items()) < 1e-6:
            agree += 1
            continue
        stopped = [Mass(*step, share) for step, share in theirs.items() if share > 0]
        rounded = [Delay(round(delay.low, 5), round(delay.high, 5)) for delay in delays]
        closer = [Mass(round(step.low, 5), round(step.high, 5), step.probability) for step in ours]
        assert likelihood(closer, rounded) > likelihood(stopped, rounded) - 1e-9  # they stopped short of the top

    assert agree >= 0.8 * samples


@pytest.mark.parametrize(("seed", "number"), [*((seed, None) for seed in range(60)), (0, 300), (1, 600)])
def test_nothing_is_more_likely(seed, number):
    """The likelihood is concave: it is greatest where moving weight to any step does not raise it."""
    delays = drawn(seed, number)
    steps = npmle(delays)
    covered = [sum(step.probability for step in steps if lies_within(step, delay)) for delay in delays]
    ends = sorted({end for delay in delays for end in delay if end < inf})

    for place in [*ends, *((a + b) / 2 for a, b in pairwise(ends)), max(ends) + 1]:
        inside = [d.low < place if d.high == inf else d.low <= place <= d.high for d in delays]
        gain = sum(1 / share for share, held in zip(covered, inside, strict=True) if held) / len(delays)
        assert gain <= 1 + 2e-8


def test_of_many_intervals_next_to_nothing_is_more_likely():
    delays = drawn(2, 4_000)
    lows, highs = np.array(delays, float).T
    masses = np.array(npmle(delays))
    inside = (lows[:, None] <= masses[:, 0]) & (masses[:, 1] <= highs[:, None])
    covered = inside @ masses[:, 2]

    moments = np.unique(lows)
    held = np.where(np.isinf(highs)[:, None], lows[:, None] < moments, lows[:, None] <= moments)
    held &= moments <= highs[:, None]
    assert len(masses) < len(delays)
    assert ((1 / covered) @ held / len(delays)).max() <= 1 + 2e-6


@pytest.mark.parametrize("seed", range(40))
def test_without_intervals_it_is_kaplan_and_meier(seed):
    chance = np.random.default_rng(seed)
    times, over = chance.integers(1, 20, 25).astype(float), chance.random(25) < 0.6
    delays = [Delay(time, time if ended else inf) for time, ended in zip(times.tolist(), over, strict=True)]

    survival = KaplanMeierFitter().fit(times, over).survival_function_["KM_estimate"]
    steps = [step for step in npmle(delays) if step.high < inf]
    sums = list(accumulate(step.probability for step in steps))
    assert [step.low for step in steps] == sorted(set(times[over].tolist()))
    for step, share in zip(steps, sums, strict=True):
        assert 1 - share == pytest.approx(survival[step.low], abs=1e-9)


# By pencil


def test_exact_delays_count_themselves():
    assert npmle([Delay(5, 5), Delay(5, 5), Delay(9, 9), Delay(7, 7)]) == [
        Mass(5, 5, pytest.approx(1 / 2)),
        Mass(7, 7, pytest.approx(1 / 4)),
        Mass(9, 9, pytest.approx(1 / 4)),
    ]


def test_a_wait_hands_its_share_to_what_came_later():
    """Of 1, 2+, 3 and 4 the wait gives half of its quarter to 3 and half to 4."""
    shares = [(step.low, step.probability) for step in npmle([Delay(1, 1), Delay(2, inf), Delay(3, 3), Delay(4, 4)])]

    assert shares == [(1, pytest.approx(1 / 4)), (3, pytest.approx(3 / 8)), (4, pytest.approx(3 / 8))]


def test_a_wait_at_the_very_moment_of_an_end_is_longer():
    assert npmle([Delay(3, 3), Delay(3, inf)]) == [Mass(3, 3, pytest.approx(0.5)), Mass(3, inf, pytest.approx(0.5))]


def test_two_intervals_that_overlap_most_likely_end_where_they_do():
    assert npmle([Delay(0, 60), Delay(30, 90)]) == [Mass(30, 60, 1)]


def test_nothing_known_is_nothing_estimated():
    assert npmle([]) == []


TEN = [Delay(10 * k, 10 * k + 5) for k in range(1, 11)]


def test_the_median_of_ten_is_the_fifth_and_p90_the_ninth():
    assert percentile(TEN, MEDIAN) == (50, 55)
    assert percentile(TEN, P90) == (90, 95)


def test_a_percentile_that_most_have_not_reached_has_no_upper_bound():
    assert percentile([*TEN, *[Delay(200, inf)] * 2], P90) == (200, inf)


def test_no_percentile_is_given_of_nine():
    assert percentile(TEN[1:], MEDIAN) is None


def test_the_most_likely_median_lies_in_the_step_that_reaches_a_half():
    assert quantile([Mass(1, 2, 0.4), Mass(3, 4, 0.1), Mass(5, inf, 0.5)], MEDIAN) == (3, 4)
    assert quantile([Mass(1, 2, 0.4), Mass(3, 4, 0.6 - 1e-12)], 100) == (3, 4)


def test_the_band_counts_who_must_and_who_may_have_ended():
    assert ecdf_bounds([Delay(1, 3), Delay(2, inf)]) == [(1, 0, 0.5), (2, 0, 1), (3, 0.5, 1)]


def test_the_outline_goes_up_one_edge_and_down_the_other():
    x, y = ecdf_polygon([(1, 2)], (0, 3))

    assert x == [0, 1, 1, 2, 2, 3, 3, 3, 3, 2, 2, 1, 1]
    assert y == [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0]


def test_the_curve_has_a_gap_where_nothing_tells():
    x, y = cdf_line([Mass(1, 1, 0.5), Mass(2, 3, 0.25), Mass(5, inf, 0.25)], (0, 6))

    assert x == [0, 1, 1, 2, None, 3, 5, None, None]
    assert y == [0, 0, 0.5, 0.5, None, 0.75, 0.75, None, None]


# Whatever the truth

minutes = st.integers(-300, 3000)
kinds = st.sampled_from(("exact", "bounded", "wait"))


@st.composite
def pools(draw, least=1):
    """Draw delays, and a truth that they admit."""
    made, truth = [], []
    for kind in draw(st.lists(kinds, min_size=least, max_size=30)):
        true, below, above = draw(minutes), draw(st.integers(0, 90)), draw(st.integers(0, 90))
        ends = {"exact": (true, true), "bounded": (true - below, true + above), "wait": (true - below - 1, inf)}[kind]
        made.append(Delay(*map(float, ends)))
        truth.append(float(true))
    return made, truth


@settings(max_examples=80)
@given(pool=pools())
def test_every_curve_rises_from_nothing_to_at_most_all(pool):
    delays, _ = pool
    edges = ecdf_bounds(delays)

    for low, high in pairwise(edges):
        assert low[0] < high[0]
        assert low[1] <= high[1]
        assert low[2] <= high[2]
    steps = npmle(delays)
    assert sum(step.probability for step in steps) == pytest.approx(1)
    assert all(step.probability > 0 and step.low <= step.high for step in steps)
    assert all(one.high <= other.low for one, other in pairwise(steps))


@settings(max_examples=80)
@given(pool=pools())
def test_the_band_holds_the_distribution_of_any_truth_it_admits(pool):
    delays, truth = pool

    for moment, least, most in ecdf_bounds(delays):
        ended = sum(true <= moment for true in truth) / len(truth)
        assert least <= ended <= most


@settings(max_examples=80)
@given(pool=pools(least=LEAST_DELAYS), percent=st.sampled_from((MEDIAN, P90)))
def test_the_bounds_of_a_percentile_hold_it_for_any_truth_they_admit(pool, percent):
    delays, truth = pool

    low, high = percentile(delays, percent)
    true = sorted(truth)[-(-len(truth) * percent // 100) - 1]
    assert low <= true <= high


@settings(max_examples=40)
@given(pool=pools(), data=st.data())
def test_the_order_of_the_events_is_of_no_account(pool, data):
    delays, _ = pool
    mixed = data.draw(st.permutations(delays))

    assert ecdf_bounds(mixed) == ecdf_bounds(delays)
    for one, other in zip(npmle(mixed), npmle(delays), strict=True):
        assert one == pytest.approx(other, abs=1e-6)


# Comparing two medians


def test_a_difference_of_medians_has_bounds_and_a_wider_bootstrap_interval():
    longer = [Delay(low + 100, high + 100) for low, high in TEN]

    low, high, least, most = difference_of_medians(longer, TEN)
    assert (low, high) == (95, 105)
    assert least < low < high < most
    assert difference_of_medians(longer, TEN) == (low, high, least, most)


def test_a_difference_turned_round_is_the_same_difference():
    longer = [Delay(low + 7, high + 9) for low, high in TEN]

    assert difference_of_medians(TEN, longer) == difference_of_medians(longer, TEN).mirrored()


def test_nine_are_not_compared():
    assert difference_of_medians(TEN, TEN[1:]) is None
    assert difference_of_medians(TEN[1:], TEN) is None


def test_waits_leave_a_difference_open_at_the_end():
    found = difference_of_medians([*TEN[:4], *[Delay(60, inf)] * 8], TEN)

    assert found.high == found.most == inf
    assert found.low == 60 - 55


def test_the_bootstrap_is_that_of_drawing_with_return():
    """Draw 4,000 samples by hand: the ends agree to within a place or so."""
    chance = np.random.default_rng(1)
    ours = [Delay(float(n), float(n)) for n in chance.normal(100, 20, 41)]
    theirs = [Delay(float(n), float(n)) for n in chance.normal(60, 20, 41)]
    one, other = (np.sort(chance.choice([d.low for d in p], (4000, 41)))[:, 20] for p in (ours, theirs))

    found = difference_of_medians(ours, theirs)
    assert [found.least, found.most] == pytest.approx(np.quantile(one - other, [0.025, 0.975]).tolist(), abs=2.5)


@settings(max_examples=60)
@given(one=pools(least=LEAST_DELAYS), other=pools(least=LEAST_DELAYS), shift=st.integers(-500, 500))
def test_a_pool_that_is_late_by_so_much_differs_by_so_much_more(one, other, shift):
    late = [Delay(low + shift, high + shift) for low, high in one[0]]
    first, second = difference_of_medians(one[0], other[0]), difference_of_medians(late, other[0])

    assert [end + shift for end in first] == pytest.approx(list(second))


@settings(max_examples=60)
@given(one=pools(least=LEAST_DELAYS), other=pools(least=LEAST_DELAYS))
def test_a_difference_holds_that_of_any_truth_and_its_interval_is_no_narrower_than_nothing(one, other):
    found = difference_of_medians(one[0], other[0])
    medians = [sorted(truth)[-(-len(truth) // 2) - 1] for _, truth in (one, other)]

    assert found.low <= medians[0] - medians[1] <= found.high
    assert found.least <= found.most
    assert difference_of_medians(other[0], one[0]) == found.mirrored()


@settings(max_examples=60)
@given(one=pools(least=LEAST_DELAYS), other=pools(least=LEAST_DELAYS), data=st.data())
def test_the_order_of_the_events_changes_no_difference(one, other, data):
    assert difference_of_medians(data.draw(st.permutations(one[0])), other[0]) == difference_of_medians(
        one[0], other[0]
    )


@settings(max_examples=60)
@given(one=pools(least=LEAST_DELAYS), other=pools(least=LEAST_DELAYS), wider=st.integers(0, 60))
def test_what_is_told_less_precisely_differs_between_wider_bounds(one, other, wider):
    vague = [Delay(low - wider, high + wider) for low, high in one[0]]
    found, less = difference_of_medians(one[0], other[0]), difference_of_medians(vague, other[0])

    assert less.low <= found.low
    assert found.high <= less.high


@pytest.mark.parametrize(
    ("shortest", "longest", "hours"),
    [(60.0, 90.0, (1.0, 1.5)), (30.0, float("nan"), (0.5, inf)), (None, 120.0, (-inf, 2.0)), (None, None, (-inf, inf))],
)
def test_what_is_unknown_of_a_delay_bounds_nothing(shortest, longest, hours):
    assert Delay.of(shortest, longest).hours() == hours


# Histograms

counted = st.lists(
    st.tuples(st.integers(0, 12), st.one_of(st.integers(0, 8), st.just(inf)), st.integers(1, 4)),
    min_size=1,
    max_size=12,
    unique_by=lambda one: one[:2],
)


def both_ways(rows):
    """Give the same intervals with their counts, and one by one."""
    bounds = np.array([(low, low + width) for low, width, _ in rows], float)
    counts = np.array([count for *_, count in rows])
    return Histogram(bounds, counts), [Delay(*one) for one in np.repeat(bounds, counts, axis=0).tolist()]


def close(one, other):
    return [tuple(ends) for ends in one] == [pytest.approx(tuple(ends), abs=1e-9) for ends in other]


@given(counted)
def test_a_histogram_is_estimated_as_its_intervals_one_by_one(rows):
    weighted, repeated = both_ways(rows)

    assert close(npmle(weighted), npmle(repeated))
    assert close(ecdf_bounds(weighted), ecdf_bounds(repeated))
    assert [percentile(weighted, percent) for percent in (MEDIAN, P90)] == [
        percentile(repeated, percent) for percent in (MEDIAN, P90)
    ]


@given(counted)
def test_the_kth_of_a_histogram_is_the_kth_of_its_intervals_in_order(rows):
    weighted, repeated = both_ways(rows)

    for ends, values in zip(weighted.ordered(), np.sort(np.array(repeated, float), axis=0).T, strict=True):
        assert ends.at(np.arange(len(values))).tolist() == values.tolist()
        shares = [(values <= moment).mean() for moment in (0, 5, 9)]
        assert ends.share_up_to(np.array([0, 5, 9])).tolist() == pytest.approx(shares, abs=1e-12)


@settings(max_examples=60)
@given(counted, counted)
def test_two_histograms_differ_as_their_intervals_do(rows, others):
    one, other = both_ways(rows), both_ways(others)

    assert difference_of_medians(one[0], other[0]) == difference_of_medians(one[1], other[1])


@given(counted)
def test_intervals_one_by_one_are_counted(rows):
    weighted, repeated = both_ways(rows)
    found = histogram(repeated)

    counts = dict(zip(map(tuple, found.bounds.tolist()), found.counts.tolist(), strict=True))
    assert counts == dict(zip(map(tuple, weighted.bounds.tolist()), weighted.counts.tolist(), strict=True))
    assert histogram(weighted) is weighted
