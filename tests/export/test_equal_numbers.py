"""One answer, many carriers: the numbers on the page, in its alt text, each file, the API and a frame are the same."""

import csv
import io
import json
import re
import zipfile
from html import unescape
from random import Random
from urllib.parse import urlencode

import pyarrow.parquet
import pypdf
import pytest
import streamlit as st
from pptx import Presentation
from python_calamine import CalamineWorkbook
from tests.conftest import ROOT
from tests.dashboard import test_api, test_embed
from tests.export.test_formats import texts_of

from contested import CHARTS
from contested.export.first_rows import first_rows
from contested.export.formats import FORMATS
from contested.export.readable import READABLE
from contested.export.talk import Slide
from contested.ingest.workbook_cells import cell_text

MOMENTS = ["2020-02-08T12:00+06:00", "2020-02-09T23:59+06:00", "2020-02-13T23:59+06:00"]
LONG = pytest.param(20, marks=pytest.mark.long)


@pytest.fixture(autouse=True, scope="module")
def _shown(tmp_path_factory):
    """Show the example, opened once for all charts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTESTED_STORY", str(ROOT / "data" / "korday-2020"))
        patch.setenv("CONTESTED_RECORD", str(tmp_path_factory.mktemp("none") / "none.sqlite"))
        st.cache_resource.clear()
        st.cache_data.clear()
        yield


def drawn(chance, accounts):
    """Choose some accounts, a moment, a way to read and a zone, as a reader may."""
    chosen = (
        {"account": sorted(chance.sample(accounts, chance.randint(2, len(accounts))))} if chance.random() < 0.6 else {}
    )
    chosen |= {"as_known_at": chance.choice(MOMENTS)} if chance.random() < 0.4 else {}
    chosen |= {"by": "side"} if chance.random() < 0.3 else {}
    chosen |= {"hedged": True} if chance.random() < 0.3 else {}
    chosen |= {"from": "2020-02-07T12:00+06:00"} if chance.random() < 0.3 else {}
    return chosen | {"zone": chance.choice(["Asia/Almaty", "Asia/Almaty", "UTC", "Asia/Kolkata"])}


def plain(value):
    """Write a value of the answer as a table does that holds words alone."""
    if value is None:
        return ""
    return ";".join(map(str, value)) if isinstance(value, list) else str(value)


def cells(page, part):
    """Read the body of a table in a part of a page."""
    table = re.search(rf'id="{part}".*?<tbody>(.*?)</tbody>', page, re.DOTALL)[1]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [[unescape(cell) for cell in re.findall(r"<td>(.*?)</td>", row, re.DOTALL)] for row in rows]


def rows_of(file):
    """Read the table of the only slide of a file."""
    body = re.search(r'<details class="table">.*?<tbody>(.*?)</tbody>', file, re.DOTALL)[1]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]


def sheet(found):
    book = CalamineWorkbook.from_filelike(io.BytesIO(FORMATS["xlsx"].of_answer(found)))
    heading, *rows = book.get_sheet_by_name("table").to_python(skip_empty_area=False)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def is_same(cell, value):
    """Say whether a cell of a workbook holds a value: a number to 15 digits, anything else as words."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return cell == pytest.approx(value, rel=1e-14)
    return (str(cell) if cell != "" else "") in {cell_text(plain(value)), str(value)}


def squeezed(words):
    """Take out what parts words, of which a page that breaks lines has more."""
    return re.sub(r"\s", "", words)


def said_on_paper(found, story):
    """Read a hand-out again: every cell of its table, the finding, the sentence and the stamp."""
    document = pypdf.PdfReader(io.BytesIO(READABLE["pdf"].write("A night", story, [Slide(found)])))
    pages = (re.sub(r"A night\s+\d+ / \d+", "", page.extract_text()) for page in document.pages)  # the foot of each
    text = squeezed(" ".join(pages))
    for cells_of_row in first_rows(found).rows:
        assert all(squeezed(cell) in text for cell in cells_of_row)
    assert all(squeezed(words) in text for words in (found.title, found.sentence, found.data_hash[:12]))


