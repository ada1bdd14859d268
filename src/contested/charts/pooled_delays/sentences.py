"""The sentences: title, findings and notes, what is compared and what is left out."""

from math import inf

import numpy as np
import pandas as pd

from contested.analysis.coverage.silence import otherwise, silences
from contested.analysis.timing.compared_groups import Sentence, comparison
from contested.analysis.timing.compared_groups import title as comparison_title
from contested.analysis.timing.delay import bound, call, spoken, with_stop
from contested.analysis.timing.delay_words import (
    an,
    attributed,
    capital,
    clock,
    counted_word,
    fitting,
    out_of_order,
    short_name,
    start_noun,
    stop_noun,
)
from contested.analysis.timing.pools import by_one, compared, not_counted, population
from contested.analysis.timing.pools import found as come_to
from contested.analysis.timing.targets import Share, of_row, percent
from contested.charts.pooled_delays.figure import time_axis, with_a_panel
from contested.charts.pooled_delays.groups import ONE_PLOT, PANELS, Group, groups
from contested.model.times import LEAST_DELAYS, brief_duration, duration
from contested.model.vocabulary import Calls, Milestone
from contested.model.wording import counted, listing, spaced
from contested.query import groups as grouping
from contested.query.groups import label
from contested.query.legend import Legend
from contested.query.rows import Row, each

_NAMED = 2
"""Of more accounts the headline does not say each one's numbers."""


def _silence(answer: pd.DataFrame, legend: Legend) -> str:
    return silences(legend, answer.loc[answer["n"] > 0, "account"], f"No delay {_clocks(legend)} is told")


def _clocks(legend: Legend) -> str:
    return spaced(f"from {legend.selection.start} to {legend.selection.stop}")


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Give each account's median and P90 where ten delays allow it, its delays where not, and what is not counted."""
    if legend.selection.group and answer["n"].any():
        return _tell_groups(answer, legend)
    rows = {row.account: row for row in each(answer)}
    if not answer["n"].any():
        none = f"No {legend.noun} shown gives a delay {_clocks(legend)}."
        unreached = [by_one(row, legend) for row in rows.values() if population(row).every]
        return [none, *unreached, *otherwise(legend, ()), *(not_counted(row, legend) for row in rows.values())]
    heard = [rows[voice.key] for voice in legend.voices if voice.key in rows]
    mixed = [by_one(row, legend.with_scenario()) for row in rows.values() if row.mixed]
    said = [by_one(row, legend) for row in heard if population(row).every]
    said += _reversed(answer, legend)
    said += [f"{capital(_in_time_by(row, legend))}." for row in heard if of_row(row)]
    said += [not_counted(row, legend) for row in heard if row.n_excluded]
    said += compared(heard, legend)
    if legend.noun == "side":
        said.append("A delay of a side is always one account's own; where several time it, their bounds are joined.")
    return [
        _headline(answer[~answer["mixed"].astype(bool)], legend),
        *mixed,
        *said,
        *filter(None, [_silence(answer, legend)]),
    ]


