"""Which claims, asked in SQL."""
