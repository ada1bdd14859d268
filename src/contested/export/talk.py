"""A talk as one light page: slides for a room and, without one, a page to read; it needs no server and asks nobody.

A slide is an answer with its title, figure, table, accounts, sources and how it was counted. The same page is served by
`/present`, and saved as a file: of a deck it opens on the first slide, of a whole story as a page to read.
"""

import base64
import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from contested.answers import Answer
from contested.drawing import html
from contested.export import light_page
from contested.export.svg import svg
from contested.export.who_says_so import who_says_so
from contested.model.story import Story
from contested.model.wording import listing, spaced
from contested.theme import Figure, custom_property

_BROWSER = Path(__file__).parent / "browser"
_STYLE, _SCRIPT = ((_BROWSER / name).read_text(encoding="utf-8") for name in ("talk.css", "talk.js"))
_ROOM = (1728, 760)
"""Width and height of a figure in a room, in px of a screen of 1920 by 1080."""
_WIDE, _WIDEST, _BESIDE, _PHONE = 784, 1016, 600, 328
"""The widths that a figure is drawn for: no text of one is then smaller than 22 px in a room, or 13 px on a page."""
_CREDITED = 2


class Slide(NamedTuple):
    """One answer in a talk; without one, lines alone."""

    answer: Answer | None
    title: str = ""
    """In the presenter's words; by default the finding itself, which follows the data."""
    notes: str = ""
    lines: tuple[str, ...] = ()
    is_warned: bool = False

    @property
    def heading(self) -> str:
        """The presenter's own title, or the finding."""
        return self.title or (self.answer.title if self.answer else "What nobody says")

    @property
    def content_note(self) -> str:
        """The note that stands before it, where the presenter wants one."""
        return content_note(self.answer.chart.key if self.answer else "") if self.is_warned else ""


def content_note(chart: str) -> str:
    """Say what a reader may not want to see, before it is seen."""
    return "What follows gives numbers of the dead." if chart in _TOLLS else "What follows may be hard to look at."


_TOLLS = {"casualty-counts", "killed-over-time"}


class Watch(NamedTuple):
    """What a page in a room asks its server: whether what is shown was corrected since."""

    url: str
    frozen: str
    """The hour as of which the slides are."""


def page(  # noqa: PLR0913 what a talk is made of
    title: str,
    story: Story,
    slides: Sequence[Slide],
    *,
    is_deck: bool,
    font: bytes = b"",
    watch: Watch | None = None,
    alone: Mapping[str, Sequence[Slide]] = MappingProxyType({}),
) -> light_page.Page:
    """Write the page of a talk, or of a story to read; `alone` are the slides of each account heard by itself."""
    about = {"slides": "" if is_deck else None, "watch": watch and watch.url, "frozen": watch and watch.frozen}
    told = "".join(f' data-{name}="{html(value)}"' for name, value in about.items() if value is not None)
    head = _head(title, story, slides, _choice(alone))
    body = f"<main{told}>{head}{_sections(slides)}</main>{_ROOM_PARTS}{_packed(alone)}"
    asks = light_page.OWN_SERVER if watch else light_page.NOTHING
    return light_page.page(title, body, script=_SCRIPT, style=_STYLE, asks=asks, font=font)


def _sections(slides: Sequence[Slide]) -> str:
    return "".join(section(slide, number) for number, slide in enumerate(slides, start=1))


def _choice(alone: Mapping[str, Sequence[Slide]]) -> str:
    """Offer to hear one account alone."""
    if not alone:
        return ""
    options = "".join(f'<option value="alone{n}">{html(label)} alone</option>' for n, label in enumerate(alone))
    return f'<label>Heard: <select id="heard"><option value="">all accounts</option>{options}</select></label> '


