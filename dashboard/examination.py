"""The examination of a dropped file: what a person says of it, what was found in it, and how that is shown."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zoneinfo import available_timezones

import pandas as pd
import streamlit as st

from contested import border, mapping, rejects
from contested.border import Examination
from contested.claim import Claim
from contested.given import Given
from contested.mapping import ColumnMapping
from contested.wording import counted
from untrusted import plain

UNKNOWN = "E-HEAD-UNKNOWN"
ENCODINGS = ("utf-8", "cp1250", "cp1251", "cp1252", "koi8-r", "utf-16")
LISTED = 500


class Dropped(NamedTuple):
    """A file as it was dropped, and what a person says of it."""

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


def options(name: str, content: bytes) -> Dropped:
    """Ask for what a file may not say itself."""
    with st.expander("What the file does not say itself"):
        zone = st.selectbox(
            "Time zone of clocks that name none", sorted(available_timezones()), index=None, key="clocks"
        )
        sheet = st.text_input("Sheet of the workbook", key="sheet", max_chars=100).strip()
        encoding = st.selectbox("Encoding of the letters", ENCODINGS, index=None, key="encoding")
        vague = st.toggle("Read 10+, 5-6 p.m. and the like as what they leave open", key="vague")
    return Dropped(Path(name).name, content, zone, sheet or None, encoding, vague)


@contextmanager
def laid(dropped: Dropped) -> Iterator[Path]:
    """Lay a file, and its mapping, into a folder of their own for as long as they are needed."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / dropped.name
        path.write_bytes(dropped.content)
        if dropped.columns:
            mapping.save(ColumnMapping.model_validate_json(dropped.columns), path.parent)
        yield path


@st.cache_data(max_entries=20, show_spinner=False)
def examined(dropped: Dropped) -> Found:
    """Examine a file once for all that is chosen of it."""
    with laid(dropped) as path, TemporaryDirectory() as folder:
        keep = Path(folder) / "claims.jsonl"
        found = border.examined(path, dropped.given(), keep=keep)
        if found.refused:
            return Found(found)
        with keep.open(encoding="utf-8") as file:
            claims = tuple(map(Claim.model_validate_json, file))
        return Found(found, claims, rejects.workbook(path, dropped.given(), found.problems) if found.rejected else b"")


def is_unknown(found: Found) -> bool:
    """Say whether it is a table whose columns nobody knows yet."""
    return any(problem.code == UNKNOWN for problem in found.examination.problems)


def report(found: Found, dropped: Dropped) -> None:
    """Say what became of every row, and list what must be mended."""
    told = found.examination
    if told.refused:
        st.header("The file cannot be read", anchor=False)
    else:
        rows = f"{told.accepted} of {counted(told.rows, 'row')} can be accepted"
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
        {"row": problem.row or "file", "column": problem.column or "", "value": problem.value or ""}
        | {"what is wrong": problem.reason, "how to mend it": problem.fix}
        | {"weight": "stops the row" if problem.severity == "error" else "to confirm"}
        for problem in listed[:LISTED]
    ]
    st.table(pd.DataFrame(table).astype(str).map(plain).set_index("row"))
    if len(listed) > LISTED:
        st.caption(f"The first {LISTED} of {len(listed)}; `contested check` lists them all.")
