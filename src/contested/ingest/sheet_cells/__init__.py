"""The cells of the sheet that an editor types: values, and what is wrong with them or open in them.

A new kind of cell is a module here, used by `codebooks/sheet.py`.
"""
