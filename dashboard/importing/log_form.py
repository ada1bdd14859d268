"""Form: what the columns of a log hold: the steps of a response in their order, groups to compare, call and unit."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from contested.drawing import html
from contested.ingest.first_look import filled_share
from contested.ingest.guesses import Guess
from contested.ingest.mapping import MILESTONES, Column
from contested.ingest.row import Row
from contested.model.wording import counted
from importing.columns_form import LEFT_OUT, Asked, label, row
from importing.examination import Dropped
from untrusted import plain

MOST_VALUES = 40
"""A column of more values is no group to compare by."""
_ROLES = (("event_id", "Call"), ("responding_unit", "Unit"), ("place", "Place"), ("outcome", "What became of it"))
"""What one column of a log holds besides its steps."""


def columns(every: Sequence[Asked], rows: Sequence[Row], dropped: Dropped) -> list[Guess]:
    """Ask for the steps, the groups, and the columns of call, unit and place; the others are left out."""
    steps = [one for one in every if one.guess.field in {*MILESTONES, "when", "time", "epoch"} or _is_codes(one)]
    rest = [one for one in every if one not in steps]
    found: dict[int, Guess] = {}
    left, right = st.columns(2, gap="large")
    with left.container(gap=None):
        st.html('<p class="part">Steps of the response <span>in their order, and how much of each is filled</span></p>')
        for one in sorted(steps, key=_order):
            found[one.number] = _step(one, rows, dropped)
    with right:
        roles = _roles(rest, dropped)
        groups = _groups([one for one in rest if one.number not in roles], dropped)
        for one in rest:
            holds = roles.get(one.number) or (Column(holds="group") if one.number in groups else None)
            found[one.number] = one.guess._replace(holds=holds)
        spare = [one for one in rest if found[one.number].holds is None]
        if spare:
            names = ", ".join(one.guess.column for one in spare[:4]) + " …" * (len(spare) > 4)  # noqa: PLR2004 a few
            with st.expander(plain(f"{counted(len(spare), 'column')} left out: {names}. They stay in the file.")):
                for one in spare:
                    found[one.number] = row(one._replace(guess=one.guess._replace(holds=None, score=0)), dropped)
    return [found[one.number] for one in every]


def _is_codes(one: Asked) -> bool:
    return bool(one.guess.holds and one.guess.holds.meanings)


def _order(one: Asked) -> tuple[int, int]:
    field = one.guess.field
    return (MILESTONES.index(field) if field in MILESTONES else -1), one.number


def _step(one: Asked, rows: Sequence[Row], dropped: Dropped) -> Guess:
    """Draw one step: what it is, in which column, and how much of the column is filled."""
    if _is_codes(one) or (one.guess.holds and one.guess.holds.since):
        return row(one, dropped)
    with st.container(gap=None, key=f"column-row-{one.number}"):
        holds, name, share = st.columns([4, 4, 1], vertical_alignment="center")
        choices = list(dict.fromkeys([*MILESTONES, one.guess.field, "when", "time", LEFT_OUT]))
        chosen = holds.selectbox(
            plain(f"What {one.guess.column} holds"),
            choices,
            format_func=lambda field: label(field).removeprefix("Step: "),
            key=dropped.asks(f"column-{one.number}", one.guess.field or LEFT_OUT, choices),
            label_visibility="collapsed",
        )
        name.html(f'<p class="column-name">{html(one.guess.column)}</p>')
        share.html(f'<p class="column-sure">{filled_share(one.guess.column, rows):.0%}</p>')
    return one.guess._replace(holds=None if chosen == LEFT_OUT else Column(holds=str(chosen)))


def _groups(rest: Sequence[Asked], dropped: Dropped) -> set[int]:
    """Offer the columns of few values as groups to compare by, each with how many values it has."""
    values = {one.number: len(set(one.sample.cells)) for one in rest}
    fitting = [one for one in rest if one.guess.field == "group" or 1 < values[one.number] <= MOST_VALUES]
    names = {one.number: f"{one.guess.column} {values[one.number]}" for one in fitting}
    if not names:
        return set()
    st.html('<p class="part">Groups to compare <span>how many different values each has</span></p>')
    first = [one.number for one in fitting if one.guess.field == "group"]
    key = dropped.asks("groups", first)
    st.session_state[key] = [one for one in st.session_state[key] if one in names]
    chosen = st.pills(
        "Groups to compare",
        list(names),
        selection_mode="multi",
        format_func=lambda number: plain(names[number]),
        key=key,
        label_visibility="collapsed",
    )
    return set(chosen)


def _roles(rest: Sequence[Asked], dropped: Dropped) -> dict[int, Column]:
    """Ask which column names the call, the unit, the place and the outcome."""
    st.html('<p class="part">Which call, which unit, where</p>')
    names: dict[int | None, str] = {None: "none", **{one.number: one.guess.column for one in rest}}
    found: dict[int, Column] = {}
    places: list[Any] = [*st.columns(2), *st.columns(2)]
    for (role, words), place in zip(_ROLES, places, strict=True):
        first = next((one.number for one in rest if one.guess.field == role), None)
        key = dropped.asks(f"role-{role}", first)
        with place:
            chosen = st.selectbox(words, list(names), format_func=names.__getitem__, key=key)
        if chosen is not None:
            found.setdefault(chosen, Column(holds=role))
    return found
