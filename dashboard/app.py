"""The page: its set-up, navigation between views, and notices above each."""

from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

import claims
import failures
import head
import last_visit
import navigation
import parameters
import write_access
from chosen import Chosen, chosen
from contested import theme
from contested.charts import CHARTS
from contested.model.wording import counted, listing
from contested.query.selection import NOBODY, Selection
from live import bar
from panel import mount
from sharing import frozen, last_view, link, superseded_link
from views import (
    casualties,
    changes,
    chart,
    clashes,
    compare,
    corrections,
    delays,
    evidence,
    method,
    observations,
    opening,
    over_time,
    places,
)

HERE = Path(__file__).parent
st.set_page_config("contested", page_icon=str(HERE / "icon.png"), layout="wide")

CHART_VIEWS = {
    "disagreements": compare.show,
    "changes": changes.show,
    "map": places.show,
    "response-delays": delays.show,
    "delays-over-time": over_time.show,
    "hourly-clashes": clashes.show,
    "casualty-counts": casualties.show,
    "observations": observations.show,
}
"""The view of a chart that shows more than its card; any other chart has `views/chart.py`."""
REDIRECTS = {
    **{key: ("response-delays", delays.SEGMENT) for key in delays.SEGMENTS if key != "response-delays"},
    **dict.fromkeys(over_time.LED_ON, ("delays-over-time", over_time.SEGMENT)),
    **dict.fromkeys((*clashes.ALSO, clashes.BY_GROUP), ("hourly-clashes", "")),
    casualties.BY_GROUP: ("casualty-counts", ""),
}
"""The path of a chart that another view holds: the path of that view, and the parameter that names the chart there."""
CHARTS_OF = {"": opening.charts} | {
    one.key: partial(chart.charts, one)
    for one in CHARTS
    if CHART_VIEWS.get(one.key, chart.show) in {chart.show, clashes.show, casualties.show}
}
"""What gives the charts of a view, by its path, where they are repainted before the rest of it is drawn."""
UNFILTERED = {corrections.PATH, "deck", "method", "import", "newsroom"}
"""Paths of the views that no filter changes, which have no head."""
SHEETS = "".join(
    sheet.read_text(encoding="utf-8")
    for sheet in sorted(HERE.glob("*.css"), key=lambda one: (one.stem != "style", one.stem))
)
STYLE = f"<style>:root{{{theme.css()}}}{SHEETS}</style>"
"""The colours, then `style.css`, then the sheets of single views."""


def import_page() -> None:
    """Show the import of files."""
    from views import intake  # noqa: PLC0415 what it needs is slow to import, and most readers bring nothing

    intake.show()


def newsroom_page() -> None:
    """Show the newsroom."""
    from views import newsroom  # noqa: PLC0415 what it needs is slow to import, and most readers write nothing

    newsroom.show()


def deck_page() -> None:
    """Show the deck of a talk."""
    from views import deck  # noqa: PLC0415 most readers present nothing

    deck.show()


def views(selected: Selection) -> list[StreamlitPage]:
    """List every view, the story first."""
    return [
        st.Page(partial(opening.show, selected), title="Story", url_path="story", default=True),
        *(
            st.Page(partial(CHART_VIEWS.get(one.key, chart.show), one, selected), title=one.name, url_path=one.key)
            for one in CHARTS
        ),
        st.Page(partial(evidence.show, selected), title="Evidence", url_path="evidence"),
        st.Page(partial(corrections.show, selected), title="Corrections", url_path=corrections.PATH),
        st.Page(newsroom_page, title="Newsroom", url_path="newsroom"),
        st.Page(deck_page, title="Present", url_path="deck"),
        st.Page(import_page, title="Import", url_path="import"),
        st.Page(method.show, title="Method", url_path="method"),
    ]


def selection_or_warning() -> Chosen | None:
    """Return the selection that the link makes of the story that it names, or warn why it cannot be shown."""
    with failures.reported("This story cannot be opened"):
        claims.begin()
        asked, names = st.query_params.get("story"), claims.stories()
        if asked is None or asked in names:
            return chosen(claims.story(), claims.facets())
        failures.offer_stories(asked, names, views(Selection())[0])
    return None


def _problems(severities: list[str]) -> str:
    """Count what is left out of the files, and what is read with a remark."""
    left_out = severities.count("error")
    counts = {"left out": left_out, "read with a remark": len(severities) - left_out}
    said = (f"{counted(number, 'cell or row', 'cells or rows')} {what}" for what, number in counts.items() if number)
    return f"{listing(said)}; `contested check` names each, and how to mend it."


def _tell_held_back() -> None:
    """Tell the newsroom how much of what it sees its readers do not."""
    if write_access.may_write() and (held := claims.held_from_readers()):
        number = counted(len(held), "claim is held back", "claims are held back")
        st.html(f'<p class="held-back"><b>{number}</b>: you see what readers do not.</p>')


def show_charts_first(path: str, selected: Selection) -> None:
    """Send the charts of a view before all else of it, to be repainted where they stand."""
    has_charts = path in CHARTS_OF and selected.account != (NOBODY,)
    with suppress(Exception):  # its card says in its place why one cannot be shown
        mount.show_first(path, CHARTS_OF[path](selected) if has_charts else ())


def show(page: StreamlitPage, pages: list[StreamlitPage], made: Chosen) -> None:
    """Show a view under the links to all, and what concerns each of them."""
    if leads := link.led():
        view, query = leads
        st.switch_page(next(one for one in pages if one.url_path == view), query_params=query)
    if page.url_path in REDIRECTS:
        kept = {name: st.query_params.get_all(name) for name in st.query_params}
        view, parameter = REDIRECTS[page.url_path]
        shown = next(one for one in pages if one.url_path == view)
        st.switch_page(shown, query_params=kept | ({parameter: [page.url_path]} if parameter else {}))
    begun, selected = datetime.now(UTC), made.selection
    changes = next(one for one in pages if one.url_path == "changes")
    show_charts_first(page.url_path, selected)
    navigation.show(page, pages, REDIRECTS)
    with st.container(gap=None, key="notices"):
        if problems := claims.story().problems:
            st.warning(_problems([problem.severity for _, problem in problems]))
        _tell_held_back()
        failures.warn_passed_over((*made.passed_over, *parameters.passed_over(selected)))
        last_visit.render_changes_link(selected, last_visit.last_visit(), page, changes)
        if page.url_path != "newsroom":  # where what is newest is edited, whatever its link names
            superseded_link.notice(selected, page)
        with failures.reported("What has changed since cannot be looked up"):
            frozen.notice(selected, page, frozenset(one.key for one in CHARTS))
    if page.url_path in {one.key for one in CHARTS}:
        last_view.remember(page.url_path, selected)
    if page.url_path not in UNFILTERED:
        with failures.reported("The filters cannot be shown"):
            head.show(claims.story(), claims.facets(), selected, page)
    is_story = not page.url_path
    with (
        st.container(gap=None if is_story else "small", key="story" if is_story else "view"),
        failures.reported("This view cannot be shown"),
    ):
        if page.url_path in UNFILTERED or selected.account != (NOBODY,):
            page.run()  # else the head says who is switched off: of them nothing is said, and nothing denied
    last_visit.stamp_page(begun)
    if link.FROZEN not in st.query_params:
        with failures.reported("What is newer cannot be looked up"):
            bar.show(claims.story(), selected.zone, changes)


st.html(STYLE)
made = selection_or_warning()
pages = views(made.selection if made else Selection())
page = st.navigation(pages, position="hidden")
if made:
    with failures.reported("This page cannot be shown"):
        show(page, pages, made)
