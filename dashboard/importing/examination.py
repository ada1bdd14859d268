"""Examination of an uploaded file: its reading options, the result from the sandbox, and the report."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

import pyarrow as pa
import streamlit as st

import memory
from contested.ingest import mapping, mends, sandbox
from contested.ingest.mends import Mend
from contested.ingest.options import Given
from contested.ingest.sandbox import Examination
from contested.ingest.worker import Progress
from contested.model import zones
from contested.model.arrow_schema import COLUMNS
from contested.model.wording import counted, how_far
from importing.import_page import Page

ENCODINGS = ("utf-8", "cp1250", "cp1251", "cp1252", "koi8-r", "utf-16")
T = TypeVar("T")
KEPT = 4
"""Examinations kept a session: of the file as uploaded, and with each confirmation."""


class Dropped(NamedTuple):
    """An uploaded file and its reading options."""

    key: str
    """Id of the upload."""
    name: str
    content: bytes
    zone: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    vague: bool = False
    columns: str | None = None
    """The confirmed mapping, as JSON."""
    accounts: tuple[str, ...] = ()
    """The accounts of which a person said that they may speak."""
    date_order: Literal["day", "month", "year"] | None = None
    decimal_mark: Literal[".", ","] | None = None
    serials: bool = False
    """Whether numbers where dates belong count days, as a person said of a table that nobody knows."""
    mends: tuple[Mend, ...] = ()
    """The cells that a person corrected."""
    is_mapped_by_hand: bool = False
    """Whether the columns are to be mapped although their layout is known."""

    def given(self) -> Given:
        """Convert to the options of the reader."""
        return Given(
            self.name,
            self.zone,
            self.sheet,
            self.accounts,
            self.vague,
            self.encoding,
            date_order=self.date_order,
            decimal_mark=self.decimal_mark,
            mends=self.mends,
            mapping=self.columns,
        )

    def without_content(self) -> "Dropped":
        """Return it without its content, which its key stands for."""
        return self._replace(content=b"")

    def asks(self, key: str, first: object = None, options: Collection[object] | None = None) -> str:
        """Reset the state of a widget for another file or other options; return its key."""
        of_file: dict[str, str] = st.session_state.setdefault("asked", {})
        said = st.session_state.get(key)
        is_strange = options is not None and said is not None and said not in options
        if of_file.get(key) != self.key or key not in st.session_state or is_strange:
            st.session_state[key] = first
        of_file[key] = self.key
        return key

    def answer(self, key: str, first: object = None) -> object:
        """Return what was answered of this file, before the widget is drawn."""
        of_file: dict[str, str] = st.session_state.get("asked", {})
        return st.session_state.get(key, first) if of_file.get(key) == self.key else first

    def dataset(self) -> str:
        """Return the name of the dataset."""
        return mapping.parse(self.columns).dataset(self.name) if self.columns else self.name


NO_CLAIMS = COLUMNS.empty_table()


class Found(NamedTuple):
    """The result: the examination, the claims, and the rejected rows as a workbook."""

    examination: Examination
    claims: pa.Table = NO_CLAIMS
    """As they are kept, mapped from the disk: a copy, or a model of each, would leave many megabytes behind."""
    rejects: bytes = b""
    sample: tuple[dict[str, Any], ...] = ()
    """The first rows."""


class File(Protocol):
    """A file that is brought: one that was dropped, or one that came in by itself."""

    file_id: str
    name: str

    def getvalue(self) -> bytes:
        """Read its bytes."""


def options(file: File, page: Page) -> Dropped:
    """Draw the widgets of the reading options."""
    name = Path(file.name).name
    name = f"dropped-{name}" if name == mapping.FILE else name
    one = Dropped(file.file_id, name, file.getvalue())
    with page.asked[1]:
        names = sorted(zones.names())
        zone = st.selectbox("Times are those of", names, None, placeholder="choose a zone", key=one.asks("clocks"))
    with page.more:
        sheet = st.text_input("Sheet of the workbook", key=one.asks("sheet", ""), max_chars=100).strip()
        encoding = st.selectbox("Encoding of the letters", ENCODINGS, index=None, key=one.asks("encoding"))
        vague = st.toggle("Read 10+, 5-6 p.m. and the like as what they leave open", key=one.asks("vague", first=False))
        by_hand = st.toggle("Say yourself what the columns hold", key=one.asks("by-hand", first=False))
    return one._replace(zone=zone, sheet=sheet or None, encoding=encoding, vague=vague, is_mapped_by_hand=by_hand)


@contextmanager
def written_out(dropped: Dropped) -> Iterator[Path]:
    """Write a file, and its mapping, to a temporary folder; return its path."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / dropped.name
        path.write_bytes(dropped.content)
        if dropped.columns:
            mapping.save(mapping.parse(dropped.columns), path.parent)
        if dropped.mends:
            (path.parent / mends.FILE).write_text(mends.written(dropped.mends), encoding="utf-8")
        yield path


