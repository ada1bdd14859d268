"""Form: what a new release of a data set changes, against what is recorded and against our own edits."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from contested.drawing import html
from contested.model.times import date
from contested.model.wording import counted, spaced
from contested.record.entry import Act
from contested.record.log import Record
from contested.record.release import Conflict, Release
from contested.record.release_changes import EventCounts, changed_fields, claims_of, event_counts

SHOWN = 50
CHANGED, EDITED, NEW, GONE = "changed", "edited", "new", "gone"
_WIDTHS = (4, 3, 3, 3)
_FIGURE = ("low", "best", "high")
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


def theirs(key: str) -> frozenset[tuple[str, str]]:
    """Give the claims and fields in which a person took the word of the release."""
    said: dict[tuple[str, str], str] = st.session_state.get(f"theirs-{key}", {})
    return frozenset(field for field, whose in said.items() if whose == "theirs")


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
        st.html(f'<p class="good-to-know">and {len(rows) - SHOWN:,} more; `contested diff` lists them all</p>')


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
    said: dict[tuple[str, str], str] = st.session_state.setdefault(f"theirs-{key}", {})
    row = next((row for row in one.rows.to_pylist() if row["claim_id"] == conflict.claim_id), None)
    where = _where(row) if row else conflict.claim_id
    kept = _row(_named(conflict.field), where, _cell(conflict.before), _cell(conflict.theirs), "")
    field = conflict.claim_id, conflict.field
    with kept:
        st.html(f"<small>{html(conflict.who)} wrote, {conflict.at[:10]}: {html(_cell(conflict.ours))}</small>")
        name = f"whose-{key}-{conflict.claim_id}-{conflict.field}"

        def keep() -> None:
            said[field] = str(st.session_state.get(name) or "ours")

        st.segmented_control(
            "Whose word stands",
            ["theirs", "ours"],
            default=said.get(field, "ours"),
            key=name,
            on_change=keep,
            label_visibility="collapsed",
        )


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
    return f"{many} that we edited would change: ours stands unless you take theirs"
