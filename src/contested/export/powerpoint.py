"""A deck for PowerPoint: words, tables and sources as text that can be edited, each chart as a picture of its own.

It is written by python-pptx, an extra, and its pictures are painted by typst. A picture holds what no chart of
PowerPoint does: ranges, hearsay, doubt.
"""

import io
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from contested.answers import Answer
from contested.export.bitmap import painted
from contested.export.first_rows import FirstRows, first_rows
from contested.export.slide_room import gap, high, largest, parted
from contested.export.svg import svg
from contested.export.talk import Slide, credit, wide
from contested.export.witnesses import Witness, silent, witnesses
from contested.ingest.characters import printable
from contested.model.problem import UnfitExportError
from contested.model.story import Story
from contested.model.wording import listing

LACKING = "PPTX needs python-pptx, which is not installed: install contested[slides]"
_PT = 12_700
"""PowerPoint counts in parts of a point."""
_WIDE, _HIGH, _PAD = 960, 540, 36
"""The size of a slide and its margin, in points."""
_TITLE, _TEXT, _FINDING, _SMALL, _CELL = (26, 22, 16, 13), (16, 12, 9), (12, 10, 8), (9, 8, 7, 6), (8, 7, 6, 5, 4)
"""The sizes of letters, the largest that fits first."""
_EDGE, _SIDE, _CELL_SIDE = 7.2, 14.4, 6
"""What a frame keeps free above and below its words, and at both sides of them; at both sides of a cell."""
_BODY, _FOOT = 96, 486
"""Where the body of a slide begins and where its foot does, in points from the top."""


class _Box(NamedTuple):
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    def places(self) -> list[int]:
        return [round(one * _PT) for one in self]


def pptx(title: str, story: Story, slides: Sequence[Slide]) -> bytes:
    """Write slides for PowerPoint; raises `UnfitExportError` where what writes them is not installed."""
    try:
        from pptx import Presentation  # noqa: PLC0415 an extra
    except ImportError:
        raise UnfitExportError(LACKING) from None
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = _WIDE * _PT, _HIGH * _PT
    deck.core_properties.title, deck.core_properties.author = printable(title), "contested"
    deck.core_properties.language = "en"
    stamp = next((slide.answer.reader_stamp() for slide in slides if slide.answer), "")
    _words(deck, title, [story.package.standfirst, stamp, f"Licence: {story.package.licence()}"])
    for slide in slides:
        _write(deck, slide)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _write(deck: Any, slide: Slide) -> None:  # noqa: ANN401 python-pptx has no types
    """Write a slide, and behind it what it owes: its table, in words, and its sources."""
    answer = slide.answer
    if slide.is_warned:
        _words(deck, slide.content_note, [])
    if answer is None:
        _words(deck, slide.heading, slide.lines, slide.notes)
        return
    shown = _titled(deck, slide.heading)
    finding = f"The data say: {answer.title}" if slide.title else ""
    _text(shown, _Box(_PAD, 58, _WIDE - 2 * _PAD, 38), [one for one in (finding, answer.subtitle) if one], _FINDING)
    _picture(shown, answer)
    foot = [
        one for one in (*answer.remark_sentences, answer.fine, f"{credit(answer)} · {answer.reader_stamp()}") if one
    ]
    _text(shown, _Box(_PAD, _FOOT, _WIDE - 2 * _PAD, _HIGH - _FOOT - 8), foot, _SMALL)
    _note(shown, "\n\n".join(filter(None, (slide.notes, "\n".join(_objections(answer))))))
    _tables(deck, slide.heading, first_rows(answer))
    how = [answer.sentence, answer.chart.definition, f"What this cannot tell you. {answer.caveat}"]
    _words(deck, f"{slide.heading}: in words", how)
    _words(deck, f"{slide.heading}: sources", [one.words for one in answer.sources])


def _objections(answer: Answer) -> Iterator[str]:
    """Say who says what, for the notes: what a presenter is asked."""
    heard = witnesses(answer)
    yield "Who says so?"
    yield from map(_witness, heard)
    quiet = [one.label for one in silent(answer, heard)]
    yield from [f"No answer to this from {listing(quiet)}."] if quiet else []


def _witness(one: Witness) -> str:
    said = (
        (said.figure, said.summary, said.through and f"(hearsay: {said.through})", said.standing) for said in one.said
    )
    return f"{one.voice.label}: {'; '.join(' '.join(filter(None, parts)) for parts in said)}"


