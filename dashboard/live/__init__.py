"""What is live on a page: the bar at its foot, the look at the head of the record, and the marks of what is new."""
