"""Form: map the columns of a table to fields, with a preview of the first rows."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from pydantic import ValidationError
from streamlit.runtime.uploaded_file_manager import UploadedFile

from contested.ingest.guesses import Guess, guess, is_vague, missing
from contested.ingest.guesses import confirmed as mapping_of
from contested.ingest.mapped.codebook import codebook
from contested.ingest.mapping import MILESTONES, Column, ColumnMapping, fields, meaning, parse, written
from contested.model.problem import Problem, UnreadableStoryError
from contested.model.times import span
from contested.model.vocabulary import Kind, Measure, Milestone
from contested.model.wording import counted, spaced
from examination import Dropped, Found
from untrusted import plain

LEFT_OUT = "left out"
SHOWN = 3
_FIRST = (
    *(
        "when",
        "time",
        "until",
        "until_time",
        "year",
        "month",
        "day",
        "epoch",
        "place",
        "latitude",
        "longitude",
        "point",
    ),
    *("summary", "statement", "account", "speaker", "source_id", "event_id", "claim_id", "kind"),
    *(
        "killed",
        "injured",
        "displaced",
        "detained",
        "count",
        *MILESTONES,
        "responding_unit",
        "outcome",
        "group",
        "zone",
    ),
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
    **{str(step): f"Step of a response: {spaced(step)}" for step in MILESTONES},
}
_SURE, _LIKELY = 95, 88


def confirmed(dropped: Dropped, found: Found) -> Dropped | None:
    """Ask what each column holds; return the file with the confirmed mapping, None until then."""
    if not (found.examination.is_unknown() or dropped.is_mapped_by_hand):
        return dropped
    sample = found.sample
    columns = list(dict.fromkeys(column for row in sample for column in row))
    st.header(
        "Nobody knows this layout yet" if found.examination.is_unknown() else "What do these columns hold?",
        anchor=False,
    )
    with st.expander("Use a mapping kept from an earlier file"):
        kept = st.file_uploader("The mapping, as JSON", "json", key="kept")
    if kept and (said := _of_file(kept)):
        return dropped._replace(columns=said)
    guesses = guess(columns, sample)
    known = sum(one.holds is not None for one in guesses)
    st.caption(
        f"{known} of {counted(len(columns), 'column')} are guessed. What is left out stays in the original file."
    )
    asked = _columns(guesses, sample, dropped)
    mapping = _mapped(asked, sample, dropped)
    if mapping is None:
        return None
    _as_read(mapping, sample, dropped)
    st.download_button(
        "Keep this mapping for the next file", written(mapping), "mapping.json", key="keep", on_click="ignore"
    )
    if not st.toggle("This is what the columns hold", key=dropped.asks("mapped", first=False)):
        return None
    return dropped._replace(columns=written(mapping))


def _of_file(file: UploadedFile) -> str | None:
    """Parse an uploaded mapping; show the error and return None if it is none."""
    try:
        return written(parse(file.getvalue().decode("utf-8", "replace"), file.name))
    except UnreadableStoryError as refused:
        st.error(plain(str(refused)))
        return None


def _columns(guesses: tuple[Guess, ...], sample: tuple[dict[str, Any], ...], dropped: Dropped) -> list[Guess]:
    """Draw a choice for each column: guessed ones first, the others in an expander."""
    numbered = list(enumerate(guesses))
    asked = {number: _asked(number, one, sample, dropped) for number, one in numbered if one.holds}
    strangers = [(number, one) for number, one in numbered if not one.holds]
    if strangers:
        with st.expander(f"{counted(len(strangers), 'column')} left out", expanded=not asked):
            asked |= {number: _asked(number, one, sample, dropped) for number, one in strangers}
    return [asked[number] for number, _ in numbered]


def _asked(number: int, one: Guess, sample: tuple[dict[str, Any], ...], dropped: Dropped) -> Guess:
    name, holds = st.columns([2, 3], vertical_alignment="center")
    cells = dict.fromkeys(str(cell).strip() for row in sample if (cell := row.get(one.column)) not in (None, ""))
    shown = " · ".join(cell if len(cell) <= 40 else f"{cell[:40]}…" for cell in list(cells)[:SHOWN])  # noqa: PLR2004
    sure = "" if not one.holds else "sure" if one.score >= _SURE else "likely" if one.score >= _LIKELY else "a guess"
    name.markdown(f"**{plain(one.column)}**" + (f" ({sure})" if sure else ""))
    name.caption(plain(shown or "empty"))
    choices = [LEFT_OUT, *dict.fromkeys([*_FIRST, *fields()])]
    with holds:
        chosen = st.selectbox(
            plain(f"What {one.column} holds"),
            choices,
            format_func=_label,
            key=dropped.asks(f"column-{number}", one.field or LEFT_OUT),
            label_visibility="collapsed",
        )
        column = None if chosen == LEFT_OUT else _column(chosen, number, one, dropped)
    return one._replace(holds=column)


def _label(field: str) -> str:
    if field == LEFT_OUT:
        return "Left out"
    words = _LABELS.get(field) or spaced(field).capitalize()
    return words if field in _LABELS or field in set(Measure) else f"{words}: {meaning(field)}"


def _column(chosen: str, number: int, one: Guess, dropped: Dropped) -> Column | None:
    """Ask for the options of a field: an account, the milestone of a duration, the meanings of codes."""
    guessed = one.holds if one.holds and one.holds.holds == chosen else Column.model_construct(holds=chosen)
    if chosen == "statement":
        key = dropped.asks(f"account-{number}", getattr(guessed, "account", None) or one.column)
        account = st.text_input("Whose account is it?", key=key, max_chars=200)
        return Column(holds=chosen, account=account.strip() or one.column)
    if chosen in set(MILESTONES) and (guessed.since or _is_a_length(one)):
        others = [step for step in MILESTONES if step != chosen]
        key = dropped.asks(f"since-{number}", guessed.since or others[0], others)
        since = st.selectbox(f"{guessed.unit.capitalize()} since", others, format_func=spaced, key=key)
        if guessed.after:
            st.caption(plain(f"They begin when those of {guessed.after} are over."))
        return Column(holds=chosen, since=Milestone(since), unit=guessed.unit, after=guessed.after)
    if chosen in {"count", "kind"}:
        said = "; ".join(f"{code} = {word}" for code, word in guessed.meanings.items())
        key = dropped.asks(f"meanings-{number}", said)
        text = st.text_input("What its codes mean, such as k = killed; i = injured", key=key, max_chars=1000)
        pairs = [part.split("=", 1) for part in text.split(";") if "=" in part]
        meanings = {code.strip(): word.strip() for code, word in pairs}
        return _whole(lambda: Column(holds=chosen, meanings=meanings))
    return Column(holds=chosen)


def _is_a_length(one: Guess) -> bool:
    return one.sample.lstrip("-").replace(".", "", 1).isdigit()


def _whole(make: Callable[[], Column]) -> Column | None:
    try:
        return make()
    except ValidationError as refused:
        st.caption(plain(_reason(refused)))
        return None


def _reason(refused: ValidationError) -> str:
    return refused.errors()[0]["msg"].removeprefix("Value error, ")


def _mapped(guesses: list[Guess], sample: tuple[dict[str, Any], ...], dropped: Dropped) -> ColumnMapping | None:
    """Ask for the constants of all rows and build the mapping; show what it lacks and return None otherwise."""
    needed = missing(guesses, sample, dropped.name)
    held = {one.field for one in guesses}
    constants = {}
    if "account" in needed and not ("statement" in held and not held & {*Measure, "count"}):
        label = (
            "Whose figures are they, where no account tells them?" if "statement" in held else "Whose account is it?"
        )
        said = st.text_input(label, key=dropped.asks("constant-account", needed["account"]), max_chars=200)
        constants["account"] = said.strip() or needed["account"]
    if "kind" in needed:
        kinds = list(Kind)
        key = dropped.asks("constant-kind", Kind(needed["kind"]))
        constants["kind"] = str(st.selectbox("What kind of event is it?", kinds, key=key))
    has_zone = dropped.zone is not None
    ignore = has_zone and st.toggle(
        f"Times are those of {dropped.zone}, even where the file says Z or an offset",
        key=dropped.asks("offsets", first=False),
    )
    try:
        mapping = mapping_of(guesses, dropped.zone, **constants)
    except ValidationError as refused:
        st.info(plain(_reason(refused)))
        return None
    said_so: dict[str, object] = {"vague": dropped.vague or is_vague(mapping, sample), "ignore_offsets": ignore}
    return mapping.model_copy(update=said_so | {"date_order": dropped.date_order, "decimal_mark": dropped.decimal_mark})


def _as_read(mapping: ColumnMapping, sample: tuple[dict[str, Any], ...], dropped: Dropped) -> None:
    """Preview the first rows as the mapping reads them, or their problems."""
    book = codebook(parse(written(mapping)))
    numbered = list(enumerate(sample, start=2))
    given = dropped.given()._replace(learnt=book.survey(numbered))
    st.subheader(f"The first {counted(min(SHOWN, len(sample)), 'row')} as read", anchor=False)
    lines = [line for number, row in numbered[:SHOWN] for line in _lines(number, book.to_claims(number, row, given))]
    st.table([{name: plain(words) for name, words in line.items()} for line in lines])


def _lines(number: int, made: Any) -> list[dict[str, str]]:  # noqa: ANN401 what a codebook makes
    """Say what each claim of a row is: whose, what, when and where."""
    lines = []
    for one in made:
        if isinstance(one, Problem) and one.severity == "warning":
            continue
        if isinstance(one, Problem):
            lines.append(
                {"row": str(number), "account": "", "says": f"{one.column}: {one.reason}", "when": "", "where": ""}
            )
        else:
            lines.append({"row": str(number), **_line(one)})
    return lines


def _line(claim: Mapping[str, Any]) -> dict[str, str]:
    bounds = [claim.get(name) for name in ("began_earliest", "began_latest", "ended_earliest", "ended_latest")]
    known = [moment for moment in bounds if moment]
    when = span(min(known), max(known)) if known else "time not told"
    return {
        "account": str(claim["account"]),
        "says": str(claim["summary"]),
        "when": when,
        "where": str(claim.get("place") or ""),
    }
