"""Row filter: which rows of a large table are certainly claims, in SQL derived from `Claim`.

The value of an empty cell is taken from the field itself. For a filled cell there is a rule for each type of field,
which passes only what the field certainly reads the same way; any other row is validated by `Claim` itself.
"""

from enum import StrEnum
from functools import lru_cache
from itertools import chain, combinations
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.types as kinds
from pydantic import TypeAdapter, ValidationError

from contested.ingest.characters import LONGEST
from contested.model.claim import LONG, ORDERED, NewsroomClaim
from contested.model.field_types import (
    LABEL_LETTERS,
    Blank,
    Count,
    Groups,
    Ids,
    Label,
    Latitude,
    Longitude,
    Radius,
    Sensitive,
    Told,
    Usual,
    Words,
)
from contested.model.times import Instant, Zone

_VISIBLE = r"!-~\p{L}\p{M}\p{N}\p{P}\p{S}"
"""Visible characters: no blanks, no control characters, no lone surrogates."""
_PLAIN = f"[ {_VISIBLE}]*"
_NO_EDGE_BLANK = "not (starts_with({}, ' ') or ends_with({}, ' '))"
PLAIN_LINES = rf"[\t\n\r {_VISIBLE}]*"
_DATE = r"(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{3}(\d{3})?)?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)"
_DEGREES = r"-?\d{1,3}(\.\d{1,15})?"


class Rule(NamedTuple):
    """How a filled cell is kept, and when it is certain to be kept so; `{}` stands for the cell."""

    kept: str
    certain: str = ""
    pattern: str = ""
    """What the cell must look like."""
    is_text: bool = False
    """Whether all this is certain of any plain text (`plain_text.is_plain_text`)."""


def _degrees(low: int, high: int) -> dict[str, Rule]:
    inside = f"between {low} and {high}"
    number, written = "{}::double", "try_cast({} as double)"
    typed = Rule(number, f"{number} {inside}")
    return {"text": Rule(written, f"{written} {inside}", _DEGREES), "whole": typed, "number": typed}


_IN_RANGE = "between 0 and 8299999999"
_AS_INSTANT = "try_cast({} as timestamptz)"
_AS_INTEGER = "try_cast({} as bigint)"
_PARTS = "list_filter(list_transform(string_split({}, ';'), lambda one: trim(one)), lambda one: one <> '')"
_PLAIN_PART = f"regexp_full_match(one, '{_PLAIN}') and strlen(one) <= {LONGEST}"
_NOT_BLANK = r"regexp_matches({}, '[^\t\n\r ]')"
_KEPT = r"[ !#-\[\]-~\p{L}\p{M}\p{N}«»–—…№’]+"
"""Words that JSON writes as they are."""
_GROUP = f'"{_KEPT}": "{_KEPT}"'
_KEYS = f'regexp_extract_all({{}}, \'"({_KEPT})": "\', 1)'
_GROUPS = Rule("{}", f"len(list_distinct({_KEYS})) = len({_KEYS})", rf"\{{{_GROUP}(, {_GROUP})*\}}")
_INSTANT = {
    "text": Rule(_AS_INSTANT, f"{_AS_INSTANT} is not null", f"{_DATE}[T ]{_CLOCK}"),
    "moment": Rule("{}", "{} between '1900-01-01 00:00Z' and '2099-12-31 00:00Z'"),
}
_RULES: tuple[tuple[Any, dict[str, Rule]], ...] = (
    (Words, {"text": Rule("{}", _NO_EDGE_BLANK, _PLAIN, is_text=True)}),
    (Label, {"text": Rule("{}", f"{_NO_EDGE_BLANK} and length({{}}) <= {LABEL_LETTERS}", _PLAIN)}),
    (Told, {"text": Rule("{}", _NOT_BLANK, PLAIN_LINES, is_text=True)}),
    (Groups, {"text": _GROUPS}),
    (Zone, {"text": Rule("{}", "list_contains($zones, {})")}),
    (Instant, _INSTANT),
    (
        Count,
        {
            "text": Rule(_AS_INTEGER, f"{_AS_INTEGER} {_IN_RANGE}", r"\d{1,10}"),
            "whole": Rule(_AS_INTEGER, f"{{}} {_IN_RANGE}"),
        },
    ),
    (Latitude, _degrees(-90, 90)),
    (Longitude, _degrees(-180, 180)),
    (Radius, _degrees(0, 999)),
    (
        Ids,
        {
            "text": Rule(_PARTS, "", _PLAIN, is_text=True),
            "list": Rule("{}", f"len({{}}) = len(list_filter({{}}, lambda one: {_PLAIN_PART}))"),
        },
    ),
    (Sensitive, {"text": Rule("null::varchar", "{} = 'false'"), "truth": Rule("null::varchar", "not {}")}),
)
_ARROW_TYPES = {
    "text": lambda of: kinds.is_string(of.value_type if kinds.is_dictionary(of) else of),
    "whole": kinds.is_integer,
    "number": lambda of: kinds.is_float32(of) or kinds.is_float64(of),
    "moment": lambda of: kinds.is_timestamp(of) and of.tz is not None and of.unit != "ns",
    "list": lambda of: kinds.is_list(of) and kinds.is_string(of.value_type),
    "truth": kinds.is_boolean,
}
_IS_A_TIME = "{0} <> '1970-01-01 00:00Z' and not {0} between '1899-12-29 00:00Z' and '1900-01-03 00:00Z'"
"""Whether a moment is certainly none of those that programs write where they know no time."""
_FIRST = "coalesce(began_earliest, began_latest)::timestamptz"
_LAST = "coalesce(ended_latest, ended_earliest, began_latest)::timestamptz"
_ROW_RULES = (
    *(f"coalesce({low} <= {high}, true)" for names in ORDERED for low, high in combinations(names, 2)),
    "(measure is not null or coalesce(low, best, high) is null)",
    "(withdrawn_at is null or status = 'withdrawn')",
    "((latitude is null) = (longitude is null))",
    *(f"coalesce({_IS_A_TIME.format(name)}, true)" for name in ("began_latest", "stated_at", "recorded_at")),
    f"coalesce(epoch({_LAST}) - epoch({_FIRST}) <= {LONG.total_seconds()}, true)",
)
"""What the fields of a claim must be to each other, as its own validators have it."""
ROW_FIELDS = frozenset(chain(*ORDERED, ("measure", "status", "latitude", "longitude", "recorded_at")))
"""The fields in these rules."""


