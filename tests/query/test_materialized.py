"""A store of few claims copies out what a selection holds; it answers as one of many does, which copies nothing."""

from concurrent.futures import ThreadPoolExecutor

import duckdb
import pandas as pd
import pytest
from tests.claims_for_tests import claim, night
from tests.conftest import dealt

from contested import CHARTS, Selection, Store, answer
from contested.query.relations import copies
from contested.query.store import FEW

IDS = "select claim_id from selected order by claim_id"
KEPT = "select count(*) from duckdb_databases() where database_name like 'selection%'"
CHOSEN = (
    {},
    {"by": "side"},
    {"account": ("vlast",), "hedged": True},
    {"kind": ("clash", "arrival"), "since": "2020-02-07T18:00+06:00", "until": "2020-02-08T06:00+06:00"},
    {"as_known_at": "2020-02-08T23:59+06:00", "zone": "Asia/Almaty"},
    {"as_known_at": "2030-01-01T00:00Z", "known_by": "recorded"},
)


@pytest.fixture(scope="module")
def stores(korday):
    return Store(korday.claims), Store(korday.claims, few=0)


@pytest.mark.parametrize(
    ("chart", "chosen"), dealt(CHARTS, CHOSEN, 2), ids=lambda one: str(one) if isinstance(one, dict) else one.key
)
def test_few_claims_are_answered_as_many_are(chart, chosen, korday, stores):
    copied, planned = (answer(chart, korday, store, Selection(**chosen)) for store in stores)

    frames = ["delays"] if chart.key == "pooled-delays" else []
    pd.testing.assert_frame_equal(*(found.rows.drop(columns=frames) for found in (copied, planned)))
    for name in frames:
        for one, other in zip(copied.rows[name], planned.rows[name], strict=True):
            pd.testing.assert_frame_equal(one, other)
    assert (copied.sentence, copied.caveat, copied.stamp()) == (planned.sentence, planned.caveat, planned.stamp())


def test_every_relation_is_copied_with_what_it_needs():
    assert list(copies(Selection())) == ["known", "selected"]
    assert "$as_known_at" in copies(Selection(as_known_at=night("18:00")))["known"]


def test_what_is_added_is_in_the_next_answer_however_often_it_was_asked_before():
    store = Store([claim()])

    for number in range(2, 5):
        assert len(store.ask(IDS, Selection())) == number - 1
        store.add([claim(claim_id=f"k{number}")])
        assert len(store.ask(IDS, Selection())) == number


def test_one_selection_is_not_asked_for_another():
    store = Store([claim(), claim(claim_id="k2", account="south")])
    chosen = [Selection(), Selection(account=("south",)), Selection(as_known_at=night("18:00")), Selection()]

    assert [len(store.ask(IDS, one)) for one in chosen] == [2, 1, 0, 2]


def test_two_zones_share_the_copies_and_each_reads_its_own_time():
    store = Store([claim(stated_at=night("23:30"))])
    told = [store.ask("select stated_at from selected", Selection(zone=zone)) for zone in ("UTC", "Asia/Almaty")]

    assert [f"{one['stated_at'].iloc[0]:%d %H:%M}" for one in told] == ["07 23:30", "08 05:30"]


def test_a_store_that_grows_past_few_no_longer_copies():
    store = Store([claim()], few=1)
    assert store.ask(IDS, Selection())["claim_id"].tolist() == ["k1"]

    store.add([claim(claim_id="k2")])

    assert store.ask(IDS, Selection())["claim_id"].tolist() == ["k1", "k2"]
    assert FEW > 1


@pytest.mark.parametrize("few", [0, FEW])
def test_many_may_ask_at_once(few):
    store = Store([claim(claim_id=f"k{number}", account=f"a{number % 7}") for number in range(70)], few=few)
    asked = [Selection(account=(f"a{number % 7}",) * (number % 3 > 0)) for number in range(200)]

    with ThreadPoolExecutor(8) as several:
        found = list(several.map(lambda one: len(store.ask(IDS, one)), asked))

    assert found == [10 if one.account else 70 for one in asked]


def test_many_may_ask_of_one_selection_at_once_and_it_is_copied_once():
    store = Store([claim(claim_id=f"k{number}") for number in range(70)])
    asked = ["select count(*) from selected", "select count(*) from known", KEPT] * 30

    with ThreadPoolExecutor(8) as several:
        found = list(several.map(lambda one: store.ask(one, Selection()).iloc[0, 0], asked))

    assert found == [70, 70, 1] * 30


def test_what_nobody_holds_any_more_is_gone():
    store = Store([claim(claim_id=f"k{number}", account=f"a{number}") for number in range(40)])
    kept = [store.ask(KEPT, Selection(account=(f"a{number}",))).iloc[0, 0] for number in range(40)]
    store.forget()

    assert kept == [*range(1, 32), *[32] * 9]
    assert store.ask(KEPT, Selection()).iloc[0, 0] == 1


def test_a_question_that_failed_leaves_the_next_one_its_copies():
    store = Store([claim()])

    for _ in range(2):
        with pytest.raises(duckdb.BinderException):
            store.ask("select nothing_of_that_name from selected", Selection())
        assert store.ask(KEPT, Selection()).iloc[0, 0] == 1


def test_more_selections_than_are_kept_may_be_asked_again():
    store = Store([claim(claim_id=f"k{number}", account=f"a{number}") for number in range(40)])
    each = [Selection(account=(f"a{number}",)) for number in range(40)]

    for _ in range(2):
        assert [store.ask(IDS, one)["claim_id"].tolist() for one in each] == [[f"k{number}"] for number in range(40)]


@pytest.mark.parametrize("few", [0, FEW])
def test_a_question_that_was_put_before_is_answered_for_who_asks_it_now(few):
    store = Store([claim(claim_id=name, account=name) for name in "ab"], few=few)
    asked = "select claim_id, $zone as zone from selected where account <> $stop"

    for zone, account in (("UTC", "a"), ("Asia/Almaty", "b"), ("UTC", "a")):
        [row] = store.ask(asked, Selection(zone=zone, account=(account,))).to_dict("records")
        assert row == {"claim_id": account, "zone": zone}


def test_a_text_that_is_no_question_is_refused_as_often_as_it_is_put():
    store = Store([claim()])

    for _ in range(2):
        with pytest.raises(duckdb.ParserException):
            store.ask("select from where", Selection())
    assert store.ask(IDS, Selection())["claim_id"].tolist() == ["k1"]
