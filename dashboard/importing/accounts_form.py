"""Form: confirm new accounts of a sheet, so that a typing error makes none."""

from collections import Counter

import streamlit as st

from contested.model.wording import counted
from importing.examination import Dropped, Found

UNKNOWN = "E-ACCOUNT"


def confirmed(dropped: Dropped, found: Found) -> Dropped:
    """Offer the unknown accounts; return the file with those that are confirmed."""
    problems = found.examination.problems
    unknown = Counter(problem.value for problem in problems if problem.code == UNKNOWN and problem.value)
    if not unknown:
        return dropped
    st.header("New accounts", anchor=False)
    st.caption("A slip of the pen makes a new account too, so nobody speaks before you say that they may.")
    labels = {name: f"{name} ({counted(number, 'row')})" for name, number in unknown.most_common()}
    key = dropped.asks("accounts", [])
    st.session_state[key] = [name for name in st.session_state[key] if name in labels]
    chosen = st.multiselect("Which of these may speak?", list(labels), format_func=labels.__getitem__, key=key)
    heard = dict.fromkeys([*chosen, *found.claims["account"].unique().to_pylist()])
    return dropped._replace(accounts=tuple(heard)) if chosen else dropped
