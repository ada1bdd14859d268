"""How many clashes were under way in each hour, by each account?

A clash is certain in an hour if it was under way in it wherever the truth lies between the bounds that the account
gives, and possible if it may have been. Expected is the chance that it was under way at half past, were every moment
between the bounds equally likely: an assumption, not a finding. Where an account gives no end, the clash stays
possible until the account spoke. Going by side a clash is still one, certain where one voice of the side makes it so.
"""

from typing import Any

import pandas as pd

from contested import theme
from contested.chart import Chart, Row, each
from contested.compared.silence import otherwise, silences
from contested.doubted import incomplete
from contested.doubted.topic import milestones
from contested.legend import Legend, Voice
from contested.moment import day_and_hour, span
from contested.timed.hours import hourly
from contested.wording import counted

QUESTION = """
with clash as (
    select account, voice, event_id, claim_ids, contradicts, ended_latest is not null as end_known,
        began_earliest is not null as begin_known,
        coalesce(began_earliest, least(began_latest, ended_earliest), ended_latest) as be,
        coalesce(began_latest, ended_earliest, ended_latest, stated_at, began_earliest) as bl,
        coalesce(ended_earliest, began_earliest, least(began_latest, ended_latest)) as ee,
        coalesce(ended_latest, greatest(stated_at, began_latest), began_latest, began_earliest) as el
    from extents where kind = 'clash')
, local as (
    select *, timezone($zone, timezone('UTC', be)) as be_wall, timezone($zone, timezone('UTC', bl)) as bl_wall,
        timezone($zone, timezone('UTC', ee_tick)) as ee_wall, timezone($zone, timezone('UTC', el_tick)) as el_wall
    from (select *, ee - interval 1 microsecond as ee_tick, el - interval 1 microsecond as el_tick from clash))
, reach as (
    select *, be - (be_wall - date_trunc('hour', be_wall)) as first_possible,
        bl - (bl_wall - date_trunc('hour', bl_wall)) as first_certain,
        el_tick - (el_wall - date_trunc('hour', el_wall)) as over_by,
        ee_tick - (ee_wall - date_trunc('hour', ee_wall)) as lasts_until
    from local)
select account, event_id, claim_ids, contradicts, end_known, be, bl, ee, el, first_possible, first_certain,
    if(end_known and el > be, over_by, greatest(over_by, first_certain)) as last_possible,
    if(begin_known, greatest(lasts_until, first_possible), lasts_until) as last_certain
from voices left join reach using (account)
order by account, event_id, voice
"""

_PANEL, _GAP = 70, 26


def reckon(rows: pd.DataFrame, legend: Legend) -> pd.DataFrame:
    """Count the clashes of each hour, and say whether it is incomplete."""
    return incomplete.marked(hourly(rows, legend), legend)


def draw(answer: pd.DataFrame, legend: Legend) -> theme.Figure:
    """Draw one panel per account on one scale; a silent account is a named grey band."""
    dated = answer[answer["hour"].notna()]
    heard = [voice for voice in legend.voices if voice.key in set(dated["account"])]
    total = (_PANEL + _GAP) * len(heard)
    data: list[theme.Trace] = []
    layout: dict[str, Any] = {"annotations": [], "shapes": [], "barmode": "stack"}
    peak = int(dated["possible"].max()) if heard else 1
    for number, voice in enumerate(heard):
        rows = dated[dated["account"] == voice.key]
        y, name = (f"y{number + 1}", f"yaxis{number + 1}") if number else ("y", "yaxis")
        top = 1 - number / len(heard)
        ends = "" if rows["end_known"].all() else ", gives no end"
        layout["annotations"].append(theme.note(voice.label + ends, 0, top, yref="paper", yanchor="top"))
        domain = [max(0, top - (_PANEL + _GAP) / total), top - _GAP / total]
        layout[name] = {"domain": domain, "tickvals": sorted({1, peak}), "range": [0, peak * 1.08]}
        data += _bars(rows, voice, y)
        layout["shapes"] += incomplete.band(rows, legend, y)
    layout["xaxis"] = {"type": "date", "anchor": "free", "position": 0, "tickformat": "%H:%M\n%-d %b"}
    layout["xaxis"] |= {"visible": bool(heard)}
    return theme.figure(data, total + 50, silent=_silence(answer, legend), **layout)


def _silence(answer: pd.DataFrame, legend: Legend) -> str:
    return silences(legend, answer.loc[answer["hour"].notna(), "account"], "There is no dated claim of a clash")


