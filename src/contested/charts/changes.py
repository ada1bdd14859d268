"""What changed between two moments: figures raised, claims corrected or withdrawn, new contradictions, new voices?

The later moment is the one as known at; the earlier is the one compared with. Only what became known in between counts,
by the clock that the reader goes by: by the time by which it had certainly been said, unless another is chosen.
"""

from collections import Counter
from typing import NamedTuple

import pandas as pd

from contested import drawing, theme
from contested.analysis.changes import COLUMNS, CONTRADICTION, QUESTION, compute
from contested.analysis.coverage.topic import news
from contested.chart import Chart
from contested.model.times import at, day, is_last_minute
from contested.model.wording import capital, counted, counted_in_words, in_words, listing, named
from contested.query.legend import Legend
from contested.query.rows import Row, each

_AGAINST = 5
"""How many contradictions are put into words."""
_WORDED = 20
"""How many changes are put into words."""
_DRAWN, _ROW = 30, 32
"""How many changes are drawn, and how high each is, in px."""
SIGNS = {
    "raised": "▲",
    "lowered": "▼",
    CONTRADICTION: "≠",
    "withdrawn": "✕",
    "corrected": "✎",
    "edited": "✎",
    "replaced": "✎",
    "restated": "~",
    "first heard": "+",
    "stated": "+",
}
"""The sign of each kind of change, in the order in which they are listed."""
ADDED = ("first heard", "stated")
"""The kinds of change that only add to what is known."""


class Entry(NamedTuple):
    """One line of the list: what kind of change, of whom, what, since when, and the rows that say so."""

    change: str
    who: tuple[str, ...]
    """Whose words they are; of a contradiction all that it is between."""
    words: str
    when: str
    rows: tuple[int, ...]


def entries(answer: pd.DataFrame, legend: Legend, most: int) -> list[Entry]:
    """List the changes by their kinds, each once however often it is said, and the earlier first within a kind."""
    rank = {change: number for number, change in enumerate(SIGNS)}
    shown = answer[~_is_repeated(answer)]
    order = shown.assign(rank=shown["change"].map(rank)).sort_values(["rank", "known_at"], kind="stable").index
    found: dict[tuple[object, ...], list[int]] = {}
    for number in order.tolist():
        change, sentence, account = (answer.loc[number, name] for name in ("change", "sentence", "account"))
        key = (change, sentence, None if change == CONTRADICTION else account)
        if key not in found and len(found) == most:
            break
        found.setdefault(key, []).append(number)
    return [_entry(answer.loc[numbers], legend) for numbers in found.values()]


def _is_repeated(answer: pd.DataFrame) -> "pd.Series[bool]":
    """Find the additions of claims by which an account is first heard: each is listed once."""
    ids = answer["claim_ids"].map(tuple)
    return (answer["change"] == "stated") & ids.isin(ids[answer["change"] == "first heard"])


def number_of(answer: pd.DataFrame) -> int:
    """Count the lines that the whole list has."""
    shown = answer[~_is_repeated(answer)]
    account = shown["account"].where(shown["change"] != CONTRADICTION, "")
    return len(set(zip(shown["change"], shown["sentence"], account, strict=True)))


def _entry(rows: pd.DataFrame, legend: Legend) -> Entry:
    first = next(each(rows))
    numbers = tuple(rows.index.tolist())
    when = _when(first.known_from, first.known_at)
    if first.change != CONTRADICTION:
        how = "first heard: " if first.change == "first heard" else ""
        return Entry(first.change, (first.who,), f"{how}{first.words}", when, numbers)
    accounts = tuple(legend.label(row.account) for row in each(rows))
    values = ", ".join(rows["new"])
    itself = f"{legend.itself.removeprefix('the account ')}: " if len(accounts) == 1 else ""
    return Entry(first.change, accounts, f"{itself}{first.words} {values}", when, numbers)


def _when(earliest: pd.Timestamp | None, known_at: pd.Timestamp) -> str:
    """Say since when something is known: 14 Feb, 10:21; 13 Feb; by 29 Feb."""
    if pd.isna(known_at):
        return "at an unknown time"
    if not is_last_minute(known_at):
        return f"{day(known_at)}, {known_at:%H:%M}"
    is_day = not pd.isna(earliest) and earliest.date() == known_at.date()
    return day(known_at) if is_day or pd.isna(earliest) else f"by {day(known_at)}"


def title(answer: pd.DataFrame, legend: Legend) -> str:
    """Count the two kinds of change that weigh most."""
    if answer.empty:
        return f"{legend.nobody} said anything new"
    kinds = Counter(change for change, _ in _distinct_changes(answer))
    told, named_before = [], ""
    for kind in [kind for kind in _TITLES if kinds[kind]][:2]:
        noun, done, many = _TITLES[kind]
        number = in_words(kinds[kind]) if noun == named_before else counted_in_words(kinds[kind], noun)
        told.append(f"{number} {done if kinds[kind] == 1 else many}")
        named_before = noun
    return capital(" and ".join(told))


_TITLES = {
    "raised": ("figure", "rose", "rose"),
    "lowered": ("figure", "fell", "fell"),
    CONTRADICTION: ("contradiction", "is new", "are new"),
    "withdrawn": ("claim", "was withdrawn", "were withdrawn"),
    "corrected": ("claim", "was corrected", "were corrected"),
    "edited": ("claim", "was edited", "were edited"),
    "replaced": ("claim", "was replaced", "were replaced"),
    "restated": ("figure", "was restated", "were restated"),
    "stated": ("claim", "is new", "are new"),
    "first heard": ("voice", "is new", "are new"),
}
"""How each kind of change is counted in a title, what weighs most first: the noun, and what it did, of one and many."""


