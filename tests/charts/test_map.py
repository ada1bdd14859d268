"""The map: true circles, one mark per account and place, and a word for everything that is not drawn."""

from math import cos, radians

import pytest
from tests.claims_for_tests import claim
from tests.lies import small_stories

from contested import CHARTS, Selection, Store, answer
from contested.model.arrow_schema import to_arrow
from contested.model.geo import around, hull, kilometres, narrowing, overlap, rim
from contested.model.side_tables import Place
from contested.model.story import Package, Story

WHERE = next(chart for chart in CHARTS if chart.key == "map")
PLACES = {
    "village": Place(place="village", label="Village <b>", latitude=42.9, longitude=75.3, radius_km=3),
    "hamlet": Place(place="hamlet", label="Hamlet", latitude=42.95, longitude=75.3, radius_km=2),
    "city": Place(place="city", label="City", latitude=43.25, longitude=76.9, radius_km=18),
    "country": Place(place="country", label="Country", latitude=50.5, longitude=66.75, radius_km=1490),
    "lost": Place(place="lost", label="Lost"),
}


def asked(*claims, **chosen):
    story = Story("story", Package(title="Story"), to_arrow(claims), places=PLACES)
    return answer(WHERE, story, Store(claims), Selection(**chosen))


def named(place, *, account="north", number=1, **said):
    return claim(claim_id=f"{account}-{place}-{number}", place=place, account=account, **said)


def drawn(found):
    return WHERE.draw(found.rows, found.legend)


def marked(found):
    """Give the place, the account and the number of claims of every mark."""
    return {tuple(ids) for ids in small_stories.marked(found)}


def test_korday_is_drawn_at_the_scale_of_its_villages(ask):
    found = ask("map")
    layout = drawn(found)["layout"]

    west, east = layout["xaxis"]["range"]
    assert kilometres((42.9, west), (42.9, east)) < 40
    assert all(
        low < at < high
        for (low, high), at in ((layout["xaxis"]["range"], 75.3019), (layout["yaxis"]["range"], 42.9289))
    )


def test_korday_says_what_is_located_and_what_is_not(ask):
    found = ask("map")

    assert found.title == "10 of 17 accounts name 11 places."
    assert "31 of 244 claims are located on the map, 213 not." in found.sentence
    assert "Kyrgyzstan (14 claims), Kazakhstan (4 claims), Karasu" in found.sentence
    assert "Korday district (1 claim)" in found.sentence
    assert "193 claims name no place." in found.sentence
    assert "No place is named by Member of parliament, RFE/RL, Khabar 24 and 4 more." in found.sentence


def test_a_degree_of_longitude_is_drawn_as_long_as_it_is():
    layout = drawn(asked(named("village")))["layout"]

    assert layout["yaxis"]["scaleanchor"] == "x"
    assert layout["yaxis"]["scaleratio"] == pytest.approx(1 / cos(radians(42.9)), rel=1e-3)


def test_the_circle_is_true_in_kilometres():
    [shape] = [one for one in drawn(asked(named("village")))["layout"]["shapes"] if one["type"] == "circle"]

    assert kilometres((42.9, 75.3), (shape["y1"], 75.3)) == pytest.approx(3, rel=1e-6)
    assert kilometres((42.9, 75.3), (42.9, shape["x1"])) == pytest.approx(3, rel=1e-4)


def test_each_account_has_its_own_mark_and_larger_where_it_claims_more():
    found = asked(named("village"), named("village", number=2), named("village", account="south"))

    assert marked(found) == {("north-village-1", "north-village-2"), ("south-village-1",)}
    north, south = drawn(found)["data"]
    assert north["marker"]["size"][0] > south["marker"]["size"][0]
    assert (north["x"], north["y"]) != (south["x"], south["y"])


def test_what_is_too_wide_and_what_has_no_point_is_named_and_not_drawn():
    found = asked(named("village"), named("country"), named("lost"), claim(claim_id="nowhere"))

    assert marked(found) == {("north-village-1",)}
    assert "too wide or at no known point: Country (1 claim) and Lost (1 claim)." in found.sentence
    assert "1 claim names no place." in found.sentence
    foot = drawn(found)["layout"]["annotations"][-1]["text"].replace("<br>", " ")
    assert "Country (1 claim)" in foot


def test_what_lies_far_off_is_drawn_and_named_but_does_not_set_the_scale():
    near, both = asked(named("village")), asked(named("village"), named("village", number=2), named("city"))

    assert ("north-city-1",) in marked(both)
    assert "Drawn outside the part it opens on: City (1 claim)." in both.sentence
    assert drawn(both)["layout"]["xaxis"]["range"] == drawn(near)["layout"]["xaxis"]["range"]


def test_where_everything_is_wide_the_wide_is_drawn():
    assert marked(asked(named("country"))) == {("north-country-1",)}


def test_a_claim_that_knows_its_own_point_stands_there():
    found = asked(named("village", latitude=43, longitude=75), claim(claim_id="bare", latitude=44.5, longitude=75.25))

    assert [(row["label"], row["latitude"], row["radius_km"]) for row in found.records()] == [
        ("Village <b>", 43, None),
        ("44.5000°, 75.2500°", 44.5, None),
    ]
    assert not [one for one in drawn(found)["layout"]["shapes"] if one["type"] == "circle"]


def test_nobody_names_a_place():
    found = asked(claim())

    assert found.title == "No account in view names a place."
    assert marked(found) == set()
    assert drawn(found)["layout"]["height"] > 0


def test_names_are_text_and_do_not_lie_on_each_other():
    notes = drawn(asked(named("village"), named("hamlet")))["layout"]["annotations"]

    names = [note for note in notes if note["xref"] == "x"]
    assert [note["text"] for note in names] == ["Hamlet", "Village &lt;b&gt;"]
    assert len({(note["x"], note["y"]) for note in names}) == 2


def test_a_table_gives_points_to_a_hundred_metres():
    assert asked(named("village", latitude=42.92891, longitude=75.3)).display()["latitude"].tolist() == ["42.9289"]


def test_the_ground_is_measured_on_a_sphere():
    assert kilometres((43.25249, 76.9115), (42.89799, 71.37334)) == pytest.approx(452.3, abs=1)
    assert kilometres((0, 0), (0, 180)) == pytest.approx(6371 * 3.14159265, rel=1e-6)
    assert narrowing(60) == pytest.approx(0.5)
    assert narrowing(90) > 0


def test_boxes_hold_their_circles():
    box = around((42.9, 75.3), 5)

    assert hull([box, around((42.8, 75.3), 5)], 0)[3] == box[3]
    assert kilometres((42.9, 75.3), rim((42.9, 75.3), 5, 0.5)) == pytest.approx(5, rel=1e-6)
    assert overlap(box, around((42.85, 75.3), 5))
    assert not overlap(box, around((44, 75.3), 5))
