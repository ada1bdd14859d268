"""Form: the order of dates and the decimal mark of a file, asked once where its columns do not show it."""

from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from contested.drawing import html
from contested.ingest.cells.date import First, days_meant, dotted_orders_of, orders_of
from contested.ingest.first_look import FirstLook
from contested.model.problem import Problem
from contested.model.times import date
from importing.examination import Dropped, Found
from untrusted import plain

ORDER, MARK, SERIAL = "E-DATE-AMBIGUOUS", "E-NUM-SEPARATOR", "E-DATE-SERIAL"
_ORDERS: dict[First, str] = {"day": "Day first", "month": "Month first", "year": "Year first"}
_MARKS: dict[str, Literal[".", ","]] = {"A point: 1.5 is one and a half": ".", "A comma: 1,5 is one and a half": ","}


def confirmed(dropped: Dropped, found: Found) -> Dropped:
    """Ask what is ambiguous in a whole file; return the file with the answers."""
    asked = {problem.code: problem for problem in reversed(found.examination.problems)}
    return _answered(dropped, {code: one for code, one in asked.items() if _is_open(dropped, code)})


def _is_open(dropped: Dropped, code: str) -> bool:
    return (code == ORDER and dropped.date_order is None) or (code == MARK and dropped.decimal_mark is None)


def of_sample(dropped: Dropped, look: FirstLook, place: DeltaGenerator) -> Dropped:
    """Ask what is ambiguous in the first rows of a file, or say what settles it."""
    with place:
        if settled := look.settled_date_order():
            first, row, cell = settled
            st.html(
                f'<p class="asked">Date order</p><p class="answer">{_ORDERS[first]}</p>'
                f'<p class="read-so">settled by row {row}: {html(cell)}</p>'
            )
        elif ORDER not in look.unanswered() and dropped.date_order is None:
            st.html(
                '<p class="asked">Date order</p><p class="answer">As it is written</p>'
                '<p class="read-so">no date has two readings</p>'
            )
        answered = look.first("W-DATE-SERIAL") if dropped.answer("serials", first=False) else None
        if one := look.first(SERIAL) or answered:
            label = f"{one.value} counts days, as a spreadsheet does" if one.value else "Numbers count days"
            said = st.toggle(plain(label), key=dropped.asks("serials", first=False))
            st.html(f'<p class="look-here">{html(one.reason)}</p>')
            dropped = dropped._replace(serials=said)
        return _answered(dropped, look.unanswered())


def _answered(dropped: Dropped, asked: dict[str, Problem]) -> Dropped:
    if ORDER in asked:
        value = asked[ORDER].value or ""
        chosen = st.radio(
            plain(f"{value} in row {asked[ORDER].row} is"),
            _orders(value),
            index=None,
            format_func=lambda first: _reading(first, value),
            key=dropped.asks("order"),
        )
        if asked[ORDER].reason and chosen is None:
            st.html(f'<p class="look-here">{html(asked[ORDER].reason)}</p>')
        dropped = dropped._replace(date_order=chosen)
    if MARK in asked:
        label = f"Numbers such as {asked[MARK].value}: what stands before a fraction?"
        mark = st.radio(plain(label), list(_MARKS), index=None, key=dropped.asks("mark"))
        dropped = dropped._replace(decimal_mark=_MARKS[mark] if mark else None)
    return dropped


def _orders(value: str) -> list[First]:
    return [*_ORDERS] if "year" in {*orders_of(value), *dotted_orders_of(value)} else ["day", "month"]


def _reading(first: First, value: str) -> str:
    """Say what comes first, and which day that makes of a date."""
    meant = days_meant(value).get(first)
    return f"{_ORDERS[first]}: {date(meant)}" if meant else _ORDERS[first]
