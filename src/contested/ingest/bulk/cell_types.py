"""Cells of a publisher's table as text, timestamps, dates and numbers, in SQL: those that can be read in one way only.

A cell that is filled and not read here leaves its row to the readers of `Line`.
"""

from collections.abc import Collection, Mapping

from contested.ingest.bulk.row_filter import PLAIN_LINES
from contested.ingest.cells.column_format import order_of_dates, separators_of
from contested.ingest.characters import LONGEST
from contested.ingest.mapping import EMPTY
from contested.ingest.options import Given
from contested.ingest.row import MISSING
from contested.ingest.sql_codebook import SqlCodebook

_BLANKS = r"e' \t\n\r'"
_FOR_NOTHING = ", ".join(f"'{word}'" for word in sorted(MISSING))
_YEAR = r"(19|20)\d\d"
_ISO_DATE = rf"{_YEAR}-\d\d-\d\d"
_ISO_MIDNIGHT = rf"{_ISO_DATE}([T ]00:00(:00(\.0+)?)?)?"
_ISO = rf"{_ISO_DATE}[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{{1,6}})?)?"
_SLASHED = rf"\d{{1,2}}/\d{{1,2}}/{_YEAR}"
_MONTH = "(January|February|March|April|May|June|July|August|September|October|November|December)"
_IN_WORDS = rf"\d{{1,2}} {_MONTH} {_YEAR}"
_CLOCKS = {
    rf"{_SLASHED} \d{{1,2}}:\d\d:\d\d [AP]M": " %I:%M:%S %p",
    rf"{_SLASHED} \d{{1,2}}:\d\d [AP]M": " %I:%M %p",
    rf"{_SLASHED} \d{{1,2}}:\d\d:\d\d": " %H:%M:%S",
    rf"{_SLASHED} \d{{1,2}}:\d\d": " %H:%M",
}
_ORDERS = {"day": "%d/%m/%Y", "month": "%m/%d/%Y"}
_FIRST, _LAST, _ZERO = (f"timestamp '{one}'" for one in ("1900-01-04", "2099-12-30", "1970-01-01"))
"""Before, after and at these, programs write times where they know none."""
_DIGITS = r"\d{1,9}"
_WITH_A_POINT = rf"{_DIGITS}\.0"
_FRACTION = r"(\.\d{1,9})?"
_GROUPED = r"[-+]?[1-9]\d{0,2}[.,]\d{3}"


def typed(book: SqlCodebook, given: Given, odd: Collection[str]) -> str:
    """Write SQL of the rows of a table `raw` whose cells can be read in one way only, the columns in their types.

    `raw` has the columns of the codebook as text, and maybe others; the letters of those in `odd` are looked at.
    """
    read = {
        **{name: _stamp(name, given) for name in book.stamps},
        **{name: _day(name, given) for name in book.days},
        **{name: _count(name, given) for name in book.counts},
        **{name: _length(name, given) for name in book.lengths},
    }
    values = ", ".join((*book.texts, *(f"{value} as {name}, {name} as {name}_words" for name, value in read.items())))
    is_read = [f"({name} is null) = ({name}_words is null)" for name in read]
    is_time = [
        f"coalesce({name} between {_FIRST} and {_LAST} and {name} <> {_ZERO}, true)"
        for name in (*book.stamps, *book.days)
    ]
    rows = f"typed as materialized (select row, {values} from texts where is_legible)"
    return f"{_texts(book, odd)}, {rows} select * from typed where {' and '.join((*is_read, *is_time)) or 'true'}"


def evidence(book: SqlCodebook, odd: Collection[str]) -> str:
    """Write SQL of what each row of a table `raw` shows of how dates and numbers are written (`column_format.learn`).

    Rows that show the same show it alike, so that the first tells all; null where what a row shows is not certain.
    """
    shown = (
        *(_date_shows(name, [_ISO], [_SLASHED, *_CLOCKS]) for name in book.stamps),
        *(_date_shows(name, [_ISO_MIDNIGHT, _IN_WORDS], [_SLASHED]) for name in book.days),
        *(_cases(name, {_DIGITS: "'-'", _WITH_A_POINT: "'.'"}, "'-'") for name in book.counts),
        *(_length_shows(name) for name in book.lengths),
    )
    return f"{_texts(book, odd)} select row, if(is_legible, {' || '.join(shown)}, null) as shown from texts"


