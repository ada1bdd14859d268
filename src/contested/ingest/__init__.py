"""A file becomes claims and problems."""
