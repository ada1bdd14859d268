"""The encoding of a text is found, never guessed between two that fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.ingest.encoding import encoding
from contested.ingest.formats import rows
from contested.ingest.options import Given
from contested.model.problem import UnreadableFileError

LETTERS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1, max_size=40)


@pytest.fixture
def found(tmp_path):
    def finding(content):
        path = tmp_path / "told.txt"
        path.write_bytes(content)
        return encoding(path)

    return finding


@pytest.mark.parametrize("text", ["", "They fought.", "Жанжал", "冲突 🕊"])
def test_utf_8_is_taken_as_it_is(found, text):
    assert found(text.encode())[1:] == ("UTF-8", False)


def test_a_letter_on_the_edge_of_a_piece_is_whole(found):
    assert not found(b"x" * ((1 << 20) - 1) + "Ж".encode() + b"\n").broken


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_unicode_is_known_by_its_mark_or_its_zeros(found, codec):
    told = found("claim_id,place\nk1,Қордай\n".encode(codec))

    assert told.name == codec.upper()[:6]
    assert not told.broken


@pytest.mark.parametrize("text", ["Café", "naïve “words” – 5 €", "Zürich, Ålesund", "año"])
def test_a_western_letter_stands_between_plain_ones(found, text):
    assert found(f"place\n{text}\n".encode("cp1252")).name == "Windows-1252"


@pytest.mark.parametrize(
    "content",
    [
        "Жанжал болды".encode("cp1251"),
        "Жанжал".encode("koi8-r"),
        "Αθήνα".encode("iso8859-7"),
        "衝突".encode("shift-jis"),
        b"Mas\xffnchi",
        b"Mas\x81nchi",
        "Жанжал".encode() + b" caf\xe9",
    ],
)
def test_what_may_be_several_is_left_to_a_person(found, content):
    assert found(b"place\n" + content + b"\n").broken


RUSSIAN = """Дата;Время;Место;Сторона А сообщает;Погибло
05.03.2021;18:00;Село Ивовка;Напали на патруль, стреляли из леса;не менее 3
06.03.2021;19:00;Хутор Ольха;Бой длился всю ночь;около 40
"""
UKRAINIAN = (
    "Дата;Місце;Що сталося\n05.03.2021;Село Вербове;Напали на патруль біля лісу, поранено двох людей, їх вивезли\n"
)


@pytest.mark.parametrize(
    ("text", "codec"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "cp866"), (UKRAINIAN, "cp1251")]
)
def test_many_words_of_cyrillic_show_their_code_page(found, text, codec):
    told = found(text.encode(codec))

    assert not told.broken
    assert text.encode(codec).decode(told.codec) == text


def test_half_of_utf_16_is_broken(found):
    assert found("place\n".encode("utf-16")[:-1]).broken


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "iso8859-5"])
def test_a_person_may_say_which_was_meant(tmp_path, codec):
    path = tmp_path / "told.csv"
    path.write_bytes("place\nЖанжал\n".encode(codec))

    (_, problem), row = rows(path, Given(path.name, encoding=codec))

    assert (problem.code, problem.value) == ("W-ENC-CONVERTED", codec)
    assert row == (2, {"place": "Жанжал"})


def test_a_choice_that_the_bytes_do_not_bear_is_refused(tmp_path):
    path = tmp_path / "told.csv"
    path.write_bytes(b"place\nMas\x98nchi\n")

    with pytest.raises(UnreadableFileError, match=r"is not UTF-8"):
        list(rows(path, Given(path.name, encoding="cp1251")))


@pytest.mark.parametrize("choice", ["zip", "hex", "idna", "no-such", ""])
def test_what_is_no_encoding_of_a_list_is_no_choice(found, choice, tmp_path):
    path = tmp_path / "told.csv"
    path.write_bytes(b"place\n")

    assert encoding(path, choice) == found(b"place\n")


@given(LETTERS)
def test_any_text_in_utf_8_is_utf_8(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any-text.txt"
    path.write_bytes(text.encode())

    assert encoding(path).name == "UTF-8"


@given(LETTERS)
def test_any_text_in_marked_utf_16_comes_back(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any-utf-16.txt"
    path.write_bytes(text.encode("utf-16"))

    assert path.read_bytes().decode(encoding(path).codec) == text
