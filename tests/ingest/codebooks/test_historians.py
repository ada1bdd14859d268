"""Casualties as historians count them: one figure a row, and no battle is held against a part of it."""

import pandas as pd
import pytest
from tests.ingest.codebooks.tables import published, written
from tests.lies.small_stories import fixture, told

WAR = "casualty/acw_claims_long.csv"
ROW = {
    "claim_id": "ACW000001",
    "source": "Bodart 1908",
    "source_year": "1908",
    "cwsac_id": "VA005",
    "correspondence": "eq",
    "source_event_id": "1",
    "battle": "Manassas I",
    "date_start": "1861-07-21",
    "date_end": "1861-07-21",
    "belligerent": "Union",
    "metric": "killed",
    "low": "",
    "best": "470.0",
    "high": "",
}


@pytest.fixture
def read_rows(tmp_path):
    return lambda *rows, zone=None: written(tmp_path, *rows, zone=zone)


def test_a_row_is_one_figure_of_one_historian_about_one_side(read_rows):
    [claim] = read_rows(ROW).claims

    assert (claim.account, claim.event_id, claim.measure, claim.best) == ("Bodart 1908", "VA005", "killed", 470)
    assert (claim.victims, claim.scope, claim.same_event) == ("Union", "event", "certain")
    assert claim.summary == "Manassas I: Union, killed."


def test_a_book_was_said_within_its_year(read_rows):
    [claim] = read_rows(ROW).claims

    assert (claim.stated_earliest.isoformat(), claim.stated_at.isoformat()) == (
        "1908-01-01T00:00:00+00:00",
        "1909-01-01T00:00:00+00:00",
    )


def test_the_days_are_those_of_the_list_of_battles_and_say_so(read_rows):
    [claim] = read_rows(ROW, zone="America/New_York").claims
    [undated] = read_rows(ROW | {"date_start": "", "date_end": "", "battle": ""}).claims

    assert (claim.began_earliest.isoformat(), claim.time_basis) == ("1861-07-21T00:00:00-04:56:02", "derived")
    assert undated.began_earliest is None
    assert undated.summary == "battles VA005: Union, killed."


@pytest.mark.parametrize(
    ("metric", "measure", "definition"),
    [
        ("wounded", "injured", None),
        ("strength", "participants", None),
        ("missing_captured", "people", "missing or captured"),
        ("killed_wounded", "people", "killed or wounded"),
        ("casualties", "people", "casualties of any sort"),
    ],
)
def test_what_is_counted_keeps_its_definition(read_rows, metric, measure, definition):
    [claim] = read_rows(ROW | {"metric": metric}).claims

    assert (claim.measure, claim.definition) == (measure, definition)


@pytest.mark.parametrize(
    ("correspondence", "identity", "words"),
    [
        ("eq", "certain", "Manassas I: Union, killed."),
        ("lt", "unclear", "Manassas I, told of a part of it: Union, killed."),
        ("<", "unclear", "Manassas I, told of a part of it: Union, killed."),
        ("gt", "unclear", "Manassas I, told of it and more: Union, killed."),
        ("neq", "unclear", "Manassas I, told of something that overlaps it: Union, killed."),
    ],
)
def test_a_part_or_more_of_a_battle_is_not_certainly_that_battle(read_rows, correspondence, identity, words):
    [claim] = read_rows(ROW | {"correspondence": correspondence}).claims

    assert (claim.same_event, claim.summary) == (identity, words)


def test_several_battles_taken_together_are_an_event_of_their_own(read_rows):
    alone, together = read_rows(ROW, ROW | {"claim_id": "b", "cwsac_id": "VA005;VA006"}).claims

    assert (alone.event_id, together.event_id) == ("VA005", "VA005;VA006")


def test_a_range_is_kept_and_one_that_is_out_of_order_stands_as_words(read_rows):
    [ranged] = read_rows(ROW | {"low": "1000", "best": "", "high": "1500"}).claims
    found = read_rows(ROW | {"low": "1500", "best": "", "high": "1000"})

    assert (ranged.low, ranged.best, ranged.high) == (1000, None, 1500)
    assert (found.claims[0].low, found.claims[0].high) == (None, None)
    assert found.claims[0].figure_words == "low 1500, high 1000"
    assert found.codes() == {("W-NUM-ORDER", "warning"): 1}


@pytest.mark.parametrize(
    ("cells", "column"),
    [({"metric": "horses"}, "metric"), ({"correspondence": "?"}, "correspondence"), ({"best": ""}, "best")],
    ids=str,
)
def test_a_row_that_cannot_be_read_says_why(read_rows, cells, column):
    found = read_rows(ROW | cells)

    assert [(one.row, one.column, one.severity) for one in found.problems] == [(2, column, "error")]
    assert found.claims == []


# The whole war


def test_every_figure_of_eight_historians_is_kept():
    frame, found = pd.read_csv(fixture(WAR)), published(WAR)

    assert len(found.claims) == len(found.accepted) == len(frame) == 6285
    assert {one.account for one in found.claims} == set(frame["source"])
    assert found.codes() == {("W-NUM-ORDER", "warning"): 1}
    assert sum(one.same_event == "unclear" for one in found.claims) == (frame["correspondence"] != "eq").sum() == 132
    assert sum(one.best for one in found.claims if one.best) == frame["best"].sum()


def test_the_dead_of_one_battle_are_told_by_each_historian_and_never_added():
    killed = [
        one for one in published(WAR).claims if (one.event_id, one.measure, one.victims) == ("VA005", "killed", "Union")
    ]
    frame = pd.read_csv(fixture(WAR)).query("cwsac_id == 'VA005' and metric == 'killed' and belligerent == 'Union'")

    rows = told("casualty-counts", *killed).records()
    assert sorted(row["best"] for row in rows if row["best"]) == sorted(frame["best"].dropna())
    assert len({row["account"] for row in rows}) == len(rows) > 1
    assert frame["best"].sum() not in {row["best"] for row in rows}
