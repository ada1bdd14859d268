"""The vocabulary: every closed list of words that a claim may use.

A new word is one line here; it is then accepted, documented and offered as a filter.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of thing is claimed to have happened."""

    CLASH = "clash"
    FIGHT = "fight"
    ASSAULT = "assault"
    SHOOTING = "shooting"
    ARSON = "arson"
    ROADBLOCK = "roadblock"
    DETENTION = "detention"
    MEDIATION = "mediation"
    CALL = "call"
    DISPATCH = "dispatch"
    EN_ROUTE = "en_route"
    ARRIVAL = "arrival"
    TRANSPORT = "transport"
    END = "end"
    CASUALTIES = "casualties"
    DISPLACEMENT = "displacement"
    DAMAGE = "damage"
    CHECKPOINT = "checkpoint"
    STATEMENT = "statement"
    OTHER = "other"


class Measure(StrEnum):
    """What a figure counts."""

    KILLED = "killed"
    INJURED = "injured"
    DISPLACED = "displaced"
    RETURNED = "returned"
    PARTICIPANTS = "participants"
    DETAINED = "detained"
    PEOPLE = "people"
    BUILDINGS_DAMAGED = "buildings_damaged"
    VEHICLES_DAMAGED = "vehicles_damaged"
    VEHICLES = "vehicles"
    CASES = "cases"
    MONEY = "money"


class Milestone(StrEnum):
    """A moment between which a delay can be measured."""

    ONSET = "onset"
    CALL = "call"
    DISPATCH = "dispatch"
    EN_ROUTE = "en_route"
    ARRIVAL = "arrival"
    TRANSPORT = "transport"
    END = "end"


class Stance(StrEnum):
    """What the account does with the assertion."""

    ASSERTS = "asserts"
    DENIES = "denies"
    RELAYS = "relays"
    CORRECTS = "corrects"


class TimeBasis(StrEnum):
    """How the bounds of a time came about; `logged`: a log stamped it as it happened, and what has no stamp is open."""

    STATED = "stated"
    DERIVED = "derived"
    ASSUMED = "assumed"
    LOGGED = "logged"


class Scope(StrEnum):
    """What a figure covers."""

    EVENT = "event"
    CUMULATIVE = "cumulative"


class Identity(StrEnum):
    """How sure it is that the claim is about this event."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNCLEAR = "unclear"


class Status(StrEnum):
    """Whether the account still stands by the claim."""

    STANDING = "standing"
    WITHDRAWN = "withdrawn"


FATAL_AND_INJURED = (Measure.KILLED, Measure.INJURED)
"""The measures of casualty figures; they are never added up."""

UNIT_KINDS = (Kind.CALL, Kind.DISPATCH, Kind.EN_ROUTE, Kind.ARRIVAL, Kind.TRANSPORT, Kind.END)
"""The kinds of which each unit that responds to an event has its own; `subkind` names the unit.

The `end` is that of its response: it was cleared, closed or available again."""

MILESTONE_KINDS = (Kind.CLASH, *UNIT_KINDS)
"""The kinds of which an event has one, so that an account's claims of it are read together."""


class Units(StrEnum):
    """Which of several units stops the clock: the first to do so, or each its own."""

    FIRST = "first"
    EVERY = "every"


class Calls(StrEnum):
    """Which calls a response time is of: those where help arrived, or every one, also where it never did."""

    ARRIVALS = "arrivals"
    EVERY = "every"


class Period(StrEnum):
    """How long the stretches of time are that what happened is counted by."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class KnownBy(StrEnum):
    """Which time "as known at" goes by: when it was said, when its source was published, or when we recorded it.

    One never stands in for another: what has no time of the chosen sort is not known by it. What an
    account takes back it takes back when it says so, by whichever clock.
    """

    STATED = "stated"
    PUBLISHED = "published"
    RECORDED = "recorded"
