"""Several imports into one story overwrite nothing, and events of the same id are said before anything is kept."""

import pytest
from tests.claims_for_tests import claim, table
from tests.record.test_contract import told
from tests.record.writers import ANN, acts, bring, brought, said

from contested.ingest.mapping import ColumnMapping, written
from contested.ingest.options import Given
from contested.library import brought as read
from contested.model.problem import ConflictError
from contested.record.other_imports import in_words, kept_apart, replaced_descriptions, shared_events, were_kept_apart
from contested.record.release import accept, release

MAPPING = written(
    ColumnMapping.model_validate(
        {
            "columns": {"day": "when", "killed": "killed", "who": "account"},
            "constants": {"kind": "casualties"},
            "zone": "UTC",
        }
    )
)
ROWS = ({"day": "2021-03-05", "who": "Army", "killed": "3"}, {"day": "2021-03-06", "who": "Army", "killed": "1"})


def file_of(folder, name, *rows, release_of=None):
    """Read a table of a person's own columns as a submission to the story night."""
    folder.mkdir(exist_ok=True)
    path = table(folder / name, *rows)
    submission, _ = read(path, "night", release_of, Given(path.name, "UTC", mapping=MAPPING))
    return submission


def keep(record, submission):
    return accept(record, release(record, submission), ANN)


def test_two_files_with_the_same_rows_and_accounts_share_no_claim_and_no_event(record, tmp_path):
    keep(record, file_of(tmp_path, "january.csv", *ROWS))
    february = file_of(tmp_path, "february.csv", *ROWS)

    assert shared_events(record, february) == {}
    assert set(acts(release(record, february)).values()) == {"stated"}
    keep(record, february)
    assert len({one.event_id for one in told(record)}) == 4
    assert len({one.claim_id for one in told(record)}) == len(told(record))


def test_a_file_of_the_same_name_from_another_folder_is_shown_as_a_release_that_corrects(record, tmp_path):
    keep(record, file_of(tmp_path / "a", "log.csv", *ROWS))
    other = file_of(tmp_path / "b", "log.csv", ROWS[0] | {"killed": "9"}, ROWS[1])

    assert list(acts(release(record, other)).values()) == ["corrected"]


def test_a_file_of_the_same_name_that_is_said_to_be_another_overwrites_nothing(record, tmp_path):
    keep(record, file_of(tmp_path / "a", "log.csv", *ROWS))

    with pytest.raises(ConflictError, match="from elsewhere"):
        release(record, file_of(tmp_path / "b", "log.csv", *ROWS, release_of="another log"))


def test_events_that_another_import_tells_are_named_by_who_tells_them(record, tmp_path):
    brought(record, tmp_path, claim(claim_id="a", event_id="E1"), claim(claim_id="b", event_id="E2"), dataset="one.csv")
    said(record, "by hand", event_id="E3")
    two = bring(tmp_path, *(claim(claim_id=f"c{one}", event_id=f"E{one}") for one in (1, 2, 3, 4)), dataset="two.csv")

    shared = shared_events(record, two)

    assert shared == {"one.csv": ["E1", "E2"], "edits by hand": ["E3"]}
    assert in_words(shared) == "3 events are told already by one.csv and edits by hand"


def test_a_new_release_of_a_file_shares_no_event_with_itself(record, tmp_path):
    brought(record, tmp_path, claim(claim_id="a", event_id="E1"))

    assert shared_events(record, bring(tmp_path, claim(claim_id="b", event_id="E1"))) == {}


def test_events_kept_apart_leave_those_of_the_other_file_alone_and_are_kept_apart_again(record, tmp_path):
    brought(record, tmp_path, claim(claim_id="a", event_id="E1"), dataset="one.csv")
    two = bring(tmp_path, claim(claim_id="b", event_id="E1"), dataset="two.csv")
    assert not were_kept_apart(record, two)

    keep(record, kept_apart(two))

    assert {one.claim_id: one.event_id for one in told(record)} == {"a": "E1", "b": "two.csv/E1"}
    assert were_kept_apart(record, two)
    assert not release(record, kept_apart(two)).is_news


def test_events_that_are_the_same_are_told_by_both_files(record, tmp_path):
    brought(record, tmp_path, claim(claim_id="a", event_id="E1"), dataset="one.csv")
    brought(record, tmp_path, claim(claim_id="b", event_id="E1"), dataset="two.csv")

    assert {one.claim_id: one.event_id for one in told(record)} == {"a": "E1", "b": "E1"}


def test_what_another_import_describes_otherwise_is_named(record, tmp_path):
    rows = {"accounts": [{"account": "wire", "label": "Wire", "group": "state"}]}
    other = {
        "accounts": [{"account": "wire", "label": "Wire", "group": "rebels"}, {"account": "army", "label": "Army"}]
    }
    brought(record, tmp_path, claim(claim_id="a"), dataset="one", tables=rows)
    two = bring(tmp_path, claim(claim_id="b"), dataset="two", tables=other)

    assert list(replaced_descriptions(record, two)) == [
        "accounts: wire is described otherwise by one (group); this would hold instead"
    ]
    assert list(replaced_descriptions(record, bring(tmp_path, claim(claim_id="a"), dataset="one", tables=other))) == []
