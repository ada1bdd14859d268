"""Bounds as they are coded: low, best and high figures that are out of order, which stand as words."""

PATTERN = r"^low (\d+), best (\d+), high (\d+)$"
"""How such words read where all three are given."""


def words(low: int | None, best: int | None, high: int | None) -> str:
    """Write three figures that contradict each other, as they are coded."""
    return f"low {low}, best {best}, high {high}"
