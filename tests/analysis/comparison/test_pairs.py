"""What cannot all be true, what can, and what is the same."""

from itertools import pairwise
from math import inf, isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.comparison.told import disputes, position, related
from tests.lies.small_stories import killed, told

from contested.analysis.comparison.compare import DISAGREEMENTS, Relation, Rule
from contested.analysis.comparison.positions import figure_range
from contested.analysis.comparison.questions import RESPONSE_END
from contested.model.arrow_schema import from_arrow
from contested.model.vocabulary import Milestone

NUMBERS = st.integers(0, 50)
RANGES = st.tuples(NUMBERS, NUMBERS).map(sorted).map(tuple)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ((2, 2), (10, 10), Relation.CONTRADICT),
        ((8, inf), (10, 10), Relation.COMPATIBLE),
        ((8, 12), (10, 14), Relation.COMPATIBLE),
        ((8, 10), (10, 14), Relation.COMPATIBLE),
        ((10, 10), (10, 10), Relation.AGREE),
        ((8, inf), (-inf, 7), Relation.CONTRADICT),
    ],
)
def test_ranges_contradict_when_disjoint_and_agree_when_equal(one, other, relation):
    assert related(position("a", bounds=one), position("b", bounds=other)) is relation


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("yes", "no, getting worse", Relation.CONTRADICT),
        ("yes", "yes, sometimes", Relation.AGREE),
        ("Almaty", "almaty", Relation.AGREE),
        ("a push", "a kick", Relation.DIFFER),
    ],
)
def test_words_are_compared_as_yes_and_no_or_as_words(one, other, relation):
    assert related(position("a", one), position("b", other)) is relation


def test_a_rumour_and_its_rejection_are_told_apart_from_a_contradiction():
    rumour = position("rumour", "8", (8, 8), stance="relays")

    assert related(rumour, position("b", "not eight", stance="denies")) is Relation.REJECTED
    assert related(rumour, position("b", "2", (2, 2))) is Relation.CONTRADICT


def test_a_rumour_and_a_denial_that_say_the_same_are_no_rejection():
    rumour = position("rumour", "no, on its way", stance="relays")

    assert related(rumour, position("b", "no", stance="denies")) is Relation.AGREE


@pytest.mark.parametrize(
    ("told", "relation"),
    [((8, 8), Relation.CONTRADICT), ((10, 10), Relation.COMPATIBLE), ((8, 9), Relation.COMPATIBLE)],
)
def test_to_deny_eight_contradicts_eight_and_nothing_else(told, relation):
    assert related(position("a", "not eight", (8, 8), stance="denies"), position("b", bounds=told)) is relation


def test_to_deny_eight_rejects_the_rumour_of_eight():
    denial = position("a", "not eight", (8, 8), stance="denies")

    assert related(denial, position("rumour", "8", (8, 8), stance="relays")) is Relation.REJECTED


def test_two_who_deny_different_figures_can_both_be_right():
    assert related(*(position(str(n), bounds=(n, n), stance="denies") for n in (8, 9))) is Relation.COMPATIBLE


@pytest.mark.parametrize("said", [("2", "10"), ("2", "2"), ("yes", "no"), ("a push", "a kick")])
def test_what_need_not_be_of_the_same_event_is_at_most_compatible(said):
    one, other = (position(word, word, (int(word),) * 2 if word.isdigit() else None) for word in said)

    assert related(one._replace(certain=False), other) is Relation.COMPATIBLE


def total(account, figure, day, first="", last=""):
    """Make a running total that was said at some time of a day."""
    stated = {} if day is None else {"stated_at": (day + 1, day + 2), "stated_after": (day - 1, day)}
    return position(account, bounds=(figure, figure), running=True, claim_ids=[first, last], **stated)


def test_a_running_total_may_have_grown_from_the_lower_to_the_later_figure():
    assert related(total("a", 10, 11), total("b", 11, 14)) is Relation.DIFFER


def test_a_running_total_cannot_have_fallen():
    [dispute] = disputes(
        [total("a", 10, 14, "early ten", "late ten"), total("b", 11, 11, "early eleven", "late eleven")]
    )

    assert dispute.relation is Relation.CONTRADICT
    assert dispute.claim_ids == ["early eleven", "late ten"]


def test_two_totals_of_one_day_have_no_known_order():
    assert related(total("a", 10, 11), total("b", 11, 11)) is Relation.DIFFER
    assert related(total("a", 10, None), total("b", 11, 11)) is Relation.DIFFER


def test_a_figure_that_is_no_running_total_does_not_grow():
    assert related(total("a", 10, 11), total("b", 11, 14)._replace(running=False)) is Relation.CONTRADICT


