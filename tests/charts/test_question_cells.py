"""Compare and the hours of the day: every name stands on them in whole words, from a phone to a desk."""

import pytest
from tests.charts.boxes import outside, overlapping, texts
from tests.claims_for_tests import claim

from contested import CHARTS, Selection, Store, Story, answer
from contested.model.arrow_schema import to_arrow
from contested.model.side_tables import Account
from contested.model.story import Package
from contested.theme import WIDTHS


def words(figure):
    """Give every text of a figure, its lines joined."""
    return [box.text.replace(" / ", " ") for box in texts(figure)]


@pytest.mark.parametrize("width", WIDTHS)
def test_compare_cuts_no_name_and_no_question(ask, width):
    found = ask("disagreements")
    figure = found.figure(width)
    written, heard = words(figure), {*found.rows["account_one"], *found.rows["account_other"]}

    assert [one for one in written if "…" in one] == []
    assert overlapping(figure) == []
    assert outside(figure) == []
    assert "How many people were in the fight of 5 February? (on the Dungan side)" in written
    assert {"Officials (Kazakhstan)", "Dungan residents", "Relayed rumour"} <= {*written}
    assert len(heard) >= 8


def told_by(number):
    """Draw what so many accounts say of one question, each two of them the same."""
    labels = [f"Residents of the street number {place}" for place in range(number)]
    accounts = {f"a{place}": Account(account=f"a{place}", label=label) for place, label in enumerate(labels)}
    asked = {"event_id": "e1", "question": "Was it day?"}
    told = [
        claim(claim_id=f"k{place}", account=f"a{place}", answer=f"so {place % 2}", **asked) for place in range(number)
    ]
    chart = next(one for one in CHARTS if one.key == "disagreements")
    return answer(chart, Story("s", Package(title="S"), to_arrow(told), accounts=accounts), Store(told), Selection())


@pytest.mark.parametrize(("number", "width", "lines"), [(3, 1160, 1), (3, 328, 3), (40, 1160, 14)])
def test_where_names_do_not_fit_over_columns_each_question_is_a_card(number, width, lines):
    figure = told_by(number).figure(width)
    written = words(figure)

    assert all(f"Residents of the street number {place}" in written for place in range(number))
    assert overlapping(figure) == []
    assert len({*figure["data"][0]["y"]}) == lines


@pytest.mark.parametrize("width", WIDTHS)
def test_the_hours_of_a_day_name_their_account_whole(ask, width):
    figure = ask("clashes-by-hour").figure(width)

    assert "Officials (Kazakhstan)" in words(figure)
    assert overlapping(figure) == []
