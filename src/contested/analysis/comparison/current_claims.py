"""Current claims: those that their accounts have not replaced or withdrawn."""

_CLAIMS = """
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
    repeats, if(len(part_of) > 0, to_json(part_of)::varchar, null) as part_of
from selected left join repeated using (claim_id)
where not ($by = 'side' and stance = 'relays')
"""
CURRENT = f"{_CLAIMS} and standing = 'standing'"
"""Lists are JSON texts, so that they group by what they hold. On a side, what an account only relays is left out."""
EVER = f"{_CLAIMS} and standing in ('standing', 'withdrawn')"
"""Also what an account has withdrawn: a question remains asked when nobody answers it any more."""
