"""Delays: each account's own, all of them together, every clock, by which the others are set, and its parts."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import ceil, floor
from typing import NamedTuple

import streamlit as st

import claims
import clock_table
import delay_controls
from card import card, show_chart
from contested.analysis.timing.compared_groups import Sentence
from contested.analysis.timing.observations import narrowed
from contested.analysis.timing.targets import Share, percent
from contested.analysis.timing.units_on_scene import STARTS
from contested.answers import Answer
from contested.chart import Chart
from contested.charts import units_on_scene
from contested.charts.clocks import besides, grids, milestones_shown
from contested.charts.parts_of_the_clock import Line, lines
from contested.charts.pooled_delays.groups import Summary, groups, summaries
from contested.charts.pooled_delays.sentences import beside, compare
from contested.drawing import glyph_html, html
from contested.query.legend import Legend
from contested.query.selection import Selection
from contested.query.story_form import Form
from contested.theme import hue
from panel import room
from sharing import link

SEGMENTS = {
    "response-delays": "Each account",
    "pooled-delays": "All delays together",
    "clocks": "Every clock",
    "parts-of-the-clock": "Parts of the clock",
    "units-on-scene": "Units on scene",
}
"""What the view shows one of, by the charts: the words of the switch between them."""
ROWS = "The observations behind these figures"
SEGMENT = "delays"
"""The parameter of a link that names one."""


def show(chart: Chart, selected: Selection) -> None:
    """Show the chart that the link names, under a switch between all."""
    asked = st.query_params.get(SEGMENT)
    usual = _usual(chart, selected)
    key = asked if asked in SEGMENTS else usual
    bodies: dict[str, Callable[[Answer], None]] = {
        "pooled-delays": _pooled,
        "clocks": _clocks,
        "parts-of-the-clock": _parts,
        "units-on-scene": _units,
    }
    card(claims.ask(key, selected), controls=partial(_segments, usual), body=bodies.get(key))


def _usual(chart: Chart, selected: Selection) -> str:
    """Name what is shown where the link names nothing: all delays together where they are grouped, or of one log."""
    held = claims.holdings()
    is_one_log = held.form is Form.LOG and held.accounts == 1
    return "pooled-delays" if selected.group or is_one_log else chart.key


def _segments(usual: str) -> None:
    st.segmented_control(
        "Delays",
        list(SEGMENTS),
        format_func=SEGMENTS.__getitem__,
        label_visibility="collapsed",
        **link.one(SEGMENT, SEGMENTS, usual),
    )


def _pooled(answer: Answer) -> None:
    """Show what the clock and the groups are, then the figure with its numbers."""
    controls(answer.legend.selection)
    with_numbers(answer)


def with_numbers(answer: Answer) -> None:
    """Show the figure of all delays together, and beside it, or below it on a phone, the numbers."""
    targets = answer.legend.selection.target_minutes
    listed, is_grouped = summaries(answer.rows, answer.legend), bool(answer.legend.selection.group)
    addresses = (partial(_observations, answer.legend), partial(_alone, answer.legend) if is_grouped else None)
    numbers = table(listed, targets, *addresses)
    with st.container(horizontal=True, key="pooled"):
        with st.container(key="pooled-plot"):
            show_chart(answer, room.beside(room.of_page(room.window())) if numbers else None)
        if numbers:
            with st.container(key="pooled-table", width=room.BESIDE):
                between = sentence(compare(groups(answer.rows, answer.legend), answer.legend))
                st.html(f'{numbers}{between}<p class="sub">{html(beside(answer.rows, answer.legend))}</p>')
                st.html(f'<p class="sub"><a href="{html(link.url("observations"))}" target="_self">{ROWS}</a></p>')


def controls(selected: Selection) -> None:
    """Let the reader choose the clock, what is compared, the target, and which calls count."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="delay-controls"):
        delay_controls.clock(selected)
        delay_controls.group_by(selected)
        delay_controls.target(selected)
        delay_controls.calls(selected)


def _observations(legend: Legend, one: Summary) -> str:
    """Give the address of the observations behind the figures of one account, or of one of its groups."""
    return link.url("observations", **narrowed(one.group.row, legend))


