"""Nothing that is held back reaches a reader: by no view, file, address, link, frame, slide, cache, count or hash."""

import io
import zipfile
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pyarrow.parquet
import pypdf
import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.routing import Mount
from streamlit.testing.v1 import AppTest
from tests.claims_for_tests import bounds, claim, fields, table
from tests.conftest import ROOT
from tests.dashboard.browser import HERE, Browser
from tests.record.writers import bring

import claims
import write_access
from api import API
from contested.charts import CHARTS
from contested.export.formats import FORMATS
from contested.export.readable import READABLE
from contested.library import open_story
from contested.query.selection import Selection
from contested.record import open_record
from contested.record.decks import Deck, Decks, Planned
from contested.record.drafts import Drafts
from contested.record.edits import ChangeNote, correct, state, withdraw
from contested.record.frozen import named
from contested.record.naming import name
from contested.record.release import accept, release
from contested.record.roles import Role
from sharing import export_dialog, light_routes

SECONDS = 120
WORD = "zqxword"
"""Stands in all that is held back, and nowhere else."""
LIFTED = datetime(2030, 1, 1, 12, tzinfo=UTC)
NOTE = ChangeNote("zh", "a second look at it")
KILLED = {"kind": "casualties", "measure": "killed", "source_id": "S1", "place": "Masanchi"}
ALL_OVER = {
    "speaker": f"{WORD} speaker",
    "via": f"{WORD} passed it on",
    "label": f"{WORD} label",
    "question": f"Was there {WORD}?",
    "answer": f"{WORD} answer",
    "place": f"{WORD} place",
    "source_id": f"{WORD}-source",
    "event_id": f"{WORD}-event",
    "account": f"{WORD}-account",
    "victims": f"{WORD} victims",
    "definition": f"{WORD} definition",
    "subkind": f"{WORD} subkind",
    "locator": f"{WORD} line",
}
NAMES = {
    "sources": [{"source_id": f"{WORD}-source", "publisher": WORD, "title": WORD, "url": f"https://{WORD}.example/"}],
    "accounts": [{"account": f"{WORD}-account", "label": f"{WORD} account"}],
    "events": [{"event_id": f"{WORD}-event", "label": f"{WORD} event"}],
    "places": [{"place": f"{WORD} place", "label": f"{WORD} place", "latitude": 42.9, "longitude": 75.3}],
}
OPEN = (
    claim(claim_id="n1", best=10, **KILLED, **bounds("17:00", "18:00", None, "18:00"), stated_at="2020-02-08T09:00Z"),
    claim(
        claim_id="s1",
        account="south",
        best=12,
        **KILLED,
        **bounds("19:00", "20:00", None, "20:00"),
        stated_at="2020-02-08T10:00Z",
    ),
    claim(claim_id="c1", **bounds("17:00", "18:00", "23:00", "23:30"), place="Masanchi"),
)


def held(claim_id, **more):
    told = {"summary": f"What {WORD} said.", "best": 777, **KILLED} | ALL_OVER | bounds("20:00", "21:00", None, "21:00")
    return claim(claim_id=f"{WORD}-{claim_id}", **told | more)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A record of three claims that readers see, and of everything that they must not."""
    monkeypatch.setenv("CONTESTED_STORY", str(tmp_path / "desk.record"))
    monkeypatch.delenv("CONTESTED_NAME", raising=False)
    st.cache_resource.clear()
    st.cache_data.clear()
    with closing(open_record(tmp_path / "desk.record", create=True)) as record:
        file = bring(tmp_path, *OPEN, story="night", text=f"internal_note\n{WORD}")
        accept(record, release(record, file), NOTE)
        yield record
    st.cache_resource.clear()
    st.cache_data.clear()


def fill(record, tmp_path):
    """Hold back in every way there is."""
    accept(record, release(record, bring(tmp_path, held("brought", sensitive="yes"), dataset="more.csv")), NOTE)
    name(record, "night", NAMES, ChangeNote("zh", f"named by {WORD}"))
    state(record, "night", held("never", sensitive="yes"), NOTE)
    state(record, "night", held("later", embargo_until=LIFTED), NOTE)
    state(
        record, "night", held("replaces", account="north", event_id="night", supersedes=("n1",), sensitive="yes"), NOTE
    )
    seen = held("at-first", account="north", event_id="night")
    state(record, "night", seen, NOTE)  # readers saw it, and a link may be frozen there
    frozen = named(record.head)
    correct(record, "night", seen.model_copy(update={"sensitive": "yes"}), ChangeNote("zh", f"hide {WORD}"), 1)
    state(record, "night", held("taken", sensitive="yes"), NOTE)
    withdraw(record, "night", f"{WORD}-taken", ChangeNote("zh", f"{WORD} took it back"), 1)
    hidden_at_first = claim(
        claim_id="n2", summary=f"Two, {WORD} said.", sensitive="yes", same_origin=(f"{WORD}-never",)
    )
    state(record, "night", hidden_at_first, NOTE)
    correct(record, "night", claim(claim_id="n2", summary="Two died."), ChangeNote("zh", "it may be told"), 1)
    with closing(Drafts(tmp_path / "desk.record")) as drafts:
        drafts.keep("zh", "night", "new", {"summary": f"{WORD} draft"}, 0)
    with closing(Decks(tmp_path / "desk.record")) as decks:
        slides = (Planned(chart="map"), Planned(chart="timeline"), Planned(chart="changes"))
        decks.write("talk", Deck(title="A talk", story="night", slides=slides))
        decks.write("then", Deck(title="Then", story="night", slides=(Planned(chart="timeline"),), frozen=frozen))
    return frozen


@pytest.fixture
def reader():
    """A reader's browser, which asks all that is no page of Streamlit's."""
    app = Starlette(routes=[Mount("/api", app=API), *light_routes.ROUTES])
    return Browser(app, client=("203.0.113.7", 5000))


def texts(content):
    """Give all the text of a file, also of one that is packed."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return " ".join(f"{one} {texts(packed.read(one))}" for one in packed.namelist())
    if content.startswith(b"PAR1"):
        table = pyarrow.parquet.read_table(io.BytesIO(content))
        return f"{table.to_pylist()} {table.schema.metadata}"
    if content.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return content.decode("utf-8", "replace")


