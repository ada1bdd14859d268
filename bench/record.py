"""How fast the record takes edits while eight processes read it, how soon they see them, how fast it is made anew."""

import multiprocessing
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import median, quantiles

from contested import Claim, Selection, Store
from contested.record import open_record
from contested.record.edits import ChangeNote, claim_json, state
from contested.record.entry import Act, Draft, Entry
from contested.record.log import EntryBundle, Record
from contested.record.release import Submission, accept, release
from contested.record.revisions import revisions
from contested.record.verify import faults

NOTE = ChangeNote("bench", "to measure")
READERS, EDITORS, SECONDS, MANY = 8, 8, 8, 100_000


def claim(name: str) -> Claim:
    """Make a claim."""
    return Claim(
        claim_id=name,
        event_id=f"e{hash(name) % 999}",
        account="north",
        kind="clash",
        source_id="S1",
        summary="made for measuring",
        began_earliest=datetime(2020, 2, 7, tzinfo=UTC),
        stated_at=datetime(2020, 2, 8, tzinfo=UTC),
    )


def reading(address: str, done: Event) -> None:
    """Follow a record as a session does: look at its head, read what is new."""
    with closing(open_record(address)) as record:
        seen = record.head.seq
        while not done.is_set():
            if (head := record.head.seq) > seen:
                revisions(record, "night", after=seen, until=head)
                seen = head
            time.sleep(0.01)


def commits(address: str, record: Record, editors: int) -> tuple[list[float], float]:
    """Have editors state claims one after another for a while; time each, and all of it."""
    done = multiprocessing.Event()
    readers = [multiprocessing.Process(target=reading, args=(address, done)) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    time.sleep(3)
    begun = time.perf_counter()

    def stating(editor: int) -> list[float]:
        times: list[float] = []
        while time.perf_counter() - begun < SECONDS:
            at = time.perf_counter()
            state(record, "night", claim(f"c{editors}-{editor}-{len(times)}"), NOTE)
            times.append(time.perf_counter() - at)
        return times

    with ThreadPoolExecutor(editors) as desk:
        times = [one for editor in desk.map(stating, range(editors)) for one in editor]
    took = time.perf_counter() - begun
    done.set()
    for reader in readers:
        reader.join()
    return times, took


def naive(path: Path) -> tuple[list[float], float]:
    """Write rows as people do: one table, one commit a row, as SQLite comes."""
    times: list[float] = []
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table claims (claim_id text primary key, body text)")
        begun = time.perf_counter()
        while time.perf_counter() - begun < SECONDS / 2:
            at = time.perf_counter()
            with connection:
                connection.execute("insert into claims values (?, ?)", (str(len(times)), claim_json(claim("x"))))
            times.append(time.perf_counter() - at)
    return times, time.perf_counter() - begun


def visible(address: str, record: Record) -> list[float]:
    """Time from five new claims until an open store answers with them."""
    with closing(open_record(address)) as reader:
        store, seen, times = Store(revisions(reader, "night")), reader.head.seq, []
        for turn in range(30):
            for number in range(5):
                state(record, "night", claim(f"v{turn}-{number}"), NOTE)
            at, head = time.perf_counter(), reader.head.seq
            store.add(revisions(reader, "night", after=seen, until=head))
            seen = head
            found = store.ask("select claim_id from known where starts_with(claim_id, 'v')", Selection())
            times.append(time.perf_counter() - at)
            assert len(found) == 5 * (turn + 1)  # noqa: S101 it must answer with them
    return times


def said(times: list[float], took: float) -> str:
    """Say how many a second, and how long the middle and the slowest of a hundred took."""
    rate, slowest = len(times) / took, quantiles(times, n=100)[98]
    return f"{rate:,.0f}/s | {median(times) * 1000:.1f} | {slowest * 1000:.1f}"


def filled(record: Record) -> None:
    """Record many edits at once, as a copy does."""

    def entries() -> Iterator[EntryBundle]:
        head, moment = record.head, datetime.now(UTC)
        for number in range(MANY):
            one = claim(f"m{number}")
            entry = Entry.chained(head, Draft("many", Act.STATED, one.claim_id, claim_json(one), *NOTE), moment)
            head, moment = entry.head(), datetime.fromtimestamp(moment.timestamp() + 1e-5, UTC)
            yield EntryBundle(entry, [(one.claim_id, Act.STATED)], {})

    record.replay(entries())


def once(what: str, call: Callable[[], object], count: int) -> None:
    """Time something that is done once."""
    at = time.perf_counter()
    call()
    took = time.perf_counter() - at
    print(f"| {what} | {took:.1f} s | {count / took:,.0f}/s |")


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as home:
        address, folder = f"{home}/desk.record", Path(home)
        with closing(open_record(address, create=True)) as record:
            print(f"| commits, {READERS} processes reading | rate | p50 ms | p99 ms |\n|---|--:|--:|--:|")
            for editors in (1, EDITORS):
                print(f"| the record, {editors} writing at once | {said(*commits(address, record, editors))} |")
            print(f"| a plain table, 1 writing, nobody reading | {said(*naive(folder / 'naive.db'))} |")
            times = visible(address, record)
            print(f"\nFive new claims are in the answers of an open store in {median(times) * 1000:.1f} ms", end=" ")
            print(f"(slowest {max(times) * 1000:.1f} ms).\n")
            print(f"| {MANY:,} claims | time | rate |\n|---|--:|--:|")
            once("recorded one by one (in one go)", lambda: filled(record), MANY)
            once("read model made anew from them", lambda: Store(revisions(record, "many")), MANY)
            told = tuple(claim(f"i{number}") for number in random.Random(1).sample(range(MANY), MANY))  # noqa: S311
            (folder / "i.csv").write_bytes(b"")
            brought = Submission("imported", "i.csv", told, {"i.csv": folder / "i.csv"})
            once("imported", lambda: accept(record, release(record, brought), NOTE), MANY)
            once("read model made anew from the import", lambda: Store(revisions(record, "imported")), MANY)
            once("all of it verified", lambda: print(list(faults(record)) or "", end=""), 2 * MANY)


if __name__ == "__main__":
    main()
