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

from contested import drawing, theme
from contested.analysis.comparison.compare import DISAGREEMENTS, Relation
from contested.analysis.comparison.conclusions import summary
from contested.analysis.comparison.current_claims import CURRENT, disputable
from contested.analysis.comparison.origins import NONE, said
from contested.analysis.comparison.positions import read_positions
from contested.analysis.comparison.table import COLUMNS, all_claims, tabulate, write_rows
from contested.analysis.coverage.topic import comparable
from contested.chart import Chart, Computed
from contested.model.wording import capital, counted, counted_in_words, listing
from contested.query.legend import Lane, Legend
from contested.query.rows import Row

_FIRST = 5
"""How many contradictions are put into words."""
_DRAWN = 16
"""How many questions are drawn."""
_HEAD, _ROW, _GAP = 44, 40, 3
_ASKED = 0.3
"""What share of the width the questions take, in px of a figure that is no phone's."""
_STATES = {
    Relation.CONTRADICT: "against",
    Relation.REJECTED: "denied",
    Relation.DIFFER: "differs",
    Relation.COMPATIBLE: "fits",
    Relation.AGREE: "agrees",
}
"""How an answer stands to the others, the worst that holds of it first."""


def title(answer: pd.DataFrame, legend: Legend) -> str:
    """Count the questions on which not all can be right; without any, those on which something differs."""
    if len(legend.voices) <= 1 and answer.empty:
        return f"{'One' if legend.voices else 'No'} {legend.noun} in view; nothing can be compared"
    if answer.empty:
        return f"No question is answered by two {legend.noun}s"
    conflict, differ = (_asked(answer, relations) for relations in (_CONFLICT, (Relation.DIFFER,)))
    if conflict and len(legend.voices) == 1:
        return f"One {legend.noun} contradicts itself on {counted_in_words(conflict, 'question')}"
    if conflict:
        return f"{capital(counted_in_words(conflict, 'question'))} on which the {legend.noun}s cannot all be right"
    if differ:
        return f"The {legend.noun}s differ on {counted_in_words(differ, 'question')}, and on all may be right"
    return f"On no question do the {legend.noun}s differ"


_CONFLICT = (Relation.CONTRADICT, Relation.REJECTED)


def _asked(answer: pd.DataFrame, relations: Sequence[str]) -> int:
    """Count the questions of which some pair stands so to each other."""
    rows = answer.loc[answer["relation"].isin(relations), ["asked_one", "asked_other"]]
    return len(np.unique(rows.to_numpy()))


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> theme.Figure:
    """Draw a grid of the most disputed questions by accounts: how each answer stands to the others."""
    drawn = answer.loc[answer["question"].notna() & (answer["asked_one"] == answer["asked_other"])]
    questions = _by_question(drawn).index[:_DRAWN]
    drawn = drawn[drawn["question"].isin(questions)]
    lanes = [lane for lane in legend.lanes() if _speaks(lane, drawn)]
    is_phone = drawing.is_phone(width)
    left = 0 if is_phone else _ASKED * width
    column = (width - left) / max(1, len(lanes))
    high = _ROW + (20 if is_phone else 0)
    shapes: list[drawing.Shape] = []
    notes: list[drawing.Shape] = []
    for place, lane in enumerate(lanes):
        middle = (place + 0.5) * column
        shapes += drawing.glyph(lane.number, lane.shape, middle, 10)
        if not is_phone:
            label = theme.label_colour(lane.number)
            notes.append(
                drawing.note(drawing.shortened(lane.label, int(column / 8)), middle, 30, label, anchor="center")
            )
    marks: list[tuple[float, float, str, list[int]]] = []
    for level, question in enumerate(questions):
        top = _HEAD + level * high
        shapes.append(drawing.line(0, top, 1, top, theme.GRID, xref="paper"))
        asked = drawing.shortened(question, int((width if is_phone else left) / 7))
        notes.append(drawing.note(asked, 0, top + (12 if is_phone else high / 2), xref="paper", xshift=-left))
        mine = drawn[drawn["question"] == question]
        for place, lane in enumerate(lanes):
            rows = mine[_is_of(lane, mine)]
            if rows.empty:
                notes.append(
                    drawing.note(
                        "–", (place + 0.5) * column, top + high - _ROW / 2, theme.LIGHT["quiet"], anchor="center"
                    )
                )
                continue
            worst = next(one for one in _STATES if (rows["relation"] == one).any())
            ground = "amber" if worst in _CONFLICT else "blue" if worst == Relation.AGREE else "page"
            edges = (place * column + _GAP / 2, top + high - _ROW + 1, (place + 1) * column - _GAP / 2, top + high - 1)
            shapes.append(drawing.box(*edges, theme.LIGHT[ground]))
            marks.append(((place + 0.5) * column, top + high - _ROW / 2, _STATES[worst], rows.index.tolist()))
    height = _HEAD + high * len(questions) + 8
    if left_out := answer["topic"].nunique() - len(questions):
        more = f"and {counted(left_out, 'question')} less disputed; the table has all"
        notes.append(drawing.note(more, 0, height + 8, theme.LIGHT["quiet"], xref="paper", xshift=-left))
        height += _ROW
    across, down = ({"range": ends, "visible": False} for ends in ([0, width - left], [height, 0]))
    data = [_written(marks)]
    return drawing.figure(width, height, data, left=left, shapes=shapes, notes=notes, xaxis=across, yaxis=down)


def _speaks(lane: Lane, drawn: pd.DataFrame) -> bool:
    return bool(_is_of(lane, drawn).any())


def _is_of(lane: Lane, rows: pd.DataFrame) -> "pd.Series[bool]":
    """Say of each pair whether an account of the lane is in it."""
    keys = [voice.key for voice in lane.voices]
    return rows["account_one"].isin(keys) | rows["account_other"].isin(keys)


def _written(marks: Sequence[tuple[float, float, str, list[int]]]) -> theme.Trace:
    """Write how each answer stands to the others into its cell."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [mark[0] for mark in marks],
        "y": [mark[1] for mark in marks],
        "text": [mark[2] for mark in marks],
        "textfont": {"size": theme.SMALLEST, "color": theme.INK},
        "hoverinfo": "text",
        "hovertext": [mark[2] for mark in marks],
        "customdata": [theme.carried(mark[3]) for mark in marks],
    }


_GROUPS: dict[str, tuple[str, ...]] = {
    "conflict": _CONFLICT,
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
    positions = read_positions(disputable(rows, legend.wholes), legend)
    pairs = tabulate(positions)
    return Computed(pairs, partial(write_rows, positions), partial(all_claims, positions, pairs))


CHART = Chart(
    key="disagreements",
    name="Compare",
    definition="What each account answers, who said it and when",
    question=CURRENT,
    columns=COLUMNS,
    caveat=(
        "Silence is neither agreement nor disagreement and is not counted. Two accounts that repeat one source agree "
        "without corroborating it. One wire, one speaker and one side are one origin, and where no speaker is "
        "named one document; whose words it is is then not stated, and proves nothing. Words are compared "
        "as they were coded: “differ” need not mean that one is wrong."
    ),
    draw=draw,
    title=title,
    tell=tell,
    mark=mark,
    compute=_compute,
    in_columns=True,
    topic=comparable(),
)
