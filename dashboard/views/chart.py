"""One chart on a page of its own."""

import claims
from card import card
from contested.chart import Chart
from contested.query.selection import Selection


def show(chart: Chart, selected: Selection) -> None:
    """Show a chart for the claims that the viewer selected."""
    card(claims.ask(chart.key, selected))
