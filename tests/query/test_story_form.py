"""What a story is follows from what its claims hold."""

import pytest
from tests.claims_for_tests import claim

from contested import Store
from contested.query.story_form import LEAST, Form, holdings


def calls(number, **said):
    """Log so many calls, each with the minute it came and the minute it was reached."""
    return [
        claim(
            claim_id=f"{kind}-{one}",
            event_id=f"e{one}",
            kind=kind,
            began_earliest=f"2020-02-07T{clock}Z",
            began_latest=f"2020-02-07T{clock}Z",
            **said,
        )
        for one in range(number)
        for kind, clock in (("call", "18:00"), ("arrival", "18:07"))
    ]


def counted(number, account="north"):
    """Count the killed of so many events, each of a day."""
    return [
        claim(
            claim_id=f"{account}-{one}",
            event_id=f"e{one}",
            account=account,
            kind="casualties",
            measure="killed",
            best=1,
            scope="event",
            began_earliest="2020-02-07T00:00Z",
            ended_latest="2020-02-08T00:00Z",
        )
        for one in range(number)
    ]


def form(*claims):
    return holdings(Store(claims)).form


def test_two_accounts_of_one_event_are_tellings_whatever_else_is_there():
    other = claim(claim_id="other", event_id="e0", account="south")

    assert form(*calls(LEAST), other) is Form.TELLINGS
    assert form(*counted(LEAST), other) is Form.TELLINGS


def test_ten_events_of_which_most_have_two_times_are_a_log_and_one_less_are_events():
    assert form(*calls(10)) is Form.LOG
    assert form(*calls(9)) is Form.EVENTS


def test_where_most_events_have_no_two_times_thirty_that_have_make_a_log():
    others = [claim(claim_id=f"o{one}", event_id=f"o{one}", kind="clash") for one in range(100)]

    assert form(*calls(LEAST), *others) is Form.LOG
    assert form(*calls(LEAST - 1), *others) is Form.EVENTS


def test_thirty_events_with_a_figure_of_their_own_are_a_data_set_and_one_less_are_events():
    assert form(*counted(LEAST)) is Form.DATA_SET
    assert form(*counted(LEAST - 1)) is Form.EVENTS


def test_two_accounts_that_share_no_event_are_no_tellings():
    other = claim(claim_id="other", event_id="far away", account="south")

    assert form(*counted(LEAST), other) is Form.DATA_SET


def test_two_milestones_of_which_one_has_no_time_are_no_clock():
    untimed = [one.model_copy(update={"began_earliest": None, "began_latest": None}) for one in calls(LEAST)]

    assert form(*untimed) is Form.EVENTS


def test_a_running_total_is_no_figure_of_an_event():
    totals = [one.model_copy(update={"scope": "cumulative"}) for one in counted(LEAST)]

    assert form(*totals) is Form.EVENTS


def test_what_is_dated_by_its_day_has_no_hours():
    assert not holdings(Store(counted(1))).has_hours
    assert holdings(Store(calls(1))).has_hours


@pytest.mark.parametrize(
    "groups", ['{"side_a": "North", "side_b": "South"}', '{"actor1": "N", "actor2": "S", "x": "y"}']
)
def test_sides_are_named_only_where_both_are(groups):
    assert holdings(Store([claim(groups=groups)])).has_sides
    assert not holdings(Store([claim(groups='{"side_a": "North"}')])).has_sides
    assert not holdings(Store([claim()])).has_sides


def test_a_withdrawn_claim_makes_nothing_of_a_story():
    withdrawn = claim(claim_id="other", event_id="e0", account="south", status="withdrawn")

    assert form(*counted(LEAST), withdrawn) is Form.DATA_SET


def test_korday_is_tellings(korday_store):
    assert holdings(korday_store).form is Form.TELLINGS
