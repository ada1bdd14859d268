"""JSON is read as programs write it, and refused where it says one thing twice or a number that is none."""

import json

import pytest

from contested.model.problem import Problem

SUFFIX = ".json"


def written(cells):
    """Write rows as this format does; every format's test module has this."""
    return json.dumps(cells, ensure_ascii=False).encode()


def test_the_first_object_is_row_2_as_under_headings(read):
    assert read('[{"kind": "clash"}, {"kind": "call"}]') == [(2, {"kind": "clash"}), (3, {"kind": "call"})]


@pytest.mark.parametrize("name", ["claims", "events", "rows"])
def test_an_object_may_hold_the_one_list(read, name):
    assert read(json.dumps({name: [{"kind": "clash"}]})) == [(2, {"kind": "clash"})]


def test_what_stands_beside_the_list_is_named(read):
    (_, problem), row = read('{"title": {"text": "Night"}, "eras": [{"year": 1}], "events": [{"kind": "clash"}]}')

    assert (problem.code, problem.value, problem.severity) == ("W-JSON-REST", "title, eras", "warning")
    assert row == (2, {"kind": "clash"})


def test_an_object_in_an_object_may_hold_the_list(read):
    assert read('{"timeline": {"date": [{"startDate": "1963"}]}}') == [(2, {"startDate": "1963"})]


def test_two_lists_are_never_guessed_from(refusal):
    problem = refusal('{"north": [{"kind": "clash"}], "south": [{"kind": "call"}]}')

    assert (problem.code, problem.reason) == ("E-JSON-SHAPE", "no list of records, or more than one")


@pytest.mark.parametrize("content", ["7", '"clash"', "null", "{}", '{"a": 1, "b": 2}', "NaN"])
def test_what_is_no_list_of_records_is_refused(refusal, content):
    assert refusal(content).code == "E-JSON-SHAPE"


def test_an_item_that_is_no_object_costs_that_row_only(read):
    (number, problem), after = read('["clash", {"kind": "call"}]')

    assert (number, problem.code, problem.value) == (2, "E-JSON-ROW", "clash")
    assert after == (3, {"kind": "call"})


def test_a_name_given_twice_costs_that_row_only(read):
    (_, problem), after = read('[{"best": 10, "best": 110}, {"kind": "call"}]')

    assert problem[:4] == ("E-JSON-DUPKEY", 2, "best", "10, 110")
    assert after == (3, {"kind": "call"})


def test_a_name_given_twice_inside_a_cell_is_found_too(read):
    [(_, problem)] = read('[{"start": {"year": 1, "year": 2}}]')

    assert problem[:4] == ("E-JSON-DUPKEY", 2, "year", "1, 2")


def test_a_number_that_is_none_refuses_the_file_and_names_the_cell(refusal):
    problem = refusal('[{"best": 8}, {"best": NaN}]')

    assert problem[:5] == ("E-JSON", 3, "best", "NaN", "NaN is not JSON")
    assert problem.fix == "use null for unknown"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('[{"kind": "clash"},]', "line 1: a comma with nothing after it"),
        ('[\n{"kind": "clash",\n}]', "line 3: a comma with nothing after it"),
        ('{"kind": "clash"}\n{"kind": "call"}', "line 2: a second value after the first"),
        ("", "line 1, character 1: Expecting value"),
        ('[{"kind": "cla', "line 1, character 11: Unterminated string starting at"),
    ],
)
def test_broken_json_is_refused_with_the_line(refusal, content, reason):
    problem = refusal(content)

    assert (problem.code, problem.row) == ("E-JSON", None)
    assert problem.reason.startswith(reason)


@pytest.mark.parametrize("deep", [60, 200_000])
def test_what_is_nested_too_deeply_is_refused(refusal, deep):
    problem = refusal("[" * deep + "]" * deep)

    assert (problem.code, problem.reason) == ("E-JSON-DEEP", "nested deeper than 50 levels")


def test_an_endless_number_is_refused(refusal):
    assert refusal(f'[{{"best": {"1" * 5000}}}]').code == "E-JSON"


def test_utf_16_is_converted_and_said_so(read):
    (_, problem), row = read('[{"place": "Қордай"}]'.encode("utf-16"))

    assert (problem.code, problem.value) == ("W-ENC-CONVERTED", "UTF-16")
    assert row == (2, {"place": "Қордай"})


def test_what_is_not_utf_8_is_refused(refusal):
    assert refusal('[{"place": "Жанжал"}]'.encode("cp1251")).code == "E-ENC"


# A reply that is not the whole

ROWS = [{"kind": "clash"}, {"kind": "call"}]


@pytest.mark.parametrize(
    ("beside", "reason"),
    [
        (
            {"TotalCount": 310, "TotalPages": 4, "PreviousPageUrl": "", "NextPageUrl": "?page=1"},
            "page 1 of 4: 2 of 310",
        ),
        (
            {"TotalCount": 310, "TotalPages": 4, "PreviousPageUrl": "?page=2", "NextPageUrl": ""},
            "the last page of 4: 2 of 310",
        ),
        ({"count": 35, "next": "https://x.org/?page=3", "previous": "https://x.org/?page=1"}, "one page: 2 of 35"),
        ({"meta": {"total_results": 9}}, "a part: 2 of 9"),
        ({"numberMatched": 1200, "numberReturned": 2}, "a part: 2 of 1,200"),
        ({"recordsTotal": "50"}, "a part: 2 of 50"),
        ({"@odata.nextLink": "https://x.org/?skip=2"}, "page 1: 2"),
        ({"total_pages": 7, "page": 2}, "one page of 7: 2"),
    ],
    ids=str,
)
def test_a_reply_that_is_not_the_whole_says_how_much_of_it_is_there(read, beside, reason):
    found = read(json.dumps(beside | {"records": ROWS}))
    [part] = [one for _, one in found if isinstance(one, Problem) and one.code == "W-JSON-PART"]

    assert (part.reason, part.severity) == (f"{reason} records are in this file", "warning")
    assert [row for _, row in found if row in ROWS] == ROWS


@pytest.mark.parametrize(
    "beside",
    [
        {"TotalCount": 2, "TotalPages": 1, "PreviousPageUrl": "", "NextPageUrl": ""},
        {"count": 2, "next": None, "previous": None},
        {"count": 1},
        {"total_dead": 687},
        {"title": "next of kin", "status": 200},
    ],
    ids=str,
)
def test_a_reply_that_is_the_whole_is_no_part(read, beside):
    assert "W-JSON-PART" not in {
        one.code for _, one in read(json.dumps(beside | {"records": ROWS})) if isinstance(one, Problem)
    }
