"""The palette: of equal weight, on light and dark, for every eye."""

from itertools import combinations
from math import dist

import pytest

from contested import drawing, theme

SIGHT = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no long cones": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "no medium cones": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "no short cones": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""How linear colours are seen with full and with deficient colour sight (Machado, Oliveira and Fernandes 2009)."""


def linear(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(rgb):
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def contrast(one, other):
    low, high = sorted((luminance(linear(one)), luminance(linear(other))))
    return (high + 0.05) / (low + 0.05)


def oklab(rgb):
    """Give 100 times the OKLab coordinates (Ottosson 2020): two areas 4 apart are hard, 6 apart clear to tell."""
    r, g, b = rgb
    cones = (
        0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b,
        0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b,
        0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b,
    )
    x, y, z = (100 * cone ** (1 / 3) for cone in cones)
    return (
        0.2104542553 * x + 0.7936177850 * y - 0.0040720468 * z,
        1.9779984951 * x - 2.4285922050 * y + 0.4505937099 * z,
        0.0259040371 * x + 0.7827717662 * y - 0.8086757660 * z,
    )


def seen(colour, sight):
    rgb = linear(colour)
    return oklab([min(1, max(0, sum(w * c for w, c in zip(row, rgb, strict=True)))) for row in SIGHT[sight]])


PAGES = {"light": (theme.LIGHT, theme.MARKS, theme.LABELS), "dark": (theme.DARK, theme.DARK_MARKS, theme.DARK_MARKS)}
"""Of each page its colours, and those of marks and of labels."""


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("account", range(7))
def test_every_mark_and_every_label_can_be_told_from_its_ground(page, account):
    colours, marks, labels = PAGES[page]

    assert contrast(marks[account], colours["page"]) >= 3
    assert contrast(labels[account], colours["page"]) >= 4.5


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("account", range(7))
@pytest.mark.parametrize("ground", ["silent", "amber", "blue"])
def test_the_name_of_an_account_can_be_read_on_every_ground_on_which_it_stands(page, account, ground):
    colours, _, labels = PAGES[page]

    assert contrast(labels[account], colours[ground]) >= 4.5


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("account", range(7))
def test_letters_in_the_colour_of_the_page_can_be_read_on_a_bar_that_holds_them(page, account):
    colours, _, labels = PAGES[page]

    assert contrast(colours["page"], labels[account]) >= 4.5


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("text", ["ink", "text", "quiet"])
@pytest.mark.parametrize("ground", ["page", "silent", "hover", "amber", "blue"])
def test_every_text_can_be_read_on_every_ground(page, text, ground):
    colours, _, _ = PAGES[page]

    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("page", PAGES)
def test_no_account_is_much_louder_than_another(page):
    colours, marks, _ = PAGES[page]
    ratios = [contrast(mark, colours["page"]) for mark in marks]

    assert max(ratios) / min(ratios) < 1.7


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("sight", SIGHT)
def test_the_colours_stay_apart_for_every_eye(page, sight):
    _, marks, _ = PAGES[page]
    nearest = min(dist(seen(a, sight), seen(b, sight)) for a, b in combinations(marks, 2))

    assert nearest >= 6


def test_a_shape_tells_the_accounts_apart_where_colour_does_not():
    assert len(set(theme.SYMBOLS)) == len(theme.SYMBOLS) == len(theme.MARKS)


def test_a_light_colour_has_one_dark_one():
    light = [*theme.LIGHT.values(), *theme.MARKS, *theme.LABELS]
    dark = [*theme.DARK.values(), *theme.DARK_MARKS, *theme.DARK_MARKS]

    assert all(theme.DARK_OF[one] == other for one, other in zip(light, dark, strict=True))


def test_the_pages_are_those_of_the_configuration():
    config = (theme.__file__.rsplit("/src/", 1)[0]) + "/.streamlit/config.toml"
    with open(config, encoding="utf-8") as file:  # noqa: PTH123 a plain read
        text = file.read()

    assert f'backgroundColor = "{theme.LIGHT_PAGE}"' in text
    assert f'backgroundColor = "{theme.DARK_PAGE}"' in text
    names = {"primaryColor": "ink", "textColor": "ink", "borderColor": "rule", "grayTextColor": "quiet"}
    for ours in (theme.LIGHT, theme.DARK):
        assert all(f'{name} = "{ours[token]}"' in text for name, token in names.items())


def test_markup_in_data_is_text():
    assert theme.plain("<b>10</b> & %{x}") == "&lt;b&gt;10&lt;/b&gt; &amp; %&#123;x}"


def test_the_eighth_account_wears_another_colour_than_the_first_and_seven_in_a_row_never_share_one():
    assert theme.colour(7) != theme.colour(0)
    for first in (0, 7, 14, 56):
        assert len({theme.colour(number) for number in range(first, first + 7)}) == 7


@pytest.mark.parametrize("number", [0, 6, 7, 13, 14, 59])
def test_an_account_has_one_colour_in_figures_pictures_and_pages(number):
    name = f"var(--m{theme.MARKS.index(theme.colour(number))})"

    assert name in drawing.glyph_svg(number, number)
    assert name in drawing.glyph_html(number, number)
