"""Untrusted text: Streamlit reads Markdown in titles, labels, tables and captions, so text from data is escaped."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:$&^=@/])")
_ADDRESS = re.compile(r"(https?:|www(?=\.)|(?<=\w)@)", re.IGNORECASE)


def plain(text: object) -> str:
    """Keep text from being read as Markdown, and a bare address in it from becoming a link (by a word joiner)."""
    return _MARKUP.sub(r"\\\1", _ADDRESS.sub("\\1\u2060", str(text))).replace("\n", " ")
