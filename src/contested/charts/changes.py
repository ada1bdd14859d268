"""What changed between two moments: figures replaced, claims corrected or withdrawn, voices heard for the first time?

The later moment is the one as known at; the earlier is the one compared with. Only what the accounts stated in between
counts, by the time by which it had certainly been said.
"""

from collections import Counter
from typing import Any

import pandas as pd

from contested import theme
from contested.chart import Chart, Row, each
from contested.doubted.topic import SINCE, TAKEN_BACK, news
from contested.legend import Legend, Voice
from contested.moment import day_and_hour
from contested.wording import counted, ended, figure, listing

QUESTION = f"""
with earlier as (select ({SINCE}) as since)
, fresh as (select selected.*, since from selected, earlier where stated_at > since)
, replaced as (
    select fresh.* exclude (old_id), 'replaced' as change, list(old.claim_id order by old.claim_id) as old_ids,
        old.low as old_low, old.best as old_best, old.high as old_high, any_value(old.figure_words) as old_words
    from (select *, unnest(supersedes) as old_id from fresh) as fresh
    join known as old on old.claim_id = fresh.old_id and old.stated_at <= fresh.since
    group by all)
, corrected as (
    select fresh.* exclude (old_id), 'corrected' as change, [old.claim_id] as old_ids, old.summary as old_summary
    from (select *, unnest(corrects) as old_id from fresh) as fresh join known as old on old.claim_id = fresh.old_id)
, heard as (
    select *, 'first heard' as change from fresh
    where account in (select account from selected group by account having min(stated_at) > (select since from earlier))
    qualify row_number() over (partition by account order by stated_at, claim_id) = 1)
, withdrawn as (
    select selected.* replace ({TAKEN_BACK} as stated_at), since, 'withdrawn' as change, [claim_id] as old_ids
    from selected, earlier where {TAKEN_BACK} > since)
, added as (
    select *, 'stated' as change from fresh
    where claim_id not in (select claim_id from replaced union all select claim_id from corrected))
from replaced union all by name from corrected union all by name from withdrawn
union all by name from heard union all by name from added
order by account, stated_at, change, claim_id
"""

_COLUMNS = ("account", "change", "since", "stated_at", "measure", "old", "new", "claim_ids", "sentence")
_ROW, _TOLD = 30, 4


def reckon(rows: pd.DataFrame, legend: Legend) -> pd.DataFrame:
    """Write each change as a sentence."""
    return pd.DataFrame([_told(row, legend) for row in each(rows)], columns=list(_COLUMNS))


def _told(row: Row, legend: Legend) -> dict[str, Any]:
    who, is_figure = legend.label(row.account), isinstance(row.measure, str)
    new = figure(row.low, row.best, row.high, row.figure_words) if is_figure else row.summary
    why = f" The reason: {row.reason}" if isinstance(row.reason, str) else ""
    old, ids, sentence = None, [row.claim_id], f"{who}: {row.summary}"
    if row.change == "replaced" and not is_figure:
        ids, sentence = [*row.old_ids, row.claim_id], f"Replaced by {who}: {ended(row.summary)}{why}"
    elif row.change == "replaced":
        old, ids = figure(row.old_low, row.old_best, row.old_high, row.old_words), [*row.old_ids, row.claim_id]
        what = row.measure.replace("_", " ") + (f" ({row.definition})" if isinstance(row.definition, str) else "")
        sentence = f"{who}: the figure of the {what} is {_direction(row)} from {old} to {new}."
    elif row.change == "corrected":
        old, ids, sentence = (
            row.old_summary,
            [*row.old_ids, row.claim_id],
            f"Corrected by {who}: {ended(row.summary)}{why}",
        )
    elif row.change == "withdrawn":
        old, new, sentence = new, None, f"Withdrawn by {who}: {ended(row.summary)}{why}"
    elif row.change == "first heard":
        sentence = f"Heard for the first time from {who}: {row.summary}"
    known = {name: getattr(row, name) for name in ("account", "change", "stated_at", "measure", "since")}
    return known | {"old": old, "new": new, "claim_ids": ids, "sentence": ended(sentence)}


