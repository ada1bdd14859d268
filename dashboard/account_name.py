"""The name of an account in a list, as HTML: what stands in brackets at its end is left out on a phone.

There the chips above tell which of two it is; on a desk it stays wherever another account of the story has the rest.
"""

from collections.abc import Iterable, Mapping

from contested.drawing import html
from contested.text.names import short_names


def written(listed: Iterable[str], story: Iterable[str]) -> Mapping[str, str]:
    """Write each name of a list, as short as leaves it apart from all of the story, on a phone from those listed."""
    bare, whole = (short_names({one: one for one in names}) for names in (listed, story))
    return {name: _written(bare[name], whole.get(name, name)) for name in bare}


def _written(bare: str, whole: str) -> str:
    bracket = whole.removeprefix(bare)
    return f'{html(bare)}<span class="bracket">{html(bracket)}</span>' if bracket else html(bare)
