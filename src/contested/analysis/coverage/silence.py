"""Silence: who says nothing of what is asked, kept apart from who denies it, takes it back or leaves it open.

None of these is a zero, and none agrees with anybody.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from contested.analysis.coverage.topic import DENIES
from contested.query.legend import Legend, Voice


def otherwise(legend: Legend, heard: Iterable[str]) -> list[str]:
    """Say what the voices do that speak of what is asked and yet give no answer to it."""
    done: dict[str, list[Voice]] = {}
    for voice in legend.without(heard):
        if voice.key in legend.gaps:
            done.setdefault(legend.gaps[voice.key], []).append(voice)
    return [f"{what} {legend.by(voices)}." for what, voices in done.items()]


def denials(legend: Legend) -> list[str]:
    """Say who denies what is asked and says nothing else of it, for where the silent are counted only."""
    told = {key: what for key, what in legend.gaps.items() if is_denied(legend, key)}
    return otherwise(replace(legend, gaps=told), ())


def is_denied(legend: Legend, key: str) -> bool:
    """Say whether a voice denies what is asked and says nothing else of it."""
    return legend.gaps.get(key, "").endswith(_DENIED)


_DENIED = DENIES.done.format(thing="")


def briefly(legend: Legend, key: str) -> str:
    """Say of a voice that speaks of what is asked, in a word or some: denied, told without a time, withdrawn."""
    return re.split(r" (?:is|was) ", legend.gaps[key])[-1]


def silent(legend: Legend, heard: Iterable[str]) -> list[Voice]:
    """List the voices that say nothing of it at all."""
    return [voice for voice in legend.without(heard) if voice.key not in legend.gaps]


def silences(legend: Legend, heard: Iterable[str], words: str) -> str:
    """Say both, the silent last: "There is no dated claim of a clash" by these."""
    keys = set(heard)
    quiet = silent(legend, keys)
    return " ".join([*otherwise(legend, keys), *([f"{words} {legend.by(quiet)}."] if quiet else [])])
