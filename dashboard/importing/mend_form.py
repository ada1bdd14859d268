"""Form: what is wrong with the cells of a file, one row a cell, and how each is mended: a button, a choice, a field."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

from contested.drawing import html
from contested.ingest.characters import shown
from contested.ingest.mends import Mend, certain, choices, fields
from contested.model.problem import Problem
from contested.model.wording import counted
from importing.examination import Dropped, Found
from importing.problem_names import in_words
from untrusted import plain

LISTED = 50
"""So many cells are shown at once."""
_ALIKE, _FEW = 10, 3
"""Of more than so many problems of a kind in a column, a few are shown and the rest are counted."""
_LONGEST = 1000
"""Letters that a field takes."""
WARNINGS = "warnings"
_WIDTHS = (3, 1, 2, 2, 4, 5)
_HEADS = ("What is wrong", "Row", "Column", "The cell", "Why it cannot stay", "How to mend it")
_SAID_ABOVE = {
    "E-TZ-NONE": "Choose the zone above, once for all.",
    "E-DATE-AMBIGUOUS": "Say above which comes first, once for all.",
    "E-NUM-SEPARATOR": "Say above what the mark is, once for all.",
    "E-ACCOUNT": "Say above who may speak, once for all.",
}
"""What is asked once above for every such cell."""
_HOW = {"E-NUM-ORDER": "Lowest ≤ best ≤ highest: correct one of the two."}


def of_session(dropped: Dropped) -> Dropped:
    """Return a file with the cells that were mended in this session."""
    return dropped._replace(mends=tuple(_kept(dropped).values()))


def _kept(dropped: Dropped) -> dict[tuple[int, str], Mend]:
    """Keep the mended cells of the file in hand, and of no other."""
    kept: dict[str, dict[tuple[int, str], Mend]] = st.session_state.setdefault("mends", {})
    for other in kept.keys() - {dropped.key}:
        del kept[other]
    return kept.setdefault(dropped.key, {})


def _mend(dropped: Dropped, some: Iterable[Mend]) -> None:
    _kept(dropped).update({(one.row, one.column): one for one in some})


def show(found: Found, dropped: Dropped) -> None:
    """Draw what was mended, what is left to mend, and the rows to take away."""
    _mended(dropped)
    problems = found.examination.problems
    if any(one.severity == "error" for one in problems):
        _listed(_chosen(problems), dropped)
    elif problems:
        label = f"{counted(len(problems), 'remark')} on cells that stop nothing"
        with st.expander(label):
            _listed(_chosen(problems), dropped)
    if found.rejects:
        name = f"{dropped.name.partition('.')[0]}-to-mend.xlsx"
        with st.container(horizontal=True, vertical_alignment="center"):
            label = f"Download the {counted(found.examination.rejected, 'row')} to mend"
            st.download_button(label, found.rejects, name, key="rejects", on_click="ignore", width="content")
            words = (
                "XLSX: the rows as they were, with what is wrong and how to mend it beside them. Drop it here again."
            )
            st.html(f'<p class="good-to-know">{words}</p>')


def _mended(dropped: Dropped) -> None:
    """Say which cells were mended, and offer to take each back."""
    for (row, column), one in list(_kept(dropped).items())[:_ALIKE]:
        with st.container(horizontal=True, vertical_alignment="center", key=f"mended-{row}-{column}"):
            cell = html(one.cell) if one.cell else "<em>empty</em>"
            st.html(f'<p class="read-so">Row {row}, {html(column)}: now {cell}</p>', width="content")
            st.button(
                "Take back",
                key=f"back-{row}-{column}",
                type="tertiary",
                on_click=_take_back,
                args=(dropped, row, column),
            )
    if len(_kept(dropped)) > _ALIKE:
        with st.container(horizontal=True, vertical_alignment="center"):
            more = len(_kept(dropped)) - _ALIKE
            st.html(f'<p class="read-so">and {counted(more, "more cell")}</p>', width="content")
            st.button("Take all back", key="back-all", type="tertiary", on_click=_kept(dropped).clear)


def _take_back(dropped: Dropped, row: int, column: str) -> None:
    _kept(dropped).pop((row, column), None)


def _chosen(problems: Sequence[Problem]) -> list[Problem]:
    """Offer the kinds of problems, and give those of the one that is looked at; warnings come last."""
    errors = Counter(one.code for one in problems if one.severity == "error")
    warnings = sum(one.severity != "error" for one in problems)
    names = {"": f"All {len(problems)}"} | {code: f"{in_words(code)} {number}" for code, number in errors.items()}
    names |= {WARNINGS: f"Only a warning {warnings}"} if warnings else {}
    if st.session_state.get("kind-of-problem") not in names:
        st.session_state["kind-of-problem"] = ""
    kind = st.pills(
        "What to look at",
        list(names),
        format_func=lambda code: plain(names[code]),
        key="kind-of-problem",
        label_visibility="collapsed",
    )
    ordered = sorted(problems, key=lambda one: one.severity != "error")
    return [one for one in ordered if not kind or one.code == kind or (kind == WARNINGS and one.severity != "error")]


def _listed(problems: Sequence[Problem], dropped: Dropped) -> None:
    """Draw a row for each cell; of many alike a few, and how many more there are."""
    groups: dict[tuple[str, str | None], list[Problem]] = {}
    for one in problems:
        groups.setdefault((one.code, one.column), []).append(one)
    st.html(f'<div class="cells-head">{"".join(f"<span>{head}</span>" for head in _HEADS)}</div>')
    drawn = 0
    for number, alike in enumerate(groups.values()):
        few = alike if len(alike) <= _ALIKE else alike[:_FEW]
        for place, one in enumerate(few[: max(LISTED - drawn, 0)]):
            _cell(one, f"{number}-{place}", dropped)
        drawn += len(few)
        if len(alike) > len(few):
            _more(alike, len(few), number, dropped)


def _cell(one: Problem, key: str, dropped: Dropped) -> None:
    with st.container(gap=None, key=f"cell-row-{key}"):
        what, row, column, cell, why, how = st.columns(_WIDTHS)
        weight = "" if one.severity == "error" else " · stops nothing"
        what.html(f'<p class="column-name">{html(in_words(one.code))}</p><small>{html(one.code)}{weight}</small>')
        row.html(f"<p>{one.row or 'file'}</p>")
        column.html(f"<p>{html(one.column or '')}</p>")
        cell.html(f'<p><span class="cell-told">{html(shown(one.value or "")) or "<em>empty</em>"}</span></p>')
        why.html(f"<p>{html(_sentence(one.reason))}</p>")
        with how:
            st.html(f"<p>{html((_SAID_ABOVE | _HOW).get(one.code) or _sentence(one.fix))}</p>")
            if one.severity == "error":
                _way(one, key, dropped)


def _sentence(words: str) -> str:
    begun = words if "_" in words.split(" ", maxsplit=1)[0] else f"{words[:1].upper()}{words[1:]}"
    return f"{begun}."


def _way(one: Problem, key: str, dropped: Dropped) -> None:
    """Offer the one way, the choice or the fields by which a cell is mended."""
    if one.code in _SAID_ABOVE:
        return
    if some := certain(one):
        st.button("Do that", key=f"do-{key}", on_click=_mend, args=(dropped, some))
        return
    if told := choices(one):
        with st.container(horizontal=True):
            for words, some in told.items():
                st.button(words, key=f"choose-{key}-{words}", on_click=_mend, args=(dropped, some))
        return
    asked = fields(one)
    places: list[Any] = list(st.columns(2)) if len(asked) > 1 else [st]
    for place, field in enumerate(asked):
        name = f"field-{dropped.key}-{field.row}-{field.column}-{key}-{place}"
        places[place].text_input(
            plain(field.column),
            field.cell[:_LONGEST],
            key=name,
            max_chars=_LONGEST,
            on_change=_typed,
            args=(dropped, field, name),
        )


def _typed(dropped: Dropped, field: Mend, name: str) -> None:
    said = str(st.session_state.get(name, field.cell)).strip()
    if said != field.cell:
        _mend(dropped, [field._replace(cell=said)])


def _more(alike: Sequence[Problem], few: int, number: int, dropped: Dropped) -> None:
    """Count the cells that are not shown, and offer to mend all in the same way where there is one."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"more-cells-{number}"):
        last = max((one.row or 0 for one in alike), default=0)
        words = f"and {len(alike) - few:,} more like these, to row {last:,}"
        st.html(f'<p class="good-to-know">{words}</p>', width="content")
        every = [mend for one in alike for mend in certain(one)]
        told = [choices(one) for one in alike]
        if all(map(certain, alike)):
            st.button("Mend all the same way", key=f"all-{number}", on_click=_mend, args=(dropped, every))
        elif all(told):
            for words in told[0]:
                some = [mend for one in told for mend in one[words]]
                st.button(f"All are {words}", key=f"all-{number}-{words}", on_click=_mend, args=(dropped, some))
