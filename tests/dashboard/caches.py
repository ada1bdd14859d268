"""What the dashboard keeps from one page to the next, which no test may find of another."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def fresh_caches() -> Iterator[None]:
    """Forget what was shown, before and after."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    st.cache_resource.clear()
    st.cache_data.clear()
