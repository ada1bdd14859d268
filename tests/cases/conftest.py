"""The shared cases: small files that came out wrong, read where they lie beside the project, and skipped elsewhere."""

from pathlib import Path

import pytest

CASES = Path(__file__).parents[3] / "shared" / "cases"


@pytest.fixture
def case():
    """Give the path of a shared case by its name, such as `dispatch/wide_log.csv`."""

    def path(name):
        if not CASES.is_dir():
            pytest.skip("the shared cases do not lie beside this checkout")
        return CASES / name

    return path
