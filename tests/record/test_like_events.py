"""Events of two imports that may be one: offered by when, where and of what kind, and matched by a person alone."""

from tests.claims_for_tests import claim, night
from tests.record.test_contract import told
from tests.record.writers import ANN, bring, brought

from contested.record.like_events import as_known, like_events, matched_before
from contested.record.release import accept, release


def clash(claim_id, event_id, begins="18:00", ends="20:00", **more):
    """State a clash at Willow."""
    usual = {"kind": "clash", "place": "Willow", "measure": None}
    span = {
        "began_earliest": night(begins),
        "began_latest": night(begins),
        "ended_earliest": night(ends),
        "ended_latest": night(ends),
    }
    return claim(claim_id=claim_id, event_id=event_id, **usual | span | more)


KNOWN = clash("a", "A-1")


def pairs(record, submission):
    return [(one.event_id, one.known_as, one.whose) for one in like_events(record, submission)]


def test_an_event_of_the_same_hours_place_and_kind_is_offered(record, tmp_path):
    brought(record, tmp_path, KNOWN, dataset="army.csv")

    new = bring(tmp_path, clash("b", "7", "19:00", "21:00", place=" willow"), dataset="police.csv")

    assert pairs(record, new) == [("7", "A-1", "army.csv")]


def test_nothing_is_matched_unless_a_person_says_so(record, tmp_path):
    brought(record, tmp_path, KNOWN, dataset="army.csv")
    brought(record, tmp_path, clash("b", "7"), dataset="police.csv")

    assert [one.event_id for one in told(record)] == ["A-1", "7"]


def test_another_place_other_hours_or_another_kind_is_no_like_event(record, tmp_path):
    brought(record, tmp_path, KNOWN, dataset="army.csv")
    others = clash("b", "7", place="Elm"), clash("c", "8", "21:00", "22:00"), clash("d", "9", kind="arson")

    assert pairs(record, bring(tmp_path, *others, dataset="police.csv")) == []


def test_points_within_five_kilometres_are_one_place(record, tmp_path):
    brought(record, tmp_path, KNOWN.model_copy(update={"latitude": 43.0, "longitude": 75.0}), dataset="army.csv")
    near = clash("b", "7", place="Willow farm", latitude=43.03, longitude=75.0)
    far = clash("c", "8", place="Willow hill", latitude=43.2, longitude=75.0)

    assert pairs(record, bring(tmp_path, near, far, dataset="police.csv")) == [("7", "A-1", "army.csv")]


def test_of_several_like_events_the_nearest_in_time_is_offered(record, tmp_path):
    brought(record, tmp_path, KNOWN, clash("z", "A-2", "18:30", "20:30"), dataset="army.csv")

    assert pairs(record, bring(tmp_path, clash("b", "7", "18:25", "20:30"), dataset="police.csv")) == [
        ("7", "A-2", "army.csv")
    ]


def test_what_was_matched_stays_so_in_the_next_release(record, tmp_path):
    brought(record, tmp_path, KNOWN, dataset="army.csv")
    first = bring(tmp_path, clash("b", "7"), dataset="police.csv")
    accept(record, release(record, as_known(first, {"7": "A-1"})), ANN)
    assert [one.event_id for one in told(record)] == ["A-1", "A-1"]

    again = bring(tmp_path, clash("b", "7"), clash("c", "8", place="Elm"), dataset="police.csv", text="again")

    assert matched_before(record, again) == {"7": "A-1"}
    accept(record, release(record, as_known(again, matched_before(record, again))), ANN)
    assert [one.event_id for one in told(record)] == ["A-1", "A-1", "8"]
