"""The statistical tables: from labels and values to the indicators of the official forms."""
