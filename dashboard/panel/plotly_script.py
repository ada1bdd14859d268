"""Plotly's script as its Python package holds it, packed once and served under an address that names its version."""

import gzip
import re
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_FOLDERS = find_spec("plotly").submodule_search_locations  # type: ignore[union-attr] # it is not imported, only read
SCRIPT = Path(_FOLDERS[0], "package_data", "plotly.min.js").read_bytes()  # type: ignore[index]
FOR_GOOD = "public, max-age=31536000, immutable"
"""How long a browser keeps what never changes at its address."""
[VERSION] = re.findall(rb"plotly\.js v([\d.]+)", SCRIPT[:200])
URL = f"./plotly/{VERSION.decode()}/plotly.min.js"
PACKED = gzip.compress(SCRIPT, 6, mtime=0)
"""Packed once: Streamlit's own middleware would pack five megabytes anew for each request."""


async def answer(request: Request) -> Response:
    """Send the script; what stands at its address never changes."""
    is_packed = "gzip" in request.headers.get("accept-encoding", "")
    headers = {
        "Cache-Control": FOR_GOOD,
        "Content-Encoding": "gzip" if is_packed else "identity",
        "Vary": "Accept-Encoding",
    }
    return Response(PACKED if is_packed else SCRIPT, media_type="text/javascript", headers=headers)


ROUTE = Route(URL.removeprefix("."), answer)
