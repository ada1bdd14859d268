"""Start here: page set-up and navigation."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import streamlit as st

import chosen
import claims
import link
import looked
import sidebar
import witness
from contested.charts import CHARTS
from views import chart, compare, evidence, method, story

st.set_page_config("contested", page_icon=str(Path(__file__).with_name("icon.png")), layout="wide")

OWN = {"disagreements": compare.show}
"""Charts whose view holds more than their card."""


def bring() -> None:
    """Show the import of files."""
    from views import intake  # noqa: PLC0415 what it needs is slow to import, and most readers bring nothing

    intake.show()


begun = datetime.now(UTC)
claims.begin()
selected = chosen.selection(claims.story())
pages = [
    st.Page(partial(story.show, selected), title="Story", url_path="story", default=True),
    *(
        st.Page(partial(OWN.get(one.key, chart.show), one, selected), title=one.name, url_path=one.key)
        for one in CHARTS
    ),
    st.Page(partial(evidence.show, selected), title="Evidence", url_path="evidence"),
    st.Page(method.show, title="Method", url_path="method"),
    st.Page(bring, title="Import", url_path="import"),
]
changes = next(one for one in pages if one.url_path == "changes")
page = st.navigation(pages, position="hidden")
with st.container(horizontal=True, gap="small", key="views"):
    for one in pages:
        st.page_link(one, query_params=link.witnessed())
if problems := claims.story().problems:
    st.warning(f"{len(problems)} cells or rows are left out; `contested check` names each, and how to mend it.")
with st.container(width=1200):
    looked.offer(selected, looked.before(), page, changes)
    witness.tell(selected, page)
    page.run()
looked.mark(begun, selected.zone)
sidebar.show(claims.story(), claims.stories())
