"""A name in passing is an entry that holds no claim, and is there in the story at once."""

from tests.record.writers import ANN, current_claims, said

from contested.library import kept_story
from contested.record.naming import name
from contested.record.verify import faults


def test_names_are_added_to_those_there_are_and_no_claim_is_touched(file):
    said(file)
    name(file, "night", {"accounts": [{"account": "north", "label": "The north"}]}, ANN)
    name(
        file,
        "night",
        {
            "accounts": [{"account": "south", "label": "The south"}],
            "events": [{"event_id": "night", "label": "That night"}],
        },
        ANN,
    )
    story = kept_story(file, "night")

    assert {key: one.label for key, one in story.accounts.items()} == {"north": "The north", "south": "The south"}
    assert story.events["night"].label == "That night"
    assert [one.claim_id for one in current_claims(file)] == ["k1"]
    assert list(faults(file)) == []
