"""The Georeferenced Event Dataset of UCDP: the 49 columns of release 23.1, older ones, and thinned copies.

A row is one event as UCDP tells it, a third party to what it tells: the event itself, the killed as `low`, `best` and
`high`, and the killed of each side as parts of that total. What the row is coded to bounds its time and its place.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from contested.ingest.cells.date import on_calendar
from contested.ingest.cells.unreadable import Unreadable
from contested.ingest.date_intervals import Days, day, day_of
from contested.ingest.options import Given
from contested.ingest.row import Line, Made, Row, explained, learnt, lines
from contested.ingest.sql_codebook import SqlCodebook, choice, code, groups, place
from contested.model import bounds_as_coded

COLUMNS = frozenset(
    {
        *("type_of_violence", "conflict_name", "side_a", "side_b"),
        *("date_prec", "where_prec", "event_clarity", "deaths_civilians"),
    }
)
"""What every release has; a thinned copy has half of these."""

_VIOLENCE = {"1": "State-based violence", "2": "Non-state violence", "3": "One-sided violence"}
_NAMES_OF_VIOLENCE = _VIOLENCE | {name: name for name in _VIOLENCE.values()}
_KEPT = {name: code(name) for name in ("side_a", "side_b", "number_of_sources")}
"""What is kept of a row to compare by, beside the type of violence, as SQL."""
_PARTS = {"deaths_a": "side_a", "deaths_b": "side_b", "deaths_civilians": "civilians", "deaths_unknown": "unknown"}
_DAY, _DAYS, _WEEK, _MONTH, _LONGER = range(1, 6)
_PRECISION = {_DAY: "day", _DAYS: "2 to 6 days", _WEEK: "week", _MONTH: "month", _LONGER: "more than a month"}
_FIGURES = (*("low", "best", "high", "low_death", "best_death", "high_death"), *_PARTS)
_RADII = {1: None, 2: 25, 3: 50, 4: 200, 5: 200, 6: 1000, 7: 1000}
"""Kilometres for `where_prec`: the codebook gives 25 for 2; the others, for a district, a region, a line or a country,
are on the large side on purpose."""


def survey(rows: Iterable[tuple[int, Row]]) -> Mapping[str, Any]:
    """Learn from a whole table how it writes dates and numbers."""
    return learnt(lines(rows), ["date_start", "date_end"], _FIGURES, ["year"])


_WHERE = ("where_coordinates", "adm_2", "adm_1", "country")
_BLANKS = r"e' \t\n\r'"
_FIGURES_SQL = {end: f"coalesce({end}, {end}_death)" for end in ("low", "best", "high")}
_DATES = "list_transform(string_split(source_date, ';'), lambda one: try_cast(one as date))"


def _sql(given: Given) -> str:
    """Write SQL of the event of a row, its total and the parts of that total (`to_claims`)."""
    low, best, high = _FIGURES_SQL.values()
    parts = ", ".join(
        f"{{suffix: '-{column.replace('_', '-')}', figure: {column}, victims: coalesce({side}, '{side}')}}"
        for column, side in _PARTS.items()
    )
    made = f"[{{suffix: '', figure: 0, victims: ''}}, {{suffix: '-killed', figure: known, victims: ''}}, {parts}]"
    total = " + ".join(f"coalesce({column}, 0)" for column in _PARTS)
    return f"""
    select row, concat(event_id, suffix) as claim_id, event_id, 'UCDP' as account,
        if(suffix = '', if(violence = '{_VIOLENCE["3"]}', 'assault', 'clash'), 'casualties') as kind,
        violence as subkind, {groups({"type_of_violence": "violence"} | _KEPT)} as groups,
        source as source_id, relid as locator,
        concat(if(suffix = '', '', 'Killed'), if(victims = '', '', concat(' of ', victims)), if(suffix = '', '', ': '),
            violence, ': ', side_a, ' and ', side_b, ', ', place,
            if(event_clarity = 2, ' (several events summed up)', ''), '.') as summary,
        source_original as speaker, nullif(place, '') as place, latitude, longitude,
        {choice("coalesce(nullif(where_prec, 0), 1)", _RADII)} as radius_km,
        reach[1]::timestamp as began_earliest, reach[2]::timestamp as ended_latest,
        concat(first, if(first = last, '', concat(' to ', last)), ', ',
            coalesce('known to the ' || {choice("date_prec", _PRECISION)}, 'precision not given')) as time_words,
        if({bool(given.zone)} and date_prec is not null, 'derived', 'assumed') as time_basis, $zone as zone,
        list_max({_DATES})::timestamp as stated_earliest,
        if(suffix = '', null, 'killed') as measure, if(suffix = '', null, 'people') as unit,
        if(suffix = '', null, 'event') as scope, nullif(victims, '') as victims,
        if(suffix = '-killed', {low}, null) as low, if(suffix = '-killed', {high}, null) as high,
        if(suffix = '-killed', {best}, if(suffix = '', null, figure)) as best,
        if(victims <> '' and known is not null, [concat(event_id, '-killed')], []) as part_of
    from (
        select *, unnest({made}, recursive := true), case
            when date_prec = {_DAYS} and first = last then [first - 5, last + 6]
            when date_prec = {_WEEK} and last - first < 6 then [first - 6, last + 7]
            when date_prec = {_MONTH} then [date_trunc('month', first), last_day(last) + 1]
            when date_prec = {_LONGER} and last - first < 30
                then [date_trunc('year', first), date_trunc('year', last) + interval 1 year]
            else [first, last + 1] end as reach
        from (
            select *, concat('ucdp-', {code("id")}) as event_id,
                {choice(code("type_of_violence"), _NAMES_OF_VIOLENCE)} as violence,
                coalesce(date_start, try_cast(concat(year, '-', month, '-', day) as date)) as first,
                if(date_start is null, first, date_end) as last, coalesce({low}, {best}, {high}) as known,
                {place("adm_1", *_WHERE)} as place,
                string_split(source_office, ';') as offices, string_split(coalesce(source_date, ''), ';') as dates,
                list_transform(list_zip(offices, dates),
                    lambda one: concat(trim(one[1], {_BLANKS}), ' ', trim(one[2], {_BLANKS}))) as reports,
                if(len(offices) = len(dates), array_to_string(
                    list_filter(reports, lambda one, place: list_position(reports, one) = place), '; '),
                    coalesce(source_article, 'UCDP GED')) as source
            from cells
        ) where violence is not null and id is not null and first <= last
            and first between date '1900-01-04' and date '2099-12-30' and first <> date '1970-01-01'
            and side_a is not null and side_b is not null and coalesce(date_prec between {_DAY} and {_LONGER}, true)
            and coalesce({low} <= {best}, true) and coalesce({best} <= {high}, true) and coalesce({low} <= {high}, true)
            and ({best} is null or coalesce({", ".join(_PARTS)}) is null or {total} = {best})
            and regexp_full_match(coalesce(source_date, ''), '|((19|20)\\d\\d-\\d\\d-\\d\\d(;|$))+')
            and coalesce(len(list_filter({_DATES}, lambda one: one is null)) = 0
                and list_min({_DATES}) > date '1970-01-01' and list_max({_DATES}) < date '2099-12-30', true)
    ) where figure is not null
    """


SQL = SqlCodebook(
    ids=("id",),
    row_id=f"regexp_replace({code('id')}, '(-killed|-deaths-[a-z]+)+$', '')",
    claims=_sql,
    texts=(
        *("id", "relid", "type_of_violence", "side_a", "side_b", "civilians", "unknown", *_WHERE),
        "number_of_sources",
        *("source_office", "source_date", "source_article", "source_original", "latitude", "longitude"),
    ),
    days=("date_start", "date_end"),
    counts=(*_FIGURES, "event_clarity", "where_prec", "date_prec", "year", "month", "day"),
)


@explained
def to_claims(line: Line) -> Made:
    """Make of a row the event, its total and the parts of that total."""
    event = _event(line)
    yield event
    yield from _killed(line, event)


def _event(line: Line) -> dict[str, object]:
    line.needed("type_of_violence")
    coded = line.code("type_of_violence")
    violence = _VIOLENCE.get(coded, coded)
    if violence not in _VIOLENCE.values():
        raise line.refused("E-LIST", "type_of_violence", "not in the list", f"choose one of {', '.join(_VIOLENCE)}")
    event = f"ucdp-{line.code('id') or line.needed('id')}"
    where = _place(line)
    summed = " (several events summed up)" if line.whole("event_clarity") == 2 else ""  # noqa: PLR2004 the code
    return {
        "claim_id": event,
        "event_id": event,
        "account": "UCDP",
        "kind": "assault" if violence == _VIOLENCE["3"] else "clash",
        "subkind": violence,
        "groups": {"type_of_violence": violence} | {name: words for name in _KEPT if (words := line.code(name))},
        "source_id": _source(line),
        "locator": line.words("relid"),
        "summary": f"{violence}: {line.needed('side_a')} and {line.needed('side_b')}, {where}{summed}.",
        "speaker": line.words("source_original"),
        "place": where,
        "latitude": line.words("latitude"),
        "longitude": line.words("longitude"),
        "radius_km": _RADII.get(line.whole("where_prec") or 1),
        **_time(line),
        **_said(line),
    }


def _place(line: Line) -> str:
    """Name the place with its region, since villages share names."""
    where, region = line.words("where_coordinates", "adm_2", "adm_1", "country"), line.words("adm_1")
    return where if region in where else f"{where}, {region}"


def _killed(line: Line, event: Row) -> Made:
    """Tell the total and its parts; bounds that contradict the figure are told in words, never put in order."""
    low, best, high = (line.whole(name, f"{name}_death") for name in ("low", "best", "high"))
    known = [figure for figure in (low, best, high) if figure is not None]
    total = _figure(event, "killed", {"low": low, "best": best, "high": high}, "")
    if known != sorted(known):
        written = bounds_as_coded.words(low, best, high)
        fix = "nothing, or correct the row; the figure stands alone, the bounds as its words"
        yield line.notice(
            "W-NUM-ORDER", "best" if line.words("best") else "best_death", f"out of order: {written}", fix
        )
        total |= {"low": None, "high": None, "figure_words": written}
    if known:
        yield total
    parts = [(column, figure) for column in _PARTS if (figure := line.whole(column)) is not None]
    if parts and best is not None and sum(figure for _, figure in parts) != best:
        yield line.notice("W-NUM-SUM", "best", "not the sum of the deaths of each side", "nothing, or correct the row")
    for column, figure in parts:
        whose = line.words(_PARTS[column]) or _PARTS[column]
        part = _figure(event, column.replace("_", "-"), {"best": figure}, whose)
        yield part | ({"part_of": (total["claim_id"],)} if known else {})


def _figure(event: Row, what: str, figures: Row, victims: str) -> dict[str, object]:
    whom = f" of {victims}" if victims else ""
    said = {"claim_id": f"{event['event_id']}-{what}", "kind": "casualties", "measure": "killed", "unit": "people"}
    summary = f"Killed{whom}: {event['summary']}"
    return {**event, **said, **figures, "scope": "event", "victims": victims, "summary": summary}


def _time(line: Line) -> dict[str, object]:
    """Bound the time by what it is coded to; a thinned copy names a day and not how sure of it UCDP is."""
    precision = line.whole("date_prec")
    if precision is not None and precision not in _PRECISION:
        raise line.refused("E-LIST", "date_prec", "not in the list", "choose one of 1, 2, 3, 4, 5")
    named = _named(line)
    if named.last < named.first:
        raise line.refused("E-TIME-ORDER", "date_end", f"lies before date_start ({named.first})", "correct it")
    began, ended = _reach(named, precision).bounds(line.given)
    told = line.given.zone and precision
    words = str(named.first) if named.number() == 1 else f"{named.first} to {named.last}"
    coded = f"known to the {_PRECISION[precision]}" if precision else "precision not given"
    return {
        "began_earliest": began,
        "ended_latest": ended,
        "time_words": f"{words}, {coded}",
        "time_basis": "derived" if told else "assumed",
        "zone": line.given.zone,
    }


def _reach(named: Days, precision: int | None) -> Days:
    """Reach as far as the code says that the event may lie from the days that are named."""
    match precision:
        case 2 if named.number() == 1:
            return named.around(5)
        case 3 if named.number() < 7:  # noqa: PLR2004 a week
            return named.around(6)
        case 4:
            return named.months()
        case 5 if named.number() < 31:  # noqa: PLR2004 a month
            return named.years()
        case _:
            return named


def _named(line: Line) -> Days:
    if line.words("date_start"):
        return Days(day_of(line, "date_start"), day_of(line, "date_end"))
    year, month, on = (line.whole(name) for name in ("year", "month", "day"))
    if year is None or month is None or on is None:
        raise line.refused("E-EMPTY", "date_start", "no date", "give it, or year, month and day")
    named = on_calendar(year, month, on)
    if isinstance(named, Unreadable):
        raise line.refused(named.code, "day", named.reason, named.fix)
    return Days(named, named)


def _said(line: Line) -> dict[str, object]:
    """UCDP does not say when it coded a row; it was not before the latest report that it names."""
    reports = list(_reports(line))
    return {"stated_earliest": Days(max(reports), max(reports)).bounds(line.given)[0]} if reports else {}


def _reports(line: Line) -> Iterator[date]:
    for written in line.words("source_date").split(";"):
        try:
            yield day(written.strip())
        except ValueError:
            continue  # the dates of reports are free text


def _source(line: Line) -> str:
    """Name the reports by office and date, or as the row describes them; a thinned copy names none."""
    offices, dates = (line.words(name).split(";") for name in ("source_office", "source_date"))
    if offices != [""] and len(offices) == len(dates):
        pairs = (f"{office.strip()} {on.strip()}" for office, on in zip(offices, dates, strict=True))
        return "; ".join(dict.fromkeys(pairs))
    return line.words("source_article") or "UCDP GED"
