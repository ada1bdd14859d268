"""The commands `serve` and `doctor`: a story in the browser, and what is set, what is missing and who may write."""

import argparse
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import NamedTuple

from contested.cli.home import EXAMPLE, HOME, default_record
from contested.cli.terminal import OK, PROBLEMS, Commands, echo
from contested.export.readable import READABLE
from contested.library import open_story
from contested.model.problem import ContestedError, UnusablePortError
from contested.model.wording import listing
from contested.record import is_record

WHERE = "a folder, a file of claims, or a record"
HERE = "127.0.0.1"
_LOOPBACK = {HERE, "::1", "localhost"}
_TOKEN, _LETTERS = "CONTESTED_KEEPER_TOKEN", 16
_PROXY = "CONTESTED_PROXY_USER"
_LOG_IN = ("METADATA", "CLIENT", "SECRET", "CALLBACK")
_WIDE = 10
_SITES = "CONTESTED_EMBED"


def add(commands: Commands) -> None:
    """Add both commands, which take the same settings."""
    serve = commands.add_parser("serve", help="show a story in the browser")
    doctor = commands.add_parser("doctor", help="say what is set for `serve`, what is missing, and who may write")
    for command, run in ((serve, _serve), (doctor, _doctor)):
        command.add_argument("where", nargs="?", default=EXAMPLE, metavar="STORY", help=WHERE)
        command.add_argument("--story", help="which story of a record")
        command.add_argument("--port", type=int, default=8501, help="on which the browser finds it, 8501 unless said")
        command.add_argument(
            "--address", default=HERE, help=f"{HERE}, unless said, is this machine alone; 0.0.0.0 is every network"
        )
        command.add_argument(
            "--host",
            action="append",
            default=[],
            metavar="NAME",
            help="a name that browsers reach it under; may be repeated",
        )
        command.add_argument(
            "--record", metavar="STORE", help="where imports are kept, a file or postgresql://…; else CONTESTED_RECORD"
        )
        command.set_defaults(run=run)


def _serve(arguments: argparse.Namespace) -> int:
    _refuse_open_proxy(arguments.address)
    _refuse_port(arguments.address, arguments.port)
    open_story(arguments.where, arguments.story)
    settings = {"server.port": arguments.port, "server.address": arguments.address}
    options = [f"--{name}={value}" for name, value in settings.items()]
    hosts = [f"--server.allowedHosts={name}" for name in arguments.host]
    told = {"CONTESTED_STORY": _whole(arguments.where), "CONTESTED_NAME": arguments.story or ""}
    record = arguments.record or os.environ.get("CONTESTED_RECORD")
    told |= {"CONTESTED_RECORD": _whole(record)} if record else {}
    os.chdir(HOME)
    streamlit = [sys.executable, "-m", "streamlit", "run", str(HOME / "dashboard" / "server.py")]
    os.execve(sys.executable, [*streamlit, *options, *hosts], _MEMORY | os.environ | told)  # noqa: S606 our own program


_MEMORY = {"MALLOC_ARENA_MAX": "2", "GLIBC_TUNABLES": "glibc.malloc.tcache_count=2000"}
"""How the C library of Linux keeps what is freed, unless the environment says otherwise: two arenas, else each thread
of the server keeps for itself what it freed; and much of it at hand, else the small blocks that DuckDB leaves behind
slow it down, after 400 answers by half."""


def _whole(where: str | Path) -> str:
    """Write out where something is, since the server is started in another folder."""
    return str(where) if "://" in str(where) else str(Path(where).resolve())


def _refuse_open_proxy(address: str) -> None:
    """Refuse to believe a header that whoever reaches the port can send."""
    if os.environ.get(_PROXY) and address not in _LOOPBACK:
        message = (
            f"{_PROXY} names a header that says who is signed in, but at {address} anybody can send one; "
            f"let the proxy alone reach the server: --address {HERE}"
        )
        raise UnusablePortError(message)


