"""Casualty figures in words: by whose account a figure stands, and when every account may be said to give it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import night
from tests.lies.small_stories import killed, told

SOUTH, WEST = {"account": "south"}, {"account": "west"}


def title(*claims, **chosen):
    return told("casualty-counts", *claims, **chosen).sentences[0]


def test_every_account_is_said_to_give_a_figure_only_where_each_gives_that_one_alone():
    assert title(killed("a", 8), killed("b", 8, **SOUTH)) == "8 people killed, by every account that states a figure."


def test_an_account_whose_other_figure_still_stands_is_named_with_it():
    assert title(killed("a", 8), killed("b", 12, "08:00", **SOUTH), killed("c", 8, "09:00", **SOUTH)) == (
        "8 people killed, according to north and south; other figures still stand: south also 12."
    )


def test_a_figure_that_was_replaced_stands_no_longer():
    told = killed("a", 8), killed("b", 12, "08:00", **SOUTH), killed("c", 8, "09:00", **SOUTH, supersedes="b")

    assert title(*told) == "8 people killed, by every account that states a figure."


def test_a_running_total_that_grew_says_one_thing():
    grown = [
        killed(one, best, clock, **SOUTH, scope="cumulative")
        for one, best, clock in (("b", 5, "08:00"), ("c", 8, "09:00"))
    ]

    assert title(killed("a", 8), *grown) == "8 people killed, by every account that states a figure."


def test_one_account_alone_is_named_with_its_other_figure_that_still_stands():
    assert title(killed("a", 20, "08:00"), killed("b", 18, "09:00")) == (
        "18 people killed, according to north; other figures still stand: north also 20."
    )


def test_a_figure_of_the_event_alone_is_not_compared_with_one_whose_scope_is_not_stated():
    told = killed("a", 5, scope="event"), killed("b", 18, **SOUTH)

    assert title(*told) == "5 people killed (of this alone), according to north."


def test_an_earlier_running_total_keeps_figures_of_the_event_alone_apart():
    before = killed("a", 20, "08:00", scope="cumulative"), killed("b", 5, "08:00", scope="event")
    now = killed("c", 18, "09:00"), killed("d", 18, "09:00", **SOUTH)

    found = told("casualty-counts", *before, *now)

    assert "18 people killed (in all), according to north and south; other figures still stand: north also 20." in (
        found.sentences
    )


@pytest.mark.parametrize("names", ["ab", "ba"])
def test_a_running_total_below_the_highest_of_the_latest_says_nothing_else_whatever_the_ids(names):
    earlier = killed("c", 9, "08:00", scope="cumulative")
    latest = killed(names[0], 8, "09:00", scope="cumulative"), killed(names[1], 10, "09:00", scope="cumulative")

    assert title(earlier, *latest) == "8 or 10 people killed, according to north, with several figures that stand."


def test_of_many_totals_as_many_are_put_into_words_as_is_said():
    stated = [
        killed(f"{scope}{number}", 5 + number, event_id=f"e{number:02}", scope=scope)
        for number in range(7)
        for scope in ("event", "cumulative")
    ]

    sentences = told("casualty-counts", *stated).sentences

    assert sum(sentence.endswith("according to north.") for sentence in sentences) == 12
    assert (
        "Of 14 totals of the killed, 12 are put into words: first those whose figures lie farthest apart." in sentences
    )


def test_one_account_that_differs_with_itself_is_said_to():
    assert title(killed("a", 8), killed("b", 10)) == (
        "8 or 10 people killed, according to north, with several figures that stand."
    )


def test_accounts_that_give_the_same_range_do_not_differ():
    same = {"low": 8, "high": 13}

    assert title(killed("a", 11, **same), killed("b", 11, **SOUTH, **same)) == (
        "8 to 13 people killed, by every account that states a figure."
    )
    assert title(killed("a", 11, **same), killed("b", 9, **SOUTH)) == "8 to 13 people killed, depending on the account."


def test_what_is_counted_otherwise_is_no_range():
    found = told("casualty-counts", killed("a", 10), killed("b", 2, definition="died in hospital", **SOUTH))

    assert found.sentences[:2] == (
        "10 people killed, according to north.",
        "2 people killed (died in hospital), according to south.",
    )


def bound(claim_id, low=None, high=None, **said):
    return killed(claim_id, None, low=low, high=high, **said)


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        (
            (killed("a", 10), killed("b", 11, **SOUTH), bound("c", 8, **WEST)),
            "10 or 11 people killed, depending on the account; at least 8, according to west.",
        ),
        (
            (killed("a", 10), bound("c", 8, **WEST)),
            "10 people killed, according to north; at least 8, according to west.",
        ),
        ((bound("a", 8), bound("b", 8, **SOUTH)), "At least 8 people killed, by every account that states a figure."),
        (
            (bound("a", 8), bound("b", 12, **SOUTH)),
            "At least 8 or at least 12 people killed, depending on the account.",
        ),
        (
            (bound("a", 8), bound("b", None, 20, **SOUTH)),
            "At least 8 people killed, according to north; at most 20, according to south.",
        ),
        (
            (killed("a", 8), killed("b", 9, **SOUTH), killed("c", 11, **WEST)),
            "8 to 11 people killed, depending on the account.",
        ),
        ((killed("a", 10, low=8),), "10 people killed, according to north."),
        ((bound("a", 1),), "At least 1 person killed, according to north."),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_bound_is_no_end_of_a_range_and_two_figures_are_one_or_the_other(claims, said):
    assert title(*claims) == said


def test_each_of_several_figures_has_its_own_day():
    claims = [
        killed("a", 43, stated_at=night("08:00"), definition="in hospital"),
        killed("b", None, low=180, stated_at="2020-02-13T09:00Z"),
    ]

    assert "north at least 180 (13 Feb) and 43 in hospital (8 Feb)." in told("casualty-counts", *claims).sentence
    assert "north 10 or 11 (8 Feb)" in told("casualty-counts", killed("b", 11), killed("a", 10)).sentence


def test_one_person_in_another_event_is_no_part_of_a_toll():
    hurt = killed("b", 1, event_id="brawl", victims="the elder", **SOUTH)
    found = told("casualty-counts", killed("a", 10), hurt)

    assert "Of some people only: south 1 killed (the elder; brawl)." in found.sentences
    assert "a part" not in found.sentence


def test_a_figure_of_one_day_and_a_running_total_are_no_range():
    found = told("casualty-counts", killed("a", 53, scope="event"), killed("b", 687, "10:00", scope="cumulative"))

    assert found.sentences[:2] == (
        "53 people killed (of this alone), according to north.",
        "687 people killed (in all), according to north.",
    )
    assert "53 to 687" not in found.sentence


def test_hearsay_is_marked_beside_its_figure():
    assert "Locals" not in (found := told("casualty-counts", killed("a", 8, via="a neighbour"))).sentence
    assert "north 8 (hearsay) (8 Feb)" in found.sentence


def test_a_repeat_of_a_replaced_figure_is_out_of_the_headline_but_where_it_is_said_anew():
    officials = killed("a", 8, "08:00"), killed("b", 10, "10:00", supersedes="a")
    early, late = (killed("c", 8, clock, **SOUTH, same_origin="a") for clock in ("09:00", "11:00"))

    assert title(*officials, early) == "10 people killed, according to north."
    assert title(*officials, late) == "8 or 10 people killed, depending on the account."
    assert "south 8 (said again after it was replaced) (8 Feb)" in told("casualty-counts", *officials, late).sentence


# By side


def on(side, claim_id, best, **said):
    return killed(claim_id, best, side=side, **said)


def test_a_side_does_not_speak_but_its_voices_do():
    found = told("casualty-counts", on("valley", "a", 8), on("valley", "b", 8, **SOUTH), by="side")

    assert found.sentences[:2] == (
        "8 people killed, according to north and south, told on the side of valley.",
        "Latest figures of the killed: valley: north 8 (8 Feb), south 8 (8 Feb).",
    )


def test_voices_of_one_side_that_differ_are_said_to():
    assert title(on("valley", "a", 8), on("valley", "b", 10, **SOUTH), by="side") == (
        "8 or 10 people killed, according to north and south, told on the side of valley, who differ."
    )


def test_who_takes_no_side_is_named_and_no_side_says_nothing():
    found = told("casualty-counts", killed("a", 10), on("valley", "b", 8, **SOUTH), by="side")

    assert found.sentences[0] == "8 or 10 people killed, depending on the side."
    assert "north 10 (8 Feb)" in found.sentence
    assert "according to No side" not in told("casualty-counts", killed("a", 10), by="side").sentence
    assert "told as part of no side's story" in told("casualty-counts", killed("a", 10), side=["neither"]).stamp()


figures = st.lists(st.tuples(st.sampled_from(["north", "south", "west"]), st.integers(1, 4)), min_size=1, max_size=5)


def written(said, names=None):
    return [killed(f"k{number}", best, account=(names or {}).get(who, who)) for number, (who, best) in enumerate(said)]


@settings(max_examples=settings().max_examples // 3)
@given(figures)
def test_every_account_is_said_only_of_one_figure_and_depending_only_of_several(said):
    by = {who: {best for name, best in said if name == who} for who, _ in said}
    found = title(*written(said))

    assert ("by every account" in found) == (len(by) > 1 and len({best for _, best in said}) == 1)
    assert ("depending on the account" in found) == (len({frozenset(values) for values in by.values()}) > 1)


@settings(max_examples=settings().max_examples // 5)
@given(figures)
def test_exchanging_the_names_of_accounts_exchanges_them_in_the_title(said):
    names = {"north": "Xnorth", "south": "Xsouth", "west": "Xwest"}

    assert title(*written(said, names)).replace("X", "") == title(*written(said))


@pytest.mark.parametrize("by", ["account", "side"])
def test_no_sentence_attributes_anything_to_no_side(by):
    claims = [killed("a", 10), on("valley", "b", 8, **SOUTH), on("hill", "c", 9, **WEST)]

    assert "No side" not in told("casualty-counts", *claims, by=by).sentence
