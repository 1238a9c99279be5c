"""From sources to bytes in the raw store."""
