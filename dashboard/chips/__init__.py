"""The chips of the accounts: the filter of who is heard, in a component of its own, for no widget shows a shape."""
