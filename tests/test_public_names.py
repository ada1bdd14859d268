"""The package gives its public names when they are asked for, and imports nothing slow before that."""

import subprocess
import sys
from types import ModuleType

import pytest

import contested

SLOW = ("duckdb", "pandas", "plotly", "pyarrow", "xlsxwriter")


def slow_imports_of(statement):
    told = f"import sys\n{statement}\nprint(*(name for name in {SLOW} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)  # noqa: S603 our own
    return done.stdout.split()


@pytest.mark.parametrize("name", contested.__all__)
def test_every_public_name_is_there_and_is_no_module(name):
    assert not isinstance(getattr(contested, name), ModuleType)


def test_a_public_name_is_the_one_of_its_module_even_if_the_module_came_first():
    from contested import answer, answers  # noqa: PLC0415

    assert contested.answer is answer is answers.answer


def test_the_public_names_are_listed():
    assert set(dir(contested)) == set(contested.__all__)


def test_a_name_that_is_not_public_is_missed_by_name():
    with pytest.raises(AttributeError, match="no attribute 'averages'"):
        _ = contested.averages


@pytest.mark.parametrize(
    "statement", ["import contested", "import contested.ingest.sandbox", "import contested.__main__"]
)
def test_nothing_slow_is_imported_to_check_a_file(statement):
    assert slow_imports_of(statement) == []


def test_what_is_slow_is_imported_once_it_is_asked_for():
    assert "duckdb" in slow_imports_of("from contested import Store")
