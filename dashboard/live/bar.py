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
import watching
import write_access
from contested.drawing import html
from contested.model.story import Story
from contested.model.times import day_and_hour, offset_words
from contested.model.vocabulary import KnownBy
from contested.model.wording import counted, cut, listing
from contested.record.entry import BULK_ACTS, Act, Entry, Head
from contested.record.frozen import named
from contested.record.log import Record
from contested.record.naming import DATASET as NAMES
from live import fresh, look, reconnect
from live.newest import NEWEST
from sharing import link

_PAUSED = "paused"
_NAMED = 2
"""How many newer entries are named; of more their number is said."""
_LETTERS = 32


class Newer(NamedTuple):
    """How many entries are newer than what is shown, and the first of them in words."""

    entries: int
    words: str


def show(story: Story, zone: str, changes: StreamlitPage) -> None:
    """Show the bar, where the story is kept in a record that may grow; it is drawn anew once the record has moved."""
    kept, shown = claims.record(), claims.current_story()
    if kept is None or shown.head is None or shown.name is None:
        return
    drawn_at = datetime.now(UTC)
    look.listen()

    @st.fragment
    def bar() -> None:
        slot = st.bottom.container()
        with slot, st.container(horizontal=True, gap="small", vertical_alignment="center", key="live"):
            paused_at: datetime | None = st.session_state.get(_PAUSED)
            words = _paused(drawn_at, zone) if paused_at else _newer(kept, shown, story, zone, changes)
            _told()
            newest = kept.head
            look.show(
                {
                    "head": NEWEST.named(newest),
                    "shown": named(shown.head) if shown.head else "",
                    "cookie": reconnect.cookie(),
                    "newest": _age(kept, newest.seq, zone),
                    "words": words,
                    "shownAt": f"{_clock(drawn_at, zone)} {offset_words(zone, drawn_at)}",
                    "paused": bool(paused_at),
                    "pausedAt": (paused_at or drawn_at).timestamp() * 1000,
                }
            )
            if paused_at:
                st.button("Go on", key="live-go-on", on_click=_go_on)
            else:
                st.button("Pause", key="live-pause", type="tertiary", on_click=_pause)

    bar()


def _told() -> None:
    """Say how much this person asked to be told and has not seen."""
    if write_access.may_write() and (number := watching.notices().unseen(write_access.person())):
        where = html(link.url("newsroom", do="tell"))
        words = f'<a href="{where}" target="_self">{counted(number, "thing")} you asked to be told</a>'
        st.html(f'<p class="is-newer">{words}</p>', width="content")


def _pause() -> None:
    st.session_state[_PAUSED] = datetime.now(UTC)


def _go_on() -> None:
    st.session_state[_PAUSED] = None


def _paused(drawn_at: datetime, zone: str) -> str:
    when = html(f"{_clock(drawn_at, zone)} {offset_words(zone, drawn_at)}")
    st.html(f"<p><b>Paused</b> · the page stays as it was at {when}</p>", width="content")
    return ""


def _newer(kept: Record, shown: claims.StoryRef, story: Story, zone: str, changes: StreamlitPage) -> str:
    """Offer what is newer, or say that nothing is; give the words of the offer."""
    newer = _since(claims.as_now(shown), kept.head, story)
    moved = fresh.moved()
    if newer.entries:
        number = counted(newer.entries, "newer entry", "newer entries")
        st.html(f'<p class="is-newer"><b>{number}</b> · {html(newer.words)}</p>', width="content")
        if st.button("Show", key="live-show", type="primary"):
            fresh.begin(newer.entries, shown, _recorded(kept, shown))
            claims.move_to_newest()
            st.rerun()
        return f"{number}: {newer.words}"
    if moved:
        are = "entry is" if moved.entries == 1 else "entries are"
        words = f"<b>{moved.entries:,} {are} marked new</b> · shown at {_clock(moved.at, zone)}"
        st.html(f'<p class="is-newer">{words}</p>', width="content")
        if st.button("Mark as seen", key="live-seen"):
            fresh.end()
            st.rerun()
        since = [("compared_with", moved.since.isoformat()), ("known_by", str(KnownBy.RECORDED))]
        others = [(name, value) for name, value in link.filters() if name not in dict(since)]
        st.page_link(changes, label="See what changed", query_params=[*others, *since])
        return ""
    st.html('<p class="is-none">Nothing newer</p>', width="content")
    return ""


@st.cache_data(max_entries=100, show_spinner=False)
def _since(shown: claims.StoryRef, newest: Head, _story: Story) -> Newer:
    """Count and name what was recorded after the entry that is shown, once for all who look at the same."""
    first = shown.head.seq if shown.head else newest.seq
    newer = claims.entries(shown, first, newest.seq)
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
    """Say when an entry was recorded, by which clock: the zone of a story may go by another one now than in it."""
    recorded_at = datetime.fromisoformat(kept.entry(seq).recorded_at).astimezone(ZoneInfo(zone))
    return f"{day_and_hour(recorded_at)} {offset_words(zone, recorded_at)}"


def _clock(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")
