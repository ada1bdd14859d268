"""Silence, unknown, zero and denial: four things that south may do, and no chart, table or export confuses two of them.

North tells of a clash at 18:00, help at 19:00 and eight dead. South speaks of something else, or says that it does not
know, or that nobody died, or that none of it is so.
"""

import json
from itertools import combinations

import pytest
from tests.claims_for_tests import claim, night
from tests.lies.small_stories import told

from contested import CHARTS
from contested.query.legend import Legend, Voice
from contested.query.selection import Selection
from contested.text.attribution import attributed
from contested.text.claim_details import details

SAID, SOUTH = {"stated_at": night("09:00")}, {"account": "south"}
ASKED = {"question": "Was the bridge shot at?"}


def claims(prefix, said, clock=None, **figure):
    """Speak of the clash, of help, of the dead and of the bridge."""
    time = {"began_earliest": night(clock), "began_latest": night(clock)} if clock else {}
    return [
        claim(claim_id=f"{prefix}1", kind="clash", **SAID | said | time),
        claim(claim_id=f"{prefix}2", kind="arrival", **SAID | said | time),
        claim(claim_id=f"{prefix}3", kind="casualties", measure="killed", **SAID | said | figure),
        claim(claim_id=f"{prefix}4", kind="shooting", **ASKED, answer=figure.get("best") and "yes", **SAID | said),
    ]


NORTH = claims("n", {}, "18:00", best=8)
STORIES = {
    "silent": [claim(claim_id="s", kind="statement", summary="The mayor spoke.", **SAID, **SOUTH)],
    "unknown": claims("u", SOUTH),
    "zero": [claim(claim_id="z", kind="casualties", measure="killed", best=0, **SAID, **SOUTH)],
    "denied": claims("d", SOUTH | {"stance": "denies"}, best=8),
}
every_chart = pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
every_story = pytest.mark.parametrize("story", STORIES)
VALUES = {"low", "best", "high", "certain", "possible", "expected", "shortest_minutes", "longest_minutes", "median_low"}


def found(chart, story):
    return told(chart.key, *NORTH, *STORIES[story], by="account")


def of_south(answer):
    return [row for row in answer.records() if row.get("account") == "south" or "south" in row.get("accounts", ())]


@pytest.mark.parametrize("chart", ["hourly-clashes", "response-delays", "clocks", "timeline"])
def test_what_a_filter_leaves_out_is_never_said_to_be_told_by_nobody(chart):
    dated_by_north = told(chart, *NORTH, *STORIES["unknown"], account=("south",))
    dated_by_none = told(chart, *STORIES["unknown"])

    assert "shown" in dated_by_north.title
    assert "shown" not in dated_by_none.title


@every_chart
def test_the_four_are_told_apart(chart):
    """A toll of none is no word on hours and delays, so that there it is as good as silence."""
    asked = [story for story in STORIES if story != "zero" or chart.key in {"timeline", "casualty-counts", "changes"}]
    answers = [found(chart, story) for story in asked]

    for one, other in combinations(answers, 2):
        assert (one.sentence, one.caveat, one.records()) != (other.sentence, other.caveat, other.records())


@every_chart
def test_a_denial_is_called_one_and_nothing_else_is(chart):
    for story in STORIES:
        said = f"{found(chart, story).sentence} {found(chart, story).coverage.sentence()}"
        assert any(word in said for word in ("denied", "denial", "denies", "deny")) == (story == "denied"), story


@every_chart
@pytest.mark.parametrize("story", [story for story in STORIES if story != "zero"])
def test_only_a_zero_is_a_zero_in_the_table(chart, story):
    assert not [row for row in of_south(found(chart, story)) for name in VALUES & set(row) if row[name] == 0]


