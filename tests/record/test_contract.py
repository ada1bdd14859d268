"""What every adapter of the record owes; a new adapter is held to it by being listed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from tests.claims_for_tests import claim, night
from tests.query.test_store import FULL
from tests.record.conftest import HOMES
from tests.record.writers import ANN, BEN, brought, current_claims, mended, said, taken_back

from contested import Claim
from contested.model.problem import ConflictError, UnusableRecordError
from contested.record import ADAPTERS, open_record
from contested.record.entry import EMPTY_HEAD
from contested.record.revisions import revisions
from contested.record.verify import faults


def told(record, story="night"):
    """Give the claims that stand, without the time of recording, which a test does not know."""
    return [one.model_copy(update={"recorded_at": None}) for one in current_claims(record, story)]


def acts(record):
    return [entry.act for entry in record.entries()]


def test_every_kind_of_record_is_tested():
    assert set(HOMES) == set(ADAPTERS)


# Opening


def test_a_new_record_holds_nothing(record):
    assert record.head == EMPTY_HEAD
    assert (record.stories(), list(record.entries()), current_claims(record, "night")) == ([], [], ())
    assert list(faults(record)) == []


def test_a_record_that_is_not_there_is_not_made_by_looking(address):
    with pytest.raises(UnusableRecordError, match="there is no record"):
        open_record(address)
    with pytest.raises(UnusableRecordError, match="there is no record"):
        open_record(address)


def test_what_was_recorded_is_there_when_it_is_opened_again(record, address):
    said(record)
    head = record.head
    record.close()

    again = open_record(address)

    assert again.head == head
    assert told(again) == [claim()]
    again.close()


def test_opening_with_leave_to_create_leaves_what_is_there(record, address):
    said(record)
    record.close()

    again = open_record(address, create=True)

    assert told(again) == [claim()]
    again.close()


# One claim


def test_a_claim_comes_back_with_all_its_fields(record):
    full = Claim(**FULL)

    said(record, **FULL)

    assert told(record) == [full.model_copy(update={"recorded_at": None})]


@pytest.mark.parametrize(
    "words", ["Қордай", "a\nb\r\nc\u2028d", '"; drop table entry; --', "%s ? :x", "👩‍👩‍👧", "\x01", "null", "\\u0000"]
)
def test_words_come_back_as_they_were(record, words):
    said(record, claim_id=words, summary=words, place=words)

    [one] = told(record)
    assert (one.claim_id, one.summary, one.place) == (words, words, words)
    assert list(faults(record)) == []


@pytest.mark.parametrize("where", ["claim_id", "story"])
def test_a_name_that_no_database_keeps_is_refused_with_a_reason(record, where):
    with pytest.raises(UnusableRecordError, match="NUL"):
        said(record, **{where: "a\x00b"})

    assert record.head == EMPTY_HEAD


def test_nobody_writes_without_a_name(record):
    with pytest.raises(UnusableRecordError, match="who recorded it"):
        said(record, hand=ANN._replace(who=""))


def test_unknown_stays_unknown_and_none_stays_none(record):
    said(record, "unknown", measure="killed")
    said(record, "none", measure="killed", best=0)

    assert [one.best for one in told(record)] == [None, 0]


def test_an_entry_says_who_why_and_when(record):
    before = datetime.now(UTC)

    entry = said(record)

    assert (entry.seq, entry.story, entry.act, entry.claim_id) == (1, "night", "stated", "k1")
    assert (entry.who, entry.why) == ANN[:2]
    assert before <= datetime.fromisoformat(entry.recorded_at) <= datetime.now(UTC)
    assert list(record.entries()) == [entry]
    assert record.head == entry.head()


def test_a_correction_is_another_revision_and_the_first_stays(record):
    said(record, best=10, measure="killed")
    mended(record, best=11, measure="killed")

    assert [one.best for one in told(record)] == [11]
    assert revisions(record, "night")["best"].to_pylist() == [10, 11]
    assert [(one.rev, one.act) for one in record.revisions("night", "k1")] == [(1, "stated"), (2, "corrected")]


def test_what_was_withdrawn_stays_and_says_so(record):
    said(record, summary="They fought.")
    taken_back(record)

    [one] = told(record)
    assert (one.status, one.summary) == ("withdrawn", "They fought.")


def test_what_was_withdrawn_can_be_stated_anew_as_a_correction(record):
    said(record)
    taken_back(record)
    mended(record, base=2)

    assert [one.status for one in told(record)] == ["standing"]


def test_two_stories_in_one_record_know_nothing_of_each_other(record):
    said(record, story="night", summary="at night")
    said(record, story="day", summary="by day")
    mended(record, story="day", summary="at noon")

    assert record.stories() == ["night", "day"]
    assert [one.summary for one in told(record, "night")] == ["at night"]
    assert [one.summary for one in told(record, "day")] == ["at noon"]


def test_claims_stand_in_the_order_in_which_they_were_first_stated(record):
    for name in ("b", "c", "a"):
        said(record, name)
    mended(record, "b")

    assert [one.claim_id for one in told(record)] == ["b", "c", "a"]


def test_only_what_came_after_an_entry_is_read_again(record):
    said(record, "a")
    seen = record.head.seq
    said(record, "b")

    assert revisions(record, "night", after=seen)["claim_id"].to_pylist() == ["b"]
    assert len(revisions(record, "night", after=record.head.seq)) == 0


# Conflicts are told, and nothing is recorded


def test_who_corrects_what_somebody_else_just_corrected_is_told(record):
    said(record)
    mended(record, best=11, measure="killed", hand=ANN)

    with pytest.raises(ConflictError) as caught:
        mended(record, best=12, measure="killed", hand=BEN)

    assert str(caught.value).startswith("k1 was corrected by Ann at ")
    assert str(caught.value).endswith("(revision 2); you had revision 1 in view")
    assert acts(record) == ["stated", "corrected"]


def test_a_claim_is_stated_once(record):
    said(record)

    with pytest.raises(ConflictError, match=r"k1 was stated by Ann .* you had no revision in view"):
        said(record, hand=BEN)

    assert acts(record) == ["stated"]


def test_what_was_never_stated_can_be_neither_corrected_nor_withdrawn(record):
    with pytest.raises(ConflictError, match="k1 was never stated in night"):
        mended(record)
    with pytest.raises(ConflictError, match="k1 has no revision 1 in night"):
        taken_back(record)

    assert record.head == EMPTY_HEAD


def test_what_is_withdrawn_cannot_be_withdrawn_again(record):
    said(record)
    taken_back(record)

    with pytest.raises(ConflictError, match="k1 was withdrawn by Ben"):
        taken_back(record, base=2)


def test_the_same_request_sent_twice_is_recorded_once(record):
    once = said(record, hand=ANN._replace(key="request 7"))
    again = said(record, hand=ANN._replace(key="request 7"))

    assert again == once
    assert acts(record) == ["stated"]


def test_a_key_that_was_used_for_something_else_is_refused(record):
    said(record, hand=ANN._replace(key="request 7"))

    with pytest.raises(ConflictError, match=r"the key request 7 was used before.*\(entry 1\)"):
        said(record, "k2", hand=ANN._replace(key="request 7"))


def test_a_writing_that_fails_midway_leaves_nothing_and_the_next_succeeds(record, tmp_path):
    def broken():
        yield b"half"
        raise KeyError

    with pytest.raises(KeyError), record.database.transaction() as transaction:
        transaction.insert("document", ((str(number), number, chunk) for number, chunk in enumerate(broken())))

    assert record.documents() == []
    brought(record, tmp_path, claim())
    assert told(record) == [claim()]


# Time


def test_the_time_of_recording_never_goes_back_and_never_stands_still(address):
    record = open_record(address, create=True)
    clock = iter(datetime.fromisoformat(night(one)) for one in ("20:00", "19:00", "19:00", "21:00"))
    record._clock = lambda: next(clock)  # noqa: SLF001 a clock that goes wrong

    times = [said(record, name).recorded_at for name in "abcd"]

    assert times[0] == "2020-02-07T20:00:00+00:00"
    assert times[1:3] == ["2020-02-07T20:00:00.000001+00:00", "2020-02-07T20:00:00.000002+00:00"]
    assert times[3] == "2020-02-07T21:00:00+00:00"
    assert list(faults(record)) == []
    record.close()


def test_a_claim_is_dated_by_the_record_and_not_by_itself(record):
    entry = said(record, recorded_at=night("20:00"))

    [one] = current_claims(record, "night")
    assert one.recorded_at == datetime.fromisoformat(entry.recorded_at)


# Nothing is overwritten


@pytest.mark.parametrize("table", ["entry", "revision", "document"])
@pytest.mark.parametrize("change", ["delete from {}", "update {} set {}"])
def test_nothing_can_be_changed_or_taken_away(record, tmp_path, table, change):
    brought(record, tmp_path, claim())
    column = {"entry": "who = 'Ben'", "revision": "rev = 7", "document": "number = 7"}[table]

    refused = pytest.raises(UnusableRecordError, match="the record is append-only")
    with refused, record.database.transaction() as transaction:
        transaction.execute(change.format(table, column))

    assert [entry.who for entry in record.entries()] == ["Ann"]
    assert list(faults(record)) == []


def test_a_reader_sees_what_was_just_recorded(record, address):
    reader = open_record(address)
    assert reader.head == EMPTY_HEAD

    entry = said(record)

    assert reader.head == entry.head()
    reader.close()


# Many hands


def test_of_eight_editors_of_ten_claims_what_was_accepted_is_logged_and_conflicts_are_told(record):
    names = [f"k{number}" for number in range(10)]
    for name in names:
        said(record, name)

    def edits(editor):
        accepted, told = [], 0
        for turn in range(10):
            name = names[(editor + turn) % 10]
            base = record.revisions("night", name)[-1].rev
            try:
                hand = BEN._replace(who=f"editor {editor}")
                accepted.append(mended(record, name, base, hand=hand, best=turn, measure="killed"))
            except ConflictError as conflict:
                told += "in view" in str(conflict)
        return accepted, told

    with ThreadPoolExecutor(8) as editors:
        done = list(editors.map(edits, range(8)))

    accepted = [entry for entries, _ in done for entry in entries]
    assert sorted(entry.seq for entry in accepted) == list(range(11, 11 + len(accepted)))
    assert len(accepted) + sum(told for _, told in done) == 80
    assert {entry.hash for entry in accepted} == {entry.hash for entry in record.entries(10)}
    for name in names:
        revs = [one.rev for one in record.revisions("night", name)]
        assert revs == list(range(1, len(revs) + 1))
    assert list(faults(record)) == []


def test_of_editors_who_write_together_one_who_is_refused_takes_nothing_of_the_others_away(record):
    def states(editor):
        heard = []
        for turn in range(20):
            name = f"shared {turn}" if editor % 2 else f"own {editor} {turn}"
            try:
                heard.append(said(record, name, hand=ANN._replace(who=f"editor {editor}")))
            except ConflictError:
                heard.append(None)
        return heard

    with ThreadPoolExecutor(8) as editors:
        heard = list(editors.map(states, range(8)))

    kept = list(record.entries())
    assert {entry.hash for one in heard for entry in one if entry} == {entry.hash for entry in kept}
    assert all(None not in heard[editor] for editor in (0, 2, 4, 6))
    assert sum(one.count(None) for one in heard) == 3 * 20, "of four who state the same, three are told"
    assert len(kept) == 4 * 20 + 20
    assert list(faults(record)) == []