def said_on_slides(found, story):
    """Read a deck for PowerPoint again: its tables hold the first rows, and its picture says the sentence."""
    shapes = [
        one
        for slide in Presentation(io.BytesIO(READABLE["pptx"].write("A night", story, [Slide(found)]))).slides
        for one in slide.shapes
    ]
    written = [[cell.text for cell in row.cells] for one in shapes if one.has_table for row in list(one.table.rows)[1:]]
    assert written == [[" ".join(cell.split()) for cell in row] for row in first_rows(found).rows]
    [alt] = [one._element.nvPicPr.cNvPr.get("descr") for one in shapes if one.shape_type == PICTURE]  # noqa: SLF001
    assert alt == found.sentence
    words = "\n".join(one.text_frame.text for one in shapes if one.has_text_frame)
    assert all(one in words for one in (found.title, found.sentence, found.data_hash[:12]))


def said_in_a_picture(found, _):
    """Read the text that is in a PNG: the finding, the sentence and the stamp; its dots are those of the SVG."""
    texts = texts_of(FORMATS["png"].of_answer(found))
    assert texts["Title"] == found.title
    assert all(words in texts["Description"].splitlines() for words in (found.sentence, found.stamp()))


PAINTED = (said_on_paper, said_on_slides, said_in_a_picture)
"""What takes long to write and to read again: with one draw a chart is tried on one of these, with twenty on each."""
PICTURE = 13


@pytest.mark.parametrize("turns", [1, LONG])
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_every_carrier_holds_the_same_numbers(ask, korday, chart, turns):
    own = CHARTS.index(chart) % len(PAINTED)
    for turn in range(turns):
        chosen = drawn(Random(f"{chart.key} {turn}"), sorted(korday.accounts))  # noqa: S311 no secret
        found, query = ask(chart.key, **chosen), urlencode(chosen, doseq=True)
        rows, columns = found.records(), chart.columns

        told = json.loads(FORMATS["json"].of_answer(found))
        assert told["rows"] == rows
        assert test_api.get(f"answers/{chart.key}?{query}").json() == told

        lines = list(csv.DictReader(io.StringIO(FORMATS["csv"].of_answer(found).decode())))
        assert [[line[name].removeprefix("'") for name in columns] for line in lines] == [
            [plain(row[name]).removeprefix("'") for name in columns] for row in rows
        ]
        written = sheet(found)
        assert len(written) == len(rows)
        assert all(is_same(line[name], row[name]) for line, row in zip(written, rows, strict=True) for name in columns)

        kept = pyarrow.parquet.read_table(io.BytesIO(FORMATS["parquet"].of_answer(found))).to_pandas()
        assert found.records(kept) == rows

        package = zipfile.ZipFile(io.BytesIO(FORMATS["package"].of_answer(found)))
        assert package.read(f"{chart.key}.csv") == FORMATS["csv"].of_answer(found)

        frame = test_embed.get(f"/embed/{chart.key}?{query}").body.decode()
        assert cells(frame, "table") == found.page.reset_index().values.tolist()
        alts = [unescape(alt) for alt in re.findall(r'<svg [^>]*aria-label="([^"]*)"', frame)]
        assert alts == [f"{found.sentence} {found.stamp()}"] * len(test_embed.embed.WIDTHS)

        said = [told["title"], told["sentence"]]
        assert said == [found.title, found.sentence]
        drawing = unescape(FORMATS["svg"].of_answer(found).decode())
        file = unescape(READABLE["html"].write(korday.package.title, korday, [Slide(found)]).decode())
        assert all(words in drawing and words in file for words in (found.title, found.data_hash[:12]))
        assert found.sentence in drawing
        assert rows_of(file) == found.page.reset_index().astype(str).to_numpy().tolist()
        for read_again in PAINTED if turns > 1 else PAINTED[own : own + 1]:
            read_again(found, korday)
