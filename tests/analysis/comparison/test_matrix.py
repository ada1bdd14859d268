"""The claim matrix: what each account says on each question, and what nobody says."""

from math import inf

import pytest
from tests.analysis.comparison.told import position, table
from tests.claims_for_tests import claim, night
from tests.lies.small_stories import told

from contested import Store
from contested.analysis.comparison.compare import AGREE, CONTRADICT, REJECTED
from contested.analysis.comparison.current_claims import CURRENT, EVER
from contested.analysis.comparison.matrix import ALONE, DENIES, KINDS, MARKS, OTHERWISE, Verdict
from contested.analysis.comparison.matrix import matrix as matrix_of
from contested.analysis.comparison.position import asked_questions
from contested.analysis.comparison.positions import read_positions
from contested.analysis.comparison.statements import read_statements
from contested.model.arrow_schema import from_arrow
from contested.query.legend import Legend, Voice
from contested.query.selection import Selection


def matrix(told, legend, *more):
    return matrix_of(table(told, legend), *more)


def values(cell):
    return [one.value for one in cell.said]


VOICES = tuple(Voice(key, key.upper(), number) for number, key in enumerate("abc"))


def test_the_matrix_has_a_cell_for_who_speaks_and_none_for_who_is_silent():
    [line] = matrix([position("a", "2", (2, 2)), position("b", "10", (10, 10))], Legend(VOICES, Selection()))

    assert {account: (values(cell), cell.state) for account, cell in line.cells.items()} == {
        "a": (["2"], MARKS[CONTRADICT]),
        "b": (["10"], MARKS[CONTRADICT]),
    }
    assert (line.conflicting, line.contradicting, line.disagreeing) == (2, 1, 1)


def test_a_cell_names_the_speakers_and_when_they_spoke():
    said = {"question": "Who began?", "stated_at": "2020-02-08T09:00Z"}
    store = Store(
        [
            claim(claim_id="1", account="a", answer="the others", speaker="an elder", **said),
            claim(claim_id="2", account="a", answer="the others", speaker="A", **said),
            *(claim(claim_id=who, account="b", answer="nobody", speaker=who, **said) for who in ("p", "q", "r")),
            claim(claim_id="3", account="c", answer="nobody", question="Who began?"),
        ]
    )
    legend = Legend(VOICES, Selection())

    line, *_ = matrix_of(read_positions(store.columns(CURRENT, Selection()), legend))

    said = {
        account: [(one.value, one.who, [day.isoformat() for day in one.days]) for one in cell.said]
        for account, cell in line.cells.items()
    }
    assert said == {
        "a": [("the others", "an elder", ["2020-02-08", "2020-02-08"])],
        "b": [("nobody", "p, q and 1 other", ["2020-02-08", "2020-02-08"])],
        "c": [("nobody", "", [])],
    }


def verdict(*told):
    [line] = matrix(told, Legend(VOICES, Selection()))
    return line.verdict


def test_the_verdict_on_a_question_is_the_worst_that_holds_between_two():
    eight = position("a", "8", (8, 8))

    assert verdict(eight) is Verdict.ALONE
    assert verdict(eight, position("b", "8", (8, 8))) is Verdict.AGREE
    assert verdict(eight, position("b", "8 or more", (8, inf))) is Verdict.FIT
    assert verdict(position("a", "fire"), position("b", "smoke")) is Verdict.DIFFER
    assert verdict(eight, position("b", "8", (8, 8)), position("c", "10", (10, 10))) is Verdict.CONFLICT


def test_a_denial_of_what_another_says_or_passes_on_is_the_verdict():
    no = position("a", "no", stance="denies")

    assert verdict(no, position("b", "yes")) is Verdict.DENIED
    assert verdict(no, position("b", "yes", stance="relays")) is Verdict.DENIED
    assert verdict(no) is Verdict.ALONE


def test_a_question_of_whom_more_accounts_are_in_conflict_stands_before_one_of_more_pairs():
    three = [
        position(account, value, question="Who?") for account, value in zip("abc", ("yes", "no", "no"), strict=True)
    ]
    two = [position("a", str(n), (n, n)) for n in (1, 2)] + [position("b", str(n), (n, n)) for n in (3, 4)]
    lines = matrix([*two, *three], Legend(VOICES, Selection()))

    assert [(line.question, line.conflicting) for line in lines] == [("Who?", 3), ("How many?", 2)]
    assert lines[1].contradicting > lines[0].contradicting


