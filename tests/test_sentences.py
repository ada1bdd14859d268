"""Sentences: every one that a chart tells of a small story, written out to be read aloud.

Accounts are named in one word and in several, as one person and as many; whoever adds a sentence adds it here.
"""

import pytest
from tests.claims_for_tests import bounds, claim, night
from tests.lies.small_stories import at, chart, killed, unique

from contested import Selection, Store, Story, answer
from contested.model.arrow_schema import to_arrow
from contested.model.side_tables import Account, Event
from contested.model.story import Package

LABELS = {"north": "Locals", "south": "Officials", "west": "The Courier"}
ACCOUNTS = {key: Account(account=key, label=label) for key, label in LABELS.items()}
EVENTS = {"night": Event(event_id="night", label="The night"), "day": Event(event_id="day", label="The day after")}
LONG, LATE = bounds("18:00", "19:00", "23:00", "23:00"), bounds("20:00", "20:00", "23:00", "23:30")
SOUTH, WEST = {"account": "south"}, {"account": "west"}
FOUGHT = claim(claim_id="a", **LONG)
FOUGHT_LATER = claim(claim_id="b", **SOUTH, **LATE)
SPOKE = claim(claim_id="s", **WEST, kind="statement", summary="The mayor spoke.")
DENIED = claim(claim_id="d", **SOUTH, stance="denies", summary="Nobody fought.")
UNTIMED = claim(claim_id="u", **SOUTH)
INJURED = {"kind": "casualties", "measure": "injured", "stated_at": night("09:00")}
ASKED = {"kind": "statement", "question": "Who came?"}
VILLAGE = {"place": "village", "latitude": 43.0, "longitude": 75.0, "radius_km": 2}


def told(key, claims, chosen):
    """Tell what a chart says, its doubts and its coverage, a sentence a line."""
    story = Story("small", Package(title="Small"), to_arrow(claims), accounts=ACCOUNTS, events=EVENTS)
    found = answer(chart(key), story, Store(claims), Selection.model_validate(chosen))
    return [*found.sentences, *found.coverage.doubts, found.coverage.sentence()]


