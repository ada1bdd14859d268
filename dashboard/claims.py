"""What the views share: the open story, and every answer already computed.

Where the story is kept in a record, all of it goes by the record's head: what is recorded is in the next answer.
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import streamlit as st

import write_access
from answer_cache import AnswerCache
from contested.analysis.changes import IS_NEWS
from contested.analysis.comparison.current_claims import CURRENT, EVER
from contested.analysis.comparison.matrix import KINDS, Line
from contested.analysis.comparison.matrix import matrix as matrix_of
from contested.analysis.comparison.position import asked_questions
from contested.analysis.comparison.positions import read_positions
from contested.analysis.comparison.statements import read_statements
from contested.answers import Answer, answer
from contested.charts import CHARTS
from contested.library import kept_story, open_story
from contested.model import held_back
from contested.model.story import Story
from contested.model.vocabulary import KnownBy
from contested.query import search as text_search
from contested.query.facets import Facets
from contested.query.selection import Selection
from contested.query.store import Store
from contested.query.story_form import Holdings
from contested.query.story_form import holdings as holdings_of
from contested.record import is_record, open_record
from contested.record.entry import EMPTY_HEAD, Entry, Head
from contested.record.frozen import entry_of, named
from contested.record.gated import GatedRecord
from contested.record.log import Record
from contested.record.marks import Marks
from live import reconnect
from live.reconnect import Shown
from sharing import where_kept

MOST_MOMENTS = 60
"""How many moments the slider of as known at stops at."""
_RUN, _PINNED = "run", "pinned"
_LAST = 2**31


class Held(NamedTuple):
    """What is held back from readers now: by the first so many marks, of which none has been lifted since a moment."""

    marks: int
    since: datetime


class StoryRef(NamedTuple):
    """Where a story is, its name in a record, the head of that record, and for whom: the key of every cache."""

    where: str
    name: str | None = None
    head: Head | None = None
    held: Held | None = None
    """Nothing is held back from the newsroom, and from readers where nothing has a mark."""


class Run(NamedTuple):
    """The story of one run of a page and its head, read once, so that all parts show the same entries."""

    shown: StoryRef
    stories: tuple[str, ...]
    is_for_readers: bool = True


@st.cache_resource
def _opened(where: str, file: int) -> GatedRecord:  # noqa: ARG001 a file that is put in another's place is another record
    return GatedRecord(open_record(where))


def _record(where: str) -> GatedRecord:
    return _opened(where, _file_of(where))


def _file_of(where: str) -> int:
    return 0 if "://" in where else Path(where).stat().st_ino


def record() -> GatedRecord | None:
    """Return the record that all viewers share, if there is one yet."""
    where = where_kept.record_address()
    return _record(where) if where and is_record(where) else None


def begin() -> None:
    """Resolve the story for this run of the page, with the entry that the link is frozen at or this session shows."""
    kept = record()
    pinned: Shown | None = st.session_state.get(_PINNED)
    if kept and not (pinned and kept.holds(pinned.head)):
        pinned = (not pinned and reconnect.shown_before(kept)) or Shown(kept.head, datetime.now(UTC))
        st.session_state[_PINNED] = pinned
    is_here, asked = write_access.is_local_session(), st.query_params.get("story")
    entry = frozen_entry(is_here, asked, st.query_params.get("frozen", ""))
    head, at = (entry.head(), None) if entry else pinned or (None, None)
    st.session_state[_RUN] = resolve(is_here, asked, head, at, for_newsroom=write_access.may_write())


def shown_now() -> Shown | None:
    """Give up to which entry and as of when this session is shown the record."""
    return st.session_state.get(_PINNED)


def frozen_entry(is_here: bool, asked: str | None, said: str) -> Entry | None:  # noqa: FBT001 is the viewer here
    """Find the entry of the record that a link is frozen at, which it names or which was the last by a time."""
    kept = record()
    if not kept or not said:
        return None
    now = resolve(is_here, asked).shown
    return entry_of(kept, said, story_of(now).package.zone if "T" in said and now.name else "UTC")


def newest_of(ref: StoryRef) -> StoryRef:
    """Return a story up to its last entry, whoever is told of that."""
    kept = record()
    return ref._replace(head=_last_of(kept, ref.name, kept.head)) if kept and ref.head and ref.name else ref


def pin() -> str:
    """Name the state that is shown for a link that shows it again: the last entry of the record, or the data."""
    shown = current_story()
    if shown.head:
        return last_entry() if shown.head.seq else ""
    return data_pin(shown)


def data_pin(ref: StoryRef) -> str:
    """Name the data of a story for a link."""
    return f"{DATA}{data_of(for_readers(ref))[:12]}"


@st.cache_data(max_entries=100, show_spinner=False)
def data_of(ref: StoryRef) -> str:
    """Give the hash of the data of a story as those for whom it is see them."""
    return store_of(ref).summary(Selection()).data_hash


DATA = "data-"
"""Begins the name of the state of a story in no record, which is that of its data; files keep no earlier one."""


def move_to_newest() -> None:
    """Show this session what is newest in the record from now on; else it stays with what it began with."""
    if kept := record():
        st.session_state[_PINNED] = Shown(kept.head, datetime.now(UTC))


def _run() -> Run:
    """Return what the run began with; outside of a run, resolve it now."""
    begun: Run | None = st.session_state.get(_RUN)
    return begun or resolve(
        write_access.is_local_session(), st.query_params.get("story"), for_newsroom=write_access.may_write()
    )


def resolve(
    is_here: bool,  # noqa: FBT001 is the viewer here
    asked: str | None,
    pinned: Head | None = None,
    at: datetime | None = None,
    *,
    for_newsroom: bool = False,
) -> Run:
    """Resolve the story that the link names among those that may be shown: from other machines the first one alone."""
    begun, kept = where_kept.served_story(), record()
    head = (pinned or kept.head) if kept else EMPTY_HEAD
    names = kept.stories(until=head.seq) if kept else []
    if kept and is_record(begun):
        first = os.environ.get("CONTESTED_NAME") or next(iter(names), None)
        shown, stories = StoryRef(begun, first, head), [first] if first else []
    else:
        shown, stories = StoryRef(begun), [Path(begun).stem]
    stories += [name for name in names if is_here and name not in stories]
    if is_here and asked in names:
        shown = StoryRef(where_kept.record_address() or begun, asked, head)
    if kept and shown.name:
        shown = shown._replace(head=_last_of(kept, shown.name, head))
    if not for_newsroom:
        shown = for_readers(shown, at)
    return Run(shown, tuple(stories), not for_newsroom)


def _last_of(kept: Record, name: str, until: Head) -> Head:
    """Give the last entry of a story up to one of the record, so that what is recorded of others moves nothing."""
    return kept.last_of(name, until.seq) or until


def for_readers(ref: StoryRef, moment: datetime | None = None) -> StoryRef:
    """Return a story as its readers may see it: by what its claims say at last, as of a moment or now.

    It ends with the last entry that they are told of: what is held back moves nothing that they see.
    """
    told, now = _marks(ref), datetime.now(UTC)
    if not told:
        return ref._replace(held=None)
    lifted = held_back.last_lifted(told, min(moment, now) if moment else now)
    return _up_to_told(ref._replace(held=Held(len(told), lifted)))


@st.cache_data(max_entries=1000, show_spinner=False)
def _up_to_told(ref: StoryRef) -> StoryRef:
    if ref.head is None or ref.name is None or ref.held is None:
        return ref
    last = _marks_of(ref.where, _file_of(ref.where), ref.name).last_told(ref.head.seq, held_ids(ref), ref.held.since)
    return ref._replace(head=last.head()) if last else ref


def next_lifted(ref: StoryRef) -> datetime | None:
    """Give the next moment at which an embargo in a story ends."""
    return held_back.next_lifted(_marks(ref), datetime.now(UTC))


def embargoes() -> tuple[datetime, datetime | None]:
    """Give the last moment at which an embargo in any story of the record had ended, and the next at which one ends."""
    kept, where, now = record(), where_kept.record_address(), datetime.now(UTC)
    names = kept.stories() if kept and where else []
    told = [mark for name in names for mark in _marks_of(where or "", _file_of(where or ""), name).now()]
    return held_back.last_lifted(told, now), held_back.next_lifted(told, now)


def newest() -> StoryRef:
    """Return the story in view as it is now, for whom it is shown."""
    ref = newest_of(current_story())
    return for_readers(ref) if _run().is_for_readers else ref


def lifted_at(ref: StoryRef) -> datetime | None:
    """Give the last moment at which an embargo had ended in a story as it is for its readers; none where none had."""
    return ref.held.since if ref.held and ref.held.since.year > 1 else None


def lifted_since(then: StoryRef, now: StoryRef) -> frozenset[str]:
    """Name the claims whose embargo has ended since a story was as it was then, but for what was recorded since."""
    kept = record()
    if not (kept and then.held and now.held and then.head and now.head and now.name):
        return frozenset()
    told = _told(now, now.held)
    lifted = held_back.held(told, then.held.since) - held_back.held(told, now.held.since)
    return lifted.difference(kept.changed_ids(now.name, then.head.seq, now.head.seq, _LAST)) if lifted else lifted


def held_ids(ref: StoryRef) -> frozenset[str]:
    """Name the claims that are held back from those for whom a story is."""
    return held_back.held(_told(ref, ref.held), ref.held.since) if ref.held else frozenset()


def held_from_readers() -> frozenset[str]:
    """Name the claims in view that readers do not see now."""
    return held_ids(for_readers(current_story()))


def entries(ref: StoryRef, after: int, until: int) -> list[Entry]:
    """List the entries of a story as those for whom it is are told of them."""
    kept = record()
    if kept is None or ref.name is None:
        return []
    found = (entry for entry in kept.entries(after, until) if entry.story == ref.name)
    if ref.held is None:
        return list(found)
    marks, hidden = _marks_of(ref.where, _file_of(ref.where), ref.name), held_ids(ref)
    return [told for entry in found if (told := marks.told(entry, hidden, ref.held.since))]


def _told(ref: StoryRef, held: Held) -> list[held_back.Mark]:
    return _marks(ref)[: held.marks]


def _marks(ref: StoryRef) -> list[held_back.Mark]:
    if ref.head is None:
        return _files(ref.where).marks
    return _marks_of(ref.where, _file_of(ref.where), ref.name).now() if ref.name else []


@st.cache_resource(max_entries=20, show_spinner=False)
def _marks_of(where: str, file: int, name: str) -> Marks:
    return Marks(_opened(where, file), name)


class _Files(NamedTuple):
    """A story in no record, with the claims only where any has a mark; else its store, which holds them."""

    story: Story
    store: Store | None
    marks: list[held_back.Mark]


@st.cache_resource(max_entries=4)
def _files(where: str) -> _Files:
    loaded = open_story(where, for_newsroom=True)
    if marks := held_back.marks(loaded.claims):
        return _Files(loaded, None, marks)
    return _Files(loaded.without_claims(), Store(loaded.claims, loaded.published()), [])


def current_story() -> StoryRef:
    """Return the story in view: the one that the link names, or the one that the dashboard was started with."""
    return _run().shown


def stories() -> list[str]:
    """List the stories that can be shown, first the one that the dashboard was started with."""
    return list(_run().stories)


def last_entry() -> str:
    """Return number and hash of the record's head for a link; empty for a story in no record."""
    head = current_story().head
    return named(head) if head else ""


