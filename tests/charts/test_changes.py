"""Changes: what was replaced, corrected, withdrawn and first heard between two moments."""

import re
from collections import Counter

import pandas as pd
import pytest
from tests.claims_for_tests import claim, night
from tests.lies.small_stories import killed, marked, told, with_keys_exchanged

from contested import CHARTS, Selection, Store, answer
from contested.analysis.changes import contradictions, told_of
from contested.charts.changes import SIGNS, entries, number_of
from contested.query.rows import each

BEFORE = {"compared_with": night("19:00")}
OLD = claim(claim_id="old", stated_at=night("18:00"), summary="He was taken to Almaty.")


def changes(*claims, **chosen):
    return [(row["change"], row["claim_ids"]) for row in told("changes", *claims, **BEFORE | chosen).records()]


def test_a_claim_withdrawn_between_the_two_moments_is_a_change():
    taken_back = OLD.model_copy(
        update={"status": "withdrawn", "withdrawn_at": claim(stated_at=night("20:00")).stated_at}
    )
    found = told("changes", taken_back, **BEFORE)

    assert changes(taken_back) == [("withdrawn", ["old"])]
    assert found.sentences[0] == "Since 7 Feb 2020, 19:00: 1 claim withdrawn."
    assert found.sentences[1:] == ("Withdrawn by north: He was taken to Almaty.",)
    assert [(row["old"], row["new"]) for row in found.records()] == [("He was taken to Almaty.", None)]
    assert found.records()[0]["known_at"] == "2020-02-07T20:00:00+00:00"


def withdrawn(clock, **said):
    return claim(claim_id="old", stated_at=night("18:00"), status="withdrawn", withdrawn_at=night(clock), **said)


def test_a_withdrawal_before_the_earlier_or_after_the_later_moment_is_none_between_them():
    assert changes(withdrawn("18:30")) == []
    assert changes(withdrawn("22:00"), as_known_at=night("21:00")) == []
    assert changes(withdrawn("22:00"), as_known_at=night("22:00")) == [("withdrawn", ["old"])]


def test_a_withdrawal_at_an_unknown_time_is_in_neither_moment():
    assert changes(claim(claim_id="old", stated_at=night("18:00"), status="withdrawn")) == []


def test_a_withdrawal_gives_its_reason():
    found = told("changes", withdrawn("20:00", reason="The count was wrong"), **BEFORE)

    assert found.sentences[-1] == "Withdrawn by north: They fought. The reason: The count was wrong."


def test_what_was_stated_and_withdrawn_since_is_both():
    short = claim(claim_id="a", stated_at=night("20:00"), status="withdrawn", withdrawn_at=night("21:00"))

    assert changes(OLD, short) == [("stated", ["a"]), ("withdrawn", ["a"])]


def test_without_an_earlier_moment_the_last_day_also_counts_from_the_last_withdrawal():
    late = claim(claim_id="old", stated_at=night("18:00"), status="withdrawn", withdrawn_at="2020-02-20T12:00Z")
    found = told("changes", late)

    assert found.sentences[0] == "Since 19 Feb 2020, 12:00: 1 claim withdrawn."


def test_a_withdrawal_rests_on_the_claim_that_was_withdrawn():
    assert told("changes", withdrawn("20:00"), **BEFORE).coverage.sentence() == "Rests on the one claim."
    assert told("changes", withdrawn("18:30"), **BEFORE).coverage.sentence() == (
        "Rests on no claim: 1 was known before."
    )


