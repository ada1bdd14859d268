"""What the views share: the open story, and every answer already computed."""

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
from contested.selection import Selection
from contested.store import Store
from contested.story import Story, open_story

EXAMPLE = Path(__file__).parents[1] / "data" / "korday-2020"


@st.cache_resource
def story() -> Story:
    """Open the story once for all viewers."""
    return open_story(Path(os.environ.get("CONTESTED_STORY", EXAMPLE)))


@st.cache_resource
def store() -> Store:
    """Open the store once for all viewers."""
    return Store(story().claims)


@st.cache_data(max_entries=2000, show_spinner=False)
def ask(key: str, selection: Selection) -> Answer:
    """Answer a chart once for all viewers who select the same."""
    return answer(next(chart for chart in CHARTS if chart.key == key), story(), store(), selection)


@st.cache_data(max_entries=2000, show_spinner=False)
def matrix(selection: Selection) -> list[Line]:
    """Compare the accounts question by question, once for all viewers who select the same."""
    rows = store().ask(POSITIONS, selection)
    kinds = store().ask(KINDS, selection)
    legend = ask("disagreements", selection).legend
    return matrix_of(positions(rows, legend), legend, dict(zip(kinds["event_id"], kinds["kinds"], strict=True)))


@st.cache_data(max_entries=500, show_spinner=False)
def search(selection: Selection, text: str) -> dict[str, str]:
    """Find the claims that hold the words, and whether they stand, once for all viewers who search the same."""
    found = evidence.search(store(), story(), selection, text)
    return dict(zip(found["claim_id"], found["standing"], strict=True))


@st.cache_resource
def by_id() -> dict[str, Claim]:
    """Find a claim by its id."""
    return {claim.claim_id: claim for claim in story().claims}
