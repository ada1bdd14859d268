"""The observations behind a pooled figure: a row an account and event, with what counts of it and what does not.

`group` is what the reader compares by, if anything. `censored` says what is known of a delay: it is exact, lies in an
interval, is censored to the right (longer than its shortest), or was cleared, which rules a stop out. What does not
count has none, and says why.
"""

from contested.analysis.timing.milestones import CHOSEN
from contested.analysis.timing.plain_delays import plainly
from contested.analysis.timing.pools import delays

COLUMNS = (
    *("account", "event_id", "unit", "group", "started_earliest", "started_latest", "stopped_earliest"),
    *("stopped_latest", "shortest_minutes", "longest_minutes", "censored", "counts", "why", "hearsay", "claim_ids"),
)
KEYS = ("account", "event_id", "unit")
NOT_ASKED = "without a stop, where only those with one are asked for"


def observations(*, is_plain: bool = False) -> str:
    """Write the question after every observation, in the order in which the clocks started."""
    asked = delays(CHOSEN, plainly(CHOSEN)) if is_plain else delays(CHOSEN)
    return f"""
select account, event_id, subkind as unit, group_value as "group",
    started_low as started_earliest, started_high as started_latest,
    stopped_low as stopped_earliest, stopped_high as stopped_latest,
    if(isfinite(low), low, null) as shortest_minutes, if(isfinite(high), high, null) as longest_minutes,
    reason is null and ($calls = 'every' or outcome = 'reached') as counts,
    case when reason is not null then null when outcome = 'cleared' then 'cleared' when high = 'infinity' then 'right'
        when low = high then 'exact' else 'interval' end as censored,
    coalesce(reason, if(counts, null, '{NOT_ASKED}')) as why, hearsay,
    list_sort(list_distinct(claim_ids)) as claim_ids
from ({asked})
order by started_low nulls last, event_id, account, unit
"""


RECIPE = """\
import pandas as pd
from lifelines import AalenJohansenFitter

told = pd.read_csv("observations.csv").query("counts")
for account, rows in told.groupby("account"):
    minutes = rows["shortest_minutes"]
    outcome = rows["censored"].map({"exact": 1, "cleared": 2, "right": 0})
    reached = AalenJohansenFitter(jitter_level=1e-9, seed=1).fit(minutes + 1440, outcome, event_of_interest=1)
    share = reached.cumulative_density_.iloc[:, 0]
    print(account, len(rows), *(round(share[share > part - 1e-9].index.min() - 1440, 4) for part in (0.5, 0.9)))
"""
"""Python that reads the exported rows and prints n, median and 90 % of each account, where all delays are exact."""
