"""A server on this machine that answers as each test says, and what is asked of it."""

import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import pytest


class Said(NamedTuple):
    """An answer: its status, its headers and its body."""

    status: int = 200
    headers: dict = {}  # noqa: RUF012 never changed
    body: bytes = b""


class Site:
    """What a server answers at each path, and the requests that it was asked."""

    def __init__(self):
        self.answers, self.asked = {}, []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                length = int(self.headers.get("Content-Length", 0))
                site.asked.append((self.command, self.path, dict(self.headers), self.rfile.read(length)))
                said = site.answers.get(self.path, Said(404))
                said = said() if callable(said) else said
                self.send_response(said.status)
                for name, value in {"Content-Length": str(len(said.body)), **said.headers}.items():
                    self.send_header(name, value)
                with suppress(OSError):  # who asked may have gone
                    self.end_headers()
                    self.wfile.write(said.body)

            do_POST = do_GET  # noqa: N815 the name that the server looks for

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    def at(self, path):
        return f"http://127.0.0.1:{self.server.server_port}{path}"


@pytest.fixture
def site():
    made = Site()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()