def test_an_answer_that_is_against_that_to_another_question_names_the_question(ask, korday_store):
    lines = {line.question: line for line in korday_lines(ask, korday_store)}

    assert lines["When did help arrive?"].against == ("When did the conflict begin?",)
    assert lines["Was the elder beaten on 5 February?"].against == ()


def test_a_denied_figure_is_written_as_denied():
    cells = lines_of(killed("1", 8, "a", stance="denies"), killed("2", 8, "b"))

    [cells] = cells.values()
    assert {account: values(cell) for account, cell in cells.items()} == {"a": ["not 8"], "b": ["8"]}
    assert cells["a"].denies


def killed(claim_id, best, account, **said):
    return claim(claim_id=claim_id, account=account, kind="casualties", measure="killed", best=best, **said)


@pytest.mark.parametrize(
    ("began", "written"),
    [
        (("18:00", "18:00"), "7 Feb 18:00"),
        (("18:00", "19:00"), "7 Feb 18:00–19:00"),
        (("18:00", "01:00"), "7 Feb 18:00–8 Feb 01:00"),
        (("18:00", None), "from 7 Feb 18:00"),
        ((None, "18:00"), "by 7 Feb 18:00"),
    ],
    ids=str,
)
def test_a_time_names_its_day_once(began, written):
    bounds = dict(zip(("began_earliest", "began_latest"), (one and night(one) for one in began), strict=True))
    lines = lines_of(*(claim(claim_id=account, account=account, kind="clash", **bounds) for account in "ab"))

    assert written in {one.value for cells in lines.values() for cell in cells.values() for one in cell.said}


def test_the_matrix_says_when_nobody_else_answers():
    [line] = matrix([position("a", "yes")], Legend(VOICES, Selection()))

    assert line.cells["a"].state == ALONE


def test_the_most_disputed_question_stands_first():
    told = [
        *(position(account, "same", question="Where?") for account in "ab"),
        position("a", "2", (2, 2)),
        position("b", "10", (10, 10)),
    ]

    assert [line.question for line in matrix(told, Legend(VOICES, Selection()))] == ["How many?", "Where?"]


def states(*told):
    [line] = matrix(told, Legend(VOICES, Selection()))
    return {account: cell.state for account, cell in line.cells.items()}


def test_to_deny_is_a_state_of_its_own():
    assert states(position("a", "no", stance="denies")) == {"a": DENIES}


def test_to_deny_what_another_asserts_is_a_contradiction_too():
    denied = f"{DENIES}, {MARKS[CONTRADICT]}"

    assert states(position("a", "no", stance="denies"), position("b", "yes")) == {"a": denied, "b": MARKS[CONTRADICT]}


def test_a_rumour_that_is_rejected_says_so_and_who_rejects_it_denies():
    found = states(position("a", "no", stance="denies"), position("b", "yes", stance="relays"))

    assert found == {"a": DENIES, "b": MARKS[REJECTED]}


def test_what_is_the_same_counts_its_independent_origins():
    told = [position(account, "8", (8, 8), claim_id=account, documents=(account,)) for account in "abc"]
    copied = [*told[:2], told[2]._replace(claim_ids=["c", "d"], documents=("c", "a"))]
    unnamed = [*told[:2], told[2]._replace(is_stated=False)]

    assert set(states(*told).values()) == {f"{MARKS[AGREE]} (3 independent origins)"}
    assert set(states(*copied).values()) == {f"{MARKS[AGREE]} (2 independent origins)"}
    assert set(states(*unnamed).values()) == {f"{MARKS[AGREE]} (2 independent origins, 1 not stated)"}


def test_every_state_has_a_mark_and_a_word_of_its_own():
    every = [*MARKS.values(), DENIES, ALONE, OTHERWISE]

    assert len({state.split(maxsplit=1)[0] for state in every}) == len(every)
    assert all(len(state.split(maxsplit=1)) == 2 for state in every)


def injured(claim_id, best, account, definition=None, **said):
    counted = {"kind": "casualties", "measure": "injured", "definition": definition, "stated_at": night("09:00")}
    return claim(claim_id=claim_id, account=account, best=best, **counted | said)


def lines_of(*claims):
    legend = Legend(VOICES, Selection())
    lines = matrix_of(read_positions(Store(claims).columns(CURRENT, Selection()), legend))
    return {line.question: line.cells for line in lines}