def test_a_zero_is_a_figure_like_any_other():
    [row] = of_south(found(next(one for one in CHARTS if one.key == "casualty-counts"), "zero"))

    assert row["best"] == 0
    assert (
        told("casualty-counts", *NORTH, *STORIES["zero"]).sentences[0]
        == "0 or 8 people killed, depending on the account."
    )


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        ("silent", "No figure of the killed is stated by south."),
        ("unknown", "A toll of the killed or injured is told without a number by south."),
        ("zero", "Latest figures of the killed: north 8 (8 Feb); south 0 (8 Feb)."),
        ("denied", "A toll of the killed or injured is denied by south."),
    ],
)
def test_the_ledger_says_each_in_words_of_its_own(story, sentence):
    said = {other: told("casualty-counts", *NORTH, *STORIES[other]).sentences for other in STORIES}

    assert [other for other, sentences in said.items() if sentence in sentences] == [story]


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        ("silent", "There is no dated claim of a clash by south."),
        ("unknown", "A clash is told without a time by south."),
        ("denied", "A clash is denied by south."),
    ],
)
def test_the_hours_say_each_in_words_of_its_own(story, sentence):
    said = {other: told("hourly-clashes", *NORTH, *STORIES[other]).sentences[-1] for other in STORIES}

    assert said[story] == sentence
    assert said["zero"] == said["silent"]


@pytest.mark.parametrize("key", ["hourly-clashes", "casualty-counts", "response-delays", "pooled-delays"])
def test_the_figure_names_a_denial_and_a_silence_at_its_foot(key):
    drawn = {story: json.dumps(answer.figure()) for story in STORIES for answer in [told(key, *NORTH, *STORIES[story])]}

    assert [story for story, figure in drawn.items() if "denied" in figure] == ["denied"]
    assert "south" in drawn["silent"]


@every_chart
@every_story
def test_an_export_keeps_unknown_apart_from_zero(chart, story):
    document = found(chart, story).document()

    assert json.loads(json.dumps(document, allow_nan=False)) == json.loads(json.dumps(document))
    assert "NaN" not in json.dumps(document)


@every_chart
@every_story
def test_a_table_never_leaves_a_cell_of_the_unknown_empty(chart, story):
    shown = found(chart, story).display()

    assert not [cell for name in shown for cell in shown[name] if cell in {"", "nan", "None", "NaT"}]


def test_the_evidence_says_each_in_words_of_its_own():
    legend = Legend((Voice("south", "South", 0),), Selection())
    figures = {story: details(of[-2] if len(of) > 1 else of[0], None, legend) for story, of in STORIES.items()}

    assert figures["unknown"]["Figure"] == "killed, no number stated"
    assert figures["zero"]["Figure"] == "no people were killed"
    assert figures["denied"]["Who"] == "South (denies), speaker not named"
    assert "Figure" not in figures["silent"]


def test_the_sentence_to_paste_says_each_in_words_of_its_own():
    legend = Legend((Voice("south", "South", 0),), Selection())
    figures = {story: attributed([of[-2] if len(of) > 1 else of[0]], legend) for story, of in STORIES.items()}

    assert figures["zero"] == "No people were killed, according to South on 8 February 2020."
    assert figures["denied"] == "South on 8 February 2020 denied that 8 people were killed."
    assert figures["silent"] == "The mayor spoke, according to South on 8 February 2020."
    assert figures["unknown"] == "They fought, according to South on 8 February 2020."
    assert attributed([], legend) == "Nobody shown says anything of this."


@pytest.mark.parametrize("chart", ["hourly-clashes", "response-delays", "casualty-counts"])
def test_what_opens_the_story_says_who_denies_it_and_not_that_he_is_silent(chart):
    quiet = told(chart, *NORTH, *STORIES["denied"], by="account").finding.quiet

    assert quiet.endswith("is denied by south.")
    assert "dates no" not in quiet


def test_who_denies_a_clash_does_not_say_how_long_it_went_on():
    hours = {"began_earliest": "18:00", "began_latest": "18:00", "ended_earliest": "19:00", "ended_latest": "19:00"}
    times = {name: night(clock) for name, clock in hours.items()}
    north, south = claim(**SAID, **times), claim(claim_id="d1", stance="denies", **SAID, **SOUTH, **times)

    assert told("timeline", north, south, by="account").title == "One account, north, says how long clashes lasted"


@pytest.mark.parametrize("chart", ["hourly-clashes", "response-delays", "casualty-counts"])
def test_what_one_account_alone_says_is_said_by_it_where_a_filter_hides_the_others(chart):
    """South tells of other hours and more dead; the reader has chosen North alone."""
    chosen, whole = told(chart, *NORTH, *claims("s", SOUTH, "18:30", best=9), account=("north",)), told(chart, *NORTH)

    assert "north" in chosen.title.lower()
    assert "north" not in whole.title.lower()
