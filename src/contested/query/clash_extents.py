"""The extents of clashes: a row an account and clash that it dates, with the bounds of its beginning and its end.

`be` and `bl` bound the beginning, `ee` and `el` the end. An account that dates none has a row without bounds.
"""

QUESTION = """
with clash as (
    select account, voice, event_id, claim_ids, contradicts, hearsay or relayed as hearsay,
        ended_latest is not null as end_known,
        began_earliest is not null as begin_known,
        coalesce(began_earliest, least(began_latest, ended_earliest), ended_latest) as be,
        coalesce(began_latest, ended_earliest, ended_latest, stated_at, began_earliest) as bl,
        coalesce(ended_earliest, began_earliest, least(began_latest, ended_latest)) as ee,
        coalesce(ended_latest, greatest(stated_at, began_latest), began_latest, began_earliest) as el
    from extents where kind = 'clash')
select account, voice, event_id, claim_ids, contradicts, hearsay, end_known, begin_known, be, bl, ee, el
from voices left join clash using (account)
order by account, event_id, voice
"""
