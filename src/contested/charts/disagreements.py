"""Where do the accounts differ, where do they agree, and which claims cannot all be true?

A question is one that claims answer in words, or one that structure asks: a figure of one definition, the time or place
of a milestone, where a named place lies. What an account has replaced since is not its position; what is passed on
within a side's story is not the side's. Milestones of one event have an order (help may come after the fighting is
over, not after the response is), an event lies within the event that it is a part of, and a part counts no more than
its total. What cannot all be true is named by the smallest set of claims. Running totals may grow, never fall; what
need not be of the same event or of the same responder can both be true.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from contested import theme
from contested.analysis.comparison.compare import DISAGREEMENTS, Relation
from contested.analysis.comparison.conclusions import summary
from contested.analysis.comparison.current_claims import CURRENT
from contested.analysis.comparison.origins import NONE, said
from contested.analysis.comparison.positions import read_positions
from contested.analysis.comparison.table import COLUMNS, all_claims, tabulate, write_rows
from contested.analysis.coverage.topic import comparable
from contested.chart import Chart, Computed
from contested.model.wording import counted, listing
from contested.query.legend import Legend
from contested.query.rows import Row

_ROW, _GREY, _FIRST = 72, 3, 5
_SENT = 50
"""How many rows a mark names."""


def draw(answer: pd.DataFrame, _: Legend, width: float) -> theme.Figure:  # noqa: ARG001
    """Draw one row per question, the most disputed first: how many pairs disagree, can both be true, and agree."""
    drawn = answer.loc[answer["question"].notna(), ["question", "relation"]]
    questions = _by_question(drawn)
    notes = [
        theme.note("", 0, -level + 0.06, yanchor="bottom") | {"text": theme.lines(question)}
        for level, question in enumerate(questions.index)
    ]
    if left := answer.loc[answer["question"].isna(), "topic"].nunique():
        more = f"and {counted(left, 'question')} less disputed; the table has all"
        notes.append(theme.note(more, 0, -len(questions) + 0.06, yanchor="bottom"))
    data = [_bars(name, questions, drawn[drawn["relation"].isin(relations)]) for name, relations in _GROUPS.items()]
    rows = len(notes)
    layout: dict[str, Any] = {"annotations": notes, "barmode": "stack"}
    layout["yaxis"] = {"visible": False, "range": [-rows + 0.6, 0.9]}
    layout["xaxis"] = {"title": {"text": "pairs of positions"}, "visible": rows > 0, "nticks": 8}
    return theme.figure(data, _ROW * max(1, rows) + 60, **layout)


def _bars(name: str, questions: pd.DataFrame, behind: pd.DataFrame) -> theme.Trace:
    rows = behind.groupby("question", observed=True).groups
    counts = questions[name].tolist()
    return {
        "type": "bar",
        "orientation": "h",
        "x": counts,
        "y": [-level - 0.06 for level in range(len(questions))],
        "width": 0.2,
        "marker": theme.solid(_GREY) if name == "disagree" else theme.hatched(_GREY, hollow=name == "agree"),
        "customdata": [_sent(list(rows.get(question, []))) for question in questions.index],
        "hoverinfo": "text",
        "hovertext": [f"{count} {name}" for count in counts],
    }


def _sent(rows: Sequence[int]) -> list[int]:
    """Name the first rows of a mark, and less than none for the number of the others."""
    return [*map(int, rows[:_SENT]), *([_SENT - len(rows)] if len(rows) > _SENT else [])]


_GROUPS: dict[str, tuple[str, ...]] = {
    "disagree": DISAGREEMENTS,
    "can both be true": (Relation.COMPATIBLE,),
    "agree": (Relation.AGREE,),
}


def _by_question(answer: pd.DataFrame) -> pd.DataFrame:
    """Count the pairs of each question, the most disputed first."""
    groups = pd.DataFrame({name: answer["relation"].isin(relations) for name, relations in _GROUPS.items()})
    counts = groups.groupby(answer["question"], observed=True).sum().sort_index()
    counts.index = counts.index.astype(str)
    return counts.sort_values(list(_GROUPS), ascending=False, kind="stable")


def _folded(text: str, width: int = 48) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Count what differs and what agrees, and give the contradictions in words."""
    if answer.empty:
        return [f"No {legend.noun} in view answers a question that another answers."]
    counts = answer["relation"].value_counts()[lambda many: many > 0].to_dict()
    pairs = [f"{counted(counts[one], 'pair')} {how[counts[one] > 1]}" for one, how in _PLURAL.items() if one in counts]
    first = answer.head(_FIRST)
    contradictions = first.loc[first["relation"] == Relation.CONTRADICT, "sentence"]
    differ = answer.loc[answer["relation"].isin(DISAGREEMENTS), "concluded"]
    return [f"{'; '.join(pairs)}.", *summary(differ.unique()), *_corroborated(answer), *contradictions]


def _corroborated(answer: pd.DataFrame) -> list[str]:
    """Count the agreements by how many independent origins they have."""
    agreed = np.bincount(answer.loc[answer["origins"] > NONE, "origins"]).tolist()
    pairs = {origins: number for origins, number in enumerate(agreed) if number}
    rest = [f"{counted(pairs[one], 'pair')} {'from' if one else 'with'} {said(one)}" for one in pairs]
    return [f"By origin, what is the same: {listing(rest)}."] if rest else []


_PLURAL = {
    Relation.CONTRADICT: ("cannot both be true", "cannot both be true"),
    Relation.REJECTED: ("holds a rumour and its rejection", "hold a rumour and its rejection"),
    Relation.DIFFER: ("says different things", "say different things"),
    Relation.COMPATIBLE: ("can both be true", "can both be true"),
    Relation.AGREE: ("says the same", "say the same"),
}


def mark(row: Row, legend: Legend) -> str:
    """Name one comparison."""
    names = " / ".join(legend.label(key) for key in row.accounts)
    return f"{row.relation} · {_folded(row.question)} · {names} · {', '.join(row.claim_ids)}"


def _compute(rows: Any, legend: Legend) -> Computed:  # noqa: ANN401 Arrow, which no chart knows
    positions = read_positions(rows, legend)
    pairs = tabulate(positions)
    return Computed(pairs, partial(write_rows, positions), partial(all_claims, positions, pairs))


CHART = Chart(
    key="disagreements",
    name="Compare",
    definition="Pairs of positions on one question. Solid: disagree. Hatched: can both be true. Hollow: say the same.",
    question=CURRENT,
    columns=COLUMNS,
    caveat=(
        "Silence is neither agreement nor disagreement and is not counted. Two accounts that repeat one source agree "
        "without corroborating it. One wire, one speaker and one side are one origin, and where no speaker is "
        "named one document; whose words it is is then not stated, and proves nothing. Words are compared "
        "as they were coded: “differ” need not mean that one is wrong."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
    compute=_compute,
    in_columns=True,
    topic=comparable(),
)
