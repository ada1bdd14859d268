"""The store: claims in an in-process DuckDB, in memory or many in a file, and what is asked of them in SQL."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from threading import Lock
from typing import Any, NamedTuple
from weakref import finalize

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from duckdb import DuckDBPyConnection

from contested.model.arrow_schema import COLUMNS, from_arrow, kept, said_columns, to_arrow
from contested.model.claim import Claim
from contested.model.times import utc
from contested.model.vocabulary import MILESTONE_KINDS
from contested.model.zones import names, offsets
from contested.query import data_hash, groups, plain_events, tallies
from contested.query.database import FEW, MANY, in_file, in_memory
from contested.query.facets import Facets, facets
from contested.query.materialized import MaterializedSelection, execute
from contested.query.relations import IS_CUT, REPLACED_NOW, beside, copies, with_clause
from contested.query.selection import Selection

_SUMMARY = f"""
from ({data_hash.LINES}),
    (select count(*) as everyone, list(account) filter (in_view) as heard, sum(claims)::bigint as known from everyone),
    (select count(*) as undated from undated)
"""

_AT_A_TIME = 10_000
_SELECTIONS_KEPT, _SELECTIONS_MATERIALIZED = 256, 32
_TABLES_KEPT = 64
"""How many answers to questions of few claims are kept: those of the charts of a page, asked again for their claims."""

_INSTANT = pa.timestamp("us")
_OFFSETS = pa.schema(
    [("zone_name", pa.string()), ("since", _INSTANT), ("until", _INSTANT), ("ahead", pa.duration("us"))]
)
"""What the clocks of each zone that is named were ahead of UTC, from when until when."""


_Spell = tuple[datetime, datetime]
"""A first and a last moment, in UTC without saying so."""
_FIRST, _LAST = utc(datetime(1, 1, 1, tzinfo=UTC)), utc(datetime(9999, 12, 31, tzinfo=UTC))
_NO_TIME = _LAST, _FIRST
_HAPPENED = ("began_earliest", "began_latest", "ended_earliest", "ended_latest")
_DAY = timedelta(days=1)


class Summary(NamedTuple):
    """What a selection holds: its claims, the hash of all they say, who is in view, and what it hides."""

    claims: int
    data_hash: str
    voices: frozenset[str]
    hidden: int
    """How many accounts (or sides) are not in view."""
    hidden_claims: int
    undated: int = 0
    """How many claims have no time by which to say whether they were known at the moment as known at."""


_SOURCES = pa.schema([("source_id", pa.string()), ("published_at", pa.timestamp("us"))])
_MORE = (pa.field("replaced_at", pa.timestamp("us")), *data_hash.FIELDS)
_EMPTY = pa.schema([*COLUMNS, *_MORE]).empty_table()
_TIED = (
    *("claim_id", "account", "event_id", "kind", "measure", "definition", "question", "via", "source_id"),
    *("stated_earliest", "stated_at", "recorded_at", "replaced_at", "same_origin", "supersedes", "corrects"),
)
"""What must be known of a claim to tell what it replaces and repeats."""
_TYING = ("same_origin", "supersedes", "corrects")
_REPLACE = """
update kept.claims set replaced_at = later.recorded_at
from (select claim_id, min(recorded_at) as recorded_at from incoming group by claim_id) as later
where claims.claim_id = later.claim_id and claims.replaced_at is null and claims.recorded_at < later.recorded_at
"""
_REPLACED_AT = "lead(recorded_at) over (partition by claim_id order by recorded_at)"
"""A revision is replaced by the next one of the same claim that was recorded; what no record dates replaces nothing."""
_TIES = f"""
delete from kept.ties;
insert into kept.ties
with tying as materialized (
    select claim_id, list_concat(same_origin, supersedes, corrects) as others from kept.claims
    where len(same_origin) > 0 or len(supersedes) > 0 or len(corrects) > 0)
