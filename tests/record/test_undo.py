"""An undo takes back what one entry did and nothing that others did, and can be undone itself."""

import contextlib
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import claim, fields, table
from tests.record.test_contract import told
from tests.record.writers import ANN, BEN, bring, brought, mended, said, taken_back

from contested.cli.main import main
from contested.library import kept_story
from contested.model.arrow_schema import from_arrow
from contested.model.problem import ConflictError
from contested.record import open_record
from contested.record.backup import backup, export_lines, import_lines
from contested.record.release import accept, imports, release, undone
from contested.record.undo import undo
from contested.record.verify import faults

A, B, C, D, E = (claim(claim_id=name, summary=f"{name} as first told") for name in "abcde")
B2 = B.model_copy(update={"summary": "b as told again"})


def undid(record, seq, hand=BEN):
    return accept(record, undo(record, seq).release, hand)


def standing(record):
    return {one.claim_id: one.summary for one in told(record) if one.status == "standing"}


# One import of two


def test_undoing_the_smaller_of_two_imports_leaves_the_claims_of_the_other(record, tmp_path):
    brought(record, tmp_path, A, B, C, dataset="large.csv")
    small = brought(record, tmp_path, D, E, dataset="small.csv")

    entry = undid(record, small.seq)

    assert (entry.act, entry.who, entry.manifest()["undoes"]) == ("undone", "Ben", 2)
    assert set(standing(record)) == {"a", "b", "c"}
    assert list(faults(record)) == []


def test_undoing_the_second_release_of_one_file_leaves_what_the_first_stated(record, tmp_path):
    brought(record, tmp_path, A, B, C)
    second = brought(record, tmp_path, A, B2, D)
    assert set(standing(record)) == {"a", "b", "d"}

    undid(record, second.seq)

    assert standing(record) == {one.claim_id: one.summary for one in (A, B, C)}
    assert list(faults(record)) == []


def test_undoing_the_first_release_leaves_what_the_second_did(record, tmp_path):
    first = brought(record, tmp_path, A, B)
    brought(record, tmp_path, A, B2, C)

    found = undo(record, first.seq)
    accept(record, found.release, BEN)

    assert found.left == {"b": 2}
    assert standing(record) == {"b": B2.summary, "c": C.summary}


def test_what_the_desk_did_since_stays(record, tmp_path):
    first = brought(record, tmp_path, A, B, C)
    mended(record, "a", base=1, summary="a as the desk has it")
    taken_back(record, "b")

    undid(record, first.seq)

    assert standing(record) == {"a": "a as the desk has it"}


def test_an_edit_is_undone_too(record):
    said(record, "k1", summary="first")
    mended(record, "k1", summary="second")
    taken_back(record, "k1", base=2)

    undid(record, 3)
    assert standing(record) == {"k1": "second"}
    undid(record, 4)
    assert standing(record) == {}
    undid(record, 5)
    assert standing(record) == {"k1": "second"}
    assert list(faults(record)) == []


# Twice


def test_an_undo_can_be_undone_and_that_too(record, tmp_path):
    brought(record, tmp_path, A, B)
    second = brought(record, tmp_path, A, B2, C)
    after = told(record)

    first_undo = undid(record, second.seq)
    second_undo = undid(record, first_undo.seq)

    assert told(record) == after
    undid(record, second_undo.seq)
    assert standing(record) == {"a": A.summary, "b": B.summary}
    assert list(faults(record)) == []


def test_what_is_undone_is_not_undone_again_and_says_how_to_have_it_back(record, tmp_path):
    brought(record, tmp_path, A)
    undid(record, 1)

    with pytest.raises(ConflictError, match="entry 1 is undone already, by entry 2; to have it again, undo entry 2"):
        undo(record, 1)

    undid(record, 2)
    with pytest.raises(ConflictError, match="nothing of entry 1 is left to undo: entry 3 changed all its claims since"):
        undo(record, 1)


