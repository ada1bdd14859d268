"""The newsroom: claims are added, corrected and withdrawn one by one; what is typed is kept, and nothing is erased."""
