"""A release is seen as a difference, and accepted whole or not at all, on every kind of record."""

import hashlib
import io

import pyarrow.parquet
import pytest
from tests.claims_for_tests import claim
from tests.record.test_contract import told
from tests.record.writers import ANN, BEN, acts, bring, brought, mended, said, taken_back

from contested.model.problem import ConflictError
from contested.record.entry import EMPTY_HEAD
from contested.record.own_edits import Edits
from contested.record.release import accept, changes, edits_kept, release
from contested.record.verify import faults

A, B, C = (claim(claim_id=name, summary=f"{name} of the first release") for name in "abc")
B2 = B.model_copy(update={"summary": "b of the second release", "best": 3, "measure": "killed"})


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_first_release_states_every_claim(record, tmp_path):
    one = release(record, bring(tmp_path, A, B))

    assert acts(one) == {"a": "stated", "b": "stated"}
    assert record.head == EMPTY_HEAD

    entry = accept(record, one, ANN)

    assert told(record) == [A, B]
    assert (entry.act, entry.who, entry.why) == ("imported", *ANN[:2])
    assert [(one.rev, one.act, one.seq) for one in record.revisions("night", "a")] == [(1, "stated", 1)]
    assert list(faults(record)) == []


def test_the_same_file_twice_adds_nothing_and_says_so(record, tmp_path):
    brought(record, tmp_path, A, B)
    one = release(record, bring(tmp_path, A, B))

    assert not one.is_news
    assert acts(one) == {}


def test_a_new_release_corrects_states_and_withdraws(record, tmp_path):
    brought(record, tmp_path, A, B)
    one = release(record, bring(tmp_path, B2, C))

    assert acts(one) == {"b": "corrected", "c": "stated", "a": "withdrawn"}
    assert list(changes(record, one)) == [
        f"corrected b: summary {B.summary} → {B2.summary}, measure unknown → killed, best unknown → 3",
        "stated c: c of the first release",
        "withdrawn a: a of the first release",
    ]

    accept(record, one, BEN)

    assert [(one.claim_id, one.status) for one in told(record)] == [
        ("a", "withdrawn"),
        ("b", "standing"),
        ("c", "standing"),
    ]
    assert told(record)[1] == B2
    assert list(faults(record)) == []


def test_an_older_release_that_comes_back_is_news_again(record, tmp_path):
    brought(record, tmp_path, A, B)
    brought(record, tmp_path, B2)

    one = release(record, bring(tmp_path, A, B))
    accept(record, one, ANN)

    assert acts(one) == {"a": "corrected", "b": "corrected"}
    assert told(record) == [A, B]


def test_nothing_is_withdrawn_where_rows_were_refused_for_one_of_them_may_be_the_missing_one(record, tmp_path):
    brought(record, tmp_path, A, B)

    assert acts(release(record, bring(tmp_path, A, refused=1))) == {}
    assert acts(release(record, bring(tmp_path, A, refused=0))) == {"b": "withdrawn"}


def test_an_edit_of_the_desk_outlives_a_release_that_does_not_touch_the_claim(record, tmp_path):
    brought(record, tmp_path, A, B)
    mended(record, "a", base=1, summary="mended by the desk")
    taken_back(record, "b")

    one = release(record, bring(tmp_path, A, B, C))
    accept(record, one, ANN)

    assert acts(one) == {"c": "stated"}
    assert [(one.summary, one.status) for one in told(record)[:2]] == [
        ("mended by the desk", "standing"),
        (B.summary, "withdrawn"),
    ]


def test_where_a_release_changes_a_field_that_the_desk_has_edited_the_desk_s_word_stands_and_it_is_said(
    record, tmp_path
):
    brought(record, tmp_path, A, B)
    mended(record, "b", base=1, summary="mended by the desk")

    one = release(record, bring(tmp_path, A, B2))

    assert one.edited == {"b"}
    assert list(changes(record, one)) == [
        "corrected b (edited by the desk since): measure unknown → killed, best unknown → 3"
    ]
    [line] = edits_kept(one)
    assert line.startswith("against our edits, b: summary mended by the desk (Ben, ")
    assert line.endswith("), the release says b of the second release: ours is kept")
    accept(record, one, ANN)
    assert (told(record)[1].summary, told(record)[1].best) == ("mended by the desk", 3)


