"""The claim matrix as HTML: a row a question, a column an account or closed group, and the claims behind it in place.

A row opens by `<details>`, whose claims stand in the next row of the table. On a narrow screen each question is a card.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from zoneinfo import ZoneInfo

import account_name
from contested.analysis.comparison.compare import CONTRADICT
from contested.analysis.comparison.matrix import Cell, Line, Said, Verdict
from contested.drawing import glyph_html, html
from contested.model.claim import Claim
from contested.model.side_tables import Source
from contested.model.times import short_days
from contested.model.vocabulary import Stance
from contested.model.wording import capital, counted, listing, out_of
from contested.query.legend import Lane, Legend, Voice
from contested.text.attribution import attributed
from contested.text.claim_details import address
from contested.theme import hue

COLUMNS = 12
"""With more accounts than this each question is a card; up to them columns scroll under the questions, no word cut."""
SHORT, LONGEST, SPEAKER = 16, 52, 44
"""Up to how many letters a value stands large on one line, and where a value and a speaker are cut."""
BEHIND = 12
"""How many claims an opened row shows."""
KEY = (
    '<p class="key"><span><i class="amber"></i>cannot all be right</span><span><i class="blue"></i>agree</span>'
    '<span><i class="denies"></i>denies</span><span>–&ensp;gives no answer</span></p>'
)
VERDICTS = {
    Verdict.CONFLICT: "Cannot both be right",
    Verdict.DENIED: "One denies",
    Verdict.DIFFER: "Differ",
    Verdict.FIT: "Fit",
    Verdict.AGREE: "Agree",
    Verdict.ALONE: "One voice",
    Verdict.NOBODY: "Nobody says",
}


def table(  # noqa: PLR0913 what is written, and how
    lines: Sequence[Line],
    legend: Legend,
    behind: Callable[[Line], str],
    opened: str = "",
    short: Mapping[str, str] | None = None,
    *,
    every: Sequence[Line] = (),
) -> str:
    """Write questions by accounts; `behind` writes the claims of a row, and the question that is `opened` is open.

    The first is told to be the most disputed one where it is so of `every` question.

    Where there is little room, `short` gives fewer words for questions and speakers.
    """
    lanes, forms = speaking(lines, legend), short or {}
    names = (
        {}
        if short is None
        else account_name.written(*([one.label for one in all_] for all_ in (lanes, legend.lanes())))
    )
    heads = "".join(
        f'<th scope="col" role="columnheader">{name(lane, names.get(lane.label, ""))}</th>' for lane in lanes
    )
    is_cut = short is not None and len(lanes) > COLUMNS
    why = _why_first(lines[0], every or lines, lanes, legend) if lines else ""
    rows = "".join(
        _row(
            line,
            lanes,
            legend,
            _head(line, lanes, forms, "" if number else why, is_open=line.question == opened, is_cut=is_cut),
            behind(line),
            forms,
            names,
        )
        for number, line in enumerate(lines)
    )
    form = f"{' cards' * (len(lanes) > COLUMNS)}{' short' * (short is not None)}{' cut' * is_cut}"
    return (
        f'<div class="comparison{form}" role="region" aria-label="Questions by accounts" tabindex="0">'
        f'<table class="matrix" role="table" style="--columns:{len(lanes)}"><thead role="rowgroup"><tr role="row">'
        f'<th scope="col" role="columnheader">Question</th>{heads}'
        f'<th scope="col" role="columnheader">Verdict</th></tr></thead>{rows}</table></div>'
    )


def speaking(lines: Sequence[Line], legend: Legend) -> list[Lane]:
    """List the accounts and groups that answer any of the questions."""
    heard = set(chain.from_iterable(line.cells for line in lines))
    return [lane for lane in legend.lanes() if any(voice.key in heard for voice in lane.voices)]


def name(lane: Lane | Voice, written: str = "") -> str:
    """Write the name of an account, which may be written as HTML already, after its shape, in its colour."""
    shape = lane.shape if isinstance(lane, Lane) else lane.form
    return (
        f'<span class="name">{glyph_html(lane.number, shape)}'
        f'<span style="color:var(--l{hue(lane.number)})">{written or html(lane.label)}</span></span>'
    )


_FEW = 7
"""How many accounts are named where there is little room: as many as have colours of their own."""


def reason(line: Line, lanes: Sequence[Lane], noun: str, *, is_most: bool) -> str:
    """Say why a question stands first, as HTML: how many accounts answer what, and who cannot all be right on it.

    Where all of these stand in one cell, that says so.
    """
    if not (against := _against(line, lanes)):
        return ""
    words = f"{counted(line.accounts, noun)}, {counted(number_of_answers(line), 'answer')}"
    first = f"<b>Most disputed:</b> {html(words)}" if is_most else html(capital(words))
    is_told = any(_why(line, found) for lane in lanes if (found := _of_lane(line, lane)) and _is_against(found))
    return first if is_told else f"{first}; {html(against)}"


def _is_against(found: Mapping[Voice, Cell]) -> bool:
    return any(cell.is_in_conflict for cell in found.values())


def number_of_answers(line: Line) -> int:
    """Count the different answers to a question; a denial of one is an answer where its account gives no other."""
    said = [[one for one in cell.said if not one.counts] for cell in line.cells.values()]
    asserted = [[one for one in all_ if one.stance is not Stance.DENIES] or all_ for all_ in said]
    return len({one.value for all_ in asserted for one in all_})


def _against(line: Line, lanes: Sequence[Lane]) -> str:
    """Say how many accounts of which columns cannot all be right on a question."""
    against = {key for key, cell in line.cells.items() if cell.is_in_conflict}
    who = [(lane, sum(voice.key in against for voice in lane.voices)) for lane in lanes]
    names = [f"{number} of {lane.label}" if lane.is_closed_group else lane.label for lane, number in who if number]
    whose = listing(names) if len(names) <= _FEW else f"{len(names)} accounts"
    return f"{whose} cannot all be right" if len(against) > 1 else ""


def _why_first(first: Line, every: Sequence[Line], lanes: Sequence[Lane], legend: Legend) -> str:
    """Say why a question stands first, and that it is the most disputed, where on no other as many are in conflict."""
    most = sorted((line.conflicting for line in every), reverse=True)[:2]
    is_most = first.conflicting == most[0] and len({*most}) == len(most)
    return reason(first, lanes, legend.noun, is_most=is_most)


def _head(  # noqa: PLR0913 the parts of a head
    line: Line, lanes: Sequence[Lane], short: Mapping[str, str], why: str, *, is_open: bool, is_cut: bool
) -> str:
    """Write a question that opens its row; below, as HTML, why it stands first, and what a lone answer is against.

    Where the answers are cut to those of a few accounts, it says so.
    """
    against = f"against: {'; '.join(line.against)}" if line.conflicting == 1 and line.against else ""
    heard = sum(bool(_of_lane(line, lane)) for lane in lanes)
    few = f"{_FEW} of the {heard} that answer" if is_cut and heard > _FEW else ""
    notes = "".join(f"<small>{note}</small>" for note in (why, html(against), html(few)) if note)
    begin, _, last = short.get(line.question, line.question).rpartition(" ")
    return (
        f'<details{" open" * is_open}><summary>{html(begin)} <span class="last">{html(last)}</span></summary>'
        f'<span class="unseen">The claims stand in the next row.</span></details>{notes}'
    )


def _row(  # noqa: PLR0913, PLR0917 the parts of a row
    line: Line,
    lanes: Sequence[Lane],
    legend: Legend,
    head: str,
    behind: str,
    short: Mapping[str, str],
    names: Mapping[str, str],
) -> str:
    """Write the row of a question, the row that counts the silent on a narrow screen, and the one of the claims."""
    silent = len(legend.voices) - len(line.cells)
    who = out_of(silent, len(legend.voices), legend.noun)
    quiet = f"{who} {'gives' if silent == 1 else 'give'} no answer" if silent else ""
    whole = f'<td role="cell" colspan="{len(lanes) + 2}">'
    return (
        f'<tbody role="rowgroup"><tr role="row"><th scope="row" role="rowheader">{head}</th>'
        f"{''.join(_cell(lane, line, short, names.get(lane.label, '')) for lane in lanes)}"
        f'<td role="cell" class="verdict">{verdict(line)}</td></tr>'
        f'<tr role="row" class="silence">{whole}{html(quiet)}</td></tr>'
        f'<tr role="row" class="behind">{whole}{behind}</td></tr></tbody>'
    )


def verdict(line: Line) -> str:
    """Say how the accounts stand to each other on a question."""
    deny = sum(cell.denies for cell in line.cells.values())
    if line.verdict is Verdict.CONFLICT and line.accounts > 2:  # noqa: PLR2004 both are two
        return "Cannot all be right"
    return f"{deny} deny" if line.verdict is Verdict.DENIED and deny > 1 else VERDICTS[line.verdict]


def _of_lane(line: Line, lane: Lane) -> dict[Voice, Cell]:
    return {voice: line.cells[voice.key] for voice in lane.voices if voice.key in line.cells}


def _cell(lane: Lane, line: Line, short: Mapping[str, str], written: str) -> str:
    found = _of_lane(line, lane)
    if not found:
        return '<td role="cell" class="none">–</td>'
    said = list(dict.fromkeys(chain.from_iterable(cell.said for cell in found.values())))
    values = distinct_values(said)
    more = f" +{len(values) - _VALUES}" if len(values) > _VALUES else ""
    value = f"{' / '.join(values[:_VALUES])}{more}"
    states = [state for state, holds in _states(found.values()).items() if holds]
    size = "" if len(value) <= SHORT else ' class="long"'
    why = "".join(f'<span class="why">{html(words)}</span>' for words in _why(line, found))
    spoken = "".join(f'<span class="unseen">, {_SPOKEN[state]}</span>' for state in states)
    return (
        f'<td role="cell" class="{" ".join(states)}">{name(lane, written)}<span class="said">'
        f"<b{size}>{html(cut(value, LONGEST))}</b>{spoken} {by(said, lane, [*found], short)}{why}</span></td>"
    )


def _why(line: Line, found: Mapping[Voice, Cell]) -> list[str]:
    """Say why a cell is shaded that no other column contradicts, or is not though another is that differs."""
    against = [cell for cell in found.values() if cell.is_in_conflict]
    if against and len(against) == line.conflicting and not line.against:
        if len(against) == 1:
            is_own = against[0].relation == CONTRADICT
            return [f"{'one ' * (len(found) > 1)}contradicts itself"] * is_own
        some = f"{len(against)} of the {len(found)} " if len(against) < len(found) else ""
        return [f"{some}cannot all be right"]
    if line.is_in_conflict and not against and any(cell.may_have_risen for cell in found.values()):
        return ["may be right: counts rise"]
    return []


_VALUES = 3
"""How many values a cell holds."""
_SPOKEN = {"amber": "cannot be right together with another", "blue": "the same as all others", "denies": "denied"}


def _states(cells: Collection[Cell]) -> dict[str, bool]:
    return {
        "amber": any(cell.is_in_conflict for cell in cells),
        "blue": all(cell.agrees for cell in cells),
        "denies": any(cell.denies for cell in cells),
    }


def distinct_values(said: Sequence[Said]) -> list[str]:
    """List what is said, each value once, what is denied last, the first with a capital letter."""
    asserted_first = sorted(said, key=lambda one: one.stance is Stance.DENIES)
    first, *others = dict.fromkeys(f"{one.value}{f' ({one.counts})' if one.counts else ''}" for one in asserted_first)
    return [capital(first), *others]


def by(said: Sequence[Said], lane: Lane, voices: Sequence[Voice], short: Mapping[str, str]) -> str:
    """Say who said it and when: speakers, members of a closed group, hearsay, the days; a date never breaks."""
    if lane.is_closed_group:
        who = voices[0].label if len(voices) == 1 else f"{len(voices)} of {len(lane.voices)}"
    else:
        who = "; ".join(dict.fromkeys(short.get(one.who, one.who) for one in said if one.who))
    days = sorted(chain.from_iterable(one.days for one in said))
    when = f'<span class="day">{html(_span(days))}</span>' if days else ""
    heard = "hearsay" if all(one.is_hearsay for one in said) else ""
    words = ", ".join(part for part in (html(cut(who, SPEAKER)), heard, when) if part)
    return f'<span class="by">{words}</span>'


def _span(days: Sequence[date]) -> str:
    return short_days(days[0], days[-1])


def cut(text: str, longest: int) -> str:
    """Cut a text after a whole word."""
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0].rstrip(',;')}…"


def claims_behind(
    line: Line, legend: Legend, claims: Mapping[str, Claim], sources: Mapping[str, Source], evidence: str
) -> str:
    """List the claims of a row: who, what, the speaker, how it stands to the others, its source, a sentence to copy."""
    rows = [*_claims(line, legend, claims)]
    more = sum(len(cell.claim_ids) for cell in line.cells.values()) - len(rows)
    left = f'<p><a href="{html(evidence)}">{counted(more, "claim")} more</a></p>' if more > 0 else ""
    return f"<ol>{''.join(_claim(*row, legend, sources) for row in rows)}</ol>{left}"


def _claims(line: Line, legend: Legend, claims: Mapping[str, Claim]) -> Iterator[tuple[Voice, str, Claim]]:
    rows = (
        (voice, line.cells[voice.key].state.split(maxsplit=1)[1], claims[claim_id])
        for voice in legend.voices
        if voice.key in line.cells
        for claim_id in line.cells[voice.key].claim_ids
        if claim_id in claims
    )
    yield from (row for row, _ in zip(rows, range(BEHIND), strict=False))


def _claim(voice: Voice, state: str, claim: Claim, legend: Legend, sources: Mapping[str, Source]) -> str:
    source = sources.get(claim.source_id)
    publisher = html(source.publisher if source else claim.source_id)
    url = address(source)
    link = f'<a href="{html(url)}" target="_blank" rel="noopener">{publisher}</a>' if url else publisher
    zone = ZoneInfo(legend.selection.zone)
    day = short_days(*[claim.stated_at.astimezone(zone).date()] * 2) if claim.stated_at else "at an unknown time"
    how = {Stance.DENIES: "denied", Stance.RELAYS: "passed on", Stance.CORRECTS: "corrected"}.get(claim.stance, "")
    via = f"from {claim.via}" if claim.via else ""
    words = ", ".join(part for part in (claim.speaker or "speaker not named", via, how, day) if part)
    return (
        f"<li>{name(voice)}<span>{html(claim.summary)}</span>"
        f'<span class="quiet">{html(words)} · {html(state)} · {link} · '
        f'<button type="button" class="copy" data-copy="{html(attributed([claim], legend))}">Copy</button></span></li>'
    )


def alone(lines: Sequence[Line], legend: Legend) -> str:
    """List the questions that one account alone answers, each with its answer."""
    return f'<ul class="alone">{"".join(_alone(line, legend) for line in lines)}</ul>'


def _alone(line: Line, legend: Legend) -> str:
    heard = [(lane, voice) for lane in legend.lanes() for voice in lane.voices if voice.key in line.cells]
    answers = "".join(
        f"<span>{glyph_html(lane.number, lane.shape)} {html(cut(' / '.join(_values(line, voice)), LONGEST))}"
        f'<span class="unseen">, {html(voice.label)}</span></span>'
        for lane, voice in heard
        if line.accounts == 0 or line.cells[voice.key].said[0].counts == ""
    )
    return f"<li><span>{html(line.question)}</span>{answers}</li>"


def _values(line: Line, voice: Voice) -> list[str]:
    return [one.value for one in line.cells[voice.key].said]


def questions(lines: Sequence[Line]) -> str:
    """List questions that nobody answers."""
    return f'<ul class="alone">{"".join(f"<li><span>{html(line.question)}</span></li>" for line in lines)}</ul>'
