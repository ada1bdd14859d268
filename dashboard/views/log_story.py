"""The story of a log: how long calls wait, how many are reached in time, and what the log does not say."""

from collections.abc import Iterator

import streamlit as st

import claims
import failures
import findings
import unsaid
from card import card
from contested.analysis.timing.period_words import most_told
from contested.analysis.timing.targets import percent
from contested.answers import Answer
from contested.chart import Finding
from contested.charts.delays_by_hour_of_week import longest_run
from contested.charts.pooled_delays.groups import Summary, summaries
from contested.model.vocabulary import Milestone
from contested.model.wording import spaced
from contested.query.selection import Selection
from unsaid import Unsaid
from views import delays
from views.story import half

_PAIRS = ("delays-over-time", "delays-by-hour-of-week")
"""The charts below the first, two beside each other."""
_TYPES = ("type", "nature", "priority", "category")
"""Words in the names of columns by which calls are compared where the reader chose nothing, the first before others."""


def show(selected: Selection) -> None:
    """Show the clock and what calls are compared by, the findings of a log, then the cards of what it holds."""
    compared = selected.model_copy(update={"group": selected.group or _type()})
    with failures.reported("The clock cannot be shown"):
        delays.controls(compared)
    with failures.reported("What was found cannot be shown"):
        findings.show(list(_findings(selected.model_copy(update={"group": None}))))
    with failures.reported("The delays cannot be shown"):
        card(claims.ask("pooled-delays", compared), body=delays.with_numbers)
    with st.container(horizontal=True, key="pairs", gap=None):
        for key in _PAIRS:
            _place(key, selected)
        with st.container(key="left-column", gap=None):
            _place("calls-per-hour", selected)
            unsaid.show("What the log does not say", list(_unsaid()))
        if claims.holdings().has_places:
            _place("map", selected)


def _place(key: str, selected: Selection) -> None:
    with st.container(key=f"place-{key}"), failures.reported("This card cannot be shown"):
        half(claims.ask(key, selected))


def _type() -> str | None:
    """Name the kept column that tells what sort of call each is, if there is one of a few values."""
    offered = [one.name for one in claims.facets().kept_columns.values() if one.is_offered]
    return next((name for word in _TYPES for name in offered if word in name.casefold()), None)


def _findings(selected: Selection) -> Iterator[Finding]:
    pooled = claims.ask("pooled-delays", selected)
    told = [one for one in summaries(pooled.rows, pooled.legend) if one.median]
    if not told:
        yield Finding("How long", f"{pooled.title}.", "Choose another clock to measure by.")
        return
    yield _how_long(told[0], selected)
    yield _target(told[0], selected)
    yield _when(claims.ask("delays-by-hour-of-week", selected))


def _how_long(one: Summary, selected: Selection) -> Finding:
    """Say within how long half and nine in ten of the calls had what stops the clock."""
    done = _done(selected)
    nine = f", nine in ten within {one.p90}" if one.p90 != "not reached" else "; nine in ten never were"
    said = f"Half of the calls {done} within {one.median}{nine}."
    start, stop = spaced(selected.start), spaced(selected.stop)
    return Finding("How long", said, f"From the {start} to the {stop}; n = {one.n}.")


def _done(selected: Selection) -> str:
    return "were reached" if selected.stop is Milestone.ARRIVAL else f"had their {spaced(selected.stop)}"


def _target(one: Summary, selected: Selection) -> Finding:
    """Say which share of the calls was in time, where the reader set a target."""
    if not one.shares:
        return Finding("Target", "No target is set.", "Set one above to see how many calls were in time.")
    first, *others = one.shares
    said = f"{percent(first.low, first.high)} of the calls {_done(selected)} within {first.minutes:g} minutes."
    also = "".join(f"; within {other.minutes:g} {percent(other.low, other.high)}" for other in others)
    return Finding("Target", said, f"95% interval {first.least:.0%}–{first.most:.0%}{also}; n = {one.n}.")


def _when(hours: Answer) -> Finding:
    """Say between which hours calls wait longest; where no run of hours stands out, when most of them come."""
    own = most_told(hours.rows)
    if own.empty or longest_run(own) is not None:
        return Finding("When", f"{hours.title}.", f"{hours.subtitle}.")
    return Finding("When", f"{claims.ask('calls-per-hour', hours.legend.selection).title}.", f"{hours.title}.")


def _unsaid() -> Iterator[Unsaid]:
    held = claims.holdings()
    if held.accounts == 1:
        yield Unsaid("Whether a clock was right:", "it is one log, so nothing checks it.")
    if not held.has_casualties:
        yield Unsaid("What happened to the people:", "the log counts neither killed nor injured.")
