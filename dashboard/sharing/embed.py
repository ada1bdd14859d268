"""A chart in a frame on another page: one light page with its table and who says so, without a socket or a cookie.

It takes the parameters of a link and goes the road of the API, so that what is withheld is in neither.
"""

from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import claims
from api.parameters import asked, number
from api.problem import Refused
from api.turns import TURNS
from contested.answers import Answer
from contested.charts import CHARTS
from contested.drawing import html
from contested.export import light_page
from contested.export.svg import svg
from contested.export.who_says_so import who_says_so
from contested.model.problem import ContestedError
from contested.model.times import zone_time
from contested.model.wording import listing
from contested.theme import custom_property
from sharing import embed_code, frozen

_CREDITED = 2
"""How many publishers are named."""
_AROUND, _PAD = 150, 32
"""What stands above and below a figure, and at its sides, in px."""
WIDTHS = (328, 440, 560, 784, 960)
"""The widths that a figure is drawn for; the widest that fits is shown, larger to fill the room."""
_LARGER = 1.4
"""How much larger than drawn it is at most."""
_NARROW, _WIDE, _MOST = 320, 1240, 10**6
_MEDIA = Path(st.__file__).parent / "static" / "static" / "media"
_FONT = "".join(f"../static/media/{one.name}" for one in _MEDIA.glob("SourceSansVF-Upright.*.woff2"))
"""The font of the figures, as the dashboard itself has it."""
_STYLE = """
main { container-type: inline-size; padding: 14px 16px; max-width: 1192px; }
h1 { font-size: 20px; line-height: 25px; font-weight: 700; }
.sub { color: var(--quiet); font-size: 15px; line-height: 20px; margin: 2px 0 10px; }
.figure { display: none; }
.figure svg { display: block; width: 100%; height: auto; }
.part { max-height: 60vh; overflow: auto; font-size: 14px; line-height: 19px; }
th, td { text-align: left; padding: 5px 12px 5px 0; border-bottom: 1px solid var(--grid); vertical-align: top; }
th { font-weight: 600; color: var(--ink); }
h3 { font-size: 15px; margin: 0 0 2px; }
.one { border-top: 1px solid var(--grid); padding: 8px 0; }
.one p + p { margin-top: 6px; }
.one small { color: var(--quiet); display: block; font-size: 13px; }
.quiet { color: var(--quiet); }
.glyph { vertical-align: -2px; }
.foot { color: var(--quiet); font-size: 13.5px; line-height: 19px; margin-top: 10px; }
.since { color: var(--ink); }
nav { display: flex; gap: 16px; margin-top: 4px; }
nav :is(a, button) {
  font: inherit; font-size: 14px; line-height: 24px; padding: 0; border: 0; background: none; color: var(--ink);
  text-decoration: underline; text-underline-offset: 3px; cursor: pointer;
}
nav [aria-expanded=true] { font-weight: 600; }
"""
_SCRIPT = """
const parts = [...document.querySelectorAll("[data-part]")], buttons = [...document.querySelectorAll("nav button")];
for (const button of buttons) button.addEventListener("click", () => {
  const shown = button.getAttribute("aria-expanded") === "true" ? "chart" : button.getAttribute("aria-controls");
  for (const part of parts) part.hidden = part.id !== shown;
  for (const one of buttons) one.setAttribute("aria-expanded", one.getAttribute("aria-controls") === shown);
});
"""


async def embedded(request: Request) -> Response:
    """Give the page of one chart."""
    try:
        return await TURNS.run(_embedded, request)
    except (Refused, ContestedError) as error:
        return _refusal(error)


async def oembed(request: Request) -> Response:
    """Describe the frame of a chart as oEmbed (1.0) does; only addresses of this server are described."""
    try:
        return await TURNS.run(_oembed, request)
    except (Refused, ContestedError) as error:
        status = error.status if isinstance(error, Refused) else 422
        return JSONResponse({"error": str(error)}, status)


def height(found: Answer, width: int) -> int:
    """Reckon how high a frame of a width must be for its chart."""
    room = width - _PAD
    fitting = max((one for one in WIDTHS if one <= room), default=WIDTHS[0])
    return int(found.figure(fitting)["layout"]["height"] * min(room / fitting, _LARGER)) + _AROUND


def _embedded(request: Request) -> Response:
    found = _answer(request, request.path_params["chart"])
    style, head = _STYLE + _widths(), _alternate(found, request)
    body = _body(found, request)
    written = light_page.page(found.title, body, style=style, script=_SCRIPT, head=head, font=_FONT)
    policy = f"{written.policy}; {embed_code.ancestors()}"
    return Response(
        written.html,
        media_type="text/html",
        headers={"Content-Security-Policy": policy, "Cache-Control": "private, no-cache"},
    )


def _answer(request: Request, key: str) -> Answer:
    if key not in {chart.key for chart in CHARTS}:
        raise Refused(404, f"There is no chart {key} here.")
    one = asked(request, "url", "maxwidth", "maxheight")
    return claims.ask_of(one.ref, key, one.selection)


