"""The API gives programs what the pages show: the same answers, refusals that name each fault, and nothing withheld."""

import asyncio
import io
import json
import subprocess
import sys
import threading
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree as ET

import pyarrow.parquet
import pytest
import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from tests.claims_for_tests import SIX, table
from tests.conftest import ROOT, awaited
from tests.record.writers import mended, said, taken_back

import api
import write_access
from api import events, writing
from api.problem import Refused
from api.turns import Turns
from contested import CHARTS, Claim, Selection, Store, answer, open_story
from contested.export.formats import FORMATS
from contested.export.table import csv_text
from contested.record import open_record

KORDAY = ROOT / "data" / "korday-2020"
HERE = ("127.0.0.1", 5000)
TOKEN = "a token of many letters"  # noqa: S105 of this test alone
BLANK = " "
ATOM = "{http://www.w3.org/2005/Atom}"


class Reply:
    """What was sent back."""

    def __init__(self, messages):
        start = messages[0]
        self.status = start["status"]
        self.headers = {name.decode(): value.decode() for name, value in start["headers"]}
        self.body = b"".join(message.get("body", b"") for message in messages[1:])

    def json(self):
        return json.loads(self.body)


def get(address, client=HERE, method="GET", body=b"", **headers):
    path, query = urlsplit(address).path, urlsplit(address).query
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http",
        "asgi": {"spec_version": "2.4"},
        "method": method,
        "path": f"/v1/{unquote(path)}",
        "query_string": query.encode(),
        "headers": named,
    }
    scope |= {"client": client, "server": ("localhost", 8501), "scheme": "http", "root_path": ""}
    scope |= {"asgi": {"version": "3.0", "spec_version": "2.4"}}  # a server of these says by itself who has gone
    messages = []

    async def receive():
        return {"type": "http.request", "body": body}

    async def send(message):
        messages.append(message)

    awaited(api.API(scope, receive, send))
    return Reply(messages)


def send(sent, token=TOKEN, address="claims", **headers):
    """Send a claim, or whatever else, with a token and a key."""
    body = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    named = {"content_type": "application/json", "idempotency_key": "one"} | headers
    return get(address, method="POST", body=body, **named | ({"authorization": f"Bearer {token}"} if token else {}))


@pytest.fixture(autouse=True)
def _shown(monkeypatch, tmp_path):
    st.cache_resource.clear()
    monkeypatch.setenv("CONTESTED_STORY", str(KORDAY))
    monkeypatch.setenv("CONTESTED_RECORD", str(tmp_path / "none.sqlite"))
    monkeypatch.setenv(write_access.TOKEN_VARIABLE, TOKEN)
    monkeypatch.setattr(writing, "_SECONDS", 0.0)


@pytest.fixture
def desk(monkeypatch, tmp_path):
    path = tmp_path / "desk.sqlite"
    record = open_record(path, create=True)
    monkeypatch.setenv("CONTESTED_STORY", str(path))
    yield record
    record.close()


# Answers


def test_every_chart_is_answered_as_the_terminal_answers_it():
    story = open_story(KORDAY)
    store, selection = Store(story.claims), Selection(zone="Asia/Almaty")
    for chart in CHARTS:
        assert get(f"answers/{chart.key}").json() == answer(chart, story, store, selection).document()


@pytest.mark.parametrize("key", ["response-delays", "casualty-counts"])
def test_a_chosen_answer_holds_the_same_in_every_format(key):
    story, chart = open_story(KORDAY), next(chart for chart in CHARTS if chart.key == key)
    chosen = {"account": ("vlast", "officials"), "as_known_at": "2020-02-08T23:59+06:00", "zone": "Asia/Almaty"}
    found = answer(chart, story, Store(story.claims), Selection.model_validate(chosen))
    address = f"answers/{key}?account=vlast&account=officials&as_known_at=2020-02-08T23:59%2B06:00"

    assert get(address).json() == found.document()
    assert get(f"{address}&format=csv").body.decode() == "".join(csv_text(found))
    kept = pyarrow.parquet.read_table(io.BytesIO(get(f"{address}&format=parquet").body))
    assert kept.num_rows == len(found.rows)
    assert kept.column_names == list(chart.columns)
    assert kept.schema.metadata[b"stamp"].decode() == found.stamp()


