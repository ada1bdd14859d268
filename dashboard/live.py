"""The bar at the foot: what was recorded since this page's data, offered and never pushed; only the reader moves on."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.navigation.page import StreamlitPage

import claims
from contested.drawing import html
from contested.model.story import Story
from contested.model.times import day_and_hour
from contested.model.vocabulary import KnownBy
from contested.model.wording import counted, cut, listing
from contested.record.entry import BULK_ACTS, Act, Entry, Head
from contested.record.log import Record
from contested.record.naming import DATASET as NAMES
from sharing import link

SECONDS = 1
"""How often a page asks for the head of the record: one small query."""
_PAUSED, _MOVED = "paused", "moved"
_NAMED = 2
"""How many newer entries are named; of more their number is said."""
_LETTERS = 32


class Moved(NamedTuple):
    """What the reader was shown last: how many entries, when, and by when what was shown before was recorded."""

    entries: int
    at: datetime
    since: datetime


class Newer(NamedTuple):
    """How many entries are newer than what is shown, and the first of them in words."""

    entries: int
    words: str


def show(story: Story, zone: str, changes: StreamlitPage) -> None:
    """Show the bar, where the story is kept in a record that may grow."""
    kept, shown = claims.record(), claims.current_story()
    if kept is None or shown.head is None or shown.name is None:
        return
    is_paused = bool(st.session_state.get(_PAUSED))
    looked = datetime.now(UTC)

    def bar() -> None:
        slot = st.bottom.container()
        with slot, st.container(horizontal=True, gap="small", vertical_alignment="center", key="live"):
            if is_paused:
                _paused(looked, zone)
            else:
                _newer(kept, shown, story, zone, changes)

    st.fragment(bar, run_every=None if is_paused else SECONDS)()


def _paused(looked: datetime, zone: str) -> None:
    st.html(f"<p><b>Paused</b> · the page stays as it was at {_clock(looked, zone)}</p>", width="stretch")
    if st.button("Go on", key="live-pause"):
        st.session_state[_PAUSED] = False
        st.rerun()


def _newer(kept: Record, shown: claims.StoryRef, story: Story, zone: str, changes: StreamlitPage) -> None:
    """Offer what is newer, or say that nothing is; beside it the age of the newest entry."""
    newest = kept.head
    newer = _since(shown, newest, kept, story)
    moved: Moved | None = st.session_state.get(_MOVED)
    if newer.entries:
        number = counted(newer.entries, "newer entry", "newer entries")
        st.html(f'<p class="is-newer"><b>{number}</b> · {html(newer.words)}</p>', width="content")
        if st.button("Show", key="live-show", type="primary"):
            st.session_state[_MOVED] = Moved(newer.entries, datetime.now(UTC), _recorded(kept, shown))
            claims.move_to_newest()
            st.rerun()
    elif moved:
        number = counted(moved.entries, "entry was added", "entries were added")
        st.html(f"<p><b>{number}</b> · shown at {_clock(moved.at, zone)}</p>", width="content")
        since = [("compared_with", moved.since.isoformat()), ("known_by", str(KnownBy.RECORDED))]
        others = [(name, value) for name, value in link.filters() if name not in dict(since)]
        st.page_link(changes, label="See what changed", query_params=[*others, *since])
    else:
        st.html("<p>Nothing newer</p>", width="content")
    st.html(f'<p class="age">Newest {html(_age(kept, newest.seq, zone))}</p>', width="stretch")
    if st.button("Pause", key="live-pause", type="tertiary"):
        st.session_state[_PAUSED] = True
        st.rerun()


@st.cache_data(max_entries=100, show_spinner=False)
def _since(shown: claims.StoryRef, newest: Head, _kept: Record, _story: Story) -> Newer:
    """Count and name what was recorded after the entry that is shown, once for all who look at the same."""
    first = shown.head.seq if shown.head else newest.seq
    newer = [one for one in _kept.entries(first, newest.seq) if one.story == shown.name]
    return Newer(len(newer), listed(newer, _story))


def listed(newer: list[Entry], story: Story) -> str:
    """Name the first of some entries in a few words each, and say how many more there are."""
    named = [*islice(_described(newer, story), _NAMED)]
    more = len(newer) - len(named)
    return listing([*named, f"{more} more"] if more > 0 else named)


def _described(newer: list[Entry], story: Story) -> Iterator[str]:
    for entry in newer:
        if entry.act in BULK_ACTS:
            manifest = entry.manifest()
            number = counted(int(manifest.get("claims", 0)), "claim")
            if manifest.get("dataset") == NAMES:
                yield f"{listing(_named(manifest))} named"
                continue
            yield f"{number} taken back" if entry.act == Act.UNDONE else f"{number} imported"
            continue
        claim = json.loads(entry.body)
        account = story.accounts.get(claim["account"])
        said = claim.get("label") or claim["summary"]
        done = {Act.CORRECTED: "corrected, ", Act.WITHDRAWN: "withdrawn, "}.get(Act(entry.act), "")
        yield f"{account.label if account else claim['account']}: {done}{cut(said.rstrip('.'), _LETTERS)}"


def _named(manifest: Mapping[str, Any]) -> list[str]:
    return [row.get("label") or row["title"] for rows in manifest["tables"].values() for row in rows]


def _recorded(kept: Record, shown: claims.StoryRef) -> datetime:
    """Give when the last entry was recorded that the page shows."""
    return datetime.fromisoformat(kept.entry(shown.head.seq).recorded_at) if shown.head else datetime.now(UTC)


def _age(kept: Record, seq: int, zone: str) -> str:
    return day_and_hour(datetime.fromisoformat(kept.entry(seq).recorded_at).astimezone(ZoneInfo(zone)))


def _clock(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")
