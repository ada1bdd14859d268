"""A hand-out as PDF, tagged: the charts with their findings, then the accounts, method and table of each, and sources.

It is set by typst, an extra. Words of a story are handed to it as data and never as its own markup.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from contested.answers import Answer
from contested.export.first_rows import first_rows
from contested.export.svg import svg
from contested.export.talk import Slide, credit, wide
from contested.export.witnesses import Said, Witness, silent, witnesses
from contested.model.problem import UnfitExportError
from contested.model.story import Story
from contested.model.wording import counted, listing
from contested.theme import WIDTHS, Figure

_TEMPLATE = Path(__file__).parent / "paper.typ"
_HIGHEST = 1_000
"""How many px a figure is high at most that fits on a page."""
_SHARE, _TALL = 0.9, 0.83
"""What share of the width of the text a chart takes, and how high it is at most, by the same width."""
LACKING = "PDF needs typst, which is not installed: install contested[report]"


def pdf(title: str, story: Story, slides: Sequence[Slide]) -> bytes:
    """Set slides as PDF; raises `UnfitExportError` where typst is not installed."""
    try:
        import typst  # noqa: PLC0415 an extra
    except ImportError:
        raise UnfitExportError(LACKING) from None
    told = json.dumps(_document(title, story, slides), ensure_ascii=False)
    return bytes(
        typst.compile(
            _TEMPLATE, sys_inputs={"data": told}, pdf_standards=["ua-1"], ignore_system_fonts=True, format="pdf"
        )
    )


def _document(title: str, story: Story, slides: Sequence[Slide]) -> dict[str, Any]:
    stamp = next((slide.answer.reader_stamp() for slide in slides if slide.answer), "")
    return {
        "title": title,
        "standfirst": story.package.standfirst,
        "stamp": stamp,
        "licence": f"Licence: {story.package.licence()}",
        "slides": [_slide(slide, stamp) for slide in slides],
        "sources": list(dict.fromkeys(one.words for slide in slides if slide.answer for one in slide.answer.sources)),
    }


def _slide(slide: Slide, stamp: str) -> dict[str, Any]:
    """Give what is said of a slide; its stamp where it is another than that of the whole."""
    answer = slide.answer
    told = {"heading": slide.heading, "note": slide.content_note, "lines": list(slide.lines), "svg": "", "finding": ""}
    if answer is None:
        return told
    heard, figure = witnesses(answer), _figure(answer)
    size = figure["layout"]
    quiet = [voice.label for voice in silent(answer, heard)]
    return told | {
        "finding": f"The data say: {answer.title}" if slide.title else "",
        "subtitle": answer.subtitle,
        "svg": svg(figure, answer.title),
        "share": min(_SHARE, _TALL * size["width"] / size["height"]),
        "alt": answer.alt,
        "fine": answer.fine,
        "credit": credit(answer),
        "stamp": own if (own := answer.reader_stamp()) != stamp else "",
        "who": [_witness(one) for one in heard],
        "silent": f"No answer to this from {listing(quiet)}." if quiet else "",
        "how": [
            answer.chart.definition,
            answer.sentence,
            f"What this cannot tell you. {answer.caveat}",
            answer.stamp(),
        ],
        "table": first_rows(answer)._asdict(),
    }


def _figure(answer: Answer) -> Figure:
    """Draw the chart as wide as its letters are easily read on paper, or wider where it would not fit on a page."""
    drawn = answer.figure(WIDTHS[2])
    return drawn if drawn["layout"]["height"] <= _HIGHEST else wide(answer)


def _witness(one: Witness) -> dict[str, Any]:
    more = f"and {counted(one.more, 'claim')} more" if one.more else ""
    return {"name": one.voice.label, "said": [_said(said) for said in one.said], "more": more}


def _said(one: Said) -> dict[str, str]:
    through = ", ".join(filter(None, (one.through and f"hearsay: {one.through}", one.standing)))
    where = " · ".join(filter(None, (one.when, one.source)))
    return {"figure": one.figure, "summary": one.summary, "words": one.words, "through": through, "where": where}