@pytest.mark.parametrize(
    ("new", "words"), [(10, "raised from 8 to 10"), (7, "lowered from 8 to 7"), (8, "said again: 8")], ids=str
)
def test_a_figure_is_raised_lowered_or_restated(new, words):
    found = told("changes", killed("a", 8, "18:00"), killed("b", new, "20:00", supersedes="a"), **BEFORE)

    assert found.sentences[0] == f"Since 7 Feb 2020, 19:00: 1 figure {words.split()[0].replace('said', 'restated')}."
    assert found.sentences[1:] == (f"north: the figure of the killed is {words}.",)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ({"best": 5}, {"high": 20}, "now given as at most 20, 5 before"),
        ({"best": 5}, {"low": 3}, "now given as at least 3, 5 before"),
        ({"low": 8}, {"best": 10}, "now given as 10, at least 8 before"),
        ({"low": 8, "high": 13}, {"low": 9, "high": 12}, "now given as 9 to 12, 8 to 13 before"),
        ({"best": 40}, {"low": 180}, "raised from 40 to at least 180"),
        ({"low": 170}, {"low": 180}, "raised from at least 170 to at least 180"),
        ({"high": 20}, {"high": 15}, "lowered from at most 20 to at most 15"),
        ({"best": 20}, {"high": 15}, "lowered from 20 to at most 15"),
        ({"low": 8}, {"best": 5}, "lowered from at least 8 to 5"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_bound_moves_no_figure_that_it_agrees_with(old, new, words):
    before, after = (
        killed(one, None, clock, **said) if "best" not in said else killed(one, said["best"], clock)
        for one, clock, said in (("a", "18:00", old), ("b", "20:00", new | {}))
    )
    found = told("changes", before, after.model_copy(update={"supersedes": ("a",)}), **BEFORE)

    assert found.sentences[1:] == (f"north: the figure of the killed is {words}.",)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            {"definition": "hospitalised"},
            {"definition": "in hospital"},
            "8, of the killed (hospitalised), is replaced by 10, of the killed (in hospital)",
        ),
        ({}, {"victims": "police"}, "8, of the killed, is replaced by 10, of the killed (police)"),
        ({}, {"part_of": "a"}, "8, of the killed, is replaced by 10, of the killed"),
        ({"scope": "event"}, {"scope": "cumulative"}, "8, of the killed, is replaced by 10, of the killed"),
        ({"measure": "injured"}, {}, "8, of the injured, is replaced by 10, of the killed"),
    ],
    ids=["definition", "victims", "part", "scope", "measure"],
)
def test_a_figure_that_counts_something_else_is_neither_raised_nor_lowered(old, new, words):
    before = killed("a", 8, "18:00").model_copy(update=old)
    found = told("changes", before, killed("b", 10, "20:00", supersedes="a", **new), **BEFORE)

    assert found.sentences == ("Since 7 Feb 2020, 19:00: 1 figure restated.", f"north: {words}.")


def test_a_statement_of_which_only_the_latest_time_is_known_does_not_define_the_last_day():
    some_time = claim(claim_id="b", stated_earliest=night("20:00"), stated_at="2020-02-29T23:59Z")

    assert told("changes", OLD, some_time).sentences[0].startswith("Since 6 Feb 2020, 18:00: ")
    assert told("changes", some_time).sentences[0].startswith("Since the end of 28 Feb 2020: ")
    assert told("changes", OLD, some_time, known_by="recorded").sentences[0] == "No account shown said anything new."


def test_a_statement_known_by_its_day_defines_the_last_day():
    on_a_day = claim(claim_id="b", stated_earliest="2020-02-11T00:00Z", stated_at="2020-02-11T23:59Z")

    assert told("changes", OLD, on_a_day).sentences[0].startswith("Since the end of 10 Feb 2020: ")


def test_a_claim_without_a_figure_that_replaces_another_speaks_by_its_words():
    new = claim(claim_id="b", stated_at=night("20:00"), supersedes="old", summary="He was taken to Taraz")

    assert told("changes", OLD, new, **BEFORE).sentences[1:] == ("Replaced by north: He was taken to Taraz.",)


def test_a_correction_says_who_what_and_why():
    corrected = claim(
        claim_id="b",
        account="south",
        stance="corrects",
        corrects="old",
        summary="He was taken to a regional hospital.",
        reason="The hospital said so.",
        stated_at=night("20:00"),
    )

    assert told("changes", OLD, corrected, **BEFORE).sentences == (
        "Since 7 Feb 2020, 19:00: 1 claim corrected and 1 voice heard for the first time.",
        "Heard for the first time: south.",
        "Corrected by south: He was taken to a regional hospital. The reason: The hospital said so.",
    )


def test_new_voices_are_named_once_each():
    voices = [
        claim(claim_id=f"{who}{n}", account=who, stated_at=night("20:00")) for who in ("south", "west") for n in "12"
    ]

    assert "Heard for the first time: south and west." in told("changes", OLD, *voices, **BEFORE).sentences


def test_a_voice_that_was_heard_before_is_not_new():
    again = claim(claim_id="b", stated_at=night("20:00"))

    assert told("changes", OLD, again, **BEFORE).sentences == ("Since 7 Feb 2020, 19:00: 1 claim added.",)


