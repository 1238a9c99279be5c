"""From plain text to paragraphs and tables, among them tables pasted as text."""
