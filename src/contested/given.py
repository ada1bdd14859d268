"""What a person says of a file that its cells do not say."""

from typing import NamedTuple


class Given(NamedTuple):
    """The file's name, and the time zone of its clocks where they name none."""

    file: str
    zone: str | None = None
