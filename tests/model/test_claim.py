"""A claim keeps what was said, refuses what nobody can mean, and never takes silence for a number."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from pydantic import ValidationError
from tests.claims_for_tests import SIX, bounds, claim, fields

from contested import Claim, Kind, Measure, Stance
from contested.model.claim import NewsroomClaim

OPTIONAL = [name for name, field in Claim.model_fields.items() if not field.is_required()]
FIGURE = ("low", "best", "high")
INTERNAL = {"internal_note", "redact"}
NINE, ELEVEN = "2020-02-08T09:00Z", "2020-02-08T11:00Z"
LIFTED = datetime(2020, 2, 8, 12, tzinfo=UTC)


def refused(**said):
    """Give the one error of a claim that cannot be."""
    with pytest.raises(ValidationError) as caught:
        claim(**said)
    [error] = caught.value.errors()
    return error


def test_only_six_fields_are_required():
    required = {name for name, field in Claim.model_fields.items() if field.is_required()}

    assert required == set(SIX)


def test_six_words_are_a_claim():
    said = claim()

    assert (said.claim_id, said.event_id, said.account) == ("k1", "night", "north")
    assert (said.kind, said.source_id, said.summary) == (Kind.CLASH, "S1", "They fought.")


def test_what_the_six_words_do_not_say_stays_unknown():
    silent = {name for name, value in claim() if value is None or value == ()}

    assert silent == set(OPTIONAL) - {"stance", "same_event", "status"}


def test_a_claim_asserts_stands_and_is_certain_of_its_event_unless_it_says_otherwise():
    said = claim()

    assert (said.stance, said.status, said.same_event) == ("asserts", "standing", "certain")


@pytest.mark.parametrize("name", SIX)
def test_a_claim_without_one_of_the_six_is_refused(name):
    five = {column: word for column, word in SIX.items() if column != name}

    with pytest.raises(ValidationError) as caught:
        Claim(**five)

    assert [(error["loc"], error["type"]) for error in caught.value.errors()] == [((name,), "missing")]


@pytest.mark.parametrize("blank", ["", "  "])
@pytest.mark.parametrize("name", SIX)
def test_a_blank_is_none_of_the_six(name, blank):
    assert refused(**{name: blank})["loc"] == (name,)


@pytest.mark.parametrize("name", OPTIONAL)
def test_an_empty_cell_says_nothing(name):
    assert claim(**{name: ""}) == claim()


@pytest.mark.parametrize("name", [*FIGURE, "latitude", "longitude", "radius_km"])
@pytest.mark.parametrize("blank", ["", "  ", None], ids=repr)
def test_an_empty_number_is_unknown_and_never_zero(name, blank):
    assert getattr(claim(**{name: blank}), name) is None


def test_words_lose_the_spaces_around_them():
    assert claim(account="  north ").account == "north"


def test_a_label_is_short_enough_for_a_mark():
    thirty = "Жарылыс " * 3 + "порттта"[:6]

    assert claim(label=f" {thirty} ").label == thirty
    assert refused(label=f"{thirty}!")["type"] == "string_too_long"


def test_an_unknown_field_is_refused():
    assert refused(plce="Masanchi")["type"] == "extra_forbidden"


def test_a_claim_is_never_changed():
    said = claim()

    with pytest.raises(ValidationError, match="frozen"):
        said.best = 10


def test_claims_that_say_the_same_are_the_same():
    assert len({claim(), claim(), claim(summary="They talked.")}) == 2


# Figures


@pytest.mark.parametrize("zero", ["0", 0], ids=repr)
@pytest.mark.parametrize("name", FIGURE)
def test_zero_is_a_claim_of_none(name, zero):
    assert getattr(claim(measure="killed", **{name: zero}), name) == 0


@pytest.mark.parametrize("cell", ["10", " 10 ", "010", 10], ids=repr)
def test_digits_are_a_count(cell):
    assert claim(measure="killed", best=cell).best == 10


@pytest.mark.parametrize("name", FIGURE)
@pytest.mark.parametrize(
    "cell",
    ["10+", "+10", "1_0", "10.5", "10.0", "-1", "inf", "nan", "٣", "dozens", "1e3", "8-10", "8–10", "1,000", "0x10"],
)
def test_what_is_not_plain_digits_is_no_count(name, cell):
    assert refused(measure="killed", **{name: cell})["loc"] == (name,)


@pytest.mark.parametrize("cell", [True, False, 10.5, float("nan"), float("inf"), -1.0, -1, [10]])
def test_what_a_feed_sends_instead_of_a_whole_number_is_no_count(cell):
    assert refused(measure="killed", best=cell)["loc"] == ("best",)


def test_a_feed_s_1_0_is_1():
    assert claim(measure="killed", best=10.0).best == 10


@pytest.mark.parametrize("said", ["1970-01-01T00:00Z", "1970-01-01T06:00+06:00", "1900-01-01T00:00+06:00"])
def test_what_programs_write_where_they_know_no_time_is_no_time_but_may_bound_one(said):
    assert refused(stated_at=said)["ctx"]["column"] == "stated_at"
    assert refused(began_earliest=said, began_latest=said)["ctx"]["column"] == "began_latest"
    assert claim(began_earliest=said, began_latest="1971-01-01T00:00Z")


def test_a_count_in_words_is_told_where_words_and_ranges_go():
    error = refused(measure="killed", best="dozens")

    assert error["msg"] == "not a whole number"
    assert error["ctx"]["fix"] == "write digits only; leave it empty if unknown; a range goes into low and high"


def test_nobody_counts_more_people_than_there_are():
    most = 8_299_999_999

    assert claim(measure="people", best=most).best == most
    assert refused(measure="people", best=most + 1)["type"] == "less_than"


@pytest.mark.parametrize(("lesser", "greater"), list(combinations(FIGURE, 2)))
def test_a_range_is_in_order(lesser, greater):
    assert claim(measure="killed", **{lesser: 8, greater: 8})
    assert claim(measure="killed", **{lesser: 8, greater: 9})

    error = refused(measure="killed", **{lesser: 9, greater: 8})

    assert error["msg"] == f"{greater} (8) lies before {lesser} (9)"
    assert error["ctx"] == {"column": greater, "reason": error["msg"], "fix": "make low <= best <= high"}


@pytest.mark.parametrize("name", FIGURE)
def test_a_figure_says_what_it_counts(name):
    error = refused(**{name: 0})

    assert error["ctx"]["column"] == "measure"
    assert error["msg"] == "a figure that does not say what it counts"
    assert error["ctx"]["fix"].startswith("one of killed, injured")


def test_a_measure_may_have_words_and_no_number():
    said = claim(measure="displaced", figure_words="thousands")

    assert said.measure is Measure.DISPLACED
    assert (said.low, said.best, said.high) == (None, None, None)


# Times

ORDERED = [
    ("began_earliest", "began_latest"),
    ("began_earliest", "ended_earliest"),
    ("began_earliest", "ended_latest"),
    ("began_latest", "ended_latest"),
    ("ended_earliest", "ended_latest"),
    ("stated_earliest", "stated_at"),
]


@pytest.mark.parametrize(("before", "after"), ORDERED)
def test_bounds_may_meet_and_may_be_in_order(before, after):
    assert claim(**{before: "2020-02-07T18:00+06:00", after: "2020-02-07T18:00+06:00"})
    assert claim(**{before: "2020-02-07T18:00+06:00", after: "2020-02-07T18:01+06:00"})


@pytest.mark.parametrize(("before", "after"), ORDERED)
def test_bounds_out_of_order_are_refused(before, after):
    error = refused(**{before: "2020-02-07T18:00+06:00", after: "2020-02-07T17:59+06:00"})

    assert error["ctx"]["column"] == after
    assert error["msg"] == (f"{after} (2020-02-07T17:59+06:00) lies before {before} (2020-02-07T18:00+06:00)")
    assert f"{before} <= " in error["ctx"]["fix"]
    assert f"<= {after}" in error["ctx"]["fix"]


def test_sometime_within_may_end_before_it_must_have_begun():
    within = claim(**bounds("18:00", "23:00", "19:00", "23:59"))

    assert within.ended_earliest < within.began_latest


def test_bounds_are_compared_as_instants_not_as_clocks():
    later_on_the_clock = "2020-02-07T18:00+06:00"
    later_in_truth = "2020-02-07T17:00+05:00"

    assert claim(began_earliest=later_on_the_clock, began_latest=later_in_truth)


@pytest.mark.parametrize("name", [name for name in OPTIONAL if name.endswith(("_earliest", "_latest", "_at"))])
def test_every_time_says_its_offset(name):
    assert refused(**{name: "2020-02-07T18:00"})["type"] == "time_naive"


def test_an_unknown_zone_is_refused():
    assert claim(zone="Asia/Almaty").zone == "Asia/Almaty"
    assert refused(zone="Asia/Korday")["msg"] == "no such time zone"


# Places


@pytest.mark.parametrize(("given", "lacking"), [("latitude", "longitude"), ("longitude", "latitude")])
def test_half_a_point_is_refused(given, lacking):
    error = refused(**{given: "42.9"})

    assert (error["ctx"]["column"], error["msg"]) == (lacking, "half a point")


def test_zero_degrees_are_a_point():
    said = claim(latitude="0", longitude="0")

    assert (said.latitude, said.longitude) == (0, 0)


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        *(("latitude", cell) for cell in ("90.1", "-90.1", "inf", "nan", "42,9", "north")),
        *(("longitude", cell) for cell in ("180.1", "-180.1", "-inf", "nan", "75°E")),
        *(("radius_km", cell) for cell in ("-1", "inf", "nan", "near")),
    ],
)
def test_what_is_on_no_map_is_refused(name, cell):
    point = {"latitude": "42.9", "longitude": "75.3"}

    assert refused(**point | {name: cell})["loc"] == (name,)


@pytest.mark.parametrize("cell", [True, False, "1_0"])
def test_what_is_not_plainly_a_number_is_no_degree(cell):
    assert refused(latitude=cell, longitude="75.3")["loc"] == ("latitude",)


# Words from lists


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("kind", "war"),
        ("stance", "believes"),
        ("measure", "dead"),
        ("time_basis", "guessed"),
        ("scope", "all"),
        ("same_event", "no"),
        ("status", "deleted"),
    ],
)
def test_a_word_that_is_not_in_its_list_is_refused(name, word):
    error = refused(**{name: word})

    assert (error["loc"], error["type"]) == ((name,), "enum")


def test_a_rumour_may_be_relayed():
    assert claim(stance="relays").stance is Stance.RELAYS


# Relations and hearsay

RELATIONS = ("supersedes", "corrects", "part_of", "same_origin")


@pytest.mark.parametrize("name", RELATIONS)
@pytest.mark.parametrize("cell", ["k1; k2", "k1;k2;", ["k1", "k2"]], ids=repr)
def test_other_claims_are_named_with_a_semicolon_between(name, cell):
    assert getattr(claim(**{name: cell}), name) == ("k1", "k2")


@pytest.mark.parametrize("name", RELATIONS)
@pytest.mark.parametrize("cell", ["", " ; ", None, []], ids=repr)
def test_no_other_claim_is_named_by_nothing(name, cell):
    assert getattr(claim(**{name: cell}), name) == ()


def test_a_number_names_no_other_claim():
    assert refused(supersedes=0)["loc"] == ("supersedes",)


@pytest.mark.parametrize("name", ["stance", "status", "same_event"])
@pytest.mark.parametrize("cell", [0, False])
def test_a_number_is_no_word_of_a_list(name, cell):
    assert refused(**{name: cell})["loc"] == (name,)


def test_hearsay_is_named_outermost_first():
    assert list(claim(via="reporter > residents").hearsay()) == ["reporter", "residents"]


def test_a_witness_is_no_hearsay():
    assert list(claim(via="").hearsay()) == []


# What stays in the newsroom


def test_the_public_claim_lacks_what_stays_in_the_newsroom():
    assert set(NewsroomClaim.model_fields) - set(Claim.model_fields) == INTERNAL
    assert not INTERNAL & set(Claim.model_fields)


@pytest.mark.parametrize("name", sorted(INTERNAL))
def test_the_public_claim_refuses_what_stays_in_the_newsroom(name):
    assert refused(**{name: "yes"})["type"] == "extra_forbidden"


def test_what_leaves_the_newsroom_is_a_public_claim_and_nothing_else():
    kept = NewsroomClaim(**fields(measure="killed", best=10, internal_note="call her back"))

    public = kept.public()

    assert type(public) is Claim
    assert public == claim(measure="killed", best=10)
    assert "call her back" not in public.model_dump_json()
    assert not any(hasattr(public, name) for name in INTERNAL)


def test_a_claim_is_held_back_until_its_embargo_ends_and_not_an_instant_longer():
    embargoed = claim(embargo_until=LIFTED)

    assert embargoed.is_held_back(LIFTED - timedelta(microseconds=1))
    assert not embargoed.is_held_back(LIFTED)


@pytest.mark.parametrize("cell", ["true", "TRUE", "yes", "1", True], ids=repr)
def test_a_sensitive_claim_is_held_back_for_good(cell):
    assert claim(sensitive=cell).is_held_back(LIFTED + timedelta(days=36_500))


@pytest.mark.parametrize("cell", ["", "no", "false", "0", None], ids=repr)
def test_a_claim_that_is_not_sensitive_may_leave(cell):
    assert claim(sensitive=cell) == claim()
    assert not claim().is_held_back(LIFTED)


@pytest.mark.parametrize(("name", "cell"), [("sensitive", "perhaps"), ("embargo_until", "tomorrow")])
def test_a_doubtful_embargo_is_refused_so_that_nothing_slips_out(name, cell):
    with pytest.raises(ValidationError) as caught:
        Claim(**fields(**{name: cell}))

    assert [error["loc"] for error in caught.value.errors()] == [(name,)]


@pytest.mark.parametrize("name", ["speaker", "via", "locator", "quote_locator", "label", "place"])
def test_a_redacted_field_stays_in_the_newsroom_and_the_claim_leaves_without_it(name):
    public = NewsroomClaim(**fields(**{name: "Aman B."}, redact=name)).public()

    assert public == claim()
    assert "Aman" not in public.model_dump_json()


@pytest.mark.parametrize("name", ["latitude", "longitude", "radius_km"])
def test_half_a_redacted_point_is_no_point(name):
    spot = {"latitude": 42.93, "longitude": 75.3, "radius_km": 1}

    assert NewsroomClaim(**fields(**spot, redact=name)).public() == claim()


@pytest.mark.parametrize("name", ["locator", "quote_locator"])
def test_a_redacted_locator_takes_the_finer_one_with_it(name):
    found = {"locator": "line 46", "quote_locator": "line 46, characters 1–98"}

    assert NewsroomClaim(**fields(**found, redact=name)).public() == claim()


def test_several_fields_are_redacted_at_once():
    public = NewsroomClaim(**fields(speaker="Aman B.", via="a guest", redact="speaker; via")).public()

    assert (public.speaker, public.via) == (None, None)


@pytest.mark.parametrize("name", ["speeker", "summary", "account", "claim_id", "stated_at"])
def test_what_cannot_be_left_out_cannot_be_redacted_and_the_row_stays_in(name):
    with pytest.raises(ValidationError, match="no field to redact") as caught:
        NewsroomClaim(**fields(redact=name))

    assert "speaker, via" in caught.value.errors()[0]["ctx"]["fix"]


# Withdrawals and reasons


def test_a_claim_was_withdrawn_when_the_account_took_it_back():
    taken_back = claim(stated_at=NINE, status="withdrawn", withdrawn_at=ELEVEN, reason="The count was wrong.")

    assert taken_back.withdrawn_at.hour == 11
    assert taken_back.reason == "The count was wrong."


def test_a_withdrawal_may_have_no_known_time():
    assert claim(status="withdrawn").withdrawn_at is None


def test_a_claim_that_stands_has_no_time_of_withdrawal():
    error = refused(withdrawn_at=ELEVEN)

    assert error["type"] == "withdrawn"
    assert error["ctx"]["fix"] == "give it the status withdrawn"


def test_nothing_is_withdrawn_before_it_was_said():
    assert "withdrawn_at" in refused(stated_at=ELEVEN, status="withdrawn", withdrawn_at=NINE)["msg"]


# Groups


def test_what_rows_are_compared_by_is_kept_as_words_under_their_names():
    told = claim(groups='{"agency": "FIRE; EMS", "priority": "1"}')

    assert told.groups == '{"agency": "FIRE; EMS", "priority": "1"}'
    assert claim(groups={"agency": "FIRE; EMS", "priority": "1"}) == told
    assert claim(groups="").groups is None
    assert claim(groups="{}").groups is None


@pytest.mark.parametrize("cell", ["FIRE", "[1]", '{"priority": 1}', "{"])
def test_groups_that_are_no_words_under_names_are_refused(cell):
    with pytest.raises(ValidationError, match="not a JSON object of words"):
        claim(groups=cell)