select {", ".join(_TIED)} from kept.claims
where claim_id in (select claim_id from tying union all select unnest(others) from tying);
delete from kept.replaced;
insert into kept.replaced {REPLACED_NOW};
"""
"""What replaces or repeats another claim, and what it names, is put aside as `ties`: few as a rule, so that no question
looks for them among all claims. What is replaced by now follows from them."""


_AMONG = "claim_id in (select unnest($ids::varchar[]))"
_CLAIMS = f"""
select {", ".join(COLUMNS.names)} from kept.claims where {_AMONG} qualify replaced_at is null
order by min(rowid) over (partition by claim_id) limit $limit
"""


class Store:
    """Claims, in all their revisions, that can be asked; it reads no file but its own and reaches no network."""

    def __init__(
        self,
        claims: Iterable[Claim] | pa.Table = (),
        published: Mapping[str, datetime] | None = None,
        few: int = FEW,
        many: int = MANY,
    ) -> None:
        """Hold claims, and when each of their sources was published, as far as that is known.

        Of so few, what a selection holds is copied out before it is asked; more than `many` are kept in a file.
        """
        table = claims if isinstance(claims, pa.Table) else to_arrow(claims)
        self._database, remove = in_file() if len(table) > many else in_memory(is_small=len(table) <= few)
        self._remove = finalize(self, remove)
        self._database.register("nothing", _EMPTY)
        self._database.execute("create table kept.claims as from nothing; create view claims as from kept.claims")
        self._database.execute(f"create table kept.ties as select {', '.join(_TIED)} from kept.claims")
        self._database.execute("create view ties as from kept.ties")
        self._database.execute(f"create table kept.replaced as {REPLACED_NOW}")
        self._database.execute("create view replaced as from kept.replaced")
        self._database.unregister("nothing")
        self._database.execute(plain_events.CREATE)
        self._database.register("dated", _sources(published or {}))
        self._database.execute("create table sources as from dated")
        self._database.unregister("dated")
        self._database.register("zoned", _OFFSETS.empty_table())
        self._database.execute("create table offsets as from zoned")
        self._database.unregister("zoned")
        self._database.execute("set lock_configuration = true")
        self._zones: frozenset[str] = frozenset()
        self._spell = _NO_TIME
        self._few, self._additions, self._finding, self._naming = few, 0, Lock(), Lock()
        self._is_tied = self._keeps_plain_events = False
        self.is_all_plain = False
        """Whether plain events are kept apart, and no claim of a milestone is another's."""
        self._keeps_tallies: bool | None = None
        """Whether it keeps tallies; nothing as long as claims are few."""
        self.size = 0
        """How many claims it holds, in all their revisions."""
        self._materialize = lru_cache(_SELECTIONS_MATERIALIZED)(self._copied)
        self._found = lru_cache(_SELECTIONS_KEPT)(self._summarize)
        self._asked = lru_cache(_TABLES_KEPT)(self._ask_of_copies)
        self._listed = lru_cache(1)(self._facets)
        self.add(table)

    def close(self) -> None:
        """Close the database, and remove the file that many claims are kept in."""
        self._database.close()
        self._remove()

    def add(self, claims: Iterable[Claim] | pa.Table) -> None:
        """Add what was recorded since; whoever asks meanwhile sees all of it or nothing."""
        table = claims if isinstance(claims, pa.Table) else to_arrow(claims)
        if not len(table):
            return
        self._know(pc.unique(table["zone"]).to_pylist(), _spell(table))
        self._is_tied = self._is_tied or any(pc.max(pc.list_value_length(table[name])).as_py() for name in _TYING)
        said = said_columns(table)
        with self._database.cursor() as cursor:
            cursor.register("rows", table)
            texts = cursor.execute(data_hash.hashed_texts(table, said, "rows")).to_arrow_reader(_AT_A_TIME)
            columns = [*table.columns, *data_hash.words(texts or ())]
            cursor.unregister("rows")
            cursor.register("incoming", pa.table(columns, [*table.column_names, *data_hash.WORDS]))
            cursor.execute(f"begin; {self._additions_of(table)}")
            self._keep_plain_events(cursor, table, said)
            cursor.execute(f"{self._tallies_of(table)} commit;")
            cursor.unregister("incoming")
            self._judge_tallies(cursor, self.size + len(table))
            self.is_all_plain = self._keeps_plain_events and _says(cursor, "select count(*) = 0 from kept.other_claims")
        self.size, self._additions = self.size + len(table), self._additions + 1
        self.forget()

    def _additions_of(self, table: pa.Table) -> str:
        """Write the SQL that adds the rows of a table, known as `incoming`; what these rows do not need is left out."""
        is_dated = table["recorded_at"].null_count < len(table)
        is_twice = is_dated and pc.count_distinct(table["claim_id"]).as_py() < len(table)
        replaced_at = _REPLACED_AT if is_twice else "null"
        replace = f"{_REPLACE};" if is_dated and self.size else ""
        add = f"insert into kept.claims by name select *, {replaced_at} as replaced_at from incoming"
        return f"{replace} {add}; {_TIES if self._is_tied else ''};"

    def _keep_plain_events(self, cursor: DuckDBPyConnection, table: pa.Table, said: Collection[str]) -> None:
        """Keep plain events once claims are many; of few all is copied that is asked."""
        if self.size + len(table) <= self._few:
            return
        is_first, self._keeps_plain_events = not self._keeps_plain_events, True
        kinds = MILESTONE_KINDS if self.size else pc.unique(table["kind"]).to_pylist()
        said = COLUMNS.names if self.size else said
        cursor.execute(plain_events.keep(kinds, said, IS_CUT, is_tied=self._is_tied, is_first=is_first))
        if _says(cursor, plain_events.LEFT):
            cursor.execute(plain_events.keep_others(is_first=is_first))

    def _tallies_of(self, table: pa.Table) -> str:
        """Write the SQL that keeps the tallies of all claims once these are many."""
        if self._keeps_tallies is False or self.size + len(table) <= self._few:
            return ""
        made = f"{with_clause(Selection(), tallies.KEEP, is_tied=self._is_tied)} {tallies.KEEP}"
        return f"create or replace table kept.tallies as {made};"

    def _judge_tallies(self, cursor: DuckDBPyConnection, claims: int) -> None:
        """Find out once whether tallies are so few that they are worth keeping."""
        if self._keeps_tallies is None and claims > self._few:
            [(number,)] = cursor.execute("select count(*) from kept.tallies").fetchall()
            self._keeps_tallies = tallies.are_worth_keeping(number, claims)
            if not self._keeps_tallies:
                cursor.execute("drop table kept.tallies")

    def keeps_plain_events(self, selection: Selection) -> bool:
        """Say whether a selection can be asked of its `told_plainly`."""
        return self._keeps_plain_events and plain_events.holds(selection)

    @property
    def is_small(self) -> bool:
        """Say whether it holds so few claims that what a selection holds is copied out, and every answer kept whole."""
        return self.size <= self._few

    def _know(self, zones: Iterable[str | None], spell: _Spell = _NO_TIME) -> None:
        """Hold the offsets of every zone that is named, for as long as anything is said to have happened."""
        with self._naming:
            named, spell = self._zones | names().intersection(zones), _joined(self._spell, spell)
            if (named, spell) == (self._zones, self._spell):
                return
            with self._database.cursor() as cursor:
                cursor.register("zoned", _offsets(named, spell))
                cursor.execute("begin; delete from offsets; insert into offsets from zoned; commit;")
                cursor.unregister("zoned")
            self._zones, self._spell = named, spell

    def forget(self) -> None:
        """Forget what was found of any selection."""
        self._found.cache_clear()
        self._asked.cache_clear()
        self._materialize.cache_clear()

    def summary(self, selection: Selection) -> Summary:
        """Say what a selection holds, found once for all charts of it, until something is added."""
        return self._found(selection, self._additions)

    def facets(self) -> Facets:
        """Count the current claims of each account, side, kind and place, once until something is added."""
        return self._listed(self._additions)

    def claims(self, ids: Collection[str], limit: int | None = None) -> dict[str, Claim]:
        """Fetch current claims by id, in the order in which they were first stated; there is none for an unknown id."""
        return {claim.claim_id: claim for claim in from_arrow(self.rows(ids, limit))}

    def rows(self, ids: Collection[str], limit: int | None = None) -> pa.Table:
        """Fetch the same as columns, those of `contested.model.arrow_schema`."""
        return self._fetch(_CLAIMS, {"ids": list(ids), "limit": len(ids) if limit is None else limit})

    def _fetch(self, sql: str, parameters: Mapping[str, object]) -> pa.Table:
        with self._database.cursor() as cursor:
            return execute(cursor, sql, parameters).to_arrow_table()

    def _facets(self, _: int) -> Facets:
        return facets(self._listed_rows, self._kept_columns, keeps_tallies=bool(self._keeps_tallies))

    def _listed_rows(self, question: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._fetch(question, {}).to_pylist()
        return rows

    def _kept_columns(self) -> Iterable[groups.KeptColumn]:
        question = groups.kept_columns_question(keeps_plain_events=self._keeps_plain_events)
        return groups.kept_columns(self._listed_rows(question))

    def ask(self, question: str, selection: Selection, **more: object) -> pd.DataFrame:
        """Answer a question put in SQL, with the parameters it names; times come in the viewer's zone."""
        rows: pd.DataFrame = self.columns(question, selection, **more).to_pandas()
        return rows

    def columns(self, question: str, selection: Selection, **more: object) -> pa.Table:
        """Answer a question as `ask` does, in columns as they are kept."""
        table = self._rows(question, selection, more)
        return table.cast(_in_zone(table.schema, selection.zone))

    def _rows(self, question: str, selection: Selection, more: dict[str, object]) -> pa.Table:
        self._know([selection.zone])
        if self.is_small:
            ask = self._ask_of_copies if more else self._asked
            return ask(question, selection, self._additions, **more)
        is_apart, is_tallied = (
            self.keeps_plain_events(selection),
            bool(self._keeps_tallies) and tallies.holds(selection),
        )
        relations = with_clause(selection, question, is_tied=self._is_tied, is_apart=is_apart, is_tallied=is_tallied)
        asked = f"{relations} from ({question})"
        with self._database.cursor() as cursor:
            return execute(cursor, asked, _bind(asked, selection, more)).to_arrow_table()

    def _ask_of_copies(self, question: str, selection: Selection, _: int, **more: object) -> pa.Table:
        asked = f"{beside(selection, question)} from ({question})"
        return self._materialized(selection).query(asked, _bind(asked, selection, more))

    def _materialized(self, selection: Selection) -> MaterializedSelection:
        """Find the copies that this selection shares with every other that differs only in how it is read."""
        made = copies(selection)
        named = sorted({name for copy in made.values() for name in _parameter_names(copy)})
        given = tuple((name, getattr(selection, name)) for name in named)
        with self._finding:
            return self._materialize(tuple(made.items()), given, self._additions)

    def _copied(
        self, made: tuple[tuple[str, str], ...], given: tuple[tuple[str, object], ...], _: int
    ) -> MaterializedSelection:
        values = {name: kept(value) for name, value in given}
        each = {name: {one: values[one] for one in _parameter_names(copy)} for name, copy in made}
        return MaterializedSelection(self._database, dict(made), each)

    def _summarize(self, selection: Selection, _: int) -> Summary:
        [row] = self._rows(_SUMMARY, selection, {}).to_pylist()
        in_view, hashed = frozenset(row["heard"] or ()), data_hash.data_hash(row["lines"])
        hidden, hidden_claims = row["everyone"] - len(in_view), (row["known"] or 0) - row["claims"]
        return Summary(row["claims"], hashed, in_view, hidden, hidden_claims, row["undated"])


def _says(cursor: DuckDBPyConnection, question: str) -> bool:
    """Ask a question that is answered by yes or no."""
    [(is_so,)] = cursor.execute(question).fetchall()
    return bool(is_so)


def _in_zone(schema: pa.Schema, zone: str) -> pa.Schema:
    """Say of each time in which zone it is read: an instant is kept in UTC without saying so."""
    local = pa.timestamp("us", zone)
    return pa.schema([field.with_type(local) if pa.types.is_timestamp(field.type) else field for field in schema])


def _bind(asked: str, selection: Selection, more: dict[str, object]) -> dict[str, object]:
    return {name: more[name] if name in more else kept(getattr(selection, name)) for name in _parameter_names(asked)}


def _parameter_names(asked: str) -> set[str]:
    """Find the parameters that a question names."""
    return set(re.findall(r"\$(\w+)", asked))


def _spell(table: pa.Table) -> _Spell:
    """Find between which moments what some claims tell of happened."""
    ends = [pc.min_max(table[name]).as_py() for name in _HAPPENED]
    return min(end["min"] or _LAST for end in ends), max(end["max"] or _FIRST for end in ends)


def _joined(one: _Spell, other: _Spell) -> _Spell:
    return min(one[0], other[0]), max(one[1], other[1])


def _offsets(zones: Iterable[str], spell: _Spell) -> pa.Table:
    """List the offsets of some zones within some time, and a day around it, for a hedge widens what is told."""
    rows = [(zone, *offset) for zone in sorted(zones) for offset in _lasting(zone)]
    within = [row for row in rows if row[1] - spell[1] <= _DAY and spell[0] - row[2] <= _DAY]
    return pa.Table.from_pylist([dict(zip(_OFFSETS.names, row, strict=True)) for row in within], _OFFSETS)


def _lasting(zone: str) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Give each offset of a zone from when until when it is that of its clocks, in UTC."""
    changes = [(utc(since), ahead) for since, ahead in offsets(zone)]
    for (since, ahead), (until, _) in pairwise([*changes, (_LAST, timedelta())]):
        yield since, until, ahead


def _sources(published: Mapping[str, datetime]) -> pa.Table:
    rows = [{"source_id": source_id, "published_at": kept(moment)} for source_id, moment in published.items()]
    return pa.Table.from_pylist(rows, _SOURCES)
