"""The palette: of equal weight, on light and dark, for every eye."""

from itertools import combinations
from math import dist, inf

import pytest

from contested import theme

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


def lab(rgb):
    x = (0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505
    z = (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, luminance(rgb), z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour, sight):
    rgb = linear(colour)
    return lab([min(1, max(0, sum(w * c for w, c in zip(row, rgb, strict=True)))) for row in SIGHT[sight]])


@pytest.mark.parametrize("page", [theme.LIGHT_PAGE, theme.DARK_PAGE])
@pytest.mark.parametrize("colour", theme.COLOURS)
def test_every_colour_can_be_told_from_the_page(colour, page):
    assert contrast(colour, page) >= 3


@pytest.mark.parametrize("page", [theme.LIGHT_PAGE, theme.DARK_PAGE])
def test_no_account_is_louder_than_another(page):
    ratios = [contrast(colour, page) for colour in theme.COLOURS]

    assert max(ratios) / min(ratios) < 1.5


@pytest.mark.parametrize("sight", SIGHT)
def test_the_first_four_colours_stay_apart_for_every_eye(sight):
    nearest = min(dist(seen(a, sight), seen(b, sight)) for a, b in combinations(theme.COLOURS[:4], 2))

    assert nearest > 15


def test_a_shape_tells_the_accounts_apart_where_colour_does_not():
    assert len(set(theme.SYMBOLS)) == len(theme.SYMBOLS) == len(theme.COLOURS)


def test_the_pages_are_those_of_the_configuration():
    config = (theme.__file__.rsplit("/src/", 1)[0]) + "/.streamlit/config.toml"
    with open(config, encoding="utf-8") as file:  # noqa: PTH123 a plain read
        text = file.read()

    assert f'backgroundColor = "{theme.LIGHT_PAGE}"' in text
    assert f'backgroundColor = "{theme.DARK_PAGE}"' in text


def test_markup_in_data_is_text():
    assert theme.plain("<b>10</b> & %{x}") == "&lt;b&gt;10&lt;/b&gt; &amp; %&#123;x}"


def test_an_end_on_the_scale_has_the_shape_of_its_account():
    assert theme.ends((1.0, 3.0), (0.0, 4.0), 1, hollow=False) == ([1.0, 3.0], ["square", "square"])


def test_an_end_beyond_the_scale_is_an_arrow_at_its_edge():
    assert theme.ends((-inf, 9.0), (0.0, 4.0), 0, hollow=True) == (
        [0.0, 4.0],
        ["triangle-left-open", "triangle-right-open"],
    )


def test_an_interval_wholly_beyond_the_scale_points_towards_itself():
    assert theme.ends((8.0, 9.0), (0.0, 4.0), 0, hollow=False) == ([4.0, 4.0], ["triangle-right", "triangle-right"])


def test_a_count_is_not_cut_at_the_end_of_a_line():
    label = "Officials (Kazakhstan), too few"

    assert theme.lines(f"{label}: n = 1").replace("\N{NO-BREAK SPACE}", " ") == f"{label}:<br>n = 1"
    assert theme.lines(f"{label}, n = 12").endswith("<br>n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}12")


def test_only_a_count_is_held_together_so_that_a_long_text_still_fits():
    assert max(map(len, theme.lines("a = b " * 40).split("<br>"))) <= theme.FIT
