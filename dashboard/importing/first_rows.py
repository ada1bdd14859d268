"""Three rows of a file as they will be read: events with each account beside the others, calls as lines of minutes."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from contested.drawing import glyph_html, html
from contested.ingest.first_look import FirstLook
from contested.ingest.mapping import MILESTONES
from contested.model.problem import Problem
from contested.model.times import span
from contested.model.wording import spaced

_BOUNDS = ("began_earliest", "began_latest", "ended_earliest", "ended_latest")


def show(look: FirstLook, zone: str | None, *, is_log: bool, is_without_zone: bool) -> None:
    """Draw the rows that show the most, or why one cannot be read yet."""
    note = " <span>as the clocks of the file show them; their zone is still to be chosen</span>" * is_without_zone
    st.html(f'<p class="part">Three rows as they will be read{note}</p>')
    numbers = look.example_rows()
    calls = [number for number in numbers if _stamps(look.claims[number])]
    st.html(_lines(look, numbers) if is_log and calls else _events(look, numbers, zone))


def _problem(look: FirstLook, number: int) -> Problem | None:
    return next((one for one in look.problems if one.row == number and one.severity == "error"), None)


def _events(look: FirstLook, numbers: Sequence[int], zone: str | None) -> str:
    """Write the rows as a table: when and where, what each account says, and the figures with their account."""
    told = {number: look.claims[number] for number in numbers}
    accounts = list(
        dict.fromkeys(str(one["account"]) for made in told.values() for one in made if not one.get("measure"))
    )
    heads = "".join(f"<th>{glyph_html(n, n)} {html(who)}</th>" for n, who in enumerate(accounts))
    rows = "".join(_event(number, made, accounts, _problem(look, number), zone) for number, made in told.items())
    head = f"<tr><th>Row</th><th>When and where</th>{heads}<th>Figures</th></tr>"
    return f'<div class="first-rows"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>'


def _event(
    number: int, made: Sequence[Mapping[str, Any]], accounts: Sequence[str], problem: Problem | None, zone: str | None
) -> str:
    if problem:
        why = f"{problem.column or ''} {problem.value or ''}: {problem.reason}; {problem.fix}"
        return f'<tr><td>{number}</td><td colspan="{len(accounts) + 2}" class="must-mend">{html(why)}</td></tr>'
    said = {str(one["account"]): str(one["summary"]) for one in made if not one.get("measure")}
    words = "".join(f"<td><b>{html(said.get(who, '–'))}</b></td>" for who in accounts)
    place = next((str(one["place"]) for one in made if one.get("place")), "")
    when = _when(made[0], zone) if made else "no row of its own"
    figures = "; ".join(_figure(one) for one in made if one.get("measure"))
    where = f"<br><small>{html(place)}</small>" if place else ""
    return f"<tr><td>{number}</td><td>{html(when)}{where}</td>{words}<td>{html(figures) or '–'}</td></tr>"


def _when(claim: Mapping[str, Any], zone: str | None) -> str:
    known = [moment for bound in _BOUNDS if (moment := claim.get(bound))]
    if zone:
        known = [moment.astimezone(ZoneInfo(zone)) for moment in known]
    return span(min(known), max(known)) if known else "time not told"


def _figure(claim: Mapping[str, Any]) -> str:
    low, best, high = (claim.get(end) for end in ("low", "best", "high"))
    number = f"{best:,}" if best is not None else ""
    if best is None:
        number = (
            f"{low:,} to {high:,}"
            if None not in {low, high}
            else f"{low:,} or more"
            if low is not None
            else f"up to {high:,}"
            if high is not None
            else "no number"
        )
    return f"{claim['account']}: {spaced(str(claim['measure']))} {number}"


def _stamps(made: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Give the moment of each milestone that a row tells."""
    return {
        str(one["kind"]): one["began_latest"] for one in made if one["kind"] in MILESTONES and one.get("began_latest")
    }


def _lines(look: FirstLook, numbers: Sequence[int]) -> str:
    """Draw each call as a line of minutes from its first stamp; dotted without an arrival, hollow where it is free."""
    told = {number: _stamps(look.claims[number]) for number in numbers}
    minutes = {
        number: {kind: (at - min(stamps.values())).total_seconds() / 60 for kind, at in stamps.items()}
        for number, stamps in told.items()
        if stamps
    }
    most = (
        max(
            (
                value
                for stamps in minutes.values()
                for kind, value in stamps.items()
                if kind != "end" or "arrival" not in stamps
            ),
            default=0,
        )
        * 1.4
        or 1
    )
    rows = "".join(
        _line(number, look.claims[number], minutes.get(number, {}), most, _problem(look, number)) for number in numbers
    )
    return (
        f'<div class="call-lines"><p>minutes from the first stamp, to {most:.0f} · filled large: arrives · '
        f"hollow: free again</p>{rows}</div>"
    )


def _line(
    number: int, made: Sequence[Mapping[str, Any]], minutes: Mapping[str, float], most: float, problem: Problem | None
) -> str:
    if problem or not minutes:
        why = f"{problem.column}: {problem.reason}" if problem else "no stamp"
        return f'<div class="response-line"><span>Row {number}</span><em class="must-mend">{html(why)}</em></div>'
    called = html(", ".join(dict.fromkeys(filter(None, (str(made[0]["event_id"]), made[0].get("subkind"))))))
    reached = minutes.get("arrival")
    last = reached if reached is not None else max(minutes.values())
    marks = "".join(_mark(kind, at, most) for kind, at in minutes.items())
    end = minutes.get("end", last)
    behind = end if last < end <= most else last
    dotted = " dotted" * (reached is None)
    return (
        f'<div class="response-line"><span>{called}</span><div class="track"><i class="bar{dotted}" '
        f'style="width:{_share(last, most)}%"></i>{marks}'
        f'<b style="left:{_share(behind, most)}%">{html(_said(minutes))}</b></div></div>'
    )


def _mark(kind: str, at: float, most: float) -> str:
    if at > most:
        return ""
    return f'<i class="mark {html(kind)}" style="left:{_share(at, most)}%"></i>'


def _share(at: float, most: float) -> str:
    return f"{min(max(100 * at / most, 0), 100):.1f}"


def _said(minutes: Mapping[str, float]) -> str:
    if "arrival" in minutes:
        return f"arrives {minutes['arrival']:.1f} min"
    return f"no arrival; cleared {minutes['end']:.1f} min" if "end" in minutes else "no arrival told"
