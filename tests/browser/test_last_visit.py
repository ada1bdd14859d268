"""A reader who comes back sees what is new since, without doing anything; the browser alone remembers when it was."""

from contextlib import closing

import pytest
from tests.record.writers import ANN

from contested.cli.ask import EXAMPLE
from contested.cli.main import main
from contested.record import open_record
from contested.record.edits import withdraw

HOUR = 60 * 60 * 1000


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The Korday story in a record."""
    store = tmp_path_factory.mktemp("desk") / "desk.record"
    assert main(["load", str(EXAMPLE), "--store", str(store)]) == 0
    return store


@pytest.fixture(scope="module")
def newsroom(serve, browser, kept):  # noqa: ARG001 no server without a browser
    return serve(kept)


def line(dashboard):
    """Read the line that says what is new, where there is one."""
    found = dashboard.keyed("last-visit").get_by_test_id("stCaptionContainer")
    return found.inner_text() if found.count() else ""


def cookies(dashboard):
    return [one for one in dashboard.page.context.cookies() if one["name"].startswith("last_looked-")]


def look(dashboard):
    """Look at the page, as a hand on the mouse shows."""
    dashboard.page.mouse.wheel(0, 10)
    dashboard.page.wait_for_function("() => Object.keys(localStorage).some(name => name.startsWith('seen-'))")


def go_away(dashboard, milliseconds):
    """Let so much time pass since this browser last did anything."""
    dashboard.page.goto("about:blank")
    dashboard.page.goto(f"{dashboard.origin}/_stcore/health")
    dashboard.page.evaluate(
        """away => Object.keys(localStorage).filter(name => name.startsWith('seen-')).forEach(name => {
            const [made, acted] = localStorage[name].split(" ");
            localStorage[name] = `${made} ${acted - away}`;
        })""",
        milliseconds,
    )


def test_a_reader_who_comes_back_sees_what_is_new_and_one_click_shows_it(viewer, newsroom, kept):
    dashboard = viewer(new=True, at=newsroom)
    dashboard.open()
    look(dashboard)
    assert line(dashboard) == ""
    assert cookies(dashboard) == []

    go_away(dashboard, HOUR)
    with closing(open_record(kept)) as record:
        withdraw(record, "korday-2020", "a001", ANN, 1)
    dashboard.open()

    assert line(dashboard).startswith("Since you last looked (")
    assert line(dashboard).endswith("): 1 claim withdrawn.")
    assert not dashboard.errors()
    [cookie] = cookies(dashboard)
    assert (cookie["sameSite"], cookie["path"]) == ("Strict", "/")
    moment = cookie["value"]

    dashboard.follow(dashboard.keyed("last-visit").get_by_test_id("stPageLink-NavLink").click)
    assert dashboard.page.url.startswith(f"{newsroom}/changes?")
    assert dashboard.parameters()["known_by"] == ["recorded"]
    assert dashboard.parameters()["compared_with"] == [f"{moment[:19]}+00:00"]
    assert "One claim was withdrawn" in dashboard.title("changes")
    assert line(dashboard) == "", "the link chooses; nothing more is offered"

    dashboard.open()
    assert line(dashboard).endswith("): 1 claim withdrawn."), "the visit goes on"
    assert [one["value"] for one in cookies(dashboard)] == [moment]


def test_after_the_next_visit_what_was_seen_is_not_told_again(viewer, newsroom):
    dashboard = viewer(new=True, at=newsroom)
    for _ in range(2):
        dashboard.open()
        look(dashboard)
        go_away(dashboard, HOUR)
    dashboard.open()

    assert line(dashboard) == ""
    assert len(cookies(dashboard)) == 1

    dashboard.go("changes")
    assert line(dashboard).startswith("You last looked at ")
    assert line(dashboard).endswith("; nothing is new since.")


def test_a_break_of_ten_minutes_ends_no_visit(viewer, newsroom):
    dashboard = viewer(new=True, at=newsroom)
    dashboard.open()
    look(dashboard)
    go_away(dashboard, HOUR / 6)
    dashboard.open()

    assert cookies(dashboard) == []


@pytest.mark.parametrize(
    "value",
    [
        "2999-01-01T00:00:00Z",
        *(pytest.param(value, marks=pytest.mark.long) for value in ("<b>yesterday</b>", "2020-02-08", "%00", "1e9")),
    ],
)
def test_a_cookie_that_holds_no_moment_of_the_past_is_as_if_it_were_not_there(viewer, newsroom, value):
    dashboard = viewer(new=True, at=newsroom)
    dashboard.open()
    look(dashboard)
    story = dashboard.page.evaluate("Object.keys(localStorage).find(name => name.startsWith('seen-')).slice(5)")
    dashboard.page.context.add_cookies([{"name": f"last_looked-{story}", "value": value, "url": newsroom}])
    dashboard.open()

    assert line(dashboard) == ""
    assert not dashboard.errors()


def test_the_line_fits_a_phone_and_nothing_leaves_the_origin(viewer, newsroom):
    dashboard = viewer(width=360, new=True, at=newsroom)
    dashboard.open()
    look(dashboard)
    story = dashboard.page.evaluate("Object.keys(localStorage).find(name => name.startsWith('seen-')).slice(5)")
    looked = {"name": f"last_looked-{story}", "value": "2020-03-01T00:00:00.000Z", "url": newsroom}
    dashboard.page.context.add_cookies([looked])
    dashboard.open()

    assert "Since you last looked (1 Mar 2020, 06:00): " in line(dashboard)
    assert dashboard.page.evaluate("document.scrollingElement.scrollWidth") <= 360
    assert dashboard.foreign == []
