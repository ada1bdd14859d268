"""`contested export` writes a chart or a story as a file, with what describes it beside it."""

import json
import os

import pytest
from tests.claims_for_tests import fields, table

from contested import open_story
from contested.cli.main import main


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


def test_what_a_format_needs_that_is_not_there_is_said(story, capsys):
    assert main(["export", "timeline", story, "--format", "png"]) == 2
    assert "kaleido, which is not installed" in capsys.readouterr().err


def test_a_story_as_html_is_one_page_with_all_that_it_needs(story, tmp_path):
    file = tmp_path / "story.html"

    assert main(["export", "story", story, "--format", "html", "--output", str(file)]) == os.EX_OK
    page = file.read_text(encoding="utf-8")
    assert page.count("<section id=") == 3
    assert "They fought." in page
    assert not (tmp_path / "story.html-metadata.json").exists()
