"""Who asked to be told is told once, of what readers may see, on the page and by a signed message that gets through."""

import base64
import hashlib
import hmac
import json
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from tests.record.writers import mended, said, taken_back
from tests.wire.conftest import Said

from contested.cli.main import main
from contested.model.problem import RefusedAddressError
from contested.record import open_record
from contested.wire import public
from contested.wire.notices import FIRST, LONGEST, TRIES, Notices, State, delay
from contested.wire.requests import OPEN, Reach, post
from contested.wire.rules import About, Rules, Wanted
from contested.wire.telling import begin, dispatch, refuse_hook, tell

HERE = Reach(("127.0.0.1",))
KILLED = Wanted("Ann", "night", About.MAXIMUM, "killed")
QUESTION = "How many people were killed?"


class Desk:
    """A record, its rules and what they told."""

    def __init__(self, where):
        self.record = open_record(where, create=True)
        self.rules, self.notices = Rules(where), Notices(where)

    def told(self, who="Ann"):
        tell(self.record, self.rules, self.notices)
        return [one.words for one in reversed(self.notices.of(who))]

    def sent(self):
        dispatch(self.record, self.rules, self.notices, lambda url, body, headers: post(url, body, headers, HERE))
        return [one.state for one in self.notices.of("Ann")]

    def close(self):
        self.record.close()
        self.rules.close()
        self.notices.close()


@pytest.fixture
def desk(tmp_path):
    with closing(Desk(tmp_path / "desk.record")) as made:
        said(made.record, measure="killed", best=8, question=QUESTION, answer="8", scope="cumulative")
        yield made


def test_a_highest_figure_that_changes_is_told_once_and_one_that_does_not_is_not(desk):
    begin(desk.record, desk.rules, KILLED)

    assert desk.told() == []
    mended(desk.record, measure="killed", best=9, question=QUESTION, answer="9", scope="cumulative")
    assert desk.told() == ["north: killed 8 → 9"]
    said(desk.record, "k2", measure="killed", best=7, question=QUESTION, answer="7", scope="cumulative")
    assert desk.told() == ["north: killed 8 → 9"], "lower than what it says already"
    said(desk.record, "k3", account="south", measure="killed", best=4)
    assert desk.told() == ["north: killed 8 → 9", "south: killed 4"]
    assert desk.notices.unseen("Ann") == 2
    desk.notices.see("Ann")
    assert desk.notices.unseen("Ann") == 0


def test_a_new_contradiction_on_a_question_is_told_and_an_old_one_not_again(desk):
    hurt = {"measure": "injured", "question": "How many were hurt?", "scope": "event"}
    said(desk.record, "h1", best=8, answer="8", **hurt)
    begin(desk.record, desk.rules, Wanted("Ann", "night", About.CONTRADICTION, hurt["question"]))
    said(desk.record, "h2", account="south", best=4, answer="4", **hurt)
    told = ["How many were hurt? north and south cannot both be right"]

    assert desk.told() == told
    said(desk.record, "k3", account="east", summary="It rained.")
    assert desk.told() == told


def test_an_account_that_speaks_is_told_and_others_are_not(desk):
    begin(desk.record, desk.rules, Wanted("Ann", "night", About.ACCOUNT, "south"))
    said(desk.record, "k2", account="east", summary="It rained.")
    said(desk.record, "k3", account="south", summary="Ten died.")

    assert desk.told() == ["south: Ten died."]
    taken_back(desk.record, "k3")
    assert desk.told() == ["south: Ten died."]


def test_of_many_things_at_once_three_are_named(desk):
    begin(desk.record, desk.rules, Wanted("Ann", "night", About.ACCOUNT, "south"))
    for number in range(5):
        said(desk.record, f"s{number}", account="south", summary=f"Sentence {number}.")

    assert desk.told() == ["south: Sentence 0., south: Sentence 1., south: Sentence 2. and 2 more"]


def test_what_is_told_to_one_is_not_told_to_another_and_a_rule_taken_away_tells_nothing(desk):
    rule = begin(desk.record, desk.rules, KILLED)
    desk.rules.drop("Ben", rule.id)
    said(desk.record, "k2", account="south", measure="killed", best=4)

    assert desk.told() == ["south: killed 4"]
    assert desk.told("Ben") == []
    desk.rules.drop("Ann", rule.id)
    said(desk.record, "k3", account="east", measure="killed", best=5)
    assert desk.told() == ["south: killed 4"]


def test_a_message_is_signed_over_its_id_its_time_and_its_body(desk, site):
    site.answers = {"/hook": Said(204)}
    rule = begin(desk.record, desk.rules, KILLED._replace(hook=site.at("/hook")))
    said(desk.record, "k2", account="south", measure="killed", best=4)
    desk.told()

    assert desk.sent() == [State.SENT]
    assert desk.sent() == [State.SENT]
    [(method, _, headers, body)] = site.asked
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    signature = base64.b64encode(hmac.new(rule.secret.encode(), content, hashlib.sha256).digest()).decode()
    assert method == "POST"
    assert headers["webhook-signature"] == f"v1,{signature}"
    told = json.loads(body)
    assert (told["told"], told["rule"]) == ("south: killed 4", "any highest figure of killed changes")


