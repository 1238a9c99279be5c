"""Made-up reports of real regions, from known facts: any generation, format, script and quirk.

`made.make(seed, …)` is the door. A report passes reports.py and figures.py (random facts that keep the identities),
compose.py (a neutral document and the truth about it, from forms/*.yaml and sentences.yaml), wording.py and damage.py
(script, mirrors' words, what copying does), and one of html.py, text.py, pdf.py, docx.py, xlsx.py. compare.py holds
what was read against the truth.

To add a way of saying something: a line in sentences.yaml (traps.yaml for numbers that must not be taken). To add a
page builder: a template in builders/ and a line in html.py. After either: `python -m tests.render.samples samples/`.
"""
