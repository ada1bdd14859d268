"""The pooled delays: what counts, what does not, and four ways to make them lie."""

import re
from datetime import UTC, datetime, timedelta
from statistics import mean

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import claim

from contested import CHARTS, Selection, Store, Story, answer
from contested.analysis.timing.delay import each_told
from contested.model.arrow_schema import to_arrow
from contested.theme import WIDTHS

CHART = next(chart for chart in CHARTS if chart.key == "pooled-delays")
START = datetime(2020, 2, 1, 12, tzinfo=UTC)
SAID = START + timedelta(days=60)


def times(event, account, kind, low, high, **said):
    """Claim that something began between two minutes of the event's day."""
    begun = START + timedelta(days=event)
    named = {"claim_id": f"{account}-{event}-{kind}", "event_id": f"e{event:02}", "account": account, "kind": kind}
    bounds = {"began_earliest": begun + timedelta(minutes=low), "began_latest": begun + timedelta(minutes=high)}
    return claim(**named | bounds | {"stated_at": SAID} | said)


def pool(delays, account="north"):
    """Claim a clash and an arrival so many minutes later for each event; of None no arrival is told."""
    told = []
    for event, delay in enumerate(delays):
        told.append(times(event, account, "clash", 0, 0))
        if delay is not None:
            told.append(times(event, account, "arrival", *delay))
    return told


@pytest.fixture
def asked(korday):
    def ask(*claims, **chosen):
        story = Story(name="made", package=korday.package, claims=to_arrow(claims))
        return answer(CHART, story, Store(claims), Selection(**chosen))

    return ask


TWELVE = [(10 * n, 10 * n) for n in range(1, 7)] + [(10 * n, 10 * n + 20) for n in range(7, 11)] + [None, None]


def marked(figure):
    """Give what can be picked of a figure."""
    return [trace for trace in figure["data"] if "customdata" in trace]


def numbers(row):
    return [row[name] for name in ("n", "n_exact", "n_interval", "n_right_censored", "n_excluded")]


def test_twelve_delays_by_pencil(asked):
    [row] = asked(*pool(TWELVE)).records()

    assert numbers(row) == [10, 6, 4, 0, 2]
    assert (row["median_low"], row["median_high"]) == (50, 50)
    assert (row["p90_low"], row["p90_high"]) == (90, 110)
    assert len(row["claim_ids"]) == 22


def test_says_median_p90_and_what_they_rest_on(asked):
    found = asked(*pool(TWELVE))

    assert found.sentences[0] == (
        "The median delay from onset to arrival is 50 minutes, by north "
        "(10 events with an arrival; of 2 more no arrival is told)."
    )
    assert "n = 10: median 50 minutes (most likely 50 minutes), P90 90 to 110 minutes" in found.sentence
    assert "6 exact, 4 between bounds, 0 not over by then." in found.sentence
    assert "Not counted, as told by north: 2 events with no arrival told." in found.sentence


def test_the_curve_is_drawn_with_its_band_and_every_end_leads_to_its_claims(asked):
    found = asked(*pool(TWELVE))

    figure = found.figure()
    area, line, *_ = figure["data"]
    shortest, longest = marked(figure)
    assert go.Figure(figure)
    assert (area["fill"], area["opacity"], line["mode"], line["line"]["width"]) == ("toself", 0.14, "lines", 1.5)
    assert len(shortest["customdata"]) == len(longest["customdata"]) == 10
    assert longest["y"][-1] == 1


def test_of_many_delays_those_of_the_same_bounds_are_one_mark_that_leads_to_the_claims_of_all(asked):
    found = asked(*pool([(10, 10)] * 40 + [(20, 30)] * 30))

    shortest, longest = marked(found.figure())
    assert (shortest["x"], shortest["y"]) == ([10, 20], [40 / 70, 1])
    assert longest["hovertext"] == ["north, 40 events: 10 minutes", "north, 30 events: 20 to 30 minutes"]
    [first, second] = found.behind_marks([mark for [mark] in longest["customdata"]])
    assert (len(first), len(second)) == (80, 60)
    assert sorted([*first, *second]) == found.claim_ids()[0]


def test_no_more_ends_are_marked_than_can_be_told_apart(asked):
    found = asked(*pool([(minutes, minutes) for minutes in range(600)]))

    area, line, *_ = found.figure()["data"]
    [ends] = marked(found.figure())
    assert len(ends["x"]) == 480
    assert (ends["x"][0], ends["y"][-1]) == (0, 1)
    assert max(len(area["x"]), len(line["x"])) < 1000
    assert (min(line["y"]), max(line["y"])) == (0, pytest.approx(1))