def _texts(book: SqlCodebook, odd: Collection[str]) -> str:
    """Write SQL of a table `texts`: the columns of a codebook, and whether no letter of the row needs a second look.

    Here and below tables are materialized, since DuckDB would else work out each cell as often as it is named.
    """
    texts = ", ".join(f"{_text(name, odd)} as {name}" for name in book.columns())
    legible = [
        f"coalesce(regexp_full_match({name}, '{PLAIN_LINES}') and strlen({name}) <= {LONGEST}, true)" for name in odd
    ]
    rows = f"select row, {texts}, {' and '.join(legible) or 'true'} as is_legible from raw"
    return f"with texts as materialized ({rows})"


def _text(column: str, odd: Collection[str]) -> str:
    """Write SQL of a cell without blanks around it; null where it says nothing, also in the words of programs."""
    trimmed = f"trim({column}, {_BLANKS})" if column in odd else column
    return f"if({trimmed} in ({_FOR_NOTHING}), null, {trimmed})"


def _stamp(column: str, given: Given) -> str:
    return _cases(column, {_ISO: f"try_cast({column} as timestamp)"} | _slashed(column, given, _CLOCKS))


def _day(column: str, given: Given) -> str:
    plain = {_ISO_MIDNIGHT: f"try_cast({column}[:10] as timestamp)", _IN_WORDS: f"try_strptime({column}, '%d %B %Y')"}
    return f"{_cases(column, plain | _slashed(column, given, {_SLASHED: ''}))}::date"


def _slashed(column: str, given: Given, clocks: Mapping[str, str]) -> dict[str, str]:
    """Write SQL of dates that slashes part, where it is known whether their day or their month is first."""
    order = _ORDERS.get(order_of_dates(given, column).first or "")
    return {pattern: f"try_strptime({column}, '{order}{clock}')" for pattern, clock in clocks.items() if order}


def _count(column: str, given: Given) -> str:
    number = f"split_part({column}, '.', 1)::bigint"
    is_thousands = "." in separators_of(given, column).thousands
    return _cases(column, {_DIGITS: number} | ({} if is_thousands else {_WITH_A_POINT: number}))


def _length(column: str, given: Given) -> str:
    """Write SQL of a length in digits, with a fraction where its column shows that a point begins one."""
    mark = given.decimal_mark or given.learnt.get("decimals", {}).get(column)
    return _cases(column, {rf"\d{{1,6}}{_FRACTION if mark == '.' else ''}": f"{column}::double"})


def _length_shows(column: str) -> str:
    """Write SQL of which marks are in a length, how often, and whether they may part thousands."""
    empty = ", ".join(f"'{word}'" for word in sorted(EMPTY))
    marks = f"regexp_replace({column}, '[^.,]', '', 'g')[:3]"
    return f"if(lower({column}) in ({empty}), '-', coalesce({marks} || regexp_full_match({column}, '{_GROUPED}'), '-'))"


def _date_shows(column: str, silent: Collection[str], slashed: Collection[str]) -> str:
    """Write SQL of whether the first part and the second can be months; each must be able to be a day."""
    parts = (f"split_part({column}, '/', {part})::int" for part in (1, 2))
    months = " || ".join(
        f"case when {part} between 1 and 12 then 'm' when {part} between 13 and 31 then 'd' end" for part in parts
    )
    return _cases(column, {"|".join(silent): "'-'", "|".join(slashed): f"({months})"}, "'-'")


def _cases(column: str, values: Mapping[str, str], nothing: str = "null") -> str:
    """Write SQL of the value of the first pattern that a cell matches, and of one that says nothing."""
    cases = " ".join(f"when regexp_full_match({column}, '{pattern}') then {value}" for pattern, value in values.items())
    return f"case when {column} is null then {nothing} {cases} end"
