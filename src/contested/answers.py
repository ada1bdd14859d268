"""An answer: what one chart says of one selection of a story, with all that a reader needs to check it.

The dashboard, the terminal and the exports show this and nothing else.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date as day
from functools import cached_property, partial
from itertools import chain
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa

from contested.analysis.changes import MOMENTS, contradictions, told_of
from contested.analysis.comparison.compare import Relation
from contested.analysis.coverage.coverage import Coverage, coverage, question
from contested.chart import Chart, Computed, Finding
from contested.charts import CHARTS
from contested.drawing.remarks import remarked
from contested.model.corrections import Change
from contested.model.parallel import map_ordered
from contested.model.remark import Remark
from contested.model.story import Story
from contested.model.times import at, date, whole_days, zone_time
from contested.model.vocabulary import KnownBy
from contested.model.wording import counted, distinct, first, headline, listing
from contested.query import lineage
from contested.query.legend import Legend, Voice
from contested.query.lineage import Behind
from contested.query.rows import Row, numbered
from contested.query.selection import Selection
from contested.query.store import Store
from contested.query.voices import legend_of, voices
from contested.text.citation import Citation, cite, publishers_of
from contested.theme import WIDTHS, Figure

PAGE = 500
"""How many rows of an answer are put on a page: a browser cannot hold all of a hundred thousand."""
_BATCH = 10_000
"""How many rows of an answer leave the program at a time."""
_NO_ROWS = '\n "rows": []'
"""Where the rows go in an answer that is written as JSON; no text in it holds a line break."""


@dataclass(frozen=True, eq=False)
class Answer:
    """The rows of one chart, and the sentences, legend and stamp that travel with them.

    It never changes, so that all viewers may share it. The claims and the sources behind it are asked when wanted.
    """

    chart: Chart
    rows: pd.DataFrame
    """All rows, in order, without the columns that are written only for rows that are shown."""
    legend: Legend
    sentences: tuple[str, ...]
    claims: int
    """How many claims are in view."""
    data_hash: str
    coverage: Coverage
    story: Story = field(repr=False)
    store: Store = field(repr=False)
    write: Callable[[pd.DataFrame], pd.DataFrame] = field(repr=False)
    """Adds to some of the rows what is written only for rows that are shown."""
    all_claim_ids: Callable[[], Collection[str]] | None = field(default=None, repr=False)
    """Names the claims behind all rows, where that takes less than to write them all."""
    remarks: tuple[Remark, ...] = ()
    """What a presenter says on the chart: no finding, and no claim of any account."""
    _figures: dict[tuple[float, bool], Figure] = field(default_factory=dict, repr=False)

    @cached_property
    def title(self) -> str:
        """The finding, short."""
        if not self.chart.title:
            return self.sentences[0]
        return headline(self.chart.title(self.rows, self.legend), _names(self.legend))

    @cached_property
    def subtitle(self) -> str:
        """What is counted, in one line."""
        return self.chart.subtitle(self.rows, self.legend) if self.chart.subtitle else self.chart.definition

    @cached_property
    def fine(self) -> str:
        """What the figure leaves out, and why."""
        return self.chart.fine(self.rows, self.legend) if self.chart.fine else ""

    @cached_property
    def finding(self) -> Finding | None:
        """What the story's page says of it, where it is one of the three that it opens with."""
        return self.chart.finding(self.rows, self.legend) if self.chart.finding else None

    @property
    def sentence(self) -> str:
        """Everything the chart says, in words; also its text for those who cannot see it."""
        return " ".join([*self.sentences, *self.coverage.doubts])

    def remarked(self, remarks: Iterable[Remark]) -> "Answer":
        """Give the same answer with what a presenter says on its chart."""
        return replace(self, remarks=tuple(remarks))

    @property
    def remark_sentences(self) -> list[str]:
        """Say each remark with its moment, as the presenter's own words."""
        return [one.sentence(self.legend.selection.zone) for one in sorted(self.remarks, key=lambda one: one.at)]

    @property
    def alt(self) -> str:
        """Say the chart in words, with what is remarked on it, for those who cannot see it."""
        return " ".join([self.sentence, *self.remark_sentences])

    def hidden(self) -> str:
        """Count what the filters leave out: accounts, and claims."""
        numbers = ((self.legend.hidden, self.legend.noun), (self.legend.hidden_claims, "claim"))
        return " · ".join(f"{counted(number, noun)} hidden" for number, noun in numbers if number)

    def undated(self) -> str:
        """Count what is not known at the moment as known at only because it is unknown since when it is."""
        number, clock = self.legend.undated, self.legend.selection.known_by
        return f"{counted(number, 'claim')} left out, not known when {clock}" if number else ""

    @property
    def caveat(self) -> str:
        """What must not be concluded from it, and what is hidden from it."""
        hidden = [f"By the filters: {self.hidden()}."] if self.hidden() else []
        undated = [f"{self.legend.selection.as_of()}: {self.undated()}."] if self.undated() else []
        return " ".join([self.chart.caveat, *self.silent(), self.coverage.sentence(), *hidden, *undated])

    def silent(self) -> list[str]:
        """Name all who have no row in the table, where a sentence would name only some of them."""
        quiet = [voice.label for voice in self.legend.without(self.rows.get("account", ()))]
        is_said = "account" in self.rows and quiet != first(quiet)
        return [f"{listing(quiet)} have no row in the table."] if is_said else []

    def stamp(self) -> str:
        """Say as known when, in which zone, filtered how, and from exactly which data."""
        return self._stamped(self.legend.selection.zone)

    def reader_stamp(self) -> str:
        """Say the same, the zone in a reader's words."""
        return self._stamped(zone_time(self.legend.selection.zone))

    def _stamped(self, zone: str) -> str:
        selection = self.legend.selection
        hidden = "".join(f" · {words}" for words in (self.hidden(), self.undated()) if words)
        record = f" · record {self.head[:12]}" if self.head else ""
        return (
            f"{selection.as_of()} · {zone} · {selection.sentence(self.legend.names())}{hidden} · "
            f"{counted(self.claims, 'claim')} · data {self.data_hash[:12]}{record}"
        )

    @property
    def head(self) -> str:
        """The last entry of the record that was asked, where there is one."""
        return self.story.head

    def claim_ids(self, rows: pd.DataFrame | None = None) -> list[list[str]]:
        """Give the ids of the claims behind each of these rows, by default of all."""
        rows = self.rows if rows is None else rows
        if "claim_ids" in rows:
            return [list(ids) for ids in rows["claim_ids"]]
        if not self.chart.key_columns:
            return [list(ids) for ids in self.write(rows)["claim_ids"]]
        return _lists(self._claim_ids(rows))

    def behind_marks(self, numbers: list[int]) -> list[list[str]]:
        """Give the ids of the claims behind each of some marks, which name the rows that they draw."""
        if self.chart.marked is None:
            return self.claim_ids(self.rows.iloc[numbers])
        rows, marks = self.chart.marked(self.rows).loc[numbers], Behind(self.chart.question, self.chart.mark_columns)
        return list(lineage.claim_ids(self.store, marks, self.legend.selection, rows).to_pylist())

    def _claim_ids(self, rows: pd.DataFrame) -> pa.Array:
        return lineage.claim_ids(self.store, self._behind, self.legend.selection, rows)

    @property
    def _behind(self) -> Behind:
        return Behind(self.chart.question, self.chart.key_columns, self.chart.claims)

    @cached_property
    def sources(self) -> tuple[Citation, ...]:
        """Every source behind the rows."""
        return tuple(cite(source_id, self.story.sources) for source_id in sorted(self._claims_by_source))

    @cached_property
    def publishers(self) -> tuple[str, ...]:
        """Every publisher of the sources behind the rows, first those of most claims."""
        told = Counter[str]()
        for source_id, number in self._claims_by_source.items():
            for publisher in publishers_of(source_id, self.story.sources):
                told[publisher] += number
        return tuple(name for name, _ in sorted(told.items(), key=lambda one: (-one[1], one[0])))

    @cached_property
    def _claims_by_source(self) -> Mapping[str, int]:
        """How many claims of each source stand behind the rows; all in view where many have one source, as in a log."""
        if not self.store.is_small and (only := self.store.facets().only_source):
            return {only: self.claims} if len(self.rows) else {}
        if self.chart.key_columns:
            return lineage.claims_by_source(self.store, self._behind, self.legend.selection)
        ids = self.all_claim_ids() if self.all_claim_ids else chain.from_iterable(self.claim_ids())
        return Counter(lineage.sources_of(self.store, ids, self.legend.selection).values())

    def citations(self, claim_ids: Iterable[Collection[str]]) -> list[str]:
        """Name the sources of each of these lists of claims in one line, for a table that leaves the program."""
        lists = list(claim_ids)
        source_of = lineage.sources_of(self.store, chain.from_iterable(lists), self.legend.selection)
        words = {source_id: cite(source_id, self.story.sources).words for source_id in set(source_of.values())}
        return ["; ".join(dict.fromkeys(words[source_of[claim_id]] for claim_id in ids)) for ids in lists]

    @cached_property
    def corrections(self) -> tuple[tuple[str, Change], ...]:
        """What was changed in the claims behind the rows since they were recorded, each with the id of its claim."""
        if not self.story.changes:
            return ()
        ids, selection = self.claims_among(self.story.changes), self.legend.selection
        until = selection.as_known_at if selection.known_by is KnownBy.RECORDED else None
        changes = ((claim_id, change) for claim_id in ids for change in self.story.changes.get(claim_id, ()))
        return tuple((claim_id, one) for claim_id, one in changes if until is None or one.recorded_at <= until)

    def claims_among(self, ids: Collection[str]) -> list[str]:
        """Give those of some claims that stand behind any row."""
        if self.chart.key_columns:
            return lineage.claims_among(self.store, self._behind, self.legend.selection, ids)
        wanted = set(ids)
        return [one for one in dict.fromkeys(chain.from_iterable(self.claim_ids())) if one in wanted]

    def written(self, rows: pd.DataFrame | None = None) -> pd.DataFrame:
        """Write out some of the rows, by default all: with every public column."""
        rows = self.write(self.rows if rows is None else rows)
        if "claim_ids" in self.chart.columns and "claim_ids" not in rows:
            rows = rows.assign(claim_ids=pd.Series(self.claim_ids(rows), rows.index, object))
        return rows

    def first_rows(self) -> str:
        """Say that not all rows are on a page, where it is so."""
        return f"The first {PAGE} of {len(self.rows):,} rows" if len(self.rows) > PAGE else ""

    def table(self) -> pd.DataFrame:
        """Give the public rows."""
        return self.written()[list(self.chart.columns)]

    def display(self) -> pd.DataFrame:
        """Give the public rows as a person reads them: names for ids, times in the viewer's zone, words for unknown."""
        table = self._listed()[list(self.chart.columns)].copy()
        for column in table:
            table[column] = [self._formatted(str(column), value) for value in table[column]]
        for column, days in _by_day(self.rows).items():
            if column in table:
                table[column] = [day or words for day, words in zip(days, table[column], strict=True)]
        return table.set_index(table.columns[0])

    def _listed(self) -> pd.DataFrame:
        """Write out all rows, with the first claims behind each in words where their ids are asked."""
        if "claim_ids" not in self.chart.columns or not self.chart.key_columns:
            return self.written()
        found = lineage.first_claim_ids(self.store, self._behind, self.legend.selection, self.rows)
        words = [_first(ids or [], number or 0) for ids, number in found]
        return self.write(self.rows).assign(claim_ids=pd.Series(words, self.rows.index, object))

    def _formatted(self, column: str, value: Any) -> str:  # noqa: ANN401 any cell
        plain = _plain(value)
        if plain is None:
            return "not stated"
        if isinstance(value, pd.Timestamp):
            return at(value)
        if isinstance(plain, list):
            return _first([_rounded(one) if isinstance(one, float) else str(one) for one in plain], len(plain))
        named = {"account": self.legend.label, "event_id": self.legend.event}.get(column, str)
        return named(_rounded(plain) if isinstance(plain, float) else plain)

    @cached_property
    def page(self) -> pd.DataFrame:
        """The first rows of the table, as a person reads them."""
        return replace(self, rows=self.rows.head(PAGE)).display()

    def figure(self, width: float = WIDTHS[-1], *, is_brief: bool = False) -> Figure:
        """Draw the chart for a width in px with what is remarked on it; shorter among others on one page."""
        drawn = self.unremarked(width, is_brief=is_brief)
        return remarked(drawn, self.remarks, self.legend.selection.zone) if self.remarks else drawn

    def unremarked(self, width: float = WIDTHS[-1], *, is_brief: bool = False) -> Figure:
        """Draw the chart alone, once for all who look at it."""
        if (width, is_brief) not in self._figures:
            draw = self.chart.brief if is_brief and self.chart.brief else self.chart.draw
            self._figures[width, is_brief] = draw(self.rows, self.legend, width)
        return self._figures[width, is_brief]

    @cached_property
    def marks(self) -> dict[str, int]:
        """Name the first rows that claims stand behind, each with its number."""
        rows = self.write(self.rows.head(PAGE))
        rows = rows[rows["claim_ids"].map(len) > 0] if "claim_ids" in rows else rows
        numbers, named = zip(*numbered(rows), strict=True) if len(rows) else ((), ())
        return dict(zip(distinct(self.chart.mark(row, self.legend) for row in named), numbers, strict=True))

    def batches(self) -> Iterator[pd.DataFrame]:
        """Write out all rows, so many at a time, each with the ids of its claims."""
        lists = self._claim_ids(self.rows) if self.chart.key_columns else None
        for start in range(0, len(self.rows), _BATCH):
            rows = self.write(self.rows.iloc[start : start + _BATCH])
            if lists is not None:
                rows = rows.assign(claim_ids=pd.Series(_lists(lists[start : start + _BATCH]), rows.index, object))
            yield rows

    def records(self, rows: pd.DataFrame | None = None) -> list[dict[str, Any]]:
        """Give written rows as plain values, by default all: ISO 8601 times with offset, null for unknown."""
        written = (self.written() if rows is None else rows)[list(self.chart.columns)]
        return [dict(zip(self.chart.columns, map(_plain, row), strict=True)) for row in written.itertuples(index=False)]

    def correction_notes(self, claim_ids: Iterable[str]) -> list[str]:
        """Say what was changed in some of the claims since they were recorded, by whom, when and why."""
        wanted, zone = set(claim_ids), ZoneInfo(self.legend.selection.zone)
        return [f"{one}: {change.sentence(zone)}" for one, change in self.corrections if one in wanted]

    def document(self) -> dict[str, Any]:
        """Give the whole answer as one plain object."""
        return self._document(self.records())

    def _document(self, rows: list[dict[str, Any]]) -> dict[str, Any]:
        return (
            {
                "chart": self.chart.key,
                "title": self.title,
                "definition": self.subtitle,
                "sentence": self.sentence,
                "caveat": self.caveat,
                "stamp": self.stamp(),
                "licence": self.story.package.licence(),
                "selection": self.legend.selection.model_dump(mode="json", by_alias=True),
                "claims": self.claims,
                "data_hash": self.data_hash,
                "rows": rows,
                "sources": [source._asdict() for source in self.sources],
            }
            | ({"remarks": [one.document() for one in self.remarks]} if self.remarks else {})
            | (
                {"record": self.head, "corrections": [_correction(*one) for one in self.corrections]}
                if self.head
                else {}
            )
        )

    def json(self) -> Iterator[str]:
        """Write the whole answer as JSON, some rows at a time, each on a line of its own."""
        before, after = _to_json(self._document([]), indent=1).split(_NO_ROWS)
        yield before + _NO_ROWS[:-1]
        for number, rows in enumerate(self.batches()):
            lines = ",".join(f"\n  {_to_json(record)}" for record in self.records(rows))
            yield f"{',' * (number > 0)}{lines}"
        yield f"{_NO_ROWS[-1]}{after}"


