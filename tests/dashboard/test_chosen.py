"""What a viewer chose is read from the link alone, and what nobody knows is passed over."""

import json
from typing import get_origin

import pytest
from streamlit.testing.v1 import AppTest

from contested import Selection


def chosen():
    import streamlit as st  # noqa: PLC0415

    import chosen  # noqa: PLC0415 runs as a script of its own
    import claims  # noqa: PLC0415

    made = chosen.chosen(claims.story(), claims.facets())
    st.json(made.selection.model_dump_json(by_alias=True))
    st.json([str(one) for one in made.passed_over])


@pytest.fixture
def read():
    """Give the selection that a link makes, as plain values."""

    def reading(**link):
        app = AppTest.from_function(chosen, default_timeout=60)
        for name, value in link.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app.json[0].value

    return reading


def told(text, name):
    return json.loads(text)[name]


def test_an_empty_link_chooses_nothing_but_the_story_s_own_zone(read):
    found = read()

    assert told(found, "account") == []
    assert told(found, "zone") == "Asia/Almaty"
    assert told(found, "from") is None


def test_a_link_names_accounts_and_those_that_nobody_knows_are_passed_over(read):
    assert told(read(account=["vlast", "nobody"]), "account") == ["vlast"]


def test_a_moment_without_an_offset_is_on_the_clocks_of_the_zone(read):
    assert told(read(**{"from": "2020-02-07T17:00"}), "from") == "2020-02-07T17:00:00+06:00"


def test_a_moment_that_the_clocks_of_the_zone_showed_twice_is_none(read):
    assert told(read(zone="UTC", **{"from": "2020-10-25T02:30"}), "from") == "2020-10-25T02:30:00Z"
    assert told(read(zone="Europe/Berlin", **{"from": "2020-10-25T02:30"}), "from") is None


def test_a_moment_with_an_offset_is_that_instant(read):
    assert told(read(to="2020-02-07T17:00+00:00"), "to") == "2020-02-07T17:00:00Z"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("from", "yesterday"),
        ("to", "17"),
        ("zone", "Mars/Olympus"),
        ("by", "colour"),
        ("start", "lunch"),
        ("resolution", "whoever shouts"),
        ("scenario", "start=lunch"),
        ("kind", "party"),
        ("place", "<b>"),
        ("hedged", "perhaps"),
        ("known_by", "recorded"),
        ("open_groups", "nobody"),
    ],
)
def test_nonsense_in_a_link_is_as_if_it_were_not_there(read, name, value):
    assert told(read(**{name: value}), name) == told(read(), name)


def test_nonsense_beside_sense_takes_nothing_from_it(read):
    found = read(account="vlast", start="lunch", hedged="true")

    assert told(found, "account") == ["vlast"]
    assert told(found, "hedged") is True
    assert told(found, "start") == "onset"


def test_whom_to_prefer_may_be_a_rule_an_account_or_a_source(read):
    assert told(read(resolution="majority"), "resolution") == "majority"
    assert told(read(resolution="officials"), "resolution") == "officials"
    assert told(read(resolution="A01"), "resolution") == "A01"


def test_every_field_of_several_values_is_read_from_a_link_that_repeats_it():
    from chosen import _MANY  # noqa: PLC0415 the page's own folder is on the path

    several = {name for name, field in Selection.model_fields.items() if get_origin(field.annotation) is tuple}
    assert set(_MANY) == several


def test_a_link_may_say_that_nobody_is_heard(read):
    assert told(read(account=""), "account") == [""]
    assert Selection(account=("",)).sentence() == "according to nobody"
