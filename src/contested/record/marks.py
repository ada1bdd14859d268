"""Marks: which claims of a story in a record are held back, read once and then with each entry that is added."""

import io
import json
from collections.abc import Collection
from datetime import datetime
from threading import Lock

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from contested.model import held_back
from contested.model.arrow_schema import COLUMNS
from contested.model.held_back import Mark
from contested.record.entry import BULK_ACTS, Entry, canonical_json
from contested.record.log import Record
from contested.record.revisions import edited

_SCHEMA = pa.schema([COLUMNS.field(name) for name in held_back.COLUMNS])


class Marks:
    """What each version of the claims of one story says of whether it is held back, the oldest first."""

    def __init__(self, record: Record, story: str) -> None:
        self._record, self._story = record, story
        self._lock, self._read, self._told = Lock(), 0, list[Mark]()

    def now(self) -> list[Mark]:
        """List them up to the newest entry of all, whatever a page shows."""
        newest = self._record.head.seq
        with self._lock:
            if newest > self._read:
                for entry in self._record.entries(self._read, newest):
                    known = {one.claim_id for one in self._told}
                    if entry.story == self._story and not _is_plain(entry, known):
                        self._told += held_back.marks(_columns(self._record, entry, told=bool(known)), known)
                self._read = newest
            return list(self._told)

    def last_told(self, until: int, hidden: frozenset[str], moment: datetime) -> Entry | None:
        """Give the last entry that readers are told of, up to one; where that is none, the story's first.

        Names that follow it alone are those that it is the first to use, and belong to it.
        """
        names, last = None, None
        for entry in self._record.back(self._story, until):
            last = entry
            if entry.act in BULK_ACTS and entry.manifest()["snapshot"] is None:
                names = names or entry
            elif self.told(entry, hidden, moment):
                return names or entry
            else:
                names = None
        return last

    def told(self, entry: Entry, hidden: frozenset[str], moment: datetime) -> Entry | None:
        """Give an entry as readers are told of it, with the number of claims that they see; none where that is none."""
        number = pc.sum(held_back.leaving(_columns(self._record, entry, told=True), hidden, moment)).as_py()
        if not number or entry.act not in BULK_ACTS:
            return entry if number else None
        return entry._replace(body=canonical_json(entry.manifest() | {"claims": number}))


def _is_plain(entry: Entry, known: Collection[str]) -> bool:
    """Say of a single edit whether it holds nothing back and is of no claim that was ever held back."""
    if entry.act in BULK_ACTS or entry.claim_id in known:
        return False
    said = json.loads(entry.body)
    return all(said.get(name) is None for name in held_back.HOLDING)


def _columns(record: Record, entry: Entry, *, told: bool) -> pa.Table:
    """Read of the claims of an entry only what says whether they are held back; nothing where none ever said so."""
    if entry.act not in BULK_ACTS:
        return edited([entry]).select(_SCHEMA.names).cast(_SCHEMA)
    sha256 = entry.manifest()["snapshot"]
    if sha256 is None:
        return _SCHEMA.empty_table()
    file = pyarrow.parquet.ParquetFile(io.BytesIO(b"".join(record.document(sha256))))
    if not told and _says_nothing(file):
        return _SCHEMA.empty_table()
    there = [name for name in _SCHEMA.names if name in file.schema_arrow.names]
    table = file.read(columns=there, use_threads=False)
    columns = [
        table[one.name].cast(one.type) if one.name in there else pa.nulls(len(table), one.type) for one in _SCHEMA
    ]
    return pa.Table.from_arrays(columns, schema=_SCHEMA)


def _says_nothing(file: pyarrow.parquet.ParquetFile) -> bool:
    """Say by what a file says of itself whether no claim in it is held back: of a million, none is read then."""
    names, about = file.schema_arrow.names, file.metadata
    places = [names.index(name) for name in held_back.HOLDING if name in names]
    parts = [about.row_group(group).column(place) for group in range(about.num_row_groups) for place in places]
    return all(part.statistics is not None and part.statistics.null_count == part.num_values for part in parts)
