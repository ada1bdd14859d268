"""JSON Lines are read as feeds write them; a broken line costs that line only."""

import json

import pytest

from contested.model.problem import Problem, UnreadableFileError

SUFFIX = ".jsonl"


def written(cells):
    """Write rows as this format does; every format's test module has this."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in cells).encode()


def test_the_first_line_is_row_1(read):
    assert read('{"kind": "clash"}\n{"kind": "call"}\n') == [(1, {"kind": "clash"}), (2, {"kind": "call"})]


def test_a_blank_line_is_passed_over_but_counted(read):
    assert read('\n{"kind": "clash"}\n  \n{"kind": "call"}') == [(2, {"kind": "clash"}), (4, {"kind": "call"})]


def test_a_byte_order_mark_is_no_part_of_the_first_line(read):
    assert read(b'\xef\xbb\xbf{"kind": "clash"}\r\n') == [(1, {"kind": "clash"})]


def test_values_keep_their_types(read):
    [(_, row)] = read('{"best": 0, "low": null, "supersedes": ["k1"], "account": "дунгане"}')

    assert row == {"best": 0, "low": None, "supersedes": ["k1"], "account": "дунгане"}


def test_an_empty_feed_has_no_rows(read):
    assert read("") == []


@pytest.mark.parametrize(
    "line",
    ['{"kind": "clash",}', '{"kind":', "kind: clash", '{"kind": "clash"} {"kind": "call"}', "[" * 100_000],
    ids=["a comma too many", "cut off", "not JSON", "two objects", "bottomless"],
)
def test_a_broken_line_is_a_problem_and_the_next_is_read(read, line):
    [(number, problem), (_, after)] = read(f'{line}\n{{"kind": "call"}}\n')

    assert (number, problem.row, problem.code) == (1, 1, "E-JSON-DEEP" if line.startswith("[[") else "E-JSON")
    assert problem.value == line[:80]
    assert problem.reason.startswith("not JSON: ")
    assert problem.fix == "correct the line"
    assert after == {"kind": "call"}


@pytest.mark.parametrize("line", ["[]", "10", '"clash"', "null", "true", "NaN"])
def test_a_line_that_is_no_object_is_a_problem(read, line):
    assert read(line) == [(1, Problem("E-JSON-ROW", 1, None, line, "not a JSON object", "write one object per line"))]


def test_an_endless_number_is_a_problem(read):
    [(_, problem), (_, after)] = read(f'{{"best": {"1" * 4301}}}\n{{"kind": "call"}}\n')

    assert isinstance(problem, Problem)
    assert after == {"kind": "call"}


def test_one_name_with_two_values_is_a_problem(read):
    [(_, problem)] = read('{"best": 8, "best": 10}')

    assert problem[:5] == ("E-JSON-DUPKEY", 1, "best", "8, 10", "given twice with different values")


@pytest.mark.parametrize("said", ["NaN", "Infinity", "-Infinity"])
@pytest.mark.parametrize("where", ["%s", "[8, %s]", '{"low": [%s]}'])
def test_a_number_that_is_none_is_a_problem_of_its_column(read, said, where):
    [(_, problem)] = read('{"best": ' + where % said + "}")

    assert problem[:5] == ("E-JSON", 1, "best", said, f"{said} is not JSON")


def test_what_is_not_utf_8_is_refused_with_the_place(read):
    with pytest.raises(UnreadableFileError, match=r"^claims.jsonl: row 1 .*: not UTF-8; save it as UTF-8$"):
        read('{"account": "дунгане"}'.encode("cp1251"))
