"""More files as they come from newsrooms, each one row apart from a good one; `files` writes them, with what to find.

A case names its file, the cells that differ from a good row, and the findings as (code, column); a finding of the row
stands in row 3, between two good rows. Whole files are written as bytes.
"""

import gzip
import json
from typing import NamedTuple

GOOD = {
    "record_id": "K-001",
    "account": "dungan",
    "source_name": "Vlast interview, H. Daurov",
    "source_url": "https://example.org/a",
    "event_type": "clash",
    "place": "Masanchi",
    "lat": "42.928",
    "lon": "75.293",
    "start": "2020-02-07T17:00+06:00",
    "end": "2020-02-08T05:00+06:00",
    "tz": "Asia/Almaty",
    "killed_low": "8",
    "killed_best": "10",
    "killed_high": "11",
    "wounded_low": "",
    "wounded_best": "178",
    "wounded_high": "",
    "status": "published",
    "embargo_until": "",
    "recorded_at": "2020-02-11T09:00+06:00",
    "text": "Clashes continued into the night.",
}


class Case(NamedTuple):
    """A file, what must be found in it, and how many rows are accepted; none where it is refused as a whole."""

    name: str
    content: bytes
    expect: frozenset[tuple[str, int | None, str | None]]
    accepted: int | None


def _csv(*rows, delimiter=",", end="\r\n", encoding="utf-8"):
    names = list(rows[0])
    lines = [delimiter.join(names)]
    lines += [delimiter.join(_quoted(row.get(name, ""), delimiter) for name in names) for row in rows]
    return end.join([*lines, ""]).encode(encoding)


def _quoted(cell, delimiter):
    return '"' + cell.replace('"', '""') + '"' if any(one in cell for one in (delimiter, '"', "\n", "\r")) else cell


def _row(number, **cells):
    return GOOD | {"record_id": f"K-{number:03}"} | cells


def _between(name, found, **cells):
    """Put a row between two good ones; it is refused where a finding is an error."""
    rows = [_row(1), _row(2, **cells), _row(3)]
    names = dict.fromkeys(column for row in rows for column in row)
    content = _csv(*({**dict.fromkeys(names, ""), **row} for row in rows))
    errors = any(code.startswith("E-") for code, _ in found)
    return Case(f"{name}.csv", content, frozenset((code, 3, column) for code, column in found), 2 if errors else 3)


def _file(name, content, accepted, *found):
    return Case(name, content, frozenset(found), accepted)


def _one(name, code, column, *values, **also):
    """Make a case for each value of one column."""
    found = [(code, column)] if code else []
    return [_between(f"{name}-{number}", found, **{column: value}, **also) for number, value in enumerate(values, 1)]


