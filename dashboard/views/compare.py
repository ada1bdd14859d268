"""Compare: where the accounts differ, question by question."""

import pandas as pd
import streamlit as st

import claims
import link
from card import card, evidence
from contested.chart import Chart
from contested.legend import Legend
from contested.matrix import Line
from contested.selection import Selection
from contested.wording import counted
from untrusted import plain

TOP = 5


def show(chart: Chart, selected: Selection) -> None:
    """Show the matrix, the claims behind one question, and every pair of positions."""
    st.title(chart.name, anchor=False)
    st.caption(plain(claims.story().package.title))
    answer, lines = claims.ask(chart.key, selected), claims.matrix(selected)
    with st.container(border=True):
        answered = sum(bool(line.cells) for line in lines)
        st.header(f"{counted(answered, 'question')}, the most disputed first", anchor=False)
        st.caption("Each cell is what the account says, and how it stands to the others. Silence is not agreement.")
        questions = [line.question for line in lines]
        asked = st.selectbox(
            "Show one question and the claims on it",
            questions,
            placeholder="All questions",
            **link.one("question", questions),
        )
        shown = [line for line in lines if asked in {None, line.question}]
        table(shown, answer.legend)
        if asked:
            _behind(shown)
        elif len(lines) > answered:
            st.caption("The last are asked of such events, and nobody in view says.")
        st.caption(plain(answer.stamp()))
    card(answer)


def most_disputed(selected: Selection) -> None:
    """Show the questions on which the accounts differ most."""
    answer, lines = claims.ask("disagreements", selected), claims.matrix(selected)
    with st.container(border=True):
        st.header("Where the accounts differ most", anchor=False)
        st.caption(plain(answer.title))
        table([line for line in lines if line.disagreeing][:TOP], answer.legend)
        st.caption(plain(answer.stamp()))


def table(lines: list[Line], legend: Legend) -> None:
    """Show questions by accounts; an account that is silent on all of them is named below."""
    heard = [voice for voice in legend.voices if any(voice.key in line.cells for line in lines)] or legend.voices
    rows = [
        {voice.label: _cell(line, voice.key) for voice in heard} | {"question": plain(line.question)} for line in lines
    ]
    if rows:
        st.table(pd.DataFrame(rows).set_index("question"))
    silent = [voice.label for voice in legend.voices if voice not in heard]
    if silent:
        st.caption(plain(f"Silent on all of these: {', '.join(silent)}."))


def _cell(line: Line, account: str) -> str:
    cell = line.cells.get(account)
    return f"{plain(cell.said)} *{cell.state}*" if cell else f"*{line.silence}*"


def _behind(lines: list[Line]) -> None:
    wanted = {claim_id for line in lines for cell in line.cells.values() for claim_id in cell.claim_ids}
    for claim in claims.story().claims:
        if claim.claim_id in wanted:
            evidence(claim)
