"""The observations behind a pooled figure: a row an account and event, with what counts of it and what does not.

`group` is what the reader compares by, if anything. `censored` says what is known of a delay: it is exact, lies in an
interval, is censored to the right (longer than its shortest), or was cleared, which rules a stop out. What does not
count has none, and says why.
"""

from collections.abc import Sequence

from contested.analysis.timing.milestones import CHOSEN
from contested.analysis.timing.plain_delays import plainly
from contested.analysis.timing.pools import delays
from contested.query import groups
from contested.query.legend import Legend
from contested.query.rows import Row
from contested.query.scenario import key
from contested.query.selection import By, Selection

COLUMNS = (
    *("account", "event_id", "unit", "group", "started_earliest", "started_latest", "stopped_earliest"),
    *("stopped_latest", "shortest_minutes", "longest_minutes", "censored", "counts", "why", "hearsay", "claim_ids"),
)
KEYS = ("account", "event_id", "unit")
NOT_ASKED = "without a stop, where only those with one are asked for"


def narrowed(row: Row, legend: Legend, *more: str) -> dict[str, list[str]]:
    """Give the filters that leave what a row of pooled delays is of: its account, its group, and what more is said."""
    selection, is_mixed = legend.selection, str(row.account).startswith(key(""))
    own = [f"{selection.group}={row.group_value}"] if isinstance(getattr(row, "group_value", None), str) else []
    is_one_of_several = len(legend.voices) > 1 and selection.by is By.ACCOUNT and not is_mixed
    told = {"where": [*dict.fromkeys([*_others(selection, [*own, *more]), *own, *more])]}
    return told | ({"account": [str(row.account)]} if is_one_of_several else {})


def _others(selection: Selection, chosen: Sequence[str]) -> list[str]:
    """Keep what was asked of other columns; of the same one the row says which value it is of."""
    names = {groups.split(one)[0] for one in chosen}
    return [one for one in selection.where if groups.split(one)[0] not in names]


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
for (account, group), rows in told.groupby(["account", "group"], dropna=False):
    minutes = rows["shortest_minutes"]
    outcome = rows["censored"].map({"exact": 1, "cleared": 2, "right": 0})
    reached = AalenJohansenFitter(jitter_level=1e-9, seed=1).fit(minutes + 1440, outcome, event_of_interest=1)
    share = reached.cumulative_density_.iloc[:, 0]
    print(account, group, len(rows), *(round(share[share > part - 1e-9].index.min() - 1440, 4) for part in (0.5, 0.9)))
"""
"""Python that reads the exported rows and prints n, median and 90 % of each account and group, where all delays are
exact."""
