"""Untrusted text: Streamlit reads Markdown in titles, labels, tables and captions, so text from data is escaped there.

Options of `st.selectbox` and `st.multiselect`, `st.code` and names of files are no Markdown: they take text as it is.
"""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:$&^=@/])")
_BREAKS = re.compile(r"\s*[\r\n\t\v\f\x1c-\x1e\x85\u2028\u2029]+\s*")
_REPLACED = re.compile(
    r"(?<=[-<>=~])(?=[-<>=~])"  # -> <- <-> -- >= <= ~= become symbols
    r"|(?<=:)(?=material_|streamlit:)"  # become icons
    r"|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=\w)(?=@)",  # bare addresses become links
    re.IGNORECASE,
)
"""Places in what Streamlit replaces after it has read the Markdown, where no escaping reaches any more."""
_APART = ":small[]"
"""Streamlit's Markdown for an empty piece of text: it parts what it would replace, and shows nothing."""
_LONE = re.compile(r"[\ud800-\udfff]")


def plain(text: object) -> str:
    """Escape text for Markdown, so that a reader sees exactly the letters as written, on one line."""
    line = _BREAKS.sub(" ", _LONE.sub("\N{REPLACEMENT CHARACTER}", str(text))).strip()
    return _APART.join(_MARKUP.sub(r"\\\1", part) for part in _REPLACED.split(line))
