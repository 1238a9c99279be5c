"""The rooms a document walks through: fetch, clean, parse, load. What passes between them is in `model.py`."""
