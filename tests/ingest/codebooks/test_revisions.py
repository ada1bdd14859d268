"""Daily totals with every revision: what was said of a day then, and what is said of it now."""

from datetime import datetime

import pandas as pd
import pytest
from tests.ingest.codebooks.tables import published, written
from tests.lies.small_stories import fixture, told

DAILY = "casualty/gaza_daily_revisions.extract2000.csv"
FIRST = {
    "report_date": "2023-11-29",
    "field": "killed_cum",
    "value": "15000",
    "op": "insert",
    "known_from_utc": "2024-01-15T17:11:40Z",
    "commit": "46a91e7edc",
}
REVISED = FIRST | {"value": "14800", "op": "update", "known_from_utc": "2024-03-01T10:00:00Z", "commit": "b"}
DELETED = FIRST | {"value": "", "op": "delete", "known_from_utc": "2024-04-01T10:00:00Z", "commit": "c"}


@pytest.fixture
def read_rows(tmp_path):
    return lambda *rows: written(tmp_path, *rows)


def test_a_cell_is_a_figure_of_the_report_of_its_day(read_rows):
    [claim] = read_rows(FIRST).claims

    assert (claim.event_id, claim.measure, claim.best, claim.scope) == (
        "until-2023-11-29",
        "killed",
        15000,
        "cumulative",
    )
    assert claim.claim_id == "2023-11-29-killed_cum-46a91e7edc"


def test_it_was_said_between_the_day_of_the_report_and_when_it_was_known(read_rows):
    [claim] = read_rows(FIRST).claims

    assert claim.stated_earliest == datetime.fromisoformat("2023-11-29T00:00Z")
    assert claim.stated_at == datetime.fromisoformat("2024-01-15T17:11:40Z")


@pytest.mark.parametrize(
    "field", ["killed_cum", "killed_cum_reported", "cum_killed", "total_killed", "killed_total_now"]
)
def test_a_running_total_is_known_wherever_its_name_says_so(read_rows, field):
    day, total = read_rows(FIRST | {"field": "killed", "value": "53"}, FIRST | {"field": field, "value": "687"}).claims

    assert (day.event_id, day.scope, day.best) == ("on-2023-11-29", "event", 53)
    assert (total.event_id, total.scope, total.best, total.measure) == ("until-2023-11-29", "cumulative", 687, "killed")
    assert "53 to 687" not in told("casualty-counts", day, total).sentence


def test_a_revision_replaces_what_was_said_and_both_can_be_asked_for(read_rows):
    first, revised = read_rows(FIRST, REVISED).claims

    assert revised.supersedes == (first.claim_id,)
    then = told("casualty-counts", first, revised, as_known_at="2024-02-01T00:00Z")
    now = told("casualty-counts", first, revised)
    assert then.sentences[0] == "15000 people killed, according to daily report."
    assert now.sentences[0] == "14800 people killed, according to daily report."
    assert [row["best"] for row in now.records()] == [15000, 14800]


def test_what_was_deleted_is_withdrawn_from_then_on(read_rows):
    claims = read_rows(FIRST, REVISED, DELETED).claims

    assert (claims[-1].status, claims[-1].supersedes) == ("withdrawn", (claims[1].claim_id,))
    assert told("casualty-counts", *claims, as_known_at="2024-03-15T00:00Z").sentences[0].startswith("14800")
    assert told("casualty-counts", *claims).sentences[0].startswith("No account")


def test_what_was_deleted_and_told_again_stands_on_its_own(read_rows):
    again = FIRST | {"value": "14900", "known_from_utc": "2024-05-01T10:00:00Z", "commit": "d"}
    claims = read_rows(FIRST, DELETED, again).claims

    assert claims[-1].supersedes == ()
    assert told("casualty-counts", *claims).sentences[0].startswith("14900")


def test_a_deletion_of_what_the_file_does_not_tell_replaces_nothing(read_rows):
    [claim] = read_rows(DELETED).claims

    assert (claim.status, claim.supersedes, claim.best) == ("withdrawn", (), None)


def test_what_happened_on_a_day_is_not_held_against_all_until_then(read_rows):
    total, daily = read_rows(FIRST, FIRST | {"field": "killed", "value": "248"}).claims

    assert (total.event_id, daily.event_id) == ("until-2023-11-29", "on-2023-11-29")
    assert told("disagreements", total, daily).records() == []


