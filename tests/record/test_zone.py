"""A story of a record is read on the clocks that all its claims are told on, where it names no zone of its own."""

import pytest
from tests.claims_for_tests import claim
from tests.record.writers import brought

from contested.library import kept_story


@pytest.mark.parametrize(
    ("zones", "read_in"),
    [
        (["America/Los_Angeles", "America/Los_Angeles"], "America/Los_Angeles"),
        (["America/Los_Angeles", "Asia/Almaty"], "UTC"),
        (["America/Los_Angeles", None], "UTC"),
        ([None, None], "UTC"),
    ],
)
def test_one_zone_of_all_claims_is_that_of_the_story(file, tmp_path, zones, read_in):
    brought(file, tmp_path, *(claim(claim_id=f"k{number}", zone=zone) for number, zone in enumerate(zones)))

    assert kept_story(file).package.zone == read_in