def _packed(alone: Mapping[str, Sequence[Slide]]) -> str:
    """Pack the slides of each account, as data that a browser unpacks when they are chosen and never runs."""
    packed = (
        base64.b64encode(gzip.compress(_sections(slides).encode(), mtime=0)).decode() for slides in alone.values()
    )
    return "".join(f'<script type="application/gzip" id="alone{n}">{one}</script>' for n, one in enumerate(packed))


def _head(title: str, story: Story, slides: Sequence[Slide], choice: str) -> str:
    stamp = next((slide.answer.reader_stamp() for slide in slides if slide.answer), "")
    licence = f'<p class="quiet">Licence: {html(story.package.licence())}</p>'
    standfirst = f"<p>{html(story.package.standfirst)}</p>" if story.package.standfirst else ""
    story_title = f"<p>{html(story.package.title)}</p>" if story.package.title != title else ""
    items = "".join(f'<li><a href="#{n}">{html(slide.heading)}</a></li>' for n, slide in enumerate(slides, start=1))
    return (
        f'<header><h1>{html(title)}</h1>{story_title}{standfirst}<p class="stamp">{html(stamp)}</p>{licence}'
        f'<p class="acts">{choice}<button type="button" id="start">Present</button> '
        '<span class="quiet">arrow keys, ? for all keys</span></p>'
        f'<nav aria-label="Contents"><ol>{items}</ol></nav></header>'
    )


def section(slide: Slide, number: int) -> str:
    """Write one slide."""
    answer = slide.answer
    notes = f'<div class="notes" hidden>{_paragraphs(slide.notes)}</div>' if slide.notes else ""
    note = f'<p class="content-note">{html(slide.content_note)}</p>' if slide.is_warned else ""
    heading = f'{note}<h2 id="t{number}">{html(slide.heading)}</h2>'
    if answer is None:
        said = "".join(f"<p>{html(line)}</p>" for line in slide.lines)
        lines = f'<div class="lines">{said}</div>'
        return f'<section id="{number}" aria-labelledby="t{number}">{heading}{lines}{notes}</section>'
    finding = f'<p class="finding">The data say: {html(answer.title)}</p>' if slide.title else ""
    fine = f'<p class="fine">{html(answer.fine)}</p>' if answer.fine else ""
    return (
        f'<section id="{number}" aria-labelledby="t{number}" data-key="{key(answer)}" '
        f'data-name="{html(answer.chart.name)}" data-hash="{shown_hash(answer)}">{heading}'
        f'<p class="sub">{html(answer.subtitle)}</p>{finding}<div class="shown">{_figures(answer, number)}{fine}</div>'
        f'<p class="credit"><span>{html(credit(answer))}</span>'
        f'<span class="stamp">{html(answer.reader_stamp())}</span></p>'
        f"{_part('who', 'Who says so?', who_says_so(answer))}{_part('table', 'Table', _table(answer))}"
        f"{_part('sources', f'Sources ({len(answer.sources)})', _sources(answer))}"
        f"{_part('how', 'How counted', _how(answer))}{notes}</section>"
    )


def key(answer: Answer) -> str:
    """Name what a slide shows: the chart, and a hash of its selection."""
    return f"{answer.chart.key}-{sha256(answer.legend.selection.model_dump_json().encode()).hexdigest()[:8]}"


def shown_hash(answer: Answer) -> str:
    """Hash what a slide shows, finding, figure and rows: the hash of all claims in view changes with any of them."""
    told = (answer.title, *answer.sentences, json.dumps(answer.unremarked(_WIDE), default=str), answer.page.to_csv())
    return sha256("\x1f".join(told).encode("utf-8", "replace")).hexdigest()[:32]


def credit(answer: Answer) -> str:
    """Name the two publishers behind most claims, and count the others."""
    named = list(answer.publishers[:_CREDITED])
    more = len(answer.publishers) - len(named)
    return f"Source: {listing([*named, *([f'{more} more'] if more else [])])}" if named else "No source"


