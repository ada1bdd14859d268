"""Every dispute is a sentence that names the question, who says what, when, through whom, and how that stands."""

from itertools import permutations

import pytest

from contested.compared.comparison import Position
from contested.compared.disputes import disputes
from contested.compared.sentences import asked, origins, sentences
from contested.legend import Legend, Voice
from contested.selection import Selection

LEGEND = Legend((Voice("a", "The north", 0), Voice("b", "The south", 1)), Selection())


def position(account, said, claim_id="1", **more):
    about = {
        "event_id": "night",
        "question": "Who came?",
        "stance": "asserts",
        "bounds": None,
        "claim_ids": (claim_id,),
    }
    return Position(**(about | {"account": account, "said": said} | more))


def told(*positions, legend=LEGEND):
    found = list(disputes(positions))
    return sentences(found, legend)


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
    one, other = position("a", "police", origins=("wire",)), position("b", "police", "2")
    other = other._replace(origins=("wire",) if shared else ("paper",))

    [sentence] = told(one, other)

    assert sentence.endswith(f"say the same, from {words}.")
    assert origins(next(iter(disputes([one, other])))) == (1 if shared else 2)


def test_two_questions_are_both_asked_and_one_only_once():
    [of_one] = disputes([position("a", "police"), position("b", "nobody", "2")])

    assert asked(of_one) == "Who came?"
    assert asked(of_one._replace(other=position("b", "x", question="Who left?"))) == "Who came? Who left?"


def test_each_sentence_is_that_of_its_pair_alone():
    """What is put into words once for all pairs is no other than what each pair would be told as."""
    said = [position(name, value, f"{name}{value}") for name in "ab" for value in ("police", "nobody", "a crowd")]
    found = list(disputes(said))

    assert sentences(found, LEGEND) == [sentences([dispute], LEGEND)[0] for dispute in found]
    assert len(set(sentences(found, LEGEND))) == len(found) == 9


def test_whoever_is_named_first_the_same_is_told_of_each():
    for one, other in permutations([position("a", "police"), position("b", "nobody", "2")]):
        [sentence] = told(one, other)
        assert "The north: police" in sentence
        assert "The south: nobody" in sentence
