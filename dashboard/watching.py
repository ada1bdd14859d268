"""Watching: as long as the server runs, rules are held against what is recorded, and what they told is sent."""

import asyncio
import logging
import time
from collections.abc import Iterable
from functools import cache, partial

import claims
from contested.model.problem import ContestedError
from contested.record.entry import Head
from contested.record.log import Record
from contested.wire import public
from contested.wire.addresses import inside
from contested.wire.notices import Notice, Notices
from contested.wire.requests import Reach, post
from contested.wire.rules import Rules
from contested.wire.telling import dispatch, tell
from live.newest import NEWEST
from sharing import where_kept

SECONDS, AT_LEAST = 2.0, 60.0
"""How often the record is looked at, and how often rules are held against it at least: an embargo ends by itself."""


def rules() -> Rules:
    """Open the rules beside the record, once for the server."""
    return _rules(where_kept.record_address() or "")


def notices() -> Notices:
    """Open what was told beside the record, once for the server."""
    return _notices(where_kept.record_address() or "")


@cache
def _rules(where: str) -> Rules:
    return Rules(where)


@cache
def _notices(where: str) -> Notices:
    return Notices(where)


def readable(kept: Record, told: Iterable[Notice]) -> list[Notice]:
    """Leave out what rests on claims that readers do not see now."""
    hidden = cache(partial(public.held, kept))
    return [one for one in told if hidden(one.story).isdisjoint(one.claim_ids)]


class Watch:
    """What was looked at last."""

    def __init__(self) -> None:
        self._head: Head | None = None
        self._at = -AT_LEAST

    def look(self) -> None:
        """Hold the rules against what is new, and send what is due; a server without rules does nothing."""
        kept = claims.record()
        if kept is None or not rules().every():
            return
        if kept.head != self._head or time.monotonic() - self._at > AT_LEAST:
            self._head, self._at = kept.head, time.monotonic()
            NEWEST.told += tell(kept, rules(), notices())
        dispatch(kept, rules(), notices(), lambda url, body, headers: post(url, body, headers, Reach(inside())))


async def watch() -> None:
    """Look again and again, in a thread; what fails is logged, and tried again."""
    one = Watch()
    while True:
        await asyncio.sleep(SECONDS)
        try:
            await asyncio.to_thread(one.look)
        except ContestedError as error:
            logging.getLogger(__name__).warning("rules could not be looked at: %s", type(error).__name__)
