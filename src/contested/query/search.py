"""Search: the claims that hold certain words, and the relations between claims.

Case and accents do not matter, every word must occur, and what the claim names (its account, source, event and place)
is searched by its label too.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from contested.model.story import Story
from contested.query.rows import each
from contested.query.selection import Selection
from contested.query.store import Store

FACETS = {
    "dated": "coalesce(began_earliest, began_latest, ended_earliest, ended_latest) is not null",
    "with a figure": "measure is not null",
    "hearsay": "via is not null",
    "denied": "stance = 'denies'",
    "no longer standing": "standing <> 'standing'",
}
"""By which claims may be chosen, beside their words, each with its condition in SQL."""

_WITH_WORDS = """
with label as (select unnest($keys::varchar[]) as key, unnest($labels::varchar[]) as text)
, searched as (
    select *, strip_accents(lower(concat_ws(' ',
        claim_id, voice, side, event_id, kind, subkind, source_id, locator, quote_locator, summary, label, speaker, via,
        stance, time_words, place, measure, low, best, high, unit, figure_words, definition, victims, question, answer,
        its_account.text, its_source.text, its_event.text, its_place.text))) as words
    from selected
    left join label as its_account on its_account.key = 'account ' || voice
    left join label as its_source on its_source.key = 'source ' || source_id
    left join label as its_event on its_event.key = 'event ' || event_id
    left join label as its_place on its_place.key = 'place ' || place)
, found as materialized (
    from searched
    where len(list_filter($words::varchar[], lambda word: not contains(words, strip_accents(lower(word))))) = 0)
"""
_ALL = "with found as (from selected)"
_COUNTS = ", ".join(f"count(*) filter (is_{place}) as facet_{place}" for place in range(len(FACETS)))
_PAGE = f"""
, told as materialized (
    select claim_id, standing, stated_at,
        {", ".join(f"coalesce({condition}, false) as is_{place}" for place, condition in enumerate(FACETS.values()))}
    from found)
, kept as (from told where {{kept}})
, total as (select (select count(*) from kept) as claims, {_COUNTS} from told)
, page as (from kept order by standing <> 'standing', stated_at, claim_id limit {{limit}} offset {{first}})
select total.*, claim_id, standing from total left join page on true
order by standing <> 'standing', stated_at, claim_id
"""
LIMIT = 500
"""How many of the claims that are found are listed at once."""


class Found(NamedTuple):
    """How many claims hold certain words, and some with their standing: what stands first, then by when it was said."""

    claims: int
    standing: dict[str, str]
    facets: dict[str, int]
    """How many that hold the words are dated, have a figure and so on."""


RELATIONS = {
    "supersedes": ("Replaces", "Replaced by"),
    "corrects": ("Corrects", "Corrected by"),
    "part_of": ("Part of", "Has as a part"),
    "same_origin": ("Repeats", "Repeated by"),
}
"""How each relation between claims is said, from the one and from the other."""

LINKS = f"""
with link as ({
    " union all ".join(
        f"select claim_id as one, '{there}' as there, '{back}' as back, unnest({name}) as other from known"
        for name, (there, back) in RELATIONS.items()
    )
})
, kept as (select link.* from link semi join known on other = known.claim_id)
select one as claim_id, there as words, other from kept where list_contains($ids::varchar[], one)
union all
select other, back, one from kept where list_contains($ids::varchar[], other)
order by claim_id, words, other
"""
"""Both directions of every relation, among the claims that were known."""


def search(  # noqa: PLR0913, PLR0917 what is searched, and what for
    store: Store, story: Story, selection: Selection, text: str, first: int = 0, only: Collection[str] = ()
) -> Found:
    """Find the claims in which every word of a text occurs, of certain facets; list some from `first` on."""
    kept = " and ".join(f"is_{place}" for place, name in enumerate(FACETS) if name in only) or "true"
    page = _PAGE.format(limit=LIMIT, first=int(first), kept=kept)
    if words := text.split():
        labels = dict(_labels(story))
        named = {"words": words, "keys": list(labels), "labels": list(labels.values())}
        rows = store.columns(_WITH_WORDS + page, selection, **named)
    else:
        rows = store.columns(_ALL + page, selection)
    pairs = zip(rows["claim_id"].to_pylist(), rows["standing"].to_pylist(), strict=True)
    facets = {name: rows[f"facet_{place}"][0].as_py() for place, name in enumerate(FACETS)}
    return Found(rows["claims"][0].as_py(), {claim_id: standing for claim_id, standing in pairs if claim_id}, facets)


def _labels(story: Story) -> Iterator[tuple[str, str]]:
    yield from ((f"account {key}", account.label) for key, account in story.accounts.items())
    yield from ((f"event {key}", event.label) for key, event in story.events.items())
    yield from ((f"place {key}", place.label) for key, place in story.places.items())
    yield from ((f"source {key}", f"{one.publisher} {one.title} {one.url or ''}") for key, one in story.sources.items())


def links(store: Store, selection: Selection, ids: list[str]) -> dict[str, dict[str, list[str]]]:
    """Find what each claim replaces, corrects, is part of and repeats, and what does so to it."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in each(store.ask(LINKS, selection, ids=ids)):
        found.setdefault(row.claim_id, {}).setdefault(row.words, []).append(row.other)
    return found
