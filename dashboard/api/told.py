"""The feed of a rule: what it told, as Atom, to whoever has its address, which nobody can guess."""

from xml.etree import ElementTree as ET

from starlette.requests import Request
from starlette.responses import Response

import claims
import watching
from api.feed import MEDIA_TYPE, add, finished
from api.problem import Refused
from contested.wire import public

_NEVER = "1970-01-01T00:00:00+00:00"


def feed(request: Request) -> Response:
    """Give what a rule told, the latest first, as far as readers may see what it rests on."""
    kept, rule = claims.record(), watching.rules().one(request.path_params["rule"])
    if kept is None or rule is None:
        raise Refused(404, "no rule has this feed")
    told = watching.readable(kept, watching.notices().of_rule(rule.id))
    made, words = ET.Element("{http://www.w3.org/2005/Atom}feed"), rule.words(public.names(kept, rule.story))
    add(made, "title", f"{rule.story}: {words}")
    add(made, "id", f"urn:contested:rule:{rule.id}")
    add(made, "updated", told[0].kept_at.isoformat() if told else _NEVER)
    add(add(made, "author"), "name", rule.story)
    add(made, "link", rel="self", href=str(request.url))
    for one in told:
        entry = add(made, "entry")
        add(entry, "id", f"urn:contested:notice:{one.id}")
        add(entry, "title", one.words)
        add(entry, "updated", one.kept_at.isoformat())
        add(entry, "summary", words)
    return Response(finished(made), media_type=MEDIA_TYPE, headers={"Cache-Control": "private, no-store"})
