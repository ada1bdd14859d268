"""Where, by whose account?

Every place that a claim names is a dot that grows with its claims, a slice for each account, in true kilometres. The
frame holds the places with four fifths of the located claims, and as many more as it can hold near its own scale; the
others stand in a line below. A place wider than a village, and one without coordinates, is never put at a point. No
tile is fetched.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, cos, pi, sin, sqrt
from typing import NamedTuple

import pandas as pd

from contested.analysis.coverage.topic import PLACELESS, Topic
from contested.analysis.places import (
    COLUMNS,
    KEY,
    absent,
    compute,
    core,
    is_of_events,
    located,
    named,
    noun,
    point,
    radius,
    sites,
)
from contested.analysis.thinning import MOST
from contested.chart import Chart
from contested.drawing import Shape, box, figure, glyph, is_phone, line, note, shortened, text_width, wrapped
from contested.model import geo
from contested.model.wording import capital, counted, in_words, listing
from contested.query.legend import Lane, Legend
from contested.query.rows import Row
from contested.query.story_form import LEAST as LEAST_EVENTS
from contested.theme import CLEAR, LIGHT, SMALLEST, Figure, Trace, colour, label_colour, plain

QUESTION = f"""
select place, account, latitude as stated_latitude, longitude as stated_longitude, radius_km as stated_radius_km,
    count(*) as claims, count(distinct event_id) as events, any_value(is_of_events) as is_of_events,
    min(claim_id) as first_id, list(claim_id order by claim_id) as claim_ids
from selected cross join (
    -- in a log or a data set each event is told by one account, in as many claims as it has columns
    select count(*) >= {LEAST_EVENTS} and not bool_or(first <> last) as is_of_events
    from (select min(account) as first, max(account) as last from known group by event_id))
