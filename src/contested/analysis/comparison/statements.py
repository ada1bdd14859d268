"""Statements: what a claim answers, one row for each question; what a question is about makes its topic.

A figure answers how many, a time of a milestone when, a place of a milestone where, a point of its own where a named
place lies. A question "When did … begin?" or "… end?" dates its event. That two accounts report one thing, each in its
way, is no answer: nobody asked whether it happened.
"""

import json

import numpy as np
import pyarrow as pa

from contested.analysis.comparison.columns import UNKNOWN, Array, Columns, any_known, encode, number_by
from contested.analysis.comparison.questions import RESPONSE_END
from contested.model.vocabulary import Kind, Milestone

FIGURE, ONSET, END, MILESTONE, CLEARED, ASKED, LOCATED, PLACE = range(8)
"""The forms of answers: a figure, the time of a milestone (of an event, or of a unit), in words, a place."""
NAMES = ("figure", "when", "asked", "where", "place")
NAME = np.array([0, 1, 1, 1, 1, 2, 3, 4])
"""What each form asks, as `question_words` puts it."""
TOPIC = ("event", "about", "definition", "victims", "unit", "part")
"""What makes two statements of one form answer the same question."""
_CONSTANTS = (Milestone.ONSET, Milestone.END, RESPONSE_END)


def read_statements(rows: pa.Table) -> Columns:
    """Read the answer to `CURRENT` or `EVER` as statements, numbered by `topic`; topics are in order of form and event.

    Within one form an account's own words come first, then what it heard, and the earlier before the later.
    """
    claims = encode(rows, *_CONSTANTS)
    order = np.lexsort((claims["claim_id"], claims["stated_at"], claims["via"] != UNKNOWN))
    form, row = np.nonzero(np.array(_forms(claims))[:, order])
    statements = claims.take(order[row])
    columns = {**statements.arrays, "form": form, **_answers(statements, form)}
    columns |= _about(Columns(statements.texts, columns))
    columns["topic"] = _topics(columns)
    columns["words"] = _least(columns["topic"], columns["words"])
    return Columns(statements.texts, columns)


def _forms(claims: Columns) -> list[Array]:
    """Find the claims that answer in each form."""
    known = {name: claims[name] != UNKNOWN for name in ("question", "measure", "figure_words", "place")}
    begun, ended, pointed, counted = (
        any_known(*(claims[name] for name in names))
        for names in (("began_earliest", "began_latest"), ("ended_earliest", "ended_latest"), ("latitude",), _FIGURE)
    )
    is_unit, is_clash, affirmed = claims["is_unit"], claims["is_clash"], ~claims["denies"]
    onset, end = (is_clash | (~is_unit & claims[name]) for name in ("asks_begin", "asks_end"))
    cleared = claims.equals("kind", Kind.END)
    figure = known["measure"] & (counted | known["figure_words"])
    dated = ~known["question"] | (claims["asks_when"] & ((begun & (is_unit | onset)) | (ended & end)))
    located = (is_clash | is_unit) & affirmed & (known["place"] | pointed)
    named = known["place"] & np.isin(claims["place"], claims["place"][pointed]) & affirmed
    of_units = (is_unit & ~cleared & begun, cleared & begun)
    return [figure, onset & begun, end & ended, *of_units, ~figure & ~dated, located, named]


_FIGURE, _SPOT = ("low", "best", "high"), ("latitude", "longitude", "radius_km")


