"""What an import asks: whose figures, what columns mean, cells to mend, what a new release changes."""
