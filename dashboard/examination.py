"""Examination of an uploaded file: its reading options, the result from the sandbox, and the report."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple

import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

import memory
from contested.ingest import mapping, sandbox
from contested.ingest.characters import shown
from contested.ingest.options import Given
from contested.ingest.sandbox import Examination
from contested.ingest.worker import Progress
from contested.model import zones
from contested.model.arrow_schema import COLUMNS
from contested.model.wording import counted, how_far
from import_page import Page
from untrusted import plain

ENCODINGS = ("utf-8", "cp1250", "cp1251", "cp1252", "koi8-r", "utf-16")
LISTED = 500
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
            mapping=self.columns,
        )

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


def options(file: UploadedFile, page: Page) -> Dropped:
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
        yield path


@st.cache_resource(scope="session", on_release=memory.note_freed)
def _in_hand() -> dict[str, dict[Dropped, Found | None]]:
    """Hold what was found for as long as the session lasts; its own state would be written out after every run."""
    return {}


def _found_in(key: str) -> dict[Dropped, Found | None]:
    """Return what was found in an upload, by its reading options; what was found in any other is forgotten."""
    forget(key)
    return _in_hand().setdefault(key, {})


def forget(but: str | None = None) -> None:
    """Let go of what was found, except in one file."""
    in_hand = _in_hand()
    for other in in_hand.keys() - {but}:
        del in_hand[other]
        memory.note_freed()


def examined(dropped: Dropped) -> Found | None:
    """Examine a file once, show how far it is, and let a person cancel it; what is cancelled is found anew if asked."""
    kept, one = _found_in(dropped.key), dropped._replace(content=b"")
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
    """Show counts of rows and claims, the workbook of rejected rows, and the problems."""
    result = found.examination
    if result.refused:
        page.title("The file cannot be read", f"{result.file}: what is wrong stands below.", "File")
    else:
        stops = {one.code for one in result.problems if one.severity == "error"}
        if stops == {"E-TZ-NONE"} and not result.accepted:
            words = "The file names none for its clocks, and none is guessed: choose it above."
            page.title(f"{counted(result.rows, 'row')} wait for their time zone", words, "Mend")
            return
        rows, claims = counted(result.rows, "row"), counted(result.claims, "claim")
        how = "as you said of its columns" if dropped.columns else f"as {result.codebook}"
        title = f"{result.accepted:,} of {rows} can be accepted, {claims}"
        page.title(title, f"{result.file}, read {how}", "Mend" if result.rejected else "Accept")
    if found.rejects:
        name = f"{dropped.name.partition('.')[0]}-to-mend.xlsx"
        st.download_button(
            f"Download {counted(result.rejected, 'row')} to mend", found.rejects, name, key="rejects", on_click="ignore"
        )
    _problems(result)


def _code_filter(codes: Collection[str]) -> str:
    """Return the key of the filter of problem codes, after codes that this examination lacks are unset."""
    st.session_state["codes"] = [code for code in st.session_state.get("codes", ()) if code in codes]
    return "codes"


_IN_WORDS = {
    "W-NUM-VAGUE": "Figures read as bounds",
    "W-TIME-VAGUE": "Times read as spans",
    "W-TIME-PLACEHOLDER": "Stamps that stand for no time",
    "W-TIME-ORDER": "Stamps out of order",
    "W-TZ-AMBIGUOUS": "Clocks with two readings",
    "W-ROW-PASSED": "Rows that are no event",
    "W-DURATION": "Lengths left out",
    "W-EVENT-DAYS": "One event on days far apart",
    "W-GEO-FAR": "Places far from the others",
    "W-COUNT": "Codes that count nothing",
    "W-ENC-CONVERTED": "Letters converted",
    "W-SPAN": "Spans of years",
    "E-TIME": "Times that cannot be read",
    "E-TZ-NONE": "Times without a zone",
    "E-TIME-NODATE": "Times without a date",
    "E-TIME-ORDER": "Ends before begins",
    "E-DATE-AMBIGUOUS": "Dates with two readings",
    "E-NUM": "Figures that cannot be read",
    "E-NUM-SEPARATOR": "Figures with two readings",
    "E-NUM-ORDER": "Bounds out of order",
    "E-ACCOUNT": "New accounts",
    "E-CODE": "Codes without a meaning",
    "E-GEO": "Places that cannot be read",
    "E-CSV-WIDTH": "Rows of another width",
}
"""Kinds of problems in a few words; any other is named by its code."""


def _problems(result: Examination) -> None:
    if not result.problems:
        return
    counts = Counter(problem.code for problem in result.problems)
    named = {code: f"{_IN_WORDS.get(code, code)} {number}" for code, number in counts.items()}
    chosen = st.pills(
        "What to look at", list(counts), selection_mode="multi", format_func=named.__getitem__, key=_code_filter(counts)
    )
    listed = [problem for problem in result.problems if not chosen or problem.code in chosen]
    table = [
        {"row": problem.row or "file", "column": problem.column or "", "value": shown(problem.value or "")}
        | {"what is wrong": problem.reason, "how to mend it": problem.fix}
        | {"weight": "stops the row" if problem.severity == "error" else "to confirm"}
        for problem in listed[:LISTED]
    ]
    st.table(pd.DataFrame(table).astype(str).map(plain).set_index("row"))
    if len(listed) > LISTED:
        st.caption(f"The first {LISTED} of {len(listed)}; `contested check` lists them all.")
