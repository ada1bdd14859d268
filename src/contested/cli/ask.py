"""The commands `codebook` and `ask`: the documentation of a story, and answers of its charts."""

import argparse
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from contested.answers import Answer, answer
from contested.charts import CHARTS
from contested.cli import codebook
from contested.cli.home import EXAMPLE
from contested.cli.serve import WHERE
from contested.cli.terminal import FILE, OK, PROBLEMS, Commands, add_arguments, reading_options
from contested.export.table import csv_text, parquet
from contested.library import open_for_readers, open_story
from contested.model.problem import BadSelectionError, listed
from contested.model.story import Story
from contested.model.times import HEDGE_MINUTES
from contested.model.vocabulary import Calls, KnownBy, Milestone, Period, Units
from contested.model.wording import counted
from contested.query.resolution import Resolution
from contested.query.selection import By, Selection
from contested.query.store import Store
from contested.query.unknown_names import unknown_names
from contested.query.usual_clock import Clock


def add(commands: Commands, *, with_names: bool) -> None:
    """Add what can be asked; with the names of the example's accounts and places only where help is wanted."""
    book = commands.add_parser("codebook", help="print every field, list of words and chart")
    book.add_argument("location", nargs="?", default=EXAMPLE, metavar="STORY", help=WHERE)
    book.add_argument("--story", help="which story of a record")
    book.set_defaults(run=_codebook)
    ask = commands.add_parser("ask", help="answer a chart", formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.epilog = _names() if with_names else None
    _add_ask(ask)


def _names() -> str:
    if not EXAMPLE.exists():
        return codebook.names()
    example = open_story(EXAMPLE)
    return codebook.names(example, Store(example.claims).facets())


def _add_ask(ask: argparse.ArgumentParser) -> None:
    ask.add_argument("chart", choices=[chart.key for chart in CHARTS])
    add_selection(ask)
    ask.add_argument("--format", choices=("table", "csv", "json", "parquet"), default="table")
    ask.set_defaults(run=_ask)


def add_selection(ask: argparse.ArgumentParser) -> None:
    """Add what is asked: the story and which of its claims, read how."""
    ask.add_argument("location", nargs="?", default=EXAMPLE, metavar="STORY", help=WHERE)
    ask.add_argument("--story", help="which story of a record")
    ask.add_argument("--frozen", metavar="ENTRY", help="as the record then stood: 17-0a1b2c3d4e5f, or a time")
    for name, choices in Selection.of_several().items():
        option = f"--{name.replace('_', '-')}"
        ask.add_argument(option, action="append", default=[], choices=choices, help="may be given more than once")
    ask.add_argument("--by", choices=list(By), default=By.ACCOUNT)
    for name in ("from", "to", "as-known-at", "compared-with"):
        ask.add_argument(
            f"--{name}", dest=name.replace("-", "_"), metavar="TIME", help="such as 2020-02-08T23:59+06:00"
        )
    ask.add_argument("--known-by", choices=list(KnownBy), default=KnownBy.STATED, help="what “as known at” goes by")
    ask.add_argument(
        "--zone", metavar="ZONE", help="the IANA time zone that times are shown in; by default the story's"
    )
    ask.add_argument("--hedged", action="store_true", help=f"read “about” as ±{HEDGE_MINUTES} minutes")
    ask.add_argument("--start", choices=list(Milestone), help="by default what most events of a log have, else onset")
    ask.add_argument("--stop", choices=list(Milestone), help="by default arrival, where it is told")
    ask.add_argument("--units", choices=list(Units), default=Units.FIRST, help="which of several units stops the clock")
    ask.add_argument(
        "--calls", choices=list(Calls), default=Calls.ARRIVALS, help="those with an arrival, or every call"
    )
    ask.add_argument("--scenario", help="whom to believe on each milestone, such as start=one,stop=other")
    for name in ("trimmed-below-minutes", "trimmed-above-minutes"):
        ask.add_argument(f"--{name}", metavar="MINUTES", help="leave such delays out of the pools, and count them")
    ask.add_argument("--period", choices=list(Period), help="by which charts over time count; else by the time in view")
    ask.add_argument("--resolution", default=Resolution.ALL, help=f"{', '.join(Resolution)}, or whom to prefer")
    ask.add_argument("--group", help="compare delays by a kept column, year, month, weekday, hour, or around a moment")
    add_arguments(ask.add_argument_group("what is said of a file"), FILE)


def _codebook(arguments: argparse.Namespace) -> int:
    story = open_story(arguments.location, arguments.story)
    print(codebook.page(story, Store(story.claims).facets()))
    return OK


def chosen(arguments: argparse.Namespace) -> tuple[Story, Store, Selection]:
    """Open the story that is asked, and read which of its claims; raises `BadSelectionError` for an unknown name."""
    given = reading_options(arguments, Path(arguments.location).name)
    loaded, held_back = open_for_readers(arguments.location, arguments.story, given, arguments.frozen)
    if held_back:  # said to who has the record itself, and never in what readers get
        is_held = "is" if held_back == 1 else "are"
        print(f"contested: {counted(held_back, 'claim')} {is_held} held back for the newsroom", file=sys.stderr)
    story, store = loaded.without_claims(), Store(loaded.claims, loaded.published())
    del loaded
    asked = {name: value for name, value in vars(arguments).items() if name in _OPTIONS and value is not None}
    clock = {} if {*Clock._fields} <= asked.keys() else store.facets().clock._asdict()
    selection = Selection.model_validate({"zone": story.package.zone} | clock | asked)
    _refuse_unknown(story, store, selection)
    return story, store, selection


def _ask(arguments: argparse.Namespace) -> int:
    story, store, selection = chosen(arguments)
    chart = next(chart for chart in CHARTS if chart.key == arguments.chart)
    _write(answer(chart, story, store, selection), arguments.format)
    for line in listed(story.problems):
        print(f"contested: {line}", file=sys.stderr)
    return PROBLEMS if story.problems else OK


_OPTIONS = {field.alias or name for name, field in Selection.model_fields.items()}


def _refuse_unknown(story: Story, store: Store, selection: Selection) -> None:
    for one in unknown_names(story, store, selection):
        fix = f"choose from {', '.join(one.choices)}" if one.choices else "leave it out: the story names none"
        message = f"--{one.parameter}: no {one.value!r} in this story; {fix}"
        raise BadSelectionError(message)
    below, above = selection.trimmed_below_minutes, selection.trimmed_above_minutes
    ends: list[tuple[str, str, Any, Any]] = [
        ("from", "to", selection.since, selection.until),
        ("compared-with", "as-known-at", selection.compared_with, selection.as_known_at),
        ("trimmed-below-minutes", "trimmed-above-minutes", below, above),
    ]
    for low, high, least, most in ends:
        if least is not None and most is not None and least > most:
            message = f"--{low}: {least} lies beyond --{high} {most}, so that nothing is left; exchange them"
            raise BadSelectionError(message)


def _write(found: Answer, form: str) -> None:
    if form == "json":
        for text in found.json():
            sys.stdout.write(text)
        print()
    elif form == "parquet":
        sys.stdout.buffer.write(parquet(found))
    elif form == "csv":
        for line in csv_text(found):
            sys.stdout.write(line)
    else:
        with pd.option_context("display.width", None, "display.max_rows", None, "display.max_columns", None):
            since = "\n".join(found.correction_notes(dict(found.corrections)))
            first = f"{found.first_rows()}; --format csv and --format json give all." if found.first_rows() else ""
            told = (found.sentence, found.page.to_string(), first, since, found.caveat, found.stamp())
            print("\n\n".join(filter(None, told)))
