"""Observations: the delays behind a pooled figure, a row each, to be searched, parted and saved."""

from functools import partial
from math import isnan
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

import claims
from card import card
from contested.answers import Answer
from contested.chart import Chart
from contested.charts.observations import REACHED, split, took
from contested.drawing import html
from contested.export import table
from contested.model.times import brief_span, day
from contested.query.legend import Legend
from contested.query.rows import Row, each
from contested.query.selection import Selection
from sharing import link

PART, PAGE, FIND = "reached", "rows-from", "find-row"
"""The parameters of a link: which part is listed, from which row on, and what is searched."""
LISTED = 14
"""How many rows are on a page."""
MANY = 50_000
"""More rows are sent by the program while they are written: made in one piece they would take too much memory."""


def show(chart: Chart, selected: Selection) -> None:
    """Show the card, in which rows stand in the place of a figure."""
    card(claims.ask(chart.key, selected), body=_rows)


def _rows(answer: Answer) -> None:
    """List the rows of the part that is chosen, with what saves them all."""
    parts = {"all": answer.rows} | split(answer.rows, answer.legend.selection.target)
    with st.container(horizontal=True, key="controls-observations", gap="medium", vertical_alignment="bottom"):
        st.segmented_control(
            "Reached",
            list(parts),
            format_func=lambda part: f"{part} {len(parts[part]):,}",
            width="content",
            **link.one(PART, parts, "all"),
        )
        st.text_input("Search", placeholder="An event, a unit, an account", width=240, **link.text(FIND))
    asked = st.query_params.get(PART)
    rows = found(parts.get(asked or "all", answer.rows), st.query_params.get(FIND, ""), answer.legend)
    first = _first(len(rows))
    if rows.empty:
        st.markdown("No row fits. Take off the search, or choose another part.")
    else:
        has_years = len({moment.year for moment in answer.rows["started_earliest"].dropna()}) > 1
        st.html(written(rows.iloc[first : first + LISTED], answer.legend, has_years=has_years))
    _foot(answer, len(rows), first)


def found(rows: pd.DataFrame, words: str, legend: Legend) -> pd.DataFrame:
    """Keep the rows whose event, unit or account holds the words."""
    wanted = words.strip().casefold()
    if not wanted:
        return rows
    names = {key: f"{key} {legend.event(key)}".casefold() for key in rows["event_id"].unique()}
    heard = {key: legend.with_scenario().label(str(key)).casefold() for key in rows["account"].unique()}
    is_found = rows["event_id"].map(names).str.contains(wanted, regex=False)
    is_found |= rows["account"].map(heard).str.contains(wanted, regex=False)
    return rows[is_found | rows["unit"].fillna("").astype(str).str.casefold().str.contains(wanted, regex=False)]


def _first(number: int) -> int:
    """Give the number of the first row on the page that the link names."""
    said = st.query_params.get(PAGE, "")
    first = int(said) - 1 if said.isascii() and said.isdigit() and len(said) < 10 else 0  # noqa: PLR2004 digits
    return first // LISTED * LISTED if 0 <= first < number else 0


_UNSEEN = '<span class="unseen">its claims</span>'
"""The heading of the column of links, for those who hear the table."""


def written(rows: pd.DataFrame, legend: Legend, *, has_years: bool = False) -> str:
    """Write rows as an HTML table; a phone shows the start, the stop and how long it took."""
    target, start, stop = (getattr(legend.selection, name) for name in ("target", "start", "stop"))
    heads = {"Event": "wide", start.replace("_", " ").capitalize(): "", stop.replace("_", " ").capitalize(): ""}
    heads |= {"Took": "number", f"Within {target:g}" if target else "": "", "Known": "wide"}
    group = legend.selection.group
    heads |= {group.capitalize() if group else "": "wide", "Account" if len(legend.voices) > 1 else "": "wide", "": ""}
    names = [name for name in heads if name] + [""]
    top = "".join(f'<th class="{heads.get(name, "")}">{html(name) or _UNSEEN}</th>' for name in names)
    body = "".join(_row(row, legend, has_years=has_years) for row in each(rows))
    return f'<table class="rows"><tr>{top}</tr>{body}</table>'


