"""Compare: where the accounts differ, question by question."""

from collections import Counter

import pandas as pd
import streamlit as st

import claims
import link
from card import card, show_claims
from contested.analysis.comparison.matrix import Line
from contested.chart import Chart
from contested.model.wording import counted, distinct
from contested.query.legend import Legend
from contested.query.selection import Selection
from untrusted import plain

TOP, FIRST, OFFERED = 5, 15, 500
NONE = "Nobody in view answers a question"
HUES = {"≠": "red", "×": "orange", "≁": "orange", "¬": "violet", "≈": "blue", "=": "green"}
"""The colour of each state, besides its mark and its word; what nobody disputes or says stays grey."""


def show(chart: Chart, selected: Selection) -> None:
    """Show the matrix, the claims behind one question, and every pair of positions."""
    answer, lines = claims.ask(chart.key, selected), claims.matrix(selected)
    with st.container(border=True):
        answered = sum(line.accounts > 0 for line in lines)
        heading = f"{counted(answered, 'question')}, the most disputed first" if answered else NONE
        st.header(heading, anchor=False)
        st.caption(
            "Each cell: what the account says, who said it when, how it stands to the others. Silence is not agreement."
        )
        asked = _question([line.question for line in lines])
        most = min(len(lines), OFFERED)
        offer = f"Show {'all' if most == len(lines) else 'the first'} {most:,} lines"
        every = len(lines) <= FIRST or st.toggle(offer, **link.flag("every-line"))
        shown = [line for line in lines if asked == line.question] if asked else lines[: most if every else FIRST]
        table(shown, answer.legend)
        if asked:
            ids = (claim_id for line in shown for cell in line.cells.values() for claim_id in cell.claim_ids)
            show_claims(ids, selected.zone)
        elif len(lines) > answered:
            st.caption(_unanswered(len(lines) - answered, every=every and most == len(lines)))
        st.caption(plain(answer.stamp()))
    card(answer)


def _question(questions: list[str]) -> str | None:
    """Offer the most disputed questions, and the one that a link leads to."""
    linked = st.query_params.get("question")
    offered = questions[:OFFERED] + [one for one in questions[OFFERED:] if one == linked]
    left = len(questions) - len(offered)
    asked: str | None = st.selectbox(
        "Show one question and the claims on it",
        offered,
        placeholder="All questions",
        help=f"The most disputed; choose fewer accounts or a shorter time to see {left:,} more." if left else None,
        **link.one("question", offered),
    )
    return asked


def _unanswered(number: int, *, every: bool) -> str:
    where = "The last" if every else "Among those not shown,"
    return f"{where} {counted(number, 'question')} {'is' if number == 1 else 'are'} asked, and nobody in view says."


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
    labels = Counter(voice.label for voice in heard)
    heads = distinct(one.label if labels[one.label] == 1 else f"{one.label} ({one.key})" for one in heard)
    rows = [[_cell(line, one.key) for one in heard] for line in lines]
    if rows:
        questions = pd.Index([_linked(line.question) for line in lines], name="question")
        st.table(pd.DataFrame(rows, questions, list(map(plain, heads))))
    silent = [voice.label for voice in legend.voices if voice not in heard]
    if silent:
        st.caption(plain(f"Silent on all of these: {', '.join(silent)}."))


def _linked(question: str) -> str:
    """Lead from a question to the words on it."""
    return f"[{plain(question)}]({link.url('disagreements', question=question)})"


def _cell(line: Line, account: str) -> str:
    cell = line.cells.get(account)
    if cell is None:
        return _state(line.silence)
    said = "; ".join(f"{plain(value)} :gray[({plain(by)})]" if by else plain(value) for value, by in cell.said)
    return f"{said} {_state(cell.state)}"


def _state(words: str) -> str:
    return f":{HUES.get(words[0], 'gray')}[*{plain(words)}*]"
