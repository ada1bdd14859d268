"""Lanes: the rows of a chart from the top down, one for each account or closed group, and the axis of time below them.

Those who say nothing of it have a pale band, or share a row where there are many. The y axis counts pixels.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from contested.drawing import Shape, figure, glyph, is_phone, line, note, shortened, silent_band, text_width
from contested.drawing.silent_row import Quiet, members_of, silent_row
from contested.model.times import day
from contested.model.wording import counted, out_of
from contested.query.legend import Lane, Legend
from contested.theme import LIGHT, NAME, SMALLEST, Figure, Trace, label_colour, plain

HEAD = 20
"""How many px the name takes above its lane on a phone."""
MOST_LANES = 14
"""More accounts than twice the seven shapes do not each have a lane; then the seven with the most do."""
_NAMED, _FOLDED = 7, 7
_BAND = 22
_MARGIN, _NARROW_MARGIN, _WIDE = 176, 166, 800


class Cast(NamedTuple):
    """Who has a lane, who says nothing, and who is too many for lanes of their own."""

    shown: list[Lane]
    """Those with a lane or a band of their own, in the story's order."""
    heard: list[Lane]
    """All who say something."""
    silent: list[Lane]
    """Those who say nothing: shown, or folded into one row."""
    others: list[Lane]
    """Those who say something and have no lane."""
    members: Mapping[str, int]
    """How many of a closed group say nothing, where others of it do."""
    every: int
    """How many accounts or sides there are in all."""
    noun: str

    def is_folded(self) -> bool:
        """Say whether those who say nothing share a row."""
        return bool(self.silent) and self.silent[0] not in self.shown


def cast(
    legend: Legend, said: Mapping[str, int], width: float, apart: Collection[str] = (), *, is_brief: bool = False
) -> Cast:
    """Give lanes to those who say something, by how much each voice says; of very many to the seven who say most.

    Those who say nothing share a row where accounts are many, on a phone, or in brief, but for those to be told apart.
    """
    lanes = legend.lanes()
    sizes = {lane.key: sum(said.get(voice.key, 0) for voice in lane.voices) for lane in lanes}
    heard = [lane for lane in lanes if sizes[lane.key]]
    named = [lane for lane in lanes if not sizes[lane.key] and {voice.key for voice in lane.voices} & set(apart)]
    silent = [lane for lane in lanes if not sizes[lane.key] and lane not in named]
    most = sorted(heard, key=lambda lane: -sizes[lane.key])[:_NAMED] if len(heard) > MOST_LANES else heard
    folds = len(lanes) > _FOLDED or ((is_brief or is_phone(width)) and len(silent) > 1)
    shown = [lane for lane in lanes if lane in most or lane in named or (lane in silent and not folds)]
    quiet = {
        lane.label: sum(not said.get(voice.key) for voice in lane.voices) for lane in heard if lane.is_closed_group
    }
    members = {label: number for label, number in quiet.items() if number}
    others = [lane for lane in heard if lane not in most]
    return Cast(shown, heard, silent, others, members, len(legend.voices), legend.noun)


