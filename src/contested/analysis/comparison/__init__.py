"""Comparison: what accounts say on one question, which of them contradict each other, and what may be concluded.

In the order of use: `current_claims` (SQL), `statements` (what each claim answers), `positions` (statements that say
the same), `pairs` and `compare` (every two of them), `table` (rows for a chart, written out where they are shown).
"""
