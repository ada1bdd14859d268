"""No account is the default: exchanging two accounts exchanges them in every answer and figure, and nothing else."""

import json
import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lies.small_stories import claims_behind

from contested import CHARTS, Selection, Store, answer
from contested.model.arrow_schema import from_arrow

ACCOUNTS = ("dungan_residents", "kazakh_residents", "officials", "vlast", "hromadske", "rumour")
SELECTIONS = (
    {},
    {"hedged": True},
    {"as_known_at": "2020-02-10T12:00+06:00"},
    {"kind": ["clash", "arrival", "casualties"]},
    {"resolution": "majority"},
)


@pytest.fixture(scope="module")
def as_it_is(korday):
    return Store(korday.claims)


@pytest.fixture(scope="module")
def exchanged(korday):
    """A store for each pair of accounts, in which every claim of one is given to the other and the other way round."""
    claims = tuple(from_arrow(korday.claims))

    def of(one, other):
        names = {one: other, other: one}
        return Store(
            [claim.model_copy(update={"account": names.get(claim.account, claim.account)}) for claim in claims]
        )

    return {frozenset(pair): of(*pair) for pair in combinations(ACCOUNTS, 2)}


def named(korday, text, one, other):
    """Write the text with the two accounts' labels exchanged."""
    labels = [korday.accounts[key].label for key in (one, other)]
    both = dict(zip(labels, reversed(labels), strict=True))
    either = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in both)
    return re.sub(either, lambda match: both[match[0]], text)


def with_places_exchanged(korday, one, other):
    """Give the story with each of two accounts in the other's place, which is where a list that is cut short begins."""
    names = {one: other, other: one}
    return replace(
        korday, accounts={names.get(key, key): korday.accounts[names.get(key, key)] for key in korday.accounts}
    )


@pytest.fixture(scope="module")
def asked(korday):
    """Ask a chart of a store, and keep the answer for whoever asks the same."""

    @lru_cache(400)
    def answered(store, chart, selection, exchanged):
        story = with_places_exchanged(korday, *exchanged) if exchanged else korday
        return answer(chart, story, store, selection)

    def ask(store, chart, chosen, exchanged=()):
        selection = {"zone": "Asia/Almaty", "open_groups": ["Outlets"]} | chosen
        return answered(store, chart, Selection.model_validate(selection), tuple(exchanged))

    return ask


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
@settings(max_examples=settings().max_examples // 6)
@given(
    pair=st.lists(st.sampled_from(ACCOUNTS), min_size=2, max_size=2, unique=True), chosen=st.sampled_from(SELECTIONS)
)
def test_exchanging_two_accounts_permutes_rows_and_sentences(korday, asked, as_it_is, exchanged, chart, pair, chosen):
    store, names = exchanged[frozenset(pair)], {pair[0]: pair[1], pair[1]: pair[0]}
    before, after = asked(as_it_is, chart, chosen), asked(store, chart, chosen)

    assert counted(after.records(), {}) == counted(before.records(), names)
    said = asked(store, chart, chosen, exchanged=pair).sentence
    assert letters(said) == letters(named(korday, before.sentence, *pair))


def counted(rows, names):
    """Count the rows with the accounts renamed; the two accounts of a comparison have no order."""
    return Counter(json.dumps(renamed(row, names), sort_keys=True) for row in rows)


def renamed(row, names):
    if "accounts" not in row:
        told = {name: value for name, value in row.items() if name != "sentence"}
        return told | {"account": names.get(row["account"], row["account"])}
    both = [names.get(account, account) for account in row["accounts"]]
    return {"question": row["question"], "relation": row["relation"], "claims": row["claim_ids"]} | {
        "values": sorted(zip(both, row["values"], strict=True))
    }


def letters(text):
    """Count the words of a text: clauses may change places, nothing else."""
    return Counter(re.sub(r"[;:,.]| and ", " ", text).casefold().split())


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
@settings(max_examples=settings().max_examples // 6)
@given(pair=st.lists(st.sampled_from(ACCOUNTS), min_size=2, max_size=2, unique=True))
def test_exchanging_two_accounts_permutes_the_marks_exactly(asked, as_it_is, exchanged, chart, pair):
    before, after = (asked(store, chart, {}) for store in (as_it_is, exchanged[frozenset(pair)]))

    assert marks(chart, after) == marks(chart, before)


def marks(chart, found):
    """Collect every mark without the colour, the shape and the lane that tell whose it is."""
    whose = {"marker", "line", "yaxis", "hovertext", "width"}
    in_lanes = {"timeline", "hourly-clashes", "response-delays", "pooled-delays", "clocks", "changes"}
    lane = {"y", "opacity"} if chart.key in in_lanes else set()
    lane |= {"base"} if chart.key in {"clocks", "clashes-by-hour"} else set()  # where its grid or panel stands
    lane |= {"x"} if chart.key == "clashes-by-hour" else set()  # its panel; the hours are held by the rows
    lane |= {"y"} if chart.key == "clashes-by-hour-of-week" else set()  # where its week stands
    lane |= {"x", "y", "text"} if chart.key == "disagreements" else set()  # its column, or its line of a card
    lane |= {"text"} if chart.key == "changes" else set()  # a sentence that names it
    figure = found.figure()
    return Counter(
        json.dumps(
            {name: value for name, value in one.items() if name not in whose | lane | {"customdata"}}
            | ({"x": one["x"][:10]} if chart.key == "casualty-counts" else {})  # within its day moved by its lane
            | {"claims": sorted(claims_behind(found, one["customdata"]))},
            sort_keys=True,
        )
        for trace in figure["data"]
        for one in single(trace)
    )


def single(trace):
    """Part a trace into its marks; what carries no claims, such as the ring round a shape, is none."""
    number = len(trace.get("customdata", ()))
    lists = {name for name, value in trace.items() if isinstance(value, list) and len(value) == number}
    return [
        {name: value[place] if name in lists else value for name, value in trace.items()} for place in range(number)
    ]


@pytest.fixture(scope="module")
def of_vlast(korday):
    """Give all claims of Vlast to each account in turn."""
    vlast = [claim for claim in from_arrow(korday.claims) if claim.account == "vlast"]
    return [Store([claim.model_copy(update={"account": name}) for claim in vlast]) for name in ACCOUNTS]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_an_account_is_drawn_alike_wherever_it_stands(asked, of_vlast, chart):
    """Only colour, shape and lane may change."""
    drawn = [marks(chart, asked(store, chart, {})) for store in of_vlast]

    assert all(one == drawn[0] for one in drawn)