def test_three_are_shown_as_they_are_and_no_percentile_is_printed(asked):
    found = asked(*pool([(10, 20), (30, 30), (40, 50)]))

    [row] = found.records()
    assert [row[name] for name in ("median_low", "median_high", "p90_low", "p90_high")] == [None] * 4
    said = found.sentences[1]
    assert "According to north, 3 delays (too few: n = 3): 10 to 20 minutes (e00), 30 minutes (e01) and" in said
    assert not re.search(r"P90 \d|median \d", found.sentence)
    shown = [(trace["type"], trace.get("base", trace["x"])) for trace in found.figure()["data"]]
    assert shown == [("bar", [10]), ("scatter", [30]), ("bar", [40])]


def test_korday_has_one_interval_and_says_that_it_is_too_few(ask):
    found = ask("pooled-delays", account=["vlast"])

    [row] = found.records()
    assert numbers(row) == [1, 0, 1, 0, 0]
    assert found.sentences[0] == ("Too few delays from onset to arrival for a median: no account tells more than 1.")
    assert "According to Vlast, 1 delay (too few: n = 1): 5 to 6 hours" in found.sentence
    [bar] = found.figure()["data"]
    assert (bar["base"], bar["x"]) == ([300], [60])


def test_each_delay_that_counts_is_told_by_its_bounds(asked):
    found = asked(*pool([(10, 20), None]))
    [row] = found.rows.to_dict("records")

    [ended] = each_told(row["delays"])

    assert (ended.delay, ended.outcome, ended.subkind) == ((10, 20), "reached", None)
    assert found.behind_marks([ended.label]) == [["north-0-arrival", "north-0-clash"]]
    assert ended.said(found.legend) == "10 to 20 minutes"


@pytest.mark.parametrize(
    ("claims", "chosen", "reason"),
    [
        ([times(0, "north", "arrival", 5, 5)], {}, "1 event without a time of onset"),
        (pool([(5, 5)]), {"kind": ["clash"]}, "1 event with arrival told but not timed in what is shown"),
        (
            [*pool([None]), times(0, "north", "arrival", 0, 0, began_earliest=None, began_latest=None)],
            {},
            "1 event with arrival told but not timed in what is shown",
        ),
        ([times(0, "north", "arrival", 5, 5)], {"start": "arrival", "stop": "call"}, "1 event without a time of call"),
        (pool([None]), {}, "1 event with no arrival told"),
        (
            [
                times(0, "north", "clash", 5, 5, began_latest=None),
                times(0, "north", "arrival", 9, 9, began_latest=None),
            ],
            {},
            "1 event with bounds that leave everything open",
        ),
    ],
)
def test_what_is_not_counted_is_said_and_why(asked, claims, chosen, reason):
    found = asked(*claims, **chosen)

    [row] = found.records()
    assert numbers(row) == [0, 0, 0, 0, 1]
    assert found.sentences[0].startswith("No account shown gives a delay")
    assert f"Not counted, as told by north: {reason}." in found.sentence
    assert row["claim_ids"]


def test_another_account_changes_no_figure_of_the_first(asked):
    others = pool([(500, 900), None, (3, 3)], account="south")

    alone, [first, *_] = asked(*pool(TWELVE)).records(), asked(*pool(TWELVE), *others).records()
    assert alone == [first]


def test_no_delay_runs_from_one_account_to_another(asked):
    rows = asked(times(0, "north", "clash", 0, 0), times(0, "south", "arrival", 60, 60)).records()

    assert [numbers(row) for row in rows] == [[0, 0, 0, 0, 1], [0, 0, 0, 0, 1]]


def test_two_medians_are_compared_only_where_both_have_ten(asked):
    ten, later = [(n, n) for n in range(10, 20)], [(n, n) for n in range(110, 120)]

    enough = asked(*pool(ten), *pool(later, "south")).sentence
    assert "The median of south is 100 minutes longer than that of north (95 % bootstrap interval:" in enough
    assert "; log-rank p = 0.0013)" in enough
    assert "bootstrap" not in asked(*pool(ten), *pool(later[:9], "south")).sentence


def test_where_no_end_bounds_the_medians_the_curves_are_compared_all_the_same(asked):
    late = [times(event, "north", "arrival", 20, 20, began_latest=None) for event in range(4, 12)]
    waits = [*pool([(n, n) for n in range(10, 14)] + [None] * 8), *late]

    found = asked(*waits, *pool([(n, n) for n in range(10, 20)], "south")).sentence
    assert "log-rank p" in found