def test_a_message_that_fails_is_sent_again_with_the_same_id_also_after_a_restart(desk, site, tmp_path):
    site.answers = {"/hook": Said(500)}
    begin(desk.record, desk.rules, KILLED._replace(hook=site.at("/hook")))
    said(desk.record, "k2", account="south", measure="killed", best=4)
    desk.told()

    assert desk.sent() == [State.WAITING]
    assert desk.sent() == [State.WAITING], "it is not time yet"
    [one] = desk.notices.of("Ann")
    assert one.problem == "the server says 500"
    assert one.next_at > datetime.now(UTC)
    site.answers = {"/hook": Said()}
    desk.notices.settle(one, State.WAITING, datetime.now(UTC) - timedelta(seconds=1), one.problem)
    with closing(Desk(tmp_path / "desk.record")) as restarted:
        assert restarted.told() == ["south: killed 4"]
        assert restarted.sent() == [State.SENT]
    assert len({headers["webhook-id"] for _, _, headers, _ in site.asked}) == 1
    assert len(site.asked) == 2


def test_a_copy_of_a_record_shows_what_was_told_and_leaves_sending_to_the_first(desk, site, tmp_path):
    site.answers = {"/hook": Said(500)}
    begin(desk.record, desk.rules, KILLED._replace(hook=site.at("/hook")))
    said(desk.record, "k2", account="south", measure="killed", best=4)
    desk.told()
    assert desk.sent() == [State.WAITING]
    copy = str(tmp_path / "copy.record")

    assert main(["backup", str(tmp_path / "desk.record"), copy]) == 0
    with closing(Desk(copy)) as restored:
        assert restored.told() == ["south: killed 4"]
        assert restored.sent() == [State.TOLD]
        assert [one.subject for one in restored.rules.of("Ann")] == ["killed"]
    assert len(site.asked) == 1


def test_a_message_is_sent_by_one_of_many_who_try(desk, site):
    begin(desk.record, desk.rules, KILLED._replace(hook=site.at("/hook")))
    said(desk.record, "k2", account="south", measure="killed", best=4)
    desk.told()
    [one] = desk.notices.due(datetime.now(UTC))

    assert [desk.notices.claim(one, datetime.now(UTC)) for _ in range(3)] == [True, False, False]


def test_each_try_waits_twice_as_long_and_never_more_than_hours():
    assert [delay(number) for number in (0, 1, 2)] == [FIRST, 2 * FIRST, 4 * FIRST]
    assert delay(TRIES) == LONGEST


@pytest.mark.parametrize(("mark", "value"), [("sensitive", "yes"), ("embargo_until", "2999-01-01T00:00Z")])
def test_what_is_held_back_is_not_told_and_is_once_it_may_be(desk, mark, value):
    begin(desk.record, desk.rules, KILLED)
    begin(desk.record, desk.rules, KILLED._replace(about=About.ACCOUNT, subject="south"))
    killed = {"account": "south", "measure": "killed", "best": 4, "summary": "Four died."}
    said(desk.record, "k2", **killed, **{mark: value})

    assert desk.told() == []
    mended(desk.record, "k2", **killed)
    assert sorted(desk.told()) == ["south: Four died.", "south: killed 4"]


def test_what_is_held_back_from_readers_by_now_is_not_sent(desk, site):
    begin(desk.record, desk.rules, KILLED._replace(hook=site.at("/hook")))
    killed = {"account": "south", "measure": "killed", "best": 4}
    said(desk.record, "k2", **killed)
    assert desk.told() == ["south: killed 4"]
    mended(desk.record, "k2", **killed, sensitive="yes")

    assert public.held(desk.record, "night") == {"k2"}
    assert desk.sent() == [State.GIVEN_UP]
    assert site.asked == []


@pytest.mark.parametrize("url", ["http://a.example/", "https://10.0.0.8/", "https://localhost/", "ftp://a.example/"])
def test_an_address_that_nothing_may_be_sent_to_is_refused(url):
    means = {"a.example": "93.184.216.34", "10.0.0.8": "10.0.0.8", "localhost": "127.0.0.1"}
    named = OPEN._replace(resolve=lambda host, _: [means[host]])

    with pytest.raises(RefusedAddressError):
        refuse_hook(url, named)
    refuse_hook("https://a.example/hook", named)


def test_a_host_inside_is_sent_to_only_where_the_operator_names_it(site):
    refuse_hook(site.at("/hook"), HERE)
    with pytest.raises(RefusedAddressError):
        refuse_hook(site.at("/hook"), OPEN)
