"""A story is a folder of claims; its side tables give names, and what they lack is said."""

import json
import os
from pathlib import Path

import pytest
from tests.claims_for_tests import SIX, claim, fields, table
from tests.conftest import ROOT
from tests.lies.small_stories import GED

from contested import Problem, Store, open_story, read
from contested.model.arrow_schema import from_arrow, to_arrow
from contested.model.problem import UnreadableFileError, UnreadableStoryError
from contested.model.story import Package
from contested.query.selection import By
from contested.query.voices import voices


@pytest.fixture
def folder(tmp_path):
    """Give a folder to which a test adds tables; it tells of one claim."""
    home = tmp_path / "korday"
    home.mkdir()
    table(home / "claims.csv", SIX)
    return home


def problems(folder):
    return list(open_story(folder).problems)


def describe(folder, described):
    content = described if isinstance(described, bytes) else json.dumps(described).encode()
    (folder / "datapackage.json").write_bytes(content)


# One table is enough


def test_a_row_that_makes_several_claims_keeps_them_all(tmp_path):
    story = open_story(table(tmp_path / "ged.csv", GED, GED | {"id": "2"}))

    assert [one.event_id for one in from_arrow(story.claims)] == ["ucdp-1"] * 6 + ["ucdp-2"] * 6
    assert story.problems == ()


def test_claims_alone_are_a_story(folder):
    story = open_story(folder)

    assert (story.name, story.claims, story.problems) == ("korday", to_arrow([claim()]), ())
    assert story.package == Package(title="korday", zone="UTC", sides={})
    assert (story.accounts, story.sources, story.events, story.places) == ({}, {}, {}, {})


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_one_file_of_claims_is_a_story_named_after_it(tmp_path, suffix):
    path = tmp_path / f"night{suffix}"
    path.write_text(json.dumps(SIX), encoding="utf-8") if suffix == ".jsonl" else table(path, SIX)

    story = open_story(path)

    assert (story.name, story.package.title, story.claims) == ("night", "night", to_arrow([claim()]))


def test_a_folder_without_claims_is_no_story(tmp_path):
    with pytest.raises(UnreadableStoryError) as caught:
        open_story(tmp_path)

    assert str(caught.value) == f"{tmp_path} is no story: a story is a folder with claims.csv, or one file of claims"


def test_a_folder_that_is_not_there_is_no_story(tmp_path):
    with pytest.raises(UnreadableStoryError, match="nowhere is no story"):
        open_story(tmp_path / "nowhere")


def test_an_empty_table_of_claims_is_refused(folder):
    (folder / "claims.csv").write_bytes(b"")

    with pytest.raises(UnreadableFileError, match=r"claims.csv: the file is empty"):
        open_story(folder)


def test_the_folder_one_stands_in_is_named_too(folder):
    before = Path.cwd()
    os.chdir(folder)

    try:
        story = open_story(Path())
    finally:
        os.chdir(before)

    assert (story.name, story.package.title) == ("korday", "korday")


# Side tables


def test_side_tables_give_names(folder):
    table(folder / "accounts.csv", {"account": "north", "label": "Northerners"})
    table(folder / "sources.csv", {"source_id": "S1", "publisher": "Vlast", "title": "Views"})
    table(folder / "events.csv", {"event_id": "night", "label": "The night"})
    table(folder / "places.csv", {"place": "masanchi", "label": "Masanchi", "latitude": "42.9", "longitude": "75.3"})

    story = open_story(folder)

    assert story.problems == ()
    assert story.accounts["north"].label == "Northerners"
    assert story.sources["S1"].publisher == "Vlast"
    assert story.events["night"].label == "The night"
    assert (story.places["masanchi"].latitude, story.places["masanchi"].longitude) == (42.9, 75.3)


def accounts(story):
    return [voice.key for voice in voices(story, Store(story.claims).facets(), By.ACCOUNT)]


def test_accounts_stand_in_the_order_of_their_table_and_then_those_that_only_claims_name(folder):
    table(folder / "accounts.csv", {"account": "south", "label": "S"}, {"account": "north", "label": "N"})
    table(folder / "claims.csv", *(fields(claim_id=name, account=name) for name in ("west", "north", "east")))

    assert accounts(open_story(folder)) == ["south", "north", "east", "west"]


def test_a_bad_row_of_a_side_table_is_a_problem_of_that_table(folder):
    table(folder / "events.csv", {"event_id": "night", "label": "The night"}, {"event_id": "day", "label": ""})

    assert problems(folder) == [("events.csv", Problem("string_too_short", 3, "label", "", "empty", "give it"))]


def test_an_unknown_column_of_a_side_table_is_told_with_a_near_name(folder):
    table(folder / "events.csv", {"event_id": "night", "lable": "The night"})

    assert problems(folder) == [
        ("events.csv", Problem("column", 1, "lable", "lable", "no such column", "did you mean label?"))
    ]


