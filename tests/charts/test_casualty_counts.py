"""Casualties: a figure stands on the day on which it was said, and one without a day is seen all the same."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import claim
from tests.lies.small_stories import claims_behind, hovers, killed, told, traces

from contested.model.vocabulary import Measure
from contested.theme import LIGHT, MARKS, WIDTHS

ALMATY = {"zone": "Asia/Almaty"}


def on(day, claim_id, best, **said):
    """State a figure on a day of which the hour is not known."""
    bounds = {"stated_earliest": f"2020-02-{day:02}T00:00+06:00", "stated_at": f"2020-02-{day:02}T23:59+06:00"}
    return killed(claim_id, best, **bounds | said)


def marks(found):
    """Give the marks that claims stand behind."""
    return [trace for trace in traces(found) if "customdata" in trace]


def dots(found):
    return [x for trace in marks(found) for x in trace["x"]]


def words(found, width=1160):
    """Give what is written on the chart, without its markup."""
    return [re.sub("<[^>]*>", "", one["text"]).replace("\N{NO-BREAK SPACE}", " ") for one in notes(found, width)]


def notes(found, width=1160):
    return found.figure(width)["layout"]["annotations"]


def stairs(found):
    """Give the heights through which each line steps."""
    return [trace["y"] for trace in traces(found) if trace.get("line", {}).get("shape") == "hv"]


def test_a_figure_said_on_a_day_is_drawn_at_noon_of_it_and_named_by_it():
    found = told("casualty-counts", on(11, "a", 10), **ALMATY)

    assert dots(found) == ["2020-02-11T12:00"]
    assert hovers(found) == ["north: 10 killed; 11 February 2020, may stand for several or tens"]
    assert found.chart.mark(next(found.rows.itertuples()), found.legend) == "north · 10 killed · 11 February 2020 · a"
    assert found.display()[["stated_earliest", "stated_at"]].to_numpy().tolist() == [["11 February 2020"] * 2]
    assert "north 10 (11 Feb)" in found.sentence


def test_a_day_that_ends_at_midnight_is_not_the_next_one():
    found = told("casualty-counts", on(11, "a", 10, stated_at="2020-02-12T00:00+06:00"), **ALMATY)

    assert dots(found) == ["2020-02-11T12:00"]
    assert "north 10 (11 Feb)" in found.sentence


def test_a_figure_said_at_an_hour_is_drawn_at_it():
    assert dots(told("casualty-counts", killed("a", 10, stated_at="2020-02-11T14:35+06:00"), **ALMATY)) == [
        "2020-02-11T14:35"
    ]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["north", "south", "west", "east"]), min_size=1, max_size=6))
def test_the_voices_of_a_side_stand_apart_within_the_day(voices):
    said = [on(11, f"k{number}", 8, account=voice, side="valley") for number, voice in enumerate(voices)]
    places = dots(told("casualty-counts", *said, by="side", **ALMATY))

    assert all("2020-02-11T07:00" <= place <= "2020-02-11T17:00" for place in places)
    assert len(set(places)) == len(set(voices))


def test_figures_of_no_known_time_stand_in_a_strip_of_their_own_and_are_counted():
    dated, undated = on(11, "a", 10), killed("b", 5, stated_at=None, low=3, high=8, account="south")
    found = told("casualty-counts", dated, undated, **ALMATY)
    layout = found.figure()["layout"]

    places = {claims_behind(found, trace["customdata"][0])[0]: (trace["xaxis"], trace["x"]) for trace in marks(found)}
    assert places == {"a": ("x", ["2020-02-11T12:00"]), "b": ("x2", [12])}
    assert layout["xaxis"]["domain"][0] > 12 / 1160
    assert "south 3–8" not in words(found)
    assert "south 5" in words(found)
    assert "1 figure has no known time of statement." in found.sentences


def test_where_no_figure_is_dated_they_are_a_list_without_an_axis():
    found = told("casualty-counts", *(killed(one, 5, stated_at=None, account=one) for one in ("a", "b")))

    assert "Killed, people; not said when" in words(found)
    assert [text.split() for text in words(found) if text.endswith("5")] == [["a", "5"], ["b", "5"]]
    assert len(marks(found)) == 2
    assert "2 figures have no known time of statement." in found.sentences


@pytest.mark.parametrize("chosen", [{}, {"as_known_at": "2020-02-11T23:59+06:00"}], ids=str)
def test_the_stamp_and_the_changes_say_a_day_by_its_date(chosen):
    changes = told("changes", on(10, "a", 8), on(11, "b", 10, supersedes="a"), **ALMATY, **chosen)

    assert changes.sentences[0] == "Since the end of 10 Feb 2020: 1 figure raised."
    assert "23:59" not in changes.stamp() + changes.sentence


def test_figures_in_words_only_are_written_out_and_stand_on_no_empty_axis():
    of_injured = [on(8, "c", None).model_copy(update={"measure": Measure.INJURED, "figure_words": "dozens"})]
    in_words = [on(8, "a", None, figure_words="a handful"), on(9, "b", None, account="south"), *of_injured]

    found = told("casualty-counts", *in_words)
    beside = told("casualty-counts", on(8, "d", 3), *of_injured)

    assert found.subtitle == "People, in words; nobody says a number"
    assert [" ".join(one.split()) for one in words(found)] == [
        *("Killed, people; in words only", "north “a handful”", "south an unknown number"),
        *("Injured, people; in words only", "north “dozens”"),
    ]
    assert "Injured, people, in words only: north “dozens”." in words(beside)
    assert "Injured, people" not in words(beside)


def test_a_bound_is_not_labelled_like_a_count():
    said = [
        killed("a", None, low=8, stated_at="2020-02-08T10:00Z"),
        killed("b", None, high=20, account="south", stated_at="2020-02-09T10:00Z"),
        killed("c", None, low=3, high=5, account="west", stated_at="2020-02-10T10:00Z"),
        killed("d", 7, account="east", stated_at="2020-02-11T10:00Z"),
    ]
    found = told("casualty-counts", *said)

    assert {"north 8+", "south 20 at most", "west 3–5", "east 7"} <= {*words(found)}
    arrows = [one for one in found.figure()["layout"]["shapes"] if one["type"] == "path" and one["path"].endswith("Z")]
    assert [one["path"].startswith("M0,5") for one in arrows] == [True, False]


def test_an_axis_around_one_moment_is_a_day_long():
    found = told("casualty-counts", killed("a", 10, stated_at="2020-02-11T14:35+06:00"), **ALMATY)

    assert found.figure()["layout"]["xaxis"]["range"] == ["2020-02-11T00:00", "2020-02-12T00:00"]


@pytest.mark.parametrize("width", WIDTHS)
def test_people_are_counted_from_a_labelled_nought_in_at_most_five_ticks(ask, width):
    layout = ask("casualty-counts").figure(width)["layout"]
    panels = [axis for name, axis in layout.items() if name.startswith("yaxis") and axis.get("tickvals")]

    assert panels
    assert all(axis["range"][0] == axis["tickvals"][0] == 0 for axis in panels)
    assert all(axis["ticktext"][0] == "0" and len(axis["tickvals"]) <= 5 for axis in panels)


def test_a_line_steps_through_what_stood_and_never_through_a_sum():
    found = told("casualty-counts", on(8, "a", 8), on(10, "b", 10, supersedes="a"), on(9, "c", 9, account="south"))

    assert sorted(stairs(found)) == [[8, 10, 10], [9, 9]]


def test_equal_figures_are_said_once():
    found = told("casualty-counts", *(on(9, one, 10, account=one) for one in ("north", "south")))

    assert "north and south 10" in words(found)


def test_labels_at_the_ends_are_apart(ask):
    for width in WIDTHS:
        ends = {}
        for one in notes(ask("casualty-counts"), width):
            if one["text"].startswith("<span"):
                ends.setdefault(one["x"], []).append(one["y"])
        for heights in ends.values():
            assert all(high - low >= 16.9 for low, high in itertools.pairwise(sorted(heights)))


def test_hearsay_is_hollow_and_what_was_replaced_is_pale():
    found = told("casualty-counts", on(8, "a", 8), on(10, "b", 10, supersedes="a", via="a neighbour"), **ALMATY)
    [trace] = marks(found)

    assert trace["marker"]["opacity"] == [0.45, 1]
    assert trace["marker"]["color"] == [MARKS[0], LIGHT["page"]]
    assert "north 10 (hearsay)" in words(found)
    assert "hearsay, replaced since" not in " ".join(hovers(found))


def test_a_closed_group_has_a_bar_a_day_and_no_line_and_an_open_one_lines(ask):
    closed, opened = (ask("casualty-counts", open_groups=groups) for groups in ((), ("Outlets",)))

    assert "Outlets 10–11 (7 of 10)" in words(closed)
    assert [10, 11, None] in [trace["y"][:3] for trace in traces(closed) if trace.get("mode") == "lines"]
    assert len(stairs(opened)) > len(stairs(closed))
    assert {ids for trace in marks(closed) for ids in claims(closed, trace)} >= {"f018", "f020", "a012"}


def claims(found, trace):
    return [claim_id for mark in trace["customdata"] for claim_id in claims_behind(found, mark)]


def test_the_first_figure_and_the_last_change_are_told_and_nothing_else(ask):
    found = words(ask("casualty-counts"), 560)

    assert "8 Feb: officials say 8" in found
    assert "raised to 11 on 14 Feb" in found
    assert len([text for text in found if " on " in text or ": officials" in text]) == 2


def test_those_who_state_no_toll_are_named_at_the_foot(ask):
    found = ask("casualty-counts")

    for width in (328, 560, 1160):
        assert {"8 of 17 accounts give no toll:", "and 3 of Outlets", "Dungan residents", "Kazakh residents"} <= set(
            words(found, width)
        )
    assert {"1 of 2 accounts gives no toll:", "quiet"} <= set(
        words(told("casualty-counts", on(8, "a", 8), claim(account="quiet")))
    )


def test_on_a_phone_a_panel_is_so_high_that_each_label_says_what_it_counts(ask):
    assert any("help in Kyrgyzstan" in text for text in words(ask("casualty-counts"), 328))


def test_the_marks_that_are_drawn_have_a_key_at_every_width(ask):
    for width in (328, 560, 784, 1160):
        written = " ".join(words(ask("casualty-counts"), width))
        for said in ("Hollow: hearsay.", "Arrow up: at least.", "Small tick: said again.", "Pale: replaced since."):
            assert said in written

    assert "Hollow" not in " ".join(words(told("casualty-counts", on(8, "a", 8)), 560))


def test_what_a_line_counts_is_never_cut_within_a_word(ask):
    notes = [words(ask("casualty-counts"), width) for width in (328, 560, 1160)]
    cut = [text.removesuffix("…").split()[-1] for found in notes for text in found if text.endswith("…")]

    assert set(cut) <= {"sought", "medical", "help"}
    assert not [text for found in notes for text in found if "…" in text[:-1]]


def test_of_sixty_accounts_those_that_changed_have_a_line_and_the_others_a_range():
    said = [on(8 + number % 6, f"k{number}", 5 + number, account=f"a{number}") for number in range(60)]
    found = told("casualty-counts", *said, on(20, "new", 99, account="a7", supersedes="k7"))

    assert "59 more 5–64" in words(found)
    assert "a7 99" in words(found)
    assert sum(len(trace["customdata"]) for trace in marks(found)) <= 500


@pytest.mark.parametrize(
    ("last", "ticks"), [("2020-02-20", "8 Feb"), ("2021-05-01", "Mar 2020"), ("2035-05-01", "2021")]
)
def test_a_long_axis_counts_months_and_years(last, ticks):
    found = told("casualty-counts", on(8, "a", 8), killed("b", 9, stated_at=f"{last}T10:00Z", supersedes="a"), **ALMATY)

    assert ticks in words(found)


def test_figures_of_many_events_are_joined_by_no_line():
    found = told("casualty-counts", *(on(8, f"k{number}", number, event_id=f"e{number}") for number in range(9)))

    assert not stairs(found)
    assert "Killed, people; a figure for each of 9 events" in words(found)


@pytest.mark.parametrize("last", [600, 30])
def test_of_very_many_figures_said_at_no_time_the_highest_are_listed_with_their_events(last):
    """The last event has the most killed, the one before it one fewer, and so on."""
    many = [killed(f"k{one}", one, event_id=f"e{one}", stated_at=None, scope="event") for one in range(last + 1)]
    found = told("casualty-counts", *many)

    listed = [text for text in words(found) if " · e" in text]
    assert len(listed) == len(marks(found)) == 20
    assert [text.split("  ")[1] for text in (listed[0], listed[-1])] == [f"{one} · e{one}" for one in (last, last - 19)]
    assert any(text.endswith("not said when; the 20 highest of each measure") for text in words(found))
    assert f"20 of {last + 1} figures drawn" in words(found)


def test_an_event_without_a_name_is_named_by_its_place_and_the_days_that_it_may_be_of():
    days = {"began_earliest": "2020-02-01T00:00Z", "ended_latest": "2020-02-29T23:59Z"}
    many = [killed(f"k{one}", one, event_id=f"e{one}", stated_at=None, place="Afrin", **days) for one in range(31)]

    assert "30 · Afrin, 1–29 February 2020" in [text.split("  ")[-1] for text in words(told("casualty-counts", *many))]


def test_names_are_escaped():
    found = told("casualty-counts", on(8, "a", 8, account="<img src=x>"))

    assert "<img" not in str(found.figure())


def test_figures_at_one_place_are_one_mark_that_carries_them_all():
    same = [on(8, "first", 8), on(8, "second", 8), on(8, "third", 9)]
    found = told("casualty-counts", *same)
    drawn = [
        (x, y, rows)
        for trace in marks(found)
        for x, y, rows in zip(trace["x"], trace["y"], trace["customdata"], strict=True)
    ]

    assert len({(x, y) for x, y, _ in drawn}) == len(drawn) == 2
    assert sorted(row for *_, rows in drawn for row in rows) == [0, 1, 2]
    assert sorted(len(rows) for *_, rows in drawn) == [1, 2]


@pytest.mark.parametrize("width", [328, 560, 1160])
def test_no_figure_lies_under_another_of_its_account(ask, width):
    drawn = ask("casualty-counts").figure(width)["data"]
    for trace in [trace for trace in drawn if "customdata" in trace]:
        places = list(zip(trace["x"], trace["y"], strict=True))
        assert len(set(places)) == len(places)
