"""Every view shows its charts; title, table and alt text carry the same numbers; nothing leaves the dashboard."""

import re
from collections import Counter

import pandas as pd
import pytest
from tests.browser.conftest import SHOWN

from contested.charts.changes import SIGNS, entries

VIEWS = ("", *SHOWN)
TABLE = 1


def _numbers(text):
    return Counter(re.findall(r"\d+(?:\.\d+)?", text))


def _words(text):
    return " ".join(text.split())


def _countable(table):
    """Give every number that a reader can find in a table, or count in it."""
    cells = {number for column in table for cell in table[column] for number in _numbers(str(cell))}
    hours = {f"{float(number) / 60:g}" for number in cells}
    stated = table.mask(table == "not stated")
    counts = {len(table), *(len(stated.dropna(subset=[column])) for column in table)}
    for column in table:
        counts |= set(table[column].value_counts())
        for other in table:
            counts.add(len(table[[column, other]].astype(str).drop_duplicates()) if column != other else 0)
            counts.add(stated.dropna(subset=[other])[column].nunique())
    for _, rows in table.groupby(table.get("account", [""] * len(table))):
        counts |= {int((pd.to_numeric(rows[column], errors="coerce") > 0).sum()) for column in table}
    return cells | hours | {str(count) for count in counts}


TABLES = {"disagreements": ".matrix tbody tr:has(summary)", "changes": ".changes li", "clocks": ".clocks table tr"}
"""Charts that a page writes as a table, and where its lines are."""
MATRIX = (
    """rows => rows.map(row => [row.querySelector("summary").textContent, row.querySelector(".verdict").textContent])"""
)
AGAINST = {"Cannot both be right", "Cannot all be right", "One denies"}
"""The verdicts of what the title counts."""


def _shows(dashboard, view):
    """Say that a chart's own view shows that chart, and the story several."""
    if view in TABLES:
        assert dashboard.card(view).count() == 1
    else:
        assert dashboard.shown() == [view] if view else len(dashboard.shown()) > 1


FEW = ("timeline", "casualty-counts", "pooled-delays", "disagreements")
"""The views of each kind; `make test-long` looks at all."""


@pytest.mark.parametrize("view", [one if one in FEW else pytest.param(one, marks=pytest.mark.long) for one in VIEWS])
def test_title_alt_text_and_table_say_the_same(dashboard, ask, view):
    answers = ask()
    dashboard.open(view)

    _shows(dashboard, view)
    for key in [view] if view in TABLES else dashboard.shown():
        found = answers[key]
        title = _words(dashboard.title(key))
        assert title == _words(found.title)
        if key in TABLES:
            _lists_what_its_answer_holds(dashboard, key, found)
        else:
            alt = _words(dashboard.alt(key))
            assert _words(found.sentence) in alt
            assert _numbers(title) <= _numbers(alt)

        dashboard.tab(key, TABLE)
        table = found.display().reset_index()
        shown = [[_words(cell) for cell in row] for row in dashboard.rows(key)]
        assert shown == [[_words(str(cell)) for cell in row] for row in table.itertuples(index=False)]
        assert set(_numbers(title)) <= _countable(table)
    assert not dashboard.errors()


def _lists_what_its_answer_holds(dashboard, key, found):
    """Say that the lines on the page are those of the answer, as many as its title counts."""
    lines = dashboard.card(key).locator(TABLES[key])
    if key == "changes":
        told = entries(found.rows, found.legend, len(found.rows))
        said = [f"{SIGNS[one.change]}{one.change}: {' against '.join(one.who)}: {one.words}{one.when}" for one in told]
        assert [_words(line) for line in lines.all_text_contents()] == [_words(line) for line in said]
        assert Counter(one.change for one in told)["raised"] == RAISED
        assert found.title.startswith("Two figures rose")
    elif key == "disagreements":
        verdicts = dict(lines.evaluate_all(MATRIX))
        against = {question for question, verdict in verdicts.items() if verdict in AGAINST}
        assert found.title.startswith(f"{len(against)} questions")
        table = found.display()
        of_claims = table.loc[table["relation"].isin(["contradict", "rejected"]), "question"]
        assert all(any(question in asked for asked in of_claims) for question in against)
    else:
        assert lines.count()


RAISED = 2


def test_findings_of_the_story_say_what_its_charts_say(dashboard):
    dashboard.open()

    keys = dashboard.shown()
    spoken = sum((_numbers(dashboard.alt(key)) for key in keys), Counter())
    findings = dashboard.page.locator(".finding h2").all_inner_texts()
    assert len(findings) == 3
    assert all(_numbers(text) <= spoken for text in findings)


def test_navigation_leads_to_every_view_and_nothing_leaves_the_dashboard(viewer):
    dashboard = viewer(new=True)
    dashboard.open()
    assert dashboard.here() == "Story"

    for view in VIEWS:
        dashboard.go(view)
        _shows(dashboard, view)
        for number in range(dashboard.page.get_by_role("tab").count()):
            dashboard.page.get_by_role("tab").nth(number).click()
        dashboard.settle()
    assert dashboard.foreign == []


def test_a_phone_has_the_whole_width_for_the_map_and_the_list_below_it(viewer):
    dashboard = viewer(390, 800)
    dashboard.open("map")

    drawn, listed = (dashboard.keyed(f"map-{part}").bounding_box() for part in ("plot", "list"))
    assert drawn["width"] == listed["width"] == 390 - 2 * 16
    assert listed["y"] >= drawn["y"] + drawn["height"]


def test_charts_are_printed(dashboard):
    dashboard.open()
    for view in VIEWS:
        dashboard.page.emulate_media(media="screen")
        dashboard.go(view)
        dashboard.page.emulate_media(media="print")
        dashboard.settle()
        _shows(dashboard, view)
        if view in TABLES:
            assert dashboard.heading(view).is_visible()
            lines = dashboard.card(view).locator(TABLES[view])
            assert lines.count()
            for line in lines.all():
                box, room = line.bounding_box(), dashboard.page.viewport_size["width"]
                assert box is not None
                assert box["x"] + box["width"] <= room
        for key in dashboard.shown():
            figure = dashboard.keyed(f"{key}-figure")
            box = figure.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) > 100
            assert figure.locator(".main-svg").first.is_visible()
            assert figure.locator(".point").count()
            assert dashboard.heading(key).is_visible()
