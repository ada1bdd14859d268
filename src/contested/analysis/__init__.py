"""What may be concluded from claims."""
