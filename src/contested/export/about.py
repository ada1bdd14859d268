"""About an export: what each file says of itself, so that nobody passes a figure on without what belongs to it."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from contested.answers import Answer
from contested.model.story import Story
from contested.model.wording import counted
from contested.query.selection import Selection
from contested.query.store import Store
from contested.text.citation import cite


class About(NamedTuple):
    """The finding, what is counted and must not be concluded, as known when, filtered how, whence, on which terms."""

    finding: str
    sentence: str
    definition: str
    caveat: str
    filters: str
    hidden: str
    stamp: str
    licence: str
    sources: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    """What a presenter says on the chart, in the presenter's own words."""

    def plain(self, limits: str) -> dict[str, Any]:
        """Give it as a plain object, with what the format cannot hold."""
        told = self._asdict() | {"sources": list(self.sources), "remarks": list(self.remarks), "cannot_hold": limits}
        return told if self.remarks else {name: one for name, one in told.items() if name != "remarks"}

    def lines(self, limits: str) -> Iterator[str]:
        """Write it as lines of text, with what the format cannot hold."""
        yield self.finding
        yield from filter(None, (self.sentence, f"What is counted: {self.definition}", self.caveat))
        yield from self.remarks
        yield f"Filters: {self.filters}. {self.hidden}."
        yield self.stamp
        yield f"Licence: {self.licence}."
        yield f"What this file cannot hold: {limits}"
        yield from (f"Source: {words}" for words in self.sources)

    def metadata(self, limits: str) -> dict[str, bytes]:
        """Write it as the metadata of a file, each a text or a list as JSON."""
        told = self.plain(limits).items()
        return {
            name: (one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)).encode() for name, one in told
        }


def of_answer(found: Answer) -> About:
    """Say it of an answer."""
    selection = found.legend.selection
    return About(
        found.title,
        found.sentence,
        found.subtitle,
        " ".join(filter(None, (found.caveat, found.fine))),
        selection.sentence(found.legend.names()),
        found.hidden() or "Nothing hidden",
        found.stamp(),
        found.story.package.licence(),
        tuple(one.words for one in found.sources),
        tuple(found.remark_sentences),
    )


def of_story(story: Story, store: Store, selection: Selection) -> About:
    """Say it of the claims of a story."""
    summary = store.summary(selection)
    record = f" · record {story.head[:12]}" if story.head else ""
    made = f"{selection.as_of()} · {selection.zone} · {counted(summary.claims, 'claim')}"
    return About(
        story.package.title,
        story.package.standfirst,
        "One claim a row: what one account says of one event, found in one source, as it now stands",
        "Two claims may contradict each other, and a claim that was withdrawn says so in its status.",
        selection.sentence({"account": {key: one.label for key, one in story.accounts.items()}}),
        "Nothing hidden" if not summary.hidden else f"{counted(summary.hidden, 'account')} hidden",
        f"{made} · data {summary.data_hash[:12]}{record}",
        story.package.licence(),
        tuple(cite(source_id, story.sources).words for source_id in story.sources),
    )