def warm() -> None:
    """Answer the first chart of the story that the dashboard was started with, before anybody asks."""
    first = resolve(is_here=False, asked=None).shown
    ask_of(first, "timeline", Selection(zone=story_of(first).package.zone))


def story() -> Story:
    """Open the story once for all viewers."""
    return story_of(current_story())


def store() -> Store:
    """Open the store once for all viewers."""
    return store_of(current_story())


def ask(key: str, selection: Selection) -> Answer:
    """Answer a chart once for all viewers who select the same."""
    return ask_of(current_story(), key, selection)


def answer_for_readers(shown: Answer) -> Answer:
    """Answer as readers are answered what a page shows to an editor."""
    return ask_of(for_readers(current_story()), shown.chart.key, shown.legend.selection)


def is_news(selection: Selection) -> bool:
    """Say whether anything became known since the earlier moment, once for all viewers who compare the same."""
    return _is_news(selection, current_story())


def matrix(selection: Selection) -> list[Line]:
    """Compare the accounts question by question, once for all viewers who select the same."""
    return _matrix(selection, current_story())


def claims_by_account(selection: Selection) -> dict[str, int]:
    """Count the claims of each account in view, once for all viewers who select the same."""
    return _claims_by_account(selection, current_story())


def sides_of(account: str) -> list[str]:
    """List the sides on which an account tells, once for all viewers."""
    return _sides(current_story()).get(account, [])


