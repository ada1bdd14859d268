"""The formats in which a story, an answer or a deck is read as a whole: pages, with charts, tables and sources."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import NamedTuple

from contested.export import first_rows, paper, powerpoint, story_file, talk
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
    needs: tuple[str, ...] = ()
    """The modules that it is written with and that may not be installed."""

    def lacks(self) -> str:
        """Name the extra that must be installed for it and is not."""
        return _EXTRA[self.suffix] if not all(map(find_spec, self.needs)) else ""


_EXTRA = {"pdf": "contested[report]", "pptx": "contested[slides]"}


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
        f"more than {first_rows.MOST} rows of a table, nor notes.",
        paper.pdf,
        ("typst",),
    ),
    "pptx": Readable(
        "Slides for PowerPoint: titles, tables and sources as text to edit, each chart as a picture with its alt text.",
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        f"the marks of a chart one by one, nor more than {first_rows.MOST} rows of a table.",
        powerpoint.pptx,
        ("pptx", "typst"),
    ),
}
"""Name → format."""
