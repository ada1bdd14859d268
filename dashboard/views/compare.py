"""Compare: where the accounts differ, question by question."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import chain

import streamlit as st

import claims
import matrix_table
import step_table
from card import card
from contested.analysis.comparison.matrix import Line, Verdict
from contested.answers import Answer
from contested.chart import Chart
from contested.drawing import html
from contested.model.wording import counted, named
from contested.query.legend import Legend
from contested.query.selection import Selection
from sharing import link
from untrusted import plain

NAMES = {"questions": "Question by question", "steps": "One event, step by step"}
FORMS = tuple(NAMES)
"""Whether the accounts are compared question by question, or an event step by step."""
TOP, FIRST, OFFERED = 5, 16, 500
"""How many questions the story shows, how many this view shows at first, and how many at most."""
VERDICTS = {
    "conflict": ("cannot all be right", {Verdict.CONFLICT, Verdict.DENIED}),
    "differ": ("differ", {Verdict.DIFFER}),
    "fit": ("fit", {Verdict.FIT}),
    "agree": ("agree", {Verdict.AGREE}),
    "alone": ("one voice", {Verdict.ALONE}),
    "nobody": ("nobody says", {Verdict.NOBODY}),
}
"""What the questions are filtered by, in the link, in words, and the verdicts that it keeps."""


def show(chart: Chart, selected: Selection) -> None:
    """Show what each account answers, question by question, with the claims behind each."""
    answer, told = claims.ask(chart.key, selected), claims.story().package.steps
    if told:
        wired = link.one("show", FORMS, "questions")
        st.segmented_control("Compare", FORMS, label_visibility="collapsed", format_func=NAMES.__getitem__, **wired)
    if told and st.query_params.get("show") == "steps":
        _steps(answer, told)
    else:
        card(answer, body=_matrix)


def ask(selected: Selection) -> tuple[Answer, list[Line]]:
    """Ask how the accounts stand to each other on each question."""
    return claims.ask("disagreements", selected), claims.matrix(selected)


def show_short(selected: Selection) -> None:
    """Show the questions on which the accounts differ most."""
    answer, lines = ask(selected)
    conflict = [line for line in lines if line.is_in_conflict]
    top = (conflict or [line for line in lines if line.accounts > 1])[:TOP]
    with st.container(key="card-compare-short", gap=None):
        st.header(plain(answer.title), anchor=False)
        if top:
            st.html(
                '<p class="sub">Shaded: cannot all be right. Crossed edge: denies.</p>'
                + matrix_table.table(
                    top, answer.legend, _behind(top, answer), short=claims.story().package.short, every=lines
                )
            )
        like_these = f", {len(conflict):,} of them like these" if len(conflict) > len(top) else ""
        words = f"All {counted(len(lines), 'question')}{like_these}"
        every = f'<a href="{html(link.url("disagreements"))}" target="_self">{words}</a>'
        st.html(f'<p class="foot"><span>{html(_silent(top, answer.legend))}</span>{every}</p>')


def _matrix(answer: Answer) -> None:
    """Write the questions that are searched for, those that several answer as a matrix."""
    lines = claims.matrix(answer.legend.selection)
    asked = st.query_params.get("question")
    with st.container(horizontal=True, vertical_alignment="bottom", key="compare-filters"):
        words = st.text_input("Search questions and answers", **link.text("find"), width=260).casefold().strip()
        found = [line for line in lines if (line.question == asked if asked else _holds(line, words))]
        kept = _verdict(found)
    shown = [line for line in found if not kept or line.verdict in VERDICTS[kept][1]]
    if asked:
        st.button("Show all questions", type="tertiary", on_click=link.put, args=("question", None))
    several = [line for line in shown if line.verdict not in {Verdict.ALONE, Verdict.NOBODY}]
    every = st.query_params.get("every-line", "").casefold() in link.ON
    first = several[: OFFERED if every else FIRST]
    if first:
        st.html(
            matrix_table.KEY
            + matrix_table.table(first, answer.legend, _behind(first, answer), asked or "", every=lines)
        )
    _more(first, several, every=every)
    _others(shown, answer.legend, every=every)
    if not shown:
        st.html('<p class="sub">No question reads so. Take a word or a filter off.</p>')
    if silent := _silent(shown, answer.legend):
        st.html(f'<p class="sub">{html(silent)}</p>')


def _steps(answer: Answer, told: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
    """Tell an event step by step as two accounts tell it, in the order of the story."""
    legend = answer.legend
    labels = {voice.key: voice.label for voice in legend.voices}
    with st.container(key="card-steps", gap=None):
        heading = st.container()
        with st.container(horizontal=True, key="compare-filters"):
            event = st.selectbox(
                "Event",
                list(told),
                format_func=legend.event,
                width=280,
                **link.one("step-event", told, next(iter(told))),
            )
            read = claims.store().claims([one for ids in told[event].values() for one in ids])
            known = claims.known_ids(legend.selection, list(read))
            found = step_table.steps(
                told[event], {one: read[one] for one in read if one in known}, _pairs(answer), legend.selection.by
            )
            speaking = [key for key in labels if any(key in step.told for step in found)] or list(labels)
            sides = [*speaking, *speaking][:2] if speaking else []
            left, right = (
                (
                    st.selectbox(
                        name, speaking, format_func=labels.__getitem__, width=220, **link.one(key, speaking, usual)
                    )
                    for name, key, usual in zip(("Left", "Right"), ("left", "right"), sides, strict=False)
                )
                if sides
                else ("", "")
            )
        heading.header(plain(step_table.title(found, left, right)), anchor=False)
        number = len({one.claim_id for step in found for told_by in step.told.values() for one in told_by})
        heading.html(f'<p class="sub">{html(legend.event(event))}, step by step; {counted(number, "claim")}</p>')
        if found:
            voices = {voice.key: voice for voice in legend.voices}
            st.html(matrix_table.KEY + step_table.table(found, voices[left], voices[right], legend))


def _pairs(answer: Answer) -> list[step_table.Pair]:
    rows = answer.written(answer.rows.head(_PAIRS))
    columns = (rows[name].map(frozenset) for name in ("accounts", "claim_ids"))
    return [step_table.Pair(*row) for row in zip(rows["relation"], *columns, strict=True)]


_PAIRS = 5000
"""How many pairs of positions are looked through for those of the steps, contradictions first."""


def _holds(line: Line, words: str) -> bool:
    """Say whether a question or one of its answers holds these words."""
    if not words or words in line.question.casefold():
        return True
    return any(words in one.value.casefold() for cell in line.cells.values() for one in cell.said)


def _verdict(lines: Sequence[Line]) -> str | None:
    """Offer the verdicts with their counts as a filter."""
    counts = Counter(line.verdict for line in lines)
    numbers = {key: sum(counts[one] for one in verdicts) for key, (_, verdicts) in VERDICTS.items()}
    options = [key for key, number in numbers.items() if number or key == st.query_params.get("verdict")]
    return st.segmented_control(
        "Show", options, format_func=lambda key: f"{VERDICTS[key][0]} {numbers[key]:,}", **link.one("verdict", options)
    )


def _more(first: Sequence[Line], several: Sequence[Line], *, every: bool) -> None:
    """Say how many questions are shown, and offer the others."""
    left = min(len(several), OFFERED) - len(first)
    if len(first) == len(several):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="compare-more"):
        st.html(f'<p class="sub">{len(first):,} of {counted(len(several), "question")} that several answer</p>')
        if left > 0 and not every:
            st.button(f"Show {left:,} more", type="tertiary", on_click=link.put, args=("every-line", "true"))


def _others(shown: Sequence[Line], legend: Legend, *, every: bool) -> None:
    """List what one account alone answers, and what is asked and nobody answers."""
    most = OFFERED if every else FIRST
    for verdict, title, write in (
        (Verdict.ALONE, "that one account alone answers", lambda lines: matrix_table.alone(lines, legend)),
        (Verdict.NOBODY, "that nobody shown answers", matrix_table.questions),
    ):
        if lines := [line for line in shown if line.verdict is verdict]:
            more = f"; the first {most}" if len(lines) > most else ""
            st.html(f"<h3>{counted(len(lines), 'question')} {title}{more}</h3>{write(lines[:most])}")


def _behind(lines: Sequence[Line], answer: Answer) -> Callable[[Line], str]:
    """Read the claims behind these questions at once, and give what writes those of one."""
    first = chain.from_iterable(_first_ids(line) for line in lines)
    read = claims.store().claims({*first})
    sources, evidence = claims.story().sources, link.url("evidence")
    return lambda line: matrix_table.claims_behind(line, answer.legend, read, sources, evidence)


def _first_ids(line: Line) -> list[str]:
    return [claim_id for cell in line.cells.values() for claim_id in cell.claim_ids[: matrix_table.BEHIND]]


def _silent(lines: Sequence[Line], legend: Legend) -> str:
    """Name the accounts that answer none of these questions."""
    speaking = {voice for lane in matrix_table.speaking(lines, legend) for voice in lane.voices}
    silent = [voice.label for voice in legend.voices if voice not in speaking]
    return f"{named(silent)} {'gives' if len(silent) == 1 else 'give'} no answer" if silent else ""
