"""The head of a page: the title, as of when, and the filters that are always in sight."""

from bisect import insort
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.navigation.page import StreamlitPage

import active_filters
import claims
import drawer
import switched_off
from card import copy_link
from chips import mount as chips
from contested.drawing import html
from contested.model.story import Story
from contested.model.times import day, is_last_minute, zone_words
from contested.model.vocabulary import KnownBy
from contested.model.wording import counted
from contested.query.facets import Facets
from contested.query.selection import NOBODY, Selection
from contested.query.story_form import Form, Holdings
from live import bar
from sharing import link
from untrusted import plain


def show(story: Story, facets: Facets, selected: Selection, page: StreamlitPage) -> None:
    """Show the head: whole on the story, in one line on the other views; the chips and the filters in use on both."""
    is_story = not page.url_path
    with st.container(gap=None, key="head-of-story" if is_story else "head-of-view"):
        with st.container(horizontal=True, gap="medium", key="title"):
            st.title(plain(story.package.title), anchor=False, width="stretch")
            _stories(page)
            st.html(f'<p class="acts">{copy_link(page.url_path)}</p>', width="content")
            if st.button("Share", key="share", type="tertiary"):
                _share(page.url_path, selected)
        if is_story and story.package.standfirst:
            st.html(f'<p class="standfirst">{html(story.package.standfirst)}</p>')
        with st.container(horizontal=True, gap=None, key="as-of"):
            _stamp(selected)
            _moments(selected)
        chips.show(story, facets, selected)
        if selected.account == (NOBODY,):
            switched_off.offer(selected, "all")
        with st.container(gap=None, key="active-filters"):
            active_filters.show(story, facets, selected)


def _share(view: str, selected: Selection) -> None:
    from sharing.share import show as open_share  # noqa: PLC0415 few share, and the first page does not wait for what it needs

    open_share(view, selected)


def _stories(page: StreamlitPage) -> None:
    """Offer the other stories, where there are several."""
    names = claims.stories()
    if len(names) > 1:
        with st.popover("Stories", type="tertiary", key="stories", width="content"):
            for name in names:
                st.page_link(page, label=plain(name), query_params={"story": name})


def _stamp(selected: Selection) -> None:
    """Say until when claims were made, in which zone times are, and that the page follows the data or does not."""
    with st.container(horizontal=True, gap=None, width="content", key="stamp"):
        st.html(f'<p class="stamp">{stamp(selected)}</p>', width="content")
        asked = st.button("More filters", key="more-filters", type="tertiary", shortcut="f")
    if asked:
        drawer.show(claims.story(), claims.facets(), selected)
    else:
        drawer.forget()


def stamp(selected: Selection) -> str:
    """Write the stamp of a page, as HTML."""
    moments, zone = claims.moments(selected.known_by), ZoneInfo(selected.zone)
    until = selected.as_known_at or (moments[-1] if moments else None)
    done = _DONE[selected.known_by]
    made = what_it_is(claims.holdings()) or (f"Claims {done} up to {_full(until.astimezone(zone))}" if until else "")
    times = f"times in {html(zone_words(selected.zone, until))}" if claims.holdings().has_hours else "days, no hours"
    state = "frozen" if link.FROZEN in st.query_params else _follows(zone)
    parts = (made, times, "as then known" if selected.as_known_at else state)
    return f"{' · '.join(part for part in parts if part)}{_DOT}"


def _follows(zone: ZoneInfo) -> str:
    """Say that the page follows a record and when that last grew, as HTML; nothing of files, which are read once."""
    kept, shown = claims.record(), claims.current_story()
    if kept is None or shown.head is None:
        return ""
    when = last_entry(bar.recorded(kept, shown), datetime.now(UTC), zone)
    return f'<span class="live"></span>live<span class="last-entry">, {when}</span>'


def last_entry(recorded_at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Say when the last entry was made: last entry 10:42; of another day, last entry 29 Nov 2026."""
    there, today = recorded_at.astimezone(zone), now.astimezone(zone).date()
    return f"last entry {there:%H:%M}" if there.date() == today else f"last entry {day(there)} {there.year}"


def what_it_is(held: Holdings) -> str:
    """Say that a story is one log or one data set, of which nothing says when it was said; nothing of other stories."""
    events = counted(held.events, "event")
    if held.form not in {Form.LOG, Form.DATA_SET}:
        return ""
    if held.accounts > 1:
        return f"{counted(held.accounts, 'account')} without a common event · {events}"
    return f"One log, no second account · {events}" if held.form is Form.LOG else f"One data set · {events}"


_DOT = '<span class="dot"> ·&nbsp;</span>'
_DONE = {KnownBy.STATED: "made", KnownBy.PUBLISHED: "published", KnownBy.RECORDED: "recorded"}


def _moments(selected: Selection) -> None:
    """Show the slider over the moments at which something new was said; at its end is all that was.

    A log has none: it stamps what happens, and nothing says when it was told.
    """
    zone = ZoneInfo(selected.zone)
    moments = list(claims.moments(selected.known_by))
    is_stamped_only = claims.holdings().form is Form.LOG and selected.as_known_at is None
    if is_stamped_only or len(moments) < 2:  # noqa: PLR2004 nothing to choose from
        return
    *before, last = moments
    at = selected.as_known_at
    if at is not None and at not in before:
        insort(before, at)
    names = {_key(moment): short(moment.astimezone(zone)) for moment in before} | {"": f"{_day(last, zone)}, all"}
    value = _key(at) if at else ""
    with st.container(horizontal=True, gap=None, width="content", key="as-known-at"):
        st.html(f'<span class="known">As known at <span>{_day(before[0], zone)}</span></span>', width="content")
        st.select_slider(
            "As known at",
            list(names),
            format_func=names.__getitem__,
            label_visibility="collapsed",
            **link.choice("as_known_at", value, ""),
        )
        st.html(
            f'<span class="known"><b>{html(names[value])}</b></span>'
            f"<style>.st-key-as-known-at{{--steps:{len(names) - 1}}}</style>",
            width="content",
        )


def short(moment: datetime) -> str:
    """Say a moment: 8 Feb, 14:35; 8 Feb where it is the end of that day."""
    return day(moment) if is_last_minute(moment) else f"{day(moment)}, {moment:%H:%M}"


def _full(moment: datetime) -> str:
    """Say a moment with its year: 29 Feb 2020; 8 Feb 2020, 14:35."""
    year = f"{day(moment)} {moment.year}"
    return year if is_last_minute(moment) else f"{year}, {moment:%H:%M}"


def _day(moment: datetime, zone: ZoneInfo) -> str:
    return day(moment.astimezone(zone))


def _key(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