def test_each_day_has_its_own_revisions(read_rows):
    other = REVISED | {"report_date": "2023-11-30"}

    assert [one.supersedes for one in read_rows(FIRST, other).claims] == [(), ()]


def test_who_reported_is_the_speaker_and_what_the_keeper_filled_in_is_another_account_s(read_rows):
    source = FIRST | {"field": "report_source", "value": "mohtel"}
    filled = FIRST | {"field": "ext_killed_cum"}
    found = read_rows(source, FIRST, filled)

    assert [(one.account, one.speaker) for one in found.claims] == [
        ("daily report", "mohtel"),
        ("keeper of the data", None),
    ]
    assert (found.accepted, found.rejected) == ({3, 4}, {2})
    assert found.codes() == {("W-REPORT", "warning"): 1}


def test_a_source_that_the_keeper_calls_missing_is_nobody(read_rows):
    [claim] = read_rows(FIRST | {"field": "report_source", "value": "missing"}, FIRST).claims

    assert claim.speaker is None


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("martyred", ("killed", None, None, "event")),
        ("injured_cum", ("injured", None, None, "cumulative")),
        ("killed_children_cum", ("killed", "children", None, "cumulative")),
        ("ext_martyred_women_cum", ("killed", "women", None, "cumulative")),
        ("ext_press_killed_cum", ("killed", "press", None, "cumulative")),
        ("civdef_martyred_cum", ("killed", "civil defence", None, "cumulative")),
        ("aid_seeker_injured_cum", ("injured", "aid seekers", None, "cumulative")),
        ("child_famine_cum", ("killed", "children", "famine", "cumulative")),
        ("massacres_cum", ("cases", None, "massacres", "cumulative")),
        ("killed_truce_new", ("killed", None, "truce new", "event")),
    ],
)
def test_a_field_says_what_of_whom_and_whether_it_runs_on(read_rows, field, said):
    [claim] = read_rows(FIRST | {"field": field}).claims

    assert (claim.measure, claim.victims, claim.definition, claim.scope) == said


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"field": "rainfall"}, "field"),
        ({"op": "upsert"}, "op"),
        ({"value": ""}, "value"),
        ({"value": "many"}, "value"),
        ({"known_from_utc": "2024-01-15 17:11"}, "known_from_utc"),
        ({"report_date": "29/11/2023x"}, "report_date"),
    ],
    ids=str,
)
def test_a_row_that_cannot_be_read_says_why_and_is_forgotten(read_rows, cells, column):
    found = read_rows(FIRST | cells, REVISED)

    assert [(one.row, one.column, one.severity) for one in found.problems] == [(2, column, "error")]
    assert [one.supersedes for one in found.claims] == [()]


# The whole series


def test_every_revision_of_the_series_is_a_claim_or_says_that_it_counts_nobody():
    frame, found = pd.read_csv(fixture(DAILY), dtype=str), published(DAILY)
    notes = frame["field"].str.startswith("report_")

    assert found.rejected == {place + 2 for place in frame.index[notes]}
    assert len(found.claims) == len(found.accepted) == (~notes).sum() == 1858
    assert sum(one.status == "withdrawn" for one in found.claims) == ((frame["op"] == "delete") & ~notes).sum()


def test_what_stands_at_the_end_is_the_last_value_of_each_cell():
    frame = pd.read_csv(fixture(DAILY), dtype=str)
    frame = frame[~frame["field"].str.startswith("report_")]
    last = frame.groupby(["report_date", "field"]).last()
    naive = sorted(last.loc[last["op"] != "delete", "value"].astype(int))

    claims = published(DAILY).claims
    replaced = {claim_id for one in claims for claim_id in one.supersedes}
    standing = [one for one in claims if one.status == "standing" and one.claim_id not in replaced]
    assert sorted(one.best for one in standing) == naive


def test_no_account_replaces_the_words_of_another():
    whose = {one.claim_id: one.account for one in published(DAILY).claims}

    replaced = [(one.account, whose[earlier]) for one in published(DAILY).claims for earlier in one.supersedes]
    assert replaced
    assert all(account == other for account, other in replaced)
