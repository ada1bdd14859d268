"""A talk in one file: what each slide owes its audience, and what a file must never do."""

import base64
import gzip
import re

from tests.claims_for_tests import claim
from tests.lies.small_stories import small, told

from contested.export import story_file, talk
from contested.query.selection import Selection

KILLED = claim(
    claim_id="k1",
    kind="casualties",
    measure="killed",
    best=8,
    low=8,
    high=8,
    figure_words="eight",
    stated_at="2020-02-08T12:00Z",
)
HEARD = claim(
    claim_id="k2", kind="casualties", account="south", measure="killed", best=11, low=11, high=11, via="24.kg",
    stated_at="2020-02-14T12:00Z",
)  # fmt: skip


def shown(*slides, is_deck=True):
    return talk.page("For the round table", small(KILLED)[0], slides, is_deck=is_deck).html


def test_a_slide_has_the_finding_the_alt_text_the_table_the_accounts_the_sources_and_how_it_was_counted():
    found = told("casualty-counts", KILLED, HEARD)

    page = shown(talk.Slide(found))

    assert f'<h2 id="t1">{found.title}</h2>' in page
    assert found.stamp() in page
    assert f'<span class="stamp">{found.reader_stamp()}</span>' in page
    assert page.count(f'aria-label="{found.sentence} ') == 3
    for words in ("Who says so?", "Table", "Sources (1)", "How counted"):
        assert f"<summary>{words}</summary>" in page
    assert re.findall(r"<b>(\d+)</b>", page) == ["8", "11"]


def test_what_an_account_only_passes_on_is_hearsay_and_says_through_whom():
    page = shown(talk.Slide(told("casualty-counts", KILLED, HEARD)))

    [through] = re.findall(r"hearsay: ([^<]*)", page)
    assert through == "24.kg"


def test_who_gives_no_answer_is_named_last_and_nothing_is_said_for_them():
    found = told("casualty-counts", KILLED, claim(claim_id="c1", account="south"))

    page = shown(talk.Slide(found))

    assert "No answer to this from south." in page


def test_a_title_of_the_presenters_own_stands_above_the_finding_and_not_in_its_place():
    found = told("casualty-counts", KILLED)

    page = shown(talk.Slide(found, "What officials said first"))

    assert '<h2 id="t1">What officials said first</h2>' in page
    assert f"The data say: {found.title}" in page


def test_a_content_note_stands_before_the_slide_that_wants_one():
    found = told("casualty-counts", KILLED)

    assert '<p class="content-note">What follows gives numbers of the dead.</p><h2' in shown(
        talk.Slide(found, is_warned=True)
    )
    assert 'content-note">' not in shown(talk.Slide(found))


def test_notes_are_in_the_page_and_hidden_until_they_are_asked():
    page = shown(talk.Slide(told("casualty-counts", KILLED), notes="Say first\nthat nobody adds these."))

    assert '<div class="notes" hidden><p>Say first</p><p>that nobody adds these.</p></div>' in page


def test_a_file_asks_nobody_and_runs_only_its_own_script():
    page = shown(talk.Slide(told("casualty-counts", KILLED)))

    assert not re.findall(r'(?:src|href)="(?!#)[^"]*"', page)
    assert len(re.findall("<script", page)) == 1
    assert "connect-src &#x27;none&#x27;" in page


def test_words_of_a_story_are_words_whatever_they_hold():
    hostile = '<img src=x onerror="alert(1)">'
    found = told(
        "casualty-counts", claim(kind="casualties", measure="killed", best=8, summary=hostile, account=hostile)
    )

    page = shown(talk.Slide(found, hostile, hostile), talk.Slide(None, lines=(hostile,)))

    assert "<img" not in page
    assert "&lt;img" in page


def test_a_deck_opens_on_its_slides_and_a_story_as_a_page_to_read():
    slide = talk.Slide(told("casualty-counts", KILLED))

    assert '<main data-slides="">' in shown(slide)
    assert "<main>" in shown(slide, is_deck=False)


def test_the_file_of_korday_holds_its_charts_in_their_order_and_stays_below_two_megabytes(korday, korday_store):
    selection = Selection(zone="Asia/Almaty")
    slides = list(story_file.slides(korday, korday_store, selection))
    keys = [slide.answer.chart.key for slide in slides if slide.answer]

    alone = story_file.heard_alone(slides)
    page = talk.page(korday.package.title, korday, slides, is_deck=False, font=bytes(170_188), alone=alone).html

    assert keys[:4] == ["timeline", "hourly-clashes", "response-delays", "casualty-counts"]
    assert slides[-1].lines == korday.package.silence
    assert len(page.encode()) < 2_000_000


def test_each_account_can_be_heard_alone_and_is_answered_and_not_only_hidden():
    found = told("casualty-counts", KILLED, HEARD)
    alone = story_file.heard_alone([talk.Slide(found)])

    page = talk.page("A night", found.story, [talk.Slide(found)], is_deck=False, alone=alone).html

    assert re.findall(r"<option[^>]*>([^<]*)", page) == ["all accounts", "north alone", "south alone"]
    packed = re.findall(r'<script type="application/gzip" id="alone\d">([^<]*)', page)
    north, south = (gzip.decompress(base64.b64decode(one)).decode() for one in packed)
    assert "according to north" in north
    assert "1 account hidden" in north
    assert "hearsay: 24.kg" in south
