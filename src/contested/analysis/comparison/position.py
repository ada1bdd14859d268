"""One position written out: its question, its value and who says so when, in words."""

from collections.abc import Iterator
from datetime import date as date_
from datetime import datetime, timedelta
from functools import partial
from math import isnan
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from contested.analysis.comparison.columns import UNKNOWN, Array, Columns, group_by
from contested.analysis.comparison.positions import Positions
from contested.analysis.comparison.questions import question_words
from contested.analysis.comparison.statements import ASKED, NAME, NAMES, TOPIC
from contested.model.times import brief_bounds, day, written_bounds
from contested.model.wording import figure
from contested.query.legend import Legend, Spot

Topic = tuple[str | None, ...]
"""The form of a question, its event, what it is about, and how and of whom it counts."""
_DAY = timedelta(days=1)


class Position(NamedTuple):
    """What one account says on one question."""

    event_id: str | None
    milestone: str | None
    account: str
    """Whose position it is: an account's, or a side's."""
    voice: str
    """The account whose words they are, also where the viewer goes by side."""
    said: str
    stance: str
    via: str | None
    value: tuple[float, float] | None
    """The range of numbers or of epoch seconds, infinite where it is open; None where it is neither."""
    claim_ids: list[str]
    sources: list[str]
    is_stated: bool
    """Whether a claim names whose words it passes on."""
    when: str
    """When it was said, in words."""


def write_position(positions: Positions, row: int) -> Position:
    """Write one position out."""
    text = partial(positions.columns.text, row=row)
    lower, upper = float(positions["lower"][row]), float(positions["upper"][row])
    return Position(
        event_id=text("event_id"),
        milestone=text("milestone"),
        account=text("account") or "",
        voice=text("voice") or "",
        said=value_text(positions, row),
        stance=text("stance") or "",
        via=text("via"),
        value=None if isnan(lower) else (lower, upper),
        claim_ids=positions.listed(row, "claim_id"),
        sources=positions.listed(row, "source_id"),
        is_stated=bool(positions["is_stated"][row]),
        when=_when(positions, row),
    )


def value_text(positions: Positions, row: int) -> str:
    """Write a value: the claim's own words, or the time, or the place, or else the figure."""
    own = positions.columns.text("answer", row) or written_bounds(*_bounds(positions, row)) or _place(positions, row)
    low, best, high = (float(positions[name][row]) for name in ("low", "best", "high"))
    return own or figure(low, best, high, positions.columns.text("figure_words", row))


def short_value(positions: Positions, row: int) -> str:
    """Write a value for a cell of a table: a time with its day once and without its year."""
    return positions.columns.text("answer", row) or brief_bounds(*_bounds(positions, row)) or value_text(positions, row)


def _place(positions: Positions, row: int) -> str | None:
    if positions["pointed"][row]:
        return f"{positions['latitude'][row]:.4g}°, {positions['longitude'][row]:.4g}°"
    place = positions.columns.text("place", row)
    return place and positions.legend.places.get(place, Spot(place)).label


def _bounds(positions: Positions, row: int) -> tuple[datetime | None, datetime | None]:
    first, last = (_local(positions[name][row], positions.legend) for name in ("starts", "stops"))
    return first, last


def _local(seconds: float, legend: Legend) -> datetime | None:
    """Read epoch seconds by the viewer's clock."""
    return None if isnan(seconds) else datetime.fromtimestamp(seconds, ZoneInfo(legend.selection.zone))


def _when(positions: Positions, row: int) -> str:
    """Say on which day it was first said, at the latest."""
    found = sorted(stated_days(positions, row))
    if not found:
        return ""
    return f"{'said by' if found[0] == found[-1] else 'first said by'} {day(found[0])} {found[0].year}"


def stated_days(positions: Positions, row: int) -> Iterator[date_]:
    """Give the day by the end of which each claim was stated: until midnight is the day before."""
    for claim in range(positions.starts[row], positions.starts[row + 1]):
        if moment := _local(positions.claims["stated_at"][claim], positions.legend):
            midnight = moment.hour == moment.minute == moment.second == 0
            until = midnight and positions.claims["stated_after"][claim] < positions.claims["stated_at"][claim]
            yield (moment - _DAY if until else moment).date()


def topics(columns: Columns, rows: Array) -> list[Topic]:
    """Return what makes the questions of some rows the same."""
    names = np.array(NAMES)[NAME[columns["form"][rows]]].tolist()
    return list(zip(names, *(columns.decode(columns[part][rows]).to_pylist() for part in TOPIC), strict=True))


def question_texts(columns: Columns, rows: Array, legend: Legend) -> pa.StringArray:
    """Put the questions of some rows into words."""
    columns = columns.take(rows, "form", "words", *TOPIC)
    groups = group_by(*(columns[name] for name in ("form", "words", "about", "definition", "victims")))
    texts = pa.array([_asked(columns, row, legend) for row in groups.first.tolist()], pa.string())
    texts = texts.take(pa.array(groups.broadcast(np.arange(len(texts)))))
    named = np.where(columns["words"] == UNKNOWN, columns["event"], UNKNOWN)
    events, number = np.unique(named, return_inverse=True)
    labels = [f" ({legend.event(event)})" if event else "" for event in columns.decode(events).to_pylist()]
    return pc.binary_join_element_wise(texts, pa.array(labels, pa.string()).take(pa.array(number)), "")


def question_text(columns: Columns, row: int, legend: Legend) -> str:
    """Put the question of one row into words."""
    return str(question_texts(columns, np.array([row]), legend)[0])


def _asked(columns: Columns, row: int, legend: Legend) -> str:
    """Put a question into words, with what is counted and of whom."""
    form, about = NAMES[NAME[columns["form"][row]]], columns.text("about", row) or ""
    if form == "place":
        about = legend.places.get(about, Spot(about)).label
    counted = (columns.text(name, row) for name in ("definition", "victims"))
    return "".join(
        [columns.text("words", row) or question_words(form, about), *(f" ({one})" for one in counted if one)]
    )


def asked_questions(statements: Columns, legend: Legend) -> dict[Topic, str]:
    """Name every question that a claim puts in words, answered or not, by its topic."""
    put = np.flatnonzero((statements["form"] == ASKED) | (statements["words"] != UNKNOWN))
    first = put[np.unique(statements["topic"][put], return_index=True)[1]]
    return dict(zip(topics(statements, first), question_texts(statements, first, legend).to_pylist(), strict=True))
