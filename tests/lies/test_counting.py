"""Counting: fifteen ways in which a naive dashboard lies about how many, C1–C15."""

import math

import pandas as pd
import pytest
from tests.claims_for_tests import bounds, claim, fields, night, table
from tests.lies.small_stories import ACLED, GED, fixture, hours, hovers, kept, killed, told, traces

from contested import Claim, read
from contested.query.rows import each

ALL_NIGHT = bounds("20:00", "20:00", "06:00", "06:00")
TEN_TO_ELEVEN = bounds("22:00", "22:00", "23:00", "23:00")


def test_c1_accounts_give_a_range_and_never_a_sum():
    north, south = killed("a", 10), killed("b", 8, account="south")

    naive = pd.Series([north.best, south.best]).sum()
    assert naive == 18

    found = told("casualty-counts", north, south)
    assert found.sentences[0] == "8 or 10 people killed, depending on the account."
    assert "18" not in found.sentence


def test_c1_historians_of_one_battle_give_a_range_and_never_a_sum():
    frame = pd.read_csv(fixture("casualty/acw_claims_long.csv")).dropna(subset="best")
    of_battle = (frame["battle"] == "Manassas I") & (frame["belligerent"] == "Confederate")
    rows = frame[of_battle & (frame["metric"] == "killed")]

    naive = rows["best"].sum()
    assert naive == 400 + 387 + 387 + 387

    found = told("casualty-counts", *(killed(row.claim_id, int(row.best), account=row.source) for row in each(rows)))
    assert found.sentences[0] == "387 or 400 people killed, depending on the account."
    assert "1561" not in found.sentence


def test_c2_successive_statements_of_one_total_are_one_total():
    series = [
        killed("a", 8, "09:00"),
        killed("b", 10, "10:00", supersedes=("a",)),
        killed("c", 11, "11:00", supersedes=("b",)),
    ]

    naive = sum(one.best for one in series)
    assert naive == 29

    found = told("casualty-counts", *series)
    assert found.sentences[0] == "11 people killed, according to north."
    assert [(row["best"], row["standing"]) for row in found.records()] == [
        (8, "superseded"),
        (10, "superseded"),
        (11, "standing"),
    ]


def test_c2_a_figure_of_another_event_does_not_replace_a_total():
    bridge, market = killed("a", 5, "09:00", event_id="bridge"), killed("b", 3, "10:00", event_id="market")

    naive = [bridge, market][-1].best
    assert naive == 3

    found = told("casualty-counts", bridge, market)
    assert "bridge" in found.sentence
    assert "market" in found.sentence
    assert found.sentences[0] != "3 people killed, according to north."


def test_c3_three_reports_of_a_clash_are_one_clash():
    reports = [claim(claim_id=one, source_id=one, **TEN_TO_ELEVEN) for one in ("a", "b", "c")]

    naive = len(reports)
    assert naive == 3

    found = told("hourly-clashes", *reports)
    assert hours(found) == {"22:00": (1, 1)}
    assert found.claim_ids() == [["a", "b", "c"]]


def test_c3_reports_that_differ_in_a_detail_are_still_one_clash():
    reports = [claim(claim_id="a", **TEN_TO_ELEVEN), claim(claim_id="b", **bounds("21:30", "22:30", "23:00", "23:30"))]

    naive = len({one.began_earliest for one in reports})
    assert naive == 2

    assert hours(told("hourly-clashes", *reports)) == {"22:00": (1, 1)}


def test_c3_reports_that_cannot_both_be_true_are_one_clash_that_the_account_contradicts():
    reports = [
        claim(claim_id="a", **bounds("18:00", "18:00", "19:00", "19:00")),
        claim(claim_id="b", **bounds("20:00", "20:00", "21:00", "21:00")),
    ]

    naive = len({one.began_earliest for one in reports})
    assert naive == 2

    found = told("hourly-clashes", *reports)
    assert hours(found) == {"18:00": (0, 1), "19:00": (0, 1), "20:00": (0, 1)}
    assert "contradicts itself" in found.sentence


def test_c4_an_unknown_figure_is_not_nought():
    counts, silent = killed("a", 9), killed("b", None, account="south")

    naive = pd.Series([counts.best, silent.best]).fillna(0)
    assert (naive.min(), naive.mean()) == (0, 4.5)

    found = told("casualty-counts", counts, silent)
    assert [row["best"] for row in found.records()] == [9, None]
    assert found.sentences[0] == "9 people killed, according to north."
    assert found.display()["best"].tolist() == ["9", "not stated"]


def test_c4_none_killed_is_a_claim_of_its_own():
    none = killed("a", 0)

    naive = none.best or None
    assert naive is None

    assert told("casualty-counts", none).sentences[0] == "0 people killed, according to north."


