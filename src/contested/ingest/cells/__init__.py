"""Written: one cell as an editor types it becomes a value and what it leaves open, or a finding.

A new kind of cell is a module here, used by `codebooks/sheet.py`.
"""