group by all
order by account, place, stated_latitude, stated_longitude, stated_radius_km
"""

_EDGE = 12
"""Px between the frame and what it must hold."""
_GROWN = 2.5
"""By how much a frame may grow to hold places that lie farther off."""
_APPROXIMATE = 5
"""Kilometres: a place that may lie farther from its point has a dashed edge."""
_FEW, _NAMED, _NAMED_ON_PHONE = 16, 16, 7
"""Up to how many places every one has its words; of more, how many are named."""
_LARGEST, _LARGEST_ON_PHONE = 28, 20
"""Px of the radius of the largest dot."""
_COLOURS = 14
"""Of more accounts those with the fewest claims share a grey."""


@dataclass(frozen=True)
class _Dot:
    """A place in px from the upper left corner, with what each account says of it."""

    rows: tuple[Row, ...]
    x: float
    y: float
    r: float

    @property
    def told(self) -> int:
        """Count the claims that name it, or the events that are told of it."""
        return sum(row.told for row in self.rows)

    @property
    def words(self) -> str:
        """Say how many."""
        return counted(self.told, _counted_as(self.rows[0]))

    @property
    def name(self) -> str:
        """Name it without what is said beside its name."""
        return _short(self.rows[0].label)

    @property
    def is_approximate(self) -> bool:
        """Say whether it may lie far from its point."""
        return radius(self.rows[0]) > _APPROXIMATE

    @property
    def edges(self) -> "_Box":
        """Give the box around it."""
        r = self.r + 6 * self.is_approximate
        return _Box(self.x - r, self.y - r, self.x + r, self.y + r)


class _Box(NamedTuple):
    """A box in px."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "_Box") -> bool:
        """Say whether two boxes lie on each other."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


class _Frame(NamedTuple):
    """What of the ground is shown: its middle, and how many px a kilometre has."""

    middle: geo.Point
    scale: float
    width: float
    height: float

    def px(self, at: geo.Point) -> tuple[float, float]:
        """Give where a point stands, in px from the upper left corner."""
        south, west = _kilometres(self.middle, at)
        return self.width / 2 + west * self.scale, self.height / 2 - south * self.scale

    def holds(self, at: geo.Point) -> bool:
        """Say whether a point stands within the frame."""
        x, y = self.px(at)
        return _EDGE <= x <= self.width - _EDGE and _EDGE <= y <= self.height - _EDGE


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> Figure:
    """Draw the dots with their names in a frame, a key of the accounts above, and what is not on it below."""
    shown = _drawn(located(answer))
    lanes = _lanes(shown, legend)
    key, notes, top = _key(lanes, width)
    if shown.empty:
        foot, height = _foot(answer, [], width, 0)
        return _figure(width, height, [], [], foot)
    every = list(sites(shown))
    frame = _frame(core(shown), every, width, _height(width, len(every)))
    dots = _apart(_dots([site for site in every if frame.holds(point(site[0]))], frame))
    shapes, bar = _scale_bar(frame, dots)
    labels, lines, numbered = _labels(dots, frame, bar[1])
    shapes += [box(0.5, 0.5, width - 0.5, frame.height - 0.5, CLEAR, edge=LIGHT["grid"])]
    shapes += [shape for dot in dots for shape in _pie(dot, lanes, is_pale=len(dots) > _FEW)]
    marks = [_mark(dot, place, legend) for dot in dots for place in range(len(dot.rows))]
    foot, height = _foot(answer, dots, width, top + frame.height, numbered)
    moved = [_lower(one, top) for one in (*shapes, *lines)], [_lower(one, top) for one in (*labels, bar[0])]
    marks = [trace | {"y": [y + top for y in trace["y"]]} for trace in marks]
    return _figure(width, height, marks, [*key, *moved[0]], [*notes, *moved[1], *foot])


def _height(width: float, places: int) -> int:
    """Choose how high the map is: of many places higher."""
    if is_phone(width):
        return 400
    return 560 if places > _FEW else 460 if width >= _WIDE else 380


_WIDE = 784
"""From how many px on a figure stands alone in its row."""


def _figure(width: float, height: float, marks: list[Trace], shapes: list[Shape], notes: list[Shape]) -> Figure:
    axis = {"showticklabels": False}
    return figure(
        width,
        max(height, 24),
        marks,
        shapes=shapes,
        notes=notes,
        xaxis=axis | {"range": [0, width]},
        yaxis=axis | {"range": [max(height, 24), 0]},
    )


def _lower(one: Shape, by: float) -> Shape:
    """Move a shape or a note down by so many px."""
    if one.get("type") == "path":
        return one | {"yanchor": one["yanchor"] + by}
    return one | {name: one[name] + by for name in ("y", "y0", "y1") if name in one}


def _drawn(shown: pd.DataFrame) -> pd.DataFrame:
    """Keep as many rows as a figure shows, each with its number: of the places that most claims name, each whole."""
    shown = shown.assign(number=shown.index)
    if len(shown) <= MOST:
        return shown
    sites = shown.groupby(["label", "latitude", "longitude"], sort=False)
    claims = sites["told"].transform("sum")
    order = pd.DataFrame({"claims": -claims, "site": sites.ngroup()}).sort_values(["claims", "site"], kind="stable")
    places = order.index[:MOST]
    whole = order["site"].iloc[: MOST + 1].to_numpy()
    return shown.loc[places if whole[MOST] != whole[MOST - 1] else places[whole[:MOST] != whole[MOST]]].sort_index()


# the frame


def _kilometres(middle: geo.Point, at: geo.Point) -> tuple[float, float]:
    """Give how far north and how far east of a point another lies."""
    return (at[0] - middle[0]) * geo.DEGREE, (at[1] - middle[1]) * geo.DEGREE * geo.narrowing(middle[0])


def _frame(held: pd.DataFrame, every: Sequence[Sequence[Row]], width: float, height: float) -> _Frame:
    """Frame the places that hold most claims, and farther ones while that does not shrink the scale too much."""
    points = [point(site[0]) for site in sites(held)]
    frame = least = _around(points, width, height)
    rest = [point(site[0]) for site in every if point(site[0]) not in points]
    for one in sorted(rest, key=lambda at: geo.kilometres(least.middle, at)):
        wider = frame if frame.holds(one) else _around([*points, one], width, height)
        if wider.scale * _GROWN < least.scale:
            break
        points.append(one)
        frame = wider
    return frame


def _around(points: Sequence[geo.Point], width: float, height: float) -> _Frame:
    """Give the frame around points, with room for their names."""
    south, north = min(at[0] for at in points), max(at[0] for at in points)
    west, east = min(at[1] for at in points), max(at[1] for at in points)
    middle = (south + north) / 2, (west + east) / 2
    high, wide = (2 * edge for edge in _kilometres(middle, (north, east)))
    aside = min(170.0, width * 0.3)
    scale = min((width - 2 * aside) / max(wide, _LEAST), (height - 180) / max(high, _LEAST))
    return _Frame(middle, scale, width, height)


_LEAST = 4
"""How many kilometres a frame shows at the least."""


def _dots(shown: Sequence[Sequence[Row]], frame: _Frame) -> list[_Dot]:
    """Place the dots, the largest first; the area of a dot is its claims."""
    most = max(sum(row.told for row in site) for site in shown)
    largest = _LARGEST_ON_PHONE if is_phone(frame.width) else _LARGEST
    shrunk = min(1, largest / (5.5 * sqrt(most) + 3))
    dots = []
    for site in shown:
        claims = sum(row.told for row in site)
        r = 5.5 * sqrt(claims) + 3 if shrunk == 1 else max(2.8, largest * sqrt(claims / most))
        dots.append(_Dot(tuple(site), *frame.px(point(site[0])), r))
    return sorted(dots, key=lambda dot: (-dot.told, dot.name))


def _apart(dots: list[_Dot]) -> list[_Dot]:
    """Put places of one point side by side: the one that is known less exactly moves north-east."""
    found: list[_Dot] = []
    for dot in sorted(dots, key=lambda one: radius(one.rows[0])):
        at = dot
        for other in found:
            if abs(at.x - other.x) < 1 and abs(at.y - other.y) < 1:
                step = (dot.r + other.r + 4) / sqrt(2)
                at = replace(at, x=other.x + step, y=other.y - step)
        found.append(at)
    return sorted(found, key=dots_order)


def dots_order(dot: _Dot) -> tuple[int, str]:
    """Order dots so that small ones are drawn over large ones."""
    return -dot.told, dot.name


# marks


def _lanes(shown: pd.DataFrame, legend: Legend) -> list[Lane]:
    """List those who name a place; of very many those with the most claims."""
    told = shown.groupby("account")["told"].sum().to_dict()
    lanes = [lane for lane in legend.lanes() if any(voice.key in told for voice in lane.voices)]
    if len(lanes) <= _COLOURS:
        return lanes
    claims = {lane.key: sum(told.get(voice.key, 0) for voice in lane.voices) for lane in lanes}
    most = sorted(claims, key=lambda key: -claims[key])[:7]
    return [lane for lane in lanes if lane.key in most]


def _pie(dot: _Dot, lanes: list[Lane], *, is_pale: bool) -> Iterator[Shape]:
    """Draw a dot, a slice for each account, the largest first from twelve o'clock."""
    if dot.is_approximate and not is_pale:
        edge = {"line": {"color": LIGHT["axis"], "width": 1, "dash": "2px,3px"}, "fillcolor": CLEAR}
        yield _circle(dot, dot.r + 5) | edge
    numbers = {voice.key: lane.number for lane in lanes for voice in lane.voices}
    look = {"opacity": 0.55 if is_pale else 1, "layer": "above"}
    turn = 0.0
    for row in dot.rows:
        share = row.told / dot.told
        ink = colour(numbers[row.account]) if row.account in numbers else LIGHT["midnight"]
        edge = {"fillcolor": ink, "line": {"color": ink if is_pale else LIGHT["page"], "width": 1}}
        yield (_circle(dot, dot.r) if share == 1 else _slice(dot, turn, share)) | look | edge
        turn += share


