"""How fast large tables are validated, of our own columns and of a dispatch log, and what ten million rows take.

Beside them: a Pydantic model a row for our own columns, `pandas.read_csv` with parsed dates for the log. The ways are
run in turn, in some rounds, since a machine is not always equally fast: a ratio is of one round.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import duckdb
import pandas as pd
import pyarrow.parquet as pq
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from contested import Claim, Problem
from contested.ingest.bulk import ValidatedRows, by_columns, by_rows, validated
from contested.ingest.options import Given
from contested.ingest.reader import Table, opened
from contested.ingest.sandbox import examine

MANY, FEW, MOST = 1_000_000, 100_000, 10_000_000
ROUNDS = 3
Road = Callable[[Table], Iterator[ValidatedRows]]
_ROWS = """
with drawn as (
    select range as n, hash(range) as h, timestamp '2020-02-01' + to_minutes((hash(7 * range) % 43200)::int) as t
    from range({count})
)
select 'c' || n as claim_id, 'e' || n // 8 as event_id,
    ['north', 'south', 'police', 'wire'][1 + (h % 4)::int] as account,
    ['north', 'south', null][1 + (h % 3)::int] as side,
    ['clash', 'call', 'dispatch', 'arrival', 'casualties'][1 + n % 5] as kind,
    if(n % 5 in (1, 2, 3), 'unit ' || h % 30, null) as subkind,
    's' || h % 5000 as source_id, 'line ' || h % 200 as locator,
    'They met at the bridge of ' || h % 300 || ' and it went on for some hours, people said.' as summary,
    [null, 'a resident', 'the ministry'][1 + (h % 3)::int] as speaker, null as via, 'asserts' as stance,
    strftime(t, '%Y-%m-%dT%H:%M+06:00') as began_earliest,
    strftime(t + interval 1 hour, '%Y-%m-%dT%H:%M+06:00') as began_latest,
    null as ended_earliest, if(n % 5 = 0, strftime(t + interval 5 hour, '%Y-%m-%dT%H:%M+06:00'), null) as ended_latest,
    'about ' || h % 12 || ' p.m.' as time_words, 'stated' as time_basis, 'Asia/Almaty' as zone,
    'village ' || h % 200 as place,
    if(h % 2 = 0, round(42 + h % 1000 / 1000, 4)::varchar, null) as latitude,
    if(h % 2 = 0, round(75 + h % 1000 / 1000, 4)::varchar, null) as longitude, null as radius_km,
    if(n % 5 = 4, 'killed', null) as measure, if(n % 5 = 4, (h % 9)::varchar, null) as low,
    if(n % 5 = 4, (h % 9 + 1)::varchar, null) as best, if(n % 5 = 4, (h % 9 + 3)::varchar, null) as high,
    if(n % 5 = 4, 'people', null) as unit, null as figure_words, null as definition,
    if(n % 5 = 4, 'event', null) as scope, null as victims, null as question, null as answer,
    'certain' as same_event, null as supersedes, null as corrects, null as part_of, null as same_origin,
    null as stated_earliest, strftime(t + interval 12 hour, '%Y-%m-%dT%H:%M+06:00') as stated_at, 'standing' as status
