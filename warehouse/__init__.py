"""The warehouse. It knows nothing above it: whoever runs it hands it staged rows, whoever asks it opens the file.

- declared: schema (tables/*.yaml), views (sql/views/*.sql), contract (what staged rows must be), dictionary, migrate
- the catalogue: catalogue (indicators and identities), between (identities over two years), sums, regions, zones,
  contacts, reforms; bodies and body_keys (which names are one body)
- a home: home (what lies where, the lock), reading (opening the published file), known (what it holds already), made
  (what its rows were made by)
- publishing: publish (a copy takes the place of the file), change (the copy's one transaction) with staged, derive,
  history and shelves, runs (a run and what it did), gate and expected (whether it got worse), live (which file is live)
- asking: query, as_of, reads (what a query reads), search, lineage (the way back), told (in words for a terminal)
- files for others: export (Parquet, each run), handover (on demand), package (what goes with them), verify
"""
