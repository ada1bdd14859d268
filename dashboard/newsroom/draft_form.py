"""A form whose words are kept as a draft as they are typed: one widget a cell, what is wrong with it said below it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

import streamlit as st

from contested.drawing import html
from contested.model.claim import Claim
from contested.model.wording import capital, spaced
from newsroom.desk import Desk, drafts
from untrusted import plain

PUBLISHES = "Ctrl+Enter"
"""The keys of the filled button, but where they read a sentence."""
LETTERS = 1000
"""The most letters of a field that names none."""
LABELS = {
    "account": "Account",
    "side": "Told as part of",
    "speaker": "Who said it",
    "via": "Passed on by",
    "stance": "The account",
    "kind": "Kind",
    "event_id": "Event",
    "source_id": "Where it stands",
    "locator": "Line or paragraph",
    "summary": "In our own neutral words",
    "label": "Label on the mark",
    "time_words": "Time, as it was said",
    "zone": "Clocks of",
    "began_earliest": "Not before",
    "began_latest": "Begun by",
    "ended_earliest": "Still on at",
    "ended_latest": "Over by",
    "figure_words": "Figure, as it was said",
    "measure": "Of what",
    "definition": "What counts",
    "low": "Lowest",
    "best": "Best",
    "high": "Highest",
    "place": "Place",
    "question": "Question",
    "answer": "Answer",
    "supersedes": "Replaces",
    "same_origin": "Repeats",
    "stated_earliest": "Not said before",
    "stated_at": "Said by",
    "said": "Day and hour",
    "said_zone": "In the time of",
    "sentence": "Sentence from the wire",
    "source_publisher": "Publisher",
    "source_url": "Address",
    "why": "Why",
    "embargo_until": "Until",
    "withdrawn_where": "Where it did",
    "withdrawn_at": "When it did",
    "wrong_since": "Wrong since",
    "instead": "Instead of it",
}
"""The words of a reader for the fields of a claim; the others are called as they are."""
_SIGNS = {"err": "!", "warn": "!", "ok": "✓", "note": "–"}


_KEPT_AT = "draft_kept_at"


def kept_at() -> datetime | None:
    """Say when this session kept a draft last, also once it may write no more."""
    found: datetime | None = st.session_state.get(_KEPT_AT)
    return found


class Form(NamedTuple):
    """One claim that a person types: its words, and what is wrong with them."""

    desk: Desk
    claim_id: str
    base: int
    cells: dict[str, str]
    faults: Mapping[str, str]
    is_bare: bool = False
    """The labels stand beside the fields, and not above them."""

    def key(self, name: str) -> str:
        """Name the widget of a cell."""
        return f"cell-{self.desk.name}-{self.claim_id}-{name}"

    def put(self, cells: Mapping[str, str]) -> None:
        """Change cells, also where a widget shows them, and keep the draft."""
        self.cells.update(cells)
        for name, words in cells.items():
            st.session_state[self.key(name)] = words
        self.keep()

    def keep(self) -> None:
        """Keep the draft as it now is."""
        kept = {name: words for name, words in self.cells.items() if words}
        drafts().keep(self.desk.who, self.desk.name, self.claim_id, kept, self.base)
        st.session_state[_KEPT_AT] = datetime.now(UTC)

    def drop(self) -> None:
        """Let go of the draft."""
        drafts().drop(self.desk.who, self.desk.name, self.claim_id)

    def text(self, name: str, hint: str = "", most: int = LETTERS, *, note: str = "") -> None:
        """Draw a field of text, which is checked and kept as one types."""
        st.text_input(self._label(name, hint), live=True, max_chars=most, **self._labelled(name), **self._bound(name))
        self.message(name, note)

    def area(self, name: str, hint: str, on_read: Callable[[], None]) -> None:
        """Draw a field of several lines, which is read with Ctrl and Enter."""
        bound = self._bound(name)
        changed = bound.pop("on_change")

        def read() -> None:
            changed(*bound["args"])
            on_read()

        key = bound["key"]
        st.text_area(self._label(name, hint), key=key, height=92, max_chars=2000, on_change=read)

    def choice(  # noqa: PLR0913 what a choice may have
        self,
        name: str,
        options: Mapping[str, str],
        hint: str = "",
        *,
        new: bool = False,
        note: str = "",
        usual: str = "",
    ) -> None:
        """Draw a choice among names; with `new`, another one may be typed; the usual one stands until then."""
        chosen = self.cells.get(name, "")
        named = dict(options) | ({chosen: chosen} if chosen and chosen not in options else {})
        bound = self._bound(name)
        st.session_state[bound["key"]] = chosen or usual or None
        st.selectbox(
            self._label(name, hint),
            list(named),
            index=None,
            format_func=lambda one: named.get(one) or one,
            placeholder="Choose, or type a new one" if new else "Not said",
            accept_new_options=new,
            **self._labelled(name),
            **bound,
        )
        is_new = new and chosen and chosen not in options
        self.message(name, "New here: it is added to the story with this claim" if is_new else note)
        for one in _meant(chosen, options) if is_new else ():
            words = plain(f"Take {options[one]} instead")
            key = f"{bound['key']}-meant-{one}"
            st.button(words, key=key, type="tertiary", on_click=self.put, args=({name: one},))

    def several(self, name: str, options: Mapping[str, str], hint: str = "") -> None:
        """Draw a choice of several claims."""
        chosen = [one for one in self.cells.get(name, "").split("; ") if one]
        named = dict.fromkeys(chosen, "") | dict(options)
        bound = self._bound(name)
        st.session_state[bound["key"]] = chosen
        st.multiselect(
            self._label(name, hint),
            list(named),
            format_func=lambda one: f"{one} · {named[one]}" if named.get(one) else one,
            placeholder="None",
            **self._labelled(name),
            **bound,
        )
        self.message(name)

    def segments(self, name: str, options: Mapping[str, str], usual: str) -> None:
        """Draw a choice among few words."""
        bound = self._bound(name)
        st.session_state[bound["key"]] = self._one_of(name, options) or usual
        st.segmented_control(
            self._label(name, ""), list(options), format_func=options.__getitem__, **self._labelled(name), **bound
        )
        self.message(name)

    def radio(
        self, name: str, title: str, options: Mapping[str, str], usual: str = "", captions: Sequence[str] | None = None
    ) -> None:
        """Draw a choice between whole texts, of which none is chosen unless one is usual."""
        bound = self._bound(name)
        st.session_state[bound["key"]] = self._one_of(name, options) or usual or None
        shown = {one: plain(words) for one, words in options.items()}
        st.radio(
            plain(title),
            list(shown),
            index=None,
            format_func=shown.__getitem__,
            captions=captions and [plain(one) for one in captions],
            label_visibility="collapsed",
            **bound,
        )

    def switch(self, name: str, label: str) -> bool:
        """Draw a switch."""
        bound = self._bound(name)
        st.session_state[bound["key"]] = bool(self.cells.get(name))
        return st.toggle(label, **bound)

    def message(self, name: str, note: str = "") -> None:
        """Say below a field what must be mended, or else a note; its place is always there, so that nothing jumps."""
        fault = self.faults.get(name, "") if self.cells.get(name) or name not in NEEDED else ""
        st.html(said("err", fault) if fault else said("note", note) if note else '<p class="msg"></p>')

    def _one_of(self, name: str, options: Mapping[str, str]) -> str:
        chosen = self.cells.get(name, "")
        return chosen if chosen in options else ""

    def _label(self, name: str, hint: str) -> str:
        return f"{label(name)} :gray[{plain(hint)}]" if hint else label(name)

    def _labelled(self, name: str) -> dict[str, Any]:
        return {"label_visibility": "collapsed"} if self.is_bare else {"help": described(name)}

    def _bound(self, name: str) -> dict[str, Any]:
        key = self.key(name)
        if key not in st.session_state:
            st.session_state[key] = self.cells.get(name, "")
        return {"key": key, "on_change": self._changed, "args": (name, key)}

    def _changed(self, name: str, key: str) -> None:
        """Keep what a widget holds; what it held of a draft that is gone meanwhile is not lost either."""
        held = st.session_state[key]
        self.cells[name] = "; ".join(held) if isinstance(held, list) else "yes" if held is True else str(held or "")
        self.keep()


NEEDED = {"account", "event_id", "kind", "source_id", "summary", "why"}
"""What every claim needs; while it is empty the bar at the foot says so, and not each field."""


def label(name: str) -> str:
    """Say what a field is called."""
    return LABELS.get(name) or capital(spaced(name))


def _meant(typed: str, options: Mapping[str, str]) -> list[str]:
    """Find the few that what was typed may have meant: those whose names hold it."""
    found = [one for one, words in options.items() if typed.casefold() in words.casefold()]
    return found if len(found) <= _MOST_MEANT else []


_MOST_MEANT = 3


def described(name: str) -> str | None:
    """Give what the model says of a field."""
    field = Claim.model_fields.get(name)
    return plain(field.description) if field and field.description else None


def words_of(name: str) -> dict[str, str]:
    """List the words that a field may hold, as the model has them."""
    return {str(one): spaced(str(one)) for one in _kind(Claim.model_fields[name].annotation)}


def _kind(annotation: Any) -> Sequence[StrEnum]:  # noqa: ANN401 what a field is annotated with
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in {Union, UnionType}:
            annotation = next(one for one in get_args(annotation) if one is not type(None))
        else:
            return list(annotation)


def said(kind: str, words: str) -> str:
    """Write a message below a field: `err` must be mended, `warn` looked at, `ok` is read so, `note` informs."""
    role = ' role="alert"' if kind == "err" else ""
    return f'<p class="msg {kind}"{role}><i aria-hidden="true">{_SIGNS[kind]}</i><span>{html(words)}</span></p>'


def group(title: str) -> None:
    """Write the title of a group of fields."""
    st.html(f'<h3 class="group">{html(title)}</h3>')


@contextmanager
def foldable(key: str, title: str, told: str, *, is_open: bool) -> Iterator[None]:
    """Draw a group of fields folded over what it says; it is opened once, for a person may fold it again."""
    if is_open and not st.session_state.get(f"{key}-opened"):
        st.session_state[key] = st.session_state[f"{key}-opened"] = True
    with st.expander(title, key=key, on_change="rerun"):  # a label that changed would fold it and take the caret
        yield
    if told and not st.session_state.get(key):
        st.html(f'<p class="folded">{html(told)}</p>')


def band(cells: Mapping[str, str]) -> None:
    """Show what was read, a cell beside the other; a dash was not said."""
    told = "".join(f"<div><dt>{html(name)}</dt><dd>{html(words)}</dd></div>" for name, words in cells.items())
    st.html(f'<dl class="band">{told}</dl>')