def _times():
    free = {"end": "", "killed_low": ""}
    yield from _one(
        "no-zone", "E-TZ-NONE", "start", "2020-02-07T17:00", "2020-02-07 17:00:30", "2020-02-07 about 5 p.m.", tz=""
    )
    yield from _one(
        "no-such-zone", "E-TZ-NAME", "tz", "Asia/Almatyy", "Mars/Olympus", "../etc/passwd", "UTC+6", "+06:00"
    )
    yield from _one("zone-abbreviated", "E-TZ-ABBREV", "tz", "ALMT", "CST", "EST")
    yield from _one(
        "clock-abbreviated", "E-TZ-ABBREV", "start", "2020-02-07 17:00 IST", "2020-02-07 5 p.m. EST", **free
    )
    yield from _one(
        "gap", "E-TZ-GAP", "start", "2020-03-29T02:30", end="", tz="Europe/Berlin", recorded_at="2020-04-01T09:00Z"
    )
    yield from _one(
        "fold",
        "E-TZ-AMBIGUOUS",
        "start",
        "2020-11-01T01:30",
        end="",
        tz="America/New_York",
        recorded_at="2020-12-01T09:00Z",
    )
    yield from _one("offset", "W-TZ-OFFSET", "start", "2020-02-07T17:00+05:00")
    yield from _one(
        "no-such-time", "E-TIME", "start", "2020-13-07T17:00+06:00", "2021-02-29T17:00+06:00", "2020-02-07T24:01+06:00"
    )
    yield from _one(
        "no-such-clock", "E-TIME", "start", "2020-02-07T17:60+06:00", "2020-02-07T17:00:60+06:00", "0000-02-07T17:00Z"
    )
    yield from _one(
        "no-time", "E-TIME", "start", "soon", "202", "2020-02-07 17", "2020-02-07T17:00+06:00 approx", "x" * 101
    )
    yield from _one("no-date", "E-TIME-NODATE", "start", "5", "5 p.m.", "17.00", "about 5-6 p.m.", "overnight")
    yield from _one("serial", "E-DATE-SERIAL", "start", "43868", "43868.75")
    yield from _one("epoch", "E-TIME-EPOCH", "start", "1581073200", "1581073200000")
    yield from _one(
        "other-digits", "E-TIME-DIGITS", "start", "२०२०-०२-०७T17:00+06:00", "\uff12\uff10\uff12\uff10-02-07T17:00+06:00"
    )
    yield from _one("two-readings", "E-DATE-AMBIGUOUS", "start", "07/02/2020 17:00", "07-02-2020", "07/02/20")
    yield from _one("no-order", "E-TIME", "start", "31/31/2020", "31.31.2020", "2.13.2020 17:00")
    yield from _one("one-reading", "W-DATE-ORDER", "start", "31/01/2020 17:00", "01/31/2020 17:00")
    yield from _one(
        "range", "E-TIME-RANGE", "start", "2020-02-07 17:00-18:00", "2020-02-07 05:00-06:00", "7 February 2020, 5-6 pm"
    )
    yield from _one(
        "vague", "W-TIME-VAGUE", "start", "2020-02-07 about 5-6 p.m.", "2020-02-07 overnight", "7 February 2020", **free
    )
    yield from _one("ago", "W-TIME-VAGUE", "start", "three days ago", "yesterday", "4 days ago, evening", **free)
    yield _between("ago-from-when", [("E-TIME-NODATE", "start")], start="three days ago", recorded_at="", **free)
    yield _between("end-first", [("E-TIME-ORDER", "end")], end="2020-02-06T05:00+06:00")
    yield _between(
        "bounds-crossed",
        [("E-TIME-ORDER", "start_latest")],
        start="",
        start_earliest="2020-02-07T18:00Z",
        start_latest="2020-02-07T17:00Z",
    )
    yield _between("given-twice", [("E-TIME-TWICE", "start")], start_earliest="2020-02-07T11:00Z")
    yield _between("told-before", [("E-TIME-REPORTED", "recorded_at")], recorded_at="2020-02-07T16:59+06:00")
    yield _between("future", [("E-TIME-FUTURE", "recorded_at")], recorded_at="2999-02-07T16:59+06:00")
    yield _between("long-ago", [("W-TIME-OLD", "start")], start="1820-02-07T17:00Z", end="")


def _counts():
    yield from _one("below-zero", "E-NUM-NEG", "killed_best", "-1", "−1", "- 3", killed_low="", killed_high="")
    yield from _one("bound", "E-NUM-BOUND", "killed_best", ">10", "≥ 10", "<10", "10 +", killed_low="", killed_high="")
    yield from _one("between", "E-NUM-RANGE", "killed_best", "10–12", "10 — 12", killed_low="", killed_high="")
    yield from _one(
        "crowd",
        "E-NUM-WORDS",
        "killed_best",
        "scores",
        "several",
        "hundreds",
        "a few",
        "many dead",
        killed_low="",
        killed_high="",
    )
    yield from _one("in-words", "E-NUM-WORDS", "killed_best", "ten", "Twelve", killed_low="", killed_high="")
    yield from _one(
        "unsaid",
        "E-NUM-AMBIGUOUS",
        "killed_best",
        "n/a",
        "?",
        "none",
        "NULL",
        "nan",
        "—",
        killed_low="",
        killed_high="",
    )
    yield from _one("separated", "E-NUM-SEPARATOR", "wounded_best", "1,000", "12.000")
    yield from _one("thousands", "W-NUM-SEPARATOR", "wounded_best", "1,200", "1.200", "1 200", "1'200", "1\u00a0000")
    yield from _one("several", "E-NUM-SEVERAL", "wounded_best", "10 [1]", "12/15", "10 men, 3 boys", "5-6 thousand")
    yield from _one(
        "no-count",
        "E-NUM",
        "killed_best",
        "1e3",
        "0x10",
        "+10",
        "10*",
        "١٠",
        "\uff11\uff10",
        "½",
        "10.5",
        "9" * 12,
        "1" * 5000,
    )
    yield from _one("out-of-order", "E-NUM-ORDER", "killed_high", "9", "7")
    yield from _one("low-over-best", "E-NUM-ORDER", "killed_best", "7")
    yield from _one("bound-in-words", "E-NUM-BOUND", "killed_low", "at least 8")
    yield from _one("bound-twice", "E-NUM-BOUND", "killed_best", "at least 9")
    yield from _one(
        "as-said",
        "W-NUM-VAGUE",
        "wounded_best",
        "at least 10",
        "140 + 25",
        "about 40",
        "between 10 and 12",
        "up to 5",
        "more than 3",
    )