def unshown_numbers(title: str, answer: Answer) -> list[str]:
    """Find the numbers of a title that stand nowhere on its slide: an own title does not follow the data."""
    shown = set(_NUMBER.findall(" ".join((answer.title, *answer.sentences, answer.page.to_csv()))))
    return [number for number in dict.fromkeys(_NUMBER.findall(title)) if number not in shown]


_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


def wide(answer: Answer) -> Figure:
    """Draw the figure that fills a room best: the largest whose text can be read and that fits, or the widest."""
    drawn = answer.figure(_WIDE)
    fits = drawn["layout"]["height"] * _ROOM[0] / _WIDE <= _ROOM[1]
    return drawn if fits else answer.figure(_WIDEST)


def _figures(answer: Answer, number: int) -> str:
    drawn = {"wide": wide(answer), "beside": answer.figure(_BESIDE), "phone": answer.figure(_PHONE)}
    alt = f"{answer.alt} {answer.stamp()}"
    made = (
        f'<div class="{name}">{svg(figure, alt, f"f{number}{name[0]}", custom_property)}</div>'
        for name, figure in drawn.items()
    )
    return f'<figure data-width="{drawn["wide"]["layout"]["width"]}">{"".join(made)}</figure>'


def _part(name: str, words: str, inner: str) -> str:
    return f'<details class="{name}"><summary>{html(words)}</summary><div>{inner}</div></details>'


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html(line)}</p>" for line in text.splitlines() if line.strip())


def _table(answer: Answer) -> str:
    rows = answer.page
    heads = "".join(f'<th scope="col">{html(spaced(str(name)))}</th>' for name in [rows.index.name, *rows.columns])
    body = "".join(
        f'<tr><th scope="row">{html(first)}</th>{"".join(f"<td>{html(cell)}</td>" for cell in cells)}</tr>'
        for first, *cells in rows.itertuples()
    )
    more = f"<p>{html(answer.first_rows())}.</p>" if answer.first_rows() else ""
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    return f'{more}<div class="scroll" tabindex="0" role="group" aria-label="Table">{table}</div>'


def _sources(answer: Answer) -> str:
    return f"<ul>{''.join(f'<li>{html(one.words)}</li>' for one in answer.sources)}</ul>"


def _how(answer: Answer) -> str:
    told = (answer.chart.definition, answer.sentence, f"What this cannot tell you. {answer.caveat}", answer.stamp())
    return "".join(f"<p>{html(line)}</p>" for line in told)


_KEYS = {
    "→ Space": "next",
    "←": "back",
    "↑ ↓": "scroll",
    "F": "full screen",
    "W S": "who says so?",
    "T": "table",
    "N": "notes",
    "P": "presenter's window",
    "U": "show what was corrected",
    "B": "dark screen",
    "G": "all slides",
    "R": "clock to 0",
    "Home End": "first, last",
    "Esc": "close, end",
}


def _keys() -> Iterator[str]:
    for keys, words in _KEYS.items():
        yield f"<div><dt>{''.join(f'<kbd>{key}</kbd>' for key in keys.split())}</dt><dd>{html(words)}</dd></div>"


_HAND = {"ArrowLeft": "Back", "w": "Who says so?", "t": "Table", "g": "All", "ArrowRight": "Next"}
"""What has a button on a phone, by its key."""


def _hand() -> Iterator[str]:
    for key, words in _HAND.items():
        yield f'<button type="button" data-key="{key}">{html(words)}</button>'


_ROOM_PARTS = (
    '<aside id="panel" aria-label="Who says so?" tabindex="-1" hidden></aside>'
    '<div id="quiet" role="status" hidden></div><div id="said" class="unseen" aria-live="polite"></div>'
    '<div id="keys" role="dialog" aria-label="Keys" tabindex="-1" hidden>'
    f"<h2>Keys</h2><dl>{''.join(_keys())}</dl></div>"
    f'<nav id="hand" aria-label="Slides">{"".join(_hand())}</nav>'
    '<div id="black" hidden></div><div id="desk" hidden></div>'
)
