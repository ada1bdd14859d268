"""A column mapping: what each column of an unknown table holds, as a person confirmed it.

It is proposed (`ingest.guesses`), confirmed, kept as `mapping.json` beside the story or passed with `--mapping`, and
applied by `ingest.mapped` like any publisher's codebook. A column holds a field of `Claim`, or one of `HOLDS`.
"""

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_serializer, model_validator

from contested.model.claim import Claim
from contested.model.problem import Problem, UnreadableFileError, UnreadableStoryError
from contested.model.times import Zone
from contested.model.vocabulary import Measure, Milestone

FILE = "mapping.json"
EMPTY = {"", "na", "n/a", "null", "none", "nan", "-", "--", "–", "—", "#n/a"}
"""What programs write where a cell is empty, in small letters."""
MILESTONES = tuple(Milestone)
_MOMENTS = {
    "when": "the day or the moment at which it happened, or began",
    "until": "the day or the moment at which it ended",
    "time": "the time of day at which it began, or from when to when it went on; its day is in another column",
    "until_time": "the time of day at which it ended; its day is in another column",
    "year": "the year; beside a whole date it is held against it",
    "month": "the number of the month, where the year has a column of its own",
    "day": "the day of the month, where the month has a column of its own",
    "epoch": "the moment as seconds, milliseconds or microseconds since 1970; beside `when` it is held against it",
}
_STEPS = {
    "onset": "when what is reported began",
    "call": "when the call was received",
    "dispatch": "when a unit was sent",
    "en_route": "when the unit left",
    "arrival": "when the unit arrived",
    "transport": "when the unit left with a patient or a prisoner",
    "end": "when the call was closed or the unit was free again",
}
"""Milestones of a response: each is a moment, a time of day, or a length since another milestone."""
_FIGURES = {
    f"{measure}{end}": f"{measure.replace('_', ' ')}: {words}"
    for measure in Measure
    for end, words in (
        ("", "the figure as it is written"),
        ("_low", "at least so many"),
        ("_high", "at most so many"),
        ("_words", "the words of the figure"),
    )
}
_OTHERS = {
    "statement": "what one account says; `account` names whose it is, and several such columns share the event",
    "responding_unit": "the unit that responds to a call",
    "point": "latitude and longitude in one cell",
    "count": "a code for which rows are counted, such as one row a victim; `meanings` gives the measure of each code",
    "outcome": "what became of a call: closed, cancelled, in progress; it shows whether the call is over",
    "group": "kept to compare by: an agency, a district, a priority",
}
_ENDS = ("_low", "_high", "_words")
HOLDS = _MOMENTS | _STEPS | _FIGURES | _OTHERS
"""What a column may hold besides a field of a claim."""
MANY = ("statement", "group", "count", "outcome")
"""What several columns may hold at once."""
_NEEDED = ("account", "kind")


class Column(BaseModel):
    """What one column holds; written as one word where nothing needs to be added."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    holds: str
    """A field of a claim, or one of the further things that a column may hold."""
    account: str | None = None
    """Whose statement or figure it is."""
    since: Milestone | None = None
    """The milestone from which the length in this column runs."""
    after: str | None = None
    """The column of another length, from that milestone, at whose end the length in this column begins."""
    unit: Literal["seconds", "minutes", "hours"] = "minutes"
    """What the length counts."""
    of: str | None = None
    """Which of several units of a row it tells of, where each has columns of its own; the others are all units'."""
    meanings: dict[str, str] = Field(default={}, repr=False)
    """What each code of the column stands for; other cells stay as they are."""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.holds not in fields():
            message = f"no such field: {self.holds}"
            raise ValueError(message)
        if self.holds == "statement" and not (self.account or "").strip():
            message = "a statement needs its account"
            raise ValueError(message)
        if self.account and self.holds not in {"statement", *_FIGURES}:
            message = f"{self.holds} is told by no account of its own"
            raise ValueError(message)
        if self.since and (self.holds not in MILESTONES or self.holds == self.since):
            message = f"{self.holds} is not measured since {self.since}"
            raise ValueError(message)
        if self.of and self.holds not in {*MILESTONES, "responding_unit"}:
            message = f"{self.holds} is told of no unit of its own"
            raise ValueError(message)
        if self.after and not self.since:
            message = f"{self.holds} is no length that could run after {self.after}"
            raise ValueError(message)
        if self.holds == "count" and not (self.meanings and set(self.meanings.values()) <= set(Measure)):
            message = f"a count needs the meanings of its codes, each one of {', '.join(Measure)}"
            raise ValueError(message)
        return self

    @model_serializer(mode="wrap")
    def _plainly(self, whole: Any) -> Any:  # noqa: ANN401 the types of pydantic
        said = {name: value for name, value in whole(self).items() if value != type(self).model_fields[name].default}
        return self.holds if set(said) == {"holds"} else said