def answer(chart: Chart, story: Story, store: Store, selection: Selection) -> Answer:
    """Ask a chart of a story."""
    chart = chart.put_to(store, selection)
    ask = partial(lineage.without_claims, store) if chart.key_columns else store.columns
    questions: list[Callable[[Selection], Any]]
    questions = [partial(ask, chart.question), store.summary, partial(store.columns, question(chart.topic))]
    found, about, numbers = map_ordered(lambda put: put(selection), questions)
    shown = tuple(voice for voice in voices(story, store.facets(), selection.by) if voice.key in about.voices)
    covered = coverage(chart.topic, [SimpleNamespace(**row) for row in numbers.to_pylist()])
    legend = replace(
        legend_of(story, selection, shown, about), lags=covered.lags, gaps=covered.gaps, timed=covered.timed
    )
    made = chart.compute(found if chart.in_columns else found.to_pandas(), legend)
    computed = made if isinstance(made, Computed) else Computed(made, lambda rows: chart.write(rows, legend))
    rows = computed.rows
    if chart.beside and selection.compared_with:
        since = pd.Timestamp(selection.compared_with).tz_convert(selection.zone)
        rows = _with_contradictions(
            rows, _new_contradictions(chart.beside, story, store, selection), store, since, selection
        )
    rows = _in_legend_order(rows, shown) if "account" in rows else rows
    sentences = _with_headline(chart.tell(rows, legend), legend)
    write, ids = computed.write, computed.claim_ids
    return Answer(chart, rows, legend, sentences, about.claims, about.data_hash, covered, story, store, write, ids)


