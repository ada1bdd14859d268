"""Timelines of events that are told more than one way."""

from contested.answer import Answer, answer
from contested.chart import Chart
from contested.charts import CHARTS
from contested.claim import Claim
from contested.problem import ContestedError, Problem
from contested.reader import read
from contested.selection import Selection
from contested.store import Store
from contested.stories import open_story
from contested.story import Story
from contested.vocabulary import Kind, Measure, Milestone, Stance

__all__ = [
    "CHARTS",
    "Answer",
    "Chart",
    "Claim",
    "ContestedError",
    "Kind",
    "Measure",
    "Milestone",
    "Problem",
    "Selection",
    "Stance",
    "Store",
    "Story",
    "answer",
    "open_story",
    "read",
]