def test_nothing_new_is_said_to_be_nothing_new():
    assert told("changes", OLD, **BEFORE).sentences == ("No account shown said anything new.",)


# New contradictions

BRIDGE = {"kind": "statement", "question": "Was the bridge shot at?"}


def answers(claim_id, account, answer, clock):
    return claim(claim_id=claim_id, account=account, answer=answer, stated_at=night(clock), **BRIDGE)


def test_a_contradiction_that_came_up_between_the_two_moments_is_news():
    yes, no = answers("a", "north", "yes", "18:00"), answers("b", "south", "no", "20:00")
    sentences = told("changes", yes, no, **BEFORE).sentences

    assert sentences[0].startswith("Since 7 Feb 2020, 19:00: 1 new contradiction, 1 voice heard")
    assert sentences[-1].startswith("Was the bridge shot at? north")
    assert "cannot both be true" in sentences[-1]


def test_a_contradiction_that_was_known_before_is_no_news_though_it_is_repeated():
    known = [answers("a", "north", "yes", "17:00"), answers("b", "south", "no", "18:00")]
    again = answers("c", "south", "no", "20:00")

    assert "contradiction" not in told("changes", *known, again, **BEFORE).sentence


def test_a_contradiction_that_comes_up_later_than_as_known_at_is_not_yet_news():
    yes, no = answers("a", "north", "yes", "18:00"), answers("b", "south", "no", "20:00")

    assert "contradiction" not in told("changes", yes, no, as_known_at=night("19:30"), **BEFORE).sentence
    assert "1 new contradiction" in told("changes", yes, no, as_known_at=night("20:00"), **BEFORE).sentences[0]


def test_without_an_earlier_moment_contradictions_are_left_to_the_comparison():
    yes, no = answers("a", "north", "yes", "18:00"), answers("b", "south", "no", "20:00")

    assert "contradiction" not in told("changes", yes, no).sentence


def table(*claims, **chosen):
    """Give the rows of the new contradictions: whose, when, what, and which claims."""
    rows = told("changes", *claims, **BEFORE | chosen).records()
    return [
        (row["account"], row["known_at"] and row["known_at"][11:16], row["new"], row["claim_ids"])
        for row in rows
        if row["change"] == "new contradiction"
    ]


def test_a_new_contradiction_has_a_row_in_the_lane_of_each_account_at_the_moment_of_the_later_claim():
    yes, no = answers("a", "north", "yes", "18:00"), answers("b", "south", "no", "20:00")

    assert table(yes, no) == [("north", "20:00", "yes", ["a", "b"]), ("south", "20:00", "no", ["a", "b"])]


def test_an_account_that_contradicts_itself_has_one_row_of_both_its_words():
    yes, no = answers("a", "north", "yes", "18:00"), answers("b", "north", "no", "20:00")

    assert table(yes, no) == [("north", "20:00", "yes / no", ["a", "b"])]


def listed(*claims, **chosen):
    found = told("changes", *claims, **BEFORE | chosen)
    return [(one.change, one.who, one.words, one.when) for one in entries(found.rows, found.legend, 20)]


def test_a_new_contradiction_is_one_line_between_both_and_counted_once():
    yes, no = answers("a", "north", "yes", "18:00"), answers("b", "south", "no", "20:00")
    found = told("changes", yes, no, **BEFORE)

    assert listed(yes, no)[0] == (
        "new contradiction",
        ("north", "south"),
        "Was the bridge shot at? yes, no",
        "7 Feb, 20:00",
    )
    assert set(marked(found)[0]) == {"a", "b"}
    assert "1 new contradiction" in found.sentences[0]
    assert found.display()["change"].tolist() == ["new contradiction", "first heard", "stated", "new contradiction"]


def test_what_weighs_more_is_listed_before_what_was_only_added():
    raised = killed("c", 8, "18:00"), killed("d", 10, "21:00", supersedes="c")
    yes, no = answers("a", "north", "yes", "18:00"), answers("b", "south", "no", "20:00")

    assert [change for change, *_ in listed(yes, no, *raised)] == ["raised", "new contradiction", "first heard"]


def test_a_figure_is_listed_with_what_it_was_and_once_however_often_it_is_said():
    repeated = [killed(name, 10, "20:00", supersedes="a") for name in "bc"]

    assert listed(killed("a", 8, "18:00"), *repeated) == [("raised", ("north",), "killed 8 → 10", "7 Feb, 20:00")]


