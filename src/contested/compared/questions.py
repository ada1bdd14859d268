"""The questions: what a claim answers by what it is, also where it names no question of its own.

A figure answers how many, a time of a milestone when, a place of a milestone where, a point of its own where a named
place lies; and what is told of as happening answers whether it did. An event of violence is asked for its milestones
and its toll even where no claim answers: what nobody says is then seen.
"""

from collections.abc import Collection, Iterator, Sequence

from contested.vocabulary import FATAL_AND_INJURED, MILESTONE_KINDS, Kind, Measure, Milestone
from contested.wording import listing

HAPPENED: dict[str, str] = {
    Kind.CLASH: "a clash",
    Kind.ASSAULT: "an assault",
    Kind.SHOOTING: "shooting",
    Kind.ARSON: "arson",
    Kind.ROADBLOCK: "a roadblock",
    Kind.DETENTION: "a detention",
    Kind.MEDIATION: "mediation",
    Kind.CALL: "a call for help",
    Kind.DISPATCH: "help on its way",
    Kind.ARRIVAL: "help that arrived",
    Kind.DISPLACEMENT: "displacement",
    Kind.DAMAGE: "damage",
    Kind.CHECKPOINT: "a checkpoint",
}
"""What happens or not, as it is called in a question. A statement only says; casualties are asked how many."""

VIOLENCE = (Kind.CLASH, Kind.ASSAULT, Kind.SHOOTING, Kind.ARSON)

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
_MILESTONES: dict[str, str] = {Milestone.ONSET: "beginning", Milestone.END: "end"}


_TIMED = ", ".join(f"'{kind}'" for kind in MILESTONE_KINDS)
_HAPPENED = ", ".join(f"'{kind}'" for kind in HAPPENED)
_DATES = f"(kind = 'clash' or (kind not in ({_TIMED}) and regexp_matches(question, '^When did .*\\b{{}}\\b')))"
HELP = "kind in ('call', 'dispatch', 'arrival')"
_PART = "len(part_of) > 0 and definition is null and victims is null"


def _form(form: str, about: str, where: str, *key: str, **more: str) -> str:
    """Write what a claim answers in one form: what it is asked about, where it is, and the key of the question."""
    told = {"words": "null", "said": "null", "starts": "null", "stops": "null", "milestone": "null"} | more
    types = {"starts": "::timestamp", "stops": "::timestamp"}
    parts = [f"'{name}': {value}{types.get(name, '::varchar')}" for name, value in told.items()]
    topic = f"concat_ws('|', '{form}', {', '.join(key)})"
    head = f"'form': '{form}', 'about': {about}, 'answered': coalesce({where}, false), 'topic': {topic}"
    return f"{{{head}, {', '.join(parts)}}}"


def _when(name: str, where: str, starts: str, stops: str) -> str:
    """Write how a claim dates a milestone; a denial dates none."""
    words = f"if(asks_when and ({name} = 'end') = regexp_matches(question, '\\bend(ed)?\\b'), question, null)"
    said, milestone = f"if(kind in ({_TIMED}), null, answer)", f"if(stance = 'denies', null, {name})"
    known = {"words": words, "said": said, "starts": starts, "stops": stops, "milestone": milestone}
    return _form("when", name, f"{where} and coalesce({starts}, {stops}) is not null", "event_id", name, **known)


_COUNTED = [f"coalesce({one}, '')" for one in ("definition", "victims")]
_BEGAN = {"starts": "if(asks_when, began_earliest, null)", "stops": "if(asks_when, began_latest, null)"}
ANSWERS = (
    _form(
        "figure",
        "measure",
        "counts",
        *("event_id", "measure", *_COUNTED, "coalesce(unit, '')", f"if({_PART}, claim_id, '')"),
        words="question",
        said="answer",
    ),
    _when("'onset'", _DATES.format("(begin|start)"), "began_earliest", "began_latest"),
    _when("'end'", _DATES.format("end"), "ended_earliest", "ended_latest"),
    _when("kind", HELP, "began_earliest", "began_latest"),
    _form(
        "asked",
        "question",
        "not counts and not dates",
        "question",
        *_COUNTED,
        words="question",
        said="answer",
        **_BEGAN,
    ),
    _form(
        *("where", "kind", f"kind in ({_TIMED}) and stance <> 'denies' and coalesce(place, latitude::varchar) <> ''"),
        *("event_id", "kind"),
    ),
    _form("place", "place", "place_is_told and stance <> 'denies'", "place", said="if(latitude is null, null, answer)"),
    _form("happened", "kind", "happened", "event_id", "kind", said="'yes'"),
)
"""Every question that a claim may answer by what it is, in SQL: asked of `told` in `contested.compared.positions`."""

TOLD = f"""
    measure is not null and coalesce(low::varchar, best::varchar, high::varchar, figure_words) is not null as counts,
    coalesce(question ilike 'when %', false) as asks_when,
    coalesce(began_earliest, began_latest) is not null as has_begun,
    coalesce(ended_earliest, ended_latest) is not null as has_ended,
    question is null or (asks_when and ((has_begun and ({HELP} or {_DATES.format("(begin|start)")}))
        or (has_ended and {_DATES.format("end")}))) as dates,
    kind in ({_HAPPENED}) and stance = 'asserts' and coalesce(coalesce(high, best, low) > 0, true)
        and not coalesce(regexp_matches(lower(question), '^(was|were|is|are|did|do|does|had|has|have) '), false)
        as happened,
    place is not null and bool_or(latitude is not null) over (partition by place) as place_is_told"""
"""What must be known of a claim to tell which questions it answers; who answers yes or no affirms nothing more."""


def asked(form: str, about: str) -> str:
    """Put a question of structure into words: its form, and what it is asked about."""
    match form:
        case "figure":
            return f"How many {_MANY[about]}?" if about in _MANY else f"How much {about} was named?"
        case "when":
            return f"When was the {_MILESTONES.get(about, about)}?"
        case "happened":
            return f"Was there {HAPPENED[about]}?"
        case "where":
            return f"Where was the {about}?"
    return f"Where is {about}?"


def expected(kinds: Collection[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Ask what is asked of an event by the kinds of claims that are made of it: each form, and what about."""
    if set(kinds) & set(VIOLENCE):
        yield "when", tuple(Milestone)
        yield "figure", FATAL_AND_INJURED


def asked_together(form: str, about: Sequence[str]) -> str:
    """Put several questions of one form into one."""
    if form == "figure":
        return f"How many people were {' or '.join(about)}?"
    return f"When {'was' if len(about) == 1 else 'were'} the {listing(_MILESTONES.get(one, one) for one in about)}?"
