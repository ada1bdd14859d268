"""What stands: the claims that their accounts have not replaced or taken back, as columns to be compared."""

from datetime import UTC, datetime, timedelta
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from contested.analysis.comparison.deduplicate import Columns, joined, once
from contested.analysis.comparison.words import Reals, Words, read
from contested.model.parallel import together
from contested.model.times import day

TIMES = ("began_earliest", "began_latest", "ended_earliest", "ended_latest")
_CLAIMS = f"""
with recursive repeat as (select claim_id, unnest(same_origin) as first from known where len(same_origin) > 0)
, origin as (
    from repeat union select origin.claim_id, repeat.first from origin join repeat on repeat.claim_id = origin.first)
, repeated as (select claim_id, to_json(list(first))::varchar as firsts from origin group by claim_id)
select claim_id, event_id, account, voice, side, kind, subkind, stance, question, answer, measure, unit, low, best,
    high, figure_words, definition, victims, place, latitude, longitude, radius_km,
    {", ".join(TIMES)}, stated_at, coalesce(stated_earliest, stated_at) as stated_after,
    same_event = 'certain' as certain, coalesce(scope = 'cumulative', false) as running,
    coalesce(scope = 'event', false) as alone, via, source_id, speaker,
    firsts, if(len(part_of) > 0, to_json(part_of)::varchar, null) as part_of
from selected left join repeated using (claim_id)
where not ($by = 'side' and stance = 'relays')
"""
STANDING = f"{_CLAIMS} and standing = 'standing'"
"""Lists are JSON, so that they are compared as they are written; what is passed on within a side is not the side's."""
EVER = f"{_CLAIMS} and standing in ('standing', 'withdrawn')"
"""Also what an account has taken back since: what nobody says any more, somebody has asked."""

_MOMENTS = (*TIMES, "stated_at")
_REALS = ("low", "best", "high", "latitude", "longitude", "radius_km", *_MOMENTS, "stated_after")
_FLAGS = ("certain", "running", "alone")
_IN_ORDER = ("claim_id", "event_id", "account", "kind", "question", "measure", "unit", "definition", "victims", "place")
_MINUTE, _DAY = 60, 86_400


def standing(rows: pa.Table) -> Columns:
    """Read the answer to `STANDING`.

    Times are seconds since 1970; `began_latest_said` says one by the viewer's clock, `began_latest_wall` counts by it,
    and `day` is the day by that clock by the end of which it was stated, counted from 1970.
    """
    names = [name for name in rows.column_names if name not in {*_REALS, *_FLAGS}]
    texts = dict(zip(names, together(partial(_text, rows), names, len(rows)), strict=True))
    *walls, stated = _walls(rows)
    said = dict(zip((f"{name}_said" for name in TIMES), _clocks(walls), strict=True))
    reals = {name: _real(rows, name) for name in _REALS}
    is_over = (stated % _DAY == 0) & (reals["stated_after"] < reals["stated_at"])
    reals |= {f"{name}_wall": wall for name, wall in zip(TIMES, walls, strict=True)} | {"day": stated // _DAY - is_over}
    flags = {name: _whole(rows, name).to_numpy(zero_copy_only=False) for name in _FLAGS}
    return Columns(texts | said, reals, flags)


def date_of(number: float) -> datetime:
    """Give a day counted from 1970."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=number)


def _text(rows: pa.Table, name: str) -> Words:
    found = read(_whole(rows, name))
    return found.in_order() if name in _IN_ORDER else found


def _real(rows: pa.Table, name: str) -> Reals:
    cells = _whole(rows, name)
    if pa.types.is_timestamp(cells.type):
        return _seconds(cells.to_numpy(zero_copy_only=False))
    found: Reals = cells.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return found


def _walls(rows: pa.Table) -> list[Reals]:
    """Read each time by the viewer's clock: by the zones that Python knows, for Arrow goes by the system's alone."""
    moments = np.concatenate([_whole(rows, name).to_numpy(zero_copy_only=False) for name in _MOMENTS])
    walls = pd.DatetimeIndex(moments, tz="UTC").tz_convert(rows[_MOMENTS[0]].type.tz).tz_localize(None)
    return np.split(_seconds(walls.to_numpy()), len(_MOMENTS))


def _whole(rows: pa.Table, name: str) -> pa.Array:
    return rows[name].combine_chunks()


def _seconds(moments: npt.NDArray[np.datetime64]) -> Reals:
    """Count the seconds since 1970, not a number where unknown."""
    return np.where(np.isnat(moments), np.nan, moments.astype("datetime64[us]").astype(np.int64) / 1e6)


def _clocks(walls: list[Reals]) -> list[Words]:
    """Say each moment as a clock does: 7 Feb 18:00."""
    moments = read(pa.array(np.concatenate(walls) // _MINUTE, from_pandas=True))
    days, minutes = np.divmod(moments.texts.to_numpy(), _DAY / _MINUTE)
    said = read(joined(once(_day, days), " ", once(_hour, minutes))).of(moments.number)
    return [Words(number, said.texts) for number in np.split(said.number, len(walls))]


def _day(number: float) -> str:
    return day(date_of(number))


def _hour(minutes: float) -> str:
    return f"{int(minutes) // 60:02}:{int(minutes) % 60:02}"
