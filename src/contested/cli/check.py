"""The command `check`: every problem of a file, or of the folder of a story, as text or JSON."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from contested.ingest.options import Given
from contested.ingest.sandbox import Examination, examine_in_sandbox
from contested.ingest.worker import Progress, no_progress
from contested.model.problem import Problem, UnreadableStoryError, listed
from contested.model.references import OUTDATED
from contested.model.wording import counted


class Inspection(NamedTuple):
    """The result of a check: the examination of the file of claims, and the problems of its side tables."""

    examination: Examination
    side_tables: tuple[tuple[str, Problem], ...] = ()
    """Name of the file, and a problem of it."""

    @property
    def problems(self) -> list[tuple[str, Problem]]:
        """Every problem with the name of its file."""
        return [*((self.examination.file, problem) for problem in self.examination.problems), *self.side_tables]

    def document(self) -> dict[str, Any]:
        """Serialize for JSON; a problem of a side table names its file."""
        found = self.examination.document()
        for name, problem in self.side_tables:
            of_file = {} if name == self.examination.file else {"file": name}
            problems = Examination(name, "", problems=(problem,)).document()["problems"]
            found["problems"] += [of_file | one for one in problems]
        return found

    def page(self) -> str:
        """Format as text for a terminal, its control characters escaped."""
        return "\n".join("".join(map(_plain, line)) for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield from listed(self.problems)
        found, problems = self.examination, len(self.problems)
        rows = "refused as a whole" if found.refused else f"{found.accepted:,} of {counted(found.rows, 'row')} accepted"
        yield f"{found.file}: {rows}, {counted(found.claims, 'claim')}, {problems} problem{'s' * (problems != 1)}"


def _plain(letter: str) -> str:
    return letter if letter.isprintable() else repr(letter)[1:-1]


def inspect(path: Path, given: Given, codebook: str | None = None, progress: Progress = no_progress) -> Inspection:
    """Examine a file of claims, or a story's with its side tables."""
    if not path.is_dir():
        return Inspection(examine_in_sandbox(path, given, codebook, progress=progress))
    if not (path / "claims.csv").is_file():
        message = f"{path} is no story: a story is a folder with claims.csv, or one file of claims"
        raise UnreadableStoryError(message)
    return _of_story(path, given, codebook, progress)


def _of_story(folder: Path, given: Given, codebook: str | None, progress: Progress) -> Inspection:
    story = folder / "claims.csv"
    found = examine_in_sandbox(story, given._replace(file=story.name), codebook, progress=progress)
    if found.refused:
        return Inspection(found)
    from contested.ingest.story_folder import open_story  # noqa: PLC0415 slow to import, and a file is no story

    told, of_claims = open_story(folder).problems, {"reference", OUTDATED}
    return Inspection(found, tuple((name, one) for name, one in told if name != story.name or one.code in of_claims))
