"""A form is read as a row is; every claim can be written into it and read again unchanged."""

import pytest
from tests.claims_for_tests import claim, fields

from contested.ingest.statement import FIGURE_BY_HAND, TIMES_BY_HAND, bounds_by_hand, cells_of, read_cells
from contested.model.arrow_schema import from_arrow
from contested.model.corrections import changed

ZONE = "Asia/Almaty"


def read(**cells):
    return read_cells({name: words for name, words in fields(**cells).items() if name != "claim_id"}, "k1", ZONE)


def test_words_become_bounds_and_a_figure():
    reading = read(
        said="8 Feb 2020, 15:33",
        said_zone="Europe/Moscow",
        time_words="by midnight on 7 February",
        figure_words="about 400",
        measure="participants",
    )

    assert not reading.faults
    assert reading.claim.stated_at.isoformat() == "2020-02-08T15:33:00+03:00"
    assert reading.claim.began_latest.isoformat() == "2020-02-08T00:00:00+06:00"
    assert (reading.claim.low, reading.claim.best, reading.claim.high) == (None, 400, None)
    assert reading.claim.time_words == "by midnight on 7 February"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("about 400", "about"),
        ("At least ten people", "at least"),
        ("more than 180", "more than 180"),
        ("fewer than ten", "fewer than ten"),
        ("Eleven people", None),
        ("400", None),
        ("dozens", "dozens"),
        ("between 8 and 10", "between 8 and 10"),
    ],
)
def test_of_the_words_of_a_figure_stays_what_its_number_does_not_say(typed, kept):
    assert read(figure_words=typed, measure="killed").claim.figure_words == kept


def test_what_must_be_mended_stands_beside_its_cell():
    faults = read(
        summary="", time_words="soon", figure_words="-3", question="How many?", kind="riot", label="x" * 31
    ).faults

    assert set(faults) == {"summary", "time_words", "figure_words", "answer", "kind", "label"}
    assert faults["summary"] == "needed"
    assert "below zero" in faults["figure_words"]


def test_a_figure_says_what_it_counts_and_bounds_are_in_order():
    assert "measure" in read(figure_words="11").faults
    assert "best" in read(figure_by_hand="yes", low="9", best="8", measure="killed").faults


def test_bounds_set_by_hand_stand_as_they_were_typed():
    reading = read(
        times_by_hand="yes", time_words="at night", began_earliest="7 Feb 2020", began_latest="2020-02-08T05:00+06:00"
    )

    assert reading.claim.began_earliest.isoformat() == "2020-02-07T00:00:00+06:00"
    assert reading.claim.began_latest.isoformat() == "2020-02-08T05:00:00+06:00"


@pytest.mark.parametrize(
    ("kept", "typed"), [({"best": 400, "figure_words": "about"}, "about 400"), ({"best": 8}, "8"), ({"low": 8}, None)]
)
def test_a_figure_of_one_number_is_written_as_it_may_have_been_typed(kept, typed):
    assert cells_of(claim(measure="killed", **kept), ZONE).get("figure_words") == typed


def test_every_claim_of_the_story_is_read_again_as_it_was(korday):
    for one in from_arrow(korday.claims):
        again = read_cells(cells_of(one, ZONE), one.claim_id, ZONE)

        assert not again.faults, one.claim_id
        assert not changed(one, again.claim), one.claim_id


def test_bounds_by_hand_are_read_again_as_they_were(korday):
    for one in from_arrow(korday.claims):
        again = read_cells(bounds_by_hand(one, ZONE), one.claim_id, ZONE)

        assert not again.faults, one.claim_id
        assert not changed(one, again.claim), one.claim_id


def test_a_second_is_not_lost_and_what_words_do_not_say_is_kept_by_hand():
    one = claim(began_latest="2020-02-08T05:00:07+06:00", best=11, measure="killed", figure_words="dozens")
    cells = cells_of(one, ZONE)

    assert cells[TIMES_BY_HAND] == cells[FIGURE_BY_HAND] == "yes"
    assert not changed(one, read_cells(cells, "k1", ZONE).claim)
