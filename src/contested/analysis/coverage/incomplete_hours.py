"""The incomplete hours: those so close to "as known at" that, by the lags seen so far, not all of them was told yet."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd

from contested.model.times import at
from contested.query.legend import Legend
from contested.query.reporting_lag import each_incomplete_since, said


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


def _local(moment: datetime, legend: Legend) -> str:
    return at(moment.astimezone(ZoneInfo(legend.selection.zone)))
