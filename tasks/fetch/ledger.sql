-- What was asked of the network, and what is known of every address. Times are seconds since 1970, UTC.
CREATE TABLE IF NOT EXISTS crawls (
    crawl_id TEXT PRIMARY KEY,  -- the run that began it; a run that was stopped is gone on with under the same id
    began REAL NOT NULL,
    ended REAL
);
-- One row a request, redirects and robots.txt included.
CREATE TABLE IF NOT EXISTS requests (
    request_id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL,
    url TEXT NOT NULL,           -- the address that was asked for
    final_url TEXT NOT NULL,     -- where this request went: the address, or what it redirects to
    status INTEGER,              -- null where no answer came
    headers TEXT NOT NULL,       -- of the answer, a JSON list of pairs
    asked_at REAL NOT NULL,
    seconds REAL NOT NULL,
    sha256 TEXT,                 -- of the body, which lies in the raw store; null where there is none
    byte_count INTEGER NOT NULL, -- of the body as it came over the line
    error_code TEXT,
    message TEXT
);
CREATE INDEX IF NOT EXISTS requests_by_run ON requests (run_id);
CREATE TABLE IF NOT EXISTS addresses (
    url TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    role TEXT NOT NULL,          -- page, attachment, part; list and robots are asked for what they lead to
    parent TEXT,                 -- the page that an attachment or a part belongs to
    first_seen REAL,             -- null where it never gave a document
    last_seen REAL,
    last_change REAL,
    last_asked REAL,             -- when it was last settled: with a document or without
    first_sha256 TEXT,
    sha256 TEXT,                 -- of its last document
    fetched_at REAL,             -- when that document was first found here
    media_type TEXT,
    charset TEXT,
    etag TEXT,
    last_modified TEXT,
    moved_to TEXT,               -- where it permanently redirects to
    error_code TEXT,             -- why the last asking gave no document
    message TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS addresses_by_source ON addresses (source);
