"""The server: the page with its security headers, made ready on both ends before the first reader sees it.

While the reader's browser loads the page, the server loads the story and answers what the first view asks; and while
the server answers, the browser makes its largest script ready, the one that draws charts.
"""

import asyncio
import base64
import gc
import hashlib
import re
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import contested
import memory
from gate import Gate

HERE = Path(__file__).parent
STATIC = Path(st.__file__).parent / "static"
EARLY = '<script type="module" crossorigin src="./static/js/%s"></script></head>'
"""Makes the largest script ready while the server loads the story, not after the server has answered."""


def inline_scripts(page: str) -> str:
    """Give the hashes by which a policy allows exactly the scripts that stand in Streamlit's own page."""
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    return " ".join(f"'sha256-{digest}'" for digest in digests)


def page() -> str:
    """Give Streamlit's own page, which asks early for the script that draws charts, and remembers when one looked."""
    [chart] = (STATIC / "static" / "js").glob("PlotlyChart.*.js")
    looked = (HERE / "looked.js").read_text(encoding="utf-8")
    head = f"<script>{looked}</script>{EARLY % chart.name}"
    return (STATIC / "index.html").read_text(encoding="utf-8").replace("</head>", head)


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
VIEWS = {"", "story", "evidence", "method", "import"} | {
    file.stem.replace("_", "-") for file in Path(contested.__file__).parent.glob("charts/[a-z]*.py")
}
"""The addresses of the views; a chart's is the name of its module, so that none needs to be loaded to know it."""
HEADERS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
PAGE_ITSELF = HTMLResponse(PAGE, headers={"Cache-Control": "no-cache"})


def asks_for_a_view(scope: Scope) -> bool:
    """Tell a view from a script, a download, the connection, or whatever else may be routed."""
    if scope["type"] != "http" or scope["path"].removeprefix("/") not in VIEWS:
        return False
    return "text/html" in Headers(scope=scope).get("accept", "")


class SecurityHeaders:
    """Sends the policy with every page: nothing is loaded from, or sent to, anywhere else.

    A route that sets a header of its own keeps it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the page, or pass a request on; and the headers back with either."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await (PAGE_ITSELF if asks_for_a_view(scope) else self.app)(scope, receive, sent)


def warm() -> None:
    """Load the story and answer its first chart, while the first reader's browser still loads the page."""
    gc.disable()  # it would go through all that is being loaded, again and again, a sixth of the time
    import plotly.tools  # noqa: F401, PLC0415 slow to import, so not before the server listens

    import claims  # noqa: PLC0415
    from contested.model.problem import ContestedError  # noqa: PLC0415

    with suppress(ContestedError):  # the page says so itself
        claims.warm()
    gc.freeze()
    gc.enable()


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Warm up beside the server, and give back what its sessions let go of."""
    threading.Thread(target=warm, daemon=True).start()
    giving_back = asyncio.create_task(memory.keep_giving_back())
    yield
    giving_back.cancel()


app = st.App(HERE / "app.py", lifespan=lifespan, middleware=[Middleware(Gate), Middleware(SecurityHeaders)])