from drawn
"""
_BAD = """
select * replace (
    if(claim_id[-3:] = '100', 'war', kind) as kind,
    if(claim_id[-3:] = '200', '8 to 10', best) as best,
    if(claim_id[-3:] = '300', '2020-02-07 17:00', began_earliest) as began_earliest,
    if(claim_id[-3:] = '400', '1000', latitude) as latitude,
    if(claim_id[-3:] = '500', ' ', account) as account,
    if(claim_id[-3:] = '600', 'Asia/Almata', zone) as zone,
    if(claim_id[-3:] = '700', '2020-01-01T00:00Z', began_latest) as began_latest,
    if(claim_id[-3:] = '800', 'dead', measure) as measure,
    if(claim_id[-3:] = '900', 'gone', status) as status,
    if(claim_id[-3:] = '000', '', summary) as summary
) from ({rows})
"""
"""One row in a hundred is bad, in ten ways."""


ZONE, STAMP = "America/Los_Angeles", "%m/%d/%Y %I:%M:%S %p"
STAMPS = ["Received DtTm", "Dispatch DtTm", "Response DtTm", "On Scene DtTm", "Transport DtTm", "Available DtTm"]
_LOG = """
with drawn as (
    select range as n, hash(range) as h, timestamp '2016-01-01' + to_seconds((hash(7 * range) % 31000000)::int) as t
    from range({count})
)
select 160000000 + n // 3 as "Call Number", 'E' || n % 3 || h % 20 as "Unit ID",
    16000000 + n // 3 as "Incident Number",
    ['Medical Incident', 'Alarms', 'Structure Fire', 'Traffic Collision'][1 + (h % 4)::int] as "Call Type",
    strftime(t, '%m/%d/%Y') as "Call Date", strftime(t, '%m/%d/%Y') as "Watch Date",
    strftime(t, '{stamp}') as "Received DtTm", strftime(t, '{stamp}') as "Entry DtTm",
    strftime(t + to_seconds(60 + (h % 120)::int), '{stamp}') as "Dispatch DtTm",
    if(h % 20 = 0, null, strftime(t + to_seconds(240 + (h % 90)::int), '{stamp}')) as "Response DtTm",
    if(h % 6 = 0, null, strftime(t + to_seconds(400 + (h % 900)::int), '{stamp}')) as "On Scene DtTm",
    if(h % 40 = 1, strftime(t + to_seconds(1500 + (h % 400)::int), '{stamp}'), null) as "Transport DtTm",
    null as "Hospital DtTm", 'Fire' as "Call Final Disposition",
    strftime(t + to_seconds(2000 + (h % 5000)::int), '{stamp}') as "Available DtTm",
    h % 400 * 100 || ' Block of STREET ' || h % 900 as "Address", 'San Francisco' as "City",
    94100 + h % 30 as "Zipcode of Incident", 'B0' || 1 + h % 9 as "Battalion", h % 50 as "Station Area",
    h % 9000 as "Box", 3 as "Original Priority", 3 as "Priority", 3 as "Final Priority", 'true' as "ALS Unit",
    'Alarm' as "Call Type Group", 1 as "Number of Alarms", 'ENGINE' as "Unit Type",
    1 + n % 3 as "Unit sequence in call dispatch", 1 + h % 10 as "Fire Prevention District",
    1 + h % 11 as "Supervisor District", 'West of Twin Peaks' as "Neighborhood  District",
    '(' || round(37.7 + h % 1000 / 10000, 6) || ', ' || round(-122.4 - h % 1000 / 10000, 6) || ')' as "Location",
    160000000 + n // 3 || '-' || n % 3 as "RowID"
from drawn
"""
_BAD_LOG = """
select * replace (
    if("RowID"[-4:] = '01-0', '13/45/2016', "Received DtTm") as "Received DtTm",
    if("RowID"[-4:] = '02-1', '01/01/1900 12:00:00 AM', "On Scene DtTm") as "On Scene DtTm",
    if("RowID"[-4:] = '03-2', '', "Call Number"::varchar) as "Call Number"
) from ({rows})
"""
"""The columns of the log that San Francisco's fire department publishes; one row in a hundred is bad."""


def logged(count: int, folder: Path) -> Path:
    """Write so many rows of a dispatch log as CSV."""
    path = folder / f"log-{count}.csv"
    with duckdb.connect() as database:
        database.sql(_BAD_LOG.format(rows=_LOG.format(count=count, stamp=STAMP))).to_csv(str(path))
    return path


def read_log(path: Path) -> pd.DataFrame:
    """Read a log as people do: `pandas.read_csv`, and its stamps as dates."""
    log = pd.read_csv(path)
    return log.assign(**{name: pd.to_datetime(log[name], format=STAMP, errors="coerce") for name in STAMPS})


def written(count: int, folder: Path) -> tuple[Path, Path]:
    """Write so many rows as CSV and as Parquet."""
    csv, parquet = folder / f"{count}.csv", folder / f"{count}.parquet"
    with duckdb.connect() as database:
        rows = database.sql(_BAD.format(rows=_ROWS.format(count=count)))
        rows.to_csv(str(csv))
        with pq.ParquetWriter(parquet, rows.limit(0).to_arrow_table().schema) as file:
            for batch in rows.to_arrow_reader(MANY):
                file.write_batch(batch)
    return csv, parquet


def naive(path: Path) -> set[tuple[int, str]]:
    """Check rows as people do: `pandas.read_csv`, a Pydantic model of each row, collect what it refuses."""
    found: set[tuple[int, str]] = set()
    read = pd.read_csv(path, dtype=str, keep_default_na=False)
    for number, row in enumerate(read.to_dict("records"), start=2):
        try:
            Claim(**row)
        except ValidationError as refused:
            found |= {(number, _column(error)) for error in refused.errors()}
    return found


def _column(error: ErrorDetails) -> str:
    return str(error.get("ctx", {}).get("column") or error["loc"][0])


def judged(path: Path, road: Road = validated) -> list[Problem]:
    """Judge a file on a road, and give its problems."""
    return [problem for part in road(opened(path, Given(path.name, ZONE))) for problem in part.problems]


