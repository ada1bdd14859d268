"""The coverage: an answer counts the claims it rests on, and gives each other one its reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import bounds, claim, night
from tests.lies.small_stories import hovers, killed, told

from contested import CHARTS
from contested.analysis.comparison.statements import read_statements
from contested.analysis.coverage.coverage import Coverage
from contested.analysis.coverage.topic import EVERYTHING, UNTIMED

TIMED = bounds("18:00", "19:00", "20:00", "20:00")
ONE_OF_EACH = [
    claim(claim_id="a", **TIMED),
    claim(claim_id="b"),
    claim(claim_id="c", stance="denies", **TIMED),
    claim(claim_id="d", status="withdrawn", **TIMED),
    claim(claim_id="e", **TIMED),
    claim(claim_id="f", supersedes="e", **TIMED),
    claim(claim_id="g", **TIMED),
    claim(claim_id="h", corrects="g", **TIMED),
]
every_chart = pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)


def test_every_claim_of_a_clash_supports_the_hours_or_has_a_reason():
    found = told("hourly-clashes", *ONE_OF_EACH)

    assert found.coverage.sentence() == (
        "Rests on 3 of 8 claims of a clash: 1 was withdrawn, 1 was replaced since, 1 was corrected since, 1 denies it "
        "and 1 gives no time."
    )
    assert {claim_id for ids in found.claim_ids() for claim_id in ids} == {"a", "f", "h"}


def test_the_first_reason_that_holds_is_given_and_no_claim_is_counted_twice():
    twice = claim(stance="denies", status="withdrawn")

    assert told("hourly-clashes", twice).coverage.sentence() == "Rests on no claim of a clash: 1 was withdrawn."


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ([], "No claim of a clash is shown."),
        ([claim(kind="arson")], "No claim of a clash is shown."),
        ([claim(**TIMED)], "Rests on the one claim of a clash."),
        ([claim(claim_id=one, **TIMED) for one in "ab"], "Rests on both claims of a clash."),
        ([claim(claim_id=one, **TIMED) for one in "abc"], "Rests on all 3 claims of a clash."),
        ([claim(claim_id="a", **TIMED), claim(claim_id="b")], "Rests on 1 of 2 claims of a clash: 1 gives no time."),
        ([claim(claim_id=one) for one in "ab"], "Rests on no claim of a clash: 2 give no time."),
    ],
)
def test_the_coverage_is_said_for_none_one_some_and_all(claims, sentence):
    assert told("hourly-clashes", *claims).coverage.sentence() == sentence


def test_the_coverage_stands_under_the_chart_with_what_the_filters_hide():
    found = told("hourly-clashes", *ONE_OF_EACH, claim(claim_id="z", account="south", **TIMED), account=["north"])

    assert found.caveat.startswith(found.chart.caveat)
    assert "Rests on 3 of 8 claims" in found.caveat
    assert found.caveat.endswith("By the filters: 1 account hidden · 1 claim hidden.")


def test_the_headline_of_a_toll_rests_on_what_stands_and_is_whole():
    toll = [
        killed("a", 10),
        killed("b", 8, supersedes="a"),
        killed("c", 3, part_of=("b",)),
        killed("d", 1, victims="police"),
        killed("e", None),
        killed("f", 9, stance="denies"),
        killed("g", 7, stated_at=None),
    ]

    assert told("casualty-counts", *toll).coverage.sentence() == (
        "Rests on 2 of 7 claims of the killed or injured: 1 was replaced since, 1 denies it, 2 count only "
        "some people and 1 gives no number."
    )


def test_changes_rest_on_what_was_said_between_the_two_moments():
    spoken = [claim(claim_id=clock, stated_at=night(clock)) for clock in ("18:00", "20:00", "22:00")]
    found = told("changes", *spoken, claim(claim_id="undated"), compared_with=night("19:00"))

    assert found.coverage.sentence() == (
        "Rests on 2 of 4 claims: 1 became known at an unknown time and 1 was known before."
    )


@every_chart
def test_each_chart_covers_all_that_concerns_it_exactly_once(ask, chart):
    found = ask(chart.key)

    every = found.coverage.used + sum(found.coverage.left_out.values())
    assert every == found.claims if found.coverage.topic.claims == EVERYTHING.claims else 0 < every < found.claims


KINDS = ("clash", "arson", "casualties", "arrival")


@settings(max_examples=settings().max_examples // 2)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(KINDS),
            st.sampled_from(["asserts", "denies"]),
            st.sampled_from(["standing", "withdrawn"]),
            st.booleans(),
        ),
        max_size=8,
    )
)
def test_what_supports_the_hours_is_what_is_drawn(told_of):
    """Pencil: a claim is drawn if it is of a clash, timed, stands and does not deny."""
    claims = [
        claim(claim_id=f"{number}", kind=kind, stance=stance, status=status, **(TIMED if timed else {}))
        for number, (kind, stance, status, timed) in enumerate(told_of)
    ]
    found = told("hourly-clashes", *claims)

    expected = sum(one == ("clash", "asserts", "standing", True) for one in told_of)
    assert found.coverage.used == expected
    assert len({claim_id for ids in found.claim_ids() for claim_id in ids}) == expected


def test_large_numbers_are_written_so_that_they_can_be_read():
    assert Coverage(used=12_345).sentence() == "Rests on all 12,345 claims."
    assert Coverage(used=1_000, left_out={UNTIMED: 1_500}).sentence() == (
        "Rests on 1,000 of 2,500 claims: 1,500 give no time."
    )


def test_what_can_be_compared_is_what_takes_a_position(korday_store, ask):
    """The reasons are counted in one question and the positions in another; both speak of the same claims."""
    found = ask("disagreements")
    answers = read_statements(korday_store.columns(found.chart.question, found.legend.selection))

    assert found.coverage.used == len(set(answers["claim_id"].tolist()))


# Doubts


def doubts(*claims, key="timeline", **chosen):
    return told(key, *claims, **chosen).coverage.doubts


@pytest.mark.parametrize(
    ("number", "same_event", "sentence"),
    [
        (1, "unclear", "Of 1 claim it is unclear whether it is about its event."),
        (2, "unclear", "Of 2 claims it is unclear whether they are about their event."),
        (1, "likely", "1 claim is only likely to be about its event."),
        (2, "likely", "2 claims are only likely to be about their event."),
    ],
)
def test_a_doubt_about_the_event_is_said_under_every_chart_that_it_concerns(number, same_event, sentence):
    claims = [claim(claim_id=f"{one}", same_event=same_event, **TIMED) for one in range(number)]

    for key in ("timeline", "hourly-clashes", "response-delays", "map", "changes"):
        assert sentence in doubts(*claims, key=key)


@pytest.mark.parametrize("basis", ["derived", "assumed"])
def test_a_time_that_was_not_stated_is_counted_and_marked(basis):
    found = told("timeline", claim(time_basis=basis, **TIMED))

    said = "derived, not stated" if basis == "derived" else "assumed"
    assert f"1 time is {said}." in found.sentence
    assert f", {basis} time" in hovers(found)[0]
    assert [row["time_basis"] for row in found.records()] == [basis]


def test_a_stated_time_is_marked_by_nothing():
    found = told("timeline", claim(time_basis="stated", **TIMED))

    assert found.coverage.doubts == ()
    assert hovers(found)[0].endswith("7 Feb 2020, 18:00 to 20:00")


def test_a_mark_names_every_doubt_of_its_claim():
    at_seven = {"began_earliest": night("19:00"), "began_latest": night("19:00")}
    doubtful = claim(via="guests", time_basis="derived", same_event="unclear", **at_seven)

    [hover] = hovers(told("timeline", doubtful))
    assert hover.endswith("hearsay, derived time, full hour, unclear whether it is this event")


def test_a_toll_that_may_stand_for_a_word_says_so_beside_its_mark():
    [hover] = hovers(told("casualty-counts", killed("a", 12, via="a nurse")))

    assert "hearsay, may stand for dozens" in hover


# Times cut off at when they were said

LONG = {"began_earliest": "2020-02-01T00:00Z", "ended_latest": "2020-03-01T00:00Z"}
SAID = "2020-02-08T12:00Z"


def extent(*claims, **chosen):
    [row] = told("timeline", *claims, **chosen).rows.to_dict("records")
    return row


def test_what_was_said_to_have_happened_is_over_when_it_was_said():
    row = extent(claim(stated_at=SAID, **LONG))

    assert f"{row['ended_latest']:%d %H:%M}" == "08 12:00"
    assert row["is_cut"]
    assert "1 time is cut off at when it was said." in doubts(claim(stated_at=SAID, **LONG))


def test_a_beginning_that_reaches_past_the_statement_is_cut_too():
    row = extent(claim(began_earliest="2020-02-08T00:00Z", began_latest="2020-02-09T00:00Z", stated_at=SAID))

    assert f"{row['began_latest']:%d %H:%M}" == "08 12:00"


@pytest.mark.parametrize(
    "announced",
    [
        {"began_earliest": "2020-02-10T00:00Z", "ended_latest": "2020-02-12T00:00Z"},
        {"began_latest": "2020-02-10T00:00Z"},
        {
            "began_earliest": "2020-02-01T00:00Z",
            "ended_earliest": "2020-02-09T00:00Z",
            "ended_latest": SAID[:8] + "10T00:00Z",
        },
    ],
    ids=["not-begun", "begins-by", "goes-on"],
)
def test_what_is_announced_is_not_cut(announced):
    row = extent(claim(stated_at=SAID, **announced))

    assert not row["is_cut"]
    assert all(row[name].isoformat()[:19] + "Z" == when[:16] + ":00Z" for name, when in announced.items())


def test_a_claim_without_a_time_of_statement_is_not_cut():
    assert not extent(claim(**LONG))["is_cut"]


def test_a_time_widened_by_the_viewer_is_cut_as_well():
    about = claim(time_words="about 6 p.m.", stated_at=night("18:10"), **bounds("18:00", "18:00", None, None))

    row = extent(about, hedged=True)
    assert [f"{row[name]:%H:%M}" for name in ("began_earliest", "began_latest")] == ["17:30", "18:10"]


@settings(max_examples=settings().max_examples // 2)
@given(hours=st.lists(st.integers(0, 47), min_size=4, max_size=4), spoken=st.integers(0, 47))
def test_cutting_never_widens_never_empties_and_never_reaches_past_the_words(hours, spoken):
    def at(hour):
        return f"2020-02-{7 + hour // 24:02}T{hour % 24:02}:00Z"

    began, began_by, going_on, over = sorted(hours)
    four = [at(began), at(began_by), at(going_on), at(over)]
    names = ("began_earliest", "began_latest", "ended_earliest", "ended_latest")
    row = extent(claim(stated_at=at(spoken), **dict(zip(names, four, strict=True))))
    kept = [row[name].isoformat()[:16] + "Z" for name in names]

    assert all(after <= before for before, after in zip(four, kept, strict=True))
    assert kept[0] <= kept[1] <= kept[3]
    assert kept[2] <= kept[3]
    if began <= spoken and going_on <= spoken:
        assert max(kept) <= max(at(spoken), kept[2])
    else:
        assert kept == four
