"""What the views share: the open story, and every answer already computed.

Where the story is kept in a record, all of it goes by the record's head: what is recorded is in the next answer.
"""

import os
from pathlib import Path

import streamlit as st

from contested import evidence
from contested.answer import Answer, answer
from contested.charts import CHARTS
from contested.claim import Claim
from contested.matrix import KINDS, Line
from contested.matrix import matrix as matrix_of
from contested.positions import POSITIONS, positions
from contested.record import is_record, open_record
from contested.record.log import Record
from contested.selection import Selection
from contested.store import Store
from contested.stories import open_story
from contested.story import Story

EXAMPLE = Path(__file__).parents[1] / "data" / "korday-2020"


@st.cache_resource
def record() -> Record | None:
    """Open the record once for all viewers, where there is one."""
    return open_record(where()) if is_record(where()) else None


def where() -> str:
    """Say where the story is: a folder, a file, or a record."""
    return os.environ.get("CONTESTED_STORY", str(EXAMPLE))


def head() -> str:
    """Name the state of the record that is shown."""
    kept = record()
    return kept.head.hash if kept else ""


def story() -> Story:
    """Open the story once for all viewers."""
    return _story(head())


def store() -> Store:
    """Open the store once for all viewers."""
    return _store(head())


def ask(key: str, selection: Selection) -> Answer:
    """Answer a chart once for all viewers who select the same."""
    return _ask(key, selection, head())


def matrix(selection: Selection) -> list[Line]:
    """Compare the accounts question by question, once for all viewers who select the same."""
    return _matrix(selection, head())


def search(selection: Selection, text: str) -> dict[str, str]:
    """Find the claims that hold the words, and whether they stand, once for all viewers who search the same."""
    return _search(selection, text, head())


def by_id() -> dict[str, Claim]:
    """Find a claim by its id."""
    return _by_id(head())


@st.cache_resource(max_entries=2)
def _story(head: str) -> Story:  # noqa: ARG001 the cache goes by it
    return open_story(where(), os.environ.get("CONTESTED_NAME") or None)


@st.cache_resource(max_entries=2)
def _store(head: str) -> Store:
    told = _story(head)
    return Store((*told.earlier, *told.claims))


@st.cache_data(max_entries=2000, show_spinner=False)
def _ask(key: str, selection: Selection, head: str) -> Answer:
    return answer(next(chart for chart in CHARTS if chart.key == key), _story(head), _store(head), selection)


@st.cache_data(max_entries=2000, show_spinner=False)
def _matrix(selection: Selection, head: str) -> list[Line]:
    rows, kinds = (_store(head).ask(question, selection) for question in (POSITIONS, KINDS))
    legend = _ask("disagreements", selection, head).legend
    return matrix_of(positions(rows, legend), legend, dict(zip(kinds["event_id"], kinds["kinds"], strict=True)))


@st.cache_data(max_entries=500, show_spinner=False)
def _search(selection: Selection, text: str, head: str) -> dict[str, str]:
    found = evidence.search(_store(head), _story(head), selection, text)
    return dict(zip(found["claim_id"], found["standing"], strict=True))


@st.cache_resource(max_entries=2)
def _by_id(head: str) -> dict[str, Claim]:
    return {claim.claim_id: claim for claim in _story(head).claims}
