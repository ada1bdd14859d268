"""The deck: the slides of a talk in their order, each with its title and notes, and what to leave behind."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from urllib.parse import urlencode, urljoin

import streamlit as st

import claims
import write_access
from contested.charts import CHARTS
from contested.drawing import html
from contested.export import story_file, talk
from contested.export.readable import READABLE
from contested.export.svg import svg
from contested.model.problem import UnusableDeckError
from contested.model.times import day_and_hour
from contested.model.wording import counted, listing
from contested.query.selection import Selection
from contested.record.decks import MOST_NOTES, SILENCE, Deck, Decks, Planned
from contested.record.frozen import entry_of
from contested.theme import custom_property
from panel import mount
from sharing import deck_shelf, last_view, link, shown_then, square_code
from slides import mount as slides
from slides import my_decks, remark_form, taken_out
from slides.mount import Listed
from untrusted import plain

PATH = "deck"
_READY = ("timeline", "response-delays", "casualty-counts")
_HASH = 12
_OTHERS = ("pdf", "pptx")
"""Files that a deck is left behind as, beside the page."""
_PICTURE, _SMALL = 560, 784
"""The widths in px that the picture of a slide and the small one in the list are drawn for."""
_DIGITS = 3
_SILENT = "What nobody says"


def show() -> None:
    """Show the deck that the link names, or the one that was changed last."""
    decks = deck_shelf.shelf()
    if decks is None or not write_access.may_write():
        st.header("Decks are made by those who may write here", anchor=False)
        st.html(
            '<p class="sub">This story as it is filtered can be presented all the same: '
            f'<a href="{html(present_link())}" target="_blank">Present it</a></p>'
        )
        return
    names = list(decks.of_story(claims.current_story().name))
    if not names:
        _empty(decks)
        return
    name = st.query_params.get("deck")
    name = name if name in names else names[0]
    deck = decks.read(name)

    def keep(changed: Deck) -> None:
        decks.write(name, changed)

    if _head(name, deck, keep, decks, len(names)):
        my_decks.show(decks, names, partial(_new, decks), _open)
        return
    _frozen(deck, keep)
    if deck.slides:
        left, right = st.columns([6, 5], gap="medium")
        with left:
            place = _order(name, deck, keep)
            _by_time(name, decks)
        with right:
            _slide(name, deck, place, keep)
    else:
        st.html('<p class="sub">No slide yet: choose “Add to deck” below any chart.</p>')
        _add(deck, keep)
    _foot(name)


def present_link() -> str:
    """Write the address at which the story is presented as the link filters it."""
    return link.url("present")


def _empty(decks: Decks) -> None:
    st.header("No deck yet", anchor=False)
    st.html('<p class="sub">Choose “Add to deck” below any chart, or begin with three.</p>')

    story, view = claims.story(), last_view.slide()

    def begin(*slides: Planned) -> None:
        made = Deck(title=story.package.title[:200], story=claims.current_story().name, slides=slides)
        decks.write(decks.free_name(), made)

    ready = [Planned(chart=key, selection={"zone": story.package.zone}) for key in _READY]
    ready += [Planned(chart=SILENCE)] if story.package.silence else []
    with st.container(horizontal=True):
        st.button("Begin with three charts", on_click=begin, args=ready, key="deck-begin", type="primary")
        if view:
            st.button("Add the view I was in", on_click=begin, args=(view,), help=_chart(view), key="deck-begin-view")


def _head(name: str, deck: Deck, keep: Callable[[Deck], None], decks: Decks, number: int) -> bool:
    """Give the talk its title, say when it was kept, and offer the others; say whether they are looked at."""
    kept = my_decks.local(decks.kept_at(name))
    st.html(
        f'<p class="sub deck-story"><b>{html(claims.story().package.title)}</b>'
        f"<span>Kept {kept:%H:%M} · only those who may write here see it</span></p>"
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="deck-head"):
        st.text_input(
            "Title of the talk",
            deck.title,
            max_chars=200,
            **link.kept(f"deck-title-{name}", lambda title: keep(deck.model_copy(update={"title": title}))),
        )
        shown = st.segmented_control(
            "Which decks",
            list(_TABS),
            format_func=lambda one: f"{_TABS[one]} {number}" if one == _MINE else _TABS[one],
            label_visibility="collapsed",
            required=True,
            width="content",
            **link.choice(_TAB, _MINE if st.query_params.get(_TAB) == _MINE else _THIS, _THIS),
        )
    return shown == _MINE


_TAB, _THIS, _MINE = "decks", "this", "mine"
_TABS = {_THIS: "This deck", _MINE: "My decks"}


def _new(decks: Decks) -> None:
    made = decks.free_name()
    decks.write(made, Deck(story=claims.current_story().name))
    _open(made)


def _open(name: str) -> None:
    """Open a deck on its first slide."""
    link.put("deck", name)
    link.put("slide", None)
    link.put(_TAB, None)


def _frozen(deck: Deck, keep: Callable[[Deck], None]) -> None:
    """Say as of when the slides are, and let them stay there or follow."""
    kept = claims.record()
    if kept is None or claims.current_story().head is None:
        st.html('<p class="sub">This story is read from files, which stay as they are while it is shown.</p>')
        return

    def freeze(entry: str) -> None:
        keep(deck.model_copy(update={"frozen": entry}))

    newest = kept.head
    with st.container(horizontal=True, vertical_alignment="center", key="deck-frozen"):
        entry = entry_of(kept, deck.frozen) if deck.frozen else None
        if entry:
            at = day_and_hour(_local(entry.recorded_at))
            words = f"<b>Frozen at entry {entry.seq}</b>, {html(at)}. The slides cannot change while you speak."
        elif deck.frozen:
            words = "<b>Frozen at an entry that this record does not hold.</b> Freeze it anew."
        else:
            words = "<b>Live.</b> The slides are those of the moment at which you begin, and stay so while you speak."
        st.html(f'<p class="sub">{words}</p>', width="stretch")
        now = f"{newest.seq}-{newest.hash[:_HASH]}"
        anew = "Freeze anew" if deck.frozen else "Freeze now"
        st.button(anew, on_click=freeze, args=(now,), key="deck-freeze", type="tertiary")
        if deck.frozen:
            st.button("Leave it live", on_click=freeze, args=("",), key="deck-live", type="tertiary")


def _local(instant: str) -> datetime:
    return my_decks.local(datetime.fromisoformat(instant))


def _order(name: str, deck: Deck, keep: Callable[[Deck], None]) -> int:
    """List the slides, of which one is chosen and each can be put in another place; give the place of the chosen."""
    last = len(deck.slides) - 1
    said = st.query_params.get("slide", "1")
    place = min(max(int(said) - 1, 0), last) if said.isascii() and said.isdecimal() and len(said) <= _DIGITS else 0

    def choose(one: int) -> None:
        link.put("slide", str(one + 1))

    def put(one: int, to: int) -> None:
        keep(deck.put(one, to))
        choose(min(max(to, 0), last))

    def take_out() -> None:
        taken_out.remember(name, place, deck.slides[place])
        keep(deck.without(place))
        choose(min(place, max(last - 1, 0)))

    def put_back(slide: Planned, to: int) -> None:
        keep(deck.having(slide).put(last + 1, to))
        choose(to)

    st.html(f'<div class="deck-h"><h3>{counted(last + 1, "slide")}</h3><small>drag, or Alt + ↑ ↓</small></div>')
    listed = [Listed(_heading(one), _about(one), _picture(one, number)) for number, one in enumerate(deck.slides)]
    slides.show(f"deck-slides-{name}", listed, place, choose, put)
    with st.container(horizontal=True, key="deck-keys"):
        is_first, is_last = place == 0, place == last
        st.button("Move up", on_click=put, args=(place, place - 1), disabled=is_first, shortcut="Alt+Up", key="deck-up")
        st.button(
            "Move down", on_click=put, args=(place, place + 1), disabled=is_last, shortcut="Alt+Down", key="deck-down"
        )
        st.button("Take out", on_click=take_out, shortcut="Alt+Delete", key="deck-out")
        taken_out.offer(name, put_back)
    _add(deck, keep)
    return place


def _add(deck: Deck, keep: Callable[[Deck], None]) -> None:
    """Offer the chart that was looked at last, and what nobody says, as further slides."""

    def add(slide: Planned) -> None:
        keep(deck.having(slide))
        link.put("slide", str(len(deck.slides) + 1))

    view, is_said = last_view.slide(), any(one.chart == SILENCE for one in deck.slides)
    with st.container(horizontal=True, key="deck-add"):
        if view:
            st.button("Add the view I was in", on_click=add, args=(view,), help=_chart(view), key="deck-add-view")
        if claims.story().package.silence and not is_said:
            silent = Planned(chart=SILENCE)
            st.button("Add “what nobody says”", on_click=add, args=(silent,), key="deck-add-silence")


def _picture(slide: Planned, number: int) -> str:
    """Draw the small picture of a slide."""
    made = _made(slide)
    if made is None or made.answer is None:
        return "".join(f"<i>{html(line)}</i>" for line in (made.lines if made else ()))
    return svg(made.answer.figure(_SMALL), "", f"small{number}", custom_property)


def _heading(slide: Planned) -> str:
    made = _made(slide)
    return made.heading if made else "This slide cannot be shown"


def _about(slide: Planned) -> str:
    remarks = counted(len(slide.remarks), "remark") if slide.remarks else ""
    own, notes = "own title" if slide.title else "", "notes" if slide.notes else ""
    told = (_chart(slide), own, notes, "content note" if slide.is_warned else "", remarks)
    return " · ".join(filter(None, told))


def _chart(slide: Planned) -> str:
    return next((one.name for one in CHARTS if one.key == slide.chart), "Story")


def _made(slide: Planned) -> talk.Slide | None:
    """Answer a slide of the story that is open; nothing where its chart or its selection is not known here."""
    if slide.chart == SILENCE:
        return story_file.silence(claims.story())._replace(title=slide.title)
    try:
        selection = Selection.model_validate({"zone": claims.story().package.zone} | slide.selection)
        return talk.Slide(claims.ask(slide.chart, selection).remarked(slide.remarks), slide.title)
    except (ValueError, StopIteration):
        return None


def _slide(name: str, deck: Deck, place: int, keep: Callable[[Deck], None]) -> None:
    """Show one slide, with its title and notes to be written."""
    slide = deck.slides[place]
    made = _made(slide)
    answer = made.answer if made else None
    filters = f" · {answer.legend.selection.sentence(answer.legend.names())}" if answer else ""
    st.html(f'<div class="deck-h"><h3>Slide {place + 1}</h3><small>{html(_about(slide))}{html(filters)}</small></div>')
    if answer:
        with st.container(key="deck-picture"):
            mount.show(mount.Chart(f"deck-figure-{place}", mount.drawn(answer.figure, _PICTURE), answer.alt))
    key = f"{name}-{place}-{slide.chart}"
    finding = answer.title if answer else _SILENT
    st.text_input(
        "Title",
        slide.title,
        max_chars=200,
        placeholder=finding,
        help="Empty: the finding itself, which follows the data. The finding stands below a title of your own.",
        **link.kept(f"deck-slide-{key}", lambda title: keep(deck.said(place, title, slide.notes))),
    )
    if answer and (wrong := talk.unshown_numbers(slide.title, answer)):
        st.caption(plain(f"The title says {listing(wrong)}, which is nowhere on the slide. The finding: {finding}"))
    elif answer:
        st.caption(
            "A title of your own does not follow the data; here it is said where its numbers are not on the slide."
        )
    st.text_area(
        "Notes, only for you",
        slide.notes,
        max_chars=MOST_NOTES,
        **link.kept(f"deck-notes-{key}", lambda notes: keep(deck.said(place, slide.title, notes))),
    )
    st.toggle(
        "Content note before this slide",
        **link.written(f"deck-note-{key}", slide.is_warned, lambda on: keep(deck.warned(place, is_warned=on))),
    )
    st.caption(f"“{talk.content_note(slide.chart)}”")
    if answer:
        remark_form.show(key, slide.remarks, lambda remarks: keep(deck.remarked(place, remarks)))
        file = f"./present/file?deck={name}&slide={place + 1}&form="
        forms = ("svg", "png", "json", "xlsx", *(one for one in _OTHERS if not READABLE[one].lacks()))
        links = " · ".join(f'<a href="{html(file + one)}" target="_blank">{one.upper()}</a>' for one in forms)
        st.html(f'<p class="sub deck-files">This slide alone: {links}</p>')


def _by_time(name: str, decks: Decks) -> None:
    """Answer what this deck showed at a moment: its slides as they then were, and as of which entry."""
    kept = claims.record()
    if kept is None or claims.current_story().head is None:
        return
    st.html('<h3 class="deck-then">What did we show at …?</h3>')
    when = shown_then.moment("deck-time")
    if when is None:
        return
    try:
        deck = decks.as_of(name, when)
    except UnusableDeckError:
        st.caption("Nothing of this deck had been kept by then.")
        return
    entry = entry_of(kept, deck.frozen or when.isoformat())
    as_of = f", as of {shown_then.recorded(entry)}" if entry else ""
    titles = listing(one.title or (_SILENT if one.chart == SILENCE else _chart(one)) for one in deck.slides)
    address = f"?{urlencode({'deck': name, 'frozen': when.isoformat()})}"
    then = html(f"“{deck.title}”, {counted(len(deck.slides), 'slide')}{as_of}: {titles}.")
    st.html(
        f'<p class="sub deck-files">{then} <a href="./present{html(address)}" target="_blank">Show it as it was</a></p>'
    )


def _foot(name: str) -> None:
    """Present it, or take it away to leave it behind."""
    file = f"./present/file?deck={name}&form="
    ways = {f"{file}html": "One HTML file, offline", f"{file}html&notes=1": "the same with your notes"}
    ways |= {f"{file}{form}": form.upper() for form in _OTHERS if not READABLE[form].lacks()}
    links = " · ".join(f'<a href="{html(where)}" target="_blank">{words}</a>' for where, words in ways.items())
    lacking = "".join(f" · {one.upper()} needs {needs}" for one in _OTHERS if (needs := READABLE[one].lacks()))
    with st.container(horizontal=True, vertical_alignment="center", key="deck-foot"):
        st.html(f'<p class="sub">Leave behind: {links}{lacking}</p>', width="stretch")
        address = urljoin(st.context.url or "http://localhost:8501/", f"./present?deck={name}")
        code = square_code.drawn(address, "png")
        st.download_button("QR", code, f"{name}.png", "image/png", on_click="ignore", type="tertiary", key="deck-qr")
        st.link_button("Rehearse", f"./present?deck={name}&rehearse", help="With your notes and a clock, alone")
        st.link_button("Present", f"./present?deck={name}", type="primary")
