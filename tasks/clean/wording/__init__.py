"""From characters as they stand to Simplified Chinese in Mainland wording, with the way back."""
