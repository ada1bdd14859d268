"""What a mapped table tells as a whole: how its columns write dates and figures, and which rows are of one event."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from contested.ingest.cells.column_format import learn
from contested.ingest.cells.coordinates import degrees, middle
from contested.ingest.cells.date import ORDERS, UNKNOWN_ORDER, DateOrder, First, days_meant
from contested.ingest.event_days import EventDays
from contested.ingest.mapped.durations import decimal_mark
from contested.ingest.mapped.event_rows import CountedRows
from contested.ingest.mapped.log_columns import aliases
from contested.ingest.mapped.mapped_row import MappedRow, mapped_row
from contested.ingest.mapped.shared_fields import coordinate_cells
from contested.ingest.mapped.times import DATE_PARTS
from contested.ingest.mapping import HOLDS, MILESTONES, ColumnMapping
from contested.ingest.options import Given
from contested.ingest.row import Line, Row, name
from contested.model.vocabulary import Measure

_DATED = ("when", "until", "stated_at", *MILESTONES)
_LONGEST = timedelta(days=2)
"""Stamps of one response do not lie further apart, where another order of its dates brings them together."""


def survey(mapping: ColumnMapping, rows: Iterable[tuple[int, Row]]) -> Mapping[str, Any]:
    """Learn how the columns write dates and figures, which events have several rows, and where the places lie."""
    tally = _Tally(mapping)
    columns = {field: [name(title) for title, one in mapping.columns.items() if one.holds == field] for field in HOLDS}
    dates = [column for field in _DATED for column in columns.get(field, ["stated_at"])]
    dates += [name(title) for title, one in mapping.columns.items() if one.holds == "stated_at"]
    counts = [column for field in HOLDS if field in set(Measure) for column in columns[field]]
    learnt = dict(learn(tally.through(rows), dates=tuple(dates), counts=tuple(counts), beside=tuple(columns["year"])))
    orders = _shared(learnt.get("orders", {}), tally.learnt()["together"])
    apart = tally.events.apart(orders.get(_day_column(mapping) or "", UNKNOWN_ORDER))
    is_open = tally.is_ambiguous and any(order.first is None for order in orders.values())
    orders |= {held_as: orders[plain] for plain, held_as in aliases(mapping).items() if plain in orders}
    return learnt | tally.learnt() | {"orders": orders, "apart": apart, "is_open": is_open}


def _day_column(mapping: ColumnMapping) -> str | None:
    """Name the column that tells on which day a row was, or came in."""
    held = {one.holds: name(title) for title, one in mapping.columns.items() if not one.since}
    return next((held[field] for field in ("when", "epoch", *MILESTONES) if field in held), None)


def _day_told(row: MappedRow) -> str:
    """Give the day of a row as it is written, in one cell or in three."""
    if column := _day_column(row.mapping):
        return row.text(column)
    return "-".join(cell.zfill(2) for part in DATE_PARTS if (cell := row.cell(part)))


class _Tally:
    """What is counted while the rows of a table go by."""

    def __init__(self, mapping: ColumnMapping) -> None:
        self.mapping = mapping
        self.first: int | None = None
        self.events = EventDays()
        self.firsts: dict[str, int] = {}
        self.figures: dict[str, Counter[str]] = {}
        self.points: list[tuple[object, object]] = []
        self.lengths: dict[str, list[str]] = {}
        self.apart: Counter[str] = Counter()
        self.is_ambiguous = False
        """Whether dates of a response have parts that slashes part."""

    def through(self, rows: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
        """Pass the rows on by the plain names of their columns."""
        for number, told in rows:
            row = mapped_row(self.mapping, Line(number, told, Given("")))
            self.first = self.first or number
            event = row.cell("event_id")
            if event:
                self.events.add(number, event, _day_told(row))
                self.firsts.setdefault(event, number)
                for title, one in row.held("count"):
                    if measure := one.meanings.get(row.text(title)):
                        self.figures.setdefault(event, Counter())[measure] += 1
            if any(cells := list(coordinate_cells(row).values())):
                self.points.append(tuple(degrees(cell) for cell in (*cells, "")[:2]))  # type: ignore[arg-type]
            for title, one in self.mapping.columns.items():
                for length in filter(None, (one.since and title, one.after)):
                    if text := row.text(length):
                        self.lengths.setdefault(name(length), []).append(text)
            meant = _days_meant(row)
            self.is_ambiguous = self.is_ambiguous or bool(meant)
            self.apart.update(_orders_apart(meant))
            yield number, {column: row.text(column) for column in row.line.cells}

    def _decimals(self) -> dict[str, str]:
        """Give the decimal mark of each column of lengths that shows it, also by its name in SQL."""
        found = {column: mark for column, texts in self.lengths.items() if (mark := decimal_mark(texts))}
        return found | {held_as: found[plain] for plain, held_as in aliases(self.mapping).items() if plain in found}

    def learnt(self) -> dict[str, Any]:
        """Give what was counted."""
        return {
            "first": self.first,
            "repeated": frozenset(event for event, number in self.events.rows.items() if number > 1),
            "counted": {event: CountedRows(self.firsts[event], found) for event, found in self.figures.items()},
            "middle": middle(self.points),
            "decimals": self._decimals(),
            "together": [order for order in ORDERS if self.apart and not self.apart[order]],
        }


def _days_meant(row: MappedRow) -> list[dict[First, date]]:
    """Give the days that the stamps of one response may mean."""
    texts = [row.text(title) for title, one in row.mapping.columns.items() if one.holds in MILESTONES]
    return [days for text in texts if (days := days_meant(text))]


def _orders_apart(meant: Sequence[Mapping[First, date]]) -> Iterator[str]:
    """Name the orders of date parts by which the stamps of one response would lie days apart."""
    if all(days == meant[0] for days in meant):
        return
    for order in ORDERS:
        on = [days[order] for days in meant if order in days]
        if len(on) < len(meant) or max(on) - min(on) > _LONGEST:
            yield order


def _shared(orders: Mapping[str, DateOrder], together: Collection[Any]) -> dict[str, DateOrder]:
    """Let a column that settles nothing follow the others, or the order that keeps a response's stamps together."""
    settled = list({order.first for order in orders.values() if order.first} or set(together))
    if len(settled) != 1:
        return dict(orders)
    return {
        column: order if order.first or settled[0] in order.excluded else DateOrder(settled[0])
        for column, order in orders.items()
    }
