"""Clashes added up by the hour of the day or of the week: what is read and said of either."""

from collections.abc import Callable

import pandas as pd

from contested.analysis.coverage.silence import otherwise, silences
from contested.analysis.timing.hours import LONGEST, uncounted
from contested.model.wording import counted
from contested.query.legend import Legend
from contested.query.rows import Row, each

COLUMNS = ("account", "hour", "certain", "possible", "days", "claim_ids")
CAVEAT = (
    "One long clash is under way in many hours and is counted in each. A clash known by its day alone is possible in "
    "every hour of that day, and certain in none. Where an account gives no end, a clash stays possible until the "
    "account spoke. Accounts are never added up. An account that dates no clash is silent. "
    f"Of more than {LONGEST:,} hours none are counted."
)


def dated(rows: pd.DataFrame) -> pd.DataFrame:
    """Select the rows of an hour, with whole numbers."""
    told = rows[rows["place"].notna()]
    return told.astype(dict.fromkeys(("place", "days", "certain", "possible"), int))


def peak(own: pd.DataFrame) -> Row:
    """Give the hour in which most clashes of an account are possible, of these most certain, the first of several."""
    return next(each(_peaks(own)))


def _peaks(own: pd.DataFrame) -> pd.DataFrame:
    most = own[own["possible"] == own["possible"].max()]
    found: pd.DataFrame = most[most["certain"] == most["certain"].max()]
    return found


def numbers(row: Row) -> str:
    """Say how many clashes an hour holds: 2 certain, 5 possible."""
    return f"{row.certain:,} certain, {row.possible:,} possible"


def sentences(rows: pd.DataFrame, legend: Legend, title: str, busiest: Callable[[Row], str]) -> list[str]:
    """Say the title, then the busiest hour of each account, named by `busiest`, and who is silent."""
    if uncounted(rows):
        return [f"{title}.", f"At most {LONGEST:,} hours are counted; choose a shorter time."]
    told = dated(rows)
    if told.empty:
        return [f"{title}.", *otherwise(legend, ())]
    every = [(voice.label, told[told["account"] == voice.key]) for voice in legend.voices]
    peaks = [(label, peak(own), len(_peaks(own)) - 1) for label, own in every if len(own)]
    said = [f"{label}: most {busiest(row)}, {numbers(row)}{_as_many(more)}." for label, row, more in peaks]
    quiet = silences(legend, told["account"], "There is no dated claim of a clash")
    return [f"{title}.", *said, *filter(None, [quiet])]


def _as_many(more: int) -> str:
    return f"; as many in {counted(more, 'other hour')}" if more else ""


def mark(row: Row, legend: Legend) -> str:
    """Name one hour of one account."""
    return f"{legend.label(row.account)} · {row.hour or 'no dated clash'}"
