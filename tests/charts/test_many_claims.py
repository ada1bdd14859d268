"""A figure of very many claims is one that a browser can draw, and says what it leaves out."""

import json
import re

import numpy as np
import pytest
from bench.questions import drawn
from hypothesis import given
from hypothesis import strategies as st
from tests.claims_for_tests import claim
from tests.lies.small_stories import told

from contested import CHARTS, Selection, Store, Story, answer
from contested.analysis.thinning import MOST, chosen, fair_share
from contested.model.story import Package

MANY, MEGABYTE = 20_000, 1_000_000
WEEKS = {"clashes-by-hour-of-week": 7 * 2 * 7 * 24, "delays-by-hour-of-week": 7 * 7 * 24}
"""Figures of the hours of the week, certain and possible, of at most seven accounts: as many cells for any claims."""

every_chart = pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)


@pytest.fixture(scope="module")
def answered():
    claims = drawn(MANY)
    story, store = Story("many", Package(title="Many"), claims), Store(claims)
    found = {chart.key: answer(chart, story, store, Selection()) for chart in CHARTS}
    return {key: (one, one.figure()) for key, one in found.items()}


@every_chart
def test_a_figure_has_no_more_marks_than_a_browser_can_draw(answered, chart):
    _, figure = answered[chart.key]

    assert sum(len(trace.get("customdata", ())) for trace in figure["data"]) <= WEEKS.get(chart.key, MOST)
    assert len(json.dumps(figure)) <= MEGABYTE


@pytest.mark.parametrize(("key", "words"), [("casualty-counts", r"500 of 3,\d\d\d figures are drawn")])
def test_what_a_figure_leaves_out_is_said_in_words_and_on_the_chart(answered, key, words):
    found, figure = answered[key]

    assert re.search(words, found.sentence)
    assert re.search(r"\d of [\d,]+ (marks|figures|moments) drawn", str(figure["layout"]["annotations"]))


@every_chart
def test_what_is_said_of_very_many_claims_can_be_read(answered, chart):
    found, _ = answered[chart.key]

    assert len(found.sentence) < 10_000


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=30), st.integers(1, 1000))
def test_a_fair_share_is_the_largest_that_fits(sizes, most):
    share = fair_share(sizes, most)

    assert share == 1 or sum(min(size, share) for size in sizes) <= most
    assert share == max(sizes) or sum(min(size, share + 1) for size in sizes) > most


@given(st.lists(st.integers(0, 2), min_size=1, max_size=60), st.integers(1, 60))
def test_those_of_a_lower_rank_are_chosen_first(ranks, most):
    places = chosen(np.array(ranks), most).tolist()
    left = [rank for place, rank in enumerate(ranks) if place not in places]

    assert len(places) == min(most, len(ranks))
    assert places == sorted(set(places))
    assert not left or max(ranks[place] for place in places) <= min(left)


def spread_out(account, number):
    """Make a claim of one of very many accounts, at a place of its own."""
    hour = f"2020-02-{1 + number % 20:02}T{number % 24:02}:00Z"
    counts = {"measure": "killed", "best": number % 50} if number % 2 else {}
    place = {"latitude": 40 + number % 40 / 10, "longitude": 70 + number / 1000, "radius_km": 1}
    return claim(
        claim_id=f"{account}-{number}",
        event_id=f"e{number}",
        account=f"account {account}",
        kind="casualties" if number % 2 else "clash",
        began_earliest=hour,
        began_latest=hour,
        stated_at=hour,
        **place,
        **counts,
    )


@pytest.mark.parametrize("key", ["timeline", "casualty-counts", "map"])
def test_of_very_many_accounts_and_places_those_of_the_most_claims_are_drawn_and_the_others_counted(key):
    found = told(key, *(spread_out(number % 200, number) for number in range(3_000)))
    figure = found.figure()

    assert sum(len(trace.get("customdata", ())) for trace in figure["data"]) <= MOST
    assert len(json.dumps(figure)) <= MEGABYTE
    assert re.search(
        r"\d accounts of fewer|are drawn, those of the places that most (claims|events) name", found.sentence
    )
    assert len(found.sentence) < 30_000