def test_the_format_is_what_the_link_says_or_what_is_accepted():
    assert get("answers/map", accept="text/csv").headers["content-type"].startswith("text/csv")
    assert get("answers/map?format=json", accept="text/csv").headers["content-type"] == "application/json"
    assert get("answers/map", accept="text/html,*/*;q=0.8").headers["content-type"] == "application/json"
    refused = get("answers/map", accept="image/webp")
    assert refused.status == 406
    assert "application/json, text/csv" in refused.json()["detail"]


def test_what_a_program_has_already_is_not_sent_again():
    first = get("answers/clocks")
    again = get("answers/clocks", if_none_match=f"W/{first.headers['etag']}")

    assert (again.status, again.body) == (304, b"")
    assert get("answers/clocks?account=vlast", if_none_match=first.headers["etag"]).status == 200
    assert get("answers/clocks?format=csv", if_none_match=first.headers["etag"]).status == 200


def test_what_is_recorded_is_in_the_next_answer_under_another_tag(desk):
    said(desk, measure="killed", best=8)
    before = get("answers/casualty-counts")
    said(desk, "k2", account="south", measure="killed", best=10)
    after = get("answers/casualty-counts", if_none_match=before.headers["etag"])

    assert [row["best"] for row in before.json()["rows"]] == [8]
    assert [row["best"] for row in after.json()["rows"]] == [8, 10]
    assert get("head").json()["record"]["entry"] == 2


# The stream of entries


def test_a_program_is_told_of_each_entry_and_never_what_it_says(desk, monkeypatch):
    monkeypatch.setattr(events, "SECONDS", 0.0)
    said(desk, summary="Words of the first.")
    assert b"data" not in get("events").body
    said(desk, "k2", summary="Words of the second.")
    told = get("events", last_event_id="1")

    assert told.headers["content-type"].startswith("text/event-stream")
    [line] = [line for line in told.body.decode().splitlines() if line.startswith("data: ")]
    assert json.loads(line.removeprefix("data: ")) == {
        "story": "night",
        "entry": 2,
        "hash": desk.head.hash,
        "entries": 1,
    }
    assert b"Words" not in told.body


def test_a_stream_begins_at_the_newest_entry_where_the_one_that_is_known_is_none_of_the_record(desk, monkeypatch):
    monkeypatch.setattr(events, "SECONDS", 0.0)
    said(desk)

    for known in ("9", "-1", "x", "9" * 30):
        assert get("events", last_event_id=known).body.startswith(b"retry: 500\nid: 1-")
        assert b"data" not in get("events", last_event_id=known).body


def test_another_story_of_the_record_does_not_concern_who_listens_to_one(desk, monkeypatch):
    monkeypatch.setattr(events, "SECONDS", 0.0)
    said(desk)
    said(desk, "k2", story="day")

    assert b"data" not in get("events?story=night", last_event_id="1").body
    assert b'"entry": 2' in get("events?story=day", last_event_id="1").body


def test_a_story_in_no_record_has_no_stream_of_entries():
    assert "no record" in get("events").json()["detail"]


# Refusals


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("nothing", 404, "openapi.json"),
        ("answers/nothing", 404, "pooled-delays"),
        ("claims/nothing", 404, "no claim 'nothing'"),
        ("claims/nothing/history", 404, "no claim 'nothing'"),
        ("head?story=nothing", 404, "no story 'nothing'"),
        ("answers/map?accoun=vlast", 422, "no such parameter"),
        ("answers/map?account=nobody", 422, "choose from assembly_member"),
        ("answers/map?zone=UTC&zone=UTC", 422, "given more than once"),
        ("answers/map?as_known_at=yesterday", 422, "as_known_at 'yesterday'"),
        ("answers/map?start=never", 422, "choose one of"),
        ("answers/map?format=docx", 422, "choose from json, csv, parquet"),
        ("claims?limit=1001", 422, "no whole number from 0 to 1,000"),
        ("claims?first=-1", 422, "no whole number"),
        ("claims?limit=%C2%B2", 422, "no whole number"),
    ],
)
def test_a_refusal_is_a_problem_that_says_what_and_how_to_mend_it(address, status, words):
    refused = get(address)

    assert refused.status == refused.json()["status"] == status
    assert refused.headers["content-type"] == "application/problem+json"
    assert words in refused.json()["detail"]


