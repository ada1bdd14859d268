"""What stands, who speaks, and what one account's claims say together of a time."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import ask, bounds, claim, fields, night

from contested import Claim, Kind, Selection, Store
from contested.model.times import HEDGE_WORDS
from contested.query.relations import clocked, with_clause

FOUR = ("began_earliest", "began_latest", "ended_earliest", "ended_latest")


def extents(*claims, **chosen):
    """Give what the claims say together, one mapping for each account, event and kind."""
    question = f"""
        select account, event_id, kind, contradicts, hearsay, claim_ids,
            {", ".join(f"strftime({bound}, '%H:%M') as {bound}" for bound in FOUR)}
        from extents order by account, event_id, kind, voice"""
    frame = Store(claims).ask(question, Selection(**chosen)).astype(object)
    return frame.where(frame.notna(), None).to_dict("records")


def together(*clocks, **chosen):
    """Give the combined bounds of claims of one account about one event, and whether they contradict each other."""
    told = [claim(claim_id=f"k{number}", **bounds(*four)) for number, four in enumerate(clocks)]
    [extent] = extents(*told, **chosen)
    return tuple(extent[bound] for bound in FOUR), extent["contradicts"]


def standing(*claims, **chosen):
    frame = ask("select claim_id, standing from known", *claims, **chosen)
    return dict(zip(frame["claim_id"], frame["standing"], strict=True))


# Compatible claims: the more precise bounds hold


def test_one_claim_says_what_it_says():
    assert together(("17:00", "18:00", "05:00", "05:00")) == (("17:00", "18:00", "05:00", "05:00"), False)


def test_of_compatible_claims_possible_is_the_intersection_and_certain_the_union():
    wide = ("16:00", "19:00", "04:00", "06:00")
    narrow = ("17:00", "18:00", "05:00", "05:30")

    assert together(wide, narrow) == (narrow, False)


def test_each_bound_comes_from_the_claim_that_is_most_precise_about_it():
    about_the_beginning = ("17:00", "18:00", "20:00", "06:00")
    about_the_end = ("16:00", "20:00", "04:00", "05:00")

    assert together(about_the_beginning, about_the_end) == (("17:00", "18:00", "04:00", "05:00"), False)


def test_claims_complete_each_other():
    assert together(("17:00", "18:00", None, None), (None, None, "04:00", "05:00")) == (
        ("17:00", "18:00", "04:00", "05:00"),
        False,
    )


def test_bounds_that_meet_are_compatible():
    assert together(("17:00", "18:00", None, None), ("18:00", "19:00", None, None)) == (
        ("18:00", "18:00", None, None),
        False,
    )


def test_what_nobody_bounds_stays_unknown():
    assert together((None, "18:00", None, None), (None, "19:00", None, None)) == ((None, "18:00", None, None), False)


# Contradicting claims: possible is the hull, certain the intersection


@pytest.mark.parametrize(
    ("one", "other", "hull"),
    [
        (
            ("17:00", "18:00", "04:00", "05:00"),
            ("19:00", "20:00", "03:00", "05:30"),
            ("17:00", "20:00", "03:00", "05:30"),
        ),
        (
            ("17:00", "18:00", "01:00", "02:00"),
            ("16:30", "18:30", "04:00", "05:00"),
            ("16:30", "18:30", "01:00", "05:00"),
        ),
        (
            ("17:00", "18:00", "19:00", "20:00"),
            ("22:00", "23:00", "04:00", "05:00"),
            ("17:00", "23:00", "19:00", "05:00"),
        ),
    ],
    ids=["begins apart", "ends apart", "one is over before the other begins"],
)
def test_of_contradicting_claims_possible_is_the_hull_and_certain_the_intersection(one, other, hull):
    assert together(one, other) == (hull, True)
    assert together(other, one) == (hull, True)


def test_what_is_over_before_it_may_begin_contradicts_itself():
    _, contradicts = together((None, None, None, "20:00"), ("22:00", None, None, None))

    assert contradicts


def test_a_third_claim_in_between_does_not_reconcile_two_that_contradict():
    early, late, between = (
        ("17:00", "18:00", None, None),
        ("19:00", "20:00", None, None),
        ("17:00", "20:00", None, None),
    )

    assert together(early, late, between) == (("17:00", "20:00", None, None), True)


def test_the_hull_is_open_where_one_of_contradicting_claims_is():
    begun_any_time_before_six = (None, "18:00", "23:00", "23:30")
    not_before_eight = ("20:00", "21:00", None, None)

    (began_earliest, _, _, ended_latest), contradicts = together(begun_any_time_before_six, not_before_eight)

    assert contradicts
    assert (began_earliest, ended_latest) == (None, None)


def test_nothing_is_certain_of_which_one_of_contradicting_claims_is_not():
    from_six_to_eleven = ("17:00", "18:00", "23:00", None)
    not_before_eight = ("20:00", None, None, None)

    (_, began_latest, ended_earliest, _), contradicts = together(from_six_to_eleven, not_before_eight)

    assert contradicts
    assert None in (began_latest, ended_earliest)


# Which claims are read together


def test_accounts_events_and_kinds_are_read_apart():
    told = [
        claim(claim_id=f"{account}{event}{kind}", account=account, event_id=event, kind=kind, **bounds(*["18:00"] * 4))
        for account in ("north", "south")
        for event in ("e1", "e2")
        for kind in ("arson", "clash")
    ]

    assert [extent["claim_ids"].tolist() for extent in extents(*told)] == [[one.claim_id] for one in told]


def test_an_extent_names_its_claims():
    told = [claim(claim_id=name, **bounds("17:00", "18:00", None, None)) for name in ("k2", "k1")]

    assert [extent["claim_ids"].tolist() for extent in extents(*told)] == [["k1", "k2"]]


def test_a_claim_without_a_time_has_no_extent():
    assert extents(claim(), claim(claim_id="k2", time_words="at 11 in the morning")) == []


def test_a_denial_gives_no_extent():
    assert extents(claim(stance="denies", **bounds("17:00", "18:00", None, None))) == []


@pytest.mark.parametrize("said", [{"supersedes": "k1"}, {"corrects": "k1"}])
def test_what_no_longer_stands_gives_no_extent(said):
    old = claim(**bounds("17:00", "18:00", None, None))
    new = claim(claim_id="k2", **bounds("19:00", "20:00", None, None), **said)

    [extent] = extents(old, new)

    assert (extent["began_earliest"], extent["contradicts"]) == ("19:00", False)
    assert extent["claim_ids"].tolist() == ["k2"]


def test_an_extent_says_when_a_part_of_it_is_hearsay():
    seen = claim(**bounds("17:00", "18:00", None, None))
    heard = claim(claim_id="k2", via="reporter > residents", **bounds("17:00", "18:00", None, None))

    assert [extent["hearsay"] for extent in extents(seen)] == [False]
    assert [extent["hearsay"] for extent in extents(seen, heard)] == [True]


MIDNIGHT = datetime(2020, 2, 8, tzinfo=UTC)
minutes = st.integers(-600, 600)
margins = st.lists(st.one_of(st.none(), st.integers(0, 300)), min_size=4, max_size=4)


@st.composite
def true_stories(draw):
    """Draw when something truly began and ended, and claims that are all right about it, each as precise as it is."""
    began, ended = sorted(draw(st.tuples(minutes, minutes)))
    widths = draw(st.lists(margins, min_size=1, max_size=4))
    return began, ended, widths


def around(began, ended, widths):
    truth = (began, began, ended, ended)
    return {
        name: MIDNIGHT + timedelta(minutes=moment + sign * width)
        for name, moment, sign, width in zip(FOUR, truth, (-1, 1, -1, 1), widths, strict=True)
        if width is not None
    }


def in_order(said):
    """Say whether bounds are such as one claim may have: "still going on" does not follow "over"."""
    return all(
        said[before] <= said[after]
        for before, after in (("began_earliest", "ended_earliest"), ("began_latest", "ended_latest"))
        if before in said and after in said
    )


@settings(max_examples=10)
@given(st.lists(true_stories(), min_size=1, max_size=12))
def test_the_truth_inside_all_bounds_of_claims_lies_inside_their_combined_bounds(stories):
    told = [
        Claim(**fields(claim_id=f"{event}-{number}", event_id=str(event)), **said)
        for event, (began, ended, several) in enumerate(stories)
        for number, widths in enumerate(several)
        if (said := around(began, ended, widths)) and in_order(said)
    ]

    for extent in ask("select * from extents", *told).to_dict("records"):
        began, ended = (MIDNIGHT + timedelta(minutes=moment) for moment in stories[int(extent["event_id"])][:2])
        assert not extent["contradicts"]
        assert not extent["began_earliest"] > began
        assert not extent["began_latest"] < began
        assert not extent["ended_earliest"] > ended
        assert not extent["ended_latest"] < ended


any_bounds = st.lists(minutes, min_size=4, max_size=4).map(
    lambda four: dict(
        zip(
            ("began_earliest", "began_latest", "ended_earliest", "ended_latest"),
            (MIDNIGHT + timedelta(minutes=moment) for moment in sorted(four)),
            strict=True,
        )
    )
)
tellings = st.lists(st.tuples(st.integers(0, 5), st.sampled_from([Kind.CLASH, Kind.ARSON]), any_bounds), max_size=12)


def telling(account, told):
    return [
        Claim(**fields(claim_id=f"{account}{number}", account=account, event_id=str(event), kind=kind), **said)
        for number, (event, kind, said) in enumerate(told)
    ]


@settings(max_examples=10)
@given(tellings)
def test_the_combined_bounds_of_contradicting_claims_hold_every_claim_and_no_certainty_of_one_alone(told):
    claims = telling("north", told)

    for extent in ask("select * from extents where contradicts", *claims).to_dict("records"):
        parts = [one for one in claims if one.claim_id in extent["claim_ids"]]
        assert len(parts) > 1
        assert extent["began_earliest"] == min(one.began_earliest for one in parts)
        assert extent["ended_latest"] == max(one.ended_latest for one in parts)
        assert extent["began_latest"] == max(one.began_latest for one in parts)
        assert extent["ended_earliest"] == min(one.ended_earliest for one in parts)


@settings(max_examples=10)
@given(tellings, tellings)
def test_what_another_account_says_changes_no_extent_of_the_first(ours, theirs):
    north, south = telling("north", ours), telling("south", theirs)
    question = "select * from extents where account = 'north' order by event_id, kind"

    alone = ask(question, *north)
    beside_another = ask(question, *south, *north)

    assert beside_another.astype(str).equals(alone.astype(str))


# As known at


OLD = claim(claim_id="old", stated_at=night("18:00"))
MOMENTS = {"before": night("17:59"), "old": night("18:00"), "new": night("20:00"), "after": night("23:00")}


def over_time(*claims):
    """Give what stands at each moment."""
    store = Store(claims)
    question = "select claim_id, standing from known order by claim_id"
    return {
        name: dict(store.ask(question, Selection(as_known_at=moment)).itertuples(index=False))
        for name, moment in MOMENTS.items()
    }


def test_a_claim_is_known_from_the_moment_it_was_certainly_stated():
    assert over_time(OLD) == {
        "before": {},
        "old": {"old": "standing"},
        "new": {"old": "standing"},
        "after": {"old": "standing"},
    }


@pytest.mark.parametrize(
    ("relation", "word"), [("supersedes", "superseded"), ("corrects", "corrected")], ids=["superseded", "corrected"]
)
def test_a_claim_stands_until_its_account_says_otherwise(relation, word):
    new = claim(claim_id="new", stated_at=night("20:00"), **{relation: "old"})

    assert over_time(OLD, new) == {
        "before": {},
        "old": {"old": "standing"},
        "new": {"old": word, "new": "standing"},
        "after": {"old": word, "new": "standing"},
    }


@pytest.mark.parametrize("relation", ["supersedes", "corrects"])
def test_another_account_s_correction_leaves_the_claim_standing(relation):
    theirs = claim(claim_id="new", account="south", stated_at=night("20:00"), **{relation: "old"})

    assert over_time(OLD, theirs)["after"] == {"old": "standing", "new": "standing"}


@pytest.mark.parametrize("relation", ["part_of", "same_origin"])
def test_a_part_or_a_repetition_replaces_nothing(relation):
    new = claim(claim_id="new", stated_at=night("20:00"), **{relation: "old"})

    assert over_time(OLD, new)["after"] == {"old": "standing", "new": "standing"}


def test_a_withdrawn_claim_stands_no_more():
    withdrawn = claim(claim_id="old", stated_at=night("18:00"), status="withdrawn")

    assert over_time(withdrawn)["after"] == {"old": "withdrawn"}


def test_a_claim_stands_until_it_is_withdrawn():
    withdrawn = claim(claim_id="old", stated_at=night("18:00"), status="withdrawn", withdrawn_at=night("20:00"))

    for clock, held in (("19:00", "standing"), ("20:00", "withdrawn"), ("21:00", "withdrawn")):
        assert standing(withdrawn, as_known_at=night(clock)) == {"old": held}
    assert standing(withdrawn) == {"old": "withdrawn"}


def test_a_claim_withdrawn_at_an_unknown_time_never_stands():
    withdrawn = claim(claim_id="old", stated_at=night("18:00"), status="withdrawn")

    assert standing(withdrawn, as_known_at=night("19:00")) == {"old": "withdrawn"}


def test_withdrawn_weighs_more_than_replaced():
    withdrawn = claim(claim_id="old", status="withdrawn")

    assert standing(withdrawn, claim(claim_id="new", supersedes="old"))["old"] == "withdrawn"


def test_replaced_weighs_more_than_corrected_and_each_is_named_once_however_many_do_it():
    told = [claim(claim_id="old"), claim(claim_id="1", corrects="old"), claim(claim_id="2", corrects="old")]

    assert standing(*told) == {"1": "standing", "2": "standing", "old": "corrected"}
    assert standing(*told, claim(claim_id="3", supersedes="old"))["old"] == "superseded"
    rows = ask("select claim_id from selected", *told, claim(claim_id="3", supersedes="old;1"))
    assert sorted(rows["claim_id"]) == ["1", "2", "3", "old"]


def test_one_claim_may_replace_several_of_which_one_had_replaced_another():
    told = [claim(claim_id="8"), claim(claim_id="10", supersedes="8"), claim(claim_id="11", supersedes="8;10")]

    assert standing(*told) == {"8": "superseded", "10": "superseded", "11": "standing"}


def test_a_claim_is_replaced_by_one_that_the_viewer_filters_away():
    old = claim(claim_id="old", place="masanchi")
    new = claim(claim_id="new", place="taraz", supersedes="old")

    selected = ask("select claim_id, standing from selected", old, new, place=("masanchi",))

    assert selected.to_numpy().tolist() == [["old", "superseded"]]


def test_without_a_moment_a_claim_of_unknown_date_is_known_too():
    undated = claim()

    assert standing(undated) == {"k1": "standing"}
    assert standing(undated, as_known_at=night("18:00")) == {}


# Hedged


@pytest.mark.parametrize("word", HEDGE_WORDS)
def test_a_hedged_time_is_read_half_an_hour_wider_at_every_bound(word):
    said = claim(time_words=f"{word.title()} 5 p.m.", **bounds("17:00", "18:00", "04:00", "05:00"))

    [extent] = extents(said, hedged=True)

    assert tuple(extent[bound] for bound in FOUR) == ("16:30", "18:30", "03:30", "05:30")


@pytest.mark.parametrize("words", ["5 p.m.", "roundabout 5 p.m.", "aboutface", "in the evening", None])
def test_a_time_that_is_not_hedged_is_read_as_it_stands(words):
    said = claim(time_words=words, **bounds("17:00", "18:00", "04:00", "05:00"))

    assert extents(said, hedged=True) == extents(said)


def test_a_hedge_bounds_nothing_that_was_unbounded():
    [extent] = extents(claim(time_words="about 5 p.m.", **bounds(None, "17:00", None, None)), hedged=True)

    assert tuple(extent[bound] for bound in FOUR) == (None, "17:30", None, None)


def test_hedging_never_changes_what_is_kept():
    store = Store([claim(time_words="about 5 p.m.", **bounds("17:00", "18:00", None, None))])
    question = "select began_earliest, began_latest from known"
    literal = store.ask(question, Selection())

    hedged = store.ask(question, Selection(hedged=True))

    assert hedged.equals(literal)
    assert store.ask(question.replace("known", "selected"), Selection()).equals(literal)


# By account or by side

TOLD_BY = [
    claim(claim_id="1", account="outlet", side="north", **bounds("17:00", "18:00", None, None)),
    claim(claim_id="2", account="residents", side="north", **bounds("17:30", "19:00", None, None)),
    claim(claim_id="3", account="outlet", **bounds("20:00", "21:00", None, None)),
]


def test_by_account_one_goes_by_the_voice():
    told = ask("select claim_id, account, voice from selected order by claim_id", *TOLD_BY)

    assert told["account"].tolist() == told["voice"].tolist() == ["outlet", "residents", "outlet"]


def test_by_side_one_goes_by_the_side_and_keeps_the_voice():
    told = ask("select claim_id, account, voice from selected order by claim_id", *TOLD_BY, by="side")

    assert told["account"].tolist() == ["north", "north", "neither"]
    assert told["voice"].tolist() == ["outlet", "residents", "outlet"]


def test_by_side_the_claims_of_each_voice_of_a_side_are_read_apart():
    assert [(extent["account"], extent["began_earliest"], extent["began_latest"]) for extent in extents(*TOLD_BY)] == [
        ("outlet", "17:00", "21:00"),
        ("residents", "17:30", "19:00"),
    ]
    assert [
        (extent["account"], extent["began_earliest"], extent["began_latest"]) for extent in extents(*TOLD_BY, by="side")
    ] == [("neither", "20:00", "21:00"), ("north", "17:00", "18:00"), ("north", "17:30", "19:00")]


def test_by_side_accounts_may_still_be_chosen_by_their_voice():
    told = ask("select claim_id, account from selected order by claim_id", *TOLD_BY, by="side", account=("outlet",))

    assert told.to_numpy().tolist() == [["1", "north"], ["3", "neither"]]


# Voices


def voices(**chosen):
    return set(ask("select account from voices", *TOLD_BY, **chosen)["account"])


def test_a_voice_is_in_view_also_where_it_says_nothing_of_what_is_asked():
    assert voices(kind=("call",), place=("taraz",), since=night("05:00")) == {"outlet", "residents"}


def test_a_voice_that_was_not_chosen_is_out_of_view():
    assert voices(account=("outlet",)) == {"outlet"}
    assert voices(side=("north",)) == {"outlet", "residents"}
    assert voices(by="side", side=("north",)) == {"north"}


def test_a_voice_is_in_view_once_it_has_spoken():
    assert voices(as_known_at=night("18:00")) == set()
    assert voices(by="side") == {"north", "neither"}


# What is not asked for is not worked out


def test_the_time_of_each_voice_is_only_worked_out_for_a_question_that_names_it():
    for name in ("extents", "voiced"):
        assert f"{name}_bounds" not in with_clause(Selection(), "select count(*) from selected")
        assert f"{name}_bounds" in with_clause(Selection(), f"select count(*) from {name}")


# Repeats of what was replaced


def counted(claim_id, clock, **said):
    return claim(
        claim_id=claim_id,
        kind="casualties",
        measure="killed",
        best=8,
        stated_at=night(clock),
        **{"account": "officials"} | said,
    )


EIGHT, TEN = counted("old", "01:00"), counted("new", "03:00", supersedes="old").model_copy(update={"best": 10})


@pytest.mark.parametrize(
    "copy",
    [
        counted("copy", "02:00", same_origin="old"),
        counted("copy", "02:00", same_origin="old", account="courier"),
        counted("copy", "04:00", same_origin="old", via="courier > officials"),
        counted("copy", "04:00", same_origin="old", stated_earliest=night("02:00")),
        counted("copy", "02:00", same_origin="old").model_copy(update={"stated_at": None}),
    ],
    ids=["by its own account", "by another", "passed on later", "perhaps later", "at an unknown time"],
)
def test_what_repeats_a_replaced_figure_is_replaced_too(copy):
    assert standing(EIGHT, TEN, copy) == {"old": "superseded", "new": "standing", "copy": "superseded"}


def test_a_repeat_of_a_repeat_and_the_original_of_a_replaced_repeat_are_replaced_too():
    far = counted("far", "02:30", same_origin="copy", account="weekly")

    assert standing(EIGHT, TEN, counted("copy", "02:00", same_origin="old"), far)["far"] == "superseded"
    assert (
        standing(counted("wire", "00:30"), EIGHT.model_copy(update={"same_origin": ("wire",)}), TEN)["wire"]
        == "superseded"
    )


def test_what_repeats_a_corrected_claim_is_corrected_too():
    right = counted("new", "03:00", corrects="old")

    assert standing(EIGHT, right, counted("copy", "02:00", same_origin="old"))["copy"] == "corrected"


def test_what_a_speaker_says_after_it_was_replaced_stands_and_is_marked():
    again = counted("again", "04:00", same_origin="old", account="courier")
    rows = ask("select claim_id, standing, is_renewed from known order by claim_id", EIGHT, TEN, again)

    assert rows.to_numpy().tolist() == [
        ["again", "standing", True],
        ["new", "standing", False],
        ["old", "superseded", False],
    ]


def test_what_one_wire_says_of_something_else_stands():
    injured = counted("copy", "02:00", same_origin="old").model_copy(update={"measure": "injured"})

    assert standing(EIGHT, TEN, injured)["copy"] == "standing"


def test_what_another_account_corrects_its_speaker_still_says_and_so_do_its_repeats():
    corrected = counted("new", "03:00", corrects="old", account="courier")

    assert set(standing(EIGHT, corrected, counted("copy", "02:00", same_origin="old")).values()) == {"standing"}


def test_a_repeat_of_what_was_not_yet_replaced_stands():
    copy = counted("copy", "02:00", same_origin="old")

    assert standing(EIGHT, TEN, copy, as_known_at=night("02:30")) == {"old": "standing", "copy": "standing"}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_chain_is_found_in_whatever_order_its_claims_are_added(order):
    store, chain = Store(), (EIGHT, TEN, counted("copy", "02:00", same_origin="old"))
    for place in order:
        store.add([chain[place]])
    rows = store.ask("select claim_id, standing from known order by claim_id", Selection())

    assert rows.to_numpy().tolist() == [["copy", "superseded"], ["new", "standing"], ["old", "superseded"]]


def test_clocks_are_told_apart_in_a_time_that_is_only_added_later():
    at = [datetime(2026, 1, 10, 11, 15, tzinfo=UTC), datetime(2026, 7, 10, 11, 15, tzinfo=UTC)]
    store = Store()
    for number, moment in enumerate(at):
        store.add([claim(claim_id=f"k{number}", event_id=f"e{number}", began_earliest=moment, began_latest=moment)])
    asked = f"select hour(began_latest + ahead) as hour from {clocked('selected', 'began_latest')} order by event_id"

    assert store.ask(asked, Selection(zone="Europe/Berlin"))["hour"].tolist() == [12, 13]


@pytest.mark.parametrize("clock", [None, "20:00", "22:00"])
@pytest.mark.parametrize(
    "more", [(), (claim(claim_id="k3", event_id="two", supersedes=("k9",)),)], ids=["alone", "tied"]
)
def test_what_stands_of_many_claims_is_what_stands_of_few(clock, more):
    """Where none of many claims replaces another, none is looked for; a withdrawal counts all the same."""
    withdrawn = {"status": "withdrawn", "stated_at": night("19:00"), "withdrawn_at": night("21:00")}
    told = [claim(**withdrawn), claim(claim_id="k2", stated_at=night("19:00")), *more]
    chosen = Selection(as_known_at=night(clock) if clock else None)

    few, many = (
        store.ask("select claim_id, standing, is_renewed from known order by claim_id", chosen)
        for store in (Store(told), Store(told, few=0))
    )

    pd.testing.assert_frame_equal(few, many)
    assert few["standing"].tolist()[0] == ("standing" if clock == "20:00" else "withdrawn")
