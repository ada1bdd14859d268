"""The border: a file is examined in a process of its own, which may not take more memory or time than it was given.

`examine` reads here and now; `examined` has another process do so, and a file that breaks it is refused like any other.
"""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from contested.claim import Claim
from contested.codebooks import CODEBOOKS
from contested.formats import made_ready
from contested.given import Given
from contested.problem import Problem, UnknownColumnsError, UnreadableFileError
from contested.reader import opened, outcomes
from contested.unpacking import MEGABYTE

_MOST_FOR_SIZE = 650 * MEGABYTE
PROBLEM = ("code", "severity", "row", "column", "value", "reason", "fix")


class Limits(NamedTuple):
    """What reading one file may take, beyond what the program itself takes."""

    seconds: float
    memory: int

    @classmethod
    def of(cls, path: Path) -> "Limits":
        """Give a large file more than a small one; what unpacks to more than it seems gets no more for that."""
        size = path.stat().st_size if path.is_file() else 0
        return cls(30 + 2 * size / MEGABYTE, 350 * MEGABYTE + min(size, _MOST_FOR_SIZE))


class Examination(NamedTuple):
    """What was found in a file: its rows, accepted or rejected whole, and what is wrong."""

    file: str
    format: str
    codebook: str | None = None
    rows: int = 0
    accepted: int = 0
    rejected: int = 0
    claims: int = 0
    problems: tuple[Problem, ...] = ()
    refused: bool = False
    """Whether the file was refused as a whole, so that no row of it was read."""

    def document(self) -> dict[str, Any]:
        """Give it as plain data."""
        problems = [{name: getattr(problem, name) for name in PROBLEM} for problem in self.problems]
        return {name: value for name, value in self._asdict().items() if name != "refused"} | {"problems": problems}


def examine(path: Path, given: Given, codebook: str | None = None, keep: Path | None = None) -> Examination:
    """Read every row of a file, keep its claims as JSON Lines where asked, and tell what was found."""
    blank = Examination(path.name, path.name.partition(".")[2].lower())
    try:
        table = opened(path, given, next((book for book in CODEBOOKS if book.name == codebook), None))
        with keep.open("w", encoding="utf-8") if keep else contextlib.nullcontext() as file:
            rows = accepted = claims = 0
            problems: list[Problem] = []
            for outcome in outcomes(table):
                rows += outcome.is_row
                accepted += bool(outcome.records)
                claims += len(outcome.records)
                problems += outcome.problems
                if file:
                    file.writelines(_lines(outcome.records))
    except UnreadableFileError as refused:
        return _refused(blank, keep, *refused.problems)
    except UnknownColumnsError as refused:
        fix = f"rename the columns, or choose one of {', '.join(book.name for book in CODEBOOKS)}"
        return _refused(blank, keep, Problem("E-HEAD-UNKNOWN", 1, None, None, str(refused), fix))
    except (MemoryError, RecursionError):
        return _refused(blank, keep, _too_much("memory"))
    return blank._replace(
        codebook=table.codebook.name,
        rows=rows,
        accepted=accepted,
        rejected=rows - accepted,
        claims=claims,
        problems=tuple(problems),
    )


def _lines(claims: Iterable[Claim]) -> Iterable[str]:
    return (f"{claim.model_dump_json(exclude_none=True)}\n" for claim in claims)


def _refused(blank: Examination, keep: Path | None, *problems: Problem) -> Examination:
    """Keep nothing of a file that is refused as a whole."""
    if keep:
        keep.unlink(missing_ok=True)
    return blank._replace(problems=problems, refused=True)


def _too_much(what: str) -> Problem:
    return Problem(
        f"E-FILE-{what.upper()}", None, None, None, f"takes more {what} than a file may", "split it, or send CSV"
    )


def examined(
    path: Path, given: Given, codebook: str | None = None, keep: Path | None = None, limits: Limits | None = None
) -> Examination:
    """Have another process examine a file, within limits of memory and time."""
    seconds, memory = limits or Limits.of(path)
    asked = {"path": str(path), "given": given._replace(learnt={})._asdict(), "codebook": codebook, "memory": memory}
    request = json.dumps(asked | {"keep": str(keep) if keep else None, "seconds": seconds})
    blank = Examination(path.name, path.name.partition(".")[2].lower())
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "contested.border"],
            input=request.encode(),
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "ARROW_DEFAULT_MEMORY_POOL": "system"},
        )
        told = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return _refused(blank, keep, _too_much("time"))
    except ValueError:
        return _refused(blank, keep, _too_much("memory"))
    return _from(told)


def _from(told: Mapping[str, Any]) -> Examination:
    return Examination(**{**told, "problems": tuple(Problem(**problem) for problem in told["problems"])})


def _answer(request: Mapping[str, Any]) -> str:
    """Examine a file within limits, in the process that was started for it."""
    path = Path(request["path"])
    made_ready(path)
    _limit(request["seconds"], request["memory"])
    given = Given(**{**request["given"], "accounts": tuple(request["given"]["accounts"])})
    keep = Path(request["keep"]) if request["keep"] else None
    found = examine(path, given, request["codebook"], keep)
    return json.dumps({**found.document(), "refused": found.refused})


def _limit(seconds: float, memory: int) -> None:
    """Let this process take no more than so much, where the system can hold it to that."""
    try:
        import resource  # noqa: PLC0415 not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    taken = Path("/proc/self/statm")
    if taken.is_file():
        most = int(taken.read_text(encoding="ascii").split()[0]) * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    sys.stdout.write(_answer(json.load(sys.stdin)))
