"""The toll in a few words: the title of the casualty chart, the finding of the story's page, and a sentence to copy.

Each goes by the latest standing figures of one total; nothing here adds, and nobody's figure is another's.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

import pandas as pd

from contested.model.times import date, whole_days
from contested.model.vocabulary import FATAL_AND_INJURED, Measure
from contested.model.wording import capital, figure, in_words, listing, of
from contested.query.legend import Legend
from contested.query.resolution import Resolution
from contested.query.rows import Row, each
from contested.query.selection import By
from contested.text import casualty_figures as figures
from contested.text.names import in_sentence, is_plural, short_names

_TITLE, _SENTENCE = 14, 20
"""How many words a title and a sentence of a finding have at most."""
_SAID = 3
"""How many successive figures of one account are told one by one."""


class Figured(NamedTuple):
    """A number, or a bound, as a total is stated: `10`, `at least 8`."""

    height: float
    words: str
    is_bound: bool = False
    is_hearsay: bool = False
    least: float = 0
    most: float = float("inf")

    def may_be(self, other: "Figured") -> bool:
        """Say whether one number can be both."""
        return self.least <= other.most and other.least <= self.most

    @property
    def marked(self) -> str:
        """Say it, and that it was only ever heard from others where it is so."""
        return f"{self.words} (hearsay)" if self.is_hearsay else self.words


class Reading(NamedTuple):
    """What one account says last of a total."""

    voice: str
    figures: tuple[Figured, ...]
    is_dated: bool
    is_hearsay: bool = False


class Revision(NamedTuple):
    """The successive figures of an account, from the first to the one that stands."""

    voice: str
    figures: tuple[Figured, ...]
    days: int
    """Days from the first figure to the day of the last change."""


def title(answer: pd.DataFrame, legend: Legend) -> str:
    """Say who states which toll, or who changed it, in at most 14 words."""
    if answer.empty:
        return f"{legend.nobody} counts the killed or injured"
    measure, totals = _main_totals(answer)
    if not totals:
        return f"{legend.nobody} states a toll; figures of some people are in the table"
    if legend.selection.resolution != Resolution.ALL:
        return figures.headlines(answer, legend)[0].rstrip(".")
    if len(totals) > 1:
        return _of_several_totals(totals, measure)
    return _of_one_total(answer, totals[0], measure, legend)


def finding(answer: pd.DataFrame, legend: Legend) -> tuple[str, str]:
    """Say the toll with who states it in one sentence, and in a quiet one what each said before and who says none."""
    measure, totals = _main_totals(answer) if len(answer) else (Measure.KILLED, [])
    if not totals or len(totals) > 1 or legend.selection.resolution != Resolution.ALL:
        return f"{title(answer, legend)}.", _sentence(silence(answer, legend))
    rows = totals[0]
    names = _names(rows, legend)
    readings = _readings(rows, legend)
    sentence = _stated(readings, measure, names, legend)
    quiet, unsaid = [_before(one, names, sentence) for one in _revisions(answer, rows)[:1]], silence(answer, legend)
    for one in [] if _is_lone(legend) else _beside_the_sentence(readings, names, legend):
        if len(f"{' '.join(quiet)} {one} {unsaid}".split()) <= _SENTENCE:
            quiet.append(one)
    return sentence, _sentence("; ".join(filter(None, [*quiet, unsaid])))


def attributed(answer: pd.DataFrame, legend: Legend, measure: Measure = Measure.KILLED) -> str:
    """Say the latest standing figures with every speaker and the day on which each was said: a sentence to paste."""
    rows = [*each(figures.latest_figures(answer, measure))] if len(answer) else []
    several = len({row.event_id for row in rows}) > 1
    told: dict[tuple[str, ...], dict[str, dict[str, None]]] = {}
    for row in sorted(rows, key=lambda row: float("inf") if pd.isna(row.height) else -row.height):
        notes = (row.definition, figures.event_named(row, legend) if several else None)
        note = "; ".join(text for text in notes if isinstance(text, str))
        counted = (figures.stated_figure(row), note)
        told.setdefault(counted, {}).setdefault(_speaker(row, legend), {})[_on(row)] = None
    clauses = []
    for (words, note), by in told.items():
        noun = f" {'person was' if words in _ONE else 'people were'} {measure}"
        what = f"{of(words)}{noun}{f' ({note})' if note else ''}"
        clauses.append(f"{what}, according to {listing(f'{who} {listing(when)}' for who, when in by.items())}")
    text = "; ".join(clauses)
    return f"{text[0].upper()}{text[1:]}." if text else ""


# which total a title is about


def _main_totals(answer: pd.DataFrame) -> tuple[Measure, list[list[Row]]]:
    """Give the latest rows of each total of the killed, or where nobody counts them of the injured.

    One total alone is left where of one event others are only of a definition, or where most accounts state it.
    """
    for measure in FATAL_AND_INJURED:
        latest = answer[answer["is_latest"] & (answer["measure"] == measure)]
        if latest["event_id"].nunique() > _MANY:
            return measure, [[*each(told)] for _, told in latest.groupby("event_id", sort=False)]
        if len(latest):
            totals = figures.by_total([*each(latest)])
            plain = [told for total, told in totals.items() if not total.definition and not total.scope]
            found = plain or [*totals.values()]
            most = max(len({row.voice for row in told}) for told in found)
            main = [told for told in found if len({row.voice for row in told}) == most]
            return measure, main if most > 1 and len(main) == 1 else found
    return Measure.KILLED, []


_MANY = 12
"""Of more events than these no one total is the main one."""


def _of_several_totals(totals: Sequence[list[Row]], measure: Measure) -> str:
    told = [row for rows in totals for row in rows if not pd.isna(row.height)]
    events = len({rows[0].event_id for rows in totals})
    where = f"{in_words(events)} events" if events > 1 else f"{in_words(len(totals))} definitions"
    if not told:
        return f"The {measure} are counted in words only, for {where}"
    return f"The {measure} are counted for {where}, {_span(told)} in each"


def _span(told: Sequence[Row]) -> str:
    """Say from which number to which figures go, and where one has no most (11+) or no least (at most 3)."""
    ends = [end for row in told for end in (row.low, row.best, row.high) if not pd.isna(end)]
    low, high = (f"{end:,.0f}" for end in (min(ends), max(ends)))
    fewer = "at most " if any(pd.isna(row.low) and pd.isna(row.best) for row in told) else ""
    more = "+" if any(pd.isna(row.high) and pd.isna(row.best) for row in told) else ""
    return f"{fewer}{low}{more}" if low == high and not (fewer and more) else f"from {fewer}{low} to {high}{more}"


def _of_one_total(answer: pd.DataFrame, rows: list[Row], measure: Measure, legend: Legend) -> str:
    readings, names = _readings(rows, legend), _names(rows, legend)
    told = [one for reading in readings for one in reading.figures]
    undated = sum(not reading.is_dated for reading in readings)
    is_alone = len(readings) == 1
    if undated == len(readings):
        return _undated(readings, measure, names)
    if undated * 2 > len(readings):
        return (
            f"{in_words(undated).capitalize()} of {in_words(len(readings))} accounts state a toll without saying when"
        )
    revisions = _revisions(answer, rows)
    if revisions and len(revisions[0].figures) > max([1, *(len(one.figures) for one in revisions[1:])]):
        return _fitted(lambda most: _revised(revisions[0], measure, names, most, is_alone=_is_lone(legend)))
    if is_alone:
        teller = "" if _is_lone(legend) else f", according to {_cut(names[readings[0].voice])}"
        return f"{_range(told, measure)}{teller}"
    if len({(one.height, one.words) for one in told}) == 1:
        every = "Both" if len(readings) == 2 else f"All {in_words(len(readings))}"  # noqa: PLR2004
        what = "a toll" if measure == Measure.KILLED else f"the {measure}"
        return f"{every} accounts that state {what} say {told[0].words}"
    return _fitted(lambda most: _differing(readings, measure, names, legend, most))


def _undated(readings: list[Reading], measure: Measure, names: dict[str, str]) -> str:
    told = [one for reading in readings for one in reading.figures]
    if len(readings) == 1:
        who = names[readings[0].voice]
        states = "state" if is_plural(who) else "states"
        return f"{capital(_cut(who))} {states} {_either(told)} {measure} without saying when"
    numbers = [one for one in told if not one.is_bound]
    if not numbers:
        return "No account that states a toll says when it was said"
    return f"{capital(_between(numbers))} {measure}; no account’s figure says when it was said"


def _revised(revision: Revision, measure: Measure, names: dict[str, str], most: int, *, is_alone: bool) -> str:
    first, last = revision.figures[0], revision.figures[-1]
    ways = {after.height > before.height for before, after in pairwise(revision.figures)}
    way = "changed" if len(ways) > 1 else "raised" if last.height > first.height else "lowered"
    toll = "toll" if measure == Measure.KILLED else f"number of {measure}"
    is_whole = way == "changed" and most > 1 and len(revision.figures) <= _SAID
    steps = revision.figures if is_whole else (first, last)
    told = " to ".join(one.marked.replace(" to ", "–") for one in steps)
    change = f"from {told}{f' {_within(revision.days)}' if most > 1 else ''}"
    if is_alone:
        return f"The {toll} {_OF_ITSELF[way]} {change}"
    return f"{capital(_cut(names[revision.voice], most))} {way} the {toll} {change}"


_OF_ITSELF = {"raised": "rose", "lowered": "fell", "changed": "changed"}


def _differing(readings: list[Reading], measure: Measure, names: dict[str, str], legend: Legend, most: int) -> str:
    """Say the lowest and the highest number with who states it; a bound only where there is no second number."""
    names = names | {one.voice: f"{names[one.voice]} (hearsay)" for one in readings if one.is_hearsay}
    by = _by_figure(readings)
    numbers = _beside_each_other(by)
    low, high = numbers[0], numbers[-1]
    if low == high:
        high = next((one for one in by if one != low), low)
    who = {one: _who(by[one], names, legend, 1, most) for one in (low, high)}
    is_cut_alike = who[low] == who[high] and "…" in who[low]
    if is_cut_alike or (most == 1 and low.is_bound):
        return f"{_range((low, high), measure)}, by {legend.noun}"
    return f"{_counted(low, measure)} according to {who[low]}, {high.words} according to {who[high]}"


def _stated(readings: list[Reading], measure: Measure, names: dict[str, str], legend: Legend) -> str:
    """Say each number with who states it: 10 or 11 people were killed: 10 according to Vlast, 11 according to north."""
    names = names | {one.voice: f"{names[one.voice]} (hearsay)" for one in readings if one.is_hearsay}
    by = _by_figure(readings)
    numbers = _beside_each_other(by)
    lone = _is_lone(legend)
    for most in (2, 1):
        who = {one: _who(by[one], names, legend, most, 4) for one in numbers}
        if len(numbers) == 1:
            text = _counted(numbers[0], measure) + ("" if lone else f", according to {who[numbers[0]]}")
        else:
            ends = numbers if len(numbers) == 2 else [numbers[0], numbers[-1]]  # noqa: PLR2004
            each_end = ", ".join(f"{one.words} according to {who[one]}" for one in ends)
            text = _range(numbers, measure) + ("" if lone else f": {each_end}")
        if len(text.split()) <= _SENTENCE:
            break
    return f"{text}."


# words of figures

_ONE = {"1", "at least 1", "at most 1"}


def _figured(row: Row) -> Figured:
    words = figure(row.low, row.best, row.high, row.figure_words)
    if pd.isna(row.height):
        return Figured(float("inf"), words)
    is_bound = pd.isna(row.best) and pd.isna(row.low) != pd.isna(row.high)
    ends = [float(end) for end in (row.low, row.best, row.high) if not pd.isna(end)]
    least = 0 if is_bound and pd.isna(row.low) else min(ends)
    most = float("inf") if is_bound and pd.isna(row.high) else max(ends)
    return Figured(float(row.height), _thousands(words), is_bound, least=least, most=most)


def _thousands(words: str) -> str:
    return " ".join(f"{int(word):,}" if word.isdigit() else word for word in words.split(" "))


def _counted(one: Figured, measure: Measure) -> str:
    """Say a figure as a clause: 10 people were killed."""
    verb = "person was" if one.words in _ONE else "people were"
    subject = "Nobody was" if one.words == "0" else f"{of(one.words)} {verb}"
    return f"{capital(subject)} {measure}"


def _range(told: Iterable[Figured], measure: Measure) -> str:
    """Say figures of one total as a clause: 10 or 11 people were killed."""
    different = sorted(set(told))
    if len(different) == 1:
        return _counted(different[0], measure)
    return f"{capital(_either(different))} people were {measure}"


def _either(told: Iterable[Figured]) -> str:
    """Say two numbers as one or the other, more as the least to the most."""
    different = sorted(set(told))
    if len(different) == 1:
        return different[0].words
    return f"{different[0].words} or {different[-1].words}" if len(different) == 2 else _ends(different)  # noqa: PLR2004


def _ends(different: Sequence[Figured]) -> str:
    """Say figures as from the least to the most that any of them holds: 1 to 3, 4 and 5 to 9 are 1 to 9."""
    first, last = min(different, key=lambda one: one.least), max(different, key=lambda one: one.most)
    low = f"{first.least:,.0f}" if first.least and not first.is_bound else first.words
    high = last.words if last.is_bound or last.most == float("inf") else f"{last.most:,.0f}"
    return f"{low} to {high}"


def _between(told: Iterable[Figured]) -> str:
    different = sorted(set(told))
    return different[0].words if len(different) == 1 else f"from {_ends(different)}"


def _within(days: int) -> str:
    """Say how long a change took."""
    if days < 1:
        return "within a day"
    for least, unit, length in ((730, "year", 365.25), (60, "month", 30.44), (1, "day", 1)):
        if days >= least:
            number = round(days / length)
            return f"in {in_words(number)} {unit}{'s' * (number != 1)}"
    return ""


# who says what


def _readings(rows: list[Row], legend: Legend) -> list[Reading]:
    """Give what each account says last, in the order of the story."""
    order = {voice.key: place for place, voice in enumerate(legend.voices)}
    found: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: order.get(row.account, len(order))):
        found.setdefault(row.voice, []).append(row)
    return [
        Reading(
            voice,
            tuple(sorted({_figured(row) for row in mine})),
            any(not pd.isna(row.stated_at) for row in mine),
            all(bool(row.hearsay) for row in mine),
        )
        for voice, mine in found.items()
    ]


def _revisions(answer: pd.DataFrame, rows: list[Row]) -> list[Revision]:
    """Give the accounts that changed their figure of a total, those of the most changes first."""
    main = rows[0]
    found = []
    is_of_main = (answer["measure"] == main.measure) & (answer["event_id"] == main.event_id) & ~answer["is_part"]
    is_a_step = answer["stated_at"].notna() & answer["height"].notna() & answer["standing"].isin(_STEPS)
    told = [*each(answer[is_of_main & is_a_step])]
    for voice in dict.fromkeys(row.voice for row in rows):
        alike = (row for row in told if row.voice == voice)
        mine = [row for row in alike if figures.definition_of(row) == figures.definition_of(main)]
        mine.sort(key=lambda row: (figures.plot_time(row), row.height))
        last = max((place for place, row in enumerate(mine) if row.standing == "standing"), default=-1)
        steps = [[*alike] for _, alike in groupby(mine[: last + 1], key=lambda row: row.height)]
        if len(steps) > 1 and steps[0][0].height != steps[-1][0].height:
            began, ended = (figures.plot_time(step[0]) for step in (steps[0], steps[-1]))
            if ended > began:
                found.append(Revision(voice, tuple(map(_step, steps)), (ended.date() - began.date()).days))
    return sorted(found, key=lambda one: -len(one.figures))


def _step(alike: list[Row]) -> Figured:
    """Give a figure that was said once or again and again."""
    return _figured(alike[0])._replace(is_hearsay=all(bool(row.hearsay) for row in alike))


_STEPS = ("standing", "superseded", "corrected")
"""The standing of a figure that is one of its account's successive ones."""


