"""How long each chart takes to answer, for Korday and for 100,000 claims, beside hours counted naively in pandas."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import pandas as pd

from contested import CHARTS, Answer, Chart, Claim, Selection, Store, Story, answer, open_story
from contested.model.arrow_schema import from_arrow, to_arrow
from contested.theme import WIDTHS

ROOT = Path(__file__).parents[1]
MANY = 100_000
FEW_RUNS, MANY_RUNS = 5, 25
"""A short answer is timed more often, so that what else the machine does for a moment counts for little."""


def drawn(count: int) -> tuple[Claim, ...]:
    """Make claims of uncertain clashes, calls, arrivals and tolls over thirty days."""
    chance, start = random.Random(1), datetime(2020, 2, 1, tzinfo=UTC)  # noqa: S311 repeatable
    return tuple(_one(number, chance, start) for number in range(count))


def _one(number: int, chance: random.Random, start: datetime) -> Claim:
    begun = start + timedelta(minutes=chance.randrange(30 * 24 * 60))
    kind = chance.choice(("clash", "clash", "call", "dispatch", "arrival", "casualties"))
    return Claim(
        claim_id=str(number),
        event_id=f"e{number // 8}",
        account=f"account {number % 4}",
        kind=kind,
        source_id="s",
        summary="made for measuring",
        began_earliest=begun,
        began_latest=begun + timedelta(hours=chance.randrange(3)),
        ended_latest=begun + timedelta(hours=3 + chance.randrange(6)) if kind == "clash" else None,
        measure="killed" if kind == "casualties" else None,
        best=number % 9 if kind == "casualties" else None,
        stated_at=begun + timedelta(hours=12),
    )


def naive_hours(claims: tuple[Claim, ...]) -> pd.DataFrame:
    """Count the possible hours as people write it: a row per claim and hour, then group."""
    rows = [
        (claim.account, hour)
        for claim in claims
        if claim.kind == "clash" and claim.began_earliest and claim.ended_latest
        for hour in pd.date_range(claim.began_earliest.replace(minute=0), claim.ended_latest, freq="h")
    ]
    return pd.DataFrame(rows, columns=["account", "hour"]).groupby(["account", "hour"]).size().reset_index()


def timed(call: Callable[[], object], runs: int) -> float:
    """Give the median time of a call in milliseconds."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        call()
        times.append((time.perf_counter() - begun) * 1000)
    return median(times)


def first(chart: Chart, story: Story, store: Store) -> Answer:
    """Answer as if nothing had been asked of the selection before."""
    store.forget()
    return answer(chart, story, store, Selection())


def measured(chart: Chart, story: Story, store: Store, runs: int) -> str:
    """Write the cells of one chart of one story: to answer, the same once another chart was answered, and to draw."""
    found = first(chart, story, store)
    calls: tuple[Callable[[], object], ...] = (
        lambda: first(chart, story, store),
        lambda: answer(chart, story, store, Selection()),
        lambda: chart.draw(found.rows, found.legend, WIDTHS[-1]),
    )
    return " | ".join(f"{timed(call, runs):.0f}" for call in calls)


def main() -> None:
    """Print the table."""
    korday = open_story(ROOT / "data" / "korday-2020")
    many = Story(name="many", package=korday.package, claims=to_arrow(drawn(MANY)))
    stores = [(story, Store(story.claims), runs) for story, runs in ((korday, MANY_RUNS), (many, FEW_RUNS))]
    print(f"| ms | Korday: answer | next chart | draw | {MANY:,} claims: answer | next chart | draw |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for chart in CHARTS:
        print(f"| {chart.key} | {' | '.join(measured(chart, *each) for each in stores)} |", flush=True)
    models = [tuple(from_arrow(story.claims)) for story, *_ in stores]
    naive = [f"{timed(lambda told=told: naive_hours(told), runs=1):.0f} | |" for told in models]
    print(f"| naive possible hours in pandas | {' | '.join(naive)} |")


if __name__ == "__main__":
    main()