@dataclass
class Sheet:
    """What a chart with lanes is drawn on, from the top down."""

    width: float
    left: float
    right: float
    y: float = 0
    data: list[Trace] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    notes: list[Shape] = field(default_factory=list)

    @classmethod
    def of(cls, width: float, right: float = 8, on_phone: float = 0) -> "Sheet":
        """Leave room for names at the left, but on a phone."""
        margin = _MARGIN if width >= _WIDE else _NARROW_MARGIN
        return cls(width, 0, on_phone) if is_phone(width) else cls(width, margin, right)

    @property
    def plot(self) -> float:
        """How many px wide the plot is."""
        return self.width - self.left - self.right

    @property
    def is_phone(self) -> bool:
        """Say whether names stand above their lanes."""
        return is_phone(self.width)

    @property
    def has_margin(self) -> bool:
        """Say whether names stand left of the plot."""
        return self.left > _NARROW_MARGIN / 2

    @property
    def head(self) -> float:
        """How many px the name takes above a lane."""
        return HEAD if self.is_phone else 0

    def name(  # noqa: PLR0913, PLR0917 what is said of a lane
        self, label: str, number: int | None, shape: int, middle: float, second: str = "", indent: float = 0
    ) -> float:
        """Name a lane in its colour after its shape, a quiet line below; give how many px high this is."""
        ink = LIGHT["quiet"] if number is None else label_colour(number)
        at, room = indent - self.left, self.left - indent - 30
        if self.is_phone:
            at, room = indent, self.width - indent - 30 - text_width(second)
        lines = wrapped(label, room, NAME)
        if self.is_phone and len(lines) > 1:
            lines = [shortened(label, max(8, int(room / 8)))]
        if number is not None:
            self.shapes += glyph(number, shape, at + 7, middle)
        place: dict[str, Any] = {"xref": "paper", "xshift": at + 18, "is_on_page": self.is_phone}
        below = middle + (len(lines) - 1) * 9
        text = note("", 0, below, ink, size=NAME, **place)
        self.notes.append(text | {"text": "<br>".join(map(plain, lines))})
        if second and self.is_phone:
            there: dict[str, Any] = {"xref": "paper", "anchor": "right", "xshift": -2, "is_on_page": True}
            self.notes.append(note(second, 1, middle, LIGHT["quiet"], **there))
        elif second:
            quiet = wrapped(second, room, SMALLEST)
            text = note("", 0, middle + 18 * len(lines) + (len(quiet) - 1) * 8, LIGHT["quiet"], **place)
            self.notes.append(text | {"text": "<br>".join(map(plain, quiet))})
            return 18 * len(lines) + 17 * len(quiet) + 10
        return 18 * len(lines) + 10

    def lane(self, lane: Lane, middle: float, second: str = "") -> float:
        """Name the lane of an account, or of a closed group and how many it holds."""
        members = counted(len(lane.voices), "account") if lane.is_closed_group and len(lane.voices) > 1 else ""
        return self.name(
            lane.label, lane.number, lane.shape, middle, ", ".join(filter(None, (members, second))), lane.indent
        )

    def silent(self, lane: Lane, text: str) -> None:
        """Draw the pale band of one who says nothing, with what it does not do."""
        middle, inside = self.y + _BAND / 2, lane.indent
        self.shapes.append(silent_band(self.y, _BAND))
        if self.has_margin:
            self.name(shortened(lane.label, 22), lane.number, lane.shape, middle, indent=inside)
        else:
            text = f"{shortened(lane.label)}: {text}"
            self.shapes += glyph(lane.number, lane.shape, 7 + inside, middle)
        at = 8 if self.has_margin else 20 + inside
        self._quiet(fitted(text, self.plot - at - 6), at, middle)
        self.y += _BAND

    def silent_together(self, who: Cast, one: str, several: str, *, is_brief: bool = False) -> None:
        """Name many who say nothing in one pale row, the last ones and those of a group only by their number.

        How many they are stands where names stand; of a narrower figure the row takes the whole width.
        """
        accounts = sum(len(lane.voices) for lane in who.silent) + sum(who.members.values())
        words, number = one if accounts == 1 else several, out_of(accounts, who.every, who.noun)
        is_beside = self.width >= _WIDE and self.has_margin
        margins = (0.0, 0.0) if is_beside else (self.left, self.right)
        if is_beside:
            place: dict[str, Any] = {"size": NAME, "xref": "paper", "xshift": 18 - self.left}
            self.notes.append(note(number, 0, self.y + 13, LIGHT["quiet"], **place))
        first = words if is_beside else f"{number} {words}"
        quiet = [Quiet(lane.label, lane.number, lane.shape) for lane in who.silent]
        rest = members_of(who.members, is_after=bool(quiet))
        most, only = (6 if is_phone(self.plot) else 2), is_brief and self.is_phone
        shapes, notes, high = silent_row(first, quiet, rest, self.plot, margins, self.y, most, only_shapes=only)
        self.shapes += shapes
        self.notes += notes
        self.y += high

    def _quiet(self, text: str, at: float, middle: float) -> None:
        self.notes.append(note(text, 0, middle, LIGHT["quiet"], xref="paper", xshift=at, bgcolor=LIGHT["silent"]))

    def rule(self, y: float, ink: str = LIGHT["grid"]) -> None:
        """Rule a lane off."""
        self.shapes.append(line(0, y, 1, y, ink, xref="paper"))

    def drawn(self, since: datetime, until: datetime) -> Figure:
        """Rule the axis of time and frame all that was drawn."""
        lines, hours, foot = time_axis(since, until, self.plot, self.y + 2, (self.left, self.right))
        x = {"type": "date", "range": [stamp(since), stamp(until)], "showticklabels": False}
        return self._framed([*lines, *self.shapes], [*self.notes, *hours], foot, x)

    def undated(self) -> Figure:
        """Frame what has no time; where nobody says anything that is said in a pale band."""
        if not self.y:
            self.shapes.append(silent_band(0, _BAND))
            self._quiet("nothing is told of it here", 8, _BAND / 2)
            self.y = _BAND
        return self._framed(self.shapes, self.notes, 2, {"range": [0, 1], "showticklabels": False})

    def _framed(self, shapes: list[Shape], notes: list[Shape], foot: float, x: dict[str, object]) -> Figure:
        high = self.y + 2
        y = {"range": [high, 0], "showticklabels": False}
        frame = {"left": self.left, "right": self.right, "bottom": foot, "shapes": shapes, "notes": notes}
        return figure(self.width, high + foot, self.data, **frame, xaxis=x, yaxis=y)  # type: ignore[arg-type]