def _tell_groups(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Give median and 90 % of each group, the comparison of two, and what is in no group."""
    told = groups(answer, legend)
    each_said = [f"{capital(group.calls)}: {_comes_to(group, legend)}." for group in told]
    between = compare(told, legend)
    return [
        f"{title(answer, legend)}.",
        *each_said,
        *([str(between)] if between else []),
        *_reversed(answer, legend),
        *ungrouped(answer, legend),
    ]


def _comes_to(group: Group, legend: Legend) -> str:
    """Say what a group comes to, and which share of it is in time."""
    within = listing(in_time(one) for one in of_row(group.row))
    return f"{come_to(group.row, legend.selection.calls)}{f'; {within}' if within else ''}"


def _in_time_by(row: Row, legend: Legend) -> str:
    """Say which share is in time by the clock of one account."""
    return f"{legend.according_to(row.account, row.voices)}, {listing(in_time(one) for one in of_row(row))}"


def in_time(share: Share) -> str:
    """Say which share is over within a target, with its interval."""
    within = brief_duration(share.minutes, share.minutes)
    return f"{percent(share.low, share.high)} within {within} ({share.least:.0%}–{share.most:.0%})"


def compare(told: list[Group], legend: Legend) -> Sentence | None:
    """Compare the medians of two groups; of more the intervals of each stand beside each other."""
    if not legend.selection.group or len(told) != 2:  # noqa: PLR2004 no test of many
        return None
    return comparison(told[0].compared, told[1].compared, _were_reached(legend))


def ungrouped(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say how many delays are of no group, and which groups and calls have none."""
    if not legend.selection.group:
        return []
    name, noun = grouping.spoken(legend.selection.group, legend.selection.zone), call(legend)
    of_none = int(answer.loc[answer["group_value"].isna(), "n"].sum())
    silent = int(answer["n_excluded"].sum())
    without = [label(legend.selection.group, row.group_value, legend.selection.zone) for row in _without_delays(answer)]
    said = [f"{counted(of_none, noun)} of no {name}, or of several."] * bool(of_none)
    said += [f"{counted(silent, noun)} without a delay {_clocks(legend)} do not count."] * bool(silent)
    return said + ([f"No delay of {listing(without)}."] if without else [])


def _without_delays(answer: pd.DataFrame) -> list[Row]:
    """List the groups of which no delay is told."""
    with_some = set(answer.loc[answer["n"] > 0, "group_value"].dropna())
    rows = each(answer[answer["group_value"].notna()].drop_duplicates("group_value"))
    return [row for row in rows if row.group_value not in with_some]


def title(answer: pd.DataFrame, legend: Legend) -> str:
    """Say within what time half were reached, or which share in time; or that there are too few to say."""
    told = groups(answer[~answer["mixed"].astype(bool)], legend)
    if legend.selection.group and told:
        compared_groups = [group.compared for group in told]
        return comparison_title(compared_groups, legend.selection.target, _were_reached(legend))
    if not told:
        return f"{legend.nobody} times both the {start_noun(legend)} and the {stop_noun(legend)}"
    enough = [group for group in told if group.is_enough]
    if not enough:
        most = max(int(group.row.n) for group in told)
        return f"Too few delays for a median: no {legend.noun} tells more than {counted_word(most)}"
    target = legend.selection.target
    if len(enough) == 1:
        return _of_one(enough[0], legend, target)
    if target:
        return _in_time(enough, legend, target)
    return _halves_of(enough, legend)


def _were_reached(legend: Legend) -> str:
    stop = legend.selection.stop
    return "were reached" if stop is Milestone.ARRIVAL else f"had {an(stop_noun(legend))}"


def _of_one(group: Group, legend: Legend, target: float | None) -> str:
    names = [short_name(group.voice.label)]
    whose = attributed(names, is_alone=legend.is_alone)
    of, reached = counted(int(group.row.n), call(legend)), _were_reached(legend)
    if target:
        fact = f"{percent(*group.share_within(target))} of {of} {reached} within {duration(target, target)}"
    elif (half := _within(group)) is None:
        fact = f"Fewer than half of {of} {reached}"
    else:
        fact = f"Half of {of} {reached} within {half}"
    return fitting(f"{fact}{whose}", fact)


def _within(group: Group) -> str | None:
    """Say within what time half were reached, if they were."""
    low, high = bound(group.row.median_low), bound(group.row.median_high)
    if low is None and high is None:
        return None
    return spoken(low, high).removeprefix("at most ")


def _in_time(enough: list[Group], legend: Legend, target: float) -> str:
    """Name the accounts with the greatest and the least share in time, where these differ."""
    ordered = sorted(enough, key=lambda group: group.share_within(target), reverse=True)
    best, worst = ordered[0], ordered[-1]
    shares = [percent(*group.share_within(target)) for group in (best, worst)]
    within = duration(target, target)
    if shares[0] == shares[1]:
        return f"{shares[0]} {_were_reached(legend)} within {within}, by each of {counted_word(len(enough))} accounts"
    names = [short_name(group.voice.label) for group in (best, worst)]
    fact = f"{_were_reached(legend)} within {within}"
    return fitting(
        f"{shares[0]} {fact} according to {names[0]}, {shares[1]} according to {names[1]}",
        f"By {names[0]} {shares[0]} {fact}, by {names[1]} {shares[1]}",
        f"{shares[1]} to {shares[0]} {fact}, by {legend.noun}",
    )


def _halves_of(enough: list[Group], legend: Legend) -> str:
    """Name the accounts by which half were reached soonest and latest."""
    known = [group for group in enough if bound(group.row.median_low) is not None]
    if not known:
        return f"Fewer than half of all {call(legend)}s {_were_reached(legend)}, by each {legend.noun}"
    ordered = sorted(known, key=lambda group: (group.row.median_low, bound(group.row.median_high) or inf))
    first, last = ordered[0], ordered[-1]
    one, other = _within(first), _within(last)
    if one == other:
        return f"Half {_were_reached(legend)} within {one}, by each of {counted_word(len(known))} {legend.noun}s"
    names = [short_name(group.voice.label) for group in (first, last)]
    return fitting(
        f"Half {_were_reached(legend)} within {one} according to {names[0]}, {other} according to {names[1]}",
        f"By {names[0]} half {_were_reached(legend)} within {one}, by {names[1]} within {other}",
        f"Half {_were_reached(legend)} within {one} or {other}, by {legend.noun}",
    )


def subtitle(_: pd.DataFrame, legend: Legend) -> str:
    """Say what share of what is counted."""
    reached = "reached" if legend.selection.stop is Milestone.ARRIVAL else f"with {an(stop_noun(legend))}"
    return f"Share of {call(legend)}s {reached} by each moment, {clock(legend)}"


def beside(answer: pd.DataFrame, legend: Legend) -> str:
    """Say what the figure leaves out, and what its bands are."""
    told = groups(answer, legend)
    enough = [group for group in told if group.is_enough]
    if not enough:
        return ""
    is_together = len(told if legend.selection.group else enough) <= ONE_PLOT
    axis, said = time_axis(told if is_together else with_a_panel(enough, legend), legend.selection.target_minutes), []
    ends = np.concatenate([group.row.reached.bounds[:, 1] for group in told])
    longest = float(ends[np.isfinite(ends)].max(initial=0))
    if longest > axis.most:
        said.append(
            f"The axis ends at {duration(axis.most, axis.most)}; the longest took {duration(longest, longest)}."
        )
    if legend.selection.group:
        said = [*_unreached(answer, legend), *said, *ungrouped(answer, legend)]
    else:
        populations = (population(group.row) for group in enough)
        said += [f"{capital(of.said(legend))}." for of in populations if of.is_said(legend)][:1]
    said += _reversed(answer, legend)
    if not is_together:
        panels = len(told if legend.selection.group else enough)
        said.append("Grey: the others." + f" {PANELS} of {panels} have a panel." * (panels > PANELS))
    if is_together:
        exact = all(group.is_exact for group in enough)
        band = "where the line lies with 95% certainty" if exact else "as far as the told bounds leave open"
        said.append(f"Band: {band}.")
    return " ".join(said)


def _reversed(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say how many delays have their ends the wrong way round."""
    number, (start, stop) = int(answer["n_reversed"].sum()), (legend.selection.start, legend.selection.stop)
    said = out_of_order(number, start, stop)
    return [f"{said[0].upper()}{said[1:]}; counted as told."] if said else []


def _unreached(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say of how many calls no stop is told, and how these count."""
    noun, stop = call(legend), an(stop_noun(legend))
    every = [population(row) for row in each(answer)]
    without = sum(one.cleared + one.open for one in every)
    if not without:
        return []
    of = f"{without:,} of {sum(one.every for one in every):,} {noun}s have no {stop_noun(legend)}"
    count = (
        "count as not reached" if legend.selection.calls is Calls.EVERY else f"are left out: only {noun}s with {stop}"
    )
    return [f"{of}; they {count}."]


def _headline(answer: pd.DataFrame, legend: Legend) -> str:
    enough = answer[answer["n"] >= LEAST_DELAYS]
    if enough.empty:
        most = f"no {legend.noun} tells more than {answer['n'].max()}"
        return f"Too few delays {_clocks(legend)} for a median: {most}."
    whose = f"depending on the {legend.noun}" if len(enough) > 1 else f"by {legend.label(enough['account'].iloc[0])}"
    of = _populations(enough, legend)
    if legend.selection.calls is Calls.EVERY:
        return f"{_halves(enough, legend)}, {whose}{of}."
    hull = spoken(enough["median_low"].min(skipna=False), enough["median_high"].max(skipna=False))
    return f"The median delay {_clocks(legend)} is {hull}, {whose}{of}."


def _halves(enough: pd.DataFrame, legend: Legend) -> str:
    """Say within what time half of all calls had their stop, from the least to the most of the accounts."""
    half = enough[enough["median_low"].notna() | enough["median_high"].notna()]
    stop, start = with_stop(legend).replace("with", "had", 1), spaced(legend.selection.start)
    if half.empty:
        still = " by the last word of those still open" * bool(enough["n_open"].any())
        return f"Fewer than half of all {call(legend)}s {stop}{still}"
    hull = spoken(half["median_low"].min(skipna=False), half["median_high"].max(skipna=False))
    some = ", where half did," * (len(half) < len(enough))
    return f"Half of all {call(legend)}s {stop}{some} within {hull} of the {start}"


def _populations(enough: pd.DataFrame, legend: Legend) -> str:
    """Name the reading and its n: of one account or two in full, of more from the least to the most."""
    of = {legend.label(row.account): population(row) for row in each(enough)}
    if not any(one.is_said(legend) for one in of.values()):
        return ""
    if len(of) <= _NAMED:
        said = (f"{label}: {one.said(legend)}" if len(of) > 1 else one.said(legend) for label, one in of.items())
        return f" ({'. '.join(said)})"
    is_every = legend.selection.calls is Calls.EVERY
    numbers = sorted(one.every if is_every else one.reached for one in of.values())
    which = f"every {call(legend)}" if is_every else f"{call(legend)}s {with_stop(legend)}"
    return f" ({which}, n = {numbers[0]:,} to {numbers[-1]:,})"


def mark(row: Row, legend: Legend) -> str:
    """Name one pool."""
    group = row.group_value and f"{label(legend.selection.group or '', row.group_value, legend.selection.zone)} · "
    return f"{legend.label(row.account)} · {group or ''}n = {row.n}"
