"""The command `export`: an answer of a chart, or all claims of a story, as a file."""

import argparse
import sys
from pathlib import Path

from contested.answers import Answer, answer
from contested.chart import Chart
from contested.charts import CHARTS
from contested.cli.ask import add_selection, chosen
from contested.cli.terminal import OK, PROBLEMS, Commands
from contested.export import claim_table, data_package, story_file, talk
from contested.export.claim_table import Claims
from contested.export.formats import FORMATS, Format, named
from contested.export.readable import READABLE
from contested.model.problem import UnusableRecordError, listed
from contested.model.story import Story
from contested.query.selection import Selection
from contested.query.store import Store
from contested.record import is_record

STORY = "story"
"""What stands for all claims of a story where a chart is named."""


def add(commands: Commands) -> None:
    """Add the command, with the options of `ask`."""
    all_formats = FORMATS | READABLE
    words = "\n".join(
        f"  {name:<12} {form.words}\n{'':<15}Cannot hold {form.limits}" for name, form in all_formats.items()
    )
    export = commands.add_parser(
        "export",
        help="write a chart or a story as a file",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"formats:\n{words}",
    )
    export.add_argument("what", choices=[STORY, *(chart.key for chart in CHARTS)], metavar="CHART|story")
    add_selection(export)
    export.add_argument("--format", required=True, choices=[*all_formats], metavar="FORMAT")
    export.add_argument(
        "--output", type=Path, metavar="FILE", help="by default the standard output; a package, a folder"
    )
    export.set_defaults(run=_export)


def _export(arguments: argparse.Namespace) -> int:
    form = None if arguments.format in READABLE else named(arguments.format)
    story, store, selection = chosen(arguments)
    if form is None:
        written: Written = (_readable(arguments, story, store, selection), {}, b"")
    elif arguments.what == STORY:
        written = _of_story(form, claim_table.of_story(story, store, selection))
    else:
        written = _of_answer(form, answer(_chart(arguments), story, store, selection))
    _write(arguments.output, *written)
    for line in listed(story.problems):
        print(f"contested: {line}", file=sys.stderr)
    return PROBLEMS if story.problems else OK


def _chart(arguments: argparse.Namespace) -> Chart:
    return next(one for one in CHARTS if one.key == arguments.what)


def _readable(arguments: argparse.Namespace, story: Story, store: Store, selection: Selection) -> bytes:
    """Write the charts of a story, or one of them, as pages to read."""
    if arguments.what == STORY:
        slides = list(story_file.slides(story, store, selection))
    else:
        slides = [talk.Slide(answer(_chart(arguments), story, store, selection))]
    return READABLE[arguments.format].write(story.package.title, story, slides)


Written = tuple[bytes, dict[str, bytes], bytes]
"""One file; the files of a package; and what describes the columns of a CSV."""


def _of_story(form: Format, found: Claims) -> Written:
    files = data_package.of_claims(found) if form.suffix == "zip" else {}
    return form.of_claims(found), files, data_package.csvw_of_claims(found) if form.suffix == "csv" else b""


def _of_answer(form: Format, found: Answer) -> Written:
    files = data_package.of_answer(found) if form.suffix == "zip" else {}
    return form.of_answer(found), files, data_package.csvw_of(found) if form.suffix == "csv" else b""


def _write(output: Path | None, written: bytes, files: dict[str, bytes], described: bytes) -> None:
    """Write one file, with what describes it beside it, or the files of a package into a folder."""
    if output is not None and is_record(output):
        message = f"{output.name} is a record; write to another file"
        raise UnusableRecordError(message)
    if output is None:
        sys.stdout.buffer.write(written)
    elif files and output.suffix != ".zip":
        output.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (output / name).write_bytes(content)
    else:
        output.write_bytes(written)
        if described:
            output.with_name(f"{output.name}-metadata.json").write_bytes(described)
