"""What every chart owes its reader; a new chart is held to it by being listed."""

import json
import re

import pandas as pd
import plotly.graph_objects as go
import pytest
from tests.claims_for_tests import claim
from tests.conftest import dealt
from tests.lies.small_stories import marked

from contested import CHARTS, Selection, Store, Story, answer
from contested.model.arrow_schema import from_arrow, to_arrow
from contested.model.side_tables import Place
from contested.model.story import Package
from contested.query.selection import By
from contested.theme import DARK_OF

every_chart = pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
SELECTIONS = [
    {"by": "side"},
    {"hedged": True},
    {"account": ["kazakh_residents"]},
    {"kind": ["clash"]},
    {"as_known_at": "2020-02-08T20:00+06:00"},
    {"as_known_at": "2019-01-01T00:00+06:00"},
    {"from": "2020-02-08T00:00+06:00", "to": "2020-02-08T03:00+06:00"},
    {"zone": "UTC"},
    {"start": "call", "stop": "end"},
    {"scenario": "start=officials,stop=vlast", "units": "every", "trimmed_above_minutes": 60},
    {"resolution": "majority", "by": "side"},
    {"resolution": "defer"},
]


@pytest.mark.parametrize(
    ("chart", "chosen"),
    [*((chart, {}) for chart in CHARTS), *dealt(CHARTS, SELECTIONS, 3)],
    ids=lambda one: str(one) if isinstance(one, dict) else one.key,
)
def test_answers_draws_and_tells(ask, chart, chosen):
    found = ask(chart.key, **chosen)

    assert go.Figure(found.figure())
    assert all(sentence.endswith(".") and not sentence[0].islower() for sentence in found.sentences)
    assert not re.search(r"\bnan\b|NaT|None\b", found.sentence, re.IGNORECASE)


@pytest.mark.parametrize("chart", [one for one in CHARTS if one.key != "changes"], ids=lambda chart: chart.key)
def test_the_claims_behind_a_row_stand_in_one_order_however_they_were_gathered(ask, chart):
    """Of a change the new claim stands before the one that it replaces."""
    assert all([*claim_ids] == sorted(claim_ids) for claim_ids in ask(chart.key).claim_ids())


@every_chart
def test_nobody_in_view_is_drawn_and_told_too(ask, chart):
    found = ask(chart.key, as_known_at="2019-01-01T00:00+06:00")

    assert found.title.startswith("No account")
    assert found.figure()["layout"]["height"] > 0


@every_chart
def test_a_colour_within_words_is_one_that_a_dark_page_knows(ask, chart):
    text = json.dumps(ask(chart.key).figure(1160)).replace('\\"', '"')
    styles = [style for style in re.findall(r'style="([^"]*)"', text) if "color" in style]

    assert {style.removeprefix("color:") for style in styles} <= DARK_OF.keys()


@every_chart
def test_drawing_and_telling_change_nothing(ask, chart):
    found = ask(chart.key)
    before = found.rows.copy()

    found.figure()
    chart.tell(found.rows, found.legend)

    pd.testing.assert_frame_equal(before, found.rows)


NOTHING_TO_MARK = {
    *("delays-by-hour", "delays-by-hour-of-week", "killed-over-time", "who-against-whom", "parts-of-the-clock"),
    *("units-on-scene", "clashes-by-group", "killed-by-group"),
}
"""Nobody in Korday who times a clash and an arrival knows the hour of the clash, tells of a call or names units; nobody
counts the killed event by event, or names both sides of one; and no group is chosen to compare by."""


@every_chart
def test_every_mark_carries_the_claims_behind_it(ask, chart, korday):
    found = ask(chart.key)
    known = {claim.claim_id for claim in from_arrow(korday.claims)}

    marks = marked(found)
    assert marks or chart.key in NOTHING_TO_MARK
    assert {claim_id for ids in marks for claim_id in ids} <= known


@every_chart
def test_the_rows_are_told_apart_by_the_columns_by_which_their_claims_are_asked(ask, chart):
    found = ask(chart.key)

    assert found.claim_ids(found.rows.iloc[:1]) == found.claim_ids()[:1]
    assert found.claim_ids(found.rows.iloc[::-1]) == found.claim_ids()[::-1]


@every_chart
def test_every_row_has_a_name_to_choose_it_by(ask, chart):
    found = ask(chart.key)

    names = [chart.mark(row, found.legend) for row in found.write(found.rows).itertuples()]
    assert len(set(names)) == len(names)


@every_chart
def test_rows_hold_exactly_the_columns_promised(ask, chart):
    assert all(list(row) == list(chart.columns) for row in ask(chart.key).records())


@every_chart
def test_times_in_rows_are_iso_with_the_offset_of_the_zone(ask, chart):
    texts = [value for row in ask(chart.key).records() for value in row.values() if isinstance(value, str)]
    times = [text for text in texts if re.match(r"\d{4}-\d\d-\d\dT", text)]

    assert all(text.endswith("+06:00") for text in times)


@every_chart
def test_the_stamp_says_as_of_when_where_filtered_how_and_from_which_data(ask, chart):
    found = ask(chart.key, account=["vlast"], as_known_at="2020-02-11T23:59+06:00")

    stamp = found.stamp()
    for part in (
        "As known at the end of 11 Feb 2020",
        "Asia/Almaty",
        "according to Vlast",
        "hidden",
        found.data_hash[:12],
    ):
        assert part in stamp


@every_chart
def test_hostile_text_stays_text_in_the_figure(chart, korday):
    hostile = '<a href="https://example.org">10 dead</a> %{x} & <b>'
    claims = [claim.model_copy(update={"summary": hostile, "account": hostile}) for claim in from_arrow(korday.claims)]
    found = answer(chart, korday, Store(claims), Selection(zone="Asia/Almaty"))

    drawn = json.dumps(found.figure())
    assert "<a" not in drawn
    assert "%{" not in drawn


@every_chart
def test_speaks_of_accounts_or_of_sides_as_the_viewer_goes_by(ask, chart):
    silent = {"as_known_at": "2019-01-01T00:00+06:00"}

    assert [ask(chart.key, by=by, **silent).title.split()[1] for by in By] == ["account", "side"]


def test_keys_and_names_are_unique():
    assert len({chart.key for chart in CHARTS}) == len({chart.name for chart in CHARTS}) == len(CHARTS)


def test_a_table_shows_the_first_of_many_claims_and_counts_the_rest_which_the_export_holds():
    claims = tuple(claim(claim_id=f"k{number:02}", place="here") for number in range(15))
    chart = next(chart for chart in CHARTS if chart.key == "map")
    story = Story("night", Package(title="Night"), to_arrow(claims), places={"here": Place(place="here", label="Here")})
    [place] = (found := answer(chart, story, Store(claims), Selection())).document()["rows"]

    assert found.display()["claim_ids"].tolist() == [", ".join(f"k{number:02}" for number in range(12)) + " and 3 more"]
    assert len(place["claim_ids"]) == 15
