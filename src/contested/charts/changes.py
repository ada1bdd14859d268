"""What changed between two moments: figures raised, claims corrected or withdrawn, new contradictions, new voices?

The later moment is the one as known at; the earlier is the one compared with. Only what became known in between counts,
by the clock that the reader goes by: by the time by which it had certainly been said, unless another is chosen.
"""

from collections import Counter
from typing import Any

import pandas as pd

from contested import theme
from contested.analysis.comparison.news import COLUMNS, CONTRADICTION, QUESTION, reckon
from contested.analysis.coverage.topic import news
from contested.chart import Chart
from contested.model.times import at, drawn_at
from contested.model.wording import counted, listing, named
from contested.query.legend import Legend, Voice
from contested.query.rows import Row, each

_ROW, _TOLD, _AGAINST = 30, 4, 5


def draw(answer: pd.DataFrame, legend: Legend) -> theme.Figure:
    """Draw each change at the moment since which it is known; a mere addition is small."""
    data, notes = [], []
    for level, voice in enumerate(legend.voices):
        rows = answer[answer["account"] == voice.key]
        told = f"{voice.label}: {counted(len(_alike(rows)), 'change')}"
        notes.append(theme.note(told, 0, -level + 0.34, yanchor="middle"))
        moments = [sorted(each(together), key=_rank) for _, together in rows.groupby("known_at", sort=True)]
        data.append(_marks(moments, voice, -level - 0.14))
    layout: dict[str, Any] = {"annotations": notes}
    layout["yaxis"] = {"visible": False, "range": [-len(legend.voices) + 0.4, 0.6]}
    layout["xaxis"] = {"type": "date", "tickformat": "%H:%M\n%-d %b", "nticks": 6, "visible": not answer.empty}
    if not answer.empty:
        since = answer["since"].iloc[0].tz_localize(None)
        last = max(answer["known_at"].dropna().dt.tz_localize(None), default=since + pd.Timedelta(hours=1))
        margin = (last - since) * 0.05
        layout["xaxis"]["range"] = [f"{since - margin:%Y-%m-%dT%H:%M}", f"{last + 2 * margin:%Y-%m-%dT%H:%M}"]
    return theme.figure(data, int(_ROW * 1.5 * max(1, len(legend.voices))) + 50, **layout)


def _marks(moments: list[list[Row]], voice: Voice, y: float) -> theme.Trace:
    """Draw what an account said at one moment as one mark."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "text": ["≠" if any(row.change == CONTRADICTION for row in rows) else "" for rows in moments],
        "textposition": "middle right",
        "textfont": {"size": 18, "color": theme.INK},
        "x": [f"{drawn_at(None, rows[0].known_at):%Y-%m-%dT%H:%M}" for rows in moments],
        "y": [y] * len(moments),
        "marker": {
            "symbol": theme.symbol(voice.number),
            "color": theme.colour(voice.number),
            "size": [7 if all(row.change == "stated" for row in rows) else 13 for rows in moments],
        },
        "customdata": [list(dict.fromkeys(claim for row in rows for claim in row.claim_ids)) for rows in moments],
        "hovertext": ["<br>".join(theme.lines(row.sentence) for row in rows[:_TOLD]) for rows in moments],
        "hoverinfo": "text",
    }


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Count the changes by kind, and give in words what an account no longer says as it did, and new contradictions."""
    if answer.empty:
        return [f"No {legend.noun} in view said anything new."]
    told = dict.fromkeys(answer[answer["change"].isin(_IN_WORDS)]["sentence"])
    new = dict.fromkeys(legend.label(key) for key in answer.loc[answer["change"] == "first heard", "account"])
    voices = [f"Heard for the first time: {named(new)}."] if new else []
    against = list(dict.fromkeys(answer[answer["change"] == CONTRADICTION]["sentence"]))
    return [f"Since {at(answer['since'].iloc[0])}: {counts(answer)}.", *voices, *told, *against[:_AGAINST]]


def counts(answer: pd.DataFrame) -> str:
    """Count the changes by kind; a figure raised is one however often it is said, a contradiction in whoever's lane."""
    kinds = Counter(change for change, _ in _alike(answer))
    return listing(f"{counted(kinds[kind], noun)} {done}".rstrip() for kind, noun, done in _COUNTED if kinds[kind])


def _alike(answer: pd.DataFrame) -> set[tuple[str, object]]:
    return {(row.change, row.sentence if row.change in _ONCE else tuple(row.claim_ids)) for row in each(answer)}


def _rank(row: Row) -> int:
    """Put what weighs more before what was only added."""
    return [change for change, *_ in _COUNTED].index(row.change)


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
    definition="What became known between the two moments. Small: added to what was known. ≠: a new contradiction.",
    question=QUESTION,
    columns=COLUMNS,
    caveat=(
        "What is known by its day only counts from the end of that day. A claim that became known at an unknown time "
        "is in neither moment. Nothing is erased: what was replaced stays in the ledger. Without an earlier moment, "
        "the last day of statements is shown, and contradictions are left to the comparison."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
    reckon=reckon,
    topic=news(),
    beside="disagreements",
)
