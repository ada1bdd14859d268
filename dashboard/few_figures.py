"""Figures too few for a chart: of one account that gives at most two, a table says what, how many, and when."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from contested.answers import Answer
from contested.charts.casualty_counts.marks import said_when, written
from contested.drawing import html
from contested.model.wording import capital
from contested.query.rows import Row, each

MOST = 2
"""Up to how many figures stand in a table."""


def body(answer: Answer) -> Callable[[Answer], None] | None:
    """Give what writes the table in the place of the figure; nothing where there is something to draw."""
    is_few = answer.chart.key == "casualty-counts" and len(answer.legend.voices) == 1
    return _write if is_few and 0 < len(answer.rows) <= MOST else None


def _write(answer: Answer) -> None:
    st.html(table(answer))


def table(answer: Answer) -> str:
    """Write the figures as HTML."""
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("What", "People", "Said"))
    return f'<table class="small"><tr>{heads}</tr>{"".join(map(_row, each(answer.rows)))}</table>'


def _row(row: Row) -> str:
    parts = (row.measure, row.victims, row.definition)
    what = capital(", ".join(part for part in parts if isinstance(part, str)))
    words = row.figure_words if isinstance(row.figure_words, str) else "no number"
    figure = words if pd.isna(row.height) else written(row)
    heard = " (hearsay)" if row.hearsay else ""
    when = said_when(row) or "nobody says when"
    return f"<tr><td>{html(what)}</td><td><b>{html(figure)}</b>{heard}</td><td>{html(when)}</td></tr>"
