"""Casualties: every figure and when it was said, and the killed event by event compared by group."""

import by_group
from contested.chart import Chart
from contested.query.selection import Selection
from views import chart as alone

BY_GROUP = "killed-by-group"
"""The chart of the same by group."""


def show(chart: Chart, selected: Selection) -> None:
    """Show the figures, and below them the killed of each group."""
    alone.show(chart, selected)
    by_group.show(BY_GROUP, selected)
