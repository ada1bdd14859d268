"""The frame of the page Import: its title, which says what was found, its four steps, and what is asked once above."""

from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from contested.drawing import html
from untrusted import plain

STEPS = ("File", "Columns", "Mend", "Accept")


class Page(NamedTuple):
    """The places of the page that are filled once more is known than when they were drawn."""

    head: DeltaGenerator
    asked: list[DeltaGenerator]
    """Four places in a row: the order of dates, the zone, whose words, what a row is."""
    more: DeltaGenerator
    """What is seldom asked, folded."""

    def title(self, finding: str, words: str, step: str = "Columns") -> None:
        """Write the title, what is to be done, and at which step one is."""
        show_title(self.head, finding, words, step)

    @property
    def is_phone(self) -> bool:
        """Whether the reader's browser says that it is a phone's."""
        return "Mobile" in (st.context.headers.get("User-Agent") or "")


def below(head: DeltaGenerator) -> Page:
    """Keep four places in a row for what is asked once, and one for what is seldom asked."""
    with st.container(key="asked-once"):
        asked = [one.container(gap=None) for one in st.columns(4)]
    return Page(head, asked, st.expander("What else the file does not say itself"))


def show_title(head: DeltaGenerator, finding: str, words: str, step: str = "Columns") -> None:
    """Write what was found as the title, what is to be done, and at which step one is."""
    with head.container(gap=None):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.title(plain(finding), anchor=False, width="stretch")
            st.html(f'<p class="steps-of-import">{_steps(step)}</p>', width="content")
        st.html(f'<p class="to-do">{html(words)}</p>')


def _steps(step: str) -> str:
    named = [f"{number} {one}" for number, one in enumerate(STEPS, start=1)]
    return " → ".join(f"<b>{one}</b>" if one.endswith(step) else one for one in named)
