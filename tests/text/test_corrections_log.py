"""The corrections log says what was, what is and why, each figure and time as one thing, and never who."""

from contextlib import closing

import pytest
from tests.record.writers import mended, said, taken_back

from contested.library import kept_story
from contested.model.arrow_schema import from_arrow
from contested.record import open_record
from contested.record.revisions import current
from contested.text.corrections_log import corrections_log


@pytest.fixture
def desk(tmp_path):
    with closing(open_record(tmp_path / "desk.record", create=True)) as record:
        yield record


def log(record, zone="UTC"):
    story = kept_story(record)
    return corrections_log(story, {one.claim_id: one for one in from_arrow(current(story.claims))}, zone)


def differences(one):
    return [tuple(difference) for difference in one.differences]


def test_a_figure_is_one_thing_and_the_words_that_follow_it_are_not_said_again(desk):
    said(desk, measure="killed", best=8, summary="Eight died.", label="8 killed")
    mended(desk, measure="killed", low=10, summary="At least ten died.", label="10 killed")
    [one] = log(desk)

    assert (one.act, one.account, one.why) == ("corrected", "north", "a second look")
    assert differences(one) == [("killed", "8", "at least 10")]
    assert "Ben" not in str(one)


def test_an_answer_that_says_what_its_figure_says_is_not_said_again(desk):
    said(desk, measure="killed", best=8, question="How many?", answer="8")
    mended(desk, measure="killed", best=10, question="How many?", answer="10")
    mended(desk, measure="killed", best=11, question="How many?", answer="unclear", base=2)

    assert differences(log(desk)[1]) == [("killed", "8", "10")]
    assert differences(log(desk)[0]) == [("killed", "10", "11"), ("answer", "10", "unclear")]


def test_where_the_words_of_a_figure_alone_are_corrected_it_is_the_words_that_are_shown(desk):
    said(desk, measure="injured", low=180, summary="180 or more were hurt.")
    mended(desk, measure="injured", low=180, figure_words="180 or more", summary="180 or more were hurt.")

    assert differences(log(desk)[0]) == [("figure words", "–", "180 or more")]


def test_a_time_is_one_thing_in_the_zone_of_the_reader(desk):
    said(desk, began_earliest="2020-02-07T12:00Z", began_latest="2020-02-07T12:00Z")
    mended(desk, began_earliest="2020-02-07T13:00Z", began_latest="2020-02-07T14:00Z")
    [one] = log(desk, "Asia/Almaty")

    assert differences(one) == [("began", "at 7 Feb 2020, 18:00", "between 7 Feb 2020, 19:00 and 7 Feb 2020, 20:00")]


def test_words_are_shown_where_nothing_else_was_changed(desk):
    said(desk, summary="They fougth.")
    mended(desk, summary="They fought.")

    assert differences(log(desk)[0]) == [("summary", "They fougth.", "They fought.")]


def test_what_was_not_said_before_is_a_dash_and_not_zero(desk):
    said(desk, summary="Some died.", place="a")
    mended(desk, summary="Nobody died.", measure="killed", best=0, speaker="a doctor")

    assert differences(log(desk)[0]) == [("killed", "–", "0"), ("place", "a", "–"), ("speaker", "–", "a doctor")]


def test_a_withdrawal_and_its_undoing_are_said_as_such_the_newest_first(desk):
    said(desk)
    taken_back(desk)
    mended(desk, base=2)
    back, withdrawn = log(desk)

    assert (withdrawn.act, back.act) == ("withdrawn", "back in place")
    assert withdrawn.differences == back.differences == ()
    assert withdrawn.at < back.at


def test_each_of_several_corrections_says_what_it_alone_changed(desk):
    said(desk, measure="killed", best=8)
    mended(desk, measure="killed", best=9)
    mended(desk, measure="killed", best=10, base=2)

    assert [differences(one) for one in log(desk)] == [[("killed", "9", "10")], [("killed", "8", "9")]]


def test_what_was_never_corrected_has_no_entry(desk):
    said(desk)

    assert log(desk) == []