def test_an_account_that_counts_by_another_definition_is_not_said_to_state_nothing():
    hospital = injured("1", 43, "a", "hospitalised"), injured("2", 40, "b", "hospitalised")
    cells = lines_of(*hospital, injured("3", 178, "c", "wounded"))

    of_hospital = cells["How many people were injured? (hospitalised) (night)"]
    assert (values(of_hospital["c"]), of_hospital["c"].state) == (["178"], OTHERWISE)
    assert [one.counts for one in of_hospital["c"].said] == ["as wounded"]
    assert of_hospital["c"].claim_ids == ("3",)


def test_a_figure_of_another_event_or_measure_fills_no_cell():
    elsewhere = injured("3", 178, "c", "wounded", event_id="day"), injured("4", 2, "c", "wounded", measure="killed")
    cells = lines_of(injured("1", 43, "a", "hospitalised"), injured("2", 40, "b", "hospitalised"), *elsewhere)

    assert set(cells["How many people were injured? (hospitalised) (night)"]) == {"a", "b"}


def test_a_part_is_not_compared_with_its_total_nor_with_that_of_another():
    part = injured("3", 3, "b", "hospitalised", part_of=("2",))
    found = told("disagreements", injured("1", 43, "a", "hospitalised"), injured("2", 40, "b", "hospitalised"), part)

    assert [row["values"] for row in found.records()] == [["43", "40"]]


def test_a_running_total_and_a_figure_of_one_day_can_both_be_true():
    day, all_of_it = injured("1", 43, "a", scope="event"), injured("2", 178, "b", scope="cumulative")
    [row] = told("disagreements", day, all_of_it).records()

    assert row["relation"] == "compatible"
    assert row["sentence"].endswith("one is of this event alone and the other a running total.")


@pytest.mark.parametrize("kind", ["clash", "assault", "shooting", "arson"])
def test_violence_of_which_nobody_says_when_help_came_and_how_many_died_is_asked_for_it(kind):
    lines = matrix([], Legend(VOICES, Selection(), events={"night": "That night"}), {"night": [kind]})

    assert [line.question for line in lines] == [
        "When were the beginning, call, dispatch, arrival and end? (That night)",
        "How many people were killed or injured? (That night)",
    ]
    assert {line.verdict for line in lines} == {Verdict.NOBODY}


def test_a_statement_is_asked_for_nothing():
    assert matrix([], Legend(VOICES, Selection()), {"night": ["statement", "casualties"]}) == []


def korday_lines(ask, korday_store, **chosen):
    legend = ask("disagreements", **chosen).legend
    kinds = korday_store.ask(KINDS, legend.selection)
    told = read_positions(korday_store.columns(CURRENT, legend.selection), legend)
    every = korday_store.columns(EVER, legend.selection.model_copy(update={"account": (), "side": ()}))
    made = dict(zip(kinds["event_id"], kinds["kinds"], strict=True))
    return matrix_of(told, made, asked_questions(read_statements(every), legend))


def test_nobody_says_when_help_came_to_the_road_nor_how_many_died_in_the_night_alone(ask, korday_store):
    nobody = {line.question for line in korday_lines(ask, korday_store) if not line.cells}

    assert "When were the beginning, call, dispatch, arrival and end? (Fight on the road, 5 February)" in nobody
    assert "How many people were killed or injured in it alone? (Violence in the night of 7–8 February)" in nobody
    assert not any(line.startswith("When") and "the night of 7–8 February" in line for line in nobody)


def test_a_toll_of_an_event_with_a_bar_in_its_name_is_one_of_another_event():
    store = Store([injured("1", 43, "a", event_id="night|day"), claim(claim_id="2", event_id="night")])
    legend = Legend(VOICES, Selection())

    lines = matrix_of(read_positions(store.columns(CURRENT, Selection()), legend), {"night": ["clash"]})

    assert "How many people were killed or injured in it alone? (night)" in {line.question for line in lines}


def test_once_the_outlet_is_not_heard_nobody_says_when_help_came(ask, korday_store):
    lines = korday_lines(ask, korday_store, account=["officials", "dungan_residents"])

    assert "When were the arrival and end? (Violence in the night of 7–8 February)" in {
        line.question for line in lines if not line.cells
    }


def test_what_one_account_alone_says_has_a_line_only_where_a_claim_asks_for_it():
    alone = position("a", "yes", is_asked=False)

    assert matrix([alone], Legend(VOICES, Selection())) == []
    assert len(matrix([alone, position("b", "yes", is_asked=False)], Legend(VOICES, Selection()))) == 1


def test_no_question_of_korday_stands_in_two_lines(ask, korday_store):
    questions = [line.question for line in korday_lines(ask, korday_store)]

    assert len(questions) == len(set(questions))


