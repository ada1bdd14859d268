"""Correct a claim: the form holds what it says; where another was first, each field is chosen: was, theirs, mine."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

import failures
from contested.drawing import html
from contested.ingest.statement import bounds_by_hand, cells_of, read_cells
from contested.model.claim import Claim
from contested.model.three_way import MINE, THEIRS, Choice, choices, merged
from contested.model.times import day_and_hour
from contested.record.log import Revision
from newsroom import adding, claim_fields, preview, publishing, what_changes
from newsroom.desk import CLAIM, HISTORY, Desk, asked, drafts, go
from newsroom.draft_form import PUBLISHES, Form, group, label, said

CHOSEN = "chosen-"
"""What the cells begin with in which an editor says whose words of a field stand."""
_NOT_SAID = "–"
_OWN = ("why", CHOSEN, publishing.STANDS)


def show(desk: Desk) -> None:
    """Show the form of a claim that is corrected."""
    claim_id = asked(CLAIM)
    if not (found := desk.revisions(claim_id)):
        st.info("Open a claim from Evidence, or from a mark on a chart, and choose Correct there.")
        return
    newest = found[-1]
    draft = drafts().of(desk.who, desk.name, claim_id)
    base = draft.base if draft and 0 < draft.base <= newest.rev else newest.rev
    was = cells_of(desk.claim(claim_id, base), desk.zone)
    cells = dict(draft.cells) if draft else dict(was)
    form = Form(desk, claim_id, base, cells, {})
    head(desk, newest)
    if base == newest.rev:
        _fields(form, newest, kept_at=draft.kept_at if draft else None)
    else:
        _conflict(form, newest, bounds_by_hand(desk.claim(claim_id, base), desk.zone))


def head(desk: Desk, newest: Revision) -> None:
    """Say which claim it is, whose, and in which revision."""
    claim = desk.claim(newest.claim_id, newest.rev)
    source = desk.story.sources.get(claim.source_id)
    where = source.publisher if source else claim.source_id
    told = f"{claim.claim_id} · {where} · revision {newest.rev}"
    st.html(f'<p class="which">{preview.voice_html(desk, claim)} <span class="quiet">· {html(told)}</span></p>')


def _fields(form: Form, newest: Revision, kept_at: datetime | None) -> None:
    """Show each field of a claim that nobody else has changed meanwhile, with what it says now at its left."""
    desk = form.desk
    before = desk.claim(form.claim_id, newest.rev)
    form, after = _checked(form, before, form.cells)
    was, reading = cells_of(before, desk.zone), read_cells(form.cells, form.claim_id, desk.zone)
    now = bounds_by_hand(after, desk.zone) if after else _statement(form.cells)
    changed = list(choices({}, bounds_by_hand(before, desk.zone) if after else was, now))
    left, right = st.columns([784, 384], gap="large")
    with left:
        st.html(
            f'<div class="two head"><b>Was<small>revision {newest.rev}</small></b>'
            "<b>Now<small>not published</small></b></div>"
        )
        claim_fields.beside_what_it_was(form, reading, was)
    with right, st.container(key="newsroom-left"):
        _as_it_will_read(form, after)
        _let_stand(form, claim_fields.BESIDE)
        told = differences([one._replace(was=one.theirs) for one in changed])
        st.html(told if changed else '<p class="msg"><span>Nothing is changed yet.</span></p>')
        _why(form, newest)
        changing = st.container()
    _foot(form, before, after, newest, kept_at, is_changed=bool(changed))
    if changed and after:
        with changing:
            what_changes.show(form.claim_id, after)


def _statement(cells: dict[str, str]) -> dict[str, str]:
    """Leave out of the cells what is said of the correction, not of the claim."""
    return {name: words for name, words in cells.items() if not name.startswith(_OWN)}


def _checked(form: Form, before: Claim, cells: dict[str, str]) -> tuple[Form, Claim | None]:
    """Read the cells, and name what must be mended in them and in the words that a correction leaves behind."""
    desk = form.desk
    reading = read_cells(cells, form.claim_id, desk.zone)
    faults, after = dict(reading.faults), reading.claim
    if after:
        faults |= publishing.faults(desk, after, cells)
        for name, words in publishing.old_words(before, after, cells, desk.zone).items():
            faults.setdefault(name, f"still says {words}; correct it, or say that it is right as it stands")
    if not publishing.has_reason(form.cells):
        faults["why"] = "a sentence that a reader can check, of three words or more"
    return form._replace(faults=faults), after


def differences(changed: list[Choice]) -> str:
    """Write fields as they were and as they are, as HTML."""
    rows = "".join(
        f"<dt>{html(label(one.name))}</dt><dd>{_struck(one.was)} → <ins>{html(one.mine or _NOT_SAID)}</ins></dd>"
        for one in changed
        if not one.name.endswith("_by_hand")
    )
    return f'<dl class="diff">{rows}</dl>'


def _struck(words: str) -> str:
    return f"<del>{html(words)}</del>" if words else _NOT_SAID


def _as_it_will_read(form: Form, after: Claim | None) -> None:
    group("As it will read")
    if after:
        st.html(f'<p class="attr">{html(preview.sentence(form.desk, after))}</p>')


def _let_stand(form: Form, beside: Collection[str] = ()) -> None:
    """Offer to let words stand that still say the old, but for those fields beside which it is offered."""
    typed = (one.removeprefix(publishing.STANDS) for one in form.cells if one.startswith(publishing.STANDS))
    for name in dict.fromkeys([*form.faults, *typed]):
        if name not in beside:
            claim_fields.let_stand(form, name)


def _why(form: Form, newest: Revision) -> None:
    form.text(
        "why", "needed · readers see it", 400, note=f"It becomes revision {newest.rev + 1}; the earlier ones stay."
    )


def _foot(  # noqa: PLR0913 what the bar speaks of
    form: Form, before: Claim, after: Claim | None, newest: Revision, kept_at: datetime | None, *, is_changed: bool
) -> None:
    faults = dict(form.faults) | ({} if is_changed else {"a change": ""})
    with st.container(horizontal=True, vertical_alignment="center", key="newsroom-foot"):
        st.html(f'<p class="things-left">{adding.left(faults)}{adding.kept(kept_at)}</p>', width="stretch")
        if st.button("Take no part of it", key="drop-draft", type="tertiary", disabled=kept_at is None):
            form.drop()
            go(HISTORY, form.claim_id)
            st.rerun()
        if (
            st.button("Publish correction", type="primary", key="publish", shortcut=PUBLISHES, disabled=bool(faults))
            and after
        ):
            with failures.reported("Nothing was published; your words are kept"):
                publishing.publish_correction(form, before, after, newest.rev, form.cells["why"])
                go(HISTORY, form.claim_id)
                st.rerun()


def _conflict(form: Form, newest: Revision, was: dict[str, str]) -> None:
    """Let each field be chosen that differs; nothing that either typed is lost before one is published."""
    desk, entry = form.desk, form.desk.record.entry(newest.seq)
    before = desk.claim(form.claim_id, newest.rev)
    theirs = bounds_by_hand(before, desk.zone)
    when = datetime.fromisoformat(entry.recorded_at).astimezone(ZoneInfo(desk.zone))
    more = newest.rev - form.base
    many = f" ({more} corrections)" if more > 1 else ""
    st.html(
        f'<p class="strip" role="status"><b>{html(entry.who)} {html(newest.act)} this claim at {when:%H:%M}{many}, '
        f"while you were writing.</b> You had revision {form.base} in view. "
        "Nothing of yours is lost: choose, field by field.</p>"
    )
    typed = read_cells(form.cells, form.claim_id, desk.zone).claim
    mine = bounds_by_hand(typed, desk.zone) if typed else _statement(form.cells)
    differing = list(choices(was, theirs, mine))
    chosen = {one.name: form.cells.get(f"{CHOSEN}{one.name}") or one.first() for one in differing}
    taken = merged(was, theirs, mine, chosen)
    left, right = st.columns([784, 384], gap="large")
    with left:
        _table(form, differing, f"revision {form.base}", f"{entry.who}, {day_and_hour(when)}, “{entry.why}”")
        with st.container(horizontal=True):
            _take_all(form, differing, "Take all of theirs", THEIRS)
            _take_all(form, differing, "Keep all of mine", MINE)
    own = {name: words for name, words in form.cells.items() if name.startswith(_OWN)}
    form, after = _checked(form, before, taken | own)
    with right:
        _as_it_will_read(form, after)
        _let_stand(form)
        _why(form, newest)
    changed = list(choices({}, theirs, taken))
    if not changed:
        st.html(said("note", "What you have chosen is what stands already; there is nothing to publish."))
    as_chosen = form._replace(cells=taken | own)  # the draft itself keeps what was typed, also what is not chosen
    _foot(as_chosen, before, after, newest, None, is_changed=bool(changed))


def _table(form: Form, differing: list[Choice], was: str, theirs: str) -> None:
    st.html(
        f'<div class="three head"><b>Was<small>{html(was)}</small></b>'
        f"<b>Theirs<small>{html(theirs)}</small></b>"
        "<b>Mine<small>not published</small></b></div>"
    )
    for one in differing:
        named = {THEIRS: f"Theirs: {one.theirs or _NOT_SAID}", MINE: f"Mine: {one.mine or _NOT_SAID}"}
        with st.container(key=f"three-{one.name}"):
            left, right = st.columns([2, 3])
            left.html(f'<p class="was"><b>{html(label(one.name))}</b> {html(one.was or _NOT_SAID)}</p>')
            with right:
                form.radio(f"{CHOSEN}{one.name}", label(one.name), named, one.first())


def _take_all(form: Form, differing: list[Choice], words: str, whose: str) -> None:
    st.button(words, type="tertiary", on_click=form.put, args=({f"{CHOSEN}{one.name}": whose for one in differing},))