def holds(content):
    return WORD in texts(content).casefold()


def addresses(frozen):
    """List every address that is no page of Streamlit's, as things are now and as they were."""
    charts = [chart.key for chart in CHARTS]
    yield from (f"/api/v1/answers/{key}" for key in charts)
    for then in ("", f"frozen={frozen}", "as_known_at=2029-01-01T00:00Z&known_by=recorded"):
        yield from (f"/api/v1/{path}?{then}" for path in ("head", "claims", "sources", "answers/changes"))
        yield from (f"/embed/{key}?{then}" for key in ("timeline", "casualty-counts", "disagreements"))
    yield from (f"/api/v1/claims?format={form}" for form in ("csv", "parquet", "xlsx", "geojson", "timelinejs"))
    yield from (f"/api/v1/answers/{key}?format={form}" for key in ("observations",) for form in FORMATS)
    for claim_id in ("never", "later", "at-first", "brought", "taken"):
        yield f"/api/v1/claims/{WORD}-{claim_id}"
        yield f"/api/v1/claims/{WORD}-{claim_id}/history"
        yield f"/api/v1/claims/{WORD}-{claim_id}?frozen={frozen}"
    yield from ("/api/v1/claims/n2/history", "/api/v1/feed.atom", "/api/v1/openapi.json")
    yield from (f"/oembed?url={HERE}/embed/{key}" for key in ("map", "timeline"))
    yield from ("/present", "/present?deck=talk", "/present?deck=then", f"/present/state?since={frozen}")
    yield from (f"/present/file?deck=then&form={form}&notes=1" for form in READABLE)
    yield from (f"/night/{frozen}", f"/night/{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")


def test_no_address_holds_anything_that_is_held_back(desk, tmp_path, reader):
    frozen = fill(desk, tmp_path)

    found = {address: reader.get(address) for address in addresses(frozen)}

    assert sum(one.status_code == 200 for one in found.values()) > 50
    asked = {address: WORD in address for address in found}
    assert [a for a, one in found.items() if not asked[a] and holds(one.content)] == []
    assert {one.status_code for a, one in found.items() if asked[a]} == {404}
    assert [a for a, one in found.items() if WORD in str(one.headers).casefold()] == []


# The pages


def opened(monkeypatch, path, role, **parameters):
    """Open a view as somebody in a role."""

    def only(pages, **_):
        page = next(one for one in pages if one.url_path == path)
        page._can_be_called = True  # noqa: SLF001 as Streamlit itself says of the page that it returns
        return page

    monkeypatch.setattr(st, "navigation", only)
    monkeypatch.setattr(write_access, "role", lambda: role)
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=SECONDS)
    for key, value in parameters.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception[0].value
    return " ".join(str(one.proto) for one in every(app._tree) if getattr(one, "proto", None))  # noqa: SLF001


def every(block):
    for one in block.children.values():
        yield one
        if hasattr(one, "children"):
            yield from every(one)


VIEWS = ("", "corrections", "newsroom", "deck", "method", "disagreements")


def test_no_page_shows_a_reader_what_it_shows_an_editor(desk, tmp_path, monkeypatch):
    frozen = fill(desk, tmp_path)

    assert WORD in opened(monkeypatch, "evidence", Role.EDITOR).casefold()  # first, so that it is in every cache
    assert "claims are held back" in opened(monkeypatch, "", Role.EDITOR)
    for path in VIEWS:
        assert WORD not in opened(monkeypatch, path, Role.VIEWER).casefold(), path
    assert WORD not in opened(monkeypatch, "evidence", Role.VIEWER, frozen=frozen).casefold()
    assert WORD not in opened(monkeypatch, "evidence", Role.VIEWER, search="two").casefold()
    assert WORD not in opened(monkeypatch, "newsroom", Role.VIEWER, do="history", claim="n2").casefold()


