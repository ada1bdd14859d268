"""A record that its readers cannot write to: each write first says who writes, and in which role."""

from typing import NoReturn

from contested.model.problem import NotAllowedError
from contested.record.log import Record
from contested.record.roles import Role


class GatedRecord(Record):
    """A record as views and routes are given it: they read it, and write only through `by`."""

    def __init__(self, record: Record) -> None:
        super().__init__(record.database)
        self._record = record

    def by(self, who: str, role: Role, needed: Role = Role.EDITOR) -> Record:
        """Give the record to write to; raises `NotAllowedError` unless the role suffices."""
        if not role.includes(needed):
            message = f"{who} may read, not change claims"
            raise NotAllowedError(message)
        return self._record

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        message = "this record is read only; say who writes"
        raise NotAllowedError(message)

    append = append_import = replay = _refuse
