"""How soon 50 open pages are offered what was recorded, and what their looking costs the server.

Each page is a session as a browser keeps one: it runs the page, asks for the head of the record all the time, and for
the bar at its foot where the head is another one. Entries are written by another process, and by the server itself
through the API.

    python bench/live.py [ADDRESS OF A NEW RECORD]     # a file of its own, or postgresql://…
"""

import asyncio
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.request
from asyncio.subprocess import PIPE
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from browser import ROOT, served

SESSIONS, COMMITS = 50, 4
IDLE_SECONDS, PATIENCE_SECONDS, BETWEEN_SECONDS = 60.0, 30.0, 3.0
EVERY_SECONDS = 0.8
"""As often as the script of the page looks."""
STORY, CLAIM = "korday-2020", "f002"
TOKEN = secrets.token_hex(16)
OFFER, BAR = re.compile(rb"<b>([\d,]+) newer entr"), b"live-look"
WRITER = """
import sys
import time
from contested.record import open_record
from contested.record.edits import ChangeNote, correct
from contested.record.revisions import revision
record = open_record(sys.argv[1])
for line in sys.stdin:
    newest = record.revisions(sys.argv[2], sys.argv[3])[-1]
    now = revision(record, newest).model_copy(update={"reason": f"measured {newest.rev}", "recorded_at": None})
    correct(record, sys.argv[2], now, ChangeNote("bench", "measured"), newest.rev)
    print(time.time(), flush=True)
"""


class Session:
    """A page that is open: when it was offered how many newer entries."""

    def __init__(self, port: int) -> None:
        self.port, self.address = port, f"ws://127.0.0.1:{port}/_stcore/stream"
        self.offered: dict[int, float] = {}
        self.ready, self._told = asyncio.Event(), asyncio.Event()
        self._page = self._bar = ""

    async def run(self) -> None:
        """Stay open, run the page once, and run its parts as often as the server says."""
        async with connect(self.address, subprotocols=["streamlit"], max_size=None) as socket:
            await self._rerun(socket)
            looking = asyncio.create_task(self._look(socket))
            try:
                async for message in socket:
                    self._read(ForwardMsg.FromString(message), message)
            finally:
                looking.cancel()

    async def is_offered(self, entries: int) -> None:
        """Wait until so many newer entries were offered."""
        while entries not in self.offered:
            self._told.clear()
            await self._told.wait()

    def _read(self, said: ForwardMsg, message: bytes) -> None:
        kind = said.WhichOneof("type")
        if kind == "new_session":
            self._page = said.new_session.page_script_hash
        elif kind == "delta" and BAR in message:
            self._bar = said.delta.fragment_id
        elif kind == "script_finished":
            self.ready.set()
        if offer := OFFER.search(message):
            for entries in range(1, int(offer[1].replace(b",", b"")) + 1):
                self.offered.setdefault(entries, time.time())
            self._told.set()

    async def _look(self, socket: ClientConnection) -> None:
        await self.ready.wait()
        known = ""
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}") as browser:
            while True:
                await asyncio.sleep(EVERY_SECONDS)
                reply = await browser.get("/api/v1/newest", headers={"If-None-Match": known} if known else {})
                if known and reply.status_code == HTTPStatus.OK:
                    await self._rerun(socket, self._bar)
                known = reply.headers["etag"]

    async def _rerun(self, socket: ClientConnection, name: str = "") -> None:
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        if name:
            asked.rerun_script.fragment_id = name
            asked.rerun_script.page_script_hash = self._page
        await socket.send(asked.SerializeToString())


def cpu_seconds(pid: int) -> float:
    """Read how long a process has run on any core."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def server_of(port: int) -> int:
    """Find the process that was told to listen on a port."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"--server.port={port}".encode() in (folder / "cmdline").read_bytes().split(b"\0"):
                return int(folder.name)
    raise LookupError(port)


def posted(port: int, number: int) -> float:
    """Record a claim through the API, in the server's own process."""
    claim = json.loads(urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/claims/{CLAIM}").read())
    claim = {name: value for name, value in claim.items() if value is not None and name != "recorded_at"}
    claim |= {"claim_id": f"measured-{number}", "summary": f"Measured {number}"}
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json", "Idempotency-Key": str(number)}
    body = json.dumps({"claim": claim, "why": "measured"}).encode()
    urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/api/v1/claims", body, headers)).read()
    return time.time()


async def measure(port: int, record: str) -> None:
    """Open the pages, look at the idle server, record, and say when all were offered it."""
    sessions = [Session(port) for _ in range(SESSIONS)]
    began = time.time()
    tasks = [asyncio.create_task(one.run()) for one in sessions]
    await asyncio.gather(*(one.ready.wait() for one in sessions))
    print(f"| {SESSIONS} pages are up after | {time.time() - began:.1f} s |\n|---|--:|")
    await asyncio.sleep(BETWEEN_SECONDS)
    pid = server_of(port)
    before, start = cpu_seconds(pid), time.time()
    await asyncio.sleep(IDLE_SECONDS)
    print(f"| idle, of one core | {(cpu_seconds(pid) - before) / (time.time() - start):.1%} |")
    by_another = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITER, record, STORY, CLAIM, stdin=PIPE, stdout=PIPE
    )
    assert by_another.stdin and by_another.stdout  # noqa: PT018, S101 both are pipes
    for number in range(1, COMMITS + 1):
        by_another.stdin.write(b"\n")
        at = float(await by_another.stdout.readline())
        await seen(sessions, number, at, "another process")
    by_another.stdin.close()
    await by_another.wait()
    for number in range(COMMITS + 1, 2 * COMMITS + 1):
        await seen(sessions, number, await asyncio.to_thread(posted, port, number), "the server")
    for task in tasks:
        task.cancel()


async def seen(sessions: list[Session], number: int, at: float, who: str) -> None:
    """Wait until every page is offered so many newer entries, and say when the last one was."""
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.gather(*(one.is_offered(number) for one in sessions)), PATIENCE_SECONDS)
    late = [one.offered[number] - at for one in sessions if number in one.offered]
    print(f"| entry {number}, by {who}: {len(late)} of {SESSIONS} pages within | {max(late, default=0):.2f} s |")
    await asyncio.sleep(BETWEEN_SECONDS)


def main() -> None:
    """Load the story into a new record, serve it, and measure."""
    with tempfile.TemporaryDirectory() as folder:
        record = sys.argv[1] if len(sys.argv) > 1 else f"{folder}/desk.record"
        contested = (sys.executable, "-m", "contested")
        loading = (
            "load",
            str(ROOT / "data" / STORY),
            "--store",
            record,
            "--accept",
            "--who",
            "bench",
            "--why",
            "measured",
        )
        subprocess.run([*contested, *loading], check=True, capture_output=True)  # noqa: S603 our own program
        os.environ["CONTESTED_KEEPER_TOKEN"] = TOKEN
        with served(*contested, "serve", record, "--port={port}") as port:
            asyncio.run(measure(port, record))


if __name__ == "__main__":
    main()
