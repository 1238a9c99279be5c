"""From a PDF's characters and lines to paragraphs and tables."""
