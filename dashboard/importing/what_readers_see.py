"""What readers will see of a new release: which charts say otherwise then, and what stays at what was shown."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyarrow as pa
import streamlit as st

from contested import library
from contested.answers import answer
from contested.charts import CHARTS
from contested.drawing import html
from contested.model.problem import UnusableDeckError
from contested.model.side_tables import Account
from contested.model.story import Story
from contested.model.wording import counted, listing
from contested.query.selection import Selection
from contested.query.store import Store
from contested.record.decks import Decks
from contested.record.log import Record
from contested.record.release import Release
from contested.record.revisions import current
from importing.confirmation import Confirmation

LOOKED_AT = {
    "timeline": "Timeline",
    "hourly-clashes": "Clashes",
    "casualty-counts": "Casualties",
    "response-delays": "Delays",
    "map": "Map",
}
"""The charts whose titles are compared."""
MOST = 50_000
"""Of more claims than this the charts are not drawn beforehand."""


def show(record: Record, one: Release, seen: Confirmation, decks: Decks | None) -> None:
    """List, chart by chart, what readers will read in place of what they read now."""
    titles = _changed(f"{seen.base.hash} {seen.digest}", record, one)
    said = [*titles, *unchanged(one.submission.story, decks)]
    lines = "".join(f"<li><b>{html(what)}</b>: {html(words)}</li>" for what, words in said)
    st.html(f'<p class="part">What readers will see</p><ul class="readers-see">{lines}</ul>')


@st.cache_data(max_entries=4, show_spinner="Reading what the charts will say …")
def _changed(seen: str, _record: Record, _one: Release) -> list[tuple[str, str]]:  # noqa: ARG001 the key of what is kept
    """Find it once for each difference that is looked at, which `seen` names."""
    return list(changed_titles(_record, _one))


def changed_titles(record: Record, one: Release) -> Iterator[tuple[str, str]]:
    """Give the titles that charts have now and will have then, and name the charts whose titles stay."""
    story = library.kept_story(record, one.submission.story, one.base)
    if len(story.claims) + len(one.rows) > MOST:
        yield "Charts", f"not drawn beforehand, of more than {MOST:,} claims"
        return
    before = _titles(story, current(story.claims))
    after = _titles(story, current(pa.concat_tables([story.claims, one.rows])))
    for key, name in LOOKED_AT.items():
        if before[key] != after[key]:
            yield name, f"“{after[key]}”, now “{before[key]}”"
    if same := [name for key, name in LOOKED_AT.items() if before[key] == after[key]]:
        yield listing(same), "the same title as now"


def _titles(story: Story, claims: pa.Table) -> dict[str, str]:
    """Give the title of each chart of a story with these claims, by the clock that it opens on."""
    names = {name: Account(account=name, label=name) for name in claims["account"].unique().to_pylist()}
    shown = replace(story, claims=claims, accounts=names | story.accounts, changes={})
    store = Store(claims)
    clock = store.facets().clock
    usual = Selection(zone=story.package.zone, start=clock.start, stop=clock.stop)
    charts = (chart for chart in CHARTS if chart.key in LOOKED_AT)
    return {chart.key: answer(chart, shown, store, usual).title for chart in charts}


def unchanged(story: str, decks: Decks | None) -> Iterator[tuple[str, str]]:
    """Say what keeps what it shows: frozen links, and the decks that were frozen."""
    titles = list(_frozen(story, decks)) if decks else []
    frozen = counted(len(titles), "frozen deck")
    yield (
        f"Frozen links and {frozen} ({listing(titles)})" if titles else "Frozen links",
        "keep what they show, and say that something newer is there",
    )


def _frozen(story: str, decks: Decks) -> Iterator[str]:
    names: Sequence[str] = list(decks.of_story(story))
    for name in names:
        try:
            if (deck := decks.read(name)).frozen:
                yield deck.title
        except UnusableDeckError:
            continue