def _by_figure(readings: list[Reading]) -> dict[Figured, list[str]]:
    """Give those who state each figure, the lowest figure first."""
    found: dict[Figured, list[str]] = {}
    for one, voice in sorted((one, reading.voice) for reading in readings for one in reading.figures):
        found.setdefault(one, []).append(voice)
    order = [reading.voice for reading in readings]
    return {one: sorted(voices, key=order.index) for one, voices in found.items()}


def _beside_each_other(by: Iterable[Figured]) -> list[Figured]:
    """Leave out mere bounds that every number fits; one that a number breaks is told like a number."""
    every = [*by]
    numbers = [one for one in every if not one.is_bound]
    return [one for one in every if not (one.is_bound and numbers and all(map(one.may_be, numbers)))]


def _is_lone(legend: Legend) -> bool:
    """Say whether one account tells the whole story, so that a title need not name it; a side may hold several."""
    return legend.is_alone and legend.selection.by is By.ACCOUNT


def _who(voices: list[str], names: dict[str, str], legend: Legend, most: int, longest: int) -> str:
    """Name accounts, the members of a closed group by its name, of many how many there are."""
    closed = {voice.key: lane.label for lane in legend.lanes() if lane.is_closed_group for voice in lane.voices}
    groups: dict[str, list[str]] = {}
    for voice in voices:
        groups.setdefault(closed.get(voice, voice), []).append(voice)
    if len(groups) > most:
        return f"{in_words(len(voices))} accounts"
    return listing(
        in_sentence(_cut(names[members[0]], longest)) if len(members) == 1 else _members(group, len(members))
        for group, members in groups.items()
    )


