"""The shared sheets of written times and figures: each cell is what its README says, or is refused with why."""

import re

from contested.ingest.options import Given
from contested.ingest.reader import opened, outcomes

ACCOUNTS = ("side_a", "side_b", "Side A", "Side B", "dungan")


def rows(path, **given):
    """Read a sheet: for each record id the claims of its row, or its errors."""
    read = {}
    for outcome in outcomes(opened(path, Given(path.name, "Asia/Almaty", accounts=ACCOUNTS, **given))):
        errors = [one for one in outcome.problems if one.severity == "error"]
        if outcome.is_row:
            read[outcome.number] = list(outcome.records) or errors
    return read


def test_the_figures_of_a_sheet_are_the_bounds_that_were_written(case):
    read = rows(case("events/sheet_figures.csv"), vague=True)

    figures = {row: (one.low, one.best, one.high) for row, [one] in read.items() if not hasattr(one, "code")}
    assert [figures[row] for row in (2, 3, 4, 5)] == [(10, None, None)] * 3 + [(3, None, None)]
    assert figures[6] == (8, None, 11)
    assert [figures[row] for row in (10, 11, 12)] == [(10, None, 12)] * 3
    assert [figures[row] for row in (13, 14)] == [(None, None, 200)] * 2
    assert figures[15] == (None, 40, None)
    assert figures[16] == (101, None, None)
    assert figures[17] == (None, None, 15)
    assert [figures[row] for row in (20, 21, 22)] == [(None, 1200, None), (None, 1000, None), (None, 1200, None)]
    assert figures[24] == (5, None, None)
    assert figures[28] == (None, 10, None)
    assert figures[33] == (10, None, 12)
    assert figures[23] == (None, None, None)


def test_no_advice_of_a_sheet_names_a_number_that_its_cell_does_not_hold(case):
    for found in rows(case("events/sheet_figures.csv")).values():
        for one in found:
            if hasattr(one, "code"):
                held = {int(number) for number in re.findall(r"\d+", one.value)} | {2, 10}
                named = {int(number) for number in re.findall(r"\d+", one.fix)} - {0}
                assert all(min(abs(number - other) for other in held) <= 1 for number in named), one


def test_the_times_of_a_sheet_are_intervals_instants_or_refused_with_why(case):
    read = rows(case("events/sheet_times.csv"), vague=True)

    def bounds(row):
        [claim] = read[row]
        latest = claim.ended_latest or claim.began_latest
        return tuple(one and f"{one:%m-%d %H:%M}" for one in (claim.began_earliest, latest))

    exact = ("03-25 18:00", "03-25 18:00")
    assert [bounds(row) for row in (2, 3, 4, 9)] == [exact] * 4
    assert [bounds(row) for row in (5, 6)] == [("03-25 17:00", "03-26 05:00")] * 2
    assert [bounds(row) for row in (7, 8)] == [("03-26 00:00", "03-26 00:00")] * 2
    assert [bounds(row) for row in (10, 12, 23, 34, 49, 50)] == [("03-25 00:00", "03-26 00:00")] * 6
    assert bounds(14) == ("08-03 00:00", "08-04 00:00")
    assert [bounds(row) for row in (15, 16)] == [("03-25 17:00", "03-25 23:00")] * 2
    assert bounds(17) == ("03-25 18:00", "03-26 06:00")
    assert bounds(18) == ("03-25 00:00", "03-27 00:00")
    assert [bounds(row) for row in (19, 20, 26)] == [("03-01 00:00", "04-01 00:00")] * 3
    assert [bounds(row) for row in (21, 22)] == [("01-01 00:00", "10-26 09:00")] * 2
    assert bounds(24) == ("03-25 00:00", "03-28 00:00")
    assert bounds(25) == (None, "03-26 00:00")
    assert bounds(51) == ("03-22 00:00", "03-29 00:00")
    codes = {row: found[0].code for row, found in read.items() if hasattr(found[0], "code")}
    assert [codes[row] for row in (27, 28, 54, 55)] == ["E-TIME"] * 4
    assert [codes[row] for row in (29, 30, 31, 32)] == ["E-TIME-EPOCH"] * 2 + ["E-DATE-SERIAL"] * 2
    assert [codes[row] for row in (33, 35)] == ["E-DATE-AMBIGUOUS"] * 2


def test_the_dates_of_a_sheet_are_read_in_russian_and_ukrainian(case):
    read = rows(case("events/sheet_words.csv"), vague=True)

    assert all(not hasattr(one, "code") for found in read.values() for one in found)
    began = {row: f"{found[0].began_earliest:%m-%d %H:%M}" for row, found in read.items()}
    assert [began[row] for row in (2, 3, 4, 5, 6, 7, 8)] == [
        *("03-05 18:00", "03-05 18:00", "03-06 17:00", "03-08 00:00"),
        *("03-25 00:00", "03-25 18:46", "08-03 00:00"),
    ]
    assert f"{read[4][0].ended_latest:%m-%d %H:%M}" == "03-07 05:00"


def test_a_bare_day_of_a_sheet_ends_at_midnight(case):
    [[claim]] = rows(case("publishers/sheet_day.csv")).values()

    assert (claim.began_latest - claim.began_earliest).total_seconds() == 24 * 3600
    assert f"{claim.began_latest:%m-%d %H:%M}" == "02-08 00:00"


def test_two_sides_of_a_filled_sheet_share_their_events(case):
    found = rows(case("events/filled_sheet.csv"))

    assert {
        (one.account, one.event_id, one.low, one.best)
        for row in found.values()
        for one in row
        if one.measure == "killed"
    } == {("Side A", "E1", 10, None), ("Side B", "E1", None, 4), ("Side A", "E2", None, 0)}
