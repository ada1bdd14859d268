"""Every dispute is a sentence that names the question, who says what, when, through whom, and how that stands."""

from itertools import permutations

import pytest
from tests.analysis.comparison.told import position as any_position
from tests.analysis.comparison.told import table

from contested.analysis.comparison import disputes as found_of
from contested.analysis.comparison.evidence import grounds
from contested.analysis.comparison.sentences import sentences, spoken
from contested.query.legend import Legend, Voice
from contested.query.selection import Selection

LEGEND = Legend((Voice("a", "The north", 0), Voice("b", "The south", 1)), Selection())


def position(account, said, claim_id="1", **more):
    return any_position(account, said, claim_id=claim_id, **{"question": "Who came?", "topic": "who"} | more)


def found(*positions):
    told = table(positions)
    return grounds(found_of.disputes(told), told), told


def told(*positions, legend=LEGEND):
    pairs, every = found(*positions)
    return sentences(pairs, every, spoken(every, legend), legend).to_pylist()


def test_both_are_named_with_what_they_say():
    assert told(position("a", "police"), position("b", "nobody", "2")) == [
        "Who came? The north: police; The south: nobody: say different things."
    ]


def test_an_account_without_a_name_goes_by_its_key():
    [sentence] = told(position("a", "police"), position("west", "nobody", "2"))

    assert sentence == "Who came? The north: police; west: nobody: say different things."


def test_when_and_through_how_many_it_was_heard_is_said():
    heard = position("b", "nobody", "2", via="reporter > residents", when="said by 8 Feb 2020", stance="relays")

    [sentence] = told(position("a", "police"), heard)

    assert "The south (said by 8 Feb 2020, hearsay at 2 removes), passed on: nobody" in sentence


@pytest.mark.parametrize(("shared", "words"), [(True, "1 origin"), (False, "2 independent origins")])
def test_what_is_the_same_is_told_with_its_origins(shared, words):
    one, other = position("a", "police", documents=["wire"]), position("b", "police", "2")
    other = other._replace(documents=["wire"] if shared else ["paper"])

    [sentence] = told(one, other)

    assert sentence.endswith(f"say the same, from {words}.")
    assert found(one, other)[0]["origins"].to_pylist() == [1 if shared else 2]


@pytest.mark.parametrize("name", ["repeats", "documents", "tellers", "sides"])
def test_who_shares_a_claim_a_document_a_speaker_or_a_side_is_of_one_origin(name):
    apart = [position(account, "police", account) for account in "ab"]
    shared = [one._replace(**{name: [f"own {one.account}", "shared"]}) for one in apart]
    unknown = [one._replace(**{name: [f"own {one.account}", None]}) for one in apart]

    assert [found(*pair)[0]["origins"].to_pylist() for pair in (apart, shared, unknown)] == [[2], [1], [2]]


def test_whose_words_are_not_named_is_no_independent_origin():
    named, unnamed = position("a", "police"), position("b", "police", "2", is_stated=False)

    [sentence] = told(named, unnamed)
    assert sentence.endswith("say the same, origin not stated.")
    assert found(named, unnamed)[0]["origins"].to_pylist() == [0]


def test_on_a_side_those_are_named_whose_words_they_are():
    legend = Legend(LEGEND.voices, Selection(by="side"), accounts={"elder": "An elder"})

    [sentence] = told(position("a", "police", voice="elder"), position("b", "nobody", "2"), legend=legend)
    assert sentence.startswith("Who came? The north (An elder): police; The south: nobody")


def test_two_questions_are_both_asked_and_one_only_once():
    [of_one] = told(position("a", "police"), position("b", "nobody", "2"))
    onset = {"milestone": "onset", "bounds": (9, 9), "topic": "onset", "question": "When did it begin?"}
    end = {"milestone": "end", "bounds": (8, 8), "topic": "end", "question": "When did it end?"}
    [of_two] = told(position("a", "nine", **onset), position("b", "eight", "2", **end))

    assert of_one.startswith("Who came? The north")
    assert of_two.startswith("When did it begin? When did it end? The north")


def test_each_sentence_is_that_of_its_pair_alone():
    """What is put into words once for all pairs is no other than what each pair would be told as."""
    said = [position(name, value, f"{name}{value}") for name in "ab" for value in ("police", "nobody", "a crowd")]
    pairs, positions = found(*said)
    every = spoken(positions, LEGEND)
    alone = [sentences(pairs.slice(row, 1), positions, every, LEGEND)[0].as_py() for row in range(len(pairs))]

    assert sentences(pairs, positions, every, LEGEND).to_pylist() == alone
    assert len(set(alone)) == len(pairs) == 9


def test_whoever_is_named_first_the_same_is_told_of_each():
    for one, other in permutations([position("a", "police"), position("b", "nobody", "2")]):
        [sentence] = told(one, other)
        assert "The north: police" in sentence
        assert "The south: nobody" in sentence
