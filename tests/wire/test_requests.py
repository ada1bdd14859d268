"""Only the open network is asked, by http and https: by what a name means, at each redirect, within size and time."""

import threading

import pytest
from tests.wire.conftest import Said

from contested.model.problem import RefusedAddressError, UnansweredError
from contested.wire.addresses import checked, is_outside
from contested.wire.page import fetch, named
from contested.wire.quarantine import Look
from contested.wire.requests import Reach, get, post

HERE = Reach(("127.0.0.1",))
INSIDE = """127.0.0.1 10.0.0.8 172.16.3.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255
    ::1 :: fe80::1 fc00::1 ff02::1 ::ffff:10.0.0.8 ::ffff:127.0.0.1 64:ff9b::a00:8 2002:7f00:1:: 2001:db8::1"""


@pytest.mark.parametrize("ip", INSIDE.split())
def test_an_address_inside_the_network_is_refused_whatever_its_name_is(ip):
    assert not is_outside(ip)
    with pytest.raises(RefusedAddressError, match="inside the network"):
        checked("https://harmless.example/feed.csv", resolve=lambda _host, _port: [ip])


def test_one_address_inside_among_those_of_a_name_is_enough_to_refuse_it():
    with pytest.raises(RefusedAddressError, match="inside"):
        checked("https://two.example/", resolve=lambda _host, _port: ["93.184.216.34", "10.0.0.8"])


def test_what_is_connected_to_is_what_was_checked_and_not_what_the_name_means_a_moment_later():
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])

    assert checked("https://turns.example/", resolve=lambda _host, _port: next(answers)).ip == "93.184.216.34"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/a.csv",
        "gopher://example.org/",
        "//example.org/a.csv",
        "example.org/a.csv",
        "http://",
        "http://user:word@example.org/",
        "http://example.org:99999/",
        "http://[::1/",
        "http://example.org/a b",
        "http://example.org/\r\nHost: other",
        "",
    ],
)
def test_what_is_no_plain_address_of_the_web_is_refused(url):
    with pytest.raises(RefusedAddressError):
        checked(url, resolve=lambda _host, _port: ["93.184.216.34"])


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001", "[::1]", "0"])
def test_the_machine_itself_is_refused_however_it_is_written(host):
    with pytest.raises(RefusedAddressError):
        checked(f"http://{host}/")


def test_a_redirect_is_followed_where_it_may_be_and_checked_each_time(site):
    site.answers = {"/a": Said(302, {"Location": "/b"}), "/b": Said(body=b"here")}

    assert get(site.at("/a"), {}, HERE).body == b"here"
    port = site.server.server_port
    for there in (f"http://127.0.0.2:{port}/b", "http://169.254.169.254/latest", "file:///etc/passwd", ""):
        site.answers["/a"] = Said(302, {"Location": there})
        with pytest.raises((RefusedAddressError, UnansweredError)):
            get(site.at("/a"), {}, HERE)
    assert [path for _, path, *_ in site.asked].count("/b") == 1


def test_an_address_that_leads_on_for_ever_is_given_up(site):
    site.answers = {"/a": Said(302, {"Location": "/a"})}

    with pytest.raises(UnansweredError, match="more than 5 times"):
        get(site.at("/a"), {}, HERE)
    assert len(site.asked) == 6


def test_what_is_too_large_is_not_taken_whether_it_says_so_or_not(site):
    site.answers = {
        "/says": Said(body=b"x" * 1001),
        "/does not".replace(" ", "-"): Said(
            headers={"Content-Length": "5000", "Connection": "close"}, body=b"x" * 5000
        ),
    }
    small = HERE._replace(most_bytes=1000)

    for path in site.answers:
        with pytest.raises(UnansweredError, match="larger than 1,000 bytes"):
            get(site.at(path), {}, small)
    assert len(get(site.at("/says"), {}, HERE._replace(most_bytes=1001)).body) == 1001


def test_what_ends_too_soon_is_not_taken_for_whole(site):
    site.answers = {"/a": Said(headers={"Content-Length": "10"}, body=b"half")}

    with pytest.raises(UnansweredError, match=r"6 bytes too soon|IncompleteRead"):
        get(site.at("/a"), {}, HERE)


def test_what_takes_too_long_is_given_up(site):
    given_up = threading.Event()
    site.answers = {"/a": lambda: Said() if given_up.wait(60) else Said(500)}
    try:
        with pytest.raises(UnansweredError, match="takes too long"):
            get(site.at("/a"), {}, HERE._replace(seconds=0.2))
    finally:
        given_up.set()


def test_a_file_is_fetched_again_only_where_it_is_another_one(site):
    site.answers = {
        "/feed.csv": Said(headers={"ETag": '"one"', "Last-Modified": "Sat, 8 Feb 2020 09:00:00 GMT"}, body=b"a")
    }
    first = fetch(site.at("/feed.csv"), Look(), HERE)
    site.answers = {"/feed.csv": Said(304)}

    assert (first.name, first.content) == ("feed.csv", b"a")
    assert fetch(site.at("/feed.csv"), first.look, HERE) is None
    asked = site.asked[1][2]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"one"', "Sat, 8 Feb 2020 09:00:00 GMT")


@pytest.mark.parametrize("status", [204, 206, 401, 404, 500, 503])
def test_what_is_no_whole_answer_is_not_taken(site, status):
    site.answers = {"/feed.csv": Said(status)}

    with pytest.raises(UnansweredError, match=str(status)):
        fetch(site.at("/feed.csv"), Look(), HERE)


@pytest.mark.parametrize(
    ("url", "media_type", "name"),
    [
        ("https://a.example/night.csv?day=8", "text/html", "night.csv"),
        ("https://a.example/export", "text/csv; charset=utf-8", "export.csv"),
        ("https://a.example/", "application/json", "file.json"),
        ("https://a.example/..%2f..%2fetc%2fpasswd", "text/csv", "passwd.csv"),
        ("https://a.example/%2e%2e", "text/csv", "file.csv"),
        ("https://a.example/a%0Ab%1b.csv", "", "a_b_.csv"),
    ],
)
def test_a_file_is_named_by_its_address_and_never_leads_out_of_its_folder(url, media_type, name):
    assert named(url, media_type) == name


def test_what_is_sent_does_not_lead_on(site):
    site.answers = {"/hook": Said(302, {"Location": "/other"}), "/other": Said()}

    assert post(site.at("/hook"), b"{}", {}, HERE).status == 302
    assert [path for _, path, *_ in site.asked] == ["/hook"]
