"""How many clashes were under way in each hour, by each account?

A clash is certain in an hour if it was under way in it wherever the truth lies between the bounds that the account gives,
and possible if it may have been. Expected is the chance that it was under way at half past, were every moment between the
bounds equally likely: an assumption, not a finding. Where an account gives no end, the clash stays possible until the
account spoke.
"""

from typing import Any

import pandas as pd

from contested import theme
from contested.chart import Chart
from contested.legend import Legend, Voice
from contested.moment import day_and_hour, span
from contested.wording import counted, listing, verb

QUESTION = """
with clash as (
    select account, event_id, claim_ids, contradicts, ended_latest is not null as end_known,
        coalesce(began_earliest, began_latest, ended_earliest, ended_latest) as be,
        coalesce(began_latest, ended_earliest, ended_latest, stated_at, began_earliest) as bl,
        coalesce(ended_earliest, began_earliest, began_latest, ended_latest) as ee,
        coalesce(ended_latest, greatest(stated_at, began_latest), began_latest, began_earliest) as el
    from extents where kind = 'clash')
, local as (
    select *, timezone($zone, timezone('UTC', be)) as be_wall, timezone($zone, timezone('UTC', bl)) as bl_wall,
        timezone($zone, timezone('UTC', ee)) as ee_wall, timezone($zone, timezone('UTC', el)) as el_wall
    from clash)
, reach as (
    select *, be - (be_wall - date_trunc('hour', be_wall)) as first_possible,
        bl - (bl_wall - date_trunc('hour', bl_wall)) as first_certain,
        el - interval 1 microsecond - (el_wall - interval 1 microsecond - date_trunc('hour', el_wall - interval 1 microsecond)) as over_by,
        ee - interval 1 microsecond - (ee_wall - interval 1 microsecond - date_trunc('hour', ee_wall - interval 1 microsecond)) as lasts_until
    from local)
, hourly as (
    select account, event_id, claim_ids, contradicts, end_known, be, bl, ee, el,
        unnest(generate_series(first_possible,
            if(end_known and el > be, over_by, greatest(over_by, first_certain)), interval 1 hour)) as hour,
        first_certain, greatest(lasts_until, first_possible) as last_certain
    from reach)
, judged as (
    select *, (hour between first_certain and last_certain)::int as certain, hour + interval 30 minute as half_past
    from hourly)
, weighed as (
    select *, case
        when certain = 1 then 1.0
        when not end_known then null
        else (if(be = bl, (half_past >= be)::int, least(1, greatest(0, epoch(half_past - be) / epoch(bl - be)))))
            * (1 - if(ee = el, (half_past >= el)::int, least(1, greatest(0, epoch(half_past - ee) / epoch(el - ee)))))
        end as chance
    from judged)
, summed as (
    select account, hour, sum(certain)::int as certain, count(*)::int as possible,
        if(count(chance) = count(*), sum(chance), null) as expected,
        bool_or(contradicts) as contradicts, bool_and(end_known) as end_known,
        list_sort(list_distinct(flatten(list(claim_ids)))) as claim_ids
    from weighed group by all)
, dense as (
    select account, unnest(generate_series(min(hour), max(hour), interval 1 hour)) as hour from summed group by account)
select account, hour, coalesce(certain, if(hour is null, null, 0)) as certain,
    coalesce(possible, if(hour is null, null, 0)) as possible,
    if(hour is not null and possible is null, 0, expected) as expected,
    coalesce(contradicts, false) as contradicts, coalesce(end_known, true) as end_known, coalesce(claim_ids, []) as claim_ids
from voices left join dense using (account) left join summed using (account, hour)
where ($since is null or hour is null or hour + interval 1 hour > $since) and ($until is null or hour is null or hour < $until)
order by account, hour
"""

_PANEL, _SILENT, _GAP = 74, 30, 26


def draw(answer: pd.DataFrame, legend: Legend) -> theme.Figure:
    """Draw one panel per account on one scale; a silent account is a named grey band."""
    dated = answer[answer["hour"].notna()]
    heights = [_PANEL if voice.key in set(dated["account"]) else _SILENT for voice in legend.voices]
    total = sum(heights) + _GAP * len(heights) or 1
    data: list[theme.Trace] = []
    layout: dict[str, Any] = {"annotations": [], "shapes": [], "barmode": "stack"}
    top = 1.0
    for number, (voice, height) in enumerate(zip(legend.voices, heights, strict=True), start=1):
        rows = dated[dated["account"] == voice.key]
        y, name = (f"y{number}", f"yaxis{number}") if number > 1 else ("y", "yaxis")
        bottom = top - (_GAP + height) / total
        ends = "" if rows["end_known"].all() else ", gives no end"
        silence = ": makes no dated claim of a clash" if rows.empty else ends
        layout["annotations"].append(theme.note(voice.label + silence, 0, top, yref="paper", yanchor="top"))
        domain = [max(0, bottom), max(0, top - _GAP / total)]
        peak = max(1, dated["possible"].max() if len(dated) else 1)
        ticks = {"tickvals": [1, int(peak)], "range": [0, peak * 1.08]}
        layout[name] = {"domain": domain, "anchor": "x", **ticks, "visible": not rows.empty}
        if rows.empty:
            layout["shapes"].append(theme.band(domain[0], domain[1], "paper"))
        data += _bars(rows, voice, y)
        top = bottom
    layout["xaxis"] = {"type": "date", "side": "bottom", "anchor": "free", "position": 0, "tickformat": "%H:%M\n%-d %b"}
    return theme.figure(data, max(total, 90) + 50, **layout)


