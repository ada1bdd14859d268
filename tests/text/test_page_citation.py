"""A page is cited with what it says, as of when, on which terms and where; no sign of it runs or breaks a line."""

from datetime import date

from contested.text.page_citation import PageCitation

CITED = PageCitation(
    "Night & day",
    "8 to 11\ndead, 50 % sure",
    "state of 8 February 2020, entry 3 (0a1b2c3d)",
    date(2020, 2, 8),
    "CC BY 4.0",
    "https://desk.example/night/3-0a1b2c3d",
    date(2026, 11, 30),
    "night-3",
)


def test_a_sentence_names_story_finding_state_terms_address_and_day():
    assert CITED._replace(finding="Ten died").sentence() == (
        "“Night & day”, “Ten died”, contested timeline, state of 8 February 2020, entry 3 (0a1b2c3d), CC BY 4.0, "
        "https://desk.example/night/3-0a1b2c3d, accessed 30 November 2026."
    )


def test_bibtex_escapes_what_latex_would_read():
    written = CITED.bibtex()

    assert written.startswith(
        "@online{night-3,\n  title = {8 to 11 dead, 50 \\% sure},\n  maintitle = {Night \\& day},\n"
    )
    assert "  urldate = {2026-11-30},\n" in written


def test_ris_has_a_tag_a_line():
    lines = CITED.ris().split("\r\n")

    assert lines[0] == "TY  - ELEC"
    assert lines[1] == "TI  - 8 to 11 dead, 50 % sure"
    assert lines[-2] == "ER  - "
