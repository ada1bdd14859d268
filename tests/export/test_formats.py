"""Whatever leaves the program carries its finding, stamp, sources and licence, and says what it cannot hold."""

import io
import json
import re
import struct
import sys
import zipfile
import zlib
from dataclasses import replace

import pyarrow.parquet
import pytest
from python_calamine import CalamineWorkbook
from tests.claims_for_tests import claim
from tests.lies.small_stories import asked, small

from contested import CHARTS
from contested.export import table
from contested.export.data_package import csvw_of
from contested.export.formats import FORMATS
from contested.model.problem import UnfitExportError
from contested.model.side_tables import Place, Source
from contested.model.story import Licence

LINK = "=HYPERLINK(1)"
CLAIMS = (
    claim(
        claim_id="k1",
        kind="casualties",
        measure="killed",
        best=8,
        place="here",
        question="How many?",
        answer="8",
        began_earliest="2020-02-08T10:00Z",
    ),
    claim(
        claim_id="k2",
        account="south",
        kind="casualties",
        measure="killed",
        best=10,
        question="How many?",
        answer="10",
        summary=LINK,
    ),
)


@pytest.fixture(scope="module")
def found():
    story, store = small(*CLAIMS)
    licence = Licence(name="CC-BY-4.0", path="https://creativecommons.org/licenses/by/4.0/")
    story = replace(
        story,
        package=story.package.model_copy(update={"licenses": (licence,)}),
        sources={"S1": Source(source_id="S1", publisher="The Paper", title="A night")},
        places={"here": Place(place="here", label="Here", latitude=42.9, longitude=75.3, radius_km=3)},
    )
    return asked("casualty-counts", (story, store), account=["north", "south"], zone="Asia/Almaty")


def words(name, found):
    """Give every word of an export that says what it is, and how a reader gets at it."""
    content = FORMATS[name].of_answer(found)
    match name:
        case "xlsx":
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            return "\n".join(str(cell) for row in book.get_sheet_by_name("how counted").to_python() for cell in row)
        case "parquet":
            about = pyarrow.parquet.read_schema(io.BytesIO(content)).metadata
            return "\n".join(about[key].decode() for key in about if key != b"pandas")
        case "csv":
            return csvw_of(found).decode() + content.decode()
        case "package":
            return zipfile.ZipFile(io.BytesIO(content)).read("datapackage.json").decode()
        case "png":
            return "".join(texts_of(content).values())
    return content.decode()


def texts_of(png):
    """Read the texts that are in a PNG."""
    parts, at = {}, 8
    while at < len(png):
        [length] = struct.unpack(">I", png[at : at + 4])
        name, part = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert zlib.crc32(name + part) == struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0]
        if name == b"iTXt":
            parts[part.partition(b"\0")[0].decode()] = part.split(b"\0", 5)[5].decode()
        at += 12 + length
    return parts


@pytest.mark.parametrize("name", FORMATS)
def test_every_export_says_what_it_is_whence_on_which_terms_and_what_it_lacks(name, found):
    text = words(name, found)

    for part in (found.title, found.stamp(), "https://creativecommons.org/licenses/by/4.0/", "The Paper"):
        assert part in text.replace("&#x27;", "'"), part
    if name != "json":
        assert FORMATS[name].limits.replace('"', "&quot;" if name == "timelinejs" else '"') in text
    assert found.subtitle in text


def test_what_is_hidden_is_counted_in_every_export():
    alone = asked("casualty-counts", small(*CLAIMS), account=["north"])

    for name in FORMATS:
        assert "1 account hidden" in words(name, alone), name


def test_no_formula_is_in_any_sheet_of_the_workbook(found):
    book = zipfile.ZipFile(io.BytesIO(FORMATS["xlsx"].of_answer(found)))
    sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]

    assert len(sheets) == 5
    assert not [name for name in sheets if b"<f>" in book.read(name) or b"<f " in book.read(name)]
    assert LINK in book.read("xl/sharedStrings.xml").decode()


def test_a_claim_stands_on_the_map_where_the_list_of_places_has_it_and_nowhere_else(found):
    features = json.loads(FORMATS["geojson"].of_answer(found))["features"]
    placed, unplaced = sorted(features, key=lambda one: one["id"])

    assert placed["geometry"] == {"type": "Point", "coordinates": [75.3, 42.9]}
    assert (placed["properties"]["radius_km"], placed["properties"]["point_from"]) == (3, "list of places")
    assert (unplaced["id"], unplaced["geometry"]) == ("k2", None)


def test_a_claim_review_names_what_others_answer_and_rates_nobody(found):
    written = json.loads(FORMATS["claimreview"].of_answer(found))
    one, other = [part for part in written["@graph"] if part["@type"] == "ClaimReview"]

    assert (one["itemReviewed"]["name"], "10 people were killed" in one["reviewBody"]) == ("8", True)
    assert other["itemReviewed"]["author"]["name"] == "south"
    assert "Rating" not in json.dumps(written)


TERMS = {
    "Dataset": {"name", "description", "license", "citation", "hasPart"},
    "ClaimReview": {"identifier", "about", "claimReviewed", "itemReviewed", "reviewBody", "datePublished"},
    "Claim": {"name", "author", "appearance", "datePublished"},
    "CreativeWork": {"name", "publisher", "url", "archivedAt"},
    "Organization": {"name"},
}
"""Of schema.org, type → the properties that it or what it is derived from has."""


def test_a_claim_review_says_all_in_the_terms_of_schema_org(found):
    def told(one):
        if isinstance(one, list):
            for part in one:
                yield from told(part)
        elif isinstance(one, dict):
            yield one
            yield from (more for value in one.values() for more in told(value))

    made = json.loads(FORMATS["claimreview"].of_answer(found))
    nodes = list(told(made["@graph"]))

    assert made["@context"] == "https://schema.org"
    assert {one["@type"] for one in nodes} <= set(TERMS)
    assert not [(one["@type"], name) for one in nodes for name in set(one) - {"@type", "@id"} - TERMS[one["@type"]]]
    assert all({"claimReviewed", "itemReviewed"} <= set(one) for one in nodes if one["@type"] == "ClaimReview")


def test_where_no_question_is_answered_a_claim_review_is_refused():
    bare = asked("timeline", small(claim(began_earliest="2020-02-08T10:00Z")))

    with pytest.raises(UnfitExportError, match="no claim of it answers a question"):
        FORMATS["claimreview"].of_answer(bare)


def test_a_picture_is_refused_with_what_is_missing_for_it(found, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)

    with pytest.raises(UnfitExportError, match=r"typst, which is not installed: install contested\[report\]"):
        FORMATS["png"].of_answer(found)


def test_a_picture_is_painted_two_dots_a_px(found):
    painted, drawn = FORMATS["png"].of_answer(found), FORMATS["svg"].of_answer(found)
    width, height = map(int, re.search(rb'width="(\d+)" height="(\d+)"', drawn).groups())

    assert struct.unpack(">II", painted[16:24]) == (2 * width, 2 * height)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_each_column_of_a_table_is_described_in_its_order(ask, chart):
    answered = ask(chart.key)
    described = json.loads(csvw_of(answered))["tableSchema"]["columns"]

    assert [one["name"] for one in described] == next(iter(table.csv_text(answered))).strip().split(",")