@st.cache_resource(scope="session", on_release=memory.note_freed)
def _in_hand() -> dict[str, dict[Dropped, Found | None]]:
    """Hold what was found for as long as the session lasts; its own state would be written out after every run."""
    return {}


@st.cache_resource(scope="session", on_release=memory.note_freed)
def _of_the_file() -> dict[str, tuple[object, Any]]:
    """Hold what was computed from the claims of the file in hand, by its name, each with what it was computed from."""
    return {}


def once(name: str, seen: object, compute: Callable[[], T]) -> T:
    """Compute something from the claims of a file once, until what it rests on changes or the file is let go."""
    held = _of_the_file()
    if name not in held or held[name][0] != seen:
        held.pop(name, None)
        held[name] = (seen, compute())
    computed: T = held[name][1]
    return computed


def _found_in(key: str) -> dict[Dropped, Found | None]:
    """Return what was found in an upload, by its reading options; what was found in any other is forgotten."""
    forget(key)
    return _in_hand().setdefault(key, {})


def forget(but: str | None = None) -> None:
    """Let go of what was found, except in one file."""
    in_hand = _in_hand()
    for other in in_hand.keys() - {but}:
        del in_hand[other]
        _of_the_file().clear()
        memory.note_freed()


def examined(dropped: Dropped) -> Found | None:
    """Examine a file once, show how far it is, and let a person cancel it; what is cancelled is found anew if asked."""
    kept, one = _found_in(dropped.key), dropped.without_content()
    which = hashlib.sha256(repr(one).encode()).hexdigest()[:12]
    if one not in kept:
        place = st.empty()
        with place.container(horizontal=True, vertical_alignment="center"):
            cancelled = st.button("Cancel", key=f"cancel-{which}")
            bar = st.progress(0.0, how_far(0, 0))
        found = (
            None if cancelled else _found(dropped, lambda done, of: bar.progress(fraction(done, of), how_far(done, of)))
        )
        while len(kept) >= KEPT:
            kept.pop(next(iter(kept)), None)
        kept[one] = found
        place.empty()
    found = kept.get(one)
    if found is None:
        st.info("The examination was cancelled; nothing of the file is kept.")
        if st.button("Examine it after all", key=f"again-{which}"):
            kept.pop(one, None)
            st.rerun()
    return found


def fraction(done: int, of: int) -> float:
    """Return how much is done, from 0 to 1; 0 where the whole is not known."""
    return min(done / of, 1.0) if of else 0.0


def _found(dropped: Dropped, progress: Progress) -> Found:
    with written_out(dropped) as path, TemporaryDirectory() as folder:
        into = Path(folder)
        found = sandbox.examine_in_sandbox(path, dropped.given(), into=into, progress=progress)
        first = into / sandbox.SAMPLE
        sample = tuple(json.loads(first.read_text(encoding="utf-8"))) if first.is_file() else ()
        if found.refused:
            return Found(found, sample=sample)
        mend = into / sandbox.TO_MEND
        return Found(found, _mapped(into / sandbox.CLAIMS), mend.read_bytes() if mend.is_file() else b"", sample)


def _mapped(path: Path) -> pa.Table:
    """Memory-map an Arrow file; the map outlives the deletion of the file."""
    with pa.memory_map(str(path)) as file:
        return pa.ipc.open_file(file).read_all()


def report(found: Found, dropped: Dropped, page: Page) -> None:
    """Say as the title how many rows can be accepted, and how many cells need mending."""
    told = found.examination
    if told.refused:
        page.title("The file cannot be read", f"{told.file}: what is wrong stands below.", "File")
        return
    stops = [one for one in told.problems if one.severity == "error"]
    if {one.code for one in stops} == {"E-TZ-NONE"} and not told.accepted:
        words = "The file names none for its clocks, and none is guessed: choose it above."
        wait = "waits for its" if told.rows == 1 else "wait for their"
        page.title(f"{counted(told.rows, 'row')} {wait} time zone", words, "Mend")
        return
    rows = f"{told.accepted:,} of {counted(told.rows, 'row')} can be accepted"
    how = "as you said of its columns" if dropped.columns else f"as {told.codebook}"
    words = f"{told.file}, read {how}: {counted(told.claims, 'claim')}"
    if stops:
        cells = counted(len(stops), "cell")
        page.title(f"{rows}; {cells} need{'s' * (len(stops) == 1)} mending", words, "Mend")
    else:
        page.title(f"{rows}, {counted(told.claims, 'claim')}", f"{told.file}, read {how}", "Accept")
