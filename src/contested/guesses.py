"""Guesses: which field of a claim each column of an unknown table probably holds, for a person to confirm."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from contested.line import Row, name
from contested.mapping import ColumnMapping, fields

LEAST = 75
"""A guess is made of a score of so many in a hundred."""
_SYNONYMS = {
    "claim_id": ("id", "record id", "row id", "key"),
    "event_id": ("event", "incident", "event number", "incident id", "case"),
    "account": ("told by", "version", "witness", "according to", "account of"),
    "side": ("party", "faction"),
    "kind": ("type", "event type", "category", "what kind"),
    "source_id": ("source", "url", "link", "reference", "source name", "meta source"),
    "summary": ("text", "description", "notes", "details", "what happened", "narrative", "claim"),
    "place": ("location", "town", "village", "city", "where", "loc name", "address"),
    "latitude": ("lat", "geo lat"),
    "longitude": ("lon", "lng", "long", "geo lon"),
    "stated_at": ("said at", "stated on", "reported at"),
    "when": ("date", "start", "began", "start date", "event date", "from", "time", "date start", "date occurred"),
    "until": ("end", "ended", "end date", "to", "date end"),
    "killed": ("deaths", "dead", "fatalities", "killed", "number killed", "affected killed", "toll"),
    "injured": ("wounded", "injuries", "hurt", "number injured", "affected injured"),
}


class Guess(NamedTuple):
    """What one column probably holds: nothing where no field is near enough."""

    column: str
    field: str | None
    score: int
    sample: str


def guess(columns: Sequence[str], rows: Sequence[Row]) -> tuple[Guess, ...]:
    """Guess what each column holds, each field once; a row of HXL tags under the header is heard as well."""
    samples = {column: _sample(column, rows) for column in columns}
    scored = sorted(
        (
            (score, -place, column, field)
            for place, column in enumerate(columns)
            for field, score in _near(column, samples[column])
        ),
        reverse=True,
    )
    found: dict[str, tuple[str, int]] = {}
    for score, _, column, field in scored:
        if column not in found and field not in {taken for taken, _ in found.values()}:
            found[column] = field, score
    return tuple(
        Guess(column, found[column][0], found[column][1], sample) if column in found else Guess(column, None, 0, sample)
        for column, sample in samples.items()
    )


def confirmed(guesses: Collection[Guess], zone: str | None = None, **constants: str) -> ColumnMapping:
    """Take the guesses that a person let stand, with what every row says."""
    return ColumnMapping(
        columns={one.column: one.field for one in guesses if one.field}, constants=constants, zone=zone
    )


def _near(column: str, sample: str) -> Iterator[tuple[str, int]]:
    """Score every field that is near enough to a column's name, or to its tag."""
    called = [name(column).replace("_", " ")]
    called += [sample.strip("#").replace("+", " ")] if sample.startswith("#") else []
    for field in fields():
        words = [field.replace("_", " "), *_SYNONYMS.get(field, ())]
        score = max(
            found[1] for one in called if (found := process.extractOne(one, words, scorer=fuzz.token_sort_ratio))
        )
        if score >= LEAST:
            yield field, round(score)


def _sample(column: str, rows: Sequence[Row]) -> str:
    said = (str(cell).strip() for row in rows if (cell := row.get(column)) is not None)
    return next(filter(None, said), "")
