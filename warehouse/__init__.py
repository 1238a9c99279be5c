"""The warehouse: its schema, catalogue, views, publishing, export and lineage. Knows nothing above it."""
