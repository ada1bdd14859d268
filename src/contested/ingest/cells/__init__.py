"""One cell of a table becomes a value: a time, a date, a count, coordinates, or why it cannot be read."""