def test_c4_an_empty_cell_is_read_as_unknown_and_a_nought_as_nought(tmp_path):
    path = table(tmp_path / "claims.csv", fields(measure="killed", best="0"), fields(claim_id="k2", measure="killed"))

    naive = pd.read_csv(path)["best"].fillna(0).tolist()
    assert naive == [0, 0]

    assert [one.best for one in read(path)] == [0, None]


@pytest.mark.parametrize(("code", "notes"), [("12", "dozens of people were killed"), ("100", "hundreds were killed")])
def test_c5_a_word_that_was_coded_as_a_number_is_an_open_range_with_its_word(tmp_path, code, notes):
    path = table(tmp_path / "acled.csv", ACLED | {"fatalities": code, "notes": notes})

    naive = pd.read_csv(path)["fatalities"].sum()
    assert naive == int(code)

    [figure] = [one for one in kept(read(path)) if one.measure == "killed"]
    assert (figure.low, figure.best, figure.high) == (naive, naive, None)
    assert figure.figure_words == notes.split(maxsplit=1)[0]


def test_c5_dozens_without_a_number_are_told_as_dozens():
    dozens = killed("a", None, figure_words="dozens")

    naive = {"tens": 10, "dozens": 12, "hundreds": 100}[dozens.figure_words]
    assert naive == 12

    found = told("casualty-counts", dozens)
    assert "12" not in found.sentence
    assert "dozens" in found.sentence


def test_c5_the_word_stands_beside_its_range():
    dozens = killed("a", None, low=12, figure_words="dozens")

    naive = str(dozens.low)
    assert naive == "12"

    assert "dozens" in told("casualty-counts", dozens).sentence


RANGED = {"low": 8, "high": 20}


def test_c6_a_reported_range_keeps_its_own_best_figure():
    ranged = killed("a", 10, **RANGED)

    naive = (ranged.low + ranged.high) / 2
    assert naive == 14

    found = told("casualty-counts", ranged)
    assert [(row["low"], row["best"], row["high"]) for row in found.records()] == [(8, 10, 20)]
    assert "north 10 (8 to 20)" in found.sentence
    assert "14" not in found.sentence


def test_c6_a_reported_range_is_no_margin_of_error():
    ranged = killed("a", 10, **RANGED)

    naive = f"14 ± {(ranged.high - ranged.low) // 2} (95% confidence)"
    assert naive == "14 ± 6 (95% confidence)"

    found = told("casualty-counts", ranged)
    said = " ".join([found.sentence, found.chart.caveat, found.chart.definition, *hovers(found)])
    assert not {word for word in ("±", "95", "confidence", "margin", "error") if word in said}
    assert not any("error_y" in trace for trace in traces(found))


def test_c7_minima_and_maxima_are_not_added_up_to_a_range():
    north, south = killed("a", None, low=5, high=10), killed("b", None, account="south", **RANGED)

    naive = (north.low + south.low, north.high + south.high)
    assert naive == (13, 30)

    found = told("casualty-counts", north, south)
    assert found.sentences[0] == "5 to 20 people killed, depending on the account."
    assert not {"13", "30"} & set(found.sentence.split())


def test_c8_a_total_is_its_own_claim_and_not_the_sum_of_its_parts():
    total = killed("all", 5)
    fighters = killed("fighters", None, low=0, high=5, part_of=("all",), victims="fighters")
    civilians = killed("civilians", None, low=0, high=5, part_of=("all",), victims="civilians")

    naive = fighters.low + civilians.low
    assert naive == 0

    assert told("casualty-counts", total, fighters, civilians).sentences[0] == "5 people killed, according to north."


def test_c8_a_part_cannot_be_larger_than_its_total():
    asked = {"question": "How many people were killed?"}
    total, part = killed("all", 10, **asked), killed("part", 12, part_of=("all",), victims="civilians", **asked)

    naive = max(total.best, part.best)
    assert naive == 12

    rows = told("disagreements", total, part).records()
    assert [(row["relation"], row["claim_ids"]) for row in rows] == [("contradict", ["all", "part"])]
    assert "a part cannot be larger than its total" in rows[0]["sentence"]


def test_c8_a_part_may_be_as_large_as_its_total():
    total, part = killed("all", 10), killed("part", 10, part_of=("all",), victims="civilians")

    assert told("disagreements", total, part).records() == []


def test_c9_a_row_for_each_actor_is_one_clash_with_its_dead_once():
    rows = [
        claim(claim_id=actor, subkind=actor, measure="killed", best=5, stated_at=night("09:00"), **TEN_TO_ELEVEN)
        for actor in ("north", "south")
    ]

    naive = (len(rows), sum(row.best for row in rows))
    assert naive == (2, 10)

    assert hours(told("hourly-clashes", *rows)) == {"22:00": (1, 1)}
    assert told("casualty-counts", *rows).sentences[0] == "5 people killed, according to north."


