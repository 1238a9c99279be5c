"""The tree of headings, the statutory parts and the documents cited."""