def test_who_undoes_what_somebody_changed_meanwhile_is_told(record, tmp_path):
    brought(record, tmp_path, A, B)
    seen = undo(record, 1).release
    mended(record, "a", base=1, summary="meanwhile", hand=ANN)

    with pytest.raises(ConflictError, match=r"night has moved on since: 1 new entry; .*entry 2, by Ann at 20"):
        accept(record, seen, BEN)

    assert standing(record)["a"] == "meanwhile"


def test_a_difference_is_seen_as_it_was_with_an_earlier_entry_the_last(record, tmp_path):
    brought(record, tmp_path, A, B)
    then = record.head
    wanted = (release(record, bring(tmp_path, A, B2)), undo(record, 1))
    brought(record, tmp_path, A, B2, C)

    again = (release(record, bring(tmp_path, A, B2), then), undo(record, 1, then))

    assert [one.digest() for one in (wanted[0], wanted[1].release)] == [again[0].digest(), again[1].release.digest()]
    assert release(record, bring(tmp_path, A, B2)).digest() != wanted[0].digest()


def test_what_was_seen_in_another_record_is_refused(tmp_path):
    with contextlib.ExitStack() as both:
        one, other = (
            both.enter_context(contextlib.closing(open_record(tmp_path / name, create=True)))
            for name in ("one", "other")
        )
        for record in (one, other):
            said(record, "k1", story="day")
        seen = release(one, bring(tmp_path, A))

        with pytest.raises(ConflictError, match="entry 1 is not the one that was in view"):
            accept(other, seen, ANN)


# What a story is called, and the same file again


def test_a_file_that_was_undone_is_news_again(record, tmp_path):
    brought(record, tmp_path, A, B)
    undid(record, 1)

    one = release(record, bring(tmp_path, A, B))
    accept(record, one, ANN)

    assert one.is_news
    assert set(standing(record)) == {"a", "b"}


def test_a_file_whose_undo_was_undone_is_recorded_already(record, tmp_path):
    brought(record, tmp_path, A, B)
    undid(record, 1)
    undid(record, 2)

    assert not release(record, bring(tmp_path, A, B)).is_news


def test_a_label_that_was_undone_goes_back_to_the_one_before(record, tmp_path):
    brought(
        record, tmp_path, A, tables={"events": [{"event_id": "night", "label": "The night"}]}, package={"title": "N"}
    )
    labels = {"events": [{"event_id": "night", "label": "Wrong"}, {"event_id": "dawn", "label": "Dawn"}]}
    brought(record, tmp_path, A, tables=labels, package={"title": "Wrong"})
    assert kept_story(record).events["night"].label == "Wrong"

    undid(record, 2)

    story = kept_story(record)
    assert (story.package.title, story.events["night"].label) == ("N", "The night")
    assert story.events["dawn"].label == "Dawn", "nothing else names it, and an earlier day may be asked for"


def test_a_copy_of_a_record_with_undos_is_the_same_record(record, tmp_path):
    brought(record, tmp_path, A, B)
    undid(record, 1)
    undid(record, 2)

    copies = (lambda other: backup(record, other), lambda other: import_lines(export_lines(record), other))
    for turn, copied in enumerate(copies):
        with contextlib.closing(open_record(tmp_path / f"copy{turn}", create=True)) as other:
            assert copied(other) == 3
            assert other.head == record.head
            assert list(faults(other)) == []
            assert told(other) == told(record)


# Any order of all that can be done

NAMES = st.sampled_from("abcd")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("load"), st.sampled_from("xy"), st.dictionaries(NAMES, st.integers(0, 3), max_size=4)),
        st.tuples(st.just("correct"), NAMES, st.integers(0, 9)),
        st.tuples(st.just("withdraw"), NAMES),
        st.tuples(st.just("undo"), st.integers(1, 12)),
    ),
    max_size=10,
)