WAYS: dict[str, Callable[[Path], object]] = {
    "naive": naive,
    "row by row": lambda path: judged(path, by_rows),
    "by columns": judged,
    "pandas": read_log,
    "examined": lambda path: examine(path, Given(path.name, ZONE)),
}


def timed(way: str, path: Path) -> float:
    """Say how many seconds a way takes in a process that has done it once."""
    WAYS[way](path)
    at = time.perf_counter()
    WAYS[way](path)
    return time.perf_counter() - at


def rate(way: str, path: Path, count: int) -> float:
    """Say how many rows a second a way judges in a process of its own, as each would be run."""
    words = [sys.executable, __file__, way, str(path)]
    return count / float(subprocess.run(words, check=True, capture_output=True, text=True).stdout)  # noqa: S603 our own


def speeds(folder: Path) -> None:
    """Print how fast each way is, and make sure that all ways find the same."""
    (few_csv, few_parquet), (csv, parquet) = written(FEW, folder), written(MANY, folder)
    by_hand = naive(few_csv)
    for path in (few_csv, few_parquet):
        assert judged(path) == judged(path, by_rows)  # noqa: S101 it must find the same
        assert {(problem.row, problem.column) for problem in judged(path)} == by_hand  # noqa: S101
    ways = [("by columns", csv, MANY), ("naive", few_csv, FEW), ("by columns", parquet, MANY)]
    os.sync()
    rounds = [[rate(*way) for way in ways] for _ in range(ROUNDS)]
    print("| way | rows | rows/s | × naive, in each round |\n|---|--:|--:|--:|")
    for (way, path, count), found in zip(ways, zip(*rounds, strict=True), strict=True):
        times = ", ".join(f"{here / beside:.1f}" for here, (_, beside, _) in zip(found, rounds, strict=True))
        print(f"| {way}, {path.suffix} | {count:,} | {median(found):,.0f} | {times} |")
    for path in (few_csv, few_parquet):
        print(f"| row by row, {path.suffix} | {FEW:,} | {rate('row by row', path, FEW):,.0f} | |", flush=True)


def costs(way: str, path: Path) -> None:
    """Print the seconds of the processor, and the memory, that a way takes in this process."""
    at = time.process_time()
    WAYS[way](path)
    print(time.process_time() - at, _most())


def logs(folder: Path) -> None:
    """Print what it costs to examine a dispatch log beside reading it, and make sure that all ways find the same."""
    few, many = logged(FEW // 10, folder), logged(MANY, folder)
    assert judged(few, by_columns) == judged(few, by_rows)  # noqa: S101 it must find the same
    print("\n| way | rows | s of processor, in each round | memory at most |\n|---|--:|--:|--:|")
    ways = [("pandas", many, MANY), ("examined", many, MANY), ("row by row", few, FEW // 10)]
    rounds = [[cost(way, path) for way, path, _ in ways] for _ in range(ROUNDS)]
    for (way, _, count), found in zip(ways, zip(*rounds, strict=True), strict=True):
        took = ", ".join(f"{seconds:.1f}" for seconds, _ in found)
        print(f"| {way} | {count:,} | {took} | {max(most for _, most in found):,.0f} MB |", flush=True)


def cost(way: str, path: Path) -> tuple[float, float]:
    """Say what a way costs in a process of its own."""
    words = [sys.executable, __file__, "cost", way, str(path)]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()  # noqa: S603 our own
    return float(told[0]), float(told[1])


def peak(path: Path) -> None:
    """Judge a file in this process, and print what it took at most."""
    at, rows = time.perf_counter(), sum(part.rows for part in validated(opened(path, Given(path.name))))
    took, most = time.perf_counter() - at, _most()
    print(
        f"| {path.suffix} | {rows:,} | {path.stat().st_size // 1_000_000:,} MB | {took:.0f} s | {most:,} MB |",
        flush=True,
    )


def _most() -> int:
    """Say how many megabytes this process held at most; `ru_maxrss` would count those of its parent too."""
    told = Path("/proc/self/status").read_text(encoding="ascii").split("VmHWM:")[1]
    return int(told.split()[0]) // 1000


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as home:
        speeds(Path(home))
        logs(Path(home))
        print("\n| file | rows | size | time | memory at most |\n|---|--:|--:|--:|--:|", flush=True)
        for path in written(MOST, Path(home)):
            subprocess.run([sys.executable, __file__, "peak", str(path)], check=True)  # noqa: S603 our own program
            path.unlink()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["logs"]:
            with tempfile.TemporaryDirectory() as home:
                logs(Path(home))
        case ["cost", way, path]:
            costs(way, Path(path))
        case ["peak", path]:
            peak(Path(path))
        case [way, path]:
            print(timed(way, Path(path)))
        case _:
            main()
