"""What a log or a data set does not say, though its readers will ask: up to three sentences below all cards."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

import claims
from contested.drawing import html
from views import story

MOST = 3


class Unsaid(NamedTuple):
    """What is not said: in bold what readers ask, then why there is no answer."""

    asked: str
    why: str


def show(title: str, lines: Sequence[Unsaid]) -> None:
    """Say what is not said: in the words of the story's editor where there are any."""
    if claims.story().package.silence:
        story.silence()
    elif lines:
        said = "".join(f"<p><b>{html(one.asked)}</b> {html(one.why)}</p>" for one in lines[:MOST])
        st.html(f'<section class="nobody"><h2>{html(title)}</h2><div>{said}</div></section>')