def step(record, folder, one):
    """Take one step as far as it can be taken; of an undo, say what it was and how all stood before."""
    match one:
        case ("load", dataset, counts):
            claims = [claim(claim_id=f"{dataset}{name}", measure="killed", best=best) for name, best in counts.items()]
            found = release(record, bring(folder, *claims, dataset=dataset))
            accept(record, found, ANN)
        case ("correct", name, best):
            if seen := record.revisions("night", f"x{name}"):
                mended(record, f"x{name}", base=seen[-1].rev, measure="killed", best=best)
        case ("withdraw", name):
            seen = record.revisions("night", f"x{name}")
            if seen and seen[-1].act != "withdrawn":
                taken_back(record, f"x{name}", base=seen[-1].rev)


def stood(record, until=None):
    return {
        one.claim_id: one.model_copy(update={"recorded_at": None})
        for one in from_arrow(kept_story(record, "night", until).claims)
    }


def check_undo(record, seq):
    """Undo an entry, and hold every claim against how it stood before that entry, and before the undo."""
    now, entry = stood(record), record.entry(seq)
    before = stood(record, record.entry(seq - 1).head()) if seq > 1 else {}
    changed = {one for one, _ in revised_by(record, entry)}
    own = {one for one in changed if record.revisions("night", one)[-1].seq == seq}

    done = undid(record, seq)
    after = stood(record)

    assert {name: after[name] for name in after if name not in own} == {n: now[n] for n in now if n not in own}
    for name in own & set(before):
        assert after[name] == before[name]
    for name in own - set(before):
        assert after[name] == now[name].model_copy(update={"status": "withdrawn"})
    assert undone(imports(record, "night"))[seq] == done.seq

    undid(record, done.seq)
    assert stood(record) == now


def revised_by(record, entry):
    sql = "select claim_id, act from revision where story = ? and seq = ?"
    return record.database.query(sql, entry.story, entry.seq)


@settings(max_examples=settings().max_examples // 2)
@given(STEPS)
def test_in_any_order_an_undo_changes_its_entry_s_claims_alone_and_its_undo_gives_them_back(steps):
    with tempfile.TemporaryDirectory() as home, contextlib.closing(open_record(f"{home}/r", create=True)) as record:
        for one in steps:
            if one[0] == "undo" and record.head.seq:
                with contextlib.suppress(ConflictError):
                    check_undo(record, one[1] % record.head.seq + 1)
            else:
                step(record, Path(home), one)
        assert list(faults(record)) == []


# In the terminal


def test_the_terminal_lists_entries_as_what_they_are_and_undoes_one(tmp_path, capsys):
    store = str(tmp_path / "desk.record")

    def run(*command):
        code = main([*command, "--store", store, "--who", "Ann"])
        heard = capsys.readouterr()
        return code, re.sub(r"at 20\S+", "at …", heard.out + heard.err)

    assert run("load", str(table(tmp_path / "night.csv", fields(claim_id="a"), fields(claim_id="b"))))[0] == 0
    assert run("undo", "1") == (2, "contested: why is entry 1 undone? say it with --why; it is kept\n")
    code, heard = run("undo", "1", "--why", "sent by mistake")
    assert (code, heard.splitlines()[-1]) == (0, "entry 1 is undone, recorded as entry 2; to have it again: undo 2")
    assert run("undo", "2", "--why", "it was right")[0] == 0

    assert run("undo")[1].splitlines() == [
        "entry 1 of night: imported night.csv, 2 claims, by Ann at …",
        "entry 2 of night: undo of entry 1, 2 claims, by Ann at … (sent by mistake)",
        "entry 3 of night: undo of entry 2, 2 claims, by Ann at … (it was right)",
    ]
    assert main(["history", "a", "--store", store]) == 0
    told_of_it = capsys.readouterr().out
    assert "2. withdrawn by Ann at " in told_of_it
    assert "(undo of entry 1): sent by mistake" in told_of_it
    assert run("undo", "1", "--why", "x")[1].startswith(
        "contested: nothing of entry 1 is left to undo: entry 3 changed"
    )
    assert run("undo", "9", "--why", "x")[1] == "contested: there is no entry 9\n"
