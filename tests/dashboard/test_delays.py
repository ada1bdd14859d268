"""Delays in the dashboard: three parts of one view, its table of numbers, and a clock that is set by a cell."""

from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest
from tests.charts.test_response_delays import many
from tests.lies.small_stories import told

from contested.charts.clocks import heading as milestone
from contested.charts.pooled_delays.groups import summaries
from views.delays import SEGMENTS, table


def delays():
    import streamlit as st  # noqa: PLC0415 runs as a script of its own

    from contested import CHARTS, Selection  # noqa: PLC0415
    from views import delays  # noqa: PLC0415

    chart = next(one for one in CHARTS if one.key == "response-delays")
    chosen = {name: st.query_params[name] for name in ("start", "stop") if name in st.query_params}
    delays.show(chart, Selection(zone="Asia/Almaty", **chosen))


@pytest.fixture
def page():
    return AppTest.from_function(delays, default_timeout=60)


def heading(page):
    return page.header[0].value.replace("\\", "")


@pytest.mark.parametrize(
    ("part", "title"),
    [
        ("response-delays", "Help took 5 to 6 hours to arrive, according to Vlast"),
        ("pooled-delays", "Too few delays for a median: no account tells more than one"),
        ("clocks", "Help took 5 to 6 hours to arrive, by the clock of Vlast"),
        ("units-on-scene", "No account has ten calls to which a unit is known to have come"),
        ("parts-of-the-clock", "No account has ten calls that time a part of the clock"),
    ],
)
def test_the_link_says_which_part_is_shown(page, part, title):
    page.query_params["delays"] = part
    page.run()

    assert not page.exception
    assert heading(page) == title
    assert set(SEGMENTS) == {"response-delays", "pooled-delays", "clocks", "parts-of-the-clock", "units-on-scene"}


def test_a_part_is_chosen_by_the_switch_and_the_link_keeps_it(page):
    page.run()
    page.segmented_control(key="delays").set_value("clocks").run()

    assert page.query_params["delays"] in ("clocks", ["clocks"])
    assert heading(page) == "Help took 5 to 6 hours to arrive, by the clock of Vlast"


def test_the_table_holds_the_numbers_of_each_account_and_no_percentile_of_fewer_than_ten():
    found = told("pooled-delays", *many(20), *many(3, account="<b>"), target_minutes=10)
    written = table(summaries(found.rows, found.legend), [10])

    assert "<th>within 10 min</th>" in written
    assert "<td>20</td><td>10 min</td><td>18 min</td>" in written
    assert '<td>50% <span class="interval">30%–70%</span></td>' in written
    assert '<td>3</td><td class="few" colspan="3">fewer than 10: no percentile</td>' in written
    assert "&lt;b&gt;" in written
    assert "<b>" not in written


def test_the_n_of_a_row_leads_to_the_observations_behind_it():
    found = told("pooled-delays", *many(20), target_minutes=10)
    written = table(
        summaries(found.rows, found.legend), [10], lambda one: f"./observations?account={one.group.row.account}&<"
    )

    assert '<a href="./observations?account=north&amp;&lt;" target="_self"' in written
    assert ">20</a></td><td>10 min</td>" in written


def test_without_a_target_no_share_is_given_and_of_too_few_there_is_no_table():
    assert "within" not in table(summaries(*_answered(many(20))), ())
    assert table(summaries(*_answered(many(3))), ()) == ""


def _answered(claims):
    found = told("pooled-delays", *claims)
    return found.rows, found.legend


class Grid(HTMLParser):
    """The cells of tables of clocks, by account and the names of start and stop: where each leads, and its words."""

    def __init__(self, html):
        super().__init__()
        self.cells, self.heads, self.account, self.row, self.stop, self.inside = {}, [], "", "", -1, ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "table":
            self.heads, self.account = [], ""
        if tag in {"caption", "th"}:
            self.inside = f"{tag} {attributes.get('scope', '')}".strip()
        if tag == "tr":
            self.stop = -2
        if tag in {"td", "th"}:
            self.stop += 1
        if tag == "a":
            key = (self.account, self.row, self.heads[self.stop])
            self.cells[key] = (dict(parse_qsl(urlsplit(attributes["href"]).query)), attributes)

    def handle_data(self, data):
        if self.inside == "caption":
            self.account += data.strip()
        elif self.inside == "th col":
            self.heads.append(data)
        elif self.inside == "th row":
            self.row = data

    def handle_endtag(self, tag):
        if tag in {"caption", "th"}:
            self.inside = ""


def test_each_cell_sets_the_clock_of_its_own_row_and_column_and_says_how_long_it_ran(page, ask):
    page.query_params["delays"] = "clocks"
    page.run()
    found = ask("clocks")

    [html] = [one.body for one in page.get("html") if "<caption>" in one.body]
    cells = Grid(html).cells
    rows = {
        (found.legend.label(row["account"]), milestone(row["start"]), milestone(row["stop"])): row
        for row in found.records()
    }
    assert cells.keys() == rows.keys()
    for key, (link, attributes) in cells.items():
        assert (link["start"], link["stop"]) == (rows[key]["start"], rows[key]["stop"])
        assert link["delays"] == "clocks"
        assert attributes["aria-label"].startswith(key[0])
        assert ("hearsay" in attributes["class"]) == _is_hearsay(found, rows[key])
    [used] = [key for key, (_, attributes) in cells.items() if "aria-current" in attributes]
    assert used == ("Vlast", "first clash", "help arrives")


def _is_hearsay(found, row):
    mine = (found.rows["account"] == row["account"]) & (found.rows["start"] == row["start"])
    return found.rows.loc[mine & (found.rows["stop"] == row["stop"]), "hearsay"].item()
