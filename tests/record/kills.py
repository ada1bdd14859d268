"""Writers that are killed: a program that starts them, ends them in the middle, and says what they acknowledged.

A writer states one claim, or imports twenty, and says its number aloud only when that is recorded. It is forked from
this program, which has read all modules but opened nothing, so that a hundred of them take seconds.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from tests.claims_for_tests import claim
from tests.record.writers import brought, said

from contested.record import open_record

MANY = 20


def write(address, begin, folder, aloud):
    """Write until the end comes."""
    record = open_record(address)
    for number in range(begin, begin + 100_000):
        if number % 5 == 4:
            many = [claim(claim_id=name) for name in states(number)]
            brought(record, folder, *many, dataset=f"d{number}.csv", story="kills")
        else:
            said(record, str(number), story="kills")
        os.write(aloud, f"{number}\n".encode())


def states(number):
    """Name the claims that one acknowledged number stands for."""
    return [f"{number}-{one}" for one in range(MANY)] if number % 5 == 4 else [str(number)]


def acknowledged(address, begin, folder, chance):
    """Let a writer write for a moment, kill it, and read what it said."""
    heard, aloud = os.pipe()
    writer = os.fork()
    if writer == 0:
        os.close(heard)
        write(address, begin, folder, aloud)
    os.close(aloud)
    with os.fdopen(heard) as lines:
        first = lines.readline()
        time.sleep(chance.uniform(0, 0.03))
        os.kill(writer, signal.SIGKILL)
        rest = lines.read()
    os.waitpid(writer, 0)
    return [int(line) for line in (first + rest).split("\n")[:-1]]


def main(address, kills, folder):
    """Kill so many writers."""
    chance, heard = random.Random(7), []  # noqa: S311 repeatable
    for turn in range(int(kills)):
        heard += acknowledged(address, turn * 1000 + turn % 5, Path(folder), chance)
    sys.stdout.write(json.dumps(heard))


if __name__ == "__main__":
    main(*sys.argv[1:])
