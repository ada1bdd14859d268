"""Claims for tests: six words that no test needs to repeat, and the ways to write, keep and ask them."""

import csv

from contested import Claim, Selection, Store

SIX = {
    "claim_id": "k1",
    "event_id": "night",
    "account": "north",
    "kind": "clash",
    "source_id": "S1",
    "summary": "They fought.",
}


def fields(**said):
    return SIX | said


def claim(**said):
    return Claim(**fields(**said))


def night(clock):
    """Say an hour of the night of 7–8 February as a person would: 18:00 is the evening, 05:00 the next morning."""
    day = "07" if clock >= "12:00" else "08"
    return f"2020-02-{day}T{clock}Z"


def bounds(*clocks):
    """Give the four bounds of a time; None is unknown."""
    names = ("began_earliest", "began_latest", "ended_earliest", "ended_latest")
    return {name: night(clock) for name, clock in zip(names, clocks, strict=True) if clock}


def table(path, *rows):
    """Write a table of words; a cell that a row does not name is empty."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def ask(question, *claims, **chosen):
    return Store(claims).ask(question, Selection(**chosen))


def found(*claims, **chosen):
    """Name the claims that a selection leaves."""
    return set(ask("select claim_id from selected", *claims, **chosen)["claim_id"])
