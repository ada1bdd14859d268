"""The compare view as a page: a matrix of questions by accounts, the claims behind each in place, and its filters."""

import re
from html.parser import HTMLParser

import pytest
from streamlit.testing.v1 import AppTest
from tests.claims_for_tests import claim
from tests.lies.small_stories import small, with_keys_exchanged

from contested import Selection, Store, answer
from contested.analysis.comparison.current_claims import CURRENT
from contested.analysis.comparison.matrix import Said
from contested.analysis.comparison.matrix import matrix as matrix_of
from contested.analysis.comparison.positions import read_positions
from contested.charts import CHARTS
from contested.model.arrow_schema import from_arrow
from contested.model.vocabulary import Stance

FOUGHT = "How many people were in the fight of 5 February?"
ON_ONE_SIDE = f"{FOUGHT} (on the Dungan side)"
ON_THE_ROAD = "How many people were killed in it alone? (Fight on the road, 5 February)"


def compare():
    import streamlit as st  # noqa: PLC0415 runs as a script of its own

    from contested import CHARTS, Selection  # noqa: PLC0415
    from views import compare  # noqa: PLC0415

    chart = next(one for one in CHARTS if one.key == "disagreements")
    chosen = {name: st.query_params.get_all(name) for name in ("account", "event") if name in st.query_params}
    compare.show(chart, Selection(zone="Asia/Almaty", **chosen))


def short():
    from contested import Selection  # noqa: PLC0415 runs as a script of its own
    from views import compare  # noqa: PLC0415

    compare.show_short(Selection(zone="Asia/Almaty"))


@pytest.fixture
def page():
    return AppTest.from_function(compare, default_timeout=60)


