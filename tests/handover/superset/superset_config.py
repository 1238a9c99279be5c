"""Superset's settings for `make handover`: on this machine only, whoever asks may see and change everything."""

from pathlib import Path

PLACE = Path.cwd()
SECRET_KEY = "no secret: this server answers on the loopback address while a screenshot is taken"
SQLALCHEMY_DATABASE_URI = f"sqlite:///{PLACE / 'superset.db'}"
AUTH_ROLE_PUBLIC = "Admin"
PREVENT_UNSAFE_DB_CONNECTIONS = False  # DuckDB reads a file, and so counts as unsafe
TALISMAN_ENABLED = False
