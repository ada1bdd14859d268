"""The incomplete hours: those so close to "as known at" that, by the lags seen so far, not all of them was told yet."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from contested import theme
from contested.doubted.lag import each_incomplete_since, said
from contested.legend import Legend
from contested.moment import at


def marked(rows: pd.DataFrame, legend: Legend) -> pd.DataFrame:
    """Say of each hour of each account whether it is incomplete; unknown where no lag or no moment is known."""
    since = each_incomplete_since(legend.selection.as_known_at, legend.lags)
    judged = [
        None if pd.isna(until) or account not in since else bool(until > since[account])
        for account, until in zip(rows["account"], rows["until"], strict=True)
    ]
    return rows.assign(incomplete=pd.Series(judged, index=rows.index, dtype=object))


def told(legend: Legend) -> list[str]:
    """Say how late each account told it, and since when the hours are incomplete."""
    late = ((voice, legend.lags[voice.key]) for voice in legend.voices if voice.key in legend.lags)
    lags = [said(legend.voiced(voice.key, lag.voices), lag) for voice, lag in late]
    sentences = [f"Reporting lag: {'; '.join(lags)}."] if lags else []
    known_at = legend.selection.as_known_at
    if known_at and (since := each_incomplete_since(known_at, legend.lags)):
        now, first = (_local(moment, legend) for moment in (known_at, min(since.values())))
        sentences.append(f"As known at {now}, the hours since {first} are incomplete.")
    return sentences


def band(rows: pd.DataFrame, legend: Legend, yref: str) -> list[dict[str, Any]]:
    """Outline the incomplete hours of one account, as far past the last one shown as the chart is wide."""
    known_at = legend.selection.as_known_at
    since = each_incomplete_since(known_at, legend.lags)
    if known_at is None or True not in set(rows["incomplete"]):
        return []
    first, last = rows["hour"].iloc[0], rows["until"].iloc[-1]
    begun = max(pd.Timestamp(since[rows["account"].iloc[0]]), first)
    end = min(pd.Timestamp(known_at), last + (last - first))
    edges = {
        "x0": _wall(begun, legend),
        "x1": _wall(max(end, last), legend),
        "yref": f"{yref} domain",
        "y0": 0,
        "y1": 1,
    }
    look = {"fillcolor": theme.SILENT, "line": {"width": 1, "dash": "dot", "color": theme.INK}, "layer": "below"}
    label = {"text": "incomplete", "textposition": "top right", "font": {"size": 13, "color": theme.INK}}
    return [{"type": "rect", "xref": "x", "label": label} | look | edges]


def _local(moment: datetime, legend: Legend) -> str:
    return at(moment.astimezone(ZoneInfo(legend.selection.zone)))


def _wall(moment: pd.Timestamp, legend: Legend) -> str:
    return f"{moment.tz_convert(legend.selection.zone).tz_localize(None):%Y-%m-%dT%H:%M}"
