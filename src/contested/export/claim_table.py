"""The claims that an export holds: those behind an answer or all of a story, in columns that are read back again."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from contested.answers import Answer
from contested.export import about
from contested.export.about import About
from contested.model.arrow_schema import COLUMNS, from_arrow
from contested.model.claim import Claim
from contested.model.story import Story
from contested.query.legend import Legend
from contested.query.selection import By, Selection
from contested.query.store import Store
from contested.query.voices import legend_of, voices

LIMITS = (
    "types and the names of accounts: these stand in the file beside it, NAME.csv-metadata.json, and in the package; "
    "nor ids that hold a semicolon, for lists of ids are joined by one. Texts stand as they were told: a spreadsheet "
    "may take one that begins with = for a formula, so open the workbook there instead."
)
_ROWS = f"""
select {", ".join(COLUMNS.names)}, standing from known where claim_id in ({{ids}})
order by stated_at nulls last, claim_id
"""
"""Claims as they were known, in the order in which they were said."""


@dataclass(frozen=True, eq=False)
class Claims:
    """Some claims of a story as they now stand, and what is said of them wherever they go."""

    name: str
    """That of the file."""
    story: Story
    rows: pa.Table
    """In the columns of `contested.model.arrow_schema`, in the order in which they were said."""
    standing: Mapping[str, str]
    """Whether each still stands, or was replaced, corrected or withdrawn."""
    legend: Legend
    about: About

    def __iter__(self) -> Iterator[Claim]:
        """Give each claim."""
        return from_arrow(self.rows)


def behind(found: Answer) -> Claims:
    """Give the claims behind an answer, as it knew them."""
    ids = sorted({one for ids in found.claim_ids() for one in ids})
    selection, told = found.legend.selection, about.of_answer(found)
    rows = found.store.columns(_ROWS.format(ids="select unnest($ids)"), _in_utc(selection), ids=ids)
    return _claims(found.chart.key, found.story, found.store, selection, rows, told)


def of_story(story: Story, store: Store, selection: Selection) -> Claims:
    """Give the claims of a story that a selection holds."""
    rows = store.columns(_ROWS.format(ids="select claim_id from selected"), _in_utc(selection))
    return _claims(story.name, story, store, selection, rows, about.of_story(story, store, selection))


def _in_utc(selection: Selection) -> Selection:
    return selection.model_copy(update={"zone": "UTC"})


def _claims(  # noqa: PLR0913, PLR0917 what an export consists of
    name: str, story: Story, store: Store, selection: Selection, rows: pa.Table, told: About
) -> Claims:
    standing = dict(zip(rows["claim_id"].to_pylist(), rows["standing"].to_pylist(), strict=True))
    legend = legend_of(story, selection, voices(story, store.facets(), By.ACCOUNT))
    return Claims(name, story, rows.select(COLUMNS.names).cast(COLUMNS), standing, legend, told)


def csv_bytes(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Write rows as CSV by RFC 4180, in UTF-8; an empty cell is unknown, instants are in UTC, ids are joined by `;`."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\r\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({name: cell(row.get(name)) for name in columns} for row in rows)
    return text.getvalue().encode()


def cell(value: object) -> object:
    """Write a value as a cell of our own columns."""
    match value:
        case None:
            return ""
        case datetime():
            moment = value if value.tzinfo else value.replace(tzinfo=UTC)
            return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case list() | tuple():
            return ";".join(map(str, value))
    return value


def as_csv(found: Claims) -> bytes:
    """Write claims in our own columns as CSV."""
    return csv_bytes(COLUMNS.names, found.rows.to_pylist())


def as_parquet(found: Claims, limits: str) -> bytes:
    """Write claims as Parquet, their times in UTC by name, so that they are read back as the same claims."""
    import pyarrow.parquet  # noqa: PLC0415 slow to import, and few want Parquet

    types = {field.name: pa.timestamp("us", "UTC") for field in found.rows.schema if pa.types.is_timestamp(field.type)}
    named = pa.schema([field.with_type(types.get(field.name, field.type)) for field in found.rows.schema])
    file = io.BytesIO()
    pyarrow.parquet.write_table(found.rows.cast(named.with_metadata(found.about.metadata(limits))), file)
    return file.getvalue()