def test_exchanging_two_accounts_exchanges_them_in_the_comparison(asked):
    ten, later = [(n, n) for n in range(10, 20)], [(n, n) for n in range(15, 45, 2)]

    one, other = asked(*pool(ten), *pool(later, "south")), asked(*pool(later), *pool(ten, "south"))
    swapped = re.sub("north|south", lambda name: "south" if name[0] == "north" else "north", other.sentence)
    assert "bootstrap" in swapped
    assert sorted(one.sentence.split()) == sorted(swapped.split())


def test_by_side_no_delay_runs_from_one_account_to_another(asked):
    told = [times(0, "north", "clash", 0, 0, side="ours"), times(0, "south", "arrival", 60, 60, side="ours")]
    found = asked(*told, by="side")

    assert [numbers(row) for row in found.records()] == [[0, 0, 0, 0, 1]]
    assert "1 event of which no one account times both onset and arrival" in found.sentence


def test_by_side_an_event_that_two_accounts_time_is_one_delay_between_the_bounds_of_both(asked):
    told = [one.model_copy(update={"side": "ours"}) for one in (*pool([(10, 20)]), *pool([(50, 60)], "south"))]
    [row] = asked(*told, by="side").rows.to_dict("records")

    assert (row["n"], each_told(row["delays"])[0].delay) == (1, (10, 60))


# By group


def grouped(**delays):
    """Claim calls of several priorities, each so many minutes before its arrival; of None no arrival is told."""
    told, event = [], 0
    for priority, minutes in delays.items():
        for delay in minutes:
            event += 1
            own = {"groups": None if priority == "none" else {"priority": priority}, "time_basis": "logged"}
            told.append(times(event, "log", "call", 0, 0, **own))
            told += [times(event, "log", "arrival", delay, delay, **own)] if delay is not None else []
    return told


BY_PRIORITY = {"start": "call", "group": "priority"}


def test_each_group_has_its_row_and_what_is_of_no_group_too(asked):
    found = asked(*grouped(low=range(1, 11), high=range(21, 33), none=[5, 6]), **BY_PRIORITY)

    rows = [(row["group_value"], row["n"], row["median_low"], row["p90_low"]) for row in found.records()]
    assert rows == [("high", 12, 26, 31), ("low", 10, 5, 9), (None, 2, None, None)]
    assert found.title == "Low calls were reached 21 minutes sooner than high calls"
    assert "2 calls of no priority, or of several." in found.sentence
    assert "a difference of 21 minutes" in found.sentence


def test_up_to_four_groups_share_a_plot_and_more_have_one_each_the_best_first(asked):
    few = grouped(aaa=range(1, 11), bbb=range(3, 13), ccc=range(5, 15))
    more = few + [
        one.model_copy(update={"claim_id": f"x{one.claim_id}", "event_id": f"x{one.event_id}"})
        for one in grouped(ddd=range(2, 12), eee=[9] * 40, fff=[1] * 3)
    ]
    target = {"target_minutes": 8.0}

    together, apart = (asked(*told, **BY_PRIORITY, **target).figure() for told in (few, more))
    assert "xaxis2" not in together["layout"]
    names = [note["text"] for note in apart["layout"]["annotations"] if "<b>" in note["text"]]
    assert [name[3:6] for name in names] == ["aaa", "ddd", "bbb", "ccc", "eee", "fff"]
    assert "n = 3, too few" in names[-1]


def test_groups_of_several_accounts_are_never_pooled(asked):
    other = [
        one.model_copy(update={"claim_id": f"o{one.claim_id}", "account": "other"}) for one in grouped(low=[5] * 10)
    ]

    rows = asked(*grouped(low=range(1, 11)), *other, **BY_PRIORITY).records()
    assert [(row["account"], row["group_value"], row["n"]) for row in rows] == [
        ("log", "low", 10),
        ("other", "low", 10),
    ]


