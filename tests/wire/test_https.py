"""Over https only who has a certificate of a known authority, for its name and for now, is asked or sent anything."""

import ssl
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.record.writers import said
from tests.wire.conftest import Said

from contested.model.problem import RefusedAddressError, UnansweredError
from contested.record import open_record
from contested.wire import telling
from contested.wire.notices import Notices, State, signed
from contested.wire.page import fetch
from contested.wire.quarantine import Look
from contested.wire.requests import Reach, get, post
from contested.wire.rules import About, Rules, Wanted

HOST, OTHER = "news.example", "other.example"
NOW = datetime.now(UTC)
HERE = Reach((HOST, OTHER), resolve=lambda _host, _port: ["127.0.0.1"])
"""Both names mean this machine."""


class Authority:
    """An authority of this test alone, and the certificates that it gives."""

    def __init__(self, name, folder):
        self.name, self.key = _name(name), ec.generate_private_key(ec.SECP256R1())
        self.folder, self.file = folder, folder / f"{name}.pem"
        made = self._signed(self.name, self.key, NOW + timedelta(days=2), x509.BasicConstraints(ca=True, path_length=0))
        self.file.write_bytes(made)

    def gives(self, host, until=NOW + timedelta(days=1)):
        """Give a server what it shows: its certificate, and the key to it."""
        key = ec.generate_private_key(ec.SECP256R1())
        file = self.folder / f"{host}-{until:%j}.pem"
        alternative = x509.SubjectAlternativeName([x509.DNSName(host)])
        own = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file.write_bytes(own + self._signed(_name(host), key, until, alternative))
        return file

    def _signed(self, name, key, until, extension):
        made = x509.CertificateBuilder(self.name, name, key.public_key(), x509.random_serial_number())
        made = made.not_valid_before(NOW - timedelta(days=9)).not_valid_after(until)
        made = made.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
        made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        by = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        made = made.add_extension(by, critical=False)
        return made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _name(said):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, said)])


@pytest.fixture
def authority(tmp_path, monkeypatch):
    """An authority that this machine knows, as its operator makes one known."""
    made = Authority("known", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    return made


@pytest.fixture
def shows(site):
    """Let the server answer by https, showing a certificate; gives the address of a path at a host."""

    def by(file):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        site.server.socket = context.wrap_socket(site.server.socket, server_side=True, do_handshake_on_connect=False)
        return lambda path, host=HOST: f"https://{host}:{site.server.server_port}{path}"

    return by


def test_a_file_is_fetched_and_a_message_is_sent_where_the_certificate_is_right(site, authority, shows):
    at = shows(authority.gives(HOST))
    site.answers = {"/night.csv": Said(headers={"ETag": '"1"'}, body=b"a,b\n"), "/hook": Said(204)}

    fetched = fetch(at("/night.csv"), Look(), HERE)
    assert (fetched.name, fetched.content, fetched.look.etag) == ("night.csv", b"a,b\n", '"1"')
    assert post(at("/hook"), b"{}", signed("n1", 5, b"{}", "secret"), HERE).status == 204
    assert [(method, path) for method, path, *_ in site.asked] == [("GET", "/night.csv"), ("POST", "/hook")]


@pytest.mark.parametrize("wrong", ["of another authority", "for another name", "of the past"])
def test_nothing_is_taken_from_or_sent_to_who_shows_a_wrong_certificate(site, authority, shows, tmp_path, wrong):
    files = {
        "of another authority": lambda: Authority("unknown", tmp_path).gives(HOST),
        "for another name": lambda: authority.gives(OTHER),
        "of the past": lambda: authority.gives(HOST, NOW - timedelta(days=1)),
    }
    at = shows(files[wrong]())
    site.answers = {"/night.csv": Said(body=b"a,b\n"), "/hook": Said(204)}

    with pytest.raises(UnansweredError, match="certificate verify failed"):
        fetch(at("/night.csv"), Look(), HERE)
    with pytest.raises(UnansweredError, match="certificate verify failed"):
        post(at("/hook"), b"{}", {}, HERE)
    assert site.asked == [], "not even what is asked for was said"


def test_a_redirect_from_https_to_http_is_not_followed(site, authority, shows):
    at = shows(authority.gives(HOST))
    site.answers = {"/a": Said(302, {"Location": at("/b").replace("https", "http")}), "/b": Said(body=b"here")}

    with pytest.raises(RefusedAddressError, match="from https to http"):
        get(at("/a"), {}, HERE)


def test_what_a_rule_tells_waits_while_the_certificate_is_wrong_and_is_sent_once_it_is_right(
    site, authority, shows, tmp_path
):
    at = shows(authority.gives(HOST))
    site.answers = {"/hook": Said(204)}
    with (
        closing(open_record(tmp_path / "desk.record", create=True)) as record,
        closing(Rules(tmp_path / "desk.record")) as rules,
        closing(Notices(tmp_path / "desk.record")) as notices,
    ):
        said(record, measure="killed", best=8)
        telling.begin(record, rules, Wanted("zh", "night", About.ACCOUNT, "north", at("/hook", OTHER)))
        said(record, "k2", summary="Ten died.")
        telling.tell(record, rules, notices)
        telling.dispatch(record, rules, notices, lambda *sent: post(*sent, HERE))
        [one] = notices.of("zh")
        assert (one.state, "certificate verify failed" in one.problem, site.asked) == (State.WAITING, True, [])
        notices.settle(one, State.WAITING, NOW - timedelta(days=1), "")
        telling.dispatch(record, rules, notices, lambda url, *sent: post(url.replace(OTHER, HOST), *sent, HERE))

        assert notices.of("zh")[0].state == State.SENT
        [(_, _, headers, body)] = site.asked
        [rule] = rules.every()
        assert (
            headers["webhook-signature"]
            == signed(one.id, int(headers["webhook-timestamp"]), body, rule.secret)["webhook-signature"]
        )
