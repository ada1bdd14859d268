"""The title of delays: the fact first, at most fourteen words, and according to whom."""

from math import inf

import numpy as np
import pandas as pd

from contested.analysis.timing.delay import call
from contested.analysis.timing.delay_words import (
    WORDS,
    an,
    attributed,
    counted_word,
    fitting,
    order_open,
    short_name,
    start_noun,
    stop_noun,
    took,
)
from contested.analysis.timing.interval_censoring import MEDIAN, percentile
from contested.model.times import LEAST_DELAYS, duration
from contested.model.vocabulary import Milestone
from contested.model.wording import counted
from contested.query.legend import Legend
from contested.query.rows import Row, each


def delays_title(answer: pd.DataFrame, legend: Legend) -> str:
    """Say how long help took, and according to whom; of many calls, what half of them took."""
    mixed = answer["mixed"].astype(bool)
    if legend.selection.scenario and mixed.any():
        return _mixed(answer[mixed], legend)
    rows = answer[~mixed]
    if rows.empty:
        return f"{legend.nobody} times both the {start_noun(legend)} and the {stop_noun(legend)}"
    ended = rows[rows["outcome"] == "reached"]
    if ended.empty:
        return _without(rows, legend)
    names = _names(ended, legend)
    if len(ended) == 1:
        return _one(next(each(ended)), legend, _of_all(ended, legend))
    if len(names) == 1:
        return _several(ended, legend, names)
    return _differing(ended, legend, names)


def _names(rows: pd.DataFrame, legend: Legend) -> list[str]:
    """Name whose words the rows are, those of hearsay so."""
    heard = rows.groupby("voice", sort=False)["hearsay"].all()
    return [f"{short_name(legend.account(str(voice)))}{' (hearsay)' * bool(is_so)}" for voice, is_so in heard.items()]


def _of_all(ended: pd.DataFrame, legend: Legend) -> str:
    """Say in how many of all calls there was a stop, where there was none in some."""
    first = ended.iloc[0]
    every = len(ended) + int(first["n_cleared"]) + int(first["n_open"])
    return f" in {len(ended):,} of {counted(every, call(legend))}" if every > len(ended) else ""


def _mixed(rows: pd.DataFrame, legend: Legend) -> str:
    low, high = _hull(rows)
    fact = took(legend, low, high)
    return fitting(f"In a mix of two accounts, {_inner(fact)}", f"Mixing accounts, {_inner(fact)}", fact)


def _without(rows: pd.DataFrame, legend: Legend) -> str:
    """Say that nobody who tells of a start tells of a stop that came."""
    whose = attributed(_names(rows, legend), is_alone=legend.is_alone)
    subject, had = WORDS[legend.selection.stop].subject, WORDS[legend.selection.stop].had
    if len(rows) > 1:
        return fitting(f"None of {counted(len(rows), call(legend))} had {an(stop_noun(legend))}{whose}")
    row = next(each(rows))
    low, high = _bounds(row.shortest_minutes, row.longest_minutes)
    if row.outcome == "cleared":
        after = f" after {duration(low, high)}" if high is not None else ""
        return fitting(
            f"{subject} was cleared without {an(stop_noun(legend))}{after}{whose}",
            f"{subject} was cleared without {an(stop_noun(legend))}{whose}",
        )
    after = f" after {duration(low, None).removeprefix('at least ')}" if low is not None and low > 0 else ""
    return fitting(f"{subject} had not {had}{after}{whose}", f"{subject} had not {had}{whose}")


def _one(row: Row, legend: Legend, of_all: str) -> str:
    low, high = _bounds(row.shortest_minutes, row.longest_minutes)
    names, is_alone = _names(pd.DataFrame([row._asdict()]), legend), legend.is_alone
    whose = attributed(names, is_alone=is_alone)
    fact = took(legend, low, high)
    if low is not None and high is not None and low < 0 < high:
        return fitting(f"{fact}{whose}", order_open(legend, names[0]))
    return fitting(f"{fact}{of_all}{whose}", f"{fact}{whose}", f"{fact}{of_all}")


def _several(ended: pd.DataFrame, legend: Legend, names: list[str]) -> str:
    """Say what one account's delays were: of many, what half of them took; else from the shortest to the longest."""
    whose = attributed(names, is_alone=legend.is_alone)
    if len(ended) >= LEAST_DELAYS and (half := _half(ended)):
        calls = counted(len(ended), call(legend))
        reached = "were reached" if legend.selection.stop is Milestone.ARRIVAL else f"had {an(stop_noun(legend))}"
        within = duration(*half).removeprefix("at most ")
        return fitting(
            f"Half of {calls} {reached} within {within}{whose}", f"Half of {calls} {reached} within {within}"
        )
    fact = took(legend, *_hull(ended))
    events = len(ended.drop_duplicates("event_id"))
    within = f" in {counted(events, 'event')}" if events > 1 else ""
    return fitting(
        f"{fact}{_of_all(ended, legend) or within}{whose}", f"{fact}{whose}", f"By {names[0]}, {_inner(fact)}"
    )


def _half(ended: pd.DataFrame) -> tuple[float, float] | None:
    """Bound what half of the delays took, where nothing comes before its start."""
    spans = np.column_stack([ended["shortest_minutes"].fillna(-inf), ended["longest_minutes"].fillna(inf)])
    middle = percentile(spans.astype(float), MEDIAN)
    return (middle.low, middle.high) if middle and middle.low >= 0 and middle.high < inf else None


def _differing(ended: pd.DataFrame, legend: Legend, names: list[str]) -> str:
    """Say what several accounts give: of two each its own, of more the least and the most."""
    fact = took(legend, *_hull(ended))
    spans = ended[["shortest_minutes", "longest_minutes"]].drop_duplicates()
    is_of_one = len(ended.drop_duplicates("event_id")) == 1
    if len(spans) == 1 and is_of_one:
        everybody = "both accounts" if len(names) == 2 else f"all {counted_word(len(names))} accounts"  # noqa: PLR2004
        return fitting(f"{fact}{attributed(names, is_alone=False)}", f"{fact}, according to {everybody}")
    if len(ended) == 2 and is_of_one:  # noqa: PLR2004 each account its own
        one, other = (duration(*_bounds(row.shortest_minutes, row.longest_minutes)) for row in each(ended))
        subject, stop = WORDS[legend.selection.stop].subject, legend.selection.start is Milestone.ONSET
        if "before" not in f"{one}{other}" and stop:
            return fitting(
                f"{subject} took {one} according to {names[0]}, {other} according to {names[1]}",
                f"{fact}; {names[0]} and {names[1]} differ",
                f"{fact}; two accounts differ",
            )
    number = counted_word(len(names))
    return fitting(f"{fact}; {number} accounts tell it", f"{fact}, by account", fact)


def _hull(rows: pd.DataFrame) -> tuple[float | None, float | None]:
    low, high = rows["shortest_minutes"].min(skipna=False), rows["longest_minutes"].max(skipna=False)
    least, most = _bounds(low, high)
    return least, most


def _bounds(*minutes: float | None) -> list[float | None]:
    return [None if pd.isna(bound) else float(bound) for bound in minutes]


def _inner(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
