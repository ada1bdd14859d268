"""The charts, in the order the dashboard shows them.

To add a chart, write one module that ends in `CHART = Chart(...)` and name it here.
"""

from contested.chart import Chart
from contested.charts import (
    calls_per_hour,
    casualty_counts,
    changes,
    clashes_by_group,
    clashes_by_hour,
    clashes_by_hour_of_week,
    clocks,
    delays_by_hour_of_week,
    delays_over_time,
    disagreements,
    events_over_time,
    hourly_clashes,
    killed_by_group,
    killed_over_time,
    observations,
    parts_of_the_clock,
    pooled_delays,
    precision_and_sources,
    response_delays,
    timeline,
    units_on_scene,
    who_against_whom,
)
from contested.charts import map as where

CHARTS: tuple[Chart, ...] = (
    timeline.CHART,
    hourly_clashes.CHART,
    clashes_by_hour.CHART,
    clashes_by_hour_of_week.CHART,
    clashes_by_group.CHART,
    response_delays.CHART,
    pooled_delays.CHART,
    clocks.CHART,
    parts_of_the_clock.CHART,
    units_on_scene.CHART,
    delays_over_time.CHART,
    delays_over_time.BY_HOUR_CHART,
    delays_over_time.BY_WEEKDAY_CHART,
    delays_by_hour_of_week.CHART,
    calls_per_hour.CHART,
    observations.CHART,
    casualty_counts.CHART,
    disagreements.CHART,
    changes.CHART,
    where.CHART,
    killed_over_time.CHART,
    killed_by_group.CHART,
    events_over_time.CHART,
    who_against_whom.CHART,
    precision_and_sources.CHART,
)
