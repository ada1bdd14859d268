"""Text from data is escaped so that nothing of it is lost, and nothing of it is read as Markdown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from untrusted import plain

PUNCTUATION = r"""!#$&()*+-./:<=>@[\]^_`{|}~"""


def as_shown(escaped):
    """Take away what Markdown takes away of an escaped text."""
    return re.sub(r"\\(.)", r"\1", escaped.replace(":small[]", ""))


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))))
def test_what_is_shown_is_what_was_written(text):
    assert as_shown(plain(text)) == text.strip()


@given(st.text(PUNCTUATION + "ab1 "))
def test_every_sign_of_markdown_is_escaped(text):
    assert not re.search(rf"(?<!\\)[{re.escape(PUNCTUATION)}]", re.sub(r"\\.", "", plain(text).replace(":small[]", "")))


@pytest.mark.parametrize("symbol", ["->", "<-", "<->", "--", ">=", "<=", "~=", ":material_home:", ":streamlit:"])
def test_what_streamlit_replaces_is_parted(symbol):
    assert symbol not in as_shown(plain(symbol).replace(":small[]", "|"))
    assert as_shown(plain(symbol)) == symbol


def test_lines_become_one_line_and_half_a_letter_is_shown_as_one_that_is_missing():
    assert plain("a\r\n    b\tc") == "a b c"
    assert plain("cut \ud83d") == "cut \N{REPLACEMENT CHARACTER}"
