"""What an editor types becomes claims that say no more than was typed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.bad_inputs.corpus import GOOD
from tests.claims_for_tests import table

from contested import Problem, open_story
from contested.ingest.codebooks import sheet
from contested.ingest.options import Given
from contested.ingest.reader import opened, outcomes
from contested.model.arrow_schema import from_arrow
from contested.model.claim import NewsroomClaim

YEARS = (datetime(1990, 1, 1), datetime(2025, 1, 1))  # noqa: DTZ001 wall clocks
NO_FIGURE = dict.fromkeys(("killed_low", "killed_best", "killed_high", "wounded_best"), "")


def made(row, **given):
    """Read one row: the claims that it makes, or its problems."""
    told = list(sheet.to_claims(2, row, Given("told.csv", **given)))
    return [NewsroomClaim(**one).public() for one in told if not isinstance(one, Problem)]


def problems(row, **given):
    return [one for one in sheet.to_claims(2, row, Given("told.csv", **given)) if isinstance(one, Problem)]


def only(row, **given):
    [claim] = made(row | NO_FIGURE, **given)
    return claim


def at(clock, day=7):
    """Give an instant of February 2020 in Almaty."""
    return datetime.fromisoformat(f"2020-02-{day:02}T{clock}+06:00")


# One row, one claim for each figure


def test_the_killed_and_the_wounded_of_a_row_are_a_claim_each():
    killed, wounded = made(GOOD)

    assert (killed.claim_id, killed.measure, killed.low, killed.best, killed.high) == (
        "K-001/killed",
        "killed",
        8,
        10,
        11,
    )
    assert (wounded.claim_id, wounded.measure, wounded.low, wounded.best) == ("K-001/wounded", "injured", None, 178)
    assert killed.event_id == wounded.event_id == "K-001"


def test_a_row_without_a_figure_is_one_claim_of_the_event():
    claim = only(GOOD)

    assert (claim.claim_id, claim.kind, claim.measure, claim.best) == ("K-001", "clash", None, None)


def test_a_row_with_one_figure_keeps_its_id():
    [claim] = made(GOOD | {"wounded_best": ""})

    assert (claim.claim_id, claim.measure) == ("K-001", "killed")


def test_none_killed_is_a_figure_and_an_empty_cell_is_none():
    [claim] = made(GOOD | NO_FIGURE | {"killed_best": "0"})

    assert (claim.low, claim.best, claim.high) == (None, 0, None)


def test_an_event_on_days_far_apart_is_flagged_once(tmp_path):
    days = ("2020-02-07T17:00+06:00", "2020-02-07T23:00+06:00", "2020-03-09T17:00+06:00")
    rows = [
        GOOD | {"record_id": f"K-{number}", "event_id": "shooting", "start": on, "end": "", "recorded_at": "2020-04-01"}
        for number, on in enumerate(days)
    ]
    path = table(tmp_path / "told.csv", *rows)
    problems = [one for outcome in outcomes(opened(path, Given(path.name, "Asia/Almaty"))) for one in outcome.problems]

    assert [(one.row, one.reason) for one in problems if one.code == "W-EVENT-DAYS"] == [
        (2, "one event in 3 rows from 2020-02-07T17:00+06: to 2020-03-09T17:00+06:, or the name of a kind?")
    ]


def test_records_are_of_one_event_only_where_they_say_so():
    assert only(GOOD | {"event_id": "night"}).event_id == "night"
    assert only(GOOD).event_id == "K-001"


def test_the_source_the_words_and_the_moment_of_telling_are_kept():
    claim = only(GOOD)

    assert (claim.source_id, claim.locator) == ("Vlast interview, H. Daurov", "https://example.org/a")
    assert (claim.summary, claim.stated_at) == ("Clashes continued into the night.", at("09:00", 11))
    assert (claim.place, claim.latitude, claim.longitude) == ("Masanchi", 42.928, 75.293)


def test_a_type_of_the_editor_s_own_is_kept_beside_other():
    claim = only(GOOD | {"event_type": "Riot"})

    assert (claim.kind, claim.subkind) == ("other", "Riot")


def test_a_withdrawn_record_is_withdrawn():
    assert only(GOOD | {"status": "withdrawn"}).status == "withdrawn"


def test_a_story_keeps_every_claim_of_a_row(tmp_path):
    story = open_story(table(tmp_path / "night.csv", GOOD))

    assert [claim.claim_id for claim in from_arrow(story.claims)] == ["K-001/killed", "K-001/wounded"]
    assert story.problems == ()


def test_a_story_s_own_accounts_may_speak(tmp_path):
    table(tmp_path / "claims.csv", GOOD | NO_FIGURE | {"account": "harbour"})
    table(tmp_path / "accounts.csv", {"account": "harbour", "label": "Harbour people"})

    assert [claim.account for claim in from_arrow(open_story(tmp_path).claims)] == ["harbour"]


# Times


def test_a_clock_with_its_offset_is_one_instant():
    claim = only(GOOD)

    assert claim.began_earliest == claim.began_latest == at("17:00")
    assert claim.ended_earliest == claim.ended_latest == at("05:00", 8)
    assert (claim.time_basis, claim.time_words) == ("stated", None)


def test_a_clock_without_an_offset_is_read_in_the_zone_of_its_row():
    assert only(GOOD | {"start": "2020-02-07 17:00"}).began_latest == at("17:00")


def test_the_zone_of_the_row_goes_before_the_zone_of_the_file():
    row = GOOD | {"start": "2020-02-07T17:00", "end": ""}

    assert only(row, zone="Europe/Berlin").began_latest == at("17:00")
    assert only(row | {"tz": ""}, zone="Europe/Berlin").began_latest == at("22:00")


def test_almaty_moved_to_another_offset_in_2024():
    row = GOOD | {"start": "2024-06-01T12:00", "end": "", "recorded_at": "2024-06-02T12:00"}

    assert only(row).began_latest == datetime(2024, 6, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "low", "high", "basis"),
    [
        ("2020-02-07 about 5-6 p.m.", at("17:00"), at("18:00"), "stated"),
        ("about 5-6 p.m. on 7 February 2020", at("17:00"), at("18:00"), "stated"),
        ("February 7, 2020, between 5 and 6 pm", at("17:00"), at("18:00"), "stated"),
        ("2020-02-07 about 5 p.m.", at("17:00"), at("17:00"), "stated"),
        ("2020-02-07 around 11 p.m. to 1 a.m.", at("23:00"), at("01:00", 8), "stated"),
        ("2020-02-07 after 17:00", at("17:00"), at("00:00", 8), "stated"),
        ("2020-02-07 before 5 pm", at("00:00"), at("17:00"), "stated"),
        ("2020-02-07 overnight", at("18:00"), at("06:00", 8), "assumed"),
        ("evening of 7 February 2020", at("17:00"), at("23:00"), "assumed"),
        ("7 Feb 2020", at("00:00"), at("00:00", 8), "stated"),
        ("three days ago", at("00:00", 8), at("00:00", 9), "derived"),
        ("yesterday, morning", at("06:00", 10), at("12:00", 10), "derived"),
        ("last night", at("18:00", 10), at("06:00", 11), "derived"),
    ],
)
def test_words_leave_a_spell_open_and_are_kept(said, low, high, basis):
    row = GOOD | {"start": said, "end": ""}
    claim = only(row)

    assert (claim.began_earliest, claim.began_latest) == (low, high)
    assert (claim.time_words, claim.time_basis) == (said, basis)
    [problem] = problems(row)
    assert (problem.code, problem.severity, problem.column, problem.value) == ("W-TIME-VAGUE", "warning", "start", said)
    assert problem.fix.startswith("confirm it")


def test_a_spell_ends_when_it_was_told_at_the_latest():
    claim = only(GOOD | {"start": "2020-02-11", "end": ""})

    assert (claim.began_earliest, claim.began_latest) == (at("00:00", 11), at("09:00", 11))


def test_a_start_that_is_only_a_day_began_before_it_ended():
    claim = only(GOOD | {"start": "2020-02-07", "end": "2020-02-07T20:00+06:00"})

    assert (claim.began_earliest, claim.began_latest) == (at("00:00"), at("20:00"))


@pytest.mark.parametrize(
    ("said", "over"),
    [("2020-02-07", at("00:00", 8)), ("2020-02", at("09:00", 11)), ("evening of 7 February 2020", None)],
)
def test_what_is_said_of_a_whole_day_is_over_by_its_end_or_when_it_was_told(said, over):
    assert only(GOOD | {"start": said, "end": ""}).ended_latest == over


def test_the_two_bounds_of_a_start_may_have_cells_of_their_own():
    claim = only(GOOD | {"start": "", "start_earliest": "2020-02-07T17:00", "start_latest": "2020-02-07T18:00"})

    assert (claim.began_earliest, claim.began_latest) == (at("17:00"), at("18:00"))


def test_a_bare_range_is_read_only_where_a_person_asked_for_it():
    row = GOOD | {"start": "2020-02-07 5-6 p.m.", "end": ""}

    assert [problem.code for problem in problems(row)] == ["E-TIME-RANGE"]
    assert only(row, vague=True).began_latest == at("18:00")


def test_an_unknown_time_is_unknown():
    claim = only(GOOD | {"start": "", "end": ""})

    assert (claim.began_earliest, claim.ended_latest, claim.time_basis) == (None, None, None)


@pytest.mark.parametrize("said", ["5/6/2020 10:00", "6/5/2020 10:00"])
def test_a_date_with_two_readings_is_refused_with_both(said):
    [problem] = problems(GOOD | {"start": said})

    assert "5 June" in problem.reason
    assert "6 May" in problem.reason
    assert problem.code == "E-DATE-AMBIGUOUS"


@given(st.datetimes(*YEARS), st.sampled_from(["Asia/Almaty", "America/New_York"]))
def test_any_wall_clock_is_read_as_its_zone_had_it_or_refused(wall, zone):
    text = wall.isoformat(timespec="minutes")
    row = GOOD | {"start": text, "end": "", "tz": zone, "recorded_at": "2026-01-01T00:00Z"}

    found = problems(row)

    if found:
        assert {problem.code for problem in found} <= {"E-TZ-GAP", "E-TZ-AMBIGUOUS"}
    else:
        assert only(row).began_latest.isoformat().startswith(text)


def test_a_start_from_one_clock_to_another_is_the_begin_and_the_end():
    claim = only(GOOD | {"start": "07.02.2020 с 17 до 05", "end": ""})

    assert (claim.began_earliest, claim.began_latest) == (at("17:00"), at("17:00"))
    assert (claim.ended_earliest, claim.ended_latest) == (at("05:00", 8), at("05:00", 8))
    assert claim.time_words == "07.02.2020 с 17 до 05"


def test_an_end_in_the_start_and_in_its_own_cell_is_one_too_many():
    found = problems(GOOD | {"start": "07.02.2020 с 17 до 05"})
    [problem] = [one for one in found if one.severity == "error"]

    assert (problem.code, problem.column) == ("E-TIME-TWICE", "end")


def test_two_bare_clocks_are_asked_about_with_both_of_their_days():
    [problem] = problems(GOOD | {"start": "2020-02-07, 17:00-05:00", "end": ""})

    assert problem.code == "E-TIME-RANGE"
    assert "start_latest 2020-02-08T05:00" in problem.fix
    assert "end 2020-02-08T05:00" in problem.fix


def test_the_zone_of_the_file_never_labels_the_times_of_another():
    row = GOOD | {"start": "2020-02-07T17:00+03:00", "end": "", "tz": ""}

    assert only(row, zone="Asia/Almaty").zone is None
    assert only(row | {"start": "2020-02-07T11:00Z"}, zone="Asia/Almaty").zone is None
    assert only(row | {"start": "2020-02-07T17:00+06:00"}, zone="Asia/Almaty").zone == "Asia/Almaty"
    assert only(row | {"tz": "Europe/Moscow"}, zone="Asia/Almaty").zone == "Europe/Moscow"


def test_the_order_of_the_dates_may_be_said():
    row = GOOD | {"start": "05/02/2020 17:00", "end": ""}

    assert only(row, date_order="day").began_latest == at("17:00", 5)
    [problem] = problems(row)
    assert problem.code == "E-DATE-AMBIGUOUS"
    assert "5 February" in problem.reason
    assert "2 May" in problem.reason


def test_a_midnight_that_a_program_added_to_every_date_is_the_whole_day(tmp_path):
    days = [GOOD | {"record_id": f"K-{day}", "start": f"2020-02-0{day} 00:00:00", "end": ""} for day in (6, 7)]
    clocked = table(tmp_path / "clocked.csv", days[0], days[1] | {"start": "2020-02-07 17:00:00"})

    for path, hours in ((table(tmp_path / "padded.csv", *days), 24), (clocked, 0)):
        first = next(one.records[0] for one in outcomes(opened(path, Given(path.name))))
        assert first.began_latest - first.began_earliest == timedelta(hours=hours)


# Counts


def test_what_parts_the_thousands_is_learnt_from_the_column_or_said(tmp_path):
    rows = [GOOD | NO_FIGURE | {"record_id": f"K-{cell}", "wounded_best": cell} for cell in ("1.000", "1.200")]
    path = table(tmp_path / "night.csv", *rows)

    read = [one.records[0].best for one in outcomes(opened(path, Given(path.name)))]

    assert read == [1000, 1200]
    assert [problem.code for problem in problems(rows[0])] == ["E-NUM-SEPARATOR"]
    assert [one.best for one in made(rows[0], decimal_mark=",")] == [1000]
    assert [one.best for one in made(rows[0], decimal_mark=".")] == [1]


def test_an_advice_for_two_figures_never_makes_one_of_them():
    [problem] = problems(GOOD | NO_FIGURE | {"killed_best": "10 (3 police)"})

    assert "103" not in problem.fix
    assert [one.best for one in made(GOOD | NO_FIGURE | {"killed_best": "10 (3 police)"}, vague=True)] == [10]


@pytest.mark.parametrize(
    ("said", "low", "best", "high"),
    [
        ("at least 10", 10, None, None),
        ("no fewer than 10", 10, None, None),
        ("more than 10", 11, None, None),
        ("up to 10", None, None, 10),
        ("fewer than 10", None, None, 9),
        ("about 10", None, 10, None),
        ("between 10 and 12", 10, None, 12),
        ("10 to 12", 10, None, 12),
        ("140 + 25", 140, None, 165),
    ],
)
def test_the_words_of_a_count_are_kept_beside_what_they_leave_open(said, low, best, high):
    row = GOOD | NO_FIGURE | {"wounded_best": said}
    [claim] = made(row)

    assert (claim.low, claim.best, claim.high, claim.figure_words) == (low, best, high, said)
    [problem] = problems(row)
    assert (problem.code, problem.severity, problem.value) == ("W-NUM-VAGUE", "warning", said)


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("10+", 10, None),
        (">10", 11, None),
        (">= 10", 10, None),
        ("<10", None, 9),
        ("10-12", 10, 12),
        ("dozens", None, None),
    ],
)
def test_a_bare_notation_is_read_only_where_a_person_asked_for_it(said, low, high):
    row = GOOD | NO_FIGURE | {"killed_best": said}

    assert [problem.severity for problem in problems(row)] == ["error"]
    [claim] = made(row, vague=True)
    assert (claim.low, claim.best, claim.high, claim.figure_words) == (low, None, high, said)


def test_dozens_is_never_a_number_and_the_word_has_a_cell_of_its_own():
    [claim] = made(GOOD | NO_FIGURE | {"killed_text": "dozens"})

    assert (claim.measure, claim.low, claim.best, claim.high, claim.figure_words) == (
        "killed",
        None,
        None,
        None,
        "dozens",
    )


@given(st.text(max_size=8))
def test_a_count_is_its_digits_or_its_words_or_refused(cell):
    row = GOOD | NO_FIGURE | {"killed_best": cell.strip()}

    found, claims = problems(row), made(row)

    if not found:
        [claim] = claims
        assert claim.best == (int(cell) if cell.strip() else None)
    assert bool(claims) == all(problem.severity == "warning" for problem in found)


# The table as a whole


def test_the_order_of_dates_is_learnt_from_the_column(tmp_path):
    path = table(
        tmp_path / "night.csv",
        GOOD | {"start": "31/01/2020 17:00", "end": ""},
        GOOD | {"record_id": "K-2", "start": "13/02/2020 17:00", "end": "", "recorded_at": "2020-02-14T00:00Z"},
    )

    read = list(outcomes(opened(path, Given(path.name))))

    assert [one.records[0].began_latest for one in read] == [
        datetime(2020, 1, 31, 11, tzinfo=UTC),
        datetime(2020, 2, 13, 11, tzinfo=UTC),
    ]
    assert {problem.code for one in read for problem in one.problems} == {"W-DATE-ORDER"}


def test_two_far_places_have_no_middle(tmp_path):
    path = table(tmp_path / "night.csv", GOOD, GOOD | {"record_id": "K-2", "lat": "-33.9", "lon": "18.4"})

    assert [one.problems for one in outcomes(opened(path, Given(path.name)))] == [(), ()]


def test_typed_cells_are_read_as_an_editor_would_have_typed_them():
    row = GOOD | {"start": datetime(2020, 2, 7, 17), "killed_best": 10.0, "lat": 42.928, "end": None}  # noqa: DTZ001 a workbook

    killed, _ = made(row)

    assert (killed.began_latest, killed.best, killed.ended_latest) == (at("17:00"), 10, None)


def test_nothing_is_shown_before_its_embargo_is_over(tmp_path):
    soon = (datetime.now(UTC) + timedelta(days=1)).isoformat(timespec="minutes")
    path = table(tmp_path / "night.csv", GOOD | {"embargo_until": soon}, GOOD | {"record_id": "K-2", "status": "draft"})

    read = list(outcomes(opened(path, Given(path.name))))

    assert all(claim.is_held_back(datetime.now(UTC)) for one in read for claim in one.records)
    assert [len(one.records) for one in read] == [2, 2]
    assert [problem.code for one in read for problem in one.problems] == ["withheld", "withheld"]


# Words about a night in which the clocks were changed: in Berlin at 02:00 on 29 March and at 03:00 on 25 October 2020


def changed(start, **cells):
    return GOOD | {"start": start, "end": "", "tz": "Europe/Berlin", "recorded_at": "2020-12-01T00:00Z"} | cells


@pytest.mark.parametrize(
    "said", ["about 2:30 am", "between 2:15 am and 2:45 am", "between 1 am and 2:30 am", "after 2:30 am", "by 2:30 am"]
)
def test_a_clock_that_was_never_shown_is_refused_in_words_too(said):
    [problem] = problems(changed(f"2020-03-29 {said}"))

    assert (problem.code, problem.column) == ("E-TZ-GAP", "start")
    assert "did not happen on that day in Europe/Berlin" in problem.reason


def test_a_clock_that_was_shown_twice_and_said_with_a_doubt_may_be_meant_either_time():
    claim = only(changed("2020-10-25 about 2:30 am"))

    assert claim.began_earliest == datetime(2020, 10, 25, 0, 30, tzinfo=UTC)
    assert claim.began_latest == datetime(2020, 10, 25, 1, 30, tzinfo=UTC)
    assert claim.began_latest - claim.began_earliest == timedelta(hours=1), (
        "also where only the offsets tell them apart"
    )


@pytest.mark.parametrize(("day", "hours"), [("2020-03-28", 24), ("2020-03-29", 23), ("2020-10-25", 25)])
def test_a_whole_day_is_as_long_as_it_was(day, hours):
    claim = only(changed(day))

    assert claim.began_latest - claim.began_earliest == timedelta(hours=hours)


def test_a_part_of_a_day_whose_first_hour_was_skipped_begins_when_the_clocks_were_put_forward():
    claim = only(changed("2020-03-29 early morning", tz="Europe/Kyiv"))

    assert claim.began_earliest == datetime(2020, 3, 29, 1, tzinfo=UTC), "03:00 became 04:00"
    assert claim.began_latest == datetime(2020, 3, 29, 5, tzinfo=UTC)


def test_a_day_whose_midnight_was_skipped_ends_when_the_clocks_were_put_forward():
    claim = only(changed("2018-11-03", tz="America/Sao_Paulo"))

    assert claim.began_latest == datetime(2018, 11, 4, 3, tzinfo=UTC), "00:00 became 01:00"
    assert claim.began_latest - claim.began_earliest == timedelta(hours=24)


@pytest.mark.parametrize("offset", ["-04:00", "-05:00"])
def test_an_hour_that_was_shown_twice_is_known_by_its_offset_and_is_no_range(offset):
    claim = only(changed(f"2020-11-01 01:30{offset}", tz="America/New_York"))

    assert claim.began_earliest == claim.began_latest == datetime.fromisoformat(f"2020-11-01T01:30{offset}")


PLACES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "America/Havana"]


@given(st.datetimes(*YEARS), st.sampled_from(PLACES), st.sampled_from(["about", "after", "by", "between 1 am and"]))
def test_the_bounds_of_words_are_in_order_as_instants_or_the_clock_was_never_shown(wall, zone, words):
    row = changed(f"{wall:%Y-%m-%d} {words} {wall:%I:%M %p}", tz=zone, recorded_at="2026-01-01T00:00Z") | NO_FIGURE

    claims, codes = made(row), {problem.code for problem in problems(row)}

    assert claims or codes == {"E-TZ-GAP"}
    assert all(claim.began_earliest.timestamp() <= claim.began_latest.timestamp() for claim in claims)
