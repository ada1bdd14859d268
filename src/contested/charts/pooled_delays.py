"""How long did help take over many events, by whose clock?

The delays of all events are pooled, each account's for itself: between its shortest and its longest, or open at the
end where the account tells of no stop as far as it is known. Of fewer than ten the intervals themselves are drawn.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations
from math import inf, isfinite
from textwrap import wrap
from typing import Any, NamedTuple

import pandas as pd

from contested import theme
from contested.chart import Chart, Row, each
from contested.delays import COVERED, LEAST, MEDIAN, P90, Delay, band, difference, likeliest, percentile
from contested.delays import likeliest_percentile as most_likely
from contested.legend import Legend
from contested.moment import day_and_hour, duration
from contested.selection import NO_SIDE
from contested.vocabulary import Milestone
from contested.wording import counted, listing, verb

QUESTION = f"""
with milestone as (
    select account, event_id, 'onset' as name, began_earliest as low, began_latest as high,
        hearsay, contradicts, claim_ids
    from extents where kind = 'clash'
    union all
    select account, event_id, 'end', ended_earliest, ended_latest, hearsay, contradicts, claim_ids
    from extents where kind = 'clash'
    union all
    select account, event_id, kind, began_earliest, began_latest, hearsay, contradicts, claim_ids
    from extents where kind in ('call', 'dispatch', 'arrival'))
, timed as (from milestone where low is not null or high is not null)
, heard_of as (
    -- also what is told without a time or lies outside the filters: it has happened all the same
    select if($by = 'side', coalesce(side, '{NO_SIDE}'), account) as account, event_id, claim_id,
        claim_id in (select claim_id from selected) as in_view, unnest(case
            when kind <> 'clash' then [kind]
            when coalesce(ended_earliest, ended_latest) is null then ['onset']
            else ['onset', 'end'] end) as name
    from known
    where standing = 'standing' and stance <> 'denies' and kind in ('clash', 'call', 'dispatch', 'arrival'))
, told as (
    select account, event_id, bool_or(name = $stop) as stop_told,
        list_sort(list_distinct(list(claim_id) filter (in_view))) as claim_ids
    from heard_of where name in ($start, $stop) group by all having bool_or(in_view))
, spoke as (
    select if($by = 'side', coalesce(side, '{NO_SIDE}'), account) as account, max(stated_at) as at
    from known group by all)
select told.account, told.event_id, $start as start, $stop as stop,
    epoch(stopped.low - started.high) / 60 as shortest, epoch(stopped.high - started.low) / 60 as longest,
    coalesce($as_known_at, spoke.at) as as_of, epoch(coalesce($as_known_at, spoke.at) - started.high) / 60 as waited,
    started.name is not null as start_timed, stopped.name is not null as stop_timed, stop_told,
    coalesce(started.hearsay, false) or coalesce(stopped.hearsay, false) as hearsay,
    coalesce(started.contradicts, false) or coalesce(stopped.contradicts, false) as contradicts,
    coalesce(list_sort(list_distinct(list_concat(started.claim_ids, stopped.claim_ids))), told.claim_ids) as claim_ids
from told
left join timed as started
    on started.account = told.account and started.event_id = told.event_id and started.name = $start
left join timed as stopped
    on stopped.account = told.account and stopped.event_id = told.event_id and stopped.name = $stop
left join spoke on spoke.account = told.account
order by told.account, told.event_id
"""

_COLUMNS = (
    "account",
    "start",
    "stop",
    "n",
    "n_exact",
    "n_interval",
    "n_right_censored",
    "n_excluded",
    "median_low",
    "median_high",
    "p90_low",
    "p90_high",
    "claim_ids",
)
