"""Attribution: claims as one sentence to paste, which names who said it, when, and every figure that differs.

A figure stands first with all who state it; each differing one follows with its own. What has been replaced since says
so, what is passed on names the chain, and a denial stays a denial. A claim without a figure speaks by its summary.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from contested.claim import Claim
from contested.legend import Legend
from contested.moment import date
from contested.vocabulary import Measure, Stance
from contested.wording import figure, listing

NOBODY = "Nobody in view says anything of this."

_PEOPLE = ("person", "people")
COUNTED: dict[Measure, tuple[tuple[str, str], tuple[str, str]]] = {
    Measure.KILLED: (_PEOPLE, ("was killed", "were killed")),
    Measure.INJURED: (_PEOPLE, ("was injured", "were injured")),
    Measure.DISPLACED: (_PEOPLE, ("was displaced", "were displaced")),
    Measure.RETURNED: (_PEOPLE, ("returned", "returned")),
    Measure.PARTICIPANTS: (_PEOPLE, ("took part", "took part")),
    Measure.DETAINED: (_PEOPLE, ("was detained", "were detained")),
    Measure.PEOPLE: (_PEOPLE, ("was counted", "were counted")),
    Measure.BUILDINGS_DAMAGED: (("building", "buildings"), ("was damaged", "were damaged")),
    Measure.VEHICLES_DAMAGED: (("vehicle", "vehicles"), ("was damaged", "were damaged")),
    Measure.VEHICLES: (("vehicle", "vehicles"), ("was counted", "were counted")),
    Measure.CASES: (("case", "cases"), ("was counted", "were counted")),
    Measure.MONEY: (("unit of money", "units of money"), ("was named", "were named")),
}
"""How each measure is said of one and of several: the noun and the verb."""

_HEDGES = re.compile(r"(about|around|approximately|roughly|some|over|more than|nearly|almost|at least|at most|up to)")
_MANY = re.compile(r"(dozens|scores|tens|hundreds|thousands|millions)$")
_SMALL = re.compile(r"(The|A|An|There|It|Some|No|Both|They|He|She|One|Two|Nobody)\b")
_SINCE = {"superseded": " (since replaced)", "corrected": " (since corrected)", "withdrawn": " (since withdrawn)"}


def attributed(claims: Sequence[Claim], legend: Legend, standing: Mapping[str, str] | None = None) -> str:
    """Put claims into one sentence, in the order in which they were said."""
    said = sorted(claims, key=lambda claim: (claim.stated_at is None, claim.stated_at or datetime.min))  # noqa: DTZ901
    voiced = _Voiced(legend, standing or {}, len({claim.event_id for claim in claims}) > 1)
    clauses: list[str] = []
    for alike in _grouped(said, voiced.topic):
        whole = True
        for equal in _grouped(alike, voiced.position):
            clauses.append(voiced.clause(equal, whole=whole))
            whole = whole and equal[0].stance is Stance.DENIES
    text = "; ".join(_inside(clause) if number else clause for number, clause in enumerate(clauses))
    return f"{text[0].upper()}{text[1:]}." if text else NOBODY
