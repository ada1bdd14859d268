"""Form: what the columns of a table hold; what the whole file needs is asked once, above, and never guessed."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from pydantic import ValidationError
from streamlit.runtime.uploaded_file_manager import UploadedFile

from contested.drawing import html
from contested.ingest.first_look import FirstLook, first_look, log_checks, what_a_row_is
from contested.ingest.guesses import Guess, guess, is_vague, missing
from contested.ingest.guesses import confirmed as mapping_of
from contested.ingest.mapping import MILESTONES, ColumnMapping, parse, written
from contested.model.problem import UnreadableStoryError
from contested.model.vocabulary import Kind
from contested.model.wording import counted
from importing import columns_form, first_rows, log_form, questions_form
from importing.examination import Dropped, Found
from importing.import_page import Page
from untrusted import plain

_WHOSE = "whose-figures"
_LEFT = {
    "E-TZ-NONE": "the zone of the times",
    "E-DATE-AMBIGUOUS": "the order of day and month",
    "E-NUM-SEPARATOR": "the mark before a fraction",
    "E-CODE": "what the codes mean",
    "E-DATE-SERIAL": "whether numbers count days",
}
"""What has to be said before a table is read."""


def confirmed(dropped: Dropped, found: Found, page: Page) -> Dropped | None:
    """Ask what each column holds; return the file with the confirmed mapping, None until then."""
    if not (found.examination.is_unknown() or dropped.is_mapped_by_hand):
        return dropped
    sample = found.sample
    columns = list(dict.fromkeys(column for row in sample for column in row))
    with page.more:
        kept = st.file_uploader("A mapping kept from an earlier file, as JSON", "json", key="kept")
    if kept and (said := _of_file(kept)):
        return dropped._replace(columns=said)
    guesses = _remembered(columns) or guess(columns, sample)
    page.title(*_finding(guesses, dropped))
    is_read = _key(dropped) in st.session_state
    with st.expander("What the columns hold", expanded=False) if is_read else st.container(gap=None):
        return _asked(guesses, dropped, found, page)


def _asked(guesses: Sequence[Guess], dropped: Dropped, found: Found, page: Page) -> Dropped | None:
    """Ask what each column holds, and show the first rows as they will be read."""
    sample, every = found.sample, columns_form.asked_of(guesses, found.sample)
    is_log = any(map(_tells_steps, guesses))
    asked = (
        log_form.columns(every, sample, dropped)
        if is_log
        else columns_form.columns(every, dropped, is_phone=page.is_phone)
    )
    mapping = _mapped(asked, sample, dropped, page)
    if mapping is None:
        return None
    look = first_look(mapping, sample, dropped.given())
    answered = questions_form.of_sample(dropped, look, page.asked[0])
    if answered != dropped:
        dropped = answered
        said = {"date_order": dropped.date_order, "decimal_mark": dropped.decimal_mark, "serials": dropped.serials}
        mapping = mapping.model_copy(update=said)
        look = first_look(mapping, sample, dropped.given())
    _say_of_zone(dropped, look, page)
    shown = look
    if is_without_zone := "E-TZ-NONE" in look.unanswered():
        shown = first_look(mapping, sample, dropped.given()._replace(zone="UTC"))
    if mapping.is_log():
        _looked_at(mapping, sample, shown)
    first_rows.show(shown, dropped.zone, is_log=is_log, is_without_zone=is_without_zone)
    return _read(dropped, mapping, look, tuple(sorted(one.column for one in guesses)))


def _tells_steps(one: Guess) -> bool:
    """Say whether a column tells a step of a response, or the status of each row."""
    return one.field in MILESTONES or bool(one.field == "kind" and one.holds and one.holds.meanings)


def _finding(guesses: Sequence[Guess], dropped: Dropped) -> tuple[str, str]:
    """Say what the table seems to be, and what is to be done."""
    steps = sum(one.field in MILESTONES for one in guesses)
    known = sum(one.holds is not None for one in guesses)
    columns = counted(len(guesses), "column")
    if steps:
        return (
            f"A dispatch log: {steps} of {columns} are steps of the response",
            "The times are put in their order; what is said of a call or a unit can become a group to compare.",
        )
    if any(one.field == "kind" and one.holds and one.holds.meanings for one in guesses):
        return "A log of one row a status", "Each status becomes a step of the response. Say what a bare number means."
    whole = "What do these columns hold?" if dropped.is_mapped_by_hand else f"What do these {columns} hold?"
    return whole, f"{known} are guessed. Change what is wrong; the answer is kept for the next file with these columns."


def _of_file(file: UploadedFile) -> str | None:
    """Parse an uploaded mapping; show the error and return None if it is none."""
    try:
        return written(parse(file.getvalue().decode("utf-8", "replace"), file.name))
    except UnreadableStoryError as refused:
        st.error(plain(str(refused)))
        return None


def _remembered(columns: Sequence[str]) -> tuple[Guess, ...] | None:
    """Take the answer that was given for a file of the same columns in this session."""
    kept = st.session_state.get("answers", {}).get(tuple(sorted(columns)))
    if kept is None:
        return None
    held = parse(kept).columns
    return tuple(Guess(column, held.get(column), 100 if column in held else 0, "") for column in columns)


def _mapped(
    guesses: list[Guess], sample: tuple[dict[str, Any], ...], dropped: Dropped, page: Page
) -> ColumnMapping | None:
    """Ask for what every row says and build the mapping; say what it lacks and return None otherwise."""
    needed = missing(guesses, sample, dropped.name)
    held = {one.field for one in guesses}
    figures = any(one.holds and one.holds.account is None and one.field in columns_form.FIGURES for one in guesses)
    told = any(one.holds and one.holds.account for one in guesses)
    constants = {}
    if "account" in needed and (figures or not told):
        is_log = bool(held & set(MILESTONES))
        with page.asked[2]:
            if told:
                said = _whose_figures(guesses, needed["account"], dropped)
            else:
                words = "Whose log is it?" if is_log else "Whose account is it?"
                said = st.text_input(words, key=dropped.asks("constant-account", needed["account"]), max_chars=200)
        constants["account"] = said.strip() or needed["account"]
    if "kind" in needed:
        kinds = list(Kind)
        key = dropped.asks("constant-kind", Kind(needed["kind"]))
        with page.asked[3]:
            constants["kind"] = str(st.selectbox("What kind of event is it?", kinds, key=key))
    try:
        mapping = mapping_of(guesses, dropped.zone, **constants)
    except ValidationError as refused:
        st.html(f'<p class="must-mend" role="alert">{html(columns_form.reason(refused))}</p>')
        return None
    if mapping.is_log() or any(one.holds == "kind" and one.meanings for one in mapping.columns.values()):
        what, known_by = what_a_row_is(mapping, sample)
        with page.asked[3]:
            st.html(
                f'<p class="asked">One row is</p><p class="answer">{html(what)}</p>'
                f'<p class="read-so">{html(known_by)}</p>'
            )
    ignore = bool(dropped.zone and dropped.answer("offsets", first=False))
    said_so: dict[str, object] = {"vague": dropped.vague or is_vague(mapping, sample), "ignore_offsets": ignore}
    return mapping.model_copy(update=said_so | {"date_order": dropped.date_order, "decimal_mark": dropped.decimal_mark})


def _whose_figures(guesses: Sequence[Guess], file: str, dropped: Dropped) -> str:
    """Ask whose the figures are of which the table does not say so: an account's of it, or the file's own."""
    accounts = dict.fromkeys(one.holds.account for one in guesses if one.holds and one.holds.account)
    key = dropped.asks(_WHOSE)
    said = st.selectbox(
        "Whose figures are they?",
        [*accounts, file],
        index=None,
        format_func=lambda one: plain(f"{one} (the file itself)" if one == file else str(one)),
        accept_new_options=True,
        placeholder="choose an account",
        key=key,
    )
    words = "the table does not say" if said is None else "an account of its own" if said not in accounts else ""
    if words:
        st.html(f'<p class="{"must-mend" if said is None else "good-to-know"}">{words}</p>')
    return said or ""


def _is_whose_open(mapping: ColumnMapping, dropped: Dropped) -> bool:
    """Say whether nobody has said yet whose figures they are, where the table lets several accounts speak."""
    told = any(one.account for one in mapping.columns.values())
    is_asked = told and mapping.has_figures() and "account" in mapping.constants
    return is_asked and not dropped.answer(_WHOSE)


def _say_of_zone(dropped: Dropped, look: FirstLook, page: Page) -> None:
    """Say under the zone whether the file needs one, and let a person overrule what the file says of it."""
    with page.asked[1]:
        if "E-TZ-NONE" in look.unanswered():
            words = "The file names none: choose the clocks of where it happened"
            st.html(f'<p class="must-mend" role="alert">{words}</p>')
        elif dropped.zone is None and look.assumes_utc():
            st.html('<p class="look-here">days are taken as those of UTC unless you choose</p>')
        elif dropped.zone is None:
            st.html('<p class="read-so">every time names its own</p>')
        elif look.has_offsets:
            st.toggle("Even where the file says Z or an offset", key=dropped.asks("offsets", first=False))


def _looked_at(mapping: ColumnMapping, sample: tuple[dict[str, Any], ...], look: FirstLook) -> None:
    st.html('<p class="part">Looked at before reading</p>')
    found = "".join(
        f'<p class="{"look-here" if is_doubtful else "read-so"}">{html(words)}</p>'
        for is_doubtful, words in log_checks(mapping, sample, look)
    )
    st.html(found)


def _key(dropped: Dropped) -> str:
    return f"read-{dropped.key}"


def _read(dropped: Dropped, mapping: ColumnMapping, look: FirstLook, columns: tuple[str, ...]) -> Dropped | None:
    """Offer to keep the mapping and to read the file; return it as it is to be read once that was asked for."""
    text = written(mapping)
    is_same = st.session_state.get(_key(dropped)) == text
    left = [words for code, words in _LEFT.items() if code in look.unanswered()]
    left += ["whose figures they are"] if _is_whose_open(mapping, dropped) else []
    with st.container(horizontal=True, vertical_alignment="center", key="actions-of-mapping"):
        things = f"<b>{counted(len(left), 'thing')} left</b>: {html(', '.join(left))}. Then all rows are read."
        words = things if left else "Nothing left to say. What is wrong in a row is shown once all are read."
        st.html(f'<p class="things-left">{words}</p>')
        st.download_button("Keep for later", text, "mapping.json", key="keep", on_click="ignore", width="content")
        label = "Read all rows" if _key(dropped) not in st.session_state else "Read all rows anew"
        if st.button(label, type="primary", disabled=bool(left) or is_same, key="mapped", width="content"):
            st.session_state[_key(dropped)] = text
            st.session_state.setdefault("answers", {})[columns] = text
            st.rerun()
    return dropped._replace(columns=text) if is_same else None
