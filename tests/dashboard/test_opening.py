"""A story opens as what it is: the findings, cards and the row of navigation follow what it holds."""

from html import unescape

import pytest
from streamlit.testing.v1 import AppTest
from tests.claims_for_tests import claim, table
from tests.conftest import ROOT
from tests.dashboard.test_delays import delays, heading
from tests.lies.small_stories import GED
from tests.query.test_story_form import calls

from contested.model.claim import Claim


def opened(monkeypatch, path, **chosen):
    """Open the dashboard on a file, as a reader does."""
    monkeypatch.setenv("CONTESTED_STORY", str(path))
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    for name, value in chosen.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert not app.warning
    return app


def row(app):
    """Name the views in the row of navigation, without the one that is open."""
    links = app.get("page_link")
    return [one.proto.label for one in links]


def words(app):
    return " ".join(unescape(one.proto.body) for one in app.get("html"))


@pytest.fixture
def data_set(tmp_path):
    rows = [
        GED | {"id": str(number), "date_start": f"2020-0{1 + number % 3}-05", "date_end": f"2020-0{1 + number % 3}-05"}
        for number in range(31)
    ]
    return table(tmp_path / "ged.csv", *rows)


def claims_in(folder, claims):
    """Write claims into a table, and leave out what is empty."""
    fields = set(Claim.model_fields)
    told = (one.model_dump(mode="json", include=fields).items() for one in claims)
    rows = [{name: value for name, value in one if value not in (None, [])} for one in told]
    return table(folder / "claims.csv", *rows)


@pytest.fixture
def log(tmp_path):
    return claims_in(tmp_path, calls(31))


def test_a_data_set_opens_on_the_killed_who_they_were_and_how_sure_that_is(monkeypatch, data_set):
    app = opened(monkeypatch, data_set)

    assert "155 people were killed in 31 events, by UCDP’s best figures." in words(app)
    assert "0 of them were civilians; of 155 nobody says who they were." in words(app)
    assert "100% of the events rest on one source; 100% are dated to the day." in words(app)
    assert "The hour</b> of any event" in words(app)
    titles = [one.value.replace("\\", "") for one in app.header]
    assert titles[0] == "55 people were killed in January 2020, more than in any other month"
    assert "All events are between North and South" in titles
    assert len(titles) == 5


def test_the_row_of_a_data_set_holds_its_views_and_what_has_no_answer_is_under_more(monkeypatch, data_set):
    app = opened(monkeypatch, data_set)

    assert row(app)[:5] == ["Killed over time", "Who", "Map", "Casualties", "Evidence"]
    assert {"Timeline", "Clashes", "Delays", "Compare", "Changes"} <= set(row(app)[5:])


def test_one_account_has_no_chips_and_what_nobody_dates_has_no_slider(monkeypatch, data_set):
    app = opened(monkeypatch, data_set)

    assert "UCDP tells everything here." in words(app)
    assert not app.select_slider


def test_a_log_opens_on_how_long_calls_wait(monkeypatch, log):
    app = opened(monkeypatch, log, start="call")

    assert "Half of the calls were reached within 7 min, nine in ten within 7 min." in words(app)
    assert "From the call to the arrival; n = 31." in words(app)
    assert "No target is set." in words(app)
    assert "Most calls come between 18:00 and 19:00" in words(app)
    assert row(app)[0] == "Delays"
    assert "Compare" in row(app)[1:]


def test_the_sentence_of_one_account_begins_with_a_capital_letter(monkeypatch, log):
    app = opened(monkeypatch, log, start="call")

    assert "North tells everything here." in words(app)
    assert "north tells" not in words(app)


def test_a_log_of_one_account_opens_on_all_delays_together(monkeypatch, log):
    monkeypatch.setenv("CONTESTED_STORY", str(log))
    page = AppTest.from_function(delays, default_timeout=60)
    page.query_params["start"] = "call"
    page.run()

    assert heading(page) == "Half of 31 calls were reached within 7 minutes"
    assert page.segmented_control(key="delays").value == "pooled-delays"
    page.segmented_control(key="delays").set_value("response-delays").run()
    assert page.query_params["delays"] in ("response-delays", ["response-delays"])