def test_a_column_like_no_other_is_told_with_those_that_are_known(folder):
    table(folder / "events.csv", {"event_id": "night", "label": "The night", "xyz": ""})

    [(_, problem)] = problems(folder)

    assert problem.fix == "known are event_id, label, part_of"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org", "example.org"])
def test_a_source_links_to_the_web_or_nowhere(folder, url):
    table(folder / "sources.csv", {"source_id": "S1", "publisher": "Vlast", "title": "Views", "url": url})

    [(name, problem)] = problems(folder)

    assert (name, problem.row, problem.column, problem.value) == ("sources.csv", 2, "url", url)


@pytest.mark.parametrize(("column", "cell"), [("latitude", "91"), ("longitude", "-181"), ("radius_km", "-1")])
def test_a_place_is_on_the_map(folder, column, cell):
    table(folder / "places.csv", {"place": "masanchi", "label": "Masanchi", column: cell})

    [(_, problem)] = problems(folder)

    assert (problem.column, problem.value) == (column, cell)


@pytest.mark.parametrize("said", [{"radius_km": "inf"}, {"latitude": "42.9"}], ids=["endless", "half a point"])
def test_a_place_is_held_to_what_a_claim_s_place_is_held_to(folder, said):
    table(folder / "places.csv", {"place": "masanchi", "label": "Masanchi"} | said)

    assert problems(folder)


def test_a_name_that_a_side_table_gives_twice_is_a_problem(folder):
    table(folder / "events.csv", {"event_id": "night", "label": "The night"}, {"event_id": "night", "label": "Riot"})

    [(name, problem)] = problems(folder)

    assert (name, problem.row, problem.value) == ("events.csv", 3, "night")


# What a claim names


