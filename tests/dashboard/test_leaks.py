"""Nothing that is held back reaches a reader: by no view, file, address, link, frame, slide, cache, count or hash."""

import io
import json
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
from tests.dashboard.caches import fresh_caches
from tests.record.writers import bring

import claims
import write_access
from api import API, writing
from api import events as api_events
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
from contested.wire.quarantine import Quarantine
from live import newest
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
    with fresh_caches(), closing(open_record(tmp_path / "desk.record", create=True)) as record:
        file = bring(tmp_path, *OPEN, story="night", text=f"internal_note\n{WORD}")
        accept(record, release(record, file), NOTE)
        yield record


def fill(record, tmp_path):
    """Hold back in every way there is."""
    more = bring(tmp_path, held("brought", sensitive="yes"), dataset=f"{WORD}.csv")
    accept(record, release(record, more), NOTE)
    with closing(Quarantine(tmp_path / "desk.record.quarantine")) as quarantine:
        waits = quarantine.take(f"/{WORD}/in", f"{WORD}-came.csv", WORD.encode(), {}, "night")
        quarantine.waits(waits, {"rows": 1, "accepted": 0, "whys": [f"{WORD} cannot be read"]})
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
    app = Starlette(routes=[newest.ROUTE, Mount("/api", app=API), *light_routes.ROUTES])
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


def originals(record):
    """Give the hash of each file that is kept as it was brought: what it holds could be guessed and tried by it."""
    brought = (entry for entry in record.entries() if entry.manifest()["files"])
    return {sha256 for entry in brought for sha256 in entry.manifest()["files"].values()}


def test_the_newsroom_holds_the_files_that_were_brought_and_each_has_the_word(desk, tmp_path):
    """The control of all that follows: there is something that could get out."""
    fill(desk, tmp_path)

    assert len(originals(desk)) == 2
    assert all(WORD.encode() in b"".join(desk.document(sha256)) for sha256 in originals(desk))
    with closing(Quarantine(tmp_path / "desk.record.quarantine")) as quarantine:
        assert [quarantine.content(one.sha256) for one in quarantine.waiting()] == [WORD.encode()]


def addresses(frozen, hashes):
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
    for sha256 in (*hashes, f"{WORD}.csv", "claims.csv"):
        yield from (f"/{path}/{sha256}" for path in ("api/v1/documents", "api/v1/files", "media", "present", "night"))
    yield from (f"/night/{frozen}", f"/night/{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")


def test_no_address_holds_anything_that_is_held_back(desk, tmp_path, reader):
    frozen, hashes = fill(desk, tmp_path), originals(desk)

    found = {address: reader.get(address) for address in addresses(frozen, hashes)}

    assert sum(one.status_code == 200 for one in found.values()) > 50
    asked = {address: WORD in address for address in found}
    assert [a for a, one in found.items() if not asked[a] and holds(one.content)] == []
    assert {one.status_code for a, one in found.items() if asked[a]} == {404}
    assert [a for a, one in found.items() if WORD in str(one.headers).casefold()] == []
    told = {a: f"{one.headers} {texts(one.content)}".replace(a.rpartition("/")[2], "") for a, one in found.items()}
    assert [a for a, text in told.items() if any(sha256 in text for sha256 in hashes)] == []


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


VIEWS = ("", "corrections", "newsroom", "deck", "import", "method", "disagreements")


def test_no_page_shows_a_reader_what_it_shows_an_editor(desk, tmp_path, monkeypatch):
    frozen = fill(desk, tmp_path)

    assert WORD in opened(monkeypatch, "evidence", Role.EDITOR).casefold()  # first, so that it is in every cache
    assert "claims are held back" in opened(monkeypatch, "", Role.EDITOR)
    assert f"{WORD}-came.csv" in opened(monkeypatch, "import", Role.PUBLISHER)
    for path in VIEWS:
        shown = opened(monkeypatch, path, Role.VIEWER).casefold()
        assert WORD not in shown, path
        assert not any(sha256[:12] in shown for sha256 in originals(desk)), path
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
    before = [reader.get(f"/api/v1/{path}").text for path in asked]
    told = reader.get("/api/v1/head").json()

    for number, marked in enumerate(({"sensitive": "yes"}, {"embargo_until": LIFTED})):
        state(desk, "night", held(f"{number}", **marked), NOTE)
        here = held(f"{number}-here", account="north", event_id="night", corrects=("n1",), **marked)
        state(desk, "night", here, NOTE)

    assert [reader.get(f"/api/v1/{path}").text for path in asked] == before
    now = reader.get("/api/v1/head").json()
    assert {key: now[key] for key in ("claims", "data_hash")} == {"claims": 3, "data_hash": told["data_hash"]}
    ref = claims.resolve(is_here=False, asked=None).shown
    assert claims.entries(ref, 1, desk.head.seq) == []  # the bar of newer entries, and the stream


