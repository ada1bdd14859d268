"""Where, by whose account?

Every place that a claim names is drawn as the circle within which it lies, in true kilometres, with a mark on its rim
for each account that names it. The map opens on the villages around the place that most claims name. A place wider
than a village, and one without coordinates, is named at the foot and never put at a point. No tile is fetched.
"""

import re
from collections.abc import Iterator
from math import sqrt
from textwrap import wrap
from typing import Any

import pandas as pd

from contested import theme
from contested.analysis.coverage.topic import PLACELESS, Topic
from contested.analysis.places import COLUMNS, KEY, Site, absent, compute, located, named, near, point, radius, sites
from contested.analysis.thinning import MOST, largest
from contested.chart import Chart
from contested.model import geo
from contested.model.wording import counted
from contested.query.legend import Legend, Voice
from contested.query.rows import Row

QUESTION = """
select place, account, latitude as stated_latitude, longitude as stated_longitude, radius_km as stated_radius_km,
    count(*) as claims, min(claim_id) as first_id, list(claim_id order by claim_id) as claim_ids
from selected
group by all
order by account, place, stated_latitude, stated_longitude, stated_radius_km
"""

_RIM = 7
"""Kilometres from the middle beyond which no mark moves, however wide its circle."""
_INSIDE = {"ticklabelposition": "inside top"}
_HEIGHT, _WIDTH, _LINE, _LETTER = 460, 900, 20, 7


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> theme.Figure:  # noqa: ARG001
    """Draw the circles, a mark per account on each, and the key above."""
    shown, silent = located(answer), " ".join(absent(answer))
    if shown.empty:
        return theme.figure([], 60, silent=silent, xaxis={"visible": False}, yaxis={"visible": False})
    drawn, heard = list(sites(_drawn(shown))), _keyed(shown, legend)
    told = {row.account for site in drawn for row in site}
    opening = [geo.around(point(site[0]), max(radius(site[0]), _RIM)) for site in sites(near(shown))]
    window = geo.hull(opening, 0.06)
    key = [_told(voice, shown[shown["account"] == voice.key]) for voice in heard]
    if others := shown["account"].nunique() - len(heard):
        key.append(f"and {counted(others, legend.noun)} of fewer claims")
    figure = theme.figure(
        [_marks(voice, drawn) for voice in legend.voices if voice.key in told],
        _HEIGHT + _LINE * len(key),
        silent=silent,
        shapes=[_circle(site[0]) for site in drawn if radius(site[0])],
        annotations=[*_names(_most_named(drawn), window), _above(key)],
        **_axes(window),
    )
    figure["layout"]["margin"]["t"] = 8 + _LINE * len(key)
    return figure


_NAMED = 100
"""How many places are named on the map at most; every mark says its place when it is pointed at."""


def _drawn(shown: pd.DataFrame) -> pd.DataFrame:
    """Keep as many rows as a figure shows, each with its number: of the places that most claims name, each whole."""
    shown = shown.assign(number=shown.index)
    if len(shown) <= MOST:
        return shown
    sites = shown.groupby(["label", "latitude", "longitude"], sort=False)
    claims = sites["claims"].transform("sum")
    order = pd.DataFrame({"claims": -claims, "site": sites.ngroup()}).sort_values(["claims", "site"], kind="stable")
    places = order.index[:MOST]
    whole = order["site"].iloc[: MOST + 1].to_numpy()
    return shown.loc[places if whole[MOST] != whole[MOST - 1] else places[whole[:MOST] != whole[MOST]]].sort_index()


def _keyed(shown: pd.DataFrame, legend: Legend) -> list[Voice]:
    """List those who are named in the key: all, or of very many those with the most claims."""
    most = largest(shown.groupby("account")["claims"].sum())
    return [voice for voice in legend.voices if voice.key in most]


def _most_named(drawn: list[Site]) -> list[Site]:
    """Choose the places that are named, in their order."""
    if len(drawn) <= _NAMED:
        return drawn
    least = sorted((sum(row.claims for row in site) for site in drawn), reverse=True)[_NAMED - 1]
    return [site for site in drawn if sum(row.claims for row in site) >= least][:_NAMED]


def _axes(window: geo.Box) -> dict[str, Any]:
    west, south, east, north = window
    ratio = 1 / geo.narrowing((south + north) / 2)
    axis = {"ticksuffix": "°", "nticks": 6}
    return {
        "xaxis": axis | {"range": [west, east]},
        "yaxis": axis | {"range": [south, north], "scaleanchor": "x", "scaleratio": ratio} | _INSIDE,
    }


def _circle(row: Row) -> dict[str, Any]:
    west, south, east, north = geo.around(point(row), radius(row))
    edges = {"xref": "x", "yref": "y", "x0": west, "y0": south, "x1": east, "y1": north}
    look = {"layer": "below", "line": {"width": 1, "color": theme.INK}, "fillcolor": theme.SILENT, "opacity": 0.6}
    return {"type": "circle"} | look | edges


