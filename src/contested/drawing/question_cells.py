"""Questions and who answers them: a column an account where each name fits over its own, else a card a question."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from contested import theme
from contested.drawing import Shape, box, figure, glyph, is_phone, line, note, shortened, text_width, wrapped
from contested.theme import INK, LIGHT, NAME, SMALLEST, Figure, Trace

_ASKED = 0.25
"""What share of the width the questions take beside columns."""
_LETTER, _LINE, _HEAD, _GAP, _PAD, _FOOT = 7, 17, 64, 3, 6, 30
_NAMED, _SAID = 2, 3
"""In how many lines a name stands over its column, and a question in its row, before it is cut."""
_ROW, _GLYPH, _STATE = 26, 26, 56
"""How high the line of an account is in a card, and how wide its shape and what is said of its answer are."""


class Account(NamedTuple):
    """An account, or a closed group of some, as it is drawn."""

    label: str
    number: int
    shape: int


class Cell(NamedTuple):
    """How the answer of an account stands to the others: in a word, on a ground, and the rows behind it."""

    word: str
    ground: str
    rows: Sequence[int]


class Question(NamedTuple):
    """A question, with a cell for each account that answers it, by the account's place, and who is silent in words."""

    words: str
    cells: Mapping[int, Cell]
    silence: str = ""


class _Sketch(NamedTuple):
    """What is drawn so far, in px from the top left, and the marks: where they stand, each with its cell."""

    shapes: list[Shape]
    notes: list[Shape]
    marks: list[tuple[float, float, Cell]]
    side: str
    """On which side of its place the word of a cell stands."""


def are_columns(accounts: Sequence[Account], width: float) -> bool:
    """Say whether each account has a column over which its name fits in whole words."""
    room = _column(accounts, width) - 2 * _GAP
    names = [wrapped(one.label, room) for one in accounts]
    fit = all(len(lines) <= _NAMED and max(map(text_width, lines)) <= room for lines in names)
    return not is_phone(width) and fit


def draw(questions: Sequence[Question], accounts: Sequence[Account], width: float, foot: str) -> Figure:
    """Draw the questions in their order, with a line of words below."""
    write, side = (_columns, "center") if are_columns(accounts, width) else (_cards, "right")
    sketch = _Sketch([], [], [], side)
    height = write(questions, accounts, width, sketch)
    for words in wrapped(foot, width) if foot else ():
        sketch.notes.append(note(words, 0, height + _FOOT / 2, LIGHT["quiet"]))
        height += _LINE
    height += _FOOT - _LINE if foot else 0
    across, down = ({"range": ends, "visible": False} for ends in ([0, width], [height, 0]))
    return figure(width, height, [_marks(sketch)], shapes=sketch.shapes, notes=sketch.notes, xaxis=across, yaxis=down)


def _column(accounts: Sequence[Account], width: float) -> float:
    return (1 - _ASKED) * width / max(1, len(accounts))


def _columns(questions: Sequence[Question], accounts: Sequence[Account], width: float, sketch: _Sketch) -> float:
    """Draw a row a question and a column an account, whose name stands over it; give how high it is."""
    left, column = _ASKED * width, _column(accounts, width)
    for place, account in enumerate(accounts):
        lines, middle = wrapped(account.label, column - 2 * _GAP), left + (place + 0.5) * column
        sketch.shapes.extend(glyph(account.number, account.shape, middle, _HEAD - 35 - _LINE * (len(lines) - 1)))
        named = _HEAD - 16 - _LINE * (len(lines) - 1) / 2
        sketch.notes.append(_text(lines, middle, named, theme.label_colour(account.number), anchor="center"))
    top: float = _HEAD
    for question in questions:
        lines = _cut(question.words, left - 10)
        high = max(40, _LINE * len(lines) + 12)
        sketch.shapes.append(line(0, top, width, top))
        sketch.notes.append(_text(lines, 0, top + high / 2, LIGHT["text"]))
        for place in range(len(accounts)):
            middle, cell = left + (place + 0.5) * column, question.cells.get(place)
            if cell is None:
                sketch.notes.append(note("–", middle, top + high / 2, LIGHT["quiet"], anchor="center"))
                continue
            edge = column / 2 - _GAP / 2
            sketch.shapes.append(box(middle - edge, top + 2, middle + edge, top + high - 1, LIGHT[cell.ground]))
            sketch.marks.append((middle, top + high / 2, cell))
        top += high
    return top


def _cards(questions: Sequence[Question], accounts: Sequence[Account], width: float, sketch: _Sketch) -> float:
    """Draw each question over those who answer it, as many beside each other as fit; give how high it is."""
    widest = max((text_width(one.label, NAME) for one in accounts), default=0)
    named = min(1.05 * widest, width - _GLYPH - _STATE - _PAD)
    wide = _GLYPH + named + _PAD + _STATE
    across = max(1, int((width + _GAP) // (wide + _GAP)))
    wide = (width + _GAP) / across - _GAP
    top = 0.0
    for question in questions:
        lines = _cut(question.words, width, NAME)
        sketch.shapes.append(line(0, top, width, top, LIGHT["rule"]))
        sketch.notes.append(_text(lines, 0, top + _PAD + 10 + 9 * (len(lines) - 1), INK, size=NAME))
        top += _PAD + 20 + 18 * (len(lines) - 1)
        for first in range(0, len(question.cells), across):
            beside = list(question.cells.items())[first : first + across]
            names = [_cut(accounts[place].label, named, NAME) for place, _ in beside]
            high = _ROW + _LINE * (max(map(len, names)) - 1)
            for column, ((place, cell), name) in enumerate(zip(beside, names, strict=True)):
                x, middle, account = column * (wide + _GAP), top + high / 2, accounts[place]
                sketch.shapes.append(box(x, top + 1, x + wide, top + high - 1, LIGHT[cell.ground]))
                sketch.shapes.extend(glyph(account.number, account.shape, x + _GLYPH / 2, middle))
                ink = theme.label_colour(account.number)
                sketch.notes.append(_text(name, x + _GLYPH, middle, ink, size=NAME))
                sketch.marks.append((x + _GLYPH + named, middle, cell))
            top += high
        if question.silence:
            sketch.notes.append(note(question.silence, _GLYPH, top + 10, LIGHT["quiet"]))
            top += 20
        top += _PAD
    return top


def _cut(words: str, room: float, size: float = SMALLEST) -> list[str]:
    """Break words into lines, of very many the first; a word that is too long for a line is cut."""
    lines = [
        one if text_width(one, size) <= room else shortened(one, int(room / _LETTER))
        for one in wrapped(words, room, size)
    ]
    return lines if len(lines) <= _SAID else [*lines[: _SAID - 1], f"{lines[_SAID - 1]}…"]


def _text(lines: Sequence[str], x: float, y: float, colour: str, **more: Any) -> Shape:  # noqa: ANN401 of a note
    return note("", x, y, colour, **more) | {"text": "<br>".join(map(theme.plain, lines))}


def _marks(sketch: _Sketch) -> Trace:
    """Write into each cell how its answer stands to the others."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [x for x, _, _ in sketch.marks],
        "y": [y for _, y, _ in sketch.marks],
        "text": [cell.word for _, _, cell in sketch.marks],
        "textposition": f"middle {sketch.side}",
        "textfont": {"size": SMALLEST, "color": INK},
        "hoverinfo": "text",
        "hovertext": [cell.word for _, _, cell in sketch.marks],
        "customdata": [theme.carried(cell.rows) for _, _, cell in sketch.marks],
    }
