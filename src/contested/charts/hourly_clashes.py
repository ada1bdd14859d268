"""How many clashes were under way in each hour, by each account?

A clash is certain in an hour if it was under way in it wherever the truth lies between the bounds that the account
gives, and possible if it may have been. Expected is the chance that it was under way at half past, were every moment
between the bounds equally likely: an assumption, not a finding. Where an account gives no end, the clash stays
possible until the account spoke. Where the time in view is too long for hours, days, months, years or centuries are
counted alike, which the answer says. Going by side a clash is still one, certain where one voice of the side makes it
so.
"""

from typing import Any

import pandas as pd

from contested import theme
from contested.analysis.coverage import incomplete_hours
from contested.analysis.coverage.silence import otherwise, silences
from contested.analysis.coverage.topic import milestones
from contested.analysis.timing.hours import Columns, hourly
from contested.analysis.timing.time_steps import Step
from contested.chart import Chart, Computed
from contested.model.times import day_and_hour, span
from contested.model.wording import counted, named
from contested.query.legend import Legend, Voice
from contested.query.rows import Row, each

QUESTION = """
with clash as (
    select account, voice, event_id, claim_ids, contradicts, ended_latest is not null as end_known,
        began_earliest is not null as begin_known,
        coalesce(began_earliest, least(began_latest, ended_earliest), ended_latest) as be,
        coalesce(began_latest, ended_earliest, ended_latest, stated_at, began_earliest) as bl,
        coalesce(ended_earliest, began_earliest, least(began_latest, ended_latest)) as ee,
        coalesce(ended_latest, greatest(stated_at, began_latest), began_latest, began_earliest) as el
    from extents where kind = 'clash')
select account, voice, event_id, claim_ids, contradicts, end_known, begin_known, be, bl, ee, el
from voices left join clash using (account)
order by account, event_id, voice
"""

_PANEL, _GAP, _FILLED = 70, 26, 0.97
_TICKS = {Step.HOUR: "%H:%M\n%-d %b", Step.DAY: "%-d %b\n%Y", Step.MONTH: "%b\n%Y", Step.YEAR: "%Y", Step.CENTURY: "%Y"}
_PLURAL = {step: f"{step}s" for step in Step} | {Step.CENTURY: "centuries"}


def compute(rows: Columns, legend: Legend) -> Computed:
    """Count the clashes of each hour, and say whether it is incomplete."""
    counts, claim_ids = hourly(rows, legend)
    marked = incomplete_hours.marked(counts, legend)
    return Computed(marked, lambda some: some.assign(claim_ids=pd.Series(claim_ids(some), some.index, object)))


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> theme.Figure:  # noqa: ARG001
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
        layout["shapes"] += _incomplete(rows, legend, y)
    layout["xaxis"] = {"type": "date", "anchor": "free", "position": 0, "visible": bool(heard)}
    layout["xaxis"] |= {"tickformat": _TICKS[step := _step(dated)]}
    if step is not Step.HOUR:
        layout["xaxis"] |= {"title": {"text": f"by {step}"}}
    return theme.figure(data, total + 50, silent=_silence(answer, legend), **layout)


def _silence(answer: pd.DataFrame, legend: Legend) -> str:
    return silences(legend, answer.loc[answer["hour"].notna(), "account"], "There is no dated claim of a clash")


def _incomplete(rows: pd.DataFrame, legend: Legend, y: str) -> list[dict[str, Any]]:
    """Outline the incomplete hours of one account."""
    if not (span := incomplete_hours.span(rows, legend)):
        return []
    begun, end = (f"{moment.tz_convert(legend.selection.zone).tz_localize(None):%Y-%m-%dT%H:%M}" for moment in span)
    edges = {"x0": begun, "x1": end, "yref": f"{y} domain", "y0": 0, "y1": 1}
    look = {"fillcolor": theme.SILENT, "line": {"width": 1, "dash": "dot", "color": theme.INK}, "layer": "below"}
    label = {"text": "incomplete", "textposition": "top right", "font": {"size": 13, "color": theme.INK}}
    return [{"type": "rect", "xref": "x", "label": label} | look | edges]


