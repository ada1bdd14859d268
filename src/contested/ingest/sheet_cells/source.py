"""The address of a source, and personal data (telephone numbers, mail addresses) in what an editor types."""

import re
from urllib.parse import urlsplit

from contested.ingest.sheet_cells.findings import Findings

_PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d()\s.-]{7,18}\d(?![\w])")
_LONGEST_PHONE, _SHORTEST_PHONE = 15, 10
_FILLER = re.compile(r"(\d)\1{6}")
"""The last seven figures of a number that is nobody's."""
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w")
_UNFIT = re.compile(r"[\s<>\"'\\`]")


def refuse_bad_address(found: Findings, column: str) -> None:
    """Refuse an address that a reader may not follow."""
    text = found[column]
    if not text:
        return
    try:
        parts = urlsplit(text)
        scheme, host, user = parts.scheme, parts.hostname, parts.username
    except ValueError:
        scheme, host, user = "", None, None
    if scheme not in {"http", "https"}:
        found.refuse("E-URL", column, "only http and https links are allowed", "give the page's address")
    elif not host or _UNFIT.search(text):
        found.refuse("E-URL", column, "not a whole address", "give the page's address")
    elif user is not None:
        found.refuse("E-URL", column, "a name before the @ hides where the link leads", "give the address without it")


def warn_of_private(found: Findings, *columns: str) -> None:
    """Warn of what would lead to a private person."""
    for column in columns:
        text = found[column]
        if any(map(_is_phone, _PHONE.findall(text))):
            found.warn("W-PRIVATE", column, "looks like a phone number", "remove it, or mark the field internal")
        elif _MAIL.search(text):
            found.warn("W-PRIVATE", column, "looks like an e-mail address", "remove it, or mark the field internal")


def _is_phone(text: str) -> bool:
    """Say whether digits are as many as a phone number's, and are no filler, date or coordinate."""
    digits = re.sub(r"\D", "", text)
    dated = re.match(r"\d{4}-\d\d-\d\d", text.strip())
    return _SHORTEST_PHONE <= len(digits) <= _LONGEST_PHONE and not _FILLER.search(digits[-7:]) and not dated
