"""Cells that a person corrects: what is certain, what is asked, and that no other cell is touched."""

import pytest

from contested import Claim, Problem
from contested.ingest import mends
from contested.ingest.mends import Mend, certain, choices, fields
from contested.ingest.options import Given
from contested.ingest.reader import numbered
from contested.ingest.sandbox import examine
from contested.model.problem import UnreadableStoryError

HEAD = "claim_id,event_id,account,kind,source_id,summary,measure,best\n"
ROW = "{},E,dungan,casualties,S,Some died.,killed,{}\n"


def problem(fix, value="dozens", reason="wrong"):
    return Problem("E-NUM", 5, "killed_best", value, reason, fix)


@pytest.mark.parametrize(
    ("fix", "cells"),
    [
        ("leave the counts empty and keep the word in killed_text", [("killed_best", ""), ("killed_text", "dozens")]),
        ("write 12", [("killed_best", "12")]),
        ("write 40, and the doubt in killed_text", [("killed_best", "40"), ("killed_text", "dozens")]),
        ("put 10 in killed_low, leave best empty", [("killed_best", ""), ("killed_low", "10")]),
        ("killed_low 8, killed_high 11", [("killed_best", ""), ("killed_low", "8"), ("killed_high", "11")]),
        ("did you mean clash?", [("killed_best", "clash")]),
    ],
)
def test_a_mend_that_names_the_new_words_is_certain(fix, cells):
    assert certain(problem(fix)) == tuple(Mend(5, column, cell) for column, cell in cells)


@pytest.mark.parametrize(
    "fix", ["write digits only", "write it like 2020-02-07T17:00+06:00", "correct it", "low <= best <= high", "give it"]
)
def test_a_mend_that_names_none_is_asked_for(fix):
    assert certain(problem(fix)) == ()
    assert fields(problem(fix)) == (Mend(5, "killed_best", "dozens"),)


def test_none_or_not_known_is_a_choice():
    assert choices(problem("write 0 for none, leave empty for unknown", "-")) == {
        "none: 0": (Mend(5, "killed_best", "0"),),
        "not known": (Mend(5, "killed_best", ""),),
    }


def test_two_figures_that_contradict_each_other_are_both_asked_for():
    found = fields(problem("low <= best <= high", "8", "killed_low 9 is above killed_best 8"))

    assert found == (Mend(5, "killed_low", "9"), Mend(5, "killed_best", "8"))


@pytest.mark.parametrize("rows", [3, 25_000], ids=["row by row", "by columns"])
def test_only_the_mended_cells_are_other_than_in_the_file(tmp_path, rows):
    path = tmp_path / "night.csv"
    path.write_text(HEAD + "".join(ROW.format(f"K-{n}", "dozens" if n == 2 else n % 9) for n in range(rows)))
    mended = Given(path.name, mends=(Mend(4, "Best", "7"), Mend(2, "best", "5")))

    assert (examine(path, Given(path.name)).rejected, examine(path, mended).rejected) == (1, 0)
    best = {row: one.best for row, one in numbered(path, mended) if isinstance(one, Claim) and row < 5}
    assert best == {2: 5, 3: 1, 4: 7}


def test_mends_are_kept_as_json_and_read_again(tmp_path):
    some = (Mend(4, "killed_best", "7"), Mend(4, "killed_text", "«семь»"))
    path = tmp_path / mends.FILE
    path.write_text(mends.written(some), encoding="utf-8")

    assert mends.load(path) == some
    path.write_text("[{}]")
    with pytest.raises(UnreadableStoryError, match=r"mends.json cannot be read"):
        mends.load(path)
