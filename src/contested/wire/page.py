"""A polled address: the file that is there, asked for only where it is another one than the last."""

import re
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from contested.ingest.formats import FORMATS, PACKED
from contested.model.problem import UnansweredError
from contested.wire.quarantine import Look
from contested.wire.requests import OPEN, Reach, get

_LONGEST = 120
_KINDS = {
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/vnd.apache.parquet": ".parquet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
"""Media type → the end of a name that has none."""


class Fetched(NamedTuple):
    """What is at an address: its name and its bytes, and what the server says to tell it from the next."""

    name: str
    content: bytes
    look: Look


def fetch(url: str, last: Look, reach: Reach = OPEN) -> Fetched | None:
    """Fetch what is at an address; nothing where the server says that it is what it was at the last look.

    Raises `RefusedAddressError` or `UnansweredError` where nothing can be taken.
    """
    conditions = {"If-None-Match": last.etag, "If-Modified-Since": last.modified}
    reply = get(url, {name: value for name, value in conditions.items() if value}, reach)
    if reply.status == HTTPStatus.NOT_MODIFIED:
        return None
    if reply.status != HTTPStatus.OK:
        raise UnansweredError(url, f"the server says {reply.status}")
    if reply.headers.get("content-encoding", "identity") != "identity":
        raise UnansweredError(url, "it is packed although it was not asked for so")
    look = Look(reply.headers.get("etag", ""), reply.headers.get("last-modified", ""))
    return Fetched(named(reply.url, reply.headers.get("content-type", "")), reply.body, look)


def named(url: str, media_type: str) -> str:
    """Name a file by the end of its address, which is untrusted text; where it says no format, its media type does."""
    last = PurePosixPath(unquote(urlsplit(url).path)).name
    name = re.sub(r"[^\w.() -]", "_", last).lstrip(".")[-_LONGEST:] or "file"
    if any(name.casefold().endswith(suffix) for suffix in (*FORMATS, PACKED)):
        return name
    return f"{name}{_KINDS.get(media_type.partition(';')[0].strip().casefold(), '')}"
