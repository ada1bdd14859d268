"""The story: what happened, as of when, told by whom."""

import streamlit as st

import claims
import failures
from card import card
from contested.answers import Answer
from contested.chart import Finding
from contested.drawing import html
from contested.model.wording import cut
from contested.query.selection import Selection
from views.compare import most_disputed

FINDINGS = {"hourly-clashes": "Clashes", "response-delays": "Help", "casualty-counts": "People"}
"""The charts whose findings the story opens with, and what each is about."""
PAIRS = (("hourly-clashes", "casualty-counts"), ("response-delays", "changes"))
"""The cards that stand beside each other."""
_QUIET = 120


def show(selected: Selection) -> None:
    """Show the whole story for the claims that the viewer selected: three findings, then a card for each question."""
    with failures.reported("The findings cannot be shown"):
        st.html(f'<div class="findings">{"".join(_finding(key, selected) for key in FINDINGS)}</div>')
    with failures.reported("The timeline cannot be shown"):
        card(claims.ask("timeline", selected))
    for number, pair in enumerate(PAIRS):
        with st.container(key=f"pair-{number}", gap=None):
            for side, key in zip(st.columns(2, gap="medium"), pair, strict=True):
                with side, failures.reported("This card cannot be shown"):
                    card(claims.ask(key, selected))
    with failures.reported("Where the accounts differ cannot be shown"):
        most_disputed(selected)
    silence()


def silence() -> None:
    """Say what nobody says, in the words of the story's editor."""
    if lines := claims.story().package.silence:
        said = "".join(f"<p>{html(line)}</p>" for line in lines)
        st.html(f'<section class="nobody"><h2>What nobody says</h2><div>{said}</div></section>')


def _finding(key: str, selected: Selection) -> str:
    """Write what a chart found, as HTML."""
    label, sentence, quiet = found(FINDINGS[key], claims.ask(key, selected))
    return (
        f'<section class="finding"><p class="label">{html(label)}</p><h2>{html(sentence)}</h2>'
        f'<p class="quiet">{html(quiet)}</p></section>'
    )


def found(label: str, answer: Answer) -> Finding:
    """Give the finding of an answer; of a chart that has none its title, and its second sentence."""
    if answer.finding:
        return answer.finding
    return Finding(label, answer.title, cut(next(iter(answer.sentences[1:]), ""), _QUIET))
