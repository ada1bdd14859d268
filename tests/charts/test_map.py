"""The map: a dot a place with a slice an account, in true kilometres, and a word for everything that is not drawn."""

import re
from html import unescape
from math import cos, hypot, radians

import pytest
from tests.claims_for_tests import claim
from tests.lies import small_stories

from contested import CHARTS, Selection, Store, answer
from contested.model.arrow_schema import to_arrow
from contested.model.geo import kilometres, narrowing
from contested.model.side_tables import Place
from contested.model.story import Package, Story
from contested.theme import MARKS, WIDTHS

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


def drawn(found, width=1160):
    return found.figure(width)


def marked(found):
    """Give the place, the account and the number of claims of every mark."""
    return {tuple(ids) for ids in small_stories.marked(found)}


def words(found, width=1160):
    """Give what is written on the map, without its markup."""
    texts = (one["text"].replace("<br>", ": ") for one in drawn(found, width)["layout"]["annotations"])
    return [unescape(re.sub("<[^>]*>", "", text)).replace("\N{NO-BREAK SPACE}", " ") for text in texts]


def spots(found, width=1160):
    """Give where each mark stands, by the claims behind it."""
    marks = [trace for trace in drawn(found, width)["data"] if "customdata" in trace]
    names = [tuple(small_stories.claims_behind(found, trace["customdata"][0])) for trace in marks]
    return dict(zip(names, ((trace["x"][0], trace["y"][0]) for trace in marks), strict=True))


def shapes(found, kind, width=1160):
    return [one for one in drawn(found, width)["layout"]["shapes"] if one["type"] == kind]


def test_korday_is_drawn_at_the_scale_of_its_villages(ask):
    found = ask("map")

    assert "5 km" in words(found) or "10 km" in words(found)
    assert any(text.startswith("Sortobe: 11 claims") for text in words(found))
    assert any(text.startswith("Karakemer by Masanchi: 10 claims, ±6 km") for text in words(found))
    assert any("Outside the frame:" in text and "Almaty 2" in text for text in words(found))


def test_korday_says_what_is_located_and_what_is_not(ask):
    found = ask("map")

    assert found.title == "Most located claims are about Sortobe and Karakemer by Masanchi"
    assert found.sentences[0] == "10 of 17 accounts name 11 places."
    assert "31 of 244 claims are located on the map, 213 not." in found.sentence
    assert "Kyrgyzstan (14 claims), Kazakhstan (4 claims), Karasu" in found.sentence
    assert "Korday district (1 claim)" in found.sentence
    assert "193 claims name no place." in found.sentence
    assert "No place is named by Member of parliament, RFE/RL, Khabar 24 and 4 more." in found.sentence


def test_a_kilometre_is_as_long_eastwards_as_northwards():
    here, north, east = ((42.9, 75.3), (42.95, 75.3), (42.9, 75.3 + 0.05 / cos(radians(42.925))))
    points = [
        claim(claim_id=one, account=one, latitude=at[0], longitude=at[1], radius_km=1)
        for one, at in (("here", here), ("north", north), ("east", east))
    ]
    at = spots(asked(*points))

    assert at["here",][1] - at["north",][1] == pytest.approx(at["east",][0] - at["here",][0], rel=0.002)


def test_a_dot_has_a_slice_for_each_account_and_its_area_is_its_claims():
    found = asked(named("village"), named("village", number=2), named("village", account="south"), named("hamlet"))

    assert ("north-village-1", "north-village-2") in marked(found)
    slices = [one for one in shapes(found, "path") if one["path"].startswith("M0,0 L")]
    assert [one["fillcolor"] for one in slices] == [MARKS[0], MARKS[1]]
    assert len(shapes(found, "circle")) == 1 + 1
    [hamlet] = [
        one for one in shapes(found, "circle") if one["xref"] == "x" and one["layer"] == "above" and "x0" in one
    ][-1:]
    assert (hamlet["x1"] - hamlet["x0"]) / 2 == pytest.approx(5.5 + 3)


