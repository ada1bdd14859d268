"""What leaves the page: links, frozen and short, frames, decks, files."""
