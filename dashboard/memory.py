"""Memory of the server: freed objects are returned to the operating system, expired sessions are closed."""

import asyncio
import ctypes
import gc
import sys
from contextlib import suppress
from threading import Event
from typing import Any

from streamlit import runtime

_PAUSE = 5.0
"""Seconds; what was freed may still be used by a run that is about to end."""
_freed = Event()


def note_freed(*_: object) -> None:
    """Note that something large was freed."""
    _freed.set()


async def trim_periodically() -> None:
    """Close expired sessions and trim the memory where something was freed, as long as the server runs."""
    while True:
        await asyncio.sleep(_PAUSE)
        if close_expired_sessions() or _freed.is_set():
            _freed.clear()
            await asyncio.to_thread(trim)


def close_expired_sessions() -> int:
    """Close the sessions whose time to reconnect is over, with their uploaded files; return their number.

    Streamlit itself does so only once the next session is left.
    """
    manager: Any = runtime.get_instance()._session_mgr  # noqa: SLF001 no other way leads to them
    expired = manager._session_storage._cache.expire()  # noqa: SLF001 the same
    for _, one in expired:
        one.session.shutdown()
        one.session.session_state.clear()  # the loop of Streamlit holds the last session until the next one comes
    return len(expired)


def trim() -> None:
    """Return free memory to the system: collect garbage, release Arrow's pool, trim the heap of the C library."""
    import pyarrow as pa  # noqa: PLC0415 slow to import, so not before the server listens

    gc.collect()
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        with suppress(AttributeError):  # another C library than that of GNU
            ctypes.CDLL(None).malloc_trim(0)
