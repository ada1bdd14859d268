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
from contested.analysis.comparison.current_claims import CURRENT, disputable
from contested.analysis.comparison.origins import NONE, said
from contested.analysis.comparison.positions import read_positions
from contested.analysis.comparison.table import COLUMNS, all_claims, tabulate, write_rows
from contested.analysis.coverage.topic import comparable
from contested.chart import Chart, Computed
from contested.drawing import question_cells
from contested.drawing.question_cells import Account, Cell, Question, are_columns
from contested.model.wording import capital, counted, counted_in_words, listing, out_of
from contested.query.legend import Lane, Legend
from contested.query.rows import Row

_FIRST = 5
"""How many contradictions are put into words."""
_DRAWN, _CARDS = 16, 8
"""How many questions are drawn in columns, and as cards."""
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
        return f"{'One' if legend.voices else 'No'} {legend.noun} shown; nothing can be compared"
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
    """Draw the most disputed questions by accounts: how each answer stands to the others."""
    own = answer.loc[answer["question"].notna() & (answer["asked_one"] == answer["asked_other"])]
    asked = [str(one) for one in _by_question(own).index[:_DRAWN]]
    lanes = _speaking(legend, own[own["question"].isin(asked)])
    accounts = [Account(lane.label, lane.number, lane.shape) for lane in lanes]
    in_columns = are_columns(accounts, width)
    asked = asked if in_columns else asked[:_CARDS]
    drawn = [_question(one, own[own["question"] == one], lanes, legend) for one in asked]
    has_gaps = in_columns and any(len(one.cells) < len(accounts) for one in drawn)
    foot = _foot(drawn, answer["topic"].nunique() - len(drawn), has_gaps=has_gaps)
    return question_cells.draw(drawn, accounts, width, foot)


def _speaking(legend: Legend, rows: pd.DataFrame) -> list[Lane]:
    """List the accounts and closed groups that are in any of the pairs."""
    return [lane for lane in legend.lanes() if _is_of(lane, rows).any()]


def _question(words: str, rows: pd.DataFrame, lanes: Sequence[Lane], legend: Legend) -> Question:
    """Say how the answer of each lane stands to the others, which pairs say so, and how many are in none.

    Those may be silent, or count otherwise: a figure of another definition is an answer to another question.
    """
    own = {place: rows[_is_of(lane, rows)] for place, lane in enumerate(lanes)}
    silent = len(legend.voices) - len({*rows["account_one"], *rows["account_other"]})
    have = "has" if silent == 1 else "have"
    who = out_of(silent, len(legend.voices), legend.noun)
    silence = f"{who} {have} no answer to compare" if silent else ""
    return Question(words, {place: _cell(pairs) for place, pairs in own.items() if len(pairs)}, silence)


def _cell(pairs: pd.DataFrame) -> Cell:
    worst = next(one for one in _STATES if (pairs["relation"] == one).any())
    ground = "amber" if worst in _CONFLICT else "blue" if worst == Relation.AGREE else "page"
    return Cell(_STATES[worst], ground, pairs.index.tolist())


def _is_of(lane: Lane, rows: pd.DataFrame) -> "pd.Series[bool]":
    """Say of each pair whether an account of the lane is in it."""
    keys = [voice.key for voice in lane.voices]
    return rows["account_one"].isin(keys) | rows["account_other"].isin(keys)


def _foot(drawn: Sequence[Question], left_out: int, *, has_gaps: bool) -> str:
    """Say what the ground of a cell and a dash mean, and how many questions are not drawn."""
    is_shaded = any(cell.ground == "amber" for one in drawn for cell in one.cells.values())
    shaded = "Shaded: cannot all be right." if is_shaded else ""
    gaps = "–: no answer to compare." if has_gaps else ""
    more = f"{capital(counted(left_out, 'less disputed question'))} not drawn; the table has all." if left_out else ""
    return " ".join(filter(None, (shaded, gaps, more)))


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
        return [f"No {legend.noun} shown answers a question that another answers."]
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
