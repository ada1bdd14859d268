"""Withdraw a claim: by the account or by us who coded it wrongly, or hold it back; nothing is erased."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

import claims
import failures
from contested.drawing import html
from contested.ingest.as_said import read_said
from contested.ingest.cells.unreadable import Unreadable
from contested.model.claim import Claim
from contested.model.times import day_and_hour, duration, zone_time
from contested.model.vocabulary import Status
from contested.record.edits import correct, withdraw
from contested.record.log import Revision
from newsroom import adding, claim_fields, correcting, publishing, what_changes
from newsroom.desk import CLAIM, HISTORY, Desk, asked, at, drafts, go
from newsroom.draft_form import PUBLISHES, Form, group, said

WHO_TAKES_IT_BACK, SINCE, WHERE = "who_takes_it_back", "wrong_since", "withdrawn_where"
ACCOUNT, WE, HELD = "account", "we", "held"
_WHO = {
    ACCOUNT: ("The account itself", "It said so later. Asks where it did, and by when"),
    WE: ("We do: it was coded wrongly", "The account never said this. It is a correction of ours"),
    HELD: ("Nobody: it is held back", "Editors see it; readers do not, nor that it is there"),
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
    moment = None if isinstance(until, Unreadable) else until
    left, right = st.columns(2, gap="large")
    with left:
        correcting.head(desk, newest)
        _ask(form, claim, found)
    with right:
        changing = st.container()
        _outcome(form, claim)
    with st.container(horizontal=True, vertical_alignment="center", key="newsroom-foot"):
        undone = "It is never erased: it stays in the history, and one entry more brings it back."
        kept = adding.kept(draft.kept_at if draft else None)
        st.html(f'<p class="things-left">{adding.left(form.faults, undone)}{kept}</p>', width="stretch")
        if st.button("Back", key="back"):
            go(HISTORY, claim_id)
            st.rerun()
        word = "Hold it back" if _by(form) == HELD else "Withdraw"
        if st.button(word, type="primary", key="publish", shortcut=PUBLISHES, disabled=bool(form.faults)):
            with failures.reported("Nothing was changed; your words are kept"):
                _take(form, claim, newest.rev, moment)
                go(HISTORY, claim_id)
                st.rerun()
    with changing:
        withdrawn = claim.model_copy(update={"status": Status.WITHDRAWN, "withdrawn_at": moment})
        what_changes.show(claim_id, None if _by(form) == HELD else withdrawn)


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


def _ask(form: Form, claim: Claim, found: list[Revision]) -> None:
    """Ask who takes it back, since when or by when, and why."""
    st.html(f'<p class="claim-said">{html(claim.summary)}</p>')
    group("Who takes it back?")
    words, captions = ({key: pair[place] for key, pair in _WHO.items()} for place in (0, 1))
    form.radio(WHO_TAKES_IT_BACK, "Who takes it back?", words, captions=list(captions.values()))
    by = _by(form)
    if by == HELD:
        form.text("embargo_until", "empty: for good", 60)
    elif by:
        left, right = st.columns(2)
        with left:
            _since(form, found) if by == WE else form.choice(WHERE, form.desk.names("source_id"), "optional")
        with right:
            _instead(form, claim) if by == WE else form.text("withdrawn_at", "by then; or empty", 60)
    form.text("why", "needed · " + ("editors see it" if by == HELD else "readers see it"), 400)


def _since(form: Form, found: list[Revision]) -> None:
    """Ask since which entry it was wrong, and say for how long readers were shown it so."""
    named = {str(one.rev): f"{'the start' if one is found[0] else one.act}, entry {one.seq}" for one in found}
    recorded = _wrong_since(form, found)
    minutes = round((datetime.now(UTC) - recorded).total_seconds() / 60)
    since = day_and_hour(recorded.astimezone(ZoneInfo(form.desk.zone)))
    form.choice(SINCE, named, usual=str(found[0].rev), note=f"Since {since}, for {duration(minutes, minutes)}")


def _wrong_since(form: Form, found: list[Revision]) -> datetime:
    """Give the moment at which the entry was recorded since which it was wrong: the first one, unless one is chosen."""
    chosen = next((one for one in found if str(one.rev) == form.cells.get(SINCE)), found[0])
    return datetime.fromisoformat(form.desk.record.entry(chosen.seq).recorded_at)


def _instead(form: Form, claim: Claim) -> None:
    """Ask which other claim of the same account says it rightly."""
    others = claim_fields.claims_of(form)
    own = {key: words for key, (account, words) in others.items() if account == claim.account and key != claim.claim_id}
    form.choice("instead", own, "optional")


def _outcome(form: Form, claim: Claim) -> None:
    """Show how the claim will stand afterwards."""
    group("How it will stand there")
    if _by(form) == HELD:
        st.html(said("note", "Readers see nothing of it, nor that it is there: also not by an earlier link."))
        return
    by = {ACCOUNT: "by the account itself", WE: "by the desk"}.get(_by(form), "")
    today = day_and_hour(datetime.now(ZoneInfo(form.desk.zone))).partition(",")[0]
    words = " · ".join(
        part for part in (f"Withdrawn {by}, {today}" if by else f"Withdrawn, {today}", _why(form)) if part
    )
    st.html(f'<p class="struck"><s>{html(claim.summary)}</s> <b>withdrawn</b></p><p class="quiet">{html(words)}</p>')


def _why(form: Form) -> str:
    """Give why it is taken back as it is recorded: who does, since when or where, and the reason."""
    cells, by, why = form.cells, _by(form), form.cells.get("why", "")
    if by == WE:
        zone = form.desk.zone
        since = _wrong_since(form, form.desk.revisions(form.claim_id.removeprefix(DRAFT)))
        words = f"coded wrongly since {day_and_hour(since.astimezone(ZoneInfo(zone)))} ({zone_time(zone)})"
        words += f", {cells['instead']} says it instead" if cells.get("instead") else ""
        return f"{words}: {why}"
    if by == ACCOUNT and cells.get(WHERE):
        where = form.desk.names("source_id").get(cells[WHERE], cells[WHERE])
        return f"taken back in {where}: {why}"
    return why


def _take(form: Form, claim: Claim, rev: int, moment: datetime | None) -> None:
    """Append what was chosen: who takes it back and by when, or that it is held back and until when."""
    desk = form.desk
    note = desk.note(_why(form), form.claim_id, rev)
    if _by(form) == HELD:
        held = claim.model_copy(update={"embargo_until": moment, "sensitive": None if moment else "yes"})
        correct(desk.writing(), desk.name, held, note, rev)
    else:
        withdraw(desk.writing(), desk.name, claim.claim_id, note, rev, moment)
    form.drop()
    claims.move_to_newest()