@lru_cache
def cell_query(schema: pa.Schema) -> str:
    """Write SQL of how each cell of a table `cells` is kept, and whether that is certain."""
    fields = dict(zip(schema.names, schema.types, strict=True))
    columns = ((name, _column(name, of)) for name, of in fields.items())
    asked = ", ".join(f"{kept} as {name}, {certain} as {certainty_of(name)}" for name, (kept, certain) in columns)
    cells = (f"nullif({name}, '') as {name}" if _ARROW_TYPES["text"](of) else name for name, of in fields.items())
    return f"select {asked} from (select {', '.join(cells)} from cells)"


@lru_cache
def row_query(known: frozenset[str]) -> str:
    """Write SQL of which rows of a table `cells` are certain as a whole, if each of their cells is."""
    cells = ", ".join(name if name in known else f"null as {name}" for name in sorted(ROW_FIELDS))
    return f"select coalesce({' and '.join(_ROW_RULES)}, false) as certain from (select {cells} from cells)"


def certainty_of(name: str) -> str:
    """Name the column that says whether the cells of another are certain."""
    return f"{name}_is_certain"


def keeps_plain_text(name: str) -> bool:
    """Say whether a field keeps any plain text as it stands."""
    rule = _FIELD_RULES.get(name, {}).get("text")
    return rule is not None and rule.is_text and rule.kept == "{}"


def keeps_instants(name: str) -> bool:
    """Say whether a field keeps an instant."""
    return _FIELD_RULES.get(name) is _INSTANT


def _column(name: str, of: pa.DataType) -> tuple[str, str]:
    """Write SQL of one column and its certainty; where there is no rule for it, only its empty cells are certain."""
    sort = next((sort for sort, is_of in _ARROW_TYPES.items() if is_of(of)), "")
    default, rule = _empty_value(name), _FIELD_RULES.get(name, {}).get(sort)
    if rule is None:
        return default or "null", "false" if default is None else f"{name} is null"
    kept, certain = rule.kept.replace("{}", name), rule.certain.replace("{}", name) or "true"
    if rule.pattern:
        certain += f" and regexp_full_match({name}, '{rule.pattern}') and strlen({name}) <= {LONGEST}"
    empty = "is not null and" if default is None else "is null or"
    value = f"coalesce({kept}, {default})" if default not in {None, "null"} else kept
    return value, f"coalesce({name} {empty} {certain}, false)"


def _empty_value(name: str) -> str | None:
    """Write SQL of the value that the field gives to an empty cell; None where it must not be empty."""
    field = TypeAdapter(_HINTS[name])
    try:
        said, missing = field.validate_python(""), field.validate_python(None)
    except ValidationError:
        return None
    return _literal(said) if said == missing else None


def _literal(said: object) -> str:
    match said:
        case None:
            return "null"
        case str():
            return f"'{said}'"
        case ():
            return "[]::varchar[]"
    message = f"a default that cannot be written in SQL: {said!r}"
    raise TypeError(message)


def _rules(hint: Any) -> dict[str, Rule]:  # noqa: ANN401 annotations have no type
    """Find the rules of a field, looking through what only says how an empty cell is read."""
    known = next((rules for sort, rules in _RULES if sort == hint), None)
    if known is not None:
        return known
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"text": Rule("{}", f"{{}} in ({', '.join(map(repr, map(str, hint)))})")}
    is_wrapped = get_origin(hint) in {Annotated, Union, UnionType}
    if is_wrapped and all(one is Blank or isinstance(one, Usual) for one in getattr(hint, "__metadata__", ())):
        return _rules(get_args(hint)[0])
    return {}


_HINTS = get_type_hints(NewsroomClaim, include_extras=True)
_HELD_BACK = ("embargo_until", "redact")
"""What may keep a claim in the newsroom, or a part of it: no row with such a cell is certain."""
_FIELD_RULES = {name: _rules(hint) for name, hint in _HINTS.items() if name not in _HELD_BACK}
