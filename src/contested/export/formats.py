"""The formats in which an answer or a story leaves the program; to add one, add a line to `FORMATS`."""

import json
from collections.abc import Callable
from typing import NamedTuple

from contested.answers import Answer
from contested.export import bitmap, claim_review, claim_table, data_package, geojson, picture, table, timelinejs
from contested.export.claim_table import Claims, behind
from contested.model.problem import UnfitExportError

JSON_LIMITS = "the drawing: it is all of the answer but that."


class Format(NamedTuple):
    """One kind of file: what it is for, and what writes an answer or all claims of a story as one."""

    name: str
    words: str
    """What it holds and whom it is for, in one sentence."""
    suffix: str
    media_type: str
    limits: str
    """What it cannot hold."""
    of_answer: Callable[[Answer], bytes]
    of_claims: Callable[[Claims], bytes]


def _json_of_claims(found: Claims) -> bytes:
    told = {"about": found.about.plain(JSON_LIMITS), "claims": [one.model_dump(mode="json") for one in found]}
    return json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1).encode()


_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {
    "xlsx": Format(
        "XLSX",
        "The rows, the claims behind them, the sources, how it was counted. No formulas.",
        "xlsx",
        _WORKBOOK,
        table.WORKBOOK_LIMITS,
        table.workbook,
        table.workbook_of_claims,
    ),
    "csv": Format(
        "CSV",
        "The rows of the table, one figure a row, with claim ids. UTF-8.",
        "csv",
        "text/csv; charset=utf-8",
        table.CSV_LIMITS,
        lambda found: "".join(table.csv_text(found)).encode(),
        claim_table.as_csv,
    ),
    "json": Format(
        "JSON",
        "Rows, sentence, sources, filters and hash, as the API gives them.",
        "json",
        "application/json",
        JSON_LIMITS,
        lambda found: "".join(found.json()).encode(),
        _json_of_claims,
    ),
    "parquet": Format(
        "Parquet",
        "The rows with types and times in UTC. For Python, R, DuckDB.",
        "parquet",
        "application/vnd.apache.parquet",
        table.PARQUET_LIMITS,
        table.parquet,
        lambda found: claim_table.as_parquet(found, table.PARQUET_LIMITS),
    ),
    "geojson": Format(
        "GeoJSON",
        "The claims behind it, each at its place. For a map.",
        "geojson",
        "application/geo+json",
        geojson.LIMITS,
        lambda found: geojson.geojson(behind(found)),
        geojson.geojson,
    ),
    "timelinejs": Format(
        "TimelineJS",
        "The claims behind it that say when, a row an account. For Knight Lab's timeline.",
        "timeline.json",
        "application/json",
        timelinejs.LIMITS,
        lambda found: timelinejs.timelinejs(behind(found)),
        timelinejs.timelinejs,
    ),
    "claimreview": Format(
        "ClaimReview",
        "The claims that answer a disputed question, as schema.org has them. Nobody is rated.",
        "claimreview.json",
        "application/ld+json",
        claim_review.LIMITS,
        lambda found: claim_review.claim_review(behind(found)),
        claim_review.claim_review,
    ),
    "svg": Format(
        "SVG",
        "The chart as lines and letters, with title, source and stamp. For print and for a graphics desk.",
        "svg",
        "image/svg+xml",
        picture.LIMITS,
        picture.picture,
        picture.of_claims,
    ),
    "png": Format(
        "PNG",
        "The chart as a picture, with title, source and stamp, which are in it as text too. For a message or a slide.",
        "png",
        "image/png",
        picture.LIMITS,
        bitmap.png,
        picture.of_claims,
    ),
    "package": Format(
        "Data package",
        "Table, claims and sources as CSV, each column described (Frictionless, CSVW). Opens here as a story.",
        "zip",
        "application/zip",
        data_package.LIMITS,
        lambda found: data_package.zipped(data_package.of_answer(found)),
        lambda found: data_package.zipped(data_package.of_claims(found)),
    ),
}
"""Name → format, those first that most people open."""


def named(name: str) -> Format:
    """Find a format; raises `UnfitExportError` for one that nobody knows."""
    if name not in FORMATS:
        message = f"no format {name}; choose from {', '.join(FORMATS)}"
        raise UnfitExportError(message)
    return FORMATS[name]