def test_nothing_that_a_reader_asks_moves_when_something_is_held_back_and_the_newsroom_s_does(desk, reader):
    """Neither the head, its number, its hour nor any tag that a browser keeps tells that anything was recorded."""
    asked = ("head", "newest", "claims", "answers/timeline", "feed.atom", "answers/casualty-counts?format=csv")
    newsroom = newest.address(is_newsroom=True).removeprefix(".")

    def told():
        found = [reader.get(f"/api/v1/{path}") for path in asked]
        return [(one.status_code, one.headers["etag"], one.text) for one in found]

    def offered():
        return [line for line in events(reader, "") if not line.startswith("id: ")]

    before, there, stream, entry = told(), reader.get(newsroom).text, offered(), named(desk.head)
    for number, marked in enumerate(({"sensitive": "yes"}, {"embargo_until": LIFTED})):
        state(desk, "night", held(f"{number}", **marked), NOTE)
        name(desk, "night", {"accounts": [{"account": f"{WORD}-account", "label": WORD}]}, NOTE)
        assert told() == before, marked
        assert offered() == stream
        assert newest_ref().head.seq == 1
        assert reader.get(newsroom).text != there, "the newsroom is told of each entry"
    assert reader.get(f"/api/v1/head?frozen={named(desk.head)}").json()["record"]["entry"] == 1
    state(desk, "night", claim(claim_id="n9", summary="It was quiet."), NOTE)
    assert [before == now for before, now in zip(before, told(), strict=True)] == [False] * len(asked)
    assert reader.get(f"/api/v1/head?frozen={entry}").json()["record"]["entry"] == 1


def test_who_reads_with_the_keeper_s_token_is_given_what_the_newsroom_sees_and_nobody_else_is(
    desk, reader, tmp_path, monkeypatch
):
    monkeypatch.setenv(write_access.TOKEN_VARIABLE, "a token of many letters")
    monkeypatch.setattr(writing, "_SECONDS", 0.0)
    fill(desk, tmp_path)
    ours, theirs = ({"authorization": f"{kind} a token of many letters"} for kind in ("Bearer", "Basic"))
    one = f"/api/v1/claims/{WORD}-never"
    asked = (one, "/api/v1/claims", "/api/v1/sources", "/api/v1/answers/casualty-counts", "/api/v1/claims?format=csv")
    tag = reader.get("/api/v1/claims", **ours).headers["etag"]

    for address in asked:
        assert holds(reader.get(address, **ours).content), address
        for headers in ({}, theirs, ours | {"authorization": "Bearer another token, of many letters"}):
            found = reader.get(address, **headers)
            assert found.status_code in {403, 404} or not holds(found.content), address
    assert [reader.get(one, **headers).status_code for headers in ({}, theirs, ours)] == [404, 404, 200]
    assert reader.get("/api/v1/head", authorization="Bearer another token, of many letters").status_code == 403
    assert reader.get("/api/v1/claims", **{"if-none-match": tag}).status_code == 200
    assert reader.get("/api/v1/head", **ours).json()["record"]["entry"] == desk.head.seq
    assert not holds(reader.get("/embed/timeline", **ours).content), "a page is read as readers read it"


def newest_ref():
    return claims.resolve(is_here=False, asked=None).shown


def events(reader, last_id):
    return reader.get("/api/v1/events", **{"last-event-id": last_id}).text.splitlines()


class Clock(datetime):
    """A clock that the test sets."""

    shown = LIFTED

    @classmethod
    def now(cls, tz=None):
        return cls.shown.astimezone(tz)


