"""`contested export` writes a chart or a story as a file, with what describes it beside it."""

import json
import os
import sys
from contextlib import closing

import pytest
from tests.claims_for_tests import fields, table

from contested import open_story
from contested.cli.main import main
from contested.record import open_record


@pytest.fixture
def story(tmp_path):
    return str(table(tmp_path / "claims.csv", fields(began_earliest="2020-02-07T17:00Z")).parent)


def test_a_chart_as_csv_has_what_its_columns_mean_beside_it(story, tmp_path):
    file = tmp_path / "timeline.csv"

    assert main(["export", "timeline", story, "--format", "csv", "--output", str(file)]) == os.EX_OK
    beside = json.loads((tmp_path / "timeline.csv-metadata.json").read_text(encoding="utf-8"))
    heading = file.read_text(encoding="utf-8").partition("\n")[0].split(",")
    assert [one["name"] for one in beside["tableSchema"]["columns"]] == heading
    assert beside["url"] == "timeline.csv"


def test_a_story_as_a_package_is_a_folder_that_opens_as_the_story(story, tmp_path):
    folder = tmp_path / "package"

    assert main(["export", "story", story, "--format", "package", "--output", str(folder)]) == os.EX_OK
    assert open_story(folder).claims.to_pylist() == open_story(story).claims.to_pylist()


def test_what_a_format_needs_that_is_not_there_is_said(story, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.setitem(sys.modules, "pptx", None)

    for name, extra in {"png": "report", "pdf": "report", "pptx": "slides"}.items():
        assert main(["export", "timeline", story, "--format", name]) == 2
        assert f"which is not installed: install contested[{extra}]" in capsys.readouterr().err


def test_a_story_as_html_is_one_page_with_all_that_it_needs(story, tmp_path):
    file = tmp_path / "story.html"

    assert main(["export", "story", story, "--format", "html", "--output", str(file)]) == os.EX_OK
    page = file.read_text(encoding="utf-8")
    assert page.count("<section id=") == 3
    assert "They fought." in page
    assert not (tmp_path / "story.html-metadata.json").exists()


def test_what_was_shown_at_a_time_is_answered_from_the_record(story, tmp_path, capsys):
    store = str(tmp_path / "desk.record")
    assert main(["load", story, "--store", store]) == os.EX_OK
    with closing(open_record(store)) as record:
        then = record.entry(1).recorded_at
    asked = ["ask", "timeline", store, "--format", "json"]

    def told(*more):
        capsys.readouterr()
        code = main([*asked, *more])
        return code, capsys.readouterr()

    first = told()[1].out
    assert main(["withdraw", "k1", "--store", store, "--why", "coded twice, by mistake"]) == os.EX_OK

    assert told("--frozen", then)[1].out == first
    assert told()[1].out != first
    code, refused = told("--frozen", "2001-01-01T00:00Z")
    assert (code, "none was there by that time" in refused.err) == (2, True)