def _circle(dot: _Dot, r: float) -> Shape:
    edges = {"x0": dot.x - r, "x1": dot.x + r, "y0": dot.y - r, "y1": dot.y + r}
    return {"type": "circle", "xref": "x", "yref": "y", "layer": "below"} | edges


def _slice(dot: _Dot, turn: float, share: float) -> Shape:
    steps = max(2, ceil(share * 40))
    angles = [2 * pi * (turn + share * step / steps) for step in range(steps + 1)]
    arc = " L".join(f"{dot.r * sin(angle):.1f},{dot.r * cos(angle):.1f}" for angle in angles)
    placed = {"xref": "x", "yref": "y", "xsizemode": "pixel", "ysizemode": "pixel", "xanchor": dot.x, "yanchor": dot.y}
    return {"type": "path", "path": f"M0,0 L{arc} Z"} | placed


def _mark(dot: _Dot, place: int, legend: Legend) -> Trace:
    """Give what is pointed at of one slice: its account, its claims, and how far off the place may lie."""
    row = dot.rows[place]
    before = sum(one.told for one in dot.rows[:place]) / dot.told
    angle = 2 * pi * (before + row.told / dot.told / 2)
    off = 0 if len(dot.rows) == 1 else dot.r * 0.6
    words = f"{row.label}, {legend.label(row.account)}: {_number(row)}, {_within(row)}"
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [dot.x + off * sin(angle)],
        "y": [dot.y - off * cos(angle)],
        "marker": {"size": 2 * dot.r if not off else max(8, dot.r), "color": CLEAR},
        "customdata": [[row.number]],
        "hovertext": [plain(words)],
        "hoverinfo": "text",
    }


