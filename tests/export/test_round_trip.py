"""A story that is exported and opened again holds the same claims, whatever they say."""

import json
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import claim

from contested import Selection, Store, Story, open_story
from contested.export import claim_table, data_package
from contested.export.formats import FORMATS
from contested.ingest.options import Given
from contested.model.arrow_schema import from_arrow, to_arrow
from contested.model.story import Package
from contested.model.vocabulary import Kind, Measure, Stance, Status

WORDS = st.sampled_from(
    [
        "Eight died.",
        "=1+1",
        "@home, at 'nine'",
        '"no"',
        "two\nlines",
        "a\rb",
        " Масанчи",
        "Қордай; ауданы",
        "-",
        "<b>x</b>",
    ]
)
NAMES = WORDS.map(str.strip)
MOMENTS = st.integers(0, 600_000).map(lambda minutes: datetime(2020, 2, 1, tzinfo=UTC) + timedelta(minutes=minutes))


@st.composite
def told(draw, number):
    """Draw a claim that says much or little."""
    bounds = sorted(draw(st.lists(MOMENTS, min_size=4, max_size=4)))
    low, best, high = sorted(draw(st.lists(st.integers(0, 10**6), min_size=3, max_size=3)))
    is_placed, is_counted = draw(st.booleans()), draw(st.booleans())
    said = {
        "claim_id": f"k{number}",
        "account": draw(NAMES),
        "kind": draw(st.sampled_from(list(Kind))),
        "stance": draw(st.sampled_from(list(Stance))),
        "status": draw(st.sampled_from(list(Status))),
        "summary": draw(WORDS),
        "speaker": draw(st.none() | NAMES),
        "question": draw(st.none() | NAMES),
        "groups": draw(st.none() | st.just('{"agency": "FIRE; =1"}')),
        "same_origin": draw(st.sampled_from([(), ("k0",), ("k0", "k1")])) if number > 1 else (),
        "stated_at": draw(st.none() | MOMENTS),
    }
    said |= dict(zip(("began_earliest", "began_latest", "ended_earliest", "ended_latest"), bounds, strict=True))
    said |= {"measure": Measure.KILLED, "low": low, "best": best, "high": high} if is_counted else {}
    said |= {"latitude": draw(st.floats(-90, 90)), "longitude": draw(st.floats(-180, 180))} if is_placed else {}
    return claim(**said)


STORIES = st.integers(1, 4).flatmap(lambda number: st.tuples(*(told(one) for one in range(number))))


def exported(claims):
    story = Story("night", Package(title="Night: a story", zone="Asia/Almaty"), to_arrow(claims))
    return claim_table.of_story(story, Store(claims), Selection(zone="Asia/Almaty"))


def opened(path):
    return {one.claim_id: one for one in from_arrow(open_story(path).claims)}


@given(STORIES)
@settings(max_examples=12)
def test_csv_parquet_and_package_hold_the_same_claims_as_the_story(tmp_path_factory, claims):
    folder, same = tmp_path_factory.mktemp("export"), {one.claim_id: one for one in claims}
    found = exported(claims)
    for name in ("csv", "parquet"):
        path = folder / f"claims.{name}"
        path.write_bytes(FORMATS[name].of_claims(found))
        assert opened(path) == same
    package = folder / "package"
    package.mkdir()
    for name, content in data_package.of_claims(found).items():
        (package / name).write_bytes(content)

    assert opened(package) == same
    assert open_story(package).package == found.story.package


def test_the_example_is_the_same_story_after_it_was_a_package(korday, korday_store, tmp_path):
    found = claim_table.of_story(korday, korday_store, Selection(zone="Asia/Almaty"))
    for name, content in data_package.of_claims(found).items():
        (tmp_path / name).write_bytes(content)

    again = open_story(tmp_path)
    assert {one.claim_id: one for one in from_arrow(again.claims)} == {
        one.claim_id: one for one in from_arrow(korday.claims)
    }
    assert (again.accounts, again.sources, again.events, again.places) == (
        korday.accounts,
        korday.sources,
        korday.events,
        korday.places,
    )
    assert again.package == korday.package
    assert again.package.licence() == "Creative Commons Attribution 4.0 (https://creativecommons.org/licenses/by/4.0/)"
    assert not again.problems


def test_a_timeline_that_was_exported_is_read_here_as_one(tmp_path):
    day = {"began_earliest": "2020-02-07T18:00Z", "ended_latest": "2020-02-08T18:00Z"}
    hour = {
        "began_earliest": "2020-02-08T10:30Z",
        "began_latest": "2020-02-08T10:30Z",
        "time_words": "at half past four",
    }
    claims = [claim(claim_id="a", **day), claim(claim_id="b", account="<i>south</i>", **hour), claim(claim_id="c")]
    path = tmp_path / "night.json"
    path.write_bytes(FORMATS["timelinejs"].of_claims(exported(claims)))

    written = json.loads(path.read_text(encoding="utf-8"))
    assert [one["start_date"] for one in written["events"]] == [
        {"year": 2020, "month": 2, "day": 8},
        {"year": 2020, "month": 2, "day": 8, "hour": 16, "minute": 30},
    ]
    assert "1 claim without a time left out." in written["title"]["text"]["text"]
    assert written["events"][1]["group"] == "&lt;i&gt;south&lt;/i&gt;"
    read = list(from_arrow(open_story(path, given=Given(path.name, "Asia/Almaty")).claims))
    assert [one.time_words for one in read] == ["on 8 February 2020", "at half past four"]
