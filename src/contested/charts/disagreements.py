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
from contested.compared.comparison import DISAGREEMENTS, Position, Relation, Rule
from contested.compared.conclusions import conclusions, summary
from contested.compared.disputes import Dispute, disputes
from contested.compared.origins import independent, said
from contested.compared.positions import POSITIONS, positions
from contested.doubted.topic import comparable
from contested.legend import Legend
from contested.wording import counted, listing

_WORDS = {
    Relation.CONTRADICT: "cannot both be true",
    Relation.REJECTED: "one rejects what the other passes on",
    Relation.DIFFER: "say different things",
    Relation.COMPATIBLE: "can both be true",
    Relation.AGREE: "say the same",
}
_ROW, _GREY = 72, 3
_COLUMNS = ("event_id", "question", "accounts", "relation", "values", "claim_ids", "sentence")


def reckon(rows: pd.DataFrame, legend: Legend) -> pd.DataFrame:
    """Compare every two positions."""
    told = list(positions(rows, legend))
    concluded = conclusions(told, legend)
    found = [
        _told(dispute, legend) | {"concluded": concluded.get(dispute.one.topic, "")}
        for dispute in disputes(told, legend.wholes)
    ]
    found.sort(key=lambda row: (list(Relation).index(row["relation"]), row["question"], row["claim_ids"]))
    return pd.DataFrame(found, columns=[*_COLUMNS, "origins", "topics", "concluded"])


def _told(dispute: Dispute, legend: Legend) -> dict[str, Any]:
    one, other = dispute.one, dispute.other
    question = " ".join(dict.fromkeys((one.question, other.question)))
    sides = "; ".join(f"{legend.label(position.account)}{_how(position)} {position.said}" for position in (one, other))
    origins = independent((one.origins, other.origins)) if dispute.relation is Relation.AGREE else 0
    return {
        "event_id": other.event_id or None,
        "question": question,
        "accounts": [one.account, other.account],
        "relation": str(dispute.relation),
        "values": [one.said, other.said],
        "claim_ids": dispute.claim_ids,
        "sentence": f"{question} {sides}: {_words(dispute, legend)}{f', from {said(origins)}' if origins else ''}.",
    } | {"origins": origins, "topics": [one.topic, other.topic]}


def _how(position: Position) -> str:
    """Say when it was said, through how many it was heard, and whether it is denied or passed on."""
    removes = counted(len(position.via.split(" > ")), "remove") if position.via else ""
    about = [position.when, removes and f"hearsay at {removes}"]
    verb = {"denies": ", denied:", "relays": ", passed on:"}.get(position.stance, ":")
    told = ", ".join(one for one in about if one)
    return f" ({told}){verb}" if told else verb


def _words(dispute: Dispute, legend: Legend) -> str:
    one, other, relation, rule, _ = dispute
    within = {"source": ", both in one source", "account": f", both of one {legend.noun}"}.get(dispute.within, "")
    match rule:
        case Rule.ORDER:
            return f"{one.milestone} cannot come after {other.milestone}{within}"
        case Rule.WITHIN:
            begins = one.event_id in legend.wholes.get(other.event_id, ())
            whole, part = (one, other) if begins else (other, one)
            reach = "begin before the whole begins" if begins else "go on after the whole ends"
            lies = f"“{legend.event(part.event_id)}” is a part of “{legend.event(whole.event_id)}”"
            return f"{lies}, and a part cannot {reach}{within}"
    return _RULES.get((relation, rule), _WORDS[relation]) + (within if relation is Relation.CONTRADICT else "")


_RULES = {
    (Relation.CONTRADICT, Rule.LARGER): "a part cannot be larger than its total",
    (Relation.CONTRADICT, Rule.DISTANCE): "too far apart to be one place, cannot both be true",
    (Relation.DIFFER, Rule.GREW): "say different things, and a running total may have grown meanwhile",
    (Relation.COMPATIBLE, Rule.IDENTITY): "can both be true, for they need not be of the same event",
    (Relation.COMPATIBLE, Rule.RESPONDER): "can both be true, for others may have come",
}


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
