"""The card: how one answer stands on a page, the same for every chart.

The finding is the title, the definition the subtitle; then the chart, its table, its sources and how it was counted;
below, on how many claims it rests, and the stamp.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain, count
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import streamlit as st

import claims
import failures
import link
from contested.answers import Answer
from contested.model.claim import Claim
from contested.model.times import between
from contested.model.wording import counted
from contested.query.rows import each
from contested.text.claim_details import address, corrected, located
from contested.theme import Figure
from untrusted import plain

CONFIG = {"displayModeBar": False, "scrollZoom": False, "showSendToCloud": False}


def card(answer: Answer) -> None:
    """Show an answer."""
    with st.container(border=True, key=f"card-{answer.chart.key}"):
        st.header(plain(answer.title), anchor=False)
        st.caption(answer.chart.definition)
        if answer.rows.empty:
            st.info("Nothing in view answers this. Choose more accounts or a wider time in the sidebar.")
        tabs = st.tabs(list(TABS), **link.one(f"{answer.chart.key}-tab", TABS, next(iter(TABS))))
        for tab, show in zip(tabs, TABS.values(), strict=True):
            if tab.open:
                with tab, failures.reported(f"{answer.chart.name} cannot be shown here"):
                    show(answer)
        st.caption(plain(f"{answer.coverage.sentence()} {answer.stamp()}"))


def _chart(answer: Answer) -> None:
    _claims_behind(answer, *_drawn(answer))


def _counted(answer: Answer) -> None:
    st.markdown(f"{plain(answer.sentence)}\n\n**What this cannot tell you.** {plain(answer.caveat)}")
    st.code(answer.chart.question.strip(), language="sql")


def _drawn(answer: Answer) -> tuple[list[str], int]:
    """Draw the chart; give the claims behind the marks that were clicked, and the number of those not sent along."""
    event = st.plotly_chart(
        _lightened(answer.chart.draw(answer.rows, answer.legend)),
        key=f"{answer.chart.key}-figure",
        alt=f"{answer.sentence} {answer.stamp()}",
        on_select="rerun",
        selection_mode="points",
        config=CONFIG,
    )
    sent = [one for point in event.selection.points for one in _sent(point.get("customdata"))]
    claim_ids = [one for one in sent if isinstance(one, str)]
    if rows := [one for one in sent if isinstance(one, int) and one >= 0]:
        claim_ids += chain.from_iterable(answer.claim_ids(answer.rows.iloc[rows]))
    return claim_ids, -sum(one for one in sent if isinstance(one, int) and one < 0)


def _lightened(figure: Figure) -> Figure:
    """Send no more claims along with a mark than are shown of it, and less than none for the number of the others."""
    for trace in figure["data"]:
        if "customdata" in trace:
            trace["customdata"] = [
                [*ids[:_BEHIND], _BEHIND - len(ids)] if len(ids) > _BEHIND + 1 else ids for ids in trace["customdata"]
            ]
    return figure


def _sent(customdata: Any) -> list[Any]:  # noqa: ANN401 what the browser sends back
    if isinstance(customdata, dict):
        customdata = list(customdata.values())
    return customdata if isinstance(customdata, list) else [customdata]


def _claims_behind(answer: Answer, clicked: list[str], more: int) -> None:
    rows = answer.write(answer.rows.head(_MOST))
    rows = rows[rows["claim_ids"].map(len) > 0] if "claim_ids" in rows else rows
    names = list(distinct(answer.chart.mark(row, answer.legend) for row in each(rows)))
    marks = dict(zip(map(_short, names), names, strict=True))
    marked = dict(zip(marks, range(len(rows)), strict=True))
    key = f"{answer.chart.key}-mark"
    if st.query_params.get(key) not in {None, *marks}:
        st.caption("The mark that this link names is not in view; choose another.")
    chosen = st.selectbox(
        "Show the claims behind a mark",
        list(marks),
        format_func=marks.__getitem__,
        placeholder="Choose a mark, or click one in the chart",
        help=_first(answer) or None,
        **link.one(key, marks),
    )
    picked = answer.claim_ids(rows.iloc[[marked[chosen]]])[0] if chosen else ()
    behind([*clicked, *picked], answer.legend.selection.zone, more)


_BEHIND = 50
"""How many claims behind a mark are put on the page."""


def behind(claim_ids: Iterable[str], zone: str, more: int = 0) -> None:
    """Show the first of these claims with times in a zone, and count the others, with those that are not named."""
    wanted = set(claim_ids)
    for claim in claims.store().claims(wanted, _BEHIND).values():
        _evidence(claim, ZoneInfo(zone))
    left = max(len(wanted) - _BEHIND, 0) + more
    if left:
        st.caption(f"And {counted(left, 'claim')} more; the download names them, and Evidence shows them.")


def distinct(names: Iterable[str]) -> Iterator[str]:
    """Tell names that are the same apart, by numbers from the second on."""
    taken: set[str] = set()
    for name in names:
        numbered = (f"{name} ({number})" for number in count(2))
        taken.add(one := next(one for one in chain([name], numbered) if one not in taken))
        yield one


def _short(name: str) -> str:
    """Name a mark in a link: short, and the same as long as the mark is called the same."""
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def _evidence(claim: Claim, zone: ZoneInfo) -> None:
    """Show one claim with its speaker, chain, source and place in the source."""
    story = claims.story()
    source = story.sources.get(claim.source_id)
    account = story.accounts[claim.account].label if claim.account in story.accounts else claim.account
    clocks = (at.astimezone(zone) if at else None for at in (claim.stated_earliest, claim.stated_at))
    said = f", {when} ({zone.key})" if (when := between(*clocks)) else ""
    chain = f" · passed on: {claim.via}" if claim.via else ""
    document = f"{source.publisher}, “{source.title}”" if source else claim.source_id
    st.markdown(
        f"**{plain(claim.summary)}**  \n"
        f"{plain(account)} ({claim.stance}) · {plain(claim.speaker or 'speaker not named')}{plain(chain + said)}  \n"
        f"{plain(document)} · {plain(located(claim))} · {plain(claim.claim_id)}"
        + "".join(f"  \n{plain(one)}" for one in corrected(claim, story, ZoneInfo(story.package.zone)))
    )


def _table(answer: Answer) -> None:
    if more := _first(answer):
        st.caption(more)
    shown = replace(answer, rows=answer.rows.head(_MOST)).display().map(plain)
    st.table(shown.rename(index=plain))
    name = f"{answer.chart.key}.json"
    st.download_button("Download JSON", partial(_document, answer), name, "application/json", on_click="ignore")


def _document(answer: Answer) -> str:
    return json.dumps(answer.document(), ensure_ascii=False, indent=1)


_MOST = 500
"""How many rows of an answer are put on the page: a browser cannot hold all of a hundred thousand."""


def _first(answer: Answer) -> str:
    """Say that not all rows are on the page, where it is so."""
    number = len(answer.rows)
    return f"The first {_MOST} of {number:,} rows; the download and the terminal give all." if number > _MOST else ""


def _sources(answer: Answer) -> None:
    story = claims.story()
    if not answer.sources:
        st.markdown("No claim in view answers this question.")
    for cited in answer.sources:
        source = story.sources.get(cited.source_id)
        if source is None:
            st.markdown(plain(cited.source_id))
            continue
        said = source.published_words or ""
        where = f"[Open the source](<{quote(url, safe=_URL)}>)" if (url := address(source)) else ""
        st.markdown(f"**{plain(source.publisher)}**, {plain(source.title)}. {plain(said)} {where}")


_URL = ":/?#&=%@+,;~!$'*._-"

TABS = {"Chart": _chart, "Table": _table, "Sources": _sources, "How counted": _counted}
"""What a card shows; only the open tab is made, for a table of a thousand cells is slow to paint."""
