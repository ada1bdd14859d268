"""Form: the order of dates and the decimal mark of a file, asked once where its columns do not show it."""

from typing import Literal

import streamlit as st

from contested.ingest.cells.date import First, orders_of
from examination import Dropped, Found
from untrusted import plain

ORDER, MARK = "E-DATE-AMBIGUOUS", "E-NUM-SEPARATOR"
_ORDERS: dict[First, str] = {"day": "Day first", "month": "Month first", "year": "Year first"}
_MARKS: dict[str, Literal[".", ","]] = {"A point: 1.5 is one and a half": ".", "A comma: 1,5 is one and a half": ","}


def confirmed(dropped: Dropped, found: Found) -> Dropped:
    """Ask what is ambiguous; return the file with the answers."""
    asked = {problem.code: problem.value for problem in reversed(found.examination.problems)}
    if ORDER in asked:
        label = f"Dates such as {asked[ORDER]}: what comes first?"
        orders: list[First] = [*_ORDERS] if "year" in orders_of(asked[ORDER] or "") else ["day", "month"]
        chosen = st.radio(
            plain(label),
            orders,
            index=None,
            format_func=_ORDERS.__getitem__,
            horizontal=True,
            key=dropped.asks("order"),
        )
        dropped = dropped._replace(date_order=chosen)
    if MARK in asked:
        label = f"Numbers such as {asked[MARK]}: what stands before a fraction?"
        mark = st.radio(plain(label), list(_MARKS), index=None, horizontal=True, key=dropped.asks("mark"))
        dropped = dropped._replace(decimal_mark=_MARKS[mark] if mark else None)
    return dropped
