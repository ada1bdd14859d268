"""The feed of revisions: what was corrected or withdrawn, when and why, as Atom (RFC 4287)."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from contested.ingest.characters import printable
from contested.model.corrections import Change
from contested.model.story import Story

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_ATOM = "http://www.w3.org/2005/Atom"
MOST = 50
"""How many revisions a feed holds."""
_NEVER = "1970-01-01T00:00:00+00:00"


def atom(story: Story, itself: str, evidence: str) -> bytes:
    """Write the last revisions of a story, the newest first, each linked to its claim."""
    told = sorted(_revisions(story), key=lambda one: one[0], reverse=True)[:MOST]
    feed = ET.Element(f"{{{_ATOM}}}feed")
    add(feed, "title", f"{story.package.title}: corrections")
    add(feed, "id", f"urn:contested:{story.name}")
    add(feed, "updated", told[0][0].isoformat() if told else _NEVER)
    add(add(feed, "author"), "name", story.package.title)
    add(feed, "link", rel="self", href=itself)
    for moment, claim_id, number, change in told:
        entry = add(feed, "entry")
        add(entry, "id", f"urn:contested:{story.name}:{claim_id}:{number}")
        add(entry, "title", f"{change.act.capitalize()}: {change.before.summary}")
        add(entry, "updated", moment.isoformat())
        add(entry, "summary", change.why or "no reason given")
        add(entry, "link", href=f"{evidence}?{urlencode({'quote': claim_id})}")
    return finished(feed)


def finished(feed: ET.Element) -> bytes:
    """Write a feed out."""
    ET.register_namespace("", _ATOM)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _revisions(story: Story) -> Iterator[tuple[datetime, str, int, Change]]:
    for claim_id, changes in story.changes.items():
        for number, change in enumerate(changes, start=2):
            yield change.recorded_at, claim_id, number, change


def add(to: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    """Add an element; its text is untrusted."""
    made = ET.SubElement(to, f"{{{_ATOM}}}{name}", attributes)
    made.text = None if text is None else printable(text)
    return made
