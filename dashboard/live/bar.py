"""The bar at the foot: what was recorded since this page's data, offered and never pushed; only the reader moves on."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import chain, islice
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
from contested.record.entry import BULK_ACTS, Act, Entry
from contested.record.log import Record
from contested.record.naming import DATASET as NAMES
from live import fresh, look, newest, reconnect
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
    kept, shown, pinned = claims.record(), claims.current_story(), claims.shown_now()
    if kept is None or pinned is None or shown.head is None or shown.name is None:
        return
    drawn_at, held = datetime.now(UTC), claims.for_readers(shown) if write_access.may_write() else None
    look.listen()

    @st.fragment
    def bar() -> None:
        slot = st.bottom.container()
        with slot, st.container(horizontal=True, gap="small", vertical_alignment="center", key="live"):
            paused_at: datetime | None = st.session_state.get(_PAUSED)
            is_newsroom, last, now = write_access.may_write(), kept.head, claims.newest()
            words = _paused(drawn_at, zone) if paused_at else _newer(kept, shown, now, held, story, zone, changes)
            _told()
            told = newest.for_readers(now.head, claims.lifted_at(now))
            state = newest.for_newsroom(last, claims.embargoes()[0]) if is_newsroom else told
            look.show(
                {
                    "head": state,
                    "address": newest.address(is_newsroom=is_newsroom),
                    "shown": reconnect.kept(pinned._replace(head=shown.head)) if shown.head else "",
                    "cookie": reconnect.cookie(),
                    "newest": _age(kept, now, zone),
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


def _no_longer_held(held: claims.StoryRef, shown: claims.StoryRef, story: Story) -> str:
    """Offer the newsroom to draw its page anew once readers see what was held back from them as it was drawn."""
    lifted = claims.held_ids(held) - claims.held_ids(claims.for_readers(shown))
    if not lifted:
        return ""
    first = claims.store_of(shown).claims(sorted(lifted)[:_NAMED]).values()
    words = listed((_in_words(story, one.account, one.label or one.summary) for one in first), len(lifted))
    number = counted(len(lifted), "claim is held back no longer", "claims are held back no longer")
    st.html(f'<p class="is-newer"><b>{number}</b><span class="what"> · {html(words)}</span></p>', width="content")
    if st.button("Show", key="live-lifted", type="primary"):
        st.rerun()
    return f"{number}: {words}"


def _told() -> None:
    """Say how much this person asked to be told and has not seen."""
    if write_access.may_write() and (number := watching.notices().unseen(write_access.person())):
        where = html(link.url("newsroom", do="tell"))
        words = f'<a href="{where}" target="_self">{counted(number, "thing")} you asked to be told</a>'
        st.html(f'<p class="is-newer is-told">{words}</p>', width="content")


def _pause() -> None:
    st.session_state[_PAUSED] = datetime.now(UTC)


def _go_on() -> None:
    st.session_state[_PAUSED] = None


def _paused(drawn_at: datetime, zone: str) -> str:
    when = html(f"{_clock(drawn_at, zone)} {offset_words(zone, drawn_at)}")
    st.html(f'<p class="is-paused"><b>Paused</b> · the page stays as it was at {when}</p>', width="content")
    return ""


def _newer(  # noqa: PLR0913, PLR0917 what is shown, what there is, and where more of it is said
    kept: Record,
    shown: claims.StoryRef,
    now: claims.StoryRef,
    held: claims.StoryRef | None,
    story: Story,
    zone: str,
    changes: StreamlitPage,
) -> str:
    """Offer what is newer, or say that nothing is; give the words of the offer."""
    newer = _since(shown, now, story)
    moved = fresh.moved()
    if newer.entries:
        number = counted(newer.entries, "newer entry", "newer entries")
        what = f'<span class="what"> · {html(newer.words)}</span>'
        st.html(f'<p class="is-newer"><b>{number}</b>{what}</p>', width="content")
        if st.button("Show", key="live-show", type="primary"):
            fresh.begin(newer.entries, shown, recorded(kept, shown))
            claims.move_to_newest()
            st.rerun()
        return f"{number}: {newer.words}"
    if moved:
        are = "entry is" if moved.entries == 1 else "entries are"
        what = f'<span class="what"> · shown at {_clock(moved.at, zone)}</span>'
        words = f"<b>{moved.entries:,} {are} marked new</b>{what}"
        st.html(f'<p class="is-newer">{words}</p>', width="content")
        if st.button("Mark as seen", key="live-seen"):
            fresh.end()
            st.rerun()
        since = [("compared_with", moved.since.isoformat()), ("known_by", str(KnownBy.RECORDED))]
        others = [(name, value) for name, value in link.filters() if name not in dict(since)]
        st.page_link(changes, label="See what changed", query_params=[*others, *since])
        return ""
    if held and (words := _no_longer_held(held, shown, story)):
        return words
    st.html('<p class="is-none">Nothing newer</p>', width="content")
    return ""


@st.cache_data(max_entries=100, show_spinner=False)
def _since(shown: claims.StoryRef, now: claims.StoryRef, _story: Story) -> Newer:
    """Count and name what is told since what is shown, once for all who look at the same.

    That is each entry, and each claim whose embargo has ended; of one nothing tells that it was held back.
    """
    entries = claims.entries(now, shown.head.seq, now.head.seq) if shown.head and now.head else []
    lifted = claims.lifted_since(shown, now)
    first = claims.store_of(now).claims(sorted(lifted)[:_NAMED]).values() if lifted else ()
    story = claims.story_of(now) if lifted else _story
    told = (_in_words(story, one.account, one.label or one.summary) for one in first)
    number = len(entries) + len(lifted)
    return Newer(number, listed(chain(_described(entries, story), told), number))


def listed(described: Iterator[str], number: int) -> str:
    """Give the first of what is newer in a few words each, and say how many more there are."""
    named = [*islice(described, _NAMED)]
    more = number - len(named)
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
        done = {Act.CORRECTED: "corrected, ", Act.WITHDRAWN: "withdrawn, "}.get(Act(entry.act), "")
        yield _in_words(story, claim["account"], claim.get("label") or claim["summary"], done)


def _in_words(story: Story, account: str, said: str, done: str = "") -> str:
    label = story.accounts[account].label if account in story.accounts else account
    return f"{label}: {done}{cut(said.rstrip('.'), _LETTERS)}"


def _named(manifest: Mapping[str, Any]) -> list[str]:
    return [row.get("label") or row["title"] for rows in manifest["tables"].values() for row in rows]


def recorded(kept: Record, shown: claims.StoryRef) -> datetime:
    """Give when the last entry of a story was recorded."""
    return datetime.fromisoformat(kept.entry(shown.head.seq).recorded_at) if shown.head else datetime.now(UTC)


def _age(kept: Record, now: claims.StoryRef, zone: str) -> str:
    """Say when the last entry was recorded."""
    return aged(recorded(kept, now), datetime.now(UTC), zone)


def aged(recorded_at: datetime, now: datetime, zone: str) -> str:
    """Write a moment, of today without its day, and its clock: a zone may go by another one now than in the story."""
    there, here = (one.astimezone(ZoneInfo(zone)) for one in (recorded_at, now))
    hour = f"{there:%H:%M}" if there.date() == here.date() else day_and_hour(there)
    return f"{hour} {offset_words(zone, there)}"


def _clock(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")
