"""The store keeps claims as they are, answers in the viewer's zone, and is locked in."""

from datetime import UTC, datetime
from hashlib import sha256
from itertools import permutations

import duckdb
import pytest
from pydantic import ValidationError
from tests.claims_for_tests import ask, claim, fields, found, night

from contested import Claim, Selection, Store

FULL = fields(
    side="north",
    subkind="brawl",
    locator="line 4",
    speaker="a resident",
    via="reporter > resident",
    stance="asserts",
    began_earliest=night("17:00"),
    began_latest=night("18:00"),
    ended_earliest=night("04:00"),
    ended_latest=night("05:00"),
    time_words="5-6 p.m.",
    time_basis="stated",
    zone="Asia/Almaty",
    place="masanchi",
    latitude=42.9,
    longitude=75.3,
    radius_km=3,
    measure="killed",
    low=8,
    best=10,
    high=11,
    unit="people",
    figure_words="ten",
    definition="died on the spot",
    scope="event",
    victims="residents",
    question="Who came?",
    answer="Many.",
    groups='{"agency": "FIRE"}',
    label="many came",
    quote_locator="page 2",
    same_event="certain",
    supersedes="k8",
    corrects="k9",
    part_of="k10",
    same_origin="k11",
    reason="The hospital said so.",
    stated_earliest=night("06:00"),
    stated_at=night("07:00"),
    recorded_at=night("08:00"),
    status="withdrawn",
    withdrawn_at=night("09:00"),
    embargo_until=night("10:00"),
    sensitive="yes",
)
OTHERWISE = {
    "kind": "arson",
    "groups": '{"agency": "POLICE"}',
    "stance": "denies",
    "began_earliest": night("16:59"),
    "began_latest": night("17:59"),
    "ended_earliest": night("03:59"),
    "ended_latest": night("05:01"),
    "time_basis": "assumed",
    "zone": "UTC",
    "latitude": 42.8,
    "longitude": 75.2,
    "radius_km": 4,
    "measure": "injured",
    "low": 7,
    "best": 9,
    "high": 12,
    "scope": "cumulative",
    "same_event": "unclear",
    "stated_earliest": night("05:59"),
    "stated_at": night("07:01"),
    "recorded_at": night("08:01"),
    "status": "standing",
    "withdrawn_at": night("09:01"),
    "embargo_until": night("10:01"),
    "sensitive": None,
}
LOCKED = (duckdb.PermissionException, duckdb.InvalidInputException)


# What goes in comes out


def test_every_field_that_is_kept_can_be_asked():
    names = ", ".join(Claim.model_fields)

    [kept] = ask(f"select {names} from selected", Claim(**FULL)).to_dict("records")

    assert {**kept, **{name: tuple(kept[name]) for name in ("supersedes", "corrects", "part_of", "same_origin")}} == (
        Claim(**FULL).model_dump()
    )


def test_unknown_stays_unknown_and_none_stays_none():
    told = [claim(claim_id="unknown", measure="killed"), claim(claim_id="none", measure="killed", best=0)]

    assert ask("select claim_id from selected where best is null", *told)["claim_id"].tolist() == ["unknown"]
    assert ask("select claim_id from selected where best = 0", *told)["claim_id"].tolist() == ["none"]


def test_a_store_of_nothing_answers_with_no_rows():
    assert ask("select * from selected").empty
    assert ask("select * from extents").empty
    assert ask("select account from voices").empty


def test_an_answer_keeps_the_order_of_its_question():
    told = [claim(claim_id=name) for name in ("b", "c", "a")]

    assert ask("select claim_id from selected order by claim_id desc", *told)["claim_id"].tolist() == ["c", "b", "a"]


def test_claims_may_come_from_anywhere_once():
    store = Store(claim(claim_id=name) for name in "ab")

    assert store.summary(Selection()).claims == 2


def test_two_stores_know_nothing_of_each_other():
    one, other = Store([claim()]), Store()

    assert (one.summary(Selection()).claims, other.summary(Selection()).claims) == (1, 0)


def test_a_question_may_use_what_the_viewer_chose():
    selection = Selection(as_known_at=night("18:00"), stop="call", account=("north",))

    [row] = Store().ask("select $as_known_at as at, $stop as stop, $account as account", selection).to_dict("records")

    assert row["at"] == datetime(2020, 2, 7, 18, tzinfo=UTC)
    assert (row["stop"], list(row["account"])) == ("call", ["north"])


# Times


