"""The card: how one answer stands on a page, the same for every chart.

The finding is the title, the definition the subtitle; then the chart, its table, its sources and how it was counted,
where it is said on how many claims it rests and as of when; below, whose publications these are, and what to take away.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from urllib.parse import quote

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import claims
import evidence_panel
import failures
import switched_off
import write_access
from contested.answers import Answer
from contested.drawing import html
from contested.model.wording import listing
from contested.query.legend import Legend
from contested.query.rows import each
from contested.query.selection import NOBODY
from contested.text.claim_details import address
from contested.theme import WIDTHS, Figure
from live import fresh
from panel import mount, room
from sharing import deck_shelf, last_view, link
from untrusted import plain


def card(  # noqa: PLR0913 what stands on it beside the answer
    answer: Answer,
    controls: Callable[[], None] | None = None,
    body: Callable[[Answer], None] | None = None,
    *,
    above: Callable[[], None] | None = None,
    is_half: bool = False,
    is_brief: bool = False,
    later: Callable[[Callable[[], None]], None] | None = None,
) -> None:
    """Show an answer; its controls, if any, stand beside the tabs; `body` writes a table in the place of the figure.

    What stands above the figure is written by `above`. The figure is drawn shorter where the card is one of many.
    `later`, if given, gets what writes the foot, so that all figures of a page come before it is looked up whose
    publications they rest on.
    """
    place = _place(is_half=is_half)
    key, draw = answer.chart.key, body or partial(show_chart, place=place, above=above, is_brief=is_brief)
    with st.container(key=f"card-{key}", gap=None, height="stretch"):
        st.header(plain(answer.title), anchor=False)
        with st.container(horizontal=True, gap=None, key=f"line-{key}"):
            st.html(f'<p class="sub">{html(answer.subtitle)}</p>')
            if controls:
                controls()
        tabs = st.tabs(list(TABS), **link.one(f"{key}-tab", TABS, next(iter(TABS))))
        for tab, show in zip(tabs, TABS.values(), strict=True):
            if tab.open:
                with tab, failures.reported(f"{answer.chart.name} cannot be shown here"):
                    (show or draw)(answer)
        below = st.container(gap=None)
    write = partial(_in_place, below, partial(_foot, answer, is_drawn=bool(tabs[0].open) and body is None))
    later(write) if later else write()


def _in_place(place: DeltaGenerator, write: Callable[[], None]) -> None:
    with place:
        write()


@st.fragment
def _foot(answer: Answer, *, is_drawn: bool) -> None:
    """Say whose publications most of it rests on, and offer to take it away; what few take is made once it is asked."""
    key = answer.chart.key
    with st.container(horizontal=True, gap=None, key=f"foot-{key}"):
        st.html(f'<p class="source">{html(_credit(answer))}</p>')
        if st.button("Export", type="tertiary", key=f"export-{key}"):
            _export(answer, is_drawn=is_drawn)
        _to_deck(answer)
        st.html(copy_link(key), width="content")


def _to_deck(answer: Answer) -> None:
    """Offer to those who may write here to show this, as it is filtered, in a talk."""
    if not write_access.may_write() or deck_shelf.shelf() is None:
        return
    if st.button("Add to deck", key=f"deck-{answer.chart.key}", type="tertiary", width="content"):
        title, number = deck_shelf.add(last_view.planned(answer.chart.key, answer.legend.selection))
        st.toast(plain(f"Slide {number} of “{title}”; More, Present shows it."))


def _credit(answer: Answer) -> str:
    """Name the two publishers behind most claims, and count the others."""
    publishers = answer.publishers
    if not publishers:
        return ""
    more = len(publishers) - _CREDITED
    return f"Source: {listing([*publishers[:_CREDITED], *([f'{more} more'] if more > 0 else [])])}"


_CREDITED = 2
_PICTURED = WIDTHS[2]
"""The width that the picture of a table is drawn for."""


def copy_link(view: str) -> str:
    """Write a button that copies the address of a view with the present filters, as HTML."""
    return f'<button type="button" class="copy" data-copy="{html(link.url(view))}">Copy link</button>'


def _pictures(answer: Answer, *, is_drawn: bool) -> None:
    """Offer the chart as a picture: the figure that is shown, or the one of these widths that fills a slide best."""
    key = answer.chart.key
    figures = {width: answer.figure(width) for width in (WIDTHS[1:] if is_drawn else (_PICTURED,))}
    texts = {"title": answer.title, "subtitle": answer.subtitle, "note": f"{_credit(answer)} · {answer.stamp()}"}
    mount.pictures(f"{key}-pictures", f"{key}-figure", figures, key, texts)


def _export(answer: Answer, *, is_drawn: bool) -> None:
    from sharing import export_dialog  # noqa: PLC0415 few export, and the first page does not wait for what it needs

    export_dialog.show(answer, partial(_pictures, answer, is_drawn=is_drawn))


def show_chart(
    answer: Answer, place: int | None = None, *, above: Callable[[], None] | None = None, is_brief: bool = False
) -> None:
    """Show the chart in a place so wide, by default the column; beside it the claims behind the mark in the link."""
    notice = st.container()  # always there: what comes and goes before a chart would mount it anew
    if answer.rows.empty:
        notice.info(nothing(answer.legend))
    if above:
        with st.container(gap=None, key=f"above-{answer.chart.key}"):
            above()
    key, chart = answer.chart.key, chart_of(answer, place, is_brief=is_brief)
    figure = chart.drawn.figure
    with st.container(horizontal=True, key=f"beside-{key}"):
        with st.container(key=f"chart-{key}"):
            mount.show(chart, partial(_pick, answer, figure))
            if answer.fine:
                st.html(f'<p class="fine">{html(answer.fine)}</p>')
        if chart.chosen:
            with st.container(key=f"behind-{key}", width=room.BESIDE):
                _behind(answer, chart.chosen, figure)
    selected = answer.legend.selection
    if not is_brief and selected.account != (NOBODY,) and not mount.marks(figure):
        switched_off.offer(selected, key)


def chart_of(answer: Answer, place: int | None = None, *, is_brief: bool = False) -> mount.Chart:
    """Give what the chart of an answer shows in a place so wide, with the mark that the link names."""
    key, place = answer.chart.key, place or room.of_page(room.window())
    mark = st.query_params.get(f"{key}-mark")
    drawn = mount.drawn(partial(answer.figure, is_brief=is_brief), room.beside(place) if mark else place)
    new = fresh.marks(answer, drawn.figure)
    return mount.Chart(f"{key}-figure", drawn, f"{answer.sentence} {answer.stamp()}", mark, new)


def charts_of(
    answer: Answer, body: Callable[[Answer], None] | None = None, *, is_half: bool = False, is_brief: bool = False
) -> Iterator[mount.Chart]:
    """Give the chart that a card of an answer shows, if it shows one: no table in its place, and no other tab."""
    if body is None and st.query_params.get(f"{answer.chart.key}-tab") not in list(TABS)[1:]:
        yield chart_of(answer, _place(is_half=is_half), is_brief=is_brief)


def _place(*, is_half: bool) -> int:
    return (room.of_half if is_half else room.of_page)(room.window())


def nothing(legend: Legend) -> str:
    """Say that nothing answers a chart, and what may help, if anything does."""
    if legend.selection.as_known_at is not None:
        return "Nothing that was known at this moment answers this. Choose a later one."
    if legend.is_filtered:
        return "Nothing shown answers this. Turn on more accounts, or take off a filter."
    return "Nothing in this story answers this."


def _method(answer: Answer) -> None:
    st.markdown(f"{plain(answer.sentence)}\n\n**What this cannot tell you.** {plain(answer.caveat)}")
    st.markdown(plain(f"{answer.coverage.sentence()} {answer.stamp()}"))
    if answer.chart.recipe:
        st.code(answer.chart.recipe.strip(), language="python", wrap_lines=True)
    with st.expander("The SQL"):
        st.code(answer.chart.question.strip(), language="sql", wrap_lines=True)


def _pick(answer: Answer, figure: Figure, name: str) -> None:
    """Lead to the observations behind a mark, or choose it, so that its claims are shown, or let go of it."""
    if filters := observed(answer, figure, name):
        link.lead("observations", **filters)
        return
    parameter = f"{answer.chart.key}-mark"
    link.put(parameter, None if st.query_params.get(parameter) == name else name)


def observed(answer: Answer, figure: Figure, name: str) -> Mapping[str, list[str]]:
    """Give the filters that leave the observations behind a mark of a figure; none where there is no such thing."""
    numbers = [row for row in mount.marks(figure).get(name, ()) if row >= 0]
    if answer.chart.observed is None or not numbers:
        return {}
    rows = answer.rows if answer.chart.marked is None else answer.chart.marked(answer.rows)
    row = next(each(rows.loc[numbers[:1]]))
    return answer.chart.observed(row, answer.legend)


def _behind(answer: Answer, mark: str, figure: Figure) -> None:
    """Show the claims behind a mark; of very many rows it names the first and, below zero, the number of the others."""
    rows = mount.marks(figure).get(mark) or mount.marks(answer.figure()).get(mark)
    if rows is None:
        st.caption("The mark that this link names is not shown; choose another.")
        return
    claim_ids = chain.from_iterable(answer.behind_marks([row for row in rows if row >= 0]))
    evidence_panel.show(claim_ids, answer.legend.selection, -sum(row for row in rows if row < 0))


def _table(answer: Answer) -> None:
    if more := answer.first_rows():
        st.caption(f"{more}; the download gives all.")
    st.table(answer.page.map(plain).rename(index=plain))


def _sources(answer: Answer) -> None:
    story = claims.story()
    if not answer.sources:
        st.markdown("No claim shown answers this question.")
    for cited in answer.sources:
        source = story.sources.get(cited.source_id)
        if source is None:
            st.markdown(plain(cited.source_id))
            continue
        said = source.published_words or ""
        where = f"[Open the source](<{quote(url, safe=_URL)}>)" if (url := address(source)) else ""
        st.markdown(f"**{plain(source.publisher)}**, {plain(source.title)}. {plain(said)} {where}")


_URL = ":/?#&=%@+,;~!$'*._-"

TABS: dict[str, Callable[[Answer], None] | None] = {
    "Chart": None,
    "Table": _table,
    "Sources": _sources,
    "How counted": _method,
}
"""What a card shows; only the open tab is made, for a table of a thousand cells is slow to paint."""
