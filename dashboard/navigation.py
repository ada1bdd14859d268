"""The navigation: links to the views in one row; what has no place in it, or no answer here, is under More.

Which views stand in the row, and in which order, follows from what the story is and from what it holds.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

import claims
import sign_in
import write_access
from contested.drawing import html
from contested.model.wording import cut
from contested.query.story_form import Form, Holdings
from sharing import link
from untrusted import plain

_CLOCK = ("response-delays", "delays-over-time", "calls-per-hour", "observations")
ROWS: Mapping[Form, Sequence[str]] = {
    Form.TELLINGS: (
        *("", "timeline", "hourly-clashes", "response-delays", "casualty-counts", "disagreements", "changes"),
        "evidence",
    ),
    Form.LOG: ("", "response-delays", "delays-over-time", "calls-per-hour", "map", "observations"),
    Form.DATA_SET: ("", "killed-over-time", "who-against-whom", "map", "casualty-counts", "evidence"),
    Form.EVENTS: ("", "timeline", "response-delays", "map", "casualty-counts", "changes", "evidence"),
}
"""The views in the row, by their paths."""
_ANSWERED: Mapping[str, Callable[[Holdings], bool]] = {
    "timeline": lambda held: held.has_times,
    "hourly-clashes": lambda held: held.has_clashes,
    "casualty-counts": lambda held: held.has_casualties,
    "disagreements": lambda held: held.accounts > 1,
    "changes": lambda held: held.is_dated,
    "map": lambda held: held.has_places,
    "killed-over-time": lambda held: held.figured_events > 0,
    "who-against-whom": lambda held: held.has_sides,
} | dict.fromkeys(_CLOCK, lambda held: held.timed_events > 0)
"""Whether a story holds anything that a view answers from; the others are always answered."""


_LETTERS = 24
"""How much of a name stands in the row."""
NEWSROOM = "newsroom"
"""Offered to those alone who may write."""


def row(held: Holdings) -> list[str]:
    """List the views that stand in the row of a story."""
    return [path for path in ROWS[held.form] if is_answered(path, held)]


def is_answered(path: str, held: Holdings) -> bool:
    """Say whether a story holds anything that a view answers from."""
    return path not in _ANSWERED or _ANSWERED[path](held)


def show(page: StreamlitPage, pages: Sequence[StreamlitPage], led_on: Collection[str]) -> None:
    """Show the links to the views; the one that is open stands in the row in any case.

    `led_on` are addresses that lead on to another view, and so need no link.
    """
    in_row, filters = row(claims.holdings()), link.filters()
    by_path = {one.url_path: one for one in pages}
    shown = [by_path[path] for path in in_row if path in by_path]
    unused = led_on if write_access.may_write() else {*led_on, NEWSROOM}
    others = [one for one in pages if one not in shown and (one is page or one.url_path not in unused)]
    with st.container(horizontal=True, gap=None, wrap=False, key="views"):
        for one in [*shown, *([page] if page in others else [])]:
            if one is page:
                st.html(f'<span aria-current="page">{html(one.title)}</span>', width="content")
            else:
                st.page_link(one, query_params=filters)
        with (
            st.container(key="more", width="content"),
            # another one on each view: Streamlit would leave it open over the view that it led to
            st.popover("More", type="tertiary", key=f"more-on-{page.url_path or 'story'}", width="content"),
        ):
            for one in others:
                st.page_link(one, query_params=filters)
        account()


def account() -> None:
    """Offer to sign in where that is set up; say who has, in which role, and offer to sign out."""
    name, is_set_up = write_access.signed_in(), sign_in.is_set_up()
    if not name:
        if is_set_up:
            st.button("Sign in", key="sign-in", type="tertiary", width="content", on_click=st.login)
        return
    with (
        st.container(key="account", width="content"),
        st.popover(plain(cut(name, _LETTERS)), type="tertiary", width="content"),
    ):
        st.html(f"<p>Signed in as {html(name)} ({html(write_access.role())})</p>", width="content")
        if is_set_up:
            st.button("Sign out", key="sign-out", type="tertiary", on_click=write_access.sign_out)
