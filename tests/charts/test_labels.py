"""No label touches another, whoever tells whatever: by boxes reckoned from the figure, from a phone to a desk."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from tests.charts.boxes import in_the_plot, on_bars, outside, overlapping, texts
from tests.claims_for_tests import claim

from contested import CHARTS, Selection, Store, Story, answer
from contested.model.arrow_schema import to_arrow
from contested.model.side_tables import Account
from contested.model.story import Package

WIDTHS = (328, 560, 1160)
START = datetime(2020, 2, 7, 12, tzinfo=UTC)
NAMES = ("Residents of the north side", "Town hall", "Police", "Radio Delta, a station of the valley", "Vlast", "A")
KINDS = ("clash", "call", "dispatch", "arrival", "statement", "other", "roadblock")
LABELS = (None, None, "17:40 crowd at the bridge", "thirty letters and not one more"[:30])


def drawn(number, claims, seed):
    """Draw a story of so many accounts, the last of them in a group; some of them date nothing."""
    chance = Random(seed)  # noqa: S311 a story to draw, no secret
    accounts = {
        f"a{place}": Account(
            account=f"a{place}",
            label=f"{NAMES[place % len(NAMES)]} {place}",
            group="Outlets" if place > 8 and place % 2 else None,
        )
        for place in range(number)
    }
    told = [claim(claim_id=f"s{key}", account=key, kind="statement") for key in accounts]
    for place in range(claims):
        said = times(chance) | words(chance) | {"account": f"a{int(number * chance.random() ** 2)}"}
        told.append(claim(claim_id=f"k{place}", event_id=f"e{place}", **said))
    return Story("drawn", Package(title="Drawn"), to_arrow(told), accounts=accounts), Store(told)


def times(chance):
    """Draw an instant, a day, a bound alone, all four bounds or no end, within three days."""
    at = START + timedelta(minutes=5 * chance.randrange(700))
    gaps = [timedelta(minutes=chance.randrange(400)) for _ in range(3)]
    day = at.replace(hour=0, minute=0)
    moments = [at, at + gaps[0], at + gaps[0] + gaps[1], at + sum(gaps, timedelta())]
    names = ("began_earliest", "began_latest", "ended_earliest", "ended_latest")
    return chance.choice(
        [
            {"began_earliest": at, "began_latest": at},
            {"began_earliest": day, "began_latest": day + timedelta(days=1)},
            {"began_latest": at},
            {"began_earliest": at},
            dict(zip(names, moments, strict=True)),
            dict(zip(names[:3], moments[:3], strict=True)),
        ]
    )


def words(chance):
    """Draw what makes a claim less than a telling, and whether an editor gave it a label."""
    return {
        "kind": chance.choice(KINDS),
        "label": chance.choice(LABELS),
        "via": chance.choice([None, None, "a neighbour"]),
        "stance": chance.choice(["asserts", "asserts", "denies", "relays"]),
        "status": chance.choice(["standing", "standing", "withdrawn"]),
    }


@pytest.mark.parametrize("key", ["timeline", "hourly-clashes"])
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("number", "claims"), [(1, 12), (7, 40), (12, 60), (60, 260)])
def test_no_label_touches_another_nor_a_bar_that_is_not_its_own(key, number, claims, seed):
    chart = next(one for one in CHARTS if one.key == key)
    found = answer(chart, *drawn(number, claims, seed), Selection())

    for width in WIDTHS:
        figure = found.figure(width)
        assert overlapping(figure) == []
        assert on_bars(figure) == []
        assert outside(figure) == []
        assert in_the_plot(figure) == []


@pytest.mark.parametrize("key", ["timeline", "hourly-clashes"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_label_of_korday_touches_another(ask, key, width):
    figure = ask(key).figure(width)

    assert overlapping(figure) == []
    assert on_bars(figure) == []
    assert outside(figure) == []


@pytest.mark.parametrize("key", ["timeline", "hourly-clashes"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_account_stands_on_the_chart_by_name(ask, key, width):
    found = ask(key)
    written = " ".join(box.text for box in texts(found.figure(width)))

    assert [lane.label for lane in found.legend.lanes() if lane.label not in written] == []
