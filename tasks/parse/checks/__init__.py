"""Which of several values counts, and whether the numbers of a report agree."""