def _direction(row: Row) -> str:
    old, new = (next((n for n in bounds if not pd.isna(n)), None) for bounds in _bounds(row))
    if old is None or new is None or old == new:
        return "restated"
    return "raised" if new > old else "lowered"


def _bounds(row: Row) -> tuple[tuple[float, ...], tuple[float, ...]]:
    return (row.old_best, row.old_low, row.old_high), (row.best, row.low, row.high)


def draw(answer: pd.DataFrame, legend: Legend) -> theme.Figure:
    """Draw each change at the time it was stated; a mere addition is small."""
    data, notes = [], []
    for level, voice in enumerate(legend.voices):
        rows = answer[answer["account"] == voice.key]
        notes.append(theme.note(f"{voice.label}: {counted(len(rows), 'change')}", 0, -level + 0.34, yanchor="middle"))
        moments = [list(each(together)) for _, together in rows.groupby("stated_at", sort=True)]
        data.append(_marks(moments, voice, -level - 0.14))
    layout: dict[str, Any] = {"annotations": notes}
    layout["yaxis"] = {"visible": False, "range": [-len(legend.voices) + 0.4, 0.6]}
    layout["xaxis"] = {"type": "date", "tickformat": "%H:%M\n%-d %b", "nticks": 6, "visible": not answer.empty}
    if not answer.empty:
        since, last = answer["since"].iloc[0].tz_localize(None), answer["stated_at"].max().tz_localize(None)
        margin = (last - since) * 0.05
        layout["xaxis"]["range"] = [f"{since - margin:%Y-%m-%dT%H:%M}", f"{last + margin:%Y-%m-%dT%H:%M}"]
    return theme.figure(data, int(_ROW * 1.5 * max(1, len(legend.voices))) + 50, **layout)


def _marks(moments: list[list[Row]], voice: Voice, y: float) -> theme.Trace:
    """Draw what an account said at one moment as one mark."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [f"{rows[0].stated_at.tz_localize(None):%Y-%m-%dT%H:%M}" for rows in moments],
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
    """Count the changes by kind, and give those of figures and the corrections in words."""
    if answer.empty:
        return [f"No {legend.noun} in view said anything new."]
    kinds = Counter(answer["change"])
    parts = [f"{counted(kinds[kind], noun)} {done}".rstrip() for kind, (noun, done) in _COUNTED.items() if kinds[kind]]
    told = dict.fromkeys(answer[answer["change"].isin(["replaced", "corrected", "withdrawn"])]["sentence"])
    new = dict.fromkeys(legend.label(key) for key in answer.loc[answer["change"] == "first heard", "account"])
    voices = [f"Heard for the first time: {listing(new)}."] if new else []
    return [f"Since {day_and_hour(answer['since'].iloc[0])}: {listing(parts)}.", *voices, *told]


_COUNTED = {
    "replaced": ("figure", "replaced"),
    "corrected": ("claim", "corrected"),
    "withdrawn": ("claim", "withdrawn"),
    "first heard": ("voice", "heard for the first time"),
    "stated": ("claim", "added"),
}


def mark(row: Row, legend: Legend) -> str:
    """Name one change."""
    return f"{row.change} · {legend.label(row.account)} · {day_and_hour(row.stated_at)} · {', '.join(row.claim_ids)}"


CHART = Chart(
    key="changes",
    name="Changes",
    definition="What the accounts stated between the two moments. Small: added to what was known.",
    question=QUESTION,
    columns=_COLUMNS,
    caveat=(
        "A statement known by its day only counts from the end of that day. A claim whose time of statement is unknown "
        "is in neither moment. Nothing is erased: what was replaced stays in the ledger. Without an earlier moment, "
        "the last day of statements is shown."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
    reckon=reckon,
    topic=news(),
    beside="disagreements",
)
