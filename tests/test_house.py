"""The rules of the house, kept by a test so that no review has to."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "contested"
SOURCES = [*ROOT.glob("src/**/*.py"), *ROOT.glob("dashboard/**/*.py")]
RULES = {
    "an exception is named": (r"except( Exception)?:", ()),
    "colours live in the theme": (r"#[0-9A-Fa-f]{6}\b", ("theme.py",)),
    "the link is the state; besides, a session has a run, a room, an import, a draft, a keeper, a choice, a click": (
        r"session_state",
        (
            "link.py",
            "claims.py",
            "bar.py",
            "fresh.py",
            "drawer.py",
            "confirmation.py",
            "examination.py",
            "accounts_form.py",
            "columns_form.py",
            "log_form.py",
            "mapping_form.py",
            "mend_form.py",
            "release_form.py",
            "like_events_form.py",
            "draft_form.py",
            "remark_form.py",
            "taken_out.py",
            "last_view.py",
            "changes.py",
            "write_access.py",
            "memory.py",
            "mount.py",
            "room.py",
        ),
    ),
    "the browser's own cleaner goes over all HTML of a page": (r"unsafe_allow_html|unsafe_allow_javascript", ()),
    "time has a zone": (r"\.replace\(tzinfo=(?!None|UTC|ZoneInfo)", ()),
    "zones are those of the pinned database": (
        r"(?<!s)timezone\((\$|'|coalesce)|available_timezones|(?i:at time zone)",
        ("zones.py",),
    ),
    "unknown is not zero": (r"fillna\(\s*0|errors=.coerce", ()),
}
OF_THE_WHOLE = {"bad_inputs", "browser", "cases", "dashboard", "golden", "lies"}
"""Folders of tests that belong to no room: they try the whole, or the dashboard."""
DRAWERS = {"utils", "helpers", "common", "misc", "base", "core", "shared", "manager", "services"}


@pytest.mark.parametrize("rule", RULES)
def test_rule(rule):
    pattern, homes = RULES[rule]

    broken = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in SOURCES
        if path.name not in homes
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(pattern, line)
    ]

    assert not broken


def test_no_drawer_for_odds_and_ends():
    assert not DRAWERS & {name for path in SOURCES for name in (path.stem, path.parent.name)}


def rooms(root):
    """List the folders below one that hold modules, by their paths."""
    modules = [path for path in root.rglob("*.py") if path.name != "__init__.py"]
    return {path.parent.relative_to(root).as_posix() for path in modules} - {"."}


def test_every_module_lies_in_a_room_but_a_few_that_join_them():
    beside = {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py", "__main__.py"}

    assert len(beside) <= 6


def test_the_tests_mirror_the_rooms():
    tested = rooms(ROOT / "tests") - OF_THE_WHOLE

    assert tested <= rooms(PACKAGE)
    assert {room.partition("/")[0] for room in tested} == {room.partition("/")[0] for room in rooms(PACKAGE)}


def test_the_guide_lists_the_rooms_and_the_modules_beside_them():
    guide = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Where things are")[2].partition("\n## ")[0]
    listed = re.findall(r"(?m)^    (\w+(?:/|\.py))  ", guide)
    there = {f"{room.partition('/')[0]}/" for room in rooms(PACKAGE)}
    there |= {path.name for path in PACKAGE.glob("*.py") if not path.name.startswith("__")}

    assert sorted(listed) == sorted(there)


def test_no_address_of_a_registry_and_no_path_of_a_machine():
    pinned = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    paths = re.compile(r"(?<![\w.])/(home|root|work|Users)/")

    assert "://" not in pinned
    assert not [path for path in SOURCES if paths.search(path.read_text(encoding="utf-8"))]


def test_no_style_makes_the_browser_style_the_whole_page_anew_when_a_class_changes():
    part_of_a_class_before_any_child = re.compile(r"\[class\*=[^{};]*?>\s*(\*|:(?!is\())")

    sheets = {path.name: path.read_text(encoding="utf-8") for path in ROOT.glob("dashboard/**/*.css")}

    assert {name for name, text in sheets.items() if part_of_a_class_before_any_child.search(text)} == set()
