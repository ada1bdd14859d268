"""A selection: which claims the viewer wants to see, as known when, and read how.

It is the whole state of the dashboard. It becomes a database filter, and it says itself in plain words for headings and
exports; its field names are the parameters of a link and the options of the terminal.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, NamedTuple, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from contested.model.times import HEDGE_MINUTES, Instant, Zone, at, duration
from contested.model.vocabulary import Calls, Kind, KnownBy, Milestone, Period, Units
from contested.model.wording import listing, spaced
from contested.query import groups
from contested.query.resolution import Resolution
from contested.query.resolution import sentence as preferred
from contested.query.scenario import Scenario
from contested.query.scenario import said as told


class Filter(NamedTuple):
    """How a choice narrows the claims, in SQL and in words."""

    sql: str
    words: str


class By(StrEnum):
    """Whose telling a chart goes by: the voice, or the side of the story that it is told as part of."""

    ACCOUNT = "account"
    SIDE = "side"


_AS = {KnownBy.STATED: "As known at", KnownBy.PUBLISHED: "As published by", KnownBy.RECORDED: "As recorded by"}

NO_SIDE = "neither"
"""The side of a claim that is told as part of no side's story."""


def told_on(side: str, label: str) -> str:
    """Say on whose side of the story something is told."""
    if side == NO_SIDE:
        return "as part of no side's story"
    return f"on the {label}" if label.casefold().endswith(" side") else f"on the side of {label}"


NOBODY = ""
"""The account of a selection that hears nobody; no claim is without an account."""
MOST_MINUTES = 10**9
LATEST = "coalesce(ended_latest, greatest(began_latest, ended_earliest, case when kind = 'clash' then stated_at end))"
EARLIEST = "began_earliest"
"""The last and the first moment at which what a claim tells of may have gone on."""


Minutes = Annotated[int, Field(ge=-MOST_MINUTES, le=MOST_MINUTES)]
Target = Annotated[float, Field(gt=0, le=MOST_MINUTES)]


def _several(minutes: object) -> object:
    """Read one number as the only target."""
    return [minutes] if isinstance(minutes, int | float | str) else minutes


