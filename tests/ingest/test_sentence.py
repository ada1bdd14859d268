"""Of a sentence only the words of a time, a figure and a speaker are taken, as they stand."""

from datetime import datetime

import pytest

from contested.ingest.sentence import measure_of, passages

SAID = datetime.fromisoformat("2020-02-08T18:33+06:00")


def found(sentence, said=SAID):
    return [(one.kind, one.words) for one in passages(sentence, "Asia/Almaty", said)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "By midnight on 7 February the crowd numbered about 400, authorities said.",
            [("time", "By midnight on 7 February"), ("figure", "about 400"), ("who", "authorities")],
        ),
        (
            "Police arrived at 11 p.m. on 7 February, according to residents of Masanchi.",
            [("time", "11 p.m. on 7 February"), ("who", "residents of Masanchi")],
        ),
        (
            "Some 23,000 people had fled by yesterday evening, the border service said.",
            [("figure", "Some 23,000 people"), ("time", "yesterday evening"), ("who", "the border service")],
        ),
        ("Police arrived at 23:00, two hours later, residents said.", [("time", "23:00"), ("who", "residents")]),
        ("Восемь человек, сообщил министр.", [("figure", "Восемь человек")]),
        (
            "Eleven people were killed, the Interior Ministry said on 9 February.",
            [("figure", "Eleven people"), ("who", "the Interior Ministry"), ("said", "9 February")],
        ),
        (
            "Eleven people were killed, police reported at 15:33.",
            [("figure", "Eleven people"), ("who", "police"), ("said", "15:33")],
        ),
        (
            "Police said on 9 February the crowd left at 23:00.",  # it may be either, so a person sees both as times
            [("who", "Police"), ("time", "9 February"), ("time", "23:00")],
        ),
        ("Сообщили 9 февраля: погибли восемь человек.", [("said", "9 февраля"), ("figure", "восемь человек")]),
        ("They fought.", []),
    ],
)
def test_passages_are_found_with_their_kind(sentence, expected):
    assert found(sentence) == expected


def test_two_figures_are_two_and_each_counts_what_stands_beside_it():
    sentence = "At least ten people were killed and 40 injured, the minister told reporters."
    figures = [one for one in passages(sentence, "Asia/Almaty", SAID) if one.kind == "figure"]

    assert [one.words for one in figures] == ["At least ten people", "40"]
    assert [measure_of(sentence, one) for one in figures] == ["killed", "injured"]


def test_passages_lie_where_their_words_stand():
    sentence = "By midnight on 7 February the crowd numbered about 400, authorities said."

    assert all(sentence[one.start : one.end] == one.words for one in passages(sentence, "Asia/Almaty", SAID))


def test_what_is_not_text_of_a_wire_is_read_without_an_end():
    assert found("<b>" * 5000) == []
