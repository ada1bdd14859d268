"""What leaves the program: the table of an answer as CSV and as a workbook."""
