"""The shared cases of publishers' files: each comes out as its readers would count it by hand."""

from tests.ingest.codebooks.tables import reading
from tests.lies.small_stories import told

from contested.cli.main import main


def killed(found):
    return [one.best for one in found.claims if one.measure == "killed"]


def test_words_of_the_notes_leave_the_coded_numbers_as_they_are(case):
    found = reading(case("publishers/acled_vague.csv"))

    assert killed(found) == [3, 3, 12]
    assert {one.figure_words for one in found.claims} == {None}


def test_rows_of_two_actors_are_one_event_with_both_of_them(case):
    found = reading(case("publishers/acled_monadic.csv"))

    assert killed(found) == [2]
    assert all(f"{who} (Examplia)" in found.claims[0].summary for who in ("Rioters", "Civilians"))
    assert [one.severity for one in found.problems] == ["warning"]


def test_a_row_of_tags_is_passed_over_with_a_notice(case):
    found = reading(case("publishers/acled_hxl.csv"))

    assert found.codes() == {("W-HXL", "warning"): 1}
    assert killed(found) == [1]


def test_a_running_total_is_known_by_cum_anywhere_in_a_name(case):
    found = reading(case("publishers/revisions_cum_reported.csv"))

    assert [(one.event_id, one.scope, one.best) for one in found.claims] == [
        ("on-2026-03-12", "event", 53),
        ("until-2026-03-12", "cumulative", 687),
        ("until-2026-03-12", "cumulative", 687),
    ]
    assert "53 to 687" not in told("casualty-counts", *found.claims).sentence


def test_the_first_page_of_a_reply_says_so(case):
    found = reading(case("events/ucdp_api_page1of43.json"))
    [part] = [one for one in found.problems if one.code == "W-JSON-PART"]

    assert part.reason == "page 1 of 43: 2 of 4,210 records are in this file"
    assert "W-JSON-PART" not in {one.code for one in reading(case("events/ucdp_api.json")).problems}


def test_a_year_of_two_digits_is_that_of_its_row(case):
    found = reading(case("publishers/acled_two_digit_year.csv"), "Asia/Almaty")

    assert {f"{one.began_earliest:%d %B %Y}" for one in found.claims} == {"31 December 2019"}


def test_a_day_of_acled_has_24_hours(case):
    found = reading(case("publishers/acled_days.csv"), "Asia/Almaty")
    hours = told("hourly-clashes", *found.claims, zone="Asia/Almaty").records()

    assert [row["possible"] for row in hours] == [1] * 48
    assert hours[-1]["hour"] == "2022-01-07T23:00:00+06:00"


def test_a_year_of_0202_is_an_error(case):
    found = reading(case("publishers/mistyped_year.csv"))

    assert [(one.row, one.column, one.severity) for one in found.problems] == [(3, "start", "error")]
    assert found.accepted == {2, 4}


def test_a_timeline_is_read_as_its_sheet_says(case):
    found = reading(case("events/timelinejs.csv"), "UTC")

    spans = {one.summary.split(":")[0]: (one.began_earliest, one.began_latest) for one in found.claims}
    assert [f"{one:%Y-%m-%d}" for one in spans["Year only"]] == ["2018-01-01", "2019-01-01"]
    assert f"{spans['Hour 24'][0]:%Y-%m-%d %H:%M}" == "2018-03-06 00:00"
    assert f"{spans['Half past six pm'][0]:%H:%M}" == "18:30"
    assert {"Month in words", "Locale thousands in year", "Same start and end"} <= set(spans)
    errors = {one.row: (one.column, one.reason) for one in found.problems if one.severity == "error"}
    assert errors[7] == ("month", "there is no month 13")
    assert errors[2][1].startswith("before our era")
    assert set(errors) == {2, 4, 7}


def test_figures_without_a_time_of_saying_are_drawn_in_a_strip_of_their_own_and_counted(case):
    answer = told("casualty-counts", *reading(case("events/ucdp_api.json"), "Asia/Almaty").claims)
    drawn = [trace for trace in answer.figure()["data"] if trace.get("hovertext")]

    assert {trace["xaxis"] for trace in drawn} == {"x2"}
    assert sum(len(trace["x"]) for trace in drawn) == (~answer.rows["is_part"]).sum() == 2
    notes = [note["text"] for note in answer.figure()["layout"]["annotations"]]
    assert "8 figures of some people only, such as the police or one hospital, in the table" in notes
    assert len(answer.rows) == 10
    assert "10 figures have no known time of statement" in answer.sentence


def test_a_zone_that_only_one_machine_knows_is_refused_with_the_names_that_are_near(case, capsys):
    assert main(["check", str(case("page/zone_of_the_machine"))]) == 2
    assert "zone 'localtime': no such time zone; use an IANA name such as Africa/Lome" in capsys.readouterr().err


def test_half_an_emoji_costs_its_row_and_no_other(case):
    found = reading(case("page/half_emoji.json"))

    assert found.accepted == {2, 3, 4}
    [problem] = found.problems
    assert (problem.row, problem.column, problem.value) == (5, "summary", "cut emoji \\ud83d")
    assert problem.reason == "holds half an emoji, a lone surrogate (U+D83D)"
