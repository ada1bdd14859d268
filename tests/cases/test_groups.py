"""Groups and parts of the clock of real logs come to what pandas reckons from the same rows."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from contested import CHARTS, Selection, Store, answer
from contested.ingest.mapping import ColumnMapping, written
from contested.ingest.options import Given
from contested.library import open_story

LOGS = Path(__file__).parents[3] / "shared" / "fixtures" / "response"
FRISCO = "sf_fire_calls_nikitaAD.extract2000.csv"
ROSS_VALLEY = "rvfd_calls.extract2000.csv"
ZONE = "America/Los_Angeles"
MAPPING = {
    "columns": {
        "Call Number": "event_id",
        "Unit ID": "responding_unit",
        "Received DtTm": "call",
        "Dispatch DtTm": "dispatch",
        "Response DtTm": "en_route",
        "On Scene DtTm": "arrival",
        "Available DtTm": "end",
        "Priority": "group",
        "Battalion": "group",
        "Call Type Group": "group",
    },
    "constants": {"account": "log"},
    "zone": ZONE,
}


def kept(name, given):
    if not LOGS.is_dir():
        pytest.skip("the shared logs do not lie beside this checkout")
    story = open_story(LOGS / name, None, given)
    return story, Store(story.claims)


@pytest.fixture(scope="module")
def frisco():
    return kept(FRISCO, Given(FRISCO, ZONE, mapping=written(ColumnMapping.model_validate(MAPPING))))


@pytest.fixture(scope="module")
def frisco_as_it_is():
    return kept(FRISCO, Given(FRISCO, ZONE))


@pytest.fixture(scope="module")
def ross_valley():
    return kept(ROSS_VALLEY, Given(ROSS_VALLEY, ZONE))


def asked(log, key="pooled-delays", **chosen):
    story, store = log
    chart = next(one for one in CHARTS if one.key == key)
    return answer(chart, story, store, Selection(zone=ZONE, **chosen))


def numbers(minutes):
    """Count the delays of a group, and give its median and 90 % as the least delays that so many do not exceed."""
    if len(minutes) < 10:
        return len(minutes), None, None
    return len(minutes), *(round(np.quantile(minutes, share, method="inverted_cdf"), 6) for share in (0.5, 0.9))


def _only(values):
    several = {*values.dropna()}
    return several.pop() if len(several) == 1 else None


def told(found):
    rows = found.rows[found.rows["n"] > 0]
    return {
        value if isinstance(value, str) else None: (
            n,
            *(None if pd.isna(end) else round(end, 6) for end in (median, p90)),
        )
        for value, n, median, p90 in zip(
            rows["group_value"], rows["n"], rows["median_low"], rows["p90_low"], strict=True
        )
    }


@pytest.mark.parametrize("column", ["Priority", "Battalion", "Call Type Group"])
def test_each_group_of_san_francisco_has_the_n_median_and_90_percent_of_pandas(frisco, column):
    rows = pd.read_csv(LOGS / FRISCO, dtype=str)
    stamps = {
        name: pd.to_datetime(rows[f"{name} DtTm"], format="%m/%d/%Y %I:%M:%S %p") for name in ("Received", "On Scene")
    }
    calls = rows.assign(**stamps).groupby("Call Number")
    minutes = (calls["On Scene"].min() - calls["Received"].min()).dt.total_seconds() / 60
    of = calls[column].agg(_only)
    reached = minutes.dropna()
    expected = {value: numbers(some) for value, some in reached.groupby(of[reached.index])}
    none = reached[of[reached.index].isna()]

    found = told(asked(frisco, start="call", group=column))

    assert found == expected | ({None: numbers(none)} if len(none) else {})
    assert sum(n for n, _, _ in found.values()) == len(reached)


@pytest.mark.parametrize("column", ["Priority", "Battalion", "Call Type Group"])
def test_a_known_log_as_it_is_has_the_groups_that_it_has_with_a_mapping(frisco, frisco_as_it_is, column):
    assert told(asked(frisco_as_it_is, start="call", group=column)) == told(asked(frisco, start="call", group=column))


def test_of_san_francisco_what_calls_have_in_kind_is_kept_and_nothing_else(frisco_as_it_is):
    rows, offered = pd.read_csv(LOGS / FRISCO, dtype=str), frisco_as_it_is[1].facets().kept_columns

    assert not {"Call Number", "RowID", "Incident Number", "Call Date", "Address", "Box", "Location"} & {*offered}
    assert {name: offered[name].number for name in ("Call Type", "Battalion", "Station Area", "Unit Type")} == {
        name: rows[name].nunique() for name in ("Call Type", "Battalion", "Station Area", "Unit Type")
    }


@pytest.mark.parametrize("part", ["weekday", "hour", "year"])
def test_each_part_of_the_calendar_of_ross_valley_has_the_numbers_of_pandas(ross_valley, part):
    claims = ross_valley[0].claims.select(["event_id", "kind", "began_earliest", "began_latest"]).to_pandas()
    first = {
        kind: claims[claims["kind"] == kind].groupby("event_id")[["began_earliest", "began_latest"]].min()
        for kind in ("dispatch", "arrival")
    }
    both = first["dispatch"].join(first["arrival"], suffixes=("", "_a"), how="inner").dropna()
    both = both[(both["began_earliest"] == both["began_latest"]) & (both["began_earliest_a"] == both["began_latest_a"])]
    minutes = (both["began_earliest_a"] - both["began_earliest"]).dt.total_seconds() / 60
    local = both["began_earliest"].dt.tz_localize("UTC").dt.tz_convert(ZONE)
    form = {"weekday": "%A", "hour": "%H:00", "year": "%Y"}[part]
    expected = {value: numbers(some) for value, some in minutes.groupby(local.dt.strftime(form))}

    found = told(asked(ross_valley, start="dispatch", group=part))

    assert {value: row for value, row in found.items() if value} == expected


def test_narrowed_to_a_group_the_whole_is_its_row(frisco):
    rows = told(asked(frisco, start="call", group="Battalion"))

    for value in ("B03", "B07"):
        alone = told(asked(frisco, start="call", where=[f"Battalion={value}"]))
        assert alone == {None: rows[value]}


def test_two_priorities_are_compared_in_one_sentence(frisco):
    chosen = {"start": "call", "target_minutes": 8, "where": ["Priority=2", "Priority=3"], "calls": "every"}
    found = asked(frisco, group="Priority", **chosen)

    assert found.title == "Priority 3 calls were reached 6 minutes sooner than Priority 2 calls"
    assert "less than once in 1,000 times (log-rank test)" in found.sentence


def test_the_parts_of_the_clock_have_the_90_percent_of_pandas(frisco):
    rows = pd.read_csv(LOGS / FRISCO, dtype=str)
    calls = rows.assign(
        **{
            name: pd.to_datetime(rows[f"{name} DtTm"], format="%m/%d/%Y %I:%M:%S %p")
            for name in ("Received", "Dispatch", "Response", "On Scene")
        }
    ).groupby("Call Number")
    ends = {
        "alarm handling": ("Received", "Dispatch"),
        "turnout": ("Dispatch", "Response"),
        "travel": ("Response", "On Scene"),
    }

    found = asked(frisco, "parts-of-the-clock")

    for row in found.rows[found.rows["part"] != "total response"].itertuples():
        start, stop = ends[row.part]
        minutes = ((calls[stop].min() - calls[start].min()).dt.total_seconds() / 60).dropna()
        assert (row.n, round(row.p90_low, 6)) == (len(minutes), numbers(minutes)[2])
        assert row.p90_least <= row.p90_low <= row.p90_most


def test_of_a_wide_log_of_three_calls_the_agencies_are_kept_and_none_is_compared(case):
    path = case("dispatch/wide_log.csv")
    columns = {"Agency": "group", "Incident_Start_Time": "call", "Incident_Arrival_Time": "arrival"}
    mapping = ColumnMapping.model_validate({"columns": columns, "constants": {"account": "log"}, "zone": ZONE})
    story = open_story(path, None, Given(path.name, ZONE, mapping=written(mapping)))

    log = (story, Store(story.claims))
    found = asked(log, start="call", group="Agency")
    assert found.title == "Too few delays to compare: none of 2 groups has ten"
    assert {value: n for value, (n, _, _) in told(found).items()} == {"EMS": 1, "FIRE": 1}
    assert "No delay of POLICE." in found.sentence
    assert told(asked(log, start="call", where=["Agency=FIRE"])) == {None: (1, None, None)}
    [row] = asked(log, start="call", where=["Agency=FIRE"]).rows["delays"]
    assert round(row["low"].iloc[0], 2) == 5.51


@pytest.mark.parametrize("group", [None, "Battalion"])
def test_each_further_unit_of_san_francisco_comes_when_pandas_says(frisco, group):
    rows = pd.read_csv(LOGS / FRISCO, dtype=str)
    stamps = {
        name: pd.to_datetime(rows[f"{name} DtTm"], format="%m/%d/%Y %I:%M:%S %p") for name in ("Received", "On Scene")
    }
    calls = rows.assign(**stamps).groupby("Call Number")
    received, sent = calls["Received"].min(), calls["Unit ID"].nunique()
    of = calls[group].agg(_only) if group else pd.Series("all", received.index)
    found = asked(frisco, "units-on-scene", start="call", group=group).rows
    told = {(row.unit, row.group_value or "all"): row for row in found.itertuples()}

    for unit in range(1, 7):
        came = calls["On Scene"].apply(
            lambda some, unit=unit: some.dropna().sort_values().reset_index(drop=True).get(unit - 1)
        )
        minutes = (pd.to_datetime(came) - received).dt.total_seconds() / 60
        for value, own in minutes.groupby(of):
            row, reached, enough = told[unit, value], own.dropna(), sent[own.index] >= unit
            ends = [None if pd.isna(end) else round(end, 6) for end in (row.median_low, row.p90_low)]
            assert (row.n, *ends) == numbers(reached)
            assert row.n_fewer_sent == (~enough).sum()
            assert row.n_not_arrived + row.n_not_told == (enough & own.isna()).sum()


def minutes_of_san_francisco():
    """Give when each call of the log was received, and how many minutes its first unit took."""
    rows = pd.read_csv(LOGS / FRISCO, dtype=str)
    stamps = {
        name: pd.to_datetime(rows[f"{name} DtTm"], format="%m/%d/%Y %I:%M:%S %p") for name in ("Received", "On Scene")
    }
    calls = rows.assign(**stamps).groupby("Call Number")
    received = calls["Received"].min()
    return received, ((calls["On Scene"].min() - received).dt.total_seconds() / 60).dropna(), calls


NEW_YEAR = "2017-01-04T12:00"


@pytest.mark.parametrize("group", ["hour", "weekday", "month", "year", NEW_YEAR])
def test_calls_are_grouped_by_the_calendar_and_around_a_moment_as_pandas_groups_them(frisco, group):
    received, minutes, _ = minutes_of_san_francisco()
    forms = {"hour": "%H:00", "weekday": "%A", "month": "%Y-%m", "year": "%Y"}
    of = (
        received.dt.strftime(forms[group])
        if group in forms
        else received.lt(NEW_YEAR).map({True: "before", False: "after"})
    )

    found = told(asked(frisco, start="call", group=group))

    assert found == {value: numbers(some) for value, some in minutes.groupby(of[minutes.index])}


def test_the_shares_within_several_targets_are_those_of_pandas_and_their_intervals_of_scipy(frisco):
    stats = pytest.importorskip("scipy.stats")
    _, minutes, calls = minutes_of_san_francisco()
    of = calls["Priority"].agg(_only)

    rows = asked(frisco, start="call", group="Priority", target_minutes=[4, 8, 12]).rows
    for row in rows[rows["n"] >= 10].itertuples():
        own = minutes[of[minutes.index] == row.group_value]
        for place, target in enumerate([4, 8, 12]):
            reached = int((own <= target).sum())
            around = stats.binomtest(reached, len(own)).proportion_ci(method="wilson")
            assert row.within_low[place] == row.within_high[place] == reached / len(own)
            assert (row.within_least[place], row.within_most[place]) == pytest.approx((around.low, around.high))


def test_over_time_each_day_of_san_francisco_has_the_n_median_and_share_of_pandas(frisco):
    received, minutes, _ = minutes_of_san_francisco()
    rows = asked(frisco, "delays-over-time", start="call", period="day", target_minutes=[8]).rows

    days = {row.period: (row.n, round(row.median_low, 6), row.within_low[0]) for row in rows.itertuples()}
    of = received[minutes.index].dt.strftime("%Y-%m-%d")
    assert days == {day: (*numbers(own)[:2], (own <= 8).mean()) for day, own in minutes.groupby(of)}


def test_a_transport_that_lies_before_its_call_is_counted_and_said(frisco_as_it_is):
    found = asked(frisco_as_it_is, "clocks")

    told_of = found.rows[(found.rows["start"] == "call") & (found.rows["stop"] == "transport")].iloc[0]
    assert (told_of["n"], told_of["n_reversed"], round(told_of["shortest_minutes"], 1)) == (579, 1, -47.9)
    assert "1 with the transport before the call, of 579" in found.sentence
