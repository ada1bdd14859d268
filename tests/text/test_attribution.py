"""Attribution: one sentence that names who, when, and every figure that differs, as an editor would paste it."""

import pytest
from tests.claims_for_tests import claim

from contested import Measure, Selection, Store
from contested.model.arrow_schema import from_arrow
from contested.query.legend import Legend, Voice
from contested.query.selection import By
from contested.query.voices import legend_of, voices
from contested.text.attribution import COUNTED, NOBODY, attributed

LEGEND = Legend(
    (
        Voice("north", "North", 0),
        Voice("south", "South", 1),
        Voice("paper", "The Paper", 2),
        Voice("talk", "Rumour", 3),
    ),
    Selection(zone="Asia/Almaty"),
    events={"night": "The night", "road": "The road"},
)
DAYS = {"north": "08", "south": "09", "paper": "11", "talk": "12"}


def said(account="north", **stated):
    stated = {"stated_at": f"2020-02-{DAYS.get(account, '08')}T06:00Z"} | stated
    return claim(**{"claim_id": f"{account}{stated.get('best')}{stated.get('low')}", "account": account} | stated)


def killed(account="north", **stated):
    return said(account, measure="killed", **stated)


SNAPSHOTS = {
    "empty": ([], NOBODY),
    "one account": ([killed(best=8)], "8 people were killed, according to North on 8 February 2020."),
    "on a day that ends at midnight": (
        [killed(best=8, stated_earliest="2020-02-11T00:00+06:00", stated_at="2020-02-12T00:00+06:00")],
        "8 people were killed, according to North on 11 February 2020.",
    ),
    "within two days": (
        [killed(best=8, stated_earliest="2020-02-11T00:00+06:00", stated_at="2020-02-12T23:59+06:00")],
        "8 people were killed, according to North within 11–12 February 2020.",
    ),
    "singular": ([killed(best=1)], "1 person was killed, according to North on 8 February 2020."),
    "none": ([killed(best=0)], "No people were killed, according to North on 8 February 2020."),
    "one says none": (
        [killed(best=8), killed("south", best=0)],
        "8 people were killed, according to North on 8 February 2020; South said none on 9 February 2020.",
    ),
    "at least": ([killed(low=8)], "At least 8 people were killed, according to North on 8 February 2020."),
    "at least one": ([killed(low=1)], "At least 1 person was killed, according to North on 8 February 2020."),
    "at most": ([killed(high=8)], "At most 8 people were killed, according to North on 8 February 2020."),
    "range": ([killed(low=8, high=12)], "8 to 12 people were killed, according to North on 8 February 2020."),
    "range around a figure": (
        [killed(low=8, best=10, high=12)],
        "10 (8 to 12) people were killed, according to North on 8 February 2020.",
    ),
    "two figures differ": (
        [killed(low=8), killed("paper", best=10)],
        "At least 8 people were killed, according to North on 8 February 2020; The Paper said 10 on 11 February 2020.",
    ),
    "the order is that of saying": (
        [killed("paper", best=10), killed(low=8)],
        "At least 8 people were killed, according to North on 8 February 2020; The Paper said 10 on 11 February 2020.",
    ),
    "three figures differ": (
        [killed(best=8), killed("south", best=10), killed("paper", best=11)],
        (
            "8 people were killed, according to North on 8 February 2020; South said 10 on 9 February 2020; "
            "The Paper said 11 on 11 February 2020."
        ),
    ),
    "all equal": (
        [killed(best=10), killed("south", best=10), killed("paper", best=10)],
        (
            "10 people were killed, according to North on 8 February 2020, South on 9 February 2020 and The Paper on "
            "11 February 2020."
        ),
    ),
    "two of three equal": (
        [killed(best=8), killed("south", best=10), killed("paper", best=10)],
        (
            "8 people were killed, according to North on 8 February 2020; 10, according to South on 9 February 2020 "
            "and The Paper on 11 February 2020."
        ),
    ),
    "the same voice twice": (
        [killed(best=8), killed(best=8, claim_id="again", stated_at="2020-02-10T06:00Z")],
        "8 people were killed, according to North on 8 February 2020 and on 10 February 2020.",
    ),
    "the same voice twice a day": (
        [killed(best=8), killed(best=8, claim_id="again", stated_at="2020-02-08T16:00Z")],
        "8 people were killed, according to North on 8 February 2020.",
    ),
    "unknown figure": ([killed(summary="People died.")], "People died, according to North on 8 February 2020."),
    "all silent of the figure": (
        [killed(summary="People died."), killed("south", summary="The dead were not counted.")],
        (
            "People died, according to North on 8 February 2020; the dead were not counted, according to South on "
            "9 February 2020."
        ),
    ),
    "only words": (
        [killed(figure_words="thousands")],
        "Thousands of people were killed, according to North on 8 February 2020.",
    ),
    "words that need no of": (
        [said(measure="participants", figure_words="a few hundred")],
        "A few hundred people took part, according to North on 8 February 2020.",
    ),
    "about": (
        [said(measure="displaced", best=24000, figure_words="about")],
        "About 24,000 people were displaced, according to North on 8 February 2020.",
    ),
    "over, where only the lower end is kept": (
        [said(measure="injured", low=170, figure_words="over")],
        "Over 170 people were injured, according to North on 8 February 2020.",
    ),
    "words that the number does not say": (
        [said(measure="displaced", best=12000, figure_words="half of 24,000")],
        "12,000 people were displaced (“half of 24,000”), according to North on 8 February 2020.",
    ),
    "definition": (
        [said(measure="injured", best=137, definition="sought medical help")],
        "137 people were injured (sought medical help), according to North on 8 February 2020.",
    ),
    "definitions never differ from each other": (
        [said(measure="injured", best=137, definition="sought help"), said("south", measure="injured", best=40)],
        (
            "137 people were injured (sought help), according to North on 8 February 2020; 40 people were injured, "
            "according to South on 9 February 2020."
        ),
    ),
    "victims": (
        [said(measure="injured", best=5, victims="police")],
        "5 people (police) were injured, according to North on 8 February 2020.",
    ),
    "a part is not another total": (
        [killed(best=10), killed(best=1, part_of="north10None", stated_at="2020-02-09T06:00Z")],
        (
            "10 people were killed, according to North on 8 February 2020; 1 person was killed (part of a larger "
            "figure), according to North on 9 February 2020."
        ),
    ),
    "two events are two figures": (
        [killed(best=8), killed("south", best=2, event_id="road")],
        (
            "8 people were killed (in: The night), according to North on 8 February 2020; 2 people were killed "
            "(in: The road), according to South on 9 February 2020."
        ),
    ),
    "a unit of its own": (
        [said(measure="money", best=265, unit="USD")],
        "265 USD were named, according to North on 8 February 2020.",
    ),
    "hearsay of the account itself": (
        [said("paper", via="The Paper > people", summary="Police set out at 18:00.")],
        "Police set out at 18:00, according to The Paper, citing people, on 11 February 2020.",
    ),
    "hearsay through another": (
        [killed(best=11, via="24.kg > official data")],
        "11 people were killed, according to 24.kg, citing official data [North], on 8 February 2020.",
    ),
    "hearsay with a figure that differs": (
        [killed(best=10), killed("paper", best=11, via="The Paper > people")],
        (
            "10 people were killed, according to North on 8 February 2020; The Paper, citing people, said 11 on "
            "11 February 2020."
        ),
    ),
    "hearsay of one link": (
        [killed(best=11, via="a neighbour")],
        "11 people were killed, according to North, citing a neighbour, on 8 February 2020.",
    ),
    "hearsay of three": (
        [said("paper", via="The Paper > chairman > a guest", summary="Somebody called out.")],
        "Somebody called out, according to The Paper, citing chairman, citing a guest, on 11 February 2020.",
    ),
    "denial of a figure": (
        [killed("south", best=8, stance="denies")],
        "South on 9 February 2020 denied that 8 people were killed.",
    ),
    "a figure, and its denial": (
        [killed(best=8), killed("south", best=8, stance="denies")],
        (
            "8 people were killed, according to North on 8 February 2020; South on 9 February 2020 denied that 8 "
            "people were killed."
        ),
    ),
    "denial without a figure": (
        [said(stance="denies", summary="The police did not fire.")],
        "The police did not fire, according to a denial by North on 8 February 2020.",
    ),
    "a rumour passed on": (
        [said("talk", stance="relays", measure="participants", best=8, via="chairman > the internet")],
        "8 people took part, as passed on by chairman, citing the internet [Rumour], on 12 February 2020.",
    ),
    "a rumour beside figures": (
        [killed(best=10), killed("talk", best=8, stance="relays")],
        "10 people were killed, according to North on 8 February 2020; Rumour passed on 8 on 12 February 2020.",
    ),
    "a correction": (
        [killed(best=8), killed("south", best=10, stance="corrects")],
        "8 people were killed, according to North on 8 February 2020; South corrected it to 10 on 9 February 2020.",
    ),
    "a correction alone": (
        [said("paper", stance="corrects", summary="It was a regional hospital.")],
        "It was a regional hospital, according to a correction by The Paper on 11 February 2020.",
    ),
    "withdrawn": (
        [killed(best=8, status="withdrawn")],
        "8 people were killed, according to North on 8 February 2020 (since withdrawn).",
    ),
    "a day in doubt": (
        [killed(best=8, stated_earliest="2020-02-07T06:00Z")],
        "8 people were killed, according to North between 7 February 2020 and 8 February 2020.",
    ),
    "a day unknown": ([killed(best=8, stated_at="")], "8 people were killed, according to North on an unknown date."),
    "known only since": (
        [killed(best=8, stated_at="", stated_earliest="2020-02-07T06:00Z")],
        "8 people were killed, according to North on or after 7 February 2020.",
    ),
    "the day is the viewer's": (
        [killed(best=8, stated_at="2020-02-08T20:00Z")],
        "8 people were killed, according to North on 9 February 2020.",
    ),
    "an account without a label": (
        [killed("west", best=8)],
        "8 people were killed, according to west on 8 February 2020.",
    ),
    "line breaks and stops of a summary": (
        [said(summary="They  fought\nall night..")],
        "They fought all night, according to North on 8 February 2020.",
    ),
}


