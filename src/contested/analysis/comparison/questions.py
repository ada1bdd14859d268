"""The questions: what is asked of events, put into words, whether or not a claim names a question of its own.

What a claim answers by what it is, `statements` tells. An event of violence is asked for its
milestones and its toll even where no claim answers: what nobody says is then seen.
"""

from collections.abc import Collection, Iterator, Sequence

from contested.model.vocabulary import FATAL_AND_INJURED, Kind, Measure, Milestone
from contested.model.wording import listing

VIOLENCE = (Kind.CLASH, Kind.FIGHT, Kind.ASSAULT, Kind.SHOOTING, Kind.ARSON)

_MANY: dict[str, str] = {
    Measure.KILLED: "people were killed",
    Measure.INJURED: "people were injured",
    Measure.DISPLACED: "people were displaced",
    Measure.RETURNED: "people returned",
    Measure.PARTICIPANTS: "people took part",
    Measure.DETAINED: "people were detained",
    Measure.PEOPLE: "people were there",
    Measure.BUILDINGS_DAMAGED: "buildings were damaged",
    Measure.VEHICLES_DAMAGED: "vehicles were damaged",
    Measure.VEHICLES: "vehicles were there",
    Measure.CASES: "cases were there",
}
OF_VIOLENCE = (Milestone.ONSET, Milestone.CALL, Milestone.DISPATCH, Milestone.ARRIVAL, Milestone.END)
"""The milestones that an event of violence is asked for; only a log tells of the others."""
RESPONSE_END = "end of the response"
"""When a unit was cleared, which is another question than when the event ended."""
_MILESTONES: dict[str, str] = {Milestone.ONSET: "beginning", Milestone.EN_ROUTE: "setting out", Milestone.END: "end"}


def question_words(form: str, about: str) -> str:
    """Put a question of structure into words: its form, and what it is asked about."""
    match form:
        case "figure":
            return f"How many {_MANY[about]}?" if about in _MANY else f"How much {about} was named?"
        case "when":
            return f"When was the {_MILESTONES.get(about, about)}?"
        case "where":
            return f"Where was the {RESPONSE_END if about == Kind.END else _MILESTONES.get(about, about)}?"
    return f"Where is {about}?"


def expected_questions(kinds: Collection[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Ask what is asked of an event by the kinds of claims that are made of it: each form, and what about."""
    if set(kinds) & set(VIOLENCE):
        yield "when", OF_VIOLENCE
        yield "figure", FATAL_AND_INJURED


def joint_question(form: str, about: Sequence[str], *, of_it_alone: bool = False) -> str:
    """Put several questions of one form into one; of people maybe `of_it_alone`, as those of another event are told."""
    if form == "figure":
        return f"How many people were {' or '.join(about)}{' in it alone' * of_it_alone}?"
    return f"When {'was' if len(about) == 1 else 'were'} the {listing(_MILESTONES.get(one, one) for one in about)}?"
