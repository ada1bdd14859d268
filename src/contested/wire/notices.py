"""Notices: what rules told, kept beside the record until it is seen, and sent where a rule names an address.

A notice has an id by which who is sent it knows it again: it is sent once at least, also after a restart.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from contested.model.problem import RefusedAddressError, UnansweredError
from contested.record.beside import keep, open_beside
from contested.record.entry import digest
from contested.wire.requests import Reply
from contested.wire.rules import Rule

FIRST, LONGEST, TRIES = timedelta(seconds=30), timedelta(hours=6), 15
"""After how long a notice is sent again: twice as long each time; and how often at most."""
_TAKEN = range(200, 300)
"""The statuses of a server that took a notice."""
_AT_ONCE = timedelta(minutes=2)
"""For how long who sends a notice has it alone."""
_COLUMNS = "id, rule, who, story, words, claims, hook, state, tries, next_at, problem, seen, kept_at"
_UNSEEN = "select count(*) from notice where who = ? and seen = 0"
Post = Callable[[str, bytes, Mapping[str, str]], Reply]


class State(StrEnum):
    """Where a notice stands on its way."""

    TOLD = "told"
    """It is shown; nobody is sent it."""
    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given up"


class Notice(NamedTuple):
    """What a rule told."""

    id: str
    rule: str
    who: str
    story: str
    words: str
    claim_ids: tuple[str, ...]
    hook: str
    state: State
    tries: int
    next_at: datetime
    problem: str
    seen: bool
    kept_at: datetime


class Notices:
    """What was told to everybody, kept beside a record."""

    def __init__(self, where: str | Path) -> None:
        self._beside = open_beside(where, "notices")

    def add(self, rule: Rule, words: str, claim_ids: Collection[str], now: datetime) -> None:
        """Keep what a rule told; the same of the same state is kept once."""
        kept = json.dumps({key: list(so) for key, so in rule.facts.items()}, sort_keys=True)
        name = digest(f"{rule.id}\n{kept}\n{words}".encode())[:32]
        if not self._beside.execute("select 1 from notice where id = ?", name):
            state = State.WAITING if rule.hook else State.TOLD
            row = (rule.id, rule.who, rule.story, words, json.dumps(sorted(claim_ids)), rule.hook, str(state))
            keep(self._beside, "notices", name, *row, 0, now.isoformat(), "", 0, now.isoformat())

    def of(self, who: str, most: int = 50) -> list[Notice]:
        """List what was told to a person, the latest first."""
        return self._listed("where who = ? order by kept_at desc, id limit ?", who, most)

    def of_rule(self, rule: str, most: int = 50) -> list[Notice]:
        """List what a rule told, the latest first."""
        return self._listed("where rule = ? order by kept_at desc, id limit ?", rule, most)

    def unseen(self, who: str) -> int:
        """Count what a person was told and has not seen."""
        return sum(number for [number] in self._beside.execute(_UNSEEN, who))

    def see(self, who: str) -> None:
        """Take all that a person was told for seen."""
        self._beside.execute("update notice set seen = 1 where who = ?", who)

    def due(self, now: datetime) -> list[Notice]:
        """List what waits to be sent by now, the oldest first."""
        sql = "where state = ? and next_at <= ? order by kept_at, id limit 100"
        return self._listed(sql, str(State.WAITING), now.isoformat())

    def claim(self, one: Notice, now: datetime) -> bool:
        """Take a notice to send it, alone for a while; say whether nobody else has."""
        changed = (
            "update notice set tries = tries + 1, next_at = ? where id = ? and tries = ? and state = ? returning id"
        )
        return bool(self._beside.execute(changed, (now + _AT_ONCE).isoformat(), one.id, one.tries, str(State.WAITING)))

    def settle(self, one: Notice, state: State, next_at: datetime, problem: str) -> None:
        """Keep how sending went."""
        sql = "update notice set state = ?, next_at = ?, problem = ? where id = ?"
        self._beside.execute(sql, str(state), next_at.isoformat(), problem, one.id)

    def close(self) -> None:
        """Close what they are kept in."""
        self._beside.close()

    def _listed(self, which: str, *parameters: str | int) -> list[Notice]:
        rows = self._beside.execute(f"select {_COLUMNS} from notice {which}", *parameters)
        return [
            Notice(
                name, rule, who, story, words, tuple(json.loads(ids)), hook, State(state), tries, _time(next_at), *end
            )
            for name, rule, who, story, words, ids, hook, state, tries, next_at, problem, seen, kept_at in rows
            for end in [(problem, bool(seen), _time(kept_at))]
        ]


def _time(kept: str) -> datetime:
    return datetime.fromisoformat(kept)


Readers = Callable[[str], Collection[str]]
"""Names the claims of a story that readers do not see now."""
Words = Callable[[Rule], str]
"""Says what a rule is, as readers name accounts."""


def send(notices: Notices, rules: Mapping[str, Rule], held: Readers, words: Words, post: Post) -> None:
    """Send what is due, each signed; what fails is sent again later, what is held back from readers now is not."""
    for one in notices.due(datetime.now(UTC)):
        now, rule = datetime.now(UTC), rules.get(one.rule)
        if not notices.claim(one, now):
            continue
        if rule is None or not set(one.claim_ids).isdisjoint(held(one.story)):
            notices.settle(one, State.GIVEN_UP, now, "no longer wanted, or no longer for readers")
            continue
        problem = _sent(one, words(rule), rule.secret, now, post)
        is_last = one.tries + 1 >= TRIES
        state = State.SENT if not problem else State.GIVEN_UP if is_last else State.WAITING
        notices.settle(one, state, now + delay(one.tries), problem)


def delay(tries: int) -> timedelta:
    """Say after how long a notice is sent again that was tried so often before."""
    return min(FIRST * (1 << tries), LONGEST)


def _sent(one: Notice, rule: str, secret: str, now: datetime, post: Post) -> str:
    """Send a notice; say what went wrong."""
    body = json.dumps(
        {"id": one.id, "story": one.story, "rule": rule, "told": one.words, "at": one.kept_at.isoformat()},
        ensure_ascii=False,
    ).encode()
    try:
        reply = post(one.hook, body, signed(one.id, int(now.timestamp()), body, secret))
    except (RefusedAddressError, UnansweredError) as error:
        return str(error)
    return "" if reply.status in _TAKEN else f"the server says {reply.status}"


def signed(name: str, seconds: int, body: bytes, secret: str) -> dict[str, str]:
    """Write the headers of what is sent: its id, when, and a signature over both and the body (Standard Webhooks)."""
    content = f"{name}.{seconds}.".encode() + body
    signature = base64.b64encode(hmac.new(secret.encode(), content, hashlib.sha256).digest()).decode()
    headers = {"webhook-id": name, "webhook-timestamp": str(seconds), "webhook-signature": f"v1,{signature}"}
    return {"Content-Type": "application/json", **headers}