def stamp(moment: datetime) -> str:
    """Write a wall clock as an axis of time takes it."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}" if moment.year > 999 else moment.isoformat(timespec="seconds")  # noqa: PLR2004 years of four digits


def wrapped(label: str, room: float, size: float = NAME) -> list[str]:
    """Set a name in at most two lines of so many px; what is longer is cut in the middle."""
    lines = [""]
    for word in label.split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, size) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = lines if len(lines) < 3 else [lines[0], " ".join(lines[1:])]  # noqa: PLR2004 two lines
    return [fitted(one, room, size) for one in kept]


def fitted(text: str, room: float, size: float = SMALLEST) -> str:
    """Cut a text in its middle so that it takes no more than so many px."""
    most = len(text)
    while text_width(shortened(text, most), size) > room and most > 4:  # noqa: PLR2004 at least a letter either side
        most -= 1
    return shortened(text, most)


# the axis of time


class _Tick(NamedTuple):
    """Where a line stands and its text: at the line, or in the middle of the time up to the next one."""

    moment: datetime
    text: str
    date: str = ""
    is_heavy: bool = False
    middle: datetime | None = None


def time_axis(
    since: datetime, until: datetime, plot: float, bottom: float, margins: tuple[float, float]
) -> tuple[list[Shape], list[Shape], float]:
    """Rule an axis of wall clocks by hours, days, months or years; give its lines, its texts, the px they take below.

    Of two texts that would touch the second is left out.
    """
    per_px = (until - since) / plot
    ticks = list(_ticks(since, until, per_px))
    shapes, notes, free = [], [], -20.0
    for tick in ticks:
        x, at = stamp(tick.moment), (tick.moment - since) / per_px
        ink, thick = (LIGHT["midnight"], 1.5) if tick.is_heavy else (LIGHT["grid"], 1)
        shapes.append(line(x, 0, x, bottom, ink, width=thick))
        wide = max(text_width(tick.text), text_width(tick.date) * 1.08)
        middle = (tick.middle - since) / per_px if tick.middle else at
        low = min(max(middle - wide / 2, -min(margins[0], 20)), plot - wide + margins[1])
        if low < free or not tick.text:
            continue
        free = low + wide + 8
        lean = low - (middle - wide / 2)
        text = note(
            tick.text,
            stamp(tick.middle or tick.moment),
            0,
            LIGHT["text"] if tick.is_heavy else LIGHT["quiet"],
            anchor="center" if abs(lean) < 1 else "left" if lean > 0 else "right",
            yanchor="top",
            yref="paper",
            yshift=-3,
        )
        if abs(lean) >= 1:
            text["xshift"] = (low - middle) if lean > 0 else (low + wide - middle)
        if tick.date:
            date = plain(tick.date)
            text["text"] += f"<br><b>{date}</b>" if tick.is_heavy else f"<br>{date}"
        notes.append(text)
    return shapes, notes, 40 if any(tick.date for tick in ticks) else 24


_HOURS, _DAYS, _MONTHS = (timedelta(days=one) for one in (4, 45, 1500))
"""Up to how long an axis is ruled by hours, by days and by months."""


def _ticks(since: datetime, until: datetime, per_px: timedelta) -> Iterable[_Tick]:
    if until - since <= _HOURS:
        return _hours(since, until, per_px)
    if until - since <= _DAYS:
        return _days(since, until, per_px)
    return _months(since, until, per_px) if until - since <= _MONTHS else _years(since, until, per_px)


def _hours(since: datetime, until: datetime, per_px: timedelta) -> Iterable[_Tick]:
    step = next((hours for hours in (1, 3, 6, 12) if timedelta(hours=hours) / per_px >= 54), 24)  # noqa: PLR2004 px
    moment = since.replace(minute=0, second=0, microsecond=0)
    while moment < since or moment.hour % step:
        moment += timedelta(hours=1)
    first = moment
    while moment <= until:
        midnight = moment.hour == 0
        yield _Tick(moment, f"{moment:%H:%M}", day(moment) if midnight or moment == first else "", midnight)
        moment += timedelta(hours=step)


def _days(since: datetime, until: datetime, per_px: timedelta) -> Iterable[_Tick]:
    wide = timedelta(days=1) / per_px
    every = next(days for days in (1, 2, 3, 5, 7, 14, 60) if days * wide >= 26)  # noqa: PLR2004 px
    moment = since.replace(hour=0, minute=0, second=0, microsecond=0)
    number, is_named = 0, False
    while moment < until:
        noon = moment + timedelta(hours=12)
        is_first = not is_named or moment.day == 1
        text = "" if number % every else day(moment) if is_first or every * wide > 50 else f"{moment.day}"  # noqa: PLR2004 px
        text = text if since <= noon <= until else ""
        yield _Tick(moment, text, "", moment.day == 1, noon)
        is_named = is_named or bool(text)
        moment, number = moment + timedelta(days=1), number + 1


def _months(since: datetime, until: datetime, per_px: timedelta) -> Iterable[_Tick]:
    every = next(months for months in (1, 2, 3, 6, 12) if months * timedelta(days=30) / per_px >= 40 or months == 12)  # noqa: PLR2004
    first = True
    for number in range(since.year * 12 + since.month - 1, until.year * 12 + until.month):
        moment = since.replace(
            year=number // 12, month=number % 12 + 1, day=1, hour=0, minute=0, second=0, microsecond=0
        )
        if not since <= moment < until:
            continue
        january = moment.month == 1
        text = f"{moment:%b}" if number % every == 0 else ""
        yield _Tick(moment, f"{text} {moment.year}" if text and (first or january) else text, "", january)
        first = first and not text


def _years(since: datetime, until: datetime, per_px: timedelta) -> Iterable[_Tick]:
    every = next(years for years in _EACH if years * timedelta(days=365) / per_px >= 50 or years == _EACH[-1])  # noqa: PLR2004 px
    for year in range(-(-since.year // every) * every, until.year + 1, every):
        moment = since.replace(year=max(year, 1), month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
        if since <= moment <= until:
            yield _Tick(moment, str(year))


_EACH = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000)
