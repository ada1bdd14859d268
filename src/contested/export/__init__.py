"""What leaves the program: the table of an answer, its figure, and a talk in one file."""