def test_c9_a_file_with_a_row_for_each_actor_is_read_as_one_clash(tmp_path):
    by_actor = [ACLED, ACLED | {"actor1": "South", "actor2": "North"}]
    path = table(tmp_path / "monadic.csv", *by_actor)

    naive = pd.read_csv(path)["fatalities"].sum()
    assert naive == 10

    claims = kept(read(path))
    assert {row["possible"] for row in told("hourly-clashes", *claims).records()} == {1}
    assert told("casualty-counts", *claims).sentences[0].startswith("5 people killed")


def test_c10_three_days_of_fighting_are_one_block_with_one_total():
    fought = claim(
        measure="killed",
        best=9,
        began_earliest="2020-02-05T00:00Z",
        ended_latest="2020-02-08T00:00Z",
        stated_at="2020-02-09T00:00Z",
    )

    naive = pd.Series(fought.best / 3, pd.date_range(fought.began_earliest, periods=3))
    assert naive.tolist() == [3, 3, 3]

    assert {row["possible"] for row in told("hourly-clashes", fought).records()} == {1}
    assert [(row["stated_at"][:10], row["best"]) for row in told("casualty-counts", fought).records()] == [
        ("2020-02-09", 9)
    ]
    [block] = traces(told("timeline", fought))
    assert block["x"] == [3 * 24 * 3_600_000]


def test_c10_an_event_that_sums_up_others_is_read_as_a_block(tmp_path):
    summary = GED | {"event_clarity": "2", "date_prec": "2", "date_end": "2020-02-05 00:00:00.000"}
    path = table(tmp_path / "ged.csv", summary)

    naive = pd.to_datetime(pd.read_csv(path)["date_start"]).dt.date.nunique()
    assert naive == 1

    rows = told("hourly-clashes", *kept(read(path))).records()
    assert {(row["certain"], row["possible"]) for row in rows} == {(0, 1)}
    assert len(rows) == 5 * 24


SOUGHT, HOSPITAL = "sought medical help", "hospitalised"


def injured(claim_id, best, definition, clock="09:00"):
    return killed(claim_id, best, clock, definition=definition).model_copy(update={"measure": "injured"})


def test_c11_figures_of_two_definitions_are_told_apart():
    figures = [injured("a", 185, SOUGHT), injured("b", 34, HOSPITAL)]

    naive = sum(one.best for one in figures)
    assert naive == 219

    found = told("casualty-counts", *figures)
    assert "north 185 sought medical help and 34 hospitalised (8 Feb)" in found.sentence
    assert "219" not in found.sentence


def test_c11_a_figure_of_another_definition_does_not_replace_one():
    figures = [injured("a", 34, HOSPITAL, "09:00"), injured("b", 185, SOUGHT, "10:00")]

    naive = figures[-1].best
    assert naive == 185

    found = told("casualty-counts", *figures)
    assert {row["standing"] for row in found.records()} == {"standing"}
    assert "185 sought medical help" in found.sentence
    assert "34 hospitalised" in found.sentence


def test_c11_figures_of_two_definitions_do_not_contradict_each_other():
    asked = {"question": "How many people were injured?"}
    north = injured("a", 185, SOUGHT).model_copy(update=asked)
    south = injured("b", 34, HOSPITAL).model_copy(update=asked | {"account": "south"})

    naive = north.best == south.best
    assert not naive

    assert told("disagreements", north, south).records() == []


def test_c12_what_was_revised_is_still_there_as_known_then():
    first, revised = killed("a", 8, "09:00"), killed("b", 11, "11:00", supersedes=("a",))

    naive = pd.Series([first.best, revised.best], ["night", "night"]).groupby(level=0).last()
    assert naive.tolist() == [11]

    assert (
        told("casualty-counts", first, revised, as_known_at=night("10:00")).sentences[0].startswith("8 people killed")
    )
    assert (
        told("casualty-counts", first, revised, as_known_at=night("11:00")).sentences[0].startswith("11 people killed")
    )
    assert [row["best"] for row in told("casualty-counts", first, revised).records()] == [8, 11]


def test_c12_what_was_withdrawn_leaves_its_row():
    withdrawn = killed("a", 9, status="withdrawn")

    naive = [one for one in [withdrawn] if one.status != "withdrawn"]
    assert naive == []

    assert [(row["best"], row["standing"]) for row in told("casualty-counts", withdrawn).records()] == [
        (9, "withdrawn")
    ]


def test_c12_what_was_withdrawn_stood_until_then():
    withdrawn = killed("a", 9, "09:00", status="withdrawn", withdrawn_at=night("11:00"))

    naive = [one for one in [withdrawn] if one.status != "withdrawn"]
    assert naive == []

    assert told("casualty-counts", withdrawn, as_known_at=night("10:00")).sentences[0].startswith("9 people killed")
    assert told("casualty-counts", withdrawn, as_known_at=night("11:00")).title.startswith("No account")


