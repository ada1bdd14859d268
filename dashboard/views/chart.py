"""One chart on a page of its own."""

from collections.abc import Iterator
from functools import partial

import claims
import few_figures
import timeline_strip
import timeline_windows
from card import card, charts_of
from contested.chart import Chart
from contested.query.selection import Selection
from panel import mount


def charts(chart: Chart, selected: Selection) -> Iterator[mount.Chart]:
    """Give the chart, as its card shows it."""
    answer = claims.ask(chart.key, selected)
    yield from charts_of(answer, few_figures.body(answer))


def show(chart: Chart, selected: Selection) -> None:
    """Show a chart for the claims that the viewer selected."""
    answer = claims.ask(chart.key, selected)
    if chart.key == "timeline":
        card(answer, controls=partial(timeline_windows.show, selected), above=partial(timeline_strip.show, selected))
    else:
        card(answer, body=few_figures.body(answer))
