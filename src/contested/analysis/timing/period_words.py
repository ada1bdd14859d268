"""Delays by when their clock started, in words: what stands out, and what is left out."""

from collections.abc import Callable
from math import inf, isfinite, isnan
from typing import NamedTuple

import pandas as pd

from contested.analysis.timing.delay import call
from contested.analysis.timing.delay_words import an, attributed, fitting, start_noun, stop_noun
from contested.analysis.timing.periods import LEAST_P90, WEEKDAYS, begun, clock_hour, known
from contested.model.times import LEAST_DELAYS
from contested.model.vocabulary import Milestone
from contested.model.wording import counted
from contested.query.legend import Legend
from contested.query.rows import Row, each
from contested.text import periods

Ends = tuple[float, float]


class Unit(NamedTuple):
    """What delays are told by, in words: one and several, by what, and when one of some is."""

    one: str
    several: str
    by: str
    when: Callable[[Row, pd.DataFrame], str]


_YEAR = 300
"""Days that lie further apart than so many are said with their year."""


def _when(row: Row, among: pd.DataFrame) -> str:
    is_long = among["place"].max() - among["place"].min() > _YEAR
    return periods.when(begun(row.place), row.unit, with_year=is_long)


HOUR = Unit("hour of the day", "hours of the day", "the hour", lambda row, _: f"at {clock_hour(row.place)}")
HOUR_OF_WEEK = Unit("hour of the week", "hours of the week", "the hour", lambda row, _: f"at {clock_hour(row.place)}")
WEEKDAY = Unit("weekday", "weekdays", "the weekday", lambda row, _: f"on {WEEKDAYS[row.place]}s")


def period(unit: str) -> Unit:
    """Name a period of so long."""
    return Unit(unit, f"{unit}s", f"the {unit}", _when)


def ends(low: float, high: float) -> Ends:
    """Read two bounds as a table has them, where both missing are never reached."""
    if isnan(low) and isnan(high):
        return inf, inf
    return -inf if isnan(low) else low, inf if isnan(high) else high


def median(row: Row) -> Ends | None:
    """Give the median of a period that holds enough."""
    return ends(row.median_low, row.median_high) if row.n >= LEAST_DELAYS else None


def p90(row: Row) -> Ends | None:
    """Give the 90 % of a period that holds enough."""
    return ends(row.p90_low, row.p90_high) if row.n >= LEAST_P90 else None


def band(least: float, most: float) -> Ends:
    """Give the interval of a percentile, open where no delay bounds it."""
    return -inf if isnan(least) else least, inf if isnan(most) else most


def has_p90(rows: pd.DataFrame) -> bool:
    """Say whether most of the periods that have a median reach their 90 %."""
    told = [p90(row) for row in each(rows) if row.n >= LEAST_DELAYS]
    return 2 * sum(found is not None and isfinite(found[1]) for found in told) > len(told)


def why_no_p90(rows: pd.DataFrame, unit: Unit, legend: Legend) -> str:
    """Say why the 90 % is not drawn."""
    told = [p90(row) for row in each(rows) if row.n >= LEAST_DELAYS]
    if not told or has_p90(rows):
        return ""
    few, lost = sum(found is None for found in told), sum(found is not None and found[1] == inf for found in told)
    of, noun = f"of {len(told):,} {unit.several}", f"{call(legend)}s"
    if few >= lost:
        return f"The 90% mark is not drawn: {few:,} {of} hold fewer than {LEAST_P90} {noun}."
    firsts = rows[~rows["account"].duplicated()]
    share = firsts["unreached"].sum() / firsts["every"].sum()
    stop = an(stop_noun(legend))
    return f"The 90% mark is not drawn: in {lost:,} {of} it is not reached, as {share:.0%} of the {noun} lack {stop}."


def unplaced(rows: pd.DataFrame, unit: Unit, legend: Legend) -> str:
    """Count those whose start is not known well enough to be in one period."""
    number = int(rows.loc[rows["place"].isna(), "n"].sum())
    left_out = f"{counted(number, call(legend))} {'is' if number == 1 else 'are'} in no {unit.one}"
    return f"{left_out}: the {start_noun(legend)} is not known so well." if number else ""