def test_a_target_says_how_many_calls_were_in_time(monkeypatch, log):
    app = opened(monkeypatch, log, start="call", target_minutes="8")

    assert "100% of the calls were reached within 8 minutes." in words(app)
    assert "95% interval 89%–100%; n = 31." in words(app)


def test_few_events_open_on_how_many_when_and_where(monkeypatch, tmp_path):
    few = table(tmp_path / "ged.csv", GED, GED | {"id": "2", "date_start": "2020-03-01", "date_end": "2020-03-01"})
    app = opened(monkeypatch, few)

    assert "2 events, told in 12 claims." in words(app)
    assert "They are dated 1 February 2020 to 1 March 2020." in words(app)
    assert "They name 1 place." in words(app)
    assert row(app)[:4] == ["Timeline", "Map", "Casualties", "Evidence"]


def test_what_no_telling_holds_has_no_card_and_no_finding(monkeypatch, tmp_path):
    at = "2020-02-07T18:00Z"
    attacked = claim(claim_id="1", event_id="e", kind="clash", stated_at=None, began_earliest=at, began_latest=at)
    denied = attacked.model_copy(update={"claim_id": "2", "account": "south"})
    app = opened(monkeypatch, claims_in(tmp_path, [attacked, denied]))

    shown = " ".join([*(one.value for one in app.header), words(app)])
    assert "both the first clash and the arrival" not in shown
    assert "said anything new" not in shown
    assert row(app)[:4] == ["Timeline", "Clashes", "Compare", "Evidence"]


def test_few_calls_have_their_delays_in_the_row(monkeypatch, tmp_path):
    app = opened(monkeypatch, claims_in(tmp_path, calls(3)))

    assert row(app)[:2] == ["Timeline", "Delays"]


def test_korday_opens_as_it_did(monkeypatch):
    app = opened(monkeypatch, ROOT / "data" / "korday-2020")

    assert row(app)[:7] == ["Timeline", "Clashes", "Delays", "Casualties", "Compare", "Changes", "Evidence"]


def test_a_data_set_is_narrowed_by_its_groups_and_its_years(monkeypatch, tmp_path):
    violence = {"1": "State-based violence", "3": "One-sided violence"}
    rows = [
        GED
        | {
            "id": f"{year}{number}",
            "type_of_violence": kind,
            "date_start": f"{year}-01-05",
            "date_end": f"{year}-01-05",
        }
        for year in (2019, 2020)
        for kind in violence
        for number in range(int(kind) * 10, int(kind) * 10 + 10)
    ]
    app = opened(monkeypatch, table(tmp_path / "ged.csv", *rows))
    assert "200 people were killed in 40 events" in words(app)

    app.selectbox(key="narrow-type_of_violence").set_value("One-sided violence").run()
    assert "type_of_violence=One-sided violence" in app.query_params["where"]
    assert "100 people were killed in 20 events" in words(app)

    app.selectbox(key="narrow-year").set_value("2020").run()
    assert "50 people were killed in 10 events" in words(app)

    app.selectbox(key="narrow-type_of_violence").set_value("").run()
    assert "where" not in app.query_params
    assert not app.exception


def test_the_head_says_that_it_is_one_data_set_and_one_log(monkeypatch, data_set, log):
    assert "One data set · 31 events · days, no hours" in words(opened(monkeypatch, data_set))
    assert "One log, no second account · 31 events · times in UTC" in words(opened(monkeypatch, log))


def test_a_log_compares_calls_by_their_type_where_a_column_tells_it(monkeypatch, tmp_path):
    """Sixteen alarms, reached after seven minutes like all others, and fifteen fires."""
    fields = ("claim_id", "event_id", "account", "kind", "source_id", "summary", "began_earliest", "began_latest")
    rows = [
        {name: one.model_dump(mode="json")[name] for name in fields}
        | {"groups": '{"Call Type": "Alarm"}' if int(one.event_id[1:]) < 16 else '{"Call Type": "Fire"}'}
        for one in calls(31)
    ]
    app = opened(monkeypatch, table(tmp_path / "claims.csv", *rows))

    assert app.selectbox(key="group").value == "Call Type"
    assert "Half of the calls were reached within 7 min" in words(app)
    assert all(one in words(app) for one in ("Alarm", "Fire"))
