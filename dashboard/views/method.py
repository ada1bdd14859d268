"""Method: how everything is counted, written by the code that counts."""

import pandas as pd
import streamlit as st

import claims
import last_visit
from contested.charts import CHARTS
from contested.cli import codebook
from untrusted import plain

READABLE = 760
"""Pixels of about 75 characters."""


def show() -> None:
    """Show every chart, field, list of words and default, and the accounts of the story."""
    story = claims.story()
    st.title("Method", anchor=False)
    st.caption("How everything is counted, written by the code that counts.")
    _accounts()
    st.header("Charts")
    for chart in CHARTS:
        st.subheader(chart.name)
        st.container(width=READABLE).markdown(codebook.chart_section(chart))
        with st.expander(f"SQL of {chart.name}"):
            st.code(chart.question.strip(), language="sql", wrap_lines=True)
    st.header("What the charts ask")
    st.container(width=READABLE).markdown(codebook.relations_section())
    for heading, table in (
        ("Fields of a claim", codebook.fields()),
        ("Lists of words", codebook.vocabularies()),
        ("Choices and their defaults", codebook.defaults()),
    ):
        st.header(heading)
        _table(table)
    st.container(width=READABLE).markdown(codebook.assumptions())
    st.header("What is remembered")
    st.container(width=READABLE).markdown(last_visit.COOKIE_NOTICE)
    st.caption(plain(story.package.title))


def _accounts() -> None:
    """Say who is meant by each account of the story."""
    accounts = claims.story().accounts.values()
    if accounts:
        st.header("Accounts of this story")
        _table(
            [{"account": plain(one.label), "who is meant": plain(one.description or "not said")} for one in accounts]
        )


def _table(rows: codebook.Table) -> None:
    st.table(pd.DataFrame(rows).set_index(next(iter(rows[0]))))
