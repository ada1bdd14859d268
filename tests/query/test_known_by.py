"""Three clocks: known since it was stated, since its source was published, or since it was recorded; never a mix."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from tests.claims_for_tests import SIX, claim, night, table
from tests.conftest import ROOT

from contested import CHARTS, Selection, Store, answer, open_story
from contested.cli import codebook
from contested.cli.main import main
from contested.model.vocabulary import KnownBy

PUBLISHED = {"S1": datetime.fromisoformat(night("20:00")), "S2": datetime.fromisoformat(night("22:00"))}
"""Two sources of which it is known when they came out; S3 is a third."""
TOLD = [
    claim(claim_id="early", source_id="S1", stated_at=night("18:00")),
    claim(claim_id="late", source_id="S2", stated_at=night("17:00")),
    claim(claim_id="undated", source_id="S3", stated_at=night("16:00")),
]


def known(clock, by, *claims, published=PUBLISHED, **chosen):
    selection = Selection(as_known_at=night(clock), known_by=by, **chosen)
    return set(Store(claims or TOLD, published).ask("select claim_id from known", selection)["claim_id"])


def test_by_publication_a_claim_is_known_once_its_source_is_out():
    assert known("19:59", "published") == set()
    assert known("20:00", "published") == {"early"}
    assert known("22:00", "published") == {"early", "late"}


def test_what_was_stated_first_may_be_published_last():
    assert known("17:00", "stated") == {"late", "undated"}
    assert known("20:00", "published") == {"early"}


def test_a_source_without_a_time_of_publication_is_known_by_no_moment_of_it_however_late():
    assert "undated" not in known("23:59", "published")
    assert known("23:59", "published", published={}) == set()


def test_the_time_of_stating_never_stands_in_for_that_of_publication_nor_of_recording():
    assert known("23:59", "recorded") == set()
    assert known("23:59", "published", claim(source_id="S1")) == {"k1"}
    assert known("23:59", "stated", claim(source_id="S1")) == set()


def test_a_claim_stands_until_what_replaces_it_is_published():
    old = claim(claim_id="old", source_id="S1", stated_at=night("17:00"))
    new = claim(claim_id="new", source_id="S2", stated_at=night("18:00"), supersedes="old")

    def standing(clock):
        selection = Selection(as_known_at=night(clock), known_by="published")
        rows = Store([old, new], PUBLISHED).ask("select claim_id, standing from known", selection)
        return dict(zip(rows["claim_id"], rows["standing"], strict=True))

    assert standing("21:00") == {"old": "standing"}
    assert standing("22:00") == {"old": "superseded", "new": "standing"}


@pytest.mark.parametrize(("by", "clock"), [("stated", "18:00"), ("published", "20:00")])
def test_each_claim_says_since_when_it_is_known_by_the_clock_chosen(by, clock):
    told = Store(TOLD, PUBLISHED).ask("select known_at from known where claim_id = 'early'", Selection(known_by=by))

    assert f"{told['known_at'][0]:%H:%M}" == clock


NAMES = st.sampled_from(("S1", "S2", "S3", "S4"))
HOURS = st.integers(0, 12)
BEGUN = datetime.fromisoformat(night("12:00"))


def at(hour):
    return BEGUN + timedelta(hours=hour)


@settings(max_examples=settings().max_examples // 2)
@given(
    st.dictionaries(NAMES, HOURS.map(at)),
    st.lists(st.tuples(NAMES, st.one_of(st.none(), HOURS.map(at)), st.booleans()), max_size=8),
    HOURS.map(at),
)
def test_as_published_by_a_moment_is_what_the_documents_that_were_out_say_and_nothing_else(published, told, moment):
    claims = [
        claim(claim_id=f"k{n}", source_id=source, stated_at=stated, supersedes=f"k{n - 1}" if replaces and n else "")
        for n, (source, stated, replaces) in enumerate(told)
    ]
    out = [one for one in claims if one.source_id in published and published[one.source_id] <= moment]
    rewound = Selection(as_known_at=moment, known_by="published")
    question = "select to_json(known)::varchar as said from known order by claim_id"

    everything, then = Store(claims, published), Store(out, published)

    assert list(everything.ask(question, rewound)["said"]) == list(
        then.ask(question, Selection(known_by="published"))["said"]
    )
    assert everything.summary(rewound).undated == sum(one.source_id not in published for one in claims)


# What has no time by the clock is counted, not passed over


def told(**chosen):
    story = open_story(ROOT / "data" / "korday-2020")
    store = Store(TOLD, PUBLISHED)
    return answer(CHARTS[0], story, store, Selection.model_validate(chosen))


def test_what_is_left_out_for_want_of_a_time_is_counted_in_the_stamp_and_among_what_cannot_be_told():
    found = told(as_known_at=night("23:00"), known_by="published")

    assert found.undated() == "1 claim left out, not known when published"
    assert "As published by 7 Feb 2020, 23:00 · UTC · all accounts · 1 claim left out, not known when" in found.stamp()
    assert "As published by 7 Feb 2020, 23:00: 1 claim left out, not known when published." in found.caveat
    assert told(as_known_at=night("23:00"), known_by="recorded").undated() == (
        "3 claims left out, not known when recorded"
    )


def test_where_all_have_their_time_or_no_moment_is_chosen_nothing_is_said_to_be_left_out():
    assert told(as_known_at=night("23:00")).undated() == ""
    assert told(known_by="published").undated() == ""


def test_what_a_filter_hides_is_not_counted_twice():
    chosen = {"as_known_at": night("23:00"), "known_by": "published"}

    assert told(**chosen, place=("nowhere",)).undated() == ""


# Korday: the article came out on 11 February, the residents spoke before


def test_the_article_is_known_from_the_end_of_the_day_it_came_out(korday, korday_store):
    def voices(moment, by):
        return set(
            korday_store.ask("select distinct account from known", Selection(as_known_at=moment, known_by=by))[
                "account"
            ]
        )

    assert "vlast" not in voices("2020-02-11T12:00+06:00", "published")
    assert "vlast" in voices("2020-02-12T00:00+06:00", "published")
    assert korday.published()["A01"] == datetime.fromisoformat("2020-02-11T23:59+06:00")


def test_a_story_offers_the_clocks_that_it_has(korday, tmp_path):
    table(tmp_path / "claims.csv", SIX)
    bare = open_story(tmp_path)

    assert clocks(korday) == (KnownBy.STATED, KnownBy.PUBLISHED)
    assert clocks(bare) == (KnownBy.STATED,)


def clocks(story):
    return Store(story.claims, story.published()).facets().clocks


def test_the_link_the_drawer_and_the_stamp_go_by_publication():
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=120)
    app.query_params["known_by"] = "published"
    app.query_params["as_known_at"] = "2020-02-08T16:00+06:00"
    app.query_params["timeline-tab"] = "How counted"

    app.run()

    assert not app.exception
    app.button(key="more-filters").click().run()
    assert app.radio(key="draft-known_by").value == "published"
    assert list(app.radio(key="draft-known_by").options) == ["said", "published"]
    assert any("As published by 8 Feb 2020, 16:00" in one.value.replace("\\", "") for one in app.markdown)


def test_the_terminal_goes_by_publication_too(capsys):
    assert main(["ask", "casualty-counts", "--known-by", "published", "--as-known-at", "2020-02-08T16:00+06:00"]) == 0
    assert "As published by 8 Feb 2020, 16:00 · Asia/Almaty" in capsys.readouterr().out


def test_the_codebook_names_the_three_clocks():
    [row] = [row for row in codebook.vocabularies() if row["list"] == "KnownBy"]

    assert row["words"] == "`stated`, `published`, `recorded`"
