"""Casualty figures in words: the latest figure of each account of a total, and the range across the accounts.

Successive statements of one total are one total; nothing here adds.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from math import inf
from typing import NamedTuple

import pandas as pd

from contested.model.times import day, drawn_at, span
from contested.model.vocabulary import FATAL_AND_INJURED, Scope
from contested.model.wording import figure, first, listing, named, of, quoted
from contested.query.legend import Legend, Spot
from contested.query.relations import RENEWED
from contested.query.resolution import Resolution, Telling, resolved
from contested.query.rows import Row, each
from contested.query.selection import By


def stated_figure(row: Row) -> str:
    """Format one stated figure, with the words that it was read from."""
    words = quoted(row.figure_words, row.low, row.best, row.high)
    return figure(row.low, row.best, row.high, row.figure_words) + (f" ({words})" if words else "")


def plot_time(row: Row) -> datetime:
    """Return the time at which a figure is drawn: one known by its day at noon of it."""
    return drawn_at(None if pd.isna(row.stated_earliest) else row.stated_earliest, row.stated_at)


_MAX_TOTALS = 12
"""How many totals of a measure are put into words."""


def latest_figures(answer: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Filter the standing figures of a measure that each account stated last, of the whole.

    Of very many totals only some stay: first those whose figures lie farthest apart.
    """
    rows = answer[answer["is_latest"] & (answer["measure"] == measure)]
    if len(rows) <= _MAX_TOTALS or len(ranges := _ranges(rows)) <= _MAX_TOTALS:
        return rows
    shown: pd.DataFrame = rows[_total_numbers(rows).isin(ranges.nlargest(_MAX_TOTALS).index)]
    return shown


