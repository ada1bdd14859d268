"""Numbers that a text spells out are read in the language in which it is written."""

import pytest

from contested.model.number_words import spelt_numbers

SPELT = {
    10: ("ten", "десять", "десять", "он", "zehn", "dix", "diez"),
    17: ("seventeen", "семнадцать", "сімнадцять", "он жеті", "siebzehn", "dix-sept", "diecisiete"),
    21: ("twenty-one", "двадцать один", "двадцять один", "жиырма бір", "einundzwanzig", "vingt et un", "veintiuno"),
    78: (
        *("seventy-eight", "семьдесят восемь", "сімдесят вісім", "жетпіс сегіз", "achtundsiebzig"),
        *("soixante-dix-huit", "setenta y ocho"),
    ),
    97: (
        *("ninety seven", "девяносто семь", "дев’яносто сім", "тоқсан жеті", "siebenundneunzig"),
        *("quatre-vingt-dix-sept", "noventa y siete"),
    ),
    178: (
        *("one hundred and seventy-eight", "сто семьдесят восемь", "сто сімдесят вісім", "бір жүз жетпіс сегіз"),
        *("einhundertachtundsiebzig", "cent soixante-dix-huit", "ciento setenta y ocho"),
    ),
    240: (
        *("two hundred and forty", "двести сорок", "двісті сорок", "екі жүз қырық", "zweihundertvierzig"),
        *("deux cent quarante", "doscientos cuarenta"),
    ),
    24_005: (
        *("twenty-four thousand and five", "двадцать четыре тысячи пять", "двадцять чотири тисячі п'ять"),
        *("жиырма төрт мың бес", "vierundzwanzigtausendfünf", "vingt-quatre mille cinq", "veinticuatro mil cinco"),
    ),
}
AROUND = (
    *("{} people were killed in the village.", "Было убито {} человек.", "Було вбито {} людей."),
    *("Қордайда {} адам қаза тапты.", "Es wurden {} Menschen getötet.", "Ils ont dit que {} personnes sont mortes."),
    "Murieron {} personas en el pueblo.",
)


@pytest.mark.parametrize(
    ("words", "text", "number"),
    [(words, text, number) for number, spelt in SPELT.items() for words, text in zip(spelt, AROUND, strict=True)],
)
def test_a_number_is_read_in_every_language(words, text, number):
    assert spelt_numbers(text.format(words)) == {number}
    assert spelt_numbers(text.format(words).upper().replace("ß", "SS")) == {number}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ten or eleven", {10, 11}),
        ("ten and eleven were found", {10, 11}),
        ("from two to three", {2, 3}),
        ("Someone often weighed the tent.", set()),
        ("Once they arrived, the elf was killed.", set()),
        ("Он сказал, что их не было.", set()),
        ("Ein Mann und eine Frau wurden in der Stadt verletzt.", set()),
        ("Es wurden einundzwanzig oder zwei und zwanzig gezählt.", {21, 22}),
        ("Un homme et une femme sont morts dans la ville.", set()),
        ("Погибли один солдат и двое из жителей.", {1, 2}),
        ("десять из одиннадцати", {10, 11}),
        ("", set()),
    ],
)
def test_a_word_of_another_language_and_an_article_are_no_number(text, found):
    assert spelt_numbers(text) == found