def test_every_parameter_that_cannot_be_followed_is_named():
    errors = get("answers/map?account=nobody&account=vlast&place=nowhere").json()["errors"]

    assert [(one["parameter"], one["value"]) for one in errors] == [("account", "nobody"), ("place", "nowhere")]


def test_nothing_is_written_by_an_address_that_only_reads():
    assert get("claims", method="DELETE").status == 405


# Claims, sources and what changed


def test_claims_come_in_pages_that_hold_each_once():
    story, seen, address = open_story(KORDAY), [], "claims?limit=100"
    while address:
        page = get(address).json()
        seen += [row["claim_id"] for row in page["rows"]]
        address = page.get("next", "").removeprefix("/v1/")

    assert len(seen) == len(set(seen)) == page["claims"] == len(story.claims)


def test_claims_as_parquet_are_read_back_as_the_same_claims(tmp_path):
    path = tmp_path / "claims.parquet"
    path.write_bytes(get("claims?account=vlast&format=parquet").body)
    kept = open_story(KORDAY).claims.to_pylist()

    read = {row["claim_id"]: row for row in open_story(path).claims.to_pylist()}
    assert read == {row["claim_id"]: row for row in kept if row["account"] == "vlast"}


def test_a_claim_is_given_whole_whatever_letters_its_id_has(desk):
    said(desk, "a/b ü#1", summary="A fight.")

    assert Claim.model_validate(get(f"claims/{quote('a/b ü#1', safe='')}").json()).summary == "A fight."


def test_a_history_says_what_was_and_what_is_and_not_who(desk):
    said(desk, measure="killed", best=8, summary="Eight died.")
    mended(desk, measure="killed", best=10, summary="Ten died.")
    taken_back(desk, base=2)

    corrected, withdrawn = get("claims/k1/history").json()["changes"]
    assert corrected["fields"]["best"] == {"was": 8, "is": 10}
    assert corrected["why"] == "a second look"
    assert withdrawn["fields"] == {"status": {"was": "standing", "is": "withdrawn"}}
    assert b"Ben" not in get("claims/k1/history").body


def test_the_sources_are_those_of_the_story():
    story = open_story(KORDAY)

    assert [one["source_id"] for one in get("sources").json()["sources"]] == list(story.sources)


def test_the_feed_holds_corrections_with_their_words_as_text(desk):
    said(desk, summary="<b>Eight</b> & more died.")
    mended(desk, summary="Ten died.")
    feed = ET.fromstring(get("feed.atom").body)  # noqa: S314 our own
    [entry] = feed.findall(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}title") == "Corrected: <b>Eight</b> & more died."
    assert entry.findtext(f"{ATOM}summary") == "a second look"
    assert feed.findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}updated")


def test_a_feed_that_a_reader_has_already_is_not_sent_again(desk):
    said(desk)
    first = get("feed.atom")
    assert first.headers["content-type"].startswith("application/atom+xml")
    assert "content-disposition" not in first.headers

    assert get("feed.atom", if_none_match=first.headers["etag"]).status == 304
    mended(desk, summary="Ten died.")
    assert get("feed.atom", if_none_match=first.headers["etag"]).status == 200


# What stays in the newsroom


def test_what_is_sensitive_or_under_embargo_is_nowhere(monkeypatch, tmp_path):
    rows = [
        SIX | {"claim_id": "open"},
        SIX | {"claim_id": "kept-back", "sensitive": "true", "summary": "Nobody may know."},
        SIX | {"claim_id": "later", "embargo_until": "2999-01-01T00:00Z", "summary": "Nobody may know."},
    ]
    monkeypatch.setenv("CONTESTED_STORY", str(table(tmp_path / "claims.csv", *rows).parent))
    addresses = ["head", "claims", "claims?format=parquet", "sources", "feed.atom"]
    addresses += [f"answers/{chart.key}" for chart in CHARTS]
    addresses += [
        f"answers/{key}?format={form}" for key in ("timeline", "changes") for form in FORMATS if form != "claimreview"
    ]

    for address in addresses:
        reply = get(address)
        assert reply.status == 200, address
        assert b"Nobody may know" not in reply.body, address
        assert b"kept-back" not in reply.body, address
    assert get("claims").json()["claims"] == 1
    assert get("claims/kept-back").status == get("claims/later").status == 404


