"""Tellings: what each claim answers, by what it is, also where it names no question of its own."""

import json
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from contested.analysis.comparison.current_claims import TIMES, date_of
from contested.analysis.comparison.deduplicate import Columns, firsts, keyed, numbered, once
from contested.analysis.comparison.forms import Form, forms, known
from contested.analysis.comparison.words import Flags, Numbers, Reals, Words, end_to_end, first_known, read, unknown
from contested.model.times import date, days
from contested.model.vocabulary import UNIT_KINDS

Forms = Sequence[tuple[Form, Numbers]]
"""Forms, each with the claims that answer in it."""
_MINUTE, _DAY = 60, 86_400
_FIGURE, _SPOT = ("low", "best", "high"), ("latitude", "longitude", "radius_km")
_STATED = ("stated_at", "stated_after", "day")
_MEANT = ("account", "voice", "side", "stance", "figure_words", "definition", "victims", "via", "source_id", "speaker")
_AS_IS = ("claim_id", *_MEANT, "firsts")
_ABOUT = ("event_id", "place", "part_of", "kind", "subkind", "unit", "certain", "running", "alone")
_BY_CLOCK = tuple(f"{name}_{how}" for name in TIMES for how in ("said", "wall"))
_READ = (*_AS_IS, *_ABOUT, *_FIGURE, *_SPOT, *_STATED, *TIMES, *_BY_CLOCK)


def tellings(claims: Columns) -> Columns:
    """Give a row for each question that each claim answers, in each form that it has.

    In each form an account's own words come first, then what it heard, the earlier before the later.
    """
    order = np.lexsort((claims.texts["claim_id"].number, claims.reals["stated_at"], claims.texts["via"].known()))
    every = [(form, order[form.where[order]]) for form in forms(claims)]
    told = claims.take(np.concatenate([rows for _, rows in every]), *_READ)
    form = read(pa.array([one.name for one, _ in every])).take(np.repeat(range(len(every)), [len(r) for _, r in every]))
    begins, ends, lies = (_flags(every, name) for name in ("begins", "ends", "lies"))
    about, words, own = (_cells(every, name) for name in ("about", "words", "said"))
    counts, asks, of_time = (form.among([name]) for name in ("figure", "asked", "when"))
    starts, stops, span = _span(told, begins, ends)
    said, place, in_words = first_known(own, span), told.texts["place"].only(lies), told.texts["figure_words"]
    denies, is_help = told.texts["stance"].among(["denies"]), told.texts["kind"].among(UNIT_KINDS)
    reals = {name: np.where(counts, told.reals[name], np.nan) for name in _FIGURE}
    reals |= {name: np.where(lies, told.reals[name], np.nan) for name in _SPOT}
    bare = ~(said.known() | known(*(reals[name] for name in _FIGURE)))
    open_still = bare & ~(in_words.known() | place.known() | known(reals["latitude"]))
    texts = {
        "form": form,
        "topic": _topic(told, form, about),
        "about": about,
        "event_id": told.texts["event_id"].only(~form.among(["place"])),
        "words": words,
        "said": said,
        "place": place,
        "part_of": told.texts["part_of"].only(counts),
        "milestone": about.only(of_time & ~denies),
        "responder": told.texts["subkind"].only(is_help & (of_time | form.among(["where"]))),
        "in_words": in_words.only(bare & (counts | asks)),
    }
    flags = told.flags | {"only_asks": open_still & asks & ~denies}
    return Columns(told.texts | texts, told.reals | reals | {"starts": starts, "stops": stops}, flags)