def test_what_is_too_wide_and_what_has_no_point_is_named_and_not_drawn():
    found = asked(named("village"), named("country"), named("lost"), claim(claim_id="nowhere"))

    assert marked(found) == {("north-village-1",)}
    assert "too wide or at no known point: Country (1 claim) and Lost (1 claim)." in found.sentence
    assert "1 claim names no place." in found.sentence
    assert any(
        "Too wide for a point, or nowhere: Country 1, Lost 1. No place: 1 of 4 claims." in text for text in words(found)
    )


def test_what_lies_far_off_is_named_below_and_does_not_set_the_scale():
    near = asked(*(named("village", number=number) for number in range(5)))
    both = asked(*(named("village", number=number) for number in range(5)), named("city"))

    assert ("north-city-1",) not in marked(both)
    assert "Farther off than the places that hold four fifths of these: City (1 claim)." in both.sentence
    assert any("Outside the frame: City 1." in text for text in words(both))
    assert [text for text in words(both) if text.endswith(" km")] == [
        text for text in words(near) if text.endswith(" km")
    ]


def test_what_lies_a_little_farther_off_is_in_the_frame_too():
    found = asked(*(named("village", number=number) for number in range(5)), named("hamlet"))

    assert ("north-hamlet-1",) in marked(found)


def test_where_everything_is_wide_the_wide_is_drawn():
    assert marked(asked(named("country"))) == {("north-country-1",)}


def test_two_places_of_one_point_stand_side_by_side():
    there = {"latitude": 42.9, "longitude": 75.3}
    found = asked(named("hamlet", radius_km=6, **there), named("village", radius_km=3, **there))
    (left, low), (right, high) = sorted(spots(found).values())

    assert hypot(right - left, high - low) > 17


def test_a_claim_that_knows_its_own_point_stands_there():
    found = asked(named("village", latitude=43, longitude=75), claim(claim_id="bare", latitude=44.5, longitude=75.25))

    assert [(row["label"], row["latitude"], row["radius_km"]) for row in found.records()] == [
        ("Village <b>", 43, None),
        ("44.5000°, 75.2500°", 44.5, None),
    ]
    assert "2px,3px" not in str(drawn(found))


def test_nobody_names_a_place():
    found = asked(claim())

    assert found.title == "No account names a place"
    assert marked(found) == set()
    assert drawn(found)["layout"]["height"] > 0


@pytest.mark.parametrize("width", WIDTHS)
def test_names_are_text_and_do_not_lie_on_each_other(width):
    found = asked(named("village"), named("hamlet"), named("village", account="south"))

    names = [text.partition(":")[0] for text in words(found, width) if " claim" in text]
    assert {"Hamlet", "Village <b>"} <= {*names}
    assert "<b>Village &lt;b&gt;</b>" in str(drawn(found, width)["layout"]["annotations"])


ACCOUNTS = [
    ([], "No account names a place"),
    ([named("lost")], "No place that is named has a known point"),
    ([named("village")], "The one located claim is about Village <b>"),
    ([named("village"), named("village", number=2)], "All located claims are about Village <b>"),
    (
        [named("village"), claim(claim_id="q", account="quiet")],
        "The one located claim is about Village <b>, according to north",
    ),
    ([named("village"), named("city")], "Two places, 140 km apart: 1 claim about City, 1 about Village <b>"),
    (
        [*(named("village", number=number) for number in range(5)), named("hamlet"), named("city")],
        "Most located claims are about Village <b>",
    ),
    (
        [
            *(named("village", number=number) for number in range(3)),
            *(named("hamlet", number=number) for number in range(2)),
            named("city"),
        ],
        "Most located claims are about Village <b> and Hamlet",
    ),
    (
        [claim(claim_id=f"p{place}", place="Rivertown", latitude=43 + place / 900, longitude=75) for place in range(3)],
        "All located claims are about Rivertown, at three points",
    ),
    (
        [
            claim(claim_id=f"b{place}", place=f"Bank, {'AB'[place]}", latitude=43 + place / 900, longitude=75)
            for place in (0, 1)
        ],
        "Two places, less than 1 km apart, hold 1 claim and 1",
    ),
    (
        [claim(claim_id=f"k{number}", latitude=40 + number, longitude=70, radius_km=1) for number in range(8)],
        "40.0000° has most claims, 1 of 8; half lie in four places",
    ),
]


