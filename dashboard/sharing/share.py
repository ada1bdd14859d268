"""The drawer Share: the live link and the frozen one, a square code, a chart in a frame, and how to cite the page."""

import base64
from datetime import UTC, datetime
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import streamlit as st

import claims
from contested.charts import CHARTS
from contested.drawing import html
from contested.export import claim_table
from contested.export.formats import FORMATS
from contested.model.times import date
from contested.model.wording import listing
from contested.query.selection import Selection
from contested.record.frozen import named
from contested.text.page_citation import PageCitation
from sharing import embed_code, frozen, link, short_links, shown_then, square_code
from sharing.embed import height
from untrusted import plain

_FROZEN, _LIVE = "frozen link", "live link"
_LONGEST = 300
"""Letters of a link that a square code of a slide can still be read of."""


@st.dialog("Share", position="right", width=520)
def show(view: str, selected: Selection) -> None:
    """Show what takes this page elsewhere."""
    st.caption(plain(f"This view: {_named(view)}, {selected.sentence(_names())}, {_as_of(selected)}."))
    live, frozen = _whole(link.url(view)), _frozen(view)
    _link("Live link", live, "Shows what is known when it is opened.")
    _link("Frozen link", frozen, _pinned())
    _code(live, frozen)
    _frame(view, selected)
    _citation(view, selected, frozen or live)
    _by_time(view, selected)
    _story_as_file(selected)


def _link(label: str, address: str, words: str) -> None:
    st.markdown(f"**{label}**")
    if address:
        st.html(_copied(address))
    st.caption(plain(words))


def _copied(text: str) -> str:
    """Write a text with a button that copies it, as HTML."""
    copy = f'<button type="button" class="copy" data-copy="{html(text)}">Copy</button>'
    return f'<div class="copied"><code>{html(text)}</code>{copy}</div>'


def _whole(address: str) -> str:
    """Give the whole address, as the browser reaches this dashboard."""
    return urljoin(_origin(), address.removeprefix("./"))


def _origin() -> str:
    """Give the address of the dashboard's own folder, as the browser has it."""
    return urljoin(st.context.url or "http://localhost:8501/", "./")


def _frozen(view: str) -> str:
    """Give the frozen link, short where a record keeps what it stands for."""
    long, shown, kept = link.frozen_url(view), claims.current_story(), claims.record()
    if not long or shown.head is None or shown.name is None or kept is None:
        return _whole(long) if long else ""
    short = short_links.short(kept.entry(shown.head.seq), shown.name, long)
    return _whole(short or long)


def _pinned() -> str:
    head = claims.current_story().head
    if head is None:
        return (
            "Names the data that are shown now. This story is kept in files: if they are changed, the link says so, "
            "but cannot show the old state. A record keeps it: contested load."
        )
    return f"Always shows entry {head.seq}. If something is corrected later, a quiet line says so."


def _code(live: str, frozen: str) -> None:
    st.markdown("**QR code**")
    offered = {_FROZEN: frozen, _LIVE: live} if frozen else {_LIVE: live}
    with st.container(horizontal=True, key="share-square"):
        picture, words = st.container(width=148), st.container(width="stretch")
    usual = next(iter(offered))
    chosen = words.segmented_control("Opens the", list(offered), default=usual, key="share-code", required=True)
    address = offered[chosen or usual]
    png = square_code.drawn(address, "png")
    image = base64.b64encode(png).decode()
    picture.html(f'<img class="square" alt="Square code of {html(address)}" src="data:image/png;base64,{image}">')
    long = " This address is long: its code is read only from near by." if len(address) > _LONGEST else ""
    with words:
        st.caption(f"Dark on white in both themes. On a slide: a tenth of the distance, 30 cm for 3 m.{long}")
        with st.container(horizontal=True, gap="small"):
            svg = square_code.drawn(address, "svg")
            for label, content, kind in (("SVG", svg, "image/svg+xml"), ("PNG", png, "image/png")):
                name = f"code.{label.lower()}"
                st.download_button(label, content, name, kind, on_click="ignore", type="tertiary", key=name)


