"""The slides of a deck as a list with their pictures, put in order by drag or by keys."""