def test_a_file_that_an_editor_takes_away_holds_what_readers_may_see(desk, tmp_path, monkeypatch):
    fill(desk, tmp_path)
    monkeypatch.setattr(write_access, "role", lambda: Role.EDITOR)

    seen = claims.ask("casualty-counts", Selection())
    leaves = claims.answer_for_readers(seen)

    assert WORD in "".join(seen.json()).casefold()
    for one in (*export_dialog._readable(leaves), *export_dialog._data(leaves)):  # noqa: SLF001 what it offers
        if not one.needs and one.name != "ClaimReview":
            assert not holds(one.write()), one.name


def test_no_count_and_no_hash_tells_that_anything_is_held_back(desk, reader):
    asked = ("claims", "sources", "answers/casualty-counts", "answers/timeline", "answers/disagreements")
    before = _without_head(desk, [reader.get(f"/api/v1/{path}").text for path in asked])
    told = reader.get("/api/v1/head").json()

    for number, marked in enumerate(({"sensitive": "yes"}, {"embargo_until": LIFTED})):
        state(desk, "night", held(f"{number}", **marked), NOTE)
        here = held(f"{number}-here", account="north", event_id="night", corrects=("n1",), **marked)
        state(desk, "night", here, NOTE)

    assert _without_head(desk, [reader.get(f"/api/v1/{path}").text for path in asked]) == before
    now = reader.get("/api/v1/head").json()
    assert {key: now[key] for key in ("claims", "data_hash")} == {"claims": 3, "data_hash": told["data_hash"]}
    ref = claims.resolve(is_here=False, asked=None).shown
    assert claims.entries(ref, 1, desk.head.seq) == []  # the bar of newer entries, and the stream


def _without_head(record, told):
    """Take out of answers the last entry of the record, which is that of all that was recorded."""
    return [one.replace(record.head.hash, "").replace(record.head.hash[:12], "") for one in told]


def test_an_embargo_ends_by_itself_at_its_moment_and_not_an_instant_before(desk, reader, monkeypatch):
    state(desk, "night", claim(claim_id="n2", summary="Two died.", embargo_until=LIFTED), NOTE)

    class Clock(datetime):
        shown = LIFTED - timedelta(microseconds=1)

        @classmethod
        def now(cls, tz=None):
            return cls.shown.astimezone(tz)

    monkeypatch.setattr(claims, "datetime", Clock)
    assert reader.get("/api/v1/claims/n2").status_code == 404
    assert reader.get("/api/v1/head").json()["claims"] == 3
    Clock.shown = LIFTED

    assert reader.get("/api/v1/claims/n2").json()["summary"] == "Two died."
    assert reader.get("/api/v1/head").json()["claims"] == 4
    assert reader.get("/api/v1/claims/n2/history").json()["changes"] == []


def test_what_is_held_back_again_is_gone_from_a_page_that_stays_at_an_earlier_entry(desk, reader):
    entry = named(desk.head)
    assert reader.get(f"/api/v1/claims/s1?frozen={entry}").status_code == 200

    correct(desk, "night", OPEN[1].model_copy(update={"sensitive": "yes"}), NOTE, 1)

    assert reader.get(f"/api/v1/claims/s1?frozen={entry}").status_code == 404
    assert reader.get(f"/api/v1/head?frozen={entry}").json()["claims"] == 2


def test_a_claim_that_may_be_told_shows_nothing_of_when_it_was_not(desk, tmp_path, reader):
    fill(desk, tmp_path)

    assert reader.get("/api/v1/claims/n2").json()["same_origin"] == []
    assert reader.get("/api/v1/claims/n2/history").json()["changes"] == []


@pytest.mark.parametrize("cell", ["perhaps", "2030-13-01", "soon"])
def test_what_cannot_be_read_is_shown_to_nobody(tmp_path, cell):
    for column in ("sensitive", "embargo_until"):
        path = table(tmp_path / "claims.csv", fields(claim_id="a"), fields(claim_id="b") | {column: cell})

        assert open_story(path).claims["claim_id"].to_pylist() == ["a"]


@pytest.mark.parametrize("marked", [{"sensitive": "yes"}, {"embargo_until": "2999-01-01T00:00Z"}], ids=list)
def test_a_folder_and_a_record_are_opened_for_readers_unless_somebody_says_otherwise(tmp_path, marked):
    path = table(tmp_path / "claims.csv", fields(claim_id="a"), fields(claim_id="b") | marked)

    assert open_story(path).claims["claim_id"].to_pylist() == ["a"]
    assert open_story(path, for_newsroom=True).claims["claim_id"].to_pylist() == ["a", "b"]
