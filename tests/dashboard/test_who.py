"""Who may write: one person on the machine itself; elsewhere nobody, until a log-in is set up."""

import getpass
from contextlib import closing
from types import SimpleNamespace

import pytest
import streamlit as st

import write_access
from contested.cli.main import main
from contested.record.roles import Role, Roles

HEADER = "X-Auth-Request-User"


@pytest.fixture
def session(monkeypatch, tmp_path):
    """Say from where a browser asks, with which headers, of a server that listens where."""
    monkeypatch.setenv("CONTESTED_RECORD", str(tmp_path / "desk.record"))
    monkeypatch.setenv("CONTESTED_STORY", str(tmp_path))
    monkeypatch.delenv("CONTESTED_PROXY_USER", raising=False)

    def asked(address="127.0.0.1", client=None, origins=(), **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        options = {"server.address": address, "server.corsAllowedOrigins": list(origins)}
        monkeypatch.setattr(write_access.st, "context", SimpleNamespace(ip_address=client, headers=named))
        monkeypatch.setattr(write_access.st, "get_option", options.get)
        return write_access.role(), write_access.person()

    st.session_state.clear()
    return asked


def given(tmp_path, person, role):
    with closing(Roles(tmp_path / "desk.record.roles")) as kept:
        kept.give(person, role, "keeper")


def test_on_the_machine_itself_one_person_publishes_without_a_log_in(session):
    assert session() == (Role.PUBLISHER, getpass.getuser())


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"address": "0.0.0.0"},  # noqa: S104 every network
        {"address": None},
        {"client": "10.0.0.7"},
        {"X_Forwarded_For": "127.0.0.1"},
        {"Via": "1.1 proxy"},
        {"origins": ["https://desk.example"]},
    ],
)
def test_where_another_machine_may_be_behind_it_everybody_reads(session, elsewhere):
    assert session(**elsewhere)[0] is Role.VIEWER


def test_a_header_that_nobody_set_up_names_nobody(session, tmp_path):
    given(tmp_path, "zh", Role.PUBLISHER)

    assert session(address="0.0.0.0", X_Auth_Request_User="zh")[0] is Role.VIEWER  # noqa: S104
    assert session(client="10.0.0.7", X_Auth_Request_User="zh", Remote_User="zh")[0] is Role.VIEWER


def test_whom_a_proxy_names_has_the_role_that_was_given(session, monkeypatch, tmp_path):
    monkeypatch.setenv("CONTESTED_PROXY_USER", HEADER)
    given(tmp_path, "zh", Role.EDITOR)
    given(tmp_path, "Жанна", Role.PUBLISHER)

    assert session(X_Auth_Request_User="zh") == (Role.EDITOR, "zh")
    assert session(X_Auth_Request_User="Жанна".encode().decode("latin-1")) == (Role.PUBLISHER, "Жанна")
    assert session(X_Auth_Request_User="ak") == (Role.VIEWER, "ak")
    assert session(X_Auth_Request_User="zh\nak")[0] is Role.VIEWER
    assert session()[0] is Role.VIEWER  # a proxy is set up: who is on this machine logs in as well
    given(tmp_path, "zh", Role.VIEWER)
    assert session(X_Auth_Request_User="zh")[0] is Role.VIEWER


def test_a_forged_header_is_not_believed_where_anybody_reaches_the_server(session, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("CONTESTED_PROXY_USER", HEADER)
    given(tmp_path, "zh", Role.PUBLISHER)

    assert session(address="0.0.0.0", X_Auth_Request_User="zh")[0] is Role.VIEWER  # noqa: S104
    assert main(["serve", "--address", "0.0.0.0", "--port", "0"]) == 2  # noqa: S104
    assert "anybody can send one" in capsys.readouterr().err
