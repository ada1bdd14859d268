"""Form: what each column of a table holds, one row a column: its name, its cells, its role, how sure the guess is."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import streamlit as st
from pydantic import ValidationError

from contested.drawing import html
from contested.ingest.column_sample import ColumnSample, column_sample
from contested.ingest.first_look import samples
from contested.ingest.guesses import Guess, told_by
from contested.ingest.mapping import MANY, MILESTONES, Column, fields, meaning
from contested.model.vocabulary import Kind, Measure, Milestone
from contested.model.wording import counted, spaced
from importing.examination import Dropped
from untrusted import plain

LEFT_OUT = "left out"
FIGURES = {f"{measure}{end}" for measure in Measure for end in ("", "_low", "_high", "_words")} | {"count"}
_SURE, _LIKELY = 95, 88
_MANY = 20
"""More columns than this are a list with a search."""
_LETTERS = 40
_TIMES = ("when", "time", "until", "until_time", "year", "month", "day", "epoch", "zone")
_FIRST = (
    *_TIMES,
    *("place", "latitude", "longitude", "point", "statement", "summary", "account", "speaker", "source_id"),
    *("event_id", "claim_id", "kind", "killed", "injured", "displaced", "detained", "count"),
    *(*MILESTONES, "responding_unit", "outcome", "group"),
)
"""What columns hold most often, in the order in which it is offered; the rest follows."""
_LABELS: dict[str, str] = {
    "when": "When it began: the day, or day and time",
    "time": "When it began: the time of day",
    "until": "When it ended: the day, or day and time",
    "until_time": "When it ended: the time of day",
    "year": "Year",
    "month": "Month",
    "day": "Day of the month",
    "epoch": "Seconds, milliseconds or microseconds since 1970",
    "place": "Place",
    "latitude": "Latitude",
    "longitude": "Longitude",
    "account": "Whose account it is",
    "speaker": "Who speaks",
    "kind": "What kind of event it is",
    "statement": "What one account says",
    "summary": "What happened, in words",
    "source_id": "Source",
    "event_id": "Number or name of the event",
    "claim_id": "Number of the row",
    "responding_unit": "The unit that responds",
    "outcome": "What became of the call: closed, cancelled, in progress",
    "group": "Kept to compare by",
    "count": "A code by which rows are counted",
    "zone": "Time zone of the row",
    "point": "Latitude and longitude in one cell",
    "call": "Step: call received",
    "dispatch": "Step: unit sent",
    "en_route": "Step: unit leaves",
    "arrival": "Step: unit arrives",
    "transport": "Step: leaves for hospital",
    "end": "Step: free again, or closed",
    "onset": "Step: it began",
    "other": "something else: kept as it is",
}


class Shared(NamedTuple):
    """Which columns hold what another one holds, too: as it stands, and figures that several accounts may tell."""

    twice: Collection[int] = ()
    figures: Collection[int] = ()


_ALONE = Shared()


class Asked(NamedTuple):
    """A column as it is asked about: its place in the table, its guess, its cells."""

    number: int
    guess: Guess
    sample: ColumnSample


def asked_of(guesses: Sequence[Guess], rows: Sequence[Mapping[str, Any]]) -> list[Asked]:
    """Put each guess beside the cells of its column."""
    return [Asked(number, one, column_sample(one.column, rows)) for number, one in enumerate(guesses)]


def columns(every: Sequence[Asked], dropped: Dropped, *, is_phone: bool) -> list[Guess]:
    """Draw a row for each column; of many, or on a phone, only those that are not sure stand open."""
    folds = is_phone or len(every) > _MANY
    sure = [one for one in every if folds and one.guess.score >= _SURE]
    spare = [one for one in every if len(every) > _MANY and one.guess.holds is None]
    open_ones = [one for one in every if one not in sure and one not in spare]
    shared = _shared(every, dropped)
    found: dict[int, Guess] = {}
    if open_ones:
        _head()
    for one in open_ones:
        found[one.number] = row(one, dropped, shared)
    for some, words in ((sure, "sure"), (spare, "left out; they stay in the file")):
        if some:
            with st.expander(f"{counted(len(some), 'column')} {'is' if len(some) == 1 else 'are'} {words}"):
                found |= _searched(some, dropped, shared)
    return [found[one.number] for one in every]


def _searched(some: Sequence[Asked], dropped: Dropped, shared: Shared) -> Iterator[tuple[int, Guess]]:
    """Draw those columns whose name holds what is searched for; the others keep what is chosen."""
    key = f"search-{some[0].number}"
    said = st.text_input("Find a column", key=dropped.asks(key, "")) if len(some) > _MANY else ""
    for one in some:
        if said.casefold() in one.guess.column.casefold():
            yield one.number, row(one, dropped, shared)
        else:
            yield one.number, one.guess._replace(holds=_chosen(one, dropped))


def _chosen(one: Asked, dropped: Dropped) -> Column | None:
    """Keep what was chosen of a column that is not in sight."""
    key = dropped.asks(f"column-{one.number}", one.guess.field or LEFT_OUT)
    held = st.session_state[key] = st.session_state[key]
    if held in {one.guess.field, LEFT_OUT}:
        return one.guess.holds if held != LEFT_OUT else None
    return _whole(lambda: Column(holds=held))


def _shared(every: Sequence[Asked], dropped: Dropped) -> Shared:
    """Find the columns whose role another one has too; figures may, where each is told by an account of its own."""
    held = {one.number: dropped.answer(f"column-{one.number}", one.guess.field or LEFT_OUT) for one in every}
    count = Counter(held.values())
    figures = {number for number, field in held.items() if field in FIGURES - {"count"} and count[field] > 1}
    whose = {one.number: str(dropped.answer(f"account-{one.number}", _told(one)) or "").strip() for one in every}
    told = Counter((field, whose[number]) for number, field in held.items())
    twice = {
        number for number, field in held.items() if field not in {*MANY, LEFT_OUT} and told[field, whose[number]] > 1
    }
    return Shared(twice, figures)


def _told(one: Asked) -> str:
    """Name the account that a column is guessed to tell."""
    return (one.guess.holds.account if one.guess.holds else None) or ""


def _head() -> None:
    st.html(
        '<div class="columns-head"><span>Column</span><span>Three of its cells</span>'
        "<span>Holds</span><span>Guessed</span></div>"
    )


def row(one: Asked, dropped: Dropped, shared: Shared = _ALONE) -> Guess:
    """Draw one column: its name, three cells that differ, what it holds, and how sure the guess is."""
    is_twice, is_of_several = one.number in shared.twice, one.number in shared.figures
    guess = one.guess
    with st.container(gap=None, key=f"{'twice' if is_twice else 'column'}-row-{one.number}"):
        name, cells, holds, sure = st.columns([2, 4, 4, 1], vertical_alignment="center")
        name.html(f'<p class="column-name">{html(guess.column)}</p>')
        cells.html(f'<p class="column-cells">{_cells(one.sample)}</p>')
        with holds:
            is_told = is_of_several or bool(_told(one)) or dropped.answer(f"column-{one.number}") == "statement"
            role, said = st.columns([3, 2]) if is_told else (st, st)
            chosen = role.selectbox(
                plain(f"What {guess.column} holds"),
                [LEFT_OUT, *dict.fromkeys([*_FIRST, *fields()])],
                format_func=label,
                key=dropped.asks(f"column-{one.number}", guess.field or LEFT_OUT),
                label_visibility="collapsed",
            )
            ask = _figure_of if is_of_several else _column
            column = None if chosen == LEFT_OUT else ask(chosen, one, dropped, said)
        sure.html(f'<p class="column-sure">{_how_sure(guess)}</p>')
        if is_twice:
            words = "whose figure each is" if is_of_several else "what it holds"
            st.html(f'<p class="must-mend" role="alert">Two columns hold this. Leave one out, or say {words}.</p>')
    return guess._replace(holds=column)


def _cells(sample: ColumnSample) -> str:
    cut = [cell if len(cell) <= _LETTERS else f"{cell[:_LETTERS]}…" for cell in samples(sample)]
    return " · ".join(map(html, cut)) or "<em>empty</em>"


def _how_sure(guess: Guess) -> str:
    if guess.holds is None:
        return ""
    return "sure" if guess.score >= _SURE else "likely" if guess.score >= _LIKELY else "<b>a guess</b>"


def label(field: str) -> str:
    """Say in a few words what a column holds."""
    if field == LEFT_OUT:
        return "Left out"
    words = _LABELS.get(field) or spaced(field).capitalize()
    return words if field in _LABELS or field in set(Measure) else f"{words}: {meaning(field)}"


def _column(chosen: str, one: Asked, dropped: Dropped, said: Any) -> Column | None:  # noqa: ANN401 Streamlit or a place of it
    """Ask for what belongs to a role: an account, the milestone of a length, the meanings of codes."""
    guess = one.guess
    guessed = guess.holds if guess.holds and guess.holds.holds == chosen else Column.model_construct(holds=chosen)
    if chosen == "statement" or guessed.account:
        key = dropped.asks(f"account-{one.number}", guessed.account or next(told_by(guess.column), guess.column))
        account = said.text_input(
            "Whose account is it?", key=key, max_chars=200, label_visibility="collapsed", icon=":material/person:"
        )
        return Column(holds=chosen, account=account.strip() or guess.column)
    if chosen in set(MILESTONES) and (guessed.since or _is_a_length(one)):
        others = [step for step in MILESTONES if step != chosen]
        key = dropped.asks(f"since-{one.number}", guessed.since or others[0], others)
        since = st.selectbox(f"{guessed.unit.capitalize()} since", others, format_func=spaced, key=key)
        if guessed.after:
            st.caption(plain(f"They begin when those of {guessed.after} are over."))
        return Column(holds=chosen, since=Milestone(since), unit=guessed.unit, after=guessed.after)
    if chosen == "count" or (chosen == "kind" and guessed.meanings):
        meanings = _meanings(chosen, one, guessed.meanings, dropped)
        return _whole(lambda: Column(holds=chosen, meanings=meanings))
    return Column(holds=chosen)


def _figure_of(chosen: str, one: Asked, dropped: Dropped, said: Any) -> Column:  # noqa: ANN401 a place of Streamlit
    """Ask whose a figure is that two columns tell; it is never taken from what stands in brackets in their names."""
    account = said.text_input(
        "Whose figure is it?",
        key=dropped.asks(f"account-{one.number}", _told(one)),
        max_chars=200,
        placeholder="whose figure?",
        label_visibility="collapsed",
        icon=":material/person:",
    )
    return Column(holds=chosen, account=account.strip() or None)


def _meanings(chosen: str, one: Asked, guessed: Mapping[str, str], dropped: Dropped) -> dict[str, str]:
    """Ask what each code stands for."""
    choices = ["", *(MILESTONES if chosen == "kind" else Measure), *([Kind.OTHER] if chosen == "kind" else [])]
    codes = Counter(one.sample.cells)
    order = [*guessed, *(code for code, _ in codes.most_common() if code not in guessed)]
    said = {}
    for place, code in enumerate(order):
        first = guessed.get(code, "") if guessed.get(code, "") in choices else ""
        said[code] = str(
            st.selectbox(
                plain(f"{code}: {counted(codes[code], 'row')} of the first"),
                choices,
                format_func=lambda word: (
                    label(word).removeprefix("Step: ")
                    if word
                    else "not said yet"
                    if chosen == "kind"
                    else "not counted"
                ),
                key=dropped.asks(f"code-{one.number}-{place}", first),
            )
        )
    return said if chosen == "kind" else {code: word for code, word in said.items() if word}


def _is_a_length(one: Asked) -> bool:
    return one.guess.sample.lstrip("-").replace(".", "", 1).replace(",", "", 1).isdigit()


def _whole(make: Callable[[], Column]) -> Column | None:
    try:
        return make()
    except ValidationError as refused:
        st.caption(plain(reason(refused)))
        return None


def reason(refused: ValidationError) -> str:
    """Say why a mapping is refused."""
    return refused.errors()[0]["msg"].removeprefix("Value error, ")
