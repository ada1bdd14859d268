"""An inspection: all that must be mended in a file or in the folder of a story, for a person or as plain data."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from contested.ingest.options import Given
from contested.ingest.sandbox import Examination, examine_in_sandbox
from contested.ingest.story_folder import open_story
from contested.ingest.worker import Progress, no_progress
from contested.model.problem import Problem, UnreadableStoryError, listed
from contested.model.references import OUTDATED
from contested.model.wording import counted


class Inspection(NamedTuple):
    """What was found in the file of claims, and in the tables that give names to what it says."""

    examination: Examination
    aside: tuple[tuple[str, Problem], ...] = ()
    """The name of another file, and what is wrong in it."""

    @property
    def problems(self) -> list[tuple[str, Problem]]:
        """Every problem, with the name of its file."""
        return [*((self.examination.file, problem) for problem in self.examination.problems), *self.aside]

    def document(self) -> dict[str, Any]:
        """Give it as plain data; a problem of another file names that file."""
        found = self.examination.document()
        for name, problem in self.aside:
            of_file = {} if name == self.examination.file else {"file": name}
            told = Examination(name, "", problems=(problem,)).document()["problems"]
            found["problems"] += [of_file | one for one in told]
        return found

    def page(self) -> str:
        """Write it for a terminal, in letters that only show."""
        return "\n".join("".join(map(_plain, line)) for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield from listed(self.problems)
        found, problems = self.examination, len(self.problems)
        rows = "refused as a whole" if found.refused else f"{found.accepted:,} of {counted(found.rows, 'row')} accepted"
        yield f"{found.file}: {rows}, {counted(found.claims, 'claim')}, {problems} problem{'s' * (problems != 1)}"


def _plain(letter: str) -> str:
    return letter if letter.isprintable() else repr(letter)[1:-1]


def inspected(path: Path, given: Given, codebook: str | None = None, progress: Progress = no_progress) -> Inspection:
    """Examine a file of claims, or that of a story with its side tables."""
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
    told, of_claims = open_story(folder).problems, {"reference", OUTDATED}
    return Inspection(found, tuple((name, one) for name, one in told if name != story.name or one.code in of_claims))