class Table(HTMLParser):
    """The rows of a matrix: its head, and by question its cells with their classes, its verdict and its claims."""

    def __init__(self, html):
        super().__init__()
        self.head, self.rows, self.open, self.tags, self.unclosed = [], {}, [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in {"th", "td"}:
            self.cell = [tag, attributes, []]
        if tag == "tr":
            self.row = []
        if tag == "details":
            self.open.append("open" in attributes)
        self.tags.append((tag, attributes))
        self.unclosed.append(tag)

    def handle_endtag(self, tag):
        assert self.unclosed.pop() == tag
        if tag in {"th", "td"}:
            self.row.append((self.cell[0], self.cell[1].get("class") or "", " ".join("".join(self.cell[2]).split())))
        if tag == "tr" and "thead" in self.unclosed:
            self.head = [words for _, _, words in self.row]
        elif tag == "tr" and self.row[0][0] == "th":
            self.rows[re.split(r"The claims stand", self.row[0][2])[0].strip()] = self.row[1:]

    def handle_data(self, data):
        if "th" in self.unclosed or "td" in self.unclosed:
            self.cell[2].append(data)


def written(page):
    return "\n".join(one.body for one in page.get("html"))


def matrix(page):
    [html] = [one.body for one in page.get("html") if 'class="matrix"' in one.body]
    return Table(html)


def cells(page, question):
    table = matrix(page)
    return dict(zip(table.head[1:], table.rows[question], strict=True))


def test_opens_on_the_questions_with_most_accounts_in_conflict_and_offers_the_others(page):
    page.run()

    assert not page.exception
    table = matrix(page)
    assert len(table.rows) == 16
    assert next(iter(table.rows)) == "How many people were killed?"
    assert "<b>Most disputed:</b> 8 accounts, 3 answers<" in written(page)
    assert "16 of 30 questions that several answer" in written(page)
    page.button[0].click().run()
    assert len(matrix(page).rows) == 30
    assert page.query_params["every-line"] == "true"


def test_the_title_counts_the_questions_in_conflict_that_the_matrix_shows(page):
    page.query_params["verdict"] = "conflict"

    page.run()

    verdicts = [row[-1][2] for row in matrix(page).rows.values()]
    assert set(verdicts) == {"Cannot both be right", "Cannot all be right", "One denies"}
    assert page.header[0].value == f"{len(verdicts)} questions on which the accounts cannot all be right"


def test_a_cell_has_the_value_who_and_when_and_is_shaded_only_where_it_cannot_be_right(page):
    page.run()

    beaten = cells(page, "Was the elder beaten on 5 February?")
    assert beaten["Dungan residents"][1:] == (
        "amber denies",
        "Dungan residentsNo, cannot be right together with another, denied chairman of the Dungan Association, 8 Feb",
    )
    assert beaten["Kazakh residents"][1] == "amber"
    assert beaten["Vlast"][1:] == ("none", "–")
    assert cells(page, "Was a hammer used on 5 February?")["Kazakh residents"][1] == ""
    assert "blue" in {state for row in matrix(page).rows.values() for _, state, _ in row} or page.button


def test_a_closed_group_is_one_column_that_says_how_many_of_it_answer(page):
    page.run()

    [killed] = [text for _, _, text in [cells(page, "How many people were killed?")["Outlets"]]]
    assert killed.endswith("7 of 10, 8–13 Feb4 of the 7 cannot all be right")
    assert "Hromadske" not in matrix(page).head
    assert cells(page, "When did the conflict begin?")["Outlets"][2].endswith("Hromadske, 11 Feb")


def test_every_account_has_a_column_or_is_named_as_answering_none_of_these(page, korday):
    page.query_params["event"] = ["mediation", "questioning"]

    page.run()

    shown = " ".join(matrix(page).head) if 'class="matrix"' in written(page) else ""
    below = written(page)
    for account in korday.accounts.values():
        assert account.label in shown or "give no answer" in below


def test_a_row_opens_in_place_with_the_claims_their_sources_and_a_sentence_to_copy(page, korday):
    page.query_params["question"] = ON_ONE_SIDE

    page.run()

    table = matrix(page)
    assert list(table.rows) == [ON_ONE_SIDE]
    assert table.open == [True]
    behind = [
        one for one in from_arrow(korday.claims) if (one.question, one.definition) == (FOUGHT, "on the Dungan side")
    ]
    assert len(behind) == 4
    text = written(page)
    for one in behind:
        assert one.summary.replace("'", "&#x27;") in text
    copied = [attributes["data-copy"] for tag, attributes in table.tags if "data-copy" in attributes]
    assert len(copied) == 4
    assert any("according to Kazakh residents" in one for one in copied)
    assert all(attributes["rel"] == "noopener" for tag, attributes in table.tags if tag == "a")


def test_a_row_is_opened_by_the_keyboard_for_it_is_a_summary(page):
    page.run()

    table = matrix(page)
    assert table.open == [False] * 16
    assert [tag for tag, _ in table.tags].count("summary") == 16


def test_what_nobody_says_is_listed_and_has_no_row(page):
    page.run()

    assert "7 questions that nobody shown answers" in written(page)
    assert ON_THE_ROAD in written(page)
    assert ON_THE_ROAD not in matrix(page).rows


def test_what_one_account_alone_answers_is_a_list_with_its_answer(page):
    page.run()

    assert "11 questions that one account alone answers" in written(page)
    assert re.search(r"At what hour was the fight of 5 February\?</span><span><i .*?11 in the morning", written(page))


def test_words_are_searched_in_questions_and_in_answers(page):
    page.query_params["find"] = "pogrom"
    page.run()
    assert list(matrix(page).rows) == ["What is the violence called?"]

    page.text_input(key="find").input("SETTLED").run()
    assert "1 question that one account alone answers" in written(page)

    page.text_input(key="find").input("no such words").run()
    assert "No question reads so" in written(page)
    assert not page.exception


def test_a_verdict_keeps_its_questions_and_says_how_many_there_are(page):
    page.run()
    [filter_] = [one for one in page.get("button_group") if one.key == "verdict"]
    labels = filter_.options
    assert labels[:2] == ["cannot all be right 14", "differ 10"]

    page.query_params["verdict"] = "agree"
    page.run()
    assert {row[-1][2] for row in matrix(page).rows.values()} == {"Agree"}
    assert len(matrix(page).rows) == 4


def test_an_event_keeps_what_is_said_of_it(page):
    page.query_params["event"] = "road-incident"
    page.run()

    assert "How many people were killed?" not in matrix(page).rows
    assert ON_ONE_SIDE in matrix(page).rows


def test_one_account_is_compared_with_nobody(page):
    page.query_params["account"] = "vlast"

    page.run()

    assert not page.exception
    assert page.header[0].value == "One account shown; nothing can be compared"
    assert 'class="matrix"' not in written(page)


def test_the_story_shows_the_first_five_and_leads_to_all():
    page = AppTest.from_function(short, default_timeout=60).run()

    assert not page.exception
    assert len(matrix(page).rows) == 5
    assert "Dungan side, 5 Feb: how many fought?" in matrix(page).rows
    assert "of 17 accounts give no answer" in written(page)
    assert "All 48 questions, 14 of them like these" in written(page)


NASTY = "<img src=x onerror=alert(1)> & “it”"


def test_text_from_data_is_never_markup():
    import matrix_table  # noqa: PLC0415 of the dashboard

    said = {"question": f"{NASTY}?", "speaker": NASTY, "summary": NASTY, "kind": "statement"}
    told = [claim(claim_id=name, account=name, answer=f"{name} {NASTY}", **said) for name in (NASTY, "b")]
    story, store = small(*told)
    legend = answer(next(one for one in CHARTS if one.key == "disagreements"), story, store, Selection()).legend
    lines = matrix_of(read_positions(store.columns(CURRENT, Selection()), legend))
    read = store.claims([one.claim_id for one in told])
    html = matrix_table.table(
        lines, legend, lambda line: matrix_table.claims_behind(line, legend, read, {}, "./evidence")
    )

    table = Table(html + matrix_table.alone(lines, legend) + matrix_table.questions(lines))
    assert "img" not in {tag for tag, _ in table.tags}
    assert len(table.rows) == 1
    assert not table.unclosed


@pytest.mark.parametrize(("accounts", "form"), [(12, "comparison"), (60, "comparison cards")])
def test_of_very_many_accounts_each_question_is_a_card(accounts, form):
    import matrix_table  # noqa: PLC0415 of the dashboard

    told = [
        claim(claim_id=str(n), account=f"a{n:02}", kind="statement", question="Who began?", answer=str(n % 3))
        for n in range(accounts)
    ]
    story, store = small(*told)
    legend = answer(next(one for one in CHARTS if one.key == "disagreements"), story, store, Selection()).legend
    html = matrix_table.table(
        matrix_of(read_positions(store.columns(CURRENT, Selection()), legend)), legend, lambda _: ""
    )

    assert f'class="{form}"' in html
    assert len(Table(html).head) == accounts + 2


def test_the_story_shows_of_very_many_answers_seven_and_says_of_how_many():
    import matrix_table  # noqa: PLC0415 of the dashboard

    told = [
        claim(claim_id=str(n), account=f"a{n:02}", kind="statement", question="Who began?", answer=("yes", "no")[n % 2])
        for n in range(13)
    ]
    story, store = small(*told)
    legend = answer(next(one for one in CHARTS if one.key == "disagreements"), story, store, Selection()).legend
    lines = matrix_of(read_positions(store.columns(CURRENT, Selection()), legend))
    whole, brief = (matrix_table.table(lines, legend, lambda _: "", short=short) for short in (None, {}))

    assert 'class="comparison cards short cut"' in brief
    assert "13 accounts cannot all be right" in brief
    assert "7 of the 13 that answer" in brief
    assert "that answer" not in whole


def lines_of(*told):
    story, store = small(*told)
    legend = answer(next(one for one in CHARTS if one.key == "disagreements"), story, store, Selection()).legend
    return matrix_of(read_positions(store.columns(CURRENT, Selection()), legend)), legend


def says(account, words, question="Who began?", **more):
    return claim(
        claim_id=f"{account} {words} {question}",
        kind="statement",
        account=account,
        question=question,
        answer=words,
        **more,
    )


def counts(account, number, hour):
    killed = {"kind": "casualties", "measure": "killed", "scope": "cumulative"}
    at = f"2020-02-07T{hour}:00Z"
    return claim(
        claim_id=f"{account} {number}", account=account, best=number, stated_earliest=at, stated_at=at, **killed
    )


def test_the_first_question_is_the_most_disputed_where_no_other_has_as_many_in_conflict():
    import matrix_table  # noqa: PLC0415 of the dashboard

    three = [says(account, words) for account, words in (("a", "yes"), ("b", "no"), ("c", "no"))]
    two = [says(account, words, "Was it armed?") for account, words in (("a", "yes"), ("b", "no"))]
    first, alike = lines_of(*three, *two), lines_of(*two, *three[:2])

    assert "<b>Most disputed:</b> 3 accounts, 2 answers; a, b and c cannot all be right" in matrix_table.table(
        *first, lambda _: ""
    )
    assert "2 accounts, 2 answers; a and b cannot all be right" in matrix_table.table(*alike, lambda _: "")
    assert "Most disputed" not in matrix_table.table(*alike, lambda _: "")


def test_a_later_and_higher_count_says_why_it_is_not_shaded_and_who_contradicts_itself_that_it_does():
    import matrix_table  # noqa: PLC0415 of the dashboard

    risen = matrix_table.table(*lines_of(counts("a", 10, 12), counts("b", 8, 13), counts("c", 11, 20)), lambda _: "")
    own = matrix_table.table(*lines_of(says("a", "yes"), says("a", "no"), says("b", "perhaps")), lambda _: "")

    assert risen.count("may be right: counts rise") == 1
    assert "11</b>" in risen.split("may be right:")[0].rsplit("<td", 1)[1]
    assert "contradicts itself" in own


def test_what_is_denied_stands_after_what_is_said():
    import matrix_table  # noqa: PLC0415 of the dashboard

    said = [Said("not eight", stance=Stance.DENIES), Said("2")]

    assert matrix_table.distinct_values(said) == ["2", "not eight"]


def test_officials_keep_their_country_on_a_desk_where_the_story_has_two_and_leave_it_out_on_a_phone():
    import account_name  # noqa: PLC0415 of the dashboard

    here, there, press = "Officials (Here)", "Officials (There)", "Press (all)"

    assert account_name.written([here, press], [here, there, press]) == {
        here: 'Officials<span class="bracket"> (Here)</span>',
        press: "Press",
    }
    assert account_name.written([here, there], [here, there]) == {here: here, there: there}


def test_what_the_editor_shortens_is_a_question_or_a_speaker_of_the_story(korday):
    import claims  # noqa: PLC0415 of the dashboard

    lines = claims.matrix(Selection(zone=korday.package.zone))
    speakers = {one.who for line in lines for cell in line.cells.values() for one in cell.said}

    assert korday.package.short.keys() <= {line.question for line in lines} | speakers
    assert all(len(words) <= 45 for words in korday.package.short.values())


PAIRS = [("dungan_residents", "kazakh_residents"), ("officials", "vlast"), ("kazakh_residents", "rumour")]


@pytest.mark.parametrize("pair", PAIRS)
def test_an_account_has_the_same_words_and_verdicts_in_another_ones_place(korday, pair):
    before, after = _table(korday), _table(with_keys_exchanged(korday, *pair))

    labels = [korday.accounts[key].label for key in pair]
    assert {**before, "head": None} == {**after, "head": None}, "each cell holds what its account says"
    places = [[table["head"].index(label) for label in labels] for table in (before, after)]
    assert places[0] == places[1][::-1], "and stands in its account's column"


def _table(story):
    """Read the matrix of a story: of each question what stands in the column of each account, and how."""
    import matrix_table  # noqa: PLC0415 of the dashboard

    store, chosen = Store(story.claims), Selection(zone=story.package.zone, open_groups=("Outlets",))
    chart = next(one for one in CHARTS if one.key == "disagreements")
    legend = answer(chart, story, store, chosen).legend
    lines = matrix_of(read_positions(store.columns(CURRENT, chosen), legend))
    table = Table(matrix_table.table(lines, legend, lambda _: ""))
    first, *others = [(question, dict(zip(table.head[1:], row, strict=True))) for question, row in table.rows.items()]
    return {"first": first[1], "head": table.head, **dict(others)}


def test_the_story_calls_no_single_answer_wrong():
    page = AppTest.from_function(short, default_timeout=60).run()

    assert any("Shaded: cannot all be right." in one.body for one in page.get("html"))
