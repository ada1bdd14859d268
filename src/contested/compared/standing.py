"""What stands: the claims that their accounts have not replaced or taken back, as columns to be compared."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from contested.compared.alike import joined, once
from contested.compared.position import Reals
from contested.moment import day

STANDING = """
with recursive origin as (
    select claim_id, unnest(same_origin) as first from known
    union
    select origin.claim_id, unnest(known.same_origin) from origin join known on known.claim_id = origin.first)
, repeated as (select claim_id, to_json(list(first))::varchar as firsts from origin group by claim_id)
select claim_id, event_id, account, voice, side, kind, subkind, stance, question, answer, measure, unit, low, best,
    high, figure_words, definition, victims, began_earliest, began_latest, ended_earliest, ended_latest, stated_at,
    coalesce(stated_earliest, stated_at) as stated_after, place, latitude, longitude, radius_km,
    same_event = 'certain' as certain, coalesce(scope = 'cumulative', false) as running, via, source_id, speaker,
    firsts, if(len(part_of) > 0, to_json(part_of)::varchar, null) as part_of
from selected left join repeated using (claim_id)
where standing = 'standing' and not ($by = 'side' and stance = 'relays')
"""
"""Lists are JSON, so that they are compared as they are written; what is passed on within a side is not the side's."""

TIMES = ("began_earliest", "began_latest", "ended_earliest", "ended_latest")
_STATED = ("stated_at", "stated_after")
_TYPES = dict.fromkeys(("low", "best", "high", "latitude", "longitude", "radius_km"), pa.float64())
_TYPES |= dict.fromkeys(("certain", "running"), pa.bool_())
_MINUTE, _DAY = 60, 86_400


def standing(rows: pd.DataFrame) -> pa.RecordBatch:
    """Read the answer to `STANDING`: times as epoch seconds, and in words by the viewer's clock, `began_latest_said`.

    `day` is the day by that clock on which it was stated, counted from 1970.
    """
    columns = {name: rows[name] for name in rows if name not in {*TIMES, *_STATED}}
    made = {name: _column(column, _TYPES.get(name, pa.string())) for name, column in columns.items()}
    made |= {name: _column(_seconds(rows[name].dt.tz_convert(None)), pa.float64()) for name in (*TIMES, *_STATED)}
    walls = {name: _seconds(rows[name].dt.tz_localize(None)) for name in (*TIMES, "stated_at")}
    made |= {f"{name}_said": _clock(walls[name]) for name in TIMES}
    return pa.record_batch(made | {"day": _column(walls["stated_at"] // _DAY, pa.float64())})


def date_of(number: float) -> datetime:
    """Give a day counted from 1970."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=number)


def _column(cells: pd.Series | Reals, kind: pa.DataType) -> pa.Array:
    found = pa.array(cells, kind, from_pandas=True)
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _seconds(moments: pd.Series) -> Reals:
    found: Reals = (moments.to_numpy("datetime64[us]") - np.datetime64(0, "us")) / np.timedelta64(1, "s")
    return found


def _clock(wall: Reals) -> pa.Array:
    """Say each moment as a clock does: 7 Feb 18:00."""
    days, minutes = (_column(part // 1, pa.float64()) for part in (wall / _DAY, wall % _DAY / _MINUTE))
    said = joined(once(_day, days), " ", once(_hour, minutes))
    return pc.if_else(days.is_valid(), said, None)


def _day(number: float | None) -> str | None:
    return None if number is None else day(date_of(number))


def _hour(minutes: float | None) -> str | None:
    return None if minutes is None else f"{int(minutes) // 60:02}:{int(minutes) % 60:02}"
