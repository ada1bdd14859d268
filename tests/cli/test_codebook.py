"""The codebook: nothing that the code knows is left out, and every line says what it means."""

from contested import CHARTS, Claim, Selection, Store
from contested.cli import codebook
from contested.model.times import HEDGE_MINUTES, HEDGE_WORDS


def test_every_field_of_a_claim_says_what_it_means():
    rows = {row["field"].strip("`"): row for row in codebook.fields()}

    assert list(rows) == list(Claim.model_fields)
    assert all(row["meaning"].endswith((".", "`.")) for row in rows.values() if row["meaning"])
    assert [name for name, row in rows.items() if not row["meaning"]] == []
    assert [name for name, row in rows.items() if row["required"]] == [
        "claim_id",
        "event_id",
        "account",
        "kind",
        "source_id",
        "summary",
    ]


def test_every_list_says_what_it_lists():
    assert all(row["meaning"] and row["words"] for row in codebook.vocabularies())


def test_every_choice_says_what_it_does_and_what_holds_without_it():
    rows = codebook.defaults()

    assert len(rows) == len(Selection.model_fields)
    assert all(row["meaning"] and row["default"] for row in rows)
    assert {"`from`", "`to`", "`hedged`"} <= {row["choice"] for row in rows}


def test_every_chart_says_its_question_its_definition_its_caveat_and_its_columns():
    for chart in CHARTS:
        told = codebook.chart_section(chart)
        assert "?" in codebook.question_of(chart).splitlines()[0]
        assert chart.definition in told
        assert chart.caveat in told
        assert all(f"`{column}`" in told for column in chart.columns)


def test_the_assumptions_carry_their_numbers():
    assert f"{HEDGE_MINUTES} minutes" in codebook.assumptions()
    assert all(f"“{word}”" in codebook.assumptions() for word in HEDGE_WORDS)


def test_the_page_holds_everything(korday):
    page = codebook.page(korday, Store(korday.claims).facets())

    for part in (
        *(codebook.chart_section(chart) for chart in CHARTS),
        codebook.assumptions(),
        codebook.relations_section(),
    ):
        assert part in page
    assert all(row["words"] in page for row in codebook.vocabularies())
