"""New names in passing: an account, a source, an event or a place that a claim is the first to name."""

from collections.abc import Mapping
from typing import Any

from contested.record.edits import ChangeNote
from contested.record.entry import Entry
from contested.record.log import Record
from contested.record.release import Submission, accept, release

DATASET = "newsroom"
"""What these names are a release of; it holds no claims."""


def name(record: Record, story: str, tables: Mapping[str, list[dict[str, Any]]], note: ChangeNote) -> Entry:
    """Append rows of the side tables of a story, by the names of the tables."""
    return accept(record, release(record, Submission(story, DATASET, (), {}, tables)), note)