def _counted_as(row: Row) -> str:
    return "event" if row.is_of_events else "claim"


def _number(row: Row) -> str:
    return counted(row.told, _counted_as(row))


def _within(row: Row) -> str:
    return f"within {row.radius_km:g} km" if radius(row) else "radius not stated"


# words


def _key(lanes: list[Lane], width: float) -> tuple[list[Shape], list[Shape], float]:
    """Name the accounts in a line above: shapes, notes, and how high it is."""
    shapes: list[Shape] = []
    notes: list[Shape] = []
    x, y = 0.0, 10.0
    for lane in lanes if len(lanes) > 1 else ():
        name = shortened(lane.label)
        wide = text_width(name) + 36
        if x and x + wide > width:
            x, y = 0.0, y + 22
        shapes += [one | {"xref": "x"} for one in glyph(lane.number, lane.shape, 0, y)]
        shapes[-1:] = [shapes[-1] | {"xanchor": x + 7}]
        notes.append(note(name, x + 18, y, label_colour(lane.number)))
        x += wide
    return shapes, notes, y + 16 if notes else 0


def _short(label: str) -> str:
    """Name a place without what is said in brackets or after a comma or a stroke."""
    return re.split(r" \(|, | / ", label)[0] or label


def _second(dot: _Dot) -> str:
    off = f", ±{radius(dot.rows[0]):g} km" if dot.is_approximate else ""
    return f"{dot.words}{off}"


_Labels = tuple[list[Shape], list[Shape], list[_Dot]]
"""Notes, hairlines, and the places that have a number only."""


def _labels(dots: list[_Dot], frame: _Frame, bar: _Box) -> _Labels:
    """Name the places where nothing else stands: beside the dot, of many by a hairline, else by a number."""
    is_many = len(dots) > _FEW
    most = _NAMED_ON_PHONE if is_phone(frame.width) and is_many else _NAMED
    taken, hairlines, numbered = [bar], [], []
    notes: list[Shape] = []
    inside = _Box(4, 4, frame.width - 4, frame.height - 4)
    for dot in dots:
        if len(notes) >= most:
            break
        name, second = shortened(dot.name, 26 if is_phone(frame.width) else 40), _second(dot)
        wide, others = max(text_width(name, 15) * 1.08, text_width(second)) + 4, [d.edges for d in dots if d is not dot]
        for label, anchor, end in _beside(dot, wide, is_many=is_many):
            is_inside = label.left >= inside.left and label.right <= inside.right
            is_inside = is_inside and label.top >= inside.top and label.bottom <= inside.bottom
            if is_inside and not any(label.touches(other) for other in (*taken, *others)):
                x = {"left": label.left, "right": label.right}.get(anchor, (label.left + label.right) / 2)
                quiet = f'<span style="color:{LIGHT["quiet"]}">{plain(second)}</span>'
                text = f'<b>{plain(name)}</b><br><span style="font-size:{SMALLEST}px">{quiet}</span>'
                placed = note("", x, (label.top + label.bottom) / 2, size=15, anchor=anchor)
                notes.append(placed | {"text": text})
                taken.append(label)
                if end:
                    hairlines.append(line(dot.x, dot.y, *end, LIGHT["text"], layer="above"))
                break
        else:
            if not is_many:
                numbered.append(dot)
                notes.append(note(f"{len(numbered)}", dot.x, dot.y, LIGHT["ink"], anchor="center", is_on_page=True))
    return notes, hairlines, numbered


_HIGH = 36
"""How many px high the two lines of a name are."""


def _beside(dot: _Dot, wide: float, *, is_many: bool) -> Iterator[tuple[_Box, str, tuple[float, float] | None]]:
    """Try right, left, below, above, the diagonals, and of many places a hairline to somewhere near."""
    r = dot.r + 6 * dot.is_approximate + 5
    middle, slant = -_HIGH / 2, r * 0.7
    ways = [
        (r, middle, "left"),
        (-r - wide, middle, "right"),
        (-wide / 2, r - 1, "center"),
        (-wide / 2, -r - _HIGH + 1, "center"),
        (dot.r - wide, -r - _HIGH + 1, "right"),
        (-dot.r, -r - _HIGH + 1, "left"),
        (slant, slant - 4, "left"),
        (slant, -slant - _HIGH + 4, "left"),
        (-slant - wide, slant - 4, "right"),
        (-slant - wide, -slant - _HIGH + 4, "right"),
    ]
    for x, y, anchor in ways:
        yield _Box(dot.x + x, dot.y + y, dot.x + x + wide, dot.y + y + _HIGH), anchor, None
    for far in (34, 58, 84) if is_many else ():
        for turn in range(12):
            x, y = far * cos(turn * pi / 6), far * sin(turn * pi / 6)
            left = dot.x + (x if x >= 0 else x - wide)
            label = _Box(left, dot.y + y + middle, left + wide, dot.y + y + middle + _HIGH)
            yield label, "left" if x >= 0 else "right", (dot.x + x, dot.y + y)


