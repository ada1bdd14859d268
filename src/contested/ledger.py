"""The ledger in words: what each account said last of a total, and the range across the accounts.

Successive statements of one total are one total; nothing here adds.
"""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from contested.chart import Row, each
from contested.compared.resolution import Resolution, Telling, resolved
from contested.legend import Legend
from contested.moment import day, drawn_at
from contested.wording import figure, listing, of, quoted


def said(row: Row) -> str:
    """Say one stated figure, with the words that it was read from."""
    words = quoted(row.figure_words, row.low, row.best, row.high)
    return figure(row.low, row.best, row.high, row.figure_words) + (f" ({words})" if words else "")


def stated_on(row: Row) -> datetime:
    """Give where a stated figure stands on an axis of time: what is known by its day at noon of it."""
    return drawn_at(None if pd.isna(row.stated_earliest) else row.stated_earliest, row.stated_at)


def latest(answer: pd.DataFrame) -> dict[str, list[Row]]:
    """Keep what each voice said last of the whole: of each measure its standing figures that were stated last."""
    found: dict[str, list[Row]] = {}
    for row in each(answer[answer["is_latest"]]):
        found.setdefault(row.measure, []).append(row)
    return found


def spread(rows: Sequence[Row], legend: Legend, measure: str) -> list[str]:
    """Say the range across the latest figures of each event; never their sum."""
    events: dict[str, list[Row]] = {}
    for row in rows:
        events.setdefault(row.event_id, []).append(row)
    if not events:
        return [f"No {legend.noun} in view states how many were {measure}."]
    several = len(events) > 1
    return [_concluded(told, legend, measure, legend.event(event) if several else "") for event, told in events.items()]


def _concluded(rows: list[Row], legend: Legend, measure: str, event: str) -> str:
    """Say what the reader's rule takes from the figures of one event, and what it sets aside."""
    if legend.selection.resolution == Resolution.ALL:
        return _across(rows, legend, measure, event)
    told = [_telling(row) for row in rows]
    found = resolved(told, legend.selection.resolution, legend.label)
    held = set(found.kept)
    kept = [row for row, one in zip(rows, told, strict=True) if one in held]
    words = found.said(legend.label)
    if not kept:
        return f"How many people were {measure}{f' ({event})' if event else ''} is {words}."
    sentence = _across(kept, legend, measure, event, by=words if found.aside else "")
    return f"{sentence[:-1]}; {words}." if words and not found.aside else sentence


def _telling(row: Row) -> Telling:
    bounds = tuple(None if pd.isna(number) else int(number) for number in (row.low, row.best, row.high))
    side = [] if pd.isna(row.side) else [f"side {row.side}"]
    origins = {
        *side,
        f"voice {row.voice}",
        f"claim {row.claim_id}",
        *(f"claim {claim_id}" for claim_id in row.same_origin),
    }
    value = said(row) if bounds == (None, None, None) else bounds
    return Telling(row.account, said(row), value, frozenset(origins), frozenset([row.source_id]))


def _across(rows: list[Row], legend: Legend, measure: str, event: str, by: str = "") -> str:
    figures = [int(n) for row in rows for n in (row.low, row.best, row.high) if not pd.isna(n)]
    stated = [row for row in rows if not pd.isna(row.height)] or rows
    voices = list(dict.fromkeys(legend.label(row.account) for row in stated))
    whose = by or (f"according to {voices[0]}" if len(voices) == 1 else f"depending on the {legend.noun}")
    what = f" {measure}" + (f" ({event})" if event else "")
    if not figures:
        told = listing(dict.fromkeys(said(row) for row in rows))
        return f"{told[0].upper()}{of(told)[1:]} people{what}, {whose}."
    low, high = min(figures), max(figures)
    what = ("person" if low == high == 1 else "people") + what
    open_ended = [pd.isna(row.best) and pd.isna(row.high) for row in stated if high in {row.low, row.best, row.high}]
    more = " or more" if any(open_ended) else ""
    if low != high:
        return f"{low} to {high}{more} {what}, {whose}."
    whose = whose if by or len(voices) == 1 else f"by every {legend.noun} that states a figure"
    if all(pd.isna(row.best) and pd.isna(row.low) for row in stated):
        return f"At most {high} {what}, {whose}."
    return f"At least {low} {what}, {whose}." if all(open_ended) else f"{low}{more} {what}, {whose}."


def by_account(rows: Sequence[Row], legend: Legend, measure: str) -> str:
    """Say the latest figures of each account, with their day."""
    told = []
    for voice in legend.voices:
        if mine := [row for row in rows if row.account == voice.key]:
            several = len({row.event_id for row in mine}) > 1
            figures = dict.fromkeys(_with_definition(row, legend if several else None) for row in mine)
            days = dict.fromkeys(stated_on(row).date() for row in mine if not pd.isna(row.stated_at))
            when = dict.fromkeys(map(day, days))
            told.append(f"{voice.label} {' or '.join(figures)}" + (f" ({listing(when)})" if when else ""))
    return f"Latest figures of the {measure}: {'; '.join(told)}." if told else ""


def _with_definition(row: Row, legend: Legend | None) -> str:
    """Say a figure with what it counts, and of which event where an account counts several."""
    counted = f"{said(row)} {row.definition}" if isinstance(row.definition, str) else said(row)
    return f"{counted} ({legend.event(row.event_id)})" if legend else counted
