"""Response delays in words: how long each took, which calls were never reached, and what a scenario depends on."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from contested.analysis.timing.delay import Population, without
from contested.model.times import duration
from contested.model.wording import counted, listing, spaced
from contested.query.legend import Legend
from contested.query.rows import Row, each
from contested.query.scenario import Moment, beliefs, key, otherwise


def said(row: Row, legend: Legend) -> str:
    """Say how long a delay took, or what came instead of the stop, and what is doubtful about it."""
    return without(row.outcome, row.stop, row.shortest_minutes, row.longest_minutes) + _doubts(row, legend)


def told(row: Row, legend: Legend) -> str:
    """Say one delay in a sentence, with who tells it and of which event."""
    if row.outcome == "reached":
        took = _range(legend, row.shortest_minutes, row.longest_minutes) + _doubts(row, legend)
    else:
        took = f"{said(row, legend)[0].upper()}{said(row, legend)[1:]}"
    return f"{took}, {legend.according_to(row.account, [row.voice])} ({legend.event(row.event_id)})."


def headline(rows: pd.DataFrame, legend: Legend) -> list[str]:
    """Say the range of several delays, of which calls, and how many were never reached; of one its own is enough."""
    first, ended = rows.iloc[0], rows[rows["outcome"] == "reached"]
    counts = Population(len(ended), int(first["n_cleared"]), int(first["n_open"]))
    if len(rows) == 1 and len(ended) == counts.every:
        return []
    if ended.empty:
        said = counts.said(legend)
        return [f"{said[0].upper()}{said[1:]}."]
    hull = _range(legend, ended["shortest_minutes"].min(skipna=False), ended["longest_minutes"].max(skipna=False))
    if len(ended) > 1:
        differs = [noun for name, noun in {"account": legend.noun, "event_id": "event"}.items() if _vary(ended[name])]
        hull += f", {_alike(ended, legend) or f'depending on the {listing(differs) or _within(ended)}'}"
    return [f"{hull} ({counts.said(legend)})." if counts.is_said(legend) else f"{hull}."]


def _vary(values: "pd.Series[str]") -> bool:
    return bool((values != values.iloc[0]).any())


def _alike(rows: pd.DataFrame, legend: Legend) -> str:
    """Say by how many accounts all delays are the same; nothing where they differ."""
    if len(rows[["shortest_minutes", "longest_minutes"]].drop_duplicates()) > 1:
        return ""
    return f"by {counted(rows['account'].nunique(), legend.noun)}"


def _within(rows: pd.DataFrame) -> str:
    return "unit" if rows["subkind"].notna().any() else "voice"


def scenario(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say what the reader's scenario comes to, and what it would be if another were believed on one of the two ends."""
    chosen = legend.selection.scenario
    if chosen is None:
        return []
    label = legend.with_scenario().label(key(chosen))
    rows = list(each(answer[answer["account"] == key(chosen)]))
    if not rows:
        return [f"{label}: no delay from {spaced(legend.selection.start)} to {spaced(legend.selection.stop)} is shown."]
    sentences = []
    for row in rows:
        took = _inner(_range(legend, row.shortest_minutes, row.longest_minutes))
        sentences.append(f"{label}: {took}{_doubts(row, legend)} ({legend.event(row.event_id)}).")
        sentences.append(_depends(row, beliefs(chosen), legend))
    return sentences


def _depends(row: Row, believed: dict[str, str], legend: Legend) -> str:
    ends = [
        (clock, believed.get(which) or believed[clock]) for which, clock in (("start", row.start), ("stop", row.stop))
    ]
    others = [
        f"by the {other.milestone} of {legend.label(other.account)} {_inner(_range(legend, *bounds))}"
        for other, bounds in otherwise(_moments(row.told), ends)
    ]
    if not others:
        return f"Nobody else shown times the {row.start} or the {row.stop} of it."
    return f"It depends on whom one believes: {'; '.join(others)}."


def _moments(told: Any) -> Iterator[Moment]:  # noqa: ANN401 a list as the database gives it
    for one in told:
        yield Moment(one["milestone"], one["account"], *_bounds(one["low"], one["high"]))


def _inner(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _range(legend: Legend, shortest: float | None, longest: float | None) -> str:
    start, stop = spaced(legend.selection.start), spaced(legend.selection.stop)
    said = duration(*_bounds(shortest, longest))
    return f"{stop.capitalize()} came {said} {start}" if "before" in said else f"It took {said} from {start} to {stop}"


def _bounds(*minutes: float | None) -> list[float | None]:
    return [None if pd.isna(bound) else bound for bound in minutes]


def _doubts(row: Row, legend: Legend) -> str:
    flags = {
        f"another account tells of the {spaced(row.stop)}": row.told_by_others,
        f"unit {row.subkind}": isinstance(row.subkind, str),
        "order unknown": not row.order_known,
        legend.itself: row.contradicts,
        "hearsay": row.hearsay,
    }
    return "".join(f" ({flag})" for flag, holds in flags.items() if holds)
