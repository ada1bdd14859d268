"""The whole story as it is filtered, in one file: its charts in the order of the dashboard, and what nobody says."""

from collections.abc import Iterator, Mapping, Sequence

from contested.answers import answer
from contested.charts import CHARTS
from contested.export import talk
from contested.model.story import Story
from contested.query.selection import Selection
from contested.query.store import Store
from contested.query.story_form import Form, holdings

ORDER: Mapping[Form, Sequence[str]] = {
    Form.TELLINGS: (
        *("timeline", "hourly-clashes", "response-delays", "casualty-counts", "disagreements", "changes", "map"),
        "precision-and-sources",
    ),
    Form.LOG: (
        *("response-delays", "pooled-delays", "delays-over-time", "delays-by-hour-of-week", "calls-per-hour", "map"),
        "observations",
    ),
    Form.DATA_SET: ("killed-over-time", "who-against-whom", "events-over-time", "map", "casualty-counts"),
    Form.EVENTS: ("timeline", "events-over-time", "map", "casualty-counts", "changes"),
}
"""The charts of each kind of story, by their keys; those that nothing answers are left out."""


def slides(story: Story, store: Store, selection: Selection) -> Iterator[talk.Slide]:
    """Answer the charts of a story."""
    placed = tuple(key for key, place in story.places.items() if place.latitude is not None)
    charts = {chart.key: chart for chart in CHARTS}
    for key in ORDER[holdings(store, placed).form]:
        found = answer(charts[key], story, store, selection)
        if len(found.rows):
            yield talk.Slide(found)
    if story.package.silence:
        yield talk.Slide(None, lines=story.package.silence)
