"""The story: what happened, as of when, told by whom."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import streamlit as st

import claims
import failures
import few_figures
import navigation
import timeline_windows
from card import card, charts_of
from contested.answers import Answer
from contested.chart import Finding
from contested.drawing import html
from contested.model.wording import cut
from contested.query.selection import Selection
from contested.text.toll import attributed
from live import fresh
from panel import mount
from views import changes, compare

FINDINGS = {"hourly-clashes": "Clashes", "response-delays": "Help", "casualty-counts": "People"}
"""The charts whose findings the story opens with, and what each is about."""
LEFT, RIGHT = ("hourly-clashes", "response-delays"), ("casualty-counts",)
"""The charts below the first: two short ones above each other, beside a tall one."""
_QUIET = 120


def show(selected: Selection) -> None:
    """Show the whole story for the claims that the viewer selected: its findings, then its cards."""
    feet: list[Callable[[], None]] = []
    held = claims.holdings()
    with st.container(key="findings", gap=None):
        answers = dict(_findings(selected, [key for key in FINDINGS if navigation.is_answered(key, held)]))
    with failures.reported("The timeline cannot be shown"):
        timeline = claims.ask("timeline", timeline_windows.of_own(selected))
        card(timeline, controls=partial(timeline_windows.show_own, selected), is_brief=True, later=feet.append)
    if "hourly-clashes" in answers and not clashes_differ(answers["hourly-clashes"]):
        del answers["hourly-clashes"]
    has_room = "hourly-clashes" not in answers
    with st.container(horizontal=True, key="pairs", gap=None):
        with st.container(key="left-column", gap=None):
            _places(LEFT, answers, feet.append)
            if has_room and held.is_dated:
                _changes(selected)
        _places(RIGHT, answers, feet.append)
    for foot in feet:
        with failures.reported("The sources of a card cannot be shown"):
            foot()
    with failures.reported("Where the accounts differ cannot be shown"):
        compare.show_short(selected)
    with st.container(horizontal=True, key="pairs-below", gap=None):
        if held.is_dated and not has_room:
            _changes(selected)
        silence()


def charts(selected: Selection) -> Iterator[mount.Chart]:
    """Go through the charts of the page, as its cards show them; then ask for what else it needs.

    For once the rest of the page is sent the browser is busy with it, and repaints the last chart when it is through.
    """
    yield from charts_of(claims.ask("timeline", timeline_windows.of_own(selected)), is_brief=True)
    for key in (*LEFT, *RIGHT):
        if navigation.is_answered(key, claims.holdings()):
            answer = claims.ask(key, selected)
            if key != "hourly-clashes" or clashes_differ(answer):
                yield from charts_of(answer, few_figures.body(answer), is_half=True, is_brief=True)
    compare.ask(selected)
    if claims.holdings().is_dated:
        claims.ask("changes", selected)


def _places(keys: Sequence[str], answers: Mapping[str, Answer], later: Callable[[Callable[[], None]], None]) -> None:
    """Show cards, each in a place of its own, so that none moves where another one goes."""
    for key in keys:
        with st.container(key=f"place-{key}"):
            if key in answers:
                with failures.reported(f"{answers[key].chart.name} cannot be shown"):
                    half(answers[key], later=later)


def _changes(selected: Selection) -> None:
    with st.container(key="place-changes"), failures.reported("Changes cannot be shown"):
        changes.show_short(claims.ask("changes", selected))


def clashes_differ(clashes: Answer) -> bool:
    """Say whether some hour holds more than one clash, or accounts differ on the hours; else the timeline shows all."""
    told = clashes.rows[clashes.rows["possible"] > 0]
    return bool((told["possible"] > 1).any()) or told.groupby("account")["hour"].agg(frozenset).nunique() > 1


def half(answer: Answer, later: Callable[[Callable[[], None]], None] | None = None) -> None:
    """Show a card that has half of the page; `later` is that of `card`."""
    card(answer, body=few_figures.body(answer), is_half=True, is_brief=True, later=later)


def _findings(selected: Selection, keys: Sequence[str]) -> Iterator[tuple[str, Answer]]:
    """Show what each of these charts found, and go through those that could be asked."""
    for column, key in zip(st.columns(max(len(keys), 1), gap="medium"), keys, strict=False):
        with column, failures.reported(f"{FINDINGS[key]} cannot be shown"):
            answer = claims.ask(key, selected)
            st.html(_finding(FINDINGS[key], answer, is_new=fresh.says_otherwise(answer, selected)))
            yield key, answer


def silence() -> None:
    """Say what nobody says, in the words of the story's editor."""
    if lines := claims.story().package.silence:
        said = "".join(f"<p>{html(line)}</p>" for line in lines)
        st.html(f'<section class="nobody"><h2>What nobody says</h2><div>{said}</div></section>')


def _finding(name: str, answer: Answer, *, is_new: bool = False) -> str:
    """Write what a chart found, as HTML; the toll with a button that copies it as a sentence."""
    label, sentence, quiet = found(name, answer)
    toll = attributed(answer.rows, answer.legend) if answer.chart.key == "casualty-counts" else ""
    copy = f'<button type="button" class="copy" data-copy="{html(toll)}">Copy sentence</button>' if toll else ""
    return (
        f'<section class="finding"><p class="label">{html(label)}{copy}</p><h2>{html(sentence)}'
        f'{f" {fresh.TAG}" * is_new}</h2><p class="quiet">{html(quiet)}</p></section>'
    )


def found(label: str, answer: Answer) -> Finding:
    """Give the finding of an answer; of a chart that has none its title, and its second sentence."""
    if answer.finding:
        return answer.finding
    return Finding(label, answer.title, cut(next(iter(answer.sentences[1:]), ""), _QUIET))
