"""Counts as people write them: a bound stays a bound, and an advice never makes a number that was not written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.ingest.cells.column_format import separators
from contested.ingest.cells.number import Count, Separators, read_count, whole_number
from contested.ingest.cells.unreadable import Unreadable


def counted(text):
    found = read_count(text)
    assert isinstance(found, Count), found
    return found.low, found.best, found.high


@pytest.mark.parametrize(
    ("text", "low", "best", "high"),
    [
        ("7", None, 7, None),
        ("7.0", None, 7, None),
        ("7 человек", None, 7, None),
        ("7 осіб", None, 7, None),
        ("7 адам", None, 7, None),
        ("7 people", None, 7, None),
        ("не менее 7", 7, None, None),
        ("щонайменше 7", 7, None, None),
        ("кемінде 7", 7, None, None),
        ("7-ден кем емес", 7, None, None),
        ("at least 7", 7, None, None),
        ("7+", 7, None, None),
        ("≥7", 7, None, None),
        ("более 700", 701, None, None),
        ("понад 700 осіб", 701, None, None),
        ("700-ден астам", 701, None, None),
        ("> 700", 701, None, None),
        ("до 7", None, None, 7),
        ("up to 7", None, None, 7),
        ("7-ге дейін", None, None, 7),
        ("менее 7", None, None, 6),
        ("<7", None, None, 6),
        ("почти 700", None, None, 700),
        ("майже 700", None, None, 700),
        ("nearly 700", None, None, 700),
        ("almost 700 people", None, None, 700),
        ("около 70", None, 70, None),
        ("близько 70", None, 70, None),
        ("шамамен 70", None, 70, None),
        ("about 70", None, 70, None),
        ("~70", None, 70, None),
        ("70?", None, 70, None),
        ("от 7 до 9", 7, None, 9),
        ("від 7 до 9", 7, None, 9),
        ("7-ден 9-ға дейін", 7, None, 9),
        ("approx. 7-9", 7, None, 9),
        ("~7–9", 7, None, 9),
        ("7 or 9", 7, None, 9),
        ("7 или 9", 7, None, 9),
        ("7 (2 of them police)", None, 7, None),
        ("about 1,700", None, 1700, None),
        ("более 1 700 человек", 1701, None, None),
        ("2 тысячи", None, 2000, None),
        ("1.5 thousand", None, 1500, None),
        ("більше 2 тис.", 2001, None, None),
        ("погибло не менее 7 человек", 7, None, None),
        ("7-9 people", 7, None, 9),
        ("7 or 9 dead", 7, None, 9),
        ("20-дан астам адам", 21, None, None),
        ("7 адамға дейін", None, None, 7),
        ("as many as 7", None, None, 7),
        ("est. 70", None, 70, None),
        ("не менее двух", 2, None, None),
        ("щонайменше троє", 3, None, None),
        ("ten to twelve", 10, None, 12),
        ("более сотни", None, None, None),
        ("at least a dozen", None, None, None),
        ("двое", None, 2, None),
        ("семеро", None, 7, None),
        ("dozens", None, None, None),
        ("десятки", None, None, None),
        ("ондаған", None, None, None),
        ("unknown", None, None, None),
        ("нет данных", None, None, None),
        ("белгісіз", None, None, None),
    ],
)
def test_the_words_of_a_count_become_what_they_leave_open(text, low, best, high):
    assert counted(text) == (low, best, high)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-", "E-NUM-AMBIGUOUS"),
        ("none", "E-NUM-AMBIGUOUS"),
        ("нет", "E-NUM-AMBIGUOUS"),
        ("7/9", "E-NUM-SEVERAL"),
        ("7 раненых", "E-NUM"),
        ("7 killed or 9 hurt", "E-NUM"),
        ("nobody", "E-NUM-AMBIGUOUS"),
        ("at least 7, possibly 9", "E-NUM-SEVERAL"),
        ("5-6 тысяч", "E-NUM-SEVERAL"),
        ("9-7", "E-NUM-SEVERAL"),
        ("-7", "E-NUM-NEG"),
        ("7.5", "E-NUM"),
        ("7%", "E-NUM"),
        ("7_8", "E-NUM"),
        ("٧", "E-NUM"),
        ("9000000000", "E-NUM"),
        ("1.000", "E-NUM-SEPARATOR"),
        ("about 1,000", "E-NUM-SEPARATOR"),
    ],
)
def test_what_is_no_count_is_refused(text, code):
    assert read_count(text).code == code


NUMBERS = st.integers(0, 999)
JOINS = st.sampled_from(["-", "/", " or ", ", ", " и ", " (", "; ", " to ", " … "])
WORDS = st.sampled_from(["", "about ", "не менее ", "up to ", "~", "почти "])


@given(NUMBERS, NUMBERS, JOINS, WORDS, st.sampled_from(["", "?", " dead", ")", " чел."]))
def test_no_advice_and_no_reading_joins_two_numbers_into_a_third(one, other, join, before, after):
    found = read_count(f"{before}{one}{join}{other}{after}")

    said = f"{found.rule} {found.advice}" if isinstance(found, Count) else f"{found.reason} {found.fix}"
    allowed = {one, other, one + 1, other + 1, max(one - 1, 0), max(other - 1, 0)}
    assert {int(number) for number in re.findall(r"\d+", said)} <= allowed | {0}


@given(st.integers(0, 99_999), st.sampled_from(["{}+", ">{}", ">= {}", "<{}", "~{}", "{}?", "≤{}"]))
def test_the_advice_for_a_bare_notation_names_what_it_would_be_read_as(number, notation):
    found = read_count(notation.format(number))

    value = next(part for part in found[:3] if part is not None)
    assert found.notation == "bare"
    assert re.findall(r"\d+", found.advice.fix) == [str(value)]


# What parts the digits of a number is shown by its column


@pytest.mark.parametrize("mark", [",", ".", " ", "'", "\u00a0", "\u202f"])
def test_thousands_are_never_divided_by_a_thousand(mark):
    assert counted(f"1{mark}200") == (None, 1200, None)
    assert counted(f"2{mark}000{mark}000") == (None, 2_000_000, None)


def test_a_mark_that_may_be_either_is_what_the_rest_of_the_column_shows():
    thousands = separators([(2, "1.000"), (3, "1.200"), (4, "3")])
    fractions = separators([(2, "1.000"), (3, "3.0"), (4, "12.00")])

    assert read_count("1.000", "killed", thousands).best == 1000
    assert read_count("1.000", "killed", fractions).best == 1
    assert read_count("1.000").code == "E-NUM-SEPARATOR"


def test_a_decimal_comma_in_the_column_shows_that_dots_part_thousands():
    shown = separators([(2, "12.000"), (3, "3,0"), (4, "1 200")])

    assert [read_count(text, "hurt", shown).best for text in ("12.000", "3,0", "1 200")] == [12000, 3, 1200]


def test_a_column_that_shows_both_is_flagged_with_both_rows():
    shown = separators([(2, "1.200"), (3, "3.0")])
    found = read_count("1.200", "killed", shown)

    assert found.code == "E-NUM-SEPARATOR"
    assert "row 2 (1.200)" in found.reason
    assert "row 3 (3.0)" in found.reason


@given(st.integers(1000, 8_000_000), st.sampled_from(",.' \u00a0\u202f"))
def test_a_number_written_with_thousands_is_itself_or_asked_about(number, mark):
    found = read_count(f"{number:,}".replace(",", mark))

    assert (isinstance(found, Unreadable) and number % 1000 == 0 and mark in ",." and number < 10**6) or (
        found.best == number
    )


@given(st.text(max_size=20))
def test_any_text_is_a_number_with_no_other_digits_or_is_refused(text):
    found = whole_number(text, Separators())

    assert isinstance(found, Unreadable) or re.sub(r"\D", "", text).startswith(found)