def since(answer: pd.DataFrame) -> str:
    """Say since when the changes are: Since 13 Feb, 12:00."""
    return f"Since {_when(None, answer['since'].iloc[0])}" if len(answer) else ""


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> theme.Figure:
    """Draw the list as lines of text: the sign, who, what changed, and since when."""
    listed = entries(answer, legend, _DRAWN)
    right = 110 if not drawing.is_phone(width) else 90
    letters = int((width - right - 24) / 7)
    lines = [drawing.shortened(f"{' against '.join(one.who)}: {one.words}", letters) for one in listed]
    middles = [_ROW * (level + 0.5) for level in range(len(listed))]
    notes = [
        *(drawing.note(SIGNS[one.change], 0, y, theme.INK) for one, y in zip(listed, middles, strict=True)),
        *(
            drawing.note(one.when, width, y, theme.LIGHT["quiet"], anchor="right")
            for one, y in zip(listed, middles, strict=True)
        ),
    ]
    shapes = [drawing.line(0, _ROW * level, width, _ROW * level, theme.GRID) for level in range(1, len(listed))]
    height = _ROW * max(1, len(listed)) + 8
    if more := number_of(answer) - len(listed):
        notes.append(drawing.note(f"and {counted(more, 'change')} more", 24, height + 8, theme.LIGHT["quiet"]))
        height += _ROW
    text: theme.Trace = {
        "type": "scatter",
        "mode": "text",
        "x": [24] * len(lines),
        "y": middles,
        "text": [theme.plain(one) for one in lines],
        "textposition": "middle right",
        "textfont": {"size": theme.SMALLEST, "color": theme.LIGHT["text"]},
        "hoverinfo": "text",
        "hovertext": [theme.plain(one) for one in lines],
        "customdata": [theme.carried(one.rows) for one in listed],
    }
    across, down = ({"range": ends, "visible": False} for ends in ([0, width], [height, 0]))
    data = [text] if lines else []
    return drawing.figure(width, height, data, shapes=shapes, notes=notes, xaxis=across, yaxis=down)


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Count the changes by kind, and give in words what an account no longer says as it did, and new contradictions."""
    if answer.empty:
        return [f"No {legend.noun} shown said anything new."]
    told = [*dict.fromkeys(answer[answer["change"].isin(_IN_WORDS)]["sentence"])]
    more = [f"{counted(len(told) - _WORDED, 'change')} more of these kinds in the table."] * (len(told) > _WORDED)
    new = dict.fromkeys(legend.label(key) for key in answer.loc[answer["change"] == "first heard", "account"])
    voices = [f"Heard for the first time: {named(new)}."] if new else []
    against = list(dict.fromkeys(answer[answer["change"] == CONTRADICTION]["sentence"]))
    first = f"Since {at(answer['since'].iloc[0])}: {counts(answer)}."
    return [first, *voices, *told[:_WORDED], *more, *against[:_AGAINST]]


def counts(answer: pd.DataFrame) -> str:
    """Count the changes by kind; a figure raised is one however often it is said, a contradiction in whoever's lane."""
    kinds = Counter(change for change, _ in _distinct_changes(answer))
    return listing(f"{counted(kinds[kind], noun)} {done}".rstrip() for kind, noun, done in _COUNTED if kinds[kind])


def _distinct_changes(answer: pd.DataFrame) -> set[tuple[str, object]]:
    return {(row.change, row.sentence if row.change in _ONCE else tuple(row.claim_ids)) for row in each(answer)}


_FIGURES = ("raised", "lowered", "restated")
_ONCE = (*_FIGURES, CONTRADICTION)
_IN_WORDS = (*_FIGURES, "replaced", "corrected", "edited", "withdrawn")
_COUNTED = (
    *((how, "figure", how) for how in _FIGURES),
    *((how, "claim", how) for how in ("replaced", "corrected")),
    ("edited", "claim", "edited in the record"),
    ("withdrawn", "claim", "withdrawn"),
    (CONTRADICTION, CONTRADICTION, ""),
    ("first heard", "voice", "heard for the first time"),
    ("stated", "claim", "added"),
)


def mark(row: Row, legend: Legend) -> str:
    """Name one change."""
    when = "at an unknown time" if pd.isna(row.known_at) else at(row.known_at)
    said = f" · {row.new}" if row.change == CONTRADICTION else ""
    return f"{row.change} · {legend.label(row.account)} · {when}{said} · {', '.join(row.claim_ids)}"


CHART = Chart(
    key="changes",
    name="Changes",
    definition="What changed, then when it was said",
    question=QUESTION,
    columns=COLUMNS,
    caveat=(
        "What is known by its day only counts from the end of that day. A claim that became known at an unknown time "
        "is in neither moment. Nothing is erased: what was replaced stays in the ledger. Without an earlier moment, "
        "the last day of statements is shown, and contradictions are left to the comparison."
    ),
    draw=draw,
    title=title,
    tell=tell,
    mark=mark,
    compute=compute,
    topic=news(),
    beside="disagreements",
)
