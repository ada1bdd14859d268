"""Sources: eleven ways in which a naive dashboard lies about who said it and how we know, S1–S11."""

import json
from statistics import mean

import pandas as pd
import pytest
from tests.claims_for_tests import bounds, claim, fields, night, table
from tests.lies.small_stories import kept, killed, told, traces

from contested import CHARTS, Claim, Problem, open_story, read
from contested.cli.main import main
from contested.model.arrow_schema import from_arrow

TOLL = {"question": "How many people were killed?"}
WIRE = [
    killed("wire", 8, account="agency", source_id="S1", **TOLL),
    killed("copy", 8, account="daily", source_id="S2", same_origin=("wire",), **TOLL),
    killed("copy2", 8, account="weekly", source_id="S3", same_origin=("wire",), **TOLL),
]
every_chart = pytest.mark.parametrize("chart", CHARTS, ids=lambda one: one.key)


def test_s1_three_outlets_are_not_said_to_corroborate_each_other():
    naive = len({one.source_id for one in WIRE})
    assert naive == 3

    found = told("disagreements", *WIRE)
    assert not {word for word in ("confirm", "corroborat", "independent") if word in found.sentence}
    assert "Two accounts that repeat one source agree without corroborating it." in found.chart.caveat


def test_s1_three_copies_of_one_wire_are_one_origin():
    naive = len(told("disagreements", *WIRE).records())
    assert naive == 3

    found = told("disagreements", *WIRE)
    assert "By origin, what is the same: 3 pairs from 1 origin." in found.sentence
    assert all(row["sentence"].endswith("say the same, from 1 origin.") for row in found.records())


def test_s1_two_who_do_not_repeat_each_other_are_two_origins():
    apart = killed("own", 8, account="doctor", source_id="S4", speaker="a doctor", **TOLL)
    wire = [one.model_copy(update={"speaker": "a minister"}) for one in WIRE]

    naive = len({one.source_id for one in (*WIRE, apart)})
    assert naive == 4

    assert (
        "3 pairs from 1 origin and 3 pairs from 2 independent origins." in told("disagreements", *wire, apart).sentence
    )


def test_s1_two_whose_origin_is_not_stated_do_not_corroborate_each_other():
    unnamed = [killed(one, 8, account=one, source_id=one, **TOLL) for one in ("daily", "weekly")]

    naive = len({one.source_id for one in unnamed})
    assert naive == 2

    found = told("disagreements", *unnamed)
    assert "By origin, what is the same: 1 pair with origin not stated." in found.sentence
    assert found.records()[0]["sentence"].endswith("say the same, origin not stated.")


def test_s1_two_interviewees_of_one_account_in_one_document_are_two_origins():
    said = [killed(one, best, account="residents", speaker=one, **TOLL) for one, best in (("elder", 8), ("teacher", 8))]
    doctor = killed("own", 9, account="doctor", speaker="doctor", **TOLL)

    naive = len({one.account for one in said})
    assert naive == 1

    assert told("casualty-counts", *said, doctor, resolution="majority").sentences[0] == (
        "8 people killed, by majority: 2 of 3 independent origins; set aside: doctor 9."
    )


def test_s1_a_side_that_says_it_twice_is_one_origin():
    twice = [killed(one, 8, account=one, source_id=one, side="north", **TOLL) for one in ("a", "b")]

    naive = len({one.account for one in twice})
    assert naive == 2

    assert told("disagreements", *twice).records()[0]["sentence"].endswith("say the same, from 1 origin.")


ELEVEN_OR_EIGHT = [
    killed("a", 8, "09:00", speaker="a guard", **TOLL),
    killed("b", 11, "10:00", account="south", speaker="a doctor", **TOLL),
    killed("c", 11, "11:00", account="west", speaker="a mayor", **TOLL),
]


def test_s2_every_account_is_shown_where_none_was_chosen():
    toll = pd.Series([one.best for one in ELEVEN_OR_EIGHT])

    naive = {"first": toll.iloc[0], "last": toll.iloc[-1], "most often": toll.mode()[0], "mean": toll.mean()}
    assert naive == {"first": 8, "last": 11, "most often": 11, "mean": 10}

    found = told("casualty-counts", *ELEVEN_OR_EIGHT)
    assert [(row["account"], row["best"]) for row in found.records()] == [("north", 8), ("south", 11), ("west", 11)]
    assert found.sentences[0] == "8 or 11 people killed, depending on the account."


