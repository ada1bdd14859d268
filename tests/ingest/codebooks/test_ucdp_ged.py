"""UCDP GED: what a row is coded to bounds its time and place, and nothing out of order is put in order."""

from datetime import datetime, timedelta
from itertools import dropwhile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ingest.codebooks.tables import published, written
from tests.lies.small_stories import GED, fixture, told

from contested.ingest.codebooks import recognise, ucdp_ged
from contested.ingest.options import Given
from contested.ingest.sandbox import examine

RELEASES = (
    "ged211_global_176579.extract2000",
    "ged231_sample1000",
    "ged_syria_16566.extract2000",
    "hdx_ukr_v1_to2018",
    "hdx_ukr_v2_to2019",
)
every_release = pytest.mark.parametrize("path", [f"ucdp/{name}.csv" for name in RELEASES], ids=RELEASES)


def release(path):
    """Read the rows of a release that we accept without our own code: as words by row, and their figures as numbers."""
    frame = pd.read_csv(fixture(path), dtype=str).rename(columns=lambda column: column.removesuffix("_death"))
    frame.index += 2
    events = frame[frame.index.isin(published(path).accepted)]
    return frame, events, events[["low", "best", "high"]].astype(float)


@pytest.fixture
def read_rows(tmp_path):
    return lambda *rows, zone=None: written(tmp_path, *rows, zone=zone)


def test_a_row_is_an_event_its_total_and_the_parts_of_that_total(read_rows):
    found = read_rows(GED)

    assert [(one.claim_id, one.kind, one.best) for one in found.claims] == [
        ("ucdp-1", "clash", None),
        ("ucdp-1-killed", "casualties", 5),
        ("ucdp-1-deaths-a", "casualties", 0),
        ("ucdp-1-deaths-b", "casualties", 0),
        ("ucdp-1-deaths-civilians", "casualties", 0),
        ("ucdp-1-deaths-unknown", "casualties", 5),
    ]
    assert {one.part_of for one in found.claims[2:]} == {("ucdp-1-killed",)}
    assert [one.victims for one in found.claims[1:]] == [None, "North", "South", "civilians", "unknown"]
    assert found.problems == []


def test_ucdp_is_an_account_of_its_own_and_its_reports_are_the_source(read_rows):
    event = read_rows(GED).one("ucdp-1")

    assert (event.account, event.speaker, event.source_id) == ("UCDP", "police", "Reuters News 2020-03-01")
    assert event.summary == "Non-state violence: North and South, Masanchi, Jambyl."
    assert (event.place, event.latitude, event.longitude, event.radius_km) == ("Masanchi, Jambyl", 42.93, 75.30, None)


def test_when_ucdp_said_it_is_unknown_but_not_before_its_latest_report(read_rows):
    event = read_rows(GED | {"source_date": "2020-03-01;2020-02-27;undated"}).one("ucdp-1")

    assert event.stated_at is None
    assert event.stated_earliest == datetime.fromisoformat("2020-03-01T00:00Z")


def test_violence_against_those_who_do_not_fight_back_is_no_clash(read_rows):
    assert read_rows(GED | {"type_of_violence": "3"}).one("ucdp-1").kind == "assault"


