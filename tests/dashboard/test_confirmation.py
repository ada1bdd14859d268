"""What was shown is what is kept: a difference is recorded as it was agreed to, or shown anew."""

from contextlib import closing

import pytest
from tests.claims_for_tests import claim
from tests.dashboard.test_import import GOOD, accepted, dropped, line, page, sheet
from tests.record.writers import ANN, BEN, brought

from contested import open_story
from contested.model.arrow_schema import from_arrow
from contested.record import open_record
from contested.record.edits import withdraw
from contested.record.revisions import current

__all__ = ["page"]
"""A fixture of the tests of imports."""

GOOD_TOO = line(record_id="K-2", killed_best="3")


@pytest.fixture
def desk(tmp_path):
    return tmp_path / "desk.sqlite"


def standing(desk, story="night"):
    return sorted(
        one.claim_id for one in from_arrow(current(open_story(desk, story).claims)) if one.status == "standing"
    )


def warnings(page):
    return " ".join(one.value for one in page.warning).replace("\\", "")


def differences(page):
    return " ".join(one.value for one in page.markdown if "Against" in one.value)


def release(page):
    """Give the title of the page, which says what a new release changes."""
    return " ".join(one.value for one in page.title)


def test_a_first_import_says_how_much_it_brings_and_leaves_nothing_behind(page, desk):
    dropped(page, "night.csv", sheet(GOOD, GOOD_TOO))

    assert "2 of 2 rows can be accepted, 2 claims" in release(page)
    assert page.button(key="accept").label == "Accept 2 claims"
    assert not desk.exists()


def test_what_is_looked_at_stays_until_it_is_agreed_to_and_is_then_told_and_shown_anew(page, desk):
    accepted(dropped(page, "night.csv", sheet(GOOD, GOOD_TOO)))
    dropped(page, "night.csv", sheet(GOOD))
    assert "no event is new, none changed, 1 is gone" in release(page)
    with closing(open_record(desk)) as record:
        before = record.head.seq
        withdraw(record, "night", standing(desk)[1], BEN, 1)

    page.text_input(key="who").set_value("Cay").run()
    assert "no event is new, none changed, 1 is gone" in release(page), "it does not change under the eye"
    page.button(key="accept").click().run()

    assert "Nothing was recorded" in warnings(page)
    assert "the last is entry 2, by Ben at 20" in warnings(page)
    assert "no event is new, none changed, none is gone" in release(page), "it is withdrawn already"
    with closing(open_record(desk)) as record:
        assert record.head.seq == before + 1

    page.button(key="accept").click().run()
    assert not page.warning
    with closing(open_record(desk)) as record:
        assert record.head.seq == before + 2


def test_two_first_imports_of_one_name_do_not_overwrite_each_other(page, desk, tmp_path):
    dropped(page, "night.csv", sheet(GOOD))
    with closing(open_record(desk, create=True)) as record:
        brought(record, tmp_path, claim(claim_id="x"), story="night", dataset="other.csv", hand=ANN)

    accepted(page)

    assert "by Ann at 20" in warnings(page)
    assert standing(desk) == ["x"]
    page.button(key="accept").click().run()
    assert len(standing(desk)) == 2


def test_another_story_that_moves_on_is_no_matter(page, desk, tmp_path):
    dropped(page, "night.csv", sheet(GOOD))
    with closing(open_record(desk, create=True)) as record:
        brought(record, tmp_path, claim(claim_id="x"), story="day")

    accepted(page)

    assert not page.warning
    assert len(standing(desk)) == 1


def undone(page, number):
    page.selectbox(key="undo").set_value(number).run()
    page.text_input(key="who").set_value("Ann").run()
    page.text_input(key="why").set_value("sent by mistake").run()
    return page


def test_the_smaller_of_two_imports_is_undone_alone_and_that_is_undone_again(page, desk):
    accepted(dropped(page, "night.csv", sheet(GOOD)))
    accepted(dropped(page, "night.csv", sheet(GOOD, GOOD_TOO)))
    first, second = standing(desk)
    page.file_uploader(key="file").set_value(None).run()

    undone(page, 2)
    assert "0 stated, 0 corrected, 1 withdrawn" in differences(page)
    page.button(key="withdraw").click().run()

    assert not page.exception
    assert "Entry 2 is undone by entry 3" in page.success[0].value
    assert standing(desk) == [first]
    listed = page.table[0].value.to_string().replace("\\", "")
    assert "Entry 3 of night: undo of entry 2, 1 claim, Ann" in listed
    page.run()
    assert "Entry 2 is undone already, by entry 3; to have it again, undo entry 3." in warnings(page)

    undone(page, 3)
    page.button(key="withdraw").click().run()
    assert standing(desk) == [first, second]


def test_an_undo_that_somebody_wrote_before_is_told_and_shown_anew(page, desk):
    accepted(dropped(page, "night.csv", sheet(GOOD, GOOD_TOO)))
    page.file_uploader(key="file").set_value(None).run()
    undone(page, 1)
    with closing(open_record(desk)) as record:
        withdraw(record, "night", standing(desk)[0], BEN, 1)

    page.button(key="withdraw").click().run()

    assert "Nothing was recorded" in warnings(page)
    assert "by Ben at 20" in warnings(page)
    assert "0 stated, 0 corrected, 1 withdrawn" in differences(page)
    assert any("1 claim of it stay as they are: changed since, by entry 2." in one.value for one in page.markdown)
    assert len(standing(desk)) == 1


def test_another_file_behind_the_same_button_is_not_what_was_agreed_to(page, desk):
    dropped(page, "night.csv", sheet(GOOD))
    page.text_input(key="who").set_value("Ann").run()

    page.button(key="accept").click()
    page.file_uploader(key="file").set_value(("night.csv", sheet(GOOD, GOOD_TOO), "text/csv")).run()

    assert "what was shown" in warnings(page)
    assert not desk.exists() or not open_record(desk).head.seq