@pytest.mark.parametrize(
    ("instant", "zone", "said"),
    [
        ("2020-02-07T11:00Z", "Asia/Almaty", "2020-02-07T17:00:00+06:00"),
        ("2025-02-07T11:00Z", "Asia/Almaty", "2025-02-07T16:00:00+05:00"),
        ("2024-02-29T17:30Z", "Asia/Almaty", "2024-02-29T23:30:00+06:00"),
        ("2024-02-29T18:30Z", "Asia/Almaty", "2024-02-29T23:30:00+05:00"),
        ("2020-02-07T17:00+06:00", "UTC", "2020-02-07T11:00:00+00:00"),
        ("2020-07-01T12:00Z", "Europe/Berlin", "2020-07-01T14:00:00+02:00"),
        ("2020-02-07T12:00Z", "Asia/Kolkata", "2020-02-07T17:30:00+05:30"),
        ("1920-02-07T12:00Z", "UTC", "1920-02-07T12:00:00+00:00"),
        ("0999-02-07T12:00Z", "UTC", "0999-02-07T12:00:00+00:00"),
    ],
)
def test_a_time_comes_in_the_zone_of_the_viewer(instant, zone, said):
    [told] = ask("select began_latest from selected", claim(began_latest=instant), zone=zone)["began_latest"]

    assert told.isoformat() == said


def test_an_unknown_time_comes_as_unknown():
    told = ask("select began_latest from selected", claim(), zone="Asia/Almaty")["began_latest"]

    assert told.isna().all()
    assert str(told.dt.tz) == "Asia/Almaty"


def test_a_time_keeps_its_last_microsecond():
    [told] = ask("select stated_at from selected", claim(stated_at="2020-02-07T11:00:00.000001Z"))["stated_at"]

    assert told.microsecond == 1


@pytest.mark.parametrize("instant", ["0001-01-01T00:00+06:00", "9999-12-31T23:59Z"])
def test_whatever_instant_a_claim_may_have_can_be_asked(instant):
    try:
        told = [claim(began_latest=instant)]
    except ValidationError:
        told = []

    answer = ask("select began_latest from selected", *told, zone="Asia/Almaty")

    assert len([moment.isoformat() for moment in answer["began_latest"]]) == len(told)


# What a selection holds


def about(*claims, **chosen):
    return Store(claims).summary(Selection(**chosen))


THREE = [claim(claim_id=name, account=name, side=side) for name, side in (("a", "n"), ("b", "s"), ("c", None))]


def test_the_selected_claims_are_counted():
    assert about().claims == 0
    assert about(*THREE).claims == 3
    assert about(*THREE, account=("a", "b")).claims == 2


def test_the_voices_in_view_are_named_and_the_others_counted():
    chosen = about(*THREE, account=("a", "b"))

    assert (chosen.voices, chosen.hidden) == ({"a", "b"}, 1)


def test_nobody_is_hidden_by_what_was_chosen_otherwise():
    chosen = about(*THREE, kind=("call",), place=("taraz",), since=night("18:00"))

    assert (chosen.claims, chosen.voices, chosen.hidden) == (0, {"a", "b", "c"}, 0)


def test_by_side_the_sides_are_in_view_and_hidden():
    chosen = about(*THREE, by="side", side=("n",))

    assert (chosen.voices, chosen.hidden) == ({"n"}, 2)


def test_an_account_that_has_not_spoken_yet_is_not_hidden():
    early = claim(stated_at=night("18:00"))
    late = claim(claim_id="k2", account="south", stated_at=night("23:00"))

    chosen = about(early, late, as_known_at=night("20:00"))

    assert (chosen.voices, chosen.hidden) == ({"north"}, 0)


def test_where_nobody_is_in_view_everyone_is_hidden():
    chosen = about(*THREE, account=("nobody",))

    assert (chosen.claims, chosen.voices, chosen.hidden) == (0, frozenset(), 3)


def test_what_one_selection_holds_is_not_taken_for_another():
    store = Store(THREE)

    [everyone, one, again] = [store.summary(Selection(account=names)) for names in ((), ("a",), ())]

    assert (everyone.claims, one.claims) == (3, 1)
    assert again == everyone


# Fingerprint


def line(standing, *texts):
    """Say a standing, the number of claims and the sums of the words of their hashes, reckoned by hand."""
    hashes = [sha256(text.encode()).hexdigest() for text in texts]
    sums = [sum(int(one[first : first + 16], 16) for one in hashes) for first in range(0, 64, 16)]
    return " ".join(map(str, (standing, len(texts), *sums)))


def test_a_fingerprint_is_of_what_each_claim_says_and_whether_it_stands():
    said = {"summary": "two\nlines, “said”", "began_latest": "1970-01-01T06:00:00.000001+06:00", "corrects": "c"}
    store = Store([claim(claim_id="b"), claim(claim_id="a", status="withdrawn", latitude=1.5, longitude=2, **said)])

    words = "event_id=night", "account=north", "kind=clash", "source_id=S1"
    stands = "\x1f".join(["", "claim_id=b", *words, "summary=They fought."])
    withdrawn = ["claim_id=a", *words, "summary=two\nlines, “said”", "began_latest=1", "latitude=1.5", "longitude=2.0"]
    withdrawn = "\x1f".join(["", *withdrawn, 'corrects=["c"]', "status=withdrawn"])
    lines = f"{line('standing', stands)}\n{line('withdrawn', withdrawn)}"
    assert store.summary(Selection()).data_hash == sha256(lines.encode()).hexdigest()
    assert store.summary(Selection(account=("nobody",))).data_hash == sha256().hexdigest()