def _alone(legend: Legend, one: Summary) -> str:
    """Give the address of the delays of one group alone."""
    chosen = narrowed(one.group.row, legend) | {"group": [], SEGMENT: ["pooled-delays"]}
    return link.url("response-delays", **chosen)


def table(
    listed: list[Summary],
    targets: Sequence[float],
    address: Callable[[Summary], str] | None = None,
    alone: Callable[[Summary], str] | None = None,
) -> str:
    """Write n, median, 90 % and the share within each target of each account, or of each group of calls, as HTML.

    The n leads to an address, where there is one; the name of a group leads to it `alone`.
    """
    if not any(one.median for one in listed):
        return ""
    scale = _scale(listed) if len(listed) > _NO_RANGES and len(targets) == 1 else None
    heads = ["Group" if alone else "Account", "n", "median", "90%"]
    heads += [f"{'within ' * (not place)}{one:g} min" for place, one in enumerate(targets)]
    heads += [f"{scale[0]:.0%} – {scale[1]:.0%}"] if scale else []
    marked = [*[""] * 4, *[""] * len(targets), ' class="range"']
    names = "".join(f"<th{mark}>{html(head)}</th>" for head, mark in zip(heads, marked, strict=False))
    look = _Look(len(targets), scale, len(listed) > _NO_RANGES)
    rows = "".join(_row(one, look, address, alone) for one in listed)
    kind = " ".join(["small", *["ranged"] * bool(scale), *["several"] * (len(targets) > 1)])
    return f'<table class="{kind}"><tr>{names}</tr>{rows}</table>'


_NO_RANGES = 4
"""Of more groups each has its interval drawn, on one scale."""


def _scale(listed: list[Summary]) -> tuple[float, float] | None:
    """Give whole tens that hold all intervals."""
    first = [one.shares[0] for one in listed if one.shares]
    if not first:
        return None
    return floor(min(one.least for one in first) * 10) / 10, ceil(max(one.most for one in first) * 10) / 10


class _Look(NamedTuple):
    """How the rows of a table look: how many targets, the scale of the first if it is drawn, and whether names do."""

    targets: int
    scale: tuple[float, float] | None
    is_named: bool
    """Whether rows are told apart by their names alone, else also by the shape and the colour of their line."""


def _row(
    one: Summary, look: _Look, address: Callable[[Summary], str] | None, alone: Callable[[Summary], str] | None
) -> str:
    voice = one.group.voice
    name = (
        html(voice.label)
        if look.is_named
        else f'<span style="color:var(--l{hue(voice.number)})">{html(voice.label)}</span>'
    )
    if alone:
        name = f'<a href="{html(alone(one))}" target="_self" title="This group alone">{name}</a>'
    glyph = "" if look.is_named else f"{glyph_html(voice.number, voice.form)} "
    if not one.median:
        few = f'<td class="few" colspan="{2 + look.targets + bool(look.scale)}">fewer than 10: no percentile</td>'
        return f"<tr><td>{glyph}{name}</td>{_n(one, address)}{few}</tr>"
    cells = _n(one, address) + "".join(f"<td>{html(cell)}</td>" for cell in (one.median, one.p90))
    cells += "".join(map(_share, one.shares))
    return f"<tr><td>{glyph}{name}</td>{cells}{_range(one, look.scale)}</tr>"


def _share(one: Share) -> str:
    """Write a share with its interval."""
    interval = f"{one.least:.0%}–{one.most:.0%}"
    return f'<td>{html(percent(one.low, one.high))} <span class="interval">{html(interval)}</span></td>'


def _n(one: Summary, address: Callable[[Summary], str] | None) -> str:
    """Write how many there are, as a link to them."""
    if address is None:
        return f"<td>{html(one.n)}</td>"
    return (
        f'<td><a href="{html(address(one))}" target="_self" title="The observations behind it">{html(one.n)}</a></td>'
    )