def test_the_most_disputed_lines_of_korday_come_first_and_what_nobody_says_last(ask, korday_store):
    lines = korday_lines(ask, korday_store)

    assert [line.conflicting for line in lines] == sorted((line.conflicting for line in lines), reverse=True)
    assert lines[0].question == "How many people were killed?"
    assert [bool(line.cells) for line in lines] == sorted((bool(line.cells) for line in lines), reverse=True)


# Questions that a claim puts in words, and that nobody shown answers


def open_of(*claims, **chosen):
    """Name the lines without an answer, of claims that make no event of violence."""
    selection = Selection(**chosen)
    legend = Legend(VOICES, selection)
    store, everyone = Store(claims), selection.model_copy(update={"account": (), "side": ()})
    rows, every = store.columns(CURRENT, selection), store.columns(EVER, everyone)
    return [
        line.question
        for line in matrix_of(read_positions(rows, legend), {}, asked_questions(read_statements(every), legend))
        if not line.cells
    ]


CAUSE = "What injured the elder?"


def said(claim_id, account, **more):
    return claim(claim_id=claim_id, account=account, **{"kind": "statement"} | more)


def test_a_question_that_only_others_answer_is_one_that_nobody_in_view_answers():
    told = [
        said("1", "a", question=CAUSE, answer="a push"),
        said("2", "b", question="Who blocked the road?", answer="x"),
    ]

    assert open_of(*told) == []
    assert open_of(*told, account=("b",)) == [CAUSE]
    assert open_of(*told, account=("c",)) == [CAUSE, "Who blocked the road?"]


def test_a_question_that_is_put_and_left_open_is_one_that_nobody_answers():
    put = said("1", "a", question=CAUSE)

    assert open_of(put) == [CAUSE]
    assert open_of(put, said("2", "b", question=CAUSE, answer="a push")) == []


def test_a_question_is_answered_by_nobody_any_more_once_the_claim_is_withdrawn():
    told = said("1", "a", question=CAUSE, answer="a push", status="withdrawn")

    assert open_of(told) == [CAUSE]
    assert open_of(told, said("2", "b", question=CAUSE, answer="a fall")) == []


def test_a_question_that_an_account_now_puts_in_other_words_is_not_asked_twice():
    old = said("1", "a", question="What hurt the elder?", answer="a push")
    new = said("2", "a", question=CAUSE, answer="a push", corrects="1", reason="misheard")

    assert open_of(old, new) == []


def test_who_only_asks_takes_no_position_and_disputes_nothing():
    put, answered = said("1", "a", question=CAUSE), said("2", "b", question=CAUSE, answer="a push")
    found = told("disagreements", put, answered)

    assert found.rows.empty
    assert "unknown number" not in found.sentence


def test_a_question_that_a_figure_answers_in_other_words_is_answered():
    asked = {"kind": "casualties", "measure": "killed", "question": "How many died?"}
    told = [said("1", "a", best=8, **asked), said("2", "b", best=10, **asked | {"question": None})]

    assert open_of(*told, account=("b",)) == []


def test_what_structure_asks_and_a_claim_puts_in_words_stands_once(ask, korday_store):
    lines = korday_lines(ask, korday_store, account=["dungan_residents"])
    nobody = [line.question for line in lines if not line.cells]

    assert any(line.startswith("When were") and "the night of 7–8 February" in line for line in nobody)
    assert "When did help arrive?" not in nobody, "the arrival is in the line of the milestones"


def test_of_korday_nobody_says_the_cause_of_the_injury_once_neither_side_is_heard(ask, korday_store):
    cause = "How was the elder hurt on 5 February?"
    everybody, outside = (
        {line.question: line for line in korday_lines(ask, korday_store, **chosen)}
        for chosen in ({}, {"account": ["officials", "vlast"]})
    )

    assert set(everybody[cause].cells) == {"dungan_residents", "kazakh_residents"}
    assert (outside[cause].cells, outside[cause].verdict) == ({}, Verdict.NOBODY)


def test_every_question_that_a_claim_of_korday_puts_has_a_line_whoever_is_heard(ask, korday, korday_store):
    put = {one.question for one in from_arrow(korday.claims) if one.question and one.kind == "statement"}

    for chosen in ({}, {"account": ["kyrgyz_officials"]}, {"account": ["rumour"]}):
        lines = {line.question for line in korday_lines(ask, korday_store, **chosen)}
        assert {one for one in put if not any(line.startswith(one) for line in lines)} == set(), chosen
