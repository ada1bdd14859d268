"""The filters in use: each has a pill that takes it off, whichever it is."""

import pytest

from active_filters import active
from contested import Selection

ELSEWHERE = {"as_known_at", "compared_with", "zone", "open_groups", "target_minutes", "group", "period"}
"""What is taken off where it is seen: by the slider, in Changes, by a chip, in Delays; a zone hides nothing."""
CHOSEN = {
    "account": ("vlast",),
    "side": ("dungan",),
    "kind": ("clash", "call", "arrival"),
    "place": ("sortobe",),
    "event": ("night",),
    "where": ("hour=17:00",),
    "from": "2020-02-07T12:00+06:00",
    "to": "2020-02-08T09:00+06:00",
    "known_by": "published",
    "by": "side",
    "hedged": True,
    "start": "call",
    "stop": "end",
    "units": "every",
    "calls": "every",
    "scenario": "start=officials,stop=vlast",
    "resolution": "majority",
    "trimmed_below_minutes": 1,
    "trimmed_above_minutes": 60,
}


def test_every_filter_in_use_has_a_pill_that_takes_it_off(korday):
    pills = list(active(korday, Selection.model_validate({"zone": "Asia/Almaty"} | CHOSEN)))

    taken_off = [name for pill in pills for name in pill.parameters]
    fields = {field.alias or name for name, field in Selection.model_fields.items()}
    assert sorted(taken_off) == sorted(fields - ELSEWHERE)


def test_a_page_as_usual_has_no_pills(korday):
    assert list(active(korday, Selection(zone="Asia/Almaty"))) == []


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"kind": ("clash", "call", "arrival")}, "3 kinds"),
        ({"place": ("sortobe", "taraz")}, "Sortobe (Korday district) or Taraz"),
        ({"from": "2020-02-07T12:00+06:00", "to": "2020-02-08T09:00+06:00"}, "7 Feb, 12:00 to 8 Feb 2020, 09:00"),
        ({"from": "2020-02-07T12:00+06:00"}, "from 7 Feb 2020, 12:00"),
        ({"period": "week"}, "by week"),
        ({"group": "weekday"}, "by weekday"),
        ({"target_minutes": 8}, "target 8 minutes"),
    ],
    ids=str,
)
def test_a_pill_is_short(korday, chosen, said):
    [pill] = active(korday, Selection.model_validate({"zone": "Asia/Almaty"} | chosen))

    assert pill.words == said