def _each_once(minutes: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(dict.fromkeys(minutes))


class Selection(BaseModel):
    """An immutable, hashable answer to "which claims?". A claim without a time is never filtered away by one."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, populate_by_name=True)

    account: Annotated[tuple[str, ...], Filter("list_contains($account, account)", "according to {}")] = ()
    """The accounts to hear; none chosen means all, an empty name that nobody is heard."""
    side: Annotated[tuple[str, ...], Filter(f"list_contains($side, coalesce(side, '{NO_SIDE}'))", "told {}")] = ()
    """The sides of the story to hear."""
    kind: Annotated[tuple[Kind, ...], Filter("list_contains($kind, {kind})", "only {}")] = ()
    """The kinds of claim to keep."""
    place: Annotated[tuple[str, ...], Filter("list_contains($place, place)", "in {}")] = ()
    """The places to keep."""
    event: Annotated[tuple[str, ...], Filter("list_contains($event, event_id)", "about {}")] = ()
    """The events to keep."""
    where: Annotated[tuple[str, ...], Filter("{where}", "where {}")] = ()
    """The groups of calls and other events to keep, such as `priority=3`: of several values of one name any, of several
    names all."""
    since: Annotated[Instant | None, Filter("coalesce({latest} >= $since, true)", "from {}"), Field(alias="from")] = (
        None
    )
    """Only what may have gone on at or after this, and what gives no time."""
    until: Annotated[Instant | None, Filter("coalesce({earliest} < $until, true)", "until {}"), Field(alias="to")] = (
        None
    )
    """Only what may have begun before this, and what gives no time."""
    as_known_at: Instant | None = None
    """Only what had certainly been stated (or published, or recorded) by then, and what then stood."""
    known_by: KnownBy = KnownBy.STATED
    """Whether "as known at" goes by when a claim was stated, by when its source was published, or by when the claim was
    recorded."""
    compared_with: Instant | None = None
    """The earlier moment, to see what changed since."""
    zone: Zone = "UTC"
    """The time zone that the viewer reads times in."""
    by: By = By.ACCOUNT
    """Whether charts go by the voice or by the side of the story it is told as part of."""
    open_groups: tuple[str, ...] = ()
    """The groups of accounts whose members each have a row of their own."""
    hedged: bool = False
    """Whether "about" widens a time, which is an assumption."""
    start: Milestone = Milestone.ONSET
    """The milestone that starts the clock of a delay."""
    stop: Milestone = Milestone.ARRIVAL
    """The milestone that stops it."""
    units: Units = Units.FIRST
    """Which unit stops the clock where several respond to one event: the first, or every one its own."""
    calls: Calls = Calls.ARRIVALS
    """Which calls a response time is of: those with an arrival (of whatever stops the clock), or every call, where one
    that was cleared without an arrival was never reached and one that is open may still be."""
    scenario: Scenario | None = None
    """Whom to believe on each milestone, such as `start=one,stop=other`: the only way to mix accounts in a delay."""
    resolution: Annotated[str, Field(min_length=1)] = Resolution.ALL
    """How disagreement is resolved in headlines: all, range, majority (of independent origins), defer, or the account
    or source that is preferred. The tables and figures always hold all."""
    trimmed_below_minutes: Minutes | None = None
    """Leave delays that are certainly shorter out of the pools, and count them."""
    trimmed_above_minutes: Minutes | None = None
    """Leave delays that are certainly longer out of the pools, and count them."""

    group: Annotated[str, StringConstraints(min_length=1)] | None = None
    """What delays are compared by: a column that was kept for it, or when the clock starts (`year`, `month`, `weekday`,
    `hour`, or a moment to be before and after of)."""
    target_minutes: Annotated[tuple[Target, ...], BeforeValidator(_several), AfterValidator(_each_once)] = ()
    """Within how many minutes help is to come, or several such times; the share of the delays that are is told of each,
    and titles go by the first."""
    period: Period | None = None
    """By which stretches of time delays and clashes are counted over time; by default as the time in view is long."""

    @classmethod
    def of_several(cls) -> dict[str, list[str] | None]:
        """Name the fields that hold several values, each with its choices where these are a closed list."""
        several = {name: field for name, field in cls.model_fields.items() if isinstance(field.default, tuple)}
        return {name: _choices_of(get_args(field.annotation)[0]) for name, field in several.items()}

    @model_validator(mode="after")
    def _names_groups(self) -> Self:
        for said in self.where:
            if not all(groups.split(said)):
                more = {"said": repr(said), "fix": "write it like priority=3"}
                raise PydanticCustomError("where", "where {said}: no name and value", more)
        for name in (*groups.by_name(self.where), self.group or ""):
            groups.moment(name, self.zone)  # refuses a moment that the clocks of the zone showed twice or never
        return self

    def condition(
        self,
        *names: str,
        kind: str = "kind",
        latest: str = LATEST,
        earliest: str = EARLIEST,
        where: str | None = None,
        told: str = "",
    ) -> str:
        """Give the SQL condition of the filters that were chosen, or of those among them that are named.

        The other arguments say what stands for the kind of a claim, for its time and for what is asked of its groups,
        where these are no columns, and what is `told` of all events.
        """
        grouped = groups.condition(self.where, self.zone, told) if where is None else where
        of = {"kind": kind, "latest": latest, "earliest": earliest, "where": grouped}
        made = [choice.sql.format(**of) for name, _, choice in self._choices() if not names or name in names]
        return " and ".join(made) or "true"

    def chosen_filters(self) -> set[str]:
        """Name the filters that were chosen."""
        return {name for name, *_ in self._choices()}

    def kept_values(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Go through the filters that keep some values, with these values."""
        for name, value, _ in self._choices():
            if isinstance(value, tuple):
                yield name, value

    def sentence(self, names: Mapping[str, Mapping[str, str]] | None = None) -> str:
        """Say the selection in words, with names for the ids of accounts, sides and places where there are any."""
        of = names or {}
        of = {**of, "account": {NOBODY: "nobody", **of.get("account", {})}}
        named = of["account"]
        said = [choice.words.format(self._spoken(value, of.get(name, {}))) for name, value, choice in self._choices()]
        said += [f"told by {self.by}"] * (self.by is not By.ACCOUNT)
        said += [f"“about” read as ±{HEDGE_MINUTES} minutes"] * self.hedged
        said += ["every unit"] * (self.units is Units.EVERY)
        said += ["every call"] * (self.calls is Calls.EVERY)
        said += [words for words in [preferred(self.resolution, named)] if words]
        said += [f"compared by {groups.spoken(self.group, self.zone)}"] if self.group else []
        said += [self.targets()] * bool(self.target_minutes)
        said += [f"by {self.period}"] * (self.period is not None)
        said += [f"pooled without delays {words}" for words in self.trimmed()]
        said += [told(self.scenario, lambda key: named.get(key, key))] if self.scenario else []
        return ", ".join(said) or "all accounts"

    @property
    def target(self) -> float | None:
        """Give the target that titles go by, if there is one."""
        return next(iter(self.target_minutes), None)

    def targets(self) -> str:
        """Say the targets that are asked."""
        several = "s" * (len(self.target_minutes) > 1)
        return f"target{several} {listing(duration(one, one) for one in self.target_minutes)}"

    def trimmed(self) -> list[str]:
        """Say which delays the reader leaves out of the pools."""
        rules = (("under", self.trimmed_below_minutes), ("over", self.trimmed_above_minutes))
        return [f"{side} {duration(minutes, minutes)}" for side, minutes in rules if minutes is not None]

    def as_of(self) -> str:
        """Say as known when."""
        if not self.as_known_at:
            return "As known from all claims"
        return f"{_AS[self.known_by]} {self._spoken(self.as_known_at, {})}"

    def _choices(self) -> Iterator[tuple[str, object, Filter]]:
        for name, field in type(self).model_fields.items():
            for choice in field.metadata:
                if isinstance(choice, Filter) and (value := getattr(self, name)):
                    yield name, value, choice

    def _spoken(self, value: object, names: Mapping[str, str]) -> str:
        match value:
            case datetime():
                return at(value.astimezone(ZoneInfo(self.zone)))
            case tuple() if value is self.where:
                asked = groups.by_name(self.where).items()
                return " and ".join(groups.narrowed(name, values, self.zone) for name, values in asked)
            case tuple() if value is self.side:
                return " or ".join(told_on(one, names.get(one, one)) for one in self.side)
            case tuple():
                return " or ".join(spaced(one) if isinstance(one, Kind) else names.get(one, one) for one in value)
            case _:
                return str(value)


def _choices_of(kind: type) -> list[str] | None:
    return list(kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else None
