"""What a person says of a file that its cells do not say, and what its rows have said so far."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Given:
    """The file's name, and the time zone of its clocks where they name none."""

    file: str
    zone: str | None = None
    earlier: dict[str, str] = field(default_factory=dict, compare=False)
    """What earlier rows of this file told, for publishers whose rows lean on each other. It is new for each reading."""

    def stem(self) -> str:
        """Give the file's name without what follows its first dot."""
        return self.file.split(".", maxsplit=1)[0]
