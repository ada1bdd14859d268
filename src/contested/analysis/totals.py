"""Totals over time: what each account said one after the other of one count, and which of it stood when.

Two figures belong to one series only where one voice counts the same by them: one measure, event, definition and
scope. No figure is ever added to another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, log10

import pandas as pd

from contested.query.rows import Row, each
from contested.text.casualty_figures import Total, by_total, definition_of, plot_time

_LIVE = {"standing", "superseded"}
"""Figures that were an account's own at some time; what was withdrawn or corrected never joins its line."""


@dataclass(frozen=True)
class Series:
    """The figures of one voice of one total, in the order in which they were said; each row has its `number`."""

    account: str
    voice: str
    steps: tuple[Row, ...]
    """Those that changed the total, up to the one that stands."""
    again: tuple[Row, ...]
    """Those that said it again."""
    aside: tuple[Row, ...]
    """Those that never stood on the way to the one that stands: withdrawn, corrected, or replaced before."""
    undated: tuple[Row, ...]
    """Those of which nobody says when they were said."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """All of them."""
        return self.steps + self.again + self.aside + self.undated

    @property
    def latest(self) -> tuple[Row, ...]:
        """What the voice says last."""
        return tuple(row for row in self.rows if row.is_latest)


def series_by_total(answer: pd.DataFrame, measure: str) -> dict[Total, list[Series]]:
    """Put the figures of a measure into series; those of some people only stay out.

    A figure that is part of a wider one belongs to a series where the voice counts the whole by the same definition.
    """
    rows = list(each(answer[answer["measure"] == measure].assign(number=lambda shown: shown.index)))
    whole = {_key(row) for row in rows if not row.is_part}
    counted = [row for row in rows if not row.is_part or _is_of_a_whole(row, whole)]
    found = {}
    for total, told in by_total(counted).items():
        voices: dict[tuple[str, str], list[Row]] = {}
        for row in told:
            voices.setdefault((row.account, row.voice), []).append(row)
        found[total] = [_series(account, voice, mine) for (account, voice), mine in voices.items()]
    return found


def _key(row: Row) -> tuple[str, str, str]:
    return row.voice, row.event_id, definition_of(row)


def _is_of_a_whole(row: Row, whole: set[tuple[str, str, str]]) -> bool:
    return pd.isna(row.victims) and definition_of(row) != "" and _key(row) in whole


def _series(account: str, voice: str, rows: Iterable[Row]) -> Series:
    dated: list[Row] = []
    undated: list[Row] = []
    aside: list[Row] = []
    for row in rows:
        (undated if pd.isna(row.stated_at) else dated if _joins(row) else aside).append(row)
    dated.sort(key=lambda row: (plot_time(row), row.height))
    last = max((place for place, row in enumerate(dated) if row.standing == "standing"), default=-1)
    steps: list[Row] = []
    again: list[Row] = []
    for row in dated[: last + 1]:
        (again if steps and _repeats(row, steps[-1]) else steps).append(row)
    return Series(account, voice, tuple(steps), tuple(again), (*dated[last + 1 :], *aside), tuple(undated))


def _joins(row: Row) -> bool:
    return row.standing in _LIVE and not pd.isna(row.height)


def _repeats(row: Row, before: Row) -> bool:
    """Say whether a figure says the same again; beside a number, a bound of one moment at that number adds nothing."""
    if row.height != before.height:
        return False
    return bool(is_bound(row) == is_bound(before) or plot_time(row) == plot_time(before))


def is_bound(row: Row) -> str:
    """Say whether a figure is only a bound: `least`, `most`, or nothing."""
    if not pd.isna(row.best) or pd.isna(row.low) == pd.isna(row.high):
        return ""
    return "least" if pd.isna(row.high) else "most"


def clock(row: Row) -> datetime:
    """Give where a figure stands on the clock of the reader's zone: one known by its day alone at noon."""
    return plot_time(row).replace(tzinfo=None)


def is_of_a_day(row: Row) -> bool:
    """Say whether a figure is known by its day alone."""
    return bool(plot_time(row) != row.stated_at)


def round_ticks(most: float, number: int = 4) -> list[int]:
    """Give the ticks of an axis of people: from 0 up to at least the largest figure in at most so many round steps."""
    scale = 10 ** max(0, int(log10(max(most, 1))) - 1)
    steps = (factor * power for power in (scale, scale * 10, scale * 100) for factor in (1, 2, 2.5, 4, 5))
    step = next(int(one) for one in steps if one == int(one) and ceil(most * 1.02 / one) <= number)
    return [step * place for place in range(max(1, ceil(most * 1.02 / step)) + 1)]


def outline(series: Sequence[Series]) -> list[tuple[datetime, float, float]]:
    """Give the lowest and the highest of what stood at each moment at which any of the series changed."""
    moments = sorted({clock(row) for one in series for row in one.steps})
    found = []
    for moment in moments:
        standing = [rows[-1].height for one in series if (rows := [row for row in one.steps if clock(row) <= moment])]
        found.append((moment, float(min(standing)), float(max(standing))))
    return found
