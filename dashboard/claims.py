"""What the views share: the open story, and every answer already computed.

Where the story is kept in a record, all of it goes by the record's head: what is recorded is in the next answer.
"""

import os
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from contested import evidence
from contested.answers import Answer, answer
from contested.charts import CHARTS
from contested.claim import Claim
from contested.compared.matrix import KINDS, Line
from contested.compared.matrix import matrix as matrix_of
from contested.compared.news import IS_NEWS
from contested.compared.positions import posed, positions
from contested.compared.standing import EVER, STANDING
from contested.record import is_record, open_record
from contested.record.log import Record
from contested.selection import Selection
from contested.store import Store
from contested.stories import open_story
from contested.story import Story

EXAMPLE = Path(__file__).parents[1] / "data" / "korday-2020"


class Shown(NamedTuple):
    """Where the story in view is, which one of a record it is, and the record's last entry."""

    where: str
    name: str | None = None
    head: str = ""


def opened_on() -> str:
    """Say what the dashboard was started with: a folder, a file, or a record."""
    return os.environ.get("CONTESTED_STORY", str(EXAMPLE))


def desk() -> str | None:
    """Say which record keeps what is imported: the one in view, one of this machine, or none where others can reach it.

    Who may bring claims to a dashboard that other machines reach is for its keeper to decide, by CONTESTED_RECORD.
    """
    if is_record(opened_on()):
        return opened_on()
    alone = st.get_option("server.address") in {"127.0.0.1", "localhost"}
    return os.environ.get("CONTESTED_RECORD") or (str(EXAMPLE.parents[1] / "record.sqlite") if alone else None)


@st.cache_resource
def _record(where: str) -> Record:
    return open_record(where)


def record() -> Record | None:
    """Open the record once for all viewers, where there is one yet."""
    where = desk()
    return _record(where) if where and is_record(where) else None


def shown() -> Shown:
    """Say which story is in view: the one that the link names, or the one that the dashboard was started with."""
    kept, begun = record(), opened_on()
    name = st.query_params.get("story")
    if kept and name in kept.stories():
        return Shown(desk() or begun, name, kept.head.hash)
    if kept and is_record(begun):
        return Shown(begun, os.environ.get("CONTESTED_NAME") or None, kept.head.hash)
    return Shown(begun)


def stories() -> list[str]:
    """Name the stories that can be shown, first the one that the dashboard was started with."""
    kept = record()
    names = kept.stories() if kept else []
    if is_record(opened_on()):
        first = os.environ.get("CONTESTED_NAME") or names[0]
        return [first, *(name for name in names if name != first)]
    return [Path(opened_on()).stem, *names]


def last_entry() -> str:
    """Name the last entry of the record that the story in view is kept in, for a link; nothing where it is in none."""
    kept = record() if shown().head else None
    return f"{kept.head.seq}-{kept.head.hash[:12]}" if kept else ""


def story() -> Story:
    """Open the story once for all viewers."""
    return _story(shown())


def store() -> Store:
    """Open the store once for all viewers."""
    return _store(shown())


def ask(key: str, selection: Selection) -> Answer:
    """Answer a chart once for all viewers who select the same."""
    return _ask(key, selection, shown())


def is_news(selection: Selection) -> bool:
    """Say whether anything became known since the earlier moment, once for all viewers who compare the same."""
    return _is_news(selection, shown())


def matrix(selection: Selection) -> list[Line]:
    """Compare the accounts question by question, once for all viewers who select the same."""
    return _matrix(selection, shown())


def search(selection: Selection, text: str) -> dict[str, str]:
    """Find the claims that hold the words, and whether they stand, once for all viewers who search the same."""
    return _search(selection, text, shown())


def by_id() -> dict[str, Claim]:
    """Find a claim by its id."""
    return _by_id(shown())


@st.cache_resource(max_entries=4)
def _story(shown: Shown) -> Story:
    return open_story(shown.where, shown.name)


@st.cache_resource(max_entries=4)
def _store(shown: Shown) -> Store:
    told = _story(shown)
    return Store((*told.earlier, *told.claims), told.published())


@st.cache_data(max_entries=2000, show_spinner=False)
def _ask(key: str, selection: Selection, shown: Shown) -> Answer:
    return answer(next(chart for chart in CHARTS if chart.key == key), _story(shown), _store(shown), selection)


@st.cache_data(max_entries=2000, show_spinner=False)
def _is_news(selection: Selection, shown: Shown) -> bool:
    return len(_store(shown).ask(IS_NEWS, selection)) > 0


@st.cache_resource(max_entries=100, show_spinner=False)
def _matrix(selection: Selection, shown: Shown) -> list[Line]:
    store = _store(shown)
    rows, kinds = store.columns(STANDING, selection), store.ask(KINDS, selection)
    legend = _ask("disagreements", selection, shown).legend
    everyone = selection.model_copy(update={"account": (), "side": ()})
    every = store.columns(EVER, everyone)
    made = dict(zip(kinds["event_id"], kinds["kinds"], strict=True))
    return matrix_of(positions(rows, legend), legend, made, posed(every, legend))


@st.cache_data(max_entries=500, show_spinner=False)
def _search(selection: Selection, text: str, shown: Shown) -> dict[str, str]:
    found = evidence.search(_store(shown), _story(shown), selection, text)
    return dict(zip(found["claim_id"], found["standing"], strict=True))


@st.cache_resource(max_entries=4)
def _by_id(shown: Shown) -> dict[str, Claim]:
    return {claim.claim_id: claim for claim in _story(shown).claims}
