"""The opening window: the hours that a timeline opens on, and the claims that touch them."""

import pandas as pd

from contested.query.legend import Legend

_PRECISE = pd.Timedelta(hours=1)
Window = tuple[pd.Timestamp, pd.Timestamp]


def window(answer: pd.DataFrame, legend: Legend) -> Window | None:
    """Choose the hours to open on: those chosen, else those around the claims that are timed to the hour."""
    dated = answer[answer["first"].notna()]
    if dated.empty:
        return None
    precise = dated[(dated["certain_from"] - dated["first"]) <= _PRECISE]
    around = precise if len(precise) else dated
    first, last = around["first"].min(), around["last"].max()
    margin = max((last - first) * 0.08, pd.Timedelta(hours=1))
    since, until = legend.selection.since, legend.selection.until
    zone = legend.selection.zone
    low = pd.Timestamp(since).tz_convert(zone) if since else first - margin
    high = pd.Timestamp(until).tz_convert(zone) if until else last + margin
    return (low, high) if low < high else (first - margin, last + margin)


def within(answer: pd.DataFrame, span: Window | None) -> pd.DataFrame:
    """Keep the dated claims that touch the window."""
    if span is None:
        return answer.iloc[:0]
    return answer[(answer["first"] <= span[1]) & (answer["last"] >= span[0])]
