"""The whole story as it is filtered, in one file: its charts in the order of the dashboard, and what nobody says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from contested.answers import Answer, answer
from contested.charts import CHARTS
from contested.export import talk
from contested.model.story import Story
from contested.query.selection import By, Selection
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


def charts(story: Story, store: Store) -> Sequence[str]:
    """List the charts of a story by their keys."""
    placed = tuple(key for key, place in story.places.items() if place.latitude is not None)
    return ORDER[holdings(store, placed).form]


def slides(story: Story, store: Store, selection: Selection) -> Iterator[talk.Slide]:
    """Answer the charts of a story."""
    by_key = {chart.key: chart for chart in CHARTS}
    found = (answer(by_key[key], story, store, selection) for key in charts(story, store))
    return answered(story, found)


def answered(story: Story, found: Iterable[Answer]) -> Iterator[talk.Slide]:
    """Make slides of answers that have rows, and one of what nobody says."""
    yield from (talk.Slide(one) for one in found if len(one.rows))
    if story.package.silence:
        yield silence(story)


def silence(story: Story) -> talk.Slide:
    """Make a slide of what nobody says, in the words of the story's editor."""
    return talk.Slide(None, lines=story.package.silence)


MOST_CLAIMS, MOST_ACCOUNTS = 2_000, 20
"""Up to how many claims and accounts a file lets its reader hear one account alone."""


def heard_alone(shown: Sequence[talk.Slide]) -> dict[str, list[talk.Slide]]:
    """Answer the charts of some slides for each account, or closed group of accounts, alone."""
    answers = [slide.answer for slide in shown if slide.answer]
    if not answers or answers[0].claims > MOST_CLAIMS or answers[0].legend.selection.by is not By.ACCOUNT:
        return {}
    lanes = answers[0].legend.lanes()
    if not 1 < len(lanes) <= MOST_ACCOUNTS:
        return {}
    return {lane.label: list(_alone(answers, tuple(voice.key for voice in lane.voices))) for lane in lanes}


def _alone(answers: Iterable[Answer], accounts: tuple[str, ...]) -> Iterator[talk.Slide]:
    for one in answers:
        chosen = one.legend.selection.model_copy(update={"account": accounts})
        yield talk.Slide(answer(one.chart, one.story, one.store, chosen))