def _bars(rows: pd.DataFrame, voice: Voice, y: str) -> list[theme.Trace]:
    wall = rows["hour"].dt.tz_localize(None) + pd.Timedelta(minutes=30)
    common = {
        "type": "bar",
        "x": wall.dt.strftime("%Y-%m-%dT%H:%M").tolist(),
        "width": 3_420_000,
        "yaxis": y,
        "customdata": [list(ids) for ids in rows["claim_ids"]],
        "hovertext": [_hover(row, voice) for row in rows.itertuples()],
        "hoverinfo": "text",
    }
    certain, possible = rows["certain"].astype(int), rows["possible"].astype(int)
    return [
        common | {"name": "certain", "y": certain.tolist(), "marker": theme.solid(voice.index)},
        common | {"name": "possible", "y": (possible - certain).tolist(), "marker": theme.hatched(voice.index)},
    ]


def _hover(row: Any, voice: Voice) -> str:  # noqa: ANN401 a row of the answer
    expected = "not known" if pd.isna(row.expected) else f"{row.expected:.2g}"
    text = f"{voice.label}, {row.hour:%-d %b %H:%M}: certain {row.certain:g}, possible {row.possible:g}, expected {expected}"
    return theme.plain(text)


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say how many hours are certain and possible, by each account, and who is silent."""
    dated = answer[answer["hour"].notna()]
    heard = [(voice, rows) for voice in legend.voices if len(rows := dated[dated["account"] == voice.key])]
    silent = [voice.label for voice in legend.without(dated["account"])]
    said = [_by_one(voice, rows) for voice, rows in heard]
    if silent:
        said.append(f"{listing(silent)} {verb(silent, 'makes', 'make')} no dated claim of a clash.")
    if len(heard) <= 1:
        return said if heard else [f"No {legend.noun} in view dates a clash."]
    hours = sorted(int((rows["certain"] > 0).sum()) for _, rows in heard)
    if not hours[-1]:
        return [f"No {legend.noun} makes any hour of the clashes certain.", *said]
    spread = f"up to {hours[-1]}" if not hours[0] else f"{hours[0]} to {hours[-1]}"
    spread = f"{hours[-1]}" if hours[0] == hours[-1] else spread
    return [f"Clashes are certain in {spread} {'hour' if hours[-1] == 1 else 'hours'}, depending on the {legend.noun}.", *said]


def _by_one(voice: Voice, rows: pd.DataFrame) -> str:
    certain = rows[rows["certain"] > 0]
    more = int((rows["possible"] > 0).sum()) - len(certain)
    if certain.empty:
        first, last = rows["hour"].iloc[0], rows["hour"].iloc[-1] + pd.Timedelta(hours=1)
        return f"{voice.label}: no hour is certain; possible in {more} ({span(first, last)})."
    first, last = certain["hour"].iloc[0], certain["hour"].iloc[-1] + pd.Timedelta(hours=1)
    end = "" if rows["end_known"].all() else ", for it gives no end"
    doubt = " The account contradicts itself." if rows["contradicts"].any() else ""
    return f"{voice.label}: certain in {counted(len(certain), 'hour')} ({span(first, last)}), possible in {more} more{end}.{doubt}"


def mark(row: Any, legend: Legend) -> str:  # noqa: ANN401 a row of the answer
    """Name one hour of one account."""
    when = "no dated clash" if pd.isna(row.hour) else f"{day_and_hour(row.hour)}"
    return f"{legend.label(row.account)} · {when}"


CHART = Chart(
    key="hourly-clashes",
    name="Clashes",
    definition="Clashes under way in each hour. Solid: certain wherever the truth lies within the account's bounds. Hatched: possible.",
    question=QUESTION,
    columns=("account", "hour", "certain", "possible", "expected"),
    caveat=(
        "One long clash spans many hours; it is one clash. An account that dates no clash is silent, which is neither none "
        "nor agreement. Expected assumes that every moment between the bounds is equally likely."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
)
