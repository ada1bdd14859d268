"""What stands: the claims that their accounts have not replaced or taken back, as columns to be compared."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from contested.compared.alike import joined, once
from contested.compared.position import Reals
from contested.moment import day

TIMES = ("began_earliest", "began_latest", "ended_earliest", "ended_latest")
_WALL = "epoch(timezone($zone, timezone('UTC', {name}))) as {name}_wall"
_MOMENTS = ",\n    ".join(f"epoch({name}) as {name}, {_WALL.format(name=name)}" for name in (*TIMES, "stated_at"))
STANDING = f"""
with recursive origin as (
    select claim_id, unnest(same_origin) as first from known
    union
    select origin.claim_id, unnest(known.same_origin) from origin join known on known.claim_id = origin.first)
, repeated as (select claim_id, to_json(list(first))::varchar as firsts from origin group by claim_id)
select claim_id, event_id, account, voice, side, kind, subkind, stance, question, answer, measure, unit, low, best,
    high, figure_words, definition, victims, place, latitude, longitude, radius_km,
    {_MOMENTS},
    epoch(coalesce(stated_earliest, stated_at)) as stated_after,
    same_event = 'certain' as certain, coalesce(scope = 'cumulative', false) as running, via, source_id, speaker,
    firsts, if(len(part_of) > 0, to_json(part_of)::varchar, null) as part_of
from selected left join repeated using (claim_id)
where standing = 'standing' and not ($by = 'side' and stance = 'relays')
"""
"""Lists are JSON, so that they are compared as they are written; what is passed on within a side is not the side's.
Times are seconds since 1970, and seconds by the viewer's clock."""

_WALLS = tuple(f"{name}_wall" for name in (*TIMES, "stated_at"))
_NUMBERS = ("low", "best", "high", "latitude", "longitude", "radius_km", *TIMES, "stated_at", "stated_after", *_WALLS)
_TYPES = dict.fromkeys(_NUMBERS, pa.float64()) | dict.fromkeys(("certain", "running"), pa.bool_())
_MINUTE, _DAY = 60, 86_400


def standing(rows: pd.DataFrame) -> pa.RecordBatch:
    """Read the answer to `STANDING`, and say its times by the viewer's clock: `began_latest_said`.

    `day` is the day by that clock on which it was stated, counted from 1970.
    """
    made = {name: _column(rows[name], _TYPES.get(name, pa.string())) for name in rows}
    walls = {name: made[f"{name}_wall"].to_numpy(zero_copy_only=False) for name in (*TIMES, "stated_at")}
    said = {f"{name}_said": _clock(walls[name]) for name in TIMES}
    return pa.record_batch(made | said | {"day": _column(walls["stated_at"] // _DAY, pa.float64())})


def date_of(number: float) -> datetime:
    """Give a day counted from 1970."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=number)


def _column(cells: pd.Series | Reals, kind: pa.DataType) -> pa.Array:
    found = pa.array(cells, kind, from_pandas=True)
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _clock(wall: Reals) -> pa.Array:
    """Say each moment as a clock does: 7 Feb 18:00."""
    days, minutes = (_column(part // 1, pa.float64()) for part in (wall / _DAY, wall % _DAY / _MINUTE))
    said = joined(once(_day, days), " ", once(_hour, minutes))
    return pc.if_else(days.is_valid(), said, None)


def _day(number: float | None) -> str | None:
    return None if number is None else day(date_of(number))


def _hour(minutes: float | None) -> str | None:
    return None if minutes is None else f"{int(minutes) // 60:02}:{int(minutes) % 60:02}"