def most_told(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of the account with most delays whose place is known."""
    told = known(rows)
    return told[told["account"] == told.groupby("account", sort=False)["n"].sum().idxmax()] if len(told) else told


def title(rows: pd.DataFrame, unit: Unit, legend: Legend) -> str:
    """Say between what the medians lie where all may be one, else which is the fastest and which the slowest."""
    if rows.empty:
        return nothing(legend)
    if (own := most_told(rows)).empty:
        return f"No {call(legend)} starts at a known {unit.one}"
    enough = [row for row in each(own) if row.n >= LEAST_DELAYS]
    if len(enough) < 2:  # noqa: PLR2004 one alone stands out from nothing
        return f"Too few {call(legend)}s to tell {unit.several} apart: {_few(own)}"
    slowest = max(enough, key=lambda row: median(row) or _NEVER)
    fastest = min(enough, key=lambda row: median(row) or _NEVER)
    (fast, _), (slow, slow_unit) = amounts(median(fastest), median(slowest))
    whose = attributed([legend.with_scenario().label(own["account"].iloc[0])], is_alone=legend.is_alone)
    if max(row.clear_least for row in enough) <= min(row.clear_most for row in enough):
        said = f"No {unit.one} stands out; medians lie between {fast} and {slow}{slow_unit}"
        return fitting(f"{said}{whose}", said)
    when = [unit.when(row, own) for row in (fastest, slowest)]
    said = f"{fast}{slow_unit} {when[0]}, {slow} {when[1]}"
    half = f"Half the {call(legend)}s {reached(legend)} within {said}"
    return fitting(f"{half}{whose}", half, f"Half {reached(legend)} within {said}", f"Medians: {said}")


_NEVER = (inf, inf)


def _few(own: pd.DataFrame) -> str:
    """Say how many periods hold too few: 2 of 3 hold under ten, or that there is but one."""
    few = int((own["n"] < LEAST_DELAYS).sum())
    return f"{few:,} of {len(own):,} hold under ten" if len(own) > 1 else "one alone holds any"


def nothing(legend: Legend) -> str:
    """Say that nobody gives a delay."""
    return f"{legend.nobody} times both the {start_noun(legend)} and the {stop_noun(legend)}"


def reached(legend: Legend) -> str:
    """Say what calls had: an arrival, or whatever stops the clock."""
    return "were reached" if legend.selection.stop is Milestone.ARRIVAL else f"had {an(stop_noun(legend))}"


def amounts(*found: Ends | None) -> list[tuple[str, str]]:
    """Write medians, each with its unit, in the unit of the longest: 5.8 and minutes, 5–6 and hours, not reached."""
    known = [end for bounds in found if bounds for end in bounds if isfinite(end)]
    unit, per = next(one for one in _UNITS if max(map(abs, known), default=0) <= one[1] * one[2])[:2]
    return [_amount(bounds or _NEVER, unit, per) for bounds in found]


_UNITS = (("minutes", 1.0, 180), ("hours", 60.0, 72), ("days", 1440.0, inf))
"""Each unit, the minutes of one, and up to how many it is used."""


def _amount(bounds: Ends, unit: str, per: float) -> tuple[str, str]:
    low, high = (end / per for end in bounds)
    match isfinite(low), isfinite(high):
        case False, False:
            return "not reached", ""
        case True, False:
            return f"at least {_tenth(low)}", f" {unit}"
        case False, True:
            return f"at most {_tenth(high)}", f" {unit}"
    written = _tenth(low) if _tenth(low) == _tenth(high) else f"{_tenth(low)} to {_tenth(high)}"
    return written, f" {unit}"


def _tenth(number: float) -> str:
    return f"{number:.1f}".replace("-", "\N{MINUS SIGN}")


def tell(rows: pd.DataFrame, unit: Unit, legend: Legend) -> list[str]:
    """Say the finding, then of each account its n and what is left out."""
    if rows.empty:
        return [f"{nothing(legend)}."]
    named = legend.with_scenario()
    said = [f"{title(rows, unit, legend)}."]
    for account, own in known(rows).groupby("account", sort=False):
        first, held = own.iloc[0], int((own["n"] >= LEAST_DELAYS).sum())
        of = f"{int(own['n'].sum()):,} of {first['every']:,} {call(legend)}s"
        held_in = f"{counted(len(own), unit.one, unit.several)}, of which {held:,} hold at least {LEAST_DELAYS}"
        said.append(f"{named.label(str(account))}: {of} in {held_in}.")
    return [*said, *filter(None, [why_no_p90(rows, unit, legend), unplaced(rows, unit, legend)])]
