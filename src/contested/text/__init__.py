"""Sentences that people read."""
