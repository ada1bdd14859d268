"""Delays: each account's own, all of them together, every clock, by which the others are set, and its parts."""

from collections.abc import Callable
from functools import partial
from math import ceil, floor

import streamlit as st

import claims
import clock_table
import delay_controls
import link
from card import card, show_chart
from contested.analysis.timing.compared_groups import Sentence
from contested.answers import Answer
from contested.chart import Chart
from contested.charts.clocks import grids, milestones_shown, unrun
from contested.charts.parts_of_the_clock import Line, lines
from contested.charts.pooled_delays import Summary, beside, compare, groups, summaries
from contested.drawing import glyph_html, html
from contested.query.selection import By, Selection
from contested.query.story_form import Form
from panel import room

SEGMENTS = {
    "response-delays": "Each account",
    "pooled-delays": "All delays together",
    "clocks": "Every clock",
    "parts-of-the-clock": "Parts of the clock",
}
"""What the view shows one of, by the charts: the words of the switch between them."""
ROWS = "The observations behind these figures"
SEGMENT = "delays"
"""The parameter of a link that names one."""


def show(chart: Chart, selected: Selection) -> None:
    """Show the chart that the link names, under a switch between the four."""
    asked = st.query_params.get(SEGMENT)
    usual = _usual(chart, selected)
    key = asked if asked in SEGMENTS else usual
    bodies: dict[str, Callable[[Answer], None]] = {
        "pooled-delays": _pooled,
        "clocks": _clocks,
        "parts-of-the-clock": _parts,
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
    target = answer.legend.selection.target_minutes
    listed, is_grouped = summaries(answer.rows, answer.legend), bool(answer.legend.selection.group)
    numbers = table(listed, target, partial(_observations, answer.legend.selection), is_grouped=is_grouped)
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


def _observations(selected: Selection, one: Summary) -> str:
    """Give the address of the observations behind the figures of one account, or of one of its groups."""
    row, chosen = one.group.row, {}
    if selected.group and isinstance(row.group_value, str):
        chosen["where"] = f"{selected.group}={row.group_value}"
    if not selected.account and not row.mixed and selected.by is By.ACCOUNT:
        chosen["account"] = str(row.account)
    return link.url("observations", **chosen)


def table(
    listed: list[Summary],
    target: float | None,
    address: Callable[[Summary], str] | None = None,
    *,
    is_grouped: bool = False,
) -> str:
    """Write n, median, 90 % and the share within a target of each account, or of each group of calls, as HTML.

    The n leads to an address, where there is one.
    """
    if not any(one.median for one in listed):
        return ""
    scale = _scale(listed) if len(listed) > _NO_RANGES else None
    heads = ["Group" if is_grouped else "Account", "n", "median", "90%"]
    heads += [f"within {target:g} min"] if target else []
    heads += [f"{scale[0]:.0%} – {scale[1]:.0%}"] if scale else []
    marked = [*[""] * 4, *[""] * bool(target), ' class="range"']
    names = "".join(f"<th{mark}>{html(head)}</th>" for head, mark in zip(heads, marked, strict=False))
    rows = "".join(map(partial(_row, address=address, has_target=bool(target), scale=scale), listed))
    kind = "small ranged" if scale else "small"
    return f'<table class="{kind}"><tr>{names}</tr>{rows}</table>'


_NO_RANGES = 4
"""Of more groups each has its interval drawn, on one scale."""


def _scale(listed: list[Summary]) -> tuple[float, float] | None:
    """Give whole tens that hold all intervals."""
    ends = [one.ends for one in listed if one.ends]
    if not ends:
        return None
    return floor(min(least for least, _, _ in ends) * 10) / 10, ceil(max(most for _, _, most in ends) * 10) / 10


def _row(
    one: Summary, *, address: Callable[[Summary], str] | None, has_target: bool, scale: tuple[float, float] | None
) -> str:
    voice = one.group.voice
    name = html(voice.label) if scale else f'<span style="color:var(--l{voice.number % 7})">{html(voice.label)}</span>'
    glyph = "" if scale else f"{glyph_html(voice.number, voice.form)} "
    if not one.median:
        few = f'<td class="few" colspan="{2 + has_target + bool(scale)}">fewer than 10: no percentile</td>'
        return f"<tr><td>{glyph}{name}</td>{_n(one, address)}{few}</tr>"
    cells = _n(one, address) + "".join(f"<td>{html(cell)}</td>" for cell in (one.median, one.p90))
    share = f'<td>{html(one.within)} <span class="interval">{html(one.interval)}</span></td>' if has_target else ""
    return f"<tr><td>{glyph}{name}</td>{cells}{share}{_range(one, scale)}</tr>"


def _n(one: Summary, address: Callable[[Summary], str] | None) -> str:
    """Write how many there are, as a link to them."""
    if address is None:
        return f"<td>{html(one.n)}</td>"
    return (
        f'<td><a href="{html(address(one))}" target="_self" title="The observations behind it">{html(one.n)}</a></td>'
    )


def _range(one: Summary, scale: tuple[float, float] | None) -> str:
    """Draw the interval of a share as a bar with its middle, on the scale of all."""
    if scale is None or one.ends is None:
        return ""
    least, middle, most = ((end - scale[0]) / (scale[1] - scale[0]) * 100 for end in one.ends)
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
    heads = ["Part", "Group" if is_grouped else "Account", "n", "90%", "95% interval", "objective"]
    heads += ["within the objective (95%)", "without it"]
    kinds = ["", "", "", "", ' class="wide"', "", ' class="wide"', ' class="wide"']
    named = "".join(f"<th{kind}>{html(head)}</th>" for kind, head in zip(kinds, heads, strict=True))
    rows = []
    for before, one in zip([None, *listed], listed, strict=False):
        part = "" if before and before.part == one.part else one.part
        cells = [part, one.name, one.n, one.p90 or "too few", *one[4:]]
        rows.append("".join(f"<td{kind}>{html(cell)}</td>" for kind, cell in zip(kinds, cells, strict=True)))
    body = "".join(f"<tr>{cells}</tr>" for cells in rows)
    return f'<table class="small parts"><tr>{named}</tr>{body}</table>'


def _clocks(answer: Answer) -> None:
    """Show a table for each account, of which a cell sets the clock of every view."""
    told, selected = grids(answer.rows, answer.legend), answer.legend.selection
    address = partial(link.url, "response-delays", **{SEGMENT: "clocks"})
    shown = clock_table.tables(told, *milestones_shown(answer.rows, answer.legend), selected, address)
    silent = f'<p class="sub">{html(unrun(answer.rows, answer.legend))}</p>'
    st.html(f"{shown}{clock_table.KEY}{silent}" if told else silent)
