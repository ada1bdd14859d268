"""What a million rows of a log that nobody knows take: until its mapping is shown, and until it is read.

One log has a row a call, the other a row a unit, up to four a call; a seventh of the rows has no arrival.
"""

import resource
import tempfile
import time
from itertools import islice
from pathlib import Path

import duckdb

from contested.ingest.formats import rows
from contested.ingest.guesses import SAMPLED, proposed
from contested.ingest.mapping import written
from contested.ingest.options import Given
from contested.ingest.sandbox import examine_in_sandbox
from contested.model.problem import Problem

MANY = 1_000_000
ZONE = "America/New_York"
_STAMP = "strftime({}, '%Y-%m-%d %H:%M:%S.%g')"
_LOG = """
with drawn as (
    select range as n, hash(range) as h, timestamp '2030-01-01' + to_seconds(31 * (range // {units})) as t
    from range({count})
), stamped as (
    select *, t + to_seconds((20 + h % 180)::int) as sent, h % 7 = 0 as is_cancelled from drawn
)
select '30-' || lpad((n // {units})::varchar, 7, '0') as Master_Incident_Number, 'E' || n % {units} as Unit,
    ['EMS', 'FIRE', 'POLICE'][1 + (h % 3)::int] as Agency, ['BREATHING', 'ALARM', 'SMOKE'][1 + (h % 3)::int] as Problem,
    1 + h % 5 as Priority_Number, {t} as Incident_Start_Time, {sent} as Incident_Dispatch_Time,
    if(is_cancelled, 'NULL', {left_at}) as Incident_Enroute_Time,
    if(is_cancelled, 'NULL', {arrived}) as Incident_Arrival_Time,
    {closed} as Final_Closed_Time, if(is_cancelled, 'CANCELLED', 'REPORT') as Disposition
from stamped
"""


def write(path: Path, units: int) -> None:
    """Write a log with so many rows a call."""
    moments = {
        "t": "t",
        "sent": "sent",
        "left_at": "sent + interval 70 second",
        "arrived": "sent + to_seconds((130 + h % 800)::int)",
        "closed": "sent + to_seconds((1000 + h % 4000)::int)",
    }
    stamps = {name: _STAMP.format(moment) for name, moment in moments.items()}
    duckdb.sql(_LOG.format(count=MANY, units=units, **stamps)).write_csv(str(path))


def main() -> None:
    """Print what both take."""
    print(f"{'log':12}{'mapping shown':>15}{'read, s CPU':>13}{'s':>8}{'MB':>8}{'claims':>12}{'problems':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for name, units in (("a row a call", 1), ("a row a unit", 4)):
            path = Path(folder) / "log.csv"
            write(path, units)
            begun = time.process_time()
            some = [row for _, row in islice(rows(path, Given(path.name)), SAMPLED) if not isinstance(row, Problem)]
            mapping = proposed(list(some[0]), some, path.name)
            shown, begun = time.process_time() - begun, time.monotonic()
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            given = Given(path.name, ZONE, mapping=written(mapping))
            found = examine_in_sandbox(path, given, into=Path(folder))
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(
                f"{name:12}{shown:>15.2f}{took:>13.1f}{time.monotonic() - begun:>8.1f}{after.ru_maxrss / 1024:>8.0f}"
                f"{found.claims:>12,}{len(found.problems):>10,}"
            )


if __name__ == "__main__":
    main()
