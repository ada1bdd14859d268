"""Who says so, as a part of a page: each account with what it says, when and where, and last those that say nothing."""

from contested.answers import Answer
from contested.drawing import glyph_svg, html
from contested.export.witnesses import Said, Witness, silent, witnesses
from contested.model.wording import counted, listing
from contested.theme import hue


def who_says_so(answer: Answer, *, with_links: bool = False) -> str:
    """Write it; with links, a source that is on the web leads there."""
    heard = witnesses(answer)
    quiet = silent(answer, heard)
    shapes = "".join(glyph_svg(one.number, one.form) for one in quiet)
    said = f'<div class="quiet">{shapes} No answer to this from {html(listing([one.label for one in quiet]))}.</div>'
    told = "".join(_witness(one, with_links=with_links) for one in heard) + (said if quiet else "")
    return told or "<p>No claim shown answers this.</p>"


def _witness(one: Witness, *, with_links: bool) -> str:
    voice = one.voice
    shape = glyph_svg(voice.number, voice.form, is_hollow=one.is_hearsay)
    name = f'<h3 style="color:var(--l{hue(voice.number)})">{shape} {html(voice.label)}</h3>'
    more = f'<p class="quiet">and {counted(one.more, "claim")} more</p>' if one.more else ""
    return f'<div class="one">{name}{"".join(_said(said, with_links=with_links) for said in one.said)}{more}</div>'


def _said(one: Said, *, with_links: bool) -> str:
    figure = f"<b>{html(one.figure)}</b> " if one.figure else ""
    words = f" “{html(one.words)}”" if one.words else ""
    through = f' <span class="quiet">hearsay: {html(one.through)}</span>' if one.through else ""
    standing = f' <span class="quiet">{html(one.standing)}</span>' if one.standing else ""
    source = html(one.source)
    if with_links and one.url:
        source = f'<a href="{html(one.url)}" target="_blank" rel="noopener">{source}</a>'
    where = " · ".join(filter(None, (html(one.when), source)))
    return f"<p>{figure}{html(one.summary)}{words}{through}{standing}<small>{where}</small></p>"