def _marks(voice: Voice, drawn: list[Site]) -> theme.Trace:
    mine = [
        (row, geo.rim(point(row), min(radius(row), _RIM), number / len(site)))
        for site in drawn
        for number, row in enumerate(site)
        if row.account == voice.key
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [longitude for _, (_, longitude) in mine],
        "y": [latitude for _, (latitude, _) in mine],
        "marker": {
            "symbol": theme.symbol(voice.number),
            "color": theme.colour(voice.number),
            "opacity": 1,
            "size": [min(30, 8 + 4 * sqrt(row.claims)) for row, _ in mine],
        },
        "customdata": [[row.number] for row, _ in mine],
        "hovertext": [theme.plain(f"{voice.label}, {_within(row)}: {counted(row.claims, 'claim')}") for row, _ in mine],
        "hoverinfo": "text",
    }


def _within(row: Row) -> str:
    return f"{row.label}, within {row.radius_km:g} km" if radius(row) else f"{row.label}, radius not stated"


def _names(drawn: list[Site], window: geo.Box) -> Iterator[dict[str, Any]]:
    """Name each place above, below or beside its circle, where no other name stands yet."""
    west, south, east, north = window
    narrowing = geo.narrowing(south)
    pixel = max((north - south) / _HEIGHT, (east - west) * narrowing / _WIDTH)
    taken: list[geo.Box] = []
    for site in drawn:
        lines = wrap(re.split(r" \(|, | / ", site[0].label)[0], 14)
        size = (max(map(len, lines)) * _LETTER * pixel / narrowing, len(lines) * _LINE * pixel)
        circle = geo.around(point(site[0]), radius(site[0]))
        free = list(geo.beside(circle, size, 16 * pixel))
        box, x, y = next((one for one in free if not any(geo.overlap(one[0], other) for other in taken)), free[0])
        taken.append(box)
        at = {"left": box[0], "center": (box[0] + box[2]) / 2, "right": box[2]}[x]
        level = {"bottom": box[1], "middle": (box[1] + box[3]) / 2, "top": box[3]}[y]
        text = "<br>".join(map(theme.plain, lines))
        yield theme.note("", at, level, xref="x", yref="y", xanchor=x, yanchor=y, align=x) | {"text": text}


def _told(voice: Voice, rows: pd.DataFrame) -> str:
    claims, places = int(rows["claims"].sum()), rows["label"].nunique()
    name = f"{theme.glyph(voice.number)} {theme.plain(voice.label)}"
    return f"{name}: {counted(claims, 'claim')}, {counted(places, 'place')}"


def _above(lines: list[str]) -> dict[str, Any]:
    return theme.note("", 0, 1, yref="paper", yanchor="bottom", yshift=4) | {"text": "<br>".join(lines)}


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say who names how many places, how many claims are located, and which are not."""
    whose = named(answer)
    if whose.empty:
        return [f"No {legend.noun} in view names a place."]
    heard, silent = whose["account"].nunique(), legend.without(whose["account"])
    voices, count = counted(len(legend.voices), legend.noun), counted(whose["label"].nunique(), "place")
    drawn, every = int(located(answer)["claims"].sum()), int(answer["claims"].sum())
    are = "is" if drawn == 1 else "are"
    return [
        f"{heard} of {voices} {'names' if heard == 1 else 'name'} {count}.",
        f"{drawn} of {counted(every, 'claim')} {are} located on the map, {every - drawn} not.",
        *_left_out(answer),
        *absent(answer),
        *([f"No place is named {legend.by(silent)}."] if silent else []),
    ]


def _left_out(answer: pd.DataFrame) -> list[str]:
    """Say what is not drawn of what could be."""
    shown = located(answer)
    drawn = len(_drawn(shown))
    which = "those of the places that most claims name"
    return [f"{drawn:,} of {len(shown):,} marks are drawn, {which}."] * (drawn < len(shown))


def mark(row: Row, legend: Legend) -> str:
    """Name what one account says of one place."""
    return f"{row.label} · {legend.label(row.account)} · {counted(row.claims, 'claim')} · {row.first_id}"


CHART = Chart(
    key="map",
    name="Map",
    definition="A circle is how far from its point a place may lie. A mark on it is an account; larger: more claims.",
    question=QUESTION,
    columns=COLUMNS,
    caveat=(
        "A mark says that claims name the place, not that something happened at that spot, and its side of the circle "
        "means nothing. More claims are more sentences, not more events. Most claims name no place at all."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
    key_columns=KEY,
    compute=compute,
    topic=Topic(gaps=(PLACELESS,)),
)
