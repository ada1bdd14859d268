"""A citation of a page: what it says, as of when, under which terms and where, as a sentence, BibTeX and RIS."""

import re
from datetime import date
from typing import NamedTuple

from contested.model.times import date as written

_LATEX = {
    **{sign: f"\\{sign}" for sign in "{}%&$#_"},
    "\\": "\\textbackslash{}",
    "^": "\\textasciicircum{}",
    "~": "\\textasciitilde{}",
}
_SPACES = re.compile(r"\s+")


class PageCitation(NamedTuple):
    """What is cited of a page that shows one state of a story."""

    story: str
    finding: str
    """Of the chart; empty where the page has several."""
    as_known: str
    """As known when, of which entry or data."""
    made: date
    """The day on which that state was recorded, or on which the page was looked at."""
    licence: str
    address: str
    accessed: date
    key: str

    def sentence(self) -> str:
        """Cite it in one sentence."""
        finding = f", “{self.finding}”" if self.finding else ""
        return (
            f"“{self.story}”{finding}, contested timeline, {self.as_known}, {self.licence}, "
            f"{self.address}, accessed {written(self.accessed)}."
        )

    def bibtex(self) -> str:
        """Cite it as BibTeX (biblatex's `@online`)."""
        fields = {
            "title": self.finding or self.story,
            **({"maintitle": self.story} if self.finding else {}),
            "date": self.made.isoformat(),
            "note": f"{self.as_known}; {self.licence}",
            "urldate": self.accessed.isoformat(),
        }
        lines = [f"  {name} = {{{_latex(text)}}},\n" for name, text in fields.items()]
        key = re.sub(r"[^A-Za-z0-9-]", "-", self.key)
        return f"@online{{{key},\n{''.join(lines)}  url = {{{_one_line(self.address)}}},\n}}\n"

    def ris(self) -> str:
        """Cite it as RIS, a tag a line."""
        tags = [
            ("TY", "ELEC"),
            ("TI", self.finding or self.story),
            *([("T2", self.story)] if self.finding else []),
            ("DA", f"{self.made:%Y/%m/%d}/"),
            ("PY", f"{self.made:%Y}"),
            ("N1", f"{self.as_known}; {self.licence}"),
            ("UR", self.address),
            ("Y2", f"{self.accessed:%Y/%m/%d}/"),
            ("ER", ""),
        ]
        return "".join(f"{tag}  - {_one_line(text)}\r\n" for tag, text in tags)


def _latex(text: str) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in _one_line(text))


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
