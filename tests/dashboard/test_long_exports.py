"""A long table is sent while it is written, and never held whole; what is sent is what a file of it holds."""

import io
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pyarrow.parquet
import pytest
from tests.charts.test_delays_over_time import MONDAY, calls
from tests.conftest import awaited
from tests.dashboard.test_api import get
from tests.lies.small_stories import told, unique

import claims as kept
from api.reading import gathered
from contested import Selection
from contested.export.table import csv_text, parquet, parquet_pieces
from views.observations import sent

MANY = told(
    "observations", *unique(calls([(MONDAY + timedelta(minutes=n), n % 40) for n in range(12_000)])), start="call"
)


def test_parquet_leaves_in_pieces_of_ten_thousand_rows_that_make_one_file():
    pieces = list(parquet_pieces(MANY))

    table = pyarrow.parquet.read_table(io.BytesIO(b"".join(pieces)))
    assert len(pieces) == 3
    assert table.num_rows == 12_000
    assert table.equals(pyarrow.parquet.read_table(io.BytesIO(parquet(MANY))))


def test_csv_leaves_in_pieces_none_of_which_is_long():
    pieces = list(gathered(csv_text(MANY)))

    assert len(pieces) > 10
    assert max(map(len, pieces)) < 2 * (1 << 16)
    assert len(pd.read_csv(io.BytesIO(b"".join(pieces)))) == 12_000


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_address_of_a_long_table_asks_for_exactly_what_the_page_shows(form):
    selected = Selection(
        zone="America/New_York",
        where=["2031-03-04T00:00-05:00=after", "weekday=Friday"],
        target_minutes=[8, 4],
        calls="every",
        trimmed_above_minutes=60,
        start="call",
    )

    asked = parse_qs(urlsplit(sent(selected, form)).query)

    assert asked.pop("format") == [form]
    several = {name: asked.pop(name) for name in ("where", "target_minutes")}
    assert Selection.model_validate(several | {name: said[0] for name, said in asked.items()}) == selected


def test_the_program_sends_it_in_several_messages(monkeypatch):
    import api  # noqa: PLC0415

    monkeypatch.setattr(kept, "ask_of", lambda *_: MANY)
    messages = []

    async def send(message):
        messages.append(message)

    scope = {"type": "http", "method": "GET", "path": "/v1/answers/observations", "query_string": b"format=csv"}
    scope |= {"headers": [], "client": ("127.0.0.1", 1), "server": ("localhost", 1), "scheme": "http", "root_path": ""}
    scope |= {"asgi": {"version": "3.0", "spec_version": "2.4"}}
    awaited(api.API(scope, None, send))

    body = [message for message in messages if message.get("body")]
    assert len(body) > 10
    assert get("answers/observations?format=csv").body == b"".join(message["body"] for message in body)
