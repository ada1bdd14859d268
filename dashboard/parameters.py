"""The parameters of a link that choose no claims: those of the views, and those that nobody knows."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

import streamlit as st

import claims
from card import TABS
from chosen import PassedOver
from contested.charts import CHARTS
from contested.query.search import FACETS, Found
from contested.query.selection import Selection
from sharing import link
from views import compare, delays, evidence, observations, over_time

MARKS = tuple(f"{chart.key}-mark" for chart in CHARTS)
"""What these name depends on what is in view, so that the card says it."""
OWN = frozenset(
    (
        *link.FILTERS,
        link.ENTRY,
        "search",
        "find",
        "step-event",
        "deck",
        "decks",
        "slide",
        "do",
        "claim",
        "entry",
        "left",
        "right",
        *MARKS,
        observations.FIND,
        observations.PAGE,
        observations.PART,
    )
)
"""The parameters whose values are read, and said to be unknown, elsewhere."""
OF_OTHERS = ("utm_", "fbclid", "gclid", "mc_")
"""What newsletters and platforms add to a link to count its readers."""
_OFF = {"", "0", "off", "f", "false", "n", "no"}
_DIGITS = 9


def passed_over(selected: Selection) -> tuple[PassedOver, ...]:
    """Name the parameters that nobody knows, and values that the views cannot follow."""
    return (*_unknown(), *_repeated(), *_values(selected))


def _views() -> dict[str, str]:
    """Give the parameters of views that hold one value, and what is shown without one."""
    tabs = {f"{chart.key}-tab": next(iter(TABS)) for chart in CHARTS}
    return tabs | {
        "question": "all questions",
        "page": "page 1",
        "every-line": "the first questions",
        "verdict": "every question",
        "show": "questions",
        delays.SEGMENT: next(iter(delays.SEGMENTS.values())),
        over_time.SEGMENT: next(iter(over_time.SEGMENTS.values())),
    }


def _unknown() -> Iterator[PassedOver]:
    known = [*OWN, *_views(), "quote", "only"]
    for name in st.query_params:
        if name not in known and not name.startswith(OF_OTHERS):
            near = get_close_matches(name, known, n=1)
            also = f"; {near[0]} is one" if near else ""
            for said in dict.fromkeys(st.query_params.get_all(name)):
                yield PassedOver(name, said, f"nothing here has such a parameter{also}", "the same as without it")


def _repeated() -> Iterator[PassedOver]:
    for name in _views():
        *others, last = st.query_params.get_all(name) or [""]
        for said in dict.fromkeys(others):
            if said != last:
                yield PassedOver(name, said, "given more than once, of which the last holds", last)


def _values(selected: Selection) -> Iterator[PassedOver]:
    """Name the values that nothing in view has."""
    for name, instead in _views().items():
        said = st.query_params.get(name)
        if said is not None and (reason := _fault(name, said, selected)):
            yield PassedOver(name, said, reason, instead)
    for said in dict.fromkeys(st.query_params.get_all("only")):
        if said not in FACETS:
            yield PassedOver("only", said, f"no such choice; choose from {', '.join(FACETS)}", "all claims shown")
    quoted = dict.fromkeys(st.query_params.get_all("quote"))
    offered = _found(selected).standing if quoted else ()
    for said in quoted:
        if said not in offered:
            yield PassedOver("quote", said, "no claim shown has this id", "the sentence without it")


def _fault(name: str, said: str, selected: Selection) -> str:
    """Say why a view cannot follow a value, if it cannot."""
    match name:
        case "question":
            is_asked = any(line.question == said for line in claims.matrix(selected))
            return "" if is_asked else "no question shown reads so"
        case "page":
            last = max(1, -(-_found(selected).claims // evidence.PAGE))
            is_page = said.isascii() and said.isdigit() and len(said) <= _DIGITS and 1 <= int(said) <= last
            return "" if is_page else f"no page of 1 to {last}"
        case "every-line":
            return "" if said.casefold() in link.ON | _OFF else "neither on nor off"
    noun, choices = _CHOICES.get(name, ("tab", TABS))
    return "" if said in choices else f"no {noun}; choose from {', '.join(choices)}"


_CHOICES: dict[str, tuple[str, Collection[str]]] = {
    "show": ("form", compare.FORMS),
    "verdict": ("verdict", compare.VERDICTS),
    delays.SEGMENT: ("part", delays.SEGMENTS),
    over_time.SEGMENT: ("part", over_time.LED_ON),
}
"""What a parameter may choose from, and what one of these is called; the others choose a tab."""


def _found(selected: Selection) -> Found:
    only = tuple(one for one in st.query_params.get_all("only") if one in FACETS)
    return claims.search(selected, st.query_params.get("search", ""), only=only)