def standing_figures(answer: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Filter the standing figures, of the whole, of the events of some rows."""
    whole = answer[(answer["standing"] == "standing") & ~answer["is_part"]]
    return whole[whole["event_id"].isin(rows["event_id"].unique())]


def omitted_totals_note(answer: pd.DataFrame, shown: Iterable[str]) -> list[str]:
    """Count the totals that are not put into words."""
    every = answer[answer["is_latest"]]
    if len(every) <= _MAX_TOTALS:
        return []
    numbers = {one: len(_ranges(every[every["measure"] == one])) for one in shown}
    return [
        f"Of {number:,} totals of the {measure}, {_MAX_TOTALS} are put into words: first those whose figures lie "
        "farthest apart."
        for measure, number in numbers.items()
        if number > _MAX_TOTALS
    ]


def _ranges(rows: pd.DataFrame) -> "pd.Series[float]":
    """Range (highest minus lowest) of the figures of each total."""
    heights = rows["height"].groupby(_total_numbers(rows), sort=False)
    return heights.max() - heights.min()


def _total_numbers(rows: pd.DataFrame) -> "pd.Series[int]":
    """Give each row the number of its total: its event and definition, and whether it is of the event alone."""
    keys = [rows["event_id"], rows["definition"], rows["scope"] == Scope.EVENT]
    return rows.groupby(keys, dropna=False, sort=False).ngroup()


def range_of_totals(rows: Sequence[Row], legend: Legend, measure: str, standing: Sequence[Row] = ()) -> list[str]:
    """Say the range across the latest figures of each total; never their sum, nor across what is counted otherwise.

    What an account said before of the same total and has not replaced stands beside its latest figure.
    """
    before = [row for row in standing if row.measure == measure]
    scopes = _scopes([*rows, *before])
    totals, earlier = by_total(rows, scopes), by_total(before, scopes)
    if not totals:
        return [f"No {legend.noun} shown states how many were {measure}."]
    several = len({total.event_id for total in totals}) > 1
    return [
        _resolved_total(told, earlier.get(total, []), legend, measure, total.named(legend if several else None))
        for total, told in totals.items()
    ]


_Voice = tuple[str, str]
"""An account, or a side, and whose words they are."""


class Total(NamedTuple):
    """What is counted as one: figures of two totals are never compared."""

    event_id: str
    definition: str
    scope: str

    def named(self, legend: Legend | None) -> str:
        """Name what sets it apart from the other totals of an answer: its event only where there are several."""
        parts = (legend.event(self.event_id) if legend else "", self.definition, self.scope)
        return "; ".join(part for part in parts if part)


_Scopes = dict[tuple[str, str], set[object]]
"""The scopes in which figures of an event and a definition are stated."""


def _scopes(rows: Iterable[Row]) -> _Scopes:
    found: _Scopes = {}
    for row in rows:
        found.setdefault((row.event_id, definition_of(row)), set()).add(row.scope)
    return found


def by_total(rows: Sequence[Row], scopes: _Scopes | None = None) -> dict[Total, list[Row]]:
    """Group figures by event, definition and scope, those of no definition first; differing scopes are named."""
    scopes = _scopes(rows) if scopes is None else scopes
    found: dict[Total, list[Row]] = {}
    for row in sorted(rows, key=lambda row: definition_of(row) != ""):
        event = row.event_id, definition_of(row)
        found.setdefault(Total(*event, _scope(row.scope, scopes[event])), []).append(row)
    return found


def _scope(scope: object, scopes: set[object]) -> str:
    """Name the scope of a figure beside the others of its event and definition; nothing where all have one."""
    if Scope.EVENT not in scopes or scopes == {Scope.EVENT}:
        return ""
    return "of this alone" if scope == Scope.EVENT else "in all" if Scope.CUMULATIVE in scopes else ""


def definition_of(row: Row) -> str:
    """Return what a figure counts by its own words; empty where it does not say."""
    return row.definition if isinstance(row.definition, str) else ""


def _resolved_total(rows: list[Row], standing: list[Row], legend: Legend, measure: str, total: str) -> str:
    """Say what the reader's rule takes from the figures of one total, and what it sets aside."""
    what = f"{measure} ({total})" if total else measure
    if legend.selection.resolution == Resolution.ALL:
        return f"{_range(rows, standing, legend, what)}."
    told = [_resolution_input(row) for row in rows]
    found = resolved(told, legend.selection.resolution, legend.label)
    held = set(found.kept)
    kept = [row for row, one in zip(rows, told, strict=True) if one in held]
    words = found.said(legend.label)
    if not kept:
        return f"How many people were {what} is {words}."
    if found.aside:
        return f"{_opening(' or '.join(map(_numbers_in_words, _by_bound(kept))), what)}, {words}."
    return "; ".join(filter(None, (_range(kept, standing, legend, what), words))) + "."


def _resolution_input(row: Row) -> Telling:
    bounds = tuple(None if pd.isna(number) else int(number) for number in (row.low, row.best, row.high))
    side = [] if pd.isna(row.side) else [f"side {row.side}"]
    teller, is_stated = _speaker(row)
    origins = {
        *side,
        f"teller {teller}",
        f"claim {row.claim_id}",
        *(f"claim {claim_id}" for claim_id in row.same_origin),
    }
    value = stated_figure(row) if bounds == (None, None, None) else bounds
    return Telling(
        row.account, stated_figure(row), value, frozenset(origins), frozenset([row.voice, row.source_id]), is_stated
    )


def _speaker(row: Row) -> tuple[str, bool]:
    """Give whose words a figure is, and whether that is stated: its speaker, else the last in its chain."""
    chain = row.via.rsplit(" > ", 1)[-1] if isinstance(row.via, str) else None
    named = row.speaker if isinstance(row.speaker, str) else chain
    return (named, True) if named else (row.voice, False)


def _range(rows: list[Row], standing: list[Row], legend: Legend, what: str) -> str:
    """Say the figures of one total and whose they are; a mere bound is no figure and stands apart with its own."""
    main, *apart = _by_bound(rows)
    limits = {row.claim_id for row in chain(*apart)}
    whose = _attribution(main, [row for row in standing if row.claim_id not in limits], legend, are_all=not apart)
    is_range = legend.selection.resolution == Resolution.RANGE
    told = (f"{words}, {_according_to(by, legend)}" for words, by in _voices_by_figure(chain(*apart)).items())
    return "; ".join([f"{_opening(_numbers_in_words(main, is_range=is_range), what)}, {whose}", *told])


def _bound(row: Row) -> str:
    """Say whether a figure is only a bound, which agrees with every number beyond it."""
    if not pd.isna(row.best) or pd.isna(row.low) == pd.isna(row.high):
        return ""
    return "at least " if pd.isna(row.high) else "at most "


def _by_bound(rows: list[Row]) -> list[list[Row]]:
    """Part the numbers from the lower bounds, and these from the upper ones."""
    sorts: dict[str, list[Row]] = {"": [], "at least ": [], "at most ": []}
    for row in _numbered(rows):
        sorts[_bound(row)].append(row)
    return [sort for sort in sorts.values() if sort]


def _numbers_in_words(rows: list[Row], *, is_range: bool = False) -> str:
    """Say figures of one sort: of two the one or the other, of more, or where one is a range, the least to the most."""
    bound, reached = _bound(rows[0]), [_reach(row) for row in rows]
    values = sorted(set(chain(*reached)))
    if not values:
        return of(listing(dict.fromkeys(stated_figure(row) for row in rows)))
    if len(values) == 1:
        return f"{bound}{values[0]}"
    is_either = values == [values[0], values[-1]] and all(len(ends) == 1 for ends in reached) and not is_range
    return f"{bound}{values[0]} {'or' if is_either else 'to'} {bound}{values[-1]}"


def _reach(row: Row) -> set[int]:
    """Give the ends of a figure; a number with one bound beside it is that number."""
    ends = {int(n) for n in (row.low, row.best, row.high) if not pd.isna(n)}
    is_open = pd.isna(row.low) != pd.isna(row.high)
    return {int(row.best)} if is_open and not pd.isna(row.best) else ends


def _voices_by_figure(rows: Iterable[Row]) -> dict[str, dict[_Voice, None]]:
    """Give those who state each figure."""
    found: dict[str, dict[_Voice, None]] = {}
    for row in rows:
        found.setdefault(_numbers_in_words([row]), {})[row.account, row.voice] = None
    return found


def _opening(figures: str, what: str) -> str:
    """Open a sentence with what was counted: 1 person killed, 8 or 10 people killed."""
    noun = "person" if figures in {"1", "at least 1", "at most 1"} else "people"
    return f"{figures[0].upper()}{figures[1:]} {noun} {what}"


def _numbered(rows: list[Row]) -> list[Row]:
    """Leave out who gives no number, where somebody does."""
    return [row for row in rows if not pd.isna(row.height)] or rows


def _attribution(rows: list[Row], standing: list[Row], legend: Legend, *, are_all: bool) -> str:
    """Say by whose account: by every one only where these are all, and all that each says of it is the same."""
    told = _figures_by_voice(_numbered(rows))
    accounts = list(dict.fromkeys(account for account, _ in told))
    single = all(len(values) == 1 for values in told.values())
    agreed = len({frozenset(values) for values in told.values()}) == 1
    if not agreed and len(accounts) > 1:
        return f"depending on the {legend.noun}"
    others = _other_standing_figures(told, rows, standing)
    besides = [f"{legend.account(voice)} also {listing(values)}" for (_, voice), values in others.items()]
    stands = f"; other figures still stand: {', '.join(besides)}" if besides else ""
    if len(accounts) == 1:
        inner = "" if single and agreed else ", who differ" if len(told) > 1 else ", with several figures that stand"
        return _according_to(told, legend) + inner + stands
    if single and not others and are_all:
        return f"by every {legend.noun} that states a figure"
    several = "" if single or besides else ", each with several figures that stand"
    return f"according to {listing(legend.account(voice) for _, voice in told)}{stands}{several}"


def _according_to(told: Iterable[_Voice], legend: Legend) -> str:
    """Attribute to accounts, or to those whose words they are on each side."""
    voices: dict[str, list[str]] = {}
    for account, voice in told:
        voices.setdefault(account, []).append(voice)
    if legend.selection.by is By.ACCOUNT:
        return f"according to {listing(map(legend.label, voices))}"
    return listing(legend.according_to(side, each_one) for side, each_one in voices.items())


def _other_standing_figures(
    told: dict[_Voice, list[str]], rows: list[Row], standing: list[Row]
) -> dict[_Voice, list[str]]:
    """Give the figures that a voice stated before and has not replaced; a running total that grew says nothing else."""
    reached: dict[_Voice, float] = {}
    for row in rows:
        voice = row.account, row.voice
        reached[voice] = max(reached.get(voice, -inf), -inf if pd.isna(row.height) else row.height)
    still = [
        row
        for row in standing
        if (row.account, row.voice) in told
        and not (row.scope == Scope.CUMULATIVE and row.height <= reached[row.account, row.voice])
    ]
    found = {
        voice: [one for one in values if one not in told[voice]] for voice, values in _figures_by_voice(still).items()
    }
    return {voice: values for voice, values in found.items() if values}


def _figures_by_voice(rows: Sequence[Row]) -> dict[_Voice, list[str]]:
    """Give the figures of each voice, every one once."""
    found: dict[_Voice, list[str]] = {}
    for row in rows:
        mine = found.setdefault((row.account, row.voice), [])
        if (words := figure(row.low, row.best, row.high, row.figure_words)) not in mine:
            mine.append(words)
    return found


def headlines(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say the range of each total of the killed: the exact sentences that open the answer."""
    measure = FATAL_AND_INJURED[0]
    latest = latest_figures(answer, measure)
    return range_of_totals([*each(latest)], legend, measure, [*each(standing_figures(answer, latest))])


def latest_by_account(rows: Sequence[Row], legend: Legend, measure: str) -> str:
    """Say the latest figures of each account with their day; of a side, those of each of its voices."""
    told, figures = [], dict[str, dict[str, list[Row]]]()
    for row in rows:
        figures.setdefault(row.account, {}).setdefault(row.voice, []).append(row)
    for voice in legend.voices:
        each = {one: _latest_of_voice(mine, legend) for one, mine in figures.get(voice.key, {}).items()}
        if legend.selection.by is By.ACCOUNT:
            told += [f"{voice.label} {words}" for words in each.values()]
        elif each:
            told.append(f"{voice.label}: {', '.join(f'{legend.account(one)} {words}' for one, words in each.items())}")
    return f"Latest figures of the {measure}: {'; '.join(told)}." if told else ""


def _latest_of_voice(rows: list[Row], legend: Legend) -> str:
    """Say the latest figures of one voice, each with its day: those of several totals in order, else one or the other.

    Where all are of one day it is said once.
    """
    several = len({row.event_id for row in rows}) > 1
    by_day = [
        (
            " or ".join(
                dict.fromkeys(
                    _figure_with_definition(row, total, legend if several else None)
                    for row in sorted(told, key=_height)
                )
            ),
            _days(told),
        )
        for total, told in by_total(rows).items()
    ]
    said_on = list(dict.fromkeys(when for _, when in by_day))
    if len(said_on) == 1:
        return listing(figures for figures, _ in by_day) + said_on[0]
    return listing(f"{figures}{when}" for figures, when in by_day)


def _height(row: Row) -> float:
    return inf if pd.isna(row.height) else float(row.height)


def _days(rows: list[Row]) -> str:
    when = dict.fromkeys(day(at) for at in sorted(plot_time(row) for row in rows if not pd.isna(row.stated_at)))
    return f" ({listing(when)})" if when else ""


def _figure_with_definition(row: Row, total: Total, legend: Legend | None) -> str:
    """Say a figure with what it counts, whether it is hearsay, and of which event where an account counts several."""
    words = [stated_figure(row), total.definition, total.scope, f"({event_named(row, legend)})" if legend else ""]
    doubts = [doubt for doubt, holds in (("hearsay", row.hearsay), (RENEWED, row.is_renewed)) if holds]
    return " ".join(word for word in [*words, *(f"({doubt})" for doubt in doubts)] if word)


def event_named(row: Row, legend: Legend) -> str:
    """Name the event of a figure; one that has no name by its place and its day, as far as these are told."""
    if row.event_id in legend.events:
        return legend.event(row.event_id)
    place = legend.places.get(row.place, Spot(row.place)).label if isinstance(row.place, str) else ""
    is_dated = not pd.isna(row.began_earliest) and not pd.isna(row.over_latest)
    when = span(row.began_earliest, row.over_latest) if is_dated else ""
    return ", ".join(filter(None, [place, when])) or str(row.event_id)


def partial_figures(answer: pd.DataFrame, legend: Legend) -> str:
    """Say what those count who count only some people, such as one person hurt: of whom, and in which event."""
    whole = set(answer.loc[answer["is_latest"], "account"])
    told: dict[str, dict[str, None]] = {}
    for row in each(answer[(answer["standing"] == "standing") & answer["is_part"]]):
        if row.account not in whole:
            noted = [row.victims, row.definition, event_named(row, legend)]
            words = f"{stated_figure(row)} {row.measure} ({'; '.join(note for note in noted if isinstance(note, str))})"
            told.setdefault(legend.whose(row.account, row.voice), {})[words] = None
    each_told = (f"{who} {named(words)}" for who, words in told.items())
    return f"Of some people only: {'; '.join(first(each_told))}." if told else ""
