"""The news: which contradictions there are now that there were not at an earlier moment."""

import pandas as pd

from contested.chart import Row, each
from contested.compared.comparison import Relation
from contested.wording import counted

_TOLD = 5


def contradictions(then: pd.DataFrame, now: pd.DataFrame) -> list[str]:
    """Count the pairs of positions that cannot both be true since then, and tell the first of them."""
    known = {_pair(row) for row in each(then)}
    fresh = [row.sentence for row in each(now) if row.relation == Relation.CONTRADICT and _pair(row) not in known]
    return [f"{counted(len(fresh), 'new contradiction')}.", *fresh[:_TOLD]] if fresh else []


def _pair(row: Row) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Name what stands against what, whichever claims say so."""
    return row.relation, row.question, tuple(sorted(zip(row.accounts, row.values, strict=True)))