def _lists(lists: pa.Array) -> list[list[str]]:
    return [found or [] for found in lists.to_pylist()]


def _to_json(value: dict[str, Any], indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)


def _correction(claim_id: str, change: Change) -> dict[str, Any]:
    done = {"act": change.act, "who": change.who, "why": change.why, "recorded_at": change.recorded_at.isoformat()}
    before = change.before.model_dump(mode="json")
    return {"claim_id": claim_id} | done | {"was": {name: before[name] for name in change.fields}}


def _with_headline(told: list[str], legend: Legend) -> tuple[str, ...]:
    """Let the headline be short; the whole finding then stands last."""
    title = headline(told[0], _names(legend))
    return (title, *told[1:], *([told[0]] if title != told[0] else []))


def _names(legend: Legend) -> list[str]:
    """List every name of any length that a finding may hold."""
    names = [*(voice.label for voice in legend.with_scenario().voices), *legend.events.values()]
    return [*names, *(voice.group for voice in legend.voices), *(place.label for place in legend.places.values())]


def _in_legend_order(rows: pd.DataFrame, shown: tuple[Voice, ...]) -> pd.DataFrame:
    """Put the rows of each account where it stands in the legend, and those of a scenario last."""
    places, (codes, keys) = {voice.key: voice.number for voice in shown}, pd.factorize(rows["account"])
    order = np.array([places.get(key, np.inf) for key in keys])[codes].argsort(kind="stable")
    is_so = bool((order[1:] > order[:-1]).all())
    return rows if is_so else rows.take(order).reset_index(drop=True)