def test_the_desk_s_word_is_asked_about_again_with_every_release_that_differs_from_it(record, tmp_path):
    brought(record, tmp_path, A, B)
    mended(record, "b", base=1, summary="mended by the desk")
    brought(record, tmp_path, A, B2)

    again = release(record, bring(tmp_path, A, B2.model_copy(update={"best": 4})))

    assert [(one.field, one.ours, one.theirs) for one in again.conflicts] == [
        ("summary", "mended by the desk", "b of the second release")
    ]
    assert list(changes(record, again)) == ["corrected b (edited by the desk since): best 3 → 4"]


def test_the_release_s_word_stands_where_somebody_takes_it(record, tmp_path):
    brought(record, tmp_path, A, B)
    mended(record, "b", base=1, summary="mended by the desk")

    accept(record, release(record, bring(tmp_path, A, B2), edits=Edits(said={("b", "summary"): "theirs"})), ANN)

    assert told(record)[1] == B2


def test_both_words_stand_where_somebody_says_so_and_the_release_s_own_follows_it(record, tmp_path):
    brought(record, tmp_path, A, B)
    mended(record, "b", base=1, summary="mended by the desk")
    both = Edits(said={("b", "summary"): "both"})

    one = release(record, bring(tmp_path, A, B2), edits=both)

    assert acts(one) == {"b": "corrected", "b/as released": "stated"}
    assert next(iter(edits_kept(one, both))).endswith("both stand, the release's as a claim of its own")
    accept(record, one, ANN)
    assert [(one.claim_id, one.summary, one.best) for one in told(record)[1:]] == [
        ("b", "mended by the desk", 3),
        ("b/as released", "b of the second release", 3),
    ]

    third = release(record, bring(tmp_path, A, B2.model_copy(update={"summary": "b of the third", "best": 4})))

    assert (acts(third), third.conflicts) == ({"b": "corrected", "b/as released": "corrected"}, ())
    accept(record, third, ANN)
    assert [(one.summary, one.best) for one in told(record)[1:]] == [("mended by the desk", 4), ("b of the third", 4)]

    gone = release(record, bring(tmp_path, A))
    assert acts(gone) == {"b": "withdrawn", "b/as released": "withdrawn"}
    assert not list(faults(record))


def test_a_release_that_only_changes_what_the_desk_has_edited_changes_nothing_by_itself(record, tmp_path):
    brought(record, tmp_path, A, B)
    mended(record, "b", base=1, summary="mended by the desk")

    one = release(record, bring(tmp_path, A, B.model_copy(update={"summary": "theirs"})))

    assert (acts(one), len(one.conflicts), one.same) == ({}, 1, 2)


def test_another_number_of_its_row_is_no_change_of_a_claim(record, tmp_path):
    brought(record, tmp_path, A.model_copy(update={"locator": "row 2"}), B.model_copy(update={"locator": "p. 2"}))
    later = A.model_copy(update={"locator": "row 7"}), B.model_copy(update={"locator": "p. 7"})

    assert acts(release(record, bring(tmp_path, *later))) == {"b": "corrected"}


def test_what_the_desk_withdrew_is_not_withdrawn_again_by_a_release(record, tmp_path):
    brought(record, tmp_path, A, B)
    taken_back(record, "b")

    assert acts(release(record, bring(tmp_path, A))) == {}


def test_a_withdrawal_by_release_keeps_the_words_of_the_desk(record, tmp_path):
    brought(record, tmp_path, A, B)
    mended(record, "b", base=1, summary="mended by the desk")

    brought(record, tmp_path, A)

    assert (told(record)[1].summary, told(record)[1].status) == ("mended by the desk", "withdrawn")


def test_two_files_of_one_story_do_not_withdraw_each_other(record, tmp_path):
    brought(record, tmp_path, A, dataset="january.csv")
    brought(record, tmp_path, B, dataset="february.csv")

    assert [one.status for one in told(record)] == ["standing", "standing"]