MASANCHI, SORTOBE = (42.9289, 75.3019), (42.8667, 75.2514)
"""Eight kilometres apart."""


@pytest.mark.parametrize(
    ("near", "around", "relation"),
    [(3, 3, Relation.CONTRADICT), (3, 6, Relation.COMPATIBLE), (None, 3, Relation.DIFFER)],
)
def test_two_places_contradict_where_they_are_farther_apart_than_each_may_be_off(near, around, relation):
    one, other = (
        position(account, latitude=latitude, longitude=longitude, radius_km=radius)
        for account, (latitude, longitude), radius in (("a", MASANCHI, near), ("b", SORTOBE, around))
    )

    assert related(one, other) is relation
    assert related(one, one._replace(account="b")) is Relation.AGREE


def test_one_account_that_says_two_things_contradicts_itself():
    [dispute] = disputes([position("a", bounds=(10, 10)), position("a", bounds=(11, 11), claim_id="2")])

    assert dispute.relation is Relation.CONTRADICT
    assert dispute.claim_ids == ["1", "2"]


def test_two_answers_of_one_account_in_words_may_both_be_meant():
    assert disputes([position("a", "a gun"), position("a", "a club")]) == []


def milestone(account, name, at, claim_id, **more):
    bounds = at if isinstance(at, tuple) else (at, at)
    return position(account, bounds=bounds, milestone=name, question=f"When was the {name}?", claim_id=claim_id, **more)


def test_help_cannot_set_out_before_it_is_called():
    [dispute] = disputes([milestone("officials", "call", 19, "1"), milestone("vlast", "dispatch", 18, "2")])

    assert (dispute.relation, dispute.rule) == (Relation.CONTRADICT, Rule.ORDER)
    assert (dispute.one.milestone, dispute.other.milestone) == ("call", "dispatch")


def test_help_may_be_called_and_arrive_after_the_fighting_is_over():
    over = milestone("a", "end", 18, "1")

    assert disputes([over, milestone("a", "arrival", 19, "2"), milestone("b", "call", 19, "3")]) == []
    [dispute] = disputes([over, milestone("b", "onset", 19, "2")])
    assert dispute.rule is Rule.ORDER


def test_a_response_cannot_end_before_help_arrives():
    [dispute] = disputes([milestone("a", RESPONSE_END, 18, "1"), milestone("b", "arrival", 19, "2")])

    assert dispute.rule is Rule.ORDER


def test_an_order_that_can_be_is_no_dispute():
    assert disputes([milestone("a", "call", 18, "1"), milestone("b", "dispatch", 19, "2")]) == []


def test_one_responder_may_arrive_before_another_sets_out():
    arrived, set_out = milestone("a", "arrival", 18, "1", responder="SWAT"), milestone("b", "dispatch", 19, "2")

    assert disputes([arrived, set_out]) == []
    assert disputes([arrived, set_out._replace(responder="OMON")]) == []
    [dispute] = disputes([arrived, set_out._replace(responder="SWAT")])
    assert dispute.rule is Rule.ORDER


def test_the_police_cannot_be_called_after_whoever_of_them_set_out():
    [dispute] = disputes([milestone("a", "call", 19, "1"), milestone("b", "dispatch", 18, "2", responder="SWAT")])

    assert dispute.rule is Rule.ORDER


WITHIN = {"night": frozenset({"war"})}


def test_a_part_cannot_begin_before_its_whole():
    whole, part = milestone("a", "onset", 8, "1", event_id="war"), milestone("a", "onset", (5, 7), "2")

    [dispute] = disputes([whole, part], WITHIN)
    assert (dispute.relation, dispute.rule) == (Relation.CONTRADICT, Rule.WITHIN)
    assert (dispute.one, dispute.other, dispute.claim_ids) == (whole, part, ["1", "2"])
    assert disputes([whole, part]) == []


def test_a_part_cannot_begin_or_end_after_its_whole_though_help_may_come_to_it_then():
    over = milestone("a", "end", 8, "1", event_id="war")
    part = [milestone("a", "end", 9, "2"), milestone("b", "onset", 9, "3"), milestone("b", "arrival", (9, 10), "4")]

    assert sorted(one.claim_ids for one in disputes([over, *part], WITHIN)) == [["1", "2"], ["1", "3"]]


def test_a_part_may_begin_and_end_with_its_whole():
    whole = [milestone("a", "onset", 8, "1", event_id="war"), milestone("a", "end", 9, "2", event_id="war")]

    assert disputes([*whole, milestone("b", "onset", 8, "3"), milestone("b", "end", 9, "4")], WITHIN) == []


