"""Whoever has no role reads; a role is asked at each write, and taken away at once."""

from contextlib import closing

import pytest
from tests.claims_for_tests import claim
from tests.record.writers import ANN, said

from contested.cli.main import main
from contested.model.problem import NotAllowedError
from contested.record import open_record
from contested.record.edits import state
from contested.record.gated import GatedRecord
from contested.record.roles import Role, Roles


@pytest.fixture
def roles(tmp_path):
    with closing(Roles(tmp_path / "desk.record.roles")) as kept:
        yield kept


def test_who_has_no_role_reads(roles):
    assert roles.of("nobody") is Role.VIEWER
    assert roles.of("") is Role.VIEWER


def test_a_role_includes_those_before_it():
    assert [one.includes(Role.EDITOR) for one in Role] == [False, True, True]
    assert [one.includes(Role.PUBLISHER) for one in Role] == [False, False, True]


def test_a_role_that_is_taken_away_is_gone_at_the_next_write(file, roles):
    gated = GatedRecord(file)
    roles.give("zh", Role.EDITOR, "ann")
    said(gated.by("zh", roles.of("zh")))
    roles.give("zh", Role.VIEWER, "ann")

    with pytest.raises(NotAllowedError, match="zh may read, not change claims"):
        gated.by("zh", roles.of("zh"))
    assert gated.head.seq == 1


def test_a_view_cannot_write_to_what_it_is_given(file):
    gated = GatedRecord(file)

    with pytest.raises(NotAllowedError):
        state(gated, "night", claim(), ANN)
    for write in (gated.append_import, gated.replay):
        with pytest.raises(NotAllowedError):
            write([])
    assert file.head.seq == 0


def test_an_editor_publishes_no_files(file):
    with pytest.raises(NotAllowedError):
        GatedRecord(file).by("zh", Role.EDITOR, Role.PUBLISHER)


def test_a_backup_has_the_roles_and_gives_no_right_back_that_was_taken_away_since(roles, tmp_path, capsys):
    where, copy = str(tmp_path / "desk.record"), str(tmp_path / "copy.record")
    open_record(where, create=True).close()
    roles.give("zh", Role.EDITOR, "ann")
    roles.end("zh", 1_700_000_000)

    assert main(["backup", where, copy]) == 0
    assert "beside it 1 role" in capsys.readouterr().out
    with closing(Roles(tmp_path / "copy.record.roles")) as copied:
        assert copied.every() == roles.every()
        assert copied.has_ended("zh", 1_700_000_000)
    roles.give("zh", Role.VIEWER, "ann")
    assert main(["backup", copy, where]) == 0
    assert roles.of("zh") is Role.VIEWER


def test_roles_are_given_by_the_terminal(tmp_path, capsys):
    where = str(tmp_path / "desk.record")

    assert main(["roles", where, "m.lee@example.org", "editor"]) == 0
    assert "m.lee@example.org: editor, given by" in capsys.readouterr().out
    assert main(["roles", where, "m.lee@example.org"]) == 2
    with closing(Roles(tmp_path / "desk.record.roles")) as kept:
        assert kept.of("m.lee@example.org") is Role.EDITOR
