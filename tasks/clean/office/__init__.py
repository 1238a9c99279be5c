"""From office files, old and new, to paragraphs and tables."""
