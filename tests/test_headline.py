"""A headline is at most 300 letters long whatever the story holds, and no number in it is cut."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import bounds, claim, night

from contested import CHARTS, Selection, Store, Story, answer
from contested.model.arrow_schema import to_arrow
from contested.model.side_tables import Account, Event
from contested.model.story import Package
from contested.model.wording import HEADLINE, cut, headline, listing

LONG = bounds("18:00", "19:00", "23:00", "23:00")
MEASURES = ("killed", "injured")


def many(number, length=10):
    return [f"{'Village council of ' * 30}{one}"[-length - 3 :] for one in range(100, 100 + number)]


def test_what_fits_stays_as_it_is():
    text = f"8 killed according to {listing(many(5))}."

    assert headline(text, many(5)) == text


def test_a_long_list_of_names_says_how_many_more_there_are():
    names = many(60)
    told = headline(f"Nothing is dated by {listing(names)}.", names)

    assert told == f"Nothing is dated by {', '.join(names[:8])} and 52 more."


def test_a_long_name_is_cut_in_its_middle():
    name = f"The {'very ' * 100}long council"

    told = headline(f"8 killed according to {name}; 10 according to the court.", [name])

    assert re.fullmatch(r"8 killed according to The very .*….* long council; 10 according to the court\.", told)
    assert len(told) < 150


def test_clauses_that_do_not_fit_are_counted():
    told = headline("; ".join(f"{number} killed according to the court of the district" for number in range(50)), [])

    assert len(told) <= HEADLINE
    kept = told.count(" killed ")
    assert told.endswith(f"; and {50 - kept} more.")


def test_a_number_is_never_cut():
    assert cut("a" * 20 + "1,234,567" + "b" * 20, 40) == "a" * 19 + "…" + "b" * 19
    assert cut("1" * 50, 20) == "…"


@given(st.text("ab1,. ", min_size=1), st.integers(5, 60))
def test_numbers_that_are_left_after_a_cut_stand_in_the_text(text, longest):
    short = cut(text, longest)

    assert len(short) <= max(longest, len(text) if len(text) <= longest else 0)
    if short != text:
        head, _, tail = short.partition("…")
        assert set(re.findall(r"\d+", head)) | set(re.findall(r"\d+", tail)) <= set(re.findall(r"\d+", text))


@st.composite
def stories(draw):
    """Draw a story of many accounts, long names, events and definitions."""
    length = draw(st.sampled_from([1, 40, 500]))
    accounts = [f"a{number}" for number in range(draw(st.sampled_from([1, 3, 60])))]
    labels = {
        key: f"{draw(st.sampled_from('xyz ')) * length}{key} {number * 1000}" for number, key in enumerate(accounts)
    }
    events = {key: f"{'event ' * (length // 5)}{key}" for key in ("e1", "e2")}
    claims = []
    for account in accounts:
        for number, kind in enumerate(draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=6))):
            more = kind(draw, length)
            named = {"claim_id": f"{account}-{number}", "account": account, "stated_at": night("09:00")}
            claims.append(claim(**named | {"event_id": draw(st.sampled_from(["e1", "e2"]))} | more))
    tables = {"accounts": {key: Account(account=key, label=label) for key, label in labels.items()}}
    tables |= {"events": {key: Event(event_id=key, label=label) for key, label in events.items()}}
    return Story("long", Package(title="Long"), to_arrow(claims), **tables)


def _clash(draw, length):  # noqa: ARG001 each kind is drawn alike
    return LONG if draw(st.booleans()) else {}


def _arrival(draw, length):  # noqa: ARG001 each kind is drawn alike
    clock = draw(st.sampled_from(["19:00", "20:30", "23:59"]))
    return {
        "kind": draw(st.sampled_from(["arrival", "call"])),
        "began_earliest": night(clock),
        "began_latest": night(clock),
    }


def _figure(draw, length):
    said = {"kind": "casualties", "measure": draw(st.sampled_from(MEASURES)), "best": draw(st.integers(0, 10**9))}
    return said | {
        "definition": draw(st.sampled_from([None, "d" * length])),
        "figure_words": draw(st.sampled_from([None, "dozens " * length])),
    }


def _answer(draw, length):
    return {
        "kind": "statement",
        "question": f"Who {'w' * length}?",
        "answer": draw(st.sampled_from(["one", "other " * length])),
    }


def _place(draw, length):  # noqa: ARG001 each kind is drawn alike
    return {"place": "p" * length, "latitude": 43.0, "longitude": 75.0, "radius_km": 2}


KINDS = (_clash, _arrival, _figure, _answer, _place)


@settings(max_examples=settings().max_examples // 5)
@given(stories(), st.sampled_from(["account", "side"]))
def test_no_chart_of_any_story_has_a_longer_headline(story, by):
    store = Store(story.claims)
    for chart in CHARTS:
        found = answer(chart, story, store, Selection(by=by, compared_with="2020-02-07T00:00Z"))

        assert len(found.title) <= HEADLINE, (chart.key, found.title)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_the_whole_finding_is_still_said(chart):
    labels = {f"a{number}": name for number, name in enumerate(many(60, 480))}
    claims = [
        claim(claim_id=f"{key}{number}", account=key, stated_at=night("09:00"), **said)
        for key in labels
        for number, said in enumerate([{"kind": "statement"}, {"kind": "casualties", "measure": "killed", "best": 3}])
    ]
    accounts = {key: Account(account=key, label=label) for key, label in labels.items()}
    story = Story("long", Package(title="Long"), to_arrow(claims), accounts)

    found = answer(chart, story, Store(claims), Selection(compared_with="2020-02-07T00:00Z"))

    assert len(found.title) <= HEADLINE
    assert chart.tell(found.rows, found.legend)[0] in found.sentences
