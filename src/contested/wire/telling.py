"""Telling: each rule is held against what readers may see now, and what it tells is kept and sent."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from contested.model.problem import ContestedError, RefusedAddressError
from contested.model.wording import listing
from contested.query.store import Store
from contested.record.log import Record
from contested.wire import public
from contested.wire.addresses import INSIDE, checked
from contested.wire.notices import Notices, Post, send
from contested.wire.requests import Reach
from contested.wire.rules import About, Rule, Rules, Wanted, facts, news

NAMED = 3
"""How many things a notice says; of more their number."""


def tell(record: Record, rules: Rules, notices: Notices) -> int:
    """Keep what each rule tells of what is new since it was last looked at; one that fails does not stop the others.

    Returns how many notices were kept.
    """
    kept = 0
    wanted: dict[str, list[Rule]] = {}
    for rule in rules.every():
        wanted.setdefault(rule.story, []).append(rule)
    for name in wanted.keys() & set(record.stories()):
        story = public.story(record, name)
        store = Store(story.claims, story.published())
        for rule in wanted[name]:
            try:
                now = facts(rule.about, rule.subject, story.without_claims(), store)
            except ContestedError:
                continue
            told = list(news(rule, now, story))
            if told:
                kept += 1
                ids = {one for _, claim_ids in told for one in claim_ids}
                notices.add(rule, _words(rule, [words for words, _ in told]), ids, datetime.now(UTC))
            if now != rule.facts:
                rules.saw(rule, now)
    return kept


def _words(rule: Rule, sentences: list[str]) -> str:
    """Write what a rule tells; of a contradiction the question comes once, before all who contradict each other."""
    more = [f"{len(sentences) - NAMED} more"] if len(sentences) > NAMED else []
    question = f"{rule.subject} " if rule.about is About.CONTRADICTION else ""
    return question + listing([*sentences[:NAMED], *more])


def dispatch(record: Record, rules: Rules, notices: Notices, post: Post) -> None:
    """Send what is due to the addresses that rules name."""

    def words(rule: Rule) -> str:
        return rule.words(public.names(record, rule.story) if rule.about is About.ACCOUNT else {})

    send(notices, {rule.id: rule for rule in rules.every()}, lambda name: public.held(record, name), words, post)


def begin(record: Record, rules: Rules, wanted: Wanted) -> Rule:
    """Keep a rule, which tells what is new from now on."""
    story = public.story(record, wanted.story)
    store = Store(story.claims, story.published())
    return rules.add(wanted, facts(wanted.about, wanted.subject, story.without_claims(), store))


def refuse_hook(url: str, reach: Reach) -> None:
    """Raise `RefusedAddressError` for an address that nothing may be sent to: only https, but for hosts of our own."""
    at = checked(url, reach.allowed, reach.resolve)
    if not at.is_secure and (urlsplit(url).hostname or "") not in reach.allowed:
        raise RefusedAddressError(url, f"it does not begin with https://, and {INSIDE} does not name its host")
