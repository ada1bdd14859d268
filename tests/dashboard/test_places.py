"""The list of places beside the map: what it counts, and that a name keeps its place alone."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest


def shown():
    import streamlit as st  # noqa: PLC0415 runs as a script of its own

    from contested import CHARTS, Selection  # noqa: PLC0415
    from views import places  # noqa: PLC0415

    chart = next(one for one in CHARTS if one.key == "map")
    places.show(chart, Selection(zone="Asia/Almaty", place=tuple(st.query_params.get_all("place"))))


@pytest.fixture
def page():
    return AppTest.from_function(shown, default_timeout=60)


def listed(page):
    """Give the places of the list: where each leads, its name and its number of claims."""
    [html] = [one.body for one in page.get("html") if '<table class="small">' in one.body]
    row = r'<tr><td><a href="([^"]*)" target="_self"[^>]*>([^<]*)</a></td><td>([\d,]+)</td></tr>'
    return [(dict(parse_qsl(urlsplit(to).query)), name, int(number)) for to, name, number in re.findall(row, html)]


def test_the_places_with_most_claims_stand_first_and_each_counts_all_its_claims(page, ask):
    page.run()

    assert not page.exception
    rows = ask("map").rows
    sums = rows[rows["place"].notna()].groupby("label")["claims"].sum()
    assert {name: number for _, name, number in listed(page)} == sums.to_dict()
    numbers = [number for *_, number in listed(page)]
    assert numbers == sorted(numbers, reverse=True)
    assert ("Sortobe (Korday district)", 11) in [(name, number) for _, name, number in listed(page)]


def test_a_name_keeps_its_place_alone_and_leads_back_to_all(page):
    page.run()
    chosen = next(link["place"] for link, name, _ in listed(page) if name.startswith("Sortobe"))

    page.query_params["place"] = [chosen]
    page.run()

    [(link, name, number)] = listed(page)
    assert (name, number) == ("Sortobe (Korday district)", 11)
    assert "place" not in link