RESPONSE = (*(name for name in Milestone if name != "end"), RESPONSE_END)
TIMED = st.tuples(st.sampled_from(["night", "war"]), st.sampled_from(["end", *RESPONSE]), RANGES)
EDGES = [
    *(((event, one), (event, next_one)) for event in ("night", "war") for one, next_one in pairwise(RESPONSE)),
    *(((event, "onset"), (event, "end")) for event in ("night", "war")),
    (("war", "onset"), ("night", "onset")),
    (("night", "end"), ("war", "end")),
]


def can_all_be_true(told):
    """Put every milestone as early as the claims and the orders allow, and see whether that is early enough."""
    earliest = {}
    for one in told:
        moment = (one.event_id, one.milestone)
        earliest[moment] = max(earliest.get(moment, 0), one.lower)
    for _ in EDGES:
        for before, after in EDGES:
            earliest[after] = max(earliest.get(after, 0), earliest.get(before, 0))
    return all(earliest[one.event_id, one.milestone] <= one.upper for one in told)


@given(st.lists(TIMED, max_size=7))
def test_every_contradiction_is_the_smallest_set_of_claims_that_cannot_all_be_true(claims):
    told = [milestone(f"a{n}", name, at, str(n), event_id=event) for n, (event, name, at) in enumerate(claims)]
    found = [one for one in disputes(told, WITHIN) if one.relation is Relation.CONTRADICT]

    assert bool(found) is not can_all_be_true(told)
    for dispute in found:
        smallest = [one for one in told if one.claim_ids[0] in dispute.claim_ids]
        assert not can_all_be_true(smallest)
        assert all(can_all_be_true([one for one in smallest if one is not without]) for without in smallest)


def test_of_many_that_say_the_same_one_is_enough_to_contradict():
    many, other = position("a", bounds=(8, 8))._replace(claim_ids=["1", "2", "3"]), position("b", bounds=(9, 9))

    [dispute] = disputes([many, other._replace(claim_ids=["4", "5"])])
    assert dispute.claim_ids == ["1", "4"]


def test_all_that_say_the_same_stand_behind_an_agreement():
    [dispute] = disputes([position("a", bounds=(8, 8)), position("b", bounds=(8, 8), claim_id="2")])

    assert (dispute.relation, dispute.claim_ids) == (Relation.AGREE, ["1", "2"])


@pytest.mark.parametrize(
    ("account", "source", "within"),
    [
        ("a", "S1", ", both in one source"),
        ("b", "S1", ", both in one source"),
        ("a", "S2", ", both of one account"),
        ("b", "S2", ""),
    ],
)
def test_a_dispute_says_whether_it_stands_within_one_source_or_one_account(account, source, within):
    one = position("a", bounds=(8, 8), sources=("S1",))

    [dispute] = disputes([one, position(account, bounds=(9, 9), claim_id="2", sources=(source,))])
    assert dispute.within == within


def test_a_part_cannot_count_more_than_its_total():
    total = position("a", bounds=(10, 10), claim_id="all")
    part = position("b", bounds=(12, 15), claim_id="part", part_of='["all", "lost"]', question="How many of them?")

    [dispute] = disputes([total, part])
    assert (dispute.rule, dispute.claim_ids) == (Rule.LARGER, ["all", "part"])
    assert disputes([total, part._replace(lower=9)]) == []
    assert disputes([total, part._replace(stance="denies")]) == []
    assert disputes([total, part._replace(certain=False)]) == []


@given(RANGES, RANGES)
def test_two_ranges_contradict_exactly_when_no_number_lies_in_both(one, other):
    share = any(one[0] <= n <= one[1] and other[0] <= n <= other[1] for n in range(51))

    relation = related(position("a", bounds=one), position("b", bounds=other))
    assert (relation is Relation.CONTRADICT) is not share


@given(st.lists(st.tuples(st.sampled_from("abc"), RANGES), max_size=6))
def test_the_order_of_the_positions_changes_no_relation(told):
    positions = [position(account, bounds=bounds, claim_id=str(n)) for n, (account, bounds) in enumerate(told)]

    def found(given):
        return sorted((tuple(dispute.claim_ids), dispute.relation) for dispute in disputes(given))

    assert found(positions) == found(positions[::-1])


def range_of(*figure):
    [lower], [upper] = figure_range(*(np.array([nan if one is None else one]) for one in figure))
    return lower, upper


