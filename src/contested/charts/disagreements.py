"""Where do the accounts differ, where do they agree, and which claims cannot all be true?

A question is one that claims answer in words, or one that structure asks: a figure of one definition, the time or place
of a milestone, where a named place lies, whether something happened. What an account has replaced since is not its
position; what is passed on within a side's story is not the side's. Milestones of one event have an order, an event
lies within the event that it is a part of, and a part counts no more than its total. What cannot all be true is named
by the smallest set of claims. Running totals may grow, never fall; what need not be of the same event or of the same
responder can both be true.
"""

from collections import Counter
from typing import Any

import pandas as pd

from contested import theme
from contested.chart import Chart, Row, each
from contested.compared.comparison import DISAGREEMENTS, Relation
from contested.compared.conclusions import conclusions, summary
from contested.compared.disputes import Dispute, disputes
from contested.compared.origins import said
from contested.compared.positions import POSITIONS, positions
from contested.compared.sentences import asked, origins, sentences
from contested.doubted.topic import comparable
from contested.legend import Legend
from contested.wording import counted, listing

_ROW, _GREY = 72, 3
_COLUMNS = ("event_id", "question", "accounts", "relation", "values", "claim_ids", "sentence")


def reckon(rows: pd.DataFrame, legend: Legend) -> pd.DataFrame:
    """Compare every two positions."""
    told = list(positions(rows, legend))
    concluded = conclusions(told, legend)
    found = sorted(disputes(told, legend.wholes), key=_place)
    return pd.DataFrame(
        {
            "event_id": [dispute.other.event_id or None for dispute in found],
            "question": [asked(dispute) for dispute in found],
            "accounts": [[dispute.one.account, dispute.other.account] for dispute in found],
            "relation": [dispute.relation.value for dispute in found],
            "values": [[dispute.one.said, dispute.other.said] for dispute in found],
            "claim_ids": [dispute.claim_ids for dispute in found],
            "sentence": sentences(found, legend),
            "origins": [origins(dispute) for dispute in found],
            "topics": [[dispute.one.topic, dispute.other.topic] for dispute in found],
            "concluded": [concluded.get(dispute.one.topic, "") for dispute in found],
        },
        columns=[*_COLUMNS, "origins", "topics", "concluded"],
    )


def _place(dispute: Dispute) -> tuple[int, str, list[str]]:
    """Put what cannot be true first, and keep questions together."""
    return _RANKS[dispute.relation], asked(dispute), dispute.claim_ids


_RANKS = {relation: place for place, relation in enumerate(Relation)}


def draw(answer: pd.DataFrame, _: Legend) -> theme.Figure:
    """Draw one row per question: how many pairs disagree, can both be true, and agree."""
    questions = _by_question(answer)
    notes = [
        theme.note("", 0, -level + 0.06, yanchor="bottom") | {"text": theme.lines(question)}
        for level, (question, _) in enumerate(questions)
    ]
    data = [_bars(name, questions, answer[answer["relation"].isin(relations)]) for name, relations in _GROUPS.items()]
    layout: dict[str, Any] = {"annotations": notes, "barmode": "stack"}
    layout["yaxis"] = {"visible": False, "range": [-len(questions) + 0.6, 0.9]}
    layout["xaxis"] = {"title": {"text": "pairs of positions"}, "visible": bool(questions), "nticks": 8}
    return theme.figure(data, _ROW * max(1, len(questions)) + 60, **layout)


def _bars(name: str, questions: list[tuple[str, dict[str, int]]], behind: pd.DataFrame) -> theme.Trace:
    ids: dict[str, set[str]] = {question: set() for question, _ in questions}
    for row in each(behind):
        ids[row.question] |= set(row.claim_ids)
    return {
        "type": "bar",
        "orientation": "h",
        "x": [counts[name] for _, counts in questions],
        "y": [-level - 0.06 for level in range(len(questions))],
        "width": 0.2,
        "marker": theme.solid(_GREY) if name == "disagree" else theme.hatched(_GREY, hollow=name == "agree"),
        "customdata": [sorted(ids[question]) for question, _ in questions],
        "hoverinfo": "text",
        "hovertext": [f"{counts[name]} {name}" for _, counts in questions],
    }


_GROUPS: dict[str, tuple[str, ...]] = {
    "disagree": DISAGREEMENTS,
    "can both be true": (Relation.COMPATIBLE,),
    "agree": (Relation.AGREE,),
}


def _by_question(answer: pd.DataFrame) -> list[tuple[str, dict[str, int]]]:
    """Count the pairs of each question, the most disputed first."""
    found = []
    for question, rows in answer.groupby("question", sort=True):
        counts = {name: int(rows["relation"].isin(relations).sum()) for name, relations in _GROUPS.items()}
        found.append((str(question), counts))
    return sorted(found, key=lambda one: tuple(-one[1][name] for name in _GROUPS))


def _folded(text: str, width: int = 48) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Count what differs and what agrees, and give the contradictions in words."""
    if answer.empty:
        return [f"No {legend.noun} in view answers a question that another answers."]
    counts = {relation: int((answer["relation"] == relation).sum()) for relation in Relation}
    pairs = [f"{counted(counts[one], 'pair')} {how[counts[one] > 1]}" for one, how in _PLURAL.items() if counts[one]]
    contradictions = answer[answer["relation"] == Relation.CONTRADICT]["sentence"]
    differ = answer.loc[answer["relation"].isin(DISAGREEMENTS), "concluded"]
    return [f"{'; '.join(pairs)}.", *summary(differ), *_corroborated(answer), *contradictions.head(5)]


def _corroborated(answer: pd.DataFrame) -> list[str]:
    """Count the agreements by how many independent origins they have."""
    pairs = Counter(int(number) for number in answer["origins"] if number)
    rest = [f"{counted(pairs[one], 'pair')} from {said(one)}" for one in sorted(pairs)]
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


CHART = Chart(
    key="disagreements",
    name="Compare",
    definition="Pairs of positions on one question. Solid: disagree. Hatched: can both be true. Hollow: say the same.",
    question=POSITIONS,
    columns=_COLUMNS,
    caveat=(
        "Silence is neither agreement nor disagreement and is not counted. Two accounts that repeat one source agree "
        "without corroborating it. One document, one voice, one side and one wire are one origin. Words are compared "
        "as they were coded: “differ” need not mean that one is wrong."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
    reckon=reckon,
    topic=comparable(),
)
