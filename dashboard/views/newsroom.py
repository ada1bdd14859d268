"""Newsroom: add, correct and withdraw claims one by one, undo, history and drafts, for those who may write."""

import streamlit as st

import claims
import write_access
from contested.drawing import html
from newsroom import adding, correcting, draft_form, draft_list, history, tell_me, withdrawing
from newsroom.desk import ADD, CORRECT, DO, DRAFTS, HISTORY, TELL, UNDO, WITHDRAW, Desk, asked, at, desk
from sharing import link
from untrusted import plain

PAGES = {
    ADD: (
        "Add a claim",
        "One account’s statement about one event. What is left empty is unknown, never zero.",
        adding.show,
    ),
    DRAFTS: ("Drafts", "What you typed and did not publish; nobody else sees it.", draft_list.show),
    CORRECT: ("Correct a claim", "What it said before stays in its history.", correcting.show),
    WITHDRAW: ("Withdraw a claim", "It stays where it is, struck through, with why.", withdrawing.show),
    HISTORY: ("History", "Who changed it, when, what and why.", history.show),
    TELL: ("Tell me", "When something of this happens, you are told here, in a feed and by a message.", tell_me.show),
    UNDO: ("Undo an entry", "What it did is taken back by a new entry.", history.show_undo),
}
"""What may be done here: its title, what it is for, and what shows it."""


def show() -> None:
    """Show a page of the newsroom to who may write, and say to anybody else how to get there."""
    if not write_access.may_write():
        _gate()
        return
    at_desk = desk()
    if at_desk is None:
        st.title("Newsroom", anchor=False)
        st.info(
            "This story is read from files, which keep no earlier states. Load it into a record, and show that: "
            "`contested load FOLDER --store desk.record`, then `contested serve desk.record`."
        )
        return
    title, words, draw = PAGES.get(asked(DO), PAGES[ADD])
    st.html(
        f'<p class="which"><b>{html(at_desk.story.package.title)}</b> '
        f'<span class="quiet">· you write as {html(at_desk.who)}</span></p>'
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="newsroom-head"):
        st.title(plain(title), anchor=False, width="stretch")
        st.html(_tabs(at_desk), width="content")
    st.html(f'<p class="sub">{html(words)}</p>')
    with st.container(key="newsroom", gap=None):
        draw(at_desk)


def _tabs(at_desk: Desk) -> str:
    number, here = len(at_desk.drafts()), asked(DO) or ADD
    named = {ADD: "Add a claim", DRAFTS: draft_list.title(number), TELL: tell_me.title(at_desk)}
    links = "".join(
        f'<a href="{html(at(do))}" target="_self"{" aria-current=page" if do == here else ""}>{html(words)}</a>'
        for do, words in named.items()
    )
    others = {CORRECT: "Correct", WITHDRAW: "Withdraw", HISTORY: "History", UNDO: "Undo"}
    shown = f'<span aria-current="page">{others[here]}</span>' if here in others else ""
    log = '<a href="./corrections" target="_self">Corrections</a>'
    return f'<nav class="newsroom-tabs" aria-label="Newsroom">{links}{shown}{log}</nav>'


def _gate() -> None:
    """Say that the page is for editors; what is published is open to everybody, and what was typed is not lost."""
    name = write_access.signed_in()
    st.title("You may read, not change" if name else "This page is for the editors of the story", anchor=False)
    if moment := draft_form.kept_at():
        st.html(
            f'<p class="strip" role="alert"><b>You may write no more; what you typed is kept</b> '
            f"({adding.here(moment):%H:%M:%S}). Sign in again to publish it. Nothing was sent.</p>"
        )
    guest = "" if name else "You are reading as a guest. "
    request = f"{_request(name)} · " if name else ""
    st.html(
        f'<p class="sub">{guest}Everything that is published is open to you; drafts and forms are not.</p>'
        f'<p class="which">{request}<a href="{html(link.url(""))}" target="_self">Back to the story</a></p>'
    )
    write_access.ask()


def _request(name: str) -> str:
    """Write a button that copies what to send to who gives roles; nothing is sent from here."""
    title = claims.story().package.title
    words = f"Please let me correct claims of “{title}”: contested roles STORE {name} editor"
    return f'<button type="button" class="copy" data-copy="{html(words)}">Copy a request</button>'
