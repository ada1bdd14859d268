"""Compared: what the accounts say on one question, how that stands together, and what may be concluded from it."""
