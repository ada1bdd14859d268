"""Changes: what was replaced, corrected, withdrawn and first heard between two moments."""

import pytest
from tests.claims_for_tests import claim, night
from tests.lies.small_stories import killed, told

BEFORE = {"compared_with": night("19:00")}
OLD = claim(claim_id="old", stated_at=night("18:00"), summary="He was taken to Almaty.")


def changes(*claims, **chosen):
    return [(row["change"], row["claim_ids"]) for row in told("changes", *claims, **BEFORE | chosen).records()]


def test_a_claim_withdrawn_between_the_two_moments_is_a_change():
    taken_back = OLD.model_copy(
        update={"status": "withdrawn", "withdrawn_at": claim(stated_at=night("20:00")).stated_at}
    )
    found = told("changes", taken_back, **BEFORE)

    assert changes(taken_back) == [("withdrawn", ["old"])]
    assert found.title == "Since 7 Feb 2020, 19:00: 1 claim withdrawn."
    assert found.sentences[1:] == ("Withdrawn by north: He was taken to Almaty.",)
    assert [(row["old"], row["new"]) for row in found.records()] == [("He was taken to Almaty.", None)]
    assert found.records()[0]["stated_at"] == "2020-02-07T20:00:00+00:00"


def withdrawn(clock, **said):
    return claim(claim_id="old", stated_at=night("18:00"), status="withdrawn", withdrawn_at=night(clock), **said)


def test_a_withdrawal_before_the_earlier_or_after_the_later_moment_is_none_between_them():
    assert changes(withdrawn("18:30")) == []
    assert changes(withdrawn("22:00"), as_known_at=night("21:00")) == []
    assert changes(withdrawn("22:00"), as_known_at=night("22:00")) == [("withdrawn", ["old"])]


def test_a_withdrawal_at_an_unknown_time_is_in_neither_moment():
    assert changes(claim(claim_id="old", stated_at=night("18:00"), status="withdrawn")) == []


def test_a_withdrawal_gives_its_reason():
    found = told("changes", withdrawn("20:00", reason="The count was wrong"), **BEFORE)

    assert found.sentences[-1] == "Withdrawn by north: They fought. The reason: The count was wrong."


def test_what_was_stated_and_withdrawn_since_is_both():
    short = claim(claim_id="a", stated_at=night("20:00"), status="withdrawn", withdrawn_at=night("21:00"))

    assert changes(OLD, short) == [("stated", ["a"]), ("withdrawn", ["a"])]


def test_without_an_earlier_moment_the_last_day_also_counts_from_the_last_withdrawal():
    late = claim(claim_id="old", stated_at=night("18:00"), status="withdrawn", withdrawn_at="2020-02-20T12:00Z")
    found = told("changes", late)

    assert found.title == "Since 19 Feb 2020, 12:00: 1 claim withdrawn."


def test_a_withdrawal_rests_on_the_claim_that_was_withdrawn():
    assert told("changes", withdrawn("20:00"), **BEFORE).coverage.sentence() == "Rests on the one claim."
    assert told("changes", withdrawn("18:30"), **BEFORE).coverage.sentence() == (
        "Rests on no claim: 1 was known before."
    )


@pytest.mark.parametrize(
    ("new", "words"), [(10, "raised from 8 to 10"), (7, "lowered from 8 to 7"), (8, "restated from 8 to 8")]
)
def test_a_figure_is_raised_lowered_or_restated(new, words):
    found = told("changes", killed("a", 8, "18:00"), killed("b", new, "20:00", supersedes="a"), **BEFORE)

    assert found.title == "Since 7 Feb 2020, 19:00: 1 figure replaced."
    assert found.sentences[1:] == (f"north: the figure of the killed is {words}.",)


def test_a_claim_without_a_figure_that_replaces_another_speaks_by_its_words():
    new = claim(claim_id="b", stated_at=night("20:00"), supersedes="old", summary="He was taken to Taraz")

    assert told("changes", OLD, new, **BEFORE).sentences[1:] == ("Replaced by north: He was taken to Taraz.",)


def test_a_correction_says_who_what_and_why():
    corrected = claim(
        claim_id="b",
        account="south",
        stance="corrects",
        corrects="old",
        summary="He was taken to a regional hospital.",
        reason="The hospital said so.",
        stated_at=night("20:00"),
    )

    assert told("changes", OLD, corrected, **BEFORE).sentences == (
        "Since 7 Feb 2020, 19:00: 1 claim corrected and 1 voice heard for the first time.",
        "Heard for the first time: south.",
        "Corrected by south: He was taken to a regional hospital. The reason: The hospital said so.",
    )


def test_new_voices_are_named_once_each():
    voices = [
        claim(claim_id=f"{who}{n}", account=who, stated_at=night("20:00")) for who in ("south", "west") for n in "12"
    ]

    assert "Heard for the first time: south and west." in told("changes", OLD, *voices, **BEFORE).sentences


def test_a_voice_that_was_heard_before_is_not_new():
    again = claim(claim_id="b", stated_at=night("20:00"))

    assert told("changes", OLD, again, **BEFORE).sentences == ("Since 7 Feb 2020, 19:00: 1 claim added.",)


def test_nothing_new_is_said_to_be_nothing_new():
    assert told("changes", OLD, **BEFORE).sentences == ("No account in view said anything new.",)


# New contradictions

BRIDGE = {"kind": "statement", "question": "Was the bridge shot at?"}


def answers(claim_id, account, answer, clock):
    return claim(claim_id=claim_id, account=account, answer=answer, stated_at=night(clock), **BRIDGE)


def test_a_contradiction_that_came_up_between_the_two_moments_is_news():
    yes, no = answers("a", "north", "yes", "18:00"), answers("b", "south", "no", "20:00")
    sentences = told("changes", yes, no, **BEFORE).sentences

    assert "1 new contradiction." in sentences
    assert sentences[-1].startswith("Was the bridge shot at? north")
    assert "cannot both be true" in sentences[-1]


def test_a_contradiction_that_was_known_before_is_no_news_though_it_is_repeated():
    known = [answers("a", "north", "yes", "17:00"), answers("b", "south", "no", "18:00")]
    again = answers("c", "south", "no", "20:00")

    assert "contradiction" not in told("changes", *known, again, **BEFORE).sentence


def test_a_contradiction_that_comes_up_later_than_as_known_at_is_not_yet_news():
    yes, no = answers("a", "north", "yes", "18:00"), answers("b", "south", "no", "20:00")

    assert "contradiction" not in told("changes", yes, no, as_known_at=night("19:30"), **BEFORE).sentence
    assert "1 new contradiction." in told("changes", yes, no, as_known_at=night("20:00"), **BEFORE).sentences


def test_without_an_earlier_moment_contradictions_are_left_to_the_comparison():
    yes, no = answers("a", "north", "yes", "18:00"), answers("b", "south", "no", "20:00")

    assert "contradiction" not in told("changes", yes, no).sentence