def _with_contradictions(
    rows: pd.DataFrame, found: list[Row], store: Store, since: pd.Timestamp, selection: Selection
) -> pd.DataFrame:
    """Add the contradictions that are new since the moment that the reader chose, each where it came up."""
    if not found:
        return rows
    known = store.ask(MOMENTS, selection, ids=sorted({claim_id for row in found for claim_id in row.claim_ids}))
    more = told_of(found, since, dict(zip(known["claim_id"], known["known_at"], strict=True)))
    every = pd.DataFrame([*rows.to_dict("records"), *more], columns=rows.columns)
    return every.sort_values("known_at", kind="stable", na_position="last", ignore_index=True)


def _new_contradictions(key: str, story: Story, store: Store, selection: Selection) -> list[Row]:
    """Compare the accounts as they were known at either moment."""
    compared = next(one for one in CHARTS if one.key == key)
    ends = (selection.compared_with, selection.as_known_at)
    seen = [selection.model_copy(update={"as_known_at": moment, "compared_with": None}) for moment in ends]
    found = (answer(compared, story, store, at) for at in seen)
    return contradictions(*(one.written(one.rows[one.rows["relation"] == Relation.CONTRADICT]) for one in found))


_BOUNDS = (
    ("began_earliest", "ended_latest"),
    ("began_earliest", "began_latest"),
    ("ended_earliest", "ended_latest"),
    ("stated_earliest", "stated_at"),
)


