"""Two readings of a response time: of the calls with an arrival, and of every call, also where help never came."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter
from tests.claims_for_tests import claim
from tests.ingest.codebooks.tables import published
from tests.lies.small_stories import told

from contested.analysis.timing.cumulative_incidence import cumulative_incidence, quantile
from contested.analysis.timing.interval_censoring import Histogram

MORNING = datetime(2031, 3, 2, 10, tzinfo=UTC)
CHARTS = ("response-delays", "pooled-delays", "clocks")


def stamped(call, kind, minutes, unit="U1", **said):
    """Stamp a milestone of a unit so many minutes after ten."""
    at = MORNING + timedelta(minutes=minutes)
    ids = {"claim_id": f"{call}-{unit}-{kind}", "event_id": call, "account": "log", "subkind": unit}
    when = {"began_earliest": at, "began_latest": at, "stated_at": at, "time_basis": "logged"}
    return claim(**ids | {"kind": kind} | when | said)


def row(call, arrived=None, cleared=None, **said):
    """Stamp a row of a log: its call at ten, its arrival and its end so many minutes later, if ever."""
    stamps = {"call": 0, "arrival": arrived, "end": cleared}
    return [stamped(call, kind, at, **said) for kind, at in stamps.items() if at is not None]


def log(*rows):
    return [one for number, ends in enumerate(rows) for one in row(f"c{number:02}", *ends)]


ARRIVED = [(minutes, 60) for minutes in range(5, 16)]
CLEARED = [(None, 6), (None, 6)]


def ask(key, claims, **chosen):
    return told(key, *claims, **{"start": "call", "stop": "arrival"} | chosen)


def counts(found):
    [pool] = found.records()
    return [pool[name] for name in ("n", "n_reached", "n_cleared", "n_open", "n_excluded")]


def test_calls_with_an_arrival_leave_those_out_that_were_cleared_and_count_them():
    """Eleven arrive within 5 to 15 minutes: the 6th is the median, the 10th the 90 %."""
    found = ask("pooled-delays", log(*ARRIVED, *CLEARED))

    assert counts(found) == [11, 11, 2, 0, 0]
    [pool] = found.records()
    assert (pool["median_low"], pool["median_high"], pool["p90_low"], pool["p90_high"]) == (10, 10, 14, 14)
    assert found.sentences[0] == (
        "The median delay from call to arrival is 10 minutes, by log (11 calls with an arrival; 2 more were cleared "
        "without)."
    )


def test_of_every_call_what_was_cleared_is_never_reached():
    """Of thirteen the 7th is the median, at 11 minutes; the 12th never comes, so that 90 % were not reached."""
    found = ask("pooled-delays", log(*ARRIVED, *CLEARED), calls="every")

    assert counts(found) == [13, 11, 2, 0, 0]
    [pool] = found.records()
    assert (pool["median_low"], pool["median_high"], pool["p90_low"], pool["p90_high"]) == (11, 11, None, None)
    assert found.sentences[0] == (
        "Half of all calls had an arrival within 11 minutes of the call, by log (every call, n = 13: 11 with an "
        "arrival, 2 cleared without and none still open)."
    )
    assert "fewer than 90 % were reached" in found.sentence


def test_the_median_does_not_exist_where_fewer_than_half_were_reached():
    found = ask("pooled-delays", log(*ARRIVED[:5], *[(None, 6)] * 6), calls="every")

    [pool] = found.records()
    assert (pool["median_low"], pool["median_high"]) == (None, None)
    assert found.sentences[0].startswith("Fewer than half of all calls had an arrival, by log (every call, n = 11:")


def test_only_a_row_of_a_log_without_an_end_is_open_and_no_longer_than_the_log_runs():
    """The last stamp is at 11:00, an hour after the call."""
    found = ask("response-delays", log((5, 60), (None, None)), calls="every")

    rows = {one["event_id"]: one for one in found.records()}
    assert (rows["c01"]["outcome"], rows["c01"]["shortest_minutes"], rows["c01"]["longest_minutes"]) == (
        "open",
        60,
        None,
    )
    assert "No arrival yet, at least 1 hour after the start" in found.sentence


def test_the_same_row_told_by_no_log_is_silent():
    claims = [one.model_copy(update={"time_basis": None}) for one in log((5, 60), (None, None))]
    found = ask("pooled-delays", claims, calls="every")

    assert counts(found) == [1, 1, 0, 0, 1]
    assert "Not counted, as told by log: 1 event with no arrival told." in found.sentence


def test_as_known_at_a_moment_a_row_is_open_until_the_last_stamp_before_it():
    claims = log((5, 60), (None, 30), (40, 60))
    found = ask("response-delays", claims, calls="every", as_known_at=MORNING + timedelta(minutes=20))

    ends = {one["event_id"]: (one["outcome"], one["shortest_minutes"]) for one in found.records()}
    assert ends == {"c00": ("reached", 5), "c01": ("open", 5), "c02": ("open", 5)}


@pytest.mark.parametrize("calls", ["arrivals", "every"])
@pytest.mark.parametrize("units", ["first", "every"])
def test_delays_pools_and_clocks_are_of_one_population(calls, units):
    claims = [
        *log(*ARRIVED, *CLEARED, (None, None)),
        *row("c00", 8, 50, unit="U2"),
        *row("c00", None, 3, unit="U3"),
        *row("c12", None, 9, unit="U2"),
    ]
    listed, pool, clocks = (ask(key, claims, calls=calls, units=units).records() for key in CHARTS)
    [pooled] = pool
    [clock] = [one for one in clocks if (one["start"], one["stop"]) == ("call", "arrival")]

    shared = ("n", "n_exact", "n_interval", "n_right_censored", "n_reached", "n_cleared", "n_open", "median_low")
    assert len(listed) == pooled["n"]
    assert [clock[name] for name in shared] == [pooled[name] for name in shared]


def test_every_unit_counts_those_that_were_cleared_without_arriving():
    """Three are sent: two arrive after 5 and 8 minutes, one is cleared after 3."""
    ends = {"E1": (6, 40), "E2": (None, 4), "E3": (9, 40)}
    claims = [one for unit, told_of in ends.items() for one in row("z", *told_of, unit=unit)]
    claims += [stamped("z", "dispatch", 1, unit=unit) for unit in ends]
    chosen = {"start": "dispatch", "units": "every"}

    rows = ask("response-delays", claims, **chosen, calls="every").records()
    assert [(one["subkind"], one["outcome"], one["shortest_minutes"]) for one in rows] == [
        ("E1", "reached", 5),
        ("E2", "cleared", 3),
        ("E3", "reached", 8),
    ]
    assert (
        "(2 units with an arrival; 1 more was cleared without)" in ask("response-delays", claims, **chosen).sentences[0]
    )
    assert ask("response-delays", claims, start="dispatch", calls="every").sentences[0].startswith("It took 5 minutes")


def test_a_response_ends_when_the_last_of_its_units_is_cleared():
    claims = [*row("z", 6, 40, unit="E1"), *row("z", None, 4, unit="E2")]

    [whole] = ask("response-delays", claims, stop="end").records()
    assert (whole["shortest_minutes"], whole["longest_minutes"]) == (40, 40)
    [open_still] = ask(
        "response-delays", [*claims, *row("z", None, None, unit="E3")], stop="end", calls="every"
    ).records()
    assert (open_still["outcome"], open_still["longest_minutes"]) == ("open", None)


def test_a_call_is_not_cleared_while_one_of_its_units_is_out():
    claims = [*row("z", None, 4, unit="E1"), *row("z", None, None, unit="E2"), *row("y", 5, 90)]

    rows = ask("response-delays", claims, calls="every").records()
    assert [(one["event_id"], one["outcome"], one["shortest_minutes"]) for one in rows] == [
        ("y", "reached", 5),
        ("z", "open", 90),
    ]


def test_the_end_of_a_clash_is_not_the_end_of_a_response():
    fought = stamped(
        "z", "clash", 0, ended_earliest=MORNING + timedelta(hours=9), ended_latest=MORNING + timedelta(hours=9)
    )
    claims = [fought, *row("z", 5, 40)]

    [whole] = ask("response-delays", claims, start="onset", stop="end").records()
    assert whole["longest_minutes"] == 9 * 60


def test_a_log_without_a_column_for_transport_does_not_say_that_nobody_was_taken():
    claims = log(*ARRIVED)
    assert ask("response-delays", claims, stop="transport", calls="every").records() == []

    taken = stamped("c00", "transport", 20)
    outcomes = {
        one["event_id"]: one["outcome"]
        for one in ask("response-delays", [*claims, taken], stop="transport", calls="every").records()
    }
    assert outcomes == {"c00": "reached"} | {f"c{number:02}": "cleared" for number in range(1, 11)}


def test_two_medians_are_compared_in_the_reading_of_arrivals_alone():
    south = [one.model_copy(update={"claim_id": f"s{one.claim_id}", "account": "south"}) for one in log(*ARRIVED)]
    claims = [*log(*ARRIVED), *south]

    assert "bootstrap" in ask("pooled-delays", claims).sentence
    every = ask("pooled-delays", claims, calls="every").sentence
    assert "log-rank" not in every
    assert "Two medians are compared, and tested, of the calls with an arrival alone." in every


def test_what_was_cleared_is_not_trimmed_by_how_soon_it_was():
    found = ask("pooled-delays", log(*ARRIVED, (None, 1)), calls="every", trimmed_below_minutes=6)

    assert counts(found) == [11, 10, 1, 0, 1]


# The estimate

OUTCOMES = ("reached", "cleared", "open")
exact = st.lists(
    st.tuples(st.integers(1, 60), st.sampled_from(OUTCOMES)), min_size=1, max_size=40, unique_by=lambda one: one[0]
)


def at_once(calls):
    minutes, outcomes = np.array([at for at, _ in calls], float), np.array([outcome for _, outcome in calls], object)
    return calls_of(np.column_stack([minutes, np.where(outcomes == "open", np.inf, minutes)])), outcomes


def calls_of(bounds):
    """Count each call as one."""
    return Histogram(bounds, np.ones(len(bounds), int))


def shares(steps, moments):
    return [sum(step.probability for step in steps if step.high <= moment) for moment in moments]


def reference(minutes, outcomes):
    """Fit lifelines' estimate, which draws ties apart; it forgets what happens at nought, so all start a day later."""
    fitter = AalenJohansenFitter(calculate_variance=False, jitter_level=1e-9, seed=1)
    codes = [{"reached": 1, "cleared": 2, "open": 0}[one] for one in outcomes]
    fitted = fitter.fit(pd.Series(minutes) + 1440, pd.Series(codes), event_of_interest=1).cumulative_density_.iloc[:, 0]
    return fitted.index.to_numpy() - 1440, fitted.to_numpy()