@pytest.mark.parametrize(("resolution", "title"), [("majority", "11 people killed"), ("north", "8 people killed")])
def test_s2_another_rule_is_the_viewer_s_choice_and_is_said(resolution, title):
    found = told("casualty-counts", *ELEVEN_OR_EIGHT, resolution=resolution)

    assert found.title.startswith(title)
    assert resolution in found.stamp()
    assert "set aside" in found.title
    assert len(found.records()) == 3


@pytest.mark.parametrize("chosen", [{}, {"by": "side"}], ids=["one-account", "one-side"])
def test_s2_two_times_that_cannot_both_be_true_are_not_merged_in_silence(chosen):
    early = claim(claim_id="a", account="north", **bounds("18:00", "18:00", None, None))
    late = claim(claim_id="b", account="south" if chosen else "north", **bounds("20:00", "20:00", None, None))

    naive = [max(one.began_latest for one in (early, late))]
    assert len(naive) == 1

    rows = told("disagreements", early, late, **chosen).records()
    assert [(row["relation"], row["claim_ids"]) for row in rows] == [("contradict", ["a", "b"])]


GRADES = ("score", "truth", "credib", "reliab", "confidence", "grade", "trust", "weight")


@every_chart
def test_s3_no_answer_has_a_score_of_truth(ask, chart):
    official, hearsay = 0.9, 0.3
    naive = round(mean((official, hearsay)), 1)
    assert naive == 0.6

    found = ask(chart.key)
    named = [*found.chart.columns, *found.rows.columns, *Claim.model_fields]
    assert not [name for name in named if any(grade in name for grade in GRADES)]
    assert not [grade for grade in GRADES if grade in found.sentence.lower()]


def test_s3_how_a_claim_was_made_how_it_came_and_whether_it_stands_are_told_apart():
    rumour = claim(stance="relays", via="residents > a neighbour", status="withdrawn")

    naive = 1.0 - 0.3 * (rumour.stance == "relays") - 0.3 * bool(rumour.via) - 0.3 * (rumour.status == "withdrawn")
    assert round(naive, 1) == 0.1

    [row] = told("timeline", rumour).rows.to_dict("records")
    assert (row["stance"], row["hearsay"], row["standing"]) == ("relays", True, "withdrawn")


CLASH_BY_NORTH = claim(claim_id="a", **bounds("22:00", "22:00", "23:00", "23:00"))
SOUTH_SPEAKS_OF_ELSE = claim(claim_id="b", account="south", kind="mediation")


def test_s4_silence_is_neither_nought_nor_agreement():
    frame = pd.DataFrame([{"account": "north", "22:00": 1}, {"account": "south"}])

    naive = frame["22:00"].fillna(0).tolist()
    assert naive == [1, 0]

    found = told("hourly-clashes", CLASH_BY_NORTH, SOUTH_SPEAKS_OF_ELSE)
    assert [(row["account"], row["certain"]) for row in found.records()] == [("north", 1), ("south", None)]
    assert found.sentences[-1] == "There is no dated claim of a clash by south."


def test_s4_silence_is_no_position_to_compare():
    agrees = killed("a", 8, **TOLL)

    naive = [one.best for one in (agrees, SOUTH_SPEAKS_OF_ELSE) if one.best in {8, None}]
    assert len(naive) == 2

    assert told("disagreements", agrees, SOUTH_SPEAKS_OF_ELSE).records() == []


def test_s4_to_affirm_to_deny_to_differ_and_to_be_silent_are_four_states():
    asked = {"question": "Was the bridge shot at?"}
    claims = [
        claim(claim_id="a", answer="yes", **asked),
        claim(claim_id="b", account="south", answer="yes", **asked),
        claim(claim_id="c", account="west", answer="no", stance="denies", **asked),
        claim(claim_id="d", account="east", answer="only at the market", **asked),
        SOUTH_SPEAKS_OF_ELSE.model_copy(update={"account": "silent"}),
    ]

    naive = {one.answer == "yes" for one in claims}
    assert naive == {True, False}

    found = told("disagreements", *claims)
    relations = {tuple(sorted(row["accounts"])): row["relation"] for row in found.records()}
    assert relations["north", "south"] == "agree"
    assert relations["north", "west"] == "contradict"
    assert relations["east", "north"] == "differ"
    assert not [pair for pair in relations if "silent" in pair]


def test_s5_the_word_of_those_accused_does_not_settle_what_others_say():
    said = killed("a", 5, "09:00", account="residents", **TOLL)
    refused = killed("b", 0, "10:00", account="police", stance="corrects", corrects=("a",), **TOLL)

    naive = {one.event_id: one.best for one in (said, refused)}
    assert naive == {"night": 0}

    found = told("casualty-counts", said, refused)
    assert [(row["account"], row["best"], row["standing"]) for row in found.records()] == [
        ("police", 0, "standing"),
        ("residents", 5, "standing"),
    ]
    assert found.sentences[0] == "0 or 5 people killed, depending on the account."
    assert [row["relation"] for row in told("disagreements", said, refused).records()] == ["contradict"]


