"""Withdraw a claim: by the account itself, or by us who coded it wrongly; why is needed, and nothing is erased."""

import streamlit as st

import claims
import failures
from contested.drawing import html
from contested.ingest.as_said import read_said
from contested.ingest.cells.unreadable import Unreadable
from contested.model.vocabulary import Status
from contested.record.edits import withdraw
from newsroom import adding, correcting, preview
from newsroom.desk import CLAIM, HISTORY, Desk, asked, at, drafts, go
from newsroom.draft_form import Form, group, said

WHO_TAKES_IT_BACK = "who_takes_it_back"
ACCOUNT, WE = "account", "we"
_WHO = {ACCOUNT: "The account itself: it said so later", WE: "We do: it was coded wrongly. The account never said this"}
_LEAST_WORDS = 3
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
    by = cells.get(WHO_TAKES_IT_BACK, "")
    told = cells.get("withdrawn_at", "").strip() if by == ACCOUNT else ""
    read = read_said(told, desk.zone) if told else (None, None)
    faults = {"withdrawn_at": f"{read.reason}; {read.fix}"} if isinstance(read, Unreadable) else {}
    if by not in _WHO:
        faults[WHO_TAKES_IT_BACK] = "choose one"
    if len(cells.get("why", "").split()) < _LEAST_WORDS:
        faults["why"] = "One word is no reason. Write a sentence that a reader can check"
    form = form._replace(faults=faults)
    correcting.head(desk, newest)
    left, right = st.columns(2, gap="large")
    with left:
        st.html(f'<p class="claim-said">{html(claim.summary)}</p>')
        group("Who takes it back?")
        form.radio(WHO_TAKES_IT_BACK, "Who takes it back?", _WHO)
        if by == ACCOUNT:
            form.text("withdrawn_at", "by when it did; empty if that is unknown", 60)
        form.text("why", "needed · readers see it", 400)
    with right:
        group("How it will stand there")
        st.html(f'<p class="struck"><s>{html(claim.summary)}</s> <b>withdrawn</b></p>')
        st.html(f'<p class="attr">{html(preview.sentence(desk, claim))}</p>')
        st.html(said("note", "Its mark leaves the charts; as known at an earlier moment it is shown still."))
    with st.container(horizontal=True, vertical_alignment="center", key="newsroom-foot"):
        undone = "It is never erased: it stays in the history, and one entry more brings it back."
        st.html(f'<p class="things-left">{adding.left(faults, undone)}</p>', width="stretch")
        if st.button("Withdraw", type="primary", key="publish", disabled=bool(faults)):
            with failures.reported("Nothing was withdrawn; your words are kept"):
                why = cells["why"] if by == ACCOUNT else f"coded wrongly: {cells['why']}"
                note = desk.note(why, form.claim_id, newest.rev)
                moment = None if isinstance(read, Unreadable) else read[1]
                withdraw(desk.writing(), desk.name, claim_id, note, newest.rev, moment)
                form.drop()
                claims.move_to_newest()
                go(HISTORY, claim_id)
                st.rerun()
