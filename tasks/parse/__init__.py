"""From blocks to a report, its sections, facts, cells and checks."""
