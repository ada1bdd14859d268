"""How many were killed and injured: who said what, when?

Killed above injured on one axis of days. A line steps through what each account said, to the moment as known at; a
closed group of accounts has a bar a day, from its lowest to its highest figure. One known by its day alone stands
inside that day, one of no known time in a strip of its own. No figure is ever added to another, and figures of some
people (police, one hospital) stay in the table.
"""

from functools import partial

import pandas as pd

from contested.analysis.coverage.silence import denials, otherwise
from contested.analysis.coverage.topic import counts
from contested.analysis.thinning import MOST_ACCOUNTS, fair_share, largest
from contested.chart import Chart, Finding
from contested.charts.casualty_counts.figure import draw
from contested.charts.casualty_counts.marks import said_when
from contested.model.vocabulary import FATAL_AND_INJURED
from contested.model.wording import counted
from contested.query.legend import Legend
from contested.query.rows import Row, each
from contested.text import casualty_figures as figures
from contested.text import toll

QUESTION = f"""
with stated as (
    select *, victims is not null or len(part_of) > 0 as is_part, coalesce(best, low, high) as height,
        coalesce(scope = 'event', false) as is_alone
    from selected
    where measure in ({", ".join(f"'{measure}'" for measure in FATAL_AND_INJURED)}) and stance <> 'denies')
, whole as (
    select account, voice, measure, event_id, definition, is_alone, max(stated_at) as stated_at
    from stated where standing = 'standing' and not is_part
    group by all)
select stated.account, stated.measure, stated.stated_at, low, best, high, scope, standing, source_id, claim_id,
    stated_earliest, figure_words, stated.definition, victims, via is not null as hearsay, [claim_id] as claim_ids,
    stated.event_id, place, began_earliest, coalesce(ended_latest, began_latest) as over_latest, is_part, is_renewed,
    height, stated.voice, side, speaker, via, same_origin,
    standing = 'standing' and not is_part
        and stated.stated_at is not distinct from whole.stated_at as is_latest
from stated left join whole
    on stated.account = whole.account and stated.voice = whole.voice and stated.measure = whole.measure
    and stated.event_id = whole.event_id and stated.definition is not distinct from whole.definition
    and stated.is_alone = whole.is_alone
order by stated.account, stated.measure, stated.stated_at, claim_id
"""


_FIGURE = ("low", "best", "high", "scope", "standing", "source_id", "claim_id", "figure_words")


def _said_silences(answer: pd.DataFrame, legend: Legend) -> list[str]:
    quiet = [text for measure in FATAL_AND_INJURED if (text := _silence(answer, legend, measure))]
    return [*filter(None, [figures.partial_figures(answer, legend)]), *otherwise(legend, ()), *quiet]


def _silence(answer: pd.DataFrame, legend: Legend, measure: str) -> str:
    heard = {*answer.loc[answer["measure"] == measure, "account"].unique()}
    heard |= legend.gaps.keys() - set(answer["account"].unique())
    quiet = legend.without(heard)
    return f"No figure of the {measure} is stated {legend.by(quiet)}." if quiet else ""


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Give the latest standing figure of each account and the range across them; never a sum."""
    if answer.empty:
        return [f"No {legend.noun} shown counts the killed or injured.", *otherwise(legend, ())]
    latest = {measure: figures.latest_figures(answer, measure) for measure in FATAL_AND_INJURED}
    by_account = (figures.latest_by_account([*each(rows)], legend, measure) for measure, rows in latest.items())
    found = [
        *figures.headlines(answer, legend),
        *filter(None, by_account),
        *figures.omitted_totals_note(answer, latest),
        *_left_out(answer, legend),
    ]
    return [*found, *_undated(answer), *_said_silences(answer, legend)]


def _left_out(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say what is not drawn."""
    if len(answer) <= MOST_ACCOUNTS:
        return []
    sizes = answer["account"].value_counts()
    panels = answer[answer["account"].isin(largest(sizes))].groupby(["measure", "account"]).size()
    drawn, others = int(panels.clip(upper=fair_share(panels)).sum()), len(sizes) - MOST_ACCOUNTS
    which = "of each account the lowest, the highest, and evenly many of the latest and the others"
    thin = f"{drawn:,} of {len(answer):,} figures are drawn: {which}."
    lanes = f"{counted(others, legend.noun)} of fewer figures {'is' if others == 1 else 'are'} not drawn."
    return [thin] * (drawn < len(answer)) + [lanes] * (others > 0)


def _undated(answer: pd.DataFrame) -> list[str]:
    """Count the figures of which nobody says when they were stated."""
    number = int(answer["stated_at"].isna().sum())
    return [f"{counted(number, 'figure')} {'has' if number == 1 else 'have'} no known time of statement."] * (
        number > 0
    )


def finding(answer: pd.DataFrame, legend: Legend) -> Finding:
    """Say the toll for the story's page, and quietly who said another before, who states none and who denies one."""
    sentence, quiet = toll.finding(answer, legend)
    return Finding("People", sentence, " ".join(filter(None, [quiet, *denials(legend)])))


def subtitle(answer: pd.DataFrame, _: Legend) -> str:
    """Say by what figures stand: by the day on which they were said, if any day is known and any is a number."""
    if len(answer) and answer["height"].isna().all():
        return "People, in words; nobody says a number"
    is_undated = len(answer) and answer["stated_at"].isna().all()
    return "People, figure by figure; nobody says when they were said" if is_undated else CHART.definition


def mark(row: Row, legend: Legend) -> str:
    """Name one stated figure."""
    when = said_when(row) or "time unknown"
    return (
        f"{legend.whose(row.account, row.voice)} · {figures.stated_figure(row)} {row.measure} · {when} · {row.claim_id}"
    )


CHART = Chart(
    key="casualty-counts",
    name="Casualties",
    definition="People, by the day it was said",
    question=QUESTION,
    columns=("account", "measure", "stated_earliest", "stated_at", *_FIGURE),
    caveat=(
        "The figures are statements, not counts of ours; they are never added up. Definitions of injured differ: "
        "wounded, hospitalised and sought medical help are not one number. An account without a figure is silent."
    ),
    draw=draw,
    brief=partial(draw, is_brief=True),
    tell=tell,
    title=toll.title,
    subtitle=subtitle,
    finding=finding,
    mark=mark,
    key_columns=("claim_id",),
    topic=counts(*FATAL_AND_INJURED),
)
