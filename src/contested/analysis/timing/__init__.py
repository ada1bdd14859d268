"""Timed: how long it took from one milestone to another, by one account or pooled, and between which bounds."""
