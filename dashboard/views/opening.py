"""The opening page of a story, by what it is: tellings, a log, a data set, or events."""

import claims
from contested.query.selection import Selection
from contested.query.story_form import Form
from views import data_set_story, events_story, log_story, story

_SHOWN = {
    Form.TELLINGS: story.show,
    Form.LOG: log_story.show,
    Form.DATA_SET: data_set_story.show,
    Form.EVENTS: events_story.show,
}


def show(selected: Selection) -> None:
    """Show the story as what it is."""
    _SHOWN[claims.holdings().form](selected)
