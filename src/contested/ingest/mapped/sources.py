"""The sources that a row names: a claim is stated once for each, and the later ones repeat the first."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from contested.ingest.mapped.mapped_row import MappedRow
from contested.ingest.mapping import EMPTY
from contested.ingest.row import Line, Row, name
from contested.model.vocabulary import Kind

_URL = re.compile(r"https?://[^\s;,<>\"']+")
_ADDRESS = ("url", "path", "link", "href", "address", "id", "title")


def by_source(row: MappedRow, claim: Mapping[str, Any]) -> Iterator[Row]:
    """Give a claim once for each source that a row names; the later ones repeat the first."""
    column = row.columns.get("source_id")
    if claim["kind"] == Kind.CASUALTIES or column is None:
        yield {**claim, "source_id": _sources(row.line, column)[0]} if column else claim
        return
    first, *more = _sources(row.line, column)
    yield {**claim, "source_id": first}
    for number, source in enumerate(more, start=2):
        repeats = {"source_id": source, "same_origin": (claim["claim_id"],)}
        yield {**claim, **repeats} | {"claim_id": f"{claim['claim_id']}/source {number}"}


def _sources(line: Line, column: str) -> list[str]:
    """Name the sources of a row: the parts of a list, the addresses of a text that has several, or the text itself."""
    cell = next((cell for title, cell in line.row.items() if name(str(title)) == column), None)
    if isinstance(cell, list | tuple):
        named = [
            next((str(one[key]) for key in _ADDRESS if one.get(key)), json.dumps(one, ensure_ascii=False))
            if isinstance(one, Mapping)
            else str(one).strip()
            for one in cell
        ]
        return list(dict.fromkeys(filter(None, named))) or [line.given.file]
    words = line.words(column)
    if words.casefold() in EMPTY:
        return [line.given.file]
    addresses = [address.rstrip(".)") for address in _URL.findall(words)]
    return list(dict.fromkeys(addresses)) if len(addresses) > 1 else [words]