def test_c12_every_revision_of_a_real_series_can_be_asked_for():
    frame = pd.read_csv(fixture("casualty/gaza_daily_revisions.extract2000.csv"))
    rows = frame[(frame["report_date"] == "2023-11-29") & (frame["field"] == "killed_cum") & (frame["op"] != "delete")]
    first, revised = (killed(row.commit, int(row.value), stated_at=row.known_from_utc) for row in each(rows))
    revised = revised.model_copy(update={"supersedes": (first.claim_id,)})

    naive = rows.groupby("report_date")["value"].last().tolist()
    assert naive == ["14800"]

    then = told("casualty-counts", first, revised, as_known_at="2024-02-01T00:00Z")
    now = told("casualty-counts", first, revised)
    assert then.sentences[0] == "15000 people killed, according to north."
    assert now.sentences[0] == "14800 people killed, according to north."
    assert [row["best"] for row in now.records()] == [15000, 14800]


def test_c13_a_filter_is_the_answer_s_own_and_stays_with_it():
    north, south = claim(claim_id="a", **TEN_TO_ELEVEN), claim(claim_id="b", account="south", **TEN_TO_ELEVEN)
    before = told("timeline", north, south)

    shared = [north, south]
    shared[:] = [one for one in shared if one.account == "north"]
    naive = len(shared)
    assert naive == 1

    filtered = told("hourly-clashes", north, south, account=["north"])
    after = told("timeline", north, south)
    assert (filtered.claims, after.claims) == (1, 2)
    assert "according to north · 1 account hidden · 1 claim" in filtered.stamp()
    assert "all accounts · 2 claims" in after.stamp()
    assert after.records() == before.records()


def test_c13_an_hour_of_which_a_part_is_in_view_is_counted_whole_or_called_partial():
    early = claim(claim_id="a", event_id="early", **bounds("22:00", "22:00", "22:30", "22:30"))
    late = claim(claim_id="b", event_id="late", **bounds("22:40", "22:40", "22:50", "22:50"))

    naive = len([one for one in (early, late) if one.began_latest < pd.Timestamp(night("22:35"))])
    assert naive == 1

    found = told("hourly-clashes", early, late, until=night("22:35"))
    assert hours(found) == {"22:00": (2, 2)} or "partial" in found.sentence.lower()


def test_c14_one_death_has_a_mark_as_large_as_a_hundred():
    one, hundred = killed("a", 1), killed("b", 100, account="south")

    naive = [math.log(figure.best) * 1.8 for figure in (one, hundred)]
    assert naive[0] == 0

    drawn = traces(told("casualty-counts", one, hundred))
    sizes = [trace["marker"]["size"] for trace in drawn if "customdata" in trace]
    assert sizes == [10, 10]


def test_c14_a_range_is_a_mark_with_a_band_and_no_area():
    ranged = killed("a", 10, **RANGED)

    naive = {"stackgroup": "killed", "fill": "tonexty"}
    assert "stackgroup" in naive

    drawn = traces(told("casualty-counts", ranged))
    [mark] = [trace for trace in drawn if "customdata" in trace]
    assert mark["y"] == [10]
    assert [8, 20, None] in [trace["y"] for trace in drawn]
    assert not any(set(naive) & set(trace) for trace in drawn)


def test_c15_two_clashes_nearby_within_the_hour_stay_two():
    here = {"place": "masanchi", "latitude": 42.93, "longitude": 75.30}
    first = claim(claim_id="a", event_id="bridge", **bounds("22:00", "22:00", "23:00", "23:00"), **here)
    second = claim(claim_id="b", event_id="market", **bounds("22:10", "22:10", "23:00", "23:00"), **here)

    alike = {(one.kind, one.place, one.began_latest.replace(minute=0)) for one in (first, second)}
    naive = len(alike)
    assert naive == 1

    assert hours(told("hourly-clashes", first, second)) == {"22:00": (2, 2)}


def test_c15_a_doubt_about_which_event_it_was_is_said():
    sure = claim(claim_id="a", **TEN_TO_ELEVEN)
    unsure = claim(claim_id="b", same_event="unclear", **bounds("21:30", "22:30", "23:00", "23:30"))

    naive = len({one.event_id for one in (sure, unsure)})
    assert naive == 1

    found = told("hourly-clashes", sure, unsure)
    assert "unclear" in found.sentence


def test_a_claim_keeps_one_figure_so_that_there_is_nothing_to_add_within_it():
    assert {"measure", "low", "best", "high"} <= set(Claim.model_fields)
    assert not {name for name in Claim.model_fields if name.startswith(("killed", "injured", "total"))}