def _identities():
    yield from _one("empty", "E-EMPTY", "source_name", "", "   ")
    yield _between("no-id", [("E-EMPTY", "record_id")], record_id="")
    yield _between("no-text", [("E-EMPTY", "text")], text=" \t ")
    yield _between("no-account", [("E-EMPTY", "account")], account="")
    yield from _one("stranger", "E-ACCOUNT", "account", "Dungan", "dung\u0430n", "dungan;kazakh", "nobody")
    yield from _one("failed-formula", "E-FORMULA", "place", "#REF!", "#N/A", " #VALUE!")
    yield from _one("totals", "E-TOTAL", "place", "Total", "ИТОГО", "grand total")
    yield from _one(
        "address",
        "E-URL",
        "source_url",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "example.org",
        "vbscript:x",
    )
    yield from _one(
        "half-address",
        "E-URL",
        "source_url",
        "https://",
        "https://exa mple.org",
        "http://[::1",
        "https://example.org@evil.test/",
    )
    yield from _one(
        "private", "W-PRIVATE", "text", "Call 8 (701) 555-01-23.", "Write to a.witness@example.org.", "+996 555 123 456"
    )
    yield from _one("degrees", "E-GEO", "lat", "42,928", "42°55′44″N", "92", "1e2", "nan", "")
    yield from _one("more-degrees", "E-GEO", "lon", "181", "E75", "75.293.1")
    yield _between("null-island", [("W-GEO-NULL", "lat")], lat="0", lon="0")
    yield _between("far", [("W-GEO-FAR", "lat")], lat="-33.9", lon="18.4")
    yield from _one("status", "E-STATUS", "status", "", "public", "published?")
    yield from _one(
        "embargo",
        "E-EMBARGO",
        "embargo_until",
        "",
        "2020-02-12",
        "12/02/2020",
        "noon",
        "2020-02-12T12:00 XYZ",
        status="embargoed",
    )
    yield _between("embargo-on", [("withheld", "claim_id")], embargo_until="2999-02-12T12:00Z")
    yield _between("draft", [("withheld", "claim_id")], status="draft")
    yield _between("type", [("W-TYPE", "event_type")], event_type="riot")
    yield from _one("control", "E-CTRL", "place", "Mas\x00anchi", "\x9b31mMasanchi", "Masanchi\x08\x08")
    yield from _one("unseen", "W-NORMALISED", "place", "Mas\u200banchi", "\ufeffMasanchi", "Mas\U000e0041anchi")
    yield from _one("turned", "E-BIDI", "account", "\u202enagnud", "dungan\u2066", "\u202bdungan")
    yield _between("too-long", [("E-LONG", "source_name")], source_name="x" * 20_001)
    yield _between(
        "blanks", [("W-TRIMMED", "place"), ("W-TRIMMED", "status")], place=" Masanchi", status="published\u3000"
    )


