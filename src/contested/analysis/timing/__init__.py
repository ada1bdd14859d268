"""Delays between milestones, of one account or pooled and between bounds, and hourly counts."""
