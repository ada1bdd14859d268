"""Small stories for the lies: rows to check with a pencil, told by a chart, and the marks of what is not so yet."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import pytest
from tests.claims_for_tests import claim, night

from contested import CHARTS, Claim, Selection, Store, Story, answer
from contested.model.arrow_schema import from_arrow, to_arrow
from contested.model.story import Package

FIXTURES = Path(__file__).parents[3] / "shared" / "fixtures"


def not_built(what, raises=AssertionError):
    return pytest.mark.xfail(strict=True, raises=raises, reason=f"not built: {what}")


def defect(what):
    return pytest.mark.xfail(strict=True, raises=AssertionError, reason=f"defect: {what}")


def chart(key):
    return next(one for one in CHARTS if one.key == key)


def small(*claims, **kept):
    """Open a story of these claims alone, with its store, which may be told how to keep them."""
    return Story("small", Package(title="small"), to_arrow(claims)), Store(claims, **kept)


def told(key, *claims, **chosen):
    """Ask a chart of these claims alone; an answer never changes, so that it is found once however many tests look."""
    return _answers(key, claims, Selection.model_validate(chosen))


@lru_cache(128)
def _answers(key, claims, selection):
    return answer(chart(key), *_small(claims), selection)


@lru_cache(16)
def _small(claims):
    return small(*claims)


def asked(key, opened, **chosen):
    """Ask a chart of a story that is open."""
    return answer(chart(key), *opened, Selection.model_validate(chosen))


def hours(found, account="north"):
    """Give the hours that an answer shows for an account: {"22:00": (certain, possible)}."""
    rows = [row for row in found.records() if row["account"] == account and row["hour"]]
    return {row["hour"][11:16]: (row["certain"], row["possible"]) for row in rows}


def traces(found):
    return found.figure()["data"]


def marked(found):
    """Give the claims behind each mark that is drawn: it names them, or the rows that they stand behind."""
    return [claims_behind(found, mark) for trace in traces(found) for mark in trace.get("customdata", ())]


def claims_behind(found, mark):
    """Give the claims behind one mark."""
    named, rows = ([one for one in mark if isinstance(one, kind)] for kind in (str, int))
    return named + [claim_id for ids in found.behind_marks(rows) for claim_id in ids]


def hovers(found):
    """Give what the marks say when they are pointed at."""
    texts = [trace.get("hovertext", []) for trace in traces(found)]
    return [text for one in texts for text in ([one] if isinstance(one, str) else one)]


def killed(claim_id, best, clock="09:00", **said):
    """Count the dead, as stated at an hour of the night."""
    return claim(
        claim_id=claim_id, kind="casualties", measure="killed", best=best, **{"stated_at": night(clock)} | said
    )


def at(clock, kind, **said):
    """Time a milestone to the minute."""
    return claim(claim_id=f"{kind}{clock}", kind=kind, began_earliest=night(clock), began_latest=night(clock), **said)


def responses(minutes, **said):
    """Make events that each began at 18:00 and were reached so many minutes later."""
    reached = [f"{datetime.fromisoformat(night('18:00')) + timedelta(minutes=late):%H:%M}" for late in minutes]
    return [
        one
        for number, clock in enumerate(reached)
        for kind, when in (("clash", "18:00"), ("arrival", clock))
        for one in [at(when, kind, **{"event_id": f"e{number}"} | said)]
    ]


def unique(claims):
    """Give every claim an id of its own."""
    return [one.model_copy(update={"claim_id": f"k{number:04}"}) for number, one in enumerate(claims)]


def fixture(name):
    """Find real public data beside the project; it is never copied into it."""
    path = FIXTURES / name
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    return path


def kept(found):
    return [one for one in found if isinstance(one, Claim)]


GED = {
    "id": "1",
    "relid": "KAZ-2020-1-1-1",
    "year": "2020",
    "active_year": "1",
    "code_status": "Clear",
    "type_of_violence": "2",
    "conflict_dset_id": "1",
    "conflict_new_id": "1",
    "conflict_name": "North - South",
    "dyad_dset_id": "1",
    "dyad_new_id": "1",
    "dyad_name": "North - South",
    "side_a_dset_id": "1",
    "side_a_new_id": "1",
    "side_a": "North",
    "side_b_dset_id": "2",
    "side_b_new_id": "2",
    "side_b": "South",
    "number_of_sources": "1",
    "source_article": '"Reuters News,2020-03-01,A month of clashes"',
    "source_office": "Reuters News",
    "source_date": "2020-03-01",
    "source_headline": "A month of clashes",
    "source_original": "police",
    "where_prec": "1",
    "where_coordinates": "Masanchi",
    "where_description": "Masanchi village",
    "adm_1": "Jambyl",
    "adm_2": "Korday",
    "latitude": "42.93",
    "longitude": "75.30",
    "geom_wkt": "POINT (75.30 42.93)",
    "priogrid_gid": "191311",
    "country": "Kazakhstan",
    "country_id": "705",
    "region": "Asia",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2020-02-01 00:00:00.000",
    "date_end": "2020-02-01 00:00:00.000",
    "deaths_a": "0",
    "deaths_b": "0",
    "deaths_civilians": "0",
    "deaths_unknown": "5",
    "best": "5",
    "high": "5",
    "low": "5",
    "gwnoa": "",
    "gwnob": "",
}
"""A row of the Georeferenced Event Dataset of UCDP, release 23.1."""

ACLED = {
    "event_id_cnty": "KAZ1",
    "event_date": "2020-02-15",
    "year": "2020",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "North",
    "assoc_actor_1": "",
    "inter1": "Identity militia",
    "actor2": "South",
    "assoc_actor_2": "",
    "inter2": "Identity militia",
    "interaction": "Identity militia-Identity militia",
    "civilian_targeting": "",
    "iso": "398",
    "region": "Caucasus and Central Asia",
    "country": "Kazakhstan",
    "admin1": "Jambyl",
    "admin2": "Korday",
    "admin3": "",
    "location": "Masanchi",
    "latitude": "42.9289",
    "longitude": "75.3019",
    "geo_precision": "1",
    "source": "Vlast",
    "source_scale": "National",
    "notes": "Around 15 February, North and South clashed.",
    "fatalities": "5",
    "tags": "",
    "timestamp": "1583020800",
}
"""A row of ACLED as it is downloaded."""


def with_keys_exchanged(story, one, other):
    """Give two accounts each other's place in the story, with their names and all that they say."""
    names = {one: other, other: one}
    accounts = {key: story.accounts[names.get(key, key)].model_copy(update={"account": key}) for key in story.accounts}
    told = [
        claim.model_copy(update={"account": names.get(claim.account, claim.account)})
        for claim in from_arrow(story.claims)
    ]
    return replace(story, accounts=accounts, claims=to_arrow(told))
