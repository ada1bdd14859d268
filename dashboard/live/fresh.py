"""What is marked new: the claims that came between what was shown and what the reader then asked to be shown.

It is marked until the reader has seen it, shows what is newer still, or some minutes have gone by.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import NamedTuple

import streamlit as st

import claims
from contested.answers import Answer
from contested.query.selection import Selection
from contested.theme import Figure
from panel import mount

_MOVED = "moved"
LASTS = timedelta(minutes=10)
MOST = 500
"""How many claims are marked; where more are new, nothing stands out any more."""
TAG = '<span class="new">new</span>'


class Moved(NamedTuple):
    """What the reader was shown last: how many entries, when, and what was shown before."""

    entries: int
    at: datetime
    since: datetime
    """When the last entry was recorded that was shown before."""
    before: claims.StoryRef


def begin(entries: int, before: claims.StoryRef, since: datetime) -> None:
    """Mark as new what is shown from now on and was not before."""
    if before.head:
        st.session_state[_MOVED] = Moved(entries, datetime.now(UTC), since, before)


def end() -> None:
    """Mark nothing any more."""
    st.session_state.pop(_MOVED, None)


def moved() -> Moved | None:
    """Give what the reader was shown last, for as long as it is marked."""
    found: Moved | None = st.session_state.get(_MOVED)
    is_here = found and found.before.name == claims.current_story().name
    return found if found and is_here and datetime.now(UTC) - found.at < LASTS else None


def claim_ids() -> frozenset[str]:
    """Name the claims that are marked new on this page."""
    found, kept, shown = moved(), claims.record(), claims.current_story()
    if found is None or kept is None or found.before.head is None or shown.head is None or shown.name is None:
        return frozenset()
    ids = kept.changed_ids(shown.name, found.before.head.seq, shown.head.seq, MOST + 1)
    every = claims.lifted_since(found.before, shown).union(ids)
    return every if len(every) <= MOST else frozenset()


def by_account() -> Mapping[str, int]:
    """Count the claims that are marked new, by account."""
    ids = claim_ids()
    return Counter(one.account for one in claims.store().claims(sorted(ids)).values()) if ids else {}


def marks(answer: Answer, figure: Figure) -> list[str]:
    """Name the marks of a figure that a new claim stands behind."""
    ids = claim_ids()
    if not ids:
        return []
    drawn = {name: [row for row in rows if row >= 0] for name, rows in mount.marks(figure).items()}
    numbers = sorted(set(chain.from_iterable(drawn.values())))
    behind = dict(zip(numbers, answer.behind_marks(numbers), strict=True)) if numbers else {}
    return [name for name, rows in drawn.items() if any(ids & set(behind[row]) for row in rows)]


def says_otherwise(answer: Answer, selected: Selection) -> bool:
    """Say whether a finding reads otherwise than it did before what is marked new."""
    found, shown = moved(), claims.current_story()
    if found is None or not claim_ids():
        return False
    before = shown._replace(head=found.before.head)
    if shown.held and found.before.held:
        before = before._replace(held=shown.held._replace(since=found.before.held.since))
    return _said(claims.ask_of(before, answer.chart.key, selected)) != _said(answer)


def _said(answer: Answer) -> str:
    return answer.finding.sentence if answer.finding else answer.title
