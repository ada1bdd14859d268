"""The examination of a dropped file: what a person says of it, what was found in it, and how that is shown."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from zoneinfo import available_timezones

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from contested import border, mapping
from contested.border import Examination
from contested.claim import Claim
from contested.given import Given
from contested.letters import shown
from contested.mapping import ColumnMapping
from contested.wording import counted, how_far
from contested.worker import Progress
from untrusted import plain

ENCODINGS = ("utf-8", "cp1250", "cp1251", "cp1252", "koi8-r", "utf-16")
LISTED = 500
KEPT = 20
AT_A_TIME = 1000


class Dropped(NamedTuple):
    """A file as it was dropped, and what a person says of it."""

    key: str
    """One dropping of one file; its content need not be gone through to know it again."""
    name: str
    content: bytes
    zone: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    vague: bool = False
    columns: str | None = None
    """The mapping that a person confirmed, as JSON."""
    accounts: tuple[str, ...] = ()
    """The accounts of which a person said that they may speak."""

    def given(self) -> Given:
        """Say it as the reader takes it."""
        return Given(self.name, self.zone, self.sheet, self.accounts, self.vague, self.encoding)


class Found(NamedTuple):
    """What was found: the account of the rows, the claims, and the rows to mend as a workbook."""

    examination: Examination
    claims: tuple[Claim, ...] = ()
    rejects: bytes = b""
    sample: tuple[dict[str, Any], ...] = ()
    """The first rows, where nobody knows the columns yet."""


def options(file: UploadedFile) -> Dropped:
    """Ask for what a file may not say itself."""
    with st.expander("What the file does not say itself"):
        zone = st.selectbox(
            "Time zone of clocks that name none", sorted(available_timezones()), index=None, key="clocks"
        )
        sheet = st.text_input("Sheet of the workbook", key="sheet", max_chars=100).strip()
        encoding = st.selectbox("Encoding of the letters", ENCODINGS, index=None, key="encoding")
        vague = st.toggle("Read 10+, 5-6 p.m. and the like as what they leave open", key="vague")
    name = Path(file.name).name
    name = f"dropped-{name}" if name == mapping.FILE else name
    return Dropped(file.file_id, name, file.getvalue(), zone, sheet or None, encoding, vague)


@contextmanager
def laid(dropped: Dropped) -> Iterator[Path]:
    """Lay a file, and its mapping, into a folder of their own for as long as they are needed."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / dropped.name
        path.write_bytes(dropped.content)
        if dropped.columns:
            mapping.save(ColumnMapping.model_validate_json(dropped.columns), path.parent)
        yield path


@st.cache_resource
def _examined() -> dict[Dropped, Found | None]:
    """Keep what was found, once for all that is chosen of it; of an examination that was cancelled, nothing."""
    return {}


def examined(dropped: Dropped) -> Found | None:
    """Examine a file once, show how far it is, and let a person cancel it; what is cancelled is found anew if asked."""
    kept, one = _examined(), dropped._replace(content=b"")
    if one not in kept:
        place = st.empty()
        with place.container(horizontal=True, vertical_alignment="center"):
            cancelled = st.button("Cancel", key="cancel")
            bar = st.progress(0.0, how_far(0, 0))
        found = None if cancelled else _found(dropped, lambda done, of: bar.progress(part(done, of), how_far(done, of)))
        while len(kept) >= KEPT:
            kept.pop(next(iter(kept)), None)
        kept[one] = found
        place.empty()
    if kept[one] is None:
        st.info("The examination was cancelled; nothing of the file is kept.")
        if st.button("Examine it after all", key="again"):
            del kept[one]
            st.rerun()
    return kept[one]


def part(done: int, of: int) -> float:
    """Say which part is done, as far as that is known."""
    return min(done / of, 1.0) if of else 0.0


def _found(dropped: Dropped, progress: Progress) -> Found:
    with laid(dropped) as path, TemporaryDirectory() as folder:
        into = Path(folder)
        found = border.examined(path, dropped.given(), into=into, progress=progress)
        if found.is_unknown():
            return Found(found, sample=tuple(json.loads((into / border.SAMPLE).read_text(encoding="utf-8"))))
        if found.refused:
            return Found(found)
        with (into / border.CLAIMS).open(encoding="utf-8") as file:
            claims = tuple(_claims(file, partial(progress, found.rows, found.rows)))
        mend = into / border.TO_MEND
        return Found(found, claims, mend.read_bytes() if mend.is_file() else b"")


def _claims(lines: Iterable[str], beat: Callable[[], object]) -> Iterator[Claim]:
    """Take over claims, and pause now and then so that a person can still cancel it."""
    for number, line in enumerate(lines):
        if number % AT_A_TIME == 0:
            beat()
        yield Claim.model_validate_json(line)


def report(found: Found, dropped: Dropped) -> None:
    """Say what became of every row, and list what must be mended."""
    told = found.examination
    if told.refused:
        st.header("The file cannot be read", anchor=False)
    else:
        rows = f"{told.accepted:,} of {counted(told.rows, 'row')} can be accepted"
        st.header(f"{rows}, {counted(told.claims, 'claim')}", anchor=False)
        st.caption(plain(f"{told.file}, read as {told.codebook}"))
    if found.rejects:
        name = f"{dropped.name.partition('.')[0]}-to-mend.xlsx"
        st.download_button(
            f"Download {counted(told.rejected, 'row')} to mend", found.rejects, name, key="rejects", on_click="ignore"
        )
    _problems(told)


def _problems(told: Examination) -> None:
    if not told.problems:
        return
    counts = Counter(problem.code for problem in told.problems)
    named = {code: f"{code} ({number})" for code, number in counts.items()}
    chosen = st.pills(
        "Problems by code", list(counts), selection_mode="multi", format_func=named.__getitem__, key="codes"
    )
    listed = [problem for problem in told.problems if not chosen or problem.code in chosen]
    table = [
        {"row": problem.row or "file", "column": problem.column or "", "value": shown(problem.value or "")}
        | {"what is wrong": problem.reason, "how to mend it": problem.fix}
        | {"weight": "stops the row" if problem.severity == "error" else "to confirm"}
        for problem in listed[:LISTED]
    ]
    st.table(pd.DataFrame(table).astype(str).map(plain).set_index("row"))
    if len(listed) > LISTED:
        st.caption(f"The first {LISTED} of {len(listed)}; `contested check` lists them all.")
