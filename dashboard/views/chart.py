"""One chart on a page of its own."""

from functools import partial

import claims
import timeline_windows
from card import card
from contested.chart import Chart
from contested.query.selection import Selection


def show(chart: Chart, selected: Selection) -> None:
    """Show a chart for the claims that the viewer selected."""
    controls = partial(timeline_windows.show, selected) if chart.key == "timeline" else None
    card(claims.ask(chart.key, selected), controls=controls)
