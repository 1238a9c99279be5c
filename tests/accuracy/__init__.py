"""How well documents are read, line by line: `python -m tests.accuracy` measures, and writes docs/accuracy.md.

measures.py holds what was read against what is known; rendered.py, gold.py and injected.py say of which documents;
page.py writes the page; floors.py keeps the least that each line may come to (floors.json), which the tests hold.
"""
