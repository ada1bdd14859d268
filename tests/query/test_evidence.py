"""The evidence: which claims hold the words, what each says of itself, and what stands between them."""

import pytest
from tests.claims_for_tests import claim, night

from contested import Selection, Store
from contested.model.arrow_schema import from_arrow, to_arrow
from contested.model.side_tables import Account, Event, Place, Source
from contested.model.story import Package, Story
from contested.query.search import FACETS, Found, links, search
from contested.query.selection import By
from contested.query.voices import legend_of, voices
from contested.text.claim_details import address, details, related

SOURCE = Source(source_id="S1", publisher="Vlást", title="Two Views", url="https://example.org/views")
CLAIMS = (
    claim(claim_id="a", summary="Eight people died in Şortöbe.", account="south", stated_at=night("22:00")),
    claim(claim_id="b", summary="Ten people died.", account="south", supersedes="a", stated_at=night("23:00")),
    claim(claim_id="c", summary="A crowd 100% strong_came.", account="south", via="Vlást > a guest", place="village"),
    claim(claim_id="d", summary="Nothing.", source_id="S2", measure="killed", best=178, part_of="b", corrects="gone"),
)
STORY = Story(
    "story",
    Package(title="Story", zone="Asia/Almaty"),
    to_arrow(CLAIMS),
    {"north": Account(account="north", label="Northern people"), "south": Account(account="south", label="Officials")},
    {"S1": SOURCE},
    {"night": Event(event_id="night", label="The long night")},
    {"village": Place(place="village", label="Masanchi")},
)
STORE = Store(CLAIMS)


def legend(**chosen):
    return legend_of(STORY, Selection(zone="Asia/Almaty", **chosen), voices(STORY, STORE.facets(), By.ACCOUNT))


def held(text, **chosen):
    return "".join(sorted(search(STORE, STORY, Selection(**chosen), text).standing))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", "abcd"),
        ("   ", "abcd"),
        ("people", "abd"),
        ("PEOPLE died", "ab"),
        ("died people", "ab"),
        ("people crowd", ""),
        ("sortobe", "a"),
        ("ŞORTÖBE", "a"),
        ("S\u0327orto\u0308be", "a"),
        ("vlast", "abc"),
        ("two views", "abc"),
        ("example.org", "abc"),
        ("northern", "d"),
        ("officials", "abc"),
        ("masanchi", "c"),
        ("long night", "abcd"),
        ("guest", "c"),
        ("178", "d"),
        ("killed", "d"),
        ("100%", "c"),
        ("%", "c"),
        ("strong_came", "c"),
        ("a_e", ""),
        ("' or true --", ""),
        ("$words", ""),
        ("\\", ""),
    ],
)
def test_finds_the_claims_that_hold_every_word(text, ids):
    assert held(text) == ids


def test_searches_only_what_is_selected():
    assert held("people", account=("south",)) == "ab"
    assert held("people", as_known_at=night("22:30")) == "a"


def test_a_story_without_side_tables_is_searched_too():
    bare = Story("bare", Package(title="Bare"), to_arrow(CLAIMS))

    assert list(search(STORE, bare, Selection(), "ten").standing) == ["b"]
    assert search(Store(), bare, Selection(), "ten") == Found(0, {}, dict.fromkeys(FACETS, 0))


def test_says_whether_a_claim_still_stands():
    found = search(STORE, STORY, Selection(), "died")

    assert found.standing == {"b": "standing", "a": "superseded"}
    assert [*found.standing] == ["b", "a"]


def test_only_claims_of_a_facet_are_found_and_each_facet_is_counted():
    found = search(STORE, STORY, Selection(), "died", only=["no longer standing"])

    assert [*found.standing] == ["a"]
    assert found.facets["no longer standing"] == 1
    assert search(STORE, STORY, Selection(), "died").facets == found.facets


def test_a_relation_is_said_from_both_ends():
    assert links(STORE, Selection(), ["a", "b", "d"]) == {
        "a": {"Replaced by": ["b"]},
        "b": {"Replaces": ["a"], "Has as a part": ["d"]},
        "d": {"Part of": ["b"]},
    }


def test_only_the_claims_asked_for_have_their_relations_given():
    assert links(STORE, Selection(), ["a"]) == {"a": {"Replaced by": ["b"]}}
    assert links(STORE, Selection(), []) == {}


def test_what_was_not_yet_known_is_in_no_relation():
    assert links(STORE, Selection(as_known_at=night("22:30")), ["a"]) == {}


def test_a_relation_names_whose_claim_it_is_and_what_it_says():
    claims = {one.claim_id: one for one in CLAIMS}

    assert related({"Replaced by": ["b"]}, claims, legend()) == {"Replaced by": "Officials, Ten people died. (b)"}


