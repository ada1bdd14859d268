"""The resolution: what each rule keeps, what it sets aside, and that it says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.claims_for_tests import claim
from tests.lies.small_stories import killed, told

from contested.query.resolution import Resolution, Telling, apart, resolved


def telling(account, value, *origins, source="S"):
    every = frozenset([f"teller {account}", *origins])
    return Telling(account, str(value), value, every, frozenset([source]), is_stated=True)


EIGHT, ELEVEN, ALSO = telling("north", 8), telling("south", 11), telling("west", 11)


def kept(rule, *tellings):
    found = resolved(tellings, rule)
    return [one.account for one in found.kept], [one.account for one in found.aside], found.words


def test_by_default_all_is_kept_and_nothing_needs_saying():
    assert kept("all", EIGHT, ELEVEN, ALSO) == (["north", "south", "west"], [], "")


def test_two_of_three_independent_origins_are_a_majority():
    assert kept("majority", EIGHT, ELEVEN, ALSO) == (
        ["south", "west"],
        ["north"],
        "by majority: 2 of 3 independent origins",
    )


def test_what_repeats_one_origin_counts_once():
    copies = [telling(account, 11, "claim wire") for account in ("agency", "daily", "weekly")]

    assert kept("majority", EIGHT, *copies)[1:] == ([], "no majority of 2 independent origins")


def test_two_that_share_an_origin_through_a_third_are_one():
    chain = [telling("a", 1, "claim x"), telling("b", 1, "claim y"), telling("c", 1, "claim x", "claim y")]

    assert len(apart(chain)) == 1


def test_the_same_voice_or_side_twice_is_not_independent():
    assert len(apart([telling("a", 1), telling("a", 2)])) == 1
    assert len(apart([telling("a", 1, "side north"), telling("b", 1, "side north")])) == 1


def test_an_origin_that_says_two_things_says_neither():
    split = [telling("south", 8), telling("south", 11), telling("west", 11)]

    assert kept("majority", *split)[1:] == ([], "no majority of 2 independent origins")


def test_half_is_no_majority():
    assert kept("majority", EIGHT, ELEVEN)[2] == "no majority of 2 independent origins"


def test_an_account_or_a_source_is_preferred():
    quoted = telling("south", 11, source="S9")

    assert kept("north", EIGHT, quoted) == (["north"], ["south"], "north preferred")
    assert kept("S9", EIGHT, quoted) == (["south"], ["north"], "S9 preferred")


def test_who_is_preferred_and_says_nothing_decides_nothing():
    assert kept("east", EIGHT, ELEVEN) == (["north", "south"], [], "east, preferred, says nothing of it")


def test_who_defers_leaves_open_only_what_differs():
    assert kept("defer", EIGHT, ELEVEN) == ([], ["north", "south"], "left open, as the reader defers")
    assert kept("defer", ELEVEN, ALSO) == (["south", "west"], [], "")


def test_what_is_set_aside_is_said_with_its_account():
    assert resolved([EIGHT, ELEVEN, ALSO], "majority").said(str.title) == (
        "by majority: 2 of 3 independent origins; set aside: North 8"
    )


tellings = st.lists(
    st.builds(telling, st.sampled_from("abcdef"), st.integers(0, 3), st.sampled_from(["side x", "side y", "claim z"])),
    min_size=1,
    max_size=8,
)
rules = st.sampled_from([*Resolution, "a", "nobody"])


@given(tellings, rules)
def test_every_telling_is_either_kept_or_set_aside(said, rule):
    found = resolved(said, rule)

    assert sorted(map(repr, (*found.kept, *found.aside))) == sorted(map(repr, said))
    assert found.words or not found.aside


@given(tellings, rules, st.randoms())
def test_the_order_of_the_tellings_decides_nothing(said, rule, chance):
    mixed = chance.sample(said, len(said))

    assert set(resolved(mixed, rule).kept) == set(resolved(said, rule).kept)
    assert resolved(mixed, rule).words == resolved(said, rule).words


@given(tellings)
def test_exchanging_two_names_exchanges_them_in_what_is_kept(said):
    names = {"a": "b", "b": "a"}
    swapped = [one._replace(account=names.get(one.account, one.account)) for one in said]

    assert {one.value for one in resolved(swapped, "majority").kept} == {
        one.value for one in resolved(said, "majority").kept
    }


def test_who_does_not_say_whose_words_they_pass_on_is_no_independent_origin():
    unnamed = [one._replace(is_stated=False) for one in (ELEVEN, ALSO)]

    assert kept("majority", EIGHT, *unnamed)[1:] == ([], "no majority of 1 independent origin and 2 not stated")
    assert kept("majority", *unnamed)[2] == "no majority, for no origin is stated"
    assert kept("majority", EIGHT, ELEVEN, ALSO, telling("east", 8)._replace(is_stated=False))[2] == (
        "no majority of 3 independent origins and 1 not stated"
    )


def test_two_speakers_of_one_account_are_two():
    elder, teacher = (
        telling("south", 11)._replace(origins=frozenset([f"teller {one}"])) for one in ("elder", "teacher")
    )

    assert kept("majority", EIGHT, elder, teacher)[2] == "by majority: 2 of 3 independent origins"


# In the charts

TOLL = {"question": "How many people were killed?"}
THREE = [
    killed(one, best, account=account, speaker=f"an elder of the {account}", **TOLL)
    for one, best, account in (("a", 8, "north"), ("b", 11, "south"), ("c", 11, "west"))
]


@pytest.mark.parametrize(
    ("rule", "title"),
    [
        ("all", "8 or 11 people killed, depending on the account."),
        ("range", "8 to 11 people killed, depending on the account; the range of all that is stated."),
        ("majority", "11 people killed, by majority: 2 of 3 independent origins; set aside: north 8."),
        ("north", "8 people killed, north preferred; set aside: south 11 and west 11."),
        ("east", "8 or 11 people killed, depending on the account; east, preferred, says nothing of it."),
        (
            "defer",
            "How many people were killed is left open, as the reader defers; set aside: north 8, south 11 and west 11.",
        ),
    ],
)
def test_the_headline_of_the_ledger_follows_the_rule_and_the_table_does_not(rule, title):
    found = told("casualty-counts", *THREE, resolution=rule)

    assert found.sentences[0] == title
    assert found.records() == told("casualty-counts", *THREE).records()


def test_repeats_of_one_wire_are_no_majority_in_the_ledger():
    wire = [
        killed(account, 11, account=account, speaker=account, same_origin=("wire",), **TOLL)
        for account in ("agency", "daily", "weekly")
    ]

    assert told("casualty-counts", THREE[0], *wire, resolution="majority").sentences[0] == (
        "8 or 11 people killed, depending on the account; no majority of 2 independent origins."
    )


def test_the_comparison_concludes_by_the_rule_and_shows_every_pair_all_the_same():
    shot = [
        claim(claim_id=account, account=account, speaker=account, question="Was the bridge shot at?", answer=answer)
        for account, answer in (("north", "yes"), ("south", "no"), ("west", "no"))
    ]
    found = told("disagreements", *shot, resolution="majority")

    assert "Was the bridge shot at? No (by majority: 2 of 3 independent origins; set aside: north yes)." in (
        found.sentence
    )
    assert found.records() == told("disagreements", *shot).records()
    assert "majority" not in told("disagreements", *shot).sentence
