"""Editors whose server is killed: a program that publishes by the code of the forms, and says what was acknowledged.

Each edit keeps a draft as it is typed, publishes it, and says its number aloud; then the next one is typed. The server
is forked from this program, so that fifty edits and their kills take seconds.
"""

import json
import logging
import os
import random
import signal
import sys
import time
from itertools import islice
from pathlib import Path

from tests.conftest import ROOT

from contested.ingest.statement import read_cells
from contested.library import kept_story
from contested.record import open_record

sys.path.insert(0, str(ROOT / "dashboard"))
logging.disable(logging.WARNING)

from contested.record.gated import GatedRecord  # noqa: E402
from newsroom import publishing  # noqa: E402 lies in the path above
from newsroom.desk import Desk  # noqa: E402
from newsroom.draft_form import Form  # noqa: E402

EDITS = 50
WHO = "zh"


def serve(folder, begin, aloud):
    """Publish claim after claim until the end comes."""
    record = GatedRecord(open_record(folder / "desk.record"))
    desk = Desk(record, kept_story(record, "night"), WHO)
    for number in range(begin, EDITS):
        cells = {"event_id": "night", "account": "north", "kind": "clash", "source_id": "S1"}
        for words in ("They", "They fought.", f"They fought {number}."):
            Form(desk, f"k{number}", 0, cells | {"summary": words}, {}).keep()
        os.write(aloud, f"typed {number}\n".encode())
        form = Form(desk, f"k{number}", 0, cells | {"summary": f"They fought {number}."}, {})
        publishing.publish(form, read_cells(form.cells, form.claim_id, "UTC").claim)
        os.write(aloud, f"published {number}\n".encode())


def heard(folder, begin, chance):
    """Let a server say a few things, kill it, and read what else it had said."""
    ear, aloud = os.pipe()
    server = os.fork()
    if server == 0:
        os.close(ear)
        serve(folder, begin, aloud)
        os._exit(0)
    os.close(aloud)
    with os.fdopen(ear) as lines:
        begun, first = time.monotonic(), list(islice(lines, chance.randint(1, 20)))
        time.sleep(chance.uniform(0, 3) * (time.monotonic() - begun) / len(first))  # up to three edits more
        os.kill(server, signal.SIGKILL)
        rest = lines.readlines()
    os.waitpid(server, 0)
    return [line.strip() for line in (*first, *rest)]


def main(folder):
    """Kill servers until fifty edits are published."""
    os.environ["CONTESTED_STORY"] = str(Path(folder) / "desk.record")
    chance, said, kills = random.Random(3), [], 0  # noqa: S311 repeatable
    while f"published {EDITS - 1}" not in said:
        done = [int(line.split()[1]) for line in said if line.startswith("published")]
        said += heard(Path(folder), max(done, default=-1) + 1, chance)
        kills += 1
    sys.stdout.write(json.dumps({"said": said, "kills": kills}))


if __name__ == "__main__":
    main(*sys.argv[1:])
