"""What changed between two moments: figures raised, claims corrected or withdrawn, new contradictions, new voices?

The later moment is the one as known at; the earlier is the one compared with. Only what became known in between counts,
by the clock that the reader goes by: by the time by which it had certainly been said, unless another is chosen.
"""

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd

from contested import theme
from contested.analysis.changes import COLUMNS, CONTRADICTION, QUESTION, compute
from contested.analysis.coverage.topic import news
from contested.analysis.thinning import MOST_ACCOUNTS, chosen, fair_share, largest
from contested.chart import Chart
from contested.model.times import at, drawn_at
from contested.model.wording import counted, listing, named
from contested.query.legend import Legend, Voice
from contested.query.rows import Row, each

_ROW, _HOVERED, _AGAINST = 30, 4, 5
_WORDED = 20
"""How many changes are put into words."""


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> theme.Figure:  # noqa: ARG001
    """Draw each change at the moment since which it is known; a mere addition is small."""
    data, notes = [], []
    heard, rows_of = _accounts_drawn(answer, legend), dict(iter(answer.groupby("account", sort=False)))
    moments = {voice.key: _moments(rows_of.get(voice.key, answer.iloc[:0])) for voice in heard}
    room = fair_share([len(mine) for mine in moments.values()])
    for level, voice in enumerate(heard):
        rows, mine = rows_of.get(voice.key, answer.iloc[:0]), moments[voice.key]
        drawn = _thinned(mine, rows, room)
        more = f", {len(drawn):,} of {len(mine):,} moments drawn" if len(drawn) < len(mine) else ""
        told = f"{voice.label}: {counted(len(_distinct_changes(rows)), 'change')}{more}"
        notes.append(theme.note(told, 0, -level + 0.34, yanchor="middle"))
        data.append(_marks(drawn, rows, voice, -level - 0.14))
    if others := len(legend.voices) - len(heard):
        text = f"and {counted(others, legend.noun)} of fewer changes"
        notes.append(theme.note(text, 0, -len(heard) + 0.34, yanchor="middle"))
    lanes = len(heard) + (others > 0)
    layout: dict[str, Any] = {"annotations": notes}
    layout["yaxis"] = {"visible": False, "range": [-lanes + 0.4, 0.6]}
    layout["xaxis"] = {"type": "date", "tickformat": "%H:%M\n%-d %b", "nticks": 6, "visible": not answer.empty}
    if not answer.empty:
        since = answer["since"].iloc[0].tz_localize(None)
        last = max(answer["known_at"].dropna().dt.tz_localize(None), default=since + pd.Timedelta(hours=1))
        margin = (last - since) * 0.05
        layout["xaxis"]["range"] = [f"{since - margin:%Y-%m-%dT%H:%M}", f"{last + 2 * margin:%Y-%m-%dT%H:%M}"]
    return theme.figure(data, int(_ROW * 1.5 * max(1, lanes)) + 50, **layout)


def _accounts_drawn(answer: pd.DataFrame, legend: Legend) -> list[Voice]:
    """List those who have a lane: all, or of very many those with the most changes."""
    if len(legend.voices) <= MOST_ACCOUNTS:
        return [*legend.voices]
    most = largest(answer["account"].value_counts())
    return [voice for voice in legend.voices if voice.key in most]


_Moments = dict[pd.Timestamp, list[int]]
"""The numbers of the rows of each moment, what weighs most first."""


def _moments(rows: pd.DataFrame) -> _Moments:
    """Collect the changes of one account by the moment since which they are known, in the order of time."""
    order = rows.iloc[rows["change"].map(_RANK).argsort(kind="stable")].sort_values("known_at", kind="stable")
    found: _Moments = {}
    for number, moment in zip(order.index.tolist(), order["known_at"], strict=True):
        if not pd.isna(moment):
            found.setdefault(moment, []).append(number)
    return found


def _thinned(moments: _Moments, rows: pd.DataFrame, most: int) -> _Moments:
    """Keep at most so many moments: those first in which a contradiction came up, and last where claims only came."""
    if len(moments) <= most:
        return moments
    changes = rows["change"].to_dict()
    weights = {CONTRADICTION: 0, "stated": 2}
    ranks = [min(weights.get(changes[number], 1) for number in numbers) for numbers in moments.values()]
    every = [*moments.items()]
    return dict(every[place] for place in chosen(np.array(ranks), most))


def _marks(moments: _Moments, rows: pd.DataFrame, voice: Voice, y: float) -> theme.Trace:
    """Draw what an account said at one moment as one mark."""
    changes, sentences = rows["change"].to_dict(), rows["sentence"].to_dict()
    kinds = [{changes[number] for number in numbers} for numbers in moments.values()]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "text": ["≠" if CONTRADICTION in kind else "" for kind in kinds],
        "textposition": "middle right",
        "textfont": {"size": 18, "color": theme.INK},
        "x": [f"{drawn_at(None, moment):%Y-%m-%dT%H:%M}" for moment in moments],
        "y": [y] * len(moments),
        "marker": {
            "symbol": theme.symbol(voice.number),
            "color": theme.colour(voice.number),
            "size": [7 if kind == {"stated"} else 13 for kind in kinds],
        },
        "customdata": [theme.carried(numbers) for numbers in moments.values()],
        "hovertext": [
            "<br>".join(theme.lines(sentences[number]) for number in numbers[:_HOVERED]) for numbers in moments.values()
        ],
        "hoverinfo": "text",
    }


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Count the changes by kind, and give in words what an account no longer says as it did, and new contradictions."""
    if answer.empty:
        return [f"No {legend.noun} in view said anything new."]
    told = [*dict.fromkeys(answer[answer["change"].isin(_IN_WORDS)]["sentence"])]
    more = [f"{counted(len(told) - _WORDED, 'change')} more of these kinds in the table."] * (len(told) > _WORDED)
    new = dict.fromkeys(legend.label(key) for key in answer.loc[answer["change"] == "first heard", "account"])
    voices = [f"Heard for the first time: {named(new)}."] if new else []
    against = list(dict.fromkeys(answer[answer["change"] == CONTRADICTION]["sentence"]))
    since = f"Since {at(answer['since'].iloc[0])}: {counts(answer)}."
    return [since, *voices, *told[:_WORDED], *more, *against[:_AGAINST], *_left_out(answer, legend)]


def _left_out(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say what is not drawn."""
    heard = [voice.key for voice in _accounts_drawn(answer, legend)]
    moments = answer[answer["account"].isin(heard)].groupby("account")["known_at"].nunique()
    drawn, every = (int(one.sum()) for one in (moments.clip(upper=fair_share(moments)), moments))
    others = len(legend.voices) - len(heard)
    first = "new contradictions first, then what was changed, then evenly many additions"
    thin = f"{drawn:,} of {every:,} moments are drawn: of each account {first}."
    lanes = f"{counted(others, legend.noun)} of fewer changes {'has' if others == 1 else 'have'} no lane."
    return [thin] * (drawn < every) + [lanes] * (others > 0)


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
_RANK = {change: rank for rank, (change, *_) in enumerate(_COUNTED)}
"""What weighs more comes before what was only added."""


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
    compute=compute,
    topic=news(),
    beside="disagreements",
)