@given(exact)
def test_exact_and_open_calls_give_the_estimate_of_aalen_and_johansen(calls):
    counted, outcomes = at_once(calls)
    moments, expected = reference(counted.bounds[:, 0], outcomes)

    assert shares(cumulative_incidence(counted, outcomes), moments + 1e-6) == pytest.approx(expected, abs=1e-6)


@given(exact)
def test_the_order_in_which_calls_are_told_changes_nothing(calls):
    one, other = (cumulative_incidence(*at_once(order)) for order in (calls, calls[::-1]))

    assert [step[:2] for step in one] == [step[:2] for step in other]
    assert [step.probability for step in one] == pytest.approx([step.probability for step in other], abs=1e-6)


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30), st.sampled_from(OUTCOMES[:2])), min_size=1, max_size=20)
)
def test_between_bounds_the_incidence_lies_between_that_of_all_the_soonest_and_all_the_latest(calls):
    """With no call open, the share reached by a moment is at least that of the longest, at most of the shortest."""
    bounds = np.array([(low, low + width) for low, width, _ in calls], float)
    outcomes = np.array([outcome for *_, outcome in calls], object)
    steps = cumulative_incidence(calls_of(bounds), outcomes)

    is_reached = outcomes == "reached"
    assert sum(step.probability for step in steps) == pytest.approx(is_reached.mean(), abs=1e-6)
    for moment in range(0, 100, 7):
        least, most = (float((is_reached & (bounds[:, which] <= moment)).mean()) for which in (1, 0))
        assert sum(step.probability for step in steps if step.high <= moment) <= most + 1e-6
        assert sum(step.probability for step in steps if step.low <= moment) >= least - 1e-6


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(OUTCOMES), st.integers(1, 5)), min_size=1, max_size=12))
def test_calls_that_are_counted_give_the_incidence_of_as_many_calls(rows):
    counts = np.array([count for *_, count in rows])
    one_by_one, outcomes = at_once([(minutes, outcome) for minutes, outcome, _ in rows])
    counted = Histogram(one_by_one.bounds, counts)
    repeated = calls_of(np.repeat(one_by_one.bounds, counts, axis=0))

    one, other = cumulative_incidence(counted, outcomes), cumulative_incidence(repeated, np.repeat(outcomes, counts))
    assert [tuple(mass) for mass in one] == [pytest.approx(tuple(mass), abs=1e-9) for mass in other]