@pytest.mark.parametrize(
    ("coded", "first", "last", "words"),
    [
        (("1", "2020-02-05", "2020-02-05"), "2020-02-05", "2020-02-05", "2020-02-05, known to the day"),
        (("2", "2020-02-05", "2020-02-07"), "2020-02-05", "2020-02-07", "2020-02-05 to 2020-02-07, known to the 2"),
        (("2", "2020-02-05", "2020-02-05"), "2020-01-31", "2020-02-10", "2020-02-05, known to the 2 to 6 days"),
        (("3", "2020-02-03", "2020-02-09"), "2020-02-03", "2020-02-09", "2020-02-03 to 2020-02-09, known to the week"),
        (("3", "2020-02-05", "2020-02-05"), "2020-01-30", "2020-02-11", "2020-02-05, known to the week"),
        (("4", "2020-02-10", "2020-02-18"), "2020-02-01", "2020-02-29", "2020-02-10 to 2020-02-18, known to the month"),
        (("5", "2020-02-10", "2020-02-18"), "2020-01-01", "2020-12-31", "2020-02-10 to 2020-02-18, known to the more"),
        (("5", "2020-02-10", "2020-06-18"), "2020-02-10", "2020-06-18", "2020-02-10 to 2020-06-18, known to the more"),
    ],
    ids=["day", "days", "some-day", "week", "a-week", "month", "year", "months"],
)
def test_a_code_reaches_as_far_as_the_event_may_lie(read_rows, coded, first, last, words):
    event = read_rows(GED | dict(zip(("date_prec", "date_start", "date_end"), coded, strict=True))).one("ucdp-1")

    assert event.began_earliest == datetime.fromisoformat(f"{first}T00:00Z")
    assert event.ended_latest == datetime.fromisoformat(f"{last}T00:00Z") + timedelta(1)
    assert (event.began_latest, event.ended_earliest) == (None, None)
    assert event.time_words.startswith(words)


DATES = st.dates(min_value=datetime(1989, 1, 1).date(), max_value=datetime(2030, 1, 1).date())  # noqa: DTZ001 a day


@given(DATES, st.integers(0, 400), st.sampled_from("12345"))
def test_what_a_row_names_always_lies_within_its_bounds(first, days, precision):
    last = first + timedelta(days)
    row = GED | {"date_prec": precision, "date_start": str(first), "date_end": str(last)}

    event = next(iter(ucdp_ged.to_claims(2, row, Given("ged.csv"))))
    assert event["began_earliest"].date() <= first
    assert event["ended_latest"].date() > last


def test_a_day_is_read_in_the_zone_that_a_person_names_and_otherwise_says_that_utc_is_assumed(read_rows):
    assumed, named = (read_rows(GED, zone=zone).one("ucdp-1") for zone in (None, "Asia/Almaty"))

    assert (assumed.time_basis, assumed.zone) == ("assumed", None)
    assert (named.time_basis, named.zone) == ("derived", "Asia/Almaty")
    assert assumed.began_earliest - named.began_earliest == timedelta(hours=6)


@pytest.mark.parametrize(("code", "km"), [("1", None), ("2", 25), ("4.0", 200), ("6", 1000)])
def test_where_prec_is_a_radius(read_rows, code, km):
    assert read_rows(GED | {"where_prec": code}).one("ucdp-1").radius_km == km


def test_a_region_is_named_with_its_village_and_once_where_it_is_all_that_is_known(read_rows):
    region = {"where_coordinates": "Jambyl region", "adm_1": "Jambyl region", "adm_2": ""}

    assert read_rows(GED | region).one("ucdp-1").place == "Jambyl region"


def test_bounds_out_of_order_are_flagged_and_told_in_words_but_never_sorted(read_rows):
    found = read_rows(GED | {"low": "177", "best": "142", "high": "177", "deaths_unknown": "142"})

    total = found.one("ucdp-1-killed")
    assert (total.low, total.best, total.high) == (None, 142, None)
    assert total.figure_words == "low 177, best 142, high 177"
    [problem] = found.problems
    assert (problem.code, problem.row, problem.column, problem.severity) == ("W-NUM-ORDER", 2, "best", "warning")
    assert problem.reason == "out of order: low 177, best 142, high 177"


def test_parts_that_do_not_make_up_the_total_are_flagged(read_rows):
    found = read_rows(GED | {"deaths_a": "3"})

    assert found.codes() == {("W-NUM-SUM", "warning"): 1}
    assert found.one("ucdp-1-killed").best == 5


