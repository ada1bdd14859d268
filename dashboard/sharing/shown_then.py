"""What was shown at a moment: a reader gives it, and the record says up to which entry the story then was."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

import claims
import write_access
from contested.model.times import date, readings, zone_time
from contested.record.entry import Entry

_WIDE = 260


def moment(key: str) -> datetime | None:
    """Ask for a moment; an hour that the clocks showed twice is the first of the two."""
    zone = claims.story().package.zone
    wall = st.datetime_input(f"Moment, {zone_time(zone)}", value=None, key=key, width=_WIDE)
    return readings(wall, zone)[0] if wall else None


def story_at(when: datetime) -> claims.StoryRef | None:
    """Return the story in view as it was at a moment, for whom it is shown; none where it was not in the record yet."""
    kept, name = claims.record(), claims.current_story().name
    entry = kept.last_by(when) if kept else None
    if entry is None:
        return None
    run = claims.resolve(write_access.is_local_session(), name, entry.head(), for_newsroom=write_access.may_write())
    return run.shown if name in run.stories else None


def recorded(entry: Entry) -> str:
    """Say which entry it is and when it was recorded."""
    at = datetime.fromisoformat(entry.recorded_at).astimezone(ZoneInfo(claims.story().package.zone))
    return f"entry {entry.seq}, recorded {date(at)}, {at:%H:%M}"
