"""Who says so: the accounts behind an answer, each with what it says, when and where, and those that say nothing."""

from collections.abc import Iterable, Mapping
from itertools import chain, islice
from typing import NamedTuple

from contested.answers import PAGE, Answer
from contested.model.claim import Claim
from contested.query.legend import Voice
from contested.query.selection import NO_SIDE, By
from contested.text.attribution import number
from contested.text.claim_details import address, details

MOST = 4
"""How many claims of an account are said; of more their number is."""
_READ = 2_000
"""Among how many claims the ones that are said are sought."""
_STANDING = "select claim_id, standing from known where claim_id in (select unnest($ids))"
_SINCE = {"superseded": "since replaced", "corrected": "since corrected"}
"""What is said of a claim that another one of its account has put out of force."""


class Said(NamedTuple):
    """What one claim says: its figure, in neutral words, in the words kept, through whom, when and where."""

    figure: str
    summary: str
    words: str
    through: str
    when: str
    source: str
    url: str | None
    standing: str


class Witness(NamedTuple):
    """An account, the claims of it that are said, and how many more it has."""

    voice: Voice
    said: tuple[Said, ...]
    more: int

    @property
    def is_hearsay(self) -> bool:
        """Say whether all that is said of it was passed on by others."""
        return all(one.through for one in self.said)


def witnesses(answer: Answer) -> list[Witness]:
    """List the accounts behind the rows on a page, in the order of the story, each with its latest claims first."""
    ids = dict.fromkeys(chain.from_iterable(answer.claim_ids(answer.rows.head(PAGE))))
    read = list(islice(ids, _READ))
    claims, standing = answer.store.claims(read).values(), _standing(answer, read)
    told: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=_latest, reverse=True):
        told.setdefault(_voice(claim, answer), []).append(claim)
    return [
        Witness(voice, tuple(_said(one, answer, standing) for one in theirs[:MOST]), max(len(theirs) - MOST, 0))
        for voice in answer.legend.voices
        if (theirs := told.get(voice.key))
    ]


def silent(answer: Answer, heard: Iterable[Witness]) -> list[Voice]:
    """List the accounts in view behind none of the rows."""
    return answer.legend.without([one.voice.key for one in heard])


def _latest(claim: Claim) -> float:
    return claim.stated_at.timestamp() if claim.stated_at else float("-inf")


def _voice(claim: Claim, answer: Answer) -> str:
    return claim.account if answer.legend.selection.by is By.ACCOUNT else claim.side or NO_SIDE


def _standing(answer: Answer, ids: list[str]) -> dict[str, str]:
    """Say of each claim whether it stands, or was replaced, corrected or withdrawn."""
    known = answer.store.columns(_STANDING, answer.legend.selection, ids=ids)
    return dict(zip(known["claim_id"].to_pylist(), known["standing"].to_pylist(), strict=True))


def _said(claim: Claim, answer: Answer, standing: Mapping[str, str]) -> Said:
    source = answer.story.sources.get(claim.source_id)
    now = standing.get(claim.claim_id, claim.status)
    told = details(claim, source, answer.legend, now)
    kept = claim.figure_words or claim.time_words or ""
    through = ", citing ".join(claim.hearsay())
    when, where = told.get("Said", ""), told["Source"]
    since = _SINCE.get(now) or told.get("Standing", "")
    return Said(number(claim), claim.summary, kept, through, when, where, address(source), since)
