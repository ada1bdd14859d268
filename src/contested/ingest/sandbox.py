"""Sandbox: a file is examined in a process of its own, with limits on memory and time.

`examine` reads here and now; `examined` has another process do so, and a file that breaks it is refused like any other.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from contested.ingest import worker
from contested.ingest.codebooks import CODEBOOKS
from contested.ingest.formats import import_readers, max_row_number, rows
from contested.ingest.limits import Limits
from contested.ingest.options import Given
from contested.ingest.reader import Table, is_large, opened, outcomes
from contested.ingest.row import flat
from contested.ingest.validation import UNKNOWN, fault_of_ours, too_much, why
from contested.ingest.worker import End, Progress, no_progress
from contested.model.claim import Claim
from contested.model.problem import ContestedError, Problem

if TYPE_CHECKING:
    import pyarrow as pa

CLAIMS, TO_MEND, SAMPLE = "claims.arrow", "to-mend.xlsx", "sample.json"
"""What is left of a file that was read: its claims (an Arrow file, as they are kept), the rows in which something must
be mended, and its first rows, also where nobody knows its columns."""
_SAMPLED = 200
_AT_A_TIME = 1000
PROBLEM = ("code", "severity", "row", "column", "value", "reason", "fix")


class Examination(NamedTuple):
    """What was found in a file: its rows, accepted, passed over with a notice, or rejected, and what is wrong."""

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

    def is_unknown(self) -> bool:
        """Say whether it is a table whose columns nobody knows yet."""
        return any(problem.code == UNKNOWN for problem in self.problems)

    def document(self) -> dict[str, Any]:
        """Give it as plain data."""
        problems = [{name: getattr(problem, name) for name in PROBLEM} for problem in self.problems]
        return {name: value for name, value in self._asdict().items() if name != "refused"} | {"problems": problems}


def examine(
    path: Path, given: Given, codebook: str | None = None, keep: Path | None = None, progress: Progress = no_progress
) -> Examination:
    """Read every row of a file, keep its claims as an Arrow file where asked, and tell what was found."""
    blank = _empty_report(path)
    try:
        table = opened(path, given, next((book for book in CODEBOOKS if book.name == codebook), None))
        most = max_row_number(path)
        with _writing(keep) as write:
            read = accepted = rejected = claims = 0
            problems: list[Problem] = []
            for part in _validated(table):
                read += part.rows
                accepted += part.accepted
                rejected += part.rejected
                claims += len(part.claims)
                problems += part.problems
                progress(read, most)
                write(part.claims)
    except (ContestedError, OSError, MemoryError, RecursionError) as refused:
        return _refused(blank, keep, *why(refused))
    return blank._replace(
        codebook=table.codebook.name,
        rows=read,
        accepted=accepted,
        rejected=rejected,
        claims=claims,
        problems=tuple(problems),
    )


def _empty_report(path: Path) -> Examination:
    return Examination(path.name, path.name.partition(".")[2].lower())


class _Rows(NamedTuple):
    """What became of some rows."""

    rows: int
    accepted: int
    rejected: int
    claims: "pa.Table | Sequence[Claim]"
    problems: tuple[Problem, ...]


def _validated(table: Table) -> Iterator[_Rows]:
    """Judge a large table by its columns, and a small one row by row."""
    if is_large(table.path):
        for one in _bulk().validated(table):
            yield _Rows(one.rows, one.accepted, one.rejected, one.claims, one.problems)
        return
    for row in outcomes(table):
        yield _Rows(row.is_row, row.is_accepted, row.is_rejected, row.records, row.problems)


@contextmanager
def _writing(keep: Path | None) -> Iterator["Callable[[pa.Table | Sequence[Claim]], None]"]:
    """Write claims the way they are kept, single ones many at a time; nowhere where none are to be kept."""
    if keep is None:
        yield lambda _: None
        return
    arrow, columns = (
        import_module("pyarrow"),
        import_module("contested.model.arrow_schema"),
    )  # slow to import beside a check
    waiting: list[Claim] = []
    with arrow.OSFile(str(keep), "wb") as file, arrow.ipc.new_file(file, columns.COLUMNS) as writer:

        def write(claims: "pa.Table | Sequence[Claim]") -> None:
            if isinstance(claims, arrow.Table):
                writer.write_table(claims)
                return
            waiting.extend(claims)
            if len(waiting) >= _AT_A_TIME:
                writer.write_table(columns.to_arrow(waiting))
                waiting.clear()

        yield write
        writer.write_table(columns.to_arrow(waiting))


def _bulk() -> ModuleType:
    """Import what only large files need, since it is slow to import."""
    return import_module("contested.ingest.bulk")


def _refused(blank: Examination, keep: Path | None, *problems: Problem) -> Examination:
    """Keep nothing of a file that is refused as a whole."""
    if keep:
        keep.unlink(missing_ok=True)
    return blank._replace(problems=problems, refused=True)


def examine_in_sandbox(  # noqa: PLR0913 all but the first two may be left out
    path: Path,
    given: Given,
    codebook: str | None = None,
    into: Path | None = None,
    *,
    limits: Limits | None = None,
    progress: Progress = no_progress,
) -> Examination:
    """Have another process examine a file, within limits, and leave its claims and its rows to mend in a folder.

    An exception of `progress` ends it, and so does whatever else ends this call; then nothing of it is left.
    """
    limits = limits or Limits.of(path)
    request: dict[str, Any] = {"path": str(path), "given": given._replace(learnt={})._asdict(), "codebook": codebook}
    request |= {"into": str(into) if into else None, "seconds": limits.seconds, "memory": limits.memory}
    with TemporaryDirectory() as folder, ExitStack() as left:
        left.callback(_remove_outputs, into)
        how, fault = worker.run_worker(
            "contested.ingest.sandbox", request, Path(folder), limits.by_the_clock(), progress
        )
        told = fault_of_ours(fault) if how == End.FAULT else too_much(how)
        found = (
            _parsed_answer(Path(folder) / worker.ANSWER)
            if how == End.DONE
            else _refused(_empty_report(path), None, told)
        )
        if not found.refused or found.is_unknown():
            left.pop_all()
        return found


def _remove_outputs(into: Path | None) -> None:
    for name in (CLAIMS, TO_MEND, SAMPLE):
        if into:
            (into / name).unlink(missing_ok=True)


def _parsed_answer(answer: Path) -> Examination:
    with answer.open(encoding="utf-8") as lines:
        told = json.loads(next(lines))
        return Examination(**told | {"problems": tuple(Problem(*json.loads(line)) for line in lines)})


def _respond(request: Mapping[str, Any]) -> Iterator[str]:
    """Examine a file within limits, in the process that was started for it."""
    path, into = Path(request["path"]), request["into"] and Path(request["into"])
    import_readers(path)
    if is_large(path):
        _bulk()
    if into:
        import_module("contested.model.arrow_schema")
    worker.limit_resources(request["seconds"], request["memory"])
    given = Given(**{**request["given"], "accounts": tuple(request["given"]["accounts"])})
    given = given._replace(mends=tuple((row, column, cell) for row, column, cell in given.mends))
    found = examine(path, given, request["codebook"], into and into / CLAIMS, worker.progress_reporter())
    if into and found.rejected:
        from contested.ingest import rejects  # noqa: PLC0415 slow to import, and not every file needs it

        (into / TO_MEND).write_bytes(rejects.workbook(path, given, found.problems))
    if into and (found.is_unknown() or not found.refused):
        some = islice((flat(row) for _, row in rows(path, given) if not isinstance(row, Problem)), _SAMPLED)
        (into / SAMPLE).write_text(json.dumps(list(some), default=str), encoding="utf-8")
    yield json.dumps(found._replace(problems=())._asdict())
    yield from map(json.dumps, found.problems)


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in _respond(json.load(sys.stdin)))
