"""The filters of a data set, which stand where other stories have the chips of their accounts: groups, place, year."""

from collections.abc import Callable, Mapping
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

import claims
from contested.model.wording import capital, spaced
from contested.query.groups import split
from contested.query.selection import Selection
from sharing import link
from untrusted import plain

ALL = ""
_GROUPS = 3
"""How many of the kept columns have a filter here; all are among More filters."""


def show(selected: Selection) -> None:
    """Show a row of filters, each of which narrows every card."""
    with st.container(horizontal=True, key="data-set-filters"):
        for name, values in _groups().items():
            chosen = [value for one, value in map(split, selected.where) if one == name]
            _choose(name, values, chosen[0] if len(chosen) == 1 else ALL, partial(_narrow, selected, name))
        places = {key: _place(key) for key in claims.facets().places}
        if len(places) > 1:
            named = dict(sorted(places.items(), key=lambda one: one[1]))
            _choose("place", named, selected.place[0] if len(selected.place) == 1 else ALL, _put_place)
        years = _years(selected)
        if len(years) > 1:
            _choose("year", {year: year for year in years}, _year(selected), _put_year)


def _choose(name: str, values: Mapping[str, str], value: str, write: Callable[[str], None]) -> None:
    """Offer one of some values, or all."""
    names = {ALL: "all"} | dict(values)
    st.selectbox(
        plain(capital(spaced(name))),
        list(names),
        format_func=names.__getitem__,
        width=200,
        **link.written(f"narrow-{name}", value if value in names else ALL, write),
    )


def _groups() -> dict[str, dict[str, str]]:
    """Give the kept columns that tell groups apart, each with its values."""
    offered = [one for one in claims.facets().kept_columns.values() if one.is_offered]
    return {one.name: {value: value for value in one.events_of} for one in offered[:_GROUPS]}


def _narrow(selected: Selection, name: str, value: str) -> None:
    others = [said for said in selected.where if split(said)[0] != name]
    link.write({"where": [*others, f"{name}={value}"] if value else others})


def _place(key: str) -> str:
    places = claims.story().places
    return places[key].label if key in places else key


def _put_place(place: str) -> None:
    link.write({"place": [place] if place else []})


def _years(selected: Selection) -> list[str]:
    """List the years of all events, whatever is chosen."""
    told = claims.ask("events-over-time", Selection(zone=selected.zone)).rows["period"].dropna()
    return sorted({period[:4] for period in told})


def _year(selected: Selection) -> str:
    """Name the year that is chosen, where it is one whole year."""
    since, until = (
        moment and moment.astimezone(ZoneInfo(selected.zone)) for moment in (selected.since, selected.until)
    )
    if not since or not until:
        return ALL
    ends = [(moment.month, moment.day, moment.hour, moment.minute) for moment in (since, until)]
    return f"{since.year}" if ends == [(1, 1, 0, 0)] * 2 and until.year == since.year + 1 else ALL


def _put_year(year: str) -> None:
    since, until = (f"{int(year):04}-01-01", f"{int(year) + 1:04}-01-01") if year else (None, None)
    link.write({"from": since, "to": until})
