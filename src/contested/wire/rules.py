"""Rules: of what a person wants to be told, and what of it is so by what readers may see.

What is so is kept with the rule when it was last looked at; what is so now and was not then is told.
"""

import json
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from contested.analysis.comparison.compare import Relation
from contested.analysis.comparison.current_claims import CURRENT
from contested.answers import answer
from contested.charts import CHARTS
from contested.model.problem import BadSelectionError
from contested.model.story import Story
from contested.model.wording import cut
from contested.query.selection import Selection
from contested.query.store import Store
from contested.record.beside import keep, open_beside

MOST = 100
"""How many rules a person has."""
_FOLLOWED = 5_000
"""How many claims of an account are followed; of one that says more nothing stands out."""
_LETTERS = 120
_CONTRADICTED = (Relation.CONTRADICT, Relation.REJECTED)


class About(StrEnum):
    """What a rule is about."""

    MAXIMUM = "maximum"
    """An account’s highest figure changes; its subject is what is counted."""
    CONTRADICTION = "contradiction"
    """Two accounts newly cannot both be right; its subject is a question."""
    ACCOUNT = "account"
    """An account says something; its subject is the account."""


class So(NamedTuple):
    """One thing that is so, and the claims that say so."""

    value: str
    claim_ids: tuple[str, ...]


Facts = Mapping[str, So]
"""What is so, by whom or what it is about."""


class Wanted(NamedTuple):
    """Of what somebody wants to be told of a story, and to which address it is sent, if to any."""

    who: str
    story: str
    about: About
    subject: str
    hook: str = ""


class Rule(NamedTuple):
    """Of what a person wants to be told."""

    id: str
    """Nobody can guess it: who knows it may read what it told."""
    who: str
    story: str
    about: About
    subject: str
    hook: str
    """The address that is sent what is told; empty where none is."""
    secret: str
    """What is sent is signed with it."""
    facts: Facts

    def words(self, names: Mapping[str, str] = MappingProxyType({})) -> str:
        """Say what the rule is, with what accounts are called."""
        return {
            About.MAXIMUM: f"any highest figure of {measured(self.subject)} changes",
            About.CONTRADICTION: f"a new contradiction on “{self.subject}”",
            About.ACCOUNT: f"{names.get(self.subject, self.subject)} speaks",
        }[self.about]


def measured(subject: str) -> str:
    """Name what is counted as readers say it."""
    return subject.replace("_", " ")


def facts(about: About, subject: str, story: Story, store: Store) -> Facts:
    """Say what is so of what a rule is about."""
    return dict(_FOUND[about](subject, story, store))


def news(rule: Rule, now: Facts, story: Story) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Say what is so now and was not, each in a sentence, with the claims that say so."""
    before = rule.facts
    for key, so in now.items():
        if key in before and (rule.about is not About.MAXIMUM or before[key].value == so.value):
            continue
        if rule.about is About.MAXIMUM:
            was = f"{before[key].value} → " if key in before else ""
            yield f"{_label(story, key)}: {measured(rule.subject)} {was}{so.value}", so.claim_ids
        elif rule.about is About.ACCOUNT:
            yield f"{_label(story, rule.subject)}: {so.value}", so.claim_ids
        else:
            yield f"{so.value} cannot both be right", so.claim_ids


def _highest(subject: str, _: Story, store: Store) -> Iterator[tuple[str, So]]:
    asked = f"""select account, max(coalesce(high, best, low)) as most,
        arg_max(claim_id, coalesce(high, best, low)) as claim_id
        from ({CURRENT}) where measure = $subject and coalesce(high, best, low) is not null
        group by account order by account"""
    for row in store.columns(asked, Selection(), subject=subject).to_pylist():
        yield row["account"], So(f"{row['most']:,}", (row["claim_id"],))


def _contradicted(subject: str, story: Story, store: Store) -> Iterator[tuple[str, So]]:
    chart = next(one for one in CHARTS if one.key == "disagreements")
    found = answer(chart, story, store, Selection(zone=story.package.zone))
    rows = found.rows[(found.rows["question"] == subject) & found.rows["relation"].isin(_CONTRADICTED)]
    for one, other, claim_ids in zip(rows["account_one"], rows["account_other"], found.claim_ids(rows), strict=True):
        pair = sorted((str(one), str(other)))
        words = " and ".join(_label(story, account) for account in pair)
        yield " | ".join([*pair, *sorted(claim_ids)]), So(words, tuple(sorted(claim_ids)))


def _said(subject: str, _: Story, store: Store) -> Iterator[tuple[str, So]]:
    asked = f"select claim_id, summary from known where account = $subject order by claim_id limit {_FOLLOWED + 1}"
    rows = store.columns(asked, Selection(), subject=subject).to_pylist()
    if len(rows) > _FOLLOWED:
        message = f"{subject} has said more than {_FOLLOWED:,} things; choose another account"
        raise BadSelectionError(message)
    for row in rows:
        yield row["claim_id"], So(cut(row["summary"], _LETTERS), (row["claim_id"],))


_FOUND = {About.MAXIMUM: _highest, About.CONTRADICTION: _contradicted, About.ACCOUNT: _said}


def _label(story: Story, account: str) -> str:
    found = story.accounts.get(account)
    return found.label if found else account


class Rules:
    """The rules of everybody, kept beside a record."""

    def __init__(self, where: str | Path) -> None:
        self._beside = open_beside(where, "rules")

    def add(self, wanted: Wanted, now: Facts) -> Rule:
        """Keep a rule; what is so now is not told."""
        if len(self.of(wanted.who)) >= MOST:
            message = f"more than {MOST} rules are not kept; take one away"
            raise BadSelectionError(message)
        rule = Rule(secrets.token_hex(16), *wanted, secrets.token_urlsafe(32), now)
        self._keep(rule)
        return rule

    def saw(self, rule: Rule, now: Facts) -> None:
        """Keep what is so now, where the rule is still wanted."""
        if self.one(rule.id):
            self._keep(rule._replace(facts=now))

    def drop(self, who: str, rule: str) -> None:
        """Let go of a rule of a person."""
        self._beside.execute("delete from rule where id = ? and who = ?", rule, who)

    def of(self, who: str) -> list[Rule]:
        """List the rules of a person."""
        return [one for one in self.every() if one.who == who]

    def one(self, rule: str) -> Rule | None:
        """Give a rule by its id."""
        return next((one for one in self.every() if one.id == rule), None)

    def every(self) -> list[Rule]:
        """List all rules, the oldest first."""
        rows = self._beside.execute(
            "select id, who, story, about, subject, hook, secret, facts from rule order by kept_at, id"
        )
        return [_read(row) for row in rows]

    def close(self) -> None:
        """Close what they are kept in."""
        self._beside.close()

    def _keep(self, rule: Rule) -> None:
        kept = json.dumps({key: list(so) for key, so in rule.facts.items()})
        keep(self._beside, "rules", *rule[:-1], kept, datetime.now(UTC).isoformat())


def _read(row: tuple[str, ...]) -> Rule:
    *told, kept = row
    found = {key: So(value, tuple(ids)) for key, (value, ids) in json.loads(kept).items()}
    rule_id, who, story, about, subject, hook, secret = told
    return Rule(rule_id, who, story, About(about), subject, hook, secret, found)
