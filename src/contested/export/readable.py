"""The formats in which a story, an answer or a deck is read as a whole: pages, with charts, tables and sources."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from contested.export import paper, story_file, talk
from contested.export.font import font
from contested.model.story import Story


class Readable(NamedTuple):
    """One kind of file, and what writes slides as one under a title."""

    words: str
    """What it holds and whom it is for, in one sentence."""
    suffix: str
    media_type: str
    limits: str
    """What it cannot hold."""
    write: Callable[[str, Story, Sequence[talk.Slide]], bytes]


def _html(title: str, story: Story, slides: Sequence[talk.Slide]) -> bytes:
    alone = story_file.heard_alone(slides)
    return talk.page(title, story, slides, is_deck=False, font=font(), alone=alone).html.encode()


READABLE = {
    "html": Readable(
        "Charts, tables, who says so, sources, in one file that opens anywhere, without a network.",
        "html",
        "text/html; charset=utf-8",
        "more rows of a table than a page does, nor what is newer than it.",
        _html,
    ),
    "pdf": Readable(
        "The same as a hand-out on paper, tagged for those who have it read aloud.",
        "pdf",
        "application/pdf",
        f"more than {paper.MOST_ROWS} rows of a table, nor notes.",
        paper.pdf,
    ),
}
"""Name → format."""
