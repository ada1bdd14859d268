"""The opening page of a story, by what it is: tellings, a log, a data set, or events."""

from collections.abc import Iterable

import claims
from contested.query.selection import Selection
from contested.query.story_form import Form
from panel import mount
from views import data_set_story, events_story, log_story, story

_SHOWN = {
    Form.TELLINGS: story.show,
    Form.LOG: log_story.show,
    Form.DATA_SET: data_set_story.show,
    Form.EVENTS: events_story.show,
}


_CHARTS = {Form.TELLINGS: story.charts}


def charts(selected: Selection) -> Iterable[mount.Chart]:
    """Go through the charts that are repainted before the rest of the page is drawn."""
    form = claims.holdings().form
    return _CHARTS[form](selected) if form in _CHARTS else ()


def show(selected: Selection) -> None:
    """Show the story as what it is."""
    _SHOWN[claims.holdings().form](selected)