def _files():
    good = [_row(1), _row(2)]
    lines = _csv(*good)
    for delimiter, name in ((";", "semicolons.csv"), ("\t", "tabs.tsv"), ("|", "bars.txt")):
        yield _file(name, _csv(*good, delimiter=delimiter), 2)
    yield _file("packed.csv.gz", gzip.compress(lines), 2)
    yield _file("half-packed.csv.gz", gzip.compress(lines)[:-20], None, ("E-GZIP-BROKEN", None, None))
    yield _file("not-packed.csv.gz", lines, None, ("E-FILE-TYPE", None, None))
    yield _file("utf-16-unmarked.csv", lines.decode().encode("utf-16-le"), 2, ("W-ENC-CONVERTED", None, None))
    yield _file("western.csv", lines.replace(b"Daurov", b"D\xe9urov"), 2, ("W-ENC-CONVERTED", None, None))
    cyrillic = [_row(1, place="Масанчи"), _row(2)]
    yield _file("cyrillic.csv", _csv(*cyrillic, encoding="cp1251"), None, ("E-ENC", 2, "place"))
    yield _file("page.csv", b"<!DOCTYPE html><table>", None, ("E-FILE-TYPE", None, None))
    yield _file("letter.csv", b"%PDF-1.7", None, ("E-FILE-TYPE", None, None))
    yield _file("old.xlsx", b"\xd0\xcf\x11\xe0" * 100, None, ("E-FILE-TYPE", None, None))
    yield _file("words.xlsx", lines, None, ("E-XLSX-BROKEN", None, None))
    yield _file("words.parquet", lines, None, ("E-PARQUET-BROKEN", None, None))
    yield _file("records.csv", json.dumps(good).encode(), None, ("E-FILE-TYPE", None, None))
    yield _file("blank.csv", b"\r\n ,,\r\n", None, ("E-FILE-EMPTY", None, None))
    yield _file("strangers.csv", b"colour,size\r\nred,7\r\n", None, ("E-HEAD-UNKNOWN", 1, None))
    yield _file(
        "lacking.csv",
        _without(lines, "status", "state"),
        None,
        ("E-HEAD-MISSING", 1, "status"),
        ("W-HEAD-EXTRA", 1, "state"),
    )
    yield _file(
        "misspelt.csv", _without(lines, "killed_best", "kiled_best"), None, ("E-HEAD-MISSING", 1, "killed_best")
    )
    yield _file("more.csv", _csv(*(row | {"desk": "x"} for row in good)), 2, ("W-HEAD-EXTRA", 1, "desk"))
    yield _file("too-many.csv", lines[:-2] + b",,x\r\n", 1, ("E-CSV-WIDTH", 3, None))
    yield _file("open-quote.csv", lines + b'K-003,dungan,"never closed', None, ("E-CSV-QUOTE", 4, "source_name"))
    yield _file("lists.json", json.dumps({"a": good, "b": good}).encode(), None, ("E-JSON-SHAPE", None, None))
    yield _file("beside.json", json.dumps({"title": "x", "claims": good}).encode(), 2, ("W-JSON-REST", None, None))
    yield _file("nulls.jsonl", b"\n".join(json.dumps({**row, "wounded_low": None}).encode() for row in good), 2)
    yield _file("half.jsonl", json.dumps(good[0]).encode() + b'\n{"record_id"', 1, ("E-JSON", 2, None))
    yield _file("numbers.json", json.dumps([_row(1, killed_best=10, lat=42.9, lon=75.3)]).encode(), 1)
    yield _file("fractions.json", json.dumps([_row(1, killed_best=10.5)]).encode(), 0, ("E-NUM", 2, "killed_best"))
    yield _file("truths.json", json.dumps([_row(1, killed_best=True)]).encode(), 0, ("E-NUM", 2, "killed_best"))
    yield _file("nested.json", json.dumps([_row(1, place=["a", "b"])]).encode(), 0, ("E-NESTED", 2, "place"))


def _without(lines, name, other):
    return lines.replace(name.encode(), other.encode(), 1)


def cases():
    """Give every case."""
    return [*_times(), *_counts(), *_identities(), *_files()]


def files(folder):
    """Write every file into a folder, to be tried by hand."""
    for case in cases():
        (folder / case.name).write_bytes(case.content)
