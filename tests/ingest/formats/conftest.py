"""How the tests of a format read: what is written stands in a file with the `SUFFIX` that their module names."""

import pytest

from contested.ingest.formats import rows
from contested.ingest.options import Given
from contested.model.problem import UnreadableFileError


@pytest.fixture
def read(request, tmp_path):
    def reading(content, sheet=None):
        path = tmp_path / f"claims{request.module.SUFFIX}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(rows(path, Given(path.name, sheet=sheet)))

    return reading


@pytest.fixture
def refusal(read):
    """The one problem for which a whole file is refused."""

    def refusing(content, sheet=None):
        with pytest.raises(UnreadableFileError) as caught:
            read(content, sheet)
        [problem] = caught.value.problems
        return problem

    return refusing