def test_another_machine_sees_only_the_story_that_is_shown(desk, monkeypatch):
    monkeypatch.setenv("CONTESTED_NAME", "night")
    said(desk)
    said(desk, "k9", story="other")

    outside = ("203.0.113.7", 5000)
    assert get("claims?story=other", outside).status == 404
    assert get("claims?story=night", outside).json()["claims"] == 1


# What programs send


def test_a_claim_that_is_sent_is_recorded_and_in_the_next_answer(desk):
    said(desk)
    created = send({"claim": SIX | {"claim_id": "k2", "measure": "killed", "best": 8}, "why": "from the wire"})

    assert created.status == 201
    assert created.json()["entry"] == desk.head.seq == 2
    assert get("claims/k2").json()["best"] == 8
    assert (desk.entry(2).who, desk.entry(2).why) == ("keeper", "from the wire")


def test_what_is_sent_twice_is_recorded_once(desk):
    said(desk)
    sent = {"claim": SIX | {"claim_id": "k2"}}

    assert send(sent).json() == send(sent).json()
    assert desk.head.seq == 2
    other = send({"claim": SIX | {"claim_id": "k3"}})
    assert (other.status, desk.head.seq) == (409, 2)
    assert "was used before" in other.json()["detail"]


def test_a_correction_names_the_revision_that_it_corrects(desk):
    said(desk, summary="Eight died.", measure="killed", best=8)
    ten = {"claim": SIX | {"summary": "Ten died.", "measure": "killed", "best": 10}, "why": "a recount"}

    assert send(ten).status == 409, "without a revision it is a new claim, and there is one"
    assert send(ten, if_match='"1"').status == 201
    assert send(ten, if_match='"1"', idempotency_key="two").status == 409, "it has moved on"
    assert send(ten, if_match='"x"', idempotency_key="two").status == 400
    assert send(ten | {"why": " "}, if_match='"2"', idempotency_key="two").status == 422
    assert get("claims/k1/history").json()["changes"][0]["fields"]["best"] == {"was": 8, "is": 10}


def test_a_correction_whose_words_still_say_the_old_figure_is_refused(desk):
    said(desk, summary="Eight died.", measure="killed", best=8)
    ten = {"claim": SIX | {"summary": "Eight died.", "measure": "killed", "best": 10}, "why": "a recount"}
    refused = send(ten, if_match='"1"')

    assert refused.status == 422
    assert "summary still says 8" in refused.json()["detail"]
    assert send(ten | {"as_it_stands": ["summary"]}, if_match='"1"').status == 201


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        (b"{", 400, "no JSON"),
        (b"[" * 50_000, 400, "no JSON"),
        (b"[]", 422, '"claim"'),
        ({"claim": SIX, "more": 1}, 422, '"claim"'),
        ({"claim": SIX | {"kind": "war"}}, 422, "kind: not in the list; choose one of"),
        ({"claim": SIX | {"summary": ""}}, 422, "summary"),
        ({"claim": SIX | {"summary": "a\u202eb"}}, 422, "text-direction override"),
        ({"claim": SIX, "why": "\ud800"}, 422, "lone surrogate"),
        ({"claim": SIX | {"sensitive": "perhaps"}}, 422, "sensitive"),
        ({"claim": SIX | {"recorded_at": "2020-01-01T00:00Z"}}, 422, "set when it is recorded"),
        ({"claim": SIX | {"low": 3, "high": 1, "measure": "killed"}}, 422, "low"),
        (b" " * (1 << 17), 413, "65,536 bytes"),
    ],
)
def test_what_cannot_stay_is_refused_and_nothing_is_recorded(desk, sent, status, words):
    said(desk, "first")
    refused = send(sent)

    assert (refused.status, desk.head.seq) == (status, 1)
    assert words in refused.json()["detail"]


