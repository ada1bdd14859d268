"""Citations: an answer that leaves the program names every source behind it."""

from tests.claims_for_tests import claim
from tests.conftest import ROOT

from contested import CHARTS, Selection, Store, Story, answer, open_story
from contested.model.arrow_schema import to_arrow
from contested.model.side_tables import Source
from contested.model.story import Package
from contested.text.citation import Citation, cite

PAGE = Source(
    source_id="S1",
    publisher="Vlast",
    title="Two Views",
    url="https://example.org/views",
    retrieved_at="2020-02-12T10:00+06:00",
)
CLAIMS = (claim(claim_id="a"), claim(claim_id="b", source_id="S2"), claim(claim_id="c", source_id="S3", kind="arson"))
STORY = Story("small", Package(title="Small"), to_arrow(CLAIMS), sources={"S1": PAGE})


def asked(key, store=None, **chosen):
    chart = next(one for one in CHARTS if one.key == key)
    return answer(chart, STORY, store or Store(CLAIMS), Selection.model_validate(chosen))


def test_a_citation_names_publisher_title_address_and_day_of_access():
    assert cite("S1", STORY.sources) == Citation(
        "S1",
        "Vlast",
        "Two Views",
        "https://example.org/views",
        "2020-02-12",
        "Vlast, “Two Views”, https://example.org/views, accessed by 12 February 2020",
    )


def test_a_day_of_access_that_nobody_recorded_is_said_to_be_missing():
    undated = PAGE.model_copy(update={"retrieved_at": None, "url": None})

    found = cite("S1", {"S1": undated})
    assert found.words == "Vlast, “Two Views”, day of access not recorded"
    assert found.accessed is None


def test_a_source_of_which_the_story_says_nothing_is_named_by_its_id():
    assert cite("S9", {}) == Citation("S9", words="S9, of which the story says nothing")


def test_only_the_sources_behind_the_rows_are_cited():
    assert [one.source_id for one in asked("timeline").sources] == ["S1", "S2", "S3"]
    assert [one.source_id for one in asked("timeline", kind=["arson"]).sources] == ["S3"]
    assert asked("casualty-counts").sources == ()


def test_a_source_of_all_of_many_claims_is_cited_of_whatever_has_rows():
    many = Store([claim(claim_id=str(number)) for number in range(3)], few=0)

    assert asked("timeline", many).publishers == ("Vlast",)
    assert asked("casualty-counts", many).publishers == ()


def test_each_row_names_its_own_sources_once():
    found = asked("timeline")
    alone = ["S2, of which the story says nothing", "S3, of which the story says nothing"]

    assert found.citations(found.claim_ids())[1:] == alone
    assert found.citations([["b", "c", "b"]]) == ["; ".join(alone)]
    assert found.citations([]) == []


def test_a_document_holds_the_citations_as_plain_values():
    first, *_ = asked("timeline").document()["sources"]

    assert first["publisher"] == "Vlast"
    assert first["accessed"] == "2020-02-12"


def test_every_source_of_korday_can_be_cited():
    korday = open_story(ROOT / "data" / "korday-2020")
    sources = answer(CHARTS[0], korday, Store(korday.claims), Selection()).sources

    assert {one.source_id for one in sources} == set(korday.claims["source_id"].to_pylist())
    assert all(one.publisher and one.words for one in sources)
