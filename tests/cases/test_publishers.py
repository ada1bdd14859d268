"""The shared cases of publishers' files: each comes out as its readers would count it by hand."""

from tests.codebooks.tables import reading


def killed(found):
    return [one.best for one in found.claims if one.measure == "killed"]


def test_words_of_the_notes_leave_the_coded_numbers_as_they_are(case):
    found = reading(case("publishers/acled_vague.csv"))

    assert killed(found) == [3, 3, 12]
    assert {one.figure_words for one in found.claims} == {None}


def test_rows_of_two_actors_are_one_event_with_both_of_them(case):
    found = reading(case("publishers/acled_monadic.csv"))

    assert killed(found) == [2]
    assert all(f"{who} (Examplia)" in found.claims[0].summary for who in ("Rioters", "Civilians"))
    assert [one.severity for one in found.problems] == ["warning"]


def test_a_row_of_tags_is_passed_over_with_a_notice(case):
    found = reading(case("publishers/acled_hxl.csv"))

    assert found.codes() == {("W-HXL", "warning"): 1}
    assert killed(found) == [1]