def _refuse_port(address: str, port: int) -> None:
    """Say why nobody can listen on a port before a server fails to."""
    with closing(socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OverflowError:
            message = f"--port {port}: no such port; choose one between 1024 and 65535"
            raise UnusablePortError(message) from None
        except socket.gaierror:
            message = f"--address {address}: no address of this machine; 0.0.0.0 stands for all that it has"
            raise UnusablePortError(message) from None
        except OSError as error:
            message = f"--port {port}: {(error.strerror or 'refused').lower()}; choose another"
            raise UnusablePortError(message) from None


class _Line(NamedTuple):
    """One thing that was looked at."""

    name: str
    words: str
    fix: str = ""
    """How to mend it, where it does not do as it is."""


def _doctor(arguments: argparse.Namespace) -> int:
    """Print what `serve` would do with these settings; nothing is started or written."""
    lines = list(_looked_at(arguments))
    for line in lines:
        echo(f"{'!' if line.fix else '✓'} {line.name + ':':{_WIDE}} {line.words}{'; ' + line.fix if line.fix else ''}")
    return PROBLEMS if any(line.fix for line in lines) else OK


def _looked_at(arguments: argparse.Namespace) -> Iterator[_Line]:
    packages = ", ".join(f"{name} {version(name)}" for name in ("contested", "streamlit", "duckdb"))
    yield _Line("program", f"{packages}, Python {python_version()}, in {HOME}")
    yield _story(arguments)
    yield _port(arguments)
    is_alone = arguments.address in _LOOPBACK
    yield _readers(arguments, is_alone=is_alone)
    yield _imports(arguments, is_alone=is_alone)
    yield _writers(is_alone=is_alone)
    yield _files()
    sites = os.environ.get(_SITES, "").split()
    yield _Line(
        "frames", f"charts may stand in pages of {listing(sites)}" if sites else f"in no page; {_SITES} names sites"
    )


def _files() -> _Line:
    """Say which files can be written that need more than the program."""
    lacking = {name: one.lacks() for name, one in READABLE.items() if one.lacks()}
    can = [name.upper() for name in READABLE if name not in lacking]
    missing = [f"{name.upper()} needs {needs}" for name, needs in lacking.items()]
    return _Line("files", "; ".join([f"charts and decks as {listing(can)}", *missing]))


def _story(arguments: argparse.Namespace) -> _Line:
    try:
        story = open_story(arguments.where, arguments.story)
    except ContestedError as error:
        return _Line("story", str(error), "name a folder, a file of claims, or a record that can be read")
    kept = "a record" if is_record(arguments.where) else "files, which are read once; start anew to see what changed"
    return _Line("story", f"{story.package.title} ({arguments.where}), {kept}")


def _port(arguments: argparse.Namespace) -> _Line:
    try:
        _refuse_port(arguments.address, arguments.port)
    except UnusablePortError as error:
        words, _, fix = str(error).partition("; ")
        return _Line("port", words, fix)
    return _Line("port", f"{arguments.port} is free")


def _readers(arguments: argparse.Namespace, *, is_alone: bool) -> _Line:
    if is_alone:
        return _Line("readers", f"this machine alone, at http://localhost:{arguments.port}")
    if not arguments.host:
        words = f"other machines at {arguments.address}, under no name"
        return _Line("readers", words, "say with --host under which name browsers reach it")
    return _Line("readers", f"other machines, under {listing(arguments.host)}; put https before it, by a proxy")


def _imports(arguments: argparse.Namespace, *, is_alone: bool) -> _Line:
    said = arguments.record or os.environ.get("CONTESTED_RECORD")
    where = arguments.where if is_record(arguments.where) else said or (default_record() if is_alone else None)
    if where is None:
        fix = "say with --record or CONTESTED_RECORD where, if anything is to be imported"
        return _Line("imports", "kept nowhere", fix)
    if "://" in str(where):
        return _Line("imports", "kept in a database")
    path = Path(where)
    folder = next((one for one in (path, *path.parents) if one.exists()), path)
    if not os.access(folder, os.W_OK):
        return _Line("imports", f"kept in {path}, which cannot be written", "let the user who serves write there")
    return _Line("imports", f"kept in {path}" + ("" if path.exists() else ", which the first import makes"))


def _log_in() -> _Line | None:
    """Say whether people sign in with a provider, by the environment or a file of secrets."""
    names = [*(f"CONTESTED_OIDC_{name}" for name in _LOG_IN), "CONTESTED_COOKIE_SECRET"]
    lacking = [name for name in names if not os.environ.get(name)]
    file = HOME / ".streamlit" / "secrets.toml"
    if not lacking or (file.is_file() and "[auth" in file.read_text(encoding="utf-8")):
        return _Line("writers", "who signs in with the provider and `contested roles` gave a role")
    if len(lacking) < len(names):
        return _Line("writers", "nobody signs in with the provider", f"set {listing(lacking)} as well")
    return None


def _writers(*, is_alone: bool) -> _Line:
    has_token = len(os.environ.get(_TOKEN, "")) >= _LETTERS
    if line := _log_in():
        return line
    if header := os.environ.get(_PROXY):
        who = f"whom the proxy names in {header} and `contested roles` gave a role"
        return _Line("writers", who, "" if is_alone else f"let the proxy alone reach the server: --address {HERE}")
    if is_alone:
        return _Line(
            "writers", "everybody on this machine; programs by the API " + ("with the token" if has_token else "nobody")
        )
    if has_token:
        return _Line("writers", "whoever has the keeper's token, on the page or by the API; everybody else reads")
    return _Line("writers", "nobody", f"set {_TOKEN} to at least {_LETTERS} letters, if anybody is to import")
