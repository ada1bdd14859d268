"""A server that is killed during fifty edits loses nothing that it acknowledged, and the drafts are there."""

import json
import subprocess
import sys
from contextlib import closing

from tests.conftest import ROOT
from tests.dashboard.edits_until_killed import EDITS, WHO
from tests.record.writers import current_claims, said

from contested.record import open_record
from contested.record.drafts import Drafts
from contested.record.verify import faults


def test_fifty_edits_and_kills_lose_nothing_acknowledged_and_no_draft(tmp_path):
    with closing(open_record(tmp_path / "desk.record", create=True)) as record:
        said(record, "first")
    done = subprocess.run(  # noqa: S603 our own program
        [sys.executable, "-m", "tests.dashboard.edits_until_killed", str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=300,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "PATH": "/usr/bin:/bin"},
    )
    told = json.loads(done.stdout)

    assert told["kills"] > 3
    with closing(open_record(tmp_path / "desk.record")) as record:
        kept = {one.claim_id: one.summary for one in current_claims(record)}
        assert list(faults(record)) == []
    assert set(kept) == {"first", *(f"k{number}" for number in range(EDITS))}
    with closing(Drafts(tmp_path / "desk.record.drafts")) as drafts:
        waiting = {one.claim_id: one.cells["summary"] for one in drafts.every(WHO, "night")}
    for line in told["said"]:
        act, number = line.split()
        words = f"They fought {number}."
        assert (
            words in {kept[f"k{number}"], waiting.get(f"k{number}")} if act == "typed" else kept[f"k{number}"] == words
        )