def _row(row: Row, legend: Legend, *, has_years: bool) -> str:
    began = _when(row.started_earliest, row.started_latest, has_year=has_years)
    ended = _when(row.stopped_earliest, row.stopped_latest, has_year=has_years)
    if ended.rpartition(", ")[0] == began.rpartition(", ")[0]:
        ended = ended.rpartition(", ")[2]
    target = legend.selection.target
    unit = f", {row.unit}" if isinstance(row.unit, str) else ""
    is_reached = row.censored in REACHED
    cells = [("wide", html(f"{legend.event(row.event_id)}{unit}")), ("", html(began)), ("", html(ended))]
    cells.append(("number", html(took(row) if row.counts and is_reached else "–")))
    cells += [("", _within(row, target))] * (target is not None)
    cells.append(("wide", html(row.censored if is_reached else took(row))))
    cells += [("wide", html(row.group or "–"))] * (legend.selection.group is not None)
    cells += [("wide", html(legend.with_scenario().label(row.account)))] * (len(legend.voices) > 1)
    cells.append(("", f'<a href="{html(link.url("evidence", event=row.event_id))}" target="_self">claims</a>'))
    return "<tr>" + "".join(f'<td class="{kind}">{text}</td>' for kind, text in cells) + "</tr>"


def _within(row: Row, target: float | None) -> str:
    if not row.counts or target is None:
        return "–"
    low, high = row.shortest_minutes, row.longest_minutes
    if row.censored in REACHED and not isnan(high) and high <= target:
        return "yes"
    is_open = row.censored != "cleared" and (isnan(low) or low <= target)
    return "open" if is_open else "<b>no</b>"


def _when(first: pd.Timestamp, last: pd.Timestamp, *, has_year: bool) -> str:
    """Write when a milestone was, to the second where it is known to the moment."""
    if pd.isna(first) or pd.isna(last):
        return "–"
    if first != last:
        return brief_span(first, last)
    year = f" {first.year}" if has_year else ""
    return f"{day(first)}{year}, {first:%H:%M:%S}"


def sent(selected: Selection, form: str) -> str:
    """Write the address at which the program sends these rows while it writes them."""
    chosen = selected.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    chosen |= {name: str(getattr(selected, name)) for name in ("zone", "start", "stop")}
    pairs = [(name, one) for name, said in chosen.items() for one in (said if isinstance(said, list) else [said])]
    return f"./api/v1/answers/observations?{urlencode([*link.parameters(['story']), *pairs, ('format', form)])}"


def _foot(answer: Answer, number: int, first: int) -> None:
    """Lead to the rows before and after, and save all rows with how they were counted."""
    with st.container(horizontal=True, key="pages-of-rows", gap="medium", vertical_alignment="center"):
        if number:
            last = min(first + LISTED, number)
            st.html(f'<p class="sub">Rows {first + 1:,}–{last:,} of {number:,}</p>', width="content")
        for words, at in (("Previous", first - LISTED), ("Next", first + LISTED)):
            if 0 <= at < number:
                st.button(words, key=f"rows-{words}", type="tertiary", on_click=link.put, args=(PAGE, str(at + 1)))
    with st.container(horizontal=True, key="save-rows", gap="small", vertical_alignment="center"):
        st.html(f'<p class="sub"><b>Save all {len(answer.rows):,}</b></p>', width="content")
        is_sent = len(answer.rows) > MANY and link.FROZEN not in st.query_params
        for words, name, kind, write in (
            ("CSV", "observations.csv", "text/csv", lambda: "".join(table.csv_text(answer))),
            ("Parquet", "observations.parquet", "application/vnd.apache.parquet", partial(table.parquet, answer)),
            ("How counted", "how-counted.txt", "text/plain", partial(table.how_counted, answer)),
        ):
            if is_sent and kind != "text/plain":
                address = sent(answer.legend.selection, words.lower())
                st.html(f'<a class="save" href="{html(address)}" download="{name}">{words}</a>', width="content")
            else:
                st.download_button(words, write, name, kind, on_click="ignore", type="tertiary", key=f"rows-{name}")
    if answer.fine:
        st.html(f'<p class="fine">{html(answer.fine)}</p>')
