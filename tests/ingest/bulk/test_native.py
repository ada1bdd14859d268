"""Read by columns or row by row, each row of a table comes to the same verdict, and the claims are the same."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from itertools import count
from typing import get_type_hints

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import SIX, fields, table
from tests.conftest import dealt
from tests.ingest.bulk.both_ways import judged, same

from contested import Claim, open_story
from contested import read as read_file
from contested.ingest.bulk import by_columns, by_rows, validated
from contested.ingest.bulk.batches import Batch, OddTableError
from contested.ingest.bulk.partition import Source, partitioned
from contested.ingest.bulk.plain_text import plain_instants
from contested.ingest.codebooks import native
from contested.ingest.options import Given
from contested.ingest.reader import LARGE, opened
from contested.ingest.sandbox import CLAIMS, examine_in_sandbox
from contested.library import brought
from contested.model.arrow_schema import to_arrow
from contested.model.claim import NewsroomClaim
from contested.model.problem import UnreadableFileError

HINTS = get_type_hints(NewsroomClaim, include_extras=True)
FIELDS = list(NewsroomClaim.model_fields)
SOON = (datetime.now(UTC) + timedelta(days=1)).isoformat()
WORDS = [
    *(
        "",
        " ",
        "north",
        " north",
        "north ",
        "\tnorth",
        "no\tne",
        "no\nne",
        "\n",
        "north\r\n",
        "a, b",
        'say "no"',
        '"',
        "'",
    ),
    *(
        "Масанчи",
        " Масанчи",
        "Масанчи\u00a0",
        "no\u00a0one",
        "\u2003",
        "\u200b",
        "\u200bnorth",
        "\ufeffnorth",
        "é",
        "e\u0301",
    ),
    *(
        "👍",
        "👨‍👩‍👧",
        "\u202enorth",
        "\u2066a",
        "a\u0085",
        "\x00",
        "\x01",
        "a\x1b[31m",
        "a\x7f",
        "\ufffe",
        "\u2028",
        "İ",
        "ß",
    ),
    *(
        "x" * 20_000,
        "x" * 20_001,
        "é" * 10_001,
        "=1+1",
        "NULL",
        "nan",
        "None",
        "NA",
        "null",
        "[]",
        "{}",
        "a;b",
        "a|b",
        "#",
    ),
]
TIMES = [
    *(
        "2020-02-07T17:00+06:00",
        "2020-02-07 17:00+06:00",
        "2020-02-07T17:00Z",
        "2020-02-07T17:00:30Z",
        "2020-02-07T11:00z",
    ),
    *(
        "2020-02-07T17:00:30.5Z",
        "2020-02-07T17:00:30.123Z",
        "2020-02-07T17:00:30.123456Z",
        "2020-02-07T17:00:30.1234567Z",
    ),
    *(
        "2020-02-07T17:00",
        "2020-02-07",
        "2020-02-30T17:00Z",
        "2020-02-29T17:00Z",
        "2021-02-29T17:00Z",
        "2020-13-07T17:00Z",
    ),
    *("2020-02-07T24:00Z", "2020-02-07T23:60Z", "2020-02-07T23:59:60Z", "2020-02-07T17:00+0600", "2020-02-07T17:00+06"),
    *("2020-02-07T17:00+14:00", "2020-02-07T17:00+15:00", "2020-02-07T17:00+23:59", "2020-02-07T17:00-00:00"),
    *(
        "2020-02-07T17:00+24:00",
        "2020-02-07T17:00+06:60",
        "2020-02-07T17:00 +06:00",
        " 2020-02-07T17:00Z",
        "2020-02-07T17:00Z ",
    ),
    *("1970-01-01T00:00Z", "1970-01-01T06:00+06:00", "1900-01-01T00:00Z", "1899-12-30T08:00Z"),
    *("0001-01-01T00:00Z", "9999-12-31T23:59Z", "1900-01-01T00:00+14:00", "1899-12-31T23:59Z", "2100-01-01T00:00Z"),
    *(
        "20200207T1700Z",
        "2020-W06-5T17:00Z",
        "2020-038T17:00Z",
        "1581073200",
        "٢٠٢٠-02-07T17:00Z",
        "infinity",
        "epoch",
        "now",
    ),
    *("2020-02-07T17:00 Asia/Almaty", "2020-02-07T17:00 UTC", "2020-02-07T17Z", "2020-2-7T17:00Z", SOON),
]
NUMBERS = [
    *(
        "0",
        "7",
        "10",
        "010",
        "00000000007",
        " 7",
        "7 ",
        "-0",
        "-1",
        "+7",
        "7.0",
        "7.5",
        "1e3",
        "1_0",
        "1,000",
        "٣",
        "²",
        "0x10",
    ),
    *(
        "8299999999",
        "8300000000",
        "9223372036854775808",
        "inf",
        "nan",
        "42.9",
        "-42.93",
        "90",
        "90.0001",
        "-90",
        "180",
        "-181",
    ),
    *(
        "042.9",
        "42.",
        ".5",
        "-.5",
        "42.123456789012345",
        "42.1234567890123456789",
        "1e-5",
        "999",
        "1000",
        "0.1",
        "0.30000000000000004",
    ),
]
LISTED = [
    *("clash", "Clash", "clash ", "war", "asserts", "stated", "killed", "event", "certain", "standing", "withdrawn"),
    *(
        "Asia/Almaty",
        "asia/almaty",
        "ALMT",
        "UTC",
        "Z",
        "../etc/passwd",
        "Asia/Almaty ",
        "posixrules",
        "k1;k2",
        "k1; k2 ;",
        ";",
        " ; ",
        "k1;\u00a0k2",
    ),
    *("true", "false", "False", "FALSE", "yes", "no", "0", "1", "off", "speaker", "speaker;via", "claim_id", "k0"),
]
CELLS = [*dict.fromkeys([*WORDS, *TIMES, *NUMBERS, *LISTED])]
WRITTEN = [cell for cell in CELLS if "\x00" not in cell and cell != "north\r\n"]
"""What CSV can hold in one way only."""
ROOMY = fields(measure="killed", low="1", best="2", high="3", latitude="42.9", longitude="75.3", status="withdrawn")


ONE_OF_EACH = sorted({repr(hint): name for name, hint in HINTS.items()}.values())


def parquet(path, cells):
    pq.write_table(cells if isinstance(cells, pa.Table) else pa.Table.from_pylist(cells), path)
    return path


def text(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def every_cell(cells, base):
    """Put each cell into each field, in a row of its own."""
    numbers = count()
    return [
        {**dict.fromkeys(FIELDS, ""), **base, "claim_id": f"k{next(numbers)}", name: cell}
        for name in FIELDS
        for cell in cells
    ]


def test_what_lasts_for_years_is_flagged_on_either_road(tmp_path):
    ends = ("2001-12-31T23:59Z", "2002-01-01T00:00Z", "2002-01-01T00:01Z", "2099-01-01T00:00Z")
    begun = {"began_earliest": "2000-01-01T00:00Z", "began_latest": "2000-01-01T00:00Z"}
    cells = [SIX | begun | {"claim_id": f"k{number}", "ended_latest": end} for number, end in enumerate(ends)]

    _, _, problems, rows, accepted = same(table(tmp_path / "claims.csv", *cells))

    assert [(problem.row, problem.code) for problem in problems] == [(4, "W-SPAN"), (5, "W-SPAN")]
    assert rows == accepted == 4


# Every field, every cell


@pytest.mark.parametrize("base", [SIX, ROOMY], ids=["six words", "many words"])
def test_any_cell_of_any_field_comes_to_the_same_verdict(tmp_path, base):
    cells = every_cell(WRITTEN, base)

    _, _, problems, rows, accepted = same(table(tmp_path / "claims.csv", *cells))

    assert rows == len(cells)
    assert 0 < accepted < rows
    refused = {problem.row for problem in problems if problem.code != "withheld"}
    assert len(refused) == rows - accepted


@pytest.mark.parametrize(
    ("form", "base"),
    [
        (pa.string(), SIX),
        (pa.dictionary(pa.int32(), pa.string()), ROOMY),
        pytest.param(pa.string(), ROOMY, marks=pytest.mark.long),
        pytest.param(pa.large_string(), SIX, marks=pytest.mark.long),
        pytest.param(pa.large_string(), ROOMY, marks=pytest.mark.long),
        pytest.param(pa.dictionary(pa.int32(), pa.string()), SIX, marks=pytest.mark.long),
    ],
    ids=lambda one: ("many words" if one is ROOMY else "six words") if isinstance(one, dict) else str(one),
)
def test_any_text_of_a_parquet_file_comes_to_the_same_verdict(tmp_path, form, base):
    cells = pa.Table.from_pylist(every_cell([*CELLS, None], base))
    cells = cells.cast(pa.schema([(name, pa.string() if name == "claim_id" else form) for name in FIELDS]))

    assert same(parquet(tmp_path / "claims.parquet", cells))[3] == len(cells)


NOON = datetime(2020, 2, 7, 12, tzinfo=UTC)
ALMATY = timezone(timedelta(hours=6))
TYPED = {
    "whole": pa.array([0, 7, -1, 90, 999, 2**62, None], pa.int64()),
    "small": pa.array([0, 7, 200, None], pa.uint8()),
    "large": pa.array([0, 2**63 + 1, None], pa.uint64()),
    "number": pa.array([0.0, -0.0, 7.0, 42.93, 90.5, -181.0, 1e300, float("nan"), float("inf"), None], pa.float64()),
    "half": pa.array([0.1, 42.9, None], pa.float32()),
    "decimal": pa.array([Decimal("42.9"), None]),
    "truth": pa.array([True, False, None]),
    "moment": pa.array(
        [NOON, datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC), None], pa.timestamp("us", "UTC")
    ),
    "second": pa.array([NOON, None], pa.timestamp("s", "Asia/Almaty")),
    "fine": pa.array([NOON, None], pa.timestamp("ns", "+06:00")),
    "naive": pa.array([datetime(2020, 2, 7, 12), None], pa.timestamp("us")),  # noqa: DTZ001 that is the case
    "day": pa.array([NOON.date(), None]),
    "list": pa.array([["k0"], ["k0", "k1"], [], [" k0 "], [""], ["\u202e"], ["k0", None], ["x" * 20_001], None]),
    "numbers": pa.array([[7], [], None]),
    "bytes": pa.array([b"north", b"\xff", None]),
    "large text": pa.array(["north", "", None], pa.large_string()),
    "listed": pa.array(["north", "clash", "", " ", "2020-02-07T17:00Z", "7", None] * 9).dictionary_encode(),
    "nothing": pa.nulls(3),
    "parts": pa.array([{"a": "b"}, None]),
}


@pytest.mark.parametrize(("kind", "name"), dealt(TYPED, ONE_OF_EACH, len(ONE_OF_EACH) // 2))
def test_any_type_of_a_column_comes_to_the_same_verdict(tmp_path, name, kind):
    cells = TYPED[kind]
    columns = {column: pa.array([word] * len(cells)) for column, word in ROOMY.items()}
    ids = {"claim_id": pa.array([f"k{number}" for number in range(len(cells))])}

    with suppress(OddTableError):  # ids that are no words
        same(parquet(tmp_path / "claims.parquet", pa.table(columns | ids | {name: cells})))


@pytest.mark.parametrize("written", TIMES, ids=map(str, range(len(TIMES))))  # one of them is of this moment
def test_a_column_of_times_is_read_as_python_reads_each_or_left_to_the_row_filter(written):
    read = plain_instants(pa.chunked_array([[written, None], [written]]))

    assert read is None or read.to_pylist() == [datetime.fromisoformat(written), None, datetime.fromisoformat(written)]


@pytest.mark.parametrize(
    "written", ["2020-02-07T17:00Z", "2020-02-07 17:00:05Z", "2020-02-07T17:00+06:00", "2020-02-07 17:00:05-03:30"]
)
def test_a_column_of_times_as_most_are_written_is_read_at_once(written):
    words = pa.array([written, "2020-02-07T17:00Z", None])

    assert plain_instants(pa.chunked_array([words])) is not None
    assert plain_instants(pa.chunked_array([words.dictionary_encode()])) is not None
    assert plain_instants(pa.chunked_array([words, [f" {written}"]])) is None


def test_no_letter_is_certain_that_a_claim_refuses_or_leaves_out(tmp_path):
    letters = [
        chr(number) for number in range(0x110000) if not 0xD800 <= number < 0xE000 and chr(number) not in "\r\x00"
    ]
    rows = [{**SIX, "claim_id": f"k{number}", "account": letter} for number, letter in enumerate(letters[:0x3100])]

    same(table(tmp_path / "claims.csv", *rows))


# Tables as they are written


def lines(*rows, end="\n", between=","):
    return end.join(between.join(row) for row in rows) + end


HEAD, NIGHT = tuple(SIX), tuple(SIX.values())
SECOND, THIRD = (("k2", *NIGHT[1:]), ("k3", *NIGHT[1:]))
PLAIN = {
    "unix": lines(HEAD, NIGHT, SECOND),
    "windows": lines(HEAD, NIGHT, SECOND, end="\r\n"),
    "no end": lines(HEAD, NIGHT, SECOND).removesuffix("\n"),
    "marked": "\ufeff" + lines(HEAD, NIGHT, SECOND),
    "semicolons": lines(HEAD, NIGHT, SECOND, between=";"),
    "tabs": lines(HEAD, NIGHT, SECOND, between="\t"),
    "quoted": lines(HEAD, (*NIGHT[:5], '"They said ""no"", and fought,\nall night"'), SECOND),
    "quoted headings": lines([f'"{name}"' for name in HEAD], NIGHT),
    "spaced headings": lines([f" {name} " for name in HEAD], NIGHT),
    "blank lines": lines(HEAD, NIGHT, [], [""] * 6, [" "] * 6, SECOND, [], []),
    "too few cells": lines(HEAD, NIGHT, ["k0", "night"], SECOND, ["k9"], THIRD),
    "too many cells": lines(HEAD, NIGHT, (*NIGHT, "more"), (*SECOND, "", " "), THIRD),
    "our remarks": lines((*HEAD, "row in the file", "what is wrong"), (*NIGHT, "2", "kind"), (*SECOND, "", "")),
    "other letters": lines(HEAD, ("к1", *NIGHT[1:5], "Они дрались."), ("К1", *NIGHT[1:]), SECOND),
    "ids again": lines(HEAD, NIGHT, NIGHT, SECOND, (" K1", *NIGHT[1:]), ("k1", *NIGHT[1:5], "So."), THIRD),
    "an id of a refused row": lines(HEAD, (*NIGHT[:3], "war", *NIGHT[4:]), NIGHT, NIGHT),
}
ODD = {
    "old Macintosh": lines(HEAD, NIGHT, SECOND, end="\r"),
    "mixed ends": lines(HEAD, NIGHT) + lines(SECOND, end="\r"),
    "a quotation mark inside": lines(HEAD, (*NIGHT[:5], 'They said "no".'), SECOND),
    "words behind a quotation": lines(HEAD, (*NIGHT[:5], '"They" fought.'), SECOND),
    "another mark before a quotation": lines(HEAD, (*NIGHT[:5], 'They;"fought"'), SECOND),
    "never closed": lines(HEAD, NIGHT, ("k2", '"night', *NIGHT[2:]), THIRD),
    "nothing": lines(HEAD, (*NIGHT[:5], "They\x00fought")),
    "named mark": "sep=;\n" + lines(HEAD, NIGHT, between=";"),
    "line above": "\n" + lines(HEAD, NIGHT),
    "blank heading": lines((*HEAD, ""), (*NIGHT, "")),
    "western": lines(HEAD, (*NIGHT[:5], "café")).encode("cp1252"),
    "wide": lines(HEAD, NIGHT).encode("utf-16"),
    "half a letter": lines(HEAD, NIGHT).encode() + b"k2,\xd0",
    "a stranger's column": lines((*HEAD, "colour"), (*NIGHT, "red")),
    "a column too few": lines(HEAD[:5], NIGHT[:5]),
    "headings alone": lines(HEAD),
}


@pytest.mark.parametrize("written", PLAIN)
def test_a_text_that_reads_in_one_way_is_read_by_its_columns(tmp_path, written):
    same(text(tmp_path / "claims.csv", PLAIN[written]))


@pytest.mark.parametrize("written", ODD)
def test_a_text_that_might_be_read_in_two_ways_is_read_row_by_row(tmp_path, written):
    path = text(tmp_path / "claims.csv", ODD[written])

    try:
        told = opened(path, Given(path.name))
    except UnreadableFileError:
        return
    with pytest.raises(OddTableError):
        list(by_columns(told))


def test_an_encoding_that_a_person_chose_is_read_row_by_row(tmp_path):
    path = text(tmp_path / "claims.csv", PLAIN["unix"])

    with pytest.raises(OddTableError):
        list(by_columns(opened(path, Given(path.name, encoding="cp1251"))))


MANY = 11_000
"""Rows that fill one batch and begin another; each is so long that all are a large file."""


def many(ending="So it was they said and so it had been the whole of the night before and of the day."):
    return [{**SIX, "claim_id": f"k{number}", "summary": ending} for number in range(MANY)]


def test_a_large_text_in_several_pieces_keeps_its_rows_in_order(tmp_path, monkeypatch):
    monkeypatch.setattr("contested.ingest.bulk.record_splits._SIZE", 100_000)
    rows = many('They said "no",\nand fought.')
    rows[7]["kind"] = rows[9_999]["kind"] = rows[-1]["kind"] = "war"
    rows[10_500]["claim_id"] = "K3"

    claims, numbers, problems, told, accepted = same(table(tmp_path / "claims.csv", *rows))

    assert [problem.row for problem in problems] == [9, 10_001, 10_502, MANY + 1]
    assert (told, accepted, len(claims)) == (MANY, MANY - 4, MANY - 4)
    assert numbers == sorted(numbers)


def test_lines_with_too_many_cells_cost_no_others_their_columns(tmp_path):
    content = lines(HEAD, *([f"k{number}", *NIGHT[1:]] for number in range(MANY))).splitlines(keepends=True)
    content[5_000] = content[5_000].replace("\n", ",more\n")
    content.insert(10_500, "\n")

    _, _, [problem], told, accepted = same(text(tmp_path / "claims.csv", "".join(content)))

    assert (problem.code, problem.row) == ("E-CSV-WIDTH", 5001)
    assert (told, accepted) == (MANY, MANY - 1)


def test_a_large_file_is_judged_as_a_small_one_is(tmp_path):
    rows = many()
    rows[100]["best"] = "dozens"
    path = table(tmp_path / "claims.csv", *rows)

    assert path.stat().st_size >= LARGE
    assert judged(validated, path) == judged(by_rows, path)


def test_an_odd_file_is_judged_however_large_it_is(tmp_path):
    path = text(tmp_path / "claims.csv", lines(HEAD, *(map(str, row.values()) for row in many()), end="\r"))

    assert path.stat().st_size >= LARGE
    assert judged(validated, path)[3:] == (MANY, MANY)


def large(path, *more):
    rows = many()
    rows[100]["best"] = "dozens"
    rows[200]["sensitive"] = "yes"
    return table(path, *rows, *({**SIX, **row} for row in more))


REFERRING = (
    {"claim_id": "m1", "supersedes": "k1; k2"},
    {"claim_id": "m2", "supersedes": "k3", "account": "south"},
    {"claim_id": "m3", "part_of": "nowhere"},
    {"claim_id": "m4", "corrects": "k200"},
)


def test_a_large_file_brings_to_a_record_what_a_story_of_it_holds(tmp_path):
    path = large(tmp_path / "claims.csv", *REFERRING)
    story = open_story(path, for_newsroom=True)

    brings, read = brought(path)

    assert brings.claims == story.claims
    assert read.problems == story.problems
    assert [problem.row for _, problem in read.problems] == [102, 202, MANY + 3, MANY + 4], (
        "m4 corrects a row that editors alone see"
    )
    assert (brings.story, brings.dataset, brings.refused) == (story.name, "claims.csv", 1)


def test_a_large_file_is_examined_as_its_rows_are_judged(tmp_path):
    path, keep = large(tmp_path / "claims.csv"), tmp_path / CLAIMS

    found = examine_in_sandbox(path, Given(path.name), into=tmp_path)

    assert (found.rows, found.accepted, found.rejected, found.claims) == (MANY, MANY - 1, 1, MANY - 1)
    assert list(found.problems) == judged(by_rows, path)[2]
    with pa.OSFile(str(keep)) as file:
        kept = pa.ipc.open_file(file).read_all()
    assert kept == to_arrow(one for one in read_file(path) if isinstance(one, Claim))


# Parquet


@pytest.mark.parametrize("step", [13_022, pytest.param(1_703, marks=pytest.mark.long)])
def test_a_parquet_file_that_was_cut_off_inside_is_refused_both_ways(tmp_path, step):
    path = parquet(tmp_path / "claims.parquet", many())
    whole = path.read_bytes()
    for place in range(len(whole) // 3, len(whole) - 4000, step):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with suppress(OddTableError, UnreadableFileError):
            same(path)


def test_one_long_word_in_many_rows_is_refused_both_ways(tmp_path):
    rows = {name: [word] * 1000 for name, word in SIX.items()} | {"claim_id": [f"k{one}" for one in range(1000)]}
    word = pa.DictionaryArray.from_arrays(pa.array([0] * 1000), ["x" * 1_000_000])
    pq.write_table(pa.table(rows | {"place": word}), tmp_path / "claims.parquet", store_schema=False)

    [[problem]] = [same(tmp_path / "claims.parquet")[0]]

    assert problem.code == "E-FILE-EXPANDS"


# What the row filter knows of a claim


def test_the_row_filter_knows_every_rule_that_a_claim_has_as_a_whole():
    known = {
        "_bounds_are_in_order",
        "_times_are_times",
        "_what_belongs_together_comes_together",
        "_only_what_may_be_empty_is_redacted",
    }

    decorated = NewsroomClaim.__pydantic_decorators__
    assert set(decorated.model_validators) == known
    assert not decorated.field_validators


FULL = {
    **dict.fromkeys(FIELDS, "word"),
    **{name: next(iter(hint)) for name, hint in HINTS.items() if isinstance(hint, type)},
    "groups": "",
    "stance": "denies",
    "same_event": "likely",
    "status": "withdrawn",
    "time_basis": "stated",
    "scope": "event",
    "measure": "killed",
    "low": "1",
    "best": "2",
    "high": "3",
    "zone": "Asia/Almaty",
    "sensitive": "false",
    "began_earliest": "2020-02-07T17:00+06:00",
    "began_latest": "2020-02-07T18:00+06:00",
    "ended_earliest": "2020-02-08T05:00+06:00",
    "ended_latest": "2020-02-08 06:00:00.000Z",
    "stated_earliest": "2020-02-08T06:00Z",
    "stated_at": "2020-02-08T07:00Z",
    "withdrawn_at": "2020-02-09T07:00Z",
    "recorded_at": "2020-02-10T07:00Z",
    "latitude": "42.9",
    "longitude": "75.3",
    "radius_km": "2",
    "supersedes": "k0; k9",
    "embargo_until": "",
    "redact": "",
}


def certain(**said):
    """Say whether the row filter is certain of a row."""
    cells = pa.Table.from_pylist([{name: cell or None for name, cell in (FULL | said).items()}])
    with duckdb.connect() as database:
        source = Source(native.SQL, {"claim_id": "claim_id"}, Given("claims.csv"))
        return partitioned(database, source, Batch(2, cells), np.empty(0, np.int64)).certain.all()


def test_a_row_in_which_everything_is_said_plainly_is_certain():
    assert certain()


@pytest.mark.parametrize("name", FIELDS)
def test_in_any_field_something_is_not_certain(name):
    assert not certain(**{name: "\x1b"})


def test_what_may_keep_a_claim_in_the_newsroom_is_never_certain():
    assert not certain(embargo_until="2020-02-07T17:00Z")
    assert not certain(redact="speaker")
    assert not certain(sensitive="true")


@pytest.mark.parametrize(
    "said",
    [
        {"began_latest": "2020-02-07T16:59+06:00"},
        {"ended_earliest": "2020-02-07T10:59Z"},
        {"best": "4"},
        {"low": "", "high": "1"},
        {"stated_at": "2020-02-08T05:59Z"},
        {"stated_at": "", "withdrawn_at": "2020-02-08T05:59Z"},
        {"measure": ""},
        {"status": ""},
        {"longitude": ""},
        {"label": "x" * 31},
    ],
    ids=str,
)
def test_what_does_not_belong_together_is_not_certain(said):
    assert not certain(**said)


# Whole rows drawn at random

GOOD = {
    "kind": st.sampled_from(["clash", "call", "casualties"]),
    "began_earliest": st.sampled_from(["", "2020-02-07T17:00+06:00", "2020-02-07T11:30Z"]),
    "began_latest": st.sampled_from(["", "2020-02-07T18:00+06:00", "2020-02-07T11:00Z"]),
    "ended_earliest": st.sampled_from(["", "2020-02-07T19:00+06:00", "2020-02-07T10:59Z"]),
    "ended_latest": st.sampled_from(["", "2020-02-07T20:00+06:00", "2020-02-07T11:00:00.500Z"]),
    "stated_earliest": st.sampled_from(["", "2020-02-08T00:00Z"]),
    "stated_at": st.sampled_from(["", "2020-02-08T05:00+06:00", "2020-02-08T07:00+06:00"]),
    "withdrawn_at": st.sampled_from(["", "2020-02-08T06:00+06:00"]),
    "status": st.sampled_from(["", "standing", "withdrawn"]),
    "measure": st.sampled_from(["", "killed"]),
    **dict.fromkeys(("low", "best", "high"), st.sampled_from(["", "0", "7", "8"])),
    **dict.fromkeys(("latitude", "longitude"), st.sampled_from(["", "42.9"])),
    "supersedes": st.sampled_from(["", "k1", "k1;k2"]),
    "sensitive": st.sampled_from(["", "false", "true"]),
    "redact": st.sampled_from(["", "", "speaker"]),
}
IDS = st.sampled_from(
    ["k1", "k2", "K2", " k2", "k3", "straße", "STRASSE", "К1", "к1", "K4", "\u212a4", *map(str, range(9))]
)
rows = st.fixed_dictionaries(
    {name: st.just(word) for name, word in SIX.items()}
    | {"claim_id": IDS, "account": st.sampled_from(["north", "north", *WRITTEN])}
    | {"place": st.sampled_from(["", *WRITTEN]), "summary": st.sampled_from(["So.", " So\n", "", "\u00a0"])}
    | GOOD
)
slowly = settings(
    max_examples=settings().max_examples // 3,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@slowly
@given(st.lists(rows, min_size=1, max_size=30))
def test_rows_of_a_text_come_to_the_same_verdict_in_the_same_order(tmp_path_factory, told):
    path = table(tmp_path_factory.getbasetemp() / "any-rows.csv", *told)

    same(path)


@slowly
@given(st.lists(rows, min_size=1, max_size=30))
def test_rows_of_a_parquet_file_come_to_the_same_verdict_in_the_same_order(tmp_path_factory, told):
    cells = [{name: word or None for name, word in row.items()} for row in told]

    same(parquet(tmp_path_factory.getbasetemp() / "any-rows.parquet", cells))
