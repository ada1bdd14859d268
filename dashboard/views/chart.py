"""One chart on a page of its own."""

import streamlit as st

import claims
from card import card
from contested.chart import Chart
from contested.query.selection import Selection
from untrusted import plain


def show(chart: Chart, selected: Selection) -> None:
    """Show a chart for the claims that the viewer selected."""
    st.title(chart.name, anchor=False)
    st.caption(plain(claims.story().package.title))
    card(claims.ask(chart.key, selected))
