"""The timeline: each state looks its own, silence is named, a day is no hour, and very many events are counted."""

import pytest
from hypothesis import given, settings
from tests.analysis.timing.test_plain_delays import SELECTIONS, claims
from tests.charts.boxes import texts
from tests.claims_for_tests import bounds, claim, night
from tests.lies.small_stories import hovers, marked, told

from contested import Store
from contested.charts.timeline import CHART
from contested.theme import LABELS, MARKS

CLEAR = "rgba(0,0,0,0)"


def said(clock, kind="arson", account="north", **more):
    """Tell of an event at an hour of the night."""
    at = night(clock) if clock else None
    claim_id = more.pop("claim_id", f"{account} {kind} {clock}")
    return claim(
        claim_id=claim_id,
        event_id=more.pop("event_id", claim_id),
        account=account,
        kind=kind,
        **{"began_earliest": at, "began_latest": at} | more,
    )


def many(number, kind="arson", account="north", minutes=10):
    """Tell of very many events, some minutes apart."""
    clocks = [divmod(place * minutes, 60) for place in range(number)]
    return [
        said("18:00", kind, account, claim_id=f"{account} {kind} {place:04}", began_earliest=at, began_latest=at)
        for place, (hour, minute) in enumerate(clocks)
        for at in [f"2020-02-{7 + hour // 24:02}T{hour % 24:02}:{minute:02}Z"]
    ]


def written(found, width=1160):
    return [box.text for box in texts(found.figure(width))]


def bars(found):
    return [trace for trace in found.figure()["data"] if trace.get("orientation") == "h"]


def test_a_bar_is_hatched_where_it_is_possible_and_solid_where_it_is_certain():
    hatched, solid = bars(told("timeline", said("", "clash", **bounds("17:00", "18:00", "04:00", "05:00"))))

    assert (hatched["base"], solid["base"]) == (["2020-02-07T17:00:00"], ["2020-02-07T18:00:00"])
    assert hatched["marker"]["pattern"]["shape"] == "/"
    assert solid["marker"]["color"] == LABELS[0], "dark enough for the white letters on it"


@pytest.mark.parametrize(
    ("more", "shape", "label"),
    [({"via": "a neighbour"}, None, "roadblock (hearsay)"), ({"stance": "denies"}, "x", "denied: roadblock")],
)
def test_hearsay_is_hollow_and_what_is_denied_is_crossed(more, shape, label):
    found = told("timeline", said("", "roadblock", **bounds("17:00", None, None, "19:00"), **more))
    [bar] = bars(found)

    assert bar["marker"].get("pattern", {}).get("shape") == shape
    assert bar["marker"]["line"]["color"] == MARKS[0]
    assert label in written(found)


def test_a_mark_says_when_and_what_or_what_its_editor_wrote():
    found = told("timeline", said("18:00", "arrival"), said("19:00", "call", label="police are told"))

    assert {"18:00 arrival", "police are told"} <= set(written(found))


def test_what_is_read_together_has_the_label_of_the_claim_that_bounds_it_most():
    vague = claim(claim_id="a", label="violence begins", began_earliest=night("17:00"))
    exact = claim(claim_id="b", label="clashes, to 05:00", **bounds("17:00", "18:00", "04:00", "05:00"))
    found = told("timeline", vague, exact)

    assert "clashes, to 05:00" in written(found)
    assert "violence begins" not in written(found)


def test_a_day_is_a_thin_line_over_that_day_with_its_label_and_lights_no_hour():
    day = {"began_earliest": "2020-02-05T00:00Z", "began_latest": "2020-02-06T00:00Z"}
    found = told("timeline", said("", "fight", **day))
    lines = [shape for shape in found.figure()["layout"]["shapes"] if shape.get("line", {}).get("color") == MARKS[0]]

    assert [(line["x0"], line["x1"]) for line in lines] == [("2020-02-05T00:00:00", "2020-02-06T00:00:00")]
    assert "5 Feb: fight" in written(found)
    assert [bar["marker"]["color"] for bar in bars(found)] == [CLEAR]
    assert found.title == "One event is dated to 5 February, none to the hour"