def _titled(deck: Any, heading: str) -> Any:  # noqa: ANN401
    """Begin a slide with its title, which readers of slides find as such."""
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = _Box(_PAD, 16, _WIDE - 2 * _PAD, 46).places()
    _fill(title.text_frame, [heading], largest([heading], _WIDE - 2 * _PAD - _SIDE, 46 - _EDGE, _TITLE))
    title.text_frame.paragraphs[0].font.bold = True
    return slide


def _words(deck: Any, heading: str, lines: Sequence[str], notes: str = "") -> None:  # noqa: ANN401
    """Write words, smaller where there are many, and on further slides where there are more."""
    told = [one for one in lines if one]
    box = _Box(_PAD, _BODY, _WIDE - 2 * _PAD, _HIGH - _BODY - _PAD)
    width, room = box.width - _SIDE, box.height - _EDGE
    for part in list(parted(told, lambda line: high([line], width, _TEXT[-1]), room)) or [[]]:
        slide = _titled(deck, heading)
        _text(slide, box, part, _TEXT)
        if notes:
            _note(slide, notes)


def _note(slide: Any, words: str) -> None:  # noqa: ANN401
    slide.notes_slide.notes_text_frame.text = printable(words)


def _text(slide: Any, box: _Box, lines: Sequence[str], sizes: Sequence[int]) -> None:  # noqa: ANN401
    frame = slide.shapes.add_textbox(*box.places()).text_frame
    frame.word_wrap = True
    _fill(frame, lines, largest(lines, box.width - _SIDE, box.height - _EDGE, sizes))


def _fill(frame: Any, lines: Sequence[str], size: int) -> None:  # noqa: ANN401
    """Write lines into a frame, each a paragraph."""
    frame.text = "\n".join(printable(" ".join(line.split())) for line in lines)
    for paragraph in frame.paragraphs:
        paragraph.font.size, paragraph.space_after, paragraph.alignment = size * _PT, round(gap(size) * _PT), 1


def _picture(slide: Any, answer: Answer) -> None:  # noqa: ANN401
    """Put the chart in the middle, as large as there is room, with its alt text."""
    figure = wide(answer)
    width, height = figure["layout"]["width"], figure["layout"]["height"]
    room = _Box(_PAD, _BODY, _WIDE - 2 * _PAD, _FOOT - _BODY - 4)
    share = min(room.width / width, room.height / height)
    placed = _Box(room.left + (room.width - width * share) / 2, room.top, width * share, height * share)
    drawn = slide.shapes.add_picture(io.BytesIO(painted(svg(figure, answer.title), width)), *placed.places())
    about = drawn._element.nvPicPr.cNvPr  # noqa: SLF001 it has no public name
    about.set("descr", printable(answer.alt))
    about.set("name", printable(answer.chart.name))


def _tables(deck: Any, heading: str, table: FirstRows) -> None:  # noqa: ANN401
    """Write the table, as many rows a slide as stand on it; where there is nothing to tell, there is none."""
    if not table.heads:
        return
    whole = _WIDE - 2 * _PAD
    widths = [whole * share / sum(table.shares) for share in table.shares]
    room = _HIGH - _PAD - _BODY - _row_high(table.heads, widths, _CELL[0])
    for part in parted(table.rows, lambda row: _row_high(row, widths, _CELL[0]), room):
        slide = _titled(deck, f"{heading}: table")
        size = next((one for one in _CELL if sum(_row_high(row, widths, one) for row in part) <= room), _CELL[-1])
        box = _Box(_PAD, _BODY, whole, 18 * (len(part) + 1))
        made = slide.shapes.add_table(len(part) + 1, len(table.heads), *box.places()).table
        for column, width in zip(made.columns, widths, strict=True):
            column.width = round(width * _PT)
        for cells, line in zip(made.rows, (table.heads, *part), strict=True):
            cells.height = round(_row_high(line, widths, size) * _PT)
            for cell, words in zip(cells.cells, line, strict=True):
                _fill(cell.text_frame, [words], size)
                cell.margin_left = cell.margin_right = _CELL_SIDE * _PT // 2
        if table.more:
            _text(slide, _Box(_PAD, _HIGH - 30, whole, 22), [table.more], _SMALL)


def _row_high(row: Sequence[str], widths: Sequence[float], size: int) -> float:
    """Say how high a row becomes: as high as its highest cell."""
    return _EDGE + max(high([words], width - _CELL_SIDE, size) for words, width in zip(row, widths, strict=True))
