"""The view Import: upload, examination, mapping, preview and import of a file; undo of earlier imports."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from urllib.parse import quote

import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

import claims
import failures
import write_access
from contested.analysis.timing.opening_window import windows
from contested.answers import answer
from contested.charts import CHARTS
from contested.cli.home import default_record
from contested.drawing import html
from contested.ingest import blank_sheet
from contested.ingest.codebooks import sheet
from contested.ingest.formats import FORMATS, PACKED
from contested.library import package as package_of
from contested.model.problem import ConflictError
from contested.model.side_tables import Account
from contested.model.story import Package, Story
from contested.model.times import at, day
from contested.model.vocabulary import Milestone
from contested.model.wording import counted
from contested.query.selection import Selection
from contested.query.store import Store
from contested.query.story_form import Holdings, holdings
from contested.record import open_record, other_imports
from contested.record.edits import ChangeNote
from contested.record.entry import Act, Entry, Head
from contested.record.log import Record
from contested.record.own_edits import Edits
from contested.record.release import Release, Submission, changes, imports, release
from contested.record.undo import undo
from importing import (
    accounts_form,
    arrivals,
    confirmation,
    examination,
    import_page,
    like_events_form,
    mapping_form,
    mend_form,
    questions_form,
    release_form,
    what_readers_see,
)
from importing.confirmation import Confirmation
from importing.examination import Dropped, Found
from importing.import_page import Page
from importing.release_form import edits
from panel import mount, room
from sharing import deck_shelf, where_kept
from untrusted import plain

_FRAME = 34
"""What the border around a preview takes of its room, in px."""
_SAME, _APART = "They are the same events", "Keep them apart"
PREVIEW: dict[str, tuple[str, Callable[[Holdings], object]]] = {
    "timeline": ("Timeline", attrgetter("has_times")),
    "hourly-clashes": ("Clashes", attrgetter("has_clashes")),
    "response-delays": ("Delays", attrgetter("timed_events")),
    "casualty-counts": ("Casualties", attrgetter("has_casualties")),
}
"""The charts of a preview, each with what the file must hold for it."""
PREVIEWED = 100_000
"""So many claims of a file are drawn before it is accepted."""
SHOWN = 50


def show() -> None:
    """Draw the view: the upload, then what the file needs, or the imports so far."""
    head = st.empty()
    words = "A file becomes claims, or you read which cell is wrong, why, and how to mend it."
    import_page.show_title(head, "Import", words, "File")
    where = where_kept.record_address()
    if where is None:
        st.info(
            "This dashboard can be reached from other machines; its keeper must name a record for what is imported."
        )
        return
    if not write_access.may_publish():
        write_access.ask()
        return
    file = arrivals.asked(where) or _dropped()
    if file is None:
        examination.forget()
        arrivals.show(where)
        _blank()
        _kept(where, claims.record())
        return
    page = import_page.below(head)
    said = arrivals.said(file, examination.options(file, page))
    dropped, found = _examined(mend_form.of_session(said), page)
    if found is None:
        return
    examination.report(found, dropped, page)
    mend_form.show(found, dropped)
    if len(found.claims):
        zone = dropped.zone or _usual_zone(found.claims)
        above = st.container()
        left, right = st.columns([2, 1], gap="medium")
        with left:
            _preview(found, dropped, zone)
        with right.container(key="accept-panel"):
            _accept(found, dropped, where, zone, Places(page, above))


def _usual_zone(claims: pa.Table) -> str:
    """Name the zone of most claims."""
    counts = claims["zone"].drop_null().value_counts().to_pylist()
    return str(max(counts, key=lambda one: one["counts"])["values"]) if counts else "UTC"


def _dropped() -> UploadedFile | None:
    suffixes = [suffix.removeprefix(".") for suffix in (*FORMATS, PACKED)]
    return st.file_uploader("Drop a table: one row a claim, an event, a call or a unit", suffixes, key="file")


def _examined(dropped: Dropped, page: Page) -> tuple[Dropped, Found | None]:
    """Examine a file, again with each confirmation that it needs; None while one is missing."""
    found = examination.examined(dropped)
    mapped = partial(mapping_form.confirmed, page=page)
    for confirmed in (mapped, questions_form.confirmed, accounts_form.confirmed):
        said = found and confirmed(dropped, found)
        if said is None:
            return dropped, None
        if said != dropped:
            dropped, found = said, examination.examined(said)
    return dropped, found


def _blank() -> None:
    """Offer an empty workbook, with its required columns."""
    with st.expander("Nothing to drop yet? Fill in a sheet"):
        st.markdown("\n".join(f"- **{plain(column)}**: {plain(holds)}" for column, holds in sheet.REQUIRED.items()))
        st.caption("Figures, places, ends and bounds have columns of their own; what is unknown stays empty.")
        st.download_button(
            "Download an empty sheet", blank_sheet.workbook(), "records.xlsx", key="blank", on_click="ignore"
        )


def _preview(found: Found, dropped: Dropped, zone: str) -> None:
    """Show a chart of what was read, of a log its delays first, by the clock that the story will open on."""
    left = found.examination.rejected
    st.header("What the other rows will show" if left else "What it will show", anchor=False)
    drawn_of = found.claims.slice(0, PREVIEWED)
    accounts = {name: Account(account=name, label=name) for name in sorted(drawn_of["account"].unique().to_pylist())}
    story = Story("preview", Package(title="preview", zone=zone), (), accounts)
    store, held = examination.once("preview", dropped.without_content(), lambda: _held(drawn_of))
    clock = store.facets().clock
    offered = {key: name for key, (name, is_held) in PREVIEW.items() if is_held(held)} or {"timeline": "Timeline"}
    usual = "timeline" if clock.start is Milestone.ONSET else "response-delays"
    usual = usual if usual in offered else next(iter(offered))
    shown = st.segmented_control(
        "Chart",
        list(offered),
        format_func=offered.__getitem__,
        key=dropped.asks("preview", usual, offered),
        label_visibility="collapsed",
    )
    chart = next(one for one in CHARTS if one.key == (shown or usual))
    selected = Selection(zone=zone, start=clock.start, stop=clock.stop)
    told = answer(chart, story, store, selected)
    if chart.key == "timeline" and (days := windows(told.rows)):
        since, until = days[-1].instants(zone)
        told = answer(
            chart, story, store, Selection.model_validate(selected.model_dump() | {"since": since, "until": until})
        )
    st.subheader(plain(told.title), anchor=False)
    page = room.of_page(room.window())
    drawn = mount.drawn(told.figure, page * 2 // 3 - _FRAME if page > room.PHONE else page - _FRAME)
    mount.show(mount.Chart(f"preview-{chart.key}", drawn, told.sentence))
    st.caption(plain(f"Hours are those of {zone}. Another zone is chosen above."))
    if len(drawn_of) < len(found.claims):
        st.caption(f"Drawn from the first {len(drawn_of):,} of {len(found.claims):,} claims; the story shows all.")


def _held(claims: pa.Table) -> tuple[Store, Holdings]:
    """Keep claims to be asked, and say what they hold."""
    store = Store(claims)
    return store, holdings(store)


class Places(NamedTuple):
    """Where a release is told: the title of the page, and the place above what will be shown."""

    page: Page
    above: DeltaGenerator


def _accept(found: Found, dropped: examination.Dropped, where: str, zone: str, places: Places) -> None:
    st.header("Accept", anchor=False)
    kept = claims.record()
    stem = dropped.name.partition(".")[0]
    begun = kept.stories() if kept else []
    usual = _story_of(kept, begun, found, dropped) or stem
    names = list(dict.fromkeys([usual, stem, *begun]))
    story = str(st.selectbox("Into the story", names, accept_new_options=True, key=dropped.asks("into", usual)) or stem)
    if story not in begun:
        st.html('<p class="good-to-know">A new story.</p>')
    dataset = _release_of(kept, story, found, dropped)
    who = st.text_input("Your name, for the record", key="who", max_chars=200).strip()
    why = st.text_input("Why (it is kept)", key="why", max_chars=1000).strip()
    rejected = found.examination.rejected
    partly = not rejected or st.toggle(
        f"Leave out {counted(rejected, 'row')} and accept the rest",
        key=dropped.asks("partly", first=False),
        help="They stay on this page until you mend them, or drop another file.",
    )
    with examination.written_out(dropped) as path:
        files = {one.name: one for one in path.parent.iterdir()}
        known = package_of(kept, story) if kept and story in begun else Package(title=story, zone=zone)
        package = known.model_dump(mode="json")
        brought = Submission(story, dataset, found.claims, files, package=package, refused=rejected)
        brought = _beside_others(kept, brought, dropped)
        seen = confirmation.pop("accept")
        key = f"{dropped.key}-{story}"
        if seen and who and partly and _is_recorded(where, brought, seen, ChangeNote(who, why), edits(key)):
            return
        base = confirmation.base_of(claims.record(), f"{dropped.key} {story}")
        with _against(claims.record()) as record:
            of_what = (dropped.without_content(), dataset, base) if brought.claims is found.claims else None
            if shown := _difference(record, brought, base, key, of_what):
                one, seen = shown
                _show_changes(record, one, seen, key, places)
                label = f"Accept {counted(len(found.claims), 'claim')}"
                if release_form.is_release(one):
                    label = "Accept the release"
                lacks = {"your name": who, "what becomes of the other rows": partly}
                if left := [words for words, said in lacks.items() if not said]:
                    st.html(
                        f'<p class="things-left"><b>{counted(len(left), "thing")} left</b>: {" and ".join(left)}.</p>'
                    )
                confirmation.button(label, seen, "accept", disabled=not (who and partly))


def _story_of(kept: Record | None, stories: Sequence[str], found: Found, dropped: examination.Dropped) -> str | None:
    """Name the story that holds an earlier release of a file: by its name, else by its claims."""
    if kept is None:
        return None
    named = (name for name in stories if any(body["dataset"] == dropped.dataset() for _, body in imports(kept, name)))
    return next(named, None) or next((name for name in stories if _earlier(kept, name, found, dropped)), None)


def _earlier(kept: Record, story: str, found: Found, dropped: examination.Dropped) -> dict[str, Entry]:
    """Name the imports of a story that hold claims of a file, looked for once for a file as it was read."""
    seen = (dropped.without_content(), kept.head)
    return examination.once(
        f"earlier in {story}", seen, lambda: other_imports.with_same_claims(kept, story, found.claims)
    )


def _release_of(kept: Record | None, story: str, found: Found, dropped: examination.Dropped) -> str:
    """Name what a file is a release of: a file of its own name, or what a person says where others hold its claims."""
    own = dropped.dataset()
    earlier = _earlier(kept, story, found, dropped) if kept and story in kept.stories() else {}
    if kept is None or not earlier or any(body["dataset"] == own for _, body in imports(kept, story)):
        return own
    words = {name: f"A new release of {name}, {_accepted(entry)}" for name, entry in earlier.items()}
    names = [*words, own]
    return st.radio(
        "What it is",
        names,
        format_func=lambda name: plain(words.get(name, "It is something else")),
        key=dropped.asks("release-of", names[0], names),
    )


def _accepted(entry: Entry) -> str:
    return f"accepted {day(datetime.fromisoformat(entry.recorded_at))} by {entry.who}"


def _beside_others(kept: Record | None, brought: Submission, dropped: examination.Dropped) -> Submission:
    """Ask whether events of an id that the story has from elsewhere are the same events, where there are any."""
    brought = like_events_form.matched(kept, brought, dropped) if kept else brought
    shared = other_imports.shared_events(kept, brought) if kept else {}
    if not shared:
        return brought
    usual = _APART if kept and other_imports.were_kept_apart(kept, brought) else _SAME
    said = st.radio(plain(other_imports.in_words(shared)), [_SAME, _APART], key=dropped.asks("shared", usual))
    return other_imports.kept_apart(brought) if said == _APART else brought


@contextmanager
def _against(kept: Record | None) -> Iterator[Record]:
    """Yield the record to compare with, or an empty temporary one if there is none yet."""
    if kept:
        yield kept
        return
    with TemporaryDirectory() as folder, closing(open_record(Path(folder) / "empty", create=True)) as empty:
        yield empty


def _difference(
    kept: Record, brought: Submission, base: Head, key: str, of_what: object
) -> tuple[Release, Confirmation] | None:
    """Say what the file would change, once for a file as it was read; say so if that is nothing, or conflicts.

    A submission of which a person said more than the file says is another each time: then `of_what` is None.
    """

    def computed() -> tuple[Release, Confirmation]:
        one = release(kept, brought, base, edits(key))
        return one, confirmation.of(one)

    seen = (of_what, brought.story, brought.package, edits(key))
    try:
        one, named = examination.once("difference", seen, computed) if of_what else computed()
    except ConflictError as refused:
        st.error(plain(str(refused)))
        return None
    if not one.is_news:
        st.info("This very file is recorded already; there is nothing to add.")
        return None
    return one, named


def _show_changes(kept: Record, one: Release, seen: Confirmation, key: str, places: Places) -> None:
    """Show what a new release changes above what it will show, or say how much a first one states."""
    if not release_form.is_release(one):
        return
    places.page.title(*release_form.finding(one), "Accept")
    with places.above:
        release_form.show(kept, one, key)
        what_readers_see.show(kept, one, seen, deck_shelf.shelf())
    if one.conflicts:
        st.html(f'<p class="good-to-know">{html(release_form.note(one))}</p>')
    release_form.offer_workbook(kept, one, edits(key))
    words = "One entry in the record, all or nothing. It can be undone: its changes are then taken back, in one entry."
    st.html(f'<p class="good-to-know">{words}</p>')


def _changes(kept: Record, one: Release) -> None:
    """Summarize a release, and list its changes if it changes recorded claims."""
    acts = ", ".join(f"{one.count(act)} {act}" for act in (Act.STATED, Act.CORRECTED, Act.WITHDRAWN))
    st.markdown(f"Against what is recorded: {acts}.")
    if one.count(Act.STATED) < len(one.acts):
        lines = list(changes(kept, one))
        st.code("\n".join(lines[:SHOWN]), language=None, wrap_lines=True)
        if len(lines) > SHOWN:
            st.caption(f"The first {SHOWN} of {len(lines)}.")


def _is_recorded(where: str, brought: Submission, seen: Confirmation, hand: ChangeNote, kept: Edits) -> bool:
    """Import a file as it was confirmed, or show why nothing was recorded."""
    with failures.reported("Nothing was recorded"):
        write_access.refuse_reader()
        if where == str(default_record()):
            default_record().parent.mkdir(parents=True, exist_ok=True)
        with closing(open_record(where, create=True)) as record:
            entry = confirmation.commit(record, seen, release(record, brought, edits=kept), hand)
        arrivals.accepted(where, hand.who, entry.seq)
        claims.move_to_newest()
        st.success(plain(f"Recorded in {brought.story} as entry {entry.seq}, {entry.hash[:12]}."))
        if write_access.is_local_session() or brought.story in claims.stories():
            st.link_button("See it in the charts", f"./?story={quote(brought.story)}", key="see")
        return True
    return False


def _imports(record: Record) -> list[tuple[Entry, dict[str, Any]]]:
    return [one for name in record.stories() for one in imports(record, name)]


def _kept(where: str, record: Record | None) -> None:
    """List imports and undos, the latest first, and offer to undo one."""
    seen = confirmation.pop("withdraw")
    told = {entry.seq: (entry, body) for entry, body in _imports(record)} if record else {}
    if record is None or not told:
        st.info("Nothing is imported yet.")
        return
    st.header("Imported so far", anchor=False)
    names = {seq: _named(*one) for seq, one in sorted(told.items(), reverse=True)}
    chosen = st.selectbox(
        "Undo an entry: what it did is taken back, and nothing is erased",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="Choose an entry",
        key="undo",
    )
    if chosen is not None:
        who = st.text_input("Your name, for the record", key="who", max_chars=200).strip()
        why = st.text_input("Why it is undone", key="why", max_chars=1000).strip()
        if not (seen and who and why and _is_undone(where, chosen, seen, ChangeNote(who, why))):
            _undo(record, chosen, is_ready=bool(who and why))
    rows = sorted(_imports(record), key=lambda one: one[0].seq, reverse=True)
    st.table([{"imported": plain(_named(*one))} for one in rows])


def _named(entry: Entry, body: dict[str, Any]) -> str:
    """Describe an import or an undo in one line."""
    what = f"undo of entry {body['undoes']}" if "undoes" in body else body["dataset"]
    many, recorded_at = counted(body["claims"], "claim"), at(datetime.fromisoformat(entry.recorded_at))
    return f"Entry {entry.seq} of {entry.story}: {what}, {many}, {entry.who}, {recorded_at} UTC"


def _undo(record: Record, seq: int, *, is_ready: bool) -> None:
    """Show what an undo would change, and which claims it would leave alone."""
    with failures.reported(f"Entry {seq} cannot be undone"):
        one, left = undo(record, seq, confirmation.base_of(record, f"entry {seq}"))
        _changes(record, one)
        if left:
            since = ", ".join(map(str, sorted(set(left.values()))))
            st.markdown(f"{counted(len(left), 'claim')} of it stay as they are: changed since, by entry {since}.")
        confirmation.button(f"Undo entry {seq}", confirmation.of(one), "withdraw", disabled=not is_ready)


def _is_undone(where: str, seq: int, seen: Confirmation, hand: ChangeNote) -> bool:
    """Undo an entry as it was confirmed, or show why nothing was recorded."""
    with failures.reported("Nothing was recorded"):
        write_access.refuse_reader()
        with closing(open_record(where)) as record:
            entry = confirmation.commit(record, seen, undo(record, seq).release, hand)
            claims.move_to_newest()
        st.success(f"Entry {seq} is undone by entry {entry.seq}, which can be undone too. Nothing is erased.")
        return True
    return False
