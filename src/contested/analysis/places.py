"""Places: where each place that a claim names lies, which of them a map can show, and which it cannot."""

from collections.abc import Iterator

import pandas as pd

from contested.model import geo
from contested.model.wording import counted, listing
from contested.query.legend import Legend, Spot
from contested.query.rows import Row, each

KEY = ("account", "place", "stated_latitude", "stated_longitude", "stated_radius_km")
"""What tells the rows apart: where a claim itself puts a place, which the gazetteer may not."""
COLUMNS = ("place", "label", "account", "claims", "events", "latitude", "longitude", "radius_km", "claim_ids")
NOWHERE = "no place named"
VILLAGE = 25
"""Kilometres: a place that may lie farther from its point is too wide for a mark."""
CORE = 0.8
"""Which share of the located claims the frame of a map holds."""

_NAMED = 20
"""How many places a sentence names."""
Site = list[Row]
"""What each account says of one place, the most claims first, so that no account has a side of its own."""


def compute(rows: pd.DataFrame, legend: Legend) -> pd.DataFrame:
    """Put each place where the claim itself puts it, else where the story's gazetteer does."""
    spots = pd.DataFrame([_spot(row, legend) for row in each(rows)], rows.index, list(Spot._fields))
    told = rows["events"] if is_of_events(rows) else rows["claims"]
    return rows.assign(**spots, told=told).astype(dict.fromkeys(Spot._fields[1:], float))


def is_of_events(rows: pd.DataFrame) -> bool:
    """Say whether events are counted and not claims: in a log or a data set, where nobody tells what another does."""
    return bool(len(rows) and rows["is_of_events"].iloc[0])


def noun(rows: pd.DataFrame) -> str:
    """Name what is counted."""
    return "event" if is_of_events(rows) else "claim"


def _spot(row: Row, legend: Legend) -> Spot:
    place = row.place if isinstance(row.place, str) else None
    known = legend.places.get(place or "", Spot(place or NOWHERE))
    if pd.isna(row.stated_latitude):
        return known
    label = known.label if place else f"{row.stated_latitude:.4f}°, {row.stated_longitude:.4f}°"
    return Spot(label, row.stated_latitude, row.stated_longitude, row.stated_radius_km)


def named(answer: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of a place."""
    return answer[answer["label"] != NOWHERE]


def located(answer: pd.DataFrame) -> pd.DataFrame:
    """Keep what lies at a point as narrow as a village; where nothing does, whatever has a point."""
    pointed = answer[answer["latitude"].notna()]
    narrow = pointed[~(pointed["radius_km"] >= VILLAGE)]
    return narrow if len(narrow) else pointed


def core(shown: pd.DataFrame) -> pd.DataFrame:
    """Keep the places around the one that most claims name that together hold four fifths of the claims."""
    if shown.empty:
        return shown
    sums = shown.groupby(["latitude", "longitude"], sort=True)["told"].sum()
    points = list(sums.index)
    middle = points[int(sums.argmax())]
    nearest = sums.iloc[sorted(range(len(sums)), key=lambda place: geo.kilometres(middle, points[place]))]
    held = nearest[nearest.cumsum().shift(fill_value=0) < CORE * nearest.sum()]
    return shown[pd.MultiIndex.from_frame(shown[["latitude", "longitude"]]).isin(held.index)]


def point(row: Row) -> geo.Point:
    """Give the middle of a place."""
    return float(row.latitude), float(row.longitude)


def radius(row: Row) -> float:
    """Give how far from its middle a place may lie; 0 where nobody says."""
    return 0.0 if pd.isna(row.radius_km) else float(row.radius_km)


def sites(shown: pd.DataFrame) -> Iterator[Site]:
    """Collect the rows of each place, the smallest place first."""
    for _, rows in shown.groupby(["radius_km", "label", "latitude", "longitude"], sort=True, dropna=False):
        yield sorted(each(rows), key=lambda row: (-row.told, row.first_id))


def absent(answer: pd.DataFrame) -> list[str]:
    """Say what is not drawn, and what lies away from most of it."""
    shown = located(answer)
    wide = named(answer).drop(shown.index)
    far = shown.drop(core(shown).index)
    nowhere = int(answer["told"].sum()) - int(named(answer)["told"].sum())
    said = [f"Not drawn, too wide or at no known point: {_each(wide)}."] if len(wide) else []
    said += [f"Farther off than the places that hold four fifths of these: {_each(far)}."] if len(far) else []
    return (
        [*said, f"{counted(nowhere, noun(answer))} {'names' if nowhere == 1 else 'name'} no place."]
        if nowhere
        else said
    )


def _each(rows: pd.DataFrame) -> str:
    sums = rows.groupby("label", sort=True)["told"].sum().sort_values(ascending=False, kind="stable")
    names = [f"{label} ({counted(int(number), noun(rows))})" for label, number in sums.head(_NAMED).items()]
    return listing([*names, *([f"{counted(len(sums) - _NAMED, 'place')} more"] if len(sums) > _NAMED else [])])