def test_what_has_no_end_told_leads_on_and_what_is_told_by_then_has_a_lead_before_it():
    goes_on = told("timeline", said("", "roadblock", **bounds("17:00", "17:00", "18:00", None)))
    by_then = told("timeline", said("", "arrival", began_earliest=None, began_latest=night("18:00")))

    assert [
        shape for shape in goes_on.figure()["layout"]["shapes"] if shape["type"] == "path" and "L21,0" in shape["path"]
    ]
    assert [shape for shape in by_then.figure()["layout"]["shapes"] if shape["line"].get("dash") == "dot"]
    assert "by 18:00: arrival" in written(by_then)
    assert (goes_on.fine, by_then.fine) == ("Arrow onwards: no end told.", "Dotted line: by then.")
    assert not told("timeline", said("18:00")).fine, "what is not drawn needs no key"


def test_what_was_withdrawn_is_pale_and_struck():
    found = told("timeline", said("18:00", status="withdrawn"))
    [label] = [note for note in found.figure()["layout"]["annotations"] if note["text"] == "18:00 arson"]

    assert label["font"]["lineposition"] == "through"
    assert [trace["opacity"] for trace in found.figure()["data"]] == [0.45]


def test_every_mark_says_in_plain_words_who_tells_what_and_when():
    [hover] = hovers(told("timeline", said("18:05", summary="A shop burned.", via="a neighbour")))

    assert hover == "north: A shop burned.<br>7 Feb 2020, 18:05, hearsay"


def test_those_who_date_nothing_have_a_band_with_their_name_or_share_a_row_where_there_are_many():
    undated = [claim(claim_id=f"u{place}", account=f"other {place}", kind="statement") for place in range(8)]
    few = written(told("timeline", said("18:00"), undated[0]))
    many_more = written(told("timeline", said("18:00"), *undated))

    assert {"other 0", "gives no time (1 claim)"} <= set(few)
    assert {"8 of 9 accounts", "give no time:", *(f"other {place}" for place in range(6))} <= set(many_more)


def test_on_a_phone_those_who_date_nothing_share_a_row_that_names_them():
    undated = [claim(claim_id=f"u{place}", account=f"other {place}", kind="statement") for place in range(3)]
    found = written(told("timeline", said("18:00"), *undated), 328)

    assert {"3 of 4 accounts give no time:", "other 0", "other 1", "other 2"} <= set(found)


def test_who_dates_something_at_another_time_is_silent_for_that_night_alone():
    elsewhere = [said("", "fight", f"other {place}", **DAY) for place in range(2)]
    clash = said("", "clash", **LASTING)
    chosen = told("timeline", clash, *elsewhere, since=night("12:00"), until=night("09:00"))
    undated = told("timeline", clash, *OTHERS[:2])

    assert "2 of 3 accounts give no time for that night:" in written(chosen, 328)
    assert "2 of 3 accounts give no time:" in written(undated, 328)
    assert undated.title.endswith("; two accounts give no time")


def test_two_hundred_events_are_drawn_one_by_one_and_more_are_counted_by_the_hour():
    drawn, counted = told("timeline", *many(200)), told("timeline", *many(201))

    assert not [trace for trace in drawn.figure()["data"] if trace["type"] == "bar" and "orientation" not in trace]
    [columns] = counted.figure()["data"]
    assert [len(numbers) for numbers in columns["customdata"]] == [6] * 33 + [3]
    assert columns["hovertext"][0] == "north, 7 Feb 2020, 00:00 to 01:00: 6 events"
    assert "These are more than 200 events, which are counted by the hour or a longer step." in counted.sentences


def test_what_finds_no_room_is_counted_under_the_name_and_stands_in_the_table():
    found = told("timeline", *many(120, minutes=1))
    [more] = [text for text in written(found) if text.endswith("more")]

    assert len(marked(found)) + int(more.strip("+").split()[0]) == len(found.table()) == 120


