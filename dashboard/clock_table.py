"""Every clock as a table: of each account what starts a clock by what stops it; each cell sets the clock of all views.

A cell is a link, so that a keyboard picks it as a finger does, and what it sets stands in the address.
"""

from collections.abc import Callable, Sequence

from contested.charts.clocks import Cell, Grid, follows, heading
from contested.drawing import glyph_html, html
from contested.query.selection import Selection
from contested.theme import hue

KEY = (
    '<p class="sub">A cell sets the clock of all views. Underlined: the clock in use. Outlined: hearsay. '
    "–: not both told. A minus: the order is open.</p>"
)


def tables(
    told: Sequence[Grid], starts: Sequence[str], stops: Sequence[str], selected: Selection, address: Callable[..., str]
) -> str:
    """Write a table for each account; `address` gives the link that sets a start and a stop."""
    found = "".join(_table(grid, starts, stops, selected, address) for grid in told)
    return f'<div class="clocks">{found}</div>'


def _table(
    grid: Grid, starts: Sequence[str], stops: Sequence[str], selected: Selection, address: Callable[..., str]
) -> str:
    """Write the clocks of one account."""
    voice = grid.voice
    name = f'<span style="color:var(--l{hue(voice.number)})">{html(voice.label)}</span>'
    heads = "".join(f'<th scope="col">{html(heading(stop))}</th>' for stop in stops)
    rows = "".join(
        f'<tr><th scope="row">{html(heading(start))}</th>'
        f"{''.join(_cell(grid, start, stop, selected, address) for stop in stops)}</tr>"
        for start in starts
    )
    return (
        f"<table><caption>{glyph_html(voice.number, voice.form)} {name}</caption>"
        f'<thead><tr><td><span class="unseen">from, to</span></td>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _cell(grid: Grid, start: str, stop: str, selected: Selection, address: Callable[..., str]) -> str:
    """Write one clock as a link that sets it; a dash where the account does not tell both ends of it."""
    found = grid.cells.get((start, stop))
    if found is None:
        return f"<td>{'–' if follows(start, stop) else ''}</td>"
    is_used = (start, stop) == (str(selected.start), str(selected.stop))
    return f'<td class="told">{_link(found, address(start=start, stop=stop), is_used=is_used)}</td>'


def _link(cell: Cell, to: str, *, is_used: bool) -> str:
    look = " ".join(["hearsay"] * cell.is_hearsay + ["used"] * is_used)
    current = ' aria-current="true"' * is_used
    of = f"<small>{html(cell.of)}</small>" if cell.of else ""
    words = f'title="{html(cell.words)}" aria-label="{html(cell.words)}"'
    return f'<a class="{look}" href="{html(to)}" target="_self" {words}{current}><b>{html(cell.value)}</b>{of}</a>'
