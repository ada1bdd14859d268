"""What a million rows take: one question from the terminal beside naive pandas, then each chart of a mixed story.

Each way runs in a process of its own, in turn, since a machine is not always equally fast: a ratio is of one round.
Ten million rows are asked so: `scale.py write delays 10000000 FILE.parquet`, then `scale.py filtered FILE.parquet`.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

import duckdb

MANY = 1_000_000
ROUNDS = 3
DELAYS = """
with event as (
    select range as n, hash(range) as h, timestamp '2020-02-01' + to_seconds((hash(7 * range) % 2592000)::int) as t
    from range({count} // 3 + 1))
, milestone as (
    select n, h, t, unnest(['call', 'dispatch', 'arrival']) as kind,
        unnest([t, t + to_seconds((h % 180)::int), t + to_seconds((h % 180 + 60 + h // 7 % 4827)::int)]) as moment
    from event)
select kind || n as claim_id, 'e' || n as event_id, 'agency ' || h % 4 as account, kind, 's' || h % 500 as source_id,
    'A unit answered the call.' as summary, strftime(moment, '%Y-%m-%dT%H:%M:%SZ') as began_earliest,
    strftime(moment, '%Y-%m-%dT%H:%M:%SZ') as began_latest, 'place ' || h % 20 as place,
    strftime(t + interval 1 day, '%Y-%m-%dT%H:%M:%SZ') as stated_at
from milestone limit {count}
"""
"""Calls with a dispatch and an arrival, each known to the second."""
MIXED = """
with drawn as (
    select range as n, hash(range) as h, timestamp '2020-02-01' + to_minutes((hash(7 * range + 1) % 43200)::int) as t,
        ['clash', 'clash', 'call', 'dispatch', 'arrival', 'casualties'][1 + (hash(range * 13 + 5) % 6)::int] as kind
    from range({count}))
select n::varchar as claim_id, 'e' || n // 8 as event_id, 'account ' || n % 4 as account, kind, 's' as source_id,
    'made for measuring' as summary, strftime(t, '%Y-%m-%dT%H:%MZ') as began_earliest,
    strftime(t + to_hours((h % 3)::int), '%Y-%m-%dT%H:%MZ') as began_latest,
    if(kind = 'clash', strftime(t + to_hours(3 + (h // 7 % 6)::int), '%Y-%m-%dT%H:%MZ'), null) as ended_latest,
    if(kind = 'casualties', 'killed', null) as measure, if(kind = 'casualties', (n % 9)::varchar, null) as best,
    strftime(t + interval 12 hour, '%Y-%m-%dT%H:%MZ') as stated_at
from drawn
"""
"""Clashes, calls and tolls of uncertain time, by four accounts of each event (the claims of `bench/questions.py`)."""


class Cost(NamedTuple):
    """What a process took: seconds on the clock, seconds of all cores, and megabytes at most."""

    seconds: float
    cpu: float
    megabytes: int


def cost(*command: str) -> Cost:
    """Run a program of our own and measure it."""
    begun = time.perf_counter()
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL) as process:  # noqa: S603 our own
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss // 1000)


def write(rows: str, count: int, path: Path) -> None:
    """Write generated claims as Parquet."""
    with duckdb.connect() as database:
        database.sql(rows.format(count=count)).write_parquet(str(path))


def naive(path: Path) -> None:
    """Pool delays as people write it: read, pivot the milestones of each event, subtract, take quantiles."""
    import pandas as pd  # noqa: PLC0415 slow to import beside the other ways

    read = pd.read_parquet(path)
    read["at"] = pd.to_datetime(read["began_latest"], format="ISO8601")
    wide = read.pivot_table(index=["event_id", "account"], columns="kind", values="at", aggfunc="min")
    delays = (wide["arrival"] - wide["call"]).dt.total_seconds() / 60
    print(delays.groupby("account").quantile([0.5, 0.9]))


def question_costs(path: Path) -> None:
    """Print what each chart of a file takes, in seconds of CPU, and the size of its figure."""
    from contested import CHARTS, Selection, Store, answer, open_story  # noqa: PLC0415 as above
    from contested.theme import WIDTHS  # noqa: PLC0415 as above

    story = open_story(path)
    store = Store(story.claims)
    chosen = Selection(start="call", stop="arrival")
    print("| chart | answer, s of CPU | next chart | draw | figure, kB |\n|---|--:|--:|--:|--:|")
    for chart in CHARTS:
        store.forget()
        times = [time.process_time()]
        for _ in range(2):
            found = answer(chart, story, store, chosen)
            times.append(time.process_time())
        figure = chart.draw(found.rows, found.legend, WIDTHS[-1])
        times.append(time.process_time())
        size = len(json.dumps(figure, default=lambda one: one.tolist() if hasattr(one, "tolist") else str(one)))
        spent = [after - before for before, after in pairwise(times)]
        print(f"| {chart.key} | {' | '.join(f'{one:.2f}' for one in spent)} | {size // 1000:,} |", flush=True)


def filtered_costs(path: Path) -> None:
    """Print what it takes to open a file, and to pool the delays of a part of it; megabytes are the most by then."""
    from contested import CHARTS, Selection, Store, answer, open_story  # noqa: PLC0415 as above

    print("| | s | s of CPU | MB at most | of these mapped files, MB |\n|---|--:|--:|--:|--:|")
    with _printed("opened"):
        story = open_story(path)
        store = Store(story.claims)
    chart = next(one for one in CHARTS if one.key == "pooled-delays")
    week = {"since": "2020-02-05T00:00Z", "until": "2020-02-12T00:00Z"}
    for chosen in ({"place": ("place 7",)}, {"account": ("agency 1", "agency 2")} | week):
        with _printed(f"pooled delays of one {', '.join(chosen)}"):
            answer(chart, story, store, Selection(start="call", stop="arrival", **chosen))


@contextmanager
def _printed(name: str) -> Iterator[None]:
    """Print what the block takes as a row of a table."""
    begun, cpu = time.perf_counter(), time.process_time()
    yield
    pages = dict(line.split(":") for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines())
    most, mapped = (int(pages[key].split()[0]) // 1000 for key in ("VmHWM", "RssFile"))
    spent = f"{time.perf_counter() - begun:.1f} | {time.process_time() - cpu:.2f} | {most:,} | {mapped:,}"
    print(f"| {name} | {spent} |", flush=True)


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as home:
        delays, mixed = Path(home) / "delays.parquet", Path(home) / "mixed.parquet"
        for rows, path in ((DELAYS, delays), (MIXED, mixed)):
            write(rows, MANY, path)
        ask = ("-m", "contested", "ask", "pooled-delays", str(delays), "--start", "call", "--stop", "arrival")
        rounds = [(cost(*ask), cost(__file__, "naive", str(delays))) for _ in range(ROUNDS)]
        print(f"| {MANY:,} rows | s | s of CPU | MB at most |\n|---|--:|--:|--:|")
        for name, costs in zip(("contested ask", "naive pandas"), zip(*rounds, strict=True), strict=True):
            print(f"| {name} | {' | '.join(f'{median(one):,.1f}' for one in zip(*costs, strict=True))} |")
        print(f"\nCPU of the ask × naive, in each round: {', '.join(f'{a.cpu / b.cpu:.1f}' for a, b in rounds)}\n")
        for path in (delays, mixed):
            print(f"{path.stem}:\n", flush=True)
            subprocess.run([sys.executable, __file__, "questions", str(path)], check=True)  # noqa: S603 our own


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["naive", path]:
            naive(Path(path))
        case ["questions", path]:
            question_costs(Path(path))
        case ["filtered", path]:
            filtered_costs(Path(path))
        case ["write", name, count, path]:
            write({"delays": DELAYS, "mixed": MIXED}[name], int(count), Path(path))
        case _:
            main()
