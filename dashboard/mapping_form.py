"""The form on which a person says what the columns of an unknown table hold."""

import streamlit as st
from pydantic import ValidationError

from contested.guesses import Guess, guess
from contested.guesses import confirmed as mapping_of
from contested.mapping import Column, fields
from contested.vocabulary import Kind
from examination import Dropped, Found
from untrusted import plain

LEFT_OUT = "left out"


def confirmed(dropped: Dropped, found: Found) -> Dropped | None:
    """Show what each column of an unknown table probably holds, and give the file with its mapping once confirmed."""
    if not found.examination.is_unknown():
        return dropped
    sample = found.sample
    st.header("Nobody knows this layout yet", anchor=False)
    st.caption("Say what each column holds. What is left out stays in the original file, which is kept.")
    guesses = [_asked(number, one) for number, one in enumerate(guess(list(sample[0]) if sample else [], sample))]
    taken = {one.field for one in guesses}
    constants = {
        name: said
        for name, label in (("account", "Whose account is it, in every row?"), ("summary", "What does every row say?"))
        if name not in taken and (said := st.text_input(label, key=f"constant-{name}", max_chars=200).strip())
    }
    if "kind" not in taken:
        constants["kind"] = str(st.selectbox("What kind of claim is every row?", list(Kind), key="constant-kind"))
    try:
        mapped = mapping_of(guesses, dropped.zone, **constants)
    except ValidationError as refused:
        st.info(plain(refused.errors()[0]["msg"].removeprefix("Value error, ")))
        return None
    if not st.toggle("This is what the columns hold", key="mapped"):
        return None
    return dropped._replace(columns=mapped.model_dump_json())


def _asked(number: int, one: Guess) -> Guess:
    choices = [LEFT_OUT, *(field for field in fields() if field not in {"statement", "count"} or field == one.field)]
    label = plain(f"{one.column}, such as {one.sample}" if one.sample else one.column)
    index = choices.index(one.field) if one.field else 0
    chosen = st.selectbox(label, choices, index=index, key=f"column-{number}")
    if one.field == chosen:
        return one
    return one._replace(holds=None if chosen == LEFT_OUT else Column(holds=chosen))