def _scale_bar(frame: _Frame, dots: list[_Dot]) -> tuple[list[Shape], tuple[Shape, _Box]]:
    """Draw a bar of round kilometres in the emptier lower corner."""
    steps = [factor * 10**power for power in range(-1, 5) for factor in (1, 2, 5)]
    kilometres = max((step for step in steps if step * frame.scale <= min(180, frame.width / 3)), default=steps[0])
    long, y = kilometres * frame.scale, frame.height - 16
    corners = [_Box(x - 8, y - 34, x + long + 8, y + 10) for x in (16, frame.width - 16 - long)]
    held = min(corners, key=lambda corner: sum(corner.touches(dot.edges) for dot in dots))
    x = held.left + 8
    ends = [(x, y, x + long, y), (x, y - 4, x, y + 4), (x + long, y - 4, x + long, y + 4)]
    shapes = [line(*end, LIGHT["text"], width=2, layer="above") for end in ends]
    text = note(f"{kilometres:g} km", x + long / 2, y - 5, anchor="center", yanchor="bottom")
    return shapes, (text, held)


def _foot(
    answer: pd.DataFrame, dots: list[_Dot], width: float, top: float, numbered: Sequence[_Dot] = ()
) -> tuple[list[Shape], float]:
    """Say below what has a number only, what lies outside, what is no point, and how many claims name no place."""
    whose = named(answer)
    shown = {(row.label, point(row)) for dot in dots for row in dot.rows}
    at = located(answer)
    is_drawn = [(row.label, (row.latitude, row.longitude)) in shown for row in at.itertuples()]
    kept = set(_drawn(at)["number"])
    far = at[[not one and number in kept for one, number in zip(is_drawn, at.index, strict=True)]]
    thinned, wide = at.drop(list(kept)), whose.drop(at.index)
    every, nowhere = int(answer["told"].sum()), int(answer["told"].sum()) - int(whose["told"].sum())
    said = [f"{place} {dot.name}: {_second(dot)}." for place, dot in enumerate(numbered, start=1)]
    said += [f"Outside the frame: {_listed(far)}."] if len(far) else []
    said += [f"Not drawn, for few {noun(answer)}s name them: {_listed(thinned)}."] if len(thinned) else []
    said += [f"Too wide for a point, or nowhere: {_listed(wide)}."] if len(wide) else []
    said += [f"No place: {nowhere:,} of {counted(every, noun(answer))}."] if nowhere else []
    said += (
        ["Dashed edge: the place is approximate."]
        if len(dots) <= _FEW and any(dot.is_approximate for dot in dots)
        else []
    )
    notes = []
    for text in wrapped(" ".join(said), width):
        notes.append(note(text, 0, top + 18, LIGHT["quiet"]))
        top += 20
    return notes, top + 12


_LISTED = 6


def _listed(rows: pd.DataFrame) -> str:
    """List places with their claims, of many the first."""
    claims: Counter[str] = Counter()
    for label, number in zip(rows["label"], rows["told"], strict=True):
        claims[_short(label)] += int(number)
    listed_ = [f"{shortened(name)}\N{NO-BREAK SPACE}{number:,}" for name, number in claims.most_common(_LISTED)]
    more = len(claims) - _LISTED
    return ", ".join([*listed_, *([f"{more:,} places more"] if more > 0 else [])])