@pytest.mark.parametrize("case", SNAPSHOTS)
def test_sentence(case):
    claims, sentence = SNAPSHOTS[case]

    assert attributed(claims, LEGEND) == sentence


def test_what_was_replaced_since_says_so():
    claims = [killed(best=8), killed(best=10, stated_at="2020-02-09T06:00Z")]

    assert attributed(claims, LEGEND, {"north8None": "superseded"}) == (
        "8 people were killed, according to North on 8 February 2020 (since replaced); "
        "North said 10 on 9 February 2020."
    )


@pytest.mark.parametrize("measure", Measure)
def test_every_measure_can_be_said_of_one_and_of_several(measure):
    for best in (1, 2):
        assert attributed([said(measure=measure, best=best)], LEGEND).startswith(
            f"{best} {COUNTED[measure][0][best - 1]}"
        )


def test_every_claim_of_the_story_names_its_account_or_chain_and_its_day(korday):
    accounts = voices(korday, Store(korday.claims).facets(), By.ACCOUNT)
    legend = legend_of(korday, Selection(zone="Asia/Almaty"), accounts)

    for one in from_arrow(korday.claims):
        sentence = attributed([one], legend)
        assert legend.label(one.account) in sentence
        assert all(part in sentence for part in one.hearsay())
        assert "February 2020" in sentence
