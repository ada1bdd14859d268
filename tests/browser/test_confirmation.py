"""Two people at one record: neither records what they were not shown, and neither undoes what the other brought."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import PATIENCE
from tests.browser.test_import import drop
from tests.conftest import ROOT
from tests.dashboard.test_import import line, sheet

FIRST, SECOND, THIRD = (
    line(record_id=name, killed_best=best) for name, best in (("K-1", "8"), ("K-2", "3"), ("K-3", "2"))
)


@pytest.fixture
def two(serve, viewer, tmp_path, monkeypatch, browser):  # noqa: ARG001 no server without a browser
    """Two viewers with nothing in common but the server, and its record."""
    monkeypatch.setenv("CONTESTED_RECORD", str(tmp_path / "desk.record"))
    at = serve(ROOT / "data" / "korday-2020")
    return viewer(new=True, at=at), viewer(new=True, at=at)


def laid(viewer, folder, name, *lines):
    """Drop a file, and say who it is from."""
    (folder / name).write_bytes(sheet(*lines))
    viewer.open("import")
    drop(viewer, folder / name)
    return viewer


def into_night(viewer):
    box = viewer.page.get_by_role("combobox", name="Into the story")
    if box.input_value() != "night":
        box.fill("night")
        viewer.follow(lambda: box.press("Enter"))


def signed(viewer, who, why=None):
    for label, text in {"Your name, for the record": who, "Why it is undone": why}.items():
        if text:
            viewer.page.get_by_label(label).fill(text)
            viewer.page.get_by_label(label).press("Enter")
            viewer.settle()


def test_who_accepts_against_a_record_that_moved_is_refused_and_shown_the_new_difference(two, tmp_path):
    ann, ben = two
    signed(laid(ann, tmp_path, "night.csv", FIRST, SECOND), "Ann")
    signed(laid(ben, tmp_path, "night.csv", FIRST), "Ben")
    expect(ben.page.get_by_role("heading", name="1 of 1 row can be accepted, 1 claim")).to_be_visible()

    ann.page.get_by_role("button", name="Accept 2 claims").click()
    ann.page.get_by_text("Recorded in night as entry 1").wait_for(timeout=PATIENCE)
    ben.page.get_by_role("button", name="Accept 1 claim").click()

    expect(ben.page.get_by_text(re.compile(r"Nothing was recorded.*by Ann at 20"))).to_be_visible(timeout=PATIENCE)
    gone = "A new release: no event is new, none changed, 1 is gone"
    expect(ben.page.get_by_role("heading", name=gone)).to_be_visible()
    ben.settle()
    ben.page.get_by_role("button", name="Accept the release").click()
    ben.page.get_by_text("Recorded in night as entry 2").wait_for(timeout=PATIENCE)
    assert ann.errors() == ben.errors() == 0


@pytest.mark.long
def test_the_smaller_of_two_imports_is_undone_and_the_other_s_claims_stay(two, tmp_path):
    ann, ben = two
    signed(laid(ann, tmp_path, "large.csv", FIRST, SECOND), "Ann")
    into_night(ann)
    ann.page.get_by_role("button", name="Accept 2 claims").click()
    ann.page.get_by_text("Recorded in night as entry 1").wait_for(timeout=PATIENCE)
    signed(laid(ben, tmp_path, "small.csv", THIRD), "Ben")
    into_night(ben)
    ben.page.get_by_role("button", name="Accept 1 claim").click()
    ben.page.get_by_text("Recorded in night as entry 2").wait_for(timeout=PATIENCE)

    ann.open("import")
    ann.page.get_by_role("combobox", name="Undo an entry").click()
    ann.page.get_by_role("option", name="Entry 2 of night: small.csv").click()
    ann.settle()
    expect(ann.page.get_by_text("Against what is recorded: 0 stated, 0 corrected, 1 withdrawn.")).to_be_visible()
    signed(ann, "Ann", "sent by mistake")
    ann.page.get_by_role("button", name="Undo entry 2").click()

    ann.page.get_by_text("Entry 2 is undone by entry 3").wait_for(timeout=PATIENCE)
    expect(
        ann.page.get_by_role("cell", name=re.compile("Entry 3 of night: undo of entry 2, 1 claim, Ann"))
    ).to_be_visible()
    ben.open("evidence?story=night")
    ben.page.locator("details").evaluate_all("every => every.forEach(one => { one.open = true })")
    for figure in ("8", "3"):
        sentence = rf"^{figure} people were killed, according to dungan on 8 February 2020\.$"
        expect(ben.page.get_by_text(re.compile(sentence))).to_be_visible()
    expect(ben.page.get_by_text("(since withdrawn)")).to_have_count(1)
    assert ann.errors() == ben.errors() == 0
