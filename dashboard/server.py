"""The ASGI server: Streamlit behind a request filter and security headers, warmed up before the first page.

While the browser loads the page, the server loads the story and answers the first chart; meanwhile the browser preloads
its largest script, Plotly, which draws charts.
"""

import asyncio
import base64
import gc
import hashlib
import importlib
import re
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from http import HTTPStatus
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import browser_component
import memory
import sign_in
from live import newest
from panel import mount, plotly_script
from request_filter import RequestFilter
from sharing import light_routes

HERE = Path(__file__).parent
STATIC = Path(st.__file__).parent / "static"
SCRIPTS = (
    "backend.js",
    "window_width.js",
    "last_visit.js",
    "copy.js",
    "navigation.js",
    "color_scheme.js",
    "sign_in.js",
)
"""Our own scripts that every page holds."""
PRELOADS = """
<link rel="modulepreload" crossorigin href="./static/js/{component}">
{panel}
<script type="module" crossorigin src="{plotly}"></script></head>"""
"""Loads what draws charts while the server loads the story, not after it has answered."""


def inline_scripts(page: str) -> str:
    """Hash the inline scripts of a page for a Content-Security-Policy."""
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    return " ".join(f"'sha256-{digest}'" for digest in digests)


def page() -> str:
    """Return Streamlit's own page with our scripts, and with what draws charts early."""
    [component] = (STATIC / "static" / "js").glob("BidiComponent.*.js")
    ours = "".join(f"<script>{(HERE / name).read_text(encoding='utf-8')}</script>" for name in SCRIPTS)
    panel = "".join(
        f'<link rel="modulepreload" crossorigin href="{address}">' for address in mount.COMPONENT.addresses()
    )
    head = ours + PRELOADS.format(component=component.name, panel=panel, plotly=plotly_script.URL)
    return (STATIC / "index.html").read_text(encoding="utf-8").replace("</head>", head)


SECONDS_TO_WARM = 20
PAGE = page()
POLICY = "; ".join(
    (
        "default-src 'self'",
        f"script-src 'self' {inline_scripts(PAGE)}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "base-uri 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
VIEWS = {"", "story", "evidence", "corrections", "method", "deck", "import", "newsroom"}
"""Paths of the views that are no chart."""
HEADERS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
PAGE_ITSELF = HTMLResponse(PAGE, headers={"Cache-Control": "no-cache"})


def asks_for_a_view(scope: Scope) -> bool:
    """Return whether a request is for the HTML page of a view."""
    if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
        return False
    path = scope["path"].removeprefix("/")
    return path in VIEWS or path in _charts()


@cache
def _charts() -> frozenset[str]:
    """Name the charts, whose paths are views too; the first page does not wait for them to be imported."""
    from contested.charts import CHARTS  # noqa: PLC0415

    return frozenset(chart.key for chart in CHARTS)


class SecurityHeaders:
    """ASGI middleware: answers views with the page, and adds the headers that a route does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the page, or pass the request on."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith(browser_component.PATH) and message["status"] == HTTPStatus.OK:
                    headers["Cache-Control"] = plotly_script.FOR_GOOD
            await send(message)

        await (PAGE_ITSELF if asks_for_a_view(scope) else self.app)(scope, receive, send_with_headers)


def warm() -> None:
    """Load the story and answer its first chart, while the first browser still loads the page."""
    gc.disable()  # it would go through all that is being loaded, again and again, a sixth of the time
    import claims  # noqa: PLC0415
    from contested.model.problem import ContestedError  # noqa: PLC0415

    with suppress(ContestedError):  # the page says so itself
        claims.warm()
    gc.freeze()
    gc.enable()


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Warm up in a thread, and trim the memory as long as the server runs.

    The script of the panel can be fetched before the first page asks for it.
    """
    mount.COMPONENT.register()
    threading.Thread(target=warm, daemon=True).start()
    running = [asyncio.create_task(memory.trim_periodically()), asyncio.create_task(watch_for_readers())]
    yield
    for task in running:
        task.cancel()


async def watch_for_readers() -> None:
    """Watch the record for those who asked to be told of changes, once the first page need not wait for it."""
    await asyncio.sleep(SECONDS_TO_WARM)
    watching = await asyncio.to_thread(importlib.import_module, "watching")
    await watching.watch()


async def answer_programs(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer under `/api`; what that needs is imported once a program asks, for the first page does not wait for it."""
    from api import API  # noqa: PLC0415

    await API(scope, receive, send)


app = st.App(
    HERE / "app.py",
    lifespan=lifespan,
    secrets=sign_in.secrets(),
    middleware=[Middleware(RequestFilter), Middleware(SecurityHeaders)],
    routes=[plotly_script.ROUTE, newest.ROUTE, Mount("/api", app=answer_programs), *light_routes.ROUTES],
)
