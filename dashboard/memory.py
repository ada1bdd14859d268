"""The memory of the server: what a session held is given back to the system once it is let go of."""

import asyncio
import ctypes
import gc
import sys
from contextlib import suppress
from threading import Event
from typing import Any

from streamlit import runtime

_PAUSE = 5.0
"""Seconds; what was let go of may still be used by a run that is about to end."""
_let_go = Event()


def let_go(*_: object) -> None:
    """Note that something large was let go of."""
    _let_go.set()


async def keep_giving_back() -> None:
    """Let go of the sessions that ended, and give back what was let go of, for as long as the server runs."""
    while True:
        await asyncio.sleep(_PAUSE)
        if end_sessions() or _let_go.is_set():
            _let_go.clear()
            await asyncio.to_thread(give_back)


def end_sessions() -> int:
    """End the sessions whose time to come back is over, with the files dropped in them, and count them.

    Streamlit itself does so only once the next session is left.
    """
    manager: Any = runtime.get_instance()._session_mgr  # noqa: SLF001 no other way leads to them
    expired = manager._session_storage._cache.expire()  # noqa: SLF001 the same
    for _, one in expired:
        one.session.shutdown()
        one.session.session_state.clear()  # the loop of Streamlit holds the last session until the next one comes
    return len(expired)


def give_back() -> None:
    """Give the system what is free: unused objects, what Arrow holds ready, and the free pages of the C library."""
    import pyarrow as pa  # noqa: PLC0415 slow to import, so not before the server listens

    gc.collect()
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        with suppress(AttributeError):  # another C library than that of GNU
            ctypes.CDLL(None).malloc_trim(0)
