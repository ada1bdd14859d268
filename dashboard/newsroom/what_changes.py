"""What changes for readers with a correction or a withdrawal: in titles of charts, in Compare, in contradictions."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import pyarrow as pa
import streamlit as st

import claims
from contested.analysis.comparison.compare import Relation
from contested.analysis.comparison.current_claims import CURRENT
from contested.analysis.comparison.matrix import OTHERWISE, matrix
from contested.analysis.comparison.positions import read_positions
from contested.answers import answer
from contested.charts import CHARTS
from contested.drawing import html
from contested.model.arrow_schema import to_arrow
from contested.model.claim import Claim
from contested.model.side_tables import Account
from contested.model.story import Story
from contested.model.vocabulary import Status
from contested.model.wording import counted, listing
from contested.query.rows import each
from contested.query.selection import Selection
from contested.query.store import Store
from importing.what_readers_see import LOOKED_AT, unchanged
from newsroom.draft_form import group
from sharing.deck_shelf import shelf

MOST = 5_000
"""Of more claims than this it is not reckoned beforehand, so that nobody waits for it."""
_NAMED = 3
"""How many questions are named."""
_DISAGREEMENTS = "disagreements"
_EVERY = "select distinct claim_id from claims"


class Line(NamedTuple):
    """One thing that changes: a sign, where, and what it was and will be, as HTML."""

    sign: str
    where: str
    words: str


class Answered(NamedTuple):
    """How one question is answered: what each account says on it, and how they stand to each other."""

    said: Mapping[str, tuple[str, ...]]
    verdict: str


class Reading(NamedTuple):
    """How a story reads: what its charts are titled, how its questions are answered, what contradicts what."""

    titles: Mapping[str, str]
    drawn: frozenset[str]
    """The charts in which the claim in question is drawn."""
    questions: Mapping[str, Answered]
    conflicts: Counter[str]
    accounts: Mapping[str, str]


def show(claim_id: str, after: Claim | None) -> None:
    """List what readers will read otherwise once a claim reads so, or is gone."""
    group("What changes")
    lines = [*found(claim_id, after), *_evidence(after), *_links()]
    items = "".join(f"<li><i>{one.sign}</i><span><b>{html(one.where)}</b>: {one.words}</span></li>" for one in lines)
    st.html(f'<ul class="what-changes">{items}</ul>')


def _evidence(after: Claim | None) -> Iterator[Line]:
    if after and after.status is Status.WITHDRAWN:
        words = "it stays there, struck through; “as recorded by” an earlier moment shows it as it stood"
        yield Line("–", "Evidence", words)


def _links() -> Iterator[Line]:
    decks = shelf()
    yield from (Line("–", where, html(words)) for where, words in unchanged(claims.story().name, decks))


def found(claim_id: str, after: Claim | None) -> list[Line]:
    """Compare what readers read now with what they will read."""
    shown = claims.for_readers(claims.newest_of(claims.current_story()))
    ids = claims.store_of(shown).columns(_EVERY, Selection())["claim_id"].to_pylist()
    if len(ids) > MOST:
        return [Line("–", "Charts", f"not reckoned beforehand, of more than {MOST:,} claims")]
    if claim_id not in ids:
        return [Line("–", "Readers", "they see nothing of it now")]
    before, then = _reading(shown, claim_id, None), _reading(shown, claim_id, () if after is None else (after,))
    accounts = dict.fromkeys(
        [claims.store_of(shown).claims([claim_id])[claim_id].account, *([after.account] if after else [])]
    )
    is_taken_back = after is not None and after.status is Status.WITHDRAWN
    return list(compared(before, then, accounts, is_taken_back=is_taken_back))


@st.cache_data(max_entries=20, show_spinner=False, hash_funcs={Claim: Claim.model_dump_json})
def _reading(shown: claims.StoryRef, claim_id: str, instead: tuple[Claim, ...] | None) -> Reading:
    """Read a story as it is, or with another reading of one of its claims, or without that claim."""
    store, story = claims.store_of(shown), claims.story_of(shown)
    table = store.rows(store.columns(_EVERY, Selection())["claim_id"].to_pylist())
    if instead is not None:
        at = table["claim_id"].to_pylist().index(claim_id)
        now = to_arrow(instead).cast(table.schema)
        table = pa.concat_tables([table.slice(0, at), now, table.slice(at + 1)])
    return read(story, table, claim_id)


def read(story: Story, table: pa.Table, claim_id: str) -> Reading:
    """Read a story of these claims by the clock that it opens on."""
    names = {name: Account(account=name, label=name) for name in table["account"].unique().to_pylist()}
    story = replace(story, accounts=names | story.accounts, changes={})
    store = Store(table, story.published())
    clock = store.facets().clock
    selected = Selection(zone=story.package.zone, start=clock.start, stop=clock.stop)
    asked = (chart for chart in CHARTS if chart.key in {*LOOKED_AT, _DISAGREEMENTS})
    told = {chart.key: answer(chart, story, store, selected) for chart in asked}
    disagreed = told[_DISAGREEMENTS]
    apart = disagreed.written(disagreed.rows[disagreed.rows["relation"] == Relation.CONTRADICT])
    return Reading(
        {key: told[key].title for key in LOOKED_AT},
        frozenset(key for key in LOOKED_AT if told[key].claims_among([claim_id])),
        {
            line.question: Answered(
                {
                    account: tuple(one.value for one in cell.said)
                    for account, cell in line.cells.items()
                    if cell.state != OTHERWISE
                },
                line.verdict,
            )
            for line in matrix(read_positions(store.columns(CURRENT, selected), disagreed.legend))
        },
        Counter(f"{row.question}: {listing(map(disagreed.legend.label, row.accounts))}" for row in each(apart)),
        {key: one.label for key, one in story.accounts.items()},
    )


def compared(before: Reading, after: Reading, accounts: Collection[str], *, is_taken_back: bool) -> Iterator[Line]:
    """Say what differs between how a story reads and how it will read, and that nothing else does."""
    for key, name in LOOKED_AT.items():
        was, now = before.titles[key], after.titles[key]
        leaves = key in before.drawn - after.drawn
        stays = is_taken_back and key in before.drawn & after.drawn
        mark = "its mark leaves" if leaves else "its mark stays, as withdrawn" if stays else ""
        title = f"{_from_to(was, now)}" if was != now else "the title stays" if mark else ""
        if words := "; ".join(part for part in (mark, title) if part):
            yield Line("✕" if mark else "→", name, words)
    yield from _answers(before, after, accounts)
    ended, begun = before.conflicts - after.conflicts, after.conflicts - before.conflicts
    words = f"{_number(ended, 'ends', 'end')}, {_number(begun, 'begins', 'begin')}"
    named = [*_several(ended), *_several(begun)][:_NAMED]
    yield Line("≠", "Contradictions", html(f"{words}{f': {listing(named)}' if named else ''}"))


def _answers(before: Reading, after: Reading, accounts: Collection[str]) -> Iterator[Line]:
    """Say, question by question, which answers of these accounts change, and how the accounts then stand."""
    questions = {**before.questions, **after.questions}
    found = [line for question in questions for line in _answer(question, before, after, accounts)]
    yield from (Line("–", "Compare", line) for line in found[:_NAMED] or ["every answer stays"])
    if len(found) > _NAMED:
        yield Line("–", "Compare", f"{counted(len(found) - _NAMED, 'answer')} more")


def _answer(question: str, before: Reading, after: Reading, accounts: Collection[str]) -> Iterator[str]:
    """Say what accounts answered and will answer; a question that one alone answers has no line in Compare."""
    was, now = before.questions.get(question), after.questions.get(question)
    names, asked = {**before.accounts, **after.accounts}, f"“{html(question)}”"
    for account in accounts:
        old, new = (listing(one.said.get(account, ())) if one else "" for one in (was, now))
        if old != new:
            stands = (
                f"; {html(was.verdict)} → {html(now.verdict)}" if was and now and was.verdict != now.verdict else ""
            )
            left = f", {len(was.said) - 1} of {counted(len(was.said), 'answer')} left" if was and not new else ""
            yield f"{asked} {html(names.get(account, account))} {_from_to(old, new)}{left}{stands}"


def _from_to(old: str, new: str) -> str:
    return f"{f'<del>{html(old)}</del>' if old else '–'} → <ins>{html(new or '–')}</ins>"


def _number(found: Counter[str], one: str, several: str) -> str:
    number = found.total()
    return f"{number or 'none'} {several if number > 1 else one}"


def _several(found: Counter[str]) -> list[str]:
    return [name if number == 1 else f"{name} ({number})" for name, number in found.items()]
