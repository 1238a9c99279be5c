"""From parsed reports to Arrow tables and staged Parquet."""