def test_in_brief_a_lane_has_three_rows_and_counts_the_rest_and_the_silent_share_one():
    lasting = [said("", "roadblock", claim_id=f"k{n}", **bounds("17:00", None, None, "23:00")) for n in range(5)]
    silent = [claim(claim_id=f"u{place}", account=f"other {place}", kind="statement") for place in range(2)]
    found = told("timeline", *lasting, *silent)
    brief = [box.text for box in texts(found.figure(1160, is_brief=True))]
    on_phone = [box.text for box in texts(found.figure(328, is_brief=True))]

    assert "+2 more" in brief, "three of five in three rows"
    assert "2 of 3 accounts" in brief
    assert "2 of 3 accounts give no time" in on_phone, "a phone has only the shapes beside it"
    assert "+2 more" not in written(found)


def test_an_event_that_is_not_known_to_the_hour_stands_in_no_column():
    vague = said("", claim_id="vague", **bounds("12:00", "20:00", None, None))
    found = told("timeline", *many(201), vague)
    drawn = [number for trace in found.figure()["data"] for column in trace["customdata"] for number in column]

    assert len(drawn) == 201
    assert "202 events, 1 less / precise, highest 6" in written(found)


def test_a_bar_that_contradicts_itself_is_drawn_though_it_is_one_of_very_many():
    odd = [
        claim(claim_id=one, event_id="odd", began_earliest=at, began_latest=at)
        for one, at in (("k1", "2020-02-07T00:20Z"), ("k2", "2020-02-07T00:40Z"))
    ]

    assert ["k1", "k2"] in marked(told("timeline", *many(120, minutes=1), *odd))


def test_of_more_than_fourteen_accounts_the_seven_with_most_events_have_a_lane_and_the_others_one_together():
    stories = [one for place in range(15) for one in many(20 - place, account=f"a{place:02}")]
    found = told("timeline", *stories)

    assert [text for text in written(found) if text.startswith("a")] == [f"a{place:02}" for place in range(7)]
    assert {"8 more accounts", "76 events, own scale"} <= set(written(found))
    assert found.title == "Events peak between 00:00 and 01:00 on 7 February; 15 accounts date something"


LASTING = bounds("17:00", "18:00", "04:00", "05:00")
OTHERS = [claim(claim_id=f"o{place}", account=f"other {place}", kind="statement") for place in range(3)]
DAY = {"began_earliest": "2020-02-05T00:00Z", "began_latest": "2020-02-06T00:00Z"}
TITLES = {
    "nothing dated": ([OTHERS[0]], "No claim gives a time, so nothing stands on the timeline"),
    "one account alone": ([said("18:00")], "One event is dated to 7 February"),
    "one of four says how long": (
        [said("", "clash", **LASTING), *OTHERS],
        "One account, north, says how long clashes lasted; three accounts give no time",
    ),
    "both say how long": (
        [said("", "clash", **LASTING), said("", "clash", "south", claim_id="s", **LASTING)],
        "Both accounts say how long clashes lasted",
    ),
    "two of five say how long": (
        [said("", "clash", **LASTING), said("", "clash", "south", claim_id="s", **LASTING), *OTHERS],
        "Two accounts say how long clashes lasted; three accounts give no time",
    ),
    "days, not hours": (
        [said("", "fight", **DAY), said("", "fight", "south", claim_id="s", **DAY)],
        "Two events are dated to 5 February, none to the hour",
    ),
    "two tell of one event": (
        [said("", "fight", event_id="e", **DAY), said("", "fight", "south", claim_id="s", event_id="e", **DAY)],
        "Two claims are dated to 5 February, none to the hour",
    ),
    "hearsay says nothing of how long": (
        [said("", "clash", via="a neighbour", **LASTING), OTHERS[0]],
        "One event is dated to the night of 7–8 February",
    ),
}


@pytest.mark.parametrize("case", TITLES)
def test_the_title_says_the_fact_first(case):
    claims, title = TITLES[case]

    assert told("timeline", *claims).title == title
    assert len(title.split()) <= 14


@settings(max_examples=settings().max_examples // 2)
@given(told=claims(), chosen=SELECTIONS)
def test_of_many_claims_those_of_plain_events_have_the_bounds_that_they_have_among_few(told, chosen):
    many, few = Store(told, few=0), Store(told, few=len(told))

    assert many.columns(CHART.question, chosen) == few.columns(CHART.question, chosen)
