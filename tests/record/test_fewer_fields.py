"""A record that was kept when a claim had fewer fields is whole, and is read and continued as before."""

import io
import json

import pyarrow as pa
import pyarrow.parquet
from tests.claims_for_tests import claim, night
from tests.record.test_contract import told
from tests.record.writers import ANN, acts, bring, mended

from contested.model.arrow_schema import to_arrow
from contested.record.edits import claim_json
from contested.record.entry import EMPTY_HEAD, Act, Draft, canonical_json, digest
from contested.record.release import release
from contested.record.verify import faults

LATER = ("label", "quote_locator")
"""Fields that a claim did not have at first."""
A, B = (claim(claim_id=name, best=3, measure="killed", stated_at=night("20:00")) for name in "ab")


def imported_before(record, *claims):
    """Record an import as it was kept before those fields."""
    rows = to_arrow(claims).drop_columns(list(LATER))
    file = io.BytesIO()
    pa.parquet.write_table(rows.append_column("act", pa.array(["stated"] * len(claims))), file)
    content = file.getvalue()
    body = {"dataset": "claims.csv", "files": {}, "tables": {}, "package": None, "claims": len(claims)}
    said = Draft("night", Act.IMPORTED, "", canonical_json(body | {"snapshot": digest(content)}), *ANN[:2])
    revised = [(one.claim_id, Act.STATED) for one in claims]
    record.append_import(said, EMPTY_HEAD, revised, {digest(content): iter([content])})


def stated_before(record, one):
    """Record an edit as it was written before those fields."""
    body = {name: cell for name, cell in json.loads(claim_json(one)).items() if name not in LATER}
    record.append(Draft("night", Act.STATED, one.claim_id, canonical_json(body), *ANN[:2]), 0)


def test_an_older_record_is_whole_and_says_nothing_in_the_fields_it_did_not_have(record):
    imported_before(record, A)
    stated_before(record, B)

    assert list(faults(record)) == []
    assert told(record) == [A, B]
    assert all(getattr(one, name) is None for one in told(record) for name in LATER)


def test_an_older_record_takes_a_correction_that_fills_such_a_field(record):
    stated_before(record, B)
    mended(record, "b", label="three killed", measure="killed", best=3)

    assert [one.label for one in told(record)] == ["three killed"]
    assert list(faults(record)) == []


def test_a_release_with_such_a_field_corrects_what_an_older_record_holds(record, tmp_path):
    imported_before(record, A, B)
    labelled = A.model_copy(update={"label": "three killed"})

    assert acts(release(record, bring(tmp_path, labelled, B))) == {"a": "corrected"}
