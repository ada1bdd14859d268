"""Tellings: what each claim answers, by what it is, also where it names no question of its own.

A figure answers how many, a time of a milestone when, a place of a milestone where, a point of its own where a named
place lies; and what is told of as happening answers whether it did. A question "When did … begin?" or "… end?" dates
its event; a claim that answers yes or no affirms no more than its answer.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from contested.compared.alike import Numbers, kinds
from contested.compared.position import Flags, among, known, reals
from contested.compared.questions import HAPPENED
from contested.compared.standing import TIMES
from contested.vocabulary import MILESTONE_KINDS, Kind

_HELP = (Kind.CALL, Kind.DISPATCH, Kind.ARRIVAL)
_SPOT, _FIGURE = ("place", "latitude", "longitude", "radius_km"), ("low", "best", "high", "part_of")
_COUNTED = ("definition", "victims")
_AS_IS = ["claim_id", "event_id", "account", "voice", "side", "stance", "figure_words", "definition", "victims", "via"]
_AS_IS += ["source_id", "speaker", "firsts", "certain", "running", "stated_at", "stated_after", "day"]
_READ = [*_AS_IS, *_SPOT, *_FIGURE, "kind", "subkind", *TIMES, *(f"{name}_said" for name in TIMES)]


class _Form(NamedTuple):
    """What claims answer in one form: which of them do, and what each is then about."""

    name: str
    where: Flags
    about: pa.Array
    key: tuple[str, ...]
    """What makes the question the same, beside what it is about."""
    words: pa.Array | None = None
    """The question as the claim itself puts it."""
    said: pa.Array | None = None
    begins: Flags | bool = False
    """Whether it answers when, by when it began."""
    ends: Flags | bool = False
    lies: Flags | bool = False
    """Whether it answers where."""

    def rows(self) -> Numbers:
        return np.flatnonzero(self.where)


def tellings(claims: pa.RecordBatch) -> pa.RecordBatch:
    """Give a row for each question that each claim answers, in each form that it has."""
    claims = _parts(claims)
    forms = list(_forms(claims))
    rows = np.concatenate([form.rows() for form in forms])
    told, which = (
        claims.select(_READ).take(pa.array(rows)),
        np.repeat(range(len(forms)), [len(one.rows()) for one in forms]),
    )

    def of(*names: str) -> Flags:
        found: Flags = np.array([one.name in names for one in forms])[which]
        return found

    begins, ends, lies = (_flags(forms, name) for name in ("begins", "ends", "lies"))
    about, words, said = (_cells(forms, name) for name in ("about", "words", "said"))
    made = {name: told[name] for name in _AS_IS}
    made |= {name: _only(told[name], lies) for name in _SPOT}
    made |= {name: _only(told[name], of("figure")) for name in _FIGURE} | _span(told, begins, ends)
    made["said"] = pc.coalesce(said, made["said"])
    denies, is_help = among(told["stance"], ["denies"]), among(told["kind"], _HELP)
    bare = ~_any(pa.record_batch(made), "said", "low", "best", "high")
    open_still = bare & ~_any(pa.record_batch(made), "figure_words", "place", "latitude")
    return pa.record_batch(
        made
        | {
            "form": pa.array([one.name for one in forms]).take(pa.array(which)),
            "topic": pa.concat_arrays([_topic(claims, one) for one in forms]),
            "about": about,
            "event_id": pc.if_else(pa.array(of("place")), "", told["event_id"]),
            "words": words,
            "milestone": _only(about, of("when") & ~denies),
            "responder": _only(told["subkind"], is_help & of("when", "where")),
            "in_words": _only(told["figure_words"], bare & of("figure", "asked")),
            "only_asks": pa.array(open_still & of("asked") & ~denies),
        }
    )


def _forms(claims: pa.RecordBatch) -> Iterator[_Form]:
    kind, question, answer, place = (claims[name] for name in ("kind", "question", "answer", "place"))
    asks_when, asks_where, of_begin, of_end, is_end, of_yes = _asks(question)
    is_help, is_milestone, is_clash = (among(kind, words) for words in (_HELP, MILESTONE_KINDS, (Kind.CLASH,)))
    denies, asserts = (among(claims["stance"], [stance]) for stance in ("denies", "asserts"))
    begun, ended = (_any(claims, f"{which}_earliest", f"{which}_latest") for which in ("began", "ended"))
    onset, end = (is_clash | (~is_milestone & asked) for asked in (of_begin, of_end))
    counts = known(claims, "measure") & _any(claims, "low", "best", "high", "figure_words")
    dates = ~known(claims, "question") | (asks_when & ((begun & (is_help | onset)) | (ended & end)))
    own, start, over = (
        _only(answer, ~is_milestone),
        _only(question, asks_when & ~is_end),
        _only(question, asks_when & is_end),
    )

    yield _Form("figure", counts, claims["measure"], ("event_id", "about", *_COUNTED, "unit", "part"), question, answer)
    yield _Form("when", onset & begun, _all(claims, "onset"), ("event_id", "about"), start, own, begins=True)
    yield _Form("when", end & ended, _all(claims, "end"), ("event_id", "about"), over, own, ends=True)
    yield _Form("when", is_help & begun, kind, ("event_id", "about"), start, own, begins=True)
    asked = ~counts & ~dates
    yield _Form("asked", asked, question, ("about", *_COUNTED), question, answer, begins=asks_when, lies=asks_where)
    somewhere = is_milestone & ~denies & _any(claims, "place", "latitude")
    yield _Form("where", somewhere, kind, ("event_id", "about"), lies=True)
    pointed = known(claims, "latitude")
    lies = among(place, place.filter(pa.array(pointed)).drop_null()) & ~denies
    yield _Form("place", lies, place, ("about",), said=_only(answer, pointed), lies=True)
    high, best, low = (reals(claims, name) for name in ("high", "best", "low"))
    none = np.where(np.isnan(high), np.where(np.isnan(best), low, best), high) <= 0
    happened = among(kind, HAPPENED) & asserts & ~none & ~of_yes
    yield _Form("happened", happened, kind, ("event_id", "about"), said=_all(claims, "yes"))


def _parts(claims: pa.RecordBatch) -> pa.RecordBatch:
    """Tell apart the parts of a total that say neither what nor whom they count: `part` is the claim itself."""
    named = pc.or_(claims["definition"].is_valid(), claims["victims"].is_valid())
    part = pc.if_else(pc.and_(claims["part_of"].is_valid(), pc.invert(named)), claims["claim_id"], "")
    return claims.append_column("part", part)


def _asks(question: pa.Array) -> Flags:
    """Say which questions ask when and where, when something began or ended, for an end, and for yes or no."""
    number, found = kinds(lambda words: [bool(words and one.search(words)) for one in _ASKED], question)
    answers: Flags = np.array(found, bool).reshape(-1, len(_ASKED))[number].T
    return answers


_ASKED = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?i)^when ",
        r"(?i)^where ",
        r"^When did .*\b(begin|start)\b",
        r"^When did .*\bend\b",
        r"\bend(ed)?\b",
        r"(?i)^(was|were|is|are|did|do|does|had|has|have) ",
    )
]


def _topic(claims: pa.RecordBatch, form: _Form) -> pa.Array:
    """Write what makes the question the same."""
    rows = pa.array(form.rows())
    key = [(form.about if name == "about" else claims[name]).take(rows).fill_null("") for name in form.key]
    return pc.binary_join_element_wise(form.name, *key, "|")


def _span(told: pa.RecordBatch, begins: Flags, ends: Flags) -> dict[str, pa.Array]:
    """Give the bounds of when it was, and say them as far as they are known."""

    def either(which: str) -> pa.Array:
        return pc.if_else(pa.array(ends), told[f"ended_{which}"], _only(told[f"began_{which}"], begins))

    starts, stops, since, until = map(either, ("earliest", "latest", "earliest_said", "latest_said"))
    exact = pc.equal(starts, stops).fill_null(False)  # noqa: FBT003 a value
    words = ((since, " to ", until), ("not before ", since), ("by ", until))
    between = pc.coalesce(*(pc.binary_join_element_wise(*one, "") for one in words))
    return {"starts": starts, "stops": stops, "said": pc.if_else(exact, since, between)}


def _flags(forms: list[_Form], name: str) -> Flags:
    return np.concatenate([np.broadcast_to(getattr(one, name), len(one.where))[one.where] for one in forms])


def _cells(forms: list[_Form], name: str) -> pa.Array:
    found = ((getattr(one, name), pa.array(one.rows())) for one in forms)
    return pa.concat_arrays([pa.nulls(len(rows), pa.string()) if it is None else it.take(rows) for it, rows in found])


def _any(claims: pa.RecordBatch, *names: str) -> Flags:
    found: Flags = np.logical_or.reduce([known(claims, name) for name in names])
    return found


def _all(claims: pa.RecordBatch, word: str) -> pa.Array:
    return pa.array([word] * len(claims), pa.string())


def _only(column: pa.Array, where: Flags) -> pa.Array:
    return pc.if_else(pa.array(where), column, None)