def test_a_file_that_tells_what_another_told_is_refused_with_the_ids(record, tmp_path):
    brought(record, tmp_path, A, B, dataset="january.csv")

    with pytest.raises(ConflictError, match=r"night holds 2 claims of renamed.csv already, from elsewhere \(a, b\)"):
        release(record, bring(tmp_path, A, B, dataset="renamed.csv"))


def test_a_claim_that_the_desk_stated_is_not_taken_over_by_a_file(record, tmp_path):
    said(record, "a")

    with pytest.raises(ConflictError, match="from elsewhere"):
        release(record, bring(tmp_path, A))


def test_a_release_is_accepted_only_as_it_was_seen(record, tmp_path):
    one = release(record, bring(tmp_path, A))
    said(record, "meanwhile")

    with pytest.raises(ConflictError, match="night has moved on since: 1 new entry; look at the difference anew"):
        accept(record, one, ANN)

    assert [one.claim_id for one in told(record)] == ["meanwhile"]
    assert record.documents() == []


def test_another_story_that_moves_on_is_no_matter(record, tmp_path):
    one = release(record, bring(tmp_path, A))
    said(record, story="day")

    accept(record, one, ANN)

    assert told(record) == [A]


def test_a_key_makes_an_import_happen_once(record, tmp_path):
    one = release(record, bring(tmp_path, A))

    first, second = (accept(record, one, ANN._replace(key="upload 3")) for _ in range(2))

    assert first == second
    assert record.head.seq == 1


# Files


def test_the_original_is_kept_byte_by_byte(record, tmp_path):
    text = "\ufeffclaim_id;…\r\n" + "x" * 3_000_000
    entry = brought(record, tmp_path, A, text=text)

    kept = entry.manifest()["files"]["claims.csv"]
    assert kept == sha256(tmp_path / "claims.csv")
    assert b"".join(record.document(kept)) == (tmp_path / "claims.csv").read_bytes()
    assert len(list(record.document(kept))) > 1


def test_an_empty_original_is_kept_too(record, tmp_path):
    entry = brought(record, tmp_path, A, text="")

    assert b"".join(record.document(entry.manifest()["files"]["claims.csv"])) == b""
    assert list(faults(record)) == []


def test_the_snapshot_is_named_by_what_it_holds(record, tmp_path):
    entry = brought(record, tmp_path, A, B)

    content = b"".join(record.document(entry.manifest()["snapshot"]))
    assert hashlib.sha256(content).hexdigest() == entry.manifest()["snapshot"]
    assert pyarrow.parquet.read_table(io.BytesIO(content))["claim_id"].to_pylist() == ["a", "b"]


def test_other_bytes_with_the_same_claims_are_news_for_the_file_alone(record, tmp_path):
    brought(record, tmp_path, A, text="a")
    one = release(record, bring(tmp_path, A, text="A"))

    assert (one.is_news, acts(one)) == (True, {})

    entry = accept(record, one, ANN)

    assert entry.manifest()["snapshot"] is None
    assert told(record) == [A]
    assert list(faults(record)) == []


def test_a_new_label_is_news(record, tmp_path):
    brought(record, tmp_path, A)

    assert release(record, bring(tmp_path, A, tables={"events": [{"event_id": "night", "label": "N"}]})).is_news
    assert release(record, bring(tmp_path, A, package={"title": "The night"})).is_news


def test_a_file_that_changes_while_it_is_looked_at_is_not_recorded(record, tmp_path):
    one = release(record, bring(tmp_path, A))
    (tmp_path / "claims.csv").write_text("something else", encoding="utf-8")

    with pytest.raises(ConflictError, match=r"claims.csv changed while it was read; nothing was recorded"):
        accept(record, one, ANN)

    assert (record.head, record.documents(), told(record)) == (EMPTY_HEAD, [], [])


def test_an_import_of_many_claims_is_one_entry(record, tmp_path):
    many = [claim(claim_id=f"k{number}", best=number, measure="killed") for number in range(3000)]

    brought(record, tmp_path, *many)

    assert record.head.seq == 1
    assert sum(one.best for one in told(record)) == 2999 * 3000 / 2
    assert list(faults(record)) == []
