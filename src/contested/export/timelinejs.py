"""TimelineJS (version 3): one event a claim that says when, grouped by account, its time in the words as said."""

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from contested.drawing import html
from contested.export.claim_table import Claims
from contested.model.claim import Claim
from contested.model.times import between, whole_days
from contested.model.wording import counted
from contested.text.attribution import attributed
from contested.text.citation import cite
from contested.text.claim_details import address

LIMITS = (
    "one span a claim and not its four bounds, on the clocks of one zone; contradiction, hearsay and doubt stand in "
    "words only. What gives no time is left out."
)


def timelinejs(found: Claims) -> bytes:
    """Write claims as a timeline; what tells no time is left out, and counted on its first slide."""
    zone = ZoneInfo(found.legend.selection.zone)
    claims = list(found)
    events = [_event(claim, found, zone) for claim in claims if any(claim.ends())]
    left_out = f"{counted(len(claims) - len(events), 'claim')} without a time left out."
    told = [*found.about.lines(LIMITS)][1:]
    text = "".join(f"<p>{html(line)}</p>" for line in (left_out, *told))
    title = {"text": {"headline": html(found.about.finding), "text": text}}
    return json.dumps({"title": title, "events": events, "scale": "human"}, ensure_ascii=False, indent=1).encode()


def _event(claim: Claim, found: Claims, zone: ZoneInfo) -> dict[str, Any]:
    start, end = (moment and moment.astimezone(zone) for moment in claim.ends())
    sentence = attributed([claim], found.legend, found.standing)
    source = found.story.sources.get(claim.source_id)
    cited, where = cite(claim.source_id, found.story.sources).words, address(source)
    link = f'<a href="{html(where)}">{html(cited)}</a>' if where else html(cited)
    return {
        **_dates(start or end, end),
        "display_date": html(claim.time_words or between(start, end)),
        "text": {"headline": html(claim.label or claim.summary), "text": f"<p>{html(sentence)}</p><p>{link}</p>"},
        "group": html(found.legend.label(claim.account)),
        "unique_id": claim.claim_id,
    }


def _dates(start: datetime | None, end: datetime | None) -> dict[str, Any]:
    """Give the first and the last day of whole days, else the minutes."""
    if start and end and (whole := whole_days(start, end)):
        first, last = ({"year": one.year, "month": one.month, "day": one.day} for one in whole)
        return {"start_date": first} | ({"end_date": last} if first != last else {})
    dates = {name: _moment(one) for name, one in (("start_date", start), ("end_date", end)) if one}
    return dates if dates.get("start_date") != dates.get("end_date") else {"start_date": dates["start_date"]}


def _moment(moment: datetime) -> dict[str, int]:
    names = ("year", "month", "day", "hour", "minute", *(["second"] if moment.second else []))
    return {name: getattr(moment, name) for name in names}