def title(answer: pd.DataFrame, legend: Legend) -> str:
    """Say which places most of the located claims are about."""
    if named(answer).empty:
        return f"{legend.nobody} names a place"
    shown = located(answer)
    if shown.empty:
        return "No place that is named has a known point"
    places = shown.groupby(["label", "latitude", "longitude"], sort=True)["told"].sum()
    places = places.sort_values(ascending=False, kind="stable")
    by_name = shown.groupby("label", sort=True)["told"].sum().sort_values(ascending=False, kind="stable")
    tellers = list(shown["account"].unique())
    whose = f", according to {_cut(legend.label(tellers[0]))}" if len(tellers) == 1 < len(legend.voices) else ""
    names, what = [_cut(_short(label)) for label, _, _ in places.index], noun(answer)
    total = int(places.sum())
    if len(by_name) == 1:
        which = f"The one located {what} is" if total == 1 else f"All located {what}s are"
        points = f", at {in_words(len(places))} points" if len(places) > 1 else ""
        return f"{which} about {names[0]}{points}{whose}"
    if len(places) == 2:  # noqa: PLR2004
        return _of_two(names, places, what)
    above_half = int((places.cumsum() * 2 <= total).sum()) + 1
    is_clear = places.iloc[1] > places.iloc[2] and names[0] != names[1]
    if above_half == 1 or (above_half == 2 and is_clear):  # noqa: PLR2004
        return f"Most located {what}s are about {listing(names[:above_half])}{whose}"
    halves = int((by_name.cumsum() * 2 < total).sum()) + 1
    said = f"{shortened(capital(_short(by_name.index[0])), 40)} has most {what}s, {int(by_name.iloc[0]):,} of {total:,}"
    more = f"{said}; half lie in {in_words(halves)} places"
    return more if halves > 1 and len(more.split()) <= _TITLE else said


def _of_two(names: list[str], places: "pd.Series[int]", what: str) -> str:
    (_, *one), (_, *other) = places.index
    apart = geo.kilometres((one[0], one[1]), (other[0], other[1]))
    far = f"{round(apart, -1) if apart > _ROUGH else apart:.0f} km apart" if apart >= 1 else "less than 1 km apart"
    first, second = int(places.iloc[0]), int(places.iloc[1])
    text = f"Two places, {far}: {counted(first, what)} about {names[0]}, {second:,} about {names[1]}"
    is_told = names[0] != names[1] and len(text.split()) <= _TITLE
    return text if is_told else f"Two places, {far}, hold {counted(first, what)} and {second:,}"


_TITLE = 14
"""How many words a title has at most."""
_ROUGH = 95
"""Kilometres beyond which a distance is said in tens."""


def _cut(name: str) -> str:
    """Cut a name after three words."""
    words = name.split()
    return name if len(words) <= 3 else f"{' '.join(words[:3])}…"  # noqa: PLR2004


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say who names how many places, how many claims are located, and which are not."""
    whose = named(answer)
    if whose.empty:
        return [f"No {legend.noun} shown names a place."]
    heard, silent = whose["account"].nunique(), legend.without(whose["account"])
    voices, count = counted(len(legend.voices), legend.noun), counted(whose["label"].nunique(), "place")
    drawn, every = int(located(answer)["told"].sum()), int(answer["told"].sum())
    are = "is" if drawn == 1 else "are"
    return [
        f"{heard} of {voices} {'names' if heard == 1 else 'name'} {count}.",
        f"{drawn} of {counted(every, noun(answer))} {are} located on the map, {every - drawn} not.",
        *_left_out(answer),
        *absent(answer),
        *([f"No place is named {legend.by(silent)}."] if silent else []),
    ]


def _left_out(answer: pd.DataFrame) -> list[str]:
    """Say what is not drawn of what could be."""
    shown = located(answer)
    drawn = len(_drawn(shown))
    which = f"those of the places that most {noun(answer)}s name"
    return [f"{drawn:,} of {len(shown):,} marks are drawn, {which}."] * (drawn < len(shown))


def _subtitle(rows: pd.DataFrame, _: Legend) -> str:
    return "Events by their place; a dot grows with its events" if is_of_events(rows) else CHART.definition


def mark(row: Row, legend: Legend) -> str:
    """Name what one account says of one place."""
    return f"{row.label} · {legend.label(row.account)} · {_number(row)} · {row.first_id}"


CHART = Chart(
    key="map",
    name="Map",
    definition="Claims by the place they name; a dot grows with its claims, a slice is an account",
    subtitle=_subtitle,
    question=QUESTION,
    columns=COLUMNS,
    caveat=(
        "A mark says that claims name the place, not that something happened at that spot, and its side of the circle "
        "means nothing. More claims are more sentences, not more events. Most claims name no place at all."
    ),
    draw=draw,
    tell=tell,
    title=title,
    mark=mark,
    key_columns=KEY,
    compute=compute,
    topic=Topic(gaps=(PLACELESS,)),
)
