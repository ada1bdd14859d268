"""Clashes as strips where one is under way at once, as columns where there are more; words for each case."""

import pytest
from tests.charts.boxes import texts
from tests.claims_for_tests import bounds, claim
from tests.lies.small_stories import hovers, marked, told

from contested.analysis.thinning import MOST
from contested.theme import CLEAR, MARKS

LONG = bounds("17:00", "18:00", "05:00", "05:00")
OPEN = {"stated_at": "2020-02-08T12:00Z"} | bounds("19:00", "19:00", None, None)


def clash(account="north", claim_id="", **said):
    claim_id = claim_id or f"{account} {len(said)}"
    return claim(claim_id=claim_id, event_id=said.pop("event_id", claim_id), account=account, **said)


def silent(account="south"):
    return claim(claim_id=account, account=account, kind="statement")


def written(found, width=1160):
    return [box.text for box in texts(found.figure(width))]


def seen(found):
    return [
        trace
        for trace in found.figure()["data"]
        if trace.get("marker", {}).get("color") != CLEAR or "pattern" in trace.get("marker", {})
    ]


def test_a_run_of_hours_is_one_bar_and_each_of_its_hours_carries_its_own_claims():
    found = told("hourly-clashes", clash(**LONG), silent())
    solid, hatched = seen(found)

    assert (solid["base"], solid["x"]) == (["2020-02-07T18:00:00"], [11 * 3_600_000])
    assert (hatched["base"], hatched["x"]) == (["2020-02-07T17:00:00"], [3_600_000])
    assert len(marked(found)) == 12
    assert "11 h certain, +1 possible" in written(found)


def test_an_open_end_is_cut_two_hours_after_the_last_end_told_with_a_head():
    found = told("hourly-clashes", clash(**LONG), clash("south", **OPEN))
    layout = found.figure()["layout"]

    assert layout["xaxis"]["range"] == ["2020-02-07T16:00:00", "2020-02-08T07:00:00"]
    assert [shape for shape in layout["shapes"] if shape["type"] == "path" and shape.get("xanchor") == 1]
    assert "from 19:00, no end told" in written(found)


def test_hearsay_is_hollow_and_never_makes_an_hour_certain_in_words():
    found = told("hourly-clashes", clash(via="a neighbour", **LONG), silent())

    assert [bar["marker"]["line"]["color"] for bar in seen(found)] == [MARKS[0]]
    assert "hearsay" in written(found)
    assert found.title == "No account says in which hours clashes went on"


def test_two_clashes_at_once_are_columns_from_a_labelled_zero_on_one_scale():
    two = [clash(claim_id="a", **LONG), clash(claim_id="b", **bounds("20:00", "20:00", "22:00", "22:00"))]
    found = told("hourly-clashes", *two, clash("south", **LONG))

    assert [text for text in written(found) if text.isdigit()] == ["0", "1", "2"] * 2
    assert {"2, 20:00–21:00 on 7 Feb", "0 to 1, 17:00–18:00 on 7 Feb"} <= set(written(found))
    assert found.title == "Both accounts put the most clashes on 7 February"


def test_hours_of_which_more_may_be_told_are_outlined_and_say_so():
    told_late = [
        clash(
            claim_id=f"{hour}",
            **bounds(*[f"{hour}:10"] * 2, *[f"{hour}:40"] * 2),
            stated_at=f"2020-02-07T{hour + 2}:00Z",
        )
        for hour in (15, 16, 17, 18)
    ]
    found = told("hourly-clashes", *told_late, as_known_at="2020-02-07T20:00Z")
    outlines = [shape for shape in found.figure()["layout"]["shapes"] if shape["line"].get("dash") == "dot"]

    assert [(shape["x0"], shape["x1"]) for shape in outlines] == [("2020-02-07T18:00:00", "2020-02-07T19:00:00")]
    assert hovers(found)[-1].endswith("more may be told")


def test_of_very_many_hours_one_mark_carries_several():
    every_other_hour = [
        clash(
            claim_id=f"{account}{hour}",
            account=account,
            began_earliest=at,
            began_latest=at,
            ended_earliest=at,
            ended_latest=at,
        )
        for account in ("north", "south")
        for hour in range(0, 1800, 2)
        for at in [f"2020-{1 + hour // 672:02}-{1 + hour % 672 // 24:02}T{hour % 24:02}:30Z"]
    ]
    found = told("hourly-clashes", *every_other_hour)

    assert len(marked(found)) <= MOST


TITLES = {
    "nobody": ([silent()], "No account dates a clash"),
    "one account alone": ([clash(**LONG)], "Clashes lasted 11 to 12 hours"),
    "one of two": ([clash(**LONG), silent()], "Clashes lasted 11 to 12 hours, according to north"),
    "two that differ": (
        [clash(**LONG), clash("south", **OPEN)],
        "Clashes lasted 11 to 12 hours according to north; south gives no end",
    ),
    "two that differ, each with an end": (
        [clash(**LONG), clash("south", **bounds("19:00", "19:00", "20:00", "20:00"))],
        "Clashes lasted 11 to 12 hours according to north, 1 hour according to south",
    ),
    "two that say the same": (
        [clash(**LONG), clash("south", **LONG)],
        "Clashes lasted 11 to 12 hours, according to both accounts",
    ),
    "three that differ": (
        [clash(**LONG), clash("south", **LONG), clash("west", **OPEN)],
        "Clashes were certain in 1 to 11 hours, by account",
    ),
    "several clashes of one": (
        [clash(**LONG), clash(claim_id="later", event_id="later", **bounds("07:00", "07:00", "08:00", "08:00"))],
        "Clashes went on in 12 hours",
    ),
    "nothing certain": (
        [clash(**bounds("17:00", None, None, "20:00")), silent()],
        "No account says in which hours clashes went on",
    ),
}


@pytest.mark.parametrize("case", TITLES)
def test_the_title_says_for_how_long_and_by_whom(case):
    claims, title = TITLES[case]

    assert told("hourly-clashes", *claims).title == title


FINDINGS = {
    "nobody": ([silent()], "No account dates a clash.", ""),
    "one account alone": ([clash(**LONG)], "Clashes lasted 11 to 12 hours in the night of 7–8 February.", ""),
    "one with an end, one without": (
        [clash(**LONG), clash("south", **OPEN), silent("west")],
        "Clashes lasted 11 to 12 hours in the night of 7–8 February, according to north.",
        "South gives a start, 19:00, but no end; 1 of 3 dates no clash.",
    ),
    "hearsay beside it": (
        [clash(**LONG), clash("south", via="a neighbour", **OPEN)],
        "Clashes lasted 11 to 12 hours in the night of 7–8 February, according to north.",
        "One account tells of clashes by hearsay.",
    ),
    "within a day": (
        [clash(**bounds("18:00", "18:00", "20:00", "20:00")), silent(), silent("west")],
        "Clashes lasted 2 hours on 7 February, according to north.",
        "2 of 3 accounts date no clash.",
    ),
}


@pytest.mark.parametrize("case", FINDINGS)
def test_the_finding_says_how_long_and_the_quiet_line_who_else_says_what(case):
    claims, sentence, quiet = FINDINGS[case]

    assert told("hourly-clashes", *claims).finding == ("Clashes", sentence, quiet)


def test_korday_opens_with_vlast_and_says_what_officials_leave_open(ask):
    assert ask("hourly-clashes").finding == (
        "Clashes",
        "Clashes lasted 11 to 12 hours in the night of 7–8 February, according to Vlast.",
        "Officials give a start, 19:00, but no end; one account tells of clashes by hearsay; 14 of 17 date no clash.",
    )
