"""What a correction changes, all of the claim says; and who changed it, when and why, is said with what it was."""

from contextlib import closing
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.claims_for_tests import claim, night
from tests.record.writers import ANN, BEN

from contested.library import kept_story
from contested.model.corrections import Change, changed, clocks, days, numbers, outdated
from contested.record import open_record
from contested.record.edits import correct, state, withdraw

ALMATY = ZoneInfo("Asia/Almaty")


def still(before, after, *named, zone="UTC"):
    one = claim(**before)
    return outdated(one, one.model_copy(update=after), named, zone)


TEN = {"measure": "killed", "best": 10, "summary": "Ten people died.", "label": "10 killed", "answer": "10"}


def test_every_words_of_a_corrected_figure_that_still_say_the_old_one_are_named():
    assert still(TEN, {"best": 11}) == {"summary": "10", "label": "10", "answer": "10"}


@pytest.mark.parametrize(
    "summary",
    [
        *(
            "Погибли десять человек.",
            "Загинуло десять людей.",
            "Қордайда он адам қаза тапты.",
            "Zehn Menschen starben.",
        ),
        *("Dix personnes sont mortes.", "Murieron diez personas.", "Погибло 10 человек."),
    ],
)
def test_an_old_figure_is_found_in_the_words_of_every_language(summary):
    assert still({"measure": "killed", "best": 10, "summary": summary}, {"best": 11}) == {"summary": "10"}


def test_thousands_parted_by_a_point_are_one_figure():
    before = {"measure": "displaced", "best": 24_000, "summary": "Rund 24.000 Menschen flohen."}

    assert still(before, {"best": 25_000}) == {"summary": "24,000"}
    assert still(before, {"best": 25_000, "summary": "Rund 25.000 Menschen flohen."}) == {}


def test_a_figure_corrected_with_all_its_words_is_whole():
    whole = {"best": 11, "summary": "Eleven people died.", "label": "11 killed", "answer": "11"}

    assert still(TEN, whole) == {}


def test_a_field_that_is_given_again_stands_as_it_is_given():
    assert still(TEN | {"summary": "Not ten but eleven died."}, {"best": 11}, "summary", "label", "answer") == {}


def test_words_corrected_without_their_figure_name_the_figure():
    assert still(TEN, {"summary": "Eleven people died."}) == {"best": "10"}


@pytest.mark.parametrize("best", [None, 0])
def test_a_figure_taken_away_is_not_left_in_words(best):
    assert still(TEN, {"best": best})["summary"] == "10"


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({"low": 8, "figure_words": "at least 8"}, {"low": 9}, {"figure_words": "8"}),
        ({"low": 8}, {"low": None, "best": 8}, {}),
        ({"best": 10, "summary": "On 10 February at 10:10 and 10 p.m. they counted."}, {"best": 11}, {}),
        ({"best": 2, "summary": "Two of 12 were police."}, {"best": 3}, {"summary": "2"}),
        ({"best": 24_000, "summary": "About 24,000 fled."}, {"best": 25_000}, {"summary": "24,000"}),
        ({"high": 178, "summary": "One hundred and seventy-eight at most."}, {"high": 185}, {"summary": "178"}),
    ],
    ids=str,
)
def test_a_number_is_known_in_digits_and_in_words_and_a_date_is_none(before, after, found):
    assert still({"measure": "killed"} | before, after) == found


ELEVEN_PM = {"began_earliest": night("17:00"), "began_latest": night("17:00"), "zone": "Asia/Almaty"}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("at 11 p.m.", "23:00"),
        ("at 23:00", "23:00"),
        ("11 PM on 7 February", "23:00"),
        ("between 10-11 p.m.", "23:00"),
        ("at 5 p.m.", None),
        ("late in the evening", None),
    ],
)
def test_a_corrected_hour_is_not_left_in_words(words, found):
    before = ELEVEN_PM | {"time_words": words, "summary": "They came."}
    later = {
        "began_earliest": datetime(2020, 2, 7, 18, tzinfo=UTC),
        "began_latest": datetime(2020, 2, 7, 18, tzinfo=UTC),
    }

    assert still(before, later).get("time_words") == found


def test_an_hour_is_read_by_the_story_s_clock_where_the_claim_names_no_zone():
    before = {"began_latest": night("17:00"), "summary": "They came by 23:00."}

    assert still(before, {"began_latest": datetime(2020, 2, 7, 18, tzinfo=UTC)}, zone="Asia/Almaty") == {
        "summary": "23:00"
    }


