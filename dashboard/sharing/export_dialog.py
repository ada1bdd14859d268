"""The drawer Export: what a chart can be taken away as, what each file holds and cannot hold."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

import streamlit as st

import claims
from contested.answers import Answer
from contested.export import data_package, talk
from contested.export.formats import FORMATS
from contested.export.readable import READABLE
from contested.export.story_file import MOST_CLAIMS
from contested.model.problem import UnfitExportError
from contested.model.wording import counted
from untrusted import plain

_LOOK, _RECKON = "To look at", "To reckon with"
_DRAWN = ("PNG", "SVG")


class File(NamedTuple):
    """A file that can be taken away: its name on the page, what it holds, what it lacks, and what writes it."""

    name: str
    words: str
    limits: str
    suffix: str
    media_type: str
    write: Callable[[], bytes]
    needs: str = ""
    """The extra that must be installed for it and is not."""


@st.dialog("Export", position="right", width=520)
def show(answer: Answer, pictures: Callable[[], None]) -> None:
    """Offer an answer as files; `pictures` shows the buttons of what the browser itself paints.

    A file leaves the newsroom: it holds what readers may see, also for an editor, whose page shows more.
    """
    shown, answer = answer, claims.answer_for_readers(answer)
    is_same = shown.data_hash == answer.data_hash
    st.markdown(f"**{plain(answer.title)}**")
    about = (answer.chart.name, counted(len(answer.rows), "row"), counted(answer.claims, "claim"), answer.hidden())
    st.caption(plain(", ".join((*filter(None, about), _uncapital(answer.legend.selection.as_of())))))
    kind = st.segmented_control("What for", [_LOOK, _RECKON], default=_LOOK, key="export-kind", required=True)
    files = {one.name: one for one in (_readable(answer) if kind == _LOOK else _data(answer))}
    is_painted = kind == _LOOK and is_same
    names = [*(["Picture"] if is_painted else []), *files]
    sizes = {name: _size_before(answer, one) for name, one in files.items()}
    captions = [*([_PICTURE] if is_painted else []), *(one.words for one in files.values())]
    if not is_same:
        st.caption("What is held back is in none of these files; a picture of your page would show it.")
    chosen = st.radio(
        str(kind),
        names,
        captions=captions,
        format_func=lambda name: " · ".join(filter(None, (name, sizes.get(name)))),
        key=f"export-{kind}",
        label_visibility="collapsed",
    )
    if chosen in files:
        _offer(answer, files[chosen])
    else:
        pictures()


def _uncapital(words: str) -> str:
    return words[:1].lower() + words[1:]


_PICTURE = "As PNG or SVG, with title, source, stamp and zone: a picture without them misleads."


def _offer(answer: Answer, file: File) -> None:
    """Offer one file with its size, or say why there is none."""
    st.caption(f"Cannot hold {file.limits}")
    if file.needs:
        st.caption(f"Needs {file.needs}, which is not installed here.")
        return
    try:
        with st.spinner("Writing the file…"):
            content = _written(_key(answer, file), file) if answer.claims <= MOST_CLAIMS else file.write()
    except UnfitExportError as error:
        st.caption(plain(f"{str(error)[0].upper()}{str(error)[1:]}."))
        return
    name = f"{answer.chart.key}.{file.suffix}"
    words = f"Download {file.name}, {_size(len(content))}"
    st.download_button(words, content, name, file.media_type, on_click="ignore", type="primary", key=f"save-{name}")
    if file.suffix == "csv":
        beside = data_package.csvw_of(answer)
        st.download_button(
            "What its columns mean (CSVW)",
            beside,
            f"{name}-metadata.json",
            "application/json",
            on_click="ignore",
            key=f"save-{name}-metadata",
        )


_SLOW = ("html", "pptx")
"""Suffixes of what takes seconds to write, and is written once it is chosen."""


def _size_before(answer: Answer, file: File) -> str:
    """Say how large a file would be, where that is known at once."""
    if file.needs or file.suffix in _SLOW or answer.claims > MOST_CLAIMS:
        return ""
    try:
        return _size(len(_written(_key(answer, file), file)))
    except UnfitExportError:
        return ""


def _key(answer: Answer, file: File) -> str:
    """Name what a file holds: it is the same as long as the data and the day are."""
    return f"{talk.key(answer)} {talk.shown_hash(answer)} {answer.data_hash} {file.suffix} {datetime.now(UTC):%Y%m%d}"


@st.cache_data(max_entries=60, show_spinner=False)
def _written(key: str, _file: File) -> bytes:  # noqa: ARG001 what it is kept under
    """Write a file, once for as long as its key says the same."""
    return _file.write()


def _readable(answer: Answer) -> list[File]:
    return [
        File(
            name.upper(),
            one.words,
            one.limits,
            one.suffix,
            one.media_type,
            partial(one.write, answer.story.package.title, answer.story, [talk.Slide(answer)]),
            one.lacks(),
        )
        for name, one in READABLE.items()
    ]


def _data(answer: Answer) -> list[File]:
    return [
        File(one.name, one.words, one.limits, one.suffix, one.media_type, partial(one.of_answer, answer))
        for one in FORMATS.values()
        if one.name not in _DRAWN
    ]


def _size(number: int) -> str:
    """Say how large a file is."""
    return f"{number / 1e6:.1f} MB" if number >= 10**6 else f"{max(1, round(number / 1000)):,} kB"
