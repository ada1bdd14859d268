"""The form of a story: tellings that differ, a log, a data set, or events; it follows from what the claims hold.

Whatever is shown first, and which views stand in the row of navigation, follows from it.
"""

from enum import StrEnum
from typing import NamedTuple

from contested.model.times import LEAST_DELAYS
from contested.model.vocabulary import FATAL_AND_INJURED, MILESTONE_KINDS
from contested.query.selection import Selection
from contested.query.store import Store

LEAST = 30
"""How many events a data set has at the least, and a log in which most events have no two times."""


class Form(StrEnum):
    """What a story is: its page opens as such."""

    TELLINGS = "tellings"
    """Several accounts of the same events."""
    LOG = "log"
    """The times of the milestones of many events."""
    DATA_SET = "data set"
    """A figure of each of many events."""
    EVENTS = "events"
    """Whatever else."""


class Holdings(NamedTuple):
    """What a story holds, by which it is known what can be asked of it."""

    accounts: int
    events: int
    """How many events there are, all of them."""
    shared_events: int
    """Events of which several accounts tell."""
    timed_events: int
    """Events with two milestones that have a time."""
    figured_events: int
    """Events with a figure of the killed of their own."""
    has_times: bool
    has_hours: bool
    """Whether anything is dated more closely than to its day."""
    has_clashes: bool
    """Whether a clash has a time."""
    has_sides: bool
    """Whether events name both of their sides."""
    has_casualties: bool
    has_injured: bool
    has_places: bool
    """Whether anything lies at a point."""
    is_dated: bool
    """Whether anything says when it was said."""

    @property
    def form(self) -> Form:
        """Say what the story is."""
        if self.accounts > 1 and self.shared_events:
            return Form.TELLINGS
        is_mostly_timed = self.timed_events >= LEAST_DELAYS and 2 * self.timed_events >= self.events
        if self.timed_events >= LEAST or is_mostly_timed:
            return Form.LOG
        return Form.DATA_SET if self.figured_events >= LEAST else Form.EVENTS


SIDES = (("side_a", "side_b"), ("actor1", "actor2"))
"""The groups that name who stood against whom, as those call them who keep them."""


def _words(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


_TIMED = "coalesce(began_earliest, began_latest, ended_earliest, ended_latest) is not null"
_STATED = "measure = 'killed' and scope = 'event' and coalesce(low, best, high) is not null"
_NAMES_SIDES = " or ".join(
    f"contains(groups, '\"{one}\":') and contains(groups, '\"{other}\":')" for one, other in SIDES
)
_MILESTONE = f"filter (kind in ({_words(MILESTONE_KINDS)}) and coalesce(began_earliest, began_latest) is not null)"
_QUESTION = f"""
with claim as (select * from claims where replaced_at is null and status = 'standing')
, event as (
    select min(hash(account)) <> max(hash(account)) as is_shared,
        min(hash(kind)) {_MILESTONE} <> max(hash(kind)) {_MILESTONE} as is_timed,
        coalesce(bool_or({_STATED}), false) as is_figured
    from claim group by event_id)
, counted as (
    select count(*) filter (is_shared) as shared_events, count(*) filter (is_timed) as timed_events,
        count(*) filter (is_figured) as figured_events, count(*) as events
    from event)
select * from counted, (select
    coalesce(bool_or({_TIMED}), false) as has_times,
    coalesce(bool_or(epoch(coalesce(ended_latest, began_latest)) - epoch(began_earliest) < 86340), false) as has_hours,
    coalesce(bool_or(kind = 'clash' and {_TIMED}), false) as has_clashes,
    coalesce(bool_or({_NAMES_SIDES}), false) as has_sides,
    coalesce(bool_or(measure in ({_words(FATAL_AND_INJURED)})), false) as has_casualties,
    coalesce(bool_or(measure = 'injured'), false) as has_injured,
    coalesce(bool_or(latitude is not null or list_contains($placed, place)), false) as has_places,
    coalesce(bool_or(stated_at is not null), false) as is_dated
    from claim)
"""


def holdings(store: Store, placed: tuple[str, ...] = ()) -> Holdings:
    """Look through all current claims, with the names of places whose point the story knows."""
    accounts = len(store.facets().accounts)
    [found] = store.columns(_QUESTION, Selection(), placed=list(placed)).to_pylist()
    return Holdings(accounts, **found)
