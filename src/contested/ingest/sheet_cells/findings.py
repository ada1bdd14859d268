"""Findings: the problems of one row, collected cell by cell while the row is read."""

from collections.abc import Mapping

from contested.model.problem import Problem


class Findings:
    """The cells of one row, and the problems found in them so far."""

    def __init__(self, number: int, cells: Mapping[str, str]) -> None:
        self.number = number
        self.cells = cells
        self.problems: list[Problem] = []

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def refuse(self, code: str, column: str, reason: str, fix: str) -> None:
        """Say why the row cannot stay."""
        self.problems.append(Problem(code, self.number, column, self[column], reason, fix))

    def warn(self, code: str, column: str, reason: str, fix: str = "nothing", value: str | None = None) -> None:
        """Say what a person should look at; the row stays."""
        said = self[column] if value is None else value
        self.problems.append(Problem(code, self.number, column, said, reason, fix, "warning"))

    def refused(self, *columns: str) -> bool:
        """Say whether the row, or one of these cells of it, cannot stay."""
        return any(one.severity == "error" and (not columns or one.column in columns) for one in self.problems)