TOLD = {
    "timeline empty": ([], {}, ["No account shown makes a claim.", "No claim is shown."]),
    "timeline one": (
        [FOUGHT],
        {},
        [
            "1 of 1 account dates something in these hours.",
            "1 of 1 claim is dated, by 1 account.",
            "The hours shown, 7 Feb, 15:00 to 8 Feb 2020, 00:00, hold 1 of them.",
            "Each has a time.",
            "Rests on the one claim.",
        ],
    ),
    "timeline all-silent": (
        [SPOKE],
        {},
        ["No account shown dates a claim.", "1 claim gives no time.", "Rests on no claim: 1 gives no time."],
    ),
    "timeline all-equal": (
        [FOUGHT, claim(claim_id="b", **SOUTH, **LONG)],
        {},
        [
            "2 of 2 accounts date something in these hours.",
            "2 of 2 claims are dated, by 2 accounts.",
            "The hours shown, 7 Feb, 15:00 to 8 Feb 2020, 00:00, hold 2 of them.",
            "Each has a time.",
            "Rests on both claims.",
        ],
    ),
    "timeline two-silent": (
        [FOUGHT, UNTIMED, SPOKE],
        {},
        [
            "1 of 3 accounts dates something in these hours; nothing in them is dated by Officials and The Courier.",
            "1 of 3 claims is dated, by 1 account.",
            "The hours shown, 7 Feb, 15:00 to 8 Feb 2020, 00:00, hold 1 of them.",
            "2 claims give no time.",
            "Rests on 1 of 3 claims: 2 give no time.",
        ],
    ),
    "timeline denied": (
        [FOUGHT, DENIED],
        {},
        [
            "1 of 2 accounts dates something in these hours; nothing in them is dated by Officials.",
            "1 of 2 claims is dated, by 1 account.",
            "The hours shown, 7 Feb, 15:00 to 8 Feb 2020, 00:00, hold 1 of them.",
            "1 claim gives no time.",
            "1 claim is a denial.",
            "Rests on 1 of 2 claims: 1 gives no time.",
        ],
    ),
    "timeline derived": (
        [claim(time_basis="derived", time_words="yesterday", **LONG)],
        {},
        [
            "1 of 1 account dates something in these hours.",
            "1 of 1 claim is dated, by 1 account.",
            "The hours shown, 7 Feb, 15:00 to 8 Feb 2020, 00:00, hold 1 of them.",
            "Each has a time.",
            "1 time is derived, not stated.",
            "Rests on the one claim.",
        ],
    ),
    "timeline unclear": (
        [claim(claim_id=one, same_event="unclear", **LONG) for one in "ab"],
        {},
        [
            "1 of 1 account dates something in these hours.",
            "2 of 2 claims are dated, by 1 account.",
            "The hours shown, 7 Feb, 15:00 to 8 Feb 2020, 00:00, hold 2 of them.",
            "Each has a time.",
            "Of 2 claims it is unclear whether they are about their event.",
            "Rests on both claims.",
        ],
    ),
    "timeline by-side": (
        [FOUGHT, claim(claim_id="b", side="northern", **LONG)],
        {"by": "side"},
        [
            "2 of 2 sides date something in these hours.",
            "2 of 2 claims are dated, by 2 sides.",
            "The hours shown, 7 Feb, 15:00 to 8 Feb 2020, 00:00, hold 2 of them.",
            "Each has a time.",
            "Rests on both claims.",
        ],
    ),
    "hourly-clashes empty": ([], {}, ["No account shown dates a clash.", "No claim of a clash is shown."]),
    "hourly-clashes one": (
        [FOUGHT],
        {},
        [
            "Locals: certain in 4 hours (7 Feb 2020, 19:00 to 23:00), possible in 1 more.",
            "Rests on the one claim of a clash.",
        ],
    ),
    "hourly-clashes two": (
        [FOUGHT, FOUGHT_LATER],
        {},
        [
            "Clashes are certain in 3 to 4 hours, depending on the account.",
            "Locals: certain in 4 hours (7 Feb 2020, 19:00 to 23:00), possible in 1 more.",
            "Officials: certain in 3 hours (7 Feb 2020, 20:00 to 23:00), possible in 1 more.",
            "1 of 2 times is a full or half hour: two that coincide need not be one moment.",
            "Rests on both claims of a clash.",
        ],
    ),
    "hourly-clashes all-silent": ([SPOKE], {}, ["No account shown dates a clash.", "No claim of a clash is shown."]),
    "hourly-clashes all-equal": (
        [FOUGHT, claim(claim_id="b", **SOUTH, **LONG)],
        {},
        [
            "Clashes are certain in 4 hours, by each account that dates one.",
            "Locals: certain in 4 hours (7 Feb 2020, 19:00 to 23:00), possible in 1 more.",
            "Officials: certain in 4 hours (7 Feb 2020, 19:00 to 23:00), possible in 1 more.",
            "Rests on both claims of a clash.",
        ],
    ),
    "hourly-clashes denied-untimed-and-silent": (
        [FOUGHT, DENIED, claim(claim_id="u", **WEST)],
        {},
        [
            "Locals: certain in 4 hours (7 Feb 2020, 19:00 to 23:00), possible in 1 more.",
            "A clash is denied by Officials. A clash is told without a time by The Courier.",
            "Rests on 1 of 3 claims of a clash: 1 denies it and 1 gives no time.",
        ],
    ),
    "hourly-clashes all-four-ways-of-no-hour": (
        [DENIED, claim(claim_id="u", account="north"), SPOKE],
        {},
        [
            "No account shown dates a clash.",
            "A clash is told without a time by Locals.",
            "A clash is denied by Officials.",
            "Rests on no claim of a clash: 1 denies it and 1 gives no time.",
        ],
    ),
    "hourly-clashes one-silent": (
        [FOUGHT, SPOKE],
        {},
        [
            "Locals: certain in 4 hours (7 Feb 2020, 19:00 to 23:00), possible in 1 more.",
            "There is no dated claim of a clash by The Courier.",
            "Rests on the one claim of a clash.",
        ],
    ),
    "hourly-clashes only-denied": (
        [DENIED],
        {},
        [
            "No account shown dates a clash.",
            "A clash is denied by Officials.",
            "Rests on no claim of a clash: 1 denies it.",
        ],
    ),
    "hourly-clashes none-certain": (
        [claim(claim_id=who, account=who, **bounds("18:00", None, None, "20:00")) for who in ("north", "south")],
        {},
        [
            "No account makes any hour of the clashes certain.",
            "Locals: no hour is certain; possible in 2 (7 Feb 2020, 18:00 to 20:00).",
            "Officials: no hour is certain; possible in 2 (7 Feb 2020, 18:00 to 20:00).",
            "Rests on both claims of a clash.",
        ],
    ),
    "hourly-clashes contradicts-itself": (
        [
            claim(claim_id="a", **bounds("18:00", "18:00", "19:00", "19:00")),
            claim(claim_id="b", **bounds("20:00", "20:00", "21:00", "21:00")),
        ],
        {},
        [
            "Locals: no hour is certain; possible in 3 (7 Feb 2020, 18:00 to 21:00). The account contradicts itself.",
            "2 times are full or half hours: two that coincide need not be one moment.",
            "Rests on both claims of a clash.",
        ],
    ),
    "hourly-clashes no-end-and-late": (
        [claim(**bounds("18:00", "18:00", None, None), stated_at=night("21:00"))],
        {"as_known_at": night("22:00")},
        [
            "Locals: certain in 1 hour (7 Feb 2020, 18:00 to 19:00), possible in 2 more, with no end given.",
            "Reporting lag: Locals at most 3 hours (n = 1).",
            "As known at 7 Feb 2020, 22:00, the hours since 7 Feb 2020, 19:00 are incomplete.",
            "1 time is a full or half hour: two that coincide need not be one moment.",
            "Rests on the one claim of a clash.",
        ],
    ),
    "hourly-clashes withdrawn": (
        [FOUGHT, claim(claim_id="w", **SOUTH, status="withdrawn", **LATE)],
        {},
        [
            "Locals: certain in 4 hours (7 Feb 2020, 19:00 to 23:00), possible in 1 more.",
            "A claim of a clash was withdrawn by Officials.",
            "1 of 2 times is a full or half hour: two that coincide need not be one moment.",
            "Rests on 1 of 2 claims of a clash: 1 was withdrawn.",
        ],
    ),
    "response-delays empty": (
        [],
        {},
        ["No account shown times both onset and arrival.", "No claim of a clash or a response is shown."],
    ),
    "response-delays one": (
        [at("18:00", "clash"), at("19:00", "arrival")],
        {},
        [
            "It took 1 hour from onset to arrival, according to Locals (The night).",
            "2 times are full or half hours: two that coincide need not be one moment.",
            "Rests on both claims of a clash or a response.",
        ],
    ),
    "response-delays two": (
        unique(
            [
                at("18:00", "clash"),
                at("19:00", "arrival"),
                at("18:00", "clash", **SOUTH),
                at("21:00", "arrival", **SOUTH),
            ]
        ),
        {},
        [
            "It took 1 to 3 hours from onset to arrival, depending on the account.",
            "It took 1 hour from onset to arrival, according to Locals (The night).",
            "It took 3 hours from onset to arrival, according to Officials (The night).",
            "4 times are full or half hours: two that coincide need not be one moment.",
            "Rests on all 4 claims of a clash or a response.",
        ],
    ),
    "response-delays all-equal": (
        unique(
            [
                at("18:00", "clash"),
                at("19:00", "arrival"),
                at("18:00", "clash", **SOUTH),
                at("19:00", "arrival", **SOUTH),
            ]
        ),
        {},
        [
            "It took 1 hour from onset to arrival, by 2 accounts.",
            "It took 1 hour from onset to arrival, according to Locals (The night).",
            "It took 1 hour from onset to arrival, according to Officials (The night).",
            "4 times are full or half hours: two that coincide need not be one moment.",
            "Rests on all 4 claims of a clash or a response.",
        ],
    ),
    "response-delays order-unknown": (
        [
            claim(claim_id="a", **bounds("18:00", "20:00", None, None)),
            claim(claim_id="b", kind="arrival", **bounds("19:00", "21:00", None, None)),
        ],
        {},
        [
            "Arrival came 1 hour before to 3 hours after onset (order unknown), according to Locals (The night).",
            "Rests on both claims of a clash or a response.",
        ],
    ),
    "response-delays before": (
        [at("20:00", "clash"), at("19:00", "arrival")],
        {},
        [
            "Arrival came 1 hour before onset, according to Locals (The night).",
            "2 times are full or half hours: two that coincide need not be one moment.",
            "Rests on both claims of a clash or a response.",
        ],
    ),
    "pooled-delays empty": (
        [],
        {},
        ["No account shown gives a delay from onset to arrival.", "No claim of a clash or a response is shown."],
    ),
    "pooled-delays one": (
        [at("18:00", "clash"), at("19:00", "arrival")],
        {},
        [
            "Too few delays from onset to arrival for a median: no account tells more than 1.",
            "According to Locals, 1 delay (too few: n = 1): 1 hour (The night).",
            "2 times are full or half hours: two that coincide need not be one moment.",
            "Rests on both claims of a clash or a response.",
        ],
    ),
    "casualty-counts empty": (
        [],
        {},
        ["No account shown counts the killed or injured.", "No claim of the killed or injured is shown."],
    ),
    "casualty-counts one-person": (
        [killed("a", 1)],
        {},
        [
            "1 person killed, according to Locals.",
            "Latest figures of the killed: Locals 1 (8 Feb).",
            "No figure of the injured is stated by Locals.",
            "Rests on the one claim of the killed or injured.",
        ],
    ),
    "casualty-counts none-killed": (
        [killed("a", 0)],
        {},
        [
            "0 people killed, according to Locals.",
            "Latest figures of the killed: Locals 0 (8 Feb).",
            "No figure of the injured is stated by Locals.",
            "Rests on the one claim of the killed or injured.",
        ],
    ),
    "casualty-counts two": (
        [killed("a", 8), killed("b", 10, **SOUTH)],
        {},
        [
            "8 or 10 people killed, depending on the account.",
            "Latest figures of the killed: Locals 8 (8 Feb); Officials 10 (8 Feb).",
            "No figure of the injured is stated by Locals and Officials.",
            "1 of 2 figures may stand for a word, as 12 does for dozens.",
            "Rests on both claims of the killed or injured.",
        ],
    ),
    "casualty-counts all-equal": (
        [killed("a", 8), killed("b", 8, **SOUTH)],
        {},
        [
            "8 people killed, by every account that states a figure.",
            "Latest figures of the killed: Locals 8 (8 Feb); Officials 8 (8 Feb).",
            "No figure of the injured is stated by Locals and Officials.",
            "Rests on both claims of the killed or injured.",
        ],
    ),
    "casualty-counts all-silent": (
        [FOUGHT, SPOKE],
        {},
        ["No account shown counts the killed or injured.", "No claim of the killed or injured is shown."],
    ),
    "casualty-counts zero-unknown-denied-and-silent": (
        [killed("a", 0), killed("b", None, **SOUTH), killed("c", 8, **WEST, stance="denies")],
        {},
        [
            "0 people killed, according to Locals.",
            "Latest figures of the killed: Locals 0 (8 Feb); Officials an unknown number (8 Feb).",
            "A toll of the killed or injured is told without a number by Officials.",
            "A toll of the killed or injured is denied by The Courier.",
            "No figure of the injured is stated by Locals and Officials.",
            "Rests on 1 of 3 claims of the killed or injured: 1 denies it and 1 gives no number.",
        ],
    ),
    "casualty-counts dozens": (
        [killed("a", None, figure_words="dozens")],
        {},
        [
            "Dozens of people killed, according to Locals.",
            "Latest figures of the killed: Locals dozens (8 Feb).",
            "A toll of the killed or injured is told without a number by Locals.",
            "No figure of the injured is stated by Locals.",
            "Rests on no claim of the killed or injured: 1 gives no number.",
        ],
    ),
    "casualty-counts dozens-read-as-twelve": (
        [killed("a", None, low=12, figure_words="dozens")],
        {},
        [
            "At least 12 people killed, according to Locals.",
            "Latest figures of the killed: Locals at least 12 (“dozens”) (8 Feb).",
            "No figure of the injured is stated by Locals.",
            "Rests on the one claim of the killed or injured.",
        ],
    ),
    "casualty-counts at-least": (
        [killed("a", None, low=8)],
        {},
        [
            "At least 8 people killed, according to Locals.",
            "Latest figures of the killed: Locals at least 8 (8 Feb).",
            "No figure of the injured is stated by Locals.",
            "Rests on the one claim of the killed or injured.",
        ],
    ),
    "casualty-counts at-most": (
        [killed("a", None, high=8)],
        {},
        [
            "At most 8 people killed, according to Locals.",
            "Latest figures of the killed: Locals at most 8 (8 Feb).",
            "No figure of the injured is stated by Locals.",
            "Rests on the one claim of the killed or injured.",
        ],
    ),
    "casualty-counts range": (
        [killed("a", 11, low=8, high=13)],
        {},
        [
            "8 to 13 people killed, according to Locals.",
            "Latest figures of the killed: Locals 11 (8 to 13) (8 Feb).",
            "No figure of the injured is stated by Locals.",
            "Rests on the one claim of the killed or injured.",
        ],
    ),
    "casualty-counts a-part": (
        [killed("a", 8, victims="police")],
        {},
        [
            "No account shown states how many were killed.",
            "Of some people only: Locals 8 killed (police; The night).",
            "No figure of the injured is stated by Locals.",
            "Rests on no claim of the killed or injured: 1 counts only some people.",
        ],
    ),
    "casualty-counts two-events": (
        [killed("a", 8), killed("b", 2, event_id="day")],
        {},
        [
            "8 people killed (The night), according to Locals.",
            "2 people killed (The day after), according to Locals.",
            "Latest figures of the killed: Locals 8 (The night) and 2 (The day after) (8 Feb).",
            "No figure of the injured is stated by Locals.",
            "Rests on both claims of the killed or injured.",
        ],
    ),
    "casualty-counts definitions": (
        [
            claim(claim_id="a", best=8, definition="hospitalised", **INJURED),
            claim(claim_id="b", best=21, definition="sought help", **INJURED),
        ],
        {},
        [
            "No account shown states how many were killed.",
            "Latest figures of the injured: Locals 8 hospitalised and 21 sought help (8 Feb).",
            "No figure of the killed is stated by Locals.",
            "Rests on both claims of the killed or injured.",
        ],
    ),
    "casualty-counts withdrawn": (
        [killed("a", 8, status="withdrawn")],
        {},
        [
            "No account shown states how many were killed.",
            "A claim of the killed or injured was withdrawn by Locals.",
            "No figure of the injured is stated by Locals.",
            "Rests on no claim of the killed or injured: 1 was withdrawn.",
        ],
    ),
    "disagreements empty": (
        [],
        {},
        ["No account shown answers a question that another answers.", "No claim that can be compared is shown."],
    ),
    "disagreements one-account": (
        [claim(**ASKED, answer="Many")],
        {},
        ["No account shown answers a question that another answers.", "Rests on the one claim that can be compared."],
    ),
    "disagreements all-equal": (
        [claim(claim_id="a", **ASKED, answer="Many"), claim(claim_id="b", **SOUTH, **ASKED, answer="Many")],
        {},
        [
            "1 pair says the same.",
            "By origin, what is the same: 1 pair from 1 origin.",
            "Rests on both claims that can be compared.",
        ],
    ),
    "disagreements differ": (
        [claim(claim_id="a", **ASKED, answer="Many"), claim(claim_id="b", **SOUTH, **ASKED, answer="Few")],
        {},
        ["1 pair says different things.", "Rests on both claims that can be compared."],
    ),
    "disagreements rejected": (
        [
            claim(claim_id="a", **ASKED, answer="Many", stance="relays", via="guests"),
            claim(claim_id="b", **SOUTH, **ASKED, answer="Nobody", stance="denies"),
        ],
        {},
        [
            "1 pair holds a rumour and its rejection.",
            "1 claim is a denial.",
            "Rests on both claims that can be compared.",
        ],
    ),
    "changes empty": ([], {}, ["No account shown said anything new.", "No claim is shown."]),
    "changes one": (
        [claim(stated_at=night("20:00"))],
        {},
        [
            "Since 6 Feb 2020, 20:00: 1 voice heard for the first time and 1 claim added.",
            "Heard for the first time: Locals.",
            "Rests on the one claim.",
        ],
    ),
    "changes two-moments": (
        [
            killed("a", 8),
            killed("b", 10, "11:00", supersedes="a"),
            claim(claim_id="c", **SOUTH, stated_at=night("11:30")),
        ],
        {"compared_with": night("10:00")},
        [
            "Since 8 Feb 2020, 10:00: 1 figure raised, 1 voice heard for the first time and 1 claim added.",
            "Heard for the first time: Officials.",
            "Locals: the figure of the killed is raised from 8 to 10.",
            "Rests on 2 of 3 claims: 1 was known before.",
        ],
    ),
    "changes nothing-new": (
        [claim(stated_at=night("20:00"))],
        {"compared_with": night("21:00")},
        ["No account shown said anything new.", "Rests on no claim: 1 was known before."],
    ),
    "map empty": ([], {}, ["No account shown names a place.", "No claim is shown."]),
    "map all-silent": ([SPOKE], {}, ["No account shown names a place.", "Rests on no claim: 1 names no place."]),
    "map one": (
        [claim(**VILLAGE)],
        {},
        ["1 of 1 account names 1 place.", "1 of 1 claim is located on the map, 0 not.", "Rests on the one claim."],
    ),
    "map denied": (
        [claim(**VILLAGE, stance="denies")],
        {},
        [
            "1 of 1 account names 1 place.",
            "1 of 1 claim is located on the map, 0 not.",
            "1 claim is a denial.",
            "Rests on the one claim.",
        ],
    ),
    "map two": (
        [claim(claim_id="a", **VILLAGE), claim(claim_id="b", **SOUTH, place="hill"), SPOKE],
        {},
        [
            "2 of 3 accounts name 2 places.",
            "1 of 3 claims is located on the map, 2 not.",
            "Not drawn, too wide or at no known point: hill (1 claim).",
            "1 claim names no place.",
            "No place is named by The Courier.",
            "Rests on 2 of 3 claims: 1 names no place.",
        ],
    ),
}


@pytest.mark.parametrize("case", TOLD)
def test_it_is_told_in_these_words(case):
    claims, chosen, expected = TOLD[case]

    assert told(case.split()[0], claims, chosen) == expected


@pytest.mark.parametrize("case", TOLD)
def test_every_sentence_begins_and_ends_as_one(case):
    claims, chosen, _ = TOLD[case]

    for sentence in told(case.split()[0], claims, chosen):
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert sentence.endswith(".")
        assert not [slip for slip in SLIPS if slip in f" {sentence}"]


SLIPS = ("  ", " ,", "..", "nan", "None", "NaT", " 1 claims", " 1 people", " 1 hours", " 1 times", " 1 accounts")


def test_at_least_forty_cases_are_written_out():
    assert len(TOLD) >= 40
    assert len({case.split()[0] for case in TOLD}) >= 8