@pytest.mark.parametrize(("claims", "said"), ACCOUNTS, ids=[said for _, said in ACCOUNTS])
def test_a_title_says_which_places_the_claims_are_about(claims, said):
    found = asked(*(claims or [claim()])).title

    assert found == said
    assert len(found.split()) <= 14


@pytest.mark.parametrize("width", WIDTHS)
def test_two_hundred_places_are_dots_of_which_a_few_are_named(width):
    many = [
        claim(claim_id=f"k{number}-{each}", latitude=42 + number % 14 / 20, longitude=74 + number / 200, radius_km=1)
        for number in range(200)
        for each in range(1 + number % 3)
    ]
    found = asked(*many)

    labels = [text for text in words(found, width) if text.endswith((" claim", " claims")) and ":" in text]
    assert 3 <= len(labels) <= (7 if width < 480 else 16)
    assert len([one for one in shapes(found, "circle", width) if one["layer"] == "above"]) <= 200
    assert all(one["opacity"] == 0.55 for one in shapes(found, "circle", width) if one["layer"] == "above")


def test_a_place_given_at_several_points_has_the_claims_of_all_of_them():
    spread = [
        claim(claim_id=f"m{number}", place="600 Block of Market St", latitude=37.78 + number / 1000, longitude=-122.4)
        for number in range(4)
    ]
    others = [
        claim(claim_id=f"o{number}", place=f"Place {number // 3}", latitude=37.7 + number // 3 / 100, longitude=-122.4)
        for number in range(12)
    ]
    found = asked(*spread, *others)

    assert found.title == "600 Block of Market St has most claims, 4 of 16"


def test_of_very_many_places_those_with_few_claims_are_said_to_be_left_out_and_not_to_lie_outside():
    """Five hundred places have two claims, Corner has one and lies in their midst."""
    many = [
        claim(
            claim_id=f"k{number}-{each}", latitude=42 + number % 25 / 50, longitude=74 + number // 25 / 50, radius_km=1
        )
        for number in range(500)
        for each in range(2)
    ]
    said = words(asked(*many, claim(claim_id="c", place="Corner", latitude=42.25, longitude=74.21, radius_km=1)))

    assert any("Not drawn, for few claims name them: Corner 1." in text for text in said)
    assert not any("Outside the frame" in text for text in said)


def test_a_table_gives_points_to_a_hundred_metres():
    assert asked(named("village", latitude=42.92891, longitude=75.3)).display()["latitude"].tolist() == ["42.9289"]


def test_the_ground_is_measured_on_a_sphere():
    assert kilometres((43.25249, 76.9115), (42.89799, 71.37334)) == pytest.approx(452.3, abs=1)
    assert kilometres((0, 0), (0, 180)) == pytest.approx(6371 * 3.14159265, rel=1e-6)
    assert narrowing(60) == pytest.approx(0.5)
    assert narrowing(90) > 0


def test_of_a_log_or_a_data_set_events_are_counted_and_not_their_claims():
    """Forty events are told by one account, each in a claim of the fight and one of the dead."""
    found = asked(
        *(named("village", number=f"{event}{what}", event_id=f"e{event}") for event in range(40) for what in "ab")
    )

    assert found.title == "All located events are about Village <b>"
    assert "Village <b>: 40 events" in words(found)
    assert found.rows[["claims", "events"]].values.tolist() == [[80, 40]]


def test_a_second_account_of_one_event_makes_claims_of_all():
    found = asked(
        *(named("village", number=event, event_id=f"e{event}") for event in range(40)),
        named("village", account="south", event_id="e1"),
    )

    assert "Village <b>: 41 claims" in words(found)