def _by_day(rows: pd.DataFrame) -> dict[str, list[str]]:
    """Say the bounds of times that are known by their days as the first and the last of these; all else is empty."""
    found: dict[str, list[str]] = {}
    for ends in _BOUNDS:
        if set(ends) <= set(rows):
            whole = [_whole(*pair) for pair in zip(*(rows[end] for end in ends), strict=True)]
            for place, end in enumerate(ends):
                before = found.get(end, [""] * len(rows))
                found[end] = [date(days[place]) if days else day for days, day in zip(whole, before, strict=True)]
    return found


def _whole(first: pd.Timestamp, last: pd.Timestamp) -> tuple[day, day] | None:
    return None if pd.isna(first) or pd.isna(last) else whole_days(first, last)


def _first(ids: list[str], number: int) -> str:
    """List the first ids of so many."""
    more = number - lineage.LISTED
    if not number:
        return "none"
    return ", ".join(ids[: lineage.LISTED]) + (f" and {more:,} more" if more > 0 else "")


def _rounded(number: float) -> str:
    """Round a share to three digits, a larger number (a latitude) to four decimals."""
    return f"{number:.3g}" if abs(number) < 10 else f"{number:.4f}".rstrip("0").rstrip(".")  # noqa: PLR2004


def _plain(value: Any) -> Any:  # noqa: ANN401 any cell
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list):
        return [int(one) if isinstance(one, float) and one.is_integer() else one for one in value]
    if pd.isna(value):
        return None
    return int(value) if isinstance(value, float) and value.is_integer() else value
