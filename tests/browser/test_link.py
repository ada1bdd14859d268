"""The link holds the whole view: filters write it, and loading, sending, back and forward read it."""

from collections import Counter

import pytest

from contested import CHARTS, Store
from contested.model.arrow_schema import from_arrow
from contested.query.selection import By
from contested.query.voices import voices

KEYS = tuple(chart.key for chart in CHARTS)
NONSENSE = "account=nobody&side=x&by=zebra&kind=z&place=moon&from=yesterday&to=%00&as_known_at=1e9&zone=Moon/Base"
NONSENSE += "&hedged=perhaps&start=lunch&stop=&unknown=1&" + "&".join(f"{key}-mark=x" for key in KEYS)


def _is_empty(found):
    """Say whether a chart has nothing to draw."""
    return not any(trace.get("customdata") for trace in found.figure()["data"])


@pytest.fixture(scope="module")
def talkative(story):
    """Name the account that tells most."""
    told = Counter(claim.account for claim in from_arrow(story.claims))
    return max(_voices(story), key=lambda voice: told[voice.key])


@pytest.fixture(scope="module")
def silent(story, ask):
    """Name an account that dates no clash."""
    return next(voice for voice in _voices(story) if _is_empty(ask(account=(voice.key,))["hourly-clashes"]))


def _voices(story):
    return voices(story, Store(story.claims).facets(), By.ACCOUNT)


def _says(dashboard, answers):
    """Say that title and alt text of every chart in view are those of these answers."""
    assert not dashboard.errors()
    assert dashboard.shown()
    for key in dashboard.shown():
        assert " ".join(dashboard.title(key).split()) == answers[key].title
        assert answers[key].sentence in dashboard.alt(key)
    return True


def test_an_account_turned_off_is_followed_linked_and_kept(viewer, ask, talkative, story):
    others = tuple(voice.key for voice in _voices(story) if voice != talkative)
    dashboard, narrowed = viewer(), ask(account=others)
    dashboard.open()
    assert "account" not in dashboard.parameters()
    dashboard.press(talkative.label)
    assert dashboard.chip(talkative.label).get_attribute("aria-checked") == "false"
    assert dashboard.parameters()["account"] == list(others)
    assert _says(dashboard, narrowed)
    several = dashboard.shown()
    assert len(several) > 1
    link = dashboard.page.url

    dashboard.follow(dashboard.page.reload)
    assert dashboard.page.url == link
    assert _says(dashboard, narrowed)

    for key in KEYS[:2]:
        dashboard.go(key)
        assert _says(dashboard, narrowed)
        assert dashboard.parameters()["account"] == list(others)

    dashboard.follow(dashboard.page.go_back)
    assert dashboard.shown() == [KEYS[0]]
    dashboard.follow(dashboard.page.go_back)
    assert dashboard.page.url == link
    assert dashboard.shown() == several
    assert _says(dashboard, narrowed)
    dashboard.follow(dashboard.page.go_forward)
    assert dashboard.shown() == [KEYS[0]]
    assert _says(dashboard, narrowed)

    other = viewer(new=True)
    other.page.goto(link)
    other.settle()
    assert other.page.url == link
    assert _says(other, narrowed)


def test_the_story_by_side_is_followed_linked_and_kept(viewer, ask):
    dashboard, by_side = viewer(), ask(by=By.SIDE)
    dashboard.open()
    drawer = dashboard.more_filters()
    radio = _sides(dashboard)
    radio.check(force=True)
    dashboard.settle()
    assert "by" not in dashboard.parameters()
    dashboard.follow(drawer.get_by_role("button", name="Show 244 of 244 claims").click, url=lambda url: "by=" in url)
    assert _says(dashboard, by_side)
    link = dashboard.page.url

    dashboard.go(KEYS[-1])
    assert _says(dashboard, by_side)
    dashboard.follow(dashboard.page.go_back)
    assert dashboard.page.url == link
    assert _says(dashboard, by_side)

    other = viewer()
    other.page.goto(link)
    other.settle()
    assert other.page.url == link
    assert _says(other, by_side)
    other.more_filters()
    assert _sides(other).is_checked()


def _sides(dashboard):
    return dashboard.keyed("draft-by").get_by_role("radio").nth(list(By).index(By.SIDE))


def test_the_link_names_accounts_by_id(dashboard, talkative):
    dashboard.open(f"?account={talkative.key}")
    assert dashboard.parameters().get("account") == [talkative.key]


def test_back_undoes_a_filter(dashboard, ask, talkative):
    dashboard.open()
    before = dashboard.page.evaluate("history.length")
    dashboard.press(talkative.label)
    assert dashboard.page.evaluate("history.length") == before + 1
    dashboard.follow(dashboard.page.go_back)
    assert _says(dashboard, ask())


def test_an_account_without_a_dated_clash_is_told_in_a_sentence(dashboard, ask, silent):
    dashboard.open(f"hourly-clashes?account={silent.key}")
    assert _says(dashboard, ask(account=(silent.key,)))


def test_hours_without_a_claim_are_told_in_a_sentence(dashboard, ask):
    dashboard.open("hourly-clashes?from=1999-01-01T00:00&to=1999-01-02T00:00")
    assert _says(dashboard, ask(since="1999-01-01T00:00+06:00", until="1999-01-02T00:00+06:00"))


def test_hours_that_end_before_they_begin_are_told_without_a_traceback(dashboard):
    dashboard.open(f"{KEYS[0]}?from=2020-02-09T00:00&to=2020-02-08T00:00")
    assert not dashboard.page.get_by_test_id("stException").count()
    assert dashboard.page.get_by_test_id("stMain").inner_text().strip()


def test_nonsense_in_the_link_falls_back_to_the_default(dashboard, ask):
    dashboard.open(f"?{NONSENSE}")
    assert _says(dashboard, ask())
    assert "hourly-clashes" in dashboard.shown()