def test_a_fingerprint_does_not_depend_on_which_other_claims_came_along():
    bare, full = claim(claim_id="bare"), Claim(**FULL)
    together, apart = Store([bare, full]), Store([bare])
    apart.add([full])

    assert together.summary(Selection()) == apart.summary(Selection())


def test_a_claim_that_comes_twice_counts_twice():
    assert fingerprint(claim(), claim()) != fingerprint(claim()) != fingerprint()


def test_what_parts_two_fields_in_a_fingerprint_can_be_said_too():
    inside = claim(place="ab\x1funit=c")

    assert len({fingerprint(inside), fingerprint(claim(place="ab", unit="c")), fingerprint(claim(place="ab"))}) == 3


def fingerprint(*claims, **chosen):
    return about(*claims, **chosen).data_hash


def test_the_order_of_the_rows_leaves_no_trace():
    told = [claim(claim_id=name) for name in "abc"]

    assert fingerprint(*told) == fingerprint(*reversed(told))


def test_nor_does_the_order_of_two_revisions_that_nothing_dates():
    told = [claim(summary=name) for name in "abc"]

    assert len({fingerprint(*each) for each in permutations(told)}) == 1


@pytest.fixture(scope="module")
def fingerprint_of_the_full_claim():
    return fingerprint(Claim(**FULL))


@pytest.mark.parametrize("name", Claim.model_fields)
def test_another_word_in_any_cell_is_another_fingerprint(name, fingerprint_of_the_full_claim):
    along = {"withdrawn_at": None} if name == "status" else {}
    changed = Claim(**FULL | along | {name: OTHERWISE.get(name, "otherwise")})

    assert fingerprint(changed) != fingerprint_of_the_full_claim


def test_none_is_another_fingerprint_than_unknown():
    assert fingerprint(claim(measure="killed", best=0)) != fingerprint(claim(measure="killed"))


def test_words_that_move_to_the_next_cell_are_another_fingerprint():
    assert fingerprint(claim(place="ab", unit="c")) != fingerprint(claim(place="a", unit="bc"))


def test_a_claim_that_is_not_selected_leaves_no_trace():
    ours, theirs = claim(), claim(claim_id="k2", account="south")

    assert fingerprint(ours, theirs, account=("north",)) == fingerprint(ours, account=("north",))


def test_the_same_claims_have_the_same_fingerprint_in_every_zone():
    assert fingerprint(Claim(**FULL), zone="Asia/Almaty") == fingerprint(Claim(**FULL))


def test_a_claim_that_was_replaced_since_has_another_fingerprint():
    old = claim(claim_id="old", stated_at=night("18:00"), place="masanchi")
    new = claim(claim_id="new", stated_at=night("20:00"), place="taraz", supersedes="old")

    before, after = (
        fingerprint(old, new, place=("masanchi",), as_known_at=night(clock)) for clock in ("19:00", "21:00")
    )

    assert before != after


# Locked in


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "secret.csv"
    path.write_text("word\nopen sesame\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "question",
    [
        "select * from read_csv('{path}')",
        "select * from read_text('{path}')",
        "select * from read_blob('{path}')",
        "select * from read_json('{path}')",
        "select * from read_parquet('{path}')",
        "select * from glob('{path}*')",
        "select * from '{path}'",
        "select * from sniff_csv('{path}')",
    ],
)
def test_no_file_is_read(secret, question):
    with pytest.raises((duckdb.PermissionException, duckdb.CatalogException)):
        ask(question.format(path=secret), claim())


@pytest.mark.parametrize(
    "statement",
    [
        "attach '{folder}/other.db' as other",
        "copy claims to '{folder}/claims.csv'",
        "export database '{folder}'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "reset lock_configuration",
        "set autoload_known_extensions = true",
        "set allow_community_extensions = true",
        "set threads = 1",
        "pragma enable_profiling",
    ],
)
def test_no_statement_that_slips_into_a_question_opens_the_store(tmp_path, statement):
    slipped = f"select 1); {statement.format(folder=tmp_path)}; from (select 1"

    with pytest.raises(LOCKED):
        ask(slipped, claim())

    assert list(tmp_path.iterdir()) == []


def test_no_variable_of_the_program_is_a_table():
    frame = ask("select claim_id from selected", claim())

    with pytest.raises(duckdb.CatalogException, match="frame does not exist"):
        ask("select * from frame", claim())

    assert len(frame) == 1


def test_a_store_that_refused_still_answers(secret):
    store = Store([claim()])

    with pytest.raises(duckdb.PermissionException):
        store.ask(f"select * from read_csv('{secret}')", Selection())

    assert store.ask("select claim_id from selected", Selection())["claim_id"].tolist() == ["k1"]


def test_a_name_with_quotes_is_only_a_name():
    assert found(claim(account="o'north"), account=("o'north",)) == {"k1"}
