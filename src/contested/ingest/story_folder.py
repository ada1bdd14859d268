"""A folder of claims with its side tables and `datapackage.json`, or a single file of claims, read as a story."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, ValidationError

from contested.ingest.bulk import ValidatedRows, validated
from contested.ingest.characters import shown
from contested.ingest.characters import unfit as unfit_letters
from contested.ingest.options import Given
from contested.ingest.reader import opened, records, twice
from contested.ingest.validation import problem_of
from contested.model.arrow_schema import from_arrow
from contested.model.event_parts import unfit
from contested.model.mapped_table import concatenated
from contested.model.problem import Problem, UnreadableStoryError
from contested.model.references import RELATIONS, dangling, outdated_corrections
from contested.model.side_tables import Account, Event, Place, Source
from contested.model.story import Package, Story
from contested.model.wording import counted

STANDFIRST_SENTENCES = 2
STANDFIRST_WORDS = 25
Found = TypeVar("Found", bound=BaseModel)
Problems = list[tuple[str, Problem]]


def open_story(path: Path, given: Given | None = None) -> Story:
    """Read a folder, or a single file of claims, with what a person says of it."""
    given = given or Given(path.name)
    path = path.resolve()
    if path.is_file():
        return _story(path, path, Package(title=path.stem), given)
    if not path.exists():
        message = f"{path} is no story: nothing is there; put it back, or name a folder, a file of claims or a record"
        raise UnreadableStoryError(message)
    if not (path / "claims.csv").is_file():
        message = f"{path} is no story: a story is a folder with claims.csv, or one file of claims"
        raise UnreadableStoryError(message)
    return _story(path, path / "claims.csv", _package(path / "datapackage.json"), given)


def only_zone(claims: pa.Table) -> str:
    """Name the zone on whose clocks all claims are told, if it is one; else UTC."""
    zones = pc.unique(claims["zone"]).to_pylist()
    return zones[0] if len(zones) == 1 and zones[0] else "UTC"


def _package(path: Path) -> Package:
    if not path.is_file():
        return Package(title=path.parent.name)
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
        said = {"title": described["title"], "licenses": described.get("licenses", ())}
        said |= described.get("contested", {})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{path.name} cannot be read: {'it has no title' if isinstance(error, KeyError) else error}"
        raise UnreadableStoryError(message) from None
    try:
        package = Package.model_validate(said)
    except ValidationError as error:
        raise _unreadable(path, *(problem_of(0, one, said) for one in error.errors())) from None
    if flaws := list(unfit_letters(0, said)):
        raise _unreadable(path, *flaws)
    return package


def _unreadable(path: Path, *problems: Problem) -> UnreadableStoryError:
    return UnreadableStoryError(f"{path.name} cannot be read: {'; '.join(map(str, problems))}")


def _story(folder: Path, path: Path, package: Package, given: Given) -> Story:
    aside: Problems = []
    accounts = _table(folder / "accounts.csv", Account, aside)
    given = given._replace(file=path.name, accounts=(*accounts, *given.accounts))
    problems, numbered = Problems(), list[pa.Array]()
    table = opened(path, given)
    claims = concatenated(_claims(validated(table), path.name, problems, numbered))
    numbers = pa.chunked_array(numbered, pa.int64())
    if not folder.is_dir():
        package = package.model_copy(update={"zone": table.given.zone or only_zone(claims)})
    problems += aside
    rows: dict[str, int] = {}
    story = Story(
        path.parent.name if folder.is_dir() else path.stem,
        package,
        claims,
        accounts,
        _table(folder / "sources.csv", Source, problems),
        _table(folder / "events.csv", Event, problems, rows),
        _table(folder / "places.csv", Place, problems),
    )
    problems += (("datapackage.json", problem) for problem in _long_standfirst(package.standfirst))
    problems += ((path.name, problem) for problem in _ill_related(story, numbers))
    problems += (("events.csv", problem) for problem in unfit(story.parts(), rows))
    return replace(story, problems=tuple(problems))


def _claims(
    found: Iterable[ValidatedRows], name: str, problems: Problems, numbered: list[pa.Array]
) -> Iterator[pa.Table]:
    """Give the claims of each part of a file, and put its problems and the numbers of its rows aside."""
    for part in found:
        problems += ((name, problem) for problem in part.problems)
        numbered.append(part.numbers)
        yield part.claims


def _ill_related(story: Story, numbers: pa.ChunkedArray) -> Iterator[Problem]:
    """Check the claims that refer to others, and those that name what a side table lacks; by row number."""
    claims = story.claims
    refers = [pc.greater(pc.list_value_length(claims[name]), 0) for name in RELATIONS]
    lacks = [
        pc.and_(pc.is_valid(claims[name]), pc.invert(pc.is_in(claims[name], pa.array(table.keys(), pa.string()))))
        for name, table in story.tables().items()
        if table
    ]
    is_suspect = reduce(pc.or_kleene, refers + lacks)
    suspects = list(from_arrow(claims.filter(is_suspect)))
    named = pa.array({other for claim in suspects for name in RELATIONS for other in getattr(claim, name)}, pa.string())
    known = claims.filter(pc.is_in(claims["claim_id"], named))
    accounts = dict(zip(known["claim_id"].to_pylist(), known["account"].to_pylist(), strict=True))
    rows = list(zip(numbers.filter(is_suspect).to_pylist(), suspects, strict=True))
    yield from dangling(rows, story.tables(), accounts)
    corrected = {other for claim in suspects for other in claim.corrects}
    before = from_arrow(known.filter(pc.is_in(known["claim_id"], pa.array(corrected, pa.string()))))
    yield from outdated_corrections(rows, {claim.claim_id: claim for claim in before})


def _long_standfirst(text: str) -> Iterator[Problem]:
    """Warn of a standfirst that is no longer read at one glance."""
    sentences = [part for part in re.split(r"(?<=[.!?…])\s+", text.strip()) if part]
    longest = max((len(part.split()) for part in sentences), default=0)
    if len(sentences) > STANDFIRST_SENTENCES or longest > STANDFIRST_WORDS:
        reason = f"{counted(len(sentences), 'sentence')}, the longest with {counted(longest, 'word')}"
        fix = f"write at most {STANDFIRST_SENTENCES} sentences of at most {STANDFIRST_WORDS} words"
        yield Problem("W-STANDFIRST", None, "standfirst", shown(text), reason, fix, "warning")


def _kept(found: Iterator[tuple[int, Found | Problem]], name: str, problems: Problems) -> Iterator[tuple[int, Found]]:
    for row, one in found:
        if isinstance(one, Problem):
            problems.append((name, one))
        else:
            yield row, one


def _table(path: Path, model: type[Found], problems: Problems, rows: dict[str, int] | None = None) -> dict[str, Found]:
    if not path.is_file():
        return {}
    key = next(iter(model.model_fields))
    rows = {} if rows is None else rows
    table: dict[str, Found] = {}
    for row, record in _kept(records(path, model), path.name, problems):
        name = str(getattr(record, key))
        if name in table:
            problems.append((path.name, twice(row, key, name, rows[name])))
        else:
            rows[name], table[name] = row, record
    return table
