"""References: what a claim names that its story does not have, and corrections that repeat what they correct."""

from collections.abc import Iterable, Iterator, Mapping

from contested.model.claim import Claim
from contested.model.corrections import corrected_figures_in_words
from contested.model.problem import Problem

Tables = Mapping[str, Mapping[str, object]]
"""The side tables of a story, each under the field of a claim that names its entries."""


RELATIONS = ("supersedes", "corrects", "part_of", "same_origin")
"""The fields in which a claim names others."""


def dangling(
    told: Iterable[tuple[int, Claim]], tables: Tables, others: Mapping[str, str] | None = None
) -> Iterator[Problem]:
    """Find what a claim names and no table has, and replacements of another account's words.

    The accounts of `others` that the claims name are given where not all claims of the story are told.
    """
    rows = list(told)
    accounts = {claim.claim_id: claim.account for _, claim in rows} | dict(others or {})
    for row, claim in rows:
        for column, table in tables.items():
            value = getattr(claim, column)
            if table and value is not None and value not in table:
                reason = f"{claim.claim_id} names what its table lacks"
                yield Problem("reference", row, column, value, reason, f"add it, or choose from {', '.join(table)}")
        for column in RELATIONS:
            yield from _unrelated(row, claim, column, accounts)


def _unrelated(row: int, claim: Claim, column: str, accounts: Mapping[str, str]) -> Iterator[Problem]:
    for other in getattr(claim, column):
        if other not in accounts:
            yield Problem("reference", row, column, other, f"{claim.claim_id} names no claim", "correct the id")
        elif column == "supersedes" and accounts[other] != claim.account:
            reason = f"{claim.claim_id} replaces the words of {accounts[other]}"
            yield Problem("reference", row, column, other, reason, "an account replaces only its own words")


OUTDATED = "W-OLD-FIGURE"


def outdated_corrections(told: Iterable[tuple[int, Claim]], corrected: Mapping[str, Claim]) -> Iterator[Problem]:
    """Find the words of a claim that still state the figure of the claim that it corrects."""
    for row, claim in told:
        for other in filter(None, map(corrected.get, claim.corrects)):
            for column, words in corrected_figures_in_words(other, claim).items():
                reason = f"states {words}, as {other.claim_id} does, which {claim.claim_id} corrects"
                yield Problem(OUTDATED, row, column, getattr(claim, column), reason, "state the new figure", "warning")