def _worded(column: object) -> object:
    return {"holds": column} if isinstance(column, str) else column


class ColumnMapping(BaseModel):
    """What a person confirmed of a table: what each column holds, and what every row says without a column."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    columns: dict[str, Annotated[Column, BeforeValidator(_worded)]]
    """The columns that are read; what is not named stays in the file."""
    constants: dict[str, str] = {}
    """Fields of a claim that every row has without a column."""
    zone: Zone | None = None
    """The time zone of clocks that name none."""
    ignore_offsets: bool = False
    """Whether an offset or a Z in the file is wrong, so that its clocks are those of `zone`."""
    date_order: Literal["day", "month", "year"] | None = None
    """Which comes first in 03/04/2021; not given, the whole column settles it, or it is asked."""
    decimal_mark: Literal[",", "."] | None = None
    """The decimal mark of figures; not given, the whole column settles it, or it is asked."""
    serials: bool = False
    """Whether a number where a date belongs, such as 44280.5, counts days as spreadsheets do, from the end of 1899."""
    vague: bool = False
    """Whether 10+, 8-11, 17:00-05:00 and the like are read as what they leave open."""

    @model_validator(mode="after")
    def _fits_a_claim(self) -> Self:
        held = [column.holds for column in self.columns.values()]
        once = [(one.holds, one.of or one.account) for one in self.columns.values() if one.holds not in MANY]
        taken = [*(one for one, _ in once), *self.constants]
        if strange := sorted(set(self.constants) - set(Claim.model_fields)):
            message = f"no such field: {', '.join(strange)}"
            raise ValueError(message)
        if twice := sorted({field for field in taken if _times_given(field, once, self.constants) > 1}):
            message = f"given twice: {', '.join(twice)}"
            raise ValueError(message)
        if lacking := [field for field in _NEEDED if field not in taken and not self._needs_no(field)]:
            message = f"neither a column nor a word for every row: {', '.join(lacking)}"
            raise ValueError(message)
        if self.ignore_offsets and not (self.zone or "zone" in held):
            message = "offsets are ignored, and no zone is given instead"
            raise ValueError(message)
        return self

    def _needs_no(self, field: str) -> bool:
        """Say whether the columns themselves tell it: milestones their kind, statements whose they are."""
        held = {column.holds for column in self.columns.values()}
        if field == "kind":
            return bool(held & set(MILESTONES))
        return any(one.account for one in self.columns.values()) and not self.has_figures()

    def has_figures(self) -> bool:
        """Say whether a column holds figures of which no name says whose they are."""
        held = (one.holds for one in self.columns.values() if not one.account)
        return any(one in _FIGURES or one == "count" for one in held)

    def is_log(self) -> bool:
        """Say whether a row tells the milestones of a response."""
        return any(column.holds in MILESTONES for column in self.columns.values())

    def dataset(self, file: str) -> str:
        """Name what the file brings: two mappings of one file that tell of other accounts are two datasets."""
        told = [column.account for column in self.columns.values() if column.account]
        told += [account] if (account := self.constants.get("account")) else []
        return ", ".join(dict.fromkeys([file, *told]))


def _times_given(field: str, columns: Sequence[tuple[str, str | None]], constants: Collection[str]) -> int:
    """Count how often a field is given: by the words of every row, and by columns of one account."""
    accounts = [account for one, account in columns if one == field]
    return (field in constants) + max(map(accounts.count, accounts), default=0)


def fields() -> tuple[str, ...]:
    """Name everything that a column may hold."""
    return tuple(dict.fromkeys((*HOLDS, *Claim.model_fields)))


def meaning(field: str) -> str:
    """Say what a column holds, in a few words."""
    if field in HOLDS:
        return HOLDS[field]
    return (Claim.model_fields[field].description or field).split(".")[0]


def explained() -> str:
    """Say how a mapping is written, for a person who edits one."""
    others = {field: Claim.model_fields[field].description or "" for field in fields() if field not in HOLDS}
    listed = [f"  {field:22}{meaning(field)}" for field in (*HOLDS, *others) if not field.endswith(_ENDS)]
    return "\n".join(
        (
            'A mapping is JSON: {"columns": {COLUMN: HOLDS, ...}, "constants": {FIELD: WORDS}, "zone": IANA ZONE}.',
            'HOLDS is one of the words below, or says more of it: {"holds": "statement", "account": "Side A"},',
            '{"holds": "killed", "account": "Side A"} for a figure of one account,',
            '{"holds": "arrival", "since": "call", "unit": "minutes"} for a length instead of a time; "after": COLUMN',
            "where that column holds a length that ran before,",
            '{"holds": "arrival", "of": "2"} where each of several units of a row has columns of its own,',
            '{"holds": "kind", "meanings": {"3": "dispatch"}}, {"holds": "count", "meanings": {"k": "killed"}}.',
            "A column that is not named stays in the file. Also: ignore_offsets (a Z stands on local clocks),",
            "date_order (day, month or year), decimal_mark (. or ,), vague (read 10+, 8-11 and the like),",
            "serials (44280.5 is a number of days, as spreadsheets count them).",
            "",
            *listed,
            "  ..._low, ..._high     the bounds of a figure, such as killed_low",
            "  ..._words             the words of a figure",
        )
    )


def parse(text: str, name: str = FILE) -> ColumnMapping:
    """Read a mapping; raises UnreadableStoryError where it is none."""
    try:
        return ColumnMapping.model_validate(json.loads(text))
    except ValidationError as error:
        told = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in told["loc"] if part != "function-before[_worded(), Column]")
        message = f"{name} cannot be read: {where + ': ' if where else ''}{told['msg'].removeprefix('Value error, ')}"
    except ValueError as error:
        message = f"{name} cannot be read: {error}"
    raise UnreadableStoryError(message) from None


def written(mapping: ColumnMapping) -> str:
    """Write a mapping as JSON that a person can edit."""
    said = mapping.model_dump(mode="json", exclude_defaults=True)
    return json.dumps({"columns": {}} | said, ensure_ascii=False, indent=1) + "\n"


def save(mapping: ColumnMapping, folder: Path) -> Path:
    """Keep a mapping beside the story."""
    path = folder / FILE
    path.write_text(written(mapping), encoding="utf-8")
    return path


def load(path: Path) -> ColumnMapping:
    """Read a mapping from a file; raises UnreadableFileError where there is none."""
    try:
        return parse(path.read_text(encoding="utf-8"), path.name)
    except OSError as error:
        problem = Problem("E-MAPPING", None, None, None, f"cannot be read: {error.strerror}", "check the name")
        raise UnreadableFileError(str(path), problem) from None
    except UnicodeDecodeError:
        problem = Problem("E-MAPPING", None, None, None, "is not UTF-8 text", "save it as UTF-8")
        raise UnreadableFileError(str(path), problem) from None


def beside(path: Path) -> ColumnMapping | None:
    """Find the mapping that a person confirmed for the files of a folder; a table of that name is none."""
    kept = path.parent / FILE
    return None if kept == path or not kept.is_file() else load(kept)