def moments(known_by: KnownBy) -> list[datetime]:
    """List moments by which something new was known, in UTC, of many only some and the last, once for all viewers."""
    return _moments(known_by, current_story())


def known_ids(selection: Selection, ids: list[str]) -> set[str]:
    """Find those of some claims that a selection holds and that their accounts stand by."""
    rows = store().columns(_STANDING, selection, ids=ids)
    return set(rows["claim_id"].to_pylist())


_STANDING = "select claim_id from selected where list_contains($ids, claim_id) and status <> 'withdrawn'"


def facets() -> Facets:
    """Count the claims of each account, side, kind and place of the story in view."""
    return store().facets()


def holdings() -> Holdings:
    """Say what the story in view holds, once for all viewers."""
    return _holdings(current_story())


def search(selection: Selection, text: str, first: int = 0, only: tuple[str, ...] = ()) -> text_search.Found:
    """Count the claims that hold the words, and list so many from the first on, once for all who search the same."""
    return _search(selection, text, first, only, current_story())


@st.cache_resource(max_entries=4)
def _open(ref: StoryRef) -> tuple[Story, Store]:
    """Load a story, whose claims only the store then holds."""
    if ref.head is None:
        loaded, store, _ = _files(ref.where)
        if store:
            return loaded, store
    else:
        loaded = kept_story(_record(ref.where), ref.name, ref.head)
    if ref.held:
        loaded = held_back.shown(loaded, _told(ref, ref.held), ref.held.since)
    return loaded.without_claims(), Store(loaded.claims, loaded.published())


