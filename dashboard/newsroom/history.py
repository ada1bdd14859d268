"""The history of a claim: each entry with who, when, what and why, the newest first; and the undo of an entry."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

import claims
import failures
from contested.drawing import html
from contested.ingest.statement import bounds_by_hand
from contested.model.claim import Claim
from contested.model.three_way import choices
from contested.model.times import day_and_hour
from contested.model.vocabulary import Status
from contested.model.wording import counted
from contested.record.entry import Act, Entry, Head
from contested.record.log import Record, Revision
from contested.record.release import accept, changes
from contested.record.undo import undo
from contested.record.verify import chain
from newsroom import adding, correcting, publishing, story_log
from newsroom.desk import CLAIM, CORRECT, HISTORY, UNDO, WITHDRAW, Desk, asked, at, drafts, entry_asked, go
from newsroom.draft_form import PUBLISHES, Form, said

SHOWN = 50


def show(desk: Desk) -> None:
    """Show every revision of a claim, side by side with the one before."""
    claim_id = asked(CLAIM)
    if not (found := desk.revisions(claim_id)):
        st.info("Open a claim from Evidence, or from a mark on a chart, and choose History there.")
        return
    readings = [desk.claim(claim_id, one.rev) for one in found]
    befores: list[Claim | None] = [None, *readings]
    items = [_item(desk, one, before, after) for one, before, after in zip(found, befores, readings, strict=False)]
    links = (
        {CORRECT: "Correct", WITHDRAW: "Withdraw"} if readings[-1].status is Status.STANDING else {CORRECT: "Correct"}
    )
    told = " · ".join(f'<a href="{html(at(do, claim_id))}" target="_self">{words}</a>' for do, words in links.items())
    left, right = st.columns(2, gap="large")
    with left:
        correcting.head(desk, found[-1])
        st.html(f'<p class="claim-said">{html(readings[-1].summary)}</p>')
        st.html(f'<ol class="history">{"".join(reversed(items[-SHOWN:]))}</ol>')
        if len(found) == 1:
            st.html('<p class="sub">Nothing has been corrected. This claim stands as it was first recorded.</p>')
        st.html(f'<p class="which">{told} <span class="quiet">· {counted(len(found), "revision")}</span></p>')
        st.html(_chain(desk))
    with right:
        story_log.show(desk)


def _chain(desk: Desk) -> str:
    """Say whether each entry of the record fits the one before it, as HTML."""
    head = desk.record.head
    if broken := _broken(head, desk.record):
        return said("warn", f"{broken}: run contested verify")
    looked = datetime.now(ZoneInfo(desk.zone))
    return said(
        "ok", f"Chain of {counted(head.seq, 'entry', 'entries')} verified, head {head.hash[:12]}, {looked:%H:%M}"
    )


@st.cache_data(max_entries=4, show_spinner=False)
def _broken(head: Head, _record: Record) -> str:  # noqa: ARG001 the key of what is kept
    """Name the first entry that does not fit, once for each last entry."""
    return next(chain(_record), "")


def _item(desk: Desk, one: Revision, before: Claim | None, after: Claim) -> str:
    entry = desk.record.entry(one.seq)
    when = datetime.fromisoformat(entry.recorded_at).astimezone(ZoneInfo(desk.zone))
    link = f'<a href="{html(at(UNDO, one.claim_id, entry=str(one.seq)))}" target="_self">Undo as a new entry</a>'
    can_undo = before is not None and entry.claim_id
    return (
        f'<li><p class="quiet"><span>Entry {entry.seq} · {html(day_and_hour(when))} · {html(entry.who)}</span>'
        f"{link if can_undo else ''}</p><h4>{html(act(entry, before, after))}</h4>"
        f"{_changes(desk, before, after)}{_why(entry)}</li>"
    )


def _why(entry: Entry) -> str:
    return f"<p>Why: {html(entry.why)}</p>" if entry.why else ""


def act(entry: Entry, before: Claim | None, after: Claim) -> str:
    """Say what an entry did to a claim."""
    undoes = f", undoes entry {entry.manifest()['undoes']}" if entry.act == Act.UNDONE else ""
    if before is None:
        return f"Stated{undoes}" if entry.claim_id else "Imported"
    if before.status is after.status:
        return f"Corrected{undoes}"
    return f"{'Withdrawn' if after.status is Status.WITHDRAWN else 'Back in place'}{undoes}"


def _changes(desk: Desk, before: Claim | None, after: Claim) -> str:
    if before is None:
        return f"<p>{html(after.summary)}</p>"
    was, now = (bounds_by_hand(one, desk.zone) for one in (before, after))
    return correcting.differences([one._replace(was=one.theirs) for one in choices({}, was, now)])


def show_undo(desk: Desk) -> None:
    """Show what the undo of an entry would change, and ask why; what others did since stays."""
    entry = entry_asked(desk.record)
    if entry is None:
        st.info("Open the history of a claim, and choose there which entry is undone.")
        return
    if entry.story != desk.name or not entry.claim_id:
        st.info("This entry is an import; it is undone on the page Import.")
        return
    draft_id = f"undo:{entry.seq}"
    draft = drafts().of(desk.who, desk.name, draft_id)
    cells = dict(draft.cells) if draft else {}
    faults = (
        {} if publishing.has_reason(cells) else {"why": "a sentence that a reader can check, of three words or more"}
    )
    form = Form(desk, draft_id, 0, cells, faults)
    with failures.reported(f"Entry {entry.seq} cannot be undone"):
        found = undo(desk.record, entry.seq)
        st.html(f'<p class="which">Entry {entry.seq} · {html(entry.who)} · {html(entry.why or "no reason given")}</p>')
        st.code("\n".join(changes(desk.record, found.release)), language=None, wrap_lines=True)
        form.text("why", "needed · readers see it", 400)
        with st.container(horizontal=True, vertical_alignment="center", key="newsroom-foot"):
            told = "It is undone by a new entry, which can be undone too. Nothing is erased."
            st.html(f'<p class="things-left">{adding.left(faults, told)}</p>', width="stretch")
            if st.button(
                f"Undo entry {entry.seq}", type="primary", key="publish", shortcut=PUBLISHES, disabled=bool(faults)
            ):
                why = f"undoes entry {entry.seq}: {cells['why']}"
                accept(desk.writing(), found.release, desk.note(why, draft_id))
                form.drop()
                claims.move_to_newest()
                go(HISTORY, entry.claim_id)
                st.rerun()
