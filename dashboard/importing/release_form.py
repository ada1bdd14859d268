"""Form: what a new release of a data set changes, against what is recorded and against our own edits."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from contested.drawing import html
from contested.export import table
from contested.model.arrow_schema import to_arrow
from contested.model.times import date
from contested.model.wording import counted, spaced
from contested.record.entry import Act
from contested.record.log import Record
from contested.record.own_edits import BOTH, OURS, THEIRS, Conflict, Edits, Whose
from contested.record.release import Release
from contested.record.release_changes import EventCounts, changed_fields, claims_of, event_counts

SHOWN = 50
CHANGED, EDITED, NEW, GONE = "changed", "edited", "new", "gone"
_WIDTHS = (4, 3, 3, 3)
_FIGURE = ("low", "best", "high")
_HEADINGS = ("what", "claim", "event", "account", "begins", "place", "field", "before", "in this release", "we keep")
_NAMES = {"low": "Lowest", "best": "Best figure", "high": "Highest", "began_earliest": "Begins not before"}


def is_release(one: Release) -> bool:
    """Say whether a file brings what is recorded of its data set in another form."""
    return bool(one.conflicts) or one.count(Act.STATED) < len(one.acts) or (one.same > 0 and one.is_news)


def finding(one: Release) -> tuple[str, str]:
    """Say how much is new, changed and gone, and how it was compared."""
    found = event_counts(one)
    changed = "none changed" if not found.changed else f"{found.changed:,} changed"
    gone = {0: "none is gone", 1: "1 is gone"}.get(found.gone, f"{found.gone:,} are gone")
    new = f"{counted(found.new, 'event')} {'is' if found.new == 1 else 'are'} new" if found.new else "no event is new"
    return (
        f"A new release: {new}, {changed}, {gone}",
        "Compared by meaning: another number of a row, or another way to write a date, is no change.",
    )


def edits(key: str) -> Edits:
    """Give whose word a person let stand, of each claim and field that the desk has edited."""
    said: dict[tuple[str, str], Whose] = st.session_state.get(f"whose-{key}", {})
    return Edits(said=dict(said))


def show(record: Record, one: Release, key: str) -> None:
    """Draw the four counts, and the changes of one kind at a time."""
    found = event_counts(one)
    _counts(found)
    fields = list(changed_fields(record, one))
    kinds = {
        CHANGED: f"Changed {len(fields)}",
        EDITED: f"Against our edits {len(one.conflicts)}",
        NEW: f"New {one.count(Act.STATED)}",
        GONE: f"Gone {one.count(Act.WITHDRAWN)}",
    }
    first = CHANGED if fields else EDITED if one.conflicts else NEW if one.count(Act.STATED) else GONE
    kind = st.segmented_control(
        "What to look at",
        list(kinds),
        format_func=kinds.__getitem__,
        default=first,
        key=f"release-{key}",
        label_visibility="collapsed",
    )
    match kind or first:
        case "changed":
            _table(fields, lambda field: _changed(field.claim, field.field, field.before, field.now))
        case "edited":
            _table(one.conflicts, lambda conflict: _conflict(one, conflict, key))
        case "new":
            _table(claims_of(one, Act.STATED), lambda claim: _whole(claim, "", str(claim["summary"]), "recorded"))
        case _:
            _table(
                claims_of(one, Act.WITHDRAWN),
                lambda claim: _whole(claim, str(claim["summary"]), "–", "withdrawn, kept"),
            )


def _counts(found: EventCounts) -> None:
    words = {"new": "", "changed": "below", "gone": "would be withdrawn, not erased", "the same": "not recorded again"}
    told = "".join(
        f"<div><b>{number:,}</b> <strong>{name}</strong><p>{html(said)}</p></div>"
        for (name, said), number in zip(words.items(), found, strict=True)
    )
    st.html(f'<div class="release-counts">{told}</div>')


def _table(rows: Sequence[Any], draw: Callable[[Any], None]) -> None:
    heads = "".join(f"<span>{head}</span>" for head in ("What", "Before", "In this release", "We keep"))
    st.html(f'<div class="release-head">{heads}</div>')
    for place, one in enumerate(rows[:SHOWN]):
        with st.container(gap=None, key=f"release-row-{place}"):
            draw(one)
    if len(rows) > SHOWN:
        st.html(f'<p class="good-to-know">and {len(rows) - SHOWN:,} more, all of them in the workbook below</p>')


def _changed(claim: Mapping[str, Any], field: str, before: object, now: object) -> None:
    of_what = str(claim["summary"]).partition(":")[0] if claim.get("measure") else ""
    named = f"{of_what}: {_named(field).lower()}" if field in _FIGURE and of_what else _named(field)
    _row(named, _where(claim), _cell(before), _cell(now), "take theirs")


def _whole(claim: Mapping[str, Any], before: str, now: str, keeps: str) -> None:
    _row(spaced(str(claim["kind"])).capitalize(), _where(claim), before, now, keeps)


def _row(what: str, where: str, before: str, now: str, keeps: str) -> Any:  # noqa: ANN401 a place of Streamlit
    named, old, new, kept = st.columns(_WIDTHS)
    named.html(f'<p class="column-name">{html(what)}</p><small>{html(where)}</small>')
    old.html(f"<p>{html(before)}</p>")
    new.html(f"<p><b>{html(now)}</b></p>")
    if keeps:
        kept.html(f"<small>{html(keeps)}</small>")
    return kept


def _conflict(one: Release, conflict: Conflict, key: str) -> None:
    """Ask whose word stands: ours, unless a person takes theirs."""
    said: dict[tuple[str, str], Whose] = st.session_state.setdefault(f"whose-{key}", {})
    row = next((row for row in _claims_told(one) if row["claim_id"] == conflict.claim_id), None)
    where = _where(row) if row else conflict.claim_id
    kept = _row(_named(conflict.field), where, _cell(conflict.before), _cell(conflict.theirs), "")
    field = conflict.claim_id, conflict.field
    with kept:
        st.html(f"<small>{html(conflict.who)} wrote, {conflict.at[:10]}: {html(_cell(conflict.ours))}</small>")
        name = f"whose-{key}-{conflict.claim_id}-{conflict.field}"

        def keep() -> None:
            said[field] = st.session_state.get(name) or OURS

        st.segmented_control(
            "Whose word stands",
            [THEIRS, OURS, BOTH],
            default=said.get(field, OURS),
            key=name,
            on_change=keep,
            label_visibility="collapsed",
        )
        if said.get(field) == BOTH:
            st.html("<small>what the release says becomes a claim of its own beside ours</small>")


def _named(field: str) -> str:
    return _NAMES.get(field, spaced(field).capitalize())


def _where(claim: Mapping[str, Any]) -> str:
    began = claim.get("began_earliest")
    told = [f"event {claim['event_id']}", date(began.date()) if began else "", str(claim.get("place") or "")]
    return ", ".join(filter(None, told))


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return "; ".join(map(str, value)) or "–" if isinstance(value, list) else str(value)


def note(one: Release) -> str:
    """Say how many choices were made where the desk had edited."""
    many = counted(len(one.conflicts), "field")
    return f"{many} that we edited would change: ours stands unless you take theirs, or let both stand"


def offer_workbook(record: Record, one: Release, kept: Edits) -> None:
    """Offer every change of a release as a workbook."""
    st.download_button(
        "All changes, XLSX",
        lambda: workbook(record, one, kept),
        f"changes-of-{one.submission.dataset.partition('.')[0]}.xlsx",
        key="changes-as-workbook",
        on_click="ignore",
    )


def workbook(record: Record, one: Release, kept: Edits) -> bytes:
    """Write every change of a release as a workbook, a row a change, with whose word stands."""
    return table.written({"changes": (_HEADINGS, _lines(record, one, kept))})


def _lines(record: Record, one: Release, kept: Edits) -> Iterator[list[Any]]:
    """Write each change of a release as a row: what becomes of which claim, before and now, and what we keep."""
    for field in changed_fields(record, one):
        yield ["changed", *_about(field.claim), field.field, field.before, field.now, "theirs"]
    told = {row["claim_id"]: row for row in _claims_told(one)}
    for conflict in one.conflicts:
        about = _about(told.get(conflict.claim_id, {"claim_id": conflict.claim_id}))
        ours = f"{_cell(conflict.ours)} ({conflict.who}, {conflict.at[:10]})"
        yield ["edited by us", *about, conflict.field, ours, conflict.theirs, kept.of(conflict)]
    for what, act in (("new", Act.STATED), ("gone", Act.WITHDRAWN)):
        for claim in claims_of(one, act):
            words = [None, claim["summary"]] if act == Act.STATED else [claim["summary"], None]
            yield [what, *_about(claim), "", *words, "recorded" if act == Act.STATED else "withdrawn, kept"]


def _claims_told(one: Release) -> Iterator[dict[str, Any]]:
    """Give the claims that a person is asked about, as the release tells them."""
    asked = pa.array(sorted({conflict.claim_id for conflict in one.conflicts}), pa.string())
    claims = one.submission.claims
    told = claims if isinstance(claims, pa.Table) else to_arrow(claims)
    yield from told.filter(pc.is_in(told["claim_id"], asked)).to_pylist()


def _about(claim: Mapping[str, Any]) -> list[Any]:
    return [claim.get(name) for name in ("claim_id", "event_id", "account", "began_earliest", "place")]