@settings(max_examples=settings().max_examples // 3)
@given(st.lists(st.tuples(st.sampled_from(["low", "high", "none"]), st.none() | st.integers(0, 60)), max_size=30))
def test_groups_part_the_whole_and_each_is_what_the_whole_is_narrowed_to(korday, calls):
    told = [one for place, (name, delay) in enumerate(calls) for one in _own(place, grouped(**{name: [delay]}))]
    store, story = Store(told), Story(name="made", package=korday.package, claims=to_arrow(told))

    def rows(**chosen):
        return answer(CHART, story, store, Selection(start="call", **chosen)).records()

    def counts(row):
        return {name: value for name, value in row.items() if name not in {"group_value", "claim_ids"}}

    parts, whole = rows(group="priority"), rows()
    for number in ("n", "n_reached", "n_open", "n_excluded"):
        assert sum(row[number] for row in parts) == sum(row[number] for row in whole)
    for row in parts:
        if row["group_value"] is not None:
            [alone] = rows(where=[f"priority={row['group_value']}"])
            assert counts(alone) == counts(row)


def _own(place, told):
    """Give the claims of one call ids of their own."""
    return [one.model_copy(update={"claim_id": f"{place}-{one.claim_id}", "event_id": f"c{place}"}) for one in told]


# Ways to lie


def test_a_naive_mean_of_midpoints_says_something_else(asked):
    delays = [(0, 10)] * 9 + [(0, 600)] * 3

    [row] = asked(*pool(delays)).records()
    assert mean(sum(ends) / 2 for ends in delays) == 78.75
    assert (row["median_low"], row["median_high"]) == (0, 10)


def test_midpoints_hide_that_the_median_is_not_known(asked):
    [row] = asked(*pool([(0, 120)] * 12)).records()

    assert (row["median_low"], row["median_high"]) == (0, 120)


def test_dropping_those_who_had_not_come_by_then_makes_help_look_quick(asked):
    """Of 22, ten are reached within 19 minutes, and of twelve the account says that nobody had come after an hour."""
    arrived = [(n, n) for n in range(10, 20)]
    denied = [times(event, "north", "arrival", 60, 60, stance="denies", began_earliest=None) for event in range(10, 22)]

    [honest] = asked(*pool([*arrived, *[None] * 12]), *denied, calls="every").records()
    [naive] = asked(*pool(arrived)).records()
    assert (naive["median_low"], naive["median_high"]) == (14, 14)
    assert (honest["n"], honest["n_open"], honest["median_low"]) == (22, 12, None)


def test_p90_of_four_is_not_printed(asked):
    [row] = asked(*pool([(10, 10), (20, 20), (30, 30), (400, 400)])).records()

    assert (row["n"], row["p90_low"], row["p90_high"]) == (4, None, None)


def test_the_longest_is_never_trimmed(asked):
    [row] = asked(*pool([(10, 10)] * 8 + [(6000, 6000)] * 2)).records()

    assert (row["p90_low"], row["p90_high"]) == (6000, 6000)


# The title, and the target


@pytest.mark.parametrize(
    ("claims", "chosen", "title"),
    [
        ([], {}, "No account times both the first clash and the arrival"),
        (pool([(5, 5)] * 4), {}, "Too few delays for a median: no account tells more than four"),
        (pool(TWELVE), {}, "Half of 10 events were reached within 50 minutes"),
        (pool(TWELVE), {"target_minutes": 30}, "30% of 10 events were reached within 30 minutes"),
        (pool(TWELVE), {"target_minutes": 80}, "60–80% of 10 events were reached within 80 minutes"),
        (
            [*pool([(n, n) for n in range(10, 20)]), *pool([(n, n) for n in range(110, 120)], "south")],
            {},
            "Half were reached within 14 minutes according to north, 114 minutes according to south",
        ),
        (
            [*pool([(n, n) for n in range(10, 20)]), *pool([(n, n) for n in range(110, 120)], "south")],
            {"target_minutes": 15},
            "60% were reached within 15 minutes according to north, 0% according to south",
        ),
        (
            [*pool([(n, n) for n in range(10, 20)]), *pool([(n, n) for n in range(10, 20)], "south")],
            {},
            "Half were reached within 14 minutes, by each of two accounts",
        ),
    ],
)
def test_the_title_says_what_half_took_or_which_share_came_in_time(asked, claims, chosen, title):
    found = asked(*claims, **chosen)

    assert found.title == title
    assert len(title.split()) <= 14


def test_a_target_is_a_dashed_line_with_its_label(asked):
    layout = asked(*pool(TWELVE), target_minutes=30).figure()["layout"]

    [dashed] = [shape for shape in layout["shapes"] if shape["line"]["dash"] == "dash"]
    assert dashed["x0"] == dashed["x1"] == 30
    assert "target 30 min" in {note["text"] for note in layout["annotations"]}


def test_no_target_may_be_nought_or_less():
    with pytest.raises(ValueError, match="greater than 0"):
        Selection(target_minutes=0)


def test_more_than_four_accounts_have_a_plot_each_over_all_others_in_grey(asked):
    claims = [one for name in "abcde" for one in pool([(n, n) for n in range(10, 20)], name)]
    figure = asked(*claims).figure()

    assert len([name for name in figure["layout"] if name.startswith("xaxis")]) == 5
    assert sum(len(trace["customdata"]) for trace in marked(figure)) == 50


def test_never_more_than_five_hundred_marks_are_drawn(asked):
    found = asked(*(one for name in "abc" for one in pool([(n, n + 1) for n in range(200)], name)))

    for width in WIDTHS:
        assert sum(len(trace["customdata"]) for trace in marked(found.figure(width))) <= 500
