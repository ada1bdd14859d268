"""The desk: the story that is edited and its record, who edits it, and that person's drafts."""

import secrets
from functools import cache
from typing import NamedTuple

import streamlit as st

import claims
import write_access
from contested.model.claim import Claim
from contested.model.side_tables import Source
from contested.model.story import Story
from contested.query.selection import Selection
from contested.record.drafts import Draft, Drafts
from contested.record.edits import ChangeNote
from contested.record.entry import Entry
from contested.record.gated import GatedRecord
from contested.record.log import Record, Revision
from contested.record.revisions import revision
from sharing import link, where_kept

PATH = "newsroom"
DO, CLAIM, ENTRY = "do", "claim", "entry"
"""The parameters: which page of the newsroom, which claim, which entry."""
_DIGITS = 10
"""The number of an entry has fewer."""
ADD, DRAFTS, CORRECT, WITHDRAW, HISTORY, UNDO = "add", "drafts", "correct", "withdraw", "history", "undo"
TELL = "tell"


class Desk(NamedTuple):
    """One person at work on one story of a record."""

    record: GatedRecord
    story: Story
    who: str

    @property
    def name(self) -> str:
        """The name of the story in its record."""
        return self.story.name

    @property
    def zone(self) -> str:
        """The zone of the story."""
        return self.story.package.zone

    def writing(self) -> Record:
        """Give the record to write to; raises `NotAllowedError` unless this person may write now."""
        return self.record.by(self.who, write_access.role())

    def note(self, why: str, claim_id: str, base: int = 0) -> ChangeNote:
        """Say who writes and why; the same form sent twice, of the same revision `base`, is recorded once."""
        return ChangeNote(self.who, why, f"{self.who}:{self.name}:{claim_id}:{base}")

    def revisions(self, claim_id: str) -> list[Revision]:
        """List the revisions of a claim as the record has them now, whatever the page shows."""
        return self.record.revisions(self.name, claim_id)

    def claim(self, claim_id: str, rev: int) -> Claim:
        """Read one revision of a claim."""
        return revision(self.record, next(one for one in self.revisions(claim_id) if one.rev == rev))

    def names(self, field: str) -> dict[str, str]:
        """Name what a field may hold: the rows of its table, and what claims name without one."""
        asked = f"select distinct {field} from known where {field} is not null order by {field}"
        named = dict.fromkeys(claims.store().columns(asked, Selection())[field].to_pylist())
        labels = {key: _label(row) for key, row in self.story.tables().get(field, {}).items()}
        return labels | {key: key for key in named if key not in labels}

    def drafts(self) -> list[Draft]:
        """List what this person has typed and not published."""
        return drafts().every(self.who, self.name)


def _label(row: object) -> str:
    return f"{row.publisher}, “{row.title}”" if isinstance(row, Source) else str(getattr(row, "label", row))


def desk() -> Desk | None:
    """Give the desk of this session; none where the story in view is kept in no record."""
    kept, shown = claims.record(), claims.current_story()
    if kept is None or shown.head is None or shown.name is None:
        return None
    return Desk(kept, claims.story(), write_access.person())


def drafts() -> Drafts:
    """Open the drafts beside the record, once for the server."""
    return _opened(where_kept.record_address() or "")


@cache
def _opened(where: str) -> Drafts:
    return Drafts(where)


def new_claim_id() -> str:
    """Make an id that no claim has."""
    return f"desk-{secrets.token_hex(4)}"


def at(do: str, claim_id: str = "", **more: str) -> str:
    """Return the link to a page of the newsroom."""
    return link.url(PATH, **{DO: do, CLAIM: claim_id, **more})


def go(do: str, claim_id: str = "", entry: int = 0) -> None:
    """Turn the page that is shown into another of the newsroom."""
    link.write({DO: do, CLAIM: claim_id, ENTRY: str(entry or "")})


def entry_asked(record: Record) -> Entry | None:
    """Give the entry that the page names, if the record has it."""
    number = asked(ENTRY)
    is_one = number.isascii() and number.isdigit() and len(number) < _DIGITS and 0 < int(number) <= record.head.seq
    return record.entry(int(number)) if is_one else None


def asked(name: str) -> str:
    """Read a parameter of the page."""
    return st.query_params.get(name, "")
