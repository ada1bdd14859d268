"""The rules of the house, kept by a test so that no review has to."""

import ast
import re
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = [*ROOT.glob("src/**/*.py"), *ROOT.glob("dashboard/**/*.py")]
RULES = {
    "an exception is named": (r"except( Exception)?:", ()),
    "colours live in the theme": (r"#[0-9A-Fa-f]{6}\b", ("theme.py",)),
    "the link is the state; besides, a session has what its run began with, an import, and its keeper": (
        r"session_state",
        (
            "link.py",
            "claims.py",
            "confirmation.py",
            "examination.py",
            "accounts_form.py",
            "write_access.py",
            "memory.py",
        ),
    ),
    "pages are built of widgets, not of HTML": (r"unsafe_allow_html|unsafe_allow_javascript|st\.html|components", ()),
    "time has a zone": (r"\.replace\(tzinfo=(?!None|UTC|ZoneInfo)", ()),
    "zones are those of the pinned database": (
        r"(?<!s)timezone\((\$|'|coalesce)|available_timezones|(?i:at time zone)",
        ("zones.py",),
    ),
    "unknown is not zero": (r"fillna\(\s*0|errors=.coerce", ()),
}
DRAWERS = {"utils", "helpers", "common", "misc", "base", "core", "shared", "manager", "services"}


def functions():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def length(node):
    return (node.end_lineno or node.lineno) - node.lineno + 1


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


def test_functions_are_short():
    lengths = sorted(length(node) for _, node in functions())

    assert median(lengths) < 10
    assert lengths[int(0.9 * len(lengths))] < 35


def test_functions_are_annotated():
    bare = [
        f"{path.name}:{node.name}"
        for path, node in functions()
        if node.returns is None or any(a.annotation is None for a in node.args.args if a.arg not in {"self", "cls"})
    ]

    assert not bare


def test_no_address_of_a_registry_and_no_path_of_a_machine():
    pinned = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    paths = re.compile(r"(?<![\w.])/(home|root|work|Users)/")

    assert "http" not in pinned
    assert not [path for path in SOURCES if paths.search(path.read_text(encoding="utf-8"))]
