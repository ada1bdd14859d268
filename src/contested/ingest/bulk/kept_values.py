"""Kept columns of a large table by its columns: their values are counted, and each row's are put into one object."""

import json
from collections.abc import Collection, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from contested.ingest.bulk.batches import Batch
from contested.ingest.kept_columns import ValueTally
from contested.ingest.row import worded

_BETWEEN = ", "


def count_values(tally: ValueTally, batch: Batch, titles: Collection[str]) -> None:
    """Count the values of a batch in those columns that may still be kept."""
    for _ in tally.through((number, row) for number, row in batch.loose if isinstance(row, dict)):
        pass
    for title in tally.open_titles(titles if len(batch.cells) else ()):
        counted = pc.value_counts(batch.cells[title])
        cells, times = counted.field("values").to_pylist(), counted.field("counts").to_pylist()
        all(tally.add(title, cell, number) for cell, number in zip(cells, times, strict=True))


def row_groups(batch: Batch, titles: Sequence[str]) -> pa.Array:
    """Write the values of each row as one JSON object of words, as `Claim.groups` holds them; null where none says."""
    parts = [_parts(title, batch.cells[title]) for title in titles]
    joined = pc.binary_join_element_wise(*parts, "")
    objects = pc.binary_join_element_wise("{", pc.utf8_slice_codeunits(joined, len(_BETWEEN)), "}", "")
    return pc.if_else(pc.equal(joined, ""), None, objects)


def _parts(title: str, cells: pa.ChunkedArray) -> pa.Array:
    """Write each cell as a further member of an object; nothing where it says nothing."""
    coded = (cells if pa.types.is_dictionary(cells.type) else pc.dictionary_encode(cells)).combine_chunks()
    head = json.dumps(title, ensure_ascii=False)
    told = [worded(cell) for cell in coded.dictionary.to_pylist()]
    parts = [f"{_BETWEEN}{head}: {json.dumps(words, ensure_ascii=False)}" if words else "" for words in told]
    return pc.fill_null(pa.array(parts, pa.string()).take(coded.indices), "")