def test_a_claim_says_who_what_when_and_where_it_stands():
    told = details(
        claim(
            account="south",
            speaker="interior minister",
            via="Vlást > a guest",
            stance="relays",
            began_earliest=night("17:00"),
            began_latest=night("18:00"),
            time_words="about 11 p.m.",
            time_basis="derived",
            zone="Asia/Almaty",
            place="village",
            measure="killed",
            low=8,
            figure_words="at least",
            definition="found",
            scope="cumulative",
            question="How many were killed?",
            answer="at least 8",
            stated_earliest=night("20:00"),
            stated_at=night("22:00"),
            locator="line 7",
        ),
        SOURCE,
        legend(),
        "superseded",
    )

    assert told == {
        "Who": "Officials (relays), interior minister",
        "Passed on": "Vlást > a guest",
        "When": "“about 11 p.m.” (clocks of Asia/Almaty); derived; "
        "began between 7 Feb 2020, 23:00 and 8 Feb 2020, 00:00; ended at an unknown time",
        "Figure": "at least 8 people were killed (found), a running total",
        "Where": "Masanchi",
        "Answers": "How many were killed? at least 8",
        "Said": "between 8 Feb 2020, 02:00 and 8 Feb 2020, 04:00",
        "Times in": "Asia/Almaty",
        "Source": "Vlást, “Two Views”, line 7",
        "Standing": "superseded",
        "Claim": "k1, The long night",
    }


def test_the_times_of_a_claim_are_those_of_the_viewers_zone_and_its_own_zone_is_that_of_its_words():
    noon = claim(began_earliest=night("12:00"), time_words="at noon", zone="Europe/London", stated_at=night("13:00"))
    told = details(noon, None, legend())

    assert (
        told["When"]
        == "“at noon” (clocks of Europe/London); began not before 7 Feb 2020, 18:00; ended at an unknown time"
    )
    assert (told["Said"], told["Times in"]) == ("by 7 Feb 2020, 19:00", "Asia/Almaty")


def test_where_the_very_words_stand_is_said_with_the_locator():
    located = claim(locator="line 46", quote_locator="characters 1–98")

    assert details(located, None, legend())["Source"] == "S1, line 46, characters 1–98"


def test_a_claim_is_found_by_its_label():
    labelled = claim(claim_id="z", label="23:00 special police")

    assert list(search(Store([labelled]), STORY, Selection(), "special POLICE").standing) == ["z"]


def test_a_withdrawal_says_by_when_and_why_and_before_it_nothing_of_it():
    taken_back = claim(status="withdrawn", withdrawn_at=night("11:00"), reason="The count was wrong.")

    after, before = (details(taken_back, None, legend(), standing) for standing in ("withdrawn", "standing"))
    assert after["Standing"] == "withdrawn by 8 Feb 2020, 17:00"
    assert after["Why"] == "The count was wrong."
    assert not {"Standing", "Why"} & set(before)


def test_a_withdrawal_at_an_unknown_time_says_no_time():
    assert details(claim(status="withdrawn"), None, legend(), "withdrawn")["Standing"] == "withdrawn"


@pytest.mark.parametrize("relation", ["corrects", "supersedes"])
def test_a_correction_says_why(relation):
    corrected = claim(**{relation: "k0"}, reason="The hospital said so.")

    assert details(corrected, None, legend())["Why"] == "The hospital said so."


def test_a_claim_that_says_little_leaves_no_empty_line():
    assert details(claim(measure="killed"), None, legend()) == {
        "Who": "Northern people (asserts), speaker not named",
        "Figure": "killed, no number stated",
        "Said": "at an unknown time",
        "Source": "S1, no locator",
        "Claim": "k1, The long night",
    }


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ({"began_earliest": "17:00", "began_latest": "17:00"}, "began at 7 Feb 2020, 23:00; ended at an unknown time"),
        ({"began_earliest": "17:00"}, "began not before 7 Feb 2020, 23:00; ended at an unknown time"),
        ({"began_latest": "17:00"}, "began by 7 Feb 2020, 23:00; ended at an unknown time"),
        ({"ended_earliest": "17:00"}, "began at an unknown time; ended not before 7 Feb 2020, 23:00"),
        ({"ended_latest": "17:00"}, "began at an unknown time; ended by 7 Feb 2020, 23:00"),
    ],
)
def test_an_open_bound_stays_open(bounds, words):
    said = claim(**{name: night(clock) for name, clock in bounds.items()})

    assert details(said, None, legend())["When"] == words


def test_a_day_is_said_by_its_date():
    day = {"began_earliest": "2020-02-07T00:00+06:00", "began_latest": "2020-02-08T00:00+06:00"}
    stated = {"stated_earliest": "2020-02-11T00:00+06:00", "stated_at": "2020-02-11T23:59+06:00"}
    told = details(claim(ended_latest="2020-02-08T00:00+06:00", **day, **stated), None, legend())

    assert (told["When"], told["Said"]) == (
        "began on 7 February 2020; ended by the end of 7 Feb 2020",
        "on 11 February 2020",
    )


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "//example.org",
        "https://",
        "https://example.org/a b",
        'https://example.org/"onclick',
        "https://example.org/<b>",
        "https://[",
        "https:\\\\example.org",
        "",
        None,
    ],
)
def test_no_address_that_a_reader_may_not_follow(url):
    assert address(SOURCE.model_copy(update={"url": url})) is None


def test_an_address_of_the_web_may_be_followed():
    assert address(SOURCE) == "https://example.org/views"
    assert (
        address(SOURCE.model_copy(update={"url": "http://example.org/?a=1&b=(2)"})) == "http://example.org/?a=1&b=(2)"
    )
    assert address(None) is None


def test_every_claim_of_the_story_can_be_told(korday):
    accounts = voices(korday, Store(korday.claims).facets(), By.ACCOUNT)
    everyone = legend_of(korday, Selection(zone="Asia/Almaty"), accounts)

    for one in from_arrow(korday.claims):
        told = details(one, korday.sources[one.source_id], everyone)
        assert {"Who", "Said", "Source", "Claim"} <= told.keys()
        assert all(told.values())
