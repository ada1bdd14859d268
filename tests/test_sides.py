"""Sides: what several voices tell on one side is never fused into a certainty that none of them states."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import bounds, claim, night
from tests.lies.small_stories import at, chart, hours, hovers, killed, told, traces, unique

from contested import Selection, Store, Story, answer
from contested.model.arrow_schema import to_arrow
from contested.model.side_tables import Place
from contested.model.story import Package

CLOCKS = ("18:00", "19:00", "20:00", "21:00", "22:00", "23:00")


def fought(voice, *clocks, side="valley", event="night"):
    return claim(claim_id=f"{voice}{event}{clocks}", account=voice, side=side, event_id=event, **bounds(*clocks))


def by_side(*claims, side="valley"):
    return hours(told("hourly-clashes", *claims, by="side"), side)


def test_a_start_by_one_voice_and_an_end_by_another_make_no_hour_between_them_certain():
    starts, ends = fought("north", "18:00", "18:00", None, None), fought("south", None, None, "22:00", "22:00")

    assert [hour for hour, (certain, _) in by_side(starts, ends).items() if certain] == ["18:00"]


def test_a_clash_of_two_voices_is_one_certain_where_either_is_and_possible_where_either_leaves_it_open():
    wide = fought("north", "18:00", "20:00", "21:00", "22:00")
    late = fought("south", "19:00", "19:00", "20:00", "23:00")

    assert by_side(wide, late) == {"18:00": (0, 1), "19:00": (1, 1), "20:00": (1, 1), "21:00": (0, 1), "22:00": (0, 1)}


def test_hours_that_one_voice_of_a_side_alone_makes_certain_are_said_to_be_its_own():
    sure, vague = fought("north", *["18:00"] * 2, *["19:00"] * 2), fought("south", "18:00", "23:00", None, None)

    assert "by north alone, possible in" in told("hourly-clashes", sure, vague, by="side").sentence
    assert "alone" not in told("hourly-clashes", sure, by="side").sentence


def test_two_voices_that_cannot_both_be_right_do_not_make_the_side_contradict_itself():
    early, late = fought("north", *["18:00"] * 2, *["19:00"] * 2), fought("south", *["21:00"] * 2, *["22:00"] * 2)
    found = told("hourly-clashes", early, late, by="side")

    assert hours(found, "valley") == {"18:00": (1, 1), "19:00": (0, 0), "20:00": (0, 0), "21:00": (1, 1)}
    assert "contradicts itself" not in found.sentence


def test_a_voice_of_a_side_that_contradicts_itself_is_said_to():
    twice = [fought("north", *["18:00"] * 2, *["19:00"] * 2), fought("north", *["21:00"] * 2, *["22:00"] * 2)]

    assert "A voice of the side contradicts itself." in told("hourly-clashes", *twice, by="side").sentence


def test_the_timeline_of_a_side_bounds_each_voice_by_its_own_words():
    wide, narrow = (
        fought("north", "18:00", "19:00", "22:00", "23:00"),
        fought("south", "18:00", "18:00", "20:00", "20:00"),
    )
    rows = told("timeline", wide, narrow, by="side").rows

    assert [f"{row.certain_from:%H}-{row.certain_to:%H}" for row in rows.sort_values("claim_id").itertuples()] == [
        "19-22",
        "18-20",
    ]


def counted(claim_id, best, voice, **said):
    return killed(claim_id, best, account=voice, side="valley", **said)


def test_each_mark_of_a_side_names_whose_words_it_is():
    toll = told("casualty-counts", counted("a", 8, "north"), counted("b", 10, "south", via="a neighbour"), by="side")
    timeline = told("timeline", fought("north", "18:00", "19:00", "22:00", "23:00"), by="side")

    assert [text.split(":")[0] for text in hovers(toll)] == ["north (valley)", "south (valley)"]
    assert "hearsay" in hovers(toll)[1]
    assert all(text.startswith("north (valley): ") for text in hovers(timeline))
    assert toll.chart.mark(next(toll.rows.itertuples()), toll.legend).startswith("north (valley) · ")


def test_each_delay_of_a_side_names_whose_it_is():
    came = fought("north", "21:00", "21:00", None, None).model_copy(update={"claim_id": "came", "kind": "arrival"})
    found = told("response-delays", fought("north", "18:00", "19:00", None, None), came, by="side")

    [row] = found.rows.itertuples()
    assert found.chart.mark(row, found.legend).startswith("north (valley) · ")


def test_what_changed_on_a_side_names_whose_words_did():
    since = {"compared_with": night("08:00"), "by": "side"}
    found = told("changes", counted("a", 8, "north", clock="07:00"), counted("b", 10, "north", supersedes="a"), **since)

    assert found.sentences[1:] == ("north (valley): the figure of the killed is raised from 8 to 10.",)


def test_the_cells_and_sentences_of_a_side_keep_its_voices_and_their_hearsay_apart():
    own, heard = counted("a", 8, "north"), counted("b", 8, "south", via="a neighbour")
    found = told("disagreements", own, heard, killed("c", 9, account="east", side="hill"), by="side")

    assert [row["sentence"].split(": cannot")[0].split("(night) ")[1] for row in found.records()] == [
        "valley (north, said by 8 Feb 2020): 8; hill (east, said by 8 Feb 2020): 9",
        "hill (east, said by 8 Feb 2020): 9; valley (south, said by 8 Feb 2020, hearsay at 1 remove): 8",
    ]


def test_a_clock_a_lag_and_a_delay_of_a_side_name_whose_words_they_are():
    said = {"side": "valley", "stated_at": night("23:00")}
    clash, arrival = at("18:00", "clash", **said), at("19:00", "arrival", **said)

    assert "From onset to arrival: north (valley), 1 hour" in told("clocks", clash, arrival, by="side").sentence
    clashes = told("hourly-clashes", clash, by="side").sentence
    assert "Reporting lag: north (valley) at most 5 hours" in clashes
    assert clashes.startswith("north (valley): certain in 1 hour")


def test_a_voice_of_a_side_that_contradicts_itself_on_a_delay_is_said_to():
    twice = unique([at(clock, "clash", side="valley") for clock in ("18:00", "19:00")])
    late = at("20:00", "arrival", side="valley")

    for key in ("response-delays", "pooled-delays"):
        assert "(a voice of the side contradicts itself)" in told(key, *twice, late, by="side").sentence
        assert "(the account contradicts itself)" in told(key, *twice, late).sentence


def test_what_is_silent_on_a_side_is_told_on_it_and_not_by_it():
    spoke = claim(claim_id="s", kind="statement", side="hill side", account="south")
    found = told("hourly-clashes", fought("north", "18:00", "19:00", "22:00", "23:00"), spoke, by="side")

    assert "There is no dated claim of a clash on the hill side." in found.sentences


def test_the_stamp_names_sides_accounts_and_places_by_their_labels():
    spoken = claim(side="a", place="m")
    sides = Package(title="small", sides={"a": "Valley side", "b": "Hill people"})
    story = Story("small", sides, to_arrow((spoken,)), places={"m": Place(place="m", label="The mill")})
    chosen = Selection.model_validate({"side": ["a", "b", "neither"], "place": ["m"], "kind": ["en_route"]})
    stamp = answer(chart("timeline"), story, Store([spoken]), chosen).stamp()

    assert "told on the Valley side or on the side of Hill people or as part of no side's story" in stamp
    assert "only en route, in The mill" in stamp


def test_a_hearsay_that_is_read_with_an_own_word_leaves_the_bar_hollow():
    own = fought("north", "18:00", "18:00", "22:00", "22:00")
    heard = own.model_copy(update={"claim_id": "z", "via": "a neighbour"})
    for hearsay, bars in ((False, 2), (True, 1)):
        found = told("timeline", own, *[heard] * hearsay)
        assert len([one for one in traces(found) if one["type"] == "bar"]) == bars
        assert ("hearsay" in hovers(found)[0]) == hearsay


def test_of_many_silent_accounts_three_are_named_and_all_in_how_it_is_counted():
    names = [f"voice {letter}" for letter in "abcdef"]
    quiet = [claim(claim_id=name, account=name, kind="statement") for name in names]
    found = told("casualty-counts", killed("k", 8), *quiet)

    assert "No figure of the killed is stated by voice a, voice b, voice c and 3 more." in found.sentences
    assert "voice a, voice b, voice c, voice d, voice e and voice f have no row in the table." in found.caveat


voices = st.sampled_from(["north", "south", "west"])
clocks = st.lists(st.sampled_from(CLOCKS), min_size=4, max_size=4).map(sorted)
known = st.lists(st.booleans(), min_size=4, max_size=4).filter(any)
tellings = st.lists(st.tuples(voices, st.sampled_from(["night", "day"]), clocks, known), min_size=1, max_size=6)


def written(said, names=None):
    return [
        fought(
            (names or {}).get(voice, voice),
            *(one if is_known else None for one, is_known in zip(four, kept, strict=True)),
            event=event,
        ).model_copy(update={"claim_id": f"k{number}"})
        for number, (voice, event, four, kept) in enumerate(said)
    ]


@settings(max_examples=settings().max_examples // 3)
@given(tellings)
def test_a_side_is_certain_and_possible_exactly_where_one_of_its_voices_is(said):
    claims = written(said)
    side = by_side(*claims)
    found = told("hourly-clashes", *claims)
    alone = [hours(found, voice) for voice in {one.account for one in claims}]

    for hour, (certain, possible) in side.items():
        each = [one.get(hour, (0, 0)) for one in alone]
        assert (certain > 0, possible > 0) == (any(c for c, _ in each), any(p for _, p in each))
        assert max(c for c, _ in each) <= certain <= len({one.event_id for one in claims})


@settings(max_examples=settings().max_examples // 5)
@given(tellings)
def test_other_names_of_the_voices_change_nothing_of_a_side(said):
    names = {"north": "west", "west": "south", "south": "north"}

    assert by_side(*written(said)) == by_side(*written(said, names))
