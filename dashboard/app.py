"""Start here: page set-up and navigation."""

from functools import partial
from pathlib import Path

import streamlit as st

import claims
import sidebar
from contested.charts import CHARTS
from views import chart, compare, story

st.set_page_config("contested", page_icon=str(Path(__file__).with_name("icon.png")), layout="wide")

OWN = {"disagreements": compare.show}
"""Charts whose view holds more than their card."""

selected = sidebar.selection(claims.story())
pages = [
    st.Page(partial(story.show, selected), title="Story", url_path="story", default=True),
    *(
        st.Page(partial(OWN.get(one.key, chart.show), one, selected), title=one.name, url_path=one.key)
        for one in CHARTS
    ),
]
page = st.navigation(pages, position="top")
if problems := claims.story().problems:
    st.warning(f"{len(problems)} cells or rows are left out; `contested check` names each, and how to mend it.")
with st.container(width=1200):
    page.run()
