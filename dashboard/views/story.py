"""The story: what happened, as of when, told by whom."""

from collections.abc import Iterator

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
    with st.container(key="findings", gap=None):
        answers = dict(_findings(selected))
    with failures.reported("The timeline cannot be shown"):
        card(claims.ask("timeline", selected))
    with failures.reported("Changes cannot be shown"):
        answers["changes"] = claims.ask("changes", selected)
    for number, pair in enumerate(PAIRS):
        with st.container(key=f"pair-{number}", gap=None):
            for side, key in zip(st.columns(2, gap="medium"), pair, strict=True):
                if key in answers:
                    with side, failures.reported(f"{answers[key].chart.name} cannot be shown"):
                        card(answers[key])
    with failures.reported("Where the accounts differ cannot be shown"):
        most_disputed(selected)
    silence()


def _findings(selected: Selection) -> Iterator[tuple[str, Answer]]:
    """Show what each of the three charts found, and go through those that could be asked."""
    for column, (key, name) in zip(st.columns(3, gap="medium"), FINDINGS.items(), strict=True):
        with column, failures.reported(f"{name} cannot be shown"):
            answer = claims.ask(key, selected)
            st.html(_finding(name, answer))
            yield key, answer


def silence() -> None:
    """Say what nobody says, in the words of the story's editor."""
    if lines := claims.story().package.silence:
        said = "".join(f"<p>{html(line)}</p>" for line in lines)
        st.html(f'<section class="nobody"><h2>What nobody says</h2><div>{said}</div></section>')


def _finding(name: str, answer: Answer) -> str:
    """Write what a chart found, as HTML."""
    label, sentence, quiet = found(name, answer)
    return (
        f'<section class="finding"><p class="label">{html(label)}</p><h2>{html(sentence)}</h2>'
        f'<p class="quiet">{html(quiet)}</p></section>'
    )


def found(label: str, answer: Answer) -> Finding:
    """Give the finding of an answer; of a chart that has none its title, and its second sentence."""
    if answer.finding:
        return answer.finding
    return Finding(label, answer.title, cut(next(iter(answer.sentences[1:]), ""), _QUIET))
