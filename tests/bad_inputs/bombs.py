"""Files that are small on the disk and very large in the memory; each is written in a moment."""

import gzip
import io
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq

HEADINGS = b"claim_id,event_id,account,kind,source_id,summary\n"
GIGABYTE = 1_000_000_000


def zipped_zeros():
    """A workbook whose sheet unpacks to 500 MB."""
    return _workbook({"xl/worksheets/sheet1.xml": b"<row/>" * 90_000_000})


def one_string_everywhere():
    """A workbook with one string of 30,000 letters that 300,000 cells refer to: 9 GB of text."""
    cells = b"".join(b'<row><c t="s"><v>0</v></c></row>' for _ in range(300_000))
    return _workbook(
        {
            "xl/sharedStrings.xml": b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>",
            "xl/worksheets/sheet1.xml": b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>",
        }
    )


def a_far_cell():
    """A workbook with two cells, the second in the last row and column there are: 17 thousand million cells between."""
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return _workbook({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"})


def entities():
    """A workbook whose XML names a name of a name: ten times ten, ten times over."""
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    cell = '<row><c t="inlineStr"><is><t>&e9;</t></is></c></row>'
    xml = f'<!DOCTYPE x [<!ENTITY e0 "ha">{names}]><worksheet><sheetData>{cell}</sheetData></worksheet>'
    return _workbook({"xl/worksheets/sheet1.xml": xml.encode()})


def _workbook(parts):
    schema = "http://schemas.openxmlformats.org"
    relation = f"{schema}/officeDocument/2006/relationships"
    relations = f'<Relationships xmlns="{schema}/package/2006/relationships"><Relationship Id="rId1" Type="{relation}'
    fixed = {
        "[Content_Types].xml": f'<Types xmlns="{schema}/package/2006/content-types"/>',
        "_rels/.rels": f'{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{schema}/spreadsheetml/2006/main" xmlns:r="{relation}">'
        '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as members:
        for name, content in (fixed | parts).items():
            members.writestr(name, content)
    return file.getvalue()


def packed_rows():
    """A thousand million bytes of rows in gzip."""
    rows = b"k,night,north,clash,S1,They fought.\n" * 100_000
    return gzip.compress(HEADINGS) + gzip.compress(rows, 1) * (GIGABYTE // len(rows))


def packed_cell():
    """A cell of a thousand million letters in gzip."""
    letters = b"x" * 10_000_000
    return gzip.compress(HEADINGS + b'k,night,north,clash,S1,"') + gzip.compress(letters, 1) * (
        GIGABYTE // len(letters)
    )


def long_word_in_parquet():
    """A word of 1 MB that 40,000 rows repeat: 40 GB."""
    index = pa.array([0] * 40_000, pa.int32())
    column = pa.DictionaryArray.from_arrays(index, pa.array(["x" * 1_000_000]))
    file = io.BytesIO()
    pq.write_table(pa.table({"claim_id": column}), file, compression="zstd")
    return file.getvalue()


def empty_rows_in_parquet():
    """Thirty columns of two million unknown values."""
    file = io.BytesIO()
    pq.write_table(pa.table({f"c{number}": pa.nulls(2_000_000, pa.string()) for number in range(30)}), file)
    return file.getvalue()


def a_million_columns():
    return ",".join(map(str, range(1_000_000))).encode() + b"\n"


def a_million_keys():
    return ("[{" + ",".join(f'"c{number}": 1' for number in range(1_000_000)) + "}]").encode()


def two_hundred_thousand_brackets():
    return b"[" * 200_000


def very_many_empty_lists():
    return b"[" + b"[]," * 15_000_000 + b"[]]"


def a_row_without_an_end():
    """A first line of 60 MB."""
    return b"x" * 60_000_000


def words_for_slow_patterns():
    """Rows whose cells make a careless pattern look back again and again."""
    cells = ["1" + " " * 15_000 + "x", "a" * 15_000, "1 to " * 3_000, "(" * 15_000, "+1-" * 5_000]
    names = "record_id,account,source_name,event_type,start,status,recorded_at,text,killed_best,end,tz"
    rows = [
        f"K{n},dungan,{cell},clash,{cell},published,{cell},{cell},{cell},{cell},UTC"
        for n, cell in enumerate(cells * 20)
    ]
    return "\n".join([names, *rows]).encode()


BOMBS = {
    "zipped-zeros.xlsx": (zipped_zeros, "E-FILE-EXPANDS"),
    "one-string-everywhere.xlsx": (one_string_everywhere, "E-FILE-MEMORY"),
    "a-far-cell.xlsx": (a_far_cell, "E-FILE-MEMORY"),
    "entities.xlsx": (entities, "E-XLSX-BROKEN"),
    "packed-rows.csv.gz": (packed_rows, "E-FILE-EXPANDS"),
    "packed-cell.csv.gz": (packed_cell, "E-FILE-EXPANDS"),
    "long-word.parquet": (long_word_in_parquet, "E-FILE-EXPANDS"),
    "empty-rows.parquet": (empty_rows_in_parquet, "E-FILE-EXPANDS"),
    "million-columns.csv": (a_million_columns, "E-HEAD-WIDE"),
    "million-keys.json": (a_million_keys, "E-HEAD-WIDE"),
    "brackets.json": (two_hundred_thousand_brackets, "E-JSON-DEEP"),
    "brackets.jsonl": (two_hundred_thousand_brackets, "E-JSON-DEEP"),
    "empty-lists.json": (very_many_empty_lists, "E-FILE-EXPANDS"),
    "no-end.csv": (a_row_without_an_end, "E-LONG"),
    "slow-patterns.csv": (words_for_slow_patterns, "E-TIME"),
}
"""The name of each file, what writes it, and the code of the problem that it meets."""
