"""The charts of a data set: sums over distinct events of one account, with all that is not sure of them."""

import pytest
from tests.claims_for_tests import claim, night, table
from tests.lies.small_stories import ACLED, GED, asked, hovers, marked, small, told

from contested import Store, open_story

KEYS = ("killed-over-time", "events-over-time", "who-against-whom", "precision-and-sources")


def ged(number, day, low, best, high, **said):
    """Write a row of UCDP: an event of one day in which so many were killed, all of them unknown unless said."""
    figures = {"low": str(low), "best": str(best), "high": str(high), "deaths_unknown": str(best)}
    return GED | {"id": str(number), "date_start": day, "date_end": day} | figures | said


ROWS = (
    ged(1, "2020-01-10", 4, 5, 9, deaths_unknown="1", deaths_a="2", deaths_b="2"),
    ged(2, "2020-01-20", 1, 1, 1, deaths_unknown="0", deaths_civilians="1"),
    ged(3, "2020-02-05", 20, 20, 30, number_of_sources="2"),
    ged(4, "2020-02-06", 3, 2, 2),
    ged(5, "2020-04-01", 1, 1, 1, date_end="2020-05-02", date_prec="4", side_b="East"),
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    story = open_story(table(tmp_path_factory.mktemp("ged") / "ged.csv", *ROWS))
    return story, Store(story.claims)


@pytest.fixture
def found(opened):
    return lambda key, **chosen: asked(key, opened, **chosen)


def records(answered, *names):
    return [tuple(row[name] for name in names) for row in answered.records()]


def test_the_killed_of_a_month_are_the_sum_of_the_best_figures_and_its_bracket_those_of_the_low_and_the_high(found):
    told = records(found("killed-over-time"), "period", "who", "events", "killed", "low", "high")

    assert ("2020-01", "all", 2, 6, 5, 10) in told
    assert ("2020-01", "side A", 2, 2, None, None) in told
    assert ("2020-01", "side B", 2, 2, None, None) in told
    assert ("2020-01", "not known", 2, 1, None, None) in told
    assert ("2020-01", "civilians", 2, 1, None, None) in told


def test_bounds_that_are_out_of_order_are_added_up_as_they_are_coded_and_said(found):
    answered = found("killed-over-time")

    assert ("2020-02", "all", 22, 23, 32) in records(answered, "period", "who", "killed", "low", "high")
    assert "1 event is coded with a low figure above the best" in answered.sentence


def test_the_sums_of_low_and_high_are_said_to_be_no_range_of_error(found):
    finding = found("killed-over-time").finding

    assert finding.sentence == "29 people were killed in 5 events, by UCDP’s best figures."
    assert finding.quiet == "Low figures add up to 29, high to 43; no range of error."


def test_a_month_is_deadliest_flatly_only_where_no_other_may_be(found, tmp_path):
    sure = open_story(table(tmp_path / "ged.csv", *ROWS[:4], ged(6, "2019-11-01", 1, 1, 1)))

    assert found("killed-over-time").title == "By best figures February 2020 was deadliest: 22 killed"
    assert asked("killed-over-time", (sure, Store(sure.claims))).title == (
        "22 people were killed in February 2020, more than in any other month"
    )


def test_an_event_that_may_lie_in_another_month_is_hatched_where_its_time_begins(found):
    answered = found("events-over-time")

    assert records(answered, "period", "events", "unsure") == [("2020-01", 2, 0), ("2020-02", 2, 0), ("2020-04", 1, 1)]
    assert "April 2020: 1 may lie in another month" in hovers(answered)
    assert answered.title == "Most events, 2 each, are of January 2020 and February 2020"


def test_of_two_accounts_the_title_counts_the_events_of_one_and_says_whose():
    north = [claim(claim_id=f"n{n}", event_id=f"e{n}", began_earliest=night("18:00")) for n in range(3)]
    south = claim(claim_id="s1", event_id="e1", account="south", began_earliest=night("19:00"))

    assert told("events-over-time", *north, south, by="account").title.endswith(", according to north")
    assert "according to" not in told("events-over-time", *north, by="account").title


def test_who_against_whom_counts_events_and_adds_up_their_figures(found):
    answered = found("who-against-whom")

    assert records(answered, "side_a", "side_b", "events", "killed", "low", "high") == [
        ("North", "South", 4, 28, 28, 42),
        ("North", "East", 1, 1, 1, 1),
    ]
    assert answered.title == "80% of the events are between North and South"


def test_how_closely_events_are_dated_and_on_how_many_sources_they_rest(found):
    answered = found("precision-and-sources")
    told = records(answered, "what", "answer", "events")

    assert ("dated to", "the day", 4) in told
    assert ("dated to", "longer", 1) in told
    assert ("sources", "1", 4) in told
    assert ("sources", "2", 1) in told
    assert answered.title == "4 events rest on one source, 1 on more"
    assert answered.finding.sentence == "80% of the events rest on one source; 80% are dated to the day."
    assert answered.finding.quiet == "Most named: Reuters News, in 100% of the events. No hours are told."


@pytest.mark.parametrize("key", KEYS)
def test_every_mark_carries_the_claims_behind_it(found, key):
    marks = marked(found(key))

    assert marks
    assert all(ids for ids in marks)


def test_the_mark_of_those_killed_of_one_kind_carries_the_claims_that_count_them(found):
    answered = found("killed-over-time")
    january = {
        row["who"]: ids
        for row, ids in zip(answered.records(), answered.claim_ids(), strict=True)
        if row["period"] == "2020-01"
    }

    assert january["side A"] == ["ucdp-1-deaths-a", "ucdp-2-deaths-a"]
    assert january["all"] == ["ucdp-1-killed", "ucdp-2-killed"]


def counts(number, account, best, **said):
    """Count the killed of an event of its own."""
    about = {"event_id": f"e{number}", "kind": "casualties", "measure": "killed", "scope": "event", "best": best}
    day = {"began_earliest": "2020-01-05T00:00Z", "ended_latest": "2020-01-06T00:00Z"}
    return claim(claim_id=f"{account}-{number}", account=account, **about, **day, **said)


def test_accounts_are_never_added_up_and_the_one_of_more_events_is_drawn():
    story = small(counts(1, "north", 5), counts(1, "south", 50), counts(2, "south", 7))
    answered = asked("killed-over-time", story)

    assert records(answered, "account", "who", "killed") == [
        ("north", "all", 5),
        ("north", "not told apart", 5),
        ("south", "all", 57),
        ("south", "not told apart", 57),
    ]
    assert answered.finding.sentence == "57 people were killed in 2 events, by south’s best figures."


def test_an_event_with_two_totals_of_one_account_is_not_added_up():
    again = counts(1, "north", 6).model_copy(update={"claim_id": "again"})
    answered = asked("killed-over-time", small(counts(1, "north", 5), again, counts(2, "north", 3)))

    assert records(answered, "who", "killed") == [("all", 3), ("not told apart", 3)]


def test_without_low_and_high_figures_there_is_no_bracket():
    answered = asked("killed-over-time", small(counts(1, "north", 5), counts(2, "north", 3)))

    assert records(answered, "who", "low", "high")[0] == ("all", None, None)
    assert answered.finding.quiet == "Low and high figures are not given."
    assert "bracket" not in answered.subtitle


def test_where_every_event_names_the_same_source_how_many_there_are_is_not_known():
    answered = asked("precision-and-sources", small(counts(1, "north", 5), counts(2, "north", 3)))

    assert ("sources", "not given", 2) in records(answered, "what", "answer", "events")
    assert answered.title == "100% of the events are dated to the day; how many sources each has is not given"


def test_few_weeks_are_counted_by_day_and_many_years_by_year(tmp_path):
    days, years = (
        records(asked("events-over-time", _opened(tmp_path, *rows)), "period")
        for rows in ((ROWS[0], ROWS[1]), (ROWS[0], ged(9, "2004-03-01", 1, 1, 1)))
    )

    assert days == [("2020-01-10",), ("2020-01-20",)]
    assert years == [("2004",), ("2020",)]


def _opened(folder, *rows):
    story = open_story(table(folder / "ged.csv", *rows))
    return story, Store(story.claims)


def test_acled_names_both_actors_and_gives_one_figure(tmp_path):
    rows = [ACLED | {"event_id_cnty": f"KAZ{number}", "fatalities": f"{number}"} for number in (1, 2)]
    rows += [ACLED | {"event_id_cnty": "KAZ3", "actor2": "", "inter2": ""}]
    story = open_story(table(tmp_path / "acled.csv", *rows))
    opened = story, Store(story.claims)

    pairs = asked("who-against-whom", opened)
    assert records(pairs, "side_a", "side_b", "events", "killed", "low") == [
        ("North (identity militia)", "South (identity militia)", 2, 3, None)
    ]
    assert asked("killed-over-time", opened).finding.sentence == (
        "8 people were killed in 3 events, by ACLED’s best figures."
    )


@pytest.mark.parametrize(
    ("days", "title"),
    [
        ((10,), "The one event may lie on another day than 10 January 2020"),
        ((10, 10, 11), "2 of 3 events may lie on another day than 10 January 2020"),
        ((11, 11), "Both events are of 10 January 2020"),
    ],
)
def test_not_all_events_are_of_a_day_where_some_may_lie_on_another(days, title):
    """Each event begins on 10 January; some may have been on the 10th or the 11th, the others end with the 10th."""
    events = [
        claim(
            claim_id=f"k{number}",
            event_id=f"e{number}",
            kind="clash",
            began_earliest="2020-01-10T00:00Z",
            began_latest="2020-01-11T20:00Z" if day == 10 else "2020-01-10T20:00Z",
        )
        for number, day in enumerate(days)
    ]

    assert asked("events-over-time", small(*events)).title == title


def across_midnight(account, *clocks):
    """Tell of a clash that went on from one clock of New Year's night to the other."""
    first, last = (f"{'2019-12-31' if clock > '12' else '2020-01-01'}T{clock}Z" for clock in clocks)
    edges = {"began_earliest": first, "began_latest": first, "ended_earliest": last, "ended_latest": last}
    return claim(claim_id=f"{account}-night", account=account, **edges)


def test_what_certainly_began_before_midnight_lies_on_no_other_day_and_the_title_says_by_whom():
    north, south = across_midnight("north", "23:30", "00:30"), across_midnight("south", "00:10", "01:00")
    found = asked("events-over-time", small(north, south))

    assert found.title == "The one event is of 31 December 2019, according to north"
    assert [row["unsure"] for row in found.records()] == [0, 0]


@pytest.mark.parametrize("key", ["events-over-time", "precision-and-sources"])
def test_of_two_accounts_the_title_of_one_names_it(key):
    assert asked(key, small(across_midnight("north", "23:30", "00:30"))).title.find("according") < 0
    two = small(across_midnight("north", "23:30", "00:30"), across_midnight("south", "00:10", "01:00"))

    assert asked(key, two).title.endswith(", according to north")
