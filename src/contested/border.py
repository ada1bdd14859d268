"""The border: a file is examined in a process of its own, which may not take more memory or time than it was given.

`examine` reads here and now; `examined` has another process do so, and a file that breaks it is refused like any other.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, nullcontext
from errno import ENOMEM
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from contested import worker
from contested.claim import Claim
from contested.codebooks import CODEBOOKS
from contested.formats import made_ready, most_rows
from contested.given import Given
from contested.problem import ContestedError, Problem, UnknownColumnsError, UnreadableFileError
from contested.reader import opened, outcomes
from contested.unpacking import MEGABYTE
from contested.worker import End, Progress, nobody

_MOST_FOR_SIZE = 650 * MEGABYTE
CLAIMS, TO_MEND = "claims.jsonl", "to-mend.xlsx"
"""What is left of a file that was read: its claims, and the rows in which something must be mended."""
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


def examine(
    path: Path, given: Given, codebook: str | None = None, keep: Path | None = None, progress: Progress = nobody
) -> Examination:
    """Read every row of a file, keep its claims as JSON Lines where asked, and tell what was found."""
    blank = _blank(path)
    try:
        table = opened(path, given, next((book for book in CODEBOOKS if book.name == codebook), None))
        most = most_rows(path)
        with keep.open("w", encoding="utf-8") if keep else nullcontext() as file:
            rows = accepted = claims = 0
            problems: list[Problem] = []
            for outcome in outcomes(table):
                rows += outcome.is_row
                accepted += bool(outcome.records)
                claims += len(outcome.records)
                problems += outcome.problems
                progress(outcome.number, most)
                if file:
                    file.writelines(_lines(outcome.records))
    except (ContestedError, OSError, MemoryError, RecursionError) as refused:
        return _refused(blank, keep, *_why(refused))
    return blank._replace(
        codebook=table.codebook.name,
        rows=rows,
        accepted=accepted,
        rejected=rows - accepted,
        claims=claims,
        problems=tuple(problems),
    )


def _blank(path: Path) -> Examination:
    return Examination(path.name, path.name.partition(".")[2].lower())


def _lines(claims: Iterable[Claim]) -> Iterable[str]:
    return (f"{claim.model_dump_json(exclude_none=True)}\n" for claim in claims)


def _why(refused: Exception) -> Iterable[Problem]:
    """Say what is wrong with a file as a whole, so that a person can mend it."""
    match refused:
        case UnreadableFileError():
            return refused.problems
        case UnknownColumnsError():
            fix = f"rename the columns, or choose one of {', '.join(book.name for book in CODEBOOKS)}"
            return [Problem("E-HEAD-UNKNOWN", 1, None, None, str(refused), fix)]
        case ContestedError():
            return [Problem("E-FILE-BESIDE", None, None, None, str(refused), "mend it, or take it away")]
        case OSError() if refused.errno != ENOMEM:
            reason = f"the system refuses: {refused.strerror or type(refused).__name__}"
            fix = "see that the file may be read, and that the disk has room"
            return [Problem("E-FILE-SYSTEM", None, None, None, reason, fix)]
    return [_too_much("memory")]


def _refused(blank: Examination, keep: Path | None, *problems: Problem) -> Examination:
    """Keep nothing of a file that is refused as a whole."""
    if keep:
        keep.unlink(missing_ok=True)
    return blank._replace(problems=problems, refused=True)


def _too_much(what: str) -> Problem:
    return Problem(
        f"E-FILE-{what.upper()}", None, None, None, f"takes more {what} than a file may", "split it, or send CSV"
    )


def examined(  # noqa: PLR0913 all but the first two may be left out
    path: Path,
    given: Given,
    codebook: str | None = None,
    into: Path | None = None,
    *,
    limits: Limits | None = None,
    progress: Progress = nobody,
) -> Examination:
    """Have another process examine a file, within limits, and leave its claims and its rows to mend in a folder.

    An exception of `progress` ends it, and so does whatever else ends this call; then nothing of it is left.
    """
    seconds, memory = limits or Limits.of(path)
    request: dict[str, Any] = {"path": str(path), "given": given._replace(learnt={})._asdict(), "codebook": codebook}
    request |= {"into": str(into) if into else None, "seconds": seconds, "memory": memory}
    with TemporaryDirectory() as folder, ExitStack() as left:
        left.callback(_leave_nothing, into)
        how, fault = worker.ended("contested.border", request, Path(folder), seconds, progress)
        found = _read(Path(folder) / worker.ANSWER) if how == End.DONE else _unread(path, how, fault)
        if not found.refused:
            left.pop_all()
        return found


def _leave_nothing(into: Path | None) -> None:
    for name in (CLAIMS, TO_MEND):
        if into:
            (into / name).unlink(missing_ok=True)


def _unread(path: Path, how: End, fault: str) -> Examination:
    reason = f"the program has a fault that this file shows: {fault}"
    fix = "report it, and send the table in another format"
    told = Problem("E-FILE-FAULT", None, None, None, reason, fix) if how == End.FAULT else _too_much(how)
    return _refused(_blank(path), None, told)


def _read(answer: Path) -> Examination:
    with answer.open(encoding="utf-8") as lines:
        told = json.loads(next(lines))
        return Examination(**told | {"problems": tuple(Problem(*json.loads(line)) for line in lines)})


def _answer(request: Mapping[str, Any]) -> Iterator[str]:
    """Examine a file within limits, in the process that was started for it."""
    path, into = Path(request["path"]), request["into"] and Path(request["into"])
    made_ready(path)
    worker.limit(request["seconds"], request["memory"])
    given = Given(**{**request["given"], "accounts": tuple(request["given"]["accounts"])})
    found = examine(path, given, request["codebook"], into and into / CLAIMS, worker.telling())
    if into and found.rejected:
        from contested import rejects  # noqa: PLC0415 what writes workbooks is slow to import, and most files need none

        (into / TO_MEND).write_bytes(rejects.workbook(path, given, found.problems))
    yield json.dumps(found._replace(problems=())._asdict())
    yield from map(json.dumps, found.problems)


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in _answer(json.load(sys.stdin)))
