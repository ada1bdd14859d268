"""What a claim is: its fields, words, times, places, and the story that holds it."""
