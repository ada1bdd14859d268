"""The mount of the chips: what each account's says, and the parameters of the link that a press writes.

A closed group of accounts has one chip, which opens. The browser only says which chip was pressed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

import claims
from browser_component import BrowserComponent
from contested.drawing import glyph_svg, html
from contested.model.story import Story
from contested.model.wording import capital, counted, cut
from contested.query.facets import Facets
from contested.query.legend import Lane, Legend, Voice
from contested.query.selection import NOBODY, By, Selection
from contested.query.voices import voices
from live import fresh
from sharing import link

KEY = "chips"
ROOM, SHOWN = 14, 7
"""How many chips stand on the page; of more only the accounts with most claims have one, the others are searched."""
_LONGEST = 28
_IS_SIDE = "side"
"""The position of an account that is one of the sides of the story."""
_COMPONENT = BrowserComponent("chips", Path(__file__).parent / "browser", ("chips.js",))


def show(story: Story, facets: Facets, selected: Selection) -> None:
    """Show a chip for each account and closed group; of one account only a line that it tells everything."""
    every = voices(story, facets, By.ACCOUNT)
    if len(every) < 2:  # noqa: PLR2004 nothing to choose from
        st.html("".join(f'<p class="stamp">{html(capital(one.label))} tells everything here.</p>' for one in every))
        return
    lanes = Legend(every, selected.model_copy(update={"open_groups": ()})).lanes()
    near, far = most_heard(lanes, facets.accounts)
    new = fresh.by_account()
    counts = claims.claims_by_account(selected.model_copy(update={"account": ()}))
    heard, all_keys = selected.account or tuple(one.key for one in every), [one.key for one in every]
    shown = [_chip(story, lane, counts, heard, selected, new) for lane in near]
    _COMPONENT.mount(
        key=KEY,
        data={"chips": shown},
        on_press_change=lambda: _press(st.session_state[KEY]["press"], heard, all_keys),
        on_open_change=lambda: _open(st.session_state[KEY]["open"], selected),
    )
    if far:
        _others(far, counts, heard, all_keys)


def most_heard(lanes: list[Lane], claims_of: Mapping[str, int]) -> tuple[list[Lane], list[Voice]]:
    """Part the lanes into those that have a chip, in the story's order, and the accounts that are searched."""
    if len(lanes) <= ROOM:
        return lanes, []
    by_claims = sorted(lanes, key=lambda lane: -sum(claims_of.get(one.key, 0) for one in lane.voices))
    first = {lane.key for lane in by_claims[:SHOWN]}
    near = [lane for lane in lanes if lane.key in first]
    return near, [one for lane in lanes if lane.key not in first for one in lane.voices]


def after_press(pressed: Collection[str], heard: Collection[str], all_keys: Sequence[str]) -> list[str]:
    """Give the accounts that are heard after a press of a chip: where any of its own was, none of them, else all.

    All accounts are the empty list, as in a link; after the last is turned off nobody is heard.
    """
    was_on = not set(pressed).isdisjoint(heard)
    kept = [one for one in all_keys if (one not in pressed and one in heard) or (one in pressed and not was_on)]
    return [] if len(kept) == len(all_keys) else kept or [NOBODY]


def _press(pressed: list[str] | None, heard: Collection[str], all_keys: Sequence[str]) -> None:
    if pressed:
        link.write({"account": after_press(pressed, heard, all_keys)})


def _open(group: str | None, selected: Selection) -> None:
    if group:
        others = [one for one in selected.open_groups if one != group]
        link.write({"open_groups": others if group in selected.open_groups else [*others, group]})


def _chip(  # noqa: PLR0913, PLR0917 what a chip says of a lane
    story: Story,
    lane: Lane,
    counts: Mapping[str, int],
    heard: Collection[str],
    selected: Selection,
    new: Mapping[str, int],
) -> dict[str, Any]:
    """Describe the chip of a lane, with those of its accounts where it is an open group."""
    told, fresh_ones = (sum(number.get(one.key, 0) for one in lane.voices) for number in (counts, new))
    of = f"{counted(len(lane.voices), 'account')}, " if lane.is_closed_group else ""
    made = {
        "keys": [one.key for one in lane.voices],
        "name": cut(lane.label, _LONGEST),
        "count": f"{of}{told:,}",
        "words": f"{lane.label}, {of}{counted(told, 'claim')}",
        "about": "" if lane.is_closed_group else _about(story, lane.key),
        "side": "" if lane.is_closed_group else _side(story, lane.key) or _position(story, lane.key),
        "new": f"{fresh_ones:,} new" if fresh_ones else "",
        "on": any(one.key in heard for one in lane.voices),
        "shapes": [glyph_svg(lane.number, lane.shape, is_hollow=hollow) for hollow in (False, True)],
    }
    if lane.is_closed_group:
        is_open = lane.key in selected.open_groups
        members = [Lane(one.key, one.label, one.number, one.form, (one,)) for one in lane.voices] if is_open else []
        made |= {"group": lane.key, "open": is_open}
        made["members"] = [_chip(story, one, counts, heard, selected, new) for one in members]
    return made


def _side(story: Story, account: str) -> str:
    """Name the side that an account is, where all that it tells is told on one."""
    found = story.accounts.get(account)
    if found is None or found.position != _IS_SIDE:
        return ""
    sides = claims.sides_of(account)
    return story.package.sides.get(sides[0], "") if len(sides) == 1 else ""


def _position(story: Story, account: str) -> str:
    """Say what an account is that stands apart from others of its kind, unless its name says so."""
    found = story.accounts.get(account)
    if found is None or found.position in {None, _IS_SIDE} or found.group:
        return ""
    words = str(found.position)
    shared = sum(one.position == words for one in story.accounts.values())
    return words if shared > 1 and words.casefold() not in found.label.casefold() else ""


def _about(story: Story, account: str) -> str:
    """Describe an account in the words of the story's editor."""
    found = story.accounts.get(account)
    return found.description or "" if found else ""


def _others(far: list[Voice], counts: Mapping[str, int], heard: Collection[str], all_keys: Sequence[str]) -> None:
    """Offer the accounts that have no chip to be searched."""
    labels = {one.key: f"{one.label} ({counts.get(one.key, 0):,})" for one in far}
    st.session_state["others"] = [one for one in labels if one in heard]
    with st.popover(f"{len(far)} more", key="more-accounts", width="content"):
        st.multiselect(
            "Accounts that are heard",
            list(labels),
            format_func=labels.__getitem__,
            key="others",
            on_change=_hear,
            args=(labels, heard, all_keys),
        )


def _hear(among: Iterable[str], heard: Collection[str], all_keys: Sequence[str]) -> None:
    chosen, searched = st.session_state["others"], set(among)
    kept = [one for one in all_keys if (one in chosen if one in searched else one in heard)]
    link.write({"account": [] if len(kept) == len(all_keys) else kept or [NOBODY]})