def story_of(ref: StoryRef) -> Story:
    """Open a story once for all who ask."""
    return _open(ref)[0]


def store_of(ref: StoryRef) -> Store:
    """Open the store of a story once for all who ask."""
    return _open(ref)[1]


@st.cache_resource(max_entries=4, show_spinner=False)
def _answers(ref: StoryRef) -> AnswerCache:  # noqa: ARG001 the answers of a story go with its store
    return AnswerCache()


def ask_of(ref: StoryRef, key: str, selection: Selection) -> Answer:
    """Answer a chart of a story once for all who select the same."""
    chart = next(chart for chart in CHARTS if chart.key == key)
    return _answers(ref).get((key, selection), lambda: answer(chart, story_of(ref), store_of(ref), selection))


@st.cache_data(max_entries=2000, show_spinner=False)
def _is_news(selection: Selection, ref: StoryRef) -> bool:
    return len(store_of(ref).ask(IS_NEWS, selection)) > 0


@st.cache_data(max_entries=2000, show_spinner=False)
def _claims_by_account(selection: Selection, ref: StoryRef) -> dict[str, int]:
    rows = store_of(ref).ask("select voice, count(*) as claims from selected group by voice", selection)
    return dict(zip(rows["voice"], map(int, rows["claims"]), strict=True))


@st.cache_data(max_entries=100, show_spinner=False)
def _sides(ref: StoryRef) -> dict[str, list[str]]:
    asked = "select account, side from known where side is not null group by all order by count(*) desc, side"
    rows = store_of(ref).ask(asked, Selection())
    return {str(account): list(told["side"]) for account, told in rows.groupby("account")}


@st.cache_data(max_entries=100, show_spinner=False)
def _moments(known_by: KnownBy, ref: StoryRef) -> list[datetime]:
    asked = "select distinct known_at from known where known_at is not null order by known_at"
    every = store_of(ref).columns(asked, Selection(known_by=known_by))["known_at"]
    some: list[datetime] = thinned(every).to_pylist()
    return some


def thinned(moments: pa.ChunkedArray) -> pa.ChunkedArray:
    """Keep so many of the moments as a slider can stop at, evenly, and always the last."""
    if len(moments) <= MOST_MOMENTS:
        return moments
    return moments.take(
        [number * len(moments) // MOST_MOMENTS for number in range(MOST_MOMENTS - 1)] + [len(moments) - 1]
    )


@st.cache_data(max_entries=100, show_spinner=False)
def _holdings(ref: StoryRef) -> Holdings:
    placed = tuple(key for key, place in story_of(ref).places.items() if place.latitude is not None)
    return holdings_of(store_of(ref), placed)


@st.cache_resource(max_entries=100, show_spinner=False)
def _matrix(selection: Selection, ref: StoryRef) -> list[Line]:
    store = store_of(ref)
    rows, kinds = store.columns(CURRENT, selection), store.ask(KINDS, selection)
    legend = ask_of(ref, "disagreements", selection).legend
    everyone = selection.model_copy(update={"account": (), "side": ()})
    every = store.columns(EVER, everyone)
    made = dict(zip(kinds["event_id"], kinds["kinds"], strict=True))
    return matrix_of(read_positions(rows, legend), made, asked_questions(read_statements(every), legend))


@st.cache_resource(max_entries=500, show_spinner=False)
def _search(selection: Selection, text: str, first: int, only: tuple[str, ...], ref: StoryRef) -> text_search.Found:
    return text_search.search(store_of(ref), story_of(ref), selection, text, first, only)