def _members(group: str, number: int) -> str:
    lowered = in_sentence(group)
    return f"{in_words(number)} {lowered}" if lowered != group else f"{in_words(number)} of {group}"


def _names(rows: list[Row], legend: Legend) -> dict[str, str]:
    """Name those whose figures these are, without what is in brackets where that leaves them apart."""
    voices = list(dict.fromkeys(row.voice for row in rows))
    if legend.selection.by is By.ACCOUNT:
        return short_names({voice: legend.label(voice) for voice in voices})
    return short_names({voice: legend.account(voice) for voice in voices})


def _before(revision: Revision, names: dict[str, str], sentence: str) -> str:
    """Say what an account said one after the other: Officials said 8, then 10, then 11; hearsay once in both."""
    told = [one.words if "(hearsay)" in sentence else one.marked for one in revision.figures]
    if len(told) > _SAID + 1:
        changes = in_words(len(told) - 1)
        return f"{capital(names[revision.voice])} said {told[0]} at first, {told[-1]} after {changes} changes"
    return f"{capital(names[revision.voice])} said {', then '.join(told)}"


def _beside_the_sentence(readings: list[Reading], names: dict[str, str], legend: Legend) -> Iterator[str]:
    """Say who states more than one of the numbers, and who a bound that fits them all: readers add accounts up."""
    by = _by_figure(readings)
    numbers = _beside_each_other(by)
    if several := [one.voice for one in readings if len({*one.figures} & {*numbers}) > 1]:
        yield _says(several, "both" if len(numbers) == 2 else "more than one figure", names, legend)  # noqa: PLR2004
    for bound in (one for one in by if one not in numbers):
        yield _says(by[bound], bound.words, names, legend)


