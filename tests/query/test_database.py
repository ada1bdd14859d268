"""Many claims are kept in a file of their own, and answered as in memory."""

import gc
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import claim, night

from contested import CHARTS, Selection, Store, Story, answer
from contested.model.arrow_schema import to_arrow
from contested.model.story import Package

IDS = "select claim_id from selected order by claim_id"
CLOCKS = [f"{hour:02}:00" for hour in range(17, 23)]
MOMENTS = st.sampled_from(CLOCKS).map(night)


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    """Find the folders that stores make in a place of their own."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return lambda: list(tmp_path.glob("contested-*"))


@st.composite
def claims(draw):
    """Draw the claims of a night: milestones and casualties, some in doubt, some repeated or replaced."""
    number = draw(st.integers(1, 14))
    told = []
    for place in range(number):
        kind = draw(st.sampled_from(["clash", "call", "dispatch", "arrival", "end", "casualties"]))
        early, late = sorted(draw(st.lists(MOMENTS, min_size=2, max_size=2)))
        more = {"measure": "killed", "best": draw(st.integers(0, 9))} if kind == "casualties" else {}
        other = draw(st.none() | st.integers(0, place - 1)) if place else None
        told.append(
            claim(
                claim_id=f"k{place}",
                event_id=draw(st.sampled_from(["one", "two"])),
                account=draw(st.sampled_from(["north", "south"])),
                side=draw(st.sampled_from(["n", "s", None])),
                place=draw(st.sampled_from(["masanchi", None])),
                kind=kind,
                began_earliest=early,
                began_latest=late,
                stated_at=night("23:00"),
                supersedes=(f"k{other}",) if other is not None and told[other].account == "north" else (),
                **more,
            )
        )
    return told


SELECTIONS = st.builds(
    Selection,
    account=st.sampled_from([(), ("north",)]),
    since=st.none() | MOMENTS,
    by=st.sampled_from(["account", "side"]),
    hedged=st.booleans(),
    as_known_at=st.sampled_from([None, night("23:30")]),
    start=st.sampled_from(["onset", "call"]),
    calls=st.sampled_from(["arrivals", "every"]),
)


@settings(max_examples=settings().max_examples // 10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=claims(), chosen=SELECTIONS, charts=st.permutations(CHARTS))
def test_any_chart_answers_from_a_file_as_it_does_from_memory(told, chosen, charts):
    """Eight of a drawn order of all: each is as likely as any other."""
    story = Story("night", Package(title="Night"), to_arrow(told))
    in_memory, in_file = Store(told, few=0), Store(told, few=0, many=0)

    for chart in charts[:8]:
        one, other = (answer(chart, story, store, chosen) for store in (in_memory, in_file))
        assert one.document() == other.document()
    in_file.close()


@pytest.fixture
def store():
    return Store([claim()], few=0, many=0)


def test_few_claims_make_no_file(folders):
    assert Store([claim()]).summary(Selection()).claims == 1
    assert folders() == []


@pytest.mark.usefixtures("store")
def test_the_folder_is_for_nobody_else(folders):
    [folder] = folders()

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (folder / "claims.duckdb").is_file()


def test_a_store_that_is_closed_leaves_nothing(store, folders):
    store.close()

    assert folders() == []


def test_nor_does_one_that_nobody_holds_any_more(folders):
    Store([claim()], many=0)
    gc.collect()

    assert folders() == []


def test_two_stores_of_the_same_claims_do_not_wait_for_each_other(folders):
    one, other = (Store([claim()], few=0, many=0) for _ in range(2))

    one.add([claim(claim_id="k2")])

    assert (len(one.ask(IDS, Selection())), len(other.ask(IDS, Selection()))) == (2, 1)
    assert len(folders()) == 2


def test_what_a_process_left_that_was_killed_is_removed_when_the_next_opens(folders, tmp_path):
    code = f"""
import os
import tempfile
tempfile.tempdir = {str(tmp_path)!r}
from contested import Store
store = Store(many=-1)
os.kill(os.getpid(), 9)
"""
    subprocess.run([sys.executable, "-c", code], check=False)  # noqa: S603 our own
    [left] = folders()
    running = Store([claim()], many=0)

    [folder] = folders()
    assert folder != left

    other = Store([claim()], many=0)
    assert (len(folders()), len(running.ask(IDS, Selection()))) == (2, 1)
    other.close()


@pytest.mark.parametrize(
    "question",
    [
        "select * from read_csv('{path}')",
        "select * from read_text('{path}')",
        "select * from glob('/etc/*')",
        "copy (select 1) to '{path}.out'",
        "attach '{path}.duckdb'",
        "set enable_external_access = true",
        "set memory_limit = '100GB'",
        "install httpfs",
    ],
)
def test_its_sql_reaches_nothing_but_its_own_file(question, store, tmp_path):
    path = tmp_path / "secret.csv"
    path.write_text("word\nopen sesame\n", encoding="utf-8")

    with pytest.raises(duckdb.Error, match=r"disabled|locked|Cannot"), store._database.cursor() as cursor:  # noqa: SLF001
        cursor.execute(question.format(path=path))
    assert not path.with_name("secret.csv.out").exists()


def test_what_is_spilled_stays_in_its_folder(store, folders):
    with store._database.cursor() as cursor:  # noqa: SLF001 the setting itself
        [[spilled]] = cursor.execute("select current_setting('temp_directory')").fetchall()

    assert Path(spilled).parent == folders()[0]


def test_what_is_added_to_a_file_is_in_the_next_answer(store):
    store.add([claim(claim_id="k2", account="south")])

    pd.testing.assert_frame_equal(store.ask(IDS, Selection()), pd.DataFrame({"claim_id": ["k1", "k2"]}))