@pytest.mark.parametrize(
    ("file", "row", "column"),
    [
        ("accounts.csv", {"account": "south", "label": "S"}, "account"),
        ("sources.csv", {"source_id": "S2", "publisher": "P", "title": "T"}, "source_id"),
        ("events.csv", {"event_id": "day", "label": "D"}, "event_id"),
        ("places.csv", {"place": "taraz", "label": "Taraz"}, "place"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_name_that_its_table_lacks_is_a_problem_and_the_claim_is_kept(folder, file, row, column):
    table(folder / "claims.csv", fields(place="masanchi"))
    table(folder / file, row)

    [(name, problem)] = problems(folder)

    assert (name, problem.row, problem.column) == ("claims.csv", 2, column)
    assert problem.value == fields(place="masanchi")[column]
    assert problem.reason == "k1 names what its table lacks"
    assert problem.fix == f"add it, or choose from {row[column]}"
    assert open_story(folder).claims == to_arrow([claim(place="masanchi")])


def test_a_claim_that_names_no_place_lacks_none(folder):
    table(folder / "places.csv", {"place": "taraz", "label": "Taraz"})

    assert problems(folder) == []


@pytest.mark.parametrize("relation", ["supersedes", "corrects", "part_of", "same_origin"])
def test_another_claim_that_does_not_exist_is_a_problem(folder, relation):
    table(folder / "claims.csv", fields(**{relation: "k0"}))

    assert problems(folder) == [
        ("claims.csv", Problem("reference", 2, relation, "k0", "k1 names no claim", "correct the id"))
    ]


TEN, ELEVEN = (
    fields(claim_id=claim_id, kind="casualties", measure="killed", best=best, summary=summary)
    for claim_id, best, summary in (("k1", "10", "Ten died."), ("k2", "11", "Eleven died."))
)


@pytest.mark.parametrize(
    ("summary", "found"),
    [
        ("Ten died, they said.", ["W-OLD-FIGURE"]),
        ("Погибло десять человек.", ["W-OLD-FIGURE"]),
        ("Not ten but eleven died.", []),
        ("Some died.", []),
    ],
)
def test_a_correction_whose_words_state_the_figure_that_it_corrects_is_flagged(folder, summary, found):
    table(folder / "claims.csv", TEN, ELEVEN | {"corrects": "k1", "summary": summary})

    assert [one.code for _, one in problems(folder)] == found


def test_an_account_may_replace_its_own_words(folder):
    table(folder / "claims.csv", SIX, fields(claim_id="k2", supersedes="k1"))

    assert problems(folder) == []


def test_an_account_may_not_replace_another_s_words(folder):
    table(folder / "claims.csv", SIX, fields(claim_id="k2", account="south", supersedes="k1"))

    assert problems(folder) == [
        (
            "claims.csv",
            Problem(
                "reference",
                3,
                "supersedes",
                "k1",
                "k2 replaces the words of north",
                "an account replaces only its own words",
            ),
        )
    ]


@pytest.mark.parametrize("relation", ["corrects", "part_of", "same_origin"])
def test_an_account_may_speak_of_another_s_words_otherwise(folder, relation):
    table(folder / "claims.csv", SIX, fields(claim_id="k2", account="south", **{relation: "k1"}))

    assert problems(folder) == []


def test_a_dangling_name_is_told_with_its_row_in_the_file(folder):
    table(folder / "claims.csv", fields(claim_id="k0", kind="war"), fields(supersedes="k9"))

    rows = [problem.row for _, problem in problems(folder)]

    assert rows == [2, 3]


# The package


def test_the_package_gives_title_zone_and_sides(folder):
    describe(folder, {"title": "Korday", "contested": {"zone": "Asia/Almaty", "sides": {"dungan": "Dungan side"}}})

    assert open_story(folder).package == Package(title="Korday", zone="Asia/Almaty", sides={"dungan": "Dungan side"})


def test_the_package_may_give_a_title_only(folder):
    describe(folder, {"title": "Korday", "licenses": []})

    assert open_story(folder).package == Package(title="Korday")


def standfirst(folder, text):
    describe(folder, {"title": "Korday", "contested": {"standfirst": text}})
    return open_story(folder)


def test_the_package_may_give_a_standfirst(folder):
    two = "One night is told three ways. Nobody has counted the boats."
    story = standfirst(folder, two)

    assert story.package.standfirst == two
    assert story.problems == ()


def test_the_package_may_say_what_nobody_says(folder):
    describe(folder, {"title": "Korday", "contested": {"silence": ["Who counted the boats.", "Where they went."]}})

    assert open_story(folder).package.silence == ("Who counted the boats.", "Where they went.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two. Three.", "3 sentences, the longest with 1 word"),
        (f"{'word ' * 26}.", "1 sentence, the longest with 27 words"),
    ],
)
def test_a_standfirst_too_long_for_one_glance_is_kept_and_remarked_on(folder, text, found):
    story = standfirst(folder, text)

    [(file, problem)] = story.problems
    assert story.package.standfirst == text
    assert (file, problem.code, problem.severity, problem.reason) == (
        "datapackage.json",
        "W-STANDFIRST",
        "warning",
        found,
    )
    assert "at most 2 sentences of at most 25 words" in problem.fix


def test_accounts_may_share_a_group_and_stay_accounts(folder):
    rows = [{"account": one, "label": one.title(), "group": "Outlets"} for one in ("herald", "courier")]
    table(folder / "accounts.csv", *rows, {"account": "north", "label": "North"})
    story = open_story(folder)

    assert {key: one.group for key, one in story.accounts.items()} == {
        "herald": "Outlets",
        "courier": "Outlets",
        "north": None,
    }
    assert accounts(story) == ["herald", "courier", "north"]


@pytest.mark.parametrize(
    "described",
    [b'{"title": ', b"", {"name": "korday"}, {"title": 7}, {"title": "Korday", "contested": {"zone": "Korday"}}],
    ids=["cut off", "empty", "no title", "title is a number", "unknown zone"],
)
def test_a_broken_package_is_refused(folder, described):
    describe(folder, described)

    with pytest.raises(UnreadableStoryError, match=r"^datapackage.json cannot be read: "):
        open_story(folder)


@pytest.mark.parametrize(
    "described",
    [
        [],
        "Korday",
        {"title": "Korday", "contested": None},
        {"title": "Korday", "contested": ["Asia/Almaty"]},
        '{"title": "Кордай"}'.encode("cp1251"),
    ],
    ids=["a list", "a word", "nothing", "a list inside", "cp1251"],
)
def test_a_package_of_another_shape_is_refused(folder, described):
    describe(folder, described)

    with pytest.raises(UnreadableStoryError, match=r"^datapackage.json cannot be read: "):
        open_story(folder)


# The story that the dashboard opens on


def test_korday_has_no_problem(korday):
    assert korday.problems == ()
    assert len(korday.claims) == 244


def test_korday_names_everything_it_tells_of(korday):
    assert {one.account for one in from_arrow(korday.claims)} == set(korday.accounts) == set(accounts(korday))
    assert {one.event_id for one in from_arrow(korday.claims)} <= set(korday.events)
    assert {one.source_id for one in from_arrow(korday.claims)} == set(korday.sources)
    assert {one.side for one in from_arrow(korday.claims) if one.side} <= set(korday.package.sides)


def test_every_instant_of_korday_is_said_with_the_offset_that_almaty_had():
    claims = read(ROOT / "data" / "korday-2020" / "claims.csv")
    moments = [value for one in claims for _, value in one if hasattr(value, "utcoffset")]

    assert {str(moment.utcoffset()) for moment in moments} == {"6:00:00"}
