"""Distances in true kilometres, between points given as latitude and longitude."""

from math import asin, cos, pi, radians, sin, sqrt

Point = tuple[float, float]
"""Latitude and longitude in degrees."""

_EARTH = 6371.0
DEGREE = pi * _EARTH / 180
"""Kilometres of a degree of latitude."""
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
