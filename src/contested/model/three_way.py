"""Two who correct the same claim: for each field what it was, what the other made of it, and what I did."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

Cells = Mapping[str, str]
THEIRS, MINE = "theirs", "mine"


class Choice(NamedTuple):
    """A field of which the other's reading and mine differ."""

    name: str
    was: str
    theirs: str
    mine: str

    def first(self) -> str:
        """Say which stands unless it is chosen otherwise: mine where I touched it, else theirs."""
        return MINE if self.mine != self.was else THEIRS


def choices(was: Cells, theirs: Cells, mine: Cells) -> Iterator[Choice]:
    """List the fields in which their reading and mine differ, in the order in which a form has them."""
    for name in dict.fromkeys([*was, *theirs, *mine]):
        one = Choice(name, *(cells.get(name, "") for cells in (was, theirs, mine)))
        if one.theirs != one.mine:
            yield one


def merged(was: Cells, theirs: Cells, mine: Cells, chosen: Mapping[str, str]) -> dict[str, str]:
    """Give the cells as they were chosen, field by field; nothing else of either is dropped."""
    taken = {
        one.name: one.mine if chosen.get(one.name, one.first()) == MINE else one.theirs
        for one in choices(was, theirs, mine)
    }
    return {name: words for name, words in (dict(mine) | taken).items() if words}
