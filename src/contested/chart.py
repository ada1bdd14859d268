"""A chart: one question about the claims, answered as a table, a figure and sentences."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pandas as pd

from contested.analysis.coverage.topic import EVERYTHING, Topic
from contested.analysis.timing.milestones import put_shorter
from contested.model.vocabulary import Milestone
from contested.query.legend import Legend
from contested.query.rows import Row
from contested.query.selection import Selection
from contested.query.store import Store
from contested.theme import Figure


def unchanged(rows: pd.DataFrame, _: Legend) -> pd.DataFrame:
    """Give the rows as they are."""
    return rows


class Finding(NamedTuple):
    """What the story's page says of one question: its label, one sentence, and a quiet line of who else says what."""

    label: str
    sentence: str
    quiet: str = ""


class Asked(NamedTuple):
    """A question in SQL, and the one after the claims behind its rows."""

    question: str
    claims: str = ""
    of_plain: str = ""
    """The question where every event is plain, and nothing is read together; by default the same."""


@dataclass(frozen=True)
class Computed:
    """Rows computed from those of a question, where only rows that are shown are written out."""

    rows: pd.DataFrame
    """All rows, with what orders, counts and draws them."""
    write: Callable[[pd.DataFrame], pd.DataFrame]
    """Gives any of these rows, in their order, all the columns of the chart."""
    claim_ids: Callable[[], Collection[str]] | None = None
    """Names the claims behind all rows, where that takes less than to write them all."""


@dataclass(frozen=True, repr=False)
class Chart:
    """Everything that the dashboard and the terminal need to know about one chart."""

    key: str
    name: str
    definition: str
    """What is counted, in one line: the subtitle."""
    question: str
    """The SQL put to the relations of `contested.query.relations`."""
    columns: tuple[str, ...]
    """The columns of the answer that leave the program: the table, the terminal, the exports."""
    caveat: str
    """What the viewer must not conclude from it."""
    draw: Callable[[pd.DataFrame, Legend, float], Figure]
    """Draws the figure of a width in px, in the light colours."""
    tell: Callable[[pd.DataFrame, Legend], list[str]]
    """The answer in sentences; the first is the finding that stands as the title."""
    mark: Callable[[Row, Legend], str]
    """The name of one row's mark, where a viewer chooses one."""
    brief: Callable[[pd.DataFrame, Legend, float], Figure] | None = None
    """Draws it shorter, where it stands among others on the story's page; by default as anywhere."""
    title: Callable[[pd.DataFrame, Legend], str] | None = None
    """The finding as a title: the fact first, at most 14 words, no full stop; by default the first sentence."""
    subtitle: Callable[[pd.DataFrame, Legend], str] | None = None
    """What is counted, in one line, where it depends on what the reader chose; by default the definition."""
    fine: Callable[[pd.DataFrame, Legend], str] | None = None
    """What stands in small type under the figure: what it leaves out, and why; empty where there is nothing."""
    finding: Callable[[pd.DataFrame, Legend], Finding] | None = None
    """What the story's page says of it, for the three that it opens with."""
    key_columns: tuple[str, ...] = ()
    """The columns that tell the rows apart, by which the claims behind them are asked; the rows carry no `claim_ids`.

    Without any the rows carry their `claim_ids` themselves.
    """
    marked: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    """The rows that the marks of a figure name by their labels, where a row of the answer has many marks: those of the
    question, told apart by `mark_columns`."""
    mark_columns: tuple[str, ...] = ()
    observed: Callable[[Row, Legend], Mapping[str, list[str]]] | None = None
    """The filters of a selection that leave the observations behind a row, or none where its claims are shown instead:
    a mark that is picked leads to them."""
    claims: str = ""
    """The SQL that names the claims behind each row, a row a claim, some more than once: key columns and `claim_id`.

    By default the question names them, in `claim_ids`."""
    plainly: Asked | None = None
    """The same question and claims, where plain events are kept apart (`contested.query.plain_events`)."""
    compute: Callable[[Any, Legend], pd.DataFrame | Computed] = unchanged
    """Computes the rows of the answer from those of the question: what SQL cannot say well."""
    write: Callable[[pd.DataFrame, Legend], pd.DataFrame] = unchanged
    """Adds to some of the rows the columns that are written only for rows that are shown, such as sentences."""
    in_columns: bool = False
    """Whether the arithmetic goes by whole columns, as they are kept; else by a table of pandas."""
    recipe: str = ""
    """Python that gives the same numbers from the exported table, shown where it is said how they are counted."""
    topic: Topic = EVERYTHING
    """Which claims the question concerns, and which of them cannot support an answer."""
    beside: str = ""
    """The key of the chart whose contradictions are rows too, as far as they are new since the earlier moment."""

    def __repr__(self) -> str:
        return f"Chart({self.key!r})"

    def put_to(self, store: Store, selection: Selection) -> "Chart":
        """Put the question as the store can answer it soonest."""
        question, claims, topic = self.question, self.claims, self.topic
        if self.plainly and store.keeps_plain_events(selection):
            question = (store.is_all_plain and self.plainly.of_plain) or self.plainly.question
            claims = self.plainly.claims
            is_told_twice = Milestone.END in (selection.start, selection.stop)  # also by a clash
            topic = topic._replace(is_told_once=store.is_all_plain and not is_told_twice)
        question, claims = (put_shorter(one, selection) for one in (question, claims))
        return replace(self, question=question, claims=claims, topic=topic)