def test_a_thousand_wrong_tokens_open_nothing_and_the_server_still_answers(desk, monkeypatch):
    monkeypatch.setenv(write_access.TOKEN_VARIABLE, TOKEN)
    monkeypatch.setattr(writing, "_SECONDS", 0)  # a second each, else, in which others are answered
    said(desk, "first")
    guesses = [TOKEN[:length] + "x" * (len(TOKEN) - length) for length in range(len(TOKEN))]

    answered = {send({"claim": SIX}, token=guesses[number % len(guesses)]).status for number in range(1000)}

    assert answered == {403}
    assert len(list(desk.entries())) == 1
    assert get("head").status == 200
    assert send({"claim": SIX | {"claim_id": "second"}}, address="claims?story=night").status == 201


def test_without_the_keeper_s_token_nothing_is_taken_in(desk, monkeypatch):
    said(desk, "first")
    sent = {"claim": SIX}

    assert send(sent, token=None).status == 401
    assert send(sent, token=TOKEN[::-1]).status == 403
    assert send(sent, token="").status == 401
    assert send(sent, token=None, cookie="_streamlit_user=somebody").status == 401
    monkeypatch.setenv(write_access.TOKEN_VARIABLE, "")
    assert send(sent, token="").status == 401
    assert send(sent, token=BLANK).status == 403
    assert send(sent).status == 403
    assert desk.head.seq == 1


def test_a_claim_is_sent_with_a_key_as_json(desk):
    said(desk, "first")

    assert send({"claim": SIX}, idempotency_key="").status == 400
    assert send({"claim": SIX}, content_type="text/plain").status == 415
    assert desk.head.seq == 1


def test_a_story_in_no_record_takes_in_nothing():
    refused = send({"claim": SIX})

    assert refused.status == 409
    assert "contested load" in refused.json()["detail"]


def test_a_file_is_checked_as_the_terminal_checks_it_and_nothing_is_kept(desk, tmp_path):
    said(desk, "first")
    path = table(tmp_path / "claims.csv", SIX, SIX | {"claim_id": "k2", "kind": "war"})
    found = send(path.read_bytes(), address="check").json()

    assert (found["accepted"], found["rejected"]) == (1, 1)
    [problem] = found["problems"]
    assert (problem["row"], problem["column"]) == (3, "kind")
    assert desk.head.seq == 1
    assert send(b"", address="check?clocks=Nowhere").status == 422
    assert send(b"", address="check?name=../x").json()["file"] == "x"


# Turns


def test_a_request_beyond_those_that_wait_is_told_to_come_again():
    turns, go = Turns(at_once=1, waiting=1), threading.Event()

    def slow(_):
        go.wait(20)
        return PlainTextResponse("done")

    async def three():
        request = Request({"type": "http", "headers": []})
        running = [asyncio.create_task(turns.run(slow, request)) for _ in range(2)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        with pytest.raises(Refused) as refused:
            await turns.run(slow, request)
        go.set()
        answers = await asyncio.gather(*running)
        again = await turns.run(slow, request)
        return refused.value, [one.body for one in answers], again.body

    refused, answered, again = awaited(three())
    assert (refused.status, refused.headers) == (503, {"Retry-After": "2"})
    assert answered == [b"done", b"done"]
    assert again == b"done"


# Its description


def test_the_description_lists_every_address_and_every_parameter_of_a_selection():
    described = get("openapi.json").json()
    listed = {path.removeprefix("/api") for path in described["paths"]}

    assert listed == {path.replace(":path", "") for path in {**api.ROUTES, **api.WRITING, **api.LISTENING}} - {
        "/v1/openapi.json"
    }
    taken = {one["name"] for one in described["paths"]["/api/v1/answers/{chart}"]["get"]["parameters"]}
    assert taken == {
        *(field.alias or name for name, field in Selection.model_fields.items()),
        "chart",
        "story",
        "frozen",
        "format",
    }
    assert set(described["components"]["schemas"]["Claim"]["properties"]) == set(Claim.model_fields)


def test_the_server_answers_before_anything_that_reads_or_asks_a_story_is_imported():
    asked = "import sys, server; print('duckdb' in sys.modules, 'contested.charts' in sys.modules)"
    command = [sys.executable, "-c", asked]
    told = subprocess.run(command, cwd=ROOT / "dashboard", capture_output=True, text=True, check=True)  # noqa: S603 our own

    assert told.stdout.split() == ["False", "False"]
