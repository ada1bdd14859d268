"""Our own edits beside a new release: whose word stands in a field that the desk has edited and the release changes.

The desk's word stands, unless somebody takes the release's, or lets both stand: then what the release says is a claim
of its own beside ours, and follows the release from then on.
"""

from collections.abc import Collection, Mapping
from typing import Any, Literal, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from contested.model.arrow_schema import COLUMNS, to_arrow
from contested.model.claim import Claim
from contested.model.vocabulary import Status
from contested.record.entry import BULK_ACTS, Act
from contested.record.log import Record
from contested.record.revisions import current, revision

Whose = Literal["ours", "theirs", "both"]
OURS: Whose = "ours"
THEIRS: Whose = "theirs"
BOTH: Whose = "both"
COMPARED = [name for name in COLUMNS.names if name != "recorded_at"]
_TWIN = "/as released"
"""How the id of a claim ends that says what a release says, beside one that the desk has edited."""


class Conflict(NamedTuple):
    """A field that the desk has edited and a release changes, too: what each says, and who edited it when."""

    claim_id: str
    field: str
    before: Any
    """What the release before said."""
    theirs: Any
    ours: Any
    who: str
    at: str


class Edits(NamedTuple):
    """Whose word was said to stand: of each claim and field, and where nothing was said."""

    usual: Whose = OURS
    said: Mapping[tuple[str, str], Whose] = {}

    def of(self, one: Conflict) -> Whose:
        """Say whose word stands in a field."""
        return self.said.get((one.claim_id, one.field), self.usual)


OURS_STAND = Edits()


class Standing(NamedTuple):
    """A story as it stands in a record, and which of its claims were edited one by one."""

    record: Record
    story: str
    by_hand: Collection[str]

    def claim(self, claim_id: str) -> dict[str, Any]:
        """Give a claim as it stands, as a row of the columns of claims."""
        return _as_row(revision(self.record, self.record.revisions(self.story, claim_id)[-1]))

    def ours(self, claim_id: str) -> dict[str, tuple[str, str]]:
        """Name the fields of a claim that stand as the desk edited them, with who did so and when."""
        found: dict[str, tuple[str, str]] = {}
        before: dict[str, Any] = {}
        for one in self.record.revisions(self.story, claim_id):
            now, entry = _as_row(revision(self.record, one)), self.record.entry(one.seq)
            for field in (name for name in COMPARED if before and now[name] != before[name]):
                found.pop(field, None)
                if entry.act not in BULK_ACTS:
                    found[field] = entry.who, entry.recorded_at
            before = now
        return found


def edited(record: Record, story: str, until: int) -> set[str]:
    """Name the claims of a story that were edited one by one, up to an entry."""
    sql = "select claim_id from entry where story = ? and claim_id <> '' and seq <= ?"
    return {claim_id for (claim_id,) in record.database.query(sql, story, until)}


def is_twin(claim_id: str) -> bool:
    """Say whether a claim stands beside one of ours for what a release says."""
    return claim_id.endswith(_TWIN)


def with_standing_twins(fresh: pa.Table, past: pa.Table) -> pa.Table:
    """Let the claims that stand beside ours say what a new release says of them."""
    standing = _twins(past)
    if not standing:
        return fresh
    told = fresh.filter(pc.is_in(fresh["claim_id"], pa.array(sorted(standing), pa.string())))
    return pa.concat_tables([fresh, _named_apart(told)]) if len(told) else fresh


def _twins(past: pa.Table) -> set[str]:
    """Name the claims of which both words stand."""
    ends = pc.ends_with(past["claim_id"], _TWIN)
    twins = current(past.filter(ends))
    told = zip(twins["claim_id"].to_pylist(), twins["status"].to_pylist(), strict=True)
    return {claim_id.removesuffix(_TWIN) for claim_id, status in told if status != Status.WITHDRAWN}


def _named_apart(claims: pa.Table) -> pa.Table:
    ids = pa.array([f"{one}{_TWIN}" for one in claims["claim_id"].to_pylist()], claims.schema.field("claim_id").type)
    return claims.set_column(claims.schema.get_field_index("claim_id"), claims.schema.field("claim_id"), ids)


def beside_edits(
    stands: Standing, changed: pa.Table, past: pa.Table, edits: Edits
) -> tuple[pa.Table, tuple[Conflict, ...]]:
    """Keep the fields that the desk has edited, and name those that the release changes, too."""
    if not stands.by_hand:
        return changed, ()
    ids, acts = changed["claim_id"].to_pylist(), changed["act"].to_pylist()
    touched = {one: at for at, one in enumerate(ids) if one in stands.by_hand and acts[at] == Act.CORRECTED}
    if not touched:
        return changed, ()
    before = {row["claim_id"]: row for row in past.filter(pc.is_in(past["claim_id"], pa.array(touched))).to_pylist()}
    twins = _twins(past)
    kept, conflicts, beside = list[pa.Table](), list[Conflict](), list[pa.Table]()
    for claim_id, at in touched.items():
        released = changed.slice(at, 1)
        row, ours = released.to_pylist()[0], stands.claim(claim_id)
        found = [] if claim_id in twins else list(_against(stands, claim_id, before[claim_id], row, ours))
        conflicts += found
        whose = {one.field: edits.of(one) for one in found}
        row |= {field: ours[field] for field in stands.ours(claim_id) if whose.get(field) != THEIRS}
        if any(row[name] != ours[name] for name in COMPARED if name != "locator"):
            kept.append(pa.Table.from_pylist([row], schema=changed.schema))
        if BOTH in whose.values():
            beside.append(_stated(_named_apart(released)))
    others = changed.filter(pc.invert(pc.is_in(changed["claim_id"], pa.array(touched))))
    return pa.concat_tables([*kept, others, *beside]), tuple(conflicts)


def _against(
    stands: Standing, claim_id: str, before: Mapping[str, Any], row: Mapping[str, Any], ours: Mapping[str, Any]
) -> list[Conflict]:
    """List the fields of a claim in which a release says otherwise than it said, and than the desk says."""
    return [
        Conflict(claim_id, field, before[field], row[field], ours[field], who, at)
        for field, (who, at) in stands.ours(claim_id).items()
        if row[field] != before[field] and row[field] != ours[field]
    ]


def _stated(claims: pa.Table) -> pa.Table:
    acts = pa.array([str(Act.STATED)] * len(claims), claims.schema.field("act").type)
    return claims.set_column(claims.schema.get_field_index("act"), claims.schema.field("act"), acts)


def _as_row(claim: Claim) -> dict[str, Any]:
    row: dict[str, Any] = to_arrow([claim]).to_pylist()[0]
    return row