def _says(voices: list[str], what: str, names: dict[str, str], legend: Legend) -> str:
    who = _who(voices, names, legend, 2, 4)
    return f"{who} {'say' if len(voices) > 1 or is_plural(who) else 'says'} {what}"


def silence(answer: pd.DataFrame, legend: Legend) -> str:
    """Say who states no toll: no side of the story, or these accounts; nothing where everybody states one."""
    whole = answer[~answer["is_part"].astype(bool)] if len(answer) else answer
    quiet = legend.without([*whole["account"].unique(), *legend.gaps])
    if not quiet:
        return ""
    if (
        len(legend.sides) > 1
        and not legend.hidden_claims
        and len(whole)
        and not whole["side"].isin([*legend.sides]).any()
    ):
        return f"{'neither' if len(legend.sides) == 2 else 'no'} side gives a toll"  # noqa: PLR2004
    if len(quiet) > 2:  # noqa: PLR2004
        return f"{in_words(len(quiet))} {legend.noun}s give no toll"
    names = [in_sentence(name) for name in short_names({voice.key: voice.label for voice in quiet}).values()]
    plural = len(names) > 1 or is_plural(names[0])
    return f"{listing(names)} {'give' if plural else 'gives'} no toll"


def _speaker(row: Row, legend: Legend) -> str:
    """Name who is quoted with the account, and through whom it is heard."""
    account = legend.account(row.voice) if legend.selection.by is By.SIDE else legend.label(row.account)
    chain = [one.strip() for one in row.via.split(">")] if isinstance(row.via, str) else []
    speaker = row.speaker if isinstance(row.speaker, str) and row.speaker.casefold() != account.casefold() else ""
    notes = [account] * bool(speaker) + [f"heard through {', '.join(chain)}"] * bool(chain)
    who = speaker or account
    return f"{who} ({', '.join(notes)})" if notes else who


def _on(row: Row) -> str:
    if pd.isna(row.stated_at):
        return "on an unknown date"
    whole = None if pd.isna(row.stated_earliest) else whole_days(row.stated_earliest, row.stated_at)
    return f"on {date(whole[1] if whole else row.stated_at)}"


# small things of sentences


def _fitted(write: Callable[[int], str]) -> str:
    """Write a title with names as long as fit into it."""
    titles = [write(most) for most in (4, 3, 2, 1)]
    return next((one for one in titles if len(one.split()) <= _TITLE), titles[-1])


def _cut(name: str, most: int = 4) -> str:
    """Cut a name after so many words."""
    words = name.split()
    return name if len(words) <= most else f"{' '.join(words[:most])}…"


def _sentence(text: str) -> str:
    return f"{capital(text)}." if text else ""
