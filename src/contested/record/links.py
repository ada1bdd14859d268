"""Short links: which view and filters a code stands for, kept beside the record; no entry changes."""

import base64
import hashlib
from datetime import UTC, datetime
from pathlib import Path

from contested.record.beside import keep, open_beside

ADDRESS, MOST = 2_000, 100_000
"""How many letters a kept address may have, and how many are kept."""
_LETTERS = 8


class Links:
    """The codes that are kept beside a record."""

    def __init__(self, where: str | Path) -> None:
        self._beside = open_beside(where, "links")

    def code(self, address: str) -> str:
        """Keep an address under a code that follows from it, so that the same is kept once; empty where it is full."""
        if len(address) > ADDRESS:
            return ""
        whole = base64.b32encode(hashlib.sha256(address.encode()).digest()).decode().lower().rstrip("=")
        for letters in range(_LETTERS, len(whole) + 1):
            code = whole[:letters]
            kept = self.address(code)
            if kept == address:
                return code
            if kept is None:
                if sum(number for [number] in self._beside.execute("select count(*) from link")) >= MOST:
                    return ""
                keep(self._beside, "links", code, address, datetime.now(UTC).isoformat(timespec="seconds"))
                return code
        return ""

    def address(self, code: str) -> str | None:
        """Give what a code stands for, if it is kept here."""
        found = self._beside.execute("select address from link where code = ?", code)
        return str(found[0][0]) if found else None

    def close(self) -> None:
        """Close what they are kept in."""
        self._beside.close()
