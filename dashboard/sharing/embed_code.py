"""The code that puts a chart into a frame on another page, and which pages may show it."""

import os
import re
from urllib.parse import urlencode

from contested.drawing import html

SITES = "CONTESTED_EMBED"
"""The variable that names the sites that may show a chart in a frame, parted by spaces; none may unless it is set."""
_SITE = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?")
WIDTH, HEIGHT = 640, 480


def sites() -> list[str]:
    """List the sites that may show a chart in a frame; what is no address of a site is left out."""
    return [one for one in os.environ.get(SITES, "").split() if _SITE.fullmatch(one)]


def ancestors() -> str:
    """Write the rule of the policy that says which pages may show it."""
    return f"frame-ancestors {' '.join(sites()) or chr(39) + 'none' + chr(39)}"


def iframe(address: str, title: str, width: int = WIDTH, height: int = HEIGHT) -> str:
    """Write the frame, with a title for those who hear it and a height that nothing must wait for."""
    style = "border:0;max-width:100%"
    return (
        f'<iframe src="{html(address)}" title="{html(title)}" width="{width}" height="{height}" style="{style}" '
        f'loading="lazy"></iframe>'
    )


def address(origin: str, chart: str, parameters: list[tuple[str, str]]) -> str:
    """Write the address of a chart in a frame."""
    return f"{origin}/embed/{chart}{f'?{urlencode(parameters)}' if parameters else ''}"