def _bars(rows: pd.DataFrame, voice: Voice, y: str) -> list[theme.Trace]:
    wall = rows["hour"].dt.tz_localize(None) + pd.Timedelta(minutes=30)
    common = {
        "type": "bar",
        "x": wall.dt.strftime("%Y-%m-%dT%H:%M").tolist(),
        "width": 3_500_000,
        "yaxis": y,
        "customdata": [list(ids) for ids in rows["claim_ids"]],
        "hovertext": [_hover(row, voice) for row in each(rows)],
        "hoverinfo": "text",
    }
    certain, possible = rows["certain"].astype(int), rows["possible"].astype(int)
    return [
        common | {"name": "certain", "y": certain.tolist(), "marker": theme.solid(voice.number)},
        common | {"name": "possible", "y": (possible - certain).tolist(), "marker": theme.hatched(voice.number)},
    ]


def _hover(row: Row, voice: Voice) -> str:
    expected = "not known" if pd.isna(row.expected) else f"{row.expected:.2g}"
    counts = f"certain {row.certain:g}, possible {row.possible:g}, expected {expected}"
    return theme.plain(f"{voice.label}, {row.hour:%-d %b %H:%M}: {counts}")


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say how many hours are certain and possible, by each account, and who is silent."""
    dated = answer[answer["hour"].notna()]
    rows_of = dict(iter(dated.groupby("account", sort=False)))
    heard = [(voice, rows_of[voice.key]) for voice in legend.voices if voice.key in rows_of]
    said = [_by_one(voice, rows, legend) for voice, rows in heard]
    said += filter(None, [_cut(legend), *incomplete.told(legend), _silence(answer, legend)])
    if len(heard) <= 1:
        return said if heard else [f"No {legend.noun} in view dates a clash.", *otherwise(legend, ())]
    hours = sorted(int((rows["certain"] > 0).sum()) for _, rows in heard)
    if not hours[-1]:
        return [f"No {legend.noun} makes any hour of the clashes certain.", *said]
    spread = f"up to {hours[-1]}" if not hours[0] else f"{hours[0]} to {hours[-1]}"
    whose = f"depending on the {legend.noun}" if hours[0] != hours[-1] else f"by each {legend.noun} that dates one"
    spread = f"{hours[-1]}" if hours[0] == hours[-1] else spread
    return [f"Clashes are certain in {spread} {'hour' if hours[-1] == 1 else 'hours'}, {whose}.", *said]


def _cut(legend: Legend) -> str:
    edges = [edge for edge in (legend.selection.since, legend.selection.until) if edge]
    return "An hour that the chosen time cuts is partial." if any(edge.minute or edge.second for edge in edges) else ""


def _by_one(voice: Voice, rows: pd.DataFrame, legend: Legend) -> str:
    certain = rows[rows["certain"] > 0]
    more = int((rows["possible"] > 0).sum()) - len(certain)
    doubt = f" {legend.contradicts_itself}." if rows["contradicts"].any() else ""
    if certain.empty:
        first, last = rows["hour"].iloc[0], rows["hour"].iloc[-1] + pd.Timedelta(hours=1)
        return f"{voice.label}: no hour is certain; possible in {more} ({span(first, last)}).{doubt}"
    first, last = certain["hour"].iloc[0], certain["hour"].iloc[-1] + pd.Timedelta(hours=1)
    end = "" if rows["end_known"].all() else ", with no end given"
    hours = f"{counted(len(certain), 'hour')} ({span(first, last)})"
    return f"{voice.label}: certain in {hours}, possible in {more} more{end}.{doubt}"


def mark(row: Row, legend: Legend) -> str:
    """Name one hour of one account."""
    when = "no dated clash" if pd.isna(row.hour) else f"{day_and_hour(row.hour)}"
    return f"{legend.label(row.account)} · {when}"


CHART = Chart(
    key="hourly-clashes",
    name="Clashes",
    definition="Clashes going on in each hour. Solid: certain whatever the truth within the bounds. Hatched: possible.",
    question=QUESTION,
    columns=("account", "hour", "certain", "possible", "expected", "incomplete"),
    caveat=(
        "One long clash spans many hours; it is one clash. An account that dates no clash is silent, which is neither "
        "none nor agreement. Where an account gives no end, the clash stays possible until the account spoke. "
        "Expected assumes that every moment between the bounds is equally likely."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
    reckon=reckon,
    topic=milestones("clash")._replace(is_of_hours=True),
)
