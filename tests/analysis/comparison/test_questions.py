"""Structure asks its questions in words that a reader understands."""

import pytest

from contested.analysis.comparison.questions import (
    OF_VIOLENCE,
    RESPONSE_END,
    VIOLENCE,
    expected_questions,
    joint_question,
    question_words,
)
from contested.model.vocabulary import Kind, Measure, Milestone


@pytest.mark.parametrize(
    ("form", "about", "words"),
    [
        ("figure", "killed", "How many people were killed?"),
        ("figure", "buildings_damaged", "How many buildings were damaged?"),
        ("figure", "money", "How much money was named?"),
        ("when", "onset", "When was the beginning?"),
        ("when", "arrival", "When was the arrival?"),
        ("when", RESPONSE_END, "When was the end of the response?"),
        ("where", "arrival", "Where was the arrival?"),
        ("place", "Karasu", "Where is Karasu?"),
    ],
)
def test_a_question_is_asked_in_plain_words(form, about, words):
    assert question_words(form, about) == words


@pytest.mark.parametrize(("form", "words"), [("figure", Measure), ("when", Milestone), ("where", Kind)], ids=str)
def test_every_word_of_the_vocabulary_can_be_asked_for(form, words):
    questions = {question_words(form, word) for word in words}

    assert len(questions) == len(words)
    assert all(question[0].isupper() and question.endswith("?") and "_" not in question for question in questions)


@pytest.mark.parametrize(
    ("form", "about", "words"),
    [
        ("when", ["arrival"], "When was the arrival?"),
        ("when", ["onset", "end"], "When were the beginning and end?"),
        ("figure", ["killed"], "How many people were killed?"),
        ("figure", ["killed", "injured"], "How many people were killed or injured?"),
    ],
)
def test_several_questions_are_asked_as_one(form, about, words):
    assert joint_question(form, about) == words


@pytest.mark.parametrize("kind", Kind)
def test_only_violence_is_asked_for_its_milestones_and_its_toll(kind):
    found = dict(expected_questions(["statement", kind]))

    assert found == ({"when": OF_VIOLENCE, "figure": ("killed", "injured")} if kind in VIOLENCE else {})
