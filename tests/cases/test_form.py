"""Every shared case through the form of the page: dropped, asked about, read, accepted, and what is then recorded.

What the terminal reads of them is held by the tests beside this one; `make test-long` tries them all.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest
from tests.dashboard.test_import import accepted, cells, dropped, page

from contested import Claim, Selection, Store, answer, open_story
from contested.charts import CHARTS
from contested.model.arrow_schema import from_arrow
from contested.model.story import Story
from contested.record.revisions import current

_ = page
"""The page of imports, over a record of its own."""
NEW_YORK, ALMATY = "America/New_York", "Asia/Almaty"
Step = tuple[str, str, Any]
MONTH_FIRST, DAY_FIRST = ("radio", "order", "Month first"), ("radio", "order", "Day first")
VAGUE, BY_HAND, OVERRULE = (("toggle", key, True) for key in ("vague", "by-hand", "offsets"))
LEAVE_OUT: Step = ("toggle", "partly", True)
READ: Step = ("button", "mapped", None)


def clocks_of(zone: str) -> Step:
    return "selectbox", "clocks", zone


def may_speak(*accounts: str) -> Step:
    return "multiselect", "accounts", list(accounts)


def figures_of(account: str) -> Step:
    return "selectbox", "whose-figures", account


class Told(NamedTuple):
    """What is recorded of a case, and what the page listed as wrong with its cells."""

    claims: tuple[Claim, ...]
    problems: list[tuple[str, str]]
    story: Story

    def asked(self, key: str, **chosen: Any) -> list[dict[str, Any]]:
        chart = next(one for one in CHARTS if one.key == key)
        return answer(chart, self.story, Store(self.story.claims), Selection(**chosen)).records()


def waits(told: Told, start: str = "call", stop: str = "arrival") -> dict[str, float]:
    """Give the minutes from one milestone to another, call by call."""
    at = {(one.event_id.removeprefix("call-"), str(one.kind)): one.began_latest for one in told.claims}
    return {
        call: round((at[call, stop] - at[call, start]).total_seconds() / 60, 2)
        for call, kind in at
        if kind == stop and (call, start) in at
    }


def figures(measure: str) -> Callable[[Told], list[tuple[float | None, ...]]]:
    return lambda told: [(one.low, one.best, one.high) for one in told.claims if one.measure == measure]


def ranked(told: Told, calls: str) -> dict[str, tuple[int, float]]:
    rows = told.asked("pooled-delays", start="call", calls=calls)
    return {row["account"]: (row["n"], row["median_low"]) for row in rows}


QUESTIONS: dict[str, Callable[[Told], Any]] = {
    "claims": lambda told: len(told.claims),
    "events": lambda told: len({one.event_id for one in told.claims}),
    "accounts": lambda told: {one.account for one in told.claims if not one.measure},
    "waits": waits,
    "until sent": lambda told: waits(told, stop="dispatch"),
    "until over": lambda told: waits(told, stop="end"),
    "medians of arrivals": lambda told: ranked(told, "arrivals"),
    "medians of every call": lambda told: ranked(told, "every"),
    "units": lambda told: [
        (row["outcome"], row["shortest_minutes"])
        for row in told.asked("response-delays", calls="every", start="dispatch", units="every")
    ],
    "years": lambda told: {one.began_latest.year for one in told.claims if one.began_latest},
    "began": lambda told: sorted({f"{one.began_earliest:%Y-%m-%d %H:%M}" for one in told.claims if not one.measure}),
    "moments": lambda told: sorted({f"{one.began_earliest:%Y-%m-%d %H:%M}" for one in told.claims}),
    "hours": lambda told: {
        round((one.began_latest - one.began_earliest).total_seconds() / 3600) for one in told.claims if not one.measure
    },
    "kept": lambda told: {name for one in told.claims for name in re.findall(r'"([^"]+)":', one.groups or "")},
    "points": lambda told: list(dict.fromkeys((one.latitude, one.longitude) for one in told.claims)),
    "sources": lambda told: list(dict.fromkeys(one.source_id for one in told.claims)),
    "kinds": lambda told: {str(one.kind) for one in told.claims},
    "killed": figures("killed"),
    "injured": figures("injured"),
    "killed by record": lambda told: {
        one.summary.removeprefix("said "): (one.low, one.best, one.high) for one in told.claims if one.measure
    },
    "wrong": lambda told: told.problems,
}


class Case(NamedTuple):
    """A file, what a person says of it in the form, and what must then be recorded."""

    file: str
    said: tuple[Step, ...]
    recorded: Mapping[str, Any]


SIDES = {
    "events": 4,
    "killed": [(10, None, None), (8, None, 11), (3, None, None)],
    "injured": [(None, 1200, None), (None, 40, None), (None, None, 200), (None, 0, None)],
}
DISPATCH = [
    Case(
        "cancelled_en_route.csv",
        (clocks_of(NEW_YORK),),
        {
            "medians of arrivals": {"dispatch log": (11, 9)},
            "medians of every call": {"dispatch log": (13, 10)},
            "until over": {f"C{n:02}": 59 for n in range(1, 11)} | {"C11": 6, "C12": 6, "C13": 29},
            "wrong": [],
        },
    ),
    Case("cancelled_hides_ranking.csv", (), {"medians of arrivals": {"EMS": (15, 7), "FIRE": (11, 6)}, "wrong": []}),
    Case(
        "day_first_uk.csv",
        (clocks_of("Europe/London"),),
        {"waits": {f"L{n:02}": 5 for n in range(1, 11)} | {"L11": 6.02, "L12": 6.02}, "wrong": []},
    ),
    Case(
        "dst_fall_back.csv",
        (clocks_of(NEW_YORK), LEAVE_OUT),
        {"waits": {"F2": 8.05}, "wrong": [("E-TZ-AMBIGUOUS", "2"), ("W-TZ-AMBIGUOUS", "3")]},
    ),
    Case(
        "durations_only.csv",
        (READ,),
        {"waits": {"1": 9.7, "2": 2}, "until sent": {"1": 4.6}, "hours": {0}, "wrong": [("W-DURATION", "3")] * 2},
    ),
    Case("epoch_ms_read_as_1510.csv", (clocks_of(NEW_YORK),), {"waits": {"D1": 6.67, "D2": 5}, "years": {2017}}),
    Case(
        "local_time_with_z.csv",
        (BY_HAND, clocks_of(NEW_YORK), OVERRULE, READ),
        {
            "waits": {"TO1": 6},
            "began": ["2031-01-01 05:06", "2031-01-01 05:07", "2031-01-01 05:12", "2031-01-01 06:12"],
        },
    ),
    Case("no_unit_am_pm.csv", (clocks_of(NEW_YORK), MONTH_FIRST), {"waits": {"N1": 9, "N2": 6}, "wrong": []}),
    Case(
        "police_am_pm.csv",
        (clocks_of(NEW_YORK), READ),
        {"waits": {"9031000000821": 42.67, "9031000000823": 0}, "events": 3, "wrong": []},
    ),
    Case(
        "sentinel_1900.csv",
        (clocks_of(NEW_YORK),),
        {"waits": {f"W{n}": 10 for n in range(1, 10)}, "events": 10, "wrong": [("W-TIME-PLACEHOLDER", "11")]},
    ),
    Case(
        "slashed_iso_offset_00.csv",
        (),
        {"waits": {"07-1": 7}, "began": ["2031-11-15 11:10", "2031-11-15 11:17", "2031-11-15 11:25"]},
    ),
    Case("twenty_four_hours.csv", (clocks_of(NEW_YORK),), {"waits": {"M1": 5}, "wrong": []}),
    Case(
        "two_digit_year_na.csv",
        (clocks_of(NEW_YORK), MONTH_FIRST),
        {"waits": {"V1": 9}, "until over": {"V1": 108, "V2": 21, "V3": 21}, "years": {2031}, "wrong": []},
    ),
    Case("unit_cancelled.csv", (clocks_of(NEW_YORK),), {"units": [("reached", 5), ("cleared", 3), ("reached", 8)]}),
    Case(
        "wide_log.csv",
        (clocks_of(NEW_YORK), READ),
        {
            "waits": {"31-000101": 7.14, "31-000103": 5.51},
            "until over": {"31-000101": 60.34, "31-000102": 11.13, "31-000103": 46.33},
            "kept": {"Agency", "Problem", "Priority_Number", "Disposition"},
            "wrong": [],
        },
    ),
]
EVENTS = [
    Case(
        "en_sheet.csv",
        (clocks_of(ALMATY), figures_of("side A"), READ),
        SIDES
        | {
            "accounts": {"side A", "side B"},
            "began": ["2021-03-05 12:00", "2021-03-06 11:00", "2021-03-07 18:00", "2021-03-24 18:00"],
        },
    ),
    Case(
        "ru_sheet.csv",
        (clocks_of(ALMATY), figures_of("Сторона А"), READ),
        SIDES
        | {
            "accounts": {"Сторона А", "Сторона Б"},
            "began": ["2021-03-05 12:00", "2021-03-06 11:00", "2021-03-07 18:00", "2021-03-07 18:00"][:3],
        },
    ),
    Case(
        "filled_sheet.csv",
        (may_speak("Side A", "Side B"), clocks_of(ALMATY), VAGUE),
        {"events": 2, "killed": [(10, None, None), (None, 4, None), (None, 0, None)]},
    ),
    Case(
        "latin_coords.csv",
        (clocks_of(ALMATY), READ),
        {"points": [(43.1234, 75.4321), (75.4321, 43.1234), (43.1233333, 75.4322222)], "wrong": [("W-GEO-FAR", "3")]},
    ),
    Case(
        "nested_sources.json",
        (clocks_of("Europe/Kyiv"), READ),
        {"claims": 3, "sources": ["https://example.org/1", "https://example.org/2", "nested_sources.json"]},
    ),
    Case(
        "police_encounters.csv",
        (clocks_of("America/Chicago"), READ),
        {"began": ["2021-03-04 06:00", "2021-04-14 05:00"], "kinds": {"other"}, "wrong": []},
    ),
    Case(
        "sheet_figures.csv",
        (may_speak("side_a"), VAGUE, LEAVE_OUT),
        {
            "killed by record": {
                **dict.fromkeys("012", (10, None, None)),
                "3": (3, None, None),
                "4": (8, None, 11),
                "5": (None, 11, None),
                "6": (None, 2, None),
                **dict.fromkeys(("8", "9", "10", "31"), (10, None, 12)),
                **dict.fromkeys(("11", "12"), (None, None, 200)),
                "13": (None, 40, None),
                "14": (101, None, None),
                "15": (None, None, 15),
                "16": (None, None, 9),
                **dict.fromkeys(("18", "20"), (None, 1200, None)),
                "19": (None, 1000, None),
                "22": (5, None, None),
                "29": (3, None, 5),
                "30": (3, None, 5),
                **dict.fromkeys(("23", "24"), (None, 40, None)),
                **dict.fromkeys(("26", "27"), (None, 10, None)),
                "37": (0, None, None),
                "38": (10, None, None),
                **dict.fromkeys(("7", "21", "28", "33", "34", "36"), (None, None, None)),
            }
        },
    ),
    Case("sheet_times.csv", (may_speak("side_a"), clocks_of(ALMATY), VAGUE, LEAVE_OUT), {"claims": 42}),
    Case(
        "sheet_words.csv",
        (may_speak("side_a", "side_b"), clocks_of(ALMATY), VAGUE),
        {
            "claims": 24,
            "moments": [
                *("2020-12-31 18:00", "2021-02-28 18:00", "2021-03-05 12:00", "2021-03-06 11:00", "2021-03-07 18:00"),
                *("2021-03-24 18:00", "2021-03-25 11:00", "2021-03-25 12:00", "2021-03-25 12:46", "2021-08-02 18:00"),
            ],
        },
    ),
    Case(
        "shootings_magazine.csv",
        (clocks_of(NEW_YORK), READ),
        {
            "began": ["2013-09-16 04:00", "2016-02-25 05:00", "2016-06-12 04:00"],
            "killed": [(None, 3, None), (None, 12, None)],
            "points": [(None, None)],
            "wrong": [],
        },
    ),
    Case(
        "thousands_dot.csv",
        (clocks_of(ALMATY), READ),
        {
            "killed": [(None, 1000, None), (None, 1200, None), (None, 2000, None)],
            "injured": [(None, 12000, None), (None, 3, None), (None, 1200, None)],
        },
    ),
    Case(
        "timelinejs.csv",
        (clocks_of("UTC"), LEAVE_OUT),
        {
            "claims": 6,
            "wrong": [("E-TIME", "2"), ("E-TIME-ORDER", "4"), ("E-TIME", "7"), ("W-SLIDE", "11"), ("W-SLIDE", "12")],
        },
    ),
    Case(
        "timesketch.csv",
        (clocks_of("UTC"), READ, LEAVE_OUT),
        {"began": ["2021-03-24 17:00", "2021-03-25 17:00"], "wrong": [("E-TIME", "2"), ("W-TIME-DIFFERS", "3")]},
    ),
    Case(
        "totals.csv",
        (clocks_of(ALMATY), READ),
        {"killed": [(None, 3, None), (None, 4, None)], "wrong": [("W-ROW-PASSED", "4")]},
    ),
    Case(
        "two_orders.csv",
        (clocks_of(ALMATY), DAY_FIRST, READ, LEAVE_OUT),
        {"began": ["2021-03-04 18:00", "2021-07-06 18:00", "2021-12-12 18:00"], "wrong": [("E-TIME", "3")]},
    ),
    Case(
        "two_sides_clean.csv",
        (clocks_of(ALMATY), figures_of("side A"), READ),
        {
            "accounts": {"side A", "side B"},
            "events": 3,
            "began": ["2021-03-05 12:00", "2021-03-06 11:00", "2021-03-25 03:00"],
            "killed": [(None, 10, None), (None, 8, None), (None, 0, None)],
            "wrong": [],
        },
    ),
    Case("tz_column.csv", (READ, LEAVE_OUT), {"began": ["2021-03-25 14:55"], "wrong": [("E-TIME-ORDER", "3")]}),
    Case("ucdp_api.json", (), {"events": 2, "kinds": {"clash", "casualties"}}),
    Case(
        "ucdp_api_page1of43.json",
        (),
        {"events": 2, "wrong": [("W-JSON-PART", "file"), ("W-JSON-REST", "file"), ("W-NUM-SUM", "3")]},
    ),
    Case(
        "vague_mapped.csv",
        (clocks_of(ALMATY), READ),
        {
            "killed": [(10, None, None), (10, None, 12), (None, 4, None)],
            "injured": [(None, 5, None), (None, 40, None), (None, None, 200)],
        },
    ),
    Case(
        "victims.csv",
        (clocks_of(ALMATY), READ),
        {"killed": [(None, 2, None)], "injured": [(None, 1, None)], "events": 1},
    ),
]
IN_CI = {"wide_log.csv", "en_sheet.csv"}


def say(page: Any, step: Step) -> None:
    widget, key, value = step
    asked = getattr(page, widget)(key=key)
    if widget == "button":
        assert not asked.disabled
        asked.click().run()
    elif widget == "radio":
        asked.set_value(next(one for one in asked.options if one.startswith(value))).run()
    else:
        asked.set_value(value).run()
    assert not page.exception


@pytest.fixture(
    params=[
        pytest.param((folder, one), id=one.file, marks=[] if one.file in IN_CI else pytest.mark.long)
        for folder, some in (("dispatch", DISPATCH), ("events", EVENTS))
        for one in some
    ]
)
def dropped_case(request, case):
    """Give each case with the letters of its file; skipped, before a page is opened, where there is no such file."""
    folder, one = request.param
    return one, case(f"{folder}/{one.file}").read_bytes()


def test_a_case_dropped_on_the_page_is_recorded_as_it_was_meant(dropped_case, page, tmp_path):
    one, content = dropped_case
    dropped(page, one.file, content)
    for step in one.said:
        say(page, step)
    problems = [(what.split()[-1] if "·" not in what else what.split()[-4], row) for what, row, *_ in cells(page)]

    accepted(page)

    story = open_story(tmp_path / "desk.sqlite", one.file.partition(".")[0])
    told = Told(tuple(from_arrow(current(story.claims))), problems, story)
    assert {question: QUESTIONS[question](told) for question in one.recorded} == one.recorded


def test_every_shared_case_is_tried(case):
    tried = {f"{folder}/{one.file}" for folder, some in (("dispatch", DISPATCH), ("events", EVENTS)) for one in some}

    assert tried == {f"{folder}/{path.name}" for folder in ("dispatch", "events") for path in case(folder).iterdir()}
