"""The paper that a figure is drawn on: where a value of an axis lies in px, and what is cut off at an edge."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from contested.export.svg.element import tag

PAPER, DOMAIN = "paper", " domain"


@dataclass(frozen=True)
class Scale:
    """An axis: the values at its two ends, and where these lie in px."""

    low: float
    high: float
    start: float
    end: float
    is_date: bool = False

    def number(self, value: Any) -> float:  # noqa: ANN401 a number, or a moment as text
        """Give a value as a number; a moment in milliseconds."""
        if self.is_date and isinstance(value, str):
            moment = datetime.fromisoformat(value)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000
        return float(value)

    def px(self, value: Any) -> float:  # noqa: ANN401
        """Say where a value lies."""
        return self.share((self.number(value) - self.low) / (self.high - self.low))

    def share(self, part: float) -> float:
        """Say where a part of the axis lies, from 0 to 1."""
        return self.start + part * (self.end - self.start)

    @property
    def edges(self) -> tuple[float, float]:
        """Give its ends in px, the lesser first."""
        return min(self.start, self.end), max(self.start, self.end)


class Paper:
    """The scales of a figure, its colours, and what is defined once for several of its marks."""

    def __init__(
        self, layout: Mapping[str, Any], data: Sequence[Mapping[str, Any]], name: str, paint: Callable[[str], str]
    ) -> None:
        self.width, self.height, self._name, self._paint = layout["width"], layout["height"], name, paint
        margin = layout["margin"]
        ends = {"x": (margin["l"], self.width - margin["r"]), "y": (self.height - margin["b"], margin["t"])}
        self._whole = {letter: Scale(0, 1, *ends[letter]) for letter in ends}
        self.axes = {key.replace("axis", ""): value for key, value in layout.items() if key[1:5] == "axis"}
        self.scales = {
            key: _scale(axis, self._whole[key[0]], lambda key=key: _values(data, key))  # type: ignore[misc]
            for key, axis in self.axes.items()
        }
        self._defined: dict[object, tuple[str, str]] = {}

    def colour(self, colour: str | None) -> str:
        """Give what stands for a colour."""
        return "none" if not colour or colour == "rgba(0,0,0,0)" else self._paint(colour)

    def at(self, ref: str, value: Any) -> float:  # noqa: ANN401
        """Say where a value lies: on an axis, on a part of one, or on the paper, whose letter stands before."""
        letter = ref[0]
        if ref[1:] == PAPER:
            return self._whole[letter].share(value)
        scale = self.scales[ref.removesuffix(DOMAIN)]
        return scale.share(value) if ref.endswith(DOMAIN) else scale.px(value)

    def holds(self, placed: Mapping[str, Any]) -> bool:
        """Say whether a note stands within the axes that it is placed on."""
        for letter in "xy":
            ref = reference(placed, letter)
            if ref in self.scales:
                low, high = self.scales[ref].edges
                if not low - 1 <= self.at(ref, placed[letter]) <= high + 1:
                    return False
        return True

    def clip(self, x: str = "", y: str = "") -> str:
        """Cut off what lies beyond an axis; without one nothing is."""
        left, right = self.scales[x].edges if x in self.scales else (0, self.width)
        top, bottom = self.scales[y].edges if y in self.scales else (0, self.height)
        box = {"x": left, "y": top, "width": right - left, "height": bottom - top}
        return self.defined("clipPath", tuple(box.items()), {}, tag("rect", box))

    def defined(self, name: str, key: object, attributes: Mapping[str, object], inner: str) -> str:
        """Define something once, and give how it is referred to."""
        made = self._defined.setdefault((name, key), (f"{self._name}-{len(self._defined)}", ""))
        self._defined[name, key] = made[0], tag(name, {"id": made[0]} | dict(attributes), inner)
        return f"url(#{made[0]})"

    def defs(self) -> str:
        """Write all that was defined."""
        return "".join(written for _, written in self._defined.values())


def reference(placed: Mapping[str, Any], letter: str) -> str:
    """Name what a shape or a note is placed on along x or y."""
    ref: str = placed.get(f"{letter}ref", letter)
    return f"{letter}{PAPER}" if ref == PAPER else ref


def _scale(axis: Mapping[str, Any], whole: Scale, values: Callable[[], list[Any]]) -> Scale:
    start, end = (whole.share(part) for part in axis.get("domain", (0, 1)))
    made = Scale(0, 1, start, end, axis.get("type") == "date")
    low, high = map(made.number, axis.get("range") or _around(values(), made))
    return Scale(low, high if high != low else low + 1, start, end, made.is_date)


def _around(values: Iterable[Any], scale: Scale) -> tuple[float, float]:
    """Take an axis without a range from the least to the most that is drawn on it."""
    numbers = [scale.number(value) for value in values]
    return (min(numbers), max(numbers)) if numbers else (0.0, 1.0)


def _values(data: Iterable[Mapping[str, Any]], axis: str) -> list[Any]:
    letter = axis[0]
    on = (one for one in data if one.get(f"{letter}axis", letter) == axis)
    return [value for one in on for value in one.get(letter, ()) if value is not None]