def _topic(told: Columns, form: Words, about: Words) -> Words:
    """Write what makes the question the same.

    Of the parts of a total that say neither what nor whom they count, or the same as their total, each is a question of
    its own.
    """
    event, definition, victims, unit, claim = (told.texts[name] for name in _TOPIC)
    counts, asks = form.among(["figure"]), form.among(["asked"])
    part = counts & told.texts["part_of"].known()
    part &= (~definition.known() & ~victims.known()) | _is_as_its_total(told, part)
    of_what = [one.only(counts | asks) for one in (definition, victims)]
    of_event = event.only(~asks & ~form.among(["place"]))
    key = (form, of_event, about, *of_what, unit.only(counts), claim.only(part))
    _, first, number = np.unique(keyed(*key), return_index=True, return_inverse=True)
    cells = [one.take(first).written().fill_null("") for one in key]
    return Words(number, pc.binary_join_element_wise(*cells, "|"))


def _is_as_its_total(told: Columns, part: Flags) -> Flags:
    """Say which parts count what their totals count, by the same definition and of the same people."""
    found = np.zeros(len(part), bool)
    rows = np.flatnonzero(part)
    if len(rows):
        counted = keyed(told.texts["definition"], told.texts["victims"]).tolist()
        of_claim = dict(zip(told.texts["claim_id"].tolist(), counted, strict=True))
        totals = told.texts["part_of"].take(rows).tolist()
        found[rows] = [
            any(of_claim.get(one) == counted[row] for one in json.loads(ids or "[]"))
            for row, ids in zip(rows.tolist(), totals, strict=True)
        ]
    return found


_TOPIC = ("event_id", "definition", "victims", "unit", "claim_id")


def _span(told: Columns, begins: Flags, ends: Flags) -> tuple[Reals, Reals, Words]:
    """Give the bounds of when it was, and say them as far as they are known."""
    starts, stops, first, last = (
        np.where(ends, told.reals[f"ended_{end}{by}"], np.where(begins, told.reals[f"began_{end}{by}"], np.nan))
        for by in ("", "_wall")
        for end in ("earliest", "latest")
    )
    since, until = (
        first_known(told.texts[f"ended_{end}_said"].only(ends), told.texts[f"began_{end}_said"].only(begins & ~ends))
        for end in ("earliest", "latest")
    )
    return starts, stops, first_known(_by_day(first, last), _said(starts == stops, since, until))


def _by_day(first: Reals, last: Reals) -> Words:
    """Say what is known by its days, from one midnight to another or to the last minute of a day; nothing of others."""
    begins, ends = first % _DAY == 0, np.isin(last % _DAY, (0, _DAY - _MINUTE))
    whole = (begins & ends & (first < last)) | (begins & np.isnan(last)) | (np.isnan(first) & ends)
    number, rows = np.full(len(first), -1), np.flatnonzero(whole)
    said = once(_days, first[rows], last[rows] - _MINUTE)
    number[rows] = np.arange(len(rows))
    return said.of(number)


def _days(first: float | None, last: float | None) -> str:
    begun, over = (None if end is None else date_of(end // _DAY).date() for end in (first, last))
    if begun and over:
        return days(begun, over)
    return f"not before {date(begun)}" if begun else f"by the end of {date(over)}" if over else ""


def _said(exact: Flags, since: Words, until: Words) -> Words:
    """Say a moment, or what it lies between."""
    number = numbered(since, until, exact)
    first = firsts(number)
    one, other = (each.take(first).written() for each in (since, until))
    words = ((one, " to ", other), ("not before ", one), ("by ", other))
    between = pc.coalesce(*(pc.binary_join_element_wise(*each, "") for each in words))
    return read(pc.if_else(pa.array(exact[first]), one, between)).of(number)


def _flags(every: Forms, name: str) -> Flags:
    found = ((getattr(form, name), rows) for form, rows in every)
    return np.concatenate([np.full(len(rows), it) if isinstance(it, bool) else it[rows] for it, rows in found])


def _cells(every: Forms, name: str) -> Words:
    found = ((getattr(form, name), rows) for form, rows in every)
    return end_to_end([unknown(len(rows)) if it is None else it.take(rows) for it, rows in found])
