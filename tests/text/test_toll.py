"""The toll in a few words: a title from any data, a finding with who states what, and a sentence to copy."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import claim, night
from tests.lies.small_stories import killed, told

from contested.model.vocabulary import Measure
from contested.text import toll
from contested.text.names import in_sentence, is_plural, short_names

SOUTH = {"account": "south"}


def day(number):
    return f"2020-02-{number:02}T09:00Z"


def title(*claims, **chosen):
    return told("casualty-counts", *claims, **chosen).title


def finding(*claims, **chosen):
    return told("casualty-counts", *claims, **chosen).finding


def raised(*figures, account="north"):
    """State one figure after the other, each on a day of its own."""
    return [
        killed(
            f"{account}{place}",
            best,
            account=account,
            stated_at=day(8 + 2 * place),
            scope="cumulative",
            **({"supersedes": f"{account}{place - 1}"} if place else {}),
        )
        for place, best in enumerate(figures)
    ]


def heard(claimed):
    """Let a figure be heard from others."""
    return claimed.model_copy(update={"via": "a doctor"})


VERBS = (
    "was",
    "were",
    "say",
    "counts",
    "are",
    "raised",
    "lowered",
    "changed",
    "rose",
    "fell",
    "states",
    "state",
    "killed;",
)
SILENT = claim(claim_id="fight", account="quiet")
SITUATIONS = {
    "nothing": ([claim()], "No account counts the killed or injured"),
    "only a part": (
        [killed("a", 2, victims="police")],
        "No account states a toll; figures of some people are in the table",
    ),
    "one account": ([killed("a", 10)], "10 people were killed"),
    "one account, others silent": ([killed("a", 10), SILENT], "10 people were killed, according to north"),
    "one person": ([killed("a", 1), SILENT], "1 person was killed, according to north"),
    "nobody killed": ([killed("a", 0), SILENT], "Nobody was killed, according to north"),
    "at least": ([killed("a", None, low=8), SILENT], "At least 8 people were killed, according to north"),
    "at most": ([killed("a", None, high=20), SILENT], "At most 20 people were killed, according to north"),
    "all the same": ([killed("a", 8), killed("b", 8, **SOUTH)], "Both accounts that state a toll say 8"),
    "three the same": (
        [killed(one, 8, account=one) for one in ("north", "south", "west")],
        "All three accounts that state a toll say 8",
    ),
    "two figures": (
        [killed("a", 11), killed("b", 10, **SOUTH)],
        "10 people were killed according to south, 11 according to north",
    ),
    "a number and a bound": (
        [killed("a", 10), killed("b", None, low=8, **SOUTH)],
        "10 people were killed according to north, at least 8 according to south",
    ),
    "revised": (raised(8, 10, 11), "The toll rose from 8 to 11 in four days"),
    "revised by one of two": (
        [*raised(8, 10, 11), killed("b", 10, **SOUTH)],
        "North raised the toll from 8 to 11 in four days",
    ),
    "revised by what was heard from others": (
        [*raised(8, 10), heard(raised(8, 10, 11)[2]), killed("b", 10, **SOUTH)],
        "North raised the toll from 8 to 11 (hearsay) in four days",
    ),
    "lowered": ([*raised(20, 8), killed("b", 9, **SOUTH)], "North lowered the toll from 20 to 8 in two days"),
    "nobody says when": (
        [killed("a", 5, stated_at=None), killed("b", 9, stated_at=None, **SOUTH)],
        "From 5 to 9 killed; no account’s figure says when it was said",
    ),
    "some do not say when": (
        [killed("a", 5), *(killed(one, 9, stated_at=None, account=one) for one in ("south", "west"))],
        "Two of three accounts state a toll without saying when",
    ),
    "sixty accounts": (
        [killed(f"k{number}", 10 + number % 7, account=f"outlet {number}") for number in range(60)],
        "10 people were killed according to nine accounts, 16 according to eight accounts",
    ),
    "many events": (
        [killed(f"k{number}", number, event_id=f"e{number}") for number in range(1, 41)],
        "The killed are counted for 40 events, from 1 to 40 in each",
    ),
    "events of bounds": (
        [
            killed("a", None, event_id="a", low=10),
            killed("b", None, event_id="b", low=8, high=11),
            killed("c", None, event_id="c", high=3),
        ],
        "The killed are counted for three events, from at most 3 to 11+ in each",
    ),
    "names of one first word": (
        [killed("a", None, low=10, account="Side A"), killed("b", 4, account="Side B")],
        "4 or at least 10 people were killed, by account",
    ),
    "injured alone": (
        [killed("a", 40).model_copy(update={"measure": Measure.INJURED}), SILENT],
        "40 people were injured, according to north",
    ),
    "thousands": ([killed("a", 24000), SILENT], "24,000 people were killed, according to north"),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_title_says_the_fact_first(situation):
    claims, said = SITUATIONS[situation]

    assert title(*claims) == said


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_finding_is_two_short_sentences(situation):
    claims, _ = SITUATIONS[situation]
    found = finding(*claims)

    assert found.label == "People"
    assert found.sentence.endswith(".")
    assert len(found.sentence.split()) <= 20
    assert len(found.quiet.split()) <= 20
    assert not found.quiet or found.quiet.endswith(".")


def test_who_states_two_of_the_numbers_and_a_bound_that_fits_them_all_are_told_beside():
    by = {"north": (10, 11), "south": (11,), "west": (10,)}
    claims = [killed(f"{who}{best}", best, account=who, stated_at=day(8)) for who, told in by.items() for best in told]
    bound = killed("east", None, account="east", stated_at=day(8)).model_copy(update={"low": 8})

    found = finding(*claims, bound)

    assert (
        found.sentence
        == "10 or 11 people were killed: 10 according to north and west, 11 according to north and south."
    )
    assert found.quiet == "North says both; east says at least 8."


said = st.lists(
    st.tuples(
        st.sampled_from(["north", "south", "west", "a town hall of many long words"]),
        st.integers(0, 10**6),
        st.sampled_from(["best", "low", "high"]),
        st.sampled_from(["08:00", "09:00", None]),
    ),
    max_size=6,
)


@settings(max_examples=20, deadline=None)
@given(said)
def test_a_title_has_at_most_fourteen_words_a_verb_and_no_full_stop(figures):
    claims = [
        killed(f"k{place}", None, account=who, stated_at=night(clock) if clock else None).model_copy(
            update={which: number}
        )
        for place, (who, number, which, clock) in enumerate(figures)
    ]
    found = title(*(claims or [claim()]))

    assert len(found.split()) <= 14
    assert not found.endswith(".")
    assert found[0].isupper() or found[0].isdigit()
    assert any(f" {verb} " in f" {found} " for verb in VERBS)


def test_korday_names_who_raised_the_toll_and_the_finding_names_who_says_what(ask):
    found = ask("casualty-counts")

    assert found.title == "Officials raised the toll from 8 to 11 (hearsay) in six days"
    assert found.finding.sentence == (
        "10 or 11 people were killed: 10 according to five outlets, "
        "11 according to officials (hearsay) and two outlets."
    )
    assert found.finding.quiet == (
        "Officials said 8, then 10, then 11; 24.kg says both; RFE/RL says at least 8; neither side gives a toll."
    )


def test_no_finding_adds_figures(ask):
    assert "21" not in " ".join(ask("casualty-counts").finding)


def test_a_chosen_rule_decides_the_title():
    found = told("casualty-counts", killed("a", 8), killed("b", 11, **SOUTH), resolution="north")

    assert found.title == found.sentences[0].rstrip(".")
    assert found.title.startswith("8 people killed")


def test_the_sentence_to_copy_names_every_speaker_and_day():
    found = told(
        "casualty-counts",
        killed("a", 10, stated_at=day(11)),
        killed("b", 11, stated_at=day(14), speaker="the ministry", via="an agency", **SOUTH),
        killed("old", 8, stated_at=day(8), supersedes=None, account="west", status="withdrawn"),
    )

    assert toll.attributed(found.rows, found.legend) == (
        "11 people were killed, according to the ministry (south, heard through an agency) on 14 February 2020; "
        "10 people were killed, according to north on 11 February 2020."
    )


def test_nothing_is_copied_where_nobody_states_a_toll():
    found = told("casualty-counts", claim())

    assert toll.attributed(found.rows, found.legend) == ""


def test_a_name_is_as_short_as_tells_it_apart():
    assert short_names({"a": "Officials (Kazakhstan)", "b": "Vlast"}) == {"a": "Officials", "b": "Vlast"}
    assert short_names({"a": "Officials (A)", "b": "Officials (B)"}) == {"a": "Officials (A)", "b": "Officials (B)"}


@pytest.mark.parametrize(
    ("name", "written", "several"),
    [("Officials", "officials", True), ("Vlast", "Vlast", False), ("Dungan residents", "Dungan residents", True)],
)
def test_a_common_noun_is_small_within_a_sentence(name, written, several):
    assert in_sentence(name) == written
    assert is_plural(name) is several


def least(number, **said):
    return killed("least", None, low=number, stated_at=day(8), **said)


@pytest.mark.parametrize(
    ("number", "sentence"),
    {
        "fits": (2, "3 people were killed, according to south."),
        "breaks": (5, "3 or at least 5 people were killed: 3 according to south, at least 5 according to north."),
    }.values(),
    ids=["fits", "breaks"],
)
def test_a_mere_bound_is_left_out_only_where_the_numbers_fit_it(number, sentence):
    assert finding(least(number), killed("three", 3, stated_at=day(8), **SOUTH)).sentence == sentence


def test_who_says_that_nobody_was_killed_does_not_speak_for_who_says_at_least_three():
    found = finding(least(3), killed("none", 0, stated_at=day(9), **SOUTH))

    assert found.sentence == "0 or at least 3 people were killed: 0 according to south, at least 3 according to north."


def test_ranges_are_told_from_the_least_to_the_most_that_any_of_them_holds():
    ranges = {"north": (1, 3), "south": (4, 4), "west": (5, 9)}
    claims = [
        killed(who, None, account=who, low=low, high=high, stated_at=day(8)) for who, (low, high) in ranges.items()
    ]

    assert finding(*claims).sentence.startswith("1 to 9 people were killed: ")


def test_a_figure_that_was_corrected_since_was_said_all_the_same():
    eight, ten = raised(8, 10)
    nine = killed("nine", 9, stated_at=day(12), scope="cumulative", corrects=ten.claim_id, stance="corrects")
    south = killed("s", 9, stated_at=day(12), **SOUTH)

    assert title(eight, ten, nine, south) == "North changed the toll from 8 to 10 to 9 in four days"
    assert finding(eight, ten, nine, south).quiet == "North said 8, then 10, then 9."


def test_one_person_is_counted_in_the_singular_in_what_is_pasted():
    found = told("casualty-counts", least(1))

    assert (
        toll.attributed(found.rows, found.legend)
        == "At least 1 person was killed, according to north on 8 February 2020."
    )
