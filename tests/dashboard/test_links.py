"""Any link is answered: whatever its parameters say, a page stands there, and what is wrong has a sentence of its own.

`CONTESTED_LINKS=2000` tries as many; 80 by default.
"""

import os
import random

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
from tests.conftest import ROOT

from contested import CHARTS, Selection
from contested.cli.main import main
from contested.model.arrow_schema import from_arrow
from contested.model.vocabulary import Kind, Milestone
from contested.query.resolution import Resolution
from sharing import link

LINKS = int(os.environ.get("CONTESTED_LINKS", "80"))
GROUPS = 8
VIEWS = ("story", *(chart.key for chart in CHARTS), "evidence", "method", "import")
OTHERS = ("search", "page", "question", "quote", "every-line", "embed", "utm_source")
OF_A_CARD = ("tab", "mark")
PARAMETERS = (*link.FILTERS, link.ENTRY, *OTHERS)

MOMENTS = (
    "2020-02-08T00:00+06:00",
    "2020-02-08",
    "2020-02-07T17:00",
    "0001-01-01T00:00+14:00",
    "0001-01-01T00:00",
    "9999-12-31T23:59-12:00",
    "9999-12-31T23:59",
    "1900-01-01T00:00Z",
    "1969-12-31T23:59:59.999999Z",
    "2020-10-25T02:30",
    "2020-03-29T02:30",
    "2020-02-30T00:00Z",
    "2020-W06-5",
    "20200207T170000",
    "2020-02-08T24:00Z",
    "2020-02-08T00:00:00.000000001Z",
    "12020-02-08T00:00Z",
    "-2020-02-08T00:00Z",
    "2020-02-08T00:00+23:59",
    "2020-02-08T00:00 06:00",
    "1581120000",
    "now",
)
ZONES = (
    "Asia/Almaty",
    "UTC",
    "Europe/Berlin",
    "America/Lord_Howe",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "asia/almaty",
    "localtime",
    "Factory",
    "posixrules",
    "Etc/GMT+12",
    "+06:00",
    "../../etc/passwd",
    "/etc/localtime",
    "Asia",
    "Mars/Olympus",
)
ODD = (
    "",
    " ",
    "0",
    "-1",
    "1e999",
    "nan",
    "None",
    "true",
    "null",
    "\x00",
    "a\x00b",
    "\x1b[2J",
    "\r\n",
    "\u202e",
    "\ufffd",
    "\U0001f525",
    "Қордай ауданы",
    "دونغان",
    "a" * 5000,
    "9" * 400,
    "-" + "9" * 400,
    "<script>alert(1)</script>",
    "'; drop table claims; --",
    "$account",
    "{}",
    "%s",
    "start=vlast",
    "start=vlast,stop=nobody",
    "start=,stop=",
    "start=vlast,stop=officials,named=" + "n" * 500,
    "[x](javascript:alert(1))",
    b"\xed\xa0\xbd",
    b"\xed\xa0\xbd\xff\xfe",
    b"\xff",
)


@pytest.fixture(scope="module")
def known(korday):
    """Give the values of each parameter that make sense."""
    accounts = sorted({one.account for one in from_arrow(korday.claims)})
    return (
        {
            "story": ["korday-2020"],
            "account": accounts,
            "side": sorted({one.side or "neither" for one in from_arrow(korday.claims)}),
            "kind": list(Kind),
            "place": sorted({one.place for one in from_arrow(korday.claims) if one.place}),
            "start": list(Milestone),
            "stop": list(Milestone),
            "resolution": [*Resolution, *accounts, *sorted(korday.sources)],
            "scenario": [f"start={one},stop={other}" for one in accounts for other in accounts],
            "quote": [one.claim_id for one in from_arrow(korday.claims)],
            "question": sorted({one.question for one in from_arrow(korday.claims) if one.question}),
            "search": ["Masanchi", "killed 10", "nobody says this"],
            "page": ["1", "2", "9999"],
            "record": ["1-0123456789ab", "0-", "-1-x", f"{'9' * 18}-a", f"{'9' * 40}-a"],
        }
        | dict.fromkeys(("from", "to", "as_known_at", "compared_with"), MOMENTS)
        | {"zone": ZONES}
    )


def value(chance, known, name):
    every = [str(one) for one in known.get(name, ["true", "5", "side", "every", "recorded"])]
    return chance.choice(every) if chance.random() < 0.6 else chance.choice(ODD)


def linked(chance, known):
    """Make a link to any view, with some parameters, each given once or several times."""
    view = chance.choice(VIEWS)
    cards = [f"{chance.choice(CHARTS).key}-{part}" for part in OF_A_CARD]
    names = chance.sample([*PARAMETERS, *cards], chance.randint(1, 6))
    return view, {name: [value(chance, known, name) for _ in range(chance.choice((1, 1, 1, 2, 4)))] for name in names}


def answered(view, parameters):
    """Open a link; give all that its page says in warnings."""
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=120)
    app._page_hash = "" if view == "story" else calc_hash(view)  # noqa: SLF001 a page made of a function has no path
    app.query_params = parameters
    app.run()
    said = [one.value for one in app.warning]
    assert not app.exception, (view, parameters, [one.value for one in app.exception])
    assert not app.error, (view, parameters)
    assert not any("fault of the program" in one for one in said), (view, parameters, said)
    assert app.title or said, (view, parameters)
    return said


@pytest.fixture(scope="module", params=["a folder", "a record"])
def story(request, tmp_path_factory):
    """Show the Korday story from its folder, and from a record."""
    where = ROOT / "data" / "korday-2020"
    if request.param == "a record":
        kept = tmp_path_factory.mktemp("links") / "desk.record"
        assert main(["load", str(where), "--store", str(kept)]) == 0
        where = kept
    st.cache_resource.clear()
    st.cache_data.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTESTED_STORY", str(where))
        yield where
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.mark.parametrize("group", range(GROUPS))
def test_any_link_is_answered(story, known, group):  # noqa: ARG001 the story is shown
    chance = random.Random(group)  # noqa: S311 no secret
    for _ in range(-(-LINKS // (2 * GROUPS))):
        answered(*linked(chance, known))


def test_every_filter_is_tried(known):
    chance = random.Random(0)  # noqa: S311 no secret
    tried = {name for _ in range(200) for name in linked(chance, known)[1]}

    assert tried >= {field.alias or name for name, field in Selection.model_fields.items()}