@pytest.mark.parametrize("at_once", [1, 2, 3, 7])
def test_however_many_pairs_are_looked_at_in_one_go_the_same_are_found(at_once, monkeypatch):
    told = [
        *(position(account, bounds=(n, n), claim_id=f"{account}{n}") for account in "abc" for n in (1, 2)),
        *(milestone("a", name, at, f"{name}{at}") for name, at in (("call", 9), ("dispatch", 8), ("arrival", 7))),
    ]
    every = [(one.claim_ids, one.relation, one.rule) for one in disputes(told)]
    monkeypatch.setattr("contested.analysis.comparison.pairs._BATCH", at_once)

    assert sorted((one.claim_ids, one.relation, one.rule) for one in disputes(told)) == sorted(every)
    assert len(every) == 3 * 4 + 3 + 3, "between accounts, within each, and orders that cannot be"


@given(st.none() | NUMBERS, st.none() | NUMBERS, st.none() | NUMBERS)
def test_the_range_of_a_figure_holds_every_number_stated(low, best, high):
    lower, upper = range_of(low, best, high)

    stated = [number for number in (low, best, high) if number is not None]
    assert isnan(lower) is isnan(upper) is (not stated)
    assert all(lower <= number <= upper for number in stated)


def test_at_least_eight_has_no_upper_end():
    assert range_of(8, None, None) == (8, inf)


def korday_pairs(ask):
    return ask("disagreements").records()


TWO_SIDES = {"dungan_residents", "kazakh_residents"}


def test_korday_holds_57_disagreements_7_of_them_between_the_two_sides_and_24_agreements(ask):
    found = korday_pairs(ask)
    disagreements = [row for row in found if row["relation"] in DISAGREEMENTS]

    assert len(disagreements) == 57
    assert sum(set(row["accounts"]) == TWO_SIDES for row in disagreements) == 7
    assert sum(row["relation"] == "agree" for row in found) == 24


def test_no_pair_of_korday_is_told_twice(ask):
    told = [
        (row["relation"], row["question"], *row["accounts"], *row["values"], *row["claim_ids"])
        for row in korday_pairs(ask)
    ]

    assert len(told) == len(set(told))


def test_the_finder_sees_by_itself_that_help_left_before_it_was_called(ask):
    [row] = [row for row in korday_pairs(ask) if "call cannot come after dispatch" in row["sentence"]]

    assert row["accounts"] == ["officials", "vlast"]
    assert row["values"] == ["7 Feb 19:00", "7 Feb 18:00"]
    assert row["claim_ids"] == ["a096", "f081"]
    assert row["sentence"] == (
        "When were the police first told? When did help set out? Officials (Kazakhstan) (said by 8 Feb 2020): "
        "7 Feb 19:00; Vlast (said by 11 Feb 2020, hearsay at 2 removes): 7 Feb 18:00: call cannot come after dispatch."
    )


def test_the_two_sides_contradict_each_other_on_the_attackers(ask):
    values = {
        tuple(row["values"])
        for row in korday_pairs(ask)
        if set(row["accounts"]) == {"dungan_residents", "kazakh_residents"} and row["relation"] == "contradict"
    }

    assert ("2", "10") in values


def test_every_pair_names_claims_that_exist(ask, korday):
    known = {claim.claim_id for claim in from_arrow(korday.claims)}

    assert all(set(row["claim_ids"]) <= known and len(row["claim_ids"]) >= 2 for row in korday_pairs(ask))


@pytest.mark.parametrize("chosen", [{}, {"by": "side"}, {"as_known_at": "2020-02-10T00:00+06:00"}], ids=str)
def test_the_claims_behind_all_pairs_are_those_behind_each(ask, chosen):
    found = ask("disagreements", **chosen)

    assert found.all_claim_ids() == sorted({claim_id for ids in found.claim_ids() for claim_id in ids})


def test_the_claims_of_a_total_that_fell_and_of_a_part_that_is_too_large_are_among_those_behind_all():
    fallen = [
        killed(one, n, clock, scope="cumulative", account=account)
        for one, n, clock, account in (
            ("a", 10, "08:00", "north"),
            ("b", 10, "09:00", "north"),
            ("c", 8, "10:00", "south"),
            ("d", 8, "11:00", "south"),
        )
    ]
    too_large = [
        killed("all", 3, event_id="day"),
        killed("part", 5, event_id="day", part_of=("all",), victims="police"),
    ]
    found = told("disagreements", *fallen, *too_large)

    assert found.all_claim_ids() == ["a", "all", "d", "part"]
    assert sorted({claim_id for ids in found.claim_ids() for claim_id in ids}) == ["a", "all", "d", "part"]