def _range(one: Summary, scale: tuple[float, float] | None) -> str:
    """Draw the interval of a share as a bar with its middle, on the scale of all."""
    if scale is None or not one.shares:
        return ""
    first = one.shares[0]
    ends = (first.least, (first.low + first.high) / 2, first.most)
    least, middle, most = ((end - scale[0]) / (scale[1] - scale[0]) * 100 for end in ends)
    bar = f'<b style="left:{least:.1f}%;width:{most - least:.1f}%"></b><u style="left:{middle:.1f}%"></u>'
    return f'<td class="range"><i>{bar}</i></td>'


def sentence(between: Sentence | None) -> str:
    """Write how two groups differ as HTML, the difference in bold."""
    if between is None:
        return ""
    return f"<p>{html(between.before)}<b>{html(between.difference)}</b>{html(between.after)}</p>"


def _parts(answer: Answer) -> None:
    """Show the parts of the clock by what calls are grouped by, each beside its objective."""
    selected = answer.legend.selection
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="part-controls"):
        delay_controls.group_by(selected)
        delay_controls.target(selected)
    show_chart(answer)
    if listed := lines(answer.rows, answer.legend):
        st.html(parts_table(listed, is_grouped=bool(selected.group)))


def parts_table(listed: list[Line], *, is_grouped: bool) -> str:
    """Write each part of each account, or of each group of calls, beside its objective as HTML."""
    group = "Group" if is_grouped else "Account"
    heads = {"Part": "", group: "", "n": "", "90%": "", "95% interval": "wide", "objective": ""}
    heads |= {"within the objective (95%)": "wide", "without it": "wide"}
    return _listed(heads, [[one.part, one.name, one.n, one.p90 or "too few", *one[4:]] for one in listed])


def _listed(heads: Mapping[str, str], rows: Sequence[Sequence[str]]) -> str:
    """Write rows as HTML under their heads, each with its class; what the first cell says is said once."""
    kinds = [f' class="{kind}"' if kind else "" for kind in heads.values()]
    named = "".join(f"<th{kind}>{html(head)}</th>" for kind, head in zip(kinds, heads, strict=True))
    told = []
    for before, cells in zip([None, *rows], rows, strict=False):
        shown = ["" if before and before[0] == cells[0] else cells[0], *cells[1:]]
        told.append("".join(f"<td{kind}>{html(cell)}</td>" for kind, cell in zip(kinds, shown, strict=True)))
    body = "".join(f"<tr>{cells}</tr>" for cells in told)
    return f'<table class="small parts"><tr>{named}</tr>{body}</table>'


def _units(answer: Answer) -> None:
    """Show when each further unit was on scene, by what starts the clock and what calls are grouped by."""
    selected = answer.legend.selection
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="unit-controls"):
        delay_controls.start(STARTS, units_on_scene.started(answer.legend))
        delay_controls.group_by(selected)
        delay_controls.target(selected)
        delay_controls.calls(selected)
    show_chart(answer)
    if listed := units_on_scene.lines(answer.rows, answer.legend):
        st.html(units_table(listed, is_grouped=bool(selected.group)))


def units_table(listed: Sequence[units_on_scene.Line], *, is_grouped: bool) -> str:
    """Write each unit of each account, or of each group of calls, beside its objective as HTML."""
    group = "Group" if is_grouped else "Account"
    heads = {"Unit": "", group: "", "n": "", "median": "wide", "90%": "", "95% interval": "wide", "objective": ""}
    heads |= {"within the objective (95%)": "wide", "sent, not all came": "wide", "fewer sent": "", "not told": "wide"}
    return _listed(heads, [[*one[:4], one.p90 or "too few", *one[5:]] for one in listed])


def _clocks(answer: Answer) -> None:
    """Show a table for each account, of which a cell sets the clock of every view."""
    told, selected = grids(answer.rows, answer.legend), answer.legend.selection
    address = partial(link.url, "response-delays", **{SEGMENT: "clocks"})
    shown = clock_table.tables(told, *milestones_shown(answer.rows, answer.legend), selected, address)
    silent = f'<p class="sub">{html(besides(answer.rows, answer.legend))}</p>'
    st.html(f"{shown}{clock_table.KEY}{silent}" if told else silent)
