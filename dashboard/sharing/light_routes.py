"""Routes of light pages, beside those of Streamlit: what each needs is imported once somebody asks for it."""

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


class _State(Convertor[str]):
    """The part of an address that names a state: an entry, with a code or without, or a time."""

    regex = r"\d+-[0-9a-f]{8,64}(?:-[a-z2-7]{8,52})?|\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|[+-]\d\d:\d\d)?"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("state", _State())


async def _embedded(request: Request) -> Response:
    from sharing import embed  # noqa: PLC0415

    return await embed.embedded(request)


async def _oembed(request: Request) -> Response:
    from sharing import embed  # noqa: PLC0415

    return await embed.oembed(request)


def _follow(request: Request) -> Response:
    from sharing import short_links  # noqa: PLC0415

    return short_links.follow(request)


async def _present(request: Request) -> Response:
    from sharing import present  # noqa: PLC0415

    return await present.answer(request)


ROUTES = (
    Route("/embed/{chart}", _embedded),
    Route("/oembed", _oembed),
    *(Route(f"/present{part}", _present) for part in ("", "/state", "/slide", "/file")),
    Route("/{story}/{state:state}", _follow),
)
