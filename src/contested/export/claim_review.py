"""ClaimReview (schema.org): the claims that answer a disputed question, as JSON-LD; nobody is rated."""

import json
from typing import Any

from contested.export.claim_table import Claims
from contested.model.claim import Claim
from contested.model.problem import UnfitExportError
from contested.text.attribution import attributed
from contested.text.claim_details import address

LIMITS = (
    "a ClaimReview asks for a rating and has none here: what accounts say is set side by side, and none is judged. It "
    "holds only claims that answer a question, without bounds of time or of figures."
)


def claim_review(found: Claims) -> bytes:
    """Write the claims that answer a question, each with what is answered otherwise; refuse where there is none."""
    asked = [claim for claim in found if claim.question and claim.answer]
    if not asked:
        message = f"{found.name}: no claim of it answers a question, so that ClaimReview does not fit"
        raise UnfitExportError(message)
    about = found.about
    whole = {
        "@type": "Dataset",
        "name": about.finding,
        "description": " ".join((about.definition, about.stamp, about.hidden, f"What this file cannot hold: {LIMITS}")),
        "license": about.licence,
        "citation": list(about.sources),
    }
    graph = [whole, *(_review(claim, asked, found) for claim in asked)]
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=1).encode()


def _review(claim: Claim, asked: list[Claim], found: Claims) -> dict[str, Any]:
    others = [one for one in asked if one.question == claim.question and one.answer != claim.answer]
    source = found.story.sources.get(claim.source_id)
    appearance: dict[str, Any] = {"@type": "CreativeWork", "name": source.title if source else claim.source_id}
    if source:
        appearance["publisher"] = {"@type": "Organization", "name": source.publisher}
    if where := address(source):
        appearance["url"] = where
    reviewed = {
        "@type": "Claim",
        "name": claim.answer,
        "author": {"@type": "Organization", "name": found.legend.label(claim.account)},
        "appearance": appearance,
    } | ({"datePublished": claim.stated_at.isoformat()} if claim.stated_at else {})
    against = attributed(others, found.legend, found.standing) if others else "Nobody shown answers otherwise."
    return {
        "@type": "ClaimReview",
        "identifier": claim.claim_id,
        "about": claim.question,
        "claimReviewed": claim.summary,
        "itemReviewed": reviewed,
        "reviewBody": against,
    }