def test_a_quantile_that_so_many_never_reached_does_not_exist():
    steps = cumulative_incidence(*at_once([(5, "reached"), (6, "cleared"), (7, "reached"), (8, "cleared")]))

    assert quantile(steps, 25) == (5, 5)
    assert quantile(steps, 50) == (7, 7)
    assert quantile(steps, 51) is None
    assert quantile([], 50) is None


def test_an_open_call_says_nothing_of_what_comes_after_it():
    """Of three, one is reached at 5, one is open since 6, one is reached at 7: a third, and then the rest."""
    steps = cumulative_incidence(*at_once([(5, "reached"), (6, "open"), (7, "reached")]))

    assert [(step.high, step.probability) for step in steps] == [(5, pytest.approx(1 / 3)), (7, pytest.approx(2 / 3))]


# Logs as they were published

HERE = "America/Los_Angeles"
LOGS = [("sf_fire_calls_nikitaAD", "call", 895, 30), ("rvfd_calls", "dispatch", 1602, 261)]


@pytest.fixture(scope="module")
def claims_of():
    read = {}

    def claims(name):
        if name not in read:
            read[name] = published(f"response/{name}.extract2000.csv", HERE).claims
        return read[name]

    return claims


def by_hand(claims, start):
    """Give the minutes of each call to its first arrival, to its last end, and to the last stamp of all."""
    stamps = pd.DataFrame([(one.event_id, one.kind.value, one.subkind, one.began_latest) for one in claims])
    stamps[3] = pd.to_datetime(stamps[3], utc=True)
    first = stamps.pivot_table(index=0, columns=1, values=3, aggfunc="min")
    last = stamps[stamps[1] == "end"].groupby(0)[3].max()
    units = stamps[stamps[1] != "end"].groupby(0)[2].agg(set)
    ended = stamps[stamps[1] == "end"].groupby(0)[2].agg(set)
    is_over = pd.Series({call: told <= ended.get(call, set()) for call, told in units.items()})
    calls = first[first[start].notna()]
    last = last.where(is_over.reindex(last.index, fill_value=True)).reindex(calls.index)
    outcome = np.select([calls["arrival"].notna(), last.notna()], ["reached", "cleared"], "open")
    end = calls["arrival"].fillna(last).fillna(stamps[3].max())
    return (end - calls[start]).dt.total_seconds() / 60, outcome


@pytest.mark.parametrize(("name", "start", "reached", "cleared"), LOGS)
def test_of_a_published_log_the_medians_and_90_percent_are_what_pandas_and_lifelines_find(
    claims_of, name, start, reached, cleared
):
    claims = claims_of(name)
    minutes, outcome = by_hand(claims, start)
    [arrivals] = told("pooled-delays", *claims, start=start).records()
    [every] = told("pooled-delays", *claims, start=start, calls="every").records()

    assert (arrivals["n"], every["n_cleared"]) == (reached, cleared)
    assert [every["n"], every["n_open"]] == [len(minutes), (outcome == "open").sum()]
    arrived = np.quantile(minutes[outcome == "reached"], [0.5, 0.9], method="inverted_cdf")
    assert [arrivals["median_low"], arrivals["p90_low"]] == pytest.approx(arrived, abs=1e-6)
    assert [arrivals["median_high"], arrivals["p90_high"]] == pytest.approx(arrived, abs=1e-6)
    moments, incidences = reference(minutes, outcome)
    expected = [moments[incidences >= share][0] if incidences[-1] >= share else None for share in (0.5, 0.9)]
    assert [every["median_low"], every["p90_low"]] == [share and pytest.approx(share, abs=1e-6) for share in expected]
