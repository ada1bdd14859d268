"""Drafts outlive the server, are nobody else's, and never touch the record."""

import os
import signal
import subprocess
import sys
from contextlib import closing

import pytest
from tests.conftest import ROOT
from tests.record.writers import said

from contested.model.problem import UnusableRecordError
from contested.record.drafts import MOST, Drafts
from contested.record.verify import faults


@pytest.fixture
def drafts(tmp_path):
    with closing(Drafts(tmp_path / "desk.record")) as kept:
        yield kept


def test_a_draft_is_its_own_persons_of_one_story_and_one_claim(drafts):
    drafts.keep("zh", "night", "k1", {"summary": "Mine."}, 3)
    drafts.keep("ak", "night", "k1", {"summary": "Theirs."}, 4)

    assert (drafts.of("zh", "night", "k1").cells, drafts.of("zh", "night", "k1").base) == ({"summary": "Mine."}, 3)
    assert drafts.of("ak", "night", "k1").cells == {"summary": "Theirs."}
    assert drafts.of("zh", "other", "k1") is None
    assert drafts.every("nobody", "night") == []
    drafts.drop("zh", "night", "k1")
    assert drafts.of("zh", "night", "k1") is None
    assert drafts.of("ak", "night", "k1")


def test_the_latest_comes_first_and_the_last_words_hold(drafts):
    for claim_id, words in (("k1", "one"), ("k2", "two"), ("k1", "three")):
        drafts.keep("zh", "night", claim_id, {"summary": words}, 0)

    assert [(one.claim_id, one.cells["summary"]) for one in drafts.every("zh", "night")] == [
        ("k1", "three"),
        ("k2", "two"),
    ]


def test_a_draft_that_is_no_claim_is_refused(drafts):
    with pytest.raises(UnusableRecordError, match="shorten it"):
        drafts.keep("zh", "night", "k1", {"summary": "x" * MOST}, 0)


KILLED = """
import os
import signal
import sys
from contested.record.drafts import Drafts
Drafts(sys.argv[1]).keep("zh", "night", "k1", {"summary": "typed"}, 0)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_draft_that_was_kept_outlives_a_kill(tmp_path):
    path = tmp_path / "desk.record"
    program = KILLED.replace("Drafts(sys.argv[1])", "Drafts(__import__('pathlib').Path(sys.argv[1]))")
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"]}
    done = subprocess.run([sys.executable, "-c", program, str(path)], env=environment, check=False, timeout=60)  # noqa: S603 our own program

    assert done.returncode == -signal.SIGKILL
    with closing(Drafts(path)) as kept:
        assert kept.of("zh", "night", "k1").cells == {"summary": "typed"}


def test_drafts_leave_the_record_and_its_hashes_alone(file, drafts):
    said(file)
    head = file.head
    drafts.keep("zh", "night", "k2", {"summary": "never published"}, 0)

    assert file.head == head
    assert list(faults(file)) == []
    assert "never published" not in "".join(entry.body for entry in file.entries())
