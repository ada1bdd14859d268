"""Rows of a table whose columns a person mapped become claims."""
