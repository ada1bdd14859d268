"""A scenario: whom a reader chooses to believe on each milestone, such as `start=north,stop=south,named=Late help`.

Only here may a delay run from the telling of one account to that of another; every answer then says that it is mixed.
`start` and `stop` mean whichever milestones the reader chose; naming milestones holds for all clocks.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated, NamedTuple

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from contested.model.vocabulary import Milestone
from contested.model.wording import listing

NAMED, LONGEST_NAME = "named", 60
CLOCK = ("start", "stop")
_PREFIX = "scenario: "
Bounds = tuple[float | None, float | None]


def beliefs(scenario: str) -> dict[str, str]:
    """Give the account believed on each milestone."""
    return {milestone: account for milestone, account in _parts(scenario) if milestone not in {NAMED, ""}}


def is_scenario(text: str) -> bool:
    """Say whether a text is one."""
    try:
        return bool(_written(text))
    except PydanticCustomError:
        return False


def key(scenario: str) -> str:
    """Give what its rows stand under instead of an account."""
    return f"{_PREFIX}{scenario}"


def name(scenario: str) -> str:
    """Give the name that the reader gave it, or nothing."""
    return dict(_parts(scenario)).get(NAMED, "")


def said(scenario: str, label: Callable[[str], str] = str) -> str:
    """Say whom the reader believes on what, and that it is mixed."""
    believed = listing(f"{label(account)} on the {milestone}" for milestone, account in beliefs(scenario).items())
    called = f"Scenario “{name(scenario)}”" if name(scenario) else "Scenario"
    return f"{called} (mixed accounts: {believed})"


class Moment(NamedTuple):
    """When one account has a milestone of an event, between two bounds in minutes; nothing where it leaves one open."""

    milestone: str
    account: str
    low: float | None
    high: float | None


def otherwise(moments: Iterable[Moment], believed: Sequence[tuple[str, str]]) -> Iterator[tuple[Moment, Bounds]]:
    """Go through what the delay would be if another were believed on its start or its stop.

    The believed are the milestone and the account of the start, then those of the stop.
    """
    told = list(moments)
    ends = [next((one for one in told if (one.milestone, one.account) == end), None) for end in believed]
    for place, (milestone, account) in enumerate(believed):
        for other in told:
            if other.milestone == milestone and other.account != account:
                start, stop = [other if which == place else end for which, end in enumerate(ends)]
                if start and stop:
                    yield other, (_apart(stop.low, start.high), _apart(stop.high, start.low))


def _apart(stop: float | None, start: float | None) -> float | None:
    return None if stop is None or start is None else stop - start


def _parts(scenario: str) -> list[tuple[str, str]]:
    parts = (part.partition("=") for part in scenario.split(","))
    return [(key.strip(), value.strip()) for key, _, value in parts]


def _written(scenario: str) -> str:
    """Refuse what believes nobody, one account only, or two on one milestone; write the rest in one way."""
    parts, believed = _parts(scenario), beliefs(scenario)
    either = [set(CLOCK), set(map(str, Milestone))]
    if not any(believed.keys() <= keys for keys in either) or not all(value for _, value in parts):
        raise _refused(
            "scenario", "not a scenario", f"write it like start=one,stop=other, or with {', '.join(Milestone)}"
        )
    if len(parts) > len(dict(parts)):
        raise _refused("scenario", "two accounts on one milestone", "believe one on each")
    if len(set(believed.values())) == 1:
        raise _refused("scenario", "a scenario of one account", "choose the account instead")
    if len(name(scenario)) > LONGEST_NAME:
        raise _refused("scenario", "too long a name", f"use at most {LONGEST_NAME} letters")
    return ",".join(f"{key}={value}" for key, value in parts)


def _refused(code: str, reason: str, fix: str) -> PydanticCustomError:
    return PydanticCustomError(code, "{reason}", {"reason": reason, "fix": fix})


Scenario = Annotated[str, AfterValidator(_written)]
