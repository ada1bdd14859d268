"""Every dispute is a sentence that names the question, who says what, when, through whom, and how that stands."""

from datetime import UTC, datetime
from itertools import permutations

import pytest
from tests.analysis.comparison.told import disputes, table
from tests.analysis.comparison.told import position as any_position

from contested.analysis.comparison import table as pair_table
from contested.query.legend import Legend, Voice
from contested.query.selection import Selection

NOON = datetime(2020, 2, 8, 12, tzinfo=UTC).timestamp()
LEGEND = Legend((Voice("a", "The north", 0), Voice("b", "The south", 1)), Selection())


def position(account, said, claim_id="1", **more):
    return any_position(account, said, claim_id=claim_id, **{"question": "Who came?", "topic": "who"} | more)


def told(*positions, legend=LEGEND):
    every = table(positions, legend)
    return pair_table.write_rows(every, pair_table.tabulate(every))["sentence"].tolist()


def origins(*positions):
    return [one.origins for one in disputes(positions)]


def test_both_are_named_with_what_they_say():
    assert told(position("a", "police"), position("b", "nobody", "2")) == [
        "Who came? The north: police; The south: nobody: say different things."
    ]


def test_an_account_without_a_name_goes_by_its_key():
    [sentence] = told(position("a", "police"), position("west", "nobody", "2"))

    assert sentence == "Who came? The north: police; west: nobody: say different things."


def test_when_and_through_how_many_it_was_heard_is_said():
    said = {"stated_at": (NOON,), "stated_after": (NOON,)}
    heard = position("b", "nobody", "2", via="reporter > residents", stance="relays", **said)

    [sentence] = told(position("a", "police"), heard)

    assert "The south (said by 8 Feb 2020, hearsay at 2 removes), passed on: nobody" in sentence


@pytest.mark.parametrize(("shared", "words"), [(True, "1 origin"), (False, "2 independent origins")])
def test_what_is_the_same_is_told_with_its_origins(shared, words):
    one, other = position("a", "police", documents=("wire",)), position("b", "police", "2")
    other = other._replace(documents=("wire",) if shared else ("paper",))

    [sentence] = told(one, other)

    assert sentence.endswith(f"say the same, from {words}.")
    assert origins(one, other) == [1 if shared else 2]


@pytest.mark.parametrize("name", ["documents", "tellers", "sides"])
@pytest.mark.parametrize("claims", [["1"], ["1", "3"]], ids=["of one claim", "of several"])
def test_who_shares_a_document_a_speaker_or_a_side_is_of_one_origin(name, claims):
    apart = [position("a", "police", claim_ids=claims), position("b", "police", "2")]
    shared = [one._replace(**{name: ("shared",)}) for one in apart]
    unknown = [one._replace(**{name: (None,)}) for one in apart]

    assert [origins(*pair) for pair in (apart, shared, unknown)] == [[2], [1], [2]]


def test_who_repeats_the_same_claim_or_the_other_is_of_one_origin():
    one, other = position("a", "police"), position("b", "police", "2")

    assert origins(one._replace(repeats=('["0"]',)), other._replace(repeats=('["0"]',))) == [1]
    assert origins(one, other._replace(repeats=('["1"]',))) == [1]
    assert origins(one._replace(repeats=('["0"]',)), other) == [2]


def test_whose_words_are_not_named_is_no_independent_origin():
    named, unnamed = position("a", "police"), position("b", "police", "2", is_stated=False)

    [sentence] = told(named, unnamed)
    assert sentence.endswith("say the same, origin not stated.")
    assert origins(named, unnamed) == [0]


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


def test_some_rows_are_written_as_they_are_among_all():
    said = [position(name, value, f"{name}{value}") for name in "ab" for value in ("police", "nobody", "a crowd")]
    every = table(said, LEGEND)
    rows = pair_table.tabulate(every)
    alone = [pair_table.write_rows(every, rows.iloc[[row]])["sentence"].item() for row in range(len(rows))]

    assert pair_table.write_rows(every, rows)["sentence"].tolist() == alone
    assert rows["sentence"].dropna().tolist() == alone[:5]
    assert len(set(alone)) == len(rows) == 9


def test_whoever_is_named_first_the_same_is_told_of_each():
    for one, other in permutations([position("a", "police"), position("b", "nobody", "2")]):
        [sentence] = told(one, other)
        assert "The north: police" in sentence
        assert "The south: nobody" in sentence
