"""Whose report it is, of which year and place, and whether it is one at all."""
