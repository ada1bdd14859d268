"""Distances and circles in true kilometres, between points given as latitude and longitude."""

from collections.abc import Iterator
from math import asin, cos, degrees, pi, radians, sin, sqrt

Point = tuple[float, float]
"""Latitude and longitude in degrees."""
Box = tuple[float, float, float, float]
"""West, south, east and north in degrees."""

_EARTH = 6371.0
_POLE = 0.01
"""Where a degree of longitude shrinks below a hundredth of itself, it is no longer shrunk."""


def kilometres(one: Point, other: Point) -> float:
    """Measure along the great circle between two points."""
    (south, west), (north, east) = [(radians(latitude), radians(longitude)) for latitude, longitude in (one, other)]
    chord = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * _EARTH * asin(sqrt(chord))


def narrowing(latitude: float) -> float:
    """Say how much shorter a degree of longitude is here than one of latitude."""
    return max(_POLE, cos(radians(latitude)))


def around(middle: Point, radius_km: float) -> Box:
    """Give the box around a circle of so many kilometres."""
    high = degrees(radius_km / _EARTH)
    wide = high / narrowing(middle[0])
    return middle[1] - wide, middle[0] - high, middle[1] + wide, middle[0] + high


def rim(middle: Point, radius_km: float, turn: float) -> Point:
    """Give the point of a circle after a part of a turn from north by east."""
    _, _, east, north = around(middle, radius_km)
    angle = 2 * pi * turn
    return middle[0] + (north - middle[0]) * cos(angle), middle[1] + (east - middle[1]) * sin(angle)


def hull(boxes: list[Box], margin: float) -> Box:
    """Give the box that holds them all, with a share of its height to spare on each side."""
    west, south = (min(edge) for edge in list(zip(*boxes, strict=True))[:2])
    east, north = (max(edge) for edge in list(zip(*boxes, strict=True))[2:])
    spare = margin * (north - south)
    return west - spare, south - spare, east + spare, north + spare


def overlap(one: Box, other: Box) -> bool:
    """Say whether two boxes touch."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def beside(middle: Box, size: tuple[float, float], gap: float) -> Iterator[tuple[Box, str, str]]:
    """Give the boxes of that size above, below, left and right of another, and where each is anchored."""
    (west, south, east, north), (wide, high) = middle, size
    left, low = (west + east - wide) / 2, (south + north - high) / 2
    yield (left, north + gap, left + wide, north + gap + high), "center", "bottom"
    yield (left, south - gap - high, left + wide, south - gap), "center", "top"
    yield (west - gap - wide, low, west - gap, low + high), "right", "middle"
    yield (east + gap, low, east + gap + wide, low + high), "left", "middle"
