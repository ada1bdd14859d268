"""The fields of a claim on a page, in the order in which an editor asks: who, said, what, when, how many, where."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

import claims
from contested.drawing import html
from contested.ingest.statement import FIGURE_BY_HAND, SAID, SAID_ZONE, TIMES_BY_HAND, Reading, clocks
from contested.model.corrections import FIGURE, TIMES
from contested.model.held_back import HOLDING
from contested.model.times import between, day_and_hour, zone_words
from contested.model.vocabulary import Stance
from contested.model.wording import cut
from contested.model.zones import names as zone_names
from contested.query.selection import Selection
from newsroom import publishing
from newsroom.draft_form import LETTERS, Form, band, described, foldable, group, label, said, words_of
from panel import room

_STANCES = {"asserts": "asserts it", "denies": "denies it", "relays": "passes it on", "corrects": "corrects itself"}
_RELATIONS = ("supersedes", "same_origin", "part_of", "corrects")
_OTHERS = ("victims", "unit", "quote_locator", "subkind", "groups", "latitude", "longitude", "radius_km")
_NEW = {"account", "source_id", "event_id", "place", "question"}
"""Choices among the names of the story to which another one may be added."""
_LISTED = {"kind", "measure", "scope", "same_event", "time_basis"}
_TEXTS = (
    {
        "locator": ("optional", 200),
        "source_publisher": ("of the new source", 200),
        "source_url": ("https://…, optional", 1000),
        "speaker": ("private people by their role", 200),
        "via": ("outermost first: A > B", 400),
        SAID: ("like 8 Feb 2020, 15:33", 100),
        "summary": ("", 300),
        "label": ("", 30),
        "time_words": ("", 100),
        "figure_words": ("", 100),
        "definition": ("optional", 200),
        "answer": ("a few words", 200),
    }
    | dict.fromkeys(("stated_earliest", "stated_at", *TIMES), ("", 60))
    | dict.fromkeys(FIGURE, ("", 12))
)
"""The hint of a field of text, and how many letters it holds."""
_NEITHER = "–"
MOST_OFFERED = 400
"""How many claims of a story are offered as those that another one replaces or repeats."""


def show(form: Form, reading: Reading) -> None:
    """Draw every field of a claim but the source, with how its words were read."""
    with _part(form, "Who"):
        _beside(form, reading, ("account", "side"))
        _beside(form, reading, ("speaker", "via"))
        field(form, reading, "stance")
    with _part(form, "When it was said"):
        _beside(form, reading, (SAID, SAID_ZONE), (3, 2))
        _beside(form, reading, _said_by_hand(form))
    with _part(form, "What"):
        _beside(form, reading, ("kind", "event_id"))
        _beside(form, reading, ("summary", "label"), (3, 2))
    with _part(form, "When it happened"):
        _beside(form, reading, ("time_words", "zone"), (3, 2))
        _times(form, reading)
    with _part(form, "How many"):
        _beside(form, reading, ("figure_words", "measure", "definition"))
        _figure(form, reading)
    with _part(form, "Where, and which question it answers"):
        _beside(form, reading, ("place", "question", "answer"), (2, 3, 2))
    _more(form, reading)
    hold_back(form)


@contextmanager
def _part(form: Form, title: str) -> Iterator[None]:
    """Begin a group of fields; on a phone it is folded under what it says, unless something of it is left."""
    if room.window() > room.PHONE:
        group(title)
        yield
        return
    names = _ROWS[title]
    is_left = any(name in form.faults for name in (*names, *_BY_HAND.get(title, ())))
    told = " · ".join(cut(_spoken(form, name, form.cells[name]), _FOLDED) for name in names if form.cells.get(name))
    is_open = bool(form.cells) and is_left
    with foldable(
        f"part-{form.claim_id}-{title}", title, f"{told}{' ✓' if told and not is_left else ''}", is_open=is_open
    ):
        yield


def _spoken(form: Form, name: str, words: str) -> str:
    """Say what stands in a field, by its name where it was chosen."""
    return words if name in _TEXTS or name in _PLAIN else dict(_offered(form, name)[0]).get(words) or words


def where_it_stands(form: Form, reading: Reading) -> None:
    """Draw the source; of a new one its publisher and address are asked too."""
    _beside(form, reading, ("source_id", "locator"), (3, 2))
    _beside(form, reading, _of_new_source(form))


def _of_new_source(form: Form) -> tuple[str, ...]:
    is_new = form.cells.get("source_id") and form.cells["source_id"] not in form.desk.names("source_id")
    return ("source_publisher", "source_url") if is_new else ()


def _said_by_hand(form: Form) -> tuple[str, ...]:
    cells = form.cells
    is_by_hand = not cells.get(SAID) and (cells.get("stated_earliest") or cells.get("stated_at"))
    return ("stated_earliest", "stated_at") if is_by_hand else ()


def _beside(form: Form, reading: Reading, names: Sequence[str], widths: Sequence[int] = ()) -> None:
    for place, name in zip(st.columns(widths or len(names)) if names else (), names, strict=True):
        with place:
            field(form, reading, name)


def field(form: Form, reading: Reading, name: str) -> None:
    """Draw one field of a claim by what it may hold."""
    if name == "stance":
        form.segments(name, _STANCES, str(Stance.ASSERTS))
    elif name in _RELATIONS:
        own = form.cells.get("account") if name == "supersedes" else None
        others = claims_of(form).items()
        form.several(name, {key: words for key, (account, words) in others if own in {None, account}})
    elif name in _TEXTS or name in _OTHERS:
        hint, most = _TEXTS.get(name, ("", LETTERS))
        form.text(name, hint or _used(form, name, most), most, note=_note(form, reading, name))
    else:
        form.choice(name, *_offered(form, name), new=name in _NEW)


def _offered(form: Form, name: str) -> tuple[Mapping[str, str], str]:
    """Give what may be chosen, and a hint."""
    if name in {SAID_ZONE, "zone"}:
        return dict.fromkeys(zone_names(), ""), f"else {zone_city(form.desk.zone)}"
    if name == "side":
        return form.desk.story.package.sides, "or no side’s story"
    if name in _LISTED:
        return words_of(name), "how the bounds came about" if name == "time_basis" else ""
    return form.desk.names(name), "or none" if name == "question" else ""


def _used(form: Form, name: str, most: int) -> str:
    return f"{len(form.cells.get(name, ''))} of {most}" if name in {"summary", "label"} else ""


def _note(form: Form, reading: Reading, name: str) -> str:
    if name == "via":
        return _passed_on(form.cells.get(name, ""))
    return _read_as(reading, form.desk.zone) if name == SAID else ""


def _passed_on(via: str) -> str:
    links = [one for one in via.split(" > ") if one.strip()]
    if not links:
        return ""
    return "The source quotes the speaker" if len(links) == 1 else f"Hearsay through {len(links)}; its mark is hollow"


def zone_city(zone: str) -> str:
    """Name a zone by its city."""
    return zone.rpartition("/")[2].replace("_", " ")


def _read_as(reading: Reading, zone: str) -> str:
    if reading.claim is None or reading.claim.stated_at is None:
        return ""
    ends = (reading.claim.stated_earliest, reading.claim.stated_at)
    moments = [one.astimezone(ZoneInfo(zone)) if one else None for one in ends]
    first, last = moments
    told = day_and_hour(last) if last and first is None else between(first, last)
    return f"Read as {told} in {zone_words(zone, last)}"


def _times(form: Form, reading: Reading) -> None:
    """Draw how the words of a time were read, or its bounds to be set by hand."""
    if form.cells.get(TIMES_BY_HAND):
        _beside(form, reading, TIMES)
        field(form, reading, "time_basis")
    else:
        zone = ZoneInfo(clocks(form.cells, "zone", form.desk.zone))
        times = reading.times
        band({label(name): _hour(getattr(times, name), zone) if times else _NEITHER for name in TIMES})
        _rule(times.rule if times else "")
    form.switch(TIMES_BY_HAND, "Set by hand")


def _hour(moment: datetime | None, zone: ZoneInfo) -> str:
    return day_and_hour(moment.astimezone(zone)) if moment else _NEITHER


def _rule(rule: str) -> None:
    st.html(said("ok", f"Rule: {rule}. What was not said stays open.") if rule else '<p class="msg"></p>')


def _figure(form: Form, reading: Reading) -> None:
    """Draw how the words of a figure were read, or its bounds to be set by hand."""
    figure = reading.figure
    if form.cells.get(FIGURE_BY_HAND):
        _beside(form, reading, FIGURE)
    else:
        known = {name: getattr(figure, name) if figure else None for name in FIGURE}
        band({label(name): _NEITHER if value is None else f"{value:,}" for name, value in known.items()})
        _rule(figure.rule if figure else "")
    form.switch(FIGURE_BY_HAND, "Set by hand ")


def _more(form: Form, reading: Reading) -> None:
    """Draw what is seldom needed, folded unless it is filled."""
    filled = any(form.cells.get(name) for name in (*_RELATIONS, "victims"))
    with st.expander("More: replaces, repeats, part of, whom the figure counts", expanded=filled):
        for name in _RELATIONS:
            field(form, reading, name)
        _beside(form, reading, ("scope", "same_event"))
        places = st.columns(2)
        for number, name in enumerate(_OTHERS):
            with places[number % 2]:
                field(form, reading, name)


def hold_back(form: Form) -> None:
    """Draw what keeps a claim from readers, folded unless it is filled."""
    filled = any(form.cells.get(name) for name in HOLDING)
    with st.expander("Hold back: editors see it, readers do not", expanded=filled):
        form.text("embargo_until", f"like 8 Feb 2020, 15:33, in {zone_city(form.desk.zone)}; it ends by itself", 60)
        form.switch("sensitive", "Sensitive: held back for good")
        form.message("sensitive")


_BY_HAND = {
    "When it was said": ("stated_earliest", "stated_at"),
    "When it happened": (*TIMES, "time_basis"),
    "How many": FIGURE,
}
"""Group → its fields that are set by hand."""
_FOLDED = 60
"""How many letters of a field are shown where its group is folded."""
_OFTEN = ("figure_words", "time_words", "summary", "label", SAID, "answer")
"""What is corrected most, in the order of the form that corrects."""
_ROWS = {
    "Who": ("account", "side", "speaker", "via", "stance"),
    "Where it stands": ("source_id", "locator"),
    "When it was said": (SAID, SAID_ZONE),
    "What": ("kind", "event_id", "summary", "label"),
    "When it happened": ("time_words", "zone"),
    "How many": ("figure_words", "measure", "definition"),
    "Where, and which question it answers": ("place", "question", "answer"),
    "More": (*_RELATIONS, "scope", "same_event", *_OTHERS),
}


def beside_what_it_was(form: Form, reading: Reading, was: Mapping[str, str]) -> None:
    """Draw each field with what it was at its left: what is corrected most, and the others folded."""
    form = form._replace(is_bare=True)
    often = [name for name in _OFTEN if was.get(name) or name == "summary" or _is_bounded(name, was)]
    for name in often:
        _row(form, reading, name, was)
    others = {title: [one for one in names if one not in often] for title, names in _ROWS.items()}
    number = sum(map(len, others.values()))
    is_changed = any(form.cells.get(one, "") != was.get(one, "") for names in others.values() for one in names)
    with st.expander(f"{number} other fields, as they are unless you change one", expanded=is_changed):
        for title, names in others.items():
            group(title)
            for name in names:
                _row(form, reading, name, was)
    hold_back(form._replace(is_bare=False))


def _is_bounded(name: str, was: Mapping[str, str]) -> bool:
    bounds = {"figure_words": FIGURE, "time_words": TIMES}.get(name, ())
    return any(was.get(one) for one in bounds)


BESIDE = frozenset(name for names in _ROWS.values() for name in names)
"""The fields that stand beside what they were."""


def let_stand(form: Form, name: str) -> None:
    """Offer to let a field stand that still says the old; who has done so can take that back."""
    cell = f"{publishing.STANDS}{name}"
    if form.cells.get(cell) or "still says" in form.faults.get(name, ""):
        form.switch(cell, f"{label(name)} is right as it stands")


def _row(form: Form, reading: Reading, name: str, was: Mapping[str, str]) -> None:
    """Draw one field, what it was at its left; then what follows from it."""
    before, now = was.get(name, ""), form.cells.get(name, "")
    words = html(_spoken(form, name, before) or _NEITHER)
    told = f"<del>{words}</del>" if before and before != now else words
    with st.container(key=f"row-{name}"):
        left, right = st.columns([5, 8])
        with left:
            st.markdown(f"**{label(name)}**", help=described(name))
            st.html(f'<p class="was{" is-changed" if before != now else ""}"><span>was </span>{told}</p>')
        with right:
            field(form, reading, name)
            let_stand(form, name)
            for more in _FOLLOWING[name](form) if name in _FOLLOWING else ():
                field(form._replace(is_bare=False), reading, more)
            if name in _READ:
                _READ[name](form._replace(is_bare=False), reading)


_PLAIN = {"stance", *_RELATIONS, *_OTHERS}
_FOLLOWING: Mapping[str, Callable[[Form], tuple[str, ...]]] = {"source_id": _of_new_source, SAID: _said_by_hand}
"""Field → the fields that are asked besides it in some forms."""
_READ = {"time_words": _times, "figure_words": _figure}


def claims_of(form: Form) -> Mapping[str, tuple[str, str]]:
    """List claims of the story to relate this one to, each with its account and its words."""
    return {key: told for key, told in _claims(claims.current_story()).items() if key != form.claim_id}


@st.cache_data(max_entries=4, show_spinner=False)
def _claims(shown: claims.StoryRef) -> Mapping[str, tuple[str, str]]:
    asked = f"select claim_id, account, summary from known order by claim_id limit {MOST_OFFERED}"
    rows = claims.store_of(shown).columns(asked, Selection()).to_pylist()
    return {row["claim_id"]: (row["account"], f"{row['account']}: {row['summary'][:80]}") for row in rows}
