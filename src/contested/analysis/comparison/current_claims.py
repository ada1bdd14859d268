"""Current claims: those that their accounts have not replaced or withdrawn, and of these what can be disputed."""

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from contested.model.vocabulary import MILESTONE_KINDS, UNIT_KINDS

_CLAIMS = rf"""
with recursive repeat as (select claim_id, unnest(same_origin) as first from known where len(same_origin) > 0)
, origin as (
    from repeat union select origin.claim_id, repeat.first from origin join repeat on repeat.claim_id = origin.first)
, repeated as (select claim_id, to_json(list(first))::varchar as repeats from origin group by claim_id)
select claim_id, event_id, account, voice, side, kind, subkind, stance, question, answer, measure, unit, low, best,
    high, figure_words, definition, victims, place, latitude, longitude, radius_km, via, source_id, speaker,
    coalesce(speaker, split_part(via, ' > ', -1)) as named, coalesce(named, voice) as teller,
    began_earliest, began_latest, ended_earliest, ended_latest, stated_at,
    coalesce(stated_earliest, stated_at) as stated_after, same_event = 'certain' as certain,
    coalesce(scope = 'cumulative', false) as running, coalesce(scope = 'event', false) as event_only,
    stance = 'denies' as denies, kind = 'clash' as is_clash, kind in {tuple(map(str, UNIT_KINDS))} as is_unit,
    coalesce(question ilike 'when %', false) as asks_when, coalesce(question ilike 'where %', false) as asks_where,
    coalesce(regexp_matches(question, '^When did .*\b(begin|start)\b'), false) as asks_begin,
    coalesce(regexp_matches(question, '^When did .*\bend\b'), false) as asks_end,
    coalesce(regexp_matches(question, '\bend(ed)?\b'), false) as says_end,
    repeats, if(len(part_of) > 0, to_json(part_of)::varchar, null) as part_of
from selected left join repeated using (claim_id)
where not ($by = 'side' and stance = 'relays')
"""
CURRENT = f"{_CLAIMS} and standing = 'standing'"
"""Lists are JSON texts, so that they group by what they hold. On a side, what an account only relays is left out."""
EVER = f"{_CLAIMS} and standing in ('standing', 'withdrawn')"
"""Also what an account has withdrawn: a question remains asked when nobody answers it any more."""


def disputable(rows: pa.Table, wholes: Mapping[str, Collection[str]]) -> pa.Table:
    """Keep the claims that can stand against another claim, or beside one: of the events of a log hardly any.

    Left out are events that tell each milestone once, in order, and nothing else; an event that is a part of another,
    or has parts, is kept, and so is what tells of a place that any claim locates.
    """
    events = rows["event_id"].combine_chunks().dictionary_encode()
    event, rank = events.indices.to_numpy(), pc.index_in(rows["kind"], _RANKED).fill_null(-1).to_numpy()
    began, latest, ended = (_ordinals(rows[name], null) for name, null in _BOUNDS.items())
    located = pc.unique(rows["place"].filter(pc.is_valid(rows["latitude"])))
    alone = (rank >= 0) & (began <= latest) & (began <= ended) & ~pc.is_in(rows["place"], located).to_numpy()
    for name in ("question", "measure", "latitude"):
        alone &= rows[name].is_null().to_numpy()
    order = np.lexsort((rank, event))
    one, other = order[:-1], order[1:]
    alone[one] &= (event[one] != event[other]) | ((rank[one] < rank[other]) & (latest[one] <= latest[other]))
    related = pa.array([*wholes, *(whole for several in wholes.values() for whole in several)], pa.string())
    kept = pc.is_in(events.dictionary, related).to_numpy(zero_copy_only=False).copy()
    kept[event[~alone]] = True
    return rows.filter(pa.array(kept[event]))


_RANKED = pa.array(MILESTONE_KINDS, pa.string())
_BOUNDS = {"began_earliest": -(2**63), "began_latest": 2**63 - 1, "ended_latest": 2**63 - 1}
"""The times by which milestones are in order, and what stands for one that is open."""


def _ordinals(times: pa.ChunkedArray, null: int) -> npt.NDArray[np.int64]:
    found: npt.NDArray[np.int64] = times.cast(pa.int64()).fill_null(null).to_numpy()
    return found
