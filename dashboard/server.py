"""The server: the page with its security headers, and the story loaded before the first reader comes."""

import base64
import hashlib
import re
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HERE = Path(__file__).parent


def inline_scripts(page: str) -> str:
    """Give the hashes by which a policy allows exactly the scripts that stand in Streamlit's own page."""
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    return " ".join(f"'sha256-{digest}'" for digest in digests)


INDEX = Path(st.__file__).parent / "static" / "index.html"
POLICY = "; ".join(
    (
        "default-src 'self'",
        f"script-src 'self' {inline_scripts(INDEX.read_text(encoding='utf-8'))}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "base-uri 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


class SecurityHeaders:
    """Sends the policy with every page: nothing is loaded from, or sent to, anywhere else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and the headers back with its answer."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, sent)


def warm() -> None:
    """Load the story and answer every chart, while the first reader's browser still loads the page."""
    import claims  # noqa: PLC0415 slow to import, so not before the server listens
    from contested.charts import CHARTS  # noqa: PLC0415
    from contested.selection import Selection  # noqa: PLC0415

    selection = Selection(zone=claims.story().package.zone)
    for chart in CHARTS:
        claims.ask(chart.key, selection)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Warm up beside the server."""
    threading.Thread(target=warm, daemon=True).start()
    yield


app = st.App(HERE / "app.py", lifespan=lifespan, middleware=[Middleware(SecurityHeaders)])
