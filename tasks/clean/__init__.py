"""From bytes to characters, blocks and the wording they were written in."""