URL = "https://example.org/korday"


def test_s6_two_states_of_one_page_are_two_documents_with_their_hashes(tmp_path):
    table(tmp_path / "claims.csv", fields(source_id="A"), fields(claim_id="k2", source_id="B"))
    states = [
        {"source_id": one, "publisher": "RT", "title": "Korday", "url": URL, "sha256": one * 64, "retrieved_at": when}
        for one, when in (("A", night("10:00")), ("B", night("11:00")))
    ]
    table(tmp_path / "sources.csv", *states)

    naive = {state["url"] for state in states}
    assert naive == {URL}

    kept_states = open_story(tmp_path).sources
    assert [(one.url, one.sha256, f"{one.retrieved_at:%H:%M}") for one in kept_states.values()] == [
        (URL, "A" * 64, "10:00"),
        (URL, "B" * 64, "11:00"),
    ]


def test_s6_ten_in_the_headline_and_eight_in_the_text_are_two_claims():
    headline = killed("headline", 10, locator="headline", **TOLL)
    text = killed("text", 8, locator="paragraph 2", **TOLL)

    naive = {one.source_id: one.best for one in (headline, text)}
    assert naive == {"S1": 8}

    assert told("casualty-counts", headline, text).sentences[0] == (
        "8 or 10 people killed, according to north, with several figures that stand."
    )
    assert [row["relation"] for row in told("disagreements", headline, text).records()] == ["contradict"]


def test_s6_a_word_that_changes_changes_the_hash_of_the_answer():
    before, after = claim(), claim(summary="They did not fight.")

    naive = before.source_id == after.source_id
    assert naive

    assert told("timeline", before).data_hash != told("timeline", after).data_hash


def test_s6_a_document_is_held_against_its_hash(tmp_path, capsys):
    table(tmp_path / "claims.csv", fields())
    page = {"source_id": "S1", "publisher": "RT", "title": "Korday", "url": URL, "sha256": "0" * 64}
    table(tmp_path / "sources.csv", page)
    (tmp_path / "S1.html").write_text("10 dead", encoding="utf-8")

    naive = page["url"]
    assert naive == URL

    assert main(["verify", str(tmp_path)]) == 1
    assert "S1" in capsys.readouterr().out


def test_s7_a_place_says_how_far_off_it_may_lie():
    village = claim(place="village", latitude=43.0, longitude=75.0, radius_km=10)

    naive = (village.latitude, village.longitude)
    assert naive == (43.0, 75.0)

    found = told("map", village)
    assert "1 claim, ±10 km" in json.dumps(found.figure(), ensure_ascii=False)
    assert "2px,3px" in [one["line"].get("dash") for one in found.figure()["layout"]["shapes"]]


def test_s7_what_happened_somewhere_in_a_district_is_no_pin_in_its_middle():
    village = claim(claim_id="a", place="village", latitude=43.0, longitude=75.0, radius_km=3)
    district = claim(claim_id="b", place="district", latitude=43.3, longitude=75.1, radius_km=90)

    naive = len([one for one in (village, district) if one.latitude])
    assert naive == 2

    found = told("map", village, district)
    assert sum(len(trace["x"]) for trace in traces(found)) == 1
    assert "district" in json.dumps(found.figure()["layout"]["annotations"])


def test_s8_an_export_says_as_of_when_filtered_how_and_from_which_data():
    found = told("casualty-counts", *ELEVEN_OR_EIGHT, account=["north"], as_known_at=night("11:30"))

    naive = found.table().to_csv(index=False)
    assert found.data_hash not in naive

    document = found.document()
    assert document["data_hash"] == found.data_hash
    assert document["selection"]["account"] == ["north"]
    assert document["selection"]["as_known_at"] == "2020-02-08T11:30:00Z"
    assert document["caveat"]


def test_s8_an_export_names_its_sources(ask, korday):
    found = ask("casualty-counts", account=["hromadske"])

    naive = {row["source_id"] for row in found.records()}
    assert naive == {"A01"}

    document = json.dumps(found.document(), ensure_ascii=False)
    assert korday.sources["A01"].publisher in document


def test_s8_an_export_says_how_many_accounts_are_hidden():
    found = told("casualty-counts", *ELEVEN_OR_EIGHT, account=["north"])

    naive = found.document()["rows"]
    assert len(naive) == 1

    assert "hidden" in found.stamp()
    assert "hidden" in json.dumps(found.document())


