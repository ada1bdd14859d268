"""The wire: files that come in by themselves and wait to be accepted, and what goes out to who asked to be told."""
