"""Withdraw a claim: by the account or by us who coded it wrongly, or hold it back; nothing is erased."""

from datetime import datetime

import streamlit as st

import claims
import failures
from contested.drawing import html
from contested.ingest.as_said import read_said
from contested.ingest.cells.unreadable import Unreadable
from contested.model.claim import Claim
from contested.model.vocabulary import Status
from contested.record.edits import correct, withdraw
from newsroom import adding, correcting, preview, publishing
from newsroom.desk import CLAIM, HISTORY, Desk, asked, at, drafts, go
from newsroom.draft_form import Form, group, said

WHO_TAKES_IT_BACK = "who_takes_it_back"
ACCOUNT, WE, HELD = "account", "we", "held"
_WHO = {
    ACCOUNT: "The account itself: it said so later",
    WE: "We do: it was coded wrongly. The account never said this",
    HELD: "Nobody: it is held back. Editors see it, readers do not",
}
DRAFT = "withdraw:"
"""What the draft of a withdrawal is kept under, beside that of a correction of the same claim."""


def show(desk: Desk) -> None:
    """Show what is taken back, and ask who does and why."""
    claim_id = asked(CLAIM)
    if not (found := desk.revisions(claim_id)):
        st.info("Open a claim from Evidence, or from a mark on a chart, and choose Withdraw there.")
        return
    newest = found[-1]
    claim = desk.claim(claim_id, newest.rev)
    if claim.status is Status.WITHDRAWN:
        st.html(f'<p class="strip">It is withdrawn already. <a href="{html(at(HISTORY, claim_id))}">History</a></p>')
        return
    draft = drafts().of(desk.who, desk.name, f"{DRAFT}{claim_id}")
    cells = dict(draft.cells) if draft else {}
    form = Form(desk, f"{DRAFT}{claim_id}", newest.rev, cells, {})
    until = _moment(form)
    form = form._replace(faults=_faults(form, until))
    correcting.head(desk, newest)
    left, right = st.columns(2, gap="large")
    with left:
        _ask(form, claim)
    with right:
        _outcome(form, claim)
    with st.container(horizontal=True, vertical_alignment="center", key="newsroom-foot"):
        undone = "It is never erased: it stays in the history, and one entry more brings it back."
        st.html(f'<p class="things-left">{adding.left(form.faults, undone)}</p>', width="stretch")
        word = "Hold it back" if _by(form) == HELD else "Withdraw"
        if st.button(word, type="primary", key="publish", disabled=bool(form.faults)):
            with failures.reported("Nothing was changed; your words are kept"):
                _take(form, claim, newest.rev, None if isinstance(until, Unreadable) else until)
                go(HISTORY, claim_id)
                st.rerun()


def _by(form: Form) -> str:
    return form.cells.get(WHO_TAKES_IT_BACK, "")


_MOMENTS = {ACCOUNT: "withdrawn_at", HELD: "embargo_until"}
"""In which cell the moment stands that each may name: by when it was taken back, until when it is held back."""


def _moment(form: Form) -> datetime | Unreadable | None:
    told = form.cells.get(_MOMENTS.get(_by(form), ""), "").strip()
    read = read_said(told, form.desk.zone) if told else (None, None)
    return read if isinstance(read, Unreadable) else read[1]


def _faults(form: Form, moment: datetime | Unreadable | None) -> dict[str, str]:
    """Name what must be mended before it is taken back."""
    faults = {_MOMENTS[_by(form)]: f"{moment.reason}; {moment.fix}"} if isinstance(moment, Unreadable) else {}
    if _by(form) not in _WHO:
        faults[WHO_TAKES_IT_BACK] = "choose one"
    if not publishing.has_reason(form.cells):
        faults["why"] = "One word is no reason. Write a sentence that a reader can check"
    return faults


def _ask(form: Form, claim: Claim) -> None:
    """Ask who takes it back, when, and why."""
    st.html(f'<p class="claim-said">{html(claim.summary)}</p>')
    group("Who takes it back?")
    form.radio(WHO_TAKES_IT_BACK, "Who takes it back?", _WHO)
    if _by(form) == ACCOUNT:
        form.text("withdrawn_at", "by when it did; empty if that is unknown", 60)
    if _by(form) == HELD:
        form.text("embargo_until", "empty: for good", 60)
    form.text("why", "needed · " + ("editors see it" if _by(form) == HELD else "readers see it"), 400)


def _outcome(form: Form, claim: Claim) -> None:
    """Show how the claim will stand afterwards."""
    group("How it will stand there")
    if _by(form) == HELD:
        st.html(said("note", "Readers see nothing of it, nor that it is there: also not by an earlier link."))
    else:
        st.html(f'<p class="struck"><s>{html(claim.summary)}</s> <b>withdrawn</b></p>')
        st.html(f'<p class="attr">{html(preview.sentence(form.desk, claim))}</p>')
        st.html(said("note", "Its mark leaves the charts; as known at an earlier moment it is shown still."))


def _take(form: Form, claim: Claim, rev: int, moment: datetime | None) -> None:
    """Append what was chosen: who takes it back and by when, or that it is held back and until when."""
    desk, by, why = form.desk, _by(form), form.cells["why"]
    note = desk.note(f"coded wrongly: {why}" if by == WE else why, form.claim_id, rev)
    if by == HELD:
        held = claim.model_copy(update={"embargo_until": moment, "sensitive": None if moment else "yes"})
        correct(desk.writing(), desk.name, held, note, rev)
    else:
        withdraw(desk.writing(), desk.name, claim.claim_id, note, rev, moment)
    form.drop()
    claims.move_to_newest()