def test_an_empty_figure_is_unknown_and_not_zero(read_rows):
    found = read_rows(GED | dict.fromkeys(("low", "best", "high", "deaths_a", "deaths_b"), ""))

    assert [one.claim_id for one in found.claims if one.measure] == ["ucdp-1-deaths-civilians", "ucdp-1-deaths-unknown"]
    assert {one.part_of for one in found.claims} == {()}


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"id": ""}, "id", "empty"),
        ({"type_of_violence": "9"}, "type_of_violence", "not in the list"),
        ({"date_prec": "7"}, "date_prec", "not in the list"),
        ({"date_start": "02/03/2020"}, "date_start", "may be 2 March 2020 or 3 February 2020"),
        ({"date_end": "2020-01-01"}, "date_end", "lies before date_start (2020-02-01)"),
        ({"date_start": ""}, "date_start", "no date"),
        ({"best": "many"}, "best", "not a whole number"),
        ({"best": "-1"}, "best", "not a whole number"),
        ({"best": "1" * 5000}, "best", "not a whole number"),
        ({"latitude": "north"}, "latitude", "not a number"),
    ],
    ids=str,
)
def test_a_cell_that_cannot_be_read_stops_its_whole_row_and_says_so(read_rows, cells, column, reason):
    found = read_rows(GED | cells, GED | {"id": "2"})

    assert {(one.row, one.column, one.reason) for one in found.problems} == {(2, column, reason)}
    assert (found.accepted, found.rejected) == ({3}, {2})


def test_ids_and_codes_that_a_spreadsheet_wrote_with_a_point_are_the_same(read_rows):
    pointed = {"id": "1.0", "type_of_violence": "2.0", "date_prec": "1.0", "where_prec": "1.0", "best": "5.0"}

    assert read_rows(GED | pointed).claims == read_rows(GED).claims


def test_cells_with_types_of_their_own_are_read_like_their_words():
    typed = {"id": 1, "type_of_violence": 2.0, "best": 5, "gwnoa": None, "date_start": datetime(2020, 2, 1)}  # noqa: DTZ001

    assert list(ucdp_ged.to_claims(2, GED | typed, Given("a"))) == list(ucdp_ged.to_claims(2, GED, Given("a")))


def test_an_unnamed_index_column_and_upper_case_are_passed_over(read_rows):
    loud = {"": "17"} | {column.upper(): cell for column, cell in GED.items()}

    assert read_rows(loud).claims == read_rows(GED).claims


def test_a_row_of_tags_is_passed_over_with_a_notice_and_a_headline_with_a_hash_is_not(read_rows):
    tags = dict.fromkeys(GED, "") | {"year": "#date+year", "adm_1": "#adm1+name", "source_headline": "#description"}
    found = read_rows(tags, GED | {"source_headline": "#WarinUkraine"})

    assert found.codes() == {("W-HXL", "warning"): 1}
    assert (found.accepted, found.rejected) == ({3}, {2})


def test_a_summary_of_several_events_says_so(read_rows):
    assert read_rows(GED | {"event_clarity": "2"}).one("ucdp-1").summary.endswith("Jambyl (several events summed up).")


def test_a_thinned_copy_names_a_day_and_that_its_precision_is_unknown(read_rows):
    thin = {
        **{name: GED[name] for name in ("id", "country", "conflict_name", "side_a", "side_b", "latitude", "longitude")},
        "year": "1990.0",
        "month": "10.0",
        "day": "10",
        "type_of_violence": "State-based violence",
        "low_death": "136.0",
        "best_death": "136.0",
        "high_death": "135.0",
    }
    found = read_rows(thin, zone="Asia/Kabul")

    assert recognise(thin).name == "ucdp_ged"
    assert found.one("ucdp-1").time_basis == "assumed"
    assert found.one("ucdp-1").time_words == "1990-10-10, precision not given"
    assert [(one.column, one.value) for one in found.problems] == [("best_death", "136.0")]


# Releases as they were published