def _frame(view: str, selected: Selection) -> None:
    st.markdown("**Put a chart into another page**")
    names = {chart.key: chart.name for chart in CHARTS}
    left, middle, right = st.columns(3)
    first = list(names).index(view) if view in names else 0
    key = left.selectbox("Chart", list(names), first, format_func=names.__getitem__, key="share-chart")
    width = middle.number_input("Width in px", 320, 1240, embed_code.WIDTH, 20, key="share-width")
    data = right.selectbox("Data", ["frozen", "live"], key="share-data")
    found = claims.answer_for_readers(claims.ask(key, selected))
    parameters = [one for one in link.parameters(link.FILTERS) if one[0] != link.FROZEN]
    pin = [(link.FROZEN, claims.pin())] if data == "frozen" and claims.pin() else []
    address = embed_code.address(_origin().rstrip("/"), key, [*parameters, *pin])
    st.html(_copied(embed_code.iframe(address, found.title, int(width), height(found, int(width)))))
    allowed = embed_code.sites()
    who = f"Sites allowed: {listing(allowed)}." if allowed else _NO_SITE
    st.caption(plain(f"The height follows from the width. {who} No cookie, no tracking."))


_NO_SITE = f"No site may embed yet: who runs this dashboard names them in {embed_code.SITES}."


def _citation(view: str, selected: Selection, address: str) -> None:
    story, head, kept = claims.story(), claims.current_story().head, claims.record()
    now = datetime.now(UTC)
    made, known = now, claims.data_pin(claims.current_story()).replace("-", " ")[:13]
    if head and head.seq and kept:
        made = datetime.fromisoformat(kept.entry(head.seq).recorded_at)
        known = f"entry {head.seq} ({head.hash[:8]})"
    made = made.astimezone(ZoneInfo(story.package.zone))
    finding = claims.ask(view, selected).title if view in {one.key for one in CHARTS} else ""
    cited = PageCitation(
        story.package.title,
        finding,
        f"state of {date(made)}, {known}",
        made.date(),
        story.package.licence(),
        address,
        now.astimezone(ZoneInfo(story.package.zone)).date(),
        f"{story.name}-{head.seq if head else made.date()}",
    )
    st.markdown("**Citation**")
    st.html(f'<p class="cited">{html(cited.sentence())}</p>')
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.html(
            f'<button type="button" class="copy" data-copy="{html(cited.sentence())}">Copy</button>', width="content"
        )
        for words, text, name in (("BibTeX", cited.bibtex(), "cite.bib"), ("RIS", cited.ris(), "cite.ris")):
            st.download_button(words, text, name, "text/plain", on_click="ignore", type="tertiary", key=name)


def _by_time(view: str, selected: Selection) -> None:
    """Answer what this view showed at a moment: the link to it, and what has changed since."""
    kept, shown = claims.record(), claims.current_story()
    if kept is None or shown.head is None or shown.name is None:
        return
    st.markdown("**What did we show at …?**")
    when = shown_then.moment("share-time")
    if when is None:
        return
    then = shown_then.story_at(when)
    if then is None or then.head is None or not then.head.seq:
        st.caption("Nothing of this story had been recorded by then.")
        return
    entry = kept.entry(then.head.seq)
    long = link.frozen_url(view, named(entry))
    address = _whole(short_links.short(entry, shown.name, long) or long)
    st.html(_copied(address))
    st.link_button("Show it", address, type="tertiary")
    key = view if view in {chart.key for chart in CHARTS} else ""
    since = frozen.told(frozen.since(then, claims.newest(), selected, key))
    st.caption(plain(f"This view as of {shown_then.recorded(entry)}, the last by then. {since}."))


def _story_as_file(selected: Selection) -> None:
    """Offer all claims of this selection as a file that other programs read, and some of which is read here again."""
    st.markdown("**The claims as a file**")
    offered = {name: form for name, form in FORMATS.items() if name not in {"svg", "png"}}
    names = list(offered)
    key = st.selectbox(
        "Format", names, names.index("package"), format_func=lambda name: offered[name].name, key="share-format"
    )
    form, story, store = offered[key], claims.story(), claims.store()
    st.caption(plain(f"Cannot hold {form.limits}"))
    st.download_button(
        f"Download {form.name}",
        lambda: form.of_claims(claim_table.of_story(story, store, selected)),
        f"{story.name}.{form.suffix}",
        form.media_type,
        on_click="ignore",
        key="share-story",
    )


def _named(view: str) -> str:
    return next((chart.name for chart in CHARTS if chart.key == view), view.capitalize() or "Story")


def _names() -> dict[str, dict[str, str]]:
    story = claims.story()
    return {
        "account": {key: one.label for key, one in story.accounts.items()},
        "place": {key: one.label for key, one in story.places.items()},
        "event": {key: one.label for key, one in story.events.items()},
        "side": story.package.sides,
    }


def _as_of(selected: Selection) -> str:
    words = selected.as_of()
    return words[:1].lower() + words[1:]
