"""Call status: whether a call is over, by the words that its status or its disposition begins with."""

import re

from contested.model.language import alternatives, listed


def is_over(words: str) -> bool | None:
    """Say whether a call was closed, cleared or cancelled, not so where it is open; `None` where nobody can tell."""
    for key, answer in (("over", True), ("open", False)):
        if re.match(alternatives(*listed(key, "call")), words.strip().casefold()):
            return answer
    return None
