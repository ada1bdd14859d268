"""Files that came in by themselves: those that wait are listed on Import, and each opens into the same four steps."""

from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

import write_access
from contested.cli.home import beside
from contested.drawing import html
from contested.model.times import at
from contested.model.wording import counted
from contested.wire.quarantine import Arrival, Look, Quarantine, State
from importing.examination import Dropped, File
from sharing import link

ARRIVED = "arrived"
"""The parameter that names a file by its hash."""
_SHORT = 12
_SETTLED = 5


class Arrived:
    """A file of the quarantine, as one that was dropped."""

    def __init__(self, one: Arrival, content: bytes) -> None:
        self.file_id, self.name, self.one, self._content = one.sha256, one.name, one, content

    def getvalue(self) -> bytes:
        """Read its bytes."""
        return self._content


def asked(where: str) -> Arrived | None:
    """Give the file that the address of the page names, while it waits."""
    named, kept = st.query_params.get(ARRIVED, ""), _quarantine(where)
    one = kept.one(named) if kept and named else None
    if kept is None or one is None or one.state not in {State.WAITING, State.TAKEN}:
        return None
    words = f"<b>{html(one.name)}</b> · came {html(at(one.found_at))} UTC from {html(one.source)}"
    st.html(f'<p class="good-to-know">{words} · <a href="{html(link.url("import"))}" target="_self">All files</a></p>')
    return Arrived(one, kept.content(one.sha256))


def said(file: File, dropped: Dropped) -> Dropped:
    """Add to the choices of a person how a file that came in is to be read, as whoever watches its source said."""
    if not isinstance(file, Arrived):
        return dropped
    given = file.one.given
    return dropped._replace(
        zone=dropped.zone or given.get("zone"),
        columns=given.get("mapping"),
        sheet=dropped.sheet or given.get("sheet"),
        encoding=dropped.encoding or given.get("encoding"),
        vague=dropped.vague or bool(given.get("vague")),
        accounts=tuple(given.get("accounts", ())),
        date_order=given.get("date_order"),
        decimal_mark=given.get("decimal_mark"),
    )


def accepted(where: str, who: str, entry: int) -> None:
    """Say that the file that the page names is in the record."""
    kept, named = _quarantine(where), st.query_params.get(ARRIVED, "")
    if kept and named and (one := kept.one(named)):
        kept.settle(one.sha256, State.ACCEPTED, who, entry)
        del st.query_params[ARRIVED]


def show(where: str) -> None:
    """List the files that wait, those that were settled last, and the sources that are watched."""
    kept = _quarantine(where)
    if kept is None:
        return
    waiting = kept.waiting()
    with st.container(key="arrivals", gap="small"):
        wait = f"{counted(len(waiting), 'file')} came in and wait{'s' * (len(waiting) == 1)}"
        st.header(wait if waiting else "Of what came in nothing waits", anchor=False)
        for one in waiting:
            _row(kept, one)
        lines = [*map(_settled, kept.settled(_SETTLED)), *(_source(*one) for one in kept.sources().items())]
        st.html("".join(f'<p class="good-to-know">{line}</p>' for line in lines))


def _row(kept: Quarantine, one: Arrival) -> None:
    """Show a file that waits: where it came from, what was found in it, why it waits, and what may be done."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"arrival-{one.sha256[:_SHORT]}"):
        st.html(
            f'<p class="arrival"><b>{html(one.name)}</b> · {html(_found(one))}<br>'
            f'<span class="quiet">{html(at(one.found_at))} UTC, from {html(one.source)}</span></p>',
            width="stretch",
        )
        query = urlencode({**dict(link.filters()), ARRIVED: one.sha256[:_SHORT]})
        st.html(f'<a class="look-at" href="./import?{html(query)}" target="_self">Look and accept</a>', width="content")
        if st.button("Discard", key=f"discard-{one.sha256[:_SHORT]}", type="tertiary"):
            write_access.refuse_reader()
            kept.settle(one.sha256, State.DISCARDED, write_access.person())
            st.rerun()


def _found(one: Arrival) -> str:
    """Say what was found in a file, and why it waits."""
    if one.state == State.TAKEN:
        return "not examined yet"
    told = one.report
    whys = "; ".join(told.get("whys", ())) or "a person accepts it"
    rows = f"{told['accepted']:,} of {counted(told['rows'], 'row')} can be accepted" if told.get("rows") else ""
    return " · ".join(part for part in (rows, whys) if part)


def _settled(one: Arrival) -> str:
    as_entry = f" as entry {one.entry}" if one.entry else ""
    return f"{html(one.name)}: {html(one.state)}{as_entry}, {html(one.settled_by or '')}"


def _source(address: str, look: Look) -> str:
    looked = f", looked at {at(look.looked_at)} UTC" if look.looked_at else ""
    return f"Watched: {html(address)}{html(looked)}{html(f' · {look.problem}' if look.problem else '')}"


def _quarantine(where: str) -> Quarantine | None:
    """Open the quarantine beside the record, once for the server, where anything ever came in."""
    path = beside(where, "quarantine")
    return _opened(path) if path.is_file() else None


@cache
def _opened(path: Path) -> Quarantine:
    return Quarantine(path)