@pytest.fixture
def clock(monkeypatch):
    """Set every clock by which something is held back to a moment before the embargo of these tests ends."""
    Clock.shown = LIFTED - timedelta(microseconds=1)
    for module in (claims, newest, api_events):
        monkeypatch.setattr(module, "datetime", Clock)
    return Clock


def test_an_open_page_and_a_stream_are_offered_a_claim_once_its_embargo_ends_and_not_before(
    desk, reader, clock, tmp_path, monkeypatch
):
    two = claim(claim_id="n2", summary="Two died.", best=2, **KILLED, embargo_until=LIFTED)
    state(desk, "night", two, NOTE)
    state(desk, "night", claim(claim_id="n3", summary="It was quiet."), NOTE)  # so that the head does not move
    with closing(Decks(tmp_path / "desk.record")) as decks:
        decks.write("toll", Deck(title="Toll", story="night", slides=(Planned(chart="casualty-counts"),)))
    talk = f"/present/state?deck=toll&since={named(desk.head)}"
    [slide] = reader.get(talk).json()["slides"].values()
    monkeypatch.setattr(write_access, "role", lambda: Role.VIEWER)
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=SECONDS).run()
    [last_id] = [line.removeprefix("id: ") for line in events(reader, "") if line.startswith("id: ")]
    knows = reader.get("/api/v1/newest").text
    assert "Nothing newer" in bar(app.run())
    assert reader.get("/api/v1/newest").text == knows

    clock.shown = LIFTED

    assert reader.get("/api/v1/newest").text != knows, "the page runs its bar"
    assert "· north: Two died<" in bar(app.run())
    assert "<b>1 newer entry</b>" in bar(app.run()), "it is there until it is asked for"
    told = events(reader, last_id)
    assert [json.loads(one.removeprefix("data: "))["entries"] for one in told if one.startswith("data")] == [1]
    [_, then] = [line.removeprefix("id: ") for line in told if line.startswith("id: ")]
    assert not any(line.startswith("data") for line in events(reader, then))
    [then_told] = reader.get(talk).json()["slides"].values()
    assert then_told["hash"] != slide["hash"]
    assert then_told["words"] == "More is told now."
    app.button(key="live-show").click().run()
    assert "<b>1 entry is marked new</b>" in bar(app)
    assert "n2" in fresh_ids(app)


def test_an_open_page_of_the_newsroom_is_offered_to_be_drawn_anew_once_an_embargo_ends(desk, reader, clock):
    state(desk, "night", claim(claim_id="n2", summary="Two died.", best=2, **KILLED, embargo_until=LIFTED), NOTE)
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=SECONDS).run()
    address = newest.address(is_newsroom=True).removeprefix(".")
    knows, drawn = reader.get(address).text, claims.for_readers(newest_ref())
    assert "<b>1 claim is held back</b>" in said_by(app)
    assert reader.get(address).text == knows

    clock.shown = LIFTED

    assert reader.get(address).text != knows, "the page runs its bar"
    assert claims.held_ids(drawn) - claims.held_ids(claims.for_readers(newest_ref())) == {"n2"}, "which offers it"
    assert "held back" not in said_by(app.run())


def said_by(app):
    """Give the words of a page."""
    assert not app.exception, app.exception[0].value
    return " ".join(one.proto.body for one in app.get("html"))


def fresh_ids(app):
    """Name the claims that a session marks new."""
    moved = app.session_state["moved"]
    return claims.lifted_since(moved.before, newest_ref())


def bar(app):
    """Give the words of the bar."""
    assert not app.exception, app.exception[0].value
    told = [one.proto.body for one in app.get("html")]
    return " ".join(one for one in told if any(word in one for word in ("newer", "marked new")))


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    """Read the state anew for each who asks, and end streams at once."""
    monkeypatch.setattr(newest, "SECONDS", 0.0)
    monkeypatch.setattr(api_events, "SECONDS", 0.0)


def test_an_embargo_ends_by_itself_at_its_moment_and_not_an_instant_before(desk, reader, clock):
    state(desk, "night", claim(claim_id="n2", summary="Two died.", embargo_until=LIFTED), NOTE)

    assert reader.get("/api/v1/claims/n2").status_code == 404
    assert reader.get("/api/v1/head").json()["claims"] == 3
    clock.shown = LIFTED

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