@every_release
def test_every_row_of_a_release_is_accepted_or_explained(path):
    frame, events, _ = release(path)
    found = published(path)

    tagged = set(frame.index[frame["year"].str.startswith("#")])
    unseen = {row for row, cells in frame.iterrows() if any("\u200b" in str(cell) for cell in cells)}
    assert found.accepted | found.rejected == set(frame.index)
    assert tagged <= found.rejected <= tagged | unseen
    assert {claim.event_id for claim in found.claims} == {f"ucdp-{float(number):.0f}" for number in events["id"]}
    assert all(problem.reason and problem.fix for problem in found.problems)


@every_release
def test_the_killed_of_each_year_add_up_to_what_pandas_adds_up(path):
    _, events, figures = release(path)
    naive = figures["best"].groupby(events["year"].astype(float)).sum().to_dict()

    totals = [claim for claim in published(path).claims if claim.claim_id.endswith("-killed")]
    ours = pd.Series([claim.best for claim in totals]).groupby([float(claim.time_words[:4]) for claim in totals]).sum()
    assert ours.to_dict() == naive
    assert len(totals) == len(events)


@every_release
def test_every_row_out_of_order_is_flagged_and_no_other(path):
    _, _, figures = release(path)
    disordered = (figures["low"] > figures["best"]) | (figures["best"] > figures["high"])

    flagged = [problem.row for problem in published(path).problems if problem.code == "W-NUM-ORDER"]
    assert flagged == list(figures.index[disordered])
    assert flagged


def test_two_releases_of_one_extract_name_the_same_events():
    pair = [f"ucdp/{name}.csv" for name in ("hdx_ukr_v1_to2018", "hdx_ukr_v2_to2019")]
    older, newer = ({claim.event_id for claim in published(path).claims} for path in pair)

    first, second = (set(release(path)[1]["id"]) for path in pair)
    assert len(older & newer) == len(first & second) > 0


def test_a_week_of_a_release_goes_through_the_charts_without_a_certain_hour():
    week = [claim for claim in published("ucdp/ged231_sample1000.csv").claims if claim.event_id == "ucdp-21300"]

    rows = told("hourly-clashes", *week).records()
    assert {(row["certain"], row["possible"]) for row in rows} == {(0, 1)}
    assert len(rows) == 7 * 24


# Candidate releases of a month sometimes come without their headings; whose columns they are is not guessed


@every_release
def test_a_release_without_its_headings_is_refused_as_such_and_not_by_its_figures(path, tmp_path):
    _, *lines = fixture(path).read_text(encoding="utf-8-sig").splitlines(keepends=True)
    bare = tmp_path / "candidate.csv"
    bare.write_text("".join(dropwhile(lambda line: "#date" in line, lines)), encoding="utf-8")

    found = examine(bare, Given(bare.name))

    [problem] = found.problems
    assert found.refused
    assert (problem.code, problem.row) == ("E-HEAD-NONE", 1)
    assert problem.reason.startswith("row 1 holds data, not headings")
    assert "the names of the columns" in problem.fix


def test_with_its_headings_put_above_it_such_a_release_is_read_again(read_rows, tmp_path):
    whole = read_rows(GED)
    values = ",".join(GED.values())
    mended = tmp_path / "candidate.csv"
    mended.write_text(f"{','.join(GED)}\n{values}\n", encoding="utf-8")

    assert examine(mended, Given(mended.name)).claims == len(whole.claims)


@pytest.mark.parametrize("names", ["account,2019,2020", "2020-01-22,2020-01-23,account", "account,1,2,3"])
def test_a_number_that_names_one_column_is_a_name(names, tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text(f"{names}\n", encoding="utf-8")

    assert "E-HEAD-NONE" not in {problem.code for problem in examine(path, Given(path.name)).problems}


def test_what_stops_every_record_of_a_row_is_said_once(read_rows):
    outcome = read_rows(GED | {"id": "9", "latitude": "43,05"})

    assert [(one.column, one.value) for one in outcome.problems] == [("latitude", "43,05")]
