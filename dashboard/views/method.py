"""Method: how everything is counted: plain words first, then an example, then the exact terms and the SQL."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd
import streamlit as st

import claims
import failures
import last_visit
from contested.chart import Chart
from contested.charts import CHARTS
from contested.cli import codebook
from contested.drawing import html
from contested.query.selection import Selection
from panel import room
from untrusted import plain

READABLE = 680
"""Pixels of about 75 characters."""


class Chapter(NamedTuple):
    """How one chart counts, in plain words: its title, one sentence, and a few points."""

    title: str
    first: str
    points: tuple[str, ...]


IN_SHORT = (
    "A **claim** is what one account says about one event: a clash, a call for help, a number of people killed.",
    "Each claim keeps the words it was said in, who said it, when, and where it can be read.",
    "Times and figures are kept as wide as they were told: “between five and six” is an hour, not half past five.",
    "**Certain** is what holds wherever the truth lies within what was told; **possible** is what may hold.",
    "Accounts are never mixed or added up. Silence is not zero, and not agreement.",
)
CHAPTERS = {
    "timeline": Chapter(
        "What happened when",
        "Every claim with a time stands in the lane of the account that makes it.",
        (
            "Solid: certain. Hatched: possible. Hollow: hearsay. Crossed: denied.",
            "A claim known by its day alone is a thin line over that day, never a wide bar.",
            "A claim without a time is in no hour; it is counted beside the lane.",
        ),
    ),
    "hourly-clashes": Chapter(
        "How long the clashes went on",
        "An hour is certain where a clash must have been under way in it, and possible where it may have been.",
        (
            "Where an account gives no end, the clash stays possible until the account spoke.",
            "An account that dates no clash is silent, which is neither none nor agreement.",
            "One long clash fills many hours and is still one clash.",
        ),
    ),
    "clashes-by-hour": Chapter(
        "Clashes by the hour of the day",
        "All days shown are added up: in how many clashes each hour was certainly, or possibly, one of clashes.",
        (
            "A clash that is known by its day alone is possible in each of its hours, and certain in none.",
            "Each account stands for itself, all on one scale.",
        ),
    ),
    "clashes-by-hour-of-week": Chapter(
        "Clashes by the hour of the week",
        "The same for each hour of each weekday: what is certain, and beside it what is possible.",
        ("The colour has six steps from none to the most that any account tells of.",),
    ),
    "clashes-by-group": Chapter(
        "Clashes, group by group",
        "The clashes of each group are added up by the hour of the day, each account's for itself.",
        (
            "Of fewer than ten clashes of a group only the number is told.",
            "A clash of which two values of a group are told is in no group.",
        ),
    ),
    "response-delays": Chapter(
        "How long help took",
        "A delay runs from one moment to another, both as the same account tells them.",
        (
            "If an account says “between 17:00 and 18:00”, the delay has a shortest and a longest length.",
            "If it tells no arrival, it has no delay: neither zero nor left out.",
            "If the times overlap, the order is open, and the chart says so (“−1 to 5 h”).",
        ),
    ),
    "pooled-delays": Chapter(
        "All delays together",
        "The share of delays that were over by each minute, with the band in which the line lies with 95% certainty.",
        (
            "A call without an arrival counts as not reached, where every call is asked for.",
            "Under ten delays no percentile is given.",
            "Delays of different accounts are never pooled.",
            "A call of which two values are told is in no group; two groups are compared by one test, more by none.",
        ),
    ),
    "clocks": Chapter(
        "Every clock",
        "The delay between any two moments that an account times.",
        ("Another pair of moments is another delay: there is no single response time.",),
    ),
    "parts-of-the-clock": Chapter(
        "Parts of the clock",
        "How long nine of ten calls took for alarm handling, turnout, travel and in all, beside an objective.",
        (
            "Each part is counted from the calls that time both its ends; how many do not stands beside it.",
            "The objectives are those of NFPA 1710 (2016) for a fire; the reader sets that of the total.",
            "The parts do not add up to the whole: the slowest tenth of each is not the same calls.",
        ),
    ),
    "units-on-scene": Chapter(
        "When the second unit came, and the third",
        "Of each call the arrivals of its units are put in order, and the time to the n-th is pooled.",
        (
            "A call to which fewer than n units were sent does not count for n, and is counted beside it.",
            "A call to which n were sent that did not all come is counted apart: it has no n-th arrival.",
            "How many units are enough is for the department to say.",
        ),
    ),
    "delays-over-time": Chapter(
        "Help over time",
        "Each delay is counted in the day, week, month, quarter or year in which its clock started.",
        (
            "From ten delays on the median is given, from thirty on the 90%: nine of ten took no longer.",
            "Bands show where each lies with 95% certainty; one that reaches the edge has no known end.",
            "A title says that a period stands out only if that holds when all are compared at once.",
        ),
    ),
    "delays-by-hour": Chapter(
        "Help by the hour of the day",
        "The same for the 24 hours of the day, all days together, on the clocks of the zone shown.",
        ("A delay whose start is not known to the hour is in none.",),
    ),
    "delays-by-weekday": Chapter(
        "Help by the weekday",
        "The same for the seven days of the week.",
        ("A delay whose start is not known to the day is in none.",),
    ),
    "delays-by-hour-of-week": Chapter(
        "Help by the hour of the week",
        "The median of each hour of each weekday.",
        (
            "Hatched: fewer than ten. Pale: none.",
            "Colours go by the target, or by the median of all, so that they mean the same in every log.",
            "The title first looks for hours of the day that are slow on all weekdays together, then for single cells.",
        ),
    ),
    "calls-per-hour": Chapter(
        "Calls per hour",
        "How many calls, or other events, come in each hour of the day, as the mean of all weekdays or of weekends.",
        ("What is known to no hour is left out, and counted.", "Days on which none came are counted as days."),
    ),
    "observations": Chapter(
        "The observations behind the figures",
        "Each event as one account tells it is a row: when its clock started and stopped, and how long it took.",
        (
            "What does not count stands there too, with the reason.",
            "Saved as CSV or Parquet the rows give the pooled figures again, by the lines of Python below.",
        ),
    ),
    "casualty-counts": Chapter(
        "How many, said when",
        "Every figure stands at the day it was said, under the account that said it.",
        (
            "A later figure of the same account replaces an earlier one; both stay visible.",
            "Nothing is added across accounts.",
            "Wounded, taken to hospital and sought help are not one number, and are kept apart.",
        ),
    ),
    "disagreements": Chapter(
        "Where accounts differ",
        "Two answers to one question are compared: cannot both be true, differ, can both be true, agree.",
        (
            "A total that is said later and is higher differs; one that is later and lower cannot be true as well.",
            "Two accounts that repeat one source agree without confirming it.",
            "What nobody answers is shown as such.",
        ),
    ),
    "changes": Chapter(
        "What changed",
        "What became known, was raised, lowered, corrected or taken back since a moment.",
        ("What is known by its day counts from the end of that day.", "Nothing is erased: what was replaced stays."),
    ),
    "map": Chapter(
        "Where",
        "A dot for each named place, as large as the number of claims about it, parted by account.",
        (
            "The edge of a dot is dashed where its place is known only roughly.",
            "A place too wide for a dot is named below.",
        ),
    ),
    "killed-over-time": Chapter(
        "The killed, event by event",
        "The best figures of one account's events are added up by the month in which the time of each begins.",
        (
            "An event counts where the account gives exactly one standing total of it; accounts are never added up.",
            "The bracket goes from the sum of the low figures to that of the high ones. It is no range of error.",
            "Who was killed is told by the parts of a total; what no part tells is “not told apart”.",
            "Up to 45 days a column is a day, from ten years on a year. Figures out of order are drawn as coded.",
        ),
    ),
    "killed-by-group": Chapter(
        "The killed, group by group",
        "The figures of one account's events are added up by group.",
        (
            "An event counts where the account gives exactly one standing total of it; accounts are never added up.",
            "How many were killed an event is told of ten events with a figure or more.",
        ),
    ),
    "events-over-time": Chapter(
        "Events over time",
        "Each event of an account is counted in the month in which the time begins within which it lies.",
        ("Hatched: it may lie in another month.", "An event without a date is in no column, and counted beside them."),
    ),
    "who-against-whom": Chapter(
        "Who against whom",
        "Events are counted by the two sides that the account names, with the sums of their figures.",
        ("Who is side A and who side B changes by event, and says nothing of who began.",),
    ),
    "precision-and-sources": Chapter(
        "How sure the events are",
        "Events are counted by how closely they are dated, and by the number of sources that the account gives.",
        (
            "Where all events name one and the same source, how many there are is not known.",
            "Reports that copy each other count each.",
        ),
    ),
}
"""The chapter of each chart."""


def show() -> None:
    """Show the contents, and a chapter for every chart, field, list of words and default."""
    story = claims.story()
    st.title("Method", anchor=False)
    st.caption("How everything is counted. Plain words first, then an example, then the SQL.")
    contents, text = st.columns([1, 3], gap="large")
    contents.html(_contents())
    with text, st.container(width=READABLE, key="method"):
        st.header("In one minute", anchor="in-one-minute")
        st.markdown(_points(IN_SHORT))
        for chart in CHARTS:
            _chapter(chart)
        _accounts()
        st.header("Fields and lists of words", anchor="fields")
        for heading, table in (
            ("Fields of a claim", codebook.fields()),
            ("Lists of words", codebook.vocabularies()),
            ("Choices and their defaults", codebook.defaults()),
        ):
            with st.expander(heading):
                _table(table)
        st.header("What is assumed", anchor="assumed")
        st.markdown(codebook.assumptions())
        st.header("What the charts ask", anchor="asked")
        with st.expander("The relations, in SQL terms"):
            st.markdown(codebook.relations_section())
        st.header("What is remembered", anchor="remembered")
        st.markdown(f"{last_visit.COOKIE_NOTICE}\n\n{room.NOTICE}")
        st.caption(plain(story.package.title))


def _sections() -> Iterator[tuple[str, str]]:
    """Give the anchor and the title of each section, in order."""
    yield "in-one-minute", "In one minute"
    yield from ((chart.key, CHAPTERS[chart.key].title) for chart in CHARTS)
    if claims.story().accounts:
        yield "accounts", "Who is meant by an account"
    yield from (("fields", "Fields and lists of words"), ("assumed", "What is assumed"))
    yield from (("asked", "What the charts ask"), ("remembered", "What is remembered"))


def _contents() -> str:
    """Write the contents, which a narrow screen folds, as HTML."""
    links = "".join(f'<li><a href="#{html(anchor)}">{html(title)}</a></li>' for anchor, title in _sections())
    folded = f"<details><summary>Contents</summary><ul>{links}</ul></details>"
    return f'<nav class="contents" aria-label="Contents"><ul>{links}</ul>{folded}</nav>'


def _chapter(chart: Chart) -> None:
    """Say how one chart counts: a sentence, points, an example from this story, what it cannot tell, and the SQL."""
    chapter = CHAPTERS[chart.key]
    st.header(chapter.title, anchor=chart.key)
    st.markdown(f"{chapter.first}\n\n**In plain words**\n\n{_points(chapter.points)}")
    with failures.reported("The example cannot be shown"):
        told = claims.ask(chart.key, Selection(zone=claims.story().package.zone))
        st.markdown(f"**In this story**\n\n{plain(told.title)}.")
    st.markdown(f"**What it cannot tell**\n\n{chart.caveat}")
    if chart.recipe:
        st.code(chart.recipe.strip(), language="python", wrap_lines=True)
    with st.expander(f"Exact terms and SQL of “{chapter.title}”"):
        st.markdown(codebook.chart_section(chart))
        st.code(chart.question.strip(), language="sql", wrap_lines=True)


def _points(points: Iterable[str]) -> str:
    return "\n".join(f"- {point}" for point in points)


def _accounts() -> None:
    """Say who is meant by each account of the story."""
    accounts = claims.story().accounts.values()
    if accounts:
        st.header("Who is meant by an account", anchor="accounts")
        _table(
            [{"account": plain(one.label), "who is meant": plain(one.description or "not said")} for one in accounts]
        )


def _table(rows: codebook.Table) -> None:
    st.table(pd.DataFrame(rows).set_index(next(iter(rows[0]))))