def _bars(rows: pd.DataFrame, voice: Voice, y: str) -> list[theme.Trace]:
    first, last = (rows[name].dt.tz_localize(None) for name in ("hour", "until"))
    # where clocks went back within it, an hour of the wall lasts as long as any other
    width = (last - first).where(last > first, pd.Timedelta(hours=1))
    middle = first + width / 2
    common = {
        "type": "bar",
        "x": [moment.isoformat(timespec="minutes") for moment in middle],
        "width": (width / pd.Timedelta(milliseconds=1) * _FILLED).tolist(),
        "yaxis": y,
        "customdata": [[number] for number in rows.index.tolist()],
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
    return theme.plain(f"{voice.label}, {_when(row)}: {counts}")


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say how many hours are certain and possible, by each account, and who is silent."""
    dated = answer[answer["hour"].notna()]
    rows_of = dict(iter(dated.groupby("account", sort=False)))
    heard = [(voice, rows_of[voice.key]) for voice in legend.voices if voice.key in rows_of]
    said = [_by_one(voice, rows, legend) for voice, rows in heard]
    step = _step(dated)
    said += filter(None, [_coarse(step), _cut(legend, step), *incomplete_hours.told(legend), _silence(answer, legend)])
    if len(heard) <= 1:
        return said if heard else [f"No {legend.noun} in view dates a clash.", *otherwise(legend, ())]
    hours = sorted(int((rows["certain"] > 0).sum()) for _, rows in heard)
    if not hours[-1]:
        return [f"No {legend.noun} makes any {step} of the clashes certain.", *said]
    spread = f"up to {hours[-1]}" if not hours[0] else f"{hours[0]} to {hours[-1]}"
    whose = f"depending on the {legend.noun}" if hours[0] != hours[-1] else f"by each {legend.noun} that dates one"
    spread = f"{hours[-1]}" if hours[0] == hours[-1] else spread
    return [f"Clashes are certain in {spread} {step if hours[-1] == 1 else _PLURAL[step]}, {whose}.", *said]


def _step(dated: pd.DataFrame) -> Step:
    """Say what is counted: hours, or where those in view are too many, a longer step."""
    return Step.HOUR if dated.empty else Step(dated["step"].iloc[0])


def _coarse(step: Step) -> str:
    if step is Step.HOUR:
        return ""
    return f"Counted by {step}, since the time in view is too long for hours; a narrower one is counted by the hour."


def _cut(legend: Legend, step: Step) -> str:
    edges = [edge for edge in (legend.selection.since, legend.selection.until) if edge]
    is_cut = any(edge.minute or edge.second for edge in edges) or (edges and step is not Step.HOUR)
    return f"{'An' if step is Step.HOUR else 'A'} {step} that the chosen time cuts is partial." if is_cut else ""


def _by_one(voice: Voice, rows: pd.DataFrame, legend: Legend) -> str:
    certain, possible = rows[rows["certain"] > 0], rows[rows["possible"] > 0]
    more = len(possible) - len(certain)
    doubt = f" {legend.contradicts_itself}." if rows["contradicts"].any() else ""
    step, who = _step(rows), legend.voiced(voice.key, rows["voices"].iloc[0])
    if certain.empty:
        return f"{who}: no {step} is certain; possible in {more} ({_within(possible)}).{doubt}"
    end = "" if rows["end_known"].all() else ", with no end given"
    alone = _alone(rows, legend) if step is Step.HOUR else ""
    hours = f"{counted(len(certain), step, _PLURAL[step])} ({_within(certain)}){alone}"
    return f"{who}: certain in {hours}, possible in {more} more{end}.{doubt}"


def _alone(rows: pd.DataFrame, legend: Legend) -> str:
    """Name those voices of a side that alone can make an hour certain: the others leave more than one open."""
    told, sure = rows["voices"].iloc[0], rows["sure"].iloc[0]
    return "" if sure == told else f" by {named(map(legend.account, sure))} alone"


def _within(rows: pd.DataFrame) -> str:
    """Say from when to when steps last that follow one another, or within which time others lie."""
    first, last = rows["hour"].iloc[0], rows["until"].iloc[-1]
    follow = (rows["hour"].iloc[1:].array == rows["until"].iloc[:-1].array).all()
    return span(first, last) if follow else f"within {span(first, last)}"


def _when(row: Row) -> str:
    """Say which hour, or longer step, a row counts."""
    if row.step == Step.HOUR:
        return day_and_hour(row.hour)
    return span(row.hour, row.until)


def mark(row: Row, legend: Legend) -> str:
    """Name one hour of one account."""
    when = "no dated clash" if pd.isna(row.hour) else _when(row)
    return f"{legend.label(row.account)} · {when}"


CHART = Chart(
    key="hourly-clashes",
    name="Clashes",
    definition="Clashes going on in each hour, or longer step where it says so. Solid: certain whatever the truth "
    "within the bounds. Hatched: possible.",
    question=QUESTION,
    columns=("account", "hour", "step", "certain", "possible", "expected", "incomplete"),
    caveat=(
        "One long clash spans many hours; it is one clash. An account that dates no clash is silent, which is neither "
        "none nor agreement. Where an account gives no end, the clash stays possible until the account spoke. "
        "Expected assumes that every moment between the bounds is equally likely. It is given for hours alone."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
    compute=compute,
    in_columns=True,
    topic=milestones("clash")._replace(is_of_hours=True),
)