def _answers(statements: Columns, form: Array) -> dict[str, Array]:
    """Return what is answered: the answer in words, figures, bounds of time, place; null what the form does not ask."""
    figure, asked, is_when = form == FIGURE, form == ASKED, np.isin(form, (ONSET, END, MILESTONE, CLEARED))
    ends, dated = form == END, is_when | (asked & statements["asks_when"])
    located = (form >= LOCATED) | (asked & statements["asks_where"])
    starts, stops = (
        np.where(ends, statements[f"ended_{end}"], np.where(dated, statements[f"began_{end}"], np.nan))
        for end in ("earliest", "latest")
    )
    is_milestone = statements["is_unit"] | statements["is_clash"]
    in_answer = figure | asked | ((form == PLACE) & ~np.isnan(statements["latitude"])) | (is_when & ~is_milestone)
    answer, place = np.where(in_answer, statements["answer"], UNKNOWN), np.where(located, statements["place"], UNKNOWN)
    numbers = {name: np.where(figure, statements[name], np.nan) for name in _FIGURE}
    numbers |= {name: np.where(located, statements[name], np.nan) for name in _SPOT}
    bare = (answer == UNKNOWN) & ~any_known(starts, stops, *(numbers[name] for name in _FIGURE))
    in_words = np.where(bare & (figure | asked), statements["figure_words"], UNKNOWN)
    empty = bare & (in_words == UNKNOWN) & (place == UNKNOWN) & np.isnan(numbers["latitude"])
    return numbers | {
        "answer": answer,
        "place": place,
        "starts": starts,
        "stops": stops,
        "in_words": in_words,
        "only_asks": asked & empty & ~statements["denies"],
        "is_stated": statements["named"] != UNKNOWN,
        "document": np.where(statements["named"] == UNKNOWN, statements["source_id"], UNKNOWN),
        "responder": np.where(statements["is_unit"] & (is_when | (form == LOCATED)), statements["subkind"], UNKNOWN),
        "part_of": np.where(figure, statements["part_of"], UNKNOWN),
    }


def _about(statements: Columns) -> dict[str, Array]:
    """Return what the question is about, and the question itself where the claim puts it in words."""
    form, kind, question = statements["form"], statements["kind"], statements["question"]
    onset, end, cleared = (statements.code(text) for text in _CONSTANTS)
    dated, of_end = (statements[name] for name in ("asks_when", "says_end"))
    of_begin, of_end = (np.where(dated & kept, question, UNKNOWN) for kept in (~of_end, of_end))
    about = np.choose(form, (statements["measure"], onset, end, kind, cleared, question, kind, statements["place"]))
    counted = np.isin(form, (FIGURE, ASKED))
    return {
        "about": about,
        "words": np.choose(form, (question, of_begin, of_end, of_begin, of_end, question, UNKNOWN, UNKNOWN)),
        "event": np.where((form != ASKED) & (form != PLACE), statements["event_id"], UNKNOWN),
        "event_id": np.where(form != PLACE, statements["event_id"], UNKNOWN),
        "definition": np.where(counted, statements["definition"], UNKNOWN),
        "victims": np.where(counted, statements["victims"], UNKNOWN),
        "unit": np.where(form == FIGURE, statements["unit"], UNKNOWN),
        "part": np.where(_is_own_part(statements), statements["claim_id"], UNKNOWN),
        "milestone": np.where((form >= ONSET) & (form <= CLEARED) & ~statements["denies"], about, UNKNOWN),
    }


def _is_own_part(statements: Columns) -> Array:
    """Find the parts of a total that say neither what nor whom they count, or the same as it: each its own question."""
    part: Array = (statements["form"] == FIGURE) & (statements["part_of"] != UNKNOWN)
    if not part.any():
        return part
    counted = list(zip(statements["definition"].tolist(), statements["victims"].tolist(), strict=True))
    of_claim = dict(zip(statements["claim_id"].tolist(), counted, strict=True))
    for row in np.flatnonzero(part).tolist():
        totals = json.loads(statements.text("part_of", row) or "[]")
        same = any(of_claim.get(statements.code(total)) == counted[row] for total in totals)
        part[row] = same or counted[row] == (UNKNOWN, UNKNOWN)
    return part


def _topics(columns: dict[str, Array]) -> Array:
    """Assign numbers to questions: by form, event, what it is about, and how and of whom it counts."""
    event, *others = (columns[part] for part in TOPIC)
    return number_by(NAME[columns["form"]], event, columns["form"], *others)


def _least(topic: Array, words: Array) -> Array:
    """Call each topic by the first, in order, of the questions that its claims put in words."""
    known = np.flatnonzero(words != UNKNOWN)
    least = np.full(int(topic.max(initial=-1)) + 1, _MAX)
    np.minimum.at(least, topic[known], words[known])
    found: Array = np.where(least < _MAX, least, UNKNOWN)[topic]
    return found


_MAX = np.iinfo(np.int32).max