def _body(found: Answer, request: Request) -> str:
    alt = f"{found.sentence} {found.stamp()}"
    figures = "".join(
        f'<div class="figure w{width}">{svg(found.figure(width), alt, f"f{width}", custom_property)}</div>'
        for width in WIDTHS
    )
    query = urlencode(request.query_params.multi_items())
    whole = html(f"../{found.chart.key}{f'?{query}' if query else ''}")
    return (
        f'<main><h1>{html(found.title)}</h1><p class="sub">{html(found.subtitle)}</p>'
        f'<div id="chart" data-part>{figures}{_fine(found)}</div>'
        f'<div id="table" class="part" data-part tabindex="0" hidden>{_table(found)}</div>'
        f'<div id="who" class="part" data-part tabindex="0" hidden>{who_says_so(found, with_links=True)}</div>'
        f'<div class="foot">{_since(found, request)}'
        f'<p title="{html(found.stamp())}">{html(_stamp(found, request))}</p></div>'
        '<nav><button type="button" aria-expanded="false" aria-controls="table">Table</button>'
        '<button type="button" aria-expanded="false" aria-controls="who">Who says so?</button>'
        f'<a href="{whole}" target="_blank" rel="noopener">Open in contested</a></nav></main>'
    )


def _widths() -> str:
    """Show the widest figure that fits, and no other, as wide as there is room."""
    shown = [f".w{WIDTHS[0]} {{ display: block; }}"]
    shown += [f".w{width} svg {{ max-width: {width * _LARGER:g}px; }}" for width in WIDTHS]
    for narrower, width in pairwise(WIDTHS):
        turn = f".w{narrower} {{ display: none; }} .w{width} {{ display: block; }}"
        shown.append(f"@container (min-width: {width}px) {{ {turn} }}")
    return "\n".join(shown)


def _fine(found: Answer) -> str:
    return f'<p class="foot">{html(found.fine)}</p>' if found.fine else ""


def _table(found: Answer) -> str:
    """Write the first rows as the page shows them."""
    page = found.page.reset_index()
    head = "".join(f"<th>{html(str(name).replace('_', ' '))}</th>" for name in page)
    rows = "".join(
        f"<tr>{''.join(f'<td>{html(cell)}</td>' for cell in row)}</tr>" for row in page.itertuples(index=False)
    )
    more = f"<p>{html(found.first_rows())}.</p>" if found.first_rows() else ""
    return f"{more}<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _since(found: Answer, request: Request) -> str:
    """Say in one line what has changed since a frozen chart."""
    if "frozen" not in request.query_params:
        return ""
    one = asked(request, "url", "maxwidth", "maxheight")
    now = claims.for_readers(claims.newest_of(one.ref))
    changed = frozen.since(one.ref, now, one.selection, found.chart.key)
    return f'<p class="since">{html(frozen.told(changed))}</p>' if changed else ""


def _stamp(found: Answer, request: Request) -> str:
    selection, publishers = found.legend.selection, found.publishers
    more = len(publishers) - _CREDITED
    named = [*publishers[:_CREDITED], *([f"{more} more"] if more > 0 else [])]
    state = "frozen" if "frozen" in request.query_params else "live"
    parts = (
        selection.as_of(),
        zone_time(selection.zone),
        found.hidden(),
        state,
        f"Source: {listing(named)}" if named else "",
    )
    return " · ".join(filter(None, (*parts, *(one.title or one.name for one in found.story.package.licenses))))


def _alternate(found: Answer, request: Request) -> str:
    itself = urlencode({"url": str(request.url)})
    where = request.url.replace(path=request.url.path.rpartition("/embed/")[0] + "/oembed", query=itself)
    return f'<link rel="alternate" type="application/json+oembed" href="{html(where)}" title="{html(found.title)}">'


def _oembed(request: Request) -> Response:
    if request.query_params.get("format", "json") != "json":
        raise Refused(501, "only JSON is given")
    url = request.query_params.get("url", "")
    parts = urlsplit(url)
    folder, _, key = parts.path.rpartition("/embed/")
    here = (request.url.scheme, request.url.netloc, request.url.path.rpartition("/")[0])
    if (parts.scheme, parts.netloc, folder) != here:
        raise Refused(404, "this is no address of a chart of this server")
    found = _answer(Request({**request.scope, "query_string": parts.query.encode()}), key)
    width = min(max(number(request, "maxwidth", embed_code.WIDTH, _MOST), _NARROW), _WIDE)
    high = height(found, width)
    told = {"version": "1.0", "type": "rich", "provider_name": "contested", "title": found.title}
    return JSONResponse(
        told | {"width": width, "height": high, "html": embed_code.iframe(url, found.title, width, high)}
    )


def _refusal(error: Refused | ContestedError) -> Response:
    """Say in one sentence why there is no chart, at the height that it would have."""
    status = int(error.status) if isinstance(error, Refused) else 422
    link = '<nav><a href="../" target="_blank" rel="noopener">Open contested</a></nav>'
    words = f"<main><p>{html(str(error))}</p>{link}</main>"
    written = light_page.page("No chart", words, style=_STYLE)
    policy = f"{written.policy}; {embed_code.ancestors()}"
    return Response(written.html, status, {"Content-Security-Policy": policy}, "text/html")