@pytest.mark.parametrize(
    "words",
    [
        *("7 February", "February 7", "7th of Feb 2020", "2020-02-07", "07.02.2020", "7 февраля", "7 лютого 2020"),
        *("7 ақпанда", "7. Februar", "7 février", "7 de febrero"),
    ],
)
def test_a_corrected_day_is_not_left_in_words(words):
    before = {
        "began_earliest": "2020-02-07T00:00Z",
        "began_latest": "2020-02-07T23:59Z",
        "summary": f"It was on {words}.",
    }
    after = {one: datetime(2020, 2, 8, hour, tzinfo=UTC) for one, hour in (("began_earliest", 0), ("began_latest", 22))}

    assert still(before, after) == {"summary": "7 Feb"}


def test_a_corrected_answer_is_not_left_in_the_summary():
    before = {"question": "Where?", "answer": "Almaty", "summary": "He was brought to Almaty."}

    assert still(before, {"answer": "a regional hospital"}) == {"summary": "Almaty"}
    assert still(before, {"answer": "Almaty region", "summary": "He was brought to Almaty region."}) == {}


@given(st.integers(0, 999_999), st.integers(0, 999_999))
def test_a_figure_in_digits_is_found_unless_it_is_the_new_one(old, new):
    before = {"measure": "killed", "best": old, "summary": f"They counted {old:,} of them."}

    assert still(before, {"best": new}) == ({"summary": f"{old:,}"} if old != new else {})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("two thousand and five", {2005}),
        ("a hundred", {100}),
        ("someone, often", set()),
        ("12 or 15", {12, 15}),
        ("1 200 and 1.5", {1200, 1, 5}),
        ("140 in one country, 25 in the other", {140, 1, 25}),
    ],
)
def test_the_numbers_of_a_text(text, found):
    assert numbers(text) == found


def test_the_clocks_and_days_of_a_text():
    said = "approximately 5-6 p.m. on February 7 to about 5 a.m. on 8 Feb"

    assert clocks(said) == {(17, 0), (18, 0), (5, 0)}
    assert days(said) == {(2, 7), (2, 8)}
    assert clocks("12 a.m., 12:30 p.m.") == {(0, 0), (12, 30)}


# Who changed it


def told(tmp_path, *steps):
    with closing(open_record(tmp_path / "desk.record", create=True)) as record:
        for step in steps:
            step(record)
        return kept_story(record, "night")


def test_a_story_of_a_record_says_who_changed_a_claim_when_why_and_from_what(tmp_path):
    ten, eleven = (claim(measure="killed", best=best, summary=f"{best} died.") for best in (10, 11))
    story = told(
        tmp_path,
        lambda record: state(record, "night", ten, ANN),
        lambda record: correct(record, "night", eleven, BEN, 1),
        lambda record: withdraw(record, "night", "k1", ANN, 2),
    )

    corrected, withdrawn = story.changes["k1"]
    assert (corrected.act, corrected.who, corrected.why) == ("corrected", "Ben", "a second look")
    assert corrected.was() == {"summary": "10 died.", "best": 10}
    assert (withdrawn.act, withdrawn.who, withdrawn.was()) == ("withdrawn", "Ann", {"status": "standing"})


def test_a_claim_that_nobody_changed_has_no_changes(tmp_path):
    assert told(tmp_path, lambda record: state(record, "night", claim(), ANN)).changes == {}


def change(before, **after):
    one = claim(**before)
    other = one.model_copy(update=after)
    at = datetime(2020, 2, 9, 6, 10, tzinfo=UTC)
    return Change("corrected", "Ann", "a recount", at, one, changed(one, other)).sentence(ALMATY)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"measure": "killed", "best": 10}, {"best": 11}, "it said 10"),
        ({"measure": "killed", "low": 8}, {"low": 9}, "it said at least 8"),
        ({"place": "Sortobe"}, {"place": "Masanchi"}, "place before: “Sortobe”"),
        ({"time_words": None}, {"time_words": "at dusk"}, "time words before: empty"),
        ({"began_latest": night("17:00")}, {"began_latest": None}, "began latest before: 7 Feb 2020, 23:00"),
        ({"part_of": "a;b"}, {"part_of": ()}, "part of before: a, b"),
    ],
    ids=str,
)
def test_a_change_is_said_with_who_when_why_and_what_it_was(before, after, said):
    assert change(before, **after) == f"corrected by Ann, 9 Feb 2020, 12:10: a recount; {said}"