def test_an_account_that_contradicts_itself_says_so_in_its_line():
    yes, no = answers("a", "north", "yes", "18:00"), answers("b", "north", "no", "20:00")
    [change, who, words, _] = listed(yes, no)[0]

    assert (change, who) == ("new contradiction", ("north",))
    assert words == "contradicts itself: Was the bridge shot at? yes / no"


def test_hearsay_and_a_bound_of_when_it_was_said_stand_in_the_line():
    heard = claim(
        claim_id="b",
        via="a driver",
        summary="Smoke rose.",
        stated_earliest=night("09:00"),
        stated_at="2020-02-20T18:00Z",
    )
    whole_day = heard.model_copy(update={"stated_at": claim(stated_at="2020-02-09T23:59Z").stated_at})

    assert listed(OLD, heard)[-1][2:] == ("Smoke rose, hearsay", "20 Feb, 18:00")
    assert listed(OLD, whole_day)[-1][3] == "by 9 Feb"


@pytest.mark.parametrize(
    ("claims", "title"),
    [
        ([], "No account said anything new"),
        ([killed("a", 8, "18:00"), killed("b", 10, "20:00", supersedes="a")], "One figure rose"),
        (
            [
                killed("a", 8, "18:00"),
                killed("b", 7, "20:00", supersedes="a"),
                OLD,
                withdrawn("20:00").model_copy(update={"claim_id": "c"}),
            ],
            "One figure fell and one claim was withdrawn",
        ),
        (
            [
                *(killed("a", 8, "18:00"), killed("b", 10, "20:00", supersedes="a")),
                *(killed("c", 4, "18:00", event_id="b"), killed("d", 4, "20:00", event_id="b", supersedes="c")),
            ],
            "One figure rose and one was restated",
        ),
        ([OLD, claim(claim_id="b", stated_at=night("20:00"))], "One claim is new"),
        ([OLD, *(claim(claim_id=str(n), stated_at=night("20:00")) for n in range(60))], "60 claims are new"),
        (
            [answers("a", "north", "yes", "18:00"), answers("b", "north", "no", "20:00")],
            "One contradiction is new and one claim is new",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_the_title_counts_the_two_kinds_of_change_that_weigh_most(claims, title):
    found = told("changes", *claims, **BEFORE)

    assert found.title == title
    assert len(title.split()) <= 14


def test_of_many_changes_the_first_are_drawn_and_the_others_counted():
    found = told(
        "changes",
        OLD,
        *(claim(claim_id=str(n), summary=f"Fact {n}.", stated_at=night("20:00")) for n in range(40)),
        **BEFORE,
    )

    for width in (328, 1160):
        figure = found.figure(width)
        [text] = figure["data"]
        assert len(text["text"]) == 30
        assert figure["layout"]["annotations"][-1]["text"] == "and 10 changes more"


def test_every_mark_of_a_change_can_be_chosen_by_a_name_of_its_own():
    yes, no = answers("a", "north", "yes", "18:00"), answers("b", "south", "no", "20:00")
    found = told("changes", yes, no, **BEFORE)
    names = [found.chart.mark(row, found.legend) for row in each(found.rows)]

    assert "new contradiction · north · 7 Feb 2020, 20:00 · yes · a, b" in names
    assert len(set(names)) == len(names)


def test_what_was_said_at_an_unknown_time_contradicts_nobody_since_a_moment():
    yes, no = answers("a", "north", "yes", "20:00"), claim(claim_id="b", account="south", answer="no", **BRIDGE)

    assert table(yes, no) == []


def test_another_way_to_put_the_question_makes_no_news_of_an_old_contradiction():
    known = [
        killed("a", 8, "17:00", question="How many died?"),
        killed("b", 10, "18:00", account="south", question="How many died?"),
    ]
    again = killed("c", 8, "20:00", account="west", question="Dead: how many?")

    assert {one[0] for one in table(*known, again)} == {"south", "west"}, "west against south, not north again"


def test_one_that_comes_up_because_something_is_no_longer_said_was_known_at_no_moment_of_its_own():
    a, b = (killed(name, count, "18:00", account=who) for name, count, who in (("a", 8, "north"), ("b", 10, "south")))
    then, now = told("disagreements").written(), told("disagreements", a, b).written()
    [row] = contradictions(then, now)
    at = {"a": pd.Timestamp(night("18:00")), "b": pd.Timestamp(night("18:30"))}

    assert [one["known_at"] for one in told_of([row], pd.Timestamp(night("19:00")), at)] == [pd.NaT, pd.NaT]
    assert [one["known_at"] for one in told_of([row], pd.Timestamp(night("18:10")), at)] == [at["b"], at["b"]]
    assert list(told_of([row], pd.Timestamp(night("18:10")), {"a": at["a"]})) == []


# First heard: of all that is known of an account, not only what is in view


def test_who_was_heard_before_is_not_new_because_a_filter_hides_it():
    before = claim(claim_id="a", kind="call", stated_at=night("18:00"))
    since = claim(claim_id="b", kind="clash", stated_at=night("20:00"))

    assert changes(before, since, kind=("clash",)) == [("stated", ["b"])]


def test_who_is_new_is_first_heard_at_its_first_word_also_where_a_filter_hides_that_word():
    first = claim(claim_id="a", kind="call", stated_at=night("20:00"))
    later = claim(claim_id="b", kind="clash", stated_at=night("21:00"))
    everything, narrowed = (told("changes", first, later, **BEFORE, kind=kinds) for kinds in ((), ("clash",)))

    [heard] = [row for row in narrowed.records() if row["change"] == "first heard"]
    assert heard["known_at"] == "2020-02-07T20:00:00+00:00"
    assert heard["sentence"] == "Heard for the first time from north: in a claim that is not shown."
    assert [row["known_at"] for row in everything.records() if row["change"] == "first heard"] == [heard["known_at"]]


def test_who_spoke_at_an_unknown_time_is_not_said_to_be_new():
    assert changes(claim(claim_id="a"), claim(claim_id="b", stated_at=night("20:00"))) == [("stated", ["b"])]


def test_a_side_is_heard_before_if_any_account_told_as_part_of_it_was():
    a, b = (
        claim(claim_id=name, account=name, side="n", stated_at=night(at))
        for name, at in zip("ab", ("18:00", "20:00"), strict=True)
    )

    assert changes(a, b, by="side") == [("stated", ["b"])]
    assert ("first heard", ["b"]) in changes(a, b)


# Figures


def test_a_figure_that_was_raised_twice_since_is_told_step_by_step():
    steps = [
        killed("a", 8, "18:00"),
        killed("b", 10, "20:00", supersedes="a"),
        killed("c", 11, "21:00", supersedes="b"),
    ]
    found = told("changes", *steps, **BEFORE)

    assert found.sentences[0] == "Since 7 Feb 2020, 19:00: 2 figures raised."
    assert [(row["change"], row["old"], row["new"]) for row in found.records()] == [
        ("raised", "8", "10"),
        ("raised", "10", "11"),
    ]


def test_a_figure_that_several_claims_repeat_is_raised_once():
    old = killed("a", 8, "18:00")
    repeated = [killed(name, 10, clock, supersedes="a") for name, clock in (("b", "20:00"), ("c", "21:00"))]

    assert told("changes", old, *repeated, **BEFORE).sentences[0] == "Since 7 Feb 2020, 19:00: 1 figure raised."


def test_a_claim_without_a_figure_that_is_replaced_is_no_figure():
    new = claim(claim_id="b", stated_at=night("20:00"), supersedes="old")

    assert told("changes", OLD, new, **BEFORE).sentences[0] == "Since 7 Feb 2020, 19:00: 1 claim replaced."


# By the time of recording: what the record took in

RECORDED = {"known_by": "recorded"}


def kept(clock, best=8, **said):
    return killed("a", best, "12:00", recorded_at=night(clock), **said)


def test_by_the_time_of_recording_what_was_taken_in_since_is_added_whenever_it_was_said():
    early, late = kept("18:00"), killed("b", 8, "12:00", recorded_at=night("20:00"))

    assert changes(early, late, **RECORDED) == [("stated", ["b"])]
    assert changes(early, late) == [], "both were said at noon"


def test_what_the_record_was_edited_to_say_is_told_as_the_record_s_and_not_as_a_new_word_of_the_account():
    found = told("changes", kept("18:00"), kept("20:00", 11), **BEFORE, **RECORDED)

    assert found.sentences[0] == "Since 7 Feb 2020, 19:00: 1 claim edited in the record."
    assert found.sentences[1:] == ("north: in the record, the figure of the killed now reads 11, not 8.",)
    assert [(row["old"], row["new"], row["claim_ids"]) for row in found.records()] == [("8", "11", ["a"])]


def test_an_edit_of_words_gives_them_as_they_were_and_as_they_are():
    before, after = (
        claim(summary=words, recorded_at=night(clock))
        for words, clock in (("Taken to Almaty", "18:00"), ("Taken to Taraz", "20:00"))
    )
    [row] = told("changes", before, after, **BEFORE, **RECORDED).records()

    assert (row["change"], row["old"], row["new"]) == ("edited", "Taken to Almaty", "Taken to Taraz")
    assert row["sentence"] == "In the record, a claim of north now reads: Taken to Taraz."


def test_a_withdrawal_in_the_record_is_one_from_when_it_was_recorded_and_only_once():
    gone = kept("20:00", status="withdrawn")
    again = kept("21:00", 9, status="withdrawn")

    assert changes(kept("18:00"), gone, **RECORDED) == [("withdrawn", ["a"])]
    assert changes(kept("17:00"), kept("18:00", status="withdrawn"), again, **RECORDED) == [("edited", ["a"])]


def test_an_edit_of_a_figure_that_replaced_another_long_ago_does_not_raise_it_again():
    old = killed("old", 7, "11:00", recorded_at=night("17:00"))
    first, edited = (
        kept(clock, supersedes="old", speaker=who) for clock, who in (("18:00", "mayor"), ("20:00", "deputy"))
    )

    assert changes(old, first, edited, **RECORDED) == [("edited", ["a"])]


def test_an_account_whose_claims_were_all_edited_since_is_not_heard_for_the_first_time():
    assert changes(kept("18:00"), kept("20:00", 9), **RECORDED) == [("edited", ["a"])]


def test_a_contradiction_that_an_edit_brings_about_is_new_from_that_edit():
    other = killed("b", 8, "12:00", account="south", recorded_at=night("18:00"))

    assert table(other, kept("18:00"), kept("20:00", 11), **RECORDED) == [
        ("north", "20:00", "11", ["a", "b"]),
        ("south", "20:00", "8", ["a", "b"]),
    ]


def test_as_recorded_by_a_moment_between_two_edits_the_first_alone_is_told():
    found = told(
        "changes", kept("18:00"), kept("20:00", 9), kept("22:00", 11), as_known_at=night("21:00"), **BEFORE, **RECORDED
    )

    assert [(row["old"], row["new"]) for row in found.records()] == [("8", "9")]


SINCE = {"zone": "Asia/Almaty", "compared_with": "2020-02-13T12:00+06:00"}


def test_every_change_stands_behind_a_line_but_what_is_said_again_of_who_is_first_heard(ask):
    found = ask("changes", **SINCE)
    listed = entries(found.rows, found.legend, 1000)

    behind = {row for one in listed for row in one.rows}
    left_out = found.rows.drop(index=list(behind))
    first = {tuple(ids) for ids in found.rows.loc[found.rows["change"] == "first heard", "claim_ids"]}
    assert len(listed) == number_of(found.rows)
    assert set(left_out["change"]) <= {"stated"}
    assert {tuple(ids) for ids in left_out["claim_ids"]} <= first


def test_a_list_that_is_cut_short_keeps_what_weighs_most(ask):
    found = ask("changes", **SINCE)
    every = entries(found.rows, found.legend, 1000)

    assert entries(found.rows, found.legend, 3) == every[:3]
    order = [list(SIGNS).index(one.change) for one in every]
    assert order == sorted(order)


@pytest.mark.parametrize("pair", [("dungan_residents", "kazakh_residents"), ("officials", "vlast")])
def test_an_account_has_the_same_changes_in_another_ones_place(korday, pair):
    chart = next(one for one in CHARTS if one.key == "changes")
    lists = []
    for story in (korday, with_keys_exchanged(korday, *pair)):
        found = answer(chart, story, Store(story.claims), Selection(**SINCE))
        lists.append(
            Counter(
                (one.change, frozenset(one.who), tuple(sorted(re.split(r"[ ,]+", one.words))), one.when)
                for one in entries(found.rows, found.legend, 1000)
            )
        )

    assert lists[0] == lists[1]
    assert sum(lists[0].values()) > 10
