"""The form on which a person says which accounts may speak, where a sheet names some that nobody has named yet."""

from collections import Counter

import streamlit as st

from contested.model.wording import counted
from examination import Dropped, Found

UNKNOWN = "E-ACCOUNT"


def confirmed(dropped: Dropped, found: Found) -> Dropped:
    """Offer the accounts that were refused as unknown, and give the file with those that a person confirms."""
    problems = found.examination.problems
    strangers = Counter(problem.value for problem in problems if problem.code == UNKNOWN and problem.value)
    if not strangers:
        return dropped
    st.header("New accounts", anchor=False)
    st.caption("A slip of the pen makes a new account too, so nobody speaks before you say that they may.")
    labels = {name: f"{name} ({counted(number, 'row')})" for name, number in strangers.most_common()}
    key = dropped.asks("accounts", [])
    st.session_state[key] = [name for name in st.session_state[key] if name in labels]
    chosen = st.multiselect("Which of these may speak?", list(labels), format_func=labels.__getitem__, key=key)
    heard = dict.fromkeys([*chosen, *found.claims["account"].unique().to_pylist()])
    return dropped._replace(accounts=tuple(heard)) if chosen else dropped