def test_s8_a_table_that_is_exported_says_its_filter(tmp_path, capsys):
    path = table(tmp_path / "claims.csv", fields(claim_id="a"), fields(claim_id="b", account="south"))
    [first, *_] = read(path)

    assert main(["ask", "timeline", str(path), "--account", first.account, "--format", "csv"]) == 0
    assert "according to north" in capsys.readouterr().out


NAME, NOTE = "Aman B.", "met at his house"


@every_chart
def test_s9_no_answer_gives_the_speaker_or_the_exact_spot(korday, chart):
    told_in_private = [one.model_copy(update={"speaker": NAME}) for one in from_arrow(korday.claims)]

    naive = pd.DataFrame([one.model_dump() for one in told_in_private]).to_csv()
    assert NAME in naive

    found = told(chart.key, *told_in_private)
    assert NAME not in json.dumps([found.document(), found.figure()])


def test_s9_what_is_sensitive_or_only_for_the_newsroom_is_in_no_story_that_readers_see(tmp_path):
    path = table(
        tmp_path / "claims.csv",
        fields(claim_id="a", internal_note=NOTE),
        fields(claim_id="b", sensitive="true", summary=NAME),
        fields(claim_id="c", embargo_until="2999-01-01T00:00Z", summary=NAME),
    )

    naive = pd.read_csv(path).to_csv()
    assert NAME in naive
    assert NOTE in naive

    found = list(read(path))
    shown = open_story(path)
    assert shown.claims["claim_id"].to_pylist() == ["a"]
    assert NAME not in str(shown.claims.to_pylist())
    assert [one.code for one in found if isinstance(one, Problem)] == ["withheld", "withheld"]
    assert NOTE not in told("timeline", kept(found)[0]).sentence
    assert not hasattr(found[0], "internal_note")


def test_s9_a_speaker_is_redacted_in_one_record(tmp_path):
    path = table(tmp_path / "claims.csv", fields(speaker=NAME, redact="speaker"))

    naive = pd.read_csv(path)["speaker"].tolist()
    assert naive == [NAME]

    assert [one.speaker for one in kept(read(path))] == [None]


def test_s10_a_correction_is_a_claim_that_leaves_the_corrected_one_in_its_place():
    said = claim(claim_id="a", summary="He was taken to Almaty.", stated_at=night("09:00"))
    corrected = claim(
        claim_id="b",
        stance="corrects",
        corrects=("a",),
        summary="He was taken to a regional hospital, as the outlet later learned.",
        stated_at=night("11:00"),
    )

    naive = {one.event_id: one.summary for one in (said, corrected)}
    assert naive == {"night": corrected.summary}

    rows = told("timeline", said, corrected).rows
    assert rows["summary"].tolist() == [said.summary, corrected.summary]
    assert rows["standing"].tolist() == ["corrected", "standing"]
    assert told("timeline", said, corrected, as_known_at=night("10:00")).rows["standing"].tolist() == ["standing"]


def test_s10_a_correction_has_a_reason():
    corrected = claim(claim_id="b", corrects=("a",), reason="the hospital said so")

    assert corrected.reason == "the hospital said so"


def test_s11_the_narrator_who_takes_no_side_is_heard_by_side_too():
    narrator = killed("a", 10, account="outlet")
    north, south = claim(claim_id="b", side="north"), claim(claim_id="c", account="south", side="south")
    frame = pd.DataFrame([one.model_dump() for one in (narrator, north, south)])

    naive = frame.groupby("side")["best"].sum()
    assert naive.to_dict() == {"north": 0, "south": 0}

    assert told("casualty-counts", narrator, north, south, by="side").sentences[0] == (
        "10 people killed, according to outlet, told as part of no side's story."
    )


def test_s11_a_filter_by_side_says_whom_it_leaves_out(ask):
    two_sides = ask("casualty-counts", side=["dungan", "kazakh"])

    naive = sum(row["best"] or 0 for row in two_sides.records() if row["measure"] == "killed")
    assert naive == 0

    assert two_sides.sentences[0] == "No account shown states how many were killed."
    assert "11 accounts hidden" in two_sides.stamp()
    assert 10 in {row["best"] for row in ask("casualty-counts", account=["hromadske"]).records()}


def test_s11_a_filter_by_side_says_that_it_hides_a_toll_of_a_narrator_in_view():
    toll = killed("a", 10, account="outlet")
    scene = claim(claim_id="b", account="outlet", side="north")

    naive = [one for one in (toll, scene) if one.side == "north"]
    assert naive == [scene]

    found = told("casualty-counts", toll, scene, side=["north"])
    assert found.claims == 1
    assert "hidden" in found.stamp()
